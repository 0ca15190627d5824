//! What every check came to → the rows of the outcomes: first over the whole folder, then disclosure by disclosure.

use super::cursor::{Cursor, Motion};
use crate::check::{CHECKS, Code, Outcome};
use crate::corpus::{Corpus, EntryId};

/// The state of the outcomes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Outcomes {
    /// The selected row and the first on screen.
    pub cursor: Cursor,
}

/// One row of the outcomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// What follows is of this disclosure, or of the whole folder.
    Whose(Option<EntryId>),
    /// What a check came to there.
    Check(Outcome, Option<EntryId>),
}

/// How many rows a disclosure has.
const ROWS: usize = CHECKS.len() + 1;

impl Outcomes {
    /// Returns the outcomes with those of a disclosure, or of the whole folder, in sight.
    pub fn at(corpus: &Corpus, entry: Option<EntryId>, height: usize) -> Self {
        let place = entry.and_then(|entry| corpus.order().iter().position(|&other| other == entry));
        let first = place.map_or(0, |place| place + 1) * ROWS;
        let mut cursor = Cursor { selected: first, top: first };
        cursor.select(first, len(corpus), height);
        Self { cursor }
    }

    /// Goes through the rows.
    pub fn go(&mut self, motion: Motion, corpus: &Corpus, height: usize) {
        self.cursor.go(motion, len(corpus), height);
    }

    /// Keeps the selected row in sight on another screen.
    pub fn show(&mut self, corpus: &Corpus, height: usize) {
        self.cursor.show(len(corpus), height);
    }

    /// Goes to the next disclosure or the one before, its rows from the top where there is room.
    pub fn turn(&mut self, forward: bool, corpus: &Corpus, height: usize) {
        let group = self.cursor.selected / ROWS;
        let group = if forward { group + 1 } else { group.saturating_sub(1) };
        let first = (group * ROWS).min(len(corpus).saturating_sub(ROWS));
        self.cursor = Cursor { selected: first, top: first };
        self.cursor.select(first, len(corpus), height);
    }
}

/// Returns how many rows there are.
pub fn len(corpus: &Corpus) -> usize {
    (corpus.order().len() + 1) * ROWS
}

/// Returns a row; `total` is what each check came to in the whole folder.
pub fn row(corpus: &Corpus, total: &[Outcome], number: usize) -> Option<Row> {
    let entry = match (number / ROWS).checked_sub(1) {
        None => None,
        Some(place) => Some(*corpus.order().get(place)?),
    };
    let Some(check) = (number % ROWS).checked_sub(1) else { return Some(Row::Whose(entry)) };
    let outcome = match entry {
        Some(entry) => outcome(corpus, entry, CHECKS.get(check)?.code),
        None => total.get(check)?.clone(),
    };
    Some(Row::Check(outcome, entry))
}

/// Returns what a check came to in a disclosure.
fn outcome(corpus: &Corpus, entry: EntryId, code: Code) -> Outcome {
    Outcome::sum(code, corpus.entry(entry).map(|entry| &entry.report))
}
