//! The words of the table by the character that they begin with, and the one loop over all text that finds them.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::echo::Echo;
use super::{AFTER_DIGIT, Clue, ONLY_IN_NAMES, WORDS};

/// What is told of the words that are found in a text.
pub(super) trait Finder {
    /// A word of the table begins at a byte. They come in the order in which they begin, of one byte the longest first but
    /// for those that only count behind a digit.
    fn find(&mut self, clue: Clue, at: u32);
}

/// The words by the character that they begin with. Each character has an entry, which some share.
pub(super) struct Beginnings {
    /// For each entry one bit for each end that the next character can have, so that most texts that only begin like a word
    /// are told by one look: all bits where it may be any, none where no word begins.
    next: [u64; ENTRIES],
    /// For each entry where its words begin and end.
    lists: [(u8, u8); ENTRIES],
    /// The words by their entries, of each the longest first.
    words: Vec<Word>,
}

const ENTRY_BITS: u32 = 10;
const ENTRIES: usize = 1 << ENTRY_BITS;

/// A word with its first bytes as a number, which is all there is of most.
struct Word {
    head: u128,
    /// The bits of the first bytes that the word has.
    mask: u128,
    clue: Clue,
    /// Where in it the word of the table begins: behind the digit that one only counts behind.
    begins: u32,
    /// What comes after the first bytes.
    rest: Box<[u8]>,
}

/// How many bytes are compared at once.
const HEAD: usize = size_of::<u128>();

/// Returns the first bytes of a text as a number, with zeros behind its end: no word has one.
fn head_of(text: &[u8]) -> u128 {
    text.first_chunk().map_or_else(|| short_head(text), |head| u128::from_le_bytes(*head))
}

#[cold]
#[inline(never)]
fn short_head(text: &[u8]) -> u128 {
    text.iter().rev().fold(0, |head, byte| head << 8 | u128::from(*byte))
}

/// For the first byte of a character how far to shift the bytes of a text that begins with it, until there is only the
/// character in the highest bits, or the byte in the lowest that tells most of what comes next. Chinese characters stand
/// before their like, of which the last byte tells most. After a digit that holds too; after a full stop, which begins with
/// 0xE3 as other marks do, it is the first byte.
const SHIFTS: [(u8, u8); 1 << 8] = {
    let (mut shifts, mut first) = ([(56, 8); 1 << 8], 0);
    while first < shifts.len() {
        match first as u8 {
            0xE3 => shifts[first] = (40, 24),
            0xE0..=0xEF => shifts[first] = (40, 40),
            b'0'..=b'9' => shifts[first] = (56, 24),
            _ => {}
        }
        first += 1;
    }
    shifts
};

/// Returns the entry of the character that a text begins with, and the end of the next one in the lowest bits.
#[inline]
fn entry(head: u64) -> (usize, u64) {
    // There is nothing to guess: what kind of character it is changes all the time.
    let (character, next) = SHIFTS[head as usize & 0xFF];
    // Fibonacci hashing: the fraction of the golden ratio spreads what is alike.
    let entry = (head << (character % 64)).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - ENTRY_BITS);
    (entry as usize, head >> (next % 64))
}

impl Word {
    fn new(clue: Clue, begins: u32, word: &[u8]) -> Self {
        let (first, rest) = word.split_at(HEAD.min(word.len()));
        let mask = first.iter().fold(0, |mask, _| mask << 8 | 0xFF);
        Self { head: short_head(first), mask, clue, begins, rest: rest.into() }
    }

    fn entry(&self) -> usize {
        entry(self.head as u64).0
    }

    fn length(&self) -> usize {
        self.mask.count_ones() as usize / 8 + self.rest.len()
    }

    /// Returns the bit of the byte that tells what comes next, all where the word has none there.
    fn next(&self) -> u64 {
        match entry(self.head as u64).1 % 256 {
            0 => u64::MAX,
            byte => 1 << (byte % 64),
        }
    }

    /// Returns whether the word stands at a place of a text that begins with some bytes there.
    #[inline]
    fn is_at(&self, text: &[u8], at: usize, head: u128) -> bool {
        let rest = || text.get(at + HEAD..).is_some_and(|text| text.starts_with(&self.rest));
        head & self.mask == self.head && (self.rest.is_empty() || rest())
    }
}

/// The words that are looked for in names, which are all, and in texts.
pub(super) static IN_NAMES: LazyLock<Beginnings> = LazyLock::new(|| Beginnings::read(|_| true));
pub(super) static IN_TEXTS: LazyLock<Beginnings> =
    LazyLock::new(|| Beginnings::read(|word| !ONLY_IN_NAMES.contains(&word)));

