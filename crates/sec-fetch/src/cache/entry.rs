//! The form of a file in the cache: a note on the answer, then the answer as Zstandard with a checksum.
//!
//! The note is a skippable frame, so that every program that unpacks Zstandard, and a [`Recording`](crate::Recording),
//! reads the answer alone. Being in the same file, it never belongs to another answer.

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};

use super::spool::Spool;

/// Fast to write, and the marked-up text of filings still shrinks to a tenth.
const COMPRESSION_LEVEL: i32 = 3;

/// The first of the sixteen numbers that begin a skippable frame, RFC 8878 section 3.1.2.
const SKIPPABLE: u32 = 0x184D_2A50;

/// Notes have some hundred bytes.
const LONGEST_NOTE: u32 = 16 * 1024;

/// What is known of an answer beside its content.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Note {
    /// Bytes of the content, so that one that lost its end is known for it.
    pub(crate) length: Option<u64>,
    /// What to ask with whether the answer has changed.
    #[serde(default)]
    pub(crate) validators: Validators,
}

/// The `ETag` and `Last-Modified` of an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Validators {
    pub(crate) etag: Option<String>,
    pub(crate) last_modified: Option<String>,
}

impl Validators {
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Takes the content piece by piece and packs it, so that a document is in memory once, not twice.
pub(crate) struct Packer {
    encoder: zstd::Encoder<'static, Spool>,
    length: u64,
    limit: u64,
    beyond_limit: bool,
}

/// Content that came whole.
pub(crate) struct Packed {
    spool: Spool,
    length: u64,
}

impl Packer {
    /// Takes no more than `limit` bytes.
    pub(crate) fn new(limit: u64) -> io::Result<Self> {
        let mut encoder = zstd::Encoder::new(Spool::new(), COMPRESSION_LEVEL)?;
        encoder.include_checksum(true)?;
        Ok(Self { encoder, length: 0, limit, beyond_limit: false })
    }

    /// Whether there was more content than the limit.
    pub(crate) fn is_beyond_limit(&self) -> bool {
        self.beyond_limit
    }

    pub(crate) fn finish(self) -> io::Result<Packed> {
        Ok(Packed { spool: self.encoder.finish()?, length: self.length })
    }
}

impl Write for Packer {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        if self.length + piece.len() as u64 > self.limit {
            self.beyond_limit = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.encoder.write_all(piece)?;
        self.length += piece.len() as u64;
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Packed {
    pub(crate) fn is_empty(&self) -> bool {
        self.length == 0
    }

    pub(crate) fn unpack(&self) -> io::Result<Vec<u8>> {
        self.spool.read(|packed| unpack(packed, Some(self.length), self.length))
    }

    /// Writes the file, its note and its content; gives its length.
    pub(crate) fn write_to(&self, file: &mut impl Write, validators: &Validators) -> io::Result<u64> {
        let note = Note { length: Some(self.length), validators: validators.clone() };
        let note = serde_json::to_vec(&note)?;
        let length = u32::try_from(note.len()).map_err(|_| io::ErrorKind::InvalidInput)?;
        file.write_all(&SKIPPABLE.to_le_bytes())?;
        file.write_all(&length.to_le_bytes())?;
        file.write_all(&note)?;
        let packed = self.spool.read(|packed| io::copy(packed, file))?;
        Ok(8 + u64::from(length) + packed)
    }
}

/// Reads a file; content beyond `limit`, without its end or otherwise damaged is an error. A file that some other
/// program packed has no note.
pub(crate) fn read(mut file: impl Read, limit: u64) -> io::Result<(Note, Vec<u8>)> {
    let mut head = [0; 8];
    file.read_exact(&mut head)?;
    let [magic, length] = [&head[..4], &head[4..]]
        .map(|number| u32::from_le_bytes(number.try_into().expect("four bytes are four bytes")));
    if magic != SKIPPABLE {
        let content = unpack(head.chain(file), None, limit)?;
        return Ok((Note::default(), content));
    }
    if length > LONGEST_NOTE {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut note = vec![0; length as usize];
    file.read_exact(&mut note)?;
    let note: Note = serde_json::from_slice(&note)?;
    let content = unpack(file, note.length, limit)?;
    Ok((note, content))
}

fn unpack(packed: impl Read, length: Option<u64>, limit: u64) -> io::Result<Vec<u8>> {
    // Room for all of it at once: growing step by step would need twice the memory for a moment.
    let room = length.unwrap_or_default().min(limit).saturating_add(1);
    let mut content = Vec::with_capacity(usize::try_from(room).map_err(|_| io::ErrorKind::OutOfMemory)?);
    zstd::Decoder::new(packed)?.take(limit.saturating_add(1)).read_to_end(&mut content)?;
    let found = content.len() as u64;
    if found > limit || length.is_some_and(|length| length != found) {
        return Err(io::ErrorKind::InvalidData.into());
    }
    Ok(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(content: &[u8]) -> Vec<u8> {
        let mut packer = Packer::new(1000).unwrap();
        content.chunks(7).for_each(|piece| packer.write_all(piece).unwrap());
        let validators = Validators { etag: Some("\"1\"".to_owned()), last_modified: None };
        let mut file = Vec::new();
        let length = packer.finish().unwrap().write_to(&mut file, &validators).unwrap();
        assert_eq!(length, file.len() as u64);
        file
    }

    #[test]
    fn what_was_packed_comes_back_with_its_note() {
        let content = "Item 1A. Risk Factors. ".repeat(20);
        let (note, read_back) = read(file(content.as_bytes()).as_slice(), 1000).unwrap();
        assert_eq!(read_back, content.as_bytes());
        assert_eq!(note.length, Some(content.len() as u64));
        assert_eq!(note.validators.etag.as_deref(), Some("\"1\""));
    }

    #[test]
    fn others_read_the_content_without_the_note() {
        assert_eq!(zstd::decode_all(file(b"<p>10-K</p>").as_slice()).unwrap(), b"<p>10-K</p>");
        let packed_elsewhere = zstd::encode_all(&b"<p>10-K</p>"[..], 3).unwrap();
        let (note, content) = read(packed_elsewhere.as_slice(), 1000).unwrap();
        assert_eq!((note, content.as_slice()), (Note::default(), &b"<p>10-K</p>"[..]));
    }

    #[test]
    fn every_damage_is_found() {
        let whole = file("Item 7. ".repeat(50).as_bytes());
        for length in 0..whole.len() {
            assert!(read(&whole[..length], 1000).is_err(), "cut to {length} of {} bytes", whole.len());
        }
        let content_begins = whole.len() - 20;
        for place in content_begins..whole.len() {
            let mut damaged = whole.clone();
            damaged[place] ^= 0x10;
            assert!(read(damaged.as_slice(), 1000).is_err(), "byte {place}");
        }
    }

    #[test]
    fn more_than_the_limit_is_refused_in_both_directions() {
        let mut packer = Packer::new(10).unwrap();
        packer.write_all(b"0123456789").unwrap();
        assert!(packer.write_all(b"x").is_err() && packer.is_beyond_limit());
        assert!(read(file(&[b'a'; 500]).as_slice(), 499).is_err());
        assert!(read(file(&[b'a'; 500]).as_slice(), 500).is_ok());
    }
}
