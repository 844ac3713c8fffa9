use super::{Case, every_store, samples};
use crate::ReuseKey;

every_store! {
    a_good_report_is_found_by_what_made_it
    the_newest_is_found
    a_bad_one_is_not
    a_reused_report_is_a_report_of_its_own
}

async fn a_good_report_is_found_by_what_made_it(case: Case) {
    let lease = case.leased("a", Some("ann")).await;
    let report = samples::good_report("r");
    let key = ReuseKey::of(&report).unwrap();
    assert_eq!(case.store.reusable_report(&key).await.unwrap(), None);
    case.store.complete_report(&lease, &report).await.unwrap();
    assert_eq!(case.store.reusable_report(&key).await.unwrap(), Some(report));

    for other in [
        ReuseKey { newer_accession: key.older_accession.clone(), ..key.clone() },
        ReuseKey { older_accession: key.newer_accession.clone(), ..key.clone() },
        ReuseKey { analyzer: "claude".into(), ..key.clone() },
        ReuseKey { model: Some("model-1".into()), ..key.clone() },
        ReuseKey { prompt_version: "2".into(), ..key.clone() },
    ] {
        assert_eq!(case.store.reusable_report(&other).await.unwrap(), None, "{other:?}");
    }
}

async fn the_newest_is_found(case: Case) {
    for (job_id, report_id) in [("a", "r1"), ("b", "r2")] {
        let lease = case.leased(job_id, None).await;
        let mut report = samples::good_report(report_id);
        report.analysis.model = Some("model-1".into());
        case.store.complete_report(&lease, &report).await.unwrap();
        let found = case.store.reusable_report(&ReuseKey::of(&report).unwrap()).await.unwrap();
        assert_eq!(found, Some(report));
    }
}

async fn a_bad_one_is_not(case: Case) {
    let lease = case.leased("a", None).await;
    let report = samples::bad_report("r");
    case.store.complete_report(&lease, &report).await.unwrap();
    assert_eq!(case.store.reusable_report(&ReuseKey::of(&report).unwrap()).await.unwrap(), None);
}

async fn a_reused_report_is_a_report_of_its_own(case: Case) {
    let lease = case.leased("a", Some("ann")).await;
    case.store.complete_report(&lease, &samples::good_report("r1")).await.unwrap();
    let lease = case.leased("b", Some("bob")).await;
    let copy = samples::good_report("r2");
    let settled = case.store.complete_reused_report(&lease, &copy, &samples::id("r1")).await.unwrap();
    assert_eq!(settled.report_id, Some(samples::id("r2")));
    let again = case.store.complete_reused_report(&lease, &copy, &samples::id("r1")).await.unwrap();
    assert_eq!(again, settled);
    assert_eq!(case.store.report(&samples::id("r2")).await.unwrap(), Some(copy));
    assert_eq!(case.reports().await, 2);
}
