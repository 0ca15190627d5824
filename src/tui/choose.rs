//! A disclosure → those that it may be compared with, the likeliest first.

use std::cmp::Reverse;

use super::cursor::Cursor;
use super::label;
use super::overlay::Prompt;
use crate::corpus::{Corpus, EntryId};
use crate::lang::Lang;

/// The state of the list of disclosures to compare with.
#[derive(Debug)]
pub struct Choose {
    /// The disclosure that is to be compared.
    pub entry: EntryId,
    /// Words that the others must hold.
    pub words: Prompt,
    /// The others, the likeliest first.
    pub others: Vec<EntryId>,
    /// The selected row and the first on screen.
    pub cursor: Cursor,
    /// Whether the selected one was chosen, and it takes a moment to compare the two.
    pub chosen: bool,
}

/// From how many figures in both on it takes a moment to compare two: longer than a key may.
const MANY: usize = 1_000;

impl Choose {
    /// Lists what a disclosure may be compared with; `last` is what it was compared with before.
    pub fn new(corpus: &Corpus, entry: EntryId, last: Option<EntryId>, lang: Lang) -> Self {
        let mut choose = Self {
            entry,
            words: Prompt::default(),
            others: Vec::new(),
            cursor: Cursor::default(),
            chosen: false,
        };
        choose.list(corpus, lang);
        if let Some(row) = choose.others.iter().position(|&other| Some(other) == last) {
            choose.cursor.selected = row;
        }
        choose
    }

    /// Returns the selected disclosure.
    pub fn selected(&self) -> Option<EntryId> {
        self.others.get(self.cursor.selected).copied()
    }

    /// Chooses the selected one, and returns whether it can be compared at once.
    pub fn choose(&mut self, corpus: &Corpus) -> bool {
        self.chosen = self.selected().is_some();
        self.selected().is_none_or(|other| is_quick(corpus, [self.entry, other]))
    }

    /// Lists those that hold the words.
    pub fn list(&mut self, corpus: &Corpus, lang: Lang) {
        let text = self.words.text().to_lowercase();
        let words: Vec<&str> = text.split_whitespace().collect();
        let holds = |&other: &EntryId| {
            if words.is_empty() {
                return true;
            }
            let department = corpus.department(other).unwrap_or_default();
            let disclosure = label::disclosure(corpus, other, lang);
            let whole = format!("{department} {disclosure} {}", label::file(corpus, other)).to_lowercase();
            words.iter().all(|word| whole.contains(word))
        };
        self.others = ranked(corpus, self.entry).into_iter().filter(holds).collect();
        (self.cursor, self.chosen) = (Cursor::default(), false);
    }
}

/// Returns whether two can be compared before a key is answered.
pub fn is_quick(corpus: &Corpus, entries: [EntryId; 2]) -> bool {
    let figures = entries.map(|entry| corpus.entry(entry).map_or(0, |entry| entry.disclosure.items.len()));
    figures.iter().sum::<usize>() <= MANY
}

/// Returns all other disclosures: first those of the department and kind of other years, the years nearest first and the
/// one before rather than the one after; then the department's of the same year; then the rest of it; then those of
/// others, of the same year and kind first.
fn ranked(corpus: &Corpus, entry: EntryId) -> Vec<EntryId> {
    let header = |entry: EntryId| corpus.entry(entry).map(|entry| &entry.disclosure.header);
    let year = |entry: EntryId| header(entry).and_then(|header| header.year).map(|year| year.value);
    let basis = |entry: EntryId| header(entry).and_then(|header| header.basis).map(|basis| basis.value);
    let edition = |entry: EntryId| header(entry).map(|header| header.edition);
    let own = corpus.department_id(entry);
    let rank = |&other: &EntryId| {
        let same_department = own.is_some() && corpus.department_id(other) == own;
        let same_basis = basis(other) == basis(entry);
        let years = year(other).zip(year(entry)).map_or(u16::MAX, |(other, own)| other.abs_diff(own));
        let group = match (same_department, same_basis, years == 0) {
            (true, true, false) => 0,
            (true, _, true) => 1,
            (true, false, false) => 2,
            (false, true, true) => 3,
            (false, _, _) => 4,
        };
        (group, years, Reverse(year(entry) > year(other)), edition(other) != edition(entry))
    };
    let mut others: Vec<EntryId> = corpus.order().iter().copied().filter(|&other| other != entry).collect();
    others.sort_by_cached_key(rank);
    others
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::example::{corpus, disclosure};
    use crate::model::Basis::{Budget, FinalAccounts};

    #[test]
    fn other_years_come_first_then_the_other_kind_then_other_departments() {
        let corpus = corpus([
            disclosure("甲局", 2022, Budget, ""),
            disclosure("乙局", 2022, FinalAccounts, ""),
            disclosure("甲局", 2024, Budget, ""),
            disclosure("甲局", 2023, FinalAccounts, ""),
            disclosure("甲局", 2023, Budget, ""),
            disclosure("乙局", 2023, Budget, ""),
            disclosure("甲局", 2021, FinalAccounts, ""),
            disclosure("甲局", 2020, Budget, ""),
        ]);
        let mut choose = Choose::new(&corpus, EntryId(4), None, Lang::Chinese);
        let names = |choose: &Choose| -> Vec<String> {
            let name = |&other: &EntryId| {
                let department = corpus.department(other).unwrap_or_default();
                format!("{department} {}", label::disclosure(&corpus, other, Lang::Chinese))
            };
            choose.others.iter().map(name).collect()
        };
        assert_eq!(
            names(&choose),
            [
                "甲局 2022 预算",
                "甲局 2024 预算",
                "甲局 2020 预算",
                "甲局 2023 决算",
                "甲局 2021 决算",
                "乙局 2023 预算",
                "乙局 2022 决算"
            ]
        );
        choose.words = Prompt::of("乙局 决算");
        choose.list(&corpus, Lang::Chinese);
        assert_eq!(names(&choose), ["乙局 2022 决算"]);
        let again = Choose::new(&corpus, EntryId(4), Some(EntryId(3)), Lang::Chinese);
        assert_eq!(again.selected(), Some(EntryId(3)));
    }
}
