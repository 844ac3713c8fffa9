#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::{
    fmt::Write as _,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use filing_model::{Analysis, Comparison, Item};
use serde_json::{Value, json};
use tokio::{sync::Notify, task::JoinSet};

use super::*;
use crate::{
    Analyzer, Asking, Claude, Effort,
    invented::{added, comparison, placed, section},
};

const USAGE: Usage =
    Usage { input: 10_000, output: 1_000, cache_write_5m: 0, cache_write_1h: 0, cache_read: 0 };

/// Answers as the schema wants it, counts its calls, and is stuck in one of them.
#[derive(Default)]
struct Script {
    asked: AtomicUsize,
    /// The number of the call that never ends, from 1.
    stuck_at: Option<usize>,
    stuck: Notify,
    /// The number of the call whose answer is cut.
    cut_at: Option<usize>,
    /// The number of the call whose answer is of another shape.
    odd_at: Option<usize>,
}

impl Script {
    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

#[async_trait]
impl ChatModel for Script {
    async fn answer(&self, call: &ModelCall) -> Result<ModelAnswer, AnalyzeError> {
        let number = Some(self.asked.fetch_add(1, Ordering::SeqCst) + 1);
        // Others get their turn.
        tokio::task::yield_now().await;
        if number == self.stuck_at {
            self.stuck.notify_one();
            return std::future::pending().await;
        }
        if number == self.cut_at {
            return Err(AnalyzeError::TooLong { stop_reason: "max_tokens".into(), usage: USAGE });
        }
        let value = if number == self.odd_at { json!({"pumps": 4}) } else { fitting(call) };
        Ok(ModelAnswer { value, model: call.model.clone(), usage: USAGE })
    }
}

/// One true and one invented statement, nothing better when asked for it, a summary.
fn fitting(call: &ModelCall) -> Value {
    let finding = |id: &str, text: &str| {
        json!({"item": "1", "category": "business", "materiality": "low", "statement": "It makes pumps.",
            "quotes": [{"side": "newer", "text": text, "change_id": id}]})
    };
    if call.schema["properties"].get("findings").is_some() {
        let id = call.prompt.lines().find_map(|line| line.strip_prefix("## ")).unwrap();
        let id = id.split_whitespace().next().unwrap();
        let invented = finding(id, "there is substantial doubt about our future");
        return json!({"findings": [finding(id, "The plant makes pumps for deep mines"), invented]});
    }
    if call.schema["properties"].get("corrections").is_some() {
        return json!({"corrections": []});
    }
    json!({"executive_summary": "It makes pumps.", "summaries": []})
}

/// Changes for two calls.
fn plants() -> Comparison {
    let changes = (0..16_usize).map(|n| {
        let text = "The plant makes pumps for deep mines and sells them. ".repeat(300);
        placed(added(&format!("1-{n}"), n, &text), 1, 1.0, &format!("Plant {n}"))
    });
    comparison(vec![section(Item::I1, changes.collect())])
}

/// Calls for the plants: two packs, what failed once more, the summary.
const CALLS: usize = 4;

fn claude(model: &Arc<Script>, answers: &Arc<AnswersInMemory>) -> Claude {
    let asking = Asking { prompt_tokens: 120_000, ..Asking::default() };
    Claude::with_model(Cached::new(Arc::clone(model), Arc::clone(answers)), asking).unwrap()
}

async fn analysis(model: &Arc<Script>, answers: &Arc<AnswersInMemory>) -> Analysis {
    claude(model, answers).analyze(&plants()).await.unwrap()
}

fn free(analysis: Analysis) -> Analysis {
    Analysis { total_tokens: 0, total_cost_usd: Some(0.0), ..analysis }
}

#[tokio::test]
async fn the_second_analysis_of_a_pair_costs_nothing() {
    let (model, answers) = Default::default();
    let first = analysis(&model, &answers).await;
    assert_eq!((model.asked(), first.total_tokens), (CALLS, 44_000));
    assert_eq!((first.findings.len(), first.dropped.len()), (2, 2));
    let second = analysis(&model, &answers).await;
    assert_eq!(model.asked(), CALLS);
    assert_eq!(second, free(first));
}

#[tokio::test]
async fn a_restart_in_mid_analysis_repeats_at_most_the_call_in_flight() {
    let mut shown = String::new();
    let whole = analysis(&Arc::default(), &Arc::default()).await;
    for stuck_at in 1..=CALLS {
        let dies = Arc::new(Script { stuck_at: Some(stuck_at), ..Script::default() });
        let (answers, goes_on) = (Arc::default(), Arc::default());
        let (claude, plants) = (claude(&dies, &answers), plants());
        tokio::select! {
            _ = claude.analyze(&plants) => panic!("it is stuck"),
            () = dies.stuck.notified() => {}
        }
        drop(claude);
        let resumed = analysis(&goes_on, &answers).await;
        writeln!(shown, "stuck in call {stuck_at}: {} + {} calls", dies.asked(), goes_on.asked()).unwrap();
        assert_eq!(free(resumed), free(whole.clone()));
    }
    insta::assert_snapshot!(shown, @"
    stuck in call 1: 1 + 4 calls
    stuck in call 2: 2 + 3 calls
    stuck in call 3: 3 + 2 calls
    stuck in call 4: 4 + 1 calls
    ");
}

#[tokio::test]
async fn an_answer_that_was_cut_is_not_kept() {
    let cuts = Arc::new(Script { cut_at: Some(1), ..Script::default() });
    let cached = Cached::new(Arc::clone(&cuts), AnswersInMemory::default());
    assert!(matches!(cached.answer(&call()).await, Err(AnalyzeError::TooLong { .. })));
    assert_eq!(cached.answer(&call()).await.unwrap().usage, USAGE);
    assert_eq!(cached.answer(&call()).await.unwrap().usage, Usage::default());
    assert_eq!(cuts.asked(), 2);
}

#[tokio::test]
async fn an_answer_of_another_shape_is_asked_for_once_more_and_replaced() {
    let answers = Arc::default();
    let odd = Arc::new(Script { odd_at: Some(2), ..Script::default() });
    let first = analysis(&odd, &answers).await;
    assert_eq!((odd.asked(), first.total_tokens), (CALLS + 1, 55_000));
    assert_eq!(analysis(&odd, &answers).await, free(first));
    assert_eq!(odd.asked(), CALLS + 1);
}

#[tokio::test]
async fn what_a_limit_made_poorer_is_not_given_to_one_with_a_larger_limit() {
    let (model, answers) = (Arc::<Script>::default(), Arc::<AnswersInMemory>::default());
    let with_limit = |max_cost_usd| {
        let asking = Asking { prompt_tokens: 120_000, max_cost_usd, ..Asking::default() };
        Claude::with_model(Cached::new(Arc::clone(&model), Arc::clone(&answers)), asking).unwrap()
    };
    let poor = with_limit(Some(0.03)).analyze(&plants()).await.unwrap();
    assert_eq!((poor.degraded.is_some(), poor.model.as_deref()), (true, Some("claude-haiku-5-5")));
    let asked = model.asked();
    let rich = with_limit(Some(5.0)).analyze(&plants()).await.unwrap();
    assert_eq!((rich.degraded, model.asked() - asked), (None, CALLS));
    // A limit that leaves the same questions makes no difference.
    assert_eq!(with_limit(None).analyze(&plants()).await.unwrap().total_tokens, 0);
}

fn call() -> ModelCall {
    ModelCall {
        model: "claude-sonnet-5-5".into(),
        effort: Effort::Medium,
        system: String::new(),
        prompt: "## 1-1".into(),
        schema: json!({"properties": {"findings": {}}}),
        max_tokens: 500,
    }
}

/// Tokens that ten who ask at once are told, sorted.
async fn ten_at_once(cached: Arc<Cached<Arc<Script>, impl AnswerStore + 'static>>) -> Vec<u64> {
    let mut asking = JoinSet::new();
    for _ in 0..10 {
        let cached = Arc::clone(&cached);
        asking.spawn(async move { cached.answer(&call()).await.unwrap().usage.total() });
    }
    let mut tokens = asking.join_all().await;
    tokens.sort_unstable();
    tokens
}

#[tokio::test]
async fn equal_calls_at_the_same_time_are_one_call_that_one_of_them_pays_for() {
    let model = Arc::new(Script::default());
    let cached = Arc::new(Cached::new(Arc::clone(&model), AnswersInMemory::default()));
    assert_eq!(ten_at_once(cached).await, [[0; 9].as_slice(), &[USAGE.total()]].concat());
    assert_eq!(model.asked(), 1);
}

#[tokio::test]
async fn one_in_line_takes_over_from_one_who_gave_up() {
    let model = Arc::new(Script { stuck_at: Some(1), ..Script::default() });
    let cached = Arc::new(Cached::new(Arc::clone(&model), AnswersInMemory::default()));
    let leader = tokio::spawn({
        let cached = Arc::clone(&cached);
        async move { cached.answer(&call()).await }
    });
    model.stuck.notified().await;
    let others = tokio::spawn(ten_at_once(Arc::clone(&cached)));
    tokio::task::yield_now().await;
    leader.abort();
    assert_eq!(others.await.unwrap(), [[0; 9].as_slice(), &[USAGE.total()]].concat());
    assert_eq!(model.asked(), 2);
}

#[tokio::test]
async fn other_calls_do_not_wait() {
    let model = Arc::new(Script { stuck_at: Some(1), ..Script::default() });
    let cached = Arc::new(Cached::new(Arc::clone(&model), AnswersInMemory::default()));
    let stuck = tokio::spawn({
        let cached = Arc::clone(&cached);
        async move { cached.answer(&call()).await }
    });
    model.stuck.notified().await;
    let other = ModelCall { effort: Effort::Low, ..call() };
    assert_eq!(cached.answer(&other).await.unwrap().usage, USAGE);
    stuck.abort();
}

struct Broken;

#[async_trait]
impl AnswerStore for Broken {
    async fn get(&self, _: &str) -> Result<Option<ModelAnswer>, AnswersError> {
        Err("the disk is gone".into())
    }

    async fn put(&self, _: &str, _: &ModelAnswer) -> Result<(), AnswersError> {
        Err("the disk is full".into())
    }
}

#[tokio::test]
async fn a_store_that_fails_is_gone_without() {
    let model = Arc::new(Script::default());
    let cached = Arc::new(Cached::new(Arc::clone(&model), Broken));
    assert_eq!(ten_at_once(Arc::clone(&cached)).await, [[0; 9].as_slice(), &[USAGE.total()]].concat());
    assert_eq!(cached.answer(&call()).await.unwrap().usage, USAGE);
    assert_eq!(model.asked(), 2);
}
