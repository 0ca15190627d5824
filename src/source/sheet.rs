//! Workbooks → one sheet after the other, each with its name and its tables, numbers as the sheet prints them.

mod format;
mod ods;
mod xls;
mod xlsx;

pub(super) use self::ods::read as read_ods;
pub(super) use self::xls::read as read_xls;
pub(super) use self::xlsx::read as read_xlsx;
use std::collections::BTreeMap;

use super::build::Builder;
use super::grid::{Grid, GridCell, MOST_CELLS, Piece};
use super::{Format, Source, Unreadable};

/// The longest that the texts of all cells together may be, in bytes: a few bytes can name one long text a million times.
const LONGEST_TEXTS: usize = 64 << 20;

/// The most columns of a sheet.
const MOST_COLUMNS: u32 = 16_384;

/// A workbook while it is read.
struct Workbook {
    builder: Builder,
    /// How many more cells are read, and how many more bytes of text.
    left: (usize, usize),
}

/// A sheet while it is read.
#[derive(Default)]
struct Sheet {
    /// The cells that show something, with their row and column counted from 0, in any order.
    cells: Vec<Shown>,
    /// The regions that are one cell: first row, last row, first column, last column.
    merged: Vec<[u32; 4]>,
    /// Whether zeros are not shown.
    hides_zeros: bool,
}

/// A cell that shows something.
struct Shown {
    row: u32,
    column: u16,
    indent: u16,
    text: String,
    /// Whether it is a number.
    number: bool,
}

impl Workbook {
    fn new() -> Self {
        Self { builder: Builder::new(Format::Sheets), left: (MOST_CELLS, LONGEST_TEXTS) }
    }

    /// Counts a cell that shows a text.
    fn count(&mut self, text: &str) -> Result<(), Unreadable> {
        self.left.0 = self.left.0.checked_sub(1).ok_or(Unreadable::TooManyCells)?;
        self.left.1 = self.left.1.checked_sub(text.len()).ok_or(Unreadable::TooLarge)?;
        Ok(())
    }

    /// Adds a sheet that nobody sees: its name alone.
    fn hidden(&mut self, name: &str) {
        self.builder.sheet(name, true);
    }

    /// Adds a sheet.
    fn sheet(&mut self, name: &str, mut sheet: Sheet) -> Result<(), Unreadable> {
        self.builder.sheet(name, false);
        sheet.cells.sort_by_key(|cell| (cell.row, cell.column));
        sheet.cells.dedup_by_key(|cell| (cell.row, cell.column));
        let mut merged = Merged::new(sheet.merged);
        let width = sheet.cells.iter().map(|cell| cell.column + 1).max().unwrap_or(0);
        let mut grid = Grid::default();
        let mut cells = sheet.cells.into_iter().peekable();
        while let Some(first) = cells.next() {
            let row = first.row;
            let mut shown = vec![first];
            while let Some(next) = cells.next_if(|next| next.row == row) {
                shown.push(next);
            }
            let gap = grid.numbers.last().is_some_and(|last| row > *last);
            if gap && shown.len() == 1 {
                // One cell below an empty row begins something new: the next table's title.
                self.builder.table(fitted(std::mem::take(&mut grid)));
            }
            let placed = self.row(row, shown, width, &mut merged)?;
            grid.rows.push(placed);
            grid.numbers.push(row + 1);
        }
        self.builder.table(fitted(grid));
        if self.builder.is_too_long() { Err(Unreadable::TooLarge) } else { Ok(()) }
    }

    /// Puts the cells of a row into their columns, with empty ones between them.
    fn row(
        &mut self,
        row: u32,
        shown: Vec<Shown>,
        width: u16,
        merged: &mut Merged,
    ) -> Result<Vec<GridCell>, Unreadable> {
        let mut cells: Vec<GridCell> = Vec::with_capacity(shown.len());
        for shown in shown {
            let next = cells.last().map_or(0, |cell: &GridCell| cell.column.saturating_add(cell.columns));
            if shown.column < next {
                // Under the cell before, which is merged over it.
                continue;
            }
            self.fill(row, next, shown.column, merged, &mut cells)?;
            let region = merged.at(row, shown.column);
            let (columns, rows, covered) = extent(region, row, shown.column);
            if covered {
                self.fill(row, shown.column, shown.column + 1, merged, &mut cells)?;
                continue;
            }
            let pieces = vec![Piece::Paragraph(false, shown.text)];
            cells.push(GridCell {
                columns,
                rows,
                indent: shown.indent,
                ..GridCell::new(shown.column, pieces)
            });
        }
        let next = cells.last().map_or(0, |cell| cell.column.saturating_add(cell.columns));
        self.fill(row, next, width, merged, &mut cells)?;
        Ok(cells)
    }

    /// Adds the empty cells from one column to another.
    fn fill(
        &mut self,
        row: u32,
        from: u16,
        to: u16,
        merged: &mut Merged,
        cells: &mut Vec<GridCell>,
    ) -> Result<(), Unreadable> {
        let mut column = from;
        while column < to {
            self.count("")?;
            let (columns, rows, covered) = extent(merged.at(row, column), row, column);
            cells.push(GridCell { columns, rows, covered, ..GridCell::new(column, Vec::new()) });
            column = column.saturating_add(columns);
        }
        Ok(())
    }

