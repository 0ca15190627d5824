//! The cells of a table → a place for every row and column, with what covers it.

use crate::source::fold::folded;
use crate::source::{Cell, Source, Table};

/// The most rows times columns that are looked at.
const MOST_PLACES: usize = 1 << 20;

/// A table in which every place knows the cell that covers it.
pub(super) struct Cells<'a> {
    pub(super) width: usize,
    pub(super) height: usize,
    /// For every place, row by row, the number of its cell counted from 1.
    places: Vec<u32>,
    placed: Vec<Placed<'a>>,
}

/// A cell, the row it begins in, and its text folded.
pub(super) struct Placed<'a> {
    pub(super) row: usize,
    pub(super) cell: &'a Cell,
    pub(super) text: String,
}

impl<'a> Cells<'a> {
    /// Returns the places of a table; nothing where there are too many.
    pub(super) fn new(source: &Source, table: &'a Table) -> Option<Self> {
        let (width, height) = (usize::from(table.width()), table.rows.len());
        let most = width.checked_mul(height).filter(|places| *places <= MOST_PLACES)?;
        let mut places = vec![0; most];
        let mut all = Vec::new();
        for (row, line) in table.rows.iter().enumerate() {
            for cell in &line.cells {
                all.push(Placed { row, cell, text: folded(source.cut(cell.span)) });
                let end = height.min(row + usize::from(cell.rows.max(1)));
                for below in row..end {
                    let start = below * width;
                    let range = start + usize::from(cell.column)..start + width.min(usize::from(cell.end()));
                    if let Some(places) = places.get_mut(range) {
                        places.fill(all.len() as u32);
                    }
                }
            }
        }
        Some(Self { width, height, places, placed: all })
    }

    /// Returns the cell that covers a place.
    pub(super) fn at(&self, row: usize, column: usize) -> Option<&Placed<'a>> {
        let number = *self.places.get(row * self.width + column).filter(|_| column < self.width)?;
        self.placed.get((number as usize).checked_sub(1)?)
    }

    /// Returns the text at a place; empty where there is none.
    pub(super) fn text(&self, row: usize, column: usize) -> &str {
        self.at(row, column).map_or("", |placed| placed.text.as_str())
    }

    /// Returns the cells that begin in a row and are not empty.
    pub(super) fn filled(&self, row: usize) -> impl Iterator<Item = &Placed<'a>> + Clone {
        let start = self.placed.partition_point(|placed| placed.row < row);
        let cells = self.placed.get(start..).unwrap_or_default().iter();
        cells.take_while(move |placed| placed.row == row).filter(|placed| !placed.text.is_empty())
    }

    /// Returns whether a cell that begins above reaches into a row.
    pub(super) fn is_covered(&self, row: usize) -> bool {
        (0..self.width).any(|column| self.at(row, column).is_some_and(|placed| placed.row < row))
    }
}
