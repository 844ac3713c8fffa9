//! The Message Batches API with answers in its real shapes, and calls that are gathered into batches.
#![cfg(feature = "claude")]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test may fail")]

mod claude_api_support;

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    sync::{Arc, Mutex},
    time::Duration,
};

use ai_analyze::{
    AnalyzeError, BatchConfig, BatchLedger, BatchModel, BatchRequest, BatchState, Batches, BatchesInMemory,
    ChatModel, ClaudeModel, LedgerError, ModelAnswer, ModelCall, OpenBatch, Rate,
};
use async_trait::async_trait;
use claude_api_support::{call, config, error, json_answer, message};
use serde_json::{Value, json};
use tokio::task::JoinSet;
use wiremock::{
    Mock, MockServer, Request, Respond, ResponseTemplate,
    matchers::{method, path, path_regex},
};

/// The provider's side: batches by their ids, and what becomes of them.
#[derive(Clone, Default)]
struct Provider(Arc<Mutex<Books>>);

#[derive(Default)]
struct Books {
    batches: BTreeMap<String, Vec<Value>>,
    /// No batch has ended yet.
    is_busy: bool,
    /// Answers to come before those of the provider itself.
    troubles: Vec<(&'static str, ResponseTemplate)>,
    /// What is created in trouble is created all the same.
    creates_in_trouble: bool,
    /// What becomes of a request, by words of its prompt; otherwise it succeeds.
    outcomes: Vec<(&'static str, Value)>,
    asked: Vec<String>,
}

impl Provider {
    async fn serve(&self) -> MockServer {
        let server = MockServer::start().await;
        Mock::given(path_regex("^/v1/messages/batches")).respond_with(self.clone()).mount(&server).await;
        server
    }

    fn set(&self, change: impl FnOnce(&mut Books)) {
        change(&mut self.0.lock().unwrap());
    }

    /// How often something was asked.
    fn asked(&self, what: &str) -> usize {
        self.0.lock().unwrap().asked.iter().filter(|asked| *asked == what).count()
    }

    fn sizes(&self) -> Vec<usize> {
        self.0.lock().unwrap().batches.values().map(Vec::len).collect()
    }
}

impl Respond for Provider {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let mut books = self.0.lock().unwrap();
        let path = request.url.path().trim_start_matches("/v1/messages/batches");
        let what = match (request.method.as_str(), path) {
            ("POST", "") => "create",
            ("GET", "") => "list",
            (_, path) if path.ends_with("/results") => "results",
            (_, path) if path.ends_with("/cancel") => "cancel",
            _ => "status",
        };
        books.asked.push(what.into());
        let trouble = books.troubles.iter().position(|(when, _)| *when == what);
        let trouble = trouble.map(|index| books.troubles.remove(index).1);
        let is_lost = what == "create" && books.creates_in_trouble;
        if let (Some(trouble), false) = (&trouble, is_lost) {
            return trouble.clone();
        }
        let id = path.trim_matches('/').split('/').next().unwrap().to_owned();
        match what {
            "create" => {
                let body: Value = request.body_json().unwrap();
                let id = format!("msgbatch_{:02}", books.batches.len() + 1);
                books.batches.insert(id.clone(), body["requests"].as_array().unwrap().clone());
                trouble.unwrap_or_else(|| json_answer(200, &books.batch(&id)))
            }
            "list" => {
                let data: Vec<_> = books.batches.keys().rev().map(|id| books.batch(id)).collect();
                json_answer(200, &json!({"data": data, "has_more": false, "first_id": null, "last_id": null}))
            }
            _ if !books.batches.contains_key(&id) => {
                json_answer(404, &error("not_found_error", &Value::Null))
            }
            "results" => json_answer(200, &Value::Null).set_body_string(books.results(&id)),
            _ => json_answer(200, &books.batch(&id)),
        }
    }
}

impl Books {
    fn batch(&self, id: &str) -> Value {
        let count = self.batches[id].len();
        let (state, processing, succeeded) =
            if self.is_busy { ("in_progress", count, 0) } else { ("ended", 0, count) };
        let now = jiff::Timestamp::now();
        json!({
            "id": id, "type": "message_batch", "processing_status": state,
            "request_counts": {"processing": processing, "succeeded": succeeded, "errored": 0, "canceled": 0, "expired": 0},
            "created_at": now.to_string(), "expires_at": (now + Duration::from_hours(24)).to_string(),
            "ended_at": null, "archived_at": null, "cancel_initiated_at": null,
            "results_url": format!("https://api.anthropic.com/v1/messages/batches/{id}/results"),
        })
    }

