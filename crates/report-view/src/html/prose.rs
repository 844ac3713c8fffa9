//! Summaries, of which only paragraphs, lists and bold are markup.

use maud::{Markup, html};

use crate::prose::{Block, Span, blocks, unescaped};

pub(super) fn prose(markdown: &str) -> Markup {
    html! {
        @for block in blocks(markdown) {
            @match block {
                Block::Paragraph(spans) => p { (line(&spans)) }
                Block::List(points) => ul { @for point in &points { li { (line(point)) } } }
            }
        }
    }
}

fn line(spans: &[Span<'_>]) -> Markup {
    html! {
        @for span in spans {
            @match span {
                Span::Plain(text) => (unescaped(text))
                Span::Bold(text) => strong { (unescaped(text)) }
            }
        }
    }
}
