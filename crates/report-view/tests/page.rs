//! The page as a whole: its outline, its links, and that nothing of a filing becomes markup.

mod hostile;
mod sample;
mod tags;

use std::collections::{HashMap, HashSet};

use self::tags::Tags;

/// All states that a page can be in.
fn pages() -> [String; 4] {
    [sample::report(), sample::incomplete(), sample::unchanged(), hostile::report()]
        .map(|report| report_view::html(&report))
}

#[test]
fn outline() {
    insta::assert_snapshot!(Tags::of(&report_view::html(&sample::report())).outline());
}

#[test]
fn outline_when_nothing_changed() {
    insta::assert_snapshot!(Tags::of(&report_view::html(&sample::unchanged())).outline());
}

#[test]
fn tags_balance() {
    for page in pages() {
        Tags::of(&page).assert_balanced();
    }
}

#[test]
fn every_change_stands_once_and_every_link_has_a_target() {
    for page in pages() {
        let tags = Tags::of(&page);
        let mut ids: HashMap<&str, usize> = HashMap::new();
        for id in tags.attributes("id") {
            *ids.entry(id).or_default() += 1;
        }
        assert_eq!(ids.values().max(), Some(&1), "ids that stand twice: {ids:?}");
        for target in tags.attributes("href").filter_map(|href| href.strip_prefix('#')) {
            assert!(ids.contains_key(target), "no target for #{target}");
        }
    }
    let report = sample::report();
    let page = report_view::html(&report);
    let ids: HashSet<&str> = Tags::of(&page).attributes("id").collect();
    for change in report.sections.iter().flat_map(|section| &section.changes) {
        assert!(ids.contains(format!("c-{}", change.id).as_str()), "{} is not in the page", change.id);
    }
}

#[test]
fn no_word_of_either_filing_is_lost() {
    let report = sample::report();
    let page = report_view::html(&report);
    let reading = |without| squeezed(&Tags::of(&page).text_without(without));
    let (older, newer) = (reading("ins"), reading("del"));
    for section in report.sections.iter().filter(|section| !section.changes.is_empty()) {
        for change in &section.changes {
            for (passage, reading) in [(&change.older, &older), (&change.newer, &newer)] {
                for cell in passage.iter().flat_map(|passage| passage.text.split(['|', '\n'])) {
                    assert!(
                        reading.contains(&squeezed(cell)),
                        "{cell:?} of {} is not in the page",
                        change.id
                    );
                }
            }
        }
        for text in section.unchanged.iter().flat_map(|run| &run.text) {
            assert!(newer.contains(&squeezed(text)), "{text:?} of Item {} is not in the page", section.item);
        }
    }
}

#[test]
fn what_filings_and_models_say_stays_text() {
    let page = report_view::html(&hostile::report());
    let tags = Tags::of(&page);
    assert_eq!(tags.count("script"), 1, "only our own script");
    assert_eq!(tags.count("img") + tags.count("iframe") + tags.count("base"), 0);
    assert!(!tags.names().any(|name| name.starts_with("evil")), "a tag of theirs");
    assert_eq!(tags.attribute_names().find(|name| name.starts_with("on")), None, "a handler of theirs");
    for href in tags.attributes("href") {
        assert!(href.starts_with('#'), "{href}");
    }
    let id = |id: &str| id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    assert!(tags.attributes("id").all(id));
}

#[test]
fn nothing_is_loaded_and_the_policy_says_so() {
    let page = report_view::html(&sample::report());
    let tags = Tags::of(&page);
    assert_eq!(tags.attributes("src").count() + tags.attributes("srcset").count() + tags.count("link"), 0);
    assert_eq!(tags.attributes("style").count(), 0, "the policy would drop them");
    let policy = report_view::content_security_policy();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"));
    assert!(tags.attributes("content").any(|content| content == policy.replace('"', "&quot;")));
}

#[test]
fn a_report_that_owes_the_token_says_so_first() {
    let page = report_view::html(&sample::incomplete());
    let notice = page.find("Your token was returned").expect("a notice");
    assert!(notice < page.find("In one minute</h2>").or(page.find("id=\"minute\"")).expect("the summary"));
    assert!(page.contains("The text ends in the middle of a sentence after 1,912 words."));
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '|').collect()
}
