//! What verification and extraction both need of plain text.

mod figures;
mod normal;
mod sentences;
mod words;

pub(crate) use self::{
    figures::{Number, figures},
    normal::normalise,
    sentences::sentences,
    words::{BULLETS, Counts, edited_words, grouped, number_word, plain_words, plural},
};
