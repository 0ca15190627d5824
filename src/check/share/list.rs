//! The shares of one sentence together: rounded so that they make 100, or all of another whole than the one that is named.

use rust_decimal::Decimal;

use super::super::compare::shown;
use super::super::facts::Facts;
use super::super::finding::{Argument, Sentence};
use super::percent;
use crate::lang::Word;
use crate::model::{Item, ItemId, Measure};
use crate::quantity::Interval;

/// The shares of the sentence of one, itself included.
fn shares<'a>(facts: &'a Facts, share: ItemId) -> impl Iterator<Item = (ItemId, &'a Item)> {
    facts.of_sentence(share).filter(|(_, item)| item.measure == Measure::Share)
}

/// Whether a share is off by less than one in its last place so that those of its sentence make 100: who rounds each of them
/// may get 99.9, and many writers put that right in the largest.
pub(super) fn makes_hundred(facts: &Facts, share: ItemId, exact: Decimal) -> bool {
    let Some(item) = facts.item(share) else { return false };
    let last = Decimal::new(1, item.value.places());
    let sum =
        shares(facts, share).try_fold(Decimal::ZERO, |sum, (_, item)| sum.checked_add(item.value.decimal()));
    (exact - item.value.decimal()).abs() < last
        && sum == Some(Decimal::ONE_HUNDRED)
        && shares(facts, share).nth(1).is_some()
}

/// What the shares of a sentence seem to be of.
pub(super) struct Meant {
    /// The first of them.
    pub(super) first: ItemId,
    pub(super) why: Sentence,
}

/// Returns what several shares of a sentence would all be right of that are wrong of the whole that is named.
pub(super) fn meant(facts: &Facts, share: ItemId, part: ItemId, named: &[ItemId]) -> Option<Meant> {
    let mut whole = implied(facts, share, part)?;
    let mut first = share;
    let mut others = 0;
    for (other, item) in shares(facts, share).filter(|(other, _)| *other != share) {
        let level = item.parent.filter(|level| facts.is_level(*level) && *level != part);
        let Some((level, also)) = level.and_then(|level| Some((level, implied(facts, other, level)?))) else {
            continue;
        };
        let right =
            percent(facts, level, named).is_some_and(|(percent, _)| percent.meets(item.value.interval()));
        if !right && also.meets(whole) {
            whole = Interval { low: whole.low.max(also.low), high: whole.high.min(also.high) };
            first = first.min(other);
            others += 1;
        }
    }
    if others == 0 {
        return None;
    }
    let year = facts.item(part)?.about_year;
    let is_meant = |id: &ItemId| {
        let money = facts.item(*id).is_some_and(|item| {
            item.measure == Measure::Amount && item.about_year == year && !item.value.is_zero()
        });
        money && facts.exact(*id).is_some_and(|value| whole.holds(value))
    };
    let why = if let Some(level) = facts.ids().find(is_meant) {
        Sentence::new(Word::ExplainSharesOf, [Argument::Subject(level), Argument::Figure(level)])
    } else {
        let about = shown(whole.low, facts.item(part)?.unit, 2);
        Sentence::new(Word::ExplainSharesOfAbout, [Argument::Shown(about)])
    };
    Some(Meant { first, why })
}

/// Returns the values in yuan that the whole of a share may have.
fn implied(facts: &Facts, share: ItemId, part: ItemId) -> Option<Interval> {
    facts.interval(part)?.percent_of(facts.item(share)?.value.interval())
}
