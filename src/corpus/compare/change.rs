//! Two figures → what became of it: the difference, as an interval too, and in per cent.

use rust_decimal::{Decimal, RoundingStrategy};

use super::Weight;
use crate::quantity::{Amount, Interval, Kind, Unit};

/// What became of a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The unit that both are compared in: of two kinds of money the larger.
    pub unit: Unit,
    /// The first in that unit.
    pub from: Decimal,
    /// The second in that unit.
    pub to: Decimal,
    /// How much the second is more than the first, in as many places as the two bear.
    pub difference: Decimal,
    /// The differences that the two as printed may stand for.
    pub range: Interval,
    /// The difference in per cent of the first, with one place; nothing where the first is nothing.
    pub percent: Option<Decimal>,
    /// Whether that is a change at all.
    pub verdict: Verdict,
}

/// Whether a level has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is the same.
    Same,
    /// It may be the same: the two were only rounded differently.
    Rounding,
    /// It is another one.
    Changed,
}

impl Change {
    /// Returns what became of a figure, where both are of one kind.
    pub(super) fn of(from: (Amount, Unit), to: (Amount, Unit)) -> Option<Self> {
        let unit = common_unit(from.1, to.1)?;
        let (first, second) = (Level::of(from, unit)?, Level::of(to, unit)?);
        let mut exact = second.value.checked_sub(first.value)?;
        exact.rescale(first.value.scale().max(second.value.scale()));
        let range = second.range - first.range;
        // Half a place on either side belongs to the neighbour, so that two numbers that touch there are two.
        let may_be_same = range.low < Decimal::ZERO && range.high > Decimal::ZERO;
        let verdict = match () {
            () if exact.is_zero() => Verdict::Same,
            () if may_be_same => Verdict::Rounding,
            () => Verdict::Changed,
        };
        let difference = if from.1 == to.1 || unit.yuan().is_none() {
            exact
        } else {
            rounded(exact, first.places(second))
        };
        let percent = exact
            .checked_mul(Decimal::ONE_HUNDRED)
            .and_then(|difference| difference.checked_div(first.value.abs()))
            .map(|percent| rounded(percent, 1));
        Some(Self { unit, from: first.value, to: second.value, difference, range, percent, verdict })
    }
}

/// Returns whether two figures are the same number, where both are of one kind.
pub(super) fn verdict(from: (Amount, Unit), to: (Amount, Unit)) -> Option<Verdict> {
    Change::of(from, to).map(|change| change.verdict)
}

/// A figure in another unit.
#[derive(Clone, Copy)]
pub(super) struct Level {
    pub(super) value: Decimal,
    pub(super) range: Interval,
}

impl Level {
    /// Returns a figure in a unit, where it can be had in that.
    pub(super) fn of((amount, own): (Amount, Unit), unit: Unit) -> Option<Self> {
        let value = amount.decimal();
        // What is counted is not rounded.
        let range = if own.kind() == Kind::Count { Interval::exactly(value) } else { amount.interval() };
        if own == unit {
            return Some(Self { value, range });
        }
        let factor = match (own.yuan(), unit.yuan()) {
            (Some(from), Some(to)) => from.checked_div(to)?,
            _ if class(own) == class(unit) => Decimal::ONE,
            _ => return None,
        };
        Some(Self { value: value.checked_mul(factor)?.normalize(), range: range.times(factor)? })
    }

    /// Returns how many places a difference of two is shown with: those of the one that was printed with fewer, but of
    /// money in large units not less than two.
    fn places(self, other: Self) -> u32 {
        self.value.scale().min(other.value.scale()).max(2)
    }
}

/// Returns whether two figures are another number, by more than rounding.
pub fn differ(one: (Amount, Unit), other: (Amount, Unit)) -> bool {
    verdict(one, other) == Some(Verdict::Changed)
}

/// Returns a figure in another unit, where it can be had in that.
pub fn in_unit(figure: (Amount, Unit), unit: Unit) -> Option<Decimal> {
    Level::of(figure, unit).map(|level| level.value)
}

