//! Where the words of the table stand in a text.

use super::beginnings::{Finder, scan};
use super::echo::Echo;
use super::{Clue, Clues};

/// Where words of the table stand in a text.
#[derive(Debug, Default)]
pub(in crate::check) struct Hits {
    /// Each with its first byte, in the order of the text.
    pub(in crate::check) order: Vec<(u32, Clue)>,
    /// For every so many bytes, how many begin before them.
    before: Vec<u32>,
    /// Which words there are.
    all: Clues,
    /// Where words may stand twice running.
    pub(in crate::check) echoes: Vec<Echo>,
}

/// How many bytes, as a power of two.
const STEP: u32 = 6;

impl Finder for Hits {
    const HEARS: bool = true;

    fn find(&mut self, clue: Clue, at: usize) {
        self.order.push((at as u32, clue));
    }

    #[cold]
    #[inline(never)]
    fn echo(&mut self, echo: Echo) {
        self.echoes.push(echo);
    }
}

impl Hits {
    /// Returns where the words stand in a text.
    pub(in crate::check) fn new(text: &str) -> Self {
        let mut hits = Self { order: Vec::with_capacity(text.len() / 8), ..Self::default() };
        scan(text, &mut hits);
        hits.before.reserve((text.len() >> STEP) + 1);
        for (number, (at, clue)) in (0_u32..).zip(&hits.order) {
            hits.all = hits.all.with(*clue);
            while (hits.before.len() as u32) << STEP <= *at {
                hits.before.push(number);
            }
        }
        hits
    }

    /// Returns how many words begin before a place.
    fn count(&self, place: u32) -> usize {
        let Some(before) = self.before.get((place >> STEP) as usize) else { return self.order.len() };
        let near = self.order.get(*before as usize..).unwrap_or_default();
        *before as usize + near.iter().take_while(|(at, _)| *at < place).count()
    }

    /// Returns the words that begin between two places, each with its first byte.
    fn begin_between(&self, start: u32, end: u32) -> &[(u32, Clue)] {
        self.order.get(self.count(start)..self.count(end)).unwrap_or_default()
    }

    /// Returns the words between two places, each with its first byte, in the order in which they begin.
    pub(in crate::check) fn between(
        &self,
        start: u32,
        end: u32,
    ) -> impl DoubleEndedIterator<Item = (u32, Clue)> {
        let inside = move |(at, clue): &(u32, Clue)| *at as usize + clue.word().len() <= end as usize;
        self.begin_between(start, end).iter().copied().filter(inside)
    }

    /// Returns the words of some between two places, each with its first byte, in the order in which they begin.
    pub(in crate::check) fn any_between(
        &self,
        clues: Clues,
        start: u32,
        end: u32,
    ) -> impl Iterator<Item = (u32, Clue)> {
        let inside = move |(at, clue): &(u32, Clue)| {
            clues.has(*clue) && *at as usize + clue.word().len() <= end as usize
        };
        self.begin_between(start, end).iter().copied().filter(inside)
    }

    /// Returns the words between two places.
    pub(in crate::check) fn clues(&self, start: u32, end: u32) -> Clues {
        self.between(start, end).fold(Clues::NONE, |clues, (_, clue)| clues.with(clue))
    }

    /// Returns whether a word of some is in the text.
    pub(in crate::check) fn has_any(&self, clues: Clues) -> bool {
        self.all.has_any(clues)
    }

    /// Returns where a word begins, in the order of the text.
    pub(in crate::check) fn of(&self, clue: Clue) -> impl Iterator<Item = u32> {
        let order = if self.all.has(clue) { self.order.as_slice() } else { &[] };
        order.iter().filter(move |(_, other)| *other == clue).map(|(at, _)| *at)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{clue, clues};
    use super::*;

    #[test]
    fn words_inside_words_are_found() {
        let text = "一般公共预算财政拨款收入,支出";
        let hits = Hits::new(text);
        let at = |word: &str| text.find(word).map(|at| at as u32);
        assert_eq!(hits.of(clue!("财政拨款")).next(), at("财政拨款"));
        let count = |end: usize| hits.any_between(clues!["支出"], 0, end as u32).count();
        assert_eq!((count(text.len()), count(text.len() - 1)), (1, 0));
        let inside: Vec<&str> = hits.between(18, text.len() as u32).map(|(_, clue)| clue.word()).collect();
        assert_eq!(inside, ["财政拨款", "拨款", "收入", "支出"]);
        assert!(Clues::of(text).has(clue!("一般公共预算")) && !Clues::of(text).has(clue!("人员经费")));
    }

    #[test]
    fn a_text_is_searched_like_word_by_word() {
        let text = "××XX☑一般公共预算,,财政拨款。。主要原因是。度".repeat(7) + "与上年比增加%元";
        let hits = Hits::new(&text);
        for word in super::super::WORDS {
            let index = super::super::WORDS.iter().position(|other| other == word).map(|index| index as u8);
            let clue = Clue(index.unwrap_or_default());
            let places: Vec<u32> = (0..text.len())
                .filter(|at| text.get(*at..).is_some_and(|rest| rest.starts_with(word)))
                .map(|at| at as u32)
                .collect();
            assert_eq!(hits.of(clue).collect::<Vec<u32>>(), places, "{word}");
        }
        assert_eq!(hits.clues(0, text.len() as u32), Clues::of(&text));
    }
}
