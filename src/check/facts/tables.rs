//! Tables as the checks ask for them: their rows, what follows from them, the codes of their lines.

use std::ops::Range;

use super::Facts;
use crate::check::ledger::Book;
use crate::model::ItemId;
use crate::source::{BlockKind, Span, Table};

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

    /// Whether a stretch of a row lies in one cell.
    pub(in crate::check) fn is_in_a_cell(&self, span: Span) -> bool {
        let source = &self.d.source;
        let at = source.blocks.partition_point(|block| block.span.end <= span.start);
        let Some(BlockKind::Row { table, row }) = source.blocks.get(at).map(|block| block.kind) else {
            return false;
        };
        let row = source.tables.get(table as usize).and_then(|table| table.rows.get(row as usize));
        row.is_some_and(|row| row.cells.iter().any(|cell| cell.span.contains(span)))
    }

    /// Returns the rows of a table, as figures count them.
    pub(in crate::check) fn rows_of(&self, table: usize) -> Range<u32> {
        let rows = |table: &Table| table.rows.len() as u32;
        let first = self.d.source.tables.iter().take(table).map(rows).sum();
        first..first + self.d.source.tables.get(table).map_or(0, rows)
    }
}
