//! Paragraphs with marks that end cells and rows, as doc and RTF have them → tables.

use super::build::Builder;
use super::grid::{Grid, GridCell, MOST_CELLS, Piece};
use super::{Format, Source, Unreadable};

/// The deepest that tables stand in each other.
const DEEPEST: usize = 40;
/// How many twentieths of a point a half-width character of the usual size takes.
const HALF_WIDTH: i32 = 105;
/// The shortest distance of two edges of columns, in twentieths of a point: 1 mm. Whoever draws a table by hand misses by
/// less.
const NEAR: i32 = 57;

/// The cells of a row.
#[derive(Debug, Clone, Default)]
pub(super) struct RowShape {
    /// Where the cells begin and the last ends, in twentieths of a point.
    pub(super) edges: Vec<i32>,
    /// Which cells belong to the one before, and which to the one above.
    pub(super) merged: Vec<(bool, bool)>,
    /// Whether the row is repeated on every page.
    pub(super) head: bool,
}

/// Text while it is read, with the tables that are open.
#[derive(Debug)]
pub(super) struct Marked {
    builder: Builder,
    /// Outermost first.
    tables: Vec<Open>,
    /// How many more cells are read.
    cells: usize,
}

/// A table that is open.
#[derive(Debug, Default)]
struct Open {
    rows: Vec<(Vec<GridCell>, RowShape)>,
    cells: Vec<GridCell>,
    /// What stands in the cell at hand.
    pieces: Vec<Piece>,
    indent: i32,
}

impl Marked {
    /// Returns an empty text.
    pub(super) fn new(format: Format) -> Self {
        Self { builder: Builder::new(format), tables: Vec::new(), cells: MOST_CELLS }
    }

    /// What follows stands in this many tables.
    pub(super) fn enter(&mut self, depth: usize) -> Result<(), Unreadable> {
        if depth > DEEPEST {
            return Err(Unreadable::TooDeep);
        }
        self.close_tables(depth);
        while self.tables.len() < depth {
            self.tables.push(Open::default());
        }
        Ok(())
    }

    /// Adds a paragraph that is set in by so many twentieths of a point.
    pub(super) fn paragraph(&mut self, heading: bool, text: String, indent: i32) {
        let piece = Piece::Paragraph(heading, text);
        match self.tables.last_mut() {
            Some(table) => {
                if table.pieces.is_empty() {
                    table.indent = indent;
                }
                table.pieces.push(piece);
            }
            None => self.builder.pieces(vec![piece]),
        }
    }

    /// Ends a cell of the innermost table.
    pub(super) fn end_cell(&mut self) -> Result<(), Unreadable> {
        self.cells = self.cells.checked_sub(1).ok_or(Unreadable::TooManyCells)?;
        if let Some(table) = self.tables.last_mut() {
            table.end_cell();
        }
        Ok(())
    }

    /// Ends a row of the innermost table.
    pub(super) fn end_row(&mut self, shape: RowShape) {
        if let Some(table) = self.tables.last_mut() {
            let cells = std::mem::take(&mut table.cells);
            table.pieces.clear();
            if !cells.is_empty() {
                table.rows.push((cells, shape));
            }
        }
    }

    /// Ends all tables, and tells where the text has grown too long.
    pub(super) fn close(&mut self) -> Result<(), Unreadable> {
        self.close_tables(0);
        if self.builder.is_too_long() { Err(Unreadable::TooLarge) } else { Ok(()) }
    }

    /// Returns the text with its layout.
    pub(super) fn finish(mut self) -> Result<Source, Unreadable> {
        self.close()?;
        self.builder.finish()
    }

    fn close_tables(&mut self, depth: usize) {
        while self.tables.len() > depth
            && let Some(mut table) = self.tables.pop()
        {
            if !table.pieces.is_empty() {
                table.end_cell();
            }
            if !table.cells.is_empty() {
                table.rows.push((std::mem::take(&mut table.cells), RowShape::default()));
            }
            let piece = Piece::Table(grid(table.rows));
            match self.tables.last_mut() {
                Some(outer) => outer.pieces.push(piece),
                None => self.builder.pieces(vec![piece]),
            }
        }
    }
}

impl Open {
    fn end_cell(&mut self) {
        let indent = u16::try_from(std::mem::take(&mut self.indent) / HALF_WIDTH).unwrap_or(0);
        let column = self.cells.len().min(usize::from(u16::MAX)) as u16;
        self.cells.push(GridCell { indent, ..GridCell::new(column, std::mem::take(&mut self.pieces)) });
    }
}

/// Puts the cells of a table into columns: each edge that some row has begins one.
fn grid(rows: Vec<(Vec<GridCell>, RowShape)>) -> Grid {
    let mut edges: Vec<i32> = rows.iter().flat_map(|(_, shape)| shape.edges.iter().copied()).collect();
    edges.sort_unstable();
    edges.dedup_by(|next, before| next.saturating_sub(*before) < NEAR);
    let column = |edge: i32| {
        let after = edges.partition_point(|known| *known <= edge);
        after.saturating_sub(1).min(usize::from(u16::MAX)) as u16
    };
    let mut grid = Grid::default();
    let mut head = true;
    for (mut cells, shape) in rows {
        if shape.edges.len() == cells.len() + 1 {
            let bounds = shape.edges.windows(2).zip(&shape.merged);
            for (cell, (edges, (_, above))) in cells.iter_mut().zip(bounds) {
                let [from, to] = [edges[0], edges[1]].map(column);
                (cell.column, cell.columns, cell.covered) = (from, to.saturating_sub(from).max(1), *above);
            }
            // A cell that belongs to the one before makes that one wider.
            let mut merged = shape.merged.iter();
            let mut wide: Vec<GridCell> = Vec::with_capacity(cells.len());
            for cell in cells {
                let joins = merged.next().is_some_and(|(before, _)| *before);
                match wide.last_mut().filter(|_| joins) {
                    Some(before) => before.columns = before.columns.saturating_add(cell.columns),
                    None => wide.push(cell),
                }
            }
            cells = wide;
        }
        head &= shape.head;
        grid.head_rows += u16::from(head && grid.head_rows < u16::MAX);
        grid.rows.push(cells);
    }
    grid.count_rows();
    grid
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::shown::shown;
    use super::*;

    #[test]
    fn the_edges_of_all_rows_make_the_columns() {
        let mut text = Marked::new(Format::Word);
        let (own, before, above) = ((false, false), (true, false), (false, true));
        let rows = [
            (vec!["科目", "", "合计"], vec![0, 1000, 2000, 3000], vec![own, before, own]),
            (vec!["编码", "名称", ""], vec![3, 1010, 1990, 3000], vec![own, own, above]),
            (vec!["总计", "3.43"], vec![0, 2000, 3000], vec![own, own]),
        ];
        for (cells, edges, merged) in rows {
            for cell in cells {
                text.enter(1).expect("it is flat");
                text.paragraph(false, cell.to_owned(), 0);
                text.end_cell().expect("it is small");
            }
            text.end_row(RowShape { edges, merged, head: false });
        }
        expect![[r"
            |0:科目[2x1] 2:合计[1x2]
            |0:编码 1:名称
            |0:总计[2x1] 2:3.43
        "]]
        .assert_eq(&shown(text.finish()));
    }
}
