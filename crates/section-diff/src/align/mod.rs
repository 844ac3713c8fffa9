//! Which paragraph of the older text became which of the newer.

mod edited;
mod exact;
mod neighbours;
mod order;
mod retitled;

use std::ops::Range;

use self::edited::Gaps;
use crate::passage::Text;

/// What belongs together. Every paragraph of both texts is in exactly one pair or one of the lists.
#[derive(Debug, Default)]
pub(crate) struct Alignment {
    /// In the order of the newer text.
    pub(crate) pairs: Vec<Pair>,
    pub(crate) removed: Vec<usize>,
    pub(crate) added: Vec<usize>,
}

/// Paragraphs of both texts that are one passage: one each, unless a paragraph was split or several were merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) older: Range<usize>,
    pub(crate) newer: Range<usize>,
    /// It stands at another place among its neighbours.
    pub(crate) moved: bool,
}

/// Aligns two texts: first what is the same, then what was edited, then what was split, merged or moved.
pub(crate) fn align(older: &Text<'_>, newer: &Text<'_>) -> Alignment {
    let mut partners = Partners::new(older.paragraphs.len(), newer.paragraphs.len());
    exact::in_order(older, newer, &mut partners);
    // Between neighbours in order; what moved past them parts no gap.
    let gaps = Gaps::new(&partners);
    exact::elsewhere(older, newer, &mut partners);
    edited::pair(older, newer, &gaps, &mut partners);
    retitled::pair(older, newer, &mut partners);
    let mut alignment = order::arrange(older, newer, &partners);
    neighbours::join(older, newer, &mut alignment);
    alignment
}

/// Who belongs to whom so far.
#[derive(Debug)]
pub(crate) struct Partners {
    pub(crate) of_older: Vec<Option<usize>>,
    pub(crate) of_newer: Vec<Option<usize>>,
}

impl Partners {
    fn new(older: usize, newer: usize) -> Self {
        Self { of_older: vec![None; older], of_newer: vec![None; newer] }
    }

    fn pair(&mut self, older: usize, newer: usize) {
        self.of_older[older] = Some(newer);
        self.of_newer[newer] = Some(older);
    }

    fn free_older(&self) -> impl Iterator<Item = usize> {
        self.of_older.iter().enumerate().filter(|(_, partner)| partner.is_none()).map(|(index, _)| index)
    }

    fn free_newer(&self) -> impl Iterator<Item = usize> {
        self.of_newer.iter().enumerate().filter(|(_, partner)| partner.is_none()).map(|(index, _)| index)
    }
}
