//! What a person may choose of how things are shown and done.

use super::keys::Keys;
use super::table::Column;
use super::theme::Look;
use super::width::Glyphs;
use crate::lang::Lang;
use crate::quantity::{Amount, Unit};

/// The choices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The language of the program's words; by the locale where there is none.
    pub lang: Option<Lang>,
    /// The colours.
    pub look: Look,
    /// Whether there are colours at all.
    pub colours: bool,
    /// The unit that all money is shown in; as it is printed where there is none.
    pub unit: Option<Unit>,
    /// The columns of the figures, from left to right as the table has them.
    pub columns: Vec<Column>,
    /// What the terminal can draw.
    pub glyphs: Glyphs,
    /// The keys.
    pub keys: Keys,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            lang: None,
            look: Look::default(),
            colours: true,
            unit: None,
            columns: Column::ALL.to_vec(),
            glyphs: Glyphs::default(),
            keys: Keys::default(),
        }
    }
}

/// The units that money may be shown in.
pub const UNITS: [Unit; 3] = [Unit::Yuan, Unit::TenThousandYuan, Unit::HundredMillionYuan];

/// Returns an amount in the unit that money is shown in: the point is moved, and no digit is lost or made up. What is no
/// money, or too long, is as it is printed.
pub fn in_unit(value: Amount, unit: Unit, wanted: Option<Unit>) -> (Amount, Unit) {
    let zeros = |unit: Unit| match unit {
        Unit::Yuan => Some(0),
        Unit::TenThousandYuan => Some(4),
        Unit::HundredMillionYuan => Some(8),
        _ => None,
    };
    let moved = wanted.and_then(|wanted| {
        let by = zeros(unit)? - zeros(wanted)?;
        Some((value.times_ten_to(by)?, wanted))
    });
    moved.unwrap_or((value, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, unit: Unit, wanted: Unit, expect: &str) {
        let (value, unit) = in_unit(Amount::parse(written).expect("a number"), unit, Some(wanted));
        assert_eq!(format!("{value}{}", unit.name()), expect);
    }

    #[test]
    fn the_point_moves_and_every_digit_stays() {
        use Unit::{HundredMillionYuan, Person, TenThousandYuan, Yuan};
        check("12029501.84", Yuan, TenThousandYuan, "1202.950184万元");
        check("3.43", TenThousandYuan, Yuan, "34300元");
        check("-3.43", TenThousandYuan, HundredMillionYuan, "-0.000343亿元");
        check("3.43", TenThousandYuan, TenThousandYuan, "3.43万元");
        check("1.2", HundredMillionYuan, TenThousandYuan, "12000万元");
        check("12", Person, TenThousandYuan, "12人");
        check("99999999999999999", HundredMillionYuan, Yuan, "99999999999999999亿元");
    }
}
