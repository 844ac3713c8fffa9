//! Where a change stands in the page: ids from a safe alphabet, each used once.

use std::collections::{HashMap, HashSet};

use filing_model::{Change, Item, Report};

/// The anchors of all changes of a report.
pub(crate) struct Anchors<'a> {
    by_id: HashMap<&'a str, Place<'a>>,
    /// By identity, since two changes of a malformed report may have one id.
    by_address: HashMap<*const Change, String>,
}

/// A change that can be jumped to.
pub(crate) struct Place<'a> {
    pub(crate) anchor: String,
    pub(crate) item: Item,
    pub(crate) change: &'a Change,
}

impl<'a> Anchors<'a> {
    pub(crate) fn new(report: &'a Report) -> Self {
        let mut taken = HashSet::new();
        let mut anchors = Self { by_id: HashMap::new(), by_address: HashMap::new() };
        for section in crate::facts::compared(report) {
            for change in &section.changes {
                let anchor = unused(&safe(&change.id), &mut taken);
                anchors.by_address.insert(change, anchor.clone());
                anchors.by_id.entry(&change.id).or_insert(Place { anchor, item: section.item, change });
            }
        }
        anchors
    }

    /// The anchor of a change of this report.
    pub(crate) fn of(&self, change: &Change) -> &str {
        self.by_address.get(&std::ptr::from_ref(change)).map_or("", String::as_str)
    }

    /// The place of the change with this id, if the report has one.
    pub(crate) fn find(&self, id: Option<&str>) -> Option<&Place<'a>> {
        self.by_id.get(id?)
    }
}

fn safe(id: &str) -> String {
    id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).take(40).collect()
}

fn unused(wanted: &str, taken: &mut HashSet<String>) -> String {
    let mut anchor = wanted.to_owned();
    let mut next = 2;
    while !taken.insert(anchor.clone()) {
        anchor = format!("{wanted}_{next}");
        next += 1;
    }
    anchor
}

/// The address of a filing, when it is one of sec.gov; nothing else becomes a link.
pub(crate) fn sec_link(url: Option<&str>) -> Option<&str> {
    let url = url?;
    let rest = url.strip_prefix("https://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let plain =
        url.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'\\'));
    (plain && (host == "sec.gov" || host.ends_with(".sec.gov"))).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sec_gov_is_linked() {
        let linked = |url| sec_link(Some(url)).is_some();
        assert!(linked("https://www.sec.gov/Archives/edgar/data/1/000000000125000001/a.htm"));
        for url in [
            "http://www.sec.gov/a.htm",
            "javascript:alert(1)//https://www.sec.gov/",
            "https://www.sec.gov.evil.example/",
            "https://evil.example/www.sec.gov",
            "https://evil.example?.sec.gov",
            "https://user@evil.example\\.sec.gov/",
            "https://www.sec.gov/\"onclick=\"x",
            "https://notsec.gov/",
        ] {
            assert!(!linked(url), "{url}");
        }
    }

    #[test]
    fn ids_are_safe_and_used_once() {
        let mut taken = HashSet::new();
        let mut id = |text: &str| unused(&safe(text), &mut taken);
        assert_eq!(id("1A-9"), "1A-9");
        assert_eq!(id("1A\"9"), "1A_9");
        assert_eq!(id("1A<9"), "1A_9_2");
        assert_eq!(id("1A-9"), "1A-9_2");
    }
}
