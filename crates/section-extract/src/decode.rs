//! Bytes to text: UTF-8, UTF-16 with a mark, else Windows-1252.

use std::borrow::Cow;

/// The text of a document. Filings before 2005 are mostly Windows-1252; nothing is refused.
pub(crate) fn text(bytes: &[u8]) -> Cow<'_, str> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8_or_windows(rest),
        [0xFF, 0xFE, rest @ ..] => Cow::Owned(utf16(rest, u16::from_le_bytes)),
        [0xFE, 0xFF, rest @ ..] => Cow::Owned(utf16(rest, u16::from_be_bytes)),
        _ => utf8_or_windows(bytes),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let mut text = String::with_capacity(bytes.len() / 2);
    text.extend(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)));
    text
}

fn utf8_or_windows(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(mixed(bytes)),
    }
}

/// Valid UTF-8 stays, every other byte is read as Windows-1252: some filings mix both.
fn mixed(bytes: &[u8]) -> String {
    // Counted first: a text that grows as it is written takes twice its size for a moment.
    let length = |chunk: std::str::Utf8Chunk<'_>| {
        let wide = chunk.invalid().iter().map(|&byte| windows_1252(byte).len_utf8());
        chunk.valid().len() + wide.sum::<usize>()
    };
    let mut text = String::with_capacity(bytes.utf8_chunks().map(length).sum());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|&byte| windows_1252(byte)));
    }
    text
}

/// The character of a Windows-1252 byte; the five bytes it leaves open become a blank.
pub(crate) fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', ' ', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', ' ', 'Ž', ' ', ' ', '‘', '’', '“',
        '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', ' ', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_gives_the_same_words() {
        let utf16: Vec<u8> = "\u{feff}It’s".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [&b"\xEF\xBB\xBFIt\xE2\x80\x99s"[..], "It’s".as_bytes(), b"It\x92s", &utf16] {
            assert_eq!(text(bytes), "It’s");
        }
    }

    #[test]
    fn one_stray_byte_does_not_spoil_the_rest() {
        assert_eq!(text(b"caf\xC3\xA9 \x97 caf\xE9"), "café — café");
    }
}
