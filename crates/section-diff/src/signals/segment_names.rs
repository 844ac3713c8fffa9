//! The names in a list of segments.

/// A name has no more words than this; longer ones are descriptions.
const MOST_WORDS: usize = 8;
/// The list begins this near to the word "segments".
const NEAR: usize = 70;

/// The names that a list behind the word "segments" holds; `None` when it does not hold as many as are counted, or cannot
/// be cut without doubt.
pub(super) fn of(behind: &str, count: Option<usize>) -> Option<Vec<String>> {
    let list = start(behind)?;
    let pieces = numbered(list).or_else(|| parted(list, count))?;
    let names: Option<Vec<String>> = pieces.into_iter().map(name).collect();
    names.filter(|names| names.len() > 1 && count.is_none_or(|count| names.len() == count))
}

/// Where the list begins.
fn start(behind: &str) -> Option<&str> {
    const CONNECTORS: [&str; 12] = [
        "which are comprised of ",
        "which consist of ",
        "which are ",
        "are comprised of ",
        "consisting of ",
        "comprised of ",
        "consisted of ",
        "consist of ",
        "comprise ",
        "namely ",
        "were ",
        "are ",
    ];
    let text = behind.trim_start_matches([',', ' ']);
    let marks = [":", " – ", " — ", " - ", "—", "–"];
    let mark = marks.iter().filter_map(|mark| Some((behind.find(mark)?, mark.len()))).min();
    if let Some((at, length)) = mark.filter(|(at, _)| *at < NEAR && !behind[..*at].contains(';')) {
        return Some(&behind[at + length..]);
    }
    let connected = CONNECTORS.iter().find_map(|words| text.strip_prefix(words));
    connected.or_else(|| behind.starts_with([',', '(']).then_some(text))
}

/// The pieces of a list such as `1) A; 2) B` or `(i) A and (ii) B`.
fn numbered(list: &str) -> Option<Vec<&str>> {
    const STYLES: [[&str; 8]; 2] = [
        ["1) ", "2) ", "3) ", "4) ", "5) ", "6) ", "7) ", "8) "],
        ["(i) ", "(ii) ", "(iii) ", "(iv) ", "(v) ", "(vi) ", "(vii) ", "(viii) "],
    ];
    STYLES.iter().find_map(|style| {
        let mut pieces = Vec::new();
        let (_, mut rest) = list.split_once(style[0])?;
        for mark in &style[1..] {
            let Some((piece, behind)) = rest.split_once(mark) else { break };
            pieces.push(piece);
            rest = behind;
        }
        pieces.push(rest);
        Some(pieces)
    })
}

/// The pieces of a list with semicolons or commas.
fn parted(list: &str, count: Option<usize>) -> Option<Vec<&str>> {
    let list = before_relative_clause(list);
    if list.contains(';') {
        return Some(list.split(';').collect());
    }
    let mut pieces: Vec<&str> = list.split(", ").collect();
    let tail = pieces.pop()?;
    if tail.starts_with("and ") || count == Some(pieces.len() + 1) {
        pieces.push(tail);
        return Some(pieces);
    }
    let (one, other) = tail.split_once(" and ")?;
    // With a second "and", nobody knows which of them parts the names.
    (!other.contains(" and ")).then(|| {
        pieces.extend([one, other]);
        pieces
    })
}

/// A list without what is said of it.
fn before_relative_clause(list: &str) -> &str {
    const ENDS: [&str; 9] =
        [", each ", ", which ", ", all ", ", based ", " based on ", ", and we ", ", as ", ". ", ", refer "];
    let end = ENDS.iter().filter_map(|words| list.find(words)).min();
    end.map_or(list, |end| &list[..end])
}

/// A name without the words around it.
fn name(piece: &str) -> Option<String> {
    let piece = before_relative_clause(piece.trim());
    let piece = piece.split_once(" (").map_or(piece, |(name, _)| name);
    let piece = piece.strip_prefix("and ").unwrap_or(piece);
    let piece = piece.strip_prefix("the ").unwrap_or(piece);
    let piece = piece.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
    let piece = piece.strip_suffix(" and").unwrap_or(piece);
    let piece = piece.trim_matches(|c: char| !c.is_alphanumeric());
    let words = piece.split_whitespace().count();
    ((1..=MOST_WORDS).contains(&words)).then(|| piece.to_owned())
}

/// A name as it is compared: case, "and" and words that any segment may bear left out.
pub(super) fn key(name: &str) -> String {
    const ANY: [&str; 8] =
        ["the", "segment", "segments", "operations", "business", "division", "and", "products"];
    let words = name.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.filter(|word| !word.is_empty() && !ANY.contains(&word.as_str())).collect::<Vec<_>>().join(" ")
}
