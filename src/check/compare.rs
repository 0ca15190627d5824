//! Two values that should be one: how far apart they are, and what would explain it.

use rust_decimal::Decimal;

use super::facts::Facts;
use super::finding::{Argument, Sentence, rounded};
use super::shown::Shown;
use crate::lang::Word;
use crate::model::{ItemId, Measure};
use crate::quantity::{self, Kind, Unit, Written};

/// Returns a value in yuan as one in a unit of money, and any other as it stands.
pub(super) fn in_unit(value: Decimal, unit: Unit) -> Decimal {
    let (Some(zeros), Some(yuan)) = (unit.zeros(), unit.yuan()) else { return value };
    if let Some(value) = in_unit_few(value, zeros) {
        return value;
    }
    // A unit of money is a power of ten, so only the point moves.
    let mut moved = value;
    match moved.set_scale(value.scale() + zeros) {
        Ok(()) => moved.normalize(),
        Err(_) => value.checked_div(yuan).unwrap_or(value),
    }
}

/// The same for a number of few digits.
fn in_unit_few(value: Decimal, zeros: u32) -> Option<Decimal> {
    let (mut digits, mut places) = (i64::try_from(value.mantissa()).ok()?, value.scale() + zeros);
    if digits == 0 {
        return Some(Decimal::ZERO);
    }
    while places > 0 && digits % 10 == 0 {
        (digits, places) = (digits / 10, places - 1);
    }
    (places <= Decimal::MAX_SCALE).then(|| Decimal::new(digits, places))
}

/// Returns a value in yuan or as it stands as a figure in a unit, with so many places at least as it needs.
pub(super) fn shown(value: Decimal, unit: Unit, places: u32) -> Shown {
    Shown::Number(written(value, unit, places), unit.name())
}

/// Returns the number without its unit.
pub(super) fn number(value: Decimal, unit: Unit, places: u32) -> Shown {
    Shown::Number(written(value, unit, places), "")
}

fn written(value: Decimal, unit: Unit, places: u32) -> Decimal {
    let value = in_unit(value, unit);
    rounded(value, places.max(value.normalize().scale().min(4)))
}

/// Returns what would explain that `wrong` is not `right`, which is in yuan for money and as it stands for all else.
/// `near` are the figures that may have been left out or put in its place.
pub(super) fn explain(facts: &Facts, wrong: ItemId, right: Decimal, near: &[ItemId]) -> Option<Sentence> {
    let item = facts.item(wrong)?;
    let stated = facts.exact(wrong)?;
    let money = item.unit.kind() == Kind::Money;
    let say = |word, arguments: Vec<Argument>| Some(Sentence::new(word, arguments));
    if right.is_zero() || stated == right {
        return None;
    }
    if stated == -right {
        return say(Word::ExplainSign, vec![]);
    }
    let places = item.value.places();
    let in_unit = in_unit(right, item.unit);
    let factor = Decimal::from(10_000);
    let times =
        |a: Decimal, b: Decimal| b.checked_mul(factor).is_some_and(|b| rounded(a, 2) == rounded(b, 2));
    if money && (times(stated, right) || times(right, stated)) {
        return say(Word::ExplainTenThousand, vec![]);
    }
    let digits = |value: Decimal| Written(value.normalize().abs()).with("");
    let (written, true_digits) = (digits(item.value.decimal()), digits(rounded(in_unit, places)));
    if quantity::is_swapped(&written, &true_digits) {
        return say(Word::ExplainSwapped, vec![Argument::Shown(Shown::Number(rounded(in_unit, places), ""))]);
    }
    if in_unit.trunc_with_scale(places) == item.value.decimal() && in_unit.scale() > places {
        return say(Word::ExplainTruncated, vec![]);
    }
    let gap = (stated - right).abs();
    let equal = |id: &ItemId, value: Decimal| {
        *id != wrong && facts.is_level(*id) && !value.is_zero() && facts.exact(*id) == Some(value)
    };
    if let Some(left_out) = near.iter().copied().find(|id| equal(id, gap)) {
        return say(Word::ExplainGapIs, vec![Argument::Subject(left_out), Argument::Figure(left_out)]);
    }
    // A round number is somewhere in every document.
    let telling = digits(gap).replace('.', "").trim_matches('0').len() >= 3;
    if item.measure == Measure::Amount
        && telling
        && let Some(other) = facts.levels_of_value(gap).find(|id| equal(id, gap) && !near.contains(id))
    {
        return say(Word::ExplainGapIs, vec![Argument::Subject(other), Argument::Figure(other)]);
    }
    if quantity::is_mistyped(&written, &true_digits) {
        return say(Word::ExplainDigit, vec![Argument::Shown(Shown::Number(rounded(in_unit, places), ""))]);
    }
    None
}

/// The parts of which one would make a sum right, if a hasty hand had not changed it, each with what it would be.
#[derive(Default)]
pub(super) struct Slips {
    /// Two of its digits may stand the other way round.
    pub(super) swapped: Vec<(ItemId, Decimal)>,
    /// One of its digits may be another, too many or missing.
    pub(super) mistyped: Vec<(ItemId, Decimal)>,
}

/// Returns what a hasty hand may have changed in the parts of a sum.
pub(super) fn slips(facts: &Facts, (whole, sum): (Decimal, Decimal), parts: &[ItemId]) -> Slips {
    let mut slips = Slips::default();
    let places = parts.iter().filter_map(|id| facts.item(*id)).map(|item| item.value.places()).max();
    let (mut one, mut other) = (String::new(), String::new());
    let mut tell = |id: ItemId| {
        let item = facts.item(id)?;
        let right = in_unit(facts.exact(id)?.checked_add(whole)?.checked_sub(sum)?, item.unit);
        let right = rounded(right, places.unwrap_or(0));
        let written = item.value.decimal();
        if right.is_sign_negative() == written.is_sign_negative() {
            one.clear();
            other.clear();
            Written(written.abs()).push_to(&mut one);
            Written(right.abs()).push_to(&mut other);
            slips.swapped.extend(quantity::is_swapped(&one, &other).then_some((id, right)));
            slips.mistyped.extend(quantity::is_mistyped(&one, &other).then_some((id, right)));
        }
        Some(())
    };
    for part in parts {
        tell(*part);
    }
    slips
}
