use super::{Case, every_store};
use crate::KeptAnswer;

every_store! {
    an_answer_is_found_by_its_key
    a_later_answer_takes_the_place_of_an_earlier_one
    old_answers_are_forgotten_when_others_are_kept
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
    case.clock.pass(100 * DAY);
    let second = KeptAnswer { model: "model-2".into(), tokens: 9, ..answer("second") };
    case.store.keep_model_answer("key-1", &second).await.unwrap();
    assert_eq!(case.store.model_answer("key-1").await.unwrap(), Some(second.clone()));
    case.clock.pass(100 * DAY);
    case.store.keep_model_answer("key-2", &answer("other")).await.unwrap();
    assert_eq!(case.store.model_answer("key-1").await.unwrap(), Some(second), "it was kept anew");
}

async fn old_answers_are_forgotten_when_others_are_kept(case: Case) {
    case.store.keep_model_answer("old", &answer("old")).await.unwrap();
    case.clock.pass(90 * DAY);
    case.store.keep_model_answer("young", &answer("young")).await.unwrap();
    case.clock.pass(91 * DAY);
    assert!(case.store.model_answer("old").await.unwrap().is_some(), "nothing was kept since");
    case.store.keep_model_answer("new", &answer("new")).await.unwrap();
    let mut found = Vec::new();
    for key in ["old", "young", "new"] {
        found.push(case.store.model_answer(key).await.unwrap().is_some());
    }
    assert_eq!(found, [false, true, true]);
}
