//! What is on disk is not asked for again, and nothing bad gets there.
#![cfg(feature = "edgar")]
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod support;

use std::{
    fs,
    num::NonZeroU32,
    path::Path,
    sync::Arc,
    time::{Duration, SystemTime},
};

use filing_model::Filing;
use sec_fetch::{Cache, Edgar, FetchConfig, FetchError, FilingSource};
use support::{
    NEWER, TICKERS, filing,
    server::{config, document, edgar_with_cache, report, requests, server, server_that_answers},
    ticker,
};
use tokio::task::JoinSet;
use wiremock::{
    Mock, MockServer, Request, ResponseTemplate,
    matchers::{any, header},
};

#[tokio::test]
async fn a_report_takes_four_requests_and_a_second_one_none() {
    let (server, folder) = (server().await, tempfile::tempdir().unwrap());
    report(&edgar_with_cache(&server, folder.path())).await.unwrap();
    assert_eq!(requests(&server).await, 4);
    report(&edgar_with_cache(&server, folder.path())).await.unwrap();
    assert_eq!(requests(&server).await, 4);
}

#[tokio::test]
async fn what_is_no_json_is_an_error_and_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    for (malformed, is_cut) in [("<html>maintenance</html>", false), (r#"{"0": {"cik_str": 1, "#, true)] {
        let server = server_that_answers(ResponseTemplate::new(200).set_body_string(malformed)).await;
        let refused = edgar_with_cache(&server, folder.path()).resolve(&ticker("NWTL")).await.unwrap_err();
        assert_eq!(matches!(refused, FetchError::Cut { .. }), is_cut, "{refused:?}");
        assert_eq!(matches!(refused, FetchError::Unreadable { .. }), !is_cut, "{refused:?}");
        assert_eq!(
            requests(&server).await,
            if is_cut { 5 } else { 1 },
            "only what was cut is asked for again"
        );
    }
    assert_eq!(Cache::new(folder.path()).stats().unwrap().total().files, 0);
}

#[tokio::test]
async fn requests_for_one_object_at_one_time_share_a_fetch() {
    let (server, folder) = (server().await, tempfile::tempdir().unwrap());
    let edgar = edgar_with_cache(&server, folder.path());
    let jobs: Vec<_> = (0..20)
        .map(|_| {
            let edgar = edgar.clone();
            tokio::spawn(async move { report(&edgar).await })
        })
        .collect();
    for job in jobs {
        job.await.unwrap().unwrap();
    }
    assert_eq!(requests(&server).await, 4);
}

#[tokio::test]
async fn lists_of_filings_grow_old_and_documents_do_not() {
    let (server, folder) = (server().await, tempfile::tempdir().unwrap());
    let forgetful = FetchConfig {
        submissions_fresh: Duration::ZERO,
        cache_dir: Some(folder.path().to_owned()),
        ..config(&server.uri())
    };
    let edgar = Edgar::new(forgetful).unwrap();
    report(&edgar).await.unwrap();
    report(&edgar).await.unwrap();
    assert_eq!(requests(&server).await, 5);
}

#[tokio::test]
async fn offline_answers_from_the_cache_and_says_what_is_missing() {
    let (server, folder) = (server().await, tempfile::tempdir().unwrap());
    let offline = || {
        let cache_dir = Some(folder.path().to_owned());
        Edgar::new(FetchConfig {
            offline: true,
            user_agent: String::new(),
            cache_dir,
            ..config(&server.uri())
        })
        .unwrap()
    };
    let refused = document(&offline()).await.unwrap_err();
    assert_eq!(refused.to_string(), format!("offline, and {}/{NEWER} is not in the cache", server.uri()));
    assert_eq!(requests(&server).await, 0);

    report(&edgar_with_cache(&server, folder.path())).await.unwrap();
    report(&offline()).await.unwrap();
    assert_eq!(requests(&server).await, 4);
}

