//! A compound file, the form of Word and Excel before 2007 → its streams.

use std::io::{Cursor, Read as _};

use cfb::CompoundFile;

use super::Unreadable;

/// A file of streams.
pub(super) struct Compound<'a> {
    file: CompoundFile<Cursor<&'a [u8]>>,
}

impl<'a> Compound<'a> {
    /// Opens a compound file.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        let file = CompoundFile::open(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
        Ok(Self { file })
    }

    /// Returns whether there is such a stream.
    pub(super) fn has(&self, name: &str) -> bool {
        self.file.is_stream(name)
    }

    /// Returns the content of a stream; nothing where there is none. What is cut off is not there.
    pub(super) fn stream(&mut self, name: &str) -> Result<Vec<u8>, Unreadable> {
        if !self.has(name) {
            return Ok(Vec::new());
        }
        let stream = self.file.open_stream(name).map_err(|_| Unreadable::Damaged)?;
        let mut content = Vec::new();
        // A file that was cut off still has the streams at its beginning.
        let _ = stream.take(super::LARGEST_FILE).read_to_end(&mut content);
        Ok(content)
    }
}
