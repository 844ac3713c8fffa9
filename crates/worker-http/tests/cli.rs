//! The built program as people call it: exit codes, what it says, what it writes.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

/// Northwind with two annual reports, Brackwater with one, Corvane on Form 20-F.
const RECORDING: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/recordings/demo");
const NEWER: &str = "Archives/edgar/data/9904117/000990411726000011";
const OLDER: &str = "Archives/edgar/data/9904117/000990411725000008";
const STEM: &str = "NWND_0009904117-26-000011_0009904117-25-000008";

/// A folder to call the program in, and an environment with nothing set.
struct Place {
    folder: TempDir,
}

struct Called {
    code: i32,
    stdout: String,
    stderr: String,
}

impl Place {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn file(&self, name: &str, bytes: &[u8]) {
        fs::write(self.path(name), bytes).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_worker-http"));
        command.args(arguments).current_dir(self.folder.path()).env_clear();
        command.env("HOME", self.path("home")).stdin(Stdio::null());
        command
    }

    fn call(&self, arguments: &[&str]) -> Called {
        self.call_with(arguments, &[])
    }

    fn call_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Called {
        let output = self.command(arguments).envs(variables.iter().copied()).output().unwrap();
        self.called(&output)
    }

    /// Places of this machine are taken out of what was said.
    fn called(&self, output: &Output) -> Called {
        let folder = self.folder.path().to_string_lossy().into_owned();
        let shown = |bytes: &[u8]| {
            String::from_utf8(bytes.to_vec())
                .unwrap()
                .replace(&folder, "<folder>")
                .replace(RECORDING, "<recording>")
        };
        Called {
            code: output.status.code().expect("the program ends by itself"),
            stdout: shown(&output.stdout),
            stderr: shown(&output.stderr),
        }
    }
}

/// The only document of a filing of the recording.
fn document(folder: &str) -> PathBuf {
    let folder = Path::new(RECORDING).join(folder);
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.into_iter().find(|file| file.extension().is_some_and(|end| end == "htm")).unwrap()
}