#[tokio::test]
async fn a_damaged_cache_file_is_fetched_anew() {
    let (server, folder) = (server().await, tempfile::tempdir().unwrap());
    let edgar = edgar_with_cache(&server, folder.path());
    let expected = document(&edgar).await.unwrap();
    let kept = folder.path().join(format!("{NEWER}.zst"));
    let mut bytes = fs::read(&kept).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&kept, bytes).unwrap();
    assert_eq!(document(&edgar).await.unwrap(), expected);
    assert_eq!(requests(&server).await, 2);
}

#[tokio::test]
async fn a_cache_that_cannot_be_written_costs_no_answer() {
    let (server, folder) = (server().await, tempfile::tempdir().unwrap());
    let file = folder.path().join("file");
    fs::write(&file, "in the way").unwrap();
    assert!(document(&edgar_with_cache(&server, &file)).await.is_ok());
}

#[tokio::test]
async fn a_cache_is_counted_and_cleared_without_touching_other_files() {
    let (server, folder) = (server().await, tempfile::tempdir().unwrap());
    let cache = Cache::new(folder.path());
    assert_eq!(cache.stats().unwrap(), cache.clear().unwrap());
    report(&edgar_with_cache(&server, folder.path())).await.unwrap();
    let others = [folder.path().join("worker.sqlite"), folder.path().join("submissions/notes.txt")];
    for other in &others {
        fs::write(other, "mine").unwrap();
    }
    let kept = cache.stats().unwrap();
    assert_eq!((kept.documents.files, kept.lists.files), (2, 2));
    assert!(kept.total().bytes > 0 && kept.tickers_read_at.is_some());
    assert_eq!(cache.clear().unwrap(), kept);
    assert_eq!(cache.stats().unwrap().total().files, 0);
    assert!(others.iter().all(|other| other.exists()));
}

/// Makes a kept file look as if it had been written, and used, so long ago.
fn age(file: &Path, by: Duration) {
    let then = SystemTime::now() - by;
    let times = fs::FileTimes::new().set_modified(then).set_accessed(then);
    fs::File::options().append(true).open(file).unwrap().set_times(times).unwrap();
}

const DAY: Duration = Duration::from_hours(24);

#[tokio::test]
async fn an_old_list_of_tickers_is_asked_for_conditionally() {
    let (server, folder) = (MockServer::start().await, tempfile::tempdir().unwrap());
    let known = ResponseTemplate::new(304);
    Mock::given(header("if-none-match", "\"tickers-1\"")).respond_with(known).mount(&server).await;
    let list = ResponseTemplate::new(200).set_body_string(TICKERS).insert_header("etag", "\"tickers-1\"");
    Mock::given(any()).respond_with(list).mount(&server).await;
    let kept = folder.path().join("files/company_tickers.json.zst");
    let edgar = edgar_with_cache(&server, folder.path());
    for asked in [1, 2, 2] {
        assert!(edgar.resolve(&ticker("NWTL")).await.is_ok());
        assert_eq!(requests(&server).await, asked);
        if asked == 1 {
            age(&kept, DAY * 2);
        }
    }
    let received = server.received_requests().await.unwrap();
    assert!(!received[0].headers.contains_key("if-none-match"));
    assert!(received[1].headers.contains_key("if-none-match"));
}

#[tokio::test]
async fn an_old_list_of_tickers_serves_when_no_new_one_can_be_had() {
    for failure in [503, 403, 429] {
        let folder = tempfile::tempdir().unwrap();
        let whole = server().await;
        edgar_with_cache(&whole, folder.path()).resolve(&ticker("NWTL")).await.unwrap();
        age(&folder.path().join("files/company_tickers.json.zst"), DAY * 2);
        let failing = server_that_answers(ResponseTemplate::new(failure)).await;
        let found = edgar_with_cache(&failing, folder.path()).resolve(&ticker("NWTL")).await;
        assert!(found.is_ok(), "{failure}: {found:?}");
        assert!(requests(&failing).await > 0);
    }
}

/// Documents of some kilobytes that do not pack, each its own.
async fn server_with_documents() -> MockServer {
    let server = MockServer::start().await;
    let body = |request: &Request| {
        let mut seed =
            request.url.path().bytes().fold(1_u64, |seed, byte| seed.wrapping_mul(31) ^ u64::from(byte));
        let noise = std::iter::repeat_with(move || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            seed.to_be_bytes()[0]
        });
        ResponseTemplate::new(200).set_body_bytes(noise.take(4000).collect::<Vec<u8>>())
    };
    Mock::given(any()).respond_with(body).mount(&server).await;
    server
}

