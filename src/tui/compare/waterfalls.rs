//! How the totals of a comparison come about → the steps one below the other, and how far their bars reach.

use rust_decimal::Decimal;

use crate::corpus::Corpus;
use crate::corpus::compare::{Comparison, Part, Step, Stop};

/// How all totals come about that are no part of one of which that can be said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Waterfalls {
    /// The steps, each total before its parts.
    pub steps: Vec<Step>,
    /// For each of the totals the number of its step, the least and the greatest that its bars reach.
    scales: Vec<(usize, (Decimal, Decimal))>,
    /// The rows that have a step, with its number, in the order of the rows.
    rows: Vec<(usize, usize)>,
}

impl Waterfalls {
    /// Finds them, unless there is something else to do.
    pub fn unless(stop: Stop, corpus: &Corpus, comparison: &Comparison) -> Option<Self> {
        let mut all = Self::default();
        for steps in comparison.waterfalls_unless(stop, corpus)? {
            let mut scale = (Decimal::ZERO, Decimal::ZERO);
            let first = all.steps.len();
            for step in steps {
                if stop() {
                    return None;
                }
                let end = step.start.checked_add(step.difference).unwrap_or(step.start);
                scale = (scale.0.min(step.start).min(end), scale.1.max(step.start).max(end));
                if let Part::Row(row) = step.part {
                    all.rows.push((row, all.steps.len()));
                }
                all.steps.push(step);
            }
            all.scales.push((first, scale));
        }
        all.rows.sort_unstable();
        Some(all)
    }

    /// Returns the number of the first step of a row.
    pub fn step_of(&self, row: usize) -> Option<usize> {
        let at = self.rows.partition_point(|&(other, _)| other < row);
        self.rows.get(at).filter(|(other, _)| *other == row).map(|&(_, step)| step)
    }

    /// Returns the least and the greatest that the bars of the total of a step reach.
    pub fn scale(&self, step: usize) -> (Decimal, Decimal) {
        let after = self.scales.partition_point(|&(first, _)| first <= step);
        let scale = after.checked_sub(1).and_then(|total| self.scales.get(total));
        scale.map_or((Decimal::ZERO, Decimal::ZERO), |&(_, scale)| scale)
    }
}
