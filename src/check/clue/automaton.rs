//! The words of the table as one automaton that reads a text character by character, as Aho and Corasick have it.

use std::collections::{BTreeMap, VecDeque};
use std::sync::LazyLock;

use super::{AFTER_DIGIT, Clue, WORDS};

/// What is told of the words that are found in a text.
pub(super) trait Finder {
    /// A word of the table begins at a byte. They come in the order in which they end, of those that end together the
    /// longest first.
    fn find(&mut self, clue: Clue, at: usize);
}

/// What listens to the characters of a text.
pub(super) trait Ear {
    /// Takes the place in the table of a character of three bytes, and where it stands.
    fn hear(&mut self, text: &[u8], place: usize, at: usize);
    /// Takes where something else stands.
    fn pause(&mut self, at: usize);
}

/// Characters of three bytes have a place by the last two of them, which few share.
pub(super) const PLACE_BITS: u32 = 14;
pub(super) const PLACES: usize = 1 << PLACE_BITS;

/// Returns the place of a character of three bytes by its last two.
fn place(last: [u8; 2]) -> usize {
    usize::from(u16::from_le_bytes(last)) % PLACES
}

/// What reads a text. Its letters are the characters of three bytes by their places, and all other bytes; 0 is the letter
/// of all that is in no word.
struct Automaton {
    letter_of: Box<[u8; PLACES]>,
    letter_of_byte: [u8; 1 << 8],
    /// For each state and each letter the next state, with [`END`] where a word ends in it. State 0 has read nothing of a word.
    next: Box<[[u16; LETTERS]; STATES]>,
    /// For each state the words that end in it, the longest first.
    ends: Vec<Vec<Clue>>,
}

/// How many letters and states there is room for.
const LETTERS: usize = 1 << 8;
const STATES: usize = 1 << 9;
/// Marks a state in which a word ends.
const END: u16 = 1 << 15;

/// A character of three bytes by its place, or another byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Symbol {
    Place(usize),
    Byte(u8),
}

/// Returns the first symbol of a text and what comes after it.
#[inline]
fn symbol(text: &[u8]) -> Option<(Symbol, &[u8])> {
    let (first, after) = text.split_first()?;
    match after.split_first_chunk() {
        Some((last, after)) if first & 0xF0 == 0xE0 => Some((Symbol::Place(place(*last)), after)),
        _ => Some((Symbol::Byte(*first), after)),
    }
}

impl Automaton {
    #[expect(clippy::large_stack_arrays, reason = "it is made once, where it stays")]
    fn read() -> Self {
        let mut automaton = Self {
            letter_of: Box::new([0; PLACES]),
            letter_of_byte: [0; 1 << 8],
            next: Box::new([[0; LETTERS]; STATES]),
            ends: vec![Vec::new()],
        };
        let mut letters = BTreeMap::new();
        for (index, word) in WORDS.iter().enumerate() {
            let clue = Clue(index as u8);
            if AFTER_DIGIT.contains(word) {
                for digit in '0'..='9' {
                    automaton.add(clue, format!("{digit}{word}").as_bytes(), &mut letters);
                }
            } else {
                automaton.add(clue, word.as_bytes(), &mut letters);
            }
        }
        for (symbol, letter) in letters {
            match symbol {
                Symbol::Place(place) => automaton.letter_of[place % PLACES] = letter,
                Symbol::Byte(byte) => automaton.letter_of_byte[usize::from(byte)] = letter,
            }
        }
        automaton.link();
        automaton
    }

    /// Adds a word to the tree of letters that the automaton is at first.
    fn add(&mut self, clue: Clue, word: &[u8], letters: &mut BTreeMap<Symbol, u8>) {
        let (mut state, mut rest) = (0, word);
        while let Some((symbol, after)) = symbol(rest) {
            let count = letters.len() as u8;
            let letter = *letters.entry(symbol).or_insert(count + 1);
            let next = &mut self.next[state % STATES][usize::from(letter)];
            if *next == 0 {
                *next = self.ends.len() as u16;
                self.ends.push(Vec::new());
            }
            (state, rest) = ((*next).into(), after);
        }
        self.ends[state].push(clue);
    }

    /// Makes the tree an automaton: where no word goes on as the text does, it goes on as it would if the beginning of what
    /// was read had not been there.
    fn link(&mut self) {
        let mut without_beginning = vec![0; self.ends.len()];
        let mut later = VecDeque::from([0]);
        while let Some(state) = later.pop_front() {
            let shorter = without_beginning[state];
            for letter in 0..LETTERS {
                let otherwise = if state == 0 { 0 } else { self.next[shorter % STATES][letter] };
                let next = &mut self.next[state % STATES][letter];
                if *next == 0 {
                    *next = otherwise;
                    continue;
                }
                let (child, otherwise) = (usize::from(*next), usize::from(otherwise & !END));
                without_beginning[child] = otherwise;
                let ends = self.ends[otherwise].clone();
                self.ends[child].extend(ends);
                if !self.ends[child].is_empty() {
                    *next |= END;
                }
                later.push_back(child);
            }
        }
    }

    /// Tells of the words that end at a byte. They are compared once more: some characters share a place.
    #[inline(never)]
    fn tell(&self, text: &[u8], end: usize, state: usize, finder: &mut impl Finder) {
        let before = text.get(..end).unwrap_or_default();
        for clue in self.ends.get(state).into_iter().flatten() {
            if let Some(rest) = before.strip_suffix(clue.word().as_bytes()) {
                finder.find(*clue, rest.len());
            }
        }
    }
}

/// Tells of what is found in a text. The one loop over all text is in here.
#[inline(never)]
pub(super) fn scan(text: &str, finder: &mut impl Finder, ear: &mut impl Ear) {
    static AUTOMATON: LazyLock<Automaton> = LazyLock::new(Automaton::read);
    let automaton = &*AUTOMATON;
    let text = text.as_bytes();
    let (mut rest, mut state) = (text, 0);
    while let Some((symbol, after)) = symbol(rest) {
        let at = text.len() - rest.len();
        let letter = match symbol {
            Symbol::Place(place) => {
                ear.hear(text, place, at);
                automaton.letter_of[place % PLACES]
            }
            Symbol::Byte(byte) => {
                ear.pause(at);
                automaton.letter_of_byte[usize::from(byte)]
            }
        };
        rest = after;
        let next = automaton.next[state][usize::from(letter)];
        state = usize::from(next) % STATES;
        if next & END != 0 {
            automaton.tell(text, text.len() - rest.len(), state, finder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_room_for_all_words() {
        let automaton = Automaton::read();
        let letters =
            automaton.letter_of.iter().chain(&automaton.letter_of_byte).filter(|letter| **letter > 0);
        assert!(automaton.ends.len() <= STATES && letters.count() < LETTERS);
        for (index, word) in WORDS.iter().enumerate() {
            let clue = Clue(index as u8);
            assert!(automaton.ends.iter().any(|ends| ends.contains(&clue)), "{word}");
        }
    }
}
