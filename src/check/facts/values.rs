//! The values that figures may have.

use rust_decimal::Decimal;

use super::Facts;
use crate::model::{ItemId, Measure};
use crate::quantity::Interval;

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
        self.index.values.get(id.0 as usize)?.interval
    }

    /// Returns the same for a figure of a list whose finest figure has so many places.
    pub(in crate::check) fn interval_to(&self, id: ItemId, finest: u32) -> Option<Interval> {
        let item = self.item(id)?;
        if finest <= item.value.places() {
            self.interval(id)
        } else {
            self.index.style.interval(item, finest)
        }
    }

    /// Returns the exact value in yuan for money, as it stands for all else.
    pub(in crate::check) fn exact(&self, id: ItemId) -> Option<Decimal> {
        Some(self.index.values.get(id.0 as usize)?.exact)
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
