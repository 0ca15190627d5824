//! Numbers as typed, perhaps not to their end → the amounts and codes that they may stand for.

use std::fmt;

use crate::quantity::{Amount, SPELLINGS, Unit};
use crate::source::span;

/// The powers of ten, because every amount of a corpus is compared with them.
const POWERS: [u64; 20] = {
    let mut powers = [1; 20];
    let mut exponent = 1;
    while exponent < powers.len() {
        powers[exponent] = powers[exponent - 1] * 10;
        exponent += 1;
    }
    powers
};

/// A number as typed, perhaps not to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    negative: bool,
    /// All digits, without the point.
    digits: u64,
    /// How many digits follow the point, where there is one.
    places: Option<u32>,
    unit: Option<Unit>,
    /// The digits of the amounts that it may be rounded from, by the unit that they are printed in and their places.
    worths: Option<Worths>,
}

/// Amounts of money, whatever unit they are printed in: for each unit and each number of places, from which to which digits
/// an amount may go. Worked out once, because every amount of a corpus is looked up.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Worths(Box<[[Ranges; WORTH_PLACES as usize + 1]; MONEY.len()]>);

/// Ranges of digits, both ends included.
type Ranges = [(u64, u64); MONEY.len()];

/// How an amount matches a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Closeness {
    /// It is printed so.
    Exact,
    /// It begins so.
    Prefix,
    /// It is as much money, in another unit or with more places.
    Worth,
}

/// The units in which a number without one may be meant.
const MONEY: [Unit; 3] = [Unit::Yuan, Unit::TenThousandYuan, Unit::HundredMillionYuan];
/// From this number of digits on, a number without a unit is compared by its worth: 5 is too many amounts.
const TELLING: u64 = 100;
/// Numbers without a unit that are rather years than money.
const YEARS: std::ops::RangeInclusive<u64> = 1900..=2199;
/// An amount is compared as a number of yuan with so many places.
const WORTH_PLACES: u32 = 12;

/// Reads a folded word as a number.
pub(super) fn number(text: &str) -> Option<Number> {
    let (negative, unsigned) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let unit_text = unsigned.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',' || c == '.');
    let written = span::slice(unsigned, 0, unsigned.len() - unit_text.len());
    let unit = match unit_text {
        "" => None,
        spelling => Some(SPELLINGS.iter().find(|(known, _)| *known == spelling)?.1),
    };
    // A point at the end is a number that is still being typed.
    let amount = Amount::parse(written.strip_suffix('.').unwrap_or(written))?;
    let places = written.contains('.').then_some(amount.places());
    let digits = amount.mantissa().unsigned_abs();
    Some(Number { negative, digits, places, unit, worths: None }.with_worths())
}

impl Number {
    /// Returns how a printed amount matches: it is printed so, or is as much money.
    pub(super) fn matches(&self, value: Amount, unit: Unit) -> Option<Closeness> {
        self.is_printed(value, unit).or_else(|| self.is_worth(value, unit).then_some(Closeness::Worth))
    }

    /// Returns how a printed amount matches: its digits begin as the number does, with the point in the same place.
    fn is_printed(&self, value: Amount, unit: Unit) -> Option<Closeness> {
        if self.negative && value.mantissa() >= 0 || self.unit.is_some_and(|wanted| wanted != unit) {
            return None;
        }
        let (digits, places) = (value.mantissa().unsigned_abs(), value.places());
        if digits == self.digits && places == self.places.unwrap_or(0) {
            return Some(Closeness::Exact);
        }
        let more = match self.places {
            Some(wanted) => places.checked_sub(wanted)?,
            // Nothing but a nought begins with a nought.
            None if self.digits == 0 => places,
            None => {
                let more = length(digits).checked_sub(length(self.digits))?;
                if more < places {
                    return None;
                }
                more
            }
        };
        let one = *POWERS.get(more as usize)?;
        let least = self.digits.checked_mul(one)?;
        digits.checked_sub(least).is_some_and(|rest| rest < one).then_some(Closeness::Prefix)
    }

