//! The words of the table by the character that they begin with, and the one loop over all text that finds them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::echo::{Ear, Echo};
use super::{AFTER_DIGIT, Clue, WORDS};

/// The words by the character that they begin with.
struct Beginnings {
    /// For each place that a character has in here, which list is its own; 0 where no word begins with it.
    list_of: Box<[u8; PLACES]>,
    /// For each list one bit for each last byte that the second of two Chinese characters can have, or behind another
    /// character for each second byte, so that most texts that only begin like a word are told by one look; all bits where
    /// there are other words, none for the list of no words.
    second: Box<[u64; 256]>,
    lists: Vec<List>,
}

/// Characters of three bytes have a place by the last two of them, which few share, all others by their first byte: no byte
/// that begins a character is one that goes on with one.
pub(super) const PLACES: usize = 1 << 14;

/// The words that begin with one character, the longest first.
#[derive(Default)]
struct List {
    words: Vec<Word>,
}

/// A word with its first bytes as a number, which is all there is of most.
struct Word {
    head: u64,
    /// The bits of the first bytes that the word has.
    mask: u64,
    clue: Clue,
    /// Whether there is more to ask.
    more: bool,
    /// Whether it only counts behind a digit.
    after_digit: bool,
    /// What comes after the first bytes.
    rest: Box<[u8]>,
}

/// How many bytes are compared at once.
const HEAD: usize = size_of::<u64>();

/// Returns the first bytes of a short text as a number, with zeros behind its end: no word has one.
#[cold]
fn short_head(text: &[u8]) -> u64 {
    text.iter().rev().fold(0, |head, byte| head << 8 | u64::from(*byte))
}

impl Word {
    fn new(clue: Clue, word: &[u8]) -> Self {
        let (first, rest) = word.split_at(HEAD.min(word.len()));
        let mask = first.iter().fold(0, |mask, _| mask << 8 | 0xFF);
        let after_digit = AFTER_DIGIT.iter().any(|other| other.as_bytes() == word);
        let more = after_digit || !rest.is_empty();
        Self { head: short_head(first), mask, clue, more, after_digit, rest: rest.into() }
    }

    fn length(&self) -> usize {
        self.mask.count_ones() as usize / 8 + self.rest.len()
    }

    /// Returns whether the word stands at a place of a text, where its first bytes do.
    #[inline(never)]
    fn goes_on(&self, text: &[u8], at: usize) -> bool {
        let digit = || at.checked_sub(1).and_then(|before| text.get(before)).is_some_and(u8::is_ascii_digit);
        text.get(at + self.length() - self.rest.len()..).is_some_and(|text| text.starts_with(&self.rest))
            && (!self.after_digit || digit())
    }
}

impl Beginnings {
    fn read() -> Self {
        let mut found =
            Self { list_of: Box::new([0; PLACES]), second: Box::new([0; 256]), lists: vec![List::default()] };
        for (index, word) in WORDS.iter().enumerate() {
            found.add(Clue(index as u8), word.as_bytes());
        }
        for c in Echo::NAMES.chars().filter(|c| *c != ' ').collect::<BTreeSet<char>>() {
            found.add(Clue::TWICE, String::from_iter([c, c]).as_bytes());
        }
        found
    }

    /// Tells of the words of a list that stand at a place of a text.
    #[inline(never)]
    fn tell(&self, list: u8, text: &[u8], at: usize, finder: &mut impl Finder) {
        let head = text.get(at..).and_then(head_of);
        let (Some(list), Some(head)) = (self.lists.get(usize::from(list)), head) else { return };
        for word in &list.words {
            if head & word.mask == word.head && (!word.more || word.goes_on(text, at)) {
                finder.find(word.clue, at);
            }
        }
    }

    fn add(&mut self, clue: Clue, word: &[u8]) {
        let (place, second) = match word {
            [0xE0..=0xEF, b, c, rest @ ..] => {
                let second = match rest {
                    [0xE0..=0xEF, _, end, ..] => 1 << (end & 0x3F),
                    _ => u64::MAX,
                };
                (place(u64::from_le_bytes([0, *b, *c, 0, 0, 0, 0, 0])), second)
            }
            [first, rest @ ..] => {
                (usize::from(*first), rest.first().map_or(u64::MAX, |next| 1 << (next & 0x3F)))
            }
            [] => return,
        };
        let Some(list) = self.list_of.get_mut(place) else { return };
        if *list == 0 {
            *list = self.lists.len() as u8;
            self.lists.push(List::default());
        }
        self.second[usize::from(*list)] |= second;
        if let Some(list) = self.lists.get_mut(usize::from(*list)) {
            list.words.push(Word::new(clue, word));
            list.words.sort_by_key(|word| std::cmp::Reverse(word.length()));
        }
    }
}

