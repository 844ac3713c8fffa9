//! Where pieces of a document stand, counted in words that a reader sees.

use filing_model::{Span, word_count};

use crate::candidate::{Document, Place};

impl Document<'_> {
    /// The piece between two places.
    pub(crate) fn span(&self, from: Place, to: Place) -> Span {
        Span { start: self.words_up_to(from), end: self.words_up_to(to) }
    }

    /// All words but those of page furniture.
    pub(crate) fn words(&self) -> usize {
        self.words_up_to(Place { block: self.blocks.list.len(), offset: 0 })
    }

    fn words_up_to(&self, place: Place) -> usize {
        let before = self.seen_words.get_or_init(|| self.count_seen());
        let inside = place.offset > 0 && !self.furniture[place.block];
        let inside = if inside { word_count(&self.text(place.block)[..place.offset]) } else { 0 };
        before[place.block.min(before.len() - 1)] as usize + inside
    }

    /// Words before each block and before the end, without marks between cells: those of the headings' search have them.
    fn count_seen(&self) -> Vec<u32> {
        let words = self.blocks.list.iter().zip(self.furniture).map(|(block, furniture)| {
            let words = if *furniture { 0 } else { word_count(self.blocks.text_of(block)) };
            u32::try_from(words).unwrap_or(u32::MAX)
        });
        let mut before = Vec::with_capacity(self.blocks.list.len() + 1);
        before.push(0_u32);
        before.extend(words.scan(0_u32, |total, words| {
            *total = total.saturating_add(words);
            Some(*total)
        }));
        before
    }
}

#[cfg(test)]
mod tests {
    use filing_model::{Document, Item, Span};

    use crate::sections;

    #[test]
    fn items_that_adjoin_leave_no_words_between_them() {
        let html = "<p>Form 10-K of Acme</p><p><b>Item 1. Business</b></p><p>We make gauges.</p>\
                    <p><b>Item 1A. Risk Factors</b></p><table><tr><td>Gauges</td><td>break</td></tr></table>\
                    <p><b>Item 2. Properties</b></p><p>We own a shed.</p>";
        let extraction = sections(&Document::new("a.htm", html));
        let span = |item: Item| extraction.items[&item].span.map(|span| (span.start, span.end));
        assert_eq!(span(Item::I1), Some((4, 10)));
        assert_eq!(span(Item::I1A), Some((10, 16)));
        assert_eq!(span(Item::I2), Some((16, 23)));
        assert_eq!(extraction.document_words, Some(23));
        assert_eq!(span(Item::I3), None::<(usize, usize)>);
        assert_eq!(Span { start: 4, end: 10 }, extraction.items[&Item::I1].span.expect("it was found"));
    }
}
