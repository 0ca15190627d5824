//! What is said of a subject over the years → the state of the trend window, and where its parts stand.

use ratatui::layout::{Rect, Size};
use rust_decimal::Decimal;

use super::cursor::Cursor;
use super::layout;
use crate::corpus::compare::Stop;
use crate::corpus::trend::Trend;
use crate::corpus::{Corpus, ItemRef};
use crate::model::Basis;

/// The state of the trend window.
#[derive(Debug)]
pub struct Shown {
    /// What is said over the years.
    pub trend: Trend,
    /// The selected statement and the first on screen.
    pub cursor: Cursor,
}

/// How many figures are looked at before a key is answered: about a thousandth of a second.
const PIECE: usize = 1_000;

impl Shown {
    /// Selects a statement.
    pub fn select(&mut self, place: ItemRef, height: usize) {
        let at = self.trend.points.iter().position(|point| point.place == place);
        self.cursor.select(at.unwrap_or_default(), self.trend.points.len(), height);
    }

    /// Looks at what others say as far as a key may take; the same statement stays selected.
    pub fn begin(&mut self, corpus: &Corpus, height: usize) {
        self.go_on(height, |trend| trend.go_on(corpus, PIECE));
    }

    /// Looks at what one more says, unless there is something else to do; the same statement stays selected.
    pub fn work(&mut self, stop: Stop, corpus: &Corpus, height: usize) {
        self.go_on(height, |trend| trend.step(stop, corpus));
    }

    fn go_on(&mut self, height: usize, go_on: impl FnOnce(&mut Trend)) {
        let selected = self.trend.points.get(self.cursor.selected).map(|point| point.place);
        go_on(&mut self.trend);
        self.select(selected.unwrap_or(self.trend.at), height);
    }
}

/// Where the parts of the window stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Areas {
    /// All of it with its frame.
    pub window: Rect,
    /// The bars.
    pub chart: Rect,
    /// The heads of the columns.
    pub head: Rect,
    /// The statements.
    pub rows: Rect,
    /// The file of the selected one.
    pub detail: Rect,
}

/// Returns where the window stands.
pub fn areas(size: Size) -> Areas {
    let window = layout::search(size).window;
    let inside = layout::inside(window);
    let chart = (inside.height * 2 / 5).clamp(5.min(inside.height), 14);
    let chart = Rect { height: chart.min(inside.height), ..inside };
    let left = inside.height - chart.height;
    // A rule, the heads, the rows, a rule, the file.
    let head = Rect { y: chart.bottom() + 1.min(left), height: left.saturating_sub(1).min(1), ..inside };
    let rows = Rect { y: head.bottom(), height: left.saturating_sub(4), ..inside };
    let detail = Rect { y: rows.bottom() + 1.min(left), height: left.saturating_sub(3).min(1), ..inside };
    Areas { window, chart, head, rows, detail }
}

/// Returns a line of blocks as high as the values of a kind, from the least to the greatest.
pub fn sparkline(trend: &Trend, basis: Basis) -> String {
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let kind = usize::from(basis == Basis::FinalAccounts);
    let values: Vec<Option<Decimal>> = trend.years().into_iter().map(|(_, values)| values[kind]).collect();
    let known = || values.iter().flatten().copied();
    let (Some(low), Some(high)) = (known().min(), known().max()) else { return String::new() };
    let block = |value: Decimal| {
        let above = value.checked_sub(low).unwrap_or_default();
        let step =
            super::compare::bar::length(above, high.checked_sub(low).unwrap_or_default(), BLOCKS.len() - 1);
        BLOCKS.get(step).copied().unwrap_or('█')
    };
    values.into_iter().map(|value| value.map_or(' ', block)).collect::<String>().trim_end().to_owned()
}
