//! What a figure may stand for, as exact integers: fast enough to be asked after every part of every list.

use crate::model::Item;
use crate::quantity::{Kind, Unit};

/// The decimal places, in yuan or in things counted, that a unit of a [`Range`] is.
const PLACES: u32 = 12;

/// All values from `low` to `high`, in units of 10^-12.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Range {
    pub(super) low: i128,
    pub(super) high: i128,
}

impl Range {
    /// Returns the values that a level or a change may have, in yuan where it is money; nothing for more places than
    /// money has.
    pub(super) fn of(item: &Item) -> Option<Self> {
        let places = item.value.places();
        let money = item.unit.kind() == Kind::Money;
        // As Unit::yuan has it, without the detour over a decimal.
        let factor: i128 = match item.unit {
            Unit::TenThousandYuan => 10_000,
            Unit::HundredMillionYuan => 100_000_000,
            _ => 1,
        };
        let unit = factor * power(PLACES.checked_sub(places)?);
        let value = i128::from(item.value.mantissa()) * unit;
        // A bare 0 and a number of things are exact.
        let half = if !money || item.value.is_zero() && places == 0 { 0 } else { unit / 2 };
        Some(Self { low: value - half, high: value + half })
    }

    /// Returns the values that a printed percentage may stand for, where 1 is the whole.
    pub(super) fn of_percent(item: crate::quantity::Amount) -> Option<Self> {
        let unit = power(PLACES.checked_sub(item.places() + 2)?);
        let value = i128::from(item.mantissa()) * unit;
        Some(Self { low: value - unit / 2, high: value + unit / 2 })
    }

    /// Returns whether the two have a value in common.
    pub(super) fn meets(self, other: Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    /// Returns the values of a sum.
    pub(super) fn plus(self, other: Self) -> Self {
        Self { low: self.low + other.low, high: self.high + other.high }
    }

    /// Returns whether `part` may be this share of `whole`, both positive.
    pub(super) fn is_share(self, part: Self, whole: Self) -> bool {
        const SCALE: i128 = 1_000_000;
        // Both sides are taken in millionths, so that the products fit.
        let (part_low, part_high) = (part.low / SCALE, part.high / SCALE + 1);
        let (whole_low, whole_high) = (whole.low / SCALE, whole.high / SCALE + 1);
        let one = 10i128.pow(PLACES);
        // A share of more digits than fit is none that the parts could make.
        let not_below = part_high.checked_mul(one).zip(self.low.checked_mul(whole_low));
        let not_above = part_low.checked_mul(one).zip(self.high.checked_mul(whole_high));
        let both = not_below.zip(not_above);
        whole.low > 0 && both.is_some_and(|((part, least), (low, most))| part >= least && low <= most)
    }
}

/// Powers of ten, for a multiplication of 128 bits is dear.
const POWERS: [i128; PLACES as usize + 1] = {
    let mut powers = [1; PLACES as usize + 1];
    let mut at = 1;
    while at < powers.len() {
        powers[at] = powers[at - 1] * 10;
        at += 1;
    }
    powers
};

fn power(exponent: u32) -> i128 {
    POWERS.get(exponent as usize).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Amount;

    fn range(written: &str) -> Range {
        let amount = Amount::parse(written).expect("a number");
        let unit = 10_000 * 10i128.pow(PLACES - amount.places());
        let value = i128::from(amount.mantissa()) * unit;
        Range { low: value - unit / 2, high: value + unit / 2 }
    }

    #[test]
    fn sums_meet_within_the_printed_places() {
        assert!(range("55.22").plus(range("27.61")).meets(range("82.82")));
        assert!(!range("3.15").plus(range("3.43")).meets(range("6.33")));
    }

    #[test]
    fn shares_are_told_apart() {
        let share =
            |written| Range::of_percent(Amount::parse(written).expect("a number")).expect("few places");
        assert!(share("90.05").is_share(range("865.18"), range("960.76")));
        assert!(!share("90.05").is_share(range("95.59"), range("960.76")));
        assert!(!share("99999999999999999").is_share(range("9999999999999.99"), range("99999999999999.9")));
    }
}
