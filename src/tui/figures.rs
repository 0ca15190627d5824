//! The node that is selected in the tree → the rows of the figures pane.

use super::cursor::{Cursor, Motion};
use super::number;
use super::settings::in_unit;
use super::table::{self, Column, Figure};
use super::width;
use crate::corpus::tree::Node;
use crate::corpus::{self, Corpus, EntryId, SectionRef, TableRef};
use crate::model::{Disclosure, Item, ItemId, NameId, SectionId};
use crate::quantity::{Kind, Unit};

/// The state of the figures pane.
#[derive(Debug, Default)]
pub struct Figures {
    /// What the rows are about.
    pub scope: Option<Scope>,
    /// The rows.
    pub lines: Vec<Line>,
    /// The selected row and the first on screen.
    pub cursor: Cursor,
    /// How wide the columns are.
    pub columns: [Extent; Column::COUNT],
    /// The unit that most of the money is in; it stands once above the rows.
    pub unit: Option<Unit>,
    /// The unit that all money is shown in, where a person chose one.
    pub wanted: Option<Unit>,
}

/// What the figures pane lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The disclosures of a department.
    Department(Option<NameId>),
    /// All figures of a disclosure.
    Disclosure(EntryId),
    /// The figures of a section and of those below it.
    Section(SectionRef),
    /// The figures of a table.
    Table(TableRef),
}

/// One row of the figures pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// A disclosure of the department.
    Disclosure(EntryId),
    /// The section that the following figures stand in.
    Section(SectionId),
    /// The table that the following figures stand in.
    Table(u32),
    /// Figures of one subject.
    Figure(Figure),
}

/// How many cells the numbers of a column take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extent {
    /// Before the decimal point.
    pub whole: usize,
    /// From the decimal point on.
    pub places: usize,
    /// Past the longest decimal places: the units that stand beside their numbers.
    pub beside: usize,
}

impl Extent {
    /// Returns how many cells it takes in all.
    pub fn width(self) -> usize {
        self.whole + self.places + self.beside
    }
}

impl Scope {
    /// Returns what is listed while a node is selected.
    pub fn of(corpus: &Corpus, node: Node) -> Self {
        match node {
            Node::Department(department) => Self::Department(department),
            Node::Disclosure(entry) => Self::Disclosure(entry),
            Node::Section(place) => Self::Section(place),
            Node::Table(place) => Self::Table(place),
            Node::Item(place) => match corpus.parent(node) {
                Some(Node::Section(section)) => Self::Section(section),
                Some(Node::Table(table)) => Self::Table(table),
                _ => Self::Disclosure(place.entry),
            },
        }
    }

    /// Returns the disclosure that its figures stand in.
    pub fn entry(self) -> Option<EntryId> {
        match self {
            Self::Department(_) => None,
            Self::Disclosure(entry)
            | Self::Section(SectionRef { entry, .. })
            | Self::Table(TableRef { entry, .. }) => Some(entry),
        }
    }
}

impl Figures {
    /// Returns the selected row.
    pub fn selected(&self) -> Option<Line> {
        self.lines.get(self.cursor.selected).copied()
    }

    /// Goes through the rows.
    pub fn go(&mut self, motion: Motion, height: usize) {
        self.cursor.go(motion, self.lines.len(), height);
    }

    /// Lists what lies under a scope and selects the first row, or, where the same scope is listed again, the same as
    /// before.
    pub fn list(&mut self, corpus: &Corpus, scope: Scope, height: usize) {
        let again = self.scope == Some(scope);
        let selected = self.selected().filter(|_| again);
        let cursor = if again { self.cursor } else { Cursor::default() };
        *self = Self { scope: Some(scope), cursor, wanted: self.wanted, ..Self::default() };
        match scope {
            Scope::Department(department) => {
                self.lines.extend(corpus.entries_of(department).iter().map(|&entry| Line::Disclosure(entry)));
            }
            Scope::Disclosure(entry) => self.list_sections(corpus, entry, None),
            Scope::Section(SectionRef { entry, section }) => self.list_sections(corpus, entry, Some(section)),
            Scope::Table(TableRef { entry, table }) => self.list_table(corpus, entry, table),
        }
        let row = selected.and_then(|selected| self.lines.iter().position(|&line| line == selected));
        self.cursor.select(row.unwrap_or_default(), self.lines.len(), height);
    }

    /// Selects the row that a figure stands in.
    pub fn find(&mut self, item: ItemId, height: usize) {
        let holds = |line: &Line| matches!(line, Line::Figure(figure) if figure.holds(item));
        if let Some(row) = self.lines.iter().position(holds) {
            self.cursor.select(row, self.lines.len(), height);
        }
    }

