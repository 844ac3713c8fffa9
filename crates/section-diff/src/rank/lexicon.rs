//! Words that make a passage worth reading, or tell that it is boilerplate. Lists, each with its reason.

use filing_model::Item;

use crate::vocabulary::Vocabulary;

/// Words of one reason, and what the first appearance of one of them in a passage is worth.
pub(super) struct Group {
    pub(super) points: f64,
    pub(super) words: &'static [&'static str],
    /// One of these stands in the passage too, if there are any.
    beside: &'static [&'static str],
}

/// Words that an analyst stops at when a passage says them that did not before.
pub(super) const GRAVE: [Group; 7] = [
    // Controls that cannot be relied on: Regulation S-K 307 and 308. Markets and currencies are weak each year.
    Group {
        points: 1.6,
        words: &["weakness", "weaknesses"],
        beside: &["control", "controls", "remediation"],
    },
    // Statements that cannot be relied on: Form 8-K Item 4.02.
    Group {
        points: 1.6,
        words: &["ineffective", "restatement", "restate", "restated", "misstatement", "fraud", "fraudulent"],
        beside: &[],
    },
    // A company that may not go on, or whose lenders hold the key: AS 2415, Form 8-K Items 1.03, 2.04, 3.01.
    Group {
        points: 1.5,
        words: &[
            "doubt",
            "bankruptcy",
            "insolvency",
            "delisting",
            "delisted",
            "default",
            "defaulted",
            "foreclosure",
            "waiver",
            "waived",
            "forbearance",
        ],
        beside: &[],
    },
    // The state as the other party: it seldom ends within a year.
    Group {
        points: 1.2,
        words: &[
            "subpoena",
            "subpoenas",
            "indictment",
            "indicted",
            "investigation",
            "investigations",
            "antitrust",
            "doj",
            "sanctions",
            "injunction",
            "noncompliance",
            "fined",
            "recall",
            "recalls",
        ],
        beside: &[],
    },
    // Harm from outside that has happened, or rules that change trade.
    Group {
        points: 1.0,
        words: &[
            "tariff",
            "tariffs",
            "embargo",
            "breached",
            "ransomware",
            "hackers",
            "cyberattack",
            "pandemic",
            "war",
            "invasion",
            "shortage",
            "shortages",
            "explosion",
        ],
        beside: &[],
    },
    // The shape of the company: Form 8-K Items 1.02, 2.01, 2.05, 2.06, 5.02.
    Group {
        points: 0.9,
        words: &[
            "resigned",
            "resignation",
            "terminated",
            "termination",
            "divestiture",
            "divest",
            "layoffs",
            "severance",
            "reorganization",
            "restructuring",
            "merger",
            "spin-off",
        ],
        beside: &[],
    },
    // Suits and losses: frequent, so worth less each.
    Group {
        points: 0.6,
        words: &[
            "lawsuit",
            "lawsuits",
            "plaintiff",
            "plaintiffs",
            "alleging",
            "verdict",
            "settlement",
            "dismissed",
            "impairment",
            "impairments",
            "write-down",
            "write-downs",
            "writedown",
            "breach",
            "unauthorized",
            "covenant",
            "covenants",
        ],
        beside: &[],
    },
];

