//! The built program with a language model: what it asks, what it keeps, what it says of the cost.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    io::Write as _,
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    time::Duration,
};

use serde_json::{Value, json};
use tempfile::TempDir;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate, matchers::any};

/// Northwind with two annual reports, Brackwater with one.
const RECORDING: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/recordings/demo");

/// Calls for a report: the changes, and the statement that fails the check once more.
const CALLS: usize = 2;

/// The provider: it states one thing that no filing says and has nothing better when asked again.
#[derive(Clone, Default)]
struct Provider(Arc<Mutex<Books>>);

#[derive(Default)]
struct Books {
    /// Calls, each by itself.
    messages: usize,
    /// The number of the message that takes too long, from 1.
    slow: Option<usize>,
    batches: BTreeMap<String, Vec<Value>>,
    /// No batch has ended yet.
    is_busy: bool,
    status_asked: usize,
}

impl Provider {
    async fn serve(&self) -> MockServer {
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(self.clone()).mount(&server).await;
        server
    }

    fn books(&self) -> std::sync::MutexGuard<'_, Books> {
        self.0.lock().unwrap()
    }
}

impl Respond for Provider {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let mut books = self.books();
        let json = |value: Value| ResponseTemplate::new(200).set_body_json(value);
        let path = request.url.path();
        match (request.method.as_str(), path) {
            ("POST", "/v1/messages") => {
                books.messages += 1;
                let is_slow = books.slow == Some(books.messages);
                let answer = json(message(&request.body_json().unwrap()));
                answer.set_delay(if is_slow { Duration::from_mins(10) } else { Duration::ZERO })
            }
            ("POST", "/v1/messages/count_tokens") => json(json!({"input_tokens": 3_000})),
            ("POST", "/v1/messages/batches") => {
                let body: Value = request.body_json().unwrap();
                let id = format!("msgbatch_{}", books.batches.len() + 1);
                books.batches.insert(id.clone(), body["requests"].as_array().unwrap().clone());
                json(batch(&id, &books))
            }
            ("GET", path) if path.ends_with("/results") => {
                let id = path.split('/').rev().nth(1).unwrap();
                ResponseTemplate::new(200).set_body_string(results(&books.batches[id]))
            }
            ("GET", path) => {
                books.status_asked += 1;
                json(batch(path.rsplit('/').next().unwrap(), &books))
            }
            _ => ResponseTemplate::new(404),
        }
    }
}

fn message(asked: &Value) -> Value {
    let properties = &asked["output_config"]["format"]["schema"]["properties"];
    let answer = if properties.get("findings").is_some() {
        json!({"findings": [{"item": "1A", "category": "risk", "materiality": "high", "statement": "It may end.",
            "quotes": [{"side": "newer", "text": "there is doubt that it goes on", "change_id": ""}]}]})
    } else {
        json!({"corrections": []})
    };
    json!({
        "id": "msg_01", "type": "message", "role": "assistant", "model": asked["model"],
        "content": [{"type": "text", "text": answer.to_string()}],
        "stop_reason": "end_turn", "stop_sequence": null, "stop_details": null,
        "usage": {"input_tokens": 10_000, "output_tokens": 1_000},
    })
}

fn batch(id: &str, books: &Books) -> Value {
    let state = if books.is_busy { "in_progress" } else { "ended" };
    json!({
        "id": id, "type": "message_batch", "processing_status": state,
        "request_counts": {"processing": 0, "succeeded": 0, "errored": 0, "canceled": 0, "expired": 0},
        "created_at": jiff::Timestamp::now().to_string(), "expires_at": null, "results_url": null,
    })
}

fn results(requests: &[Value]) -> String {
    let line = |request: &Value| {
        json!({"custom_id": request["custom_id"],
            "result": {"type": "succeeded", "message": message(&request["params"])}})
    };
    requests.iter().map(|request| line(request).to_string()).collect::<Vec<_>>().join("\n")
}

/// A folder to call the program in, with a key and a place where the provider answers.
struct Place {
    folder: TempDir,
    base_url: String,
}

struct Called {
    code: i32,
    stdout: String,
    /// Times are taken out.
    stderr: String,
}

