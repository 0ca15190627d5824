//! The values that figures may have, as their writer writes them.

use rust_decimal::Decimal;

use super::{Item, Measure};
use crate::quantity::{Interval, Kind, Unit};

/// How many figures of money it takes to say how a writer writes them.
const ENOUGH: usize = 8;

/// What a figure says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Value {
    /// The values it may have by its printed places: in yuan for money, as it stands for all else.
    pub(crate) interval: Option<Interval>,
    /// The exact value in yuan for money, as it stands for all else.
    pub(crate) exact: Decimal,
}

/// How the money of a disclosure is written.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Style {
    /// The places that most money in 万元 has.
    places: u32,
    /// Whether zeros at its end are left out.
    trims: bool,
}

impl Style {
    /// Returns how figures are written.
    pub(crate) fn of(items: &[Item]) -> Self {
        const MOST: usize = 6;
        let money = items.iter().filter(|item| {
            item.unit == Unit::TenThousandYuan && !item.value.is_zero() && item.measure != Measure::Count
        });
        // How many figures have so many places, and how many of those end in a zero.
        let (mut all, mut with, mut zeros) = (0, [0; MOST + 1], [0; MOST + 1]);
        for item in money {
            all += 1;
            let places = (item.value.places() as usize).min(MOST);
            if let (Some(with), Some(zeros)) = (with.get_mut(places), zeros.get_mut(places)) {
                *with += 1;
                *zeros += usize::from(item.value.mantissa() % 10 == 0);
            }
        }
        let finer = |places: &usize| with.iter().skip(*places).sum::<usize>() * 4 >= all;
        let Some(places) = (1..=MOST).rev().find(finer) else { return Self::default() };
        let (full, zeros) = (with.get(places).copied(), zeros.get(places).copied());
        Self { places: places as u32, trims: all >= ENOUGH && zeros == Some(0) && full >= Some(ENOUGH) }
    }

    /// Returns what a figure says.
    pub(crate) fn value(self, item: &Item) -> Value {
        let exact = item.value.decimal_in(item.unit.zeros().unwrap_or(0));
        Value { interval: self.interval(item, 0), exact }
    }

    /// Returns the values that a figure may have whose list has one of so many places: in yuan for money, as it stands for
    /// all else. A figure of a writer who leaves out zeros at the end is exact to the places that most of the money has.
    pub(crate) fn interval(self, item: &Item, finest: u32) -> Option<Interval> {
        let value = item.value;
        match item.unit.kind() {
            Kind::Count if value.places() == 0 => Some(Interval::exactly(value.decimal())),
            Kind::Count | Kind::Ratio => Some(value.interval()),
            Kind::Money => {
                let trimmed = self.trims && item.unit == Unit::TenThousandYuan;
                let places = finest.max(if trimmed { self.places } else { 0 });
                Some(value.interval_in(item.unit.zeros()?, places))
            }
        }
    }
}
