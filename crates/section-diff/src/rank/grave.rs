//! Words that an analyst stops at, by the reason.

/// Words of one reason, and what the first appearance of one of them in a passage is worth.
pub(super) struct Group {
    pub(super) points: f64,
    pub(super) words: &'static [&'static str],
    /// One of these stands in the passage too, if there are any.
    pub(super) beside: &'static [&'static str],
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
