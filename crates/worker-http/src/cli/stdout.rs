//! What was asked for goes to stdout; a reader that has seen enough is no failure.

use std::{
    io::{self, Write as _},
    sync::OnceLock,
};

static READER_LEFT: OnceLock<()> = OnceLock::new();

/// Writes one line.
pub(crate) fn line(text: &str) -> io::Result<()> {
    if READER_LEFT.get().is_some() {
        return Ok(());
    }
    let mut stdout = io::stdout().lock();
    let written = stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.write_all(b"\n"))
        .and_then(|()| stdout.flush());
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
            READER_LEFT.get_or_init(|| ());
            Ok(())
        }
        other => other,
    }
}
