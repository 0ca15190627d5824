//! Chinese characters → the Latin letters that they are typed with, so that `gwjd` and `gongwujiedai` find 公务接待.

use std::sync::LazyLock;

use pinyin::ToPinyinMulti as _;

/// The first and the last of the characters whose initials are looked up, and where they begin.
const FIRST: u32 = 0x4E00;
const LAST: u32 = 0x9FFF;
/// Longer words are not compared; their places must fit into the bits of a number.
const LONGEST: usize = 60;

/// The initials that each character can have, one bit a letter. 会 is hui and kuai, 行 is hang and xing: which of them a
/// name means is not known, so all are kept.
static INITIALS: LazyLock<Vec<u32>> = LazyLock::new(|| {
    (FIRST..=LAST)
        .map(|code| readings(char::from_u32(code).unwrap_or_default()).fold(0, |mask, r| mask | first(r)))
        .collect()
});

/// A word in Latin letters, perhaps with other characters between them, ready to be compared.
#[derive(Debug, Clone)]
pub(super) struct Spelling {
    letters: Vec<char>,
    initial: u32,
}

/// Where a spelling was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spelt {
    /// The first character, counted from 0.
    pub(super) start: usize,
    /// The character behind the last.
    pub(super) end: usize,
}

impl Spelling {
    /// Returns a folded word as a spelling; nothing where it has no letter, or is too long.
    pub(super) fn new(word: &str) -> Option<Self> {
        // An apostrophe parts two syllables: xi'an.
        let letters: Vec<char> = word.chars().filter(|&c| c != '\'').collect();
        let fits = letters.iter().any(char::is_ascii_lowercase) && letters.len() <= LONGEST;
        fits.then(|| Self { initial: letters.first().map_or(0, |&c| initials(c)), letters })
    }

    /// Returns whether it can be in a name with such initials (see [`initials_of`]).
    pub(super) fn may_be_in(&self, initials: u32) -> bool {
        self.initial & initials != 0
    }

    /// Returns where a folded name is spelt so, the first of several places. A single letter is looked for at the start
    /// only: it is the initial of something nearly everywhere.
    pub(super) fn find(&self, name: &[char]) -> Option<Spelt> {
        let starts = if self.letters.len() == 1 { 0..1 } else { 0..name.len() };
        let can_begin = |&at: &usize| name.get(at).is_some_and(|&c| initials(c) & self.initial != 0);
        starts.filter(can_begin).find_map(|start| Some(Spelt { start, end: self.end(name, start)? }))
    }

    /// Returns where the spelling ends in a name if it begins at `start`.
    fn end(&self, name: &[char], start: usize) -> Option<usize> {
        let whole = 1u64 << self.letters.len();
        // One bit for each number of letters that the characters so far may stand for.
        let mut spelt = 1u64;
        for (at, &c) in name.iter().enumerate().skip(start) {
            if at > start && is_passed_over(c) {
                continue;
            }
            let mut next = 0;
            for used in (0..self.letters.len()).filter(|used| spelt & 1 << used != 0) {
                next |= self.advance(c, used);
            }
            if next & whole != 0 {
                return Some(at + 1);
            }
            if next == 0 {
                return None;
            }
            spelt = next;
        }
        None
    }

    /// Returns after how many letters the next character may begin, one bit for each, if `c` begins after `used`: it is
    /// written as itself, spelt in full, by its initial, or, at the end of what was typed so far, in part.
    fn advance(&self, c: char, used: usize) -> u64 {
        let left = self.letters.get(used..).unwrap_or_default();
        let mut ends = u64::from(left.first() == Some(&c)) << (used + 1);
        for reading in readings(c) {
            let letters = || reading.chars().map(plain);
            let alike = letters().zip(left).take_while(|(a, b)| a == *b).count();
            let length = letters().count();
            if alike == length || alike == left.len() {
                ends |= 1 << (used + alike);
            }
            if alike >= 1 {
                ends |= 1 << (used + 1);
            }
            // Two letters are one sound.
            if alike >= 2 && reading.starts_with(['z', 'c', 's']) && left.get(1) == Some(&'h') {
                ends |= 1 << (used + 2);
            }
        }
        ends
    }
}