/// Boilerplate: text that every filer has and that changes without telling anything.
pub(super) struct Boilerplate {
    /// What is left of the weight.
    pub(super) share: f64,
    /// One word of each list stands in the passage or in its heading.
    pub(super) words: &'static [&'static [&'static str]],
    /// No more terms than this: longer passages that have the words are about something else.
    pub(super) terms: usize,
    /// Holds in these Items alone; in all when there are none.
    pub(super) items: &'static [Item],
    /// Whether a word that an analyst stops at lifts it.
    pub(super) lifts: bool,
}

/// A rule that holds in all Items, whatever else the passage says.
const EVERYWHERE: Boilerplate =
    Boilerplate { share: 1.0, words: &[], terms: ANY_LENGTH, items: &[], lifts: false };

const ANY_LENGTH: usize = usize::MAX;

/// The rules; the lowest share that holds counts.
pub(super) const BOILERPLATE: [Boilerplate; 21] = [
    // Cash flows swing with every purchase of securities, and are told line by line each year.
    Boilerplate {
        share: 0.6,
        words: &[&["investing", "financing", "operating"], &["activities"], &["cash"]],
        items: &[Item::I7],
        ..EVERYWHERE
    },
    // How an amount is measured says less than the amount.
    Boilerplate {
        share: 0.6,
        words: &[
            &[
                "recognized",
                "recognize",
                "account",
                "accounted",
                "measured",
                "estimate",
                "estimated",
                "determine",
                "determining",
            ],
            &[
                "straight-line",
                "vesting",
                "standalone",
                "obligation",
                "obligations",
                "judgment",
                "judgement",
                "accrue",
                "deliverables",
                "methodology",
                "amortized",
            ],
        ],
        items: &[Item::I7, Item::I8],
        ..EVERYWHERE
    },
    // Boards renew programmes to buy shares back in the same words.
    Boilerplate {
        share: 0.6,
        words: &[&["repurchase", "repurchases", "repurchased"], &["program", "board", "plan"]],
        ..EVERYWHERE
    },
    // New systems for the books are named wherever controls are, and are not a change for the worse.
    Boilerplate {
        share: 0.4,
        words: &[&["implementing", "implementation", "erp", "upgrade"], &["processes", "system", "systems"]],
        items: &[Item::I9A],
        ..EVERYWHERE
    },
    // What controls cannot do is the same in every report.
    Boilerplate { share: 0.25, words: &[&["inherent"], &["limitations"]], ..EVERYWHERE },
    // Each year's results are told anew in the words of the last: the figures stand in the tables.
    Boilerplate {
        share: 0.6,
        words: &[
            &[
                "increased",
                "decreased",
                "increase",
                "decrease",
                "higher",
                "lower",
                "grew",
                "declined",
                "up",
                "down",
            ],
            &[
                "compared",
                "primarily",
                "attributable",
                "due",
                "driven",
                "respectively",
                "versus",
                "prior",
                "offset",
            ],
            &[
                "sales", "revenue", "revenues", "expenses", "expense", "earnings", "margin", "income",
                "cash", "volume",
            ],
        ],
        items: &[Item::I7, Item::I8],
        ..EVERYWHERE
    },
    // New standards are the same in every filing of a year; what they did to the figures stands in the tables.
    Boilerplate {
        share: 0.3,
        words: &[&["asu", "asus", "fasb", "sfas", "fas", "fsp", "eitf", "sop", "pronouncements", "iasb"]],
        ..EVERYWHERE
    },
    Boilerplate {
        share: 0.3,
        words: &[
            &["accounting"],
            &["standard", "standards"],
            &["update", "statement", "codification", "board"],
        ],
        ..EVERYWHERE
    },
    // The list under the safe harbour of the Private Securities Litigation Reform Act names no fact.
    Boilerplate { share: 0.3, words: &[&["forward-looking", "safe-harbor"]], ..EVERYWHERE },
    Boilerplate {
        share: 0.35,
        words: &[&["actual"], &["results"], &["differ"], &["statements", "factors"]],
        terms: 60,
        ..EVERYWHERE
    },
    // The auditor's report is worded by AS 3101; an adverse opinion or a doubt lifts this rule by its own words.
    Boilerplate {
        share: 0.3,
        words: &[&["audits", "audit", "audited"], &["opinion", "pcaob", "oversight", "independent"]],
        terms: 120,
        lifts: true,
        ..EVERYWHERE
    },
    // What the auditor did about a critical matter is told by AS 3101 too; the matter itself stands in the notes.
    Boilerplate {
        share: 0.4,
        words: &[&["audit"], &["procedures"], &["matter", "auditor", "pcaob"]],
        ..EVERYWHERE
    },
    // Management's report on controls is worded by Regulation S-K 307 and 308.
    Boilerplate {
        share: 0.4,
        words: &[
            &["internal", "disclosure"],
            &["control", "controls"],
            &["reasonable", "inherent", "evaluation", "materially"],
        ],
        terms: 90,
        lifts: true,
        ..EVERYWHERE
    },
    // Pointers: to exhibits, other documents, Items, notes and pages.
    Boilerplate {
        share: 0.3,
        words: &[&["incorporated"], &["reference", "herein", "exhibit"]],
        terms: 60,
        ..EVERYWHERE
    },
    Boilerplate {
        share: 0.3,
        words: &[&["filed", "furnished"], &["herewith", "exhibit", "exhibits"]],
        terms: 60,
        ..EVERYWHERE
    },
    Boilerplate {
        share: 0.35,
        words: &[&["page", "pages", "index", "caption", "captions"]],
        terms: 25,
        ..EVERYWHERE
    },
    Boilerplate {
        share: 0.5,
        words: &[
            &["see", "refer", "discussed", "information", "contained"],
            &["note", "notes", "item", "part", "section"],
        ],
        terms: 22,
        ..EVERYWHERE
    },
    // Signatures, and who may sign.
    Boilerplate {
        share: 0.2,
        words: &[&["undersigned", "attorney-in-fact", "attorneys-in-fact", "thereunto", "signatures"]],
        ..EVERYWHERE
    },
    // Where reports can be had: Regulation S-K 101(e).
    Boilerplate {
        share: 0.25,
        words: &[
            &["website", "web", "internet", "site", "www.sec.gov", "edgar"],
            &["charge", "available", "copies", "post"],
            &["report", "reports", "filings", "10-k", "charters", "charter", "ethics", "information"],
        ],
        terms: 80,
        ..EVERYWHERE
    },
    // Counts of holders and shares roll each year: Regulation S-K 201(b).
    Boilerplate {
        share: 0.3,
        words: &[&["holders", "shareholders", "stockholders"], &["record"]],
        terms: 30,
        ..EVERYWHERE
    },
    // What words mean in the report.
    Boilerplate {
        share: 0.4,
        words: &[
            &["unless", "terms", "references"],
            &["context", "refer", "refers"],
            &["requires", "subsidiaries", "otherwise"],
        ],
        terms: 60,
        ..EVERYWHERE
    },
];

/// The lists by the terms of a comparison.
pub(super) struct Lexicon {
    /// The group of grave words that each term is in, counted from one.
    groups: Vec<u8>,
    /// The lists that each term is in, a bit each: those of boilerplate and those beside grave words.
    lists: Vec<u64>,
    /// The bits of each rule's lists.
    rules: Vec<Vec<u64>>,
    /// The bit of what must stand beside the words of each group; 0 when nothing must.
    beside: [u64; GRAVE.len()],
}

impl Lexicon {
    pub(super) fn new(vocabulary: &Vocabulary<'_>) -> Self {
        let terms = vocabulary.term_count();
        let mut lexicon = Self {
            groups: vec![0; terms],
            lists: vec![0; terms],
            rules: Vec::new(),
            beside: [0; GRAVE.len()],
        };
        let places = |words: &'static [&'static str]| {
            words.iter().filter_map(|word| usize::try_from(vocabulary.term(word)?).ok())
        };
        let mut bits = (0..u64::BITS).map(|bit| 1 << bit);
        let mut list = |words: &'static [&'static str], lists: &mut [u64]| {
            let bit = if words.is_empty() { 0 } else { bits.next().unwrap_or(0) };
            places(words).for_each(|term| lists[term] |= bit);
            bit
        };
        for (at, group) in GRAVE.iter().enumerate() {
            places(group.words).for_each(|term| lexicon.groups[term] = u8::try_from(at + 1).unwrap_or(0));
            lexicon.beside[at] = list(group.beside, &mut lexicon.lists);
        }
        for rule in &BOILERPLATE {
            let bits = rule.words.iter().map(|words| list(words, &mut lexicon.lists)).collect();
            lexicon.rules.push(bits);
        }
        lexicon
    }

    /// The group of grave words that a term is in, when what must stand beside it is in one of the lists of the passage.
    pub(super) fn group(&self, term: u32, lists: u64) -> Option<usize> {
        let group = usize::from(self.groups[term as usize]).checked_sub(1)?;
        let beside = self.beside[group];
        (beside == 0 || lists & beside != 0).then_some(group)
    }

    /// The lists that have one of the terms.
    pub(super) fn lists(&self, terms: &[u32]) -> u64 {
        terms.iter().fold(0, |lists, term| lists | self.lists[*term as usize])
    }

    /// What is left of the weight of a passage of an Item with terms of these lists.
    pub(super) fn share(&self, item: Item, lists: u64, terms: usize, is_grave: bool) -> f64 {
        let holds = |(rule, bits): &(&Boilerplate, &Vec<u64>)| {
            terms <= rule.terms
                && !(rule.lifts && is_grave)
                && (rule.items.is_empty() || rule.items.contains(&item))
                && bits.iter().all(|bit| lists & bit != 0)
        };
        let rules = BOILERPLATE.iter().zip(&self.rules).filter(holds);
        rules.map(|(rule, _)| rule.share).fold(1.0, f64::min)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_has_a_bit() {
        let of_rules: usize = BOILERPLATE.iter().map(|rule| rule.words.len()).sum();
        assert!(of_rules + GRAVE.len() <= u64::BITS as usize);
    }
}
