//! Places before which something stands twice running: a word, or a character of a name that is known.

use super::automaton::{Ear, PLACE_BITS, PLACES};

/// A place before which something stands twice running.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::check) struct Echo {
    /// The byte after it.
    pub(in crate::check) end: u32,
    /// Whether it is a word, or only a character of [`Echo::NAMES`].
    pub(in crate::check) word: bool,
}

impl Echo {
    /// What a Chinese character takes in bytes.
    pub(in crate::check) const WIDTH: u32 = 3;
    /// The shortest and the longest word, in characters.
    pub(in crate::check) const SHORTEST: u32 = 3;
    pub(in crate::check) const LONGEST: u32 = 12;

    /// Names of which a character may stand there twice: 政府性性基金.
    pub(in crate::check) const NAMES: &str = "政府性基金 一般公共预算 国有资本经营 行政事业单位 财政拨款 社会保障 基本支出 项目支出 公务接待费 机关运行经费 预算支出 卫生健康";
}

/// Does not listen.
pub(super) struct Deaf;

impl Ear for Deaf {
    fn hear(&mut self, _: &[u8], _: usize, _: usize) {}

    fn pause(&mut self, _: usize) {}
}

/// Where three characters running stood last, in the lowest bits of the last one's place. Others may share an entry, and those
/// of the document before are still there, so it only says where to look closer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::check) struct Heard(Box<[u16; Self::ENTRIES]>);

impl Default for Heard {
    fn default() -> Self {
        Self(Box::new([0; Self::ENTRIES]))
    }
}

impl Heard {
    const BITS: u32 = 11;
    const ENTRIES: usize = 1 << Self::BITS;

    /// Returns where three characters stood last, and that they stand at a place now.
    fn replace(&mut self, three: u64, at: usize) -> u16 {
        // Fibonacci hashing: the fraction of the golden ratio spreads what is alike.
        let entry = (three << (64 - 3 * PLACE_BITS)).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - Self::BITS);
        std::mem::replace(&mut self.0[entry as usize % Self::ENTRIES], at as u16)
    }
}

/// Finds words that stand twice running: three characters of them stand a word's length after the same three.
pub(super) struct Echoes<'a> {
    heard: &'a mut Heard,
    /// The places in the table of the last characters, the last one in the lowest bits.
    last: u64,
    found: Vec<Echo>,
}

impl Ear for Echoes<'_> {
    fn hear(&mut self, text: &[u8], place: usize, at: usize) {
        let same = self.last as usize % PLACES == place;
        self.last = self.last << PLACE_BITS | place as u64;
        let before = self.heard.replace(self.last, at);
        if (at as u16).wrapping_sub(before) <= (Echo::LONGEST * Echo::WIDTH) as u16 {
            self.look_at(text, at);
        }
        if same {
            self.look_at_character(text, at);
        }
    }

    fn pause(&mut self, at: usize) {
        // What stands here is the same as nothing that stood before.
        self.last = at as u64;
    }
}

impl<'a> Echoes<'a> {
    pub(super) fn new(heard: &'a mut Heard) -> Self {
        Self { heard, last: 0, found: Vec::new() }
    }

    /// Returns what was found, in order.
    pub(super) fn into_found(mut self) -> Vec<Echo> {
        self.found.sort_unstable();
        self.found
    }

    /// Looks whether a character is the same as the one before it, and one of a name.
    #[cold]
    fn look_at_character(&mut self, text: &[u8], at: usize) {
        let two = at.checked_sub(WIDTH).and_then(|start| text.get(start..at + WIDTH));
        let Some((one, other)) = two.and_then(|two| two.split_at_checked(WIDTH)) else { return };
        if one == other && memchr::memmem::find(Echo::NAMES.as_bytes(), one).is_some() {
            self.found.push(Echo { end: (at + WIDTH) as u32, word: false });
        }
    }

