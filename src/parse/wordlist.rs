//! Lists of words, found by the character they begin or end with, so that all other characters cost one look.

use rustc_hash::FxHashMap;

/// How many stretches of 64 bits tell the characters apart.
const STRETCH: usize = 64;

/// Words with what they mean, in groups by one character.
pub(super) struct Wordlist<T> {
    /// A bit for every remainder of the characters that have a group.
    bits: [u64; STRETCH],
    groups: FxHashMap<char, Vec<(&'static str, T)>>,
}

impl<T: Copy> Wordlist<T> {
    /// Groups words by the character they begin with; inside a group their order stays.
    pub(super) fn by_first(words: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        Self::new(words, |word| word.chars().next())
    }

    /// Groups words by the character they end with; inside a group their order stays.
    pub(super) fn by_last(words: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        Self::new(words, |word| word.chars().next_back())
    }

    fn new(
        words: impl IntoIterator<Item = (&'static str, T)>,
        key: impl Fn(&'static str) -> Option<char>,
    ) -> Self {
        let mut list = Self { bits: [0; STRETCH], groups: FxHashMap::default() };
        for (word, meaning) in words {
            let Some(c) = key(word) else { continue };
            let (at, bit) = Self::place(c);
            if let Some(bits) = list.bits.get_mut(at) {
                *bits |= bit;
            }
            list.groups.entry(c).or_default().push((word, meaning));
        }
        list
    }

    /// Returns the words of the group of a character.
    pub(super) fn group(&self, c: char) -> &[(&'static str, T)] {
        if self.may_have(c) { self.groups.get(&c).map_or(&[], Vec::as_slice) } else { &[] }
    }

    /// Returns whether a character may have a group; a few that have none are not told apart.
    pub(super) fn may_have(&self, c: char) -> bool {
        let (at, bit) = Self::place(c);
        self.bits.get(at).is_some_and(|bits| bits & bit != 0)
    }

    fn place(c: char) -> (usize, u64) {
        let remainder = c as usize % (STRETCH * 64);
        (remainder / 64, 1 << (remainder % 64))
    }
}

impl Wordlist<usize> {
    /// Returns the least number of the words that stand in a text; they are grouped by their first character.
    pub(super) fn first_in(&self, text: &str) -> Option<usize> {
        let mut chars = text.chars();
        let mut least = None;
        loop {
            let rest = chars.as_str();
            let Some(c) = chars.next() else { return least };
            for (word, number) in self.group(c) {
                if least.is_none_or(|least| *number < least) && rest.starts_with(word) {
                    least = Some(*number);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_one_character() {
        let list = Wordlist::by_first([("共有", 1), ("合计", 2), ("共", 3)]);
        assert_eq!(list.group('共'), [("共有", 1), ("共", 3)]);
        assert_eq!(list.group('有'), []);
        assert_eq!(Wordlist::by_last([("共有", 1), ("合计", 2)]).group('计'), [("合计", 2)]);
    }
}
