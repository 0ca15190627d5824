//! The values that a printed number may stand for, and arithmetic that carries them along.

use std::ops::{Add, Neg, Sub};

use rust_decimal::Decimal;

/// A closed interval of exact decimals. Sums add intervals, so that rounding in the parts is never taken for an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// The least possible value.
    pub low: Decimal,
    /// The greatest possible value.
    pub high: Decimal,
}

impl Interval {
    /// Returns the interval of exactly one value.
    pub fn exactly(value: Decimal) -> Self {
        Self { low: value, high: value }
    }

    /// Returns whether the two have a value in common.
    pub fn meets(self, other: Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    /// Returns whether `value` lies inside.
    pub fn holds(self, value: Decimal) -> bool {
        self.low <= value && value <= self.high
    }

    /// Returns the interval multiplied by an exact factor, such as 10,000 for 万元 in 元; nothing where it overflows.
    pub fn times(self, factor: Decimal) -> Option<Self> {
        let (a, b) = (self.low.checked_mul(factor)?, self.high.checked_mul(factor)?);
        Some(Self { low: a.min(b), high: a.max(b) })
    }

    /// Returns how many per cent of `whole` the values may be; nothing where the whole may be 0.
    pub fn percent_of(self, whole: Self) -> Option<Self> {
        if whole.low <= Decimal::ZERO && whole.high >= Decimal::ZERO {
            return None;
        }
        if let Some(percent) = self.percent_of_few(whole) {
            return Some(percent);
        }
        // Each is cut to the last place that is kept, so the true ones lie less than one of those further out.
        let least = Decimal::new(1, PERCENT_PLACES);
        let ends = [
            percent(self.low, whole.low)?,
            percent(self.low, whole.high)?,
            percent(self.high, whole.low)?,
            percent(self.high, whole.high)?,
        ];
        Some(Self { low: ends.into_iter().min()? - least, high: ends.into_iter().max()? + least })
    }

    /// The same for numbers of few digits: which ends make the least and the greatest is told by their signs.
    fn percent_of_few(self, whole: Self) -> Option<Self> {
        if whole.high < Decimal::ZERO {
            return (-self).percent_of_few(-whole);
        }
        let (far, near) = (whole.high, whole.low);
        let low = percent_digits(self.low, if self.low.is_sign_negative() { near } else { far })?;
        let high = percent_digits(self.high, if self.high.is_sign_negative() { far } else { near })?;
        let of = |digits| Decimal::new(digits, PERCENT_PLACES);
        Some(Self { low: of(low.checked_sub(1)?), high: of(high.checked_add(1)?) })
    }

    /// Returns the absolute values.
    pub fn absolute(self) -> Self {
        if self.low >= Decimal::ZERO {
            self
        } else if self.high <= Decimal::ZERO {
            -self
        } else {
            Self { low: Decimal::ZERO, high: self.high.max(-self.low) }
        }
    }
}

/// How many places of a percentage are kept.
const PERCENT_PLACES: u32 = 12;

/// Returns how many per cent of `whole` a value is, cut after twelve places; nothing where the whole is 0.
pub fn percent(value: Decimal, whole: Decimal) -> Option<Decimal> {
    if let Some(digits) = percent_digits(value, whole) {
        return Some(Decimal::new(digits, PERCENT_PLACES));
    }
    // One division of integers takes a tenth of what a division of decimals to all their 28 digits does.
    let shift = 2 + PERCENT_PLACES + whole.scale();
    let of_integers = || {
        let factor = 10_i128.checked_pow(shift.checked_sub(value.scale())?)?;
        let quotient = value.mantissa().checked_mul(factor)?.checked_div(whole.mantissa())?;
        Decimal::try_from_i128_with_scale(quotient, PERCENT_PLACES).ok()
    };
    let of_decimals = || value.checked_div(whole)?.checked_mul(Decimal::ONE_HUNDRED);
    of_integers().or_else(of_decimals)
}

/// Returns the digits of the same, where value and whole have few.
fn percent_digits(value: Decimal, whole: Decimal) -> Option<i64> {
    let few = |value: Decimal| i64::try_from(value.mantissa()).ok();
    let factor = 10_i64.checked_pow((2 + PERCENT_PLACES + whole.scale()).checked_sub(value.scale())?)?;
    let quotient = (i128::from(few(value)?) * i128::from(factor)).checked_div(i128::from(few(whole)?))?;
    i64::try_from(quotient).ok()
}

impl Add for Interval {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { low: self.low + other.low, high: self.high + other.high }
    }
}

impl Neg for Interval {
    type Output = Self;

    fn neg(self) -> Self {
        Self { low: -self.high, high: -self.low }
    }
}

impl Sub for Interval {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Amount;
    use super::*;

    fn of(written: &str) -> Interval {
        Amount::parse(written).expect("a number").interval()
    }

    #[test]
    fn rounded_parts_meet_their_total_and_wrong_ones_do_not() {
        assert!((of("55.22") + of("27.61")).meets(of("82.82")));
        assert!(!(of("3.15") + of("3.43")).meets(of("6.33")));
        assert!(of("1").times(Decimal::from(10_000)).is_some_and(|yuan| yuan.holds(Decimal::from(12_000))));
    }

    proptest! {
        #[test]
        fn a_percentage_is_cut_and_its_interval_holds_it(a in -1_000_000i64..1_000_000, b in 1i64..1_000_000) {
            let (value, whole) = (Decimal::new(a, 2), Decimal::new(b, 3));
            let exact = percent(value, whole).expect("the whole is not 0");
            let over = (value * Decimal::ONE_HUNDRED - exact * whole).abs();
            prop_assert!(over < whole * Decimal::new(1, PERCENT_PLACES));
            let interval = Interval::exactly(value).percent_of(Interval::exactly(whole));
            prop_assert!(interval.is_some_and(|interval| interval.holds(exact)));
        }

        #[test]
        fn the_ends_of_a_percentage_are_the_least_and_the_greatest(
            a in -1_000_000i64..1_000_000, b in -1_000_000i64..1_000_000, wide in 0i64..1_000, negative in any::<bool>()
        ) {
            let sign = if negative { -1 } else { 1 };
            let of = |low: i64| Interval { low: Decimal::new(low, 2), high: Decimal::new(low + wide, 2) };
            let (value, whole) = (of(a), of(sign * (b.abs() + 1_001)));
            let all = [value.low, value.high].map(|value| [whole.low, whole.high].map(|whole| percent(value, whole)));
            let all: Vec<Decimal> = all.into_iter().flatten().flatten().collect();
            let least = Decimal::new(1, PERCENT_PLACES);
            let found = value.percent_of(whole).expect("the whole is not 0");
            prop_assert_eq!(Some(found.low + least), all.iter().min().copied());
            prop_assert_eq!(Some(found.high - least), all.iter().max().copied());
        }

        #[test]
        fn the_true_sum_is_always_inside(a in -1_000_000i64..1_000_000, b in -1_000_000i64..1_000_000) {
            let rounded = |v: i64| Amount::new((v + 5).div_euclid(10), 1).expect("small").interval();
            let sum = Decimal::new(a + b, 2);
            prop_assert!((rounded(a) + rounded(b)).holds(sum));
            prop_assert!((rounded(a) - rounded(-b)).holds(sum));
        }
    }
}
