//! Two disclosures side by side → the rows of the compare screen, what is selected and what is shown of it.

pub mod areas;
pub mod bar;
pub mod summary;
pub mod wording;

use super::cursor::{Cursor, Motion};
use super::passage::Place;
use crate::corpus::compare::{Comparison, Only, Part, Row, Side, Sort, Step};
use crate::corpus::{Corpus, EntryId};
use crate::model::ItemId;
pub use summary::Summary;

/// The state of the compare screen.
#[derive(Debug)]
pub struct Compare {
    /// What is compared.
    pub comparison: Comparison,
    /// What is said of all of it.
    pub summary: Summary,
    /// The rows that are shown.
    pub lines: Vec<Line>,
    /// The selected row and the first on screen.
    pub cursor: Cursor,
    /// Which rows are wanted.
    pub only: Only,
    /// In which order.
    pub sort: Sort,
    /// Whether the rows show how totals come about instead.
    pub by_parts: bool,
    /// Whether it is said why two figures are taken for one.
    pub evidence: bool,
    /// Whether the sides are being changed, which takes a moment.
    pub turning: bool,
    /// The places of the selected row in the texts: the first disclosure, the second.
    pub places: [Option<Place>; 2],
}

/// One row of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A row of the comparison.
    Row(usize),
    /// A step of how the total of a row comes about.
    Step(Step),
}

/// Which way to go through changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To the next.
    Next,
    /// To the one before.
    Previous,
}

impl Compare {
    /// Shows two disclosures side by side, the row of a figure of one of them selected.
    pub fn new(
        corpus: &Corpus,
        comparison: Comparison,
        at: Option<(EntryId, ItemId)>,
        height: usize,
    ) -> Self {
        let row = at.and_then(|(entry, item)| {
            let side = if entry == comparison.left { Side::Left } else { Side::Right };
            comparison.row_of(side, item)
        });
        let mut compare = Self {
            summary: Summary::of(corpus, &comparison),
            comparison,
            lines: Vec::new(),
            cursor: Cursor::default(),
            only: Only::default(),
            sort: Sort::default(),
            by_parts: false,
            evidence: false,
            turning: false,
            places: [None, None],
        };
        compare.list(corpus, row, height);
        // What comes before the row is seen too, and more of what follows.
        compare.cursor.top = compare.cursor.selected.saturating_sub(height / 3);
        compare.cursor.show(compare.lines.len(), height);
        compare
    }

    /// Returns the number of the selected row of the comparison.
    pub fn selected(&self) -> Option<usize> {
        match self.lines.get(self.cursor.selected)? {
            Line::Row(row) => Some(*row),
            Line::Step(step) => match step.part {
                Part::Row(row) => Some(row),
                Part::Rest => None,
            },
        }
    }

    /// Returns the selected row of the comparison.
    pub fn selected_row(&self) -> Option<&Row> {
        self.comparison.rows.get(self.selected()?)
    }

    /// Lists what is wanted; a row stays selected, or where it is not shown, the one that was nearest.
    pub fn list(&mut self, corpus: &Corpus, row: Option<usize>, height: usize) {
        self.lines = if self.by_parts {
            self.comparison.waterfalls(corpus).into_iter().flatten().map(Line::Step).collect()
        } else {
            self.comparison.selected(self.only, self.sort).into_iter().map(Line::Row).collect()
        };
        let place = row.and_then(|row| self.line_of(row));
        self.cursor.select(place.unwrap_or(self.cursor.selected), self.lines.len(), height);
    }

    /// Returns the line that shows a row, or the nearest total above it.
    fn line_of(&self, row: usize) -> Option<usize> {
        let above = std::iter::successors(Some(row), |&row| {
            self.comparison.rows.get(row)?.parent.map(|total| total as usize)
        });
        above.take(32).find_map(|row| {
            self.lines.iter().position(|line| match line {
                Line::Row(other) => *other == row,
                Line::Step(step) => step.part == Part::Row(row),
            })
        })
    }

    /// Goes through the rows.
    pub fn go(&mut self, motion: Motion, height: usize) {
        self.cursor.go(motion, self.lines.len(), height);
    }

    /// Goes to the next row that changed, or the one before, and returns whether there is one.
    pub fn go_to_change(&mut self, way: Way, height: usize) -> bool {
        let changed = |line: &Line| match line {
            Line::Row(row) => self.comparison.rows.get(*row).is_some_and(Row::is_changed),
            Line::Step(step) => !step.difference.is_zero(),
        };
        let at = self.cursor.selected;
        let found = match way {
            Way::Next => {
                let after = self.lines.iter().enumerate().skip(at + 1);
                after.into_iter().find(|(_, line)| changed(line)).map(|(at, _)| at)
            }
            Way::Previous => self.lines.iter().take(at).rposition(changed),
        };
        if let Some(found) = found {
            self.cursor.select(found, self.lines.len(), height);
        }
        found.is_some()
    }
}

/// Returns what follows in a list; the first after the last.
pub fn next<T: Copy + PartialEq>(all: &[T], now: T) -> T {
    let at = all.iter().position(|&one| one == now).map_or(0, |at| at + 1);
    all.get(at).or_else(|| all.first()).copied().unwrap_or(now)
}
