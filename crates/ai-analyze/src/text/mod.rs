//! What verification and extraction both need of plain text.

mod figures;
mod normal;
mod sentences;
mod spelled;
mod words;

pub(crate) use self::{
    figures::{Figure, Number, figures},
    normal::{cleaned, normalise},
    sentences::sentences,
    spelled::Value,
    words::{BULLETS, Counts, edited_words, grouped, number_word, plain_words, plural},
};
