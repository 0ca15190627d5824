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
    run: u32,
}

impl Echoes {
    pub(super) fn new() -> Self {
        Self { seen: [0; 256], run: 0 }
    }

    /// Takes the next character, which is of three bytes where it has bits, and the byte after it.
    pub(super) fn hear(&mut self, c: Option<u8>, end: usize) -> Option<Echo> {
        let Some(c) = c else {
            self.run = 0;
            return None;
        };
        let place = end as u32 + Echo::FARTHEST + 1;
        let back = place - std::mem::replace(&mut self.seen[usize::from(c)], place);
        // One of ten characters was there shortly before: a product costs less than a wrong guess.
        self.run = (self.run + 1) * u32::from(back <= Echo::FARTHEST);
        let twice = back == Echo::WIDTH;
        let end = end as u32;
        (twice || self.run >= Echo::SHORTEST).then_some(Echo { end, run: self.run, twice })
    }
}
