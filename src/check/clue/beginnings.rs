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
        let rest = || text.get(at + HEAD..).is_some_and(|text| text.starts_with(&self.rest));
        (!self.after_digit || digit()) && (self.rest.is_empty() || rest())
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

    /// Tells of the words that stand at places of a text.
    #[inline(never)]
    fn tell(&self, text: &[u8], places: &[u32], finder: &mut impl Finder) {
        for at in places.iter().map(|at| *at as usize) {
            let Some(head) = text.get(at..).and_then(head_of) else { continue };
            let first = if is_chinese(head) { place(head) } else { (head & 0xFF) as usize };
            let list = self.list_of.get(first).and_then(|list| self.lists.get(usize::from(*list)));
            for word in list.iter().flat_map(|list| &list.words) {
                if head & word.mask == word.head && (!word.more || word.goes_on(text, at)) {
                    finder.find(word.clue, at);
                }
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

/// Whether the first byte is that of a character of three bytes.
fn is_chinese(head: u64) -> bool {
    head & 0xF0 == 0xE0
}

/// Places that are looked at more closely later, all at once.
struct Later {
    places: [u32; Self::ROOM],
    count: usize,
}

impl Later {
    const ROOM: usize = 128;
    /// How many are added at most before somebody asks whether it is full.
    const MOST: usize = 3;

    fn new() -> Self {
        Self { places: [0; Self::ROOM], count: 0 }
    }

    /// Adds a place if it is one. It is written down in any case: whether it is one is not to be guessed.
    fn add_if(&mut self, at: usize, is_one: bool) {
        self.places[self.count % Self::ROOM] = at as u32;
        self.count += usize::from(is_one);
    }

    fn is_full(&self) -> bool {
        self.count + Self::MOST >= Self::ROOM
    }

    fn take(&mut self) -> &[u32] {
        let count = std::mem::take(&mut self.count);
        self.places.get(..count).unwrap_or_default()
    }
}

/// Tells of what is found in a text. The one loop over all text is in here: twelve bytes at once tell three characters and
/// which words may begin with them, and what may be something is looked at later, so that the loop has all registers and
/// nothing to guess.
#[inline(never)]
pub(super) fn scan<F: Finder, E: Ear>(text: &str, finder: &mut F, ear: &mut E) {
    static BEGINNINGS: LazyLock<Beginnings> = LazyLock::new(Beginnings::read);
    let beginnings = &*BEGINNINGS;
    let (list_of, second): (&[u8; PLACES], &[u64; 256]) = (&beginnings.list_of, &beginnings.second);
    let may_begin =
        |place: usize, next: u64| second[usize::from(list_of[place])].wrapping_shr(next as u32) & 1 == 1;
    let bytes = text.as_bytes();
    let (mut rest, mut words, mut echoes) = (bytes, Later::new(), Later::new());
    while !rest.is_empty() {
        while let Some((near, _)) = rest.split_first_chunk::<12>() {
            let (Some(head), Some(later)) = (near.first_chunk(), near.last_chunk()) else { break };
            let (head, later) = (u64::from_le_bytes(*head), u64::from_le_bytes(*later));
            if head & LEADS != CHINESE || words.is_full() || echoes.is_full() {
                break;
            }
            let at = bytes.len() - rest.len();
            // Each character begins where its first byte would be the lowest; the next one ends further up.
            let [one, two, three] = [head, head >> 24, later >> 16].map(place);
            words.add_if(at, may_begin(one, head >> 40));
            words.add_if(at + 3, may_begin(two, later >> 32));
            words.add_if(at + 6, may_begin(three, later >> 56));
            ear.hear(one, at);
            echoes.add_if(at + 3, ear.hear(two, at + 3));
            ear.hear(three, at + 6);
            rest = rest.get(9..).unwrap_or_default();
        }
        // Up to two Chinese characters, or those at the end.
        while let Some(head) = head_of(rest).filter(|head| is_chinese(*head)) {
            if words.is_full() || echoes.is_full() {
                break;
            }
            let at = bytes.len() - rest.len();
            words.add_if(at, may_begin(place(head), head >> 40));
            echoes.add_if(at, ear.hear(place(head), at));
            rest = rest.get(3..).unwrap_or_default();
        }
        // What stands between them and the next. What goes on a character of two or four bytes begins no word.
        while let Some((first, after)) = rest.split_first() {
            if first & 0xF0 == 0xE0 || words.is_full() {
                break;
            }
            let next = after.first().copied().unwrap_or_default();
            words.add_if(bytes.len() - rest.len(), may_begin(usize::from(*first), next.into()));
            rest = after;
        }
        if words.is_full() || echoes.is_full() || rest.is_empty() {
            beginnings.tell(bytes, words.take(), finder);
            ear.look(bytes, echoes.take());
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
