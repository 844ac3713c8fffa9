//! Tags of HTML: their names, where they end, and their attributes.

use memchr::memchr;

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
    let (name, name_end) = name(bytes, name_start);
    let close = tag_end(bytes, name_end);
    let inside_end = close.unwrap_or(bytes.len());
    let self_closing = inside_end > name_end && bytes[inside_end - 1] == b'/';
    Some(Tag {
        name,
        written: &source[name_start..name_end],
        closing,
        self_closing,
        attributes: &source[name_end..inside_end - usize::from(self_closing)],
        end: close.map_or(bytes.len(), |close| close + 1),
    })
}

/// The first place from `at` on whose byte does not please.
fn skip(bytes: &[u8], at: usize, pleases: impl Fn(u8) -> bool) -> usize {
    bytes[at..].iter().position(|&b| !pleases(b)).map_or(bytes.len(), |length| at + length)
}

/// The `>` that ends a tag: the first one that does not stand in a quoted value.
fn tag_end(bytes: &[u8], from: usize) -> Option<usize> {
    if bytes.get(from) == Some(&b'>') {
        return Some(from);
    }
    let first = from + memchr(b'>', &bytes[from..])?;
    // One bit is enough to tell an even number of quotes from an odd one.
    if bytes[from..first].iter().fold(false, |odd, &b| odd ^ (b == b'"')) {
        return quoted_tag_end(bytes, first);
    }
    Some(first)
}

/// The `>` at `first` stands behind an open quote. It closes soon, or it is a slip of the pen and this `>` counts.
fn quoted_tag_end(bytes: &[u8], first: usize) -> Option<usize> {
    let reach = bytes.len().min(first + 4096);
    let quote = first + memchr(b'"', &bytes[first..reach])?;
    memchr(b'>', &bytes[quote..]).map_or(Some(first), |length| Some(quote + length))
}

/// The longest name that has a meaning here has ten letters.
const LONGEST_NAME: usize = 12;

/// The name that begins at `start`, and where it ends.
fn name(bytes: &[u8], start: usize) -> (Name, usize) {
    let mut lower = [0; LONGEST_NAME];
    let mut length = 0;
    while let Some(&byte) = bytes.get(start + length)
        && IN_NAME[usize::from(byte)]
    {
        if let Some(place) = lower.get_mut(length) {
            *place = byte.to_ascii_lowercase();
        }
        length += 1;
    }
    (lower.get(..length).map_or(Name::Inline, name_of), start + length)
}

/// Bytes of which names consist.
const IN_NAME: [bool; 256] = {
    let mut in_name = [false; 256];
    let mut byte = 0;
    while byte < in_name.len() {
        #[expect(clippy::cast_possible_truncation, reason = "fewer than 256")]
        let letter = byte as u8;
        in_name[byte] = letter.is_ascii_alphanumeric() || matches!(letter, b':' | b'-' | b'_');
        byte += 1;
    }
    in_name
};

fn name_of(lower: &[u8]) -> Name {
    match lower {
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
pub(crate) fn attributes(text: &str) -> Attributes<'_> {
    Attributes { text, at: 0 }
}

/// See [`attributes`].
pub(crate) struct Attributes<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.text.as_bytes();
        loop {
            let start = skip(bytes, self.at, |b| b.is_ascii_whitespace() || b == b'/');
            let end = skip(bytes, start, |b| b != b'=' && !b.is_ascii_whitespace());
            self.at = skip(bytes, end, |b| b.is_ascii_whitespace());
            if bytes.get(self.at) == Some(&b'=') {
                self.at = skip(bytes, self.at + 1, |b| b.is_ascii_whitespace());
                return Some((&self.text[start..end], self.value()));
            }
            if start == end {
                return None;
            }
        }
    }
}

impl<'a> Attributes<'a> {
    fn value(&mut self) -> &'a str {
        let bytes = self.text.as_bytes();
        let (start, end) = match bytes.get(self.at) {
            Some(&quote @ (b'"' | b'\'')) => {
                let start = self.at + 1;
                (start, memchr(quote, &bytes[start..]).map_or(bytes.len(), |length| start + length))
            }
            _ => (self.at, skip(bytes, self.at, |b| !b.is_ascii_whitespace())),
        };
        // Behind the closing quote, or behind the blank.
        self.at = bytes.len().min(end + 1);
        &self.text[start..end]
    }
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