/// Returns the letters with which the characters of a folded name may begin, one bit for each.
pub(super) fn initials_of(name: &str) -> u32 {
    name.chars().fold(0, |mask, c| mask | initials(c))
}

fn initials(c: char) -> u32 {
    match c {
        'a'..='z' => 1 << (c as u32 - 'a' as u32),
        // All other characters that begin a spelling stand for themselves.
        c if c.is_ascii() => 1 << 31,
        c => (c as u32)
            .checked_sub(FIRST)
            .and_then(|at| INITIALS.get(at as usize))
            .map_or(0, |mask| mask | 1 << 31),
    }
}

fn first(reading: &str) -> u32 {
    reading.chars().next().map(plain).filter(char::is_ascii_lowercase).map_or(0, initials)
}

/// Returns the readings of a character, without tones.
fn readings(c: char) -> impl Iterator<Item = &'static str> {
    c.to_pinyin_multi().into_iter().flatten().map(pinyin::Pinyin::plain)
}

/// Returns the letter that is typed: lü is typed lv.
fn plain(c: char) -> char {
    if c == 'ü' { 'v' } else { c }
}

/// Returns whether nobody types a character: quotation marks, brackets, pauses, spaces.
fn is_passed_over(c: char) -> bool {
    !c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the characters of a name that a spelling stands for.
    fn spelt(name: &str, word: &str) -> Option<String> {
        let chars: Vec<char> = name.chars().collect();
        let Spelt { start, end } = Spelling::new(word)?.find(&chars)?;
        Some(chars.get(start..end)?.iter().collect())
    }

    #[test]
    fn characters_are_found_as_they_are_typed() {
        for (name, word, found) in [
            ("公务接待费", "gwjd", "公务接待"),
            ("公务接待费", "gongwujiedai", "公务接待"),
            ("公务接待费", "gongwujied", "公务接待"),
            ("公务接待费", "gwjiedai", "公务接待"),
            ("公务接待费", "jdf", "接待费"),
            ("咸宁市咸安区", "xianan", "咸安"),
            ("西安", "xi'an", "西安"),
            ("“三公”经费", "sgjf", "三公”经费"),
            ("因公出国（境）费", "cgjf", "出国（境）费"),
            ("ppp项目", "pppxm", "ppp项目"),
            ("公务用车运行维护费", "公务yc", "公务用车"),
            ("绿化", "lvhua", "绿化"),
            ("住房保障支出", "zhufang", "住房"),
            ("住房保障支出", "zhfbz", "住房保障"),
        ] {
            assert_eq!(spelt(name, word).as_deref(), Some(found), "{word} in {name}");
        }
    }

    #[test]
    fn every_reading_counts() {
        for (name, words) in [
            ("会计", ["kj", "kuaiji"]),
            ("银行", ["yh", "yinhang"]),
            ("重庆", ["cq", "chongqing"]),
            ("长沙", ["cs", "changsha"]),
            ("厦门", ["xm", "xiamen"]),
        ] {
            for word in words {
                assert_eq!(spelt(name, word).as_deref(), Some(name), "{word}");
            }
        }
    }

    #[test]
    fn what_is_not_spelt_so_is_not_found() {
        for (name, word) in [
            ("公务接待费", "gwjf"),
            ("公务接待费", "gongwuq"),
            ("会议费", "hyfz"),
            ("公务接待费", "w"),
            ("接待", "公务"),
            ("", "a"),
        ] {
            assert_eq!(spelt(name, word), None, "{word} in {name}");
        }
        assert!(Spelling::new(&"a".repeat(100)).is_none());
    }

    #[test]
    fn the_initials_rule_out_only_what_is_not_there() {
        let may =
            |name: &str, word: &str| Spelling::new(word).is_some_and(|w| w.may_be_in(initials_of(name)));
        assert!(may("会计", "kj") && may("会计", "hj") && may("公务接待费", "jd"));
        assert!(!may("基本支出", "wjd"));
    }

    #[test]
    fn a_long_word_of_one_letter_takes_no_longer() {
        let name: Vec<char> = "啊".repeat(200).chars().collect();
        let word = Spelling::new(&format!("{}x", "a".repeat(LONGEST - 1))).expect("it fits");
        assert_eq!(word.find(&name), None);
    }
}
