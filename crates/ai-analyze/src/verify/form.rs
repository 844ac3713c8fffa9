//! A statement is one plain sentence or two: no mark-up, no links, no letters of another script than its evidence has.

use super::evidence::Text;

/// Twice what a model is asked for, and room for a heading.
pub(super) const MOST_WORDS: usize = 70;
const MOST_CHARACTERS: usize = 600;

const MARKUP: [&str; 14] = [
    "](",
    "![",
    "http://",
    "https://",
    "www.",
    "```",
    "`",
    "**",
    "__",
    "&lt;",
    "&gt;",
    "&#",
    "javascript:",
    "{+",
];

/// An error when a statement is overlong or has mark-up.
pub(super) fn plain(statement: &str) -> Result<(), String> {
    if statement.split_whitespace().count() > MOST_WORDS || statement.chars().count() > MOST_CHARACTERS {
        return Err(format!("the statement has more than {MOST_WORDS} words"));
    }
    if has_tag(statement)
        || MARKUP.iter().any(|mark| statement.contains(mark))
        || statement.starts_with(['#', '>', '|'])
    {
        return Err("the statement holds mark-up".into());
    }
    Ok(())
}

/// `<b>` and `</b>`, not `< 5`.
pub(super) fn has_tag(text: &str) -> bool {
    text.split('<')
        .skip(1)
        .any(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!')))
}

/// An error for a character that only looks like one of ours, or steers others: letters beyond Latin and digits beyond
/// ASCII must stand in the evidence, controls must not be there at all.
pub(super) fn known_letters(statement: &str, evidence: &[Text]) -> Result<(), String> {
    let stands = |character: char| evidence.iter().any(|text| text.words.contains(character));
    let is_strange = |character: char| {
        let is_latin = character <= '\u{24f}' || ('\u{1e00}'..='\u{1eff}').contains(&character);
        let is_number = character.is_numeric() && !character.is_ascii_digit();
        is_control(character) || (is_number || character.is_alphabetic() && !is_latin) && !stands(character)
    };
    if statement.chars().any(is_strange) {
        return Err("the statement has characters of another script".into());
    }
    Ok(())
}

/// Controls, marks that turn the direction of writing, marks set upon other letters, and private characters.
fn is_control(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{202a}'..='\u{202e}' | '\u{2061}'..='\u{206f}' | '\u{300}'..='\u{36f}' | '\u{e000}'..='\u{f8ff}'
                | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..='\u{10ffff}'
        )
}
