//! What a filing says of its dividends on common stock.

use filing_model::{Extraction, Item};

use super::{
    dates::{self, Month},
    mentions::{self, Mention},
};

const ITEMS: [Item; 3] = [Item::I5, Item::I7, Item::I8];

/// A sentence or row, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Told<'a> {
    pub(super) item: Item,
    pub(super) words: &'a str,
}

/// A regular dividend for a quarter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Quarterly<'a> {
    pub(super) told: Told<'a>,
    /// As written, without the dollar sign.
    pub(super) amount: &'a str,
    /// The amount that it was raised or cut from, when the same sentence says so.
    pub(super) from: Option<&'a str>,
    /// The last month that the sentence names.
    when: Option<Month>,
}

/// What a filing says.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Facts<'a> {
    /// It pays none, and has not.
    pub(super) pays_none: Option<Told<'a>>,
    /// It stopped.
    pub(super) stopped: Option<Told<'a>>,
    /// It declared or paid some.
    pub(super) paid: Option<Told<'a>>,
    /// The latest for a quarter.
    pub(super) quarterly: Option<Quarterly<'a>>,
    /// Special dividends.
    pub(super) special: Vec<Told<'a>>,
}

/// Gathers what Items 5, 7 and 8 say.
pub(super) fn of(filing: &Extraction) -> Facts<'_> {
    let mut facts = Facts::default();
    for (item, section) in ITEMS.into_iter().filter_map(|item| Some((item, filing.found(item)?))) {
        for mention in mentions::of(&section.text, &[&["ividend"], &WORDS]) {
            facts.read(item, &mention);
        }
        for table in mentions::paragraphs(&section.text, &["ividend Per Share", "er Share Dividend"]) {
            facts.keep_latest(latest_row(item, table));
        }
    }
    facts
}

/// Sentences without these say nothing of whether and how much is paid.
const WORDS: [&str; 13] = [
    "$",
    "never",
    "not ",
    "uspend",
    "iscontinu",
    "liminat",
    "no ",
    "paid",
    "pecial",
    "declared",
    "nitiat",
    "egan",
    "eased",
];

/// Dividends that come once.
const SPECIAL: [&str; 5] = [
    "special dividend",
    "special cash dividend",
    "one-time dividend",
    "one-time cash dividend",
    "extraordinary dividend",
];

impl<'a> Facts<'a> {
    fn read(&mut self, item: Item, mention: &Mention<'a>) {
        // What others pay, what shares of another kind earn, and what may come are no facts of the common stock.
        let elsewhere = mention.has(&[
            "subsidiar",
            "preferred",
            "depositary",
            "investee",
            "policyholder",
            "dividend yield",
            "dividend income",
            "equivalent",
        ]);
        let supposed =
            mention.has(&[" might ", "could", "would", " if ", "restrict", "prohibit", "covenant"]);
        let told = Told { item, words: mention.text };
        if elsewhere && !mention.has(&["common"]) || supposed || mention.has_may() {
            return;
        }
        if says_none(mention) {
            self.pays_none.get_or_insert(told);
            return;
        }
        if stops(mention) {
            self.stopped.get_or_insert(told);
        }
        let amounts = amounts(mention.text);
        if amounts.is_empty() {
            return;
        }
        if mention.has(&SPECIAL) {
            self.special.push(told);
        } else {
            if mention.has(&["declared", "paid", "payable", "approved", "pays", "initiat"]) {
                self.paid.get_or_insert(told);
            }
            if mention.has(&["quarterly", "regular cash dividend"])
                && !mention.has(&["annualized", "annual dividend", "adjusted"])
            {
                self.keep_latest(quarterly(told, mention, &amounts));
            }
        }
    }

    fn keep_latest(&mut self, other: Option<Quarterly<'a>>) {
        let Some(other) = other else { return };
        let better = self.quarterly.is_none_or(|known| {
            // The same amount is best told by a sentence that also says what it was before.
            if known.amount == other.amount {
                other.from.is_some() && known.from.is_none()
            } else {
                known.when <= other.when
            }
        });
        if better {
            self.quarterly = Some(other);
        }
    }
}

