//! Names interned once and found again by number, so that a figure needs four bytes for what it is about.

use std::hash::BuildHasher;

use indexmap::map::raw_entry_v1::{RawEntryApiV1, RawEntryMut};
use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxBuildHasher;

/// The number of a name in a [`Vocabulary`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameId(std::num::NonZeroU32);

/// The number of a subject in a [`Vocabulary`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SubjectId(u32);

/// What figures are amounts of: a budget line as written and its place in the official classification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Subject {
    /// The name as the text has it.
    pub name: NameId,
    /// The name in the official wording; the same where there is none.
    pub canonical: NameId,
    /// The code in the classification, where the text or the context gives evidence for it.
    pub code: Option<Code>,
}

/// A code of the classification: 3, 5 or 7 digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub std::num::NonZeroU32);

/// Names and subjects, each once.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// All names one behind another: a string of its own for each would be most of the work of interning it.
    text: String,
    /// Where each of them stands, found by the hash of the name itself.
    names: IndexMap<Place, (), FxBuildHasher>,
    subjects: IndexSet<Subject, FxBuildHasher>,
}

/// Where a name stands in the text of all names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Place {
    start: usize,
    end: usize,
}

impl Place {
    fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// Where the ids of one vocabulary went in another.
#[derive(Debug, Clone)]
pub struct Remap {
    names: Vec<NameId>,
    subjects: Vec<SubjectId>,
}

/// How many bytes most names have at most.
const BYTES_OF_A_NAME: usize = 24;

impl NameId {
    fn at(index: usize) -> Self {
        Self(std::num::NonZeroU32::MIN.saturating_add(index as u32))
    }

    /// Returns the place of the name among its vocabulary's names, counted from 0.
    pub fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

impl SubjectId {
    /// Returns the place of the subject among its vocabulary's subjects, counted from 0.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl Vocabulary {
    /// Returns an empty vocabulary with room for so many names.
    pub fn with_capacity(names: usize) -> Self {
        Self {
            text: String::with_capacity(names * BYTES_OF_A_NAME),
            names: IndexMap::with_capacity_and_hasher(names, FxBuildHasher),
            subjects: IndexSet::with_capacity_and_hasher(names, FxBuildHasher),
        }
    }

    /// Returns the id of a name, which is the same for the same text.
    pub fn name(&mut self, text: &str) -> NameId {
        let hash = self.names.hasher().hash_one(text);
        let all = &self.text;
        match self.names.raw_entry_mut_v1().from_hash(hash, |place| place.of(all) == text) {
            RawEntryMut::Occupied(entry) => NameId::at(entry.index()),
            RawEntryMut::Vacant(entry) => {
                let id = NameId::at(entry.index());
                let start = self.text.len();
                self.text.push_str(text);
                entry.insert_hashed_nocheck(hash, Place { start, end: self.text.len() }, ());
                id
            }
        }
    }

    /// Returns the id of a subject, which is the same for the same name, canonical name and code.
    pub fn subject(&mut self, subject: Subject) -> SubjectId {
        SubjectId(self.subjects.insert_full(subject).0 as u32)
    }

    /// Returns the text of a name.
    pub fn text(&self, id: NameId) -> &str {
        self.names.get_index(id.index()).map_or("", |(place, ())| place.of(&self.text))
    }

    /// Returns a subject.
    pub fn get(&self, id: SubjectId) -> Option<Subject> {
        self.subjects.get_index(id.index()).copied()
    }

    /// Returns a subject's name as written.
    pub fn subject_text(&self, id: SubjectId) -> &str {
        self.get(id).map_or("", |subject| self.text(subject.name))
    }

    /// Returns the id of a name that is already known.
    pub fn find(&self, text: &str) -> Option<NameId> {
        let hash = self.names.hasher().hash_one(text);
        let found = self.names.raw_entry_v1().index_from_hash(hash, |place| place.of(&self.text) == text);
        found.map(NameId::at)
    }

    /// Returns all names with their ids.
    pub fn names(&self) -> impl ExactSizeIterator<Item = (NameId, &str)> {
        self.names.keys().enumerate().map(|(index, place)| (NameId::at(index), place.of(&self.text)))
    }

    /// Returns all subjects with their ids.
    pub fn subjects(&self) -> impl ExactSizeIterator<Item = (SubjectId, Subject)> {
        self.subjects.iter().enumerate().map(|(index, subject)| (SubjectId(index as u32), *subject))
    }

    /// Takes in everything that `other` knows and returns where its ids went.
    pub fn absorb(&mut self, other: &Self) -> Remap {
        let names: Vec<NameId> = other.names().map(|(_, text)| self.name(text)).collect();
        let moved = |id: NameId| names.get(id.index()).copied().unwrap_or(id);
        let subjects = other.subjects().map(|(_, subject)| {
            self.subject(Subject {
                name: moved(subject.name),
                canonical: moved(subject.canonical),
                code: subject.code,
            })
        });
        let subjects = subjects.collect();
        Remap { names, subjects }
    }
}

impl Remap {
    /// Returns the new id of a name.
    pub fn name(&self, id: NameId) -> NameId {
        self.names.get(id.index()).copied().unwrap_or(id)
    }

    /// Returns the new id of a subject.
    pub fn subject(&self, id: SubjectId) -> SubjectId {
        self.subjects.get(id.index()).copied().unwrap_or(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_is_one_name() {
        let mut words = Vocabulary::default();
        let (a, b) = (words.name("公务接待费"), words.name("会议费"));
        assert_ne!(a, b);
        assert_eq!(words.name("公务接待费"), a);
        assert_eq!(words.text(b), "会议费");
        assert_eq!(words.find("会议费"), Some(b));
    }

    #[test]
    fn absorbed_subjects_keep_their_names() {
        let (mut ours, mut theirs) = (Vocabulary::default(), Vocabulary::default());
        ours.name("办公费");
        let name = theirs.name("公务用车维护费");
        let canonical = theirs.name("公务用车运行维护费");
        let subject = theirs.subject(Subject { name, canonical, code: None });
        let remap = ours.absorb(&theirs);
        let moved = ours.get(remap.subject(subject)).expect("it was absorbed");
        assert_eq!(
            (ours.text(moved.name), ours.text(moved.canonical)),
            ("公务用车维护费", "公务用车运行维护费")
        );
        assert_eq!(ours.text(remap.name(canonical)), "公务用车运行维护费");
    }
}
