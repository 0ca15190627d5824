//! Tables as the checks ask for them: their rows, what follows from them, the codes of their lines.

use std::ops::Range;

use super::Facts;
use crate::check::ledger::Book;
use crate::model::ItemId;
use crate::source::Table;

impl Facts<'_> {
    /// Returns the tables with what follows from them.
    pub(in crate::check) fn book(&self) -> &Book {
        self.book.get_or_init(|| Book::of(self))
    }

    /// Returns the code of a figure's subject.
    pub(in crate::check) fn code(&self, id: ItemId) -> Option<u32> {
        let subject = self.d.words.get(self.item(id)?.subject)?;
        subject.code.map(|code| code.0.get())
    }

    /// Returns the rows of a table, as figures count them.
    pub(in crate::check) fn rows_of(&self, table: usize) -> Range<u32> {
        let rows = |table: &Table| table.rows.len() as u32;
        let first = self.d.source.tables.iter().take(table).map(rows).sum();
        first..first + self.d.source.tables.get(table).map_or(0, rows)
    }
}
