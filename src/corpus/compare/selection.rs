//! What a person wants to see of a comparison → the numbers of those rows.

use std::cmp::Reverse;

use super::{Comparison, Row};

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

impl Comparison {
    /// Returns the numbers of the rows that are wanted, in an order; what weighs the same stays as it stands.
    pub fn selected(&self, only: Only, sort: Sort) -> Vec<usize> {
        let rows = self.rows.iter().enumerate().filter(|(_, row)| only.holds(row));
        let mut rows: Vec<(usize, &Row)> = rows.collect();
        match sort {
            Sort::Document => {}
            Sort::Difference => rows.sort_by_key(|(_, row)| Reverse(row.weight)),
            Sort::Percent => {
                let percent =
                    |row: &Row| row.change.and_then(|change| change.percent).map(|percent| percent.abs());
                rows.sort_by_key(|(_, row)| Reverse((percent(row), row.weight)));
            }
        }
        rows.into_iter().map(|(number, _)| number).collect()
    }
}
