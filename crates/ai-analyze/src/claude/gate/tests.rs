use std::{num::NonZeroUsize, sync::Arc};

use tokio::task::JoinSet;

use super::{
    limits::tests::{headers, need},
    *,
};

fn gate(change: impl FnOnce(&mut ClaudeConfig)) -> Arc<Gate> {
    let mut config = ClaudeConfig::new("key");
    change(&mut config);
    Arc::new(Gate::new(config))
}

fn overloaded() -> AnalyzeError {
    AnalyzeError::Unavailable { status: 529, retry_after: None, request_id: None }
}

fn limited(seconds: u64) -> AnalyzeError {
    AnalyzeError::RateLimited { retry_after: Some(Duration::from_secs(seconds)) }
}

/// Seconds until the next one may go.
async fn waited(gate: &Gate, input: u64) -> u64 {
    let began = Instant::now();
    let pass = gate.pass(&need(input)).await.expect("leave");
    pass.taken_in(&HeaderMap::new());
    began.elapsed().as_secs()
}

#[tokio::test(start_paused = true)]
async fn callers_wait_for_a_limit_to_be_reset() {
    let gate = gate(|_| ());
    let first = gate.pass(&need(1_000)).await.expect("leave");
    first.taken_in(&headers(&["input-tokens 50000 3000 20"]));
    assert_eq!(waited(&gate, 2_000).await, 0);
    assert_eq!(waited(&gate, 2_000).await, 20);
    assert_eq!(waited(&gate, 2_000).await, 0, "what was told is over");
}

#[tokio::test(start_paused = true)]
async fn each_model_has_limits_of_its_own() {
    let gate = gate(|_| ());
    gate.pass(&need(1)).await.expect("leave").taken_in(&headers(&["requests 50 0 20"]));
    let other = Need { model: "other".into(), ..need(1) };
    let began = Instant::now();
    assert!(gate.pass(&other).await.is_ok());
    assert_eq!(began.elapsed(), Duration::ZERO);
    assert_eq!(waited(&gate, 1).await, 20);
}

#[tokio::test(start_paused = true)]
async fn a_long_pause_is_left_to_all_who_come() {
    let gate = gate(|_| ());
    let pass = gate.pass(&need(1)).await.expect("leave");
    assert!(pass.turned_away(&HeaderMap::new(), &limited(600)));
    for _ in 0..3 {
        let Err(error) = gate.pass(&need(1)).await else { panic!("it is shut") };
        assert_eq!(error.retry_after().map(|pause| pause.as_secs()), Some(600));
    }
    tokio::time::advance(Duration::from_secs(570)).await;
    assert_eq!(waited(&gate, 1).await, 30);
}

#[tokio::test(start_paused = true)]
async fn callers_go_in_the_order_in_which_they_came_and_not_too_many_at_once() {
    let gate = gate(|config| config.calls_in_flight = NonZeroUsize::new(3).expect("three"));
    let went = Arc::new(Mutex::new((Vec::new(), 0, 0)));
    let mut callers = JoinSet::new();
    for number in 0..12 {
        let (gate, went) = (Arc::clone(&gate), Arc::clone(&went));
        callers.spawn(async move {
            // They come one after the other.
            tokio::time::sleep(Duration::from_millis(number)).await;
            let _pass = gate.pass(&need(1)).await.expect("leave");
            {
                let mut went = went.lock().expect("a lock");
                went.0.push(number);
                went.1 += 1;
                went.2 = went.1.max(went.2);
            }
            tokio::time::sleep(Duration::from_secs(number % 3 + 1)).await;
            went.lock().expect("a lock").1 -= 1;
        });
    }
    callers.join_all().await;
    let (order, _, most) = &*went.lock().expect("a lock");
    assert_eq!((order.as_slice(), *most), ((0..12).collect::<Vec<_>>().as_slice(), 3));
}