fn says_none(mention: &Mention<'_>) -> bool {
    const NONE: [&str; 17] = [
        "never declared",
        "never paid",
        "not paid any",
        "have not paid",
        "has not paid",
        "not declared or paid",
        "not declared any",
        "have not declared",
        "has not declared",
        "did not declare or pay",
        "did not pay",
        "not anticipate paying",
        "not anticipate declaring",
        "not currently anticipate",
        "not intend to pay",
        "not expect to pay",
        "not plan to pay",
    ];
    const SHARES: [&str; 5] = ["common", "capital stock", "cash dividend", "any dividend", "our stock"];
    mention.has(&NONE) && mention.has(&SHARES)
}

/// A dividend that was stopped, not one that might be.
fn stops(mention: &Mention<'_>) -> bool {
    const STOPPED: [&str; 9] = [
        "suspended paying",
        "suspended the",
        "suspended our",
        "suspended its",
        "was suspended",
        "discontinued the",
        "discontinued paying",
        "eliminated the",
        "suspend the",
    ];
    let decided = mention.has(&[
        "suspended",
        "discontinued",
        "eliminated",
        "decided to",
        "elected to",
        "determined to",
    ]);
    decided
        && mention.has(&STOPPED)
        && mention.has(&["dividend on", "dividends on", "cash dividend", "quarterly dividend"])
}

/// Amounts in dollars for one share, as written.
fn amounts(text: &str) -> Vec<&str> {
    if !text.to_ascii_lowercase().contains("per share") && !text.contains("per common share") {
        return Vec::new();
    }
    let starts = text.match_indices('$').map(|(at, _)| text[at + 1..].trim_start());
    starts
        .filter_map(|rest| {
            let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
            let amount = rest[..end].trim_end_matches('.');
            let unit = rest[end..].trim_start();
            let large = ["million", "billion", "trillion"].iter().any(|word| unit.starts_with(word))
                || unit.starts_with(',');
            (!large && value(amount).is_some_and(|dollars| dollars > 0.0)).then_some(amount)
        })
        .collect()
}

/// An amount in dollars.
pub(super) fn value(amount: &str) -> Option<f64> {
    amount.contains('.').then(|| amount.parse().ok()).flatten()
}

/// The quarterly dividend of a sentence that names one amount, or two with "from" and "to".
fn quarterly<'a>(told: Told<'a>, mention: &Mention<'a>, amounts: &[&'a str]) -> Option<Quarterly<'a>> {
    let preceded = |amount: &str, word: &str| {
        ["$", "$ "].iter().any(|dollar| mention.text.contains(&format!("{word} {dollar}{amount}")))
    };
    let (amount, from) = match amounts {
        [amount] => (*amount, None),
        [one, other] if preceded(one, "from") && preceded(other, "to") => (*other, Some(*one)),
        [one, other] if preceded(other, "from") && preceded(one, "to") => (*one, Some(*other)),
        _ => return None,
    };
    Some(Quarterly { told, amount, from, when: dates::latest(mention.text) })
}

/// The row with the latest date of a table that lists what was declared.
fn latest_row(item: Item, table: &str) -> Option<Quarterly<'_>> {
    let head = table.lines().next()?;
    if !mentions::is_table(table) || !(head.contains("Declaration") || head.contains("Approval")) {
        return None;
    }
    let rows = table.lines().filter_map(|row| {
        let mut cells = row.split(" | ");
        let (date, amount) = (cells.next()?, cells.next()?.trim().strip_prefix('$')?.trim());
        let when = dates::latest(date);
        (when.is_some() && value(amount).is_some_and(|dollars| dollars < 2.5)).then_some(Quarterly {
            told: Told { item, words: row },
            amount,
            from: None,
            when,
        })
    });
    rows.max_by_key(|row| row.when)
}