/// Every way to go wrong: exit code, what happened, what to do; nothing on stdout, and no trace of the program.
#[test]
fn bad_input_gets_a_clear_line() {
    let place = Place::new();
    place.file("empty.htm", b"");
    place.file("picture.htm", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    place.file("letter.txt", b"Dear shareholders, it was a good year.");
    place.file("broken.htm.gz", &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2]);
    place.file("file", b"");
    fs::create_dir(place.path("folder")).unwrap();
    let cases: &[(&str, &[&str])] = &[
        ("unknown ticker", &["report", "NWNX", "--edgar", RECORDING]),
        ("only one 10-K", &["report", "BRKD", "--edgar", RECORDING]),
        ("files 20-F", &["report", "CRVM", "--edgar", RECORDING]),
        ("no such filing", &["report", "NWND", "--edgar", RECORDING, "--newer", "0009904117-99-000001"]),
        ("no SEC_USER_AGENT", &["report", "NWND"]),
        ("no SEC_USER_AGENT to record", &["record", "NWND", "--to", "there"]),
        ("nothing in the cache", &["report", "NWND", "--offline"]),
        ("not a recording", &["report", "NWND", "--edgar", "folder"]),
        ("no such recording", &["report", "NWND", "--edgar", "nowhere"]),
        ("cannot be written", &["report", "NWND", "--edgar", RECORDING, "--out", "file"]),
        ("no key", &["report", "NWND", "--edgar", RECORDING, "--analyzer", "claude"]),
        (
            "two formats on stdout",
            &["report", "NWND", "--edgar", RECORDING, "--out", "-", "--format", "html,md"],
        ),
        ("years of two tickers", &["report", "NWND", "BRKD", "--older", "0009904117-25-000008"]),
        ("missing file", &["compare", "missing.htm", "letter.txt"]),
        ("folder for a file", &["compare", "folder", "letter.txt"]),
        ("empty file", &["extract", "empty.htm"]),
        ("not a filing", &["compare", "letter.txt", "letter.txt"]),
        ("a picture", &["extract", "picture.htm"]),
        ("broken gzip", &["extract", "broken.htm.gz"]),
    ];
    let mut shown = String::new();
    for (name, arguments) in cases {
        let called = place.call(arguments);
        assert_eq!(called.stdout, "", "{name}");
        writeln!(shown, "## {name}: exit code {}\n{}", called.code, called.stderr).unwrap();
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn wrong_use_is_exit_code_2() {
    let place = Place::new();
    let cases: &[&[&str]] = &[
        &[],
        &["report"],
        &["report", "A;B"],
        &["report", "NWND", "--newer", "12"],
        &["report", "NWND", "--format", "pdf"],
        &["compare", "one-file"],
        &["unknown"],
    ];
    for arguments in cases {
        let called = place.call(arguments);
        assert_eq!(called.code, 2, "{arguments:?}: {}", called.stderr);
    }
    let called = place.call(&["report", "A;B"]);
    assert!(
        called.stderr.starts_with("error: ") && called.stderr.contains("`A;B` is not a ticker"),
        "{}",
        called.stderr
    );
}

#[test]
fn the_help_of_report_says_what_it_takes() {
    let called = Place::new().call(&["report", "-h"]);
    assert_eq!((called.code, called.stderr.as_str()), (0, ""));
    insta::assert_snapshot!(called.stdout);
}

#[test]
fn wrong_settings_are_told_before_anything_starts() {
    let place = Place::new();
    let called = place.call_with(&["serve"], &[("PORT", "x"), ("BIND", "0.0.0.0")]);
    assert_eq!(called.code, 2);
    insta::assert_snapshot!(called.stderr);
}

#[test]
fn the_env_file_is_read_beneath_the_environment() {
    let place = Place::new();
    place.file(".env", b"PORT=8123\nBIND=127.0.0.1\n");
    let called = place.call_with(&["check-config"], &[("BIND", "127.0.0.2")]);
    assert!(called.stdout.starts_with("Listens on  127.0.0.2:8123"), "{}", called.stdout);
}

#[test]
fn a_server_that_cannot_be_reached_is_named() {
    let place = Place::new();
    // Nothing listens on the discard port.
    let origins = [("SEC_WWW_URL", "http://127.0.0.1:9"), ("SEC_DATA_URL", "http://127.0.0.1:9")];
    let variables = [origins[0], origins[1], ("SEC_USER_AGENT", "Acme ops@acme.example")];
    let called = place.call_with(&["report", "NWND"], &variables);
    assert_eq!(called.code, 1);
    insta::assert_snapshot!(called.stderr);
}

#[test]
fn a_report_is_written_as_files_that_stdout_names() {
    let place = Place::new();
    let called = place.call(&["report", "nwnd", "--edgar", RECORDING, "--format", "html,json,md"]);
    assert_eq!(called.code, 0, "{}", called.stderr);
    let expected: Vec<_> = ["html", "json", "md"].map(|end| format!("reports/{STEM}.{end}")).into();
    assert_eq!(called.stdout.lines().collect::<Vec<_>>(), expected);
    for file in expected {
        let text = fs::read_to_string(place.path(&file)).unwrap();
        assert!(text.contains("Northwind Instruments, Inc."), "{file}");
    }
    assert!(called.stderr.contains("NWND fetching done in "), "{}", called.stderr);
}

#[test]
fn all_tickers_are_tried_and_one_failure_is_told() {
    let place = Place::new();
    let called = place.call(&["report", "NWNX", "NWND", "--edgar", RECORDING, "--out", "there", "--quiet"]);
    assert_eq!(called.code, 1);
    assert_eq!(called.stdout, format!("there/{STEM}.html\nthere/{STEM}.json\n"));
    assert!(called.stderr.starts_with("error: no company has the ticker NWNX"), "{}", called.stderr);
}

#[test]
fn json_on_stdout_is_one_line_and_nothing_else() {
    let place = Place::new();
    let called = place.call(&["report", "NWND", "--edgar", RECORDING, "--out", "-", "--quiet"]);
    assert_eq!((called.code, called.stderr.as_str()), (0, ""));
    assert_eq!(called.stdout.lines().count(), 1);
    let report: serde_json::Value = serde_json::from_str(&called.stdout).unwrap();
    assert_eq!(report["ticker"], "NWND");
    assert_eq!(report["newer"]["accession"], "0009904117-26-000011");
    assert!(!place.path("reports").exists());
}

#[test]
fn two_files_are_compared() {
    let place = Place::new();
    let (older, newer) = (document(OLDER), document(NEWER));
    let called =
        place.call(&["compare", older.to_str().unwrap(), newer.to_str().unwrap(), "--format", "json"]);
    assert_eq!(called.code, 0, "{}", called.stderr);
    let file = called.stdout.trim();
    let stems = [newer, older].map(|file| file.file_stem().unwrap().to_str().unwrap().to_owned());
    assert_eq!(file, format!("reports/{}.json", stems.join("_")));
    let report: serde_json::Value = serde_json::from_slice(&fs::read(place.path(file)).unwrap()).unwrap();
    assert_eq!(report["newer"]["period_end"], "2025-12-27");
    assert!(report.get("ticker").is_none());
}

#[test]
fn the_items_of_a_file_are_shown() {
    let place = Place::new();
    let newer = document(NEWER);
    let table = place.call(&["extract", newer.to_str().unwrap()]);
    assert_eq!((table.code, table.stderr.as_str()), (0, ""));
    assert!(table.stdout.contains("  1A   found"), "{}", table.stdout);
    let json = place.call(&["extract", newer.to_str().unwrap(), "--json"]);
    let extraction: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(extraction["items"]["1A"]["status"], "found");
}

#[test]
fn a_reader_that_leaves_early_is_no_failure() {
    let place = Place::new();
    let newer = document(NEWER);
    let mut command = place.command(&["extract", newer.to_str().unwrap(), "--json"]);
    let mut program = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(program.stdout.take());
    let output = program.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap()), (Some(0), String::new()));
}

