//! The values that figures may have.

use rust_decimal::Decimal;

use super::Facts;
use crate::model::{Disclosure, Item, ItemId, Measure};
use crate::quantity::{Interval, Kind, Unit};

/// How many figures of money it takes to say how a writer writes them.
const ENOUGH: usize = 8;

impl Facts<'_> {
    /// Returns the levels of a value in yuan.
    pub(in crate::check) fn levels_of_value(&self, value: Decimal) -> impl Iterator<Item = ItemId> {
        let values = self.values.get_or_init(|| {
            let levels = self.measured(Measure::Amount);
            let mut values: Vec<(u64, ItemId)> =
                levels.filter_map(|(id, _)| Some((key(self.exact(id)?), id))).collect();
            values.sort_unstable();
            values
        });
        let key = key(value);
        let first = values.partition_point(|(other, _)| *other < key);
        let alike = values.iter().skip(first).take_while(move |(other, _)| *other == key).map(|(_, id)| *id);
        alike.filter(move |id| self.exact(*id) == Some(value))
    }

    /// Returns the values a figure may have: in yuan for money, as it stands for all else. A figure of a writer who leaves
    /// out zeros at the end is exact to the places that the document's money has.
    pub(in crate::check) fn interval(&self, id: ItemId) -> Option<Interval> {
        self.figure(id)?.interval
    }

    /// Returns the same for a figure of a list whose finest figure has so many places.
    pub(in crate::check) fn interval_to(&self, id: ItemId, finest: u32) -> Option<Interval> {
        let item = self.item(id)?;
        if finest <= item.value.places() { self.interval(id) } else { self.find_interval(item, finest) }
    }

    pub(super) fn find_interval(&self, item: &Item, finest: u32) -> Option<Interval> {
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

    /// Returns the exact value in yuan for money, as it stands for all else.
    pub(in crate::check) fn exact(&self, id: ItemId) -> Option<Decimal> {
        Some(self.figure(id)?.exact)
    }
}

/// Returns a number that equal values have and few others.
fn key(value: Decimal) -> u64 {
    let of = |digits: u64, places: u32| digits.rotate_left(8) ^ u64::from(places);
    let Ok(mut digits) = i64::try_from(value.mantissa()) else {
        let plain = value.normalize();
        return of(plain.mantissa().cast_unsigned() as u64, plain.scale());
    };
    let mut places = value.scale();
    while places > 0 && digits % 10 == 0 {
        (digits, places) = (digits / 10, places - 1);
    }
    of(digits.cast_unsigned(), places)
}

/// Returns how many places the money in 万元 has, and whether zeros at its end are left out.
pub(super) fn places(d: &Disclosure) -> (u32, bool) {
    const MOST: usize = 6;
    let money = d.items.iter().filter(|item| {
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
    let Some(places) = (1..=MOST).rev().find(finer) else { return (0, false) };
    let (full, zeros) = (with.get(places).copied(), zeros.get(places).copied());
    (places as u32, all >= ENOUGH && zeros == Some(0) && full >= Some(ENOUGH))
}
