//! Server-sent events out of a body that comes in pieces.
//!
//! A reader of our own: the wire format is a page long, and the crates for it keep whatever comes without a limit.

/// The longest event. The API's own have some kilobytes.
const LONGEST_EVENT: usize = 4 << 20;

/// Puts lines together out of pieces and events out of lines.
#[derive(Debug, Default)]
pub(super) struct SseReader {
    /// A line that has not ended.
    line: Vec<u8>,
    /// The data of an event that has not ended; nothing until its first line.
    data: Option<String>,
    /// The last byte was a carriage return, so a line feed that follows belongs to it.
    after_return: bool,
    /// The first line may begin with a byte order mark.
    begun: bool,
}

/// What is no stream of events.
#[derive(Debug, thiserror::Error)]
pub(super) enum SseError {
    #[error("an event of the stream is longer than {LONGEST_EVENT} bytes")]
    TooLong,
    #[error("the stream is not UTF-8")]
    NotUtf8(#[from] std::str::Utf8Error),
}

impl SseReader {
    /// The data of the events that end in this piece. Their names are not read: the data names its type, too.
    pub(super) fn push(&mut self, piece: &[u8]) -> Result<Vec<String>, SseError> {
        let mut events = Vec::new();
        for &byte in piece {
            let follows_return = std::mem::replace(&mut self.after_return, byte == b'\r');
            match byte {
                b'\n' if follows_return => {}
                b'\n' | b'\r' => events.extend(self.end_line()?),
                _ => self.line.push(byte),
            }
            if self.line.len() + self.data.as_ref().map_or(0, String::len) > LONGEST_EVENT {
                return Err(SseError::TooLong);
            }
        }
        Ok(events)
    }

    /// An event, when the line that ends here is the empty one behind it.
    fn end_line(&mut self) -> Result<Option<String>, SseError> {
        let line = std::mem::take(&mut self.line);
        let mut line = std::str::from_utf8(&line)?;
        if !std::mem::replace(&mut self.begun, true) {
            line = line.strip_prefix('\u{feff}').unwrap_or(line);
        }
        if line.is_empty() {
            return Ok(self.data.take());
        }
        // A line that begins with a colon is a comment: its field has no name.
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        if field == "data" {
            let value = value.strip_prefix(' ').unwrap_or(value);
            match &mut self.data {
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
                none => *none = Some(value.to_owned()),
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pieces: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Vec<String> {
        let mut reader = SseReader::default();
        pieces.into_iter().flat_map(|piece| reader.push(piece.as_ref()).expect("events")).collect()
    }

    const STREAM: &str = "\u{feff}: hello\n\nevent: a\ndata: {\"text\":\r\ndata:  \"naïve\"}\r\n\r\nid: 7\rdata:x\r\rretry: 3\ndata\n\ndata: cut";

    #[test]
    fn events_end_at_empty_lines_of_every_kind() {
        assert_eq!(read([STREAM]), ["{\"text\":\n \"naïve\"}", "x", ""]);
    }

    #[test]
    fn it_does_not_matter_where_the_pieces_are_cut() {
        let whole = read([STREAM]);
        assert_eq!(read(STREAM.as_bytes().chunks(1)), whole);
        for cut in 0..STREAM.len() {
            let (head, tail) = STREAM.as_bytes().split_at(cut);
            assert_eq!(read([head, tail]), whole, "cut at {cut}");
        }
    }

    #[test]
    fn an_event_without_end_is_not_kept() {
        let mut reader = SseReader::default();
        let piece = vec![b'x'; LONGEST_EVENT / 2];
        assert!(reader.push(b"data: ").is_ok());
        assert!(reader.push(&piece).is_ok());
        assert!(matches!(reader.push(&piece), Err(SseError::TooLong)));
        assert!(matches!(SseReader::default().push(b"data: \xff\n"), Err(SseError::NotUtf8(_))));
    }
}
