//! The words of the table by the character that they begin with, and the one loop over all text that finds them.

use std::sync::LazyLock;

use super::echo::{Echo, Echoes};
use super::{Clue, WORDS};

/// The words by the character that they begin with.
struct Beginnings {
    /// For each place that a character has in here, which list is its own; 0 where no word begins with it.
    list_of: Box<[u8; PLACES]>,
    /// For each list one bit for each last byte that the second of two Chinese characters can have, so that most texts that
    /// only begin like a word are told by one look; all bits where there are other words, none for the list of no words.
    second: Box<[u64; 256]>,
    lists: Vec<List>,
}

/// Characters of three bytes have a place by the last two of them, which few share, all others by their first byte: no byte
/// that begins a character is one that goes on with one.
const PLACES: usize = 1 << 14;

/// The words that begin with one character, the longest first.
#[derive(Default)]
struct List {
    words: Vec<Word>,
}

/// A word with its first bytes as a number, which is all there is of most.
struct Word {
    clue: Clue,
    head: u64,
    /// The bits of the first bytes that the word has.
    mask: u64,
    /// What comes after those.
    rest: &'static [u8],
}

/// How many bytes are compared at once.
const HEAD: usize = size_of::<u64>();

/// Returns the first bytes of a short text as a number, with zeros behind its end: no word has one.
fn short_head(text: &[u8]) -> u64 {
    text.iter().rev().fold(0, |head, byte| head << 8 | u64::from(*byte))
}

impl Word {
    fn new(clue: Clue) -> Self {
        let word = clue.word().as_bytes();
        let (first, rest) = word.split_at(HEAD.min(word.len()));
        Self { clue, head: short_head(first), mask: first.iter().fold(0, |mask, _| mask << 8 | 0xFF), rest }
    }

    /// Returns whether a text begins with the word.
    fn begins(&self, text: &[u8], head: u64) -> bool {
        let goes_on = || text.get(HEAD..).is_some_and(|text| text.starts_with(self.rest));
        head & self.mask == self.head && (self.rest.is_empty() || goes_on())
    }
}

impl List {
    /// Tells of the words that a text begins with.
    #[inline(never)]
    fn tell(&self, text: &[u8], head: u64, at: usize, finder: &mut impl Finder) {
        for word in self.words.iter().filter(|word| word.begins(text, head)) {
            finder.find(word.clue, at);
        }
    }
}

impl Beginnings {
    fn read() -> Self {
        let mut found =
            Self { list_of: Box::new([0; PLACES]), second: Box::new([0; 256]), lists: vec![List::default()] };
        for (index, word) in WORDS.iter().enumerate() {
            let place = match word.as_bytes() {
                [0xE0..=0xEF, b, c, ..] => place(u64::from_le_bytes([0, *b, *c, 0, 0, 0, 0, 0])),
                [first, ..] => usize::from(*first),
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
            }
            found.second[usize::from(*list)] |= match word.as_bytes() {
                [0xE0..=0xEF, _, _, 0xE0..=0xEF, _, end, ..] => 1 << (end & 0x3F),
                _ => u64::MAX,
            };
        }
        found
    }
}

/// Returns the place of a character of three bytes that a text begins with.
fn place(head: u64) -> usize {
    (head >> 8) as usize % PLACES
}

/// Returns a byte that few characters of three bytes share.
fn mixed(head: u64) -> u8 {
    (head >> 8 ^ head >> 14) as u8
}

/// What is told of what is found in a text.
pub(super) trait Finder {
    /// Whether it asks for stretches in which words may stand twice running.
    const HEARS: bool;
    /// A word of the table begins at a byte. Of several words those that begin first come first.
    fn find(&mut self, clue: Clue, at: usize);
    /// A word may stand twice running.
    fn echo(&mut self, echo: Echo);
}

/// Tells of what is found in a text. The one loop over all text is in here: eight bytes at once tell a character and the
/// beginning of a word, and what is found is told elsewhere, so that the loop has all registers.
#[inline(never)]
pub(super) fn scan<F: Finder>(text: &str, finder: &mut F) {
    static BEGINNINGS: LazyLock<Beginnings> = LazyLock::new(Beginnings::read);
    let Beginnings { list_of, second, lists } = &*BEGINNINGS;
    let (list_of, second): (&[u8; PLACES], &[u64; 256]) = (list_of, second);
    let bytes = text.as_bytes();
    let mut echoes = Echoes::new();
    let mut at = 0;
    while let Some(rest) = bytes.get(at..) {
        let head = match rest.first_chunk() {
            Some(head) => u64::from_le_bytes(*head),
            None if rest.is_empty() => break,
            None => head_of_end(bytes, at),
        };
        let (place, length) = if head & 0xF0 == 0xE0 {
            if F::HEARS && echoes.hear(mixed(head), at as u32 + 3) {
                finder.echo(echoes.echo(at as u32 + 3));
            }
            (place(head), 3)
        } else {
            // What goes on a character of two or four bytes begins no word.
            echoes.end_at(at as u32 + 1);
            ((head & 0xFF) as usize, 1)
        };
        let list = list_of[place % PLACES];
        // One question instead of two: whether a character begins a word at all is not to be guessed.
        if second[usize::from(list)].wrapping_shr((head >> 40) as u32) & 1 == 1
            && let Some(list) = lists.get(usize::from(list))
        {
            list.tell(rest, head, at, finder);
        }
        at += length;
    }
}

/// Returns the last bytes of a text as a number, with zeros behind its end.
#[cold]
#[inline(never)]
fn head_of_end(text: &[u8], at: usize) -> u64 {
    let last = text.len().saturating_sub(HEAD);
    let head = short_head(text.get(last..).unwrap_or_default());
    head >> (8 * (at - last))
}
