//! The words of the table by the character that they begin with, and the one loop over all text that finds them.

use std::sync::LazyLock;

use super::{Clue, WORDS};

/// The words by the character that they begin with.
struct Beginnings {
    /// For each place that a character has in here, which list is its own; 0 where no word begins with it.
    list_of: Box<[u8; PLACES]>,
    lists: Vec<List>,
}

/// Characters of three bytes have a place by the last two of them, which few share, all others by their first byte.
const PLACES: usize = LONG + 256;
/// How many places there are for characters of three bytes.
const LONG: usize = 1 << 12;

/// The words that begin with one character, the longest first.
#[derive(Default)]
struct List {
    words: Vec<Word>,
    /// One bit for each last byte that the second of two Chinese characters can have, so that most texts that only begin
    /// like a word are told by one look; all bits where there are other words.
    second: u64,
}

/// A word with its first bytes as a number, which is all there is of most.
struct Word {
    clue: Clue,
    head: u64,
    /// The bits of the first bytes that the word has.
    mask: u64,
}

/// How many bytes are compared at once.
const HEAD: usize = size_of::<u64>();

/// Returns the first bytes of a text as a number, with zeros behind its end: no word has one.
fn head(text: &[u8]) -> u64 {
    text.first_chunk::<HEAD>().map_or_else(|| short_head(text), |head| u64::from_le_bytes(*head))
}

#[cold]
fn short_head(text: &[u8]) -> u64 {
    text.iter().rev().fold(0, |head, byte| head << 8 | u64::from(*byte))
}

/// Returns the first four bytes of a text, with zeros behind its end.
#[cold]
fn short_word(text: &[u8]) -> u32 {
    (0..4).fold(0, |word, at| word << 8 | text.get(at).map_or(0, |byte| u32::from(*byte)))
}

impl Word {
    fn new(clue: Clue) -> Self {
        let word = clue.word().as_bytes();
        let mask = word.iter().take(HEAD).fold(0, |mask, _| mask << 8 | 0xFF);
        Self { clue, head: head(word) & mask, mask }
    }

    /// Returns whether a text begins with the word.
    fn begins(&self, text: &[u8], head: u64) -> bool {
        let word = self.clue.word();
        head & self.mask == self.head && (word.len() <= HEAD || text.starts_with(word.as_bytes()))
    }
}

impl Beginnings {
    fn read() -> Self {
        let mut found = Self { list_of: Box::new([0; PLACES]), lists: vec![List::default()] };
        for (index, word) in WORDS.iter().enumerate() {
            let place = match word.as_bytes() {
                [0xE0..=0xEF, b, c, ..] => long(*b, *c),
                [first, ..] => LONG + usize::from(*first),
                [] => continue,
            };
            let Some(list) = found.list_of.get_mut(place) else { continue };
            if *list == 0 {
                *list = found.lists.len() as u8;
                found.lists.push(List::default());
            }
            if let Some(list) = found.lists.get_mut(usize::from(*list)) {
                list.words.push(Word::new(Clue(index as u8)));
                list.words.sort_by_key(|word| std::cmp::Reverse(word.clue.word().len()));
                list.second |= match word.as_bytes() {
                    [0xE0..=0xEF, _, _, 0xE0..=0xEF, _, end, ..] => 1 << (end & 0x3F),
                    _ => u64::MAX,
                };
            }
        }
        found
    }

    /// Tells of every word of a list that a text begins with.
    fn words_at(&self, list: u8, text: &[u8], found: &mut impl FnMut(Clue)) {
        let Some(list) = self.lists.get(usize::from(list)) else { return };
        if list.second >> (text.get(5).map_or(0, |byte| byte & 0x3F)) & 1 == 1 {
            let head = head(text);
            for word in list.words.iter().filter(|word| word.begins(text, head)) {
                found(word.clue);
            }
        }
    }
}

/// Returns the place of a character of three bytes by the last two.
fn long(b: u8, c: u8) -> usize {
    usize::from(b & 0x3F) << 6 | usize::from(c & 0x3F)
}

/// Tells of every word of the table in a text and its first byte, in the order in which they begin, and of every character
/// with the byte after it: of one of three bytes by eight of its bits, of all others by nothing.
pub(super) fn scan(
    text: &str,
    mut found: impl FnMut(Clue, usize),
    mut passed: impl FnMut(Option<u8>, usize),
) {
    static BEGINNINGS: LazyLock<Beginnings> = LazyLock::new(Beginnings::read);
    let beginnings = &*BEGINNINGS;
    let bytes = text.as_bytes();
    let mut at = 0;
    // Decoding by hand takes a third of what an iterator over characters does, and this is the one loop over all text.
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let four = rest.first_chunk().map_or_else(|| short_word(rest), |four| u32::from_be_bytes(*four));
        let (place, next) = if four >> 28 == 0xE {
            let place = (four >> 10 & 0xFC0 | four >> 8 & 0x3F) as usize;
            passed(Some(place as u8), at + 3);
            (place, at + 3)
        } else {
            // What goes on a character of two or four bytes begins no word.
            passed(None, at + 1);
            (LONG + (four >> 24) as usize, at + 1)
        };
        let list = beginnings.list_of.get(place).copied().unwrap_or(0);
        if list != 0 {
            beginnings.words_at(list, rest, &mut |clue| found(clue, at));
        }
        at = next;
    }
}
