//! What only a process of its own can show: being killed, and how much memory it takes.
//!
//! A child is this very program, told to run one of the ignored tests in a folder where it finds its task.
#![cfg(all(feature = "edgar", target_os = "linux"))]
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
#![allow(clippy::print_stderr, reason = "the figure is what the measurement is for")]

mod support;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use sec_fetch::{Cache, Edgar, FetchConfig, FilingSource};
use support::server::{config, document, newer, packed, server, server_that_answers};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use wiremock::ResponseTemplate;

/// Where a child finds the server's address, and where it keeps what it fetches.
const ADDRESS: &str = "address";
const CACHE: &str = "cache";

fn child(test: &str, folder: &Path, address: &str) -> Child {
    fs::write(folder.join(ADDRESS), address).unwrap();
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--ignored", "--nocapture"])
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// In a child: EDGAR as the parent said. `None` where ignored tests are run and nobody said anything.
fn given() -> Option<Edgar> {
    let address = fs::read_to_string(ADDRESS).ok()?;
    Some(Edgar::new(FetchConfig { cache_dir: Some(PathBuf::from(CACHE)), ..config(&address) }).unwrap())
}

/// All files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[tokio::test]
#[ignore = "a child of `a_download_that_is_killed_leaves_nothing_bad`"]
async fn child_that_fetches_one_document() {
    let Some(edgar) = given() else { return };
    document(&edgar).await.unwrap();
}

/// Sends these bytes in pieces, one each ten milliseconds.
async fn slow_server(body: &'static str) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            let (mut connection, _) = listener.accept().await.unwrap();
            tokio::spawn(async move {
                let mut request = [0; 4096];
                let _ = connection.read(&mut request).await;
                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
                let _ = connection.write_all(head.as_bytes()).await;
                for piece in body.as_bytes().chunks(4) {
                    let _ = connection.write_all(piece).await;
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
            });
        }
    });
    address
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_download_that_is_killed_leaves_nothing_bad() {
    let body = "<html><p>Item 1. Business of a company that files slowly, line by line by line</p></html>";
    let folder = tempfile::tempdir().unwrap();
    let address = slow_server(body).await;
    // At ever later moments: before, during and after the download of a quarter of a second.
    for kill_after_ms in [40, 80, 120, 160, 200, 220, 240, 260, 280, 300, 340, 400] {
        let mut killed = child("child_that_fetches_one_document", folder.path(), &address);
        tokio::time::sleep(Duration::from_millis(kill_after_ms)).await;
        killed.kill().unwrap();
        killed.wait().unwrap();
        let cache = folder.path().join(CACHE);
        for file in files(&cache).iter().filter(|file| file.extension().is_some_and(|end| end == "zst")) {
            let kept = zstd::decode_all(fs::File::open(file).unwrap()).unwrap();
            assert_eq!(String::from_utf8(kept).unwrap(), body, "killed after {kill_after_ms} ms");
        }
        if Cache::new(&cache).stats().unwrap().documents.files > 0 {
            fs::remove_dir_all(&cache).unwrap();
        }
    }
    // Whatever was left does not stand in the way.
    let config = FetchConfig { cache_dir: Some(folder.path().join(CACHE)), ..config(&address) };
    assert_eq!(document(&Edgar::new(config).unwrap()).await.unwrap(), body);
}

/// A figure of this process, such as its peak memory, in kB.
fn memory_kb(figure: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(figure)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

const LARGE: usize = 30_000_000;

#[tokio::test]
#[ignore = "a child of `a_large_document_takes_little_more_memory_than_itself`"]
async fn child_that_measures_its_memory() {
    let Some(edgar) = given() else { return };
    // The client and its threads are there before the measurement begins.
    let _ = edgar.resolve(&support::ticker("9000001")).await;
    let before = memory_kb("VmRSS:");
    let document = edgar.document(&newer()).await.unwrap();
    assert_eq!(document.bytes.len(), LARGE);
    let growth = memory_kb("VmHWM:").saturating_sub(before);
    eprintln!("growth: {growth} kB");
}

/// Prose of words that seldom repeat in the same order, so that it packs no better than filings do.
fn large_document() -> Vec<u8> {
    let words =
        ["revenue", "of", "the", "segment", "increased", "by", "interest", "risk", "net", "fair value"];
    let mut seed = 1_u64;
    let mut text = String::from("<html><body><p>");
    while text.len() < LARGE {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let [first, second, ..] = seed.to_be_bytes();
        text += words[usize::from(first) % words.len()];
        text += if second < 20 { "</p>\n<p style=\"margin-top:6pt\">" } else { " " };
        if second > 240 {
            text += &second.to_string();
        }
    }
    text.truncate(LARGE - 14);
    text += "</body></html>";
    text.into_bytes()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_large_document_takes_little_more_memory_than_itself() {
    let document = large_document();
    let compressed = packed(support::server::gzip(&document));
    let plain = ResponseTemplate::new(200).set_body_bytes(document);
    for (transfer, answer) in [("plain", plain), ("gzip", compressed)] {
        let (server, folder) = (server_that_answers(answer).await, tempfile::tempdir().unwrap());
        let output = child("child_that_measures_its_memory", folder.path(), &server.uri());
        let output = output.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{said}");
        let growth =
            said.lines().find_map(|line| line.strip_prefix("growth: ")?.strip_suffix(" kB")).unwrap();
        let growth: u64 = growth.parse().unwrap();
        eprintln!("30 MB, {transfer}: memory grew by {} MB", growth * 1024 / 1_000_000);
        assert!(growth * 1024 < 40_000_000, "{transfer}: {growth} kB");
    }
}

#[tokio::test]
async fn a_finished_download_survives_its_process() {
    let (server, folder) = (server().await, tempfile::tempdir().unwrap());
    let output = child("child_that_fetches_one_document", folder.path(), &server.uri());
    assert!(output.wait_with_output().unwrap().status.success());
    let offline = FetchConfig {
        offline: true,
        cache_dir: Some(folder.path().join(CACHE)),
        ..FetchConfig::new(String::new())
    };
    assert_eq!(document(&Edgar::new(offline).unwrap()).await.unwrap(), "<p>Item 1. Business, newer</p>");
}
