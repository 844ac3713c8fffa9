//! Text of filings and models inside Markdown: what could mark up is escaped, and everything stays on one line.

/// A text as plain Markdown text.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for (index, word) in text.split_whitespace().enumerate() {
        if index > 0 {
            escaped.push(' ');
        } else if starts_block(word) {
            escaped.push('\\');
        }
        push_word(&mut escaped, word);
    }
    if text.ends_with(char::is_whitespace) && !escaped.is_empty() {
        escaped.push(' ');
    }
    if text.starts_with(char::is_whitespace) {
        escaped.insert(0, ' ');
    }
    escaped
}

/// A text as one cell of a table; `|` is escaped by [`escape`] already.
pub(super) fn escape_cell(text: &str) -> String {
    escape(text).trim().to_owned()
}

/// `-`, `+` and `=` mean something only where a line begins.
fn starts_block(word: &str) -> bool {
    word.starts_with(['-', '+', '='])
}

fn push_word(escaped: &mut String, word: &str) {
    // `1.` and `1)` begin a list, and bare addresses become links.
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let may_hold_entity = word.contains(';');
    for (index, c) in word.char_indices() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' => escaped.push('\\'),
            '&' if may_hold_entity => escaped.push('\\'),
            '.' | ')' if index > 0 && index == digits && index + 1 == word.len() => escaped.push('\\'),
            // A backslash does not stop mentions and bare addresses from becoming links.
            '@' => {
                escaped.push_str("&#64;");
                continue;
            }
            ':' if word[index..].starts_with("://") => {
                escaped.push_str("&#58;");
                continue;
            }
            _ => {}
        }
        escaped.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_marks_up() {
        let cases = [
            ("a *b* _c_ `d`", r"a \*b\* \_c\_ \`d\`"),
            ("[x](javascript:alert(1))", r"\[x\](javascript:alert(1))"),
            ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
            ("# no\n- heading", r"\# no - heading"),
            ("AT&T &lt;b&gt;", r"AT&T \&lt;b\&gt;"),
            ("- no list", r"\- no list"),
            ("1. no list", r"1\. no list"),
            ("$1.5 million | 2025.", r"$1.5 million \| 2025\."),
            ("see https://evil.example @team", "see https&#58;//evil.example &#64;team"),
        ];
        for (text, expected) in cases {
            assert_eq!(escape(text), expected);
        }
    }
}
