//! Where the words of the table stand in a text.

use std::cell::OnceCell;

use super::beginnings::{Finder, IN_TEXTS, scan};
use super::echo::{Echo, words_twice};
use super::{Clue, Clues, ONLY_IN_NAMES, WORDS};

/// Where words of the table stand in a text.
#[derive(Debug, Default)]
pub(in crate::check) struct Hits {
    /// Each with its first byte, in the order of the text.
    pub(in crate::check) order: Vec<(u32, Clue)>,
    /// For every so many bytes, how many begin before them.
    before: Vec<u32>,
    /// Which words there are.
    all: Clues,
    /// Where something stands twice running.
    pub(in crate::check) echoes: Vec<Echo>,
    /// Where each word stands, for those who ask for one; see [`Hits::of`].
    places: OnceCell<Places>,
}

/// Where each word stands, in the order of the text.
#[derive(Debug, Default)]
struct Places {
    /// For each word, where its places end. They begin where those of the word before it end.
    ends: Vec<u32>,
    places: Vec<u32>,
}

impl Places {
    fn new(order: &[(u32, Clue)]) -> Self {
        let (mut ends, mut places) = (vec![0; WORDS.len()], vec![0; order.len()]);
        for (_, Clue(word)) in order {
            if let Some(count) = ends.get_mut(usize::from(*word)) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for end in &mut ends {
            sum += std::mem::replace(end, sum);
        }
        for (at, Clue(word)) in order {
            let Some(next) = ends.get_mut(usize::from(*word)) else { continue };
            if let Some(place) = places.get_mut(*next as usize) {
                *place = *at;
            }
            *next += 1;
        }
        Self { ends, places }
    }

    fn of(&self, Clue(word): Clue) -> &[u32] {
        let word = usize::from(word);
        let start =
            word.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end as usize);
        let end = self.ends.get(word).map_or(0, |end| *end as usize);
        self.places.get(start..end).unwrap_or_default()
    }
}

/// How many bytes, as a power of two.
const STEP: u32 = 6;

impl Finder for Hits {
    fn find(&mut self, clue: Clue, at: u32) {
        if clue == Clue::TWICE {
            self.echoes.push(Echo { end: at + 2 * Echo::WIDTH, word: false });
            return;
        }
        while (self.before.len() as u32) << STEP <= at {
            self.before.push(self.order.len() as u32);
        }
        self.all = self.all.with(clue);
        self.order.push((at, clue));
    }
}

impl Hits {
    /// Returns where the words stand in a text.
    pub(in crate::check) fn new(text: &str) -> Self {
        let (order, before) =
            (Vec::with_capacity(text.len() / 32), Vec::with_capacity((text.len() >> STEP) + 1));
        let mut hits = Self { order, before, ..Self::default() };
        scan(&IN_TEXTS, text, &mut hits);
        hits.echoes.extend(words_twice(text));
        hits.echoes.sort_unstable();
        hits.echoes.dedup();
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
        debug_assert!(clues.iter().all(is_in_texts));
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
        debug_assert!(clues.iter().all(is_in_texts));
        self.all.has_any(clues)
    }

    /// Returns where a word begins, in the order of the text.
    pub(in crate::check) fn of(&self, clue: Clue) -> &[u32] {
        debug_assert!(is_in_texts(clue));
        if self.all.has(clue) { self.places.get_or_init(|| Places::new(&self.order)).of(clue) } else { &[] }
    }

    /// Returns where some words begin, in the order of the text. It is for words of which there are few.
    pub(in crate::check) fn all_of(&self, clues: Clues) -> Vec<(u32, Clue)> {
        let there = clues.and(self.all).iter();
        let mut found: Vec<(u32, Clue)> =
            there.flat_map(|clue| self.of(clue).iter().map(move |at| (*at, clue))).collect();
        found.sort_by_key(|(at, _)| *at);
        found
    }

