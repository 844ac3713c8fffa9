//! Words by what they say of the sentence they stand in.

use std::{collections::HashMap, sync::LazyLock};

/// What a word says of its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// It leans on the sentence before when it begins one.
    Leaning,
    Month,
    /// The unit of an amount.
    Scale,
    /// Told in the past: it happened.
    Deed,
    /// An analyst stops at it.
    Grave,
    /// What might happen.
    Modal,
    /// How figures are made, which every filer tells in the same words.
    Policy,
    /// What follows did not happen.
    Not,
}

/// What a word in lower case says, if anything.
pub(super) fn mark(word: &str) -> Option<Mark> {
    static MARKS: LazyLock<HashMap<&str, Mark>> = LazyLock::new(|| {
        let marked =
            |(mark, words): (Mark, &'static str)| words.split_whitespace().map(move |word| (word, mark));
        WORDS.into_iter().flat_map(marked).collect()
    });
    MARKS.get(word).copied()
}

const WORDS: [(Mark, &str); 8] = [
    (Mark::Leaning, LEANING),
    (Mark::Month, MONTHS),
    (Mark::Scale, "million billion percent"),
    (Mark::Deed, DEEDS),
    (Mark::Grave, GRAVE),
    (Mark::Modal, "may might could would can should"),
    (Mark::Policy, POLICIES),
    (Mark::Not, "not no never neither nor"),
];

const LEANING: &str = "
    accordingly additionally also further furthermore however it its moreover other such their therefore
    these they this those thus
";

/// Without May, which is a modal more often.
const MONTHS: &str = "
    april august december february january july june march november october september
";

const DEEDS: &str = "
    acquired adopted affirmed agreed amended announced appointed approved became began borrowed ceased
    closed commenced committed completed decided declined decreased denied discontinued divested elected
    enacted entered established exited expanded experienced expired fell filed granted grew harmed hired
    identified impaired imposed increased incurred initiated introduced issued joined launched lost merged
    named notified opened ordered paid published purchased raised received recorded reduced released
    remediated renewed repaid resigned restructured retired reversed rose ruled settled signed sold
    suspended terminated upheld won
";

const GRAVE: &str = "
    acquisition antitrust bankruptcy breached complaint covenant covenants cyberattack damages default
    defaulted delisting dismissed divestiture doubt embargo foreclosure fraud headcount impairment
    impairments indictment ineffective infringement injunction insolvency investigation investigations
    lawsuit layoffs merger misstatement penalties penalty ransomware recall recalls restated restatement
    restructuring sanctions settlement severance shortage shortages spin-off subpoena subpoenas tariff
    tariffs terminate verdict violation violations waiver war weakness weaknesses write-down writedown
";

const POLICIES: &str = "
    accounted accounts accrued amortized assess assumptions carried classified consolidated deferred
    defined determined estimated estimates evaluate evaluated fair gaap hierarchy immaterial inputs
    insignificant judgment measured methodology observable pronouncement pronouncements reclassified
    recognized recognizes straight-line
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_stands_in_one_list() {
        let count = WORDS.iter().flat_map(|(_, words)| words.split_whitespace()).count();
        let mut words: Vec<&str> = WORDS.iter().flat_map(|(_, words)| words.split_whitespace()).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), count);
        assert_eq!((mark("acquired"), mark("pumps")), (Some(Mark::Deed), None));
    }
}