    /// Looks for words with a character in them that stand there twice.
    #[inline(never)]
    fn look_at(&mut self, text: &[u8], at: usize) {
        let (Some(before), Some(after)) = (text.get(..at), text.get(at..)) else { return };
        let Some(own) = after.first_chunk::<WIDTH>() else { return };
        let (_, before) = before.as_rchunks::<WIDTH>();
        let counts = 1..=Echo::LONGEST as usize;
        for (count, other) in counts.zip(before.iter().rev()).skip(Echo::SHORTEST as usize - 1) {
            // Most characters are told apart by their last byte.
            if other[WIDTH - 1] == own[WIDTH - 1] && other == own {
                self.look_closer(text, at, count);
            }
        }
    }

    /// The same for words of so many characters.
    #[inline(never)]
    fn look_closer(&mut self, text: &[u8], at: usize, count: usize) {
        let char = |at: usize| text.get(at..)?.first_chunk::<WIDTH>();
        let alike = |at: &usize| {
            let before = at.checked_sub(count * WIDTH).and_then(char);
            before.is_some() && before == char(*at)
        };
        // One beside it at least must be the same too.
        if !alike(&(at + WIDTH)) && !at.checked_sub(WIDTH).is_some_and(|at| alike(&at)) {
            return;
        }
        let places = |next: fn(usize, usize) -> Option<usize>| {
            let places = std::iter::successors(next(at, WIDTH), move |at| next(*at, WIDTH));
            places.take(count - 1).take_while(alike).count()
        };
        let (left, right) = (places(usize::checked_sub), places(usize::checked_add));
        // Every stretch of so many characters with this one among them.
        for end in (at + (count - left) * WIDTH..=at + (right + 1) * WIDTH).step_by(WIDTH) {
            let echo = Echo { end: end as u32, word: true };
            let mut near = self.found.iter().rev().take(2 * Echo::LONGEST as usize);
            if near.all(|known| *known != echo) {
                self.found.push(echo);
            }
        }
    }
}

/// What a Chinese character takes in bytes.
const WIDTH: usize = Echo::WIDTH as usize;

#[cfg(test)]
mod tests {
    use super::super::Hits;
    use super::*;

    /// Returns the same by a search at every place.
    fn slowly(text: &str) -> Vec<Echo> {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let twice = |end: usize, count: usize| {
            let word = |end: usize| chars.get(end.checked_sub(count)?..end);
            let (Some(word), Some(again)) = (word(end - count), word(end)) else { return false };
            word.iter().zip(again).all(|((_, a), (_, b))| a == b && ('\u{4E00}'..='\u{9FFF}').contains(a))
        };
        let ends = (0..=chars.len()).filter(|end| (3..=12.min(*end)).any(|count| twice(*end, count)));
        let place = |end: usize| chars.get(end).map_or(text.len(), |(at, _)| *at) as u32;
        ends.map(|end| Echo { end: place(end), word: true }).collect()
    }

    #[test]
    fn words_that_stand_twice_are_found_wherever_they_begin() {
        let words = ["主要原因", "收入和", "厉行节约反对浪费的有关规定", "的的的", "政府性基金"];
        for word in words {
            for before in ["", "1", "如", "如下", "如下:", "2024年度公", "的"] {
                let text = format!("{before}{word}{word}是,{word}和{word}{word}{word}");
                let found = Hits::new(&mut Heard::default(), &text).echoes;
                let found: Vec<Echo> = found.into_iter().filter(|echo| echo.word).collect();
                assert_eq!(found, slowly(&text), "{text}");
            }
        }
    }

    #[test]
    fn one_character_over_and_over_is_no_burden() {
        let text = "的".repeat(50_000);
        assert_eq!(Hits::new(&mut Heard::default(), &text).echoes, slowly(&text));
    }

    #[test]
    fn a_character_of_a_name_is_heard_twice() {
        let found = |text: &str| {
            Hits::new(&mut Heard::default(), text)
                .echoes
                .iter()
                .map(|echo| (echo.end, echo.word))
                .collect::<Vec<_>>()
        };
        assert_eq!(found("政府性性基金的的"), [(12, false)]);
    }
}
