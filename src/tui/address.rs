//! A place in a corpus → what it is called outside of it, so that it is found again when everything was read anew.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::corpus::tree::Node;
use crate::corpus::{Corpus, Entry, EntryId, ItemRef, SectionRef, TableRef};
use crate::model::{Item, ItemId, SectionId};
use crate::print::json::file_name;

/// What a place is called: by names, and by which of several of the same name it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Address {
    /// A department, or those whose department was not found.
    Department(Option<String>),
    /// A disclosure, by its file.
    Disclosure(String),
    /// A section, by its title.
    Section(String, String, usize),
    /// A table, by what it is called.
    Table(String, String, usize),
    /// A figure, by its subject and what is written.
    Item(String, String, String, usize),
}

impl Address {
    /// Returns the address of a place.
    pub fn of(corpus: &Corpus, node: Node) -> Option<Self> {
        match node {
            Node::Department(name) => {
                Some(Self::Department(name.map(|name| corpus.words.text(name).to_owned())))
            }
            Node::Disclosure(entry) => Some(Self::Disclosure(file_name(&corpus.entry(entry)?.file))),
            Node::Section(place) => {
                let entry = corpus.entry(place.entry)?;
                let title = corpus.section(place)?.title;
                let before = entry.disclosure.sections.iter().take(place.section.0 as usize);
                let nth = before.filter(|section| section.title == title).count();
                Some(Self::Section(file_name(&entry.file), corpus.words.text(title).to_owned(), nth))
            }
            Node::Table(place) => {
                let entry = corpus.entry(place.entry)?;
                let title = corpus.table_title(place);
                let before = (0..place.table).map(|table| TableRef { table, ..place });
                let nth = before.filter(|&other| corpus.table_title(other) == title).count();
                Some(Self::Table(file_name(&entry.file), title.unwrap_or_default().to_owned(), nth))
            }
            Node::Item(place) => {
                let entry = corpus.entry(place.entry)?;
                let name = |item: &Item| names(corpus, item);
                let (subject, value) = name(corpus.item(place)?);
                let before = entry.disclosure.items.iter().take(place.item.0 as usize);
                let nth = before.filter(|item| name(item) == (subject.clone(), value.clone())).count();
                Some(Self::Item(file_name(&entry.file), subject, value, nth))
            }
        }
    }
}

/// What a figure is told by: its subject, and its number as it is written.
fn names(corpus: &Corpus, item: &Item) -> (String, String) {
    (corpus.words.subject_text(item.subject).to_owned(), format!("{}{}", item.value, item.unit.name()))
}

/// Finds places by their addresses.
pub struct Finder<'a> {
    corpus: &'a Corpus,
    files: FxHashMap<String, EntryId>,
}

impl<'a> Finder<'a> {
    /// Returns one for a corpus as it is now.
    pub fn new(corpus: &'a Corpus) -> Self {
        let files = (0..).map(EntryId).zip(&corpus.entries);
        Self { corpus, files: files.map(|(id, entry)| (file_name(&entry.file), id)).collect() }
    }

    /// Returns the place of an address; where what is in the file has changed, the nearest that is left.
    pub fn find(&self, address: &Address) -> Option<Node> {
        let corpus = self.corpus;
        match address {
            Address::Department(None) => {
                (!corpus.entries_of(None).is_empty()).then_some(Node::Department(None))
            }
            Address::Department(Some(name)) => {
                let name = corpus.words.find(name)?;
                (!corpus.entries_of(Some(name)).is_empty()).then_some(Node::Department(Some(name)))
            }
            Address::Disclosure(file) => Some(Node::Disclosure(*self.files.get(file)?)),
            Address::Section(file, title, nth) => {
                let (id, entry) = self.entry(file)?;
                let sections = (0..).map(SectionId).zip(&entry.disclosure.sections);
                let named = sections.filter(|(_, section)| corpus.words.text(section.title) == title);
                let found =
                    named.map(|(section, _)| Node::Section(SectionRef { entry: id, section })).nth(*nth);
                Some(found.unwrap_or(Node::Disclosure(id)))
            }
            Address::Table(file, title, nth) => {
                let (id, entry) = self.entry(file)?;
                let tables = 0..entry.disclosure.source.tables.len() as u32;
                let called = |place: &TableRef| corpus.table_title(*place).unwrap_or_default() == title;
                let named = tables.map(|table| TableRef { entry: id, table }).filter(called);
                Some(named.map(Node::Table).nth(*nth).unwrap_or(Node::Disclosure(id)))
            }
            Address::Item(file, subject, value, nth) => {
                let (id, entry) = self.entry(file)?;
                let items = (0..).map(ItemId).zip(&entry.disclosure.items);
                let named = |item: &Item| {
                    let (own, written) = names(corpus, item);
                    own == *subject && written == *value
                };
                let named = items.filter(|(_, item)| named(item));
                let found = named.map(|(item, _)| Node::Item(ItemRef { entry: id, item })).nth(*nth);
                Some(found.unwrap_or(Node::Disclosure(id)))
            }
        }
    }

    fn entry(&self, file: &str) -> Option<(EntryId, &'a Entry)> {
        let id = *self.files.get(file)?;
        Some((id, self.corpus.entry(id)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::example::{corpus, disclosure};
    use crate::model::Basis;

    const TEXT: &str =
        "总表 1 万元\n# 一、收支\n收入 3 万元\n收入 3 万元\n# 二、三公\n# 二、三公\n接待 5 万元\n";

    #[test]
    fn every_place_is_found_again_in_whatever_order_files_come() {
        let of = |names: &[&str]| {
            let mut all = Corpus::default();
            for name in names {
                all.add(format!("{name}.txt").into(), disclosure(name, 2022, Basis::Budget, TEXT));
            }
            all
        };
        let (one, other) = (of(&["甲局", "乙局"]), of(&["丙局", "乙局", "甲局"]));
        let (there, back) = (Finder::new(&other), Finder::new(&one));
        let mut open = one.departments();
        let mut seen = 0;
        while let Some(node) = open.pop() {
            let address = Address::of(&one, node).expect("it has one");
            let found = there.find(&address).expect("it is there");
            assert_eq!(Address::of(&other, found).as_ref(), Some(&address));
            assert_eq!(back.find(&address), Some(node), "{address:?}");
            open.extend(one.children(node));
            seen += 1;
        }
        assert_eq!(seen, 2 * (1 + 1 + 3 + 4));
    }

    #[test]
    fn what_is_gone_is_looked_for_nearby() {
        let one = corpus([disclosure("甲局", 2022, Basis::Budget, TEXT)]);
        let finder = Finder::new(&one);
        let here = Some(Node::Disclosure(EntryId(0)));
        assert_eq!(finder.find(&Address::Item("0.txt".into(), "没有".into(), "1元".into(), 0)), here);
        assert_eq!(finder.find(&Address::Section("0.txt".into(), "没有".into(), 0)), here);
        assert_eq!(finder.find(&Address::Disclosure("9.txt".into())), None);
        assert_eq!(finder.find(&Address::Department(Some("没有".into()))), None);
    }
}
