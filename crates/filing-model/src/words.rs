#![expect(clippy::needless_bitwise_bool, reason = "without branches, many bytes are compared at once")]

/// Words of a text as reports count them: white-space tokens without the ` | ` marks between table cells.
pub fn word_count(text: &str) -> usize {
    if holds_wide_blank(text) {
        return text.split_whitespace().filter(|token| *token != "|").count();
    }
    // Whole filings are counted, so this goes without a look at each token.
    word_starts(text.as_bytes()) - lone_marks(text.as_bytes())
}

/// Bytes that are compared at once; fewer than 256, so that a byte can count them.
const STEP: usize = 128;

/// The bytes in pieces, each with where it starts.
fn steps(bytes: &[u8]) -> impl Iterator<Item = (&[u8], usize)> {
    bytes.chunks(STEP).zip((0..).step_by(STEP))
}

/// Places that are not blank, at the start or behind a blank.
fn word_starts(bytes: &[u8]) -> usize {
    let Some((first, behind)) = bytes.split_first() else { return 0 };
    let steps = bytes.chunks(STEP).zip(behind.chunks(STEP));
    let starts = |(before, here): (&[u8], &[u8])| {
        let pairs = before.iter().zip(here);
        pairs.fold(0_u8, |count, (before, here)| count + u8::from(is_blank(*before) & !is_blank(*here)))
    };
    steps.map(|step| usize::from(starts(step))).sum::<usize>() + usize::from(!is_blank(*first))
}

/// White space of one byte.
fn is_blank(byte: u8) -> bool {
    (byte == b' ') | (byte.wrapping_sub(b'\t') < 5)
}

/// The marks between table cells.
fn lone_marks(bytes: &[u8]) -> usize {
    let is_mark = |byte: &u8| *byte == b'|';
    let with_marks =
        steps(bytes).filter(|(step, _)| step.iter().fold(false, |found, byte| found | is_mark(byte)));
    let marks = with_marks.flat_map(|(step, start)| {
        let marks = step.iter().enumerate().filter(move |(_, byte)| is_mark(byte));
        marks.map(move |(offset, _)| start + offset)
    });
    marks.filter(|at| stands_alone(bytes, *at)).count()
}

/// Whether the byte at a place is a token by itself.
fn stands_alone(bytes: &[u8], at: usize) -> bool {
    (at == 0 || is_blank(bytes[at - 1])) && bytes.get(at + 1).is_none_or(|&b| is_blank(b))
}

/// Whether there may be white space of more than one byte.
fn holds_wide_blank(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut telling = steps(bytes).filter(|(step, _)| !step.is_ascii());
    // The bytes behind a step end what begins in it.
    telling.any(|(_, start)| begins_wide_blank(&bytes[start..bytes.len().min(start + STEP + 2)]))
        || text.ends_with(|c: char| !c.is_ascii() && c.is_whitespace())
}

/// Whether white space of more than one byte may begin anywhere but in the last two bytes.
fn begins_wide_blank(bytes: &[u8]) -> bool {
    let (second, third) = (bytes.get(1..).unwrap_or_default(), bytes.get(2..).unwrap_or_default());
    bytes.iter().zip(second).zip(third).fold(false, |found, ((first, second), third)| {
        let latin = (*first == 0xC2) & ((*second == 0x85) | (*second == 0xA0));
        // Quotes and dashes lie between the blanks of U+2000 and those of U+2028.
        let general = (*first == 0xE2) & (*second == 0x80) & ((*third < 0x8B) | (*third > 0xA7));
        let other = ((*first == 0xE1) & (*second == 0x9A)) | ((*first == 0xE2) & (*second == 0x81));
        found | latin | general | other | ((*first == 0xE3) & (*second == 0x80))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_white_space_tokens_without_marks() {
        let pieces = ["|", " ", "a", "\u{a0}", "’", "\n", "\u{2003}", "\u{3000}", "é", "\t", "\u{85}"];
        let texts = (0..pieces.len().pow(5)).map(|mut number| {
            let mut text = String::new();
            for _ in 0..5 {
                text.push_str(pieces[number % pieces.len()]);
                number /= pieces.len();
            }
            text
        });
        for text in texts.chain([String::new(), "|".into(), "||".into(), "a |".into(), "| |".into()]) {
            // At the start, and across the end of a step.
            for text in [text.clone(), format!("{}{text} b", "a".repeat(STEP - 3))] {
                let tokens = text.split_whitespace().filter(|token| *token != "|").count();
                assert_eq!(word_count(&text), tokens, "{text:?}");
            }
        }
    }
}
