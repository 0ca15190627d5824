//! A text of Word 97 to 2003, or of WPS → paragraphs and tables in order, as they are shown ([MS-DOC]).

pub(super) mod bytes;
mod file;
mod sprm;

use self::file::File;
use self::sprm::{NEAR, Properties, RowShape};
use super::build::Builder;
use super::compound::Compound;
use super::grid::{Grid, GridCell, MOST_CELLS, Piece};
use super::{Format, Source, Unreadable};

/// The deepest that tables stand in each other.
const DEEPEST: usize = 40;
/// How many twentieths of a point a half-width character of the usual size takes.
const HALF_WIDTH: i32 = 105;

/// Returns the text of a document.
pub(super) fn read(mut compound: Compound) -> Result<Source, Unreadable> {
    let document = compound.stream("WordDocument")?;
    let tables = [compound.stream("0Table")?, compound.stream("1Table")?];
    let data = compound.stream("Data")?;
    let file = File::open(&document, [&tables[0], &tables[1]], &data)?;
    let lengths = file.lengths();
    let [text, footnotes, headers, macros, comments, endnotes, boxes] = lengths;
    let mut reader = Reader {
        file,
        builder: Builder::new(Format::Word),
        tables: Vec::new(),
        units: Vec::new(),
        fields: Vec::new(),
        gone: (false, 0..0),
        cells: MOST_CELLS,
        failed: None,
    };
    // What stands at the top and the bottom of every page, comments and macros are left out.
    let notes = text.saturating_add(footnotes);
    let ends = [headers, macros, comments].into_iter().fold(notes, u32::saturating_add);
    let last = ends.saturating_add(endnotes);
    for (first, end) in [(0, text), (text, notes), (ends, last), (last, last.saturating_add(boxes))] {
        reader.read(first, end)?;
    }
    reader.builder.finish()
}

/// A table that is open.
#[derive(Default)]
struct Open {
    rows: Vec<(Vec<GridCell>, RowShape)>,
    cells: Vec<GridCell>,
    /// What stands in the cell at hand.
    pieces: Vec<Piece>,
    indent: i32,
}

struct Reader<'a> {
    file: File<'a>,
    builder: Builder,
    /// The tables that are open, outermost first.
    tables: Vec<Open>,
    /// The paragraph at hand.
    units: Vec<u16>,
    /// The fields that are open, and whether what follows is their result.
    fields: Vec<bool>,
    /// Whether the characters stored in a stretch are not shown.
    gone: (bool, std::ops::Range<u32>),
    cells: usize,
    failed: Option<Unreadable>,
}

impl Reader<'_> {
    /// Reads the characters from one number to another.
    fn read(&mut self, first: u32, end: u32) -> Result<(), Unreadable> {
        let mut characters = Vec::new();
        self.file.each(first, end, |unit, at| characters.push((unit, at)));
        for (unit, at) in characters {
            self.character(unit, at);
            if let Some(why) = self.failed {
                return Err(why);
            }
        }
        self.end_paragraph(&Properties::default(), false);
        self.close_tables(0);
        self.fields.clear();
        if self.builder.is_too_long() { Err(Unreadable::TooLarge) } else { Ok(()) }
    }

    fn character(&mut self, unit: u16, at: u32) {
        match unit {
            0x07 | 0x0D | 0x0C => {
                let properties = self.file.paragraph(at);
                self.end_paragraph(&properties, unit == 0x07);
            }
            0x13 => self.fields.push(false),
            0x14 => {
                if let Some(result) = self.fields.last_mut() {
                    *result = true;
                }
            }
            0x15 => drop(self.fields.pop()),
            _ if self.fields.contains(&false) => {}
            _ => {
                if !self.gone.1.contains(&at) {
                    let (gone, end) = self.file.is_gone(at);
                    self.gone = (gone, at..end.max(at + 1));
                }
                if self.gone.0 {
                    return;
                }
                match unit {
                    0x0B | 0x0E => self.units.push(0x0A),
                    0x1E => self.units.push(u16::from(b'-')),
                    // Tabs are text; pictures, drawings, notes and hyphens that do not show are not.
                    0x09 | 0x20.. => self.units.push(unit),
                    _ => {}
                }
            }
        }
    }

    fn end_paragraph(&mut self, properties: &Properties, cell_mark: bool) {
        let text = String::from_utf16_lossy(&std::mem::take(&mut self.units));
        let depth = if cell_mark { properties.depth.max(1) } else { properties.depth } as usize;
        if depth > DEEPEST {
            self.failed = Some(Unreadable::TooDeep);
            return;
        }
        self.close_tables(depth);
        while self.tables.len() < depth {
            self.tables.push(Open::default());
        }
        if properties.ends_row {
            if let Some(table) = self.tables.last_mut() {
                let cells = std::mem::take(&mut table.cells);
                table.rows.push((cells, properties.row.clone()));
                table.pieces.clear();
            }
            return;
        }
        if !text.trim().is_empty() {
            let list = properties.list.filter(|list| (1..2047).contains(list));
            let level = usize::from(properties.level.unwrap_or(0));
            let number = list.and_then(|list| self.file.lists.next(i64::from(list), level));
            let heading = properties.heading.unwrap_or(false);
            let piece = Piece::Paragraph(heading, number.unwrap_or_default() + &text);
            match self.tables.last_mut() {
                Some(table) => {
                    if table.pieces.is_empty() {
                        table.indent = properties.indent;
                    }
                    table.pieces.push(piece);
                }
                None => self.builder.pieces(vec![piece]),
            }
        }
        if (cell_mark || properties.ends_inner_cell)
            && let Some(table) = self.tables.last_mut()
        {
            let Some(left) = self.cells.checked_sub(1) else {
                self.failed = Some(Unreadable::TooManyCells);
                return;
            };
            self.cells = left;
            let indent = (std::mem::take(&mut table.indent) / HALF_WIDTH).clamp(0, i32::from(u16::MAX)) as u16;
            let column = table.cells.len().min(usize::from(u16::MAX)) as u16;
            let pieces = std::mem::take(&mut table.pieces);
            table.cells.push(GridCell { indent, ..GridCell::new(column, pieces) });
        }
    }

    /// Ends the tables that are deeper than this.
    fn close_tables(&mut self, depth: usize) {
        while self.tables.len() > depth
            && let Some(mut table) = self.tables.pop()
        {
            if !table.cells.is_empty() || !table.pieces.is_empty() {
                if !table.pieces.is_empty() {
                    let column = table.cells.len().min(usize::from(u16::MAX)) as u16;
                    table.cells.push(GridCell::new(column, std::mem::take(&mut table.pieces)));
                }
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

/// Puts the cells of a table into columns: each edge that some row has begins one.
fn grid(rows: Vec<(Vec<GridCell>, RowShape)>) -> Grid {
    let mut edges: Vec<i32> = rows.iter().flat_map(|(_, shape)| shape.edges.iter().copied()).collect();
    edges.sort_unstable();
    edges.dedup_by(|next, before| *next - *before < NEAR);
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
