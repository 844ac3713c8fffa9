use serde_json::json;
use tokio::sync::oneshot::{Receiver, channel};

use super::*;
use crate::Usage;

const USAGE: Usage = Usage { input: 10, output: 5, cache_write_5m: 0, cache_write_1h: 0, cache_read: 0 };

fn ask(desk: &mut Desk, key: &str) -> (Next, Receiver<Answer>) {
    let (waiter, answer) = channel();
    (desk.ask(key.into(), format!("<{key}>"), waiter), answer)
}

fn parcels(desk: &mut Desk, most_requests: usize, most_bytes: usize) -> Vec<String> {
    desk.take_gathered(most_requests, most_bytes).iter().map(|parcel| parcel.bodies.join("")).collect()
}

fn sent(desk: &mut Desk, keys: &[&str], is_found: bool) {
    parcels(desk, 100, 1_000);
    desk.sent("b1", keys.iter().map(ToString::to_string).collect(), is_found);
}

#[expect(clippy::unnecessary_wraps, reason = "as it is delivered")]
fn answered() -> Answer {
    Ok(ModelAnswer { value: json!(4), model: "m".into(), usage: USAGE })
}

fn expired() -> Answer {
    Err(AnalyzeError::Unanswered { outcome: "expired".into() })
}

#[test]
fn calls_are_gathered_once_and_leave_in_parcels() {
    let mut desk = Desk::default();
    let mut receivers = Vec::new();
    for (key, expected) in
        [("a", Next::Gather), ("b", Next::Tell), ("a", Next::Tell), ("c", Next::Tell), ("d", Next::Tell)]
    {
        let (next, receiver) = ask(&mut desk, key);
        assert_eq!(next, expected, "{key}");
        receivers.push(receiver);
    }
    let given_up = receivers.remove(3);
    drop(given_up);
    assert_eq!(parcels(&mut desk, 100, 8), ["<a><b>", "<d>"], "nobody waits for c");
    assert_eq!(ask(&mut desk, "e").0, Next::Gather);
    assert_eq!(ask(&mut desk, "f").0, Next::Tell);
    let (_, _g) = ask(&mut desk, "g");
    assert_eq!(parcels(&mut desk, 1, 8), ["<g>"]);
}

#[test]
fn what_an_answer_took_is_told_to_one_of_those_who_waited() {
    let mut desk = Desk::default();
    let (_, gone) = ask(&mut desk, "a");
    let (_, mut first) = ask(&mut desk, "a");
    let (_, mut second) = ask(&mut desk, "a");
    drop(gone);
    sent(&mut desk, &["a"], false);
    assert_eq!(desk.deliver("b1", "a", answered()), Next::Nothing);
    assert_eq!(first.try_recv().unwrap().unwrap().usage, USAGE);
    assert_eq!(second.try_recv().unwrap().unwrap().usage, Usage::default());
    assert!(desk.is_done("b1"));
}

#[test]
fn an_answer_that_nobody_waits_for_is_kept_and_so_is_its_batch() {
    let mut desk = Desk::default();
    let (_, gone) = ask(&mut desk, "a");
    let (_, mut b) = ask(&mut desk, "b");
    sent(&mut desk, &["a", "b"], false);
    drop(gone);
    desk.deliver("b1", "a", answered());
    desk.deliver("b1", "b", answered());
    assert_eq!(desk.end("b1"), Next::Nothing);
    assert!(b.try_recv().unwrap().is_ok());
    assert!(!desk.is_done("b1"));
    let (answer, done) = desk.take_kept("a").unwrap();
    assert_eq!((answer.usage, done.as_deref()), (USAGE, Some("b1")));
    assert_eq!(ask(&mut desk, "a").0, Next::Gather, "it was handed over");
}

#[test]
fn a_batch_that_is_found_is_followed_when_somebody_asks() {
    let mut desk = Desk::default();
    let keys = vec!["a".to_owned(), "b".to_owned()];
    desk.find(OpenBatch { id: "b1".into(), keys, created_at: jiff::Timestamp::now() });
    let (next, gone) = ask(&mut desk, "a");
    assert_eq!(next, Next::Follow("b1".into()));
    drop(gone);
    assert!(!desk.is_awaited("b1"));
    let (next, mut a) = ask(&mut desk, "a");
    assert_eq!(next, Next::Follow("b1".into()));
    assert_eq!(ask(&mut desk, "b").0, Next::Tell);
    assert!(desk.is_awaited("b1"));
    desk.deliver("b1", "a", answered());
    assert!(a.try_recv().unwrap().is_ok());
}

#[test]
fn what_failed_in_an_earlier_process_is_sent_anew_and_what_failed_now_is_told() {
    for (is_found, next) in [(true, Next::Gather), (false, Next::Nothing)] {
        let mut desk = Desk::default();
        let (_, mut a) = ask(&mut desk, "a");
        let (_, mut b) = ask(&mut desk, "b");
        sent(&mut desk, &["a", "b"], is_found);
        assert_eq!(desk.deliver("b1", "a", expired()), next);
        let declined = AnalyzeError::Declined { category: None, usage: USAGE };
        assert_eq!(desk.deliver("b1", "b", Err(declined)), Next::Nothing);
        assert_eq!(a.try_recv().is_ok(), !is_found);
        assert!(b.try_recv().unwrap().is_err());
        assert_eq!(parcels(&mut desk, 9, 99), if is_found { vec!["<a>"] } else { vec![] });
        desk.end("b1");
        assert!(desk.is_done("b1"));
    }
}

#[test]
fn calls_that_the_results_do_not_speak_of_have_failed() {
    let mut desk = Desk::default();
    let (_, mut a) = ask(&mut desk, "a");
    sent(&mut desk, &["a"], false);
    desk.deliver("b1", "of somebody else", answered());
    desk.end("b1");
    let error = a.try_recv().unwrap().unwrap_err();
    assert_eq!(error.to_string(), "the batch ended without an answer to this call (missing)");
    assert!(desk.is_done("b1"));
}

#[test]
fn a_batch_that_is_lost_is_sent_anew_as_far_as_somebody_waits() {
    let mut desk = Desk::default();
    let (_, _a) = ask(&mut desk, "a");
    sent(&mut desk, &["a", "b"], true);
    assert_eq!(desk.lose("b1"), Next::Gather);
    assert_eq!(parcels(&mut desk, 9, 99), ["<a>"]);
    assert_eq!(ask(&mut desk, "b").0, Next::Gather);
}

#[test]
fn a_new_answer_is_not_looked_for_in_open_batches() {
    let mut desk = Desk::default();
    desk.find(OpenBatch { id: "b1".into(), keys: vec!["a".into()], created_at: jiff::Timestamp::now() });
    assert_eq!(desk.drop_place("a").as_deref(), Some("b1"));
    assert_eq!(ask(&mut desk, "a").0, Next::Gather);
}

#[test]
fn all_wait_when_there_are_as_many_as_were_expected() {
    let mut desk = Desk::default();
    let (_, _a) = ask(&mut desk, "a");
    assert!(!desk.all_wait(), "nobody was announced");
    desk.expected = 2;
    assert!(!desk.all_wait());
    let (_, gone) = ask(&mut desk, "a");
    assert!(desk.all_wait());
    drop(gone);
    assert!(!desk.all_wait());
}