fn numbered(number: usize) -> Filing {
    filing("10-K 2025-12-31 2026-02-20", number)
}

#[tokio::test]
async fn beyond_the_limit_the_least_recently_used_files_go() {
    let (server, folder) = (server_with_documents().await, tempfile::tempdir().unwrap());
    let cache_dir = Some(folder.path().to_owned());
    let limited = FetchConfig { cache_dir, cache_limit_bytes: 20_000, ..config(&server.uri()) };
    let edgar = Edgar::new(limited).unwrap();
    for number in 0..4 {
        edgar.document(&numbered(number)).await.unwrap();
        let kept = folder
            .path()
            .join(format!("Archives/edgar/data/9000001/00090000012600000{number}/report.htm.zst"));
        age(&kept, Duration::from_hours(10 - number as u64));
    }
    // Read again, the oldest is the last to go.
    edgar.document(&numbered(0)).await.unwrap();
    assert_eq!(requests(&server).await, 4);
    edgar.document(&numbered(4)).await.unwrap();
    let mut kept: Vec<_> = fs::read_dir(folder.path().join("Archives/edgar/data/9000001")).unwrap().collect();
    kept.sort_by_key(|entry| entry.as_ref().unwrap().file_name());
    let kept: Vec<_> = kept.iter().map(|entry| entry.as_ref().unwrap().file_name()).collect();
    assert_eq!(
        kept,
        ["000900000126000000", "000900000126000002", "000900000126000003", "000900000126000004"]
    );
    assert!(Cache::new(folder.path()).stats().unwrap().total().bytes <= 20_000);
}

#[tokio::test]
async fn what_a_killed_process_left_behind_is_removed_and_what_is_being_written_is_not() {
    let (server, folder) = (server().await, tempfile::tempdir().unwrap());
    let beside = folder.path().join("submissions");
    fs::create_dir(&beside).unwrap();
    let [old, young] = [".unfinished-old", ".unfinished-young"].map(|name| beside.join(name));
    fs::write(&old, "half").unwrap();
    fs::write(&young, "half").unwrap();
    age(&old, DAY);
    report(&edgar_with_cache(&server, folder.path())).await.unwrap();
    assert!(!old.exists() && young.exists());
    let stats = Cache::new(folder.path()).stats().unwrap();
    assert_eq!(stats.total().files, 4, "unfinished files are not counted");
}

/// Two sources with tiny caches on one folder, and a third hand that clears it: whatever happens to the files, every
/// answer is right.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_may_read_write_and_remove_at_once() {
    let (server, folder) = (server_with_documents().await, tempfile::tempdir().unwrap());
    let edgar = || {
        let cache_dir = Some(folder.path().to_owned());
        let fast = NonZeroU32::new(1_000_000).unwrap();
        let tiny = FetchConfig { cache_dir, cache_limit_bytes: 12_000, ..config(&server.uri()) };
        Edgar::new(FetchConfig { requests_per_second: fast, ..tiny }).unwrap()
    };
    let edgars = [edgar(), edgar()];
    let mut expected = Vec::new();
    for number in 0..6 {
        expected.push(edgars[0].document(&numbered(number)).await.unwrap());
    }
    let expected = Arc::new(expected);
    let mut jobs = JoinSet::new();
    for job in 0..8 {
        let (edgar, expected) = (edgars[job % 2].clone(), Arc::clone(&expected));
        jobs.spawn(async move {
            for round in 0..40 {
                let number = (job + round * 5) % 6;
                assert_eq!(edgar.document(&numbered(number)).await.unwrap(), expected[number]);
            }
        });
    }
    let cache = Cache::new(folder.path());
    jobs.spawn_blocking(move || {
        for _ in 0..40 {
            cache.clear().unwrap();
        }
    });
    jobs.join_all().await;
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert!(left.len() <= 1, "{left:?}");
}
