//! Two values that should be one: how far apart they are, and what would explain it.

use rust_decimal::Decimal;

use super::facts::Facts;
use super::finding::{Argument, Sentence, rounded};
use crate::lang::Word;
use crate::model::{ItemId, Measure};
use crate::quantity::{Kind, Unit};

/// Returns a value in yuan as one in a unit of money, and any other as it stands.
pub(super) fn in_unit(value: Decimal, unit: Unit) -> Decimal {
    let Some(yuan) = unit.yuan() else { return value };
    // A unit of money is a power of ten, so only the point moves.
    let mut moved = value;
    match moved.set_scale(value.scale() + yuan.mantissa().unsigned_abs().ilog10()) {
        Ok(()) => moved.normalize(),
        Err(_) => value.checked_div(yuan).unwrap_or(value),
    }
}

/// Returns a value in yuan or as it stands as a figure in a unit, with so many places at least as it needs.
pub(super) fn shown(value: Decimal, unit: Unit, places: u32) -> String {
    let value = in_unit(value, unit);
    let value = rounded(value, places.max(value.normalize().scale().min(4)));
    format!("{value}{}", unit.name())
}

/// Returns the number without its unit.
pub(super) fn number(value: Decimal, unit: Unit, places: u32) -> String {
    let shown = shown(value, unit, places);
    shown.strip_suffix(unit.name()).unwrap_or(&shown).to_owned()
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
    let (written, true_digits) = (digits(item.value.decimal()), digits(rounded(in_unit, places)));
    if swapped(&written, &true_digits) {
        return say(Word::ExplainSwapped, vec![Argument::Text(rounded(in_unit, places).to_string().into())]);
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
    if item.measure == Measure::Amount
        && let Some(other) =
            facts.levels_of_value(gap).iter().copied().find(|id| equal(id, gap) && !near.contains(id))
    {
        return say(Word::ExplainGapIs, vec![Argument::Subject(other), Argument::Figure(other)]);
    }
    if one_digit(&written, &true_digits) {
        return say(Word::ExplainDigit, vec![Argument::Text(rounded(in_unit, places).to_string().into())]);
    }
    None
}

/// Returns the part of a sum that would make it right with two of its digits the other way round, and what it would be.
pub(super) fn swapped_part(
    facts: &Facts,
    whole: Decimal,
    sum: Decimal,
    parts: &[ItemId],
) -> Option<(ItemId, Decimal)> {
    let fits = |id: &ItemId| {
        let item = facts.item(*id)?;
        let right = facts.exact(*id)?.checked_add(whole)?.checked_sub(sum)?;
        let right = rounded(in_unit(right, item.unit), item.value.places());
        swapped(&padded(item.value.decimal()), &padded(right)).then_some((*id, right))
    };
    let mut found = parts.iter().filter_map(fits);
    found.next().filter(|_| found.next().is_none())
}

fn padded(value: Decimal) -> Vec<u8> {
    value.abs().to_string().into_bytes()
}

fn digits(value: Decimal) -> Vec<u8> {
    value.normalize().abs().to_string().into_bytes()
}

/// Whether two neighbouring digits were swapped.
fn swapped(a: &[u8], b: &[u8]) -> bool {
    let differ: Vec<usize> = (0..a.len()).filter(|at| a.get(*at) != b.get(*at)).collect();
    let [first, second] = differ.as_slice() else { return false };
    let apart = second - first == 1 || second - first == 2 && a.get(first + 1) == Some(&b'.');
    a.len() == b.len() && apart && a.get(*first) == b.get(*second) && a.get(*second) == b.get(*first)
}

/// Whether one digit is another, too many or missing.
fn one_digit(a: &[u8], b: &[u8]) -> bool {
    if a.len() == b.len() {
        return (0..a.len()).filter(|at| a.get(*at) != b.get(*at)).count() == 1 && a.len() >= 4;
    }
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let digit = long.get(same).is_some_and(u8::is_ascii_digit);
    digit && long.len() == short.len() + 1 && short.len() >= 3 && short.get(same..) == long.get(same + 1..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_swapped_and_mistyped_digits() {
        assert!(swapped(b"169.52", b"196.52") && swapped(b"33.81", b"33.18") && !swapped(b"28.13", b"38.12"));
        assert!(one_digit(b"58.02", b"59.02") && !one_digit(b"5.12", b"51.2"));
        assert!(!one_digit(b"123.4", b"1234") && one_digit(b"10.02", b"1.02"));
    }
}
