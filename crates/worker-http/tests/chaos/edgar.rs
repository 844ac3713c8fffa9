//! EDGAR for any number of companies, each with Northwind's filings under its own name and numbers; sometimes it fails,
//! sometimes it refuses.

use std::{
    fmt, fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use serde_json::json;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate, matchers::any};

use crate::{
    EDGAR_LIMIT,
    faults::{Bursts, Moments},
};

const RECORDING: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/recordings/demo");
const SUBMISSIONS: &str = "submissions/CIK0009904117.json";
const DOCUMENTS: [&str; 2] = ["000990411726000011/nwnd-20251227.htm", "000990411725000008/nwnd-20241228.htm"];

const BLOCK_PAGE: &str = "<html><title>SEC.gov | Request Rate Threshold Exceeded</title></html>";

/// A stop after a refusal lasts so long here.
pub(crate) const BLOCK_SECONDS: &str = "3";

pub(crate) struct Edgar {
    server: MockServer,
    seen: Arc<Seen>,
}

struct Seen {
    companies: usize,
    requests: Moments,
    failed: AtomicUsize,
    refused: AtomicUsize,
    failures: Bursts,
    refusals: Bursts,
}

impl Edgar {
    pub(crate) async fn start(companies: usize) -> Self {
        let seconds = Duration::from_secs_f64;
        let seen = Arc::new(Seen {
            companies,
            requests: Moments::default(),
            failed: AtomicUsize::default(),
            refused: AtomicUsize::default(),
            failures: Bursts::new(seconds(7.0), seconds(1.5), seconds(3.0)),
            refusals: Bursts::new(seconds(23.0), seconds(4.0), seconds(4.7)),
        });
        let server = MockServer::builder().disable_request_recording().start().await;
        Mock::given(any()).respond_with(Answers(Arc::clone(&seen))).mount(&server).await;
        Self { server, seen }
    }

    pub(crate) fn url(&self) -> String {
        self.server.uri()
    }

    pub(crate) fn must_have_been_spared(&self) {
        let peak = self.seen.requests.peak(Duration::from_secs(1));
        assert!(peak <= EDGAR_LIMIT, "{peak} requests within a second");
    }
}

impl fmt::Display for Edgar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Seen { requests, failed, refused, .. } = &*self.seen;
        let (failed, refused) = (failed.load(Ordering::Relaxed), refused.load(Ordering::Relaxed));
        let (count, peak) = (requests.count(), requests.peak(Duration::from_secs(1)));
        write!(
            f,
            "EDGAR: {count} requests, at most {peak} within a second; {failed} failed (503), {refused} refused (403)"
        )
    }
}

struct Answers(Arc<Seen>);

impl Respond for Answers {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let seen = &self.0;
        seen.requests.note();
        if seen.refusals.are_on() {
            seen.refused.fetch_add(1, Ordering::Relaxed);
            return ResponseTemplate::new(403).set_body_raw(BLOCK_PAGE, "text/html");
        }
        if seen.failures.are_on() {
            seen.failed.fetch_add(1, Ordering::Relaxed);
            return ResponseTemplate::new(503);
        }
        match body(request.url.path().trim_start_matches('/'), seen.companies) {
            Some(body) => ResponseTemplate::new(200).set_body_bytes(body),
            None => ResponseTemplate::new(404),
        }
    }
}

/// Company number n has the ticker Tn and the CIK n; the last one has no annual reports.
fn body(path: &str, companies: usize) -> Option<Vec<u8>> {
    if path == "files/company_tickers.json" {
        let list: serde_json::Map<_, _> = (1..=companies)
            .map(|number| {
                let row = json!({"cik_str": number, "ticker": format!("T{number}"), "title": format!("Company {number}")});
                (number.to_string(), row)
            })
            .collect();
        return Some(serde_json::to_vec(&list).unwrap());
    }
    let read = |path: &str| fs::read_to_string(Path::new(RECORDING).join(path)).unwrap();
    if let Some(cik) = path.strip_prefix("submissions/CIK") {
        let cik = cik.trim_end_matches(".json");
        return Some(read(SUBMISSIONS).replace("0009904117", cik).into_bytes());
    }
    let document =
        DOCUMENTS.iter().find(|document| document.rsplit('/').next() == path.rsplit('/').next())?;
    let cik = path.split('/').nth(3)?;
    let text = read(&format!("Archives/edgar/data/9904117/{document}"));
    // Other words for each company, so that a model is asked anew for each.
    Some(text.replace("Northwind", &format!("Northwind {cik}")).into_bytes())
}
