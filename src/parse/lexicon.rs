//! What the names of subjects mean, remembered from one document to the next: most are about the same things.

use std::fmt;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::subject::Meaning;

/// What a reader of many documents remembers of the names in them. It makes reading faster and changes nothing else.
#[derive(Default)]
pub struct Lexicon {
    meanings: IndexMap<Box<str>, Meaning, FxBuildHasher>,
    /// That of the last name which is too long to be remembered.
    last: Meaning,
}

impl Lexicon {
    /// How many names are remembered before all are forgotten, and how long they are at most, in bytes.
    const MOST: usize = 1 << 15;
    const LONGEST: usize = 120;

    /// Returns what a folded name means.
    pub(super) fn meaning(&mut self, folded: &str) -> &Meaning {
        if folded.len() > Self::LONGEST {
            self.last = Meaning::of(folded);
            return &self.last;
        }
        let index = self.meanings.get_index_of(folded).unwrap_or_else(|| {
            if self.meanings.len() >= Self::MOST {
                self.meanings.clear();
            }
            self.meanings.insert_full(folded.into(), Meaning::of(folded)).0
        });
        self.meanings.get_index(index).map_or(&self.last, |(_, meaning)| meaning)
    }

    /// Returns what a folded name means, where that was asked before.
    pub(super) fn known(&self, folded: &str) -> Option<&Meaning> {
        self.meanings.get(folded)
    }
}

impl fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lexicon of {} names", self.meanings.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_what_was_found() {
        let long = "项目".repeat(Lexicon::LONGEST);
        let mut lexicon = Lexicon::default();
        for name in ["公务接待费预算支出", "行政运行(2070101)", "(类)", "", long.as_str()] {
            for _ in 0..2 {
                assert_eq!(*lexicon.meaning(name), Meaning::of(name), "{name}");
            }
        }
        assert_eq!(lexicon.known(&long), None);
    }

    #[test]
    fn it_forgets_before_it_grows_too_large() {
        let mut lexicon = Lexicon::default();
        for number in 0..=Lexicon::MOST {
            lexicon.meaning(&format!("项目{number}"));
        }
        assert_eq!(lexicon.meanings.len(), 1);
    }
}
