//! Tables of pages → tables of the document: which go on from the page before, and where their columns are.

use std::collections::HashSet;

use super::document::{Body, Piece};
use super::matrix::{Matrix, range};
use crate::source::{Block, BlockKind, Cell, Row, Source, Span, Table};

/// The columns of two pages that are no further apart are one.
const SAME_COLUMN: i32 = 600;
/// How many lines above a table may be its title, number and unit.
const MOST_HEAD_LINES: usize = 8;

/// Which table of the document each table of a page is.
#[derive(Debug, Default)]
pub(super) struct Tables {
    /// By page and number on it.
    places: Vec<Vec<Place>>,
    /// The left edges of the columns of each table of the document.
    columns: Vec<Vec<i32>>,
    /// The lines, by page and number on it, that repeat the title of a table that goes on.
    repeated: HashSet<(usize, usize)>,
}

/// Where a table of a page is in the document.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    table: usize,
    /// How far to the right it stands from where the table began.
    aside: i32,
}

/// A table of a page as a part of a table of the document.
pub(super) struct Part<'a> {
    table: usize,
    aside: i32,
    columns: &'a [i32],
}

/// The table that may go on.
struct Open<'a> {
    table: usize,
    page: usize,
    /// The lines above its first part.
    head: Vec<String>,
    first: &'a Matrix,
}

impl Tables {
    /// Finds the tables of the document.
    pub(super) fn find(bodies: &[Body]) -> Self {
        let mut tables = Self::default();
        let mut open: Option<Open> = None;
        for (page, body) in bodies.iter().enumerate() {
            let mut places = vec![Place::default(); body.tables.len()];
            let mut above: Vec<usize> = Vec::new();
            let mut first = true;
            for piece in body.pieces() {
                let at = match piece {
                    Piece::Line(at) => {
                        above.push(at);
                        continue;
                    }
                    Piece::Table(at) => at,
                };
                let Some(matrix) = body.tables.get(at) else { continue };
                let texts: Vec<&str> = above
                    .iter()
                    .filter_map(|at| body.lines.get(*at))
                    .map(|line| line.text.as_str())
                    .collect();
                let goes_on = open.as_mut().filter(|open| first && open.page + 1 == page);
                let goes_on = goes_on.filter(|open| tables.goes_on(open, &texts, matrix));
                if let Some(open) = goes_on {
                    let aside = tables.widen(open.table, matrix);
                    tables.repeated.extend(above.iter().map(|at| (page, *at)));
                    open.page = page;
                    set(&mut places, at, Place { table: open.table, aside });
                } else {
                    let table = tables.columns.len();
                    tables.columns.push(matrix.lefts().to_vec());
                    let head = texts.iter().rev().take(MOST_HEAD_LINES).map(|text| plain(text)).collect();
                    set(&mut places, at, Place { table, aside: 0 });
                    open = Some(Open { table, page, head, first: matrix });
                }
                above.clear();
                first = false;
            }
            // What stands below a table ends it.
            open = open.filter(|open| open.page == page && above.is_empty());
            tables.places.push(places);
        }
        tables
    }

    /// Returns whether a table goes on with the one on the page before: without a word between them in columns of the
    /// same places, or below the same title with the same head.
    fn goes_on(&self, open: &Open, above: &[&str], matrix: &Matrix) -> bool {
        let same_head = open.first.texts(0).eq(matrix.texts(0));
        let no_words = above.is_empty();
        let same_words = || above.iter().all(|line| open.head.contains(&plain(line)));
        no_words && (same_head || self.fits(open.table, matrix)) || same_head && same_words()
    }

    /// Returns whether the columns of a table stand where those of a table of the document do.
    fn fits(&self, table: usize, matrix: &Matrix) -> bool {
        let Some(columns) = self.columns.get(table) else { return false };
        let aside = aside(columns, matrix.lefts());
        let near = |left: &&i32| columns.iter().any(|column| (*column + aside - **left).abs() <= SAME_COLUMN);
        let found = matrix.lefts().iter().filter(near).count();
        found * 5 >= matrix.lefts().len() * 4 && found >= 2
    }

