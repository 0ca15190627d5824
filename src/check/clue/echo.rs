//! Places before which something stands twice running: a word, or a character of a name that is known.

use super::beginnings::PLACES;

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

/// What listens to the Chinese characters of a text, which it is told by their places in a table.
pub(super) trait Ear {
    /// Takes a character and where it stands, and returns whether it may have stood shortly before.
    fn hear(&mut self, place: usize, at: usize) -> bool;
    /// Looks closer where characters stood shortly before, of any three running at least one.
    fn look(&mut self, text: &[u8], places: &[u32]);
}

/// Does not listen.
pub(super) struct Deaf;

impl Ear for Deaf {
    fn hear(&mut self, _: usize, _: usize) -> bool {
        false
    }

    fn look(&mut self, _: &[u8], _: &[u32]) {}
}

/// Where each character stood last, in the lowest bits of its place. Others may share an entry, and those of the document
/// before are still there, so it only says where to look closer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::check) struct Heard(Box<[u16; PLACES]>);

impl Default for Heard {
    #[expect(clippy::large_stack_arrays, reason = "it is made where it stays")]
    fn default() -> Self {
        Self(Box::new([0; PLACES]))
    }
}

/// Finds words that stand twice running. A word of three characters or more has one of every three in it, so that it is
/// enough to ask of those whether they stood shortly before.
pub(super) struct Echoes<'a> {
    heard: &'a mut [u16; PLACES],
    found: Vec<Echo>,
}

impl Ear for Echoes<'_> {
    fn hear(&mut self, place: usize, at: usize) -> bool {
        let before = std::mem::replace(&mut self.heard[place % PLACES], at as u16);
        (at as u16).wrapping_sub(before) <= (Echo::LONGEST * Echo::WIDTH) as u16
    }

    fn look(&mut self, text: &[u8], places: &[u32]) {
        for at in places {
            self.look_at(text, *at as usize);
        }
    }
}

impl<'a> Echoes<'a> {
    pub(super) fn new(Heard(heard): &'a mut Heard) -> Self {
        Self { heard, found: Vec::new() }
    }

    /// Adds what was found to what was found otherwise, and puts all in order.
    pub(super) fn add_to(self, echoes: &mut Vec<Echo>) {
        echoes.extend(self.found);
        echoes.sort_unstable();
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
