//! Places before which a word may stand twice running.

/// A place before which a word may stand twice running.
#[derive(Debug, Clone, Copy)]
pub(in crate::check) struct Echo {
    /// The byte after it.
    pub(in crate::check) end: u32,
    /// How many of the characters before it were there shortly before.
    pub(in crate::check) run: u32,
    /// Whether the last character may stand there twice.
    pub(in crate::check) twice: bool,
}

impl Echo {
    /// What a Chinese character takes in bytes.
    pub(in crate::check) const WIDTH: u32 = 3;
    /// The shortest and the longest word, in characters.
    pub(in crate::check) const SHORTEST: u32 = 3;
    pub(in crate::check) const LONGEST: u32 = 12;
    const FARTHEST: u32 = Self::LONGEST * Self::WIDTH;
}

/// Finds stretches in which each character was there shortly before.
pub(super) struct Echoes {
    /// Where each character was seen last, by some of its bits, as the byte after it and more than the farthest; 0 where it
    /// was not. Others may share a place, so an echo only says where to look closer.
    seen: [u32; 256],
    /// How far back the last character was.
    back: u32,
    /// The byte after the last character that was not there shortly before.
    start: u32,
}

impl Echoes {
    pub(super) fn new() -> Self {
        Self { seen: [0; 256], back: u32::MAX, start: 0 }
    }

    /// Takes the next character and the byte after it, and returns whether there may be an echo.
    pub(super) fn hear(&mut self, c: u8, end: u32) -> bool {
        let place = end + Echo::FARTHEST + 1;
        self.back = place - std::mem::replace(&mut self.seen[usize::from(c)], place);
        // One of ten characters was there shortly before: a choice costs less than a wrong guess.
        self.start = if self.back > Echo::FARTHEST { end } else { self.start };
        self.back == Echo::WIDTH || end - self.start >= Echo::SHORTEST * Echo::WIDTH
    }

    /// Takes a character that is no part of a word, and the byte after it.
    pub(super) fn end_at(&mut self, end: u32) {
        self.start = end;
    }

    /// Returns what there may be before a byte.
    pub(super) fn echo(&self, end: u32) -> Echo {
        Echo { end, run: (end - self.start) / Echo::WIDTH, twice: self.back == Echo::WIDTH }
    }
}