    /// Adds columns that only this part has, and returns how far it stands aside.
    fn widen(&mut self, table: usize, matrix: &Matrix) -> i32 {
        let Some(columns) = self.columns.get_mut(table) else { return 0 };
        let aside = aside(columns, matrix.lefts());
        for left in matrix.lefts().iter().map(|left| left - aside) {
            if columns.iter().all(|column| (column - left).abs() > SAME_COLUMN) {
                columns.push(left);
            }
        }
        columns.sort_unstable();
        aside
    }

    /// Returns whether a line repeats the title of a table that goes on.
    pub(super) fn is_repeated(&self, page: usize, line: usize) -> bool {
        self.repeated.contains(&(page, line))
    }

    /// Returns what a table of a page is in the document.
    pub(super) fn place(&self, page: usize, at: usize) -> Part<'_> {
        let place = self.places.get(page).and_then(|places| places.get(at)).copied().unwrap_or_default();
        let columns = self.columns.get(place.table).map_or(&[][..], Vec::as_slice);
        Part { table: place.table, aside: place.aside, columns }
    }

    /// Makes sure that every table is there.
    pub(super) fn finish(&self, source: &mut Source) {
        source.tables.resize_with(self.columns.len(), Table::default);
    }
}

fn set(places: &mut [Place], at: usize, place: Place) {
    if let Some(slot) = places.get_mut(at) {
        *slot = place;
    }
}

/// Returns how far the columns of a part stand aside, where all of them do by as much.
fn aside(columns: &[i32], lefts: &[i32]) -> i32 {
    let mut by = columns.iter().zip(lefts).map(|(column, left)| left - column);
    let first = by.next().unwrap_or(0);
    if columns.len() == lefts.len() && by.all(|other| (other - first).abs() <= SAME_COLUMN) {
        first
    } else {
        0
    }
}

/// The text of a line without blanks and without what says that a table goes on.
fn plain(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    ["（续）", "(续)", "（续表）", "(续表)", "续表"].iter().fold(text, |text, word| text.replace(word, ""))
}

/// Writes a part of a table: one line a row, cells with tabs between.
pub(super) fn write(source: &mut Source, part: &Part, matrix: &Matrix) {
    if source.tables.len() <= part.table {
        source.tables.resize_with(part.table + 1, Table::default);
    }
    let columns = |cell: &super::matrix::Filled| {
        let (from, to) = range(matrix.lefts(), cell.area.left, cell.area.right);
        let place = |at: usize| matrix.lefts().get(at).map(|left| nearest(part.columns, left - part.aside));
        let last = || range(part.columns, cell.area.left - part.aside, cell.area.right - part.aside).1;
        let first = place(from).unwrap_or(0);
        (first, place(to).unwrap_or_else(last).max(first + 1))
    };
    for row in 0..matrix.rows() {
        let mut filled: Vec<_> =
            matrix.cells.iter().filter(|cell| cell.row == row).map(|cell| (columns(cell), cell)).collect();
        filled.sort_by_key(|((from, _), _)| *from);
        if filled.iter().all(|(_, cell)| cell.text.is_empty()) {
            continue;
        }
        let mut cells = Vec::with_capacity(filled.len());
        let mut at = 0;
        for ((from, to), cell) in filled {
            while at < from {
                source.text.push('\t');
                at += 1;
            }
            let start = source.text.len();
            source.text.push_str(&cell.text);
            cells.push(Cell {
                span: Span::new(start, source.text.len()),
                column: from as u16,
                columns: (to - from) as u16,
                rows: cell.rows.max(1),
                indent: cell.indent,
            });
        }
        source.text.push('\n');
        let Some(table) = source.tables.get_mut(part.table) else { continue };
        let shown = cells.iter().map(|cell| cell.span).filter(|span| !span.is_empty());
        let span = shown.reduce(Span::cover).unwrap_or_default();
        let kind = BlockKind::Row { table: part.table as u32, row: table.rows.len() as u32 };
        table.rows.push(Row { cells, number: 0 });
        source.blocks.push(Block { kind, span });
    }
}

/// Returns which column begins nearest to a place.
fn nearest(columns: &[i32], left: i32) -> usize {
    let by_distance = columns.iter().enumerate().min_by_key(|(_, column)| (**column - left).abs());
    by_distance.map_or(0, |(at, _)| at)
}
