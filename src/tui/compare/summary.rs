//! The rows of a comparison → what the screen says of all of them together, found out once, not for every frame.

use rust_decimal::Decimal;

use crate::corpus::Corpus;
use crate::corpus::compare::{Comparison, Side, Stop, Verdict};
use crate::print::comparison;
use crate::quantity::{Kind, Unit};
use crate::tui::number::{Sign, decimal, digits};
use crate::tui::width;

/// What is said of all rows together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// The unit that most of the money is in; figures in it stand without.
    pub unit: Option<Unit>,
    /// How many rows changed.
    pub changed: usize,
    /// How many rows only the first has, and only the second.
    pub alone: [usize; 2],
    /// The largest change of numbers of things, and of money in yuan.
    pub largest: [Decimal; 2],
    /// How many cells the widest figure takes.
    pub figure: usize,
    /// How many cells the widest difference takes.
    pub difference: usize,
}

impl Summary {
    /// Goes through all rows, unless there is something else to do.
    pub fn unless(stop: Stop, corpus: &Corpus, comparison: &Comparison) -> Option<Self> {
        let units = units(stop, corpus, comparison)?.into_iter();
        let most = units.max_by_key(|&(count, unit)| (count, std::cmp::Reverse(unit)));
        let mut summary = Self { unit: most.map(|(_, unit)| unit), ..Self::default() };
        for row in &comparison.rows {
            if stop() {
                return None;
            }
            for (side, alone) in [Side::Left, Side::Right].into_iter().zip(&mut summary.alone) {
                *alone += usize::from(row.is_alone() && row.item(side).is_some());
                let Some(item) = comparison::item(corpus, comparison, row, side) else { continue };
                let digits = digits(item.value, Sign::Negative);
                let unit = if summary.unit == Some(item.unit) { "" } else { item.unit.name() };
                let cells = digits.whole.len() + digits.places.len() + width::of(unit);
                summary.figure = summary.figure.max(cells);
            }
            if row.is_alone() {
                continue;
            }
            summary.changed += usize::from(row.is_changed());
            if let Some(known) = summary.largest.get_mut(usize::from(row.weight.is_money)) {
                *known = row.weight.size.max(*known);
            }
            if let Some(change) = row.change.filter(|change| change.verdict == Verdict::Changed) {
                let cells = width::of(&decimal(change.difference, Sign::Always));
                summary.difference = summary.difference.max(cells);
            }
        }
        Some(summary)
    }
}

/// Returns the units that the money is in, and how often.
fn units(stop: Stop, corpus: &Corpus, comparison: &Comparison) -> Option<Vec<(usize, Unit)>> {
    let mut counts: Vec<(usize, Unit)> = Vec::new();
    for row in &comparison.rows {
        if stop() {
            return None;
        }
        let of = |side| comparison::item(corpus, comparison, row, side);
        let Some(unit) = of(Side::Right).or_else(|| of(Side::Left)).map(|item| item.unit) else { continue };
        match counts.iter_mut().find(|(_, known)| *known == unit) {
            _ if unit.kind() != Kind::Money => {}
            Some((count, _)) => *count += 1,
            None => counts.push((1, unit)),
        }
    }
    Some(counts)
}
