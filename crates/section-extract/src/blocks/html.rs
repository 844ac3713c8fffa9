//! HTML to blocks in one pass, without a tree: a stack of open elements is all that is kept.

use std::{borrow::Cow, collections::BTreeMap};

use memchr::{memchr, memmem};
use rustc_hash::FxHashMap;

use super::{
    Blocks,
    builder::Builder,
    style::{Style, StyleChange},
    tag::{self, Name, Tag},
};

/// Deeper nesting than this is not read as nesting; no filing comes near.
const DEEPEST: usize = 1_000;
/// How far an end tag looks for its start.
const REACH: usize = 64;
/// A fact of the cover page is a few words; a longer one is kept this far.
const LONGEST_FACT: usize = 2_000;
/// With its mark-up it takes no more bytes than this.
const FACT_REACH: usize = 16_000;
/// A cover has some dozens of facts.
const MOST_FACTS: usize = 1_000;
/// How a fact is named in the hidden header, where contexts name `dei:` as a dimension, too.
const NAMED: &str = "name=\"dei:";
/// The hidden header repeats facts for each registrant.
const MOST_NAMES: usize = 100_000;
/// A filing has some hundreds of ways to style an element; those beyond are read each time anew.
const MOST_STYLES: usize = 10_000;
/// Bytes of unseen words that are kept.
const MOST_HIDDEN_TEXT: usize = 4_000;

pub(crate) fn read(source: &str) -> Blocks {
    let mut reader = Reader {
        source,
        builder: Builder::new(source.len(), source.len() / 4),
        open: Vec::new(),
        overflow: 0,
        style: Style::default(),
        styles: FxHashMap::default(),
        open_facts: Vec::new(),
        endless: Vec::new(),
    };
    reader.run();
    let mut blocks = reader.builder.finish();
    blocks.text.shrink_to_fit();
    blocks
}

struct Open {
    name: Name,
    change: StyleChange,
    before: Style,
}

struct Reader<'a> {
    source: &'a str,
    builder: Builder,
    open: Vec<Open>,
    overflow: usize,
    style: Style,
    styles: FxHashMap<&'a str, StyleChange>,
    /// Depth, name and start of cover facts whose end has not come yet.
    open_facts: Vec<(usize, &'a str, usize)>,
    /// Names of elements without readable content of which no end follows.
    endless: Vec<&'a str>,
}