#[test]
fn the_demo_ends_with_the_path_of_a_page() {
    let place = Place::new();
    // Settings of the real worker do not reach the demo.
    let called = place.call_with(&["demo", "--once"], &[("WORKER_SECRET", "secret"), ("DATA_DIR", "mine")]);
    assert_eq!(called.code, 0, "{}", called.stderr);
    let page = called.stdout.lines().last().unwrap();
    assert_eq!(page, format!("reports/{STEM}.html"));
    assert!(fs::read_to_string(place.path(page)).unwrap().contains("Northwind Instruments, Inc."));
    assert!(!place.path("mine").exists());
}

#[test]
fn the_cache_is_counted_where_the_settings_say() {
    let place = Place::new();
    let called = place.call_with(&["cache", "stats"], &[("DATA_DIR", "mine")]);
    assert_eq!(
        (called.code, called.stdout.as_str()),
        (
            0,
            "Filings     0 files, 0 kB\nLists       0 files, 0 kB\nIn all      0 kB of at most 1,000 MB (CACHE_MAX_MB)\nFolder      mine/edgar\n"
        )
    );
}

#[cfg(unix)]
#[test]
fn the_server_answers_and_ends_when_it_is_asked_to() {
    answers_its_probe_and_ends(&[]);
}

/// As in a container: a secret is set, and another address than the usual one.
#[cfg(target_os = "linux")]
#[test]
fn a_guarded_server_answers_its_probe_at_the_address_that_it_has() {
    answers_its_probe_and_ends(&[("WORKER_SECRET", "secret"), ("BIND", "127.0.0.2")]);
}

#[cfg(unix)]
fn answers_its_probe_and_ends(variables: &[(&str, &str)]) {
    let place = Place::new();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
    let variables: Vec<_> = variables.iter().copied().chain([("PORT", port.as_str())]).collect();
    let mut server = place
        .command(&["serve", "--edgar", RECORDING])
        .envs(variables.iter().copied())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let healthy = (0..200).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        place.call_with(&["healthcheck"], &variables).code == 0
    });
    let pid = server.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    let status = server.wait().unwrap();
    assert!(healthy && status.success(), "healthy: {healthy}, {status}");
    assert!(place.path("data/worker.sqlite").exists());
}