/// Returns the place of a character of three bytes that a text begins with.
pub(super) fn place(head: u64) -> usize {
    (head >> 8) as usize % PLACES
}

/// What is told of the words that are found in a text.
pub(super) trait Finder {
    /// A word of the table begins at a byte. Of several words those that begin first come first.
    fn find(&mut self, clue: Clue, at: usize);
}

/// The bits of the first halves of three Chinese characters' first bytes, and what they are.
const LEADS: u64 = 0x00F0_0000_F000_00F0;
const CHINESE: u64 = 0x00E0_0000_E000_00E0;

/// Tells of what is found in a text. The one loop over all text is in here: twelve bytes at once tell three characters and
/// which words may begin with them, and what is found is told elsewhere, so that the loop has all registers.
#[inline(never)]
pub(super) fn scan<F: Finder, E: Ear>(text: &str, finder: &mut F, ear: &mut E) {
    static BEGINNINGS: LazyLock<Beginnings> = LazyLock::new(Beginnings::read);
    let beginnings = &*BEGINNINGS;
    let (list_of, second): (&[u8; PLACES], &[u64; 256]) = (&beginnings.list_of, &beginnings.second);
    // One question instead of two: whether a character begins a word at all is not to be guessed.
    let begins = |place: usize, next: u64| {
        let list = list_of[place % PLACES];
        (second[usize::from(list)].wrapping_shr(next as u32) & 1 == 1).then_some(list)
    };
    let bytes = text.as_bytes();
    let mut rest = bytes;
    loop {
        while let Some((near, _)) = rest.split_first_chunk::<12>() {
            let (Some(head), Some(later)) = (near.first_chunk(), near.last_chunk()) else { break };
            let (head, later) = (u64::from_le_bytes(*head), u64::from_le_bytes(*later));
            if head & LEADS != CHINESE {
                break;
            }
            let at = bytes.len() - rest.len();
            // Each character begins where its first byte would be the lowest; the next one ends further up.
            let (one, two, three) = (head, head >> 24, later >> 16);
            ear.hear_three([one, two, three].map(place), bytes, at);
            if let Some(list) = begins(place(one), head >> 40) {
                beginnings.tell(list, bytes, at, finder);
            }
            if let Some(list) = begins(place(two), later >> 32) {
                beginnings.tell(list, bytes, at + 3, finder);
            }
            if let Some(list) = begins(place(three), later >> 56) {
                beginnings.tell(list, bytes, at + 6, finder);
            }
            rest = rest.get(9..).unwrap_or_default();
        }
        // Up to two Chinese characters, or those at the end.
        while let Some(head) = head_of(rest).filter(|head| head & 0xF0 == 0xE0) {
            let at = bytes.len() - rest.len();
            ear.hear(place(head), bytes, at);
            if let Some(list) = begins(place(head), head >> 40) {
                beginnings.tell(list, bytes, at, finder);
            }
            rest = rest.get(3..).unwrap_or_default();
        }
        // What stands between them and the next. What goes on a character of two or four bytes begins no word.
        while let Some((&first, after)) = rest.split_first() {
            if first & 0xF0 == 0xE0 {
                break;
            }
            let list = list_of[usize::from(first)];
            if list != 0
                && begins(usize::from(first), after.first().copied().unwrap_or_default().into()).is_some()
            {
                beginnings.tell(list, bytes, bytes.len() - rest.len(), finder);
            }
            rest = after;
        }
        if rest.is_empty() {
            return;
        }
    }
}

/// Returns the eight bytes that a text begins with as a number, with zeros behind its end.
#[inline]
fn head_of(text: &[u8]) -> Option<u64> {
    match text.first_chunk() {
        Some(head) => Some(u64::from_le_bytes(*head)),
        None if text.is_empty() => None,
        None => Some(short_head(text)),
    }
}
