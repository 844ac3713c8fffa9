//! The little Markdown that summaries may use: paragraphs, lists, bold. Anything else is plain text.

use std::borrow::Cow;

/// A block of a summary.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Block<'a> {
    /// Running text.
    Paragraph(Vec<Span<'a>>),
    /// Points.
    List(Vec<Vec<Span<'a>>>),
}

/// A stretch of a line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Span<'a> {
    /// As it stands.
    Plain(&'a str),
    /// Between `**` and `**`.
    Bold(&'a str),
}

/// The blocks of a summary.
pub(crate) fn blocks(markdown: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut ended = true;
    for line in markdown.lines().map(str::trim) {
        let point = line.strip_prefix("- ").or_else(|| line.strip_prefix("* "));
        match (point, blocks.last_mut()) {
            (None, _) if line.is_empty() => {}
            (Some(point), Some(Block::List(points))) => points.push(spans(point)),
            (Some(point), _) => blocks.push(Block::List(vec![spans(point)])),
            (None, Some(Block::Paragraph(text))) if !ended => append(text, line),
            (None, Some(Block::List(points))) if !ended => {
                if let Some(point) = points.last_mut() {
                    append(point, line);
                }
            }
            (None, _) => blocks.push(Block::Paragraph(spans(line))),
        }
        ended = line.is_empty();
    }
    blocks
}

fn append<'a>(text: &mut Vec<Span<'a>>, line: &'a str) {
    text.push(Span::Plain(" "));
    text.extend(spans(line));
}

fn spans(line: &str) -> Vec<Span<'_>> {
    let mut spans = Vec::new();
    let mut rest = line;
    while let Some((before, bold, after)) = next_bold(rest) {
        spans.push(Span::Plain(before));
        spans.push(Span::Bold(bold));
        rest = after;
    }
    spans.push(Span::Plain(rest));
    spans.retain(|span| !matches!(span, Span::Plain("")));
    spans
}

fn next_bold(line: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = line.split_once("**")?;
    let (bold, after) = rest.split_once("**")?;
    (!bold.trim().is_empty()).then_some((before, bold, after))
}

/// A text without the backslashes that keep Markdown from reading its marks.
pub(crate) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let escapes = character == '\\' && characters.peek().is_some_and(char::is_ascii_punctuation);
        if !escapes {
            plain.push(character);
        } else if let Some(marked) = characters.next() {
            plain.push(marked);
        }
    }
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backslash_before_a_mark_is_not_text() {
        assert_eq!(unescaped(r"\*see note\_1\*, C:\dir \\"), r"*see note_1*, C:\dir \");
    }

    #[test]
    fn paragraphs_lists_and_bold() {
        let read = blocks("Margin **fell** to\n43.9%.\n\n- one\n- **two\n  three\n\n# not a heading <b>");
        let plain = Span::Plain;
        let expected = [
            Block::Paragraph(vec![
                plain("Margin "),
                Span::Bold("fell"),
                plain(" to"),
                plain(" "),
                plain("43.9%."),
            ]),
            Block::List(vec![vec![plain("one")], vec![plain("**two"), plain(" "), plain("three")]]),
            Block::Paragraph(vec![plain("# not a heading <b>")]),
        ];
        assert_eq!(read, expected);
    }

    #[test]
    fn nothing_is_no_block() {
        assert!(blocks(" \n\n").is_empty());
    }
}
