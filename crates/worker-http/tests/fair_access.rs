//! Several processes on one data folder, measured where they ask: their pace, and the stop after a refusal.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
#![allow(clippy::print_stderr, reason = "the figure is what the measurement is for")]

use std::{
    fmt::Write as _,
    fs,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Output, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

/// Northwind, whose answers every company of these tests gives.
const RECORDING: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/recordings/demo");
const SUBMISSIONS: &str = "submissions/CIK0009904117.json";
const DOCUMENTS: [&str; 2] =
    ["9904117/000990411726000011/nwnd-20251227.htm", "9904117/000990411725000008/nwnd-20241228.htm"];

const BLOCK_PAGE: &str = "<html><title>SEC.gov | Request Rate Threshold Exceeded</title></html>";

/// Answers as EDGAR does for any number of companies, and notes when it was asked.
struct Edgar {
    address: String,
    arrivals: Arc<Mutex<Vec<Instant>>>,
}

impl Edgar {
    fn start(blocks: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let arrivals = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&arrivals);
        thread::spawn(move || {
            for connection in listener.incoming() {
                let noted = Arc::clone(&noted);
                thread::spawn(move || answer(&connection.unwrap(), &noted, blocks));
            }
        });
        Self { address, arrivals }
    }

    fn count(&self) -> usize {
        self.arrivals.lock().unwrap().len()
    }

    /// The most requests that came within any such span.
    fn peak(&self, span: Duration) -> usize {
        let mut arrivals = self.arrivals.lock().unwrap().clone();
        arrivals.sort();
        let within = |from: Instant| arrivals.iter().filter(|at| **at >= from && **at - from < span).count();
        arrivals.iter().map(|from| within(*from)).max().unwrap_or_default()
    }

    /// The built program, on its way to reports of these companies.
    fn report(&self, folder: &Path, companies: impl Iterator<Item = u32>) -> Child {
        Command::new(env!("CARGO_BIN_EXE_worker-http"))
            .arg("report")
            .args(companies.map(|number| format!("T{number}")))
            .args(["--out", "reports", "--quiet", "--analyzer", "extractive"])
            .current_dir(folder)
            .env_clear()
            .env("DATA_DIR", folder.join("data"))
            .env("SEC_USER_AGENT", "Acme ops@acme.example")
            .env("SEC_REQUESTS_PER_SECOND", "10")
            .env("SEC_WWW_URL", &self.address)
            .env("SEC_DATA_URL", &self.address)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }
}

fn answer(connection: &TcpStream, arrivals: &Mutex<Vec<Instant>>, blocks: bool) {
    let mut lines = BufReader::new(connection).lines().map_while(Result::ok);
    let Some(request) = lines.next() else { return };
    arrivals.lock().unwrap().push(Instant::now());
    // The rest of the request.
    lines.take_while(|line| !line.is_empty()).for_each(drop);
    let path = request.split(' ').nth(1).unwrap_or_default().trim_start_matches('/');
    let (status, body) = match body(path) {
        _ if blocks => ("403 Forbidden", BLOCK_PAGE.as_bytes().to_vec()),
        Some(body) => ("200 OK", body),
        None => ("404 Not Found", Vec::new()),
    };
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
    let mut connection = connection;
    let _ = connection.write_all(head.as_bytes()).and_then(|()| connection.write_all(&body));
}

/// Company number n has the ticker Tn.
fn body(path: &str) -> Option<Vec<u8>> {
    let read = |path: &str| fs::read(Path::new(RECORDING).join(path)).unwrap();
    if path == "files/company_tickers.json" {
        let mut list = String::new();
        for number in 1..100 {
            let comma = if number == 1 { "{" } else { "," };
            write!(
                list,
                r#"{comma}"{number}":{{"cik_str":{number},"ticker":"T{number}","title":"Company {number}"}}"#
            )
            .unwrap();
        }
        return Some((list + "}").into_bytes());
    }
    if path.starts_with("submissions/") {
        return Some(read(SUBMISSIONS));
    }
    let wanted = path.rsplit('/').next()?;
    let document = DOCUMENTS.iter().find(|document| document.ends_with(wanted))?;
    Some(read(&format!("Archives/edgar/data/{document}")))
}

fn ended(child: Child) -> Output {
    child.wait_with_output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn two_processes_keep_the_limit_together() {
    let (edgar, folder) = (Edgar::start(false), tempfile::tempdir().unwrap());
    let processes = [edgar.report(folder.path(), 1..9), edgar.report(folder.path(), 11..19)];
    for process in processes {
        let output = ended(process);
        assert!(output.status.success(), "{}", stderr(&output));
    }
    // Three for each company; the list of tickers once or twice.
    assert!((49..=50).contains(&edgar.count()), "{}", edgar.count());
    eprintln!(
        "two processes, limit 10: at most {} requests within a second",
        edgar.peak(Duration::from_secs(1))
    );
    // A tenth less than a second, so that a busy machine which delays a request does not fail the test.
    assert!(edgar.peak(Duration::from_millis(900)) <= 10);
}

#[test]
fn a_refusal_of_one_process_stops_the_next_before_it_asks() {
    let (edgar, folder) = (Edgar::start(true), tempfile::tempdir().unwrap());
    for _ in 0..2 {
        let output = ended(edgar.report(folder.path(), 1..4));
        assert_eq!(output.status.code(), Some(1));
        let said = stderr(&output);
        assert!(said.contains("error: sec.gov refuses our requests for now"), "{said}");
        assert_eq!(edgar.count(), 1, "{said}");
    }
}
