//! Disclosures that came as two files, one with the text and one with the tables.
//!
//! What belongs together is told by what the files say: the same department, year and basis, in one folder, where one of
//! them has no table that the law asks for and the other no figure in its text. Names of files are not looked at.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::load::Content;
use crate::check::Report;
use crate::model::{Basis, Disclosure, Edition};

/// Which disclosure a file is of: its folder, department, year, basis and edition.
type Key = (PathBuf, String, u16, Basis, Edition);

/// How many tables that the law asks for make a file one of tables.
const FEWEST_TABLES: usize = 2;

/// The halves met so far.
#[derive(Default)]
pub(super) struct Halves(Mutex<Met>);

#[derive(Default)]
struct Met {
    texts: Vec<(Key, Text)>,
    tables: Vec<(Key, Tables)>,
}

/// A file of text without tables. It is shown at once, and read again when its tables are there.
#[derive(Clone)]
pub(super) struct Text {
    pub(super) name: PathBuf,
    pub(super) content: Content,
}

/// A file of tables without text, which waits until all files are read.
pub(super) struct Tables {
    pub(super) name: PathBuf,
    pub(super) disclosure: Disclosure,
    pub(super) report: Report,
}

impl Halves {
    /// Notes what was read. Returns it where it is to be shown now; tables wait.
    pub(super) fn meet(
        &self,
        (name, content): (&Path, &Content),
        disclosure: Disclosure,
        report: Report,
    ) -> Option<(Disclosure, Report)> {
        let Some(key) = key(name, &disclosure) else { return Some((disclosure, report)) };
        let known = disclosure.tables.iter().filter(|table| table.kind.is_some()).count();
        let told = disclosure.items.iter().any(|item| item.cell.is_none());
        let Ok(mut met) = self.0.lock() else { return Some((disclosure, report)) };
        if known == 0 && told {
            met.texts.push((key, Text { name: name.to_owned(), content: content.clone() }));
        } else if known >= FEWEST_TABLES && !told {
            met.tables.push((key, Tables { name: name.to_owned(), disclosure, report }));
            return None;
        }
        Some((disclosure, report))
    }

    /// Returns the tables that waited, each group with its text where exactly one file is that, in the order of their names.
    pub(super) fn matched(self) -> Vec<(Option<Text>, Vec<Tables>)> {
        let Met { texts, mut tables } = self.0.into_inner().unwrap_or_default();
        tables.sort_by(|(one, a), (other, b)| (one, &a.name).cmp(&(other, &b.name)));
        let mut groups: Vec<(Key, Option<Text>, Vec<Tables>)> = Vec::new();
        for (key, tables) in tables {
            match groups.last_mut() {
                Some((last, Some(_), group)) if *last == key => group.push(tables),
                _ => {
                    let mut fitting = texts.iter().filter(|(other, _)| *other == key).map(|(_, text)| text);
                    let text = fitting.next().filter(|_| fitting.next().is_none()).cloned();
                    groups.push((key, text, vec![tables]));
                }
            }
        }
        groups.into_iter().map(|(_, text, tables)| (text, tables)).collect()
    }
}

fn key(name: &Path, disclosure: &Disclosure) -> Option<Key> {
    let header = &disclosure.header;
    let department = disclosure.words.text(header.department?.value).to_owned();
    let folder = name.parent().unwrap_or(Path::new("")).to_owned();
    Some((folder, department, header.year?.value, header.basis?.value, header.edition))
}
