//! The cells of one table on one page → rows of cells with their text.

use super::line::{Line, is_wide, join, lines};
use super::page::{Area, Glyph, Grid};
use crate::source::caption::names_table;
use crate::source::fold::folded;

/// Edges that are no further apart are one.
pub(super) const SAME_EDGE: i32 = 200;
/// The most rows times columns of a table on one page.
const MOST_PLACES: usize = 1 << 20;

/// The cells of a table on one page, in rows.
#[derive(Debug, Default)]
pub(super) struct Matrix {
    pub(super) area: Area,
    /// Whether ruled lines make the cells.
    ruled: bool,
    /// The upper edges of the rows and the left edges of the columns.
    tops: Vec<i32>,
    lefts: Vec<i32>,
    /// For each place, row by row, the number of its cell, counted from 1.
    places: Vec<u32>,
    pub(super) cells: Vec<Filled>,
}

/// A cell and what stands in it.
#[derive(Debug, Default)]
pub(super) struct Filled {
    pub(super) area: Area,
    pub(super) row: u32,
    pub(super) rows: u16,
    pub(super) text: String,
    /// How far its text is set in, in half-width characters.
    pub(super) indent: u16,
    /// The lines of a cell that is as wide as the table.
    lines: Vec<Line>,
    glyphs: Vec<Glyph>,
}

impl Matrix {
    /// Returns the cells of a table; nothing where there are too many.
    pub(super) fn new(grid: &Grid) -> Option<Self> {
        let tops = edges(grid.cells.iter().map(|cell| cell.top));
        let lefts = edges(grid.cells.iter().map(|cell| cell.left));
        let most = tops.len().checked_mul(lefts.len()).filter(|places| *places <= MOST_PLACES)?;
        let mut matrix = Self {
            area: grid.area(),
            ruled: grid.ruled,
            tops,
            lefts,
            places: vec![0; most],
            cells: Vec::new(),
        };
        for &area in &grid.cells {
            let (from, to) = range(&matrix.tops, area.top, area.bottom);
            let (left, right) = range(&matrix.lefts, area.left, area.right);
            matrix.cells.push(Filled {
                area,
                row: from as u32,
                rows: (to - from) as u16,
                ..Filled::default()
            });
            let number = matrix.cells.len() as u32;
            for row in from..to {
                let start = row * matrix.lefts.len();
                if let Some(places) = matrix.places.get_mut(start + left..start + right) {
                    places.fill(number);
                }
            }
        }
        Some(matrix)
    }

    /// Takes the glyphs that stand in its cells out of those of the page.
    pub(super) fn take(&mut self, glyphs: &mut Vec<Glyph>) {
        let cells: Vec<Option<usize>> = glyphs.iter().map(|glyph| self.cell_of(glyph)).collect();
        // What was written in one stroke stands in one cell, though it may reach into the next one.
        let mut start = 0;
        let mut taken = vec![None; glyphs.len()];
        for at in 1..=glyphs.len() {
            let goes_on =
                glyphs.get(at - 1).zip(glyphs.get(at)).is_some_and(|(last, next)| is_stroke(last, next));
            if goes_on {
                continue;
            }
            let run = cells.get(start..at).unwrap_or_default();
            if let Some(taken) = taken.get_mut(start..at) {
                taken.fill(most(run));
            }
            start = at;
        }
        let mut taken = taken.into_iter();
        glyphs.retain(|glyph| {
            let cell = taken.next().flatten().and_then(|at: usize| self.cells.get_mut(at));
            cell.map(|cell| cell.glyphs.push(*glyph)).is_none()
        });
        let whole = self.area;
        for cell in &mut self.cells {
            if cell.area.left <= whole.left + SAME_EDGE && cell.area.right >= whole.right - SAME_EDGE {
                cell.lines = lines(&mut cell.glyphs.clone(), true);
            }
            let found = lines(&mut cell.glyphs, false);
            if let Some(first) = found.first() {
                let by = 2 * (first.area.left - cell.area.left) / first.size.max(100);
                cell.indent = u16::try_from(by).unwrap_or(0);
            }
            for Line { text, .. } in found {
                join(&mut cell.text, &text);
            }
        }
    }