    /// Returns whether an amount is one of those that the number, in its unit or in any, may be rounded from.
    fn is_worth(&self, value: Amount, unit: Unit) -> bool {
        let negative = self.negative && value.mantissa() >= 0;
        !negative && self.worths.as_ref().is_some_and(|worths| worths.hold(value, unit))
    }

    /// Returns the number with all amounts that it may be rounded from.
    fn with_worths(mut self) -> Self {
        let meant: &[Unit] = match &self.unit {
            Some(unit) => std::slice::from_ref(unit),
            None if self.digits < TELLING || self.places.is_none() && YEARS.contains(&self.digits) => &[],
            None => &MONEY,
        };
        let ranges: Vec<(u128, u128)> = meant.iter().filter_map(|&unit| self.worth(unit)).collect();
        self.worths = (!ranges.is_empty()).then(|| Worths::new(&ranges));
        self
    }

    /// Returns the least and the most that the number may be rounded from in a unit of money.
    pub(super) fn worth(&self, unit: Unit) -> Option<(u128, u128)> {
        let one = yuan(unit)?.checked_mul(10u128.pow(WORTH_PLACES.checked_sub(self.places.unwrap_or(0))?))?;
        let middle = u128::from(self.digits).checked_mul(one)?;
        Some((middle.saturating_sub(one / 2), middle.checked_add(one / 2)?))
    }

    /// Returns the unit that was typed.
    pub(super) fn unit(&self) -> Option<Unit> {
        self.unit
    }

    /// Returns how a code of the classification matches, where the number has neither sign, point nor unit.
    pub(super) fn matches_code(&self, code: u32) -> Option<Closeness> {
        if self.negative || self.places.is_some() || self.unit.is_some() || self.digits == 0 {
            return None;
        }
        let more = length(code.into()).checked_sub(length(self.digits))?;
        let begins = u64::from(code) / POWERS.get(more as usize)? == self.digits;
        match (begins, more) {
            (false, _) => None,
            (true, 0) => Some(Closeness::Exact),
            (true, _) => Some(Closeness::Prefix),
        }
    }
}

impl Worths {
    /// Returns the amounts in some ranges of yuan with twelve places, of which no more than three are looked at.
    pub(super) fn new(meant: &[(u128, u128)]) -> Self {
        let mut worths = Box::new([[[(1, 0); MONEY.len()]; WORTH_PLACES as usize + 1]; MONEY.len()]);
        for (row, unit) in worths.iter_mut().zip(MONEY) {
            for (places, ranges) in (0..=WORTH_PLACES).zip(row) {
                let one = yuan(unit).unwrap_or(1).saturating_mul(10u128.pow(WORTH_PLACES - places));
                let digits = |worth: u128| u64::try_from(worth).unwrap_or(u64::MAX);
                for (range, (low, high)) in ranges.iter_mut().zip(meant) {
                    *range = (digits(low.div_ceil(one)), digits(high / one));
                }
            }
        }
        Self(worths)
    }

    /// Returns whether an amount, whichever its sign, is one of them.
    pub(super) fn hold(&self, value: Amount, unit: Unit) -> bool {
        let ranges = unit_row(unit).and_then(|row| self.0.get(row)?.get(value.places() as usize));
        let digits = value.mantissa().unsigned_abs();
        ranges.is_some_and(|ranges| ranges.iter().any(|&(low, high)| low <= digits && digits <= high))
    }
}

impl fmt::Debug for Worths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().filter_map(|row| row.first())).finish()
    }
}

/// Returns the place of a unit in [`MONEY`].
fn unit_row(unit: Unit) -> Option<usize> {
    match unit {
        Unit::Yuan => Some(0),
        Unit::TenThousandYuan => Some(1),
        Unit::HundredMillionYuan => Some(2),
        _ => None,
    }
}

fn yuan(unit: Unit) -> Option<u128> {
    match unit {
        Unit::Yuan => Some(1),
        Unit::TenThousandYuan => Some(10_000),
        Unit::HundredMillionYuan => Some(100_000_000),
        _ => None,
    }
}

