//! A result → the file that the user names for it.

use std::fs;
use std::path::Path;

use super::failure::Failure;
use crate::error::{Error, ErrorKind};

/// Writes a file; one that is there already is replaced.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    fs::write(path, bytes).map_err(|failed| {
        Failure::Read(Error { path: path.to_owned(), kind: ErrorKind::Unwritable(failed.to_string()) })
    })
}
