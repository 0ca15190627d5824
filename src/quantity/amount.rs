//! One number as printed: an exact decimal and how many places it was printed with.

use std::fmt;

use rust_decimal::Decimal;

use super::Interval;

/// A number as printed, in eight bytes: 58 bits of digits, a sign and the number of decimal places.
///
/// `3.40` and `3.4` are different amounts of the same value: the printed places say how exact a figure is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Amount(i64);

/// The low bits of an [`Amount`] that hold the number of places.
const PLACES_BITS: u32 = 5;
/// The most digits that always fit.
const MOST_DIGITS: usize = 17;

impl Amount {
    /// Returns the amount of `mantissa` · 10^-`places`, or nothing where it has more than 17 digits.
    pub fn new(mantissa: i64, places: u32) -> Option<Self> {
        let fits = places < 1 << PLACES_BITS && mantissa.unsigned_abs() < 10u64.pow(MOST_DIGITS as u32);
        fits.then_some(Self(mantissa << PLACES_BITS | i64::from(places)))
    }

    /// Reads a number as documents write it: half- or full-width digits, thousands separators, a sign, and white space
    /// or line breaks inside. Returns nothing where that is no number, or one of more than 17 digits.
    pub fn parse(written: &str) -> Option<Self> {
        let (mut mantissa, mut digits, mut places) = (0i64, 0, None);
        let mut negative = false;
        for c in written.chars() {
            match fold(c) {
                Some(digit @ '0'..='9') => {
                    digits += 1;
                    if digits > MOST_DIGITS {
                        return None;
                    }
                    mantissa = mantissa * 10 + i64::from(digit as u32 - '0' as u32);
                    places = places.map(|places: u32| places + 1);
                }
                Some('.') if places.is_none() && digits > 0 => places = Some(0),
                Some('-') if digits == 0 && !negative => negative = true,
                Some('+') if digits == 0 && !negative => {}
                None => {}
                Some(_) => return None,
            }
        }
        if digits == 0 || places == Some(0) {
            return None;
        }
        Self::new(if negative { -mantissa } else { mantissa }, places.unwrap_or(0))
    }

    /// Returns the digits without the decimal point, signed.
    pub fn mantissa(self) -> i64 {
        self.0 >> PLACES_BITS
    }

    /// Returns how many decimal places were printed.
    pub fn places(self) -> u32 {
        self.0.cast_unsigned() as u32 & ((1 << PLACES_BITS) - 1)
    }

    /// Returns the exact value, with the printed places as its scale.
    pub fn decimal(self) -> Decimal {
        Decimal::new(self.mantissa(), self.places())
    }

    /// Returns the exact value in units of a power of ten below: 万元 in 元 for 4. It has no more places than it needs.
    pub fn decimal_in(self, exponent: u32) -> Decimal {
        moved(self.mantissa(), self.places(), exponent)
    }

    /// Returns whether the value is 0.
    pub fn is_zero(self) -> bool {
        self.mantissa() == 0
    }

    /// Returns the same amount with the other sign.
    pub fn negated(self) -> Self {
        Self(-self.mantissa() << PLACES_BITS | i64::from(self.places()))
    }

    /// Returns the amount times a power of ten, with as many digits as it was printed with; nothing where it has too many.
    pub fn times_ten_to(self, exponent: i32) -> Option<Self> {
        let places = i64::from(self.places()) - i64::from(exponent);
        if let Ok(places) = u32::try_from(places) {
            return Self::new(self.mantissa(), places);
        }
        let zeros = 10i64.checked_pow(u32::try_from(-places).ok()?)?;
        Self::new(self.mantissa().checked_mul(zeros)?, 0)
    }

    /// Returns the values that this printed number may stand for: v ± ½·10^-places. A bare `0` says that there is none
    /// and stands for exactly that.
    pub fn interval(self) -> Interval {
        self.interval_in(0, self.places())
    }

    /// Returns the same in units of a power of ten below, for a number that was printed to so many places at least, of which
    /// zeros at the end were left out.
    pub fn interval_in(self, exponent: u32, places: u32) -> Interval {
        if self.is_zero() && self.places() == 0 {
            return Interval::exactly(Decimal::ZERO);
        }
        let zeros = if self.is_zero() { 0 } else { places.saturating_sub(self.places()) };
        let places = self.places() + zeros + 1;
        // Ten times the digits, so that half a place is a whole number.
        let Some(digits) = 10_i64.checked_pow(zeros + 1).and_then(|ten| self.mantissa().checked_mul(ten))
        else {
            let (half, value) = (moved(5, places, exponent), self.decimal_in(exponent));
            return Interval { low: value - half, high: value + half };
        };
        Interval { low: moved(digits - 5, places, exponent), high: moved(digits + 5, places, exponent) }
    }
}

/// Returns `mantissa` · 10^(`exponent`-`places`), with no more places than needed.
fn moved(mantissa: i64, places: u32, exponent: u32) -> Decimal {
    match places.checked_sub(exponent) {
        Some(places) => Decimal::new(mantissa, places),
        // 18 digits and up to eight zeros fit into the 28 of a decimal.
        None => Decimal::from(i128::from(mantissa) * 10_i128.pow(exponent - places)),
    }
}

/// Returns the ASCII form of a character of a number, or nothing for one that only separates.
fn fold(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32),
        '．' | '.' => Some('.'),
        '－' | '−' | '—' | '-' => Some('-'),
        '＋' | '+' => Some('+'),
        ',' | '，' => None,
        c if c.is_whitespace() => None,
        c => Some(c),
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Written(self.decimal()).fmt(f)
    }
}

