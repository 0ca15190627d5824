//! Amounts → digits in groups of three, parted at the decimal point so that a column lines up on it.

use rust_decimal::Decimal;

use crate::quantity::{Amount, Unit};

/// A number as it stands in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digits {
    /// The sign and what stands before the decimal point.
    pub whole: String,
    /// The decimal point and what stands after it, as many places as were printed.
    pub places: String,
}

/// Whether a number shows its sign where it is positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Only a negative number has one.
    Negative,
    /// A change has one unless it is 0.
    Always,
}

/// Returns an amount as it is shown: what was printed, its digits in groups.
pub fn digits(amount: Amount, sign: Sign) -> Digits {
    let places = amount.places() as usize;
    let all = format!("{:0>least$}", amount.mantissa().unsigned_abs(), least = places + 1);
    let point = all.len() - places;
    let mut shown = Digits { whole: mark(amount, sign).to_owned(), places: String::new() };
    for (index, digit) in all.chars().enumerate() {
        if index < point {
            if index > 0 && (point - index).is_multiple_of(3) {
                shown.whole.push(',');
            }
            shown.whole.push(digit);
        } else {
            if index == point {
                shown.places.push('.');
            }
            shown.places.push(digit);
        }
    }
    shown
}

/// Returns a computed number as it is shown, its digits in groups.
pub fn decimal(number: Decimal, sign: Sign) -> String {
    let mantissa = i64::try_from(number.mantissa()).ok();
    match mantissa.and_then(|mantissa| Amount::new(mantissa, number.scale())) {
        Some(amount) => {
            let Digits { whole, places } = digits(amount, sign);
            whole + &places
        }
        // More digits than documents have; they are shown as they are.
        None => number.to_string(),
    }
}

/// Returns how many cells the two parts of [`digits`] take, without making them.
pub fn extent(amount: Amount, sign: Sign) -> (usize, usize) {
    let places = amount.places() as usize;
    let all = amount.mantissa().unsigned_abs().checked_ilog10().map_or(1, |log| log as usize + 1);
    let whole = all.saturating_sub(places).max(1);
    (mark(amount, sign).len() + whole + (whole - 1) / 3, if places == 0 { 0 } else { places + 1 })
}

fn mark(amount: Amount, sign: Sign) -> &'static str {
    match sign {
        _ if amount.mantissa() < 0 => "-",
        Sign::Always if !amount.is_zero() => "+",
        Sign::Always | Sign::Negative => "",
    }
}

/// Returns an amount with its unit as it stands in running text.
pub fn with_unit(amount: Amount, sign: Sign, unit: Unit) -> String {
    let Digits { whole, places } = digits(amount, sign);
    let space = if unit.name().is_ascii() { "" } else { " " };
    format!("{whole}{places}{space}{}", unit.name())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(mantissa: i64, places: u32, sign: Sign, whole: &str, after: &str) {
        let amount = Amount::new(mantissa, places).expect("it fits");
        assert_eq!(digits(amount, sign), Digits { whole: whole.into(), places: after.into() });
    }

    #[test]
    fn groups_digits_and_keeps_the_printed_places() {
        check(1_202_950_184, 2, Sign::Negative, "12,029,501", ".84");
        check(-3, 2, Sign::Always, "-0", ".03");
        check(340, 2, Sign::Always, "+3", ".40");
        check(0, 2, Sign::Always, "0", ".00");
        check(80, 0, Sign::Negative, "80", "");
        check(-1000, 0, Sign::Negative, "-1,000", "");
    }

    #[test]
    fn a_percent_sign_stands_close_and_a_word_does_not() {
        let amount = Amount::new(5418, 2).expect("it fits");
        assert_eq!(with_unit(amount, Sign::Negative, Unit::Percent), "54.18%");
        assert_eq!(with_unit(amount, Sign::Negative, Unit::TenThousandYuan), "54.18 万元");
    }

    proptest! {
        #[test]
        fn the_extent_is_what_the_digits_take(mantissa in -99_999_999_999i64..99_999_999_999, places in 0u32..8) {
            let amount = Amount::new(mantissa, places).expect("it fits");
            for sign in [Sign::Negative, Sign::Always] {
                let shown = digits(amount, sign);
                prop_assert_eq!(extent(amount, sign), (shown.whole.len(), shown.places.len()));
                let bare: String = (shown.whole + &shown.places).replace([',', '+'], "");
                prop_assert_eq!(bare, amount.to_string());
            }
        }
    }
}