impl Beginnings {
    fn read(wanted: fn(&str) -> bool) -> Self {
        let clues = (0..).map(Clue).zip(WORDS).filter(|(_, word)| wanted(word));
        let clues = clues.flat_map(|(clue, word)| {
            if AFTER_DIGIT.contains(word) {
                ('0'..='9').map(|c| Word::new(clue, 1, format!("{c}{word}").as_bytes())).collect()
            } else {
                vec![Word::new(clue, 0, word.as_bytes())]
            }
        });
        let twice = Echo::NAMES.chars().filter(|c| *c != ' ').collect::<BTreeSet<char>>();
        let twice =
            twice.into_iter().map(|c| Word::new(Clue::TWICE, 0, String::from_iter([c, c]).as_bytes()));
        let mut words: Vec<Word> = clues.chain(twice).collect();
        words.sort_by_key(|word| (word.entry(), Reverse(word.length())));
        let (mut next, mut lists) = ([0; ENTRIES], [(0, 0); ENTRIES]);
        for (index, word) in (0..).zip(&words) {
            let (start, end) = &mut lists[word.entry()];
            (*start, *end) = (if *end == 0 { index } else { *start }, index + 1);
            next[word.entry()] |= word.next();
        }
        Self { next, lists, words }
    }

    /// Returns whether a word may begin where a text begins with some bytes.
    #[inline]
    fn may_begin(&self, head: u64) -> bool {
        let (entry, end) = entry(head);
        self.next[entry].wrapping_shr(end as u32) & 1 == 1
    }

    /// Tells of the words that stand at places of a text.
    #[inline(never)]
    fn tell(&self, text: &[u8], places: &[u32], finder: &mut impl Finder) {
        for &place in places {
            let at = place as usize;
            let head = head_of(text.get(at..).unwrap_or_default());
            let (start, end) = self.lists[entry(head as u64).0];
            for word in self.words.get(start.into()..end.into()).unwrap_or_default() {
                if word.is_at(text, at, head) {
                    finder.find(word.clue, place + word.begins);
                }
            }
        }
    }
}

/// How many bytes are looked at in one step, and how many are known with those that come after them.
const STEP: usize = 64;
const NEAR: usize = STEP + size_of::<u64>();

/// Returns one bit for each of some bytes with which a character begins.
fn characters(near: &[u8; NEAR]) -> u64 {
    const EACH: u64 = u64::MAX / 0xFF;
    let (eights, _) = near.as_chunks::<8>();
    eights.iter().zip((0..STEP).step_by(8)).fold(0, |all, (eight, shift)| {
        let eight = u64::from_le_bytes(*eight);
        // A byte that goes on with a character has the highest bit and not the one after it.
        let begins = (!eight >> 7 | eight >> 6) & EACH;
        // The bits come together in the highest byte.
        all | (begins.wrapping_mul(0x0102_0408_1020_4080) >> 56) << shift
    })
}

/// Tells of what is found in a text. The one loop over all text is in here: what may be a word is looked at later, some at once,
/// so that the loop has all registers and nothing to guess.
#[inline(never)]
pub(super) fn scan(beginnings: &Beginnings, text: &str, finder: &mut impl Finder) {
    const ROOM: usize = 2 * STEP;
    let text = text.as_bytes();
    let (mut places, mut count, mut last) = ([0; ROOM], 0, [0; NEAR]);
    for at in (0..text.len()).step_by(STEP) {
        let rest = text.get(at..).unwrap_or_default();
        let near = rest.first_chunk().unwrap_or_else(|| {
            // No word has a zero.
            last = [0; NEAR];
            last.iter_mut().zip(rest).for_each(|(near, byte)| *near = *byte);
            &last
        });
        let mut characters = characters(near);
        while characters != 0 {
            let place = characters.trailing_zeros() as usize % STEP;
            characters &= characters - 1;
            let Some(head) = near.get(place..).and_then(<[u8]>::first_chunk) else { break };
            // It is written down in any case: whether a word may begin there is not to be guessed.
            places[count % ROOM] = (at + place) as u32;
            count += usize::from(beginnings.may_begin(u64::from_le_bytes(*head)));
        }
        if count > ROOM - STEP {
            beginnings.tell(text, places.get(..count).unwrap_or_default(), finder);
            count = 0;
        }
    }
    beginnings.tell(text, places.get(..count).unwrap_or_default(), finder);
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Places(Vec<(u32, Clue)>);

    impl Finder for Places {
        fn find(&mut self, clue: Clue, at: u32) {
            self.0.push((at, clue));
        }
    }

    #[test]
    fn a_word_is_found_wherever_it_stands() {
        for (clue, word) in (0..).map(Clue).zip(WORDS) {
            for before in 0..2 * STEP {
                let text = ["3".repeat(before + 1), (*word).into(), "山".repeat(before)].concat();
                let mut found = Places(Vec::new());
                scan(&IN_NAMES, &text, &mut found);
                assert!(found.0.contains(&(before as u32 + 1, clue)), "{text}");
                found.0.retain(|(_, clue)| !AFTER_DIGIT.contains(&clue.word()));
                assert!(found.0.is_sorted_by_key(|(at, clue)| (*at, Reverse(clue.word().len()))), "{text}");
            }
        }
    }
}
