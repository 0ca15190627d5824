//! Two disclosures side by side → the rows of the compare screen, what is selected and what is shown of it.

pub mod areas;
pub mod bar;
pub mod summary;
pub mod waterfalls;
pub mod wording;

use super::cursor::{Cursor, Motion};
use super::passage::Place;
use crate::corpus::compare::{Comparison, Only, Orders, Part, Row, Side, Sort, Step, Stop, now_and_then};
use crate::corpus::{Corpus, EntryId};
use crate::model::ItemId;
pub use summary::Summary;
pub use waterfalls::Waterfalls;

/// The state of the compare screen.
#[derive(Debug)]
pub struct Compare {
    /// What is compared.
    pub comparison: Comparison,
    /// What is said of all of it.
    pub summary: Summary,
    /// The rows in every order.
    orders: Orders,
    /// How totals come about.
    pub waterfalls: Waterfalls,
    /// The numbers of the rows that are shown, unless it is shown how totals come about.
    rows: Vec<u32>,
    /// The selected line and the first on screen.
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

/// One line of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line<'a> {
    /// A row of the comparison.
    Row(usize),
    /// A step of how the total of a row comes about.
    Step(&'a Step),
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
    /// Shows two disclosures side by side, the row of a figure of one of them selected, unless there is something else to
    /// do. What takes long for very many rows is done here, so that no key has to.
    pub fn unless(
        stop: Stop,
        corpus: &Corpus,
        comparison: Comparison,
        at: Option<(EntryId, ItemId)>,
        height: usize,
    ) -> Option<Self> {
        let stop = &now_and_then(stop);
        let side = at.map(|(entry, _)| if entry == comparison.left { Side::Left } else { Side::Right });
        let row = at.zip(side).and_then(|((_, item), side)| comparison.row_of(side, item));
        let mut compare = Self {
            summary: Summary::unless(stop, corpus, &comparison)?,
            orders: Orders::unless(stop, &comparison)?,
            waterfalls: Waterfalls::unless(stop, corpus, &comparison)?,
            comparison,
            rows: Vec::new(),
            cursor: Cursor::default(),
            only: Only::default(),
            sort: Sort::default(),
            by_parts: false,
            evidence: false,
            turning: false,
            places: [None, None],
        };
        compare.list(row, height);
        // What comes before the row is seen too, and more of what follows.
        compare.cursor.top = compare.cursor.selected.saturating_sub(height / 3);
        compare.cursor.show(compare.len(), height);
        Some(compare)
    }

    /// Returns how many lines there are.
    pub fn len(&self) -> usize {
        if self.by_parts { self.waterfalls.steps.len() } else { self.rows.len() }
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns a line.
    pub fn line(&self, at: usize) -> Option<Line<'_>> {
        if self.by_parts {
            return self.waterfalls.steps.get(at).map(Line::Step);
        }
        self.rows.get(at).map(|&row| Line::Row(row as usize))
    }

    /// Returns the number of the selected row of the comparison.
    pub fn selected(&self) -> Option<usize> {
        match self.line(self.cursor.selected)? {
            Line::Row(row) => Some(row),
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
    pub fn list(&mut self, row: Option<usize>, height: usize) {
        self.rows = self.orders.selected(self.only, self.sort);
        let place = row.and_then(|row| self.line_of(row));
        self.cursor.select(place.unwrap_or(self.cursor.selected), self.len(), height);
    }

    /// Returns the line that shows a row, or the nearest total above it.
    fn line_of(&self, row: usize) -> Option<usize> {
        let above = std::iter::successors(Some(row), |&row| {
            self.comparison.rows.get(row)?.parent.map(|total| total as usize)
        });
        above.take(32).find_map(|row| match (self.by_parts, self.sort) {
            (true, _) => self.waterfalls.step_of(row),
            // The rows stand in the order of their numbers.
            (false, Sort::Document) => self.rows.binary_search(&u32::try_from(row).ok()?).ok(),
            (false, Sort::Difference | Sort::Percent) => {
                self.rows.iter().position(|&other| other as usize == row)
            }
        })
    }

    /// Goes through the rows.
    pub fn go(&mut self, motion: Motion, height: usize) {
        self.cursor.go(motion, self.len(), height);
    }

    /// Goes to the next row that changed, or the one before, and returns whether there is one.
    pub fn go_to_change(&mut self, way: Way, height: usize) -> bool {
        let changed = |&at: &usize| match self.line(at) {
            Some(Line::Row(row)) => self.orders.is_changed(row),
            Some(Line::Step(step)) => !step.difference.is_zero(),
            None => false,
        };
        let at = self.cursor.selected;
        let found = match way {
            Way::Next => (at + 1..self.len()).find(changed),
            Way::Previous => (0..at).rfind(changed),
        };
        if let Some(found) = found {
            self.cursor.select(found, self.len(), height);
        }
        found.is_some()
    }
}

/// Returns what follows in a list; the first after the last.
pub fn next<T: Copy + PartialEq>(all: &[T], now: T) -> T {
    let at = all.iter().position(|&one| one == now).map_or(0, |at| at + 1);
    all.get(at).or_else(|| all.first()).copied().unwrap_or(now)
}
