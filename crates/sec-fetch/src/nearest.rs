//! What may have been meant by a symbol that EDGAR's list of tickers does not have.

use std::collections::HashSet;

use filing_model::Ticker;

use crate::{
    names,
    renamed::{RENAMED, Renamed},
    tickers::{Listed, TickerList},
};

/// How many near misses are worth reading.
const NEAREST: usize = 3;

/// How what was typed leads to a company, the likeliest way first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    /// A symbol or name that the company gave up.
    Renamed,
    /// Its name instead of its symbol.
    Name,
    /// Its symbol with another share class or exchange, or without one.
    Class,
    /// The beginning of its name.
    FirstWords,
    /// A letter too many, too few or wrong, or two that changed places.
    OneLetter,
    TwoLetters,
    /// The beginning of its name, within a word.
    NameBegun,
    NameMisspelt,
    /// The beginning of its symbol.
    SymbolBegun,
}

/// Symbols that may have been meant with the names of their companies, the likeliest first, each company once; among
/// equals the larger company first.
pub(crate) fn nearest(list: &TickerList, typed: &Ticker) -> Vec<(Ticker, String)> {
    let renamed: Vec<&Renamed> = RENAMED.iter().filter(|row| was_called(row, typed)).collect();
    let mut near: Vec<(Way, &Listed, Option<&Renamed>)> = Vec::new();
    for listed in list.iter() {
        let formerly = renamed.iter().find(|row| listed.ticker.as_str() == row.ticker).copied();
        let way = if formerly.is_some() { Some(Way::Renamed) } else { way(typed, listed) };
        near.extend(way.map(|way| (way, listed, formerly)));
    }
    near.sort_by_key(|(way, ..)| *way);
    if near.first().is_some_and(|(way, ..)| *way <= Way::Class) {
        // Nothing was misspelt.
        near.retain(|(way, ..)| *way <= Way::FirstWords);
    }
    let mut companies = HashSet::new();
    near.retain(|(_, listed, _)| companies.insert(listed.cik));
    near.truncate(NEAREST);
    near.into_iter()
        .map(|(_, listed, renamed)| {
            let formerly = renamed.map(|row| format!(", {}", row.in_words())).unwrap_or_default();
            (listed.ticker.clone(), format!("{}{formerly}", listed.title))
        })
        .collect()
}

fn was_called(row: &Renamed, typed: &Ticker) -> bool {
    row.symbol == typed.as_str()
        || matches!(by_name(&letters(typed), row.name), Some(Way::Name | Way::FirstWords))
}

fn way(typed: &Ticker, listed: &Listed) -> Option<Way> {
    let by_name = by_name(&letters(typed), &listed.title);
    [by_name, by_symbol(typed.as_str(), listed.ticker.as_str())].into_iter().flatten().min()
}

fn letters(typed: &Ticker) -> String {
    typed.as_str().replace('-', "")
}

fn by_name(typed: &str, name: &str) -> Option<Way> {
    let essence = names::essence(name);
    if typed.len() >= 2 && typed == essence {
        return Some(Way::Name);
    }
    if typed.len() < 4 {
        return None;
    }
    let words = names::words(name);
    let mut beginning = String::new();
    for word in &words {
        beginning.push_str(word);
        if beginning == typed {
            return Some(Way::FirstWords);
        }
    }
    if beginning.starts_with(typed) {
        return Some(Way::NameBegun);
    }
    let misspelt = |word: &str| word.is_ascii() && strsim::osa_distance(typed, word) <= typed.len() / 5;
    (misspelt(&essence) || words.first().is_some_and(|word| misspelt(word))).then_some(Way::NameMisspelt)
}

fn by_symbol(typed: &str, symbol: &str) -> Option<Way> {
    let root = |symbol: &str| symbol.split('-').next().map(str::to_owned);
    if root(typed) == root(symbol) {
        return Some(Way::Class);
    }
    let starts_alike = typed.as_bytes().first() == symbol.as_bytes().first();
    // Of symbols this short half the alphabet is one letter away.
    if typed.len() >= 3 {
        match strsim::osa_distance(typed, symbol) {
            1 => return Some(Way::OneLetter),
            2 if typed.len() >= 4 && starts_alike => return Some(Way::TwoLetters),
            _ => {}
        }
    }
    (typed.len() >= 2 && symbol.starts_with(typed)).then_some(Way::SymbolBegun)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
mod tests {
    use super::*;

    const LIST: &str = r#"{
        "0": {"cik_str": 9000001, "ticker": "NWTL", "title": "Northwind Toolworks Inc."},
        "1": {"cik_str": 9000002, "ticker": "HLM-B", "title": "HOLM & FJORD INC"},
        "2": {"cik_str": 9000003, "ticker": "NWT", "title": "Newt Holdings"},
        "3": {"cik_str": 9000004, "ticker": "META", "title": "Invented Platforms, Inc."},
        "4": {"cik_str": 9000005, "ticker": "F", "title": "Forrest"},
        "5": {"cik_str": 9000006, "ticker": "NWHR", "title": "Northwind Hotels & Resorts"},
        "6": {"cik_str": 9000007, "ticker": "Q", "title": "4Q CO"},
        "7": {"cik_str": 9000002, "ticker": "HLM-A", "title": "HOLM & FJORD INC"},
        "8": {"cik_str": 9000001, "ticker": "NWTL-P", "title": "Northwind Toolworks Inc."}
    }"#;

    fn near(typed: &str) -> String {
        let list = TickerList::parse(LIST.as_bytes()).unwrap();
        let near: Vec<String> =
            nearest(&list, &typed.parse().unwrap()).into_iter().map(|(ticker, _)| ticker.into()).collect();
        near.join(" ")
    }

    #[test]
    fn misspellings_lead_to_each_company_once() {
        assert_eq!(near("NTWL"), "NWTL NWT", "two letters changed places; then further off");
        assert_eq!(near("NWTX"), "NWTL NWT NWHR");
        assert_eq!(near("HLN-B"), "HLM-B");
    }

    #[test]
    fn another_class_or_exchange_leads_to_the_company() {
        assert_eq!(near("HLM"), "HLM-B");
        assert_eq!(near("HLM-C"), "HLM-B");
        assert_eq!(near("NWT-US"), "NWT");
    }

    #[test]
    fn names_are_as_good_as_symbols() {
        assert_eq!(near("NORTHWIND"), "NWTL NWHR");
        assert_eq!(near("northwindt"), "NWTL NWHR");
        assert_eq!(near("NORTHWNID"), "NWTL NWHR");
        assert_eq!(near("HOLM-FJORD"), "HLM-B");
        assert_eq!(near("holm"), "HLM-B");
        assert_eq!(near("newt"), "NWT");
        assert_eq!(near("4q"), "Q");
    }

    #[test]
    fn what_a_company_gave_up_leads_to_it() {
        for typed in ["FB", "facebook"] {
            let list = TickerList::parse(LIST.as_bytes()).unwrap();
            let near = nearest(&list, &typed.parse().unwrap());
            assert_eq!(near.first().unwrap().1, "Invented Platforms, Inc., formerly Facebook until 2022");
        }
        assert_eq!(near("UTX"), "", "its symbol of today is not in the list");
    }

    #[test]
    fn what_is_far_from_everything_is_near_nothing() {
        for typed in ["ZZZZ", "Z", "G", "XF"] {
            assert_eq!(near(typed), "", "{typed}");
        }
    }
}