/// Returns how much two figures differ, or how much the one that is there is, to sort by.
pub(super) fn weight(from: Option<(Amount, Unit)>, to: Option<(Amount, Unit)>) -> Weight {
    let one = |figure: (Amount, Unit)| {
        let is_money = figure.1.yuan().is_some();
        let level = Level::of(figure, if is_money { Unit::Yuan } else { figure.1 });
        (is_money, level.map_or(Decimal::ZERO, |level| level.value))
    };
    match (from.map(one), to.map(one)) {
        (Some((is_money, from)), Some((_, to))) => {
            Weight { is_money, size: to.checked_sub(from).unwrap_or_default().abs() }
        }
        (Some((is_money, size)), None) | (None, Some((is_money, size))) => {
            Weight { is_money, size: size.abs() }
        }
        (None, None) => Weight::default(),
    }
}

/// Returns what tells whether two figures can be compared at all: all money can be, and of counts those of the same
/// things.
pub(super) fn class(unit: Unit) -> u8 {
    match (unit.kind(), unit) {
        (Kind::Money, _) => Unit::Yuan as u8,
        (_, Unit::PersonPolite) => Unit::Person as u8,
        // Vehicles are counted either way.
        (_, Unit::Machine) => Unit::Vehicle as u8,
        (_, unit) => unit as u8,
    }
}

/// Returns the unit that two figures are compared in.
fn common_unit(left: Unit, right: Unit) -> Option<Unit> {
    match (left.yuan(), right.yuan()) {
        (Some(a), Some(b)) => Some(if a >= b { left } else { right }),
        _ => (class(left) == class(right)).then_some(left),
    }
}

/// Returns a number with so many places, rounded half up as people do.
pub(super) fn rounded(value: Decimal, places: u32) -> Decimal {
    let mut value = value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    value.rescale(places);
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    #[track_caller]
    fn check(from: &str, to: &str, expect: &str) {
        let figure = |written: &str| {
            let (amount, unit) = written.split_once(' ').expect("a number and its unit");
            let unit = Unit::ALL.iter().copied().find(|known| known.name() == unit).expect("a unit");
            (Amount::parse(amount).expect("a number"), unit)
        };
        let change = Change::of(figure(from), figure(to)).map(|change| {
            let percent = change.percent.map_or("-".to_owned(), |percent| percent.to_string());
            format!("{} {} {percent} {:?}", change.difference, change.unit.name(), change.verdict)
        });
        assert_eq!(change.unwrap_or_default(), expect, "{from} → {to}");
    }

    #[test]
    fn the_change_is_exact() {
        check("3.46 万元", "3.43 万元", "-0.03 万元 -0.9 Changed");
        check("3.43 万元", "3.44 万元", "0.01 万元 0.3 Changed");
        check("3.40 万元", "3.4 万元", "0.00 万元 0.0 Same");
        check("15 万元", "15.3 万元", "0.3 万元 2.0 Rounding");
        check("15 万元", "15.5 万元", "0.5 万元 3.3 Rounding");
        check("0 万元", "5 万元", "5 万元 - Changed");
        check("5 万元", "0 万元", "-5 万元 -100.0 Changed");
        check("-5 万元", "5 万元", "10 万元 200.0 Changed");
        check("0 万元", "0.00 万元", "0.00 万元 - Same");
        check("0 万元", "0.01 万元", "0.01 万元 - Changed");
    }

    #[test]
    fn money_in_two_units_is_compared_as_printed() {
        check("12029501.84 元", "1202.95 万元", "0.00 万元 0.0 Rounding");
        check("1202.95 万元", "12129501.84 元", "10.00 万元 0.8 Changed");
        check("1202.95 万元", "0.12 亿元", "0.00 亿元 -0.2 Rounding");
        check("1200 万元", "0.1200 亿元", "0.00 亿元 0.0 Same");
    }

    #[test]
    fn only_the_same_things_are_compared() {
        check("3 辆", "2 台", "-1 辆 -33.3 Changed");
        check("3 人", "3 名", "0 人 0.0 Same");
        check("3 人", "3 人次", "");
        check("3 万元", "3 人", "");
    }

    #[test]
    fn numbers_as_long_as_can_be_are_no_danger() {
        check("99999999999999999 亿元", "1 元", "-99999999999999999.00 亿元 -100.0 Changed");
        check("0.000000000000001 元", "99999999999999999 亿元", "99999999999999999.00 亿元 - Changed");
    }
}
