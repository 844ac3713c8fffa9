/// The one normalisation under which a quotation is compared with a filing.
///
/// - any run of blanks (line ends and no-break blanks too) becomes one blank, none at the ends;
/// - curly single and double quotation marks become straight ones;
/// - hyphens, en dashes and minus signs become `-`; an em dash becomes `-` with a blank on either side, since
///   filers and models set blanks around it at will;
/// - soft hyphens and characters without width are dropped.
///
/// Nothing else: case, punctuation and figures stay as they are.
pub(crate) fn normalise(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        // What stays as it is, letters and figures between two blanks, is most of a filing.
        let plain = rest.bytes().position(|byte| !byte.is_ascii_graphic()).unwrap_or(rest.len());
        normal.push_str(&rest[..plain]);
        let mut others = rest[plain..].chars();
        let Some(character) = others.next() else { break };
        rest = others.as_str();
        match character {
            unseen if is_unseen(unseen) => {}
            '\u{2018}'..='\u{201b}' => normal.push('\''),
            '\u{201c}'..='\u{201f}' => normal.push('"'),
            '\u{2010}'..='\u{2013}' | '\u{2212}' => normal.push('-'),
            '\u{2014}' | '\u{2015}' => {
                push_blank(&mut normal);
                normal.push_str("- ");
            }
            blank if blank.is_whitespace() => push_blank(&mut normal),
            other => normal.push(other),
        }
    }
    if normal.ends_with(' ') {
        normal.pop();
    }
    normal
}

/// The text as it is shown in a report: on one line, without characters that nobody sees.
pub(crate) fn cleaned(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for character in text.chars().filter(|character| !is_unseen(*character)) {
        if character.is_whitespace() {
            push_blank(&mut clean);
        } else {
            clean.push(character);
        }
    }
    clean.truncate(clean.trim_end().len());
    clean
}

/// Soft hyphens, characters without width, marks of the direction of writing.
fn is_unseen(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// At most one, and none at the start.
fn push_blank(normal: &mut String) {
    if !normal.is_empty() && !normal.ends_with(' ') {
        normal.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::{cleaned, normalise};

    #[test]
    fn spelling_of_the_typesetter_goes_and_everything_else_stays() {
        for (written, normal) in [
            ("  our\u{a0}net\n revenue ", "our net revenue"),
            ("the Company\u{2019}s \u{201c}Notes\u{201d}", "the Company's \"Notes\""),
            ("year\u{2010}over\u{2013}year \u{2212}5%", "year-over-year -5%"),
            ("risks\u{2014}old and new", "risks - old and new"),
            ("risks \u{2014} old and new", "risks - old and new"),
            ("un\u{ad}certain\u{200b}", "uncertain"),
            ("Not Effective; $1,2", "Not Effective; $1,2"),
            ("", ""),
        ] {
            assert_eq!(normalise(written), normal, "{written:?}");
        }
    }

    #[test]
    fn what_is_shown_keeps_its_marks_and_loses_what_nobody_sees() {
        assert_eq!(cleaned(" the Company\u{2019}s\n\u{200b}Notes\u{a0}"), "the Company\u{2019}s Notes");
    }
}