#[tokio::test(start_paused = true)]
async fn after_a_pause_one_goes_first_and_the_others_when_it_is_taken_in() {
    let gate = gate(|_| ());
    let pass = gate.pass(&need(1)).await.expect("leave");
    assert!(pass.turned_away(&HeaderMap::new(), &limited(10)));
    drop(pass);
    let mut callers = JoinSet::new();
    for _ in 0..5 {
        let gate = Arc::clone(&gate);
        callers.spawn(async move {
            let pass = gate.pass(&need(1)).await.expect("leave");
            let went = Instant::now();
            tokio::time::sleep(Duration::from_secs(3)).await;
            pass.taken_in(&HeaderMap::new());
            went
        });
    }
    let mut went = callers.join_all().await;
    went.sort();
    let after_the_first: Vec<_> = went.iter().map(|other| (*other - went[0]).as_secs()).collect();
    assert_eq!(after_the_first, [0, 3, 3, 3, 3]);
}

#[tokio::test(start_paused = true)]
async fn a_call_from_before_the_pause_does_not_count_as_another_one_but_is_heeded() {
    let gate = gate(|_| ());
    let need = need(1);
    let first = gate.pass(&need).await.expect("leave");
    let second = gate.pass(&need).await.expect("leave");
    let third = gate.pass(&need).await.expect("leave");
    assert!(first.turned_away(&HeaderMap::new(), &limited(10)));
    assert!(second.turned_away(&HeaderMap::new(), &limited(20)));
    assert_eq!(gate.state().pauses, 1);
    assert_eq!(waited(&gate, 1).await, 20);
    assert!(third.turned_away(&HeaderMap::new(), &limited(7)));
    assert_eq!(gate.state().pauses, 1);
    assert_eq!(waited(&gate, 1).await, 7);
}

#[tokio::test(start_paused = true)]
async fn a_probe_that_is_given_up_makes_room_for_the_next() {
    let gate = gate(|_| ());
    gate.pass(&need(1)).await.expect("leave").turned_away(&HeaderMap::new(), &limited(10));
    let probe = gate.pass(&need(1)).await.expect("leave");
    let next = tokio::time::timeout(Duration::from_secs(100), gate.pass(&need(1))).await;
    assert!(next.is_err(), "the probe has not come back");
    drop(probe);
    assert_eq!(waited(&gate, 1).await, 0);
}

/// Asks until it is sent home, as a client does; says how often it was let go.
async fn ask_in_an_outage(gate: Arc<Gate>, error: fn() -> AnalyzeError) -> (usize, AnalyzeError) {
    let mut asked = 0;
    loop {
        let pass = match gate.pass(&need(1)).await {
            Ok(pass) => pass,
            Err(error) => return (asked, error),
        };
        asked += 1;
        tokio::time::sleep(Duration::from_millis(100)).await;
        if !pass.turned_away(&HeaderMap::new(), &error()) {
            return (asked, error());
        }
    }
}

#[tokio::test(start_paused = true)]
async fn in_an_outage_twenty_callers_ask_some_times_and_go_home_together() {
    let gate = gate(|_| ());
    let mut callers = JoinSet::new();
    (0..20).for_each(|_| drop(callers.spawn(ask_in_an_outage(Arc::clone(&gate), overloaded))));
    let ended = callers.join_all().await;
    assert!(ended.iter().all(|(_, error)| matches!(error, AnalyzeError::Unavailable { status: 529, .. })));
    // 16 in flight at once, then one probe after each of three pauses.
    assert_eq!(ended.iter().map(|(asked, _)| asked).sum::<usize>(), 19);

    // Who comes later tries once: it may be over.
    let (asked, _) = ask_in_an_outage(Arc::clone(&gate), overloaded).await;
    assert_eq!(asked, 1);
    let pass = gate.pass(&need(1)).await.expect("leave");
    pass.taken_in(&HeaderMap::new());
    pass.answered();
    drop(pass);
    assert_eq!(ask_in_an_outage(gate, overloaded).await.0, 4, "after an answer all begins anew");
}