impl<'a> Reader<'a> {
    fn run(&mut self) {
        let bytes = self.source.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if byte == b'<' {
                at = self.markup(at);
            } else {
                let next = memchr(b'<', &bytes[at..]).map_or(bytes.len(), |length| at + length);
                self.text(&self.source[at..next]);
                at = next;
            }
        }
    }

    fn text(&mut self, segment: &str) {
        if self.style.unseen() {
            self.unseen(segment);
        } else {
            self.builder.text(segment, self.style);
        }
    }

    /// Table heads in white on a picture exist, so unseen words are told of, not judged.
    fn unseen(&mut self, segment: &str) {
        for word in segment.split_ascii_whitespace().filter(|word| !word.starts_with('&')) {
            let blocks = &mut self.builder.blocks;
            blocks.hidden_words += 1;
            if blocks.hidden_text.len() + word.len() < MOST_HIDDEN_TEXT {
                blocks.hidden_text.extend([if blocks.hidden_text.is_empty() { "" } else { " " }, word]);
            }
        }
    }

    /// Handles what begins with the `<` at `start` and says where to go on.
    fn markup(&mut self, start: usize) -> usize {
        let rest = &self.source.as_bytes()[start..];
        if rest.starts_with(b"<!--") {
            return memmem::find(&rest[4..], b"-->")
                .map_or(self.source.len(), |length| start + 4 + length + 3);
        }
        if matches!(rest.get(1), Some(b'!' | b'?')) {
            return memchr(b'>', rest).map_or(self.source.len(), |length| start + length + 1);
        }
        let Some(tag) = tag::read(self.source, start) else {
            self.text(&self.source[start..=start]);
            return start + 1;
        };
        if tag.closing {
            self.close(&tag);
            return tag.end;
        }
        match tag.name {
            Name::Raw => self.skip_element(&tag),
            Name::InlineHeader => self.inline_header(&tag),
            _ => {
                self.start(&tag);
                tag.end
            }
        }
    }

    fn start(&mut self, tag: &Tag<'a>) {
        match tag.name {
            Name::Break => return self.builder.line_break(),
            Name::Page => return self.builder.page_break(),
            _ => {}
        }
        let change = self.attributes(tag);
        // A rule between paragraphs ends a page; inside a table it underlines a row.
        if change.break_before || tag.name == Name::Rule && !self.builder.in_table() {
            self.builder.page_break();
        }
        if tag.name.is_void() || tag.self_closing {
            if change.break_after {
                self.builder.page_break();
            }
            return;
        }
        self.close_implied(tag.name);
        match tag.name {
            Name::Table => self.builder.open_table(),
            Name::Row => self.builder.end_row(),
            Name::Cell => self.builder.next_cell(),
            name if name.is_block() && !change.inline => self.builder.close_part(),
            _ => {}
        }
        if self.open.len() >= DEEPEST {
            self.overflow += 1;
            return;
        }
        self.open.push(Open { name: tag.name, change, before: self.style });
        if !change.is_none() {
            self.style = change.apply(self.style);
        }
    }

    /// Reads what the attributes say of style, anchors, links and facts.
    fn attributes(&mut self, tag: &Tag<'a>) -> StyleChange {
        let mut change = match tag.name {
            Name::Bold | Name::Heading => StyleChange::BOLD,
            Name::Italic => StyleChange::ITALIC,
            Name::Underline => StyleChange::UNDERLINE,
            Name::Center => StyleChange::CENTER,
            // A row or a table begins at the margin again.
            Name::Table => StyleChange::LEFT,
            _ => StyleChange::NONE,
        };
        if tag.attributes.is_empty() {
            return change;
        }
        let is_inline_xbrl = tag.name == Name::Inline && tag.written.contains(':');
        for (name, value) in tag::attributes(tag.attributes) {
            // Most attributes concern nobody; their first letter and length tell that.
            match (name.len(), name.as_bytes().first().map(u8::to_ascii_lowercase)) {
                (5, Some(b's')) if name.eq_ignore_ascii_case("style") => {
                    change = change.and(self.style_change(value));
                }
                (5, Some(b'a')) if name.eq_ignore_ascii_case("align") => {
                    let centred = value.eq_ignore_ascii_case("center");
                    change = change.and(if centred { StyleChange::CENTER } else { StyleChange::LEFT });
                }
                (5, Some(b'c')) if name.eq_ignore_ascii_case("color") => {
                    change = change.and(if is_white(value) { StyleChange::WHITE } else { StyleChange::INK });
                }
                (7, Some(b'b')) if name.eq_ignore_ascii_case("bgcolor") && !is_white(value) => {
                    change = change.and(StyleChange::BACKED);
                }
                (4, Some(b's')) if tag.name == Name::Font && name.eq_ignore_ascii_case("size") => {
                    change = change.and(font_size(value));
                }
                (4, Some(b'h')) if tag.name == Name::Anchor && name.eq_ignore_ascii_case("href") => {
                    if let Some(target) = value.strip_prefix('#') {
                        self.builder.open_link(target);
                    }
                }
                (2, Some(b'i')) if !is_inline_xbrl && name.eq_ignore_ascii_case("id") => {
                    self.builder.anchor(value);
                }
                (4, Some(b'n')) if is_inline_xbrl && name.eq_ignore_ascii_case("name") => {
                    self.open_fact(value, tag.attributes);
                }
                (4, Some(b'n')) if tag.name == Name::Anchor && name.eq_ignore_ascii_case("name") => {
                    self.builder.anchor(value);
                }
                _ => {}
            }
        }
        change
    }

    fn style_change(&mut self, css: &'a str) -> StyleChange {
        if let Some(known) = self.styles.get(css) {
            return *known;
        }
        let change = StyleChange::parse(css);
        if self.styles.len() < MOST_STYLES {
            self.styles.insert(css, change);
        }
        change
    }

    fn open_fact(&mut self, name: &'a str, attributes: &str) {
        let Some(name) = name.strip_prefix("dei:") else { return };
        match fixed_value(attributes) {
            Some(value) => keep_fact(&mut self.builder.blocks.facts, name, value),
            None => self.open_facts.push((self.open.len(), name, self.builder.position())),
        }
    }

    /// `<p>` ends a paragraph that is open, `<td>` a cell, `<tr>` a row, as browsers have it.
    fn close_implied(&mut self, name: Name) {
        let (ends, within): (&[Name], &[Name]) = match name {
            Name::Paragraph => (&[Name::Paragraph], &[Name::Cell, Name::Table, Name::Block, Name::ListItem]),
            Name::ListItem => (&[Name::ListItem], &[Name::Table, Name::Block]),
            Name::Cell => (&[Name::Cell], &[Name::Row, Name::Table]),
            Name::Row => (&[Name::Row], &[Name::Table]),
            _ => return,
        };
        let recent = self.open.len().saturating_sub(REACH);
        for depth in (recent..self.open.len()).rev() {
            if ends.contains(&self.open[depth].name) {
                return self.pop_to(depth);
            }
            if within.contains(&self.open[depth].name) {
                return;
            }
        }
    }

    fn close(&mut self, tag: &Tag<'a>) {
        match tag.name {
            Name::Anchor => self.builder.close_link(),
            Name::Table if self.builder.in_table() => self.builder.close_table(),
            Name::Row => self.builder.end_row(),
            Name::Break => self.builder.line_break(),
            _ => {}
        }
        if self.overflow > 0 {
            self.overflow -= 1;
            return;
        }
        let reach = if tag.name == Name::Table { self.open.len() } else { REACH };
        let recent = self.open.len().saturating_sub(reach);
        let Some(depth) = (recent..self.open.len()).rev().find(|&depth| self.open[depth].name == tag.name)
        else {
            if tag.name.is_block() {
                self.builder.close_part();
            }
            return;
        };
        let crosses_block = self.open[depth + 1..].iter().any(|open| open.name.is_block());
        if crosses_block && !tag.name.is_block() {
            // `<b><p></b>`: the paragraph stays open, the weight ends.
            self.open.remove(depth);
            self.restyle(depth);
        } else {
            let inline = self.open[depth].change.inline;
            if tag.name.is_block() && !inline && tag.name != Name::Cell {
                self.builder.close_part();
            }
            self.pop_to(depth);
        }
    }

    fn pop_to(&mut self, depth: usize) {
        while let Some(&(fact_depth, name, start)) = self.open_facts.last() {
            if fact_depth < depth {
                break;
            }
            self.open_facts.pop();
            self.fact(name, start);
        }
        self.style = self.open[depth].before;
        let page_ends = self.open[depth..].iter().any(|open| open.change.break_after);
        self.open.truncate(depth);
        if page_ends {
            self.builder.page_break();
        }
    }

    fn restyle(&mut self, from: usize) {
        let mut style = if from == 0 {
            Style::default()
        } else {
            self.open[from - 1].change.apply(self.open[from - 1].before)
        };
        for open in &mut self.open[from..] {
            open.before = style;
            style = open.change.apply(style);
        }
        self.style = style;
    }

    fn fact(&mut self, name: &str, start: usize) {
        let blocks = &mut self.builder.blocks;
        let end = blocks.text.len();
        let Some(text) = blocks.text.get(start.min(end)..) else { return };
        let text = &text[..text.floor_char_boundary(FACT_REACH)];
        let value = text.trim_matches(|c: char| c.is_whitespace() || c == '|').replace(['\n', '|'], " ");
        keep_fact(&mut blocks.facts, name, &value);
    }

    /// The hidden header holds facts that the page does not show.
    fn inline_header(&mut self, tag: &Tag<'a>) -> usize {
        let rest = &self.source[tag.end..];
        let length = memmem::find(rest.as_bytes(), b"</ix:header").unwrap_or(rest.len());
        let header = &rest[..length];
        for at in memmem::find_iter(header.as_bytes(), NAMED).take(MOST_NAMES) {
            let near = &header[at + NAMED.len()..header.floor_char_boundary(at + FACT_REACH)];
            let Some((name, after)) = near.split_once('"') else { continue };
            let value = after.split_once('>').and_then(|(_, value)| value.split_once("</ix:"));
            let Some((value, _)) = value else { continue };
            keep_fact(&mut self.builder.blocks.facts, name, &plain(value));
        }
        tag.end + length
    }

    /// Where an element without readable content ends.
    fn skip_element(&mut self, tag: &Tag<'a>) -> usize {
        if tag.self_closing || self.endless.iter().any(|name| name.eq_ignore_ascii_case(tag.written)) {
            return tag.end;
        }
        let bytes = self.source.as_bytes();
        let mut at = tag.end;
        while let Some(length) = memmem::find(&bytes[at..], b"</") {
            let name = at + length + 2;
            let end = name + tag.written.len();
            if bytes.get(name..end).is_some_and(|found| found.eq_ignore_ascii_case(tag.written.as_bytes())) {
                return memchr(b'>', &bytes[end..]).map_or(bytes.len(), |length| end + length + 1);
            }
            at = name;
        }
        // It never ends: then it holds nothing we could tell apart from text.
        self.endless.push(tag.written);
        tag.end
    }
}

