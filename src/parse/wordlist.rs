//! Lists of words, found by the character they begin or end with, so that all other characters cost one look.

/// How many groups of characters are told apart: by the last two of the three bytes that a Chinese character takes, without
/// the bits that are the same in all of them.
const SLOTS: usize = 1 << 14;

/// How many bytes of a text are compared at once.
const WINDOW: usize = 16;

/// Words with what they mean, in groups by one character.
pub(super) struct Wordlist<T> {
    /// Whether the words are looked for at the end of a text.
    at_end: bool,
    /// The number of the group of a character; 0 is the empty one.
    slots: Box<[u8; SLOTS]>,
    groups: Vec<Vec<Word<T>>>,
}

/// One word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word<T> {
    pub(super) text: &'static str,
    pub(super) meaning: T,
    /// Its bytes, as far as a window holds them, and which bytes of the window they are.
    key: u128,
    mask: u128,
}

impl<T: Copy> Wordlist<T> {
    /// Groups words by the character they begin with; inside a group their order stays.
    pub(super) fn by_first(words: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        Self::new(words, false)
    }

    /// Groups words by the character they end with; inside a group their order stays.
    pub(super) fn by_last(words: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        Self::new(words, true)
    }

    fn new(words: impl IntoIterator<Item = (&'static str, T)>, at_end: bool) -> Self {
        let mut list = Self { at_end, slots: Box::new([0; SLOTS]), groups: vec![Vec::new()] };
        for (text, meaning) in words {
            let (key, mask) = (window(text, at_end), window(&"\u{7F}".repeat(text.len()), at_end));
            let word = Word { text, meaning, key, mask: mask | mask << 1 };
            let Some(slot) = list.slots.get_mut(slot(text, at_end)) else { continue };
            if *slot == 0 {
                // More groups than can be counted share the last one: a word is always compared as a whole.
                *slot = list.groups.len().min(usize::from(u8::MAX)) as u8;
                list.groups.resize_with(list.groups.len().max(usize::from(*slot) + 1), Vec::new);
            }
            if let Some(group) = list.groups.get_mut(usize::from(*slot)) {
                group.push(word);
            }
        }
        list
    }

    /// Returns the words that a text begins with, or ends with where the list is one of ends, in their order.
    pub(super) fn of<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a Word<T>> {
        let group = self.near(text);
        let window = if group.is_empty() { 0 } else { window(text, self.at_end) };
        let at_end = self.at_end;
        group.iter().filter(move |word| {
            window & word.mask == word.key
                && (word.text.len() <= WINDOW
                    || if at_end { text.ends_with(word.text) } else { text.starts_with(word.text) })
        })
    }

    /// Returns some words, among them all that a text begins with, or ends with where the list is one of ends.
    pub(super) fn near(&self, text: &str) -> &[Word<T>] {
        let slot = self.slots.get(slot(text, self.at_end)).copied().unwrap_or_default();
        self.groups.get(usize::from(slot)).map_or(&[], Vec::as_slice)
    }

    /// Returns the first place from byte `at` where a word of the list may begin, or where `other` says so of a byte below
    /// 0x80.
    pub(super) fn next_beginning(&self, text: &str, mut at: usize, other: &[bool; 128]) -> Option<usize> {
        let bytes = text.as_bytes();
        loop {
            let byte = *bytes.get(at)?;
            if byte < 0x80 {
                if other[usize::from(byte)] {
                    return Some(at);
                }
                at += 1;
                continue;
            }
            match *bytes.get(at..at + 3).unwrap_or_default() {
                [0xE0..=0xEF, middle, last] => {
                    if self.slots[low_bits(middle, last)] != 0 {
                        return Some(at);
                    }
                    at += 3;
                }
                // The rest of a character of another length.
                _ => at += 1,
            }
        }
    }
}

/// Returns the slot of a text's first or last character.
fn slot(text: &str, at_end: bool) -> usize {
    let bytes = text.as_bytes();
    let last = bytes.len().saturating_sub(3);
    let character = if at_end { bytes.get(last..).unwrap_or_default() } else { bytes };
    if let [0xE0..=0xEF, middle, last, ..] = character {
        return low_bits(*middle, *last);
    }
    let mut chars = text.chars();
    let c = if at_end { chars.next_back() } else { chars.next() };
    c.map_or(0, |c| c as usize % SLOTS)
}

/// Returns the slot of a character by its last two bytes; taken as they stand in the text, they are one number at once.
fn low_bits(middle: u8, last: u8) -> usize {
    usize::from(u16::from_le_bytes([middle, last])) % SLOTS
}

/// Returns the first or last bytes of a text as one number; what is missing before or behind it is 0.
fn window(text: &str, at_end: bool) -> u128 {
    let bytes = text.as_bytes();
    let whole = if at_end { bytes.last_chunk() } else { bytes.first_chunk() };
    if let Some(whole) = whole {
        return u128::from_le_bytes(*whole);
    }
    let mut window = [0; WINDOW];
    let place = if at_end { window.len() - bytes.len()..window.len() } else { 0..bytes.len() };
    if let Some(place) = window.get_mut(place) {
        place.copy_from_slice(bytes);
    }
    u128::from_le_bytes(window)
}

/// Returns which bytes below 0x80 are among some.
pub(super) const fn ascii(among: &[u8]) -> [bool; 128] {
    let mut set = [false; 128];
    let mut at = 0;
    while at < among.len() {
        set[among[at] as usize] = true;
        at += 1;
    }
    set
}

impl Wordlist<()> {
    /// Groups words that mean nothing but themselves by the character they begin with.
    pub(super) fn of_words(words: &[&'static str]) -> Self {
        Self::by_first(words.iter().map(|word| (*word, ())))
    }
}

impl Wordlist<usize> {
    /// Returns the least number of the words that stand in a text; they are grouped by their first character.
    pub(super) fn first_in(&self, text: &str) -> Option<usize> {
        let mut least = None;
        let mut at = 0;
        while let Some(next) = self.next_beginning(text, at, &[false; 128]) {
            let found = self.of(text.get(next..).unwrap_or_default()).map(|word| word.meaning).min();
            least = least.into_iter().chain(found).min();
            at = next + 1;
        }
        least
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check<T: Copy>(list: &Wordlist<T>, text: &str, expect: &[&str]) {
        assert_eq!(list.of(text).map(|word| word.text).collect::<Vec<_>>(), expect, "{text}");
    }

    #[test]
    fn words_are_found_by_one_character() {
        let list =
            Wordlist::by_first([("共有", 1), ("合计", 2), ("共", 3), ("共有一句比一眼能看到的更长", 4)]);
        check(&list, "共有", &["共有", "共"]);
        check(&list, "共3", &["共"]);
        check(&list, "有", &[]);
        check(&list, "", &[]);
        check(&list, "共有一句比一眼能看到的更短", &["共有", "共"]);
        check(&list, "共有一句比一眼能看到的更长的", &["共有", "共", "共有一句比一眼能看到的更长"]);
        let list = Wordlist::by_last([("共有", 1), ("合计", 2), ("计", 3)]);
        check(&list, "部门预算收入支出合计", &["合计", "计"]);
        check(&list, "计", &["计"]);
        check(&list, "计划", &[]);
    }

    #[test]
    fn the_first_of_the_list_counts_not_of_the_text() {
        let list = Wordlist::by_first([("人员", 0), ("绩效", 1)]);
        assert_eq!(list.first_in("2025年绩效和人员"), Some(0));
        assert_eq!(list.first_in("收支情况²"), None);
    }

    #[test]
    fn any_number_of_groups_is_kept() {
        let first: Vec<&'static str> = (0x4E00..0x4F80)
            .filter_map(char::from_u32)
            .map(|c| &*Box::leak(c.to_string().into_boxed_str()))
            .collect();
        let list = Wordlist::by_first(first.iter().map(|word| (*word, ())));
        for word in first {
            check(&list, word, &[word]);
        }
    }
}