    fn list_sections(&mut self, corpus: &Corpus, entry: EntryId, within: Option<SectionId>) {
        let Some(disclosure) = corpus.entry(entry).map(|entry| &entry.disclosure) else { return };
        let items = &disclosure.items;
        let (mut at, last) = match within {
            Some(section) => {
                let last = SectionId(section.0 + sections_below(disclosure, section));
                let start = items.partition_point(|item| item.section < section);
                (start, items.partition_point(|item| item.section <= last))
            }
            None => (0, items.len()),
        };
        let common = most_common_money(items.get(at..last).unwrap_or_default());
        self.unit = self.wanted.filter(|_| common.is_some()).or(common);
        while let Some(section) = items.get(at).filter(|_| at < last).map(|item| item.section) {
            let end = items.partition_point(|item| item.section <= section).min(last).max(at + 1);
            if within != Some(section) && disclosure.sections.get(section.0 as usize).is_some() {
                self.lines.push(Line::Section(section));
            }
            let own = items.get(at..end).unwrap_or_default();
            self.lines.extend(table::rows(corpus, disclosure, at, own).into_iter().map(Line::Figure));
            for table in tables_of(disclosure, own) {
                let section = items.get(at).map(|item| SectionRef { entry, section: item.section });
                if section.and_then(|section| corpus.only_table(section)).is_none() {
                    self.lines.push(Line::Table(table));
                }
                self.lines.extend(table::rows_of_table(disclosure, table).into_iter().map(Line::Figure));
            }
            at = end;
        }
        self.measure(disclosure);
    }

    fn list_table(&mut self, corpus: &Corpus, entry: EntryId, table: u32) {
        let Some(disclosure) = corpus.entry(entry).map(|entry| &entry.disclosure) else { return };
        let range = corpus::table::items(disclosure, table);
        let items = disclosure.items.get(range.start as usize..range.end as usize).unwrap_or_default();
        let common = most_common_money(items);
        self.unit = self.wanted.filter(|_| common.is_some()).or(common);
        self.lines.extend(table::rows_of_table(disclosure, table).into_iter().map(Line::Figure));
        self.measure(disclosure);
    }

    /// Finds how wide the columns are.
    fn measure(&mut self, disclosure: &Disclosure) {
        let figures = self.lines.iter().filter_map(|line| match line {
            Line::Figure(figure) => Some(figure),
            Line::Disclosure(_) | Line::Section(_) | Line::Table(_) => None,
        });
        // The most cells from the decimal point on, units included.
        let mut after = [0; Column::COUNT];
        for figure in figures {
            for ((column, extent), after) in Column::ALL.into_iter().zip(&mut self.columns).zip(&mut after) {
                let item = figure.cell(column).and_then(|id| disclosure.items.get(id.0 as usize));
                let Some(item) = item else { continue };
                let (value, unit) = in_unit(item.value, item.unit, self.wanted);
                let (whole, places) = number::extent(value, column.sign());
                let told = is_unit_told(column, unit, self.unit);
                let unit = if told { 0 } else { width::of(unit.name()) };
                extent.whole = extent.whole.max(whole);
                extent.places = extent.places.max(places);
                *after = (*after).max(places + unit);
            }
        }
        for (extent, after) in self.columns.iter_mut().zip(after) {
            extent.beside = after.saturating_sub(extent.places);
        }
    }
}

/// Returns whether the unit of a number in a column is told above it, so that it need not stand beside it.
pub fn is_unit_told(column: Column, unit: Unit, above: Option<Unit>) -> bool {
    match column {
        Column::This | Column::Last | Column::Delta => above == Some(unit),
        Column::Rate | Column::Share => unit == Unit::Percent,
    }
}

/// Returns the tables that some figures stand in, each once.
fn tables_of(disclosure: &Disclosure, items: &[Item]) -> Vec<u32> {
    let mut tables = Vec::new();
    let mut known = 0..0;
    for item in items {
        if item.cell.is_none_or(|cell| known.contains(&cell.row())) {
            continue;
        }
        let table = corpus::table::table_of(disclosure, item);
        known = table.map_or(0..0, |table| corpus::table::rows_of(disclosure, table));
        tables.extend(table);
    }
    tables
}

/// Returns how many sections lie inside one.
fn sections_below(disclosure: &Disclosure, section: SectionId) -> u32 {
    let after = disclosure.sections.iter().skip(section.0 as usize + 1);
    after.take_while(|other| other.parent >= Some(section)).count() as u32
}

/// Returns the unit that most of the money is in; of two as common the smaller.
fn most_common_money(items: &[Item]) -> Option<Unit> {
    let count = |unit: Unit| items.iter().filter(|item| item.unit == unit).count();
    let money = Unit::ALL.iter().copied().filter(|unit| unit.kind() == Kind::Money);
    money
        .map(|unit| (count(unit), unit))
        .filter(|&(count, _)| count > 0)
        .rev()
        .max_by_key(|&(count, _)| count)
        .map(|(_, unit)| unit)
}