/// What the format of a fact says whatever is shown: a ticked box beside "No" is false (Inline XBRL Transformation
/// Registry, `fixed-true` and `fixed-false`).
fn fixed_value(attributes: &str) -> Option<&'static str> {
    let (_, format) = tag::attributes(attributes).find(|(name, _)| name.eq_ignore_ascii_case("format"))?;
    let format = format.rsplit(':').next().unwrap_or(format).to_ascii_lowercase();
    match format.as_str() {
        "fixed-true" | "booleantrue" => Some("true"),
        "fixed-false" | "booleanfalse" => Some("false"),
        _ => None,
    }
}

fn keep_fact(facts: &mut BTreeMap<String, String>, name: &str, value: &str) {
    let named = !name.is_empty() && name.len() < 100 && name.bytes().all(|b| b.is_ascii_alphanumeric());
    if !named || facts.len() >= MOST_FACTS || facts.contains_key(name) {
        return;
    }
    let words = value.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let value: String = words.collect::<Vec<_>>().join(" ").chars().take(LONGEST_FACT).collect();
    if !value.is_empty() {
        facts.insert(name.to_owned(), value);
    }
}

/// A fact's value without mark-up.
fn plain(value: &str) -> Cow<'_, str> {
    if !value.contains(['<', '&']) {
        return Cow::Borrowed(value);
    }
    let mut text = String::new();
    let mut rest = value;
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        if rest.as_bytes()[at] == b'<' {
            text.push(' ');
            rest = rest[at..].find('>').map_or("", |length| &rest[at + length + 1..]);
        } else {
            let (character, length) = super::entity::read(&rest[at..]);
            text.push(character);
            rest = &rest[at + length..];
        }
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// Whether an attribute names the colour of paper.
fn is_white(color: &str) -> bool {
    color.eq_ignore_ascii_case("white") || color.eq_ignore_ascii_case("#ffffff")
}

/// The size that `<font size>` names.
fn font_size(value: &str) -> StyleChange {
    let half_points = match value.trim() {
        "1" | "-2" => 15,
        "2" | "-1" => 20,
        "3" | "+0" => 24,
        "4" | "+1" => 27,
        "5" | "+2" => 36,
        "6" | "+3" => 48,
        "7" | "+4" => 72,
        _ => return StyleChange::NONE,
    };
    StyleChange::size(half_points)
}