    /// In no order that anybody knows.
    fn results(&self, id: &str) -> String {
        let mut lines = String::new();
        for request in self.batches[id].iter().rev() {
            let prompt = request["params"]["messages"][0]["content"][0]["text"].as_str().unwrap();
            let succeeded = || json!({"type": "succeeded", "message": message("end_turn", &json!({"prompt": prompt}).to_string())});
            let outcome = self.outcomes.iter().find(|(words, _)| prompt.contains(words));
            let result = outcome.map_or_else(succeeded, |(_, result)| result.clone());
            let _ = writeln!(lines, "{}", json!({"custom_id": request["custom_id"], "result": result}));
        }
        lines
    }
}

fn ask_for(prompt: impl Into<String>) -> ModelCall {
    ModelCall { prompt: prompt.into(), ..call() }
}

fn quick() -> BatchConfig {
    BatchConfig {
        quiet: Duration::from_millis(50),
        poll: Duration::from_millis(20),
        ..BatchConfig::default()
    }
}

fn model(server: &MockServer, ledger: &Arc<BatchesInMemory>, batch: BatchConfig) -> Arc<BatchModel> {
    let model = ClaudeModel::new(config(server)).unwrap();
    Arc::new(BatchModel::new(model, Arc::clone(ledger) as Arc<dyn BatchLedger>, batch))
}

/// Asks all at once; the answers in the order of the prompts.
async fn answers(
    model: &Arc<BatchModel>,
    prompts: &[&str],
) -> Vec<(String, Result<ModelAnswer, AnalyzeError>)> {
    let mut callers = JoinSet::new();
    for prompt in prompts {
        let (model, prompt) = (Arc::clone(model), (*prompt).to_owned());
        callers.spawn(async move {
            let answer = model.answer(&ask_for(prompt.clone())).await;
            (prompt, answer)
        });
    }
    let mut answers = callers.join_all().await;
    answers.sort_by(|one, other| one.0.cmp(&other.0));
    answers
}

fn all_answered(answers: &[(String, Result<ModelAnswer, AnalyzeError>)]) -> bool {
    answers
        .iter()
        .all(|(prompt, answer)| answer.as_ref().is_ok_and(|answer| answer.value["prompt"] == **prompt))
}

/// Waits until something is so, which it will be.
async fn until(is_so: impl Fn() -> bool) {
    while !is_so() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn a_batch_is_created_followed_and_read() {
    let provider = Provider::default();
    let rate_limited = json!({"type": "errored", "error": {"type": "error", "request_id": "req_03",
        "error": {"type": "rate_limit_error", "message": "something"}}});
    provider.set(|books| {
        books.is_busy = true;
        books.outcomes = vec![
            ("invalid", json!({"type": "errored", "error": error("invalid_request_error", &Value::Null)})),
            ("limited", rate_limited),
            ("canceled", json!({"type": "canceled"})),
            ("expired", json!({"type": "expired"})),
            ("declined", json!({"type": "succeeded", "message": message("refusal", "")})),
            ("cut", json!({"type": "succeeded", "message": message("max_tokens", "{")})),
            ("odd", json!({"type": "postponed"})),
        ];
    });
    let server = provider.serve().await;
    let batches = Batches::new(&ClaudeModel::new(config(&server)).unwrap());
    let prompts = ["fine", "invalid", "limited", "canceled", "expired", "declined", "cut", "odd"];
    let requests: Vec<_> =
        prompts.iter().map(|id| BatchRequest { custom_id: (*id).into(), call: ask_for(*id) }).collect();
    let batch = batches.create(&requests).await.unwrap();
    assert_eq!((batch.state, batch.counts.total()), (BatchState::InProgress, 8));
    insta::assert_json_snapshot!(provider.0.lock().unwrap().batches["msgbatch_01"][0]);

    provider.set(|books| books.is_busy = false);
    let batch = batches.status(&batch.id).await.unwrap();
    assert!(batch.has_ended());
    // Not from api.anthropic.com, where the key of a gateway does not belong.
    let mut results = batches.results(&batch).await.unwrap();
    let mut said = BTreeMap::new();
    while let Some(result) = results.next().await.unwrap() {
        let answer = match result.answer {
            Ok(answer) => format!("{} for {} tokens", answer.value, answer.usage.total()),
            Err(error) => {
                format!("{error}{}", if error.is_transient() { " (again)" } else { " (never)" })
            }
        };
        said.insert(result.custom_id, answer);
    }
    let said: Vec<_> = said.into_iter().map(|(id, said)| format!("{id}: {said}")).collect();
    insta::assert_snapshot!(said.join("\n"));
    assert_eq!(batches.newest().await.unwrap().len(), 1);
    assert_eq!(batches.cancel(&batch.id).await.unwrap().id, batch.id);
}

#[tokio::test]
async fn calls_of_several_reports_are_one_batch() {
    let provider = Provider::default();
    let server = provider.serve().await;
    let ledger = Arc::new(BatchesInMemory::default());
    let model = model(&server, &ledger, quick());
    assert_eq!(model.rate(), Rate::Batch);
    let answers = answers(&model, &["a", "b", "c", "d", "e", "e"]).await;
    assert!(all_answered(&answers));
    assert_eq!(provider.sizes(), [5], "equal calls are one");
    let paid: u64 = answers.iter().map(|(_, answer)| answer.as_ref().unwrap().usage.total()).sum();
    assert_eq!(paid, 5 * 4329, "and paid once");
    until(|| model.progress().answered == 5).await;
    while !ledger.list().await.unwrap().is_empty() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_batch_leaves_as_soon_as_all_expected_callers_wait() {
    let provider = Provider::default();
    let server = provider.serve().await;
    let never_quiet = BatchConfig { quiet: Duration::from_hours(1), ..quick() };
    let model = model(&server, &Arc::default(), never_quiet);
    let [first, second, third] = [model.expect_caller(), model.expect_caller(), model.expect_caller()];
    let waiting = tokio::spawn({
        let model = Arc::clone(&model);
        async move { answers(&model, &["a", "b"]).await }
    });
    until(|| model.progress().waiting == 2).await;
    assert_eq!(provider.asked("create"), 0);
    drop(third);
    assert!(all_answered(&waiting.await.unwrap()));
    assert_eq!(provider.sizes(), [2]);
    drop((first, second));
}

#[tokio::test]
async fn a_restarted_process_finds_the_batch_that_runs_already() {
    let provider = Provider::default();
    provider.set(|books| books.is_busy = true);
    let server = provider.serve().await;
    let ledger = Arc::new(BatchesInMemory::default());
    let before = model(&server, &ledger, quick());
    let waiting = tokio::spawn({
        let before = Arc::clone(&before);
        async move { answers(&before, &["a", "b", "c"]).await }
    });
    until(|| provider.asked("status") > 0).await;
    waiting.abort();
    let _ = waiting.await;
    drop(before);

    provider.set(|books| books.is_busy = false);
    let after = model(&server, &ledger, quick());
    assert!(all_answered(&answers(&after, &["a", "b"]).await));
    assert_eq!(ledger.list().await.unwrap().len(), 1, "an answer of it was not handed over");
    assert!(all_answered(&answers(&after, &["c"]).await));
    assert_eq!(provider.sizes(), [3]);
    while !ledger.list().await.unwrap().is_empty() {
        tokio::task::yield_now().await;
    }
    assert!(all_answered(&answers(&after, &["d"]).await));
    assert_eq!(provider.sizes(), [3, 1]);
}

#[tokio::test]
async fn one_who_comes_again_gets_the_answer_that_came_meanwhile() {
    let provider = Provider::default();
    provider.set(|books| books.is_busy = true);
    let server = provider.serve().await;
    let never_quiet = BatchConfig { quiet: Duration::from_hours(1), ..quick() };
    let model = model(&server, &Arc::default(), never_quiet);
    let expected = [model.expect_caller(), model.expect_caller()];
    let ask = |prompt: &'static str| {
        let model = Arc::clone(&model);
        tokio::spawn(async move { answers(&model, &[prompt]).await })
    };
    let (patient, impatient) = (ask("a"), ask("b"));
    until(|| provider.asked("status") > 0).await;
    impatient.abort();
    let _ = impatient.await;
    assert_eq!(provider.sizes(), [2]);
    provider.set(|books| books.is_busy = false);
    assert!(all_answered(&patient.await.unwrap()));
    assert_eq!(model.answer(&ask_for("b")).await.unwrap().usage.total(), 4329);
    assert_eq!(provider.sizes(), [2]);
    drop(expected);
}

#[tokio::test]
async fn what_expired_in_an_earlier_process_is_sent_anew() {
    let provider = Provider::default();
    provider.set(|books| books.outcomes = vec![("b", json!({"type": "expired"}))]);
    let server = provider.serve().await;
    // Now, the caller is told and decides.
    let ledger = Arc::new(BatchesInMemory::default());
    let now = model(&server, &ledger, quick());
    let told = answers(&now, &["a", "b"]).await;
    assert!(told[0].1.is_ok());
    assert!(matches!(&told[1].1, Err(AnalyzeError::Unanswered { outcome }) if outcome == "expired"));
    assert_eq!(provider.sizes(), [2]);

    // Earlier, nobody was told.
    let earlier = OpenBatch {
        id: "msgbatch_01".into(),
        keys: ["a", "b"].map(|prompt| ask_for(prompt).key()).to_vec(),
        created_at: jiff::Timestamp::now() - Duration::from_hours(25),
    };
    let ledger = Arc::new(BatchesInMemory::default());
    ledger.remember(&earlier).await.unwrap();
    let later = model(&server, &ledger, quick());
    let told = answers(&later, &["a", "b"]).await;
    assert!(told[0].1.is_ok());
    assert!(told[1].1.is_err(), "it expired once more, in a batch of its own");
    assert_eq!(provider.sizes(), [2, 1]);
}

#[tokio::test]
async fn a_batch_whose_creation_was_not_answered_is_not_sent_twice() {
    let provider = Provider::default();
    let lost = || ("create", ResponseTemplate::new(200).set_body_string("{\"id\": \"msgba"));
    provider.set(|books| (books.troubles, books.creates_in_trouble) = (vec![lost()], true));
    let server = provider.serve().await;
    let model = model(&server, &Arc::default(), quick());
    assert!(all_answered(&answers(&model, &["a", "b"]).await));
    assert_eq!((provider.asked("create"), provider.sizes()), (1, vec![2]));

    // Here it did not arrive.
    provider.set(|books| (books.troubles, books.creates_in_trouble) = (vec![lost()], false));
    assert!(all_answered(&answers(&model, &["c", "d", "e"]).await));
    assert_eq!((provider.asked("create"), provider.sizes()), (3, vec![2, 3]));

    // An earlier one of the same size is not taken for it.
    provider.set(|books| (books.troubles, books.creates_in_trouble) = (vec![lost()], false));
    assert!(all_answered(&answers(&model, &["f", "g"]).await));
    assert_eq!((provider.asked("create"), provider.sizes()), (5, vec![2, 3, 2]));
}

#[tokio::test]
async fn trouble_on_the_way_is_waited_out() {
    let provider = Provider::default();
    let overloaded = || json_answer(529, &error("overloaded_error", &Value::Null));
    let half = || ResponseTemplate::new(200).set_body_string("{\"custom_id\": \"half a li");
    provider.set(|books| {
        books.troubles = vec![
            ("create", json_answer(429, &error("rate_limit_error", &Value::Null))),
            ("status", overloaded()),
            ("status", json_answer(500, &json!({}))),
            ("results", overloaded()),
            ("results", half()),
        ];
    });
    let server = provider.serve().await;
    let model = model(&server, &Arc::default(), quick());
    assert!(all_answered(&answers(&model, &["a", "b"]).await));
    assert_eq!((provider.asked("create"), provider.asked("results"), provider.sizes()), (2, 3, vec![2]));
}

#[tokio::test]
async fn a_batch_that_is_refused_fails_all_its_calls() {
    for (status, kind) in
        [(400, "invalid_request_error"), (401, "authentication_error"), (402, "billing_error")]
    {
        let provider = Provider::default();
        provider
            .set(|books| books.troubles = vec![("create", json_answer(status, &error(kind, &Value::Null)))]);
        let server = provider.serve().await;
        let model = model(&server, &Arc::default(), quick());
        let told = answers(&model, &["a", "b"]).await;
        assert!(told.iter().all(|(_, answer)| answer.as_ref().is_err_and(|error| !error.is_transient())));
        assert_eq!(provider.asked("create"), 1);
        assert_eq!(model.progress().failed, 2);
        // The next ones are none the worse for it.
        assert!(all_answered(&answers(&model, &["a"]).await));
    }
}

#[tokio::test]
async fn a_batch_that_the_provider_does_not_know_is_sent_anew() {
    let provider = Provider::default();
    let server = provider.serve().await;
    let ledger = Arc::new(BatchesInMemory::default());
    let batch = |id: &str, prompt: &str, hours: u64| OpenBatch {
        id: id.into(),
        keys: vec![ask_for(prompt).key()],
        created_at: jiff::Timestamp::now() - Duration::from_hours(hours),
    };
    ledger.remember(&batch("../../msgbatch_77", "a", 1)).await.unwrap();
    ledger.remember(&batch("msgbatch_78", "b", 30 * 24)).await.unwrap();
    let model = model(&server, &ledger, quick());
    assert!(all_answered(&answers(&model, &["a", "b"]).await));
    let requests = server.received_requests().await.unwrap();
    let asked_about =
        |id: &str| requests.iter().filter(|request| request.url.path().ends_with(&format!("/{id}"))).count();
    assert_eq!(asked_about("..%2F..%2Fmsgbatch_77"), 1);
    assert_eq!(asked_about("msgbatch_78"), 0, "its results are gone since long");
    while !ledger.list().await.unwrap().is_empty() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn an_answer_that_cannot_be_used_is_not_given_again() {
    let provider = Provider::default();
    let server = provider.serve().await;
    let ledger = Arc::new(BatchesInMemory::default());
    let model = model(&server, &ledger, quick());
    assert!(all_answered(&answers(&model, &["a"]).await));
    let earlier = ledger.list().await.unwrap();
    assert!(earlier.is_empty() || earlier.len() == 1);
    assert!(model.answer_anew(&ask_for("a")).await.is_ok());
    assert_eq!(provider.sizes(), [1, 1]);
}

/// Nothing can be read.
struct Unreadable;

#[async_trait]
impl BatchLedger for Unreadable {
    async fn remember(&self, _: &OpenBatch) -> Result<(), LedgerError> {
        Err("the disk is full".into())
    }

    async fn list(&self) -> Result<Vec<OpenBatch>, LedgerError> {
        Err("the disk is gone".into())
    }

    async fn forget(&self, _: &str) -> Result<(), LedgerError> {
        Err("the disk is gone".into())
    }
}

#[tokio::test]
async fn nothing_is_sent_when_it_is_not_known_what_is_open() {
    let provider = Provider::default();
    let server = provider.serve().await;
    let model = ClaudeModel::new(config(&server)).unwrap();
    let model = BatchModel::new(model, Arc::new(Unreadable), quick());
    let refused = model.answer(&ask_for("a")).await.unwrap_err();
    assert!(matches!(refused, AnalyzeError::Ledger { .. }));
    assert_eq!(provider.asked("create"), 0);
}

#[tokio::test]
async fn counting_does_not_wait_for_a_batch() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/v1/messages/count_tokens"))
        .respond_with(json_answer(200, &json!({"input_tokens": 12})))
        .mount(&server)
        .await;
    let model = model(&server, &Arc::default(), quick());
    assert_eq!(model.count_tokens(&call()).await, Some(12));
}