/// Returns how many digits a number has.
fn length(digits: u64) -> u32 {
    digits.checked_ilog10().map_or(1, |log| log + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, written: &str, unit: Unit, expect: Option<Closeness>) {
        let amount = Amount::parse(written).expect("a number");
        let number = number(typed).expect("a number");
        assert_eq!(number.matches(amount, unit), expect, "{typed} in {written}");
    }

    #[test]
    fn a_number_matches_what_begins_as_it_does() {
        use Closeness::{Exact, Prefix};
        check("1202.95", "1,202.95", Unit::TenThousandYuan, Some(Exact));
        check("1,202.9", "1202.95", Unit::TenThousandYuan, Some(Prefix));
        check("1202.", "1202.95", Unit::TenThousandYuan, Some(Prefix));
        check("1202", "1202.95", Unit::TenThousandYuan, Some(Prefix));
        check("12", "1202.95", Unit::TenThousandYuan, Some(Prefix));
        check("1202.95", "1202.9", Unit::TenThousandYuan, None);
        check("120.2", "1202.95", Unit::TenThousandYuan, None);
        check("1202", "120.29", Unit::TenThousandYuan, None);
        check("3.4", "3.40", Unit::TenThousandYuan, Some(Prefix));
        check("0", "0.43", Unit::TenThousandYuan, Some(Prefix));
        check("0", "10.43", Unit::TenThousandYuan, None);
        check("0.4", "0.43", Unit::TenThousandYuan, Some(Prefix));
        check("99999999999999999", "3", Unit::Person, None);
    }

    #[test]
    fn a_number_may_have_a_sign_and_a_unit() {
        use Closeness::Exact;
        check("-3.43", "-3.43", Unit::TenThousandYuan, Some(Exact));
        check("3.43", "-3.43", Unit::TenThousandYuan, Some(Exact));
        check("-3.43", "3.43", Unit::TenThousandYuan, None);
        check("3.43万元", "3.43", Unit::TenThousandYuan, Some(Exact));
        check("3.43元", "3.43", Unit::TenThousandYuan, None);
        check("54.18%", "54.18", Unit::Percent, Some(Exact));
    }

    #[test]
    fn a_number_may_be_a_code() {
        let code = |typed: &str, code| number(typed).expect("a number").matches_code(code);
        assert_eq!(code("30217", 30217), Some(Closeness::Exact));
        assert_eq!(code("302", 30217), Some(Closeness::Prefix));
        assert_eq!(code("303", 30217), None);
        assert_eq!(code("302.1", 30217), None);
        assert_eq!(code("2101301", 210), None);
    }

    #[test]
    fn money_is_found_in_whatever_unit_it_is_printed() {
        use Closeness::{Exact, Prefix, Worth};
        use Unit::{HundredMillionYuan, TenThousandYuan, Vehicle, Yuan};
        check("1202.95", "12,029,501.84", Yuan, Some(Worth));
        check("1202.95万", "12,029,501.84", Yuan, Some(Worth));
        check("1202.95万元", "1202.95", TenThousandYuan, Some(Exact));
        check("12029501.84", "1202.950184", TenThousandYuan, Some(Worth));
        check("1202.95", "0.1202950184", HundredMillionYuan, Some(Worth));
        check("1202.95", "0.12", HundredMillionYuan, None);
        check("1202.95", "12,029,550.01", Yuan, None);
        check("1202.95", "12,029,449.99", Yuan, None);
        check("-3.43", "-34,300.00", Yuan, Some(Worth));
        check("-3.43", "34,300.00", Yuan, None);
        // Too little is typed to tell, or it is rather a year, or it is no money.
        check("5", "50,000", Yuan, Some(Prefix));
        check("12", "120,000.00", Yuan, Some(Prefix));
        check("35", "0.35", TenThousandYuan, None);
        check("35元", "0.0035", TenThousandYuan, Some(Worth));
        check("2022", "20,220,000", Yuan, Some(Prefix));
        check("2022", "0.2022", HundredMillionYuan, None);
        check("343", "3.43", Vehicle, None);
        check("99999999999999999", "99999999999999999", HundredMillionYuan, Some(Exact));
    }
}