    /// Returns the cell that the middle of a glyph lies in.
    fn cell_of(&self, glyph: &Glyph) -> Option<usize> {
        if !self.area.holds(&glyph.area) {
            return None;
        }
        let x = i32::midpoint(glyph.area.left, glyph.area.right);
        let y = i32::midpoint(glyph.area.top, glyph.area.bottom);
        let row = self.tops.partition_point(|top| *top <= y).saturating_sub(1);
        let column = self.lefts.partition_point(|left| *left <= x).saturating_sub(1);
        let number = self.places.get(row * self.lefts.len() + column).copied().unwrap_or(0);
        let at = (number as usize).checked_sub(1)?;
        self.cells.get(at).filter(|cell| cell.area.holds(&glyph.area)).map(|_| at)
    }

    /// Returns the tables that it is, each with the lines above it. A row that is one cell and names a table or its unit is
    /// no row: some files rule the title into the table, and some put two tables into one frame.
    pub(super) fn parts(self) -> Vec<(Vec<Line>, Self)> {
        let heads: Vec<bool> = (0..self.rows()).map(|row| self.heads(row)).collect();
        if !heads.contains(&true) {
            return vec![(Vec::new(), self)];
        }
        let mut parts: Vec<(Vec<Line>, Vec<Filled>)> = vec![Default::default()];
        let ruled = self.ruled;
        let mut cells = self.cells;
        cells.sort_by_key(|cell| cell.row);
        for cell in cells {
            let head = heads.get(cell.row as usize).copied().unwrap_or(false);
            if head && parts.last().is_some_and(|(_, cells)| !cells.is_empty()) {
                parts.push(Default::default());
            }
            let Some((lines, cells)) = parts.last_mut() else { continue };
            if head { lines.extend(cell.lines) } else { cells.push(cell) }
        }
        parts.into_iter().map(|(lines, cells)| (lines, Self::of(cells, ruled))).collect()
    }

    /// Whether a row is one cell that names a table, its number or its unit.
    fn heads(&self, row: u32) -> bool {
        let mut filled = self.cells.iter().filter(|cell| cell.row == row && !cell.text.is_empty());
        let (Some(cell), None) = (filled.next(), filled.next()) else { return false };
        cell.lines.iter().any(|line| names_table(&folded(&line.text)))
    }

    /// Returns the matrix of cells that are filled already.
    fn of(cells: Vec<Filled>, ruled: bool) -> Self {
        let tops = edges(cells.iter().map(|cell| cell.area.top));
        let lefts = edges(cells.iter().map(|cell| cell.area.left));
        let area = cells.iter().map(|cell| cell.area).reduce(|a, b| a.cover(&b)).unwrap_or_default();
        let row = |cell: Filled| {
            let (from, to) = range(&tops, cell.area.top, cell.area.bottom);
            Filled { row: from as u32, rows: (to - from) as u16, ..cell }
        };
        let cells = cells.into_iter().map(row).collect();
        Self { area, ruled, tops, lefts, places: Vec::new(), cells }
    }

    /// Returns whether it is a table. One that no ruled lines make is one only where most of its rows hold figures, or
    /// every contents page would be one.
    pub(super) fn is_table(&self) -> bool {
        let figure = |cell: &&Filled| {
            cell.text.contains('.')
                && !cell.text.contains(is_wide)
                && cell.text.starts_with(|c: char| c.is_ascii_digit())
        };
        let figures = self.cells.iter().filter(figure).count();
        self.cells.iter().any(|cell| !cell.text.is_empty()) && (self.ruled || figures * 2 >= self.tops.len())
    }