    fn finish(self) -> Result<Source, Unreadable> {
        self.builder.finish()
    }
}

/// Takes off the empty cells at the right, which a table above or below on the sheet has but this one has not.
fn fitted(mut grid: Grid) -> Grid {
    let end = |cell: &GridCell| cell.column.saturating_add(cell.columns);
    let filled = grid.rows.iter().flatten().filter(|cell| !cell.pieces.is_empty());
    let width = filled.map(end).max().unwrap_or(0);
    for row in &mut grid.rows {
        row.retain(|cell| cell.column < width);
    }
    grid
}

/// How many columns and rows a cell covers from where it stands, and whether another one covers it.
fn extent(region: Option<[u32; 4]>, row: u32, column: u16) -> (u16, u16, bool) {
    let Some([top, bottom, left, right]) = region else { return (1, 1, false) };
    let small = |count: u32| count.min(u32::from(u16::MAX)) as u16;
    let columns = small(right.saturating_sub(u32::from(column)) + 1);
    let first = top == row && left == u32::from(column);
    (columns, if first { small(bottom - top + 1) } else { 1 }, !first)
}

/// The regions of merged cells, asked for row by row from the top.
struct Merged {
    /// Those that begin further down, the topmost last.
    coming: Vec<[u32; 4]>,
    /// Those that have begun, by their first column; some have ended.
    begun: BTreeMap<u32, [u32; 4]>,
}

impl Merged {
    fn new(mut regions: Vec<[u32; 4]>) -> Self {
        regions.retain(|[top, bottom, left, right]| top <= bottom && left <= right);
        regions.sort_unstable_by(|one, other| other.cmp(one));
        Self { coming: regions, begun: BTreeMap::new() }
    }

    /// Returns the region that a cell is in. Regions do not overlap, so the nearest to the left is the only one it can be.
    fn at(&mut self, row: u32, column: u16) -> Option<[u32; 4]> {
        while let Some(region) = self.coming.pop_if(|[top, ..]| *top <= row) {
            self.begun.insert(region[2], region);
        }
        let column = u32::from(column);
        while let Some((&left, &region)) = self.begun.range(..=column).next_back() {
            if region[1] >= row {
                return (region[3] >= column).then_some(region);
            }
            self.begun.remove(&left);
        }
        None
    }
}

/// Returns the row and the column, counted from 0, that a name such as C7 stands for.
fn place(name: &str) -> Option<(u32, u32)> {
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic);
    let (mut column, mut count) = (0_u32, 0);
    for letter in letters.take(4) {
        column = column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        count += 1;
    }
    let row: u32 = super::span::slice(name, count, name.len()).parse().ok()?;
    let row = row.checked_sub(1)?;
    (1..=MOST_COLUMNS).contains(&column).then(|| (row, column - 1))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::shown::shown;
    use super::*;

    #[test]
    fn names_of_cells_are_places() {
        let places = ["A1", "C7", "XFD1048576", "AA10", "A0", "7", "ABCDE1", ""].map(place);
        let some = |row, column| Some((row, column));
        assert_eq!(
            places,
            [some(0, 0), some(6, 2), some(1_048_575, 16_383), some(9, 26), None, None, None, None]
        );
    }

    #[test]
    fn merged_cells_cover_their_region_and_gaps_begin_new_tables() {
        let mut workbook = Workbook::new();
        let cell =
            |row, column, text: &str| Shown { row, column, indent: 0, text: text.to_owned(), number: false };
        let sheet = Sheet {
            cells: vec![
                cell(0, 0, "支出总表"),
                cell(1, 2, "单位：万元"),
                cell(2, 0, "科目"),
                cell(2, 2, "合计"),
                cell(3, 0, "编码"),
                cell(3, 1, "名称"),
                cell(4, 0, "201"),
                cell(4, 2, "3.43"),
                cell(7, 0, "三公表"),
                cell(8, 0, "合计"),
                cell(8, 1, "1"),
            ],
            merged: vec![[0, 0, 0, 2], [2, 2, 0, 1], [2, 3, 2, 2]],
            hides_zeros: false,
        };
        workbook.sheet("表1", sheet).expect("it is small");
        workbook.hidden("数据");
        let source = workbook.finish().expect("it is a workbook");
        let numbers: Vec<u32> =
            source.tables.iter().flat_map(|table| &table.rows).map(|row| row.number).collect();
        assert_eq!(numbers, [3, 4, 5, 9]);
        let sheets: Vec<(&str, bool)> =
            source.sheets.iter().map(|sheet| (source.cut(sheet.name), sheet.hidden)).collect();
        assert_eq!(sheets, [("表1", false), ("数据", true)]);
        assert_eq!(source.tables[0].sheet, Some(0));
        expect![[r"
            支出总表
            单位：万元
            |0:科目[2x1] 2:合计[1x2]
            |0:编码 1:名称
            |0:201 1: 2:3.43
            三公表
            |0:合计 1:1
        "]]
        .assert_eq(&shown(Ok(source)));
    }
}