impl Place {
    fn new(server: &MockServer) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), base_url: server.uri() }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_worker-http"));
        command.args(arguments).current_dir(self.folder.path()).env_clear().envs([
            ("HOME", "home"),
            ("DATA_DIR", "data"),
            ("ANTHROPIC_API_KEY", "key-of-a-test"),
            ("ANTHROPIC_BASE_URL", self.base_url.as_str()),
        ]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn report(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(&["report", "--edgar", RECORDING, "--format", "json"]);
        command.args(arguments);
        command
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn only_report(&self) -> Value {
        let files: Vec<_> = fs::read_dir(self.path("reports")).unwrap().collect();
        let [file] = files.as_slice() else { panic!("{files:?}") };
        serde_json::from_slice(&fs::read(file.as_ref().unwrap().path()).unwrap()).unwrap()
    }
}

fn call(command: &mut Command) -> Called {
    ended(command.spawn().unwrap())
}

fn ended(program: Child) -> Called {
    let output = program.wait_with_output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap().replace(RECORDING, "<recording>");
    let stderr = text(&output.stderr);
    let timeless = stderr.split(' ').map(|word| {
        let number = word.trim_start_matches('\n');
        if number.contains('.') && number.parse::<f64>().is_ok() {
            word.replace(number, "<time>")
        } else {
            word.into()
        }
    });
    Called {
        code: output.status.code().expect("the program ends by itself"),
        stdout: text(&output.stdout),
        stderr: timeless.collect::<Vec<_>>().join(" "),
    }
}

/// The lines that speak of cost; what else is said belongs to other tests.
fn cost_of(called: &Called) -> String {
    let words = ["$", "price", "cost of", "no cost", "tokens"];
    // How long batches take is told as often as the clock wants.
    let lines = called.stderr.lines().filter(|line| !line.contains(" reports made; "));
    let lines = lines.filter(|line| words.iter().any(|word| line.contains(word)));
    lines
        .map(|line| line.split_once("WARN").map_or(line, |(_, logged)| logged).trim())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Waits until it is so; the test's runner ends a test that waits for ever.
fn wait_until(holds: impl Fn() -> bool) {
    while !holds() {
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[tokio::test]
async fn the_second_report_of_a_pair_costs_nothing() {
    let provider = Provider::default();
    let place = Place::new(&provider.serve().await);
    let first = call(&mut place.report(&["NWND"]));
    assert_eq!((first.code, provider.books().messages), (0, CALLS), "{}", first.stderr);
    let analysis = place.only_report()["analysis"].take();
    assert_eq!((&analysis["total_tokens"], &analysis["total_cost_usd"]), (&json!(22_000), &json!(0.06)));
    let second = call(&mut place.report(&["NWND"]));
    assert_eq!((second.code, provider.books().messages), (0, CALLS), "{}", second.stderr);
    assert_eq!(place.only_report()["analysis"]["total_cost_usd"], 0.0);
    insta::assert_snapshot!(format!("{}\n# again\n{}", cost_of(&first), cost_of(&second)));
}

#[tokio::test]
async fn a_killed_run_repeats_at_most_the_call_in_flight() {
    let provider = Provider::default();
    provider.books().slow = Some(2);
    let place = Place::new(&provider.serve().await);
    let mut program = place.report(&["NWND", "--quiet"]).spawn().unwrap();
    wait_until(|| provider.books().messages == 2);
    program.kill().unwrap();
    program.wait().unwrap();
    let resumed = call(&mut place.report(&["NWND", "--quiet"]));
    assert_eq!((resumed.code, provider.books().messages), (0, CALLS + 1), "{}", resumed.stderr);
    assert_eq!(place.only_report()["analysis"]["total_tokens"], 11_000);
}

#[tokio::test]
async fn a_model_of_unknown_price_has_tokens_and_a_warning_but_no_cost() {
    let provider = Provider::default();
    let place = Place::new(&provider.serve().await);
    let called = call(place.report(&["NWND", "NWNX"]).env("ANTHROPIC_MODEL", "claude-opus-9"));
    assert_eq!(called.code, 1);
    let analysis = place.only_report()["analysis"].take();
    assert_eq!((&analysis["total_tokens"], &analysis["total_cost_usd"]), (&json!(22_000), &Value::Null));
    insta::assert_snapshot!(cost_of(&called));
}

#[tokio::test]
async fn a_limit_that_cannot_be_kept_is_told_before_anything_starts() {
    let provider = Provider::default();
    let place = Place::new(&provider.serve().await);
    let limited = [("ANTHROPIC_MODEL", "claude-opus-9"), ("MAX_REPORT_COST_USD", "0.25")];
    let mut shown = String::new();
    for arguments in [["serve", "--edgar", RECORDING].as_slice(), &["check-config"], &["report", "NWND"]] {
        let called =
            call(place.command(arguments).envs(limited).env("SEC_USER_AGENT", "Acme ops@acme.example"));
        assert_eq!((called.code, called.stdout.as_str()), (2, ""), "{arguments:?}: {}", called.stderr);
        shown = called.stderr;
    }
    insta::assert_snapshot!(shown);
    assert!(!place.path("data").exists() && !place.path("reports").exists());
}

#[tokio::test]
async fn the_check_of_settings_tells_model_and_limit() {
    let provider = Provider::default();
    let place = Place::new(&provider.serve().await);
    let analyzer = |variables: &[(&str, &str)]| {
        let called = call(place.command(&["check-config"]).envs(variables.iter().copied()));
        called.stdout.lines().find(|line| line.starts_with("Analyzer")).unwrap().to_owned()
    };
    let lines = [
        analyzer(&[]),
        analyzer(&[("MAX_REPORT_COST_USD", "0.25"), ("ANTHROPIC_MODEL", "claude-haiku-5-5")]),
        analyzer(&[("ANTHROPIC_MODEL", "claude-opus-9")]),
        analyzer(&[("ANALYZER", "extractive")]),
        analyzer(&[("ANTHROPIC_API_KEY", "")]),
    ];
    insta::assert_snapshot!(lines.join("\n"));
}

fn list(place: &Place, text: &str) {
    fs::write(place.path("list.txt"), text).unwrap();
}

#[tokio::test]
async fn a_list_is_analysed_in_batches_at_half_the_price() {
    let provider = Provider::default();
    let place = Place::new(&provider.serve().await);
    list(&place, "# ours\nnwnd\n\nBRKD # has filed one report only\nNWND\n");
    let called = call(&mut place.report(&["--batch", "list.txt"]));
    assert_eq!(called.code, 1, "{}", called.stderr);
    assert_eq!(called.stdout.lines().count(), 1);
    let books = provider.books();
    assert_eq!((books.messages, books.batches.len()), (0, CALLS));
    let analysis = place.only_report()["analysis"].take();
    assert_eq!((&analysis["total_tokens"], &analysis["total_cost_usd"]), (&json!(22_000), &json!(0.03)));
    assert!(
        called.stderr.contains("BRKD was not made:\nerror: Brackwater Diagnostics Ltd. has filed only one")
    );
    insta::assert_snapshot!(cost_of(&called));
}

#[tokio::test]
async fn a_batch_of_a_killed_run_is_waited_for_and_not_sent_again() {
    let provider = Provider::default();
    provider.books().is_busy = true;
    let place = Place::new(&provider.serve().await);
    list(&place, "NWND\n");
    let mut program = place.report(&["--batch", "list.txt", "--quiet"]).spawn().unwrap();
    wait_until(|| provider.books().status_asked > 0);
    program.kill().unwrap();
    program.wait().unwrap();
    provider.books().is_busy = false;
    let mut from_stdin = place.report(&["--batch", "-", "--quiet"]);
    let mut resumed = from_stdin.stdin(Stdio::piped()).spawn().unwrap();
    resumed.stdin.take().unwrap().write_all(b"NWND\n").unwrap();
    let resumed = ended(resumed);
    assert_eq!((resumed.code, resumed.stderr.as_str()), (0, ""));
    assert_eq!(provider.books().batches.len(), CALLS);
    let again = call(&mut place.report(&["--batch", "list.txt", "--quiet"]));
    assert_eq!((again.code, provider.books().batches.len()), (0, CALLS), "{}", again.stderr);
}

#[tokio::test]
async fn without_a_model_a_list_is_made_and_nothing_is_batched() {
    let provider = Provider::default();
    let place = Place::new(&provider.serve().await);
    list(&place, "NWND\n");
    let called = call(&mut place.report(&["--batch", "list.txt", "--analyzer", "extractive"]));
    assert_eq!((called.code, provider.books().batches.len()), (0, 0));
    assert!(!Path::new(&place.path("data")).exists());
    insta::assert_snapshot!(called.stderr);
}

#[tokio::test]
async fn a_wrong_list_is_told_before_anything_starts() {
    let provider = Provider::default();
    let place = Place::new(&provider.serve().await);
    list(&place, "NWND\nA;B\n");
    fs::write(place.path("empty.txt"), "# none\n").unwrap();
    let cases: &[&[&str]] = &[
        &["--batch", "list.txt"],
        &["--batch", "empty.txt"],
        &["--batch", "missing.txt"],
        &["--batch", "list.txt", "NWND"],
    ];
    let mut shown = String::new();
    for arguments in cases {
        let called = call(&mut place.report(arguments));
        assert_eq!((called.code, called.stdout.as_str()), (2, ""), "{arguments:?}");
        writeln!(shown, "# {}\n{}", arguments.join(" "), called.stderr).unwrap();
    }
    insta::assert_snapshot!(shown);
    assert!(!place.path("data").exists());
}
