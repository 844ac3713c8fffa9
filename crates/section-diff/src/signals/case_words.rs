//! Sentences that tell how a legal case began or ended.

use super::mentions::Mention;

/// Whether a sentence tells how a case began.
pub(super) fn begins(sentence: &Mention<'_>) -> bool {
    let told = sentence.has(&ACTS) && sentence.has(&NEW_CASES) && sentence.has(&PLACES);
    told && !sentence.has(&LATER) && !sentence.has_may()
}

/// How a case comes to be.
const ACTS: [&str; 22] = [
    "filed",
    "commenced",
    "was served",
    "were served",
    "brought ",
    " sued ",
    "was named",
    "were named",
    "received a subpoena",
    "received subpoenas",
    "received a civil investigative demand",
    "initiated",
    "opened a",
    "instituted",
    "received a grand jury subpoena",
    "served with",
    "issued a subpoena",
    "lodged",
    "initiating",
    "received an investigative",
    "announced that it had opened",
    "issued a statement of objections",
];

/// What comes to be.
const NEW_CASES: [&str; 20] = [
    "lawsuit",
    "complaint",
    "class action",
    "civil action",
    "this action",
    "an action",
    "derivative action",
    "suit ",
    "subpoena",
    "arbitration",
    "investigation",
    "statement of objections",
    "civil antitrust",
    "investigative demand",
    "this case",
    "infringement action",
    "proceeding",
    "representative action",
    "putative",
    "actions ",
];

/// Before whom, or against whom.
const PLACES: [&str; 13] = [
    "court",
    "alleging",
    "alleges",
    "against",
    "commission",
    "attorney general",
    "department of justice",
    "tribunal",
    "arbitra",
    "subpoena",
    "investigative demand",
    "district of",
    "authority",
];

/// Steps in a case that goes on, other filings, and what is only feared.
const LATER: [&str; 29] = [
    "filed a motion",
    "filed motions",
    "motion to",
    "motion for",
    "amended",
    "consolidated",
    "appeal",
    "counterclaim",
    "filed an answer",
    "filed its answer",
    "filed a response",
    "petition for",
    "could",
    "might",
    "would",
    "from time to time",
    "if ",
    "not been",
    "no material",
    "jury",
    "verdict",
    "dismiss",
    "registration statement",
    "form 10-k",
    "form 8-k",
    "tax court",
    "internal revenue",
    "moved for",
    "settle",
];

/// Whether a sentence tells that a case is over.
pub(super) fn ends(sentence: &Mention<'_>) -> bool {
    let told = sentence.has(&ENDS) && sentence.has(&CASES);
    // The settlement of a class action is nothing before the court approves of it.
    let agreed = sentence.has(&["entered into"]) && sentence.has(&["class"]);
    told && !agreed && !sentence.has(&NOT_YET) && !sentence.has_may()
}

/// How a case ends.
const ENDS: [&str; 31] = [
    "final court approval",
    "settlement agreement to dismiss",
    "judgment dismissing the case",
    "agreed to a dismissal with prejudice",
    "settlement agreement resolving",
    "was dismissed",
    "were dismissed",
    "been dismissed",
    "dismissed the",
    "dismissed all",
    "dismissed this",
    "voluntarily dismiss",
    "dismissed with prejudice",
    "settled the",
    "settled this",
    "settled all",
    "was settled",
    "were settled",
    "have settled",
    "has settled",
    "been settled",
    "been resolved",
    "final approval",
    "matter is now concluded",
    "matter is concluded",
    "case is closed",
    "matter is closed",
    "fully resolved",
    "resolved the",
    "entered into a settlement",
    "settling the",
];

/// What ends.
const CASES: [&str; 15] = [
    "lawsuit",
    "complaint",
    "class action",
    "the case",
    "this case",
    "cases",
    "litigation",
    "this action",
    "the action",
    "actions",
    "this matter",
    "the matter",
    "suit ",
    "arbitration",
    "plaintiff",
];

/// What is not, or not wholly, the end.
const NOT_YET: [&str; 30] = [
    "filed ",
    "stipulation to",
    "other than",
    "% of",
    "could",
    "might",
    "would",
    " if ",
    "without prejudice",
    "leave to amend",
    "denied",
    "appeal",
    "preliminary",
    "in principle",
    "subject to",
    "will be",
    "cannot",
    "in part",
    "partially",
    "some of",
    "certain of the claims",
    "certain claims",
    "remaining",
    "reversed",
    "internal revenue",
    "tax ",
    "expect",
    "motion to dismiss. ",
    "not been",
    "seeking",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_that_begins_is_told_from_one_that_goes_on() {
        let begun = [
            "On March 3, 2024, Harbor Supply Inc. filed a complaint against us in the U.S. District Court for the District of Nevada.",
            "In May 2024, two purported shareholders commenced a derivative action alleging breach of duty.",
            "We were served with a subpoena from the Department of Justice on June 1, 2024.",
            "In July 2024, a putative class action was filed against the Company in state court.",
            "On July 9, 2024, the European Commission announced that it had opened an investigation against us.",
        ];
        let others = [
            "On March 3, 2024, the plaintiffs filed an amended complaint in the District Court.",
            "The defendants filed a motion to dismiss the complaint with the court.",
            "A complaint may be filed against us in court.",
            "We have filed a registration statement with the Commission under the Act.",
            "From time to time, actions are brought against us alleging infringement.",
            "On May 2, 2024, the court issued an order granting our request in this action.",
            "Harbor filed a notice of appeal in the class action against us.",
        ];
        assert_eq!(begun.map(|text| begins(&Mention::new(text))), [true; 5]);
        assert_eq!(others.map(|text| begins(&Mention::new(text))), [false; 7]);
    }

    #[test]
    fn an_end_is_told_from_a_step() {
        let ended = [
            "The parties settled this case in May 2024.",
            "On June 2, 2024, the lawsuit was dismissed with prejudice.",
            "On June 2, 2024, the court gave final approval to the settlement of the class action.",
            "We have settled the matter and the litigation is over.",
        ];
        let others = [
            "The lawsuit was dismissed without prejudice.",
            "The court denied the motion, and the case was dismissed in part.",
            "We could settle the litigation on bad terms.",
            "The parties reached a settlement in principle of the class action.",
            "The claims were settled in shares of common stock.",
            "The action was dismissed and the plaintiffs appealed.",
            "We have settled 95% of the lawsuits.",
        ];
        assert_eq!(ended.map(|text| ends(&Mention::new(text))), [true; 4]);
        assert_eq!(others.map(|text| ends(&Mention::new(text))), [false; 7]);
    }
}
