//! The distinct names of a corpus, each with what tells quickly that a query is not in it.

use fuzzy_matcher::FuzzyMatcher as _;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::query::fold;
use super::spelling::{self, Spelling, Spelt};
use crate::model::Vocabulary;

/// The score of a name that is the query.
pub(super) const EXACT: u16 = 1000;
/// The score of a name that begins with the query, before its length is taken off.
pub(super) const PREFIX: u16 = 900;
/// The score of a name that has the query inside, before its length is taken off.
const INSIDE: u16 = 800;
/// The scores of a name that is spelt so in Latin letters, that begins so and that has it inside, before its length is
/// taken off.
const SPELT: u16 = 780;
const SPELT_PREFIX: u16 = 700;
const SPELT_INSIDE: u16 = 620;
/// The score that a name with all characters of the query, but not side by side, stays under.
const SCATTERED: u16 = 500;
/// What a long name loses at most.
const LONGEST: usize = 100;
/// Characters that lie further apart than lets them keep this part of the score, in per cent, have met by chance.
const BY_CHANCE: i64 = 50;

/// The masks of all names, in the order of their numbers.
#[derive(Debug, Default)]
pub(super) struct Names {
    names: Vec<Name>,
}

#[derive(Debug)]
struct Name {
    /// One bit for each character, hashed.
    mask: u128,
    /// One bit for each letter that a character of it may be typed with.
    initials: u32,
    /// The name as compared, where that is not as written.
    folded: Option<Box<str>>,
}

/// One part of a query, ready to be compared with many names.
pub(super) struct Needle<'a> {
    text: &'a str,
    mask: u128,
    single: bool,
    /// What the fuzzy matcher says of the part in itself.
    perfect: i64,
    /// The part as letters that characters are typed with.
    spelling: Option<Spelling>,
}

impl Names {
    /// Takes in the names that are new. Names are only ever added to a vocabulary.
    pub(super) fn refresh(&mut self, words: &Vocabulary) {
        let known = self.names.len();
        self.names.extend(words.names().skip(known).map(|(_, text)| {
            let folded: String = text.chars().map(fold).collect();
            let initials = spelling::initials_of(&folded);
            Name { mask: mask(&folded), initials, folded: (folded != text).then(|| folded.into()) }
        }));
    }

    /// Returns how many names there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// Appends the scores of so many names, those that `scores` does not hold yet: 0 for those that do not match.
    pub(super) fn score(
        &self,
        words: &Vocabulary,
        needle: &Needle,
        matcher: &SkimMatcherV2,
        many: usize,
        scores: &mut Vec<u16>,
    ) {
        let first = scores.len();
        let names = self.names.iter().skip(first).zip(words.names().skip(first));
        let mut chars = Vec::new();
        scores.extend(names.take(many).map(|(name, (_, written))| {
            let text = name.folded.as_deref().unwrap_or(written);
            let found = if name.mask & needle.mask == needle.mask { needle.score(text, matcher) } else { 0 };
            let spelling =
                needle.spelling.as_ref().filter(|spelling| found == 0 && spelling.may_be_in(name.initials));
            spelling.map_or(found, |spelling| {
                chars.clear();
                chars.extend(text.chars());
                spelling.find(&chars).map_or(0, |spelt| score_spelt(spelt, chars.len()))
            })
        }));
    }
}

/// Returns how well a name of some length matches that is spelt so from one character to another.
fn score_spelt(spelt: Spelt, length: usize) -> u16 {
    let whole = match (spelt.start, spelt.end) {
        (0, end) if end == length => return SPELT,
        (0, _) => SPELT_PREFIX,
        _ => SPELT_INSIDE,
    };
    whole - (length - (spelt.end - spelt.start)).min(LONGEST) as u16
}

impl<'a> Needle<'a> {
    pub(super) fn new(text: &'a str, matcher: &SkimMatcherV2) -> Self {
        let perfect = matcher.fuzzy_match(text, text).unwrap_or(0);
        let single = text.chars().nth(1).is_none();
        Self { text, mask: mask(text), single, perfect, spelling: Spelling::new(text) }
    }

    /// Returns how well a folded name matches: 0 where it does not.
    fn score(&self, name: &str, matcher: &SkimMatcherV2) -> u16 {
        let whole = match name.find(self.text) {
            Some(0) if name.len() == self.text.len() => return EXACT,
            Some(0) => PREFIX,
            Some(_) => INSIDE,
            None if self.single => return 0,
            None => match matcher.fuzzy_match(name, self.text) {
                Some(found) if self.is_close(found) => {
                    let share = (found.min(self.perfect) * i64::from(SCATTERED)) / self.perfect.max(1);
                    u16::try_from(share).unwrap_or(SCATTERED)
                }
                _ => return 0,
            },
        };
        // Of two names that match alike the shorter says less beside it.
        let beside = name.chars().count().min(LONGEST) as u16;
        whole.saturating_sub(beside).max(1)
    }