    /// Returns whether a phrase stands between two places of the text that these are the words of: where the word in it
    /// stands that is the rarest in the text, or wherever it may be if there is none in it.
    pub(in crate::check) fn has_phrase(&self, text: &str, phrase: &str, start: u32, end: u32) -> bool {
        let mut own = Within::default();
        scan(&IN_TEXTS, phrase, &mut own);
        let rarest =
            own.0.iter().map(|(at, clue)| (*at, self.of(*clue))).min_by_key(|(_, places)| places.len());
        let Some((before, places)) = rarest else {
            let text = text.as_bytes().get(start as usize..end as usize).unwrap_or_default();
            return memchr::memmem::find(text, phrase.as_bytes()).is_some();
        };
        let first = places.partition_point(|place| *place < start + before);
        let places = places.iter().skip(first).map(|place| (place - before) as usize);
        let mut places = places.take_while(|place| place + phrase.len() <= end as usize);
        places
            .any(|place| text.as_bytes().get(place..).is_some_and(|text| text.starts_with(phrase.as_bytes())))
    }
}

/// Whether a word is looked for in texts at all: to ask for another is a mistake.
fn is_in_texts(clue: Clue) -> bool {
    !ONLY_IN_NAMES.contains(&clue.word())
}

/// The words of a phrase, each with its first byte.
#[derive(Default)]
struct Within(Vec<(u32, Clue)>);

impl Finder for Within {
    fn find(&mut self, clue: Clue, at: u32) {
        if clue != Clue::TWICE {
            self.0.push((at, clue));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{AFTER_DIGIT, clue, clues};
    use super::*;

    #[test]
    fn words_that_say_what_a_number_is_count_behind_one() {
        let hits = Hits::new("年度2020度,部门2021部门");
        assert_eq!(hits.of(clue!("度")), [10]);
        assert_eq!(hits.of(clue!("部门")), [24]);
        assert!(AFTER_DIGIT.iter().chain(ONLY_IN_NAMES).all(|word| Clue::find(word).is_some()));
    }

    #[test]
    fn words_inside_words_are_found() {
        let text = "一般公共预算财政拨款收入,支出";
        let hits = Hits::new(text);
        let at = |word: &str| text.find(word).map(|at| at as u32);
        assert_eq!(hits.of(clue!("财政拨款")).first().copied(), at("财政拨款"));
        let count = |end: usize| hits.any_between(clues!["支出"], 0, end as u32).count();
        assert_eq!((count(text.len()), count(text.len() - 1)), (1, 0));
        let inside: Vec<&str> = hits.between(18, text.len() as u32).map(|(_, clue)| clue.word()).collect();
        assert_eq!(inside, ["财政拨款", "收入", "支出"]);
        assert!(Clues::of(text).has(clue!("一般公共预算")) && !Clues::of(text).has(clue!("人员经费")));
    }

    #[test]
    fn phrases_are_found_between_two_places_only() {
        let text = "财政拨款收入,一般公共预算财政拨款收入,内设科室";
        let hits = Hits::new(text);
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        for phrase in ["财政拨款收入", "公共预算财政", "内设科室", "内设机构", "共", "入,一", ""]
        {
            for &start in &places {
                for &end in places.iter().filter(|end| **end >= start) {
                    let found = hits.has_phrase(text, phrase, start as u32, end as u32);
                    let inside = text.get(start..end).is_some_and(|inside| inside.contains(phrase));
                    assert_eq!(found, inside, "{phrase} from {start} to {end}");
                }
            }
        }
    }

    #[test]
    fn a_text_is_searched_like_word_by_word() {
        let text = "××XX☑一般公共预算,,财政拨款。。主要原因是。2020度".repeat(7) + "与上年比增加%";
        let hits = Hits::new(&text);
        for word in WORDS.iter().filter(|word| !ONLY_IN_NAMES.contains(word)) {
            let index = WORDS.iter().position(|other| other == word).map(|index| index as u8);
            let clue = Clue(index.unwrap_or_default());
            let places: Vec<u32> = (0..text.len())
                .filter(|at| text.get(*at..).is_some_and(|rest| rest.starts_with(word)))
                .map(|at| at as u32)
                .collect();
            assert_eq!(hits.of(clue), places, "{word}");
        }
        assert_eq!(
            Clues::of(&text),
            hits.clues(0, text.len() as u32).with(clue!("预算")).with(clue!("拨款"))
        );
    }
}