    /// Returns how many rows it has.
    pub(super) fn rows(&self) -> u32 {
        self.tops.len() as u32
    }

    /// Returns the left edges of its columns.
    pub(super) fn lefts(&self) -> &[i32] {
        &self.lefts
    }

    /// Returns the texts of a row, without empty ones.
    pub(super) fn texts(&self, row: u32) -> impl Iterator<Item = &str> {
        self.cells
            .iter()
            .filter(move |cell| cell.row == row && !cell.text.is_empty())
            .map(|cell| cell.text.as_str())
    }
}

/// Whether a glyph was written right behind another one.
fn is_stroke(last: &Glyph, next: &Glyph) -> bool {
    let gap = next.area.left - last.area.right;
    let level = (next.area.bottom - last.area.bottom).abs() * 10 <= last.size;
    level && last.size == next.size && gap.abs() * 20 <= last.size
}

/// Returns the cell that most glyphs of a run are in; the first of two that have as many.
fn most(run: &[Option<usize>]) -> Option<usize> {
    let first = *run.first()?;
    if run.iter().all(|cell| *cell == first) {
        return first;
    }
    let mut counts: Vec<(usize, usize)> = Vec::new();
    for cell in run.iter().flatten() {
        match counts.iter_mut().find(|(known, _)| known == cell) {
            Some((_, count)) => *count += 1,
            None => counts.push((*cell, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    counts.into_iter().find(|(_, count)| *count == most).map(|(cell, _)| cell)
}

/// Returns edges in order, each once.
pub(super) fn edges(all: impl Iterator<Item = i32>) -> Vec<i32> {
    let mut edges: Vec<i32> = all.collect();
    edges.sort_unstable();
    edges.dedup_by(|next, last| *next - *last <= SAME_EDGE);
    edges
}

/// Returns which of the stretches that begin at `edges` lie between two places, at least one.
pub(super) fn range(edges: &[i32], from: i32, to: i32) -> (usize, usize) {
    let first = edges.partition_point(|edge| *edge <= from + SAME_EDGE).saturating_sub(1);
    let last = edges.partition_point(|edge| *edge < to - SAME_EDGE);
    (first, last.max(first + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(left: i32, right: i32, top: i32, bottom: i32) -> Area {
        Area { left: left * 1000, right: right * 1000, top: top * 1000, bottom: bottom * 1000 }
    }

    #[test]
    fn a_merged_cell_covers_the_columns_below_it() {
        let cells = vec![cell(0, 4, 0, 1), cell(0, 2, 1, 2), cell(2, 4, 1, 2)];
        let mut matrix = Matrix::new(&Grid { cells, ruled: true }).expect("a small one");
        let glyph = |c, left: i32, top: i32| Glyph {
            c,
            area: Area { left, right: left + 1000, top, bottom: top + 1000 },
            size: 1000,
        };
        let mut glyphs =
            vec![glyph('收', 1500, 0), glyph('入', 2500, 0), glyph('1', 2500, 1000), glyph('9', 9000, 0)];
        matrix.take(&mut glyphs);
        let texts: Vec<_> =
            matrix.cells.iter().map(|cell| (cell.text.as_str(), cell.row, cell.indent)).collect();
        assert_eq!(texts, [("收入", 0, 3), ("", 1, 0), ("1", 1, 1)]);
        assert_eq!(glyphs.len(), 1, "what stands beside the table stays");
        let mut long = vec![glyph('支', 0, 1000), glyph('出', 1000, 1000), glyph('数', 2000, 1000)];
        matrix.take(&mut long);
        assert_eq!(
            matrix.cells.get(1).map(|cell| cell.text.as_str()),
            Some("支出数"),
            "it reaches over the line"
        );
        assert_eq!(range(matrix.lefts(), 0, 4000), (0, 2));
        assert_eq!(range(matrix.lefts(), 2000, 4000), (1, 2));
    }
}