    /// Returns the characters of a folded text that match, counted from 0.
    pub(super) fn places(&self, text: &str, matcher: &SkimMatcherV2) -> Vec<usize> {
        let length = self.text.chars().count();
        let whole = text.match_indices(self.text);
        let mut start = (0, 0);
        let mut places = Vec::new();
        for (at, _) in whole {
            let before = crate::source::span::slice(text, start.0, at).chars().count();
            start = (at, start.1 + before);
            places.extend(start.1..start.1 + length);
        }
        if !places.is_empty() {
            return places;
        }
        match matcher.fuzzy_indices(text, self.text).filter(|_| !self.single) {
            Some((found, places)) if self.is_close(found) => places,
            _ => self.spelt_places(text),
        }
    }

    /// Returns the characters that are typed with the letters of the part.
    fn spelt_places(&self, text: &str) -> Vec<usize> {
        let chars: Vec<char> = text.chars().collect();
        let spelt = self.spelling.as_ref().and_then(|spelling| spelling.find(&chars));
        let all = spelt.map_or(0..0, |spelt| spelt.start..spelt.end);
        all.filter(|&at| chars.get(at).is_some_and(|c| c.is_alphanumeric())).collect()
    }

    fn is_close(&self, found: i64) -> bool {
        found * 100 >= self.perfect * BY_CHANCE
    }
}

/// Returns a matcher that takes capitals for small letters. It keeps its buffers between calls.
pub(super) fn matcher() -> SkimMatcherV2 {
    SkimMatcherV2::default().ignore_case()
}

/// Returns one bit for each character. Where a bit of the query is missing, so is its character.
fn mask(text: &str) -> u128 {
    text.chars().fold(0, |mask, c| mask | 1 << ((c as u32).wrapping_mul(0x9E37_79B1) >> 25))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(name: &str, query: &str) -> u16 {
        let matcher = matcher();
        Needle::new(query, &matcher).score(name, &matcher)
    }

    #[test]
    fn the_closer_match_comes_first() {
        let scores = ["公务接待费", "公务接待费支出", "其他公务接待费", "公务用车和接待费", "会议费"]
            .map(|name| score(name, "公务接待费"));
        assert!(scores.is_sorted_by(|a, b| a > b), "{scores:?}");
        assert_eq!((scores[0], scores[4]), (EXACT, 0));
    }

    #[test]
    fn abbreviations_are_found_and_chance_is_not() {
        let names = [
            ("医疗保障局", "医保局"),
            ("公务接待费", "公接费"),
            ("咸宁市咸安区医疗保障局", "咸安医保"),
            ("“三公”经费", "三公经费"),
            ("一般公共预算财政拨款支出", "一般支出"),
            ("因公出国（境）费", "出国费"),
        ];
        for (name, query) in names {
            assert!(
                (1..SCATTERED).contains(&score(name, query)),
                "{query} in {name}: {}",
                score(name, query)
            );
        }
        assert_eq!(score("关于会计制度的议案和经费说明", "会议费"), 0);
        assert_eq!(score("基本支出", "支本"), 0);
    }

    #[test]
    fn one_character_is_found_anywhere() {
        assert!(score("公务接待费", "待") > 0 && score("公务接待费", "x") == 0);
    }

    #[test]
    fn new_names_are_taken_in_and_folded() {
        let (mut words, mut names, matcher) = (Vocabulary::default(), Names::default(), matcher());
        words.name("会议费");
        names.refresh(&words);
        words.name("ＰＰＰ项目（２０２２）");
        names.refresh(&words);
        let needle = Needle::new("ppp项目(2022)", &matcher);
        let mut scores = Vec::new();
        for many in [1, 0, 9] {
            names.score(&words, &needle, &matcher, many, &mut scores);
        }
        assert_eq!(scores, [0, EXACT]);
    }

    #[test]
    fn letters_find_the_names_that_are_typed_with_them() {
        let mut words = Vocabulary::default();
        for name in ["公务接待", "公务接待费", "国内公务接待费", "会议费", "gwjd系统"] {
            words.name(name);
        }
        let (mut names, matcher, mut scores) = (Names::default(), matcher(), Vec::new());
        names.refresh(&words);
        names.score(&words, &Needle::new("gwjd", &matcher), &matcher, 9, &mut scores);
        let [exact, prefix, inside, other, literal] = scores[..] else { panic!("{scores:?}") };
        assert!(literal > exact && exact > prefix && prefix > inside && inside > SCATTERED && other == 0);
    }
}
