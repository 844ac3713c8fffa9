//! Tags of HTML: their names, where they end, and their attributes.

use memchr::{memchr, memchr_iter};

/// What an element is to a reader of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Name {
    Paragraph,
    /// Any other element that begins and ends a line.
    Block,
    ListItem,
    Table,
    Row,
    Cell,
    Break,
    Rule,
    /// A page mark of plain-text filings, kept in some HTML.
    Page,
    Bold,
    Italic,
    Underline,
    Center,
    Heading,
    Font,
    Anchor,
    /// Content that is never text: scripts, styles, the page title.
    Raw,
    /// The hidden part of inline XBRL.
    InlineHeader,
    /// A tagged fact of inline XBRL, or any element without meaning of its own.
    Inline,
}

impl Name {
    pub(crate) fn is_void(self) -> bool {
        matches!(self, Self::Break | Self::Rule | Self::Page)
    }

    /// Whether it begins and ends a line.
    pub(crate) fn is_block(self) -> bool {
        matches!(
            self,
            Self::Paragraph
                | Self::Block
                | Self::ListItem
                | Self::Table
                | Self::Row
                | Self::Cell
                | Self::Center
                | Self::Heading
        )
    }
}

/// A tag as it stands in the source.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tag<'a> {
    pub(crate) name: Name,
    pub(crate) written: &'a str,
    pub(crate) closing: bool,
    /// `<br/>`: no end tag follows.
    pub(crate) self_closing: bool,
    pub(crate) attributes: &'a str,
    /// Where the tag ends in the source.
    pub(crate) end: usize,
}

/// Reads the tag that begins at `start`, where a `<` stands. `None`: the `<` is text.
pub(crate) fn read(source: &str, start: usize) -> Option<Tag<'_>> {
    let bytes = source.as_bytes();
    let closing = bytes.get(start + 1) == Some(&b'/');
    let name_start = start + 1 + usize::from(closing);
    if !bytes.get(name_start)?.is_ascii_alphabetic() {
        return None;
    }
    let name_end = bytes[name_start..]
        .iter()
        .position(|&b| !(b.is_ascii_alphanumeric() || matches!(b, b':' | b'-' | b'_')))
        .map_or(bytes.len(), |length| name_start + length);
    let close = tag_end(bytes, name_end);
    let inside_end = close.unwrap_or(bytes.len());
    let self_closing = inside_end > name_end && bytes[inside_end - 1] == b'/';
    let written = &source[name_start..name_end];
    Some(Tag {
        name: name_of(written),
        written,
        closing,
        self_closing,
        attributes: &source[name_end..inside_end - usize::from(self_closing)],
        end: close.map_or(bytes.len(), |close| close + 1),
    })
}

/// The `>` that ends a tag: the first one that does not stand in a quoted value.
fn tag_end(bytes: &[u8], from: usize) -> Option<usize> {
    let first = from + memchr(b'>', &bytes[from..])?;
    if memchr_iter(b'"', &bytes[from..first]).count().is_multiple_of(2) {
        return Some(first);
    }
    // A quote is open. It closes soon, or it is a slip of the pen and the first `>` counts.
    let reach = bytes.len().min(first + 4096);
    let quote = first + memchr(b'"', &bytes[first..reach])?;
    memchr(b'>', &bytes[quote..]).map_or(Some(first), |length| Some(quote + length))
}

fn name_of(written: &str) -> Name {
    let mut lower = [0; 12];
    let bytes = written.as_bytes();
    if bytes.len() > lower.len() {
        return Name::Inline;
    }
    let lower = &mut lower[..bytes.len()];
    lower.copy_from_slice(bytes);
    lower.make_ascii_lowercase();
    match &*lower {
        b"p" => Name::Paragraph,
        b"div" | b"ul" | b"ol" | b"dl" | b"dd" | b"dt" | b"blockquote" | b"pre" | b"body" | b"html"
        | b"form" | b"section" | b"article" | b"header" | b"footer" | b"main" | b"nav" | b"address"
        | b"caption" | b"text" | b"document" | b"fieldset" => Name::Block,
        b"li" => Name::ListItem,
        b"table" => Name::Table,
        b"tr" => Name::Row,
        b"td" | b"th" => Name::Cell,
        b"br" => Name::Break,
        b"hr" => Name::Rule,
        b"page" => Name::Page,
        b"b" | b"strong" => Name::Bold,
        b"i" | b"em" => Name::Italic,
        b"u" | b"ins" => Name::Underline,
        b"center" => Name::Center,
        b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Name::Heading,
        b"font" => Name::Font,
        b"a" => Name::Anchor,
        b"script" | b"style" | b"title" | b"noscript" | b"template" | b"svg" => Name::Raw,
        b"ix:header" => Name::InlineHeader,
        _ => Name::Inline,
    }
}

/// The attributes of a tag as names and values; a value without quotes ends at a blank.
pub(crate) fn attributes(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            if rest.is_empty() {
                return None;
            }
            let name_end = rest.find(|c: char| c == '=' || c.is_ascii_whitespace()).unwrap_or(rest.len());
            let name = &rest[..name_end];
            rest = rest[name_end..].trim_start();
            let Some(after) = rest.strip_prefix('=') else {
                if name.is_empty() {
                    return None;
                }
                continue;
            };
            let after = after.trim_start();
            let (value, left) = if let Some(&quote @ (b'"' | b'\'')) = after.as_bytes().first() {
                let inside = &after[1..];
                let end = memchr(quote, inside.as_bytes()).unwrap_or(inside.len());
                (&inside[..end], inside.get(end + 1..).unwrap_or(""))
            } else {
                let end = after.find(|c: char| c.is_ascii_whitespace()).unwrap_or(after.len());
                (&after[..end], &after[end..])
            };
            rest = left;
            return Some((name, value));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_in_every_spelling() {
        let found: Vec<_> =
            attributes(r#" ALIGN=center style="a:b; c:d" NOWRAP href='#x y' / id = "k""#).collect();
        assert_eq!(found, [("ALIGN", "center"), ("style", "a:b; c:d"), ("href", "#x y"), ("id", "k")]);
    }

    #[test]
    fn a_bracket_in_a_quoted_value_does_not_end_the_tag() {
        let source = r#"<p title="a > b">x"#;
        let tag = read(source, 0).expect("a tag");
        assert_eq!((tag.name, &source[tag.end..]), (Name::Paragraph, "x"));
    }

    #[test]
    fn a_lone_bracket_is_text() {
        assert!(read("< 5 %", 0).is_none() && read("<", 0).is_none() && read("<5>", 0).is_none());
    }
}
