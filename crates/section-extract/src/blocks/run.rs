//! Letters that go into a block as they stand: most of a filing's text needs no look at each character.

/// Bytes that are part of a word whatever follows; the others are blanks, begin a reference, or begin characters of
/// which some are blanks or not seen.
const PLAIN: [bool; 256] = {
    let mut plain = [true; 256];
    let mut byte = 0;
    while byte <= b' ' as usize {
        plain[byte] = false;
        byte += 1;
    }
    plain[b'&' as usize] = false;
    plain[0xC2] = false;
    plain[0xE1] = false;
    plain[0xE2] = false;
    plain[0xE3] = false;
    plain[0xEF] = false;
    plain
};

/// Words at the start of a segment that need no care: with a blank between each two of them, as the text will have it.
pub(crate) struct Run<'a> {
    pub(crate) text: &'a str,
    blanks: usize,
}

impl<'a> Run<'a> {
    pub(crate) fn read(segment: &'a str) -> Self {
        let bytes = segment.as_bytes();
        let (mut end, mut blanks) = (0, 0);
        loop {
            let width = seen(bytes, end);
            if width > 0 {
                end += width;
            } else if end > 0 && bytes.get(end) == Some(&b' ') && seen(bytes, end + 1) > 0 {
                end += 1;
                blanks += 1;
            } else {
                return Self { text: &segment[..end], blanks };
            }
        }
    }

    /// Bytes of its words.
    pub(crate) fn weight(&self) -> usize {
        self.text.len() - self.blanks
    }
}

/// The width of what stands at a place when it is seen as it stands there; 0 for blanks and what needs a closer look.
fn seen(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        Some(&b) if PLAIN[usize::from(b)] => 1,
        // Quotes and dashes, U+2010 to U+2027, begin as blanks of some widths do, and are far more frequent.
        Some(0xE2) if matches!(bytes[at..], [_, 0x80, 0x90..=0xA7, ..]) => 3,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_ends_where_care_is_needed() {
        let cases = [
            ("one two<", "one two<", 1),
            ("its “own” — words", "its “own” — words", 3),
            ("a  b", "a", 0),
            ("a\nb", "a", 0),
            (" a", "", 0),
            ("a ", "a", 0),
            ("a & b", "a", 0),
            ("a\u{a0}b", "a", 0),
            ("a\u{2009}b", "a", 0),
            ("a \u{200b}b", "a", 0),
            ("é b", "é b", 1),
        ];
        for (text, run, blanks) in cases {
            let found = Run::read(text);
            assert_eq!((found.text, found.weight()), (run, run.len() - blanks), "{text:?}");
        }
    }
}
