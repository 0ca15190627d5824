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

    /// Returns the quotients; nothing where the divisor may be 0 or the result does not fit.
    pub fn over(self, divisor: Self) -> Option<Self> {
        if divisor.low <= Decimal::ZERO && divisor.high >= Decimal::ZERO {
            return None;
        }
        let ends = [
            self.low.checked_div(divisor.low)?,
            self.low.checked_div(divisor.high)?,
            self.high.checked_div(divisor.low)?,
            self.high.checked_div(divisor.high)?,
        ];
        Some(Self { low: ends.into_iter().min()?, high: ends.into_iter().max()? })
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
        fn the_true_sum_is_always_inside(a in -1_000_000i64..1_000_000, b in -1_000_000i64..1_000_000) {
            let rounded = |v: i64| Amount::new((v + 5).div_euclid(10), 1).expect("small").interval();
            let sum = Decimal::new(a + b, 2);
            prop_assert!((rounded(a) + rounded(b)).holds(sum));
            prop_assert!((rounded(a) - rounded(-b)).holds(sum));
        }
    }
}
