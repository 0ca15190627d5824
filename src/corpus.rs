//! Many disclosures as one index: names interned once, a tree of ranges, search.

pub mod compare;
#[cfg(test)]
pub(crate) mod example;
mod export;
mod fault;
pub mod found;
mod halves;
pub mod load;
pub mod search;
pub mod table;
pub mod tree;
pub mod trend;

use std::path::{Path, PathBuf};

use crate::check::{self, Finding, FindingId, Known, Report};
use crate::error::Error;
use crate::model::{Basis, Disclosure, Edition, Index, ItemId, SectionId, Vocabulary};
use crate::source::fold::Folded;

pub use table::TableRef;

/// Everything that was read, in the order it came.
#[derive(Debug, Default)]
pub struct Corpus {
    /// The names and subjects of all disclosures.
    pub words: Vocabulary,
    /// The disclosures in the order they came. An entry's number never changes; what it holds does where a file is attached.
    pub entries: Vec<Entry>,
    /// The files that could not be read, in the order they came.
    pub problems: Vec<Error>,
    /// The entries by department, year (newest first), basis, edition and file.
    order: Vec<EntryId>,
    /// How many figures there are in all.
    items: usize,
}

/// One disclosure in a corpus; its ids are those of [`Corpus::words`].
#[derive(Debug)]
pub struct Entry {
    /// The file, relative to the folder that was opened.
    pub file: PathBuf,
    /// What it says.
    pub disclosure: Disclosure,
    /// What in it does not add up.
    pub report: Report,
}

impl Entry {
    /// Returns the file that a place is in: a disclosure may have come as several.
    pub fn file_at(&self, offset: u32) -> &Path {
        self.disclosure.source.file_at(offset).unwrap_or(&self.file)
    }

    /// Returns all its files.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        let attached = self.disclosure.source.attached.iter().map(|attached| attached.file.as_path());
        std::iter::once(self.file.as_path()).chain(attached)
    }
}

/// The number of an entry in its corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub u32);

/// The place of a figure in a corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemRef {
    /// The disclosure.
    pub entry: EntryId,
    /// The figure in it.
    pub item: ItemId,
}

/// The place of a section in a corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SectionRef {
    /// The disclosure.
    pub entry: EntryId,
    /// The section in it.
    pub section: SectionId,
}

/// The place of a finding in a corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FindingRef {
    /// The disclosure.
    pub entry: EntryId,
    /// The number of the finding in its report, counted from 0.
    pub number: u32,
}

impl Corpus {
    /// Takes in one disclosure: its names are interned, its ids rewritten, its place in the order found.
    pub fn add(&mut self, file: PathBuf, disclosure: Disclosure) -> EntryId {
        self.add_checked(file, disclosure, Report::default())
    }

    /// Takes in one disclosure with what the checks said about it.
    pub fn add_checked(&mut self, file: PathBuf, mut disclosure: Disclosure, report: Report) -> EntryId {
        let words = std::mem::take(&mut disclosure.words);
        let remap = self.words.absorb(&words);
        if let Some(department) = &mut disclosure.header.department {
            department.value = remap.name(department.value);
        }
        for region in &mut disclosure.header.region {
            *region = remap.name(*region);
        }
        for section in &mut disclosure.sections {
            section.title = remap.name(section.title);
        }
        for column in disclosure.tables.iter_mut().flat_map(|table| &mut table.columns) {
            column.name = remap.name(column.name);
        }
        let source = &disclosure.source;
        let read = disclosure.tables.iter_mut().zip(&source.tables);
        for (facts, table) in read.filter(|(facts, _)| !facts.columns.is_empty()) {
            facts.title = table.title.map(|title| self.words.name(source.cut(title).trim()));
        }
        for item in &mut disclosure.items {
            item.subject = remap.subject(item.subject);
            item.aspect = item.aspect.map(|aspect| remap.name(aspect));
        }
        (disclosure.folded, disclosure.index) = (Folded::default(), Index::default());
        disclosure.items.shrink_to_fit();
        disclosure.sections.shrink_to_fit();
        self.items += disclosure.items.len();
        // A disclosure to which a file was attached takes the place of what was known of it without.
        let joined = !disclosure.source.attached.is_empty();
        let before = self.entries.iter().position(|entry| joined && entry.file == file);
        let entry = Entry { file, disclosure, report };
        let id = EntryId(before.unwrap_or(self.entries.len()) as u32);
        match self.entries.get_mut(id.0 as usize) {
            Some(known) => {
                self.items -= known.disclosure.items.len();
                self.order.retain(|other| *other != id);
                *known = entry;
            }
            None => self.entries.push(entry),
        }
        let place = self.order.partition_point(|&other| self.key(other) <= self.key(id));
        self.order.insert(place, id);
        id
    }

    /// Compares what the disclosures of each department quote of each other. It is called once, when all are there.
    pub fn compare_all(&mut self) {
        let known = self.order.iter().filter_map(|id| self.entry(*id)).map(|entry| Known {
            file: &entry.file,
            disclosure: &entry.disclosure,
            report: &entry.report,
        });
        let known: Vec<Known> = known.collect();
        let additions = check::compare_all(&self.words, &known);
        for (id, addition) in self.order.iter().zip(additions) {
            if let (Some(entry), Some(addition)) = (self.entries.get_mut(id.0 as usize), addition) {
                entry.report.add(addition);
            }
        }
    }

    /// Notes a file that could not be read.
    pub fn add_problem(&mut self, problem: Error) {
        self.problems.push(problem);
    }

    /// Returns an entry.
    pub fn entry(&self, id: EntryId) -> Option<&Entry> {
        self.entries.get(id.0 as usize)
    }

    /// Returns a finding.
    pub fn finding(&self, at: FindingRef) -> Option<&Finding> {
        self.entry(at.entry)?.report.findings.get(at.number as usize)
    }

    /// Returns where a finding of an entry is now.
    pub fn find(&self, (entry, id): (EntryId, FindingId)) -> Option<FindingRef> {
        let findings = &self.entry(entry)?.report.findings;
        let number = findings.iter().position(|finding| finding.id == id)?;
        Some(FindingRef { entry, number: number as u32 })
    }

    /// Returns the entries by department, year (newest first), basis, edition and file.
    pub fn order(&self) -> &[EntryId] {
        &self.order
    }

    /// Returns how many entries stand before one in that order.
    pub fn rank(&self, id: EntryId) -> usize {
        let first = self.order.partition_point(|&other| self.key(other) < self.key(id));
        let alike = self.order.iter().skip(first).position(|&other| other == id);
        first + alike.unwrap_or_default()
    }

    /// Returns how many figures there are in all.
    pub fn item_count(&self) -> usize {
        self.items
    }

    /// Returns the department's name of an entry, where one was found.
    pub fn department(&self, id: EntryId) -> Option<&str> {
        let department = self.entry(id)?.disclosure.header.department?;
        Some(self.words.text(department.value))
    }

    /// What the order goes by.
    fn key(&self, id: EntryId) -> impl Ord + '_ {
        let header = self.entry(id).map(|entry| &entry.disclosure.header);
        let year = header.and_then(|header| header.year).map(|year| year.value);
        let basis: Option<Basis> = header.and_then(|header| header.basis).map(|basis| basis.value);
        let edition: Edition = header.map(|header| header.edition).unwrap_or_default();
        let department = self.department(id);
        let file = self.entry(id).map(|entry| entry.file.as_path());
        (department.is_none(), department, std::cmp::Reverse(year), basis, edition, file)
    }
}
