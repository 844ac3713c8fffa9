//! Page numbers and running heads taken for text, all over a document.

use filing_model::{Extraction, Item, Section, Status, word_count};
use testkit::edits::Random;

use super::draft::{self, Paragraph};

const WORDS_OF_A_PAGE: usize = 450;

/// What a page has at its edge.
#[derive(Debug, Clone)]
struct Layout {
    number: bool,
    contents_link: bool,
    running_head: Option<String>,
    /// Heads are often bold.
    head_is_heading: bool,
    /// Pages that end inside a paragraph, in a thousand.
    inside: usize,
}

pub(super) fn leave_in(extraction: &mut Extraction, random: &mut Random) -> Option<String> {
    let layout = Layout {
        number: random.happens(700),
        contents_link: random.happens(300),
        running_head: random.happens(500).then(|| head(extraction, random)),
        head_is_heading: random.happens(300),
        inside: 400,
    };
    if !layout.number && !layout.contents_link && layout.running_head.is_none() {
        return None;
    }
    let items: Vec<Item> = extraction.items.keys().copied().collect();
    for item in items {
        let section = extraction.items[&item].clone();
        if section.status == Status::Found && section.words > WORDS_OF_A_PAGE {
            let spoiled = paged(item, &section, &layout, random);
            draft::put_in_document(extraction, item, spoiled);
        }
    }
    Some(format!("{layout:?}").chars().take(120).collect())
}

fn head(extraction: &Extraction, random: &mut Random) -> String {
    let company = extraction.company.clone().unwrap_or_else(|| "The Company".to_owned());
    match random.below(3) {
        0 => company,
        1 => format!("{company} and Subsidiaries"),
        _ => format!("{company} | Annual Report on Form 10-K"),
    }
}

fn paged(item: Item, section: &Section, layout: &Layout, random: &mut Random) -> Section {
    let mut page = section.span.map_or(1, |span| span.start / WORDS_OF_A_PAGE + 1);
    let mut left =
        section.span.map_or(WORDS_OF_A_PAGE, |span| WORDS_OF_A_PAGE - span.start % WORDS_OF_A_PAGE);
    let mut text = Vec::new();
    for paragraph in draft::read(section) {
        let words = word_count(&paragraph.text);
        if words < left {
            left -= words;
            text.push(paragraph);
            continue;
        }
        let inside =
            paragraph.level.is_none() && !paragraph.text.contains('\n') && random.happens(layout.inside);
        let (before, after) = super::cut::split(&[paragraph], if inside { left } else { words });
        text.extend(before);
        text.extend(edge(layout, page));
        page += 1;
        // A long table fills pages of its own.
        left = WORDS_OF_A_PAGE.saturating_sub(draft::words_of(&after) % WORDS_OF_A_PAGE).max(1);
        text.extend(after);
    }
    draft::write(item, section, &text)
}

fn edge(layout: &Layout, page: usize) -> Vec<Paragraph> {
    let mut lines = Vec::new();
    if layout.number {
        lines.push(Paragraph::plain(page.to_string()));
    }
    if layout.contents_link {
        lines.push(Paragraph::plain("Table of Contents"));
    }
    if let Some(head) = &layout.running_head {
        lines.push(Paragraph { text: head.clone(), level: layout.head_is_heading.then_some(1) });
    }
    lines
}
