//! Character references of HTML.

use crate::decode::windows_1252;

/// Names of the characters 160 to 255, in order.
const LATIN: [&str; 96] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf", "laquo",
    "not", "shy", "reg", "macr", "deg", "plusmn", "sup2", "sup3", "acute", "micro", "para", "middot",
    "cedil", "sup1", "ordm", "raquo", "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc",
    "Atilde", "Auml", "Aring", "AElig", "Ccedil", "Egrave", "Eacute", "Ecirc", "Euml", "Igrave", "Iacute",
    "Icirc", "Iuml", "ETH", "Ntilde", "Ograve", "Oacute", "Ocirc", "Otilde", "Ouml", "times", "Oslash",
    "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute", "THORN", "szlig", "agrave", "aacute", "acirc", "atilde",
    "auml", "aring", "aelig", "ccedil", "egrave", "eacute", "ecirc", "euml", "igrave", "iacute", "icirc",
    "iuml", "eth", "ntilde", "ograve", "oacute", "ocirc", "otilde", "ouml", "divide", "oslash", "ugrave",
    "uacute", "ucirc", "uuml", "yacute", "thorn", "yuml",
];

/// The other names that filings use.
const SYMBOLS: [(&str, char); 40] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("rsquo", '’'),
    ("lsquo", '‘'),
    ("rdquo", '”'),
    ("ldquo", '“'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("bull", '•'),
    ("hellip", '…'),
    ("trade", '™'),
    ("euro", '€'),
    ("dagger", '†'),
    ("Dagger", '‡'),
    ("sbquo", '‚'),
    ("bdquo", '„'),
    ("permil", '‰'),
    ("prime", '′'),
    ("Prime", '″'),
    ("minus", '−'),
    ("ensp", ' '),
    ("emsp", ' '),
    ("thinsp", ' '),
    ("hairsp", ' '),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("le", '≤'),
    ("ge", '≥'),
    ("ne", '≠'),
    ("infin", '∞'),
    ("oelig", 'œ'),
    ("OElig", 'Œ'),
    ("scaron", 'š'),
    ("Scaron", 'Š'),
    ("Yuml", 'Ÿ'),
    ("fnof", 'ƒ'),
    ("sdot", '⋅'),
];

/// Longest reference that is looked at, from `&` to `;`.
const LONGEST: usize = 12;

/// Reads the reference at the start of `text`, which begins with `&`: the character and the bytes it takes.
/// An ampersand that begins none stands for itself.
pub(crate) fn read(text: &str) -> (char, usize) {
    let bytes = text.as_bytes();
    let limit = bytes.len().min(LONGEST);
    if bytes.get(1) == Some(&b'#') {
        return numeric(&bytes[..limit]).unwrap_or(('&', 1));
    }
    let name_end = bytes[1..limit].iter().position(|b| !b.is_ascii_alphanumeric()).map_or(limit, |n| n + 1);
    let Some(character) = text.get(1..name_end).and_then(named) else { return ('&', 1) };
    let semicolon = usize::from(bytes.get(name_end) == Some(&b';'));
    (character, name_end + semicolon)
}

fn numeric(bytes: &[u8]) -> Option<(char, usize)> {
    let hex = matches!(bytes.get(2), Some(b'x' | b'X'));
    let (first, radix) = if hex { (3, 16) } else { (2, 10) };
    let mut value: u32 = 0;
    let mut end = first;
    while let Some(digit) = bytes.get(end).and_then(|&b| char::from(b).to_digit(radix)) {
        value = value.checked_mul(radix)?.checked_add(digit)?;
        end += 1;
    }
    if end == first {
        return None;
    }
    let semicolon = usize::from(bytes.get(end) == Some(&b';'));
    // Browsers read &#128; to &#159; as Windows-1252, and so did those who wrote the filings.
    let character = match u8::try_from(value) {
        Ok(byte) => windows_1252(byte),
        Err(_) => char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER),
    };
    let character = if character.is_control() { ' ' } else { character };
    Some((character, end + semicolon))
}

fn named(name: &str) -> Option<char> {
    if name.len() < 2 {
        return None;
    }
    if let Some((_, character)) = SYMBOLS.iter().find(|(known, _)| *known == name) {
        return Some(*character);
    }
    let position = LATIN.iter().position(|known| *known == name)?;
    char::from_u32(160 + u32::try_from(position).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_of_every_form() {
        let cases = [
            ("&#8217;s", '’', 7),
            ("&#146;s", '’', 6),
            ("&#x2014;", '—', 8),
            ("&nbsp;", '\u{a0}', 6),
            ("&amp;c", '&', 5),
            ("&amp", '&', 4),
            ("&", '&', 1),
            ("& D", '&', 1),
            ("&#;", '&', 1),
            ("&#99999999999;", '&', 1),
            ("&Eacute;", 'É', 8),
            ("&unknown;", '&', 1),
            ("&#0;", ' ', 4),
        ];
        for (text, character, length) in cases {
            assert_eq!(read(text), (character, length), "{text}");
        }
    }
}
