//! How far the reading is, on standard error.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use crate::lang::{Lang, Word};

/// How often the line is written, and how long reading may take before it is: a folder that is read at once shows none.
const PERIOD: Duration = Duration::from_millis(200);

/// One line that is written over until it is cleared. It is only there where standard error is a terminal.
pub(super) struct Progress {
    lang: Lang,
    /// When it was written last; nothing where it is not to be.
    last: Option<Instant>,
    written: bool,
}

impl Progress {
    pub(super) fn new(lang: Lang) -> Self {
        Self { lang, last: io::stderr().is_terminal().then(Instant::now), written: false }
    }

    /// Shows how many files are read of those found.
    pub(super) fn show(&mut self, done: usize, found: usize) {
        if self.last.is_some_and(|last| last.elapsed() >= PERIOD) {
            write_over(&format!("{} {done}/{found}", Word::Reading.text(self.lang)));
            self.last = Some(Instant::now());
            self.written = true;
        }
    }

    /// Takes the line away.
    pub(super) fn clear(&mut self) {
        if self.written {
            write_over("");
        }
    }
}

/// Writes over the line: to its beginning, the text, and the rest of it erased.
fn write_over(text: &str) {
    let mut err = io::stderr();
    // Progress that cannot be shown is no reason to stop.
    let _ = write!(err, "\r{text}\x1b[K").and_then(|()| err.flush());
}
