//! What names and headings say, remembered from one document to the next: documents share most of their words.

use std::borrow::Cow;
use std::fmt;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::balance::totals_of;
use super::clue::Clues;
use super::names::{hash_of_bare, is_common, is_generic, is_kind};
use crate::source::fold::form;
use crate::source::numbering::{Numbering, numbering};

/// What a checker of many documents remembers of the names in them. It makes checking faster and changes nothing else.
#[derive(Default)]
pub struct Memory {
    known: IndexMap<Box<str>, Words, FxBuildHasher>,
    /// Those of the last text which is too long to be remembered.
    last: Words,
}

/// What the words of a short text say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Words {
    /// The folded form, where it is another.
    form: Option<Box<str>>,
    /// The words in it that checks look for.
    pub(super) clues: Clues,
    /// Whether it is only made of words that every amount could have.
    pub(super) generic: bool,
    /// Whether it is that of a kind, and whether it is one that several amounts may have.
    pub(super) kind: bool,
    pub(super) common: bool,
    /// The hash of what is left without the words that only say that it is a total.
    pub(super) bare: u64,
    /// Numbers for what a total of revenue and of expenditure it is, if it is one.
    pub(super) totals: [Option<u64>; 2],
    /// The number it begins with.
    pub(super) number: Option<Numbering>,
}

impl Words {
    fn of(text: &str) -> Self {
        let folded = form(text);
        Self {
            clues: Clues::of(&folded),
            generic: is_generic(&folded),
            kind: is_kind(&folded),
            common: is_common(text),
            bare: hash_of_bare(&folded),
            totals: totals_of(&folded),
            number: numbering(&folded),
            form: (folded != text).then(|| folded.into()),
        }
    }

    /// Returns the folded form of the text that these are the words of.
    pub(super) fn form<'a>(&self, text: &'a str) -> Cow<'a, str> {
        self.form.as_deref().map_or(Cow::Borrowed(text), |form| Cow::Owned(form.to_owned()))
    }
}

impl Memory {
    /// How many texts are remembered before all are forgotten, and how long they are at most, in bytes.
    const MOST: usize = 1 << 15;
    const LONGEST: usize = 120;

    /// Returns what the words of a text say.
    pub(super) fn words(&mut self, text: &str) -> &Words {
        if text.len() > Self::LONGEST {
            self.last = Words::of(text);
            return &self.last;
        }
        let index = self.known.get_index_of(text).unwrap_or_else(|| {
            if self.known.len() >= Self::MOST {
                self.known.clear();
            }
            self.known.insert_full(text.into(), Words::of(text)).0
        });
        self.known.get_index(index).map_or(&self.last, |(_, words)| words)
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Memory of {} names", self.known.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_what_was_found() {
        let long = "项目".repeat(Memory::LONGEST);
        let mut memory = Memory::default();
        for text in ["一、收支预算总体情况", "（一）“三公”经费", "收入 合计", "", long.as_str()]
        {
            for _ in 0..2 {
                let words = memory.words(text);
                assert_eq!((words, words.form(text)), (&Words::of(text), form(text)), "{text}");
            }
        }
        assert!(memory.known.len() == 4 && memory.words("（一）“三公”经费").number.is_some());
    }

    #[test]
    fn it_forgets_before_it_grows_too_large() {
        let mut memory = Memory::default();
        for number in 0..=Memory::MOST {
            memory.words(&format!("项目{number}"));
        }
        assert_eq!(memory.known.len(), 1);
    }
}
