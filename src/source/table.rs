//! Tables as the layout holds them: rows of cells that know which columns and rows they cover.

use super::Span;

/// A table as rows of cells. One that goes on over several pages is one table; what stands between its parts is not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// The words that name it: above it, or in its first rows.
    pub title: Option<Span>,
    /// The note that gives the unit of its money, such as 单位：万元.
    pub unit_note: Option<Span>,
    /// The note below it, such as 注：本表无数据.
    pub note: Option<Span>,
    /// How many rows at the top the format itself calls the head; 0 where it does not say.
    pub head_rows: u16,
    /// Whether its columns are only counted: a dump leaves out cells that are merged with others, so that the columns of
    /// two rows need not be the same.
    pub ragged: bool,
    /// The sheet it is on, as an index into [`Source::sheets`](super::Source::sheets).
    pub sheet: Option<u32>,
    /// The rows from top to bottom.
    pub rows: Vec<Row>,
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// The cells that begin in this row, from left to right. Where a cell reaches over several rows or columns, the other
    /// places have none, as far as the format says; otherwise they have empty ones.
    pub cells: Vec<Cell>,
    /// The number of the row on its sheet, counted from 1; 0 where there is no sheet.
    pub number: u32,
}

/// One cell of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cell {
    /// Its text, without spaces at either side; where it is empty, the place that it would have.
    pub span: Span,
    /// The first column it stands in, counted from 0; on a sheet from the sheet's first.
    pub column: u16,
    /// How many columns it covers, at least 1.
    pub columns: u16,
    /// How many rows it covers, at least 1, as far as the format says.
    pub rows: u16,
    /// How far its text is set in, in half-width columns, as far as the format says.
    pub indent: u16,
}

/// A sheet of a workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sheet {
    /// Its name, which stands in the text above what is on it, and in no block.
    pub name: Span,
    /// Its name and all that stands on it.
    pub span: Span,
    /// Whether the workbook hides it.
    pub hidden: bool,
}

impl Cell {
    /// Returns a cell of one column and one row.
    pub fn single(span: Span, column: u16) -> Self {
        Self { span, column, columns: 1, rows: 1, indent: 0 }
    }

    /// Returns the column after its last.
    pub fn end(&self) -> u16 {
        self.column.saturating_add(self.columns.max(1))
    }
}

impl Row {
    /// Returns everything from its first to its last cell.
    pub fn span(&self) -> Option<Span> {
        Some(self.cells.first()?.span.cover(self.cells.last()?.span))
    }
}

impl Table {
    /// Returns how many columns it has.
    pub fn width(&self) -> u16 {
        self.rows.iter().flat_map(|row| &row.cells).map(Cell::end).max().unwrap_or(0)
    }

    /// Returns everything from its first to its last cell.
    pub fn span(&self) -> Option<Span> {
        let cells = || self.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.span);
        cells().reduce(Span::cover)
    }
}

/// Returns the name that a spreadsheet gives to a cell, such as C7, from a column counted from 0 and a row from 1.
pub fn address(column: u16, row: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(column) + 1;
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    let name: String = letters.iter().rev().map(|&letter| char::from(letter)).collect();
    format!("{name}{row}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_the_names_of_spreadsheets() {
        let names: Vec<String> = [0, 2, 25, 26, 701, 702].iter().map(|&column| address(column, 7)).collect();
        assert_eq!(names, ["A7", "C7", "Z7", "AA7", "ZZ7", "AAA7"]);
    }

    #[test]
    fn a_table_is_as_wide_as_its_last_cell_reaches() {
        let cell = |column, columns| Cell { columns, ..Cell::single(Span::new(1, 2), column) };
        let row = |cells| Row { cells, number: 0 };
        let table = Table {
            rows: vec![row(vec![cell(0, 3)]), row(vec![cell(0, 1), cell(3, 2)])],
            ..Table::default()
        };
        assert_eq!((table.width(), table.span()), (5, Some(Span::new(1, 2))));
        assert_eq!(Table::default().span(), None);
    }
}
