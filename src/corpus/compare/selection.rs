//! What a person wants to see of a comparison → the numbers of those rows.

use std::cmp::Reverse;

use super::{Comparison, Row, Stop, Weight, go_on};

/// Which rows are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Only {
    /// All of them.
    #[default]
    All,
    /// Those that changed, or that are on one side only.
    Changed,
    /// Those that are on one side only.
    Alone,
}

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// As they stand in the documents.
    #[default]
    Document,
    /// The largest difference first.
    Difference,
    /// The largest difference in per cent first; those that have none last.
    Percent,
}

impl Only {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::All, Self::Changed, Self::Alone];

    fn holds(self, row: &Row) -> bool {
        match self {
            Self::All => true,
            Self::Changed => row.is_changed(),
            Self::Alone => row.is_alone(),
        }
    }
}

impl Sort {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::Document, Self::Difference, Self::Percent];
}

/// Every choice of rows in every order, found once, so that to choose others takes next to no time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Orders {
    /// For each row the choices that hold it, in small numbers that stand close together.
    kinds: Vec<Kind>,
    difference: Vec<u32>,
    percent: Vec<u32>,
}

/// What a row is among those that may be wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Same,
    Changed,
    Alone,
}

impl Orders {
    /// Puts the rows of a comparison in order, unless there is something else to do.
    pub fn unless(stop: Stop, comparison: &Comparison) -> Option<Self> {
        let mut kinds = Vec::with_capacity(comparison.rows.len());
        for row in &comparison.rows {
            go_on(stop)?;
            kinds.push(Kind::of(row));
        }
        let order = |sort| comparison.order(stop, sort);
        Some(Self { kinds, difference: order(Sort::Difference)?, percent: order(Sort::Percent)? })
    }

    /// Returns the numbers of the rows that are wanted, in an order.
    pub fn selected(&self, only: Only, sort: Sort) -> Vec<u32> {
        let least = match only {
            Only::All => Kind::Same,
            Only::Changed => Kind::Changed,
            Only::Alone => Kind::Alone,
        };
        let holds = |row: &u32| self.kinds.get(*row as usize).is_some_and(|kind| *kind >= least);
        match sort {
            Sort::Document => (0..self.kinds.len() as u32).filter(holds).collect(),
            Sort::Difference => self.difference.iter().copied().filter(holds).collect(),
            Sort::Percent => self.percent.iter().copied().filter(holds).collect(),
        }
    }

    /// Returns whether a row is one of those that changed, or that are on one side only.
    pub fn is_changed(&self, row: usize) -> bool {
        self.kinds.get(row).is_some_and(|kind| *kind >= Kind::Changed)
    }
}

impl Kind {
    fn of(row: &Row) -> Self {
        match () {
            () if Only::Alone.holds(row) => Self::Alone,
            () if Only::Changed.holds(row) => Self::Changed,
            () => Self::Same,
        }
    }
}

impl Comparison {
    /// Returns the numbers of the rows that are wanted, in an order; what weighs the same stays as it stands.
    pub fn selected(&self, only: Only, sort: Sort) -> Vec<usize> {
        let order = self.order(&|| false, sort).unwrap_or_default();
        let rows = order.into_iter().map(|row| row as usize);
        rows.filter(|&row| self.rows.get(row).is_some_and(|row| only.holds(row))).collect()
    }

    /// Returns the numbers of all rows in an order, unless there is something else to do.
    fn order(&self, stop: Stop, sort: Sort) -> Option<Vec<u32>> {
        let percent = |row: &Row| row.change.and_then(|change| change.percent).map(|percent| percent.abs());
        let mut keys = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            go_on(stop)?;
            keys.push(match sort {
                Sort::Document => Reverse((None, Weight::default())),
                Sort::Difference => Reverse((None, row.weight)),
                Sort::Percent => Reverse((percent(row), row.weight)),
            });
        }
        sorted(stop, &keys)
    }
}

/// How many are put in order in one go.
const RUN: usize = 256;

/// Returns the numbers of keys from the least to the greatest, those of the same as they stand, unless there is something
/// else to do.
pub(super) fn sorted<K: Ord>(stop: Stop, keys: &[K]) -> Option<Vec<u32>> {
    let is_before = |one: u32, other: u32| keys.get(one as usize) <= keys.get(other as usize);
    let mut from: Vec<u32> = (0..keys.len() as u32).collect();
    for run in from.chunks_mut(RUN) {
        run.sort_by_key(|&number| keys.get(number as usize));
        for _ in 0..run.len() {
            go_on(stop)?;
        }
    }
    let mut length = RUN;
    while length < from.len() {
        let mut merged = Vec::with_capacity(from.len());
        for two in from.chunks(length * 2) {
            let (one, other) = two.split_at(length.min(two.len()));
            let (mut one, mut other) = (one.iter().copied().peekable(), other.iter().copied().peekable());
            while let Some(next) = match (one.peek(), other.peek()) {
                (Some(&first), Some(&second)) if !is_before(first, second) => other.next(),
                (Some(_), _) => one.next(),
                (None, _) => other.next(),
            } {
                go_on(stop)?;
                merged.push(next);
            }
        }
        from = merged;
        length *= 2;
    }
    Some(from)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_put_in_order_piece_by_piece_is_in_order(keys in prop::collection::vec(0u16..300, 0..3000)) {
            let mut expected: Vec<u32> = (0..keys.len() as u32).collect();
            expected.sort_by_key(|&number| keys[number as usize]);
            prop_assert_eq!(sorted(&|| false, &keys), Some(expected));
        }
    }
}
