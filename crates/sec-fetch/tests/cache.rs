//! What is on disk is not asked for again, and nothing bad gets there.
#![cfg(feature = "edgar")]
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod support;

use std::{fs, time::Duration};

use sec_fetch::{Cache, Edgar, FetchConfig, FetchError, FilingSource};
use support::{
    NEWER,
    server::{config, document, edgar_with_cache, report, requests, server, server_that_answers},
    ticker,
};
use wiremock::ResponseTemplate;

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
    for malformed in ["<html>maintenance</html>", r#"{"0": {"cik_str": 1, "#] {
        let server = server_that_answers(ResponseTemplate::new(200).set_body_string(malformed)).await;
        let refused = edgar_with_cache(&server, folder.path()).resolve(&ticker("NWTL")).await.unwrap_err();
        assert!(matches!(refused, FetchError::Unreadable { .. }), "{refused:?}");
    }
    assert_eq!(Cache::new(folder.path()).stats().unwrap().files, 0);
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
    assert_eq!(kept.files, 4);
    assert!(kept.bytes > 0);
    assert_eq!(cache.clear().unwrap(), kept);
    assert_eq!(cache.stats().unwrap().files, 0);
    assert!(others.iter().all(|other| other.exists()));
}
