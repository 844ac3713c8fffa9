//! Text that changes without telling anything, by the reason.

use filing_model::Item;

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
