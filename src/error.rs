//! What can fail: reading. Everything from bytes in memory onwards is total.

use std::fmt;
use std::path::PathBuf;

use crate::lang::{Lang, Word};
use crate::source::{LARGEST_FILE, LARGEST_UNPACKED, Unreadable};

/// A file or folder that could not be read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// The file or folder as it was named to the user.
    pub path: PathBuf,
    /// Why.
    pub kind: ErrorKind,
}

/// Why a file or folder could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ErrorKind {
    /// The operating system says no; its own words.
    Io(String),
    /// A file for a result cannot be written; the operating system's own words.
    Unwritable(String),
    /// There is nothing at the path.
    NotFound,
    /// The folder holds no file of a format that is read.
    NothingReadable,
    /// The content is not what can be read.
    Unreadable(Unreadable),
    /// It was read, but neither a department, nor a year, nor a figure was found in it.
    NoDisclosure,
    /// The reader stopped in the middle: a fault of this program. What it said.
    ReaderStopped(String),
}

impl ErrorKind {
    /// Returns what was found, what was expected and what to do, in one line.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Io(reason) => format!("{}{}", Word::ErrorIo.text(lang), reason),
            Self::Unwritable(reason) => format!("{}{}", Word::ErrorUnwritable.text(lang), reason),
            Self::NotFound => Word::ErrorNotFound.text(lang).to_owned(),
            Self::NothingReadable => Word::ErrorNothingReadable.text(lang).to_owned(),
            Self::Unreadable(Unreadable::NotText) => Word::ErrorNotText.text(lang).to_owned(),
            Self::Unreadable(Unreadable::Scan) => Word::ErrorScan.text(lang).to_owned(),
            Self::Unreadable(Unreadable::Encrypted) => Word::ErrorEncrypted.text(lang).to_owned(),
            Self::Unreadable(Unreadable::Damaged) => Word::ErrorDamaged.text(lang).to_owned(),
            Self::Unreadable(Unreadable::TooSlow) => Word::ErrorTooSlow.text(lang).to_owned(),
            Self::Unreadable(Unreadable::Empty) => Word::ErrorEmptyFile.text(lang).to_owned(),
            Self::Unreadable(Unreadable::TooLarge) => {
                format!("{}{} MiB", Word::ErrorTooLarge.text(lang), LARGEST_FILE >> 20)
            }
            Self::Unreadable(Unreadable::Unpacks) => {
                format!("{}{} MiB", Word::ErrorUnpacks.text(lang), LARGEST_UNPACKED >> 20)
            }
            Self::Unreadable(Unreadable::TooDeep) => Word::ErrorTooDeep.text(lang).to_owned(),
            Self::Unreadable(Unreadable::TooManyCells) => Word::ErrorTooManyCells.text(lang).to_owned(),
            Self::Unreadable(Unreadable::NoReader(format)) => {
                format!("{}{}", Word::ErrorNoReader.text(lang), format.to_uppercase())
            }
            Self::NoDisclosure => Word::ErrorNoDisclosure.text(lang).to_owned(),
            Self::ReaderStopped(reason) => format!("{}{}", Word::ErrorReaderStopped.text(lang), reason),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.kind.message(Lang::English))
    }
}

impl std::error::Error for Error {}
