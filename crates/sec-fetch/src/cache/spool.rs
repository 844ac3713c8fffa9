use std::{
    fs::File,
    io::{self, Read, Seek, Write},
    sync::{Mutex, PoisonError},
};

/// What is kept in memory; a main document of usual size packs into this.
const MOST_IN_MEMORY: usize = 1024 * 1024;

/// Bytes on their way to the cache: in memory while they are few, else in a file without a name, which the system
/// removes with the process, however that ends.
pub(crate) enum Spool {
    Memory(Vec<u8>),
    /// There is no room for temporary files.
    MemoryOnly(Vec<u8>),
    File(Mutex<File>),
}

impl Spool {
    pub(crate) fn new() -> Self {
        Self::Memory(Vec::new())
    }

    /// Reads from the beginning.
    pub(crate) fn read<T>(&self, read: impl FnOnce(&mut dyn Read) -> io::Result<T>) -> io::Result<T> {
        match self {
            Self::Memory(bytes) | Self::MemoryOnly(bytes) => read(&mut bytes.as_slice()),
            Self::File(file) => {
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                file.rewind()?;
                read(&mut io::BufReader::new(&*file))
            }
        }
    }
}

impl Write for Spool {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        if let Self::Memory(bytes) = self
            && bytes.len() + piece.len() > MOST_IN_MEMORY
        {
            let bytes = std::mem::take(bytes);
            *self = match in_file(&bytes) {
                Ok(file) => Self::File(Mutex::new(file)),
                Err(_) => Self::MemoryOnly(bytes),
            };
        }
        match self {
            Self::Memory(bytes) | Self::MemoryOnly(bytes) => bytes.write(piece),
            Self::File(file) => file.get_mut().unwrap_or_else(PoisonError::into_inner).write(piece),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn in_file(bytes: &[u8]) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    file.write_all(bytes)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_and_many_bytes_are_read_as_often_as_wanted() {
        for length in [10, MOST_IN_MEMORY, MOST_IN_MEMORY + 1, 3 * MOST_IN_MEMORY] {
            let bytes: Vec<u8> = (0..=255).cycle().take(length).collect();
            let mut spool = Spool::new();
            bytes.chunks(100_000).for_each(|piece| spool.write_all(piece).unwrap());
            assert_eq!(matches!(spool, Spool::File(_)), length > MOST_IN_MEMORY);
            for _ in 0..2 {
                let mut read_back = Vec::new();
                spool.read(|from| from.read_to_end(&mut read_back)).unwrap();
                assert_eq!(read_back, bytes);
            }
        }
    }
}
