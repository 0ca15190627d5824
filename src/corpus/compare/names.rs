//! The names of two disclosures in one form, numbered, so that they can be told apart by number and be likened as text.

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::likeness::{self, Pairs};
use crate::source::fold::folded;

/// The number of a name; the same for names that differ in nothing but their form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Name(u32);

/// Names by number.
#[derive(Debug, Default)]
pub(super) struct Names {
    known: FxHashMap<String, Name>,
    /// What each is of.
    stems: Vec<Pairs>,
}

/// What a budget, a final account and their lines are called by, which says nothing of what they are of.
const TAILS: &[&str] = &["预算", "决算", "支出"];

impl Names {
    /// Returns nothing yet, with room for so many: to make more of it later takes long where there are many.
    pub(super) fn with_room(names: usize) -> Self {
        let known = FxHashMap::with_capacity_and_hasher(names, FxBuildHasher);
        Self { known, stems: Vec::with_capacity(names) }
    }

    /// Returns the number of a name.
    pub(super) fn number(&mut self, name: &str) -> Name {
        let text = folded(name);
        if let Some(&known) = self.known.get(&text) {
            return known;
        }
        let number = Name(self.stems.len() as u32);
        let stem = TAILS.iter().find_map(|tail| text.strip_suffix(tail)).filter(|stem| !stem.is_empty());
        self.stems.push(Pairs::of(stem.unwrap_or(&text)));
        self.known.insert(text, number);
        number
    }

    /// Returns how much two names are alike in what they are of.
    pub(super) fn likeness(&self, one: Name, other: Name) -> u8 {
        let stem = |name: Name| self.stems.get(name.0 as usize);
        stem(one).zip(stem(other)).map_or(0, |(one, other)| likeness::of(one, other))
    }
}
