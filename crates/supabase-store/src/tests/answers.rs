use super::{Case, every_store};
use crate::{KeptAnswer, ModelBatch};

every_store! {
    an_answer_is_found_by_its_key
    a_later_answer_takes_the_place_of_an_earlier_one
    old_answers_are_forgotten_when_others_are_kept
    a_batch_stays_until_it_is_forgotten
}

const DAY: i64 = 24 * 3600;

fn answer(text: &str) -> KeptAnswer {
    KeptAnswer { model: "model-1".into(), answer: format!("{{\"said\":\"{text}\"}}"), tokens: 12_000 }
}

async fn an_answer_is_found_by_its_key(case: Case) {
    case.store.keep_model_answer("key-1", &answer("pumps – 4")).await.unwrap();
    assert_eq!(case.store.model_answer("key-1").await.unwrap(), Some(answer("pumps – 4")));
    assert_eq!(case.store.model_answer("key-2").await.unwrap(), None);
}

async fn a_later_answer_takes_the_place_of_an_earlier_one(case: Case) {
    case.store.keep_model_answer("key-1", &answer("first")).await.unwrap();
    case.pass(100 * DAY).await;
    let second = KeptAnswer { model: "model-2".into(), tokens: 9, ..answer("second") };
    case.store.keep_model_answer("key-1", &second).await.unwrap();
    assert_eq!(case.store.model_answer("key-1").await.unwrap(), Some(second.clone()));
    case.pass(100 * DAY).await;
    case.store.keep_model_answer("key-2", &answer("other")).await.unwrap();
    assert_eq!(case.store.model_answer("key-1").await.unwrap(), Some(second), "it was kept anew");
}

async fn old_answers_are_forgotten_when_others_are_kept(case: Case) {
    case.store.keep_model_answer("old", &answer("old")).await.unwrap();
    case.pass(90 * DAY).await;
    case.store.keep_model_answer("young", &answer("young")).await.unwrap();
    case.pass(91 * DAY).await;
    assert!(case.store.model_answer("old").await.unwrap().is_some(), "nothing was kept since");
    case.store.keep_model_answer("new", &answer("new")).await.unwrap();
    let mut found = Vec::new();
    for key in ["old", "young", "new"] {
        found.push(case.store.model_answer(key).await.unwrap().is_some());
    }
    assert_eq!(found, [false, true, true]);
}

async fn a_batch_stays_until_it_is_forgotten(case: Case) {
    let batch = |id: &str, second| {
        let keys = vec![format!("{id}-1"), format!("{id}-2")];
        ModelBatch { id: id.into(), keys, created_at: jiff::Timestamp::from_second(second).unwrap() }
    };
    for batch in [batch("early", 1), batch("done", 2), batch("late", 3), batch("early", 1)] {
        case.store.remember_model_batch(&batch).await.unwrap();
    }
    case.store.forget_model_batch("done").await.unwrap();
    case.store.forget_model_batch("done").await.unwrap();
    let kept = case.store.model_batches().await.unwrap();
    let kept: Vec<_> = kept.into_iter().map(|batch| (batch.id, batch.keys)).collect();
    let expected = [batch("early", 1), batch("late", 3)].map(|batch| (batch.id, batch.keys));
    assert_eq!(kept, expected);
}