/// The most characters that digits take: 31 places, a point, and a 0 before it.
const MOST_WRITTEN: usize = 40;

/// Writes digits with a point before so many of them, which takes a quarter of what a decimal needs for it.
fn digits(buffer: &mut [u8; MOST_WRITTEN], mut rest: u64, places: u32) -> &str {
    let (mut start, mut written) = (buffer.len(), 0);
    let mut point = places > 0;
    for place in buffer.iter_mut().rev() {
        if written == places && point {
            (*place, point) = (b'.', false);
        } else if rest > 0 || written <= places {
            *place = b'0' + (rest % 10) as u8;
            rest /= 10;
            written += 1;
        } else {
            break;
        }
        start -= 1;
    }
    buffer.get(start..).and_then(|text| str::from_utf8(text).ok()).unwrap_or_default()
}

impl Amount {
    /// Returns the number with what stands behind it, such as its unit.
    pub fn with(self, end: &str) -> String {
        Written(self.decimal()).with(end)
    }
}

/// A decimal as it is written out, which takes a quarter of what it needs itself where it has few digits.
#[derive(Debug, Clone, Copy)]
pub struct Written(pub Decimal);

impl Written {
    /// Returns the number with what stands behind it, such as a unit, in a text that is no longer than it must be.
    pub fn with(self, end: &str) -> String {
        let (sign, buffer) = (self.sign(), &mut [0; MOST_WRITTEN]);
        let Some(digits) = self.digits(buffer) else { return format!("{}{end}", self.0) };
        let mut text = String::with_capacity(sign.len() + digits.len() + end.len());
        text.push_str(sign);
        text.push_str(digits);
        text.push_str(end);
        text
    }

    /// Adds the number to a text.
    pub fn push_to(self, text: &mut String) {
        let buffer = &mut [0; MOST_WRITTEN];
        if let Some(digits) = self.digits(buffer) {
            text.push_str(self.sign());
            text.push_str(digits);
        } else {
            text.push_str(&self.0.to_string());
        }
    }

    fn sign(self) -> &'static str {
        if self.0.is_sign_negative() { "-" } else { "" }
    }

    /// Returns the digits and the point, where there are few.
    fn digits(self, buffer: &mut [u8; MOST_WRITTEN]) -> Option<&str> {
        let mantissa = u64::try_from(self.0.mantissa().unsigned_abs()).ok()?;
        Some(digits(buffer, mantissa, self.0.scale()))
    }
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let negative = self.0.is_sign_negative();
        match u64::try_from(self.0.mantissa().unsigned_abs()) {
            Ok(mantissa) => {
                let mut buffer = [0; MOST_WRITTEN];
                f.pad_integral(!negative, "", digits(&mut buffer, mantissa, self.0.scale()))
            }
            Err(_) => self.0.fmt(f),
        }
    }
}

impl fmt::Debug for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.decimal().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(written: &str, expect: Option<&str>) {
        assert_eq!(Amount::parse(written).map(|amount| amount.to_string()).as_deref(), expect, "{written:?}");
    }

    #[test]
    fn reads_numbers_as_written() {
        check("3.40", Some("3.40"));
        check("1,202,950.10", Some("1202950.10"));
        check("１２３．４５", Some("123.45"));
        check("12 329.\n48", Some("12329.48"));
        check("-0.5", Some("-0.5"));
        check("－7", Some("-7"));
        check("0", Some("0"));
        check("007", Some("7"));
    }

    #[test]
    fn refuses_what_is_no_number() {
        for written in ["", "-", ".", "1.", ".5", "1.2.3", "1-2", "3a", "123456789012345678"] {
            check(written, None);
        }
    }

    #[test]
    fn an_interval_is_half_a_place_wide_on_each_side() {
        let interval = Amount::parse("8.70").expect("a number").interval();
        assert_eq!((interval.low.to_string(), interval.high.to_string()), ("8.695".into(), "8.705".into()));
    }

    #[test]
    fn a_bare_zero_is_exact() {
        let of = |written| Amount::parse(written).expect("a number").interval();
        assert_eq!(of("0"), Interval::exactly(Decimal::ZERO));
        assert_eq!(of("0.00").high.to_string(), "0.005");
    }

    proptest! {
        #[test]
        fn a_number_is_written_as_a_decimal_is(mantissa in any::<i64>(), places in 0u32..=28) {
            let value = Decimal::new(mantissa, places);
            prop_assert_eq!(Written(value).to_string(), value.to_string());
            prop_assert_eq!(Written(-value).with("元"), format!("{}元", -value));
            prop_assert_eq!(format!("{:>30}", Written(-value)), format!("{:>30}", -value));
        }

        #[test]
        fn keeps_value_places_and_sign(mantissa in -99_999_999_999_999_999i64..=99_999_999_999_999_999, places in 0u32..12) {
            let amount = Amount::new(mantissa, places).expect("17 digits fit");
            prop_assert_eq!(amount.decimal(), Decimal::new(mantissa, places));
            prop_assert_eq!(amount.places(), places);
            prop_assert_eq!(amount.negated().negated(), amount);
            let digits = amount.to_string().chars().filter(char::is_ascii_digit).count();
            if digits <= MOST_DIGITS {
                prop_assert_eq!(Amount::parse(&amount.to_string()), Some(amount));
            }
        }

        #[test]
        fn any_text_is_read_or_refused(written in any::<String>()) {
            let _ = Amount::parse(&written);
        }
    }
}
