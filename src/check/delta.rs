//! DELTA: a change that is not the difference of the two levels beside it.

use super::shown::Shown;
use rust_decimal::Decimal;

use super::compare::{explain, number, shown};
use super::facts::Facts;
use super::finding::{Argument, Finding, Formula, Sentence, Severity};
use super::ledger;
use super::report::{Log, Reason};
use super::{Check, Code, Run};
use crate::lang::Word;
use crate::model::{Basis, ItemId, Measure, Relation};

pub(super) const CHECK: Check = Check {
    code: Code::Delta,
    title: Word::DeltaTitle,
    explanation: Word::DeltaExplains,
    wrong: &[
        "第一部分 2024年部门预算说明\n一、政府采购情况\n2024年政府采购预算158.25万元，比2023年预算136.40万元增加31.85万元。\n",
    ],
    right: &[
        "第一部分 2024年部门预算说明\n一、政府采购情况\n2024年政府采购预算158.25万元，比2023年预算136.40万元增加21.85万元。\n",
    ],
    run: Run::Alone(run),
};

/// A change with the two levels it is the difference of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Comparison {
    pub(super) this: ItemId,
    pub(super) last: ItemId,
}

fn run(facts: &Facts, log: &mut Log) {
    for (change, item) in facts.measured(Measure::Delta) {
        if item.relation != Some(Relation::Change) || item.unit.yuan().is_none() {
            continue;
        }
        let Some(comparison) = facts.compared(change) else { continue };
        judge(facts, log, change, comparison);
    }
    ledger::tell(facts, log, Code::Delta);
}

/// Returns the two levels of one sentence that a change is the difference of.
pub(super) fn comparison(facts: &Facts, change: ItemId) -> Option<Comparison> {
    let parent = facts.item(change)?.parent?;
    if facts.is_base(parent) {
        // What hangs on the level of last year is the change from it to this year's level before it.
        let this = level_before(facts, parent, |id| facts.same_subject(id, parent) && !facts.is_base(id))?;
        return Some(Comparison { this, last: parent });
    }
    let item = facts.item(change)?;
    let budget = facts.change_is_against_budget(change);
    let fits = |id: &ItemId| {
        let Some(level) = facts.item(*id).filter(|_| facts.is_level(*id) && *id != parent) else {
            return false;
        };
        let near = facts.sentence(*id) == facts.sentence(change);
        let same = facts.same_subject(*id, parent);
        let based = || match budget {
            Some(true) => {
                level.basis == Some(Basis::Budget)
                    && facts.basis == Some(Basis::FinalAccounts)
                    && level.year() == facts.item(parent).and_then(crate::model::Item::year)
            }
            Some(false) => {
                facts.is_base(*id)
                    && level.year().is_none_or(|year| {
                        year == facts.year
                            || year + 1 == facts.year
                            || facts.before(*id).contains(&year.to_string())
                    })
            }
            None => facts.is_base(*id) && level.year().is_some_and(|year| year + 1 == facts.year),
        };
        near && same && level.span.start < item.span.start && based()
    };
    let last = (0..change.0).rev().take(12).map(ItemId).find(fits)?;
    Some(Comparison { this: parent, last })
}

fn level_before(facts: &Facts, before: ItemId, fits: impl Fn(ItemId) -> bool) -> Option<ItemId> {
    let found = (0..before.0).rev().take(8).map(ItemId).find(|id| facts.is_level(*id) && fits(*id))?;
    (facts.sentence(found) == facts.sentence(before)).then_some(found)
}

fn judge(facts: &Facts, log: &mut Log, change: ItemId, Comparison { this, last }: Comparison) {
    if let Some(reason) = facts.doubt_of([change, this, last]) {
        return log.cannot_tell(reason);
    }
    let (Some(item), Some(a), Some(b), Some(stated)) =
        (facts.item(change), facts.interval(this), facts.interval(last), facts.interval(change))
    else {
        return;
    };
    if (a - b).meets(stated) {
        return log.prove(change, || Formula::difference(this, last));
    }
    let (Some(x), Some(y)) = (facts.exact(this), facts.exact(last)) else { return };
    if (b - a).meets(stated) {
        // The direction's own check says so.
        return;
    }
    let near = |id: &ItemId| facts.sentence(*id) == facts.sentence(change);
    let mut others = facts.levels_before(change).filter(|id| *id != this && *id != last && near(id));
    if others.any(|id| facts.interval(id).is_some_and(|level| (level - b).meets(stated))) {
        return log.cannot_tell(Reason::Ambiguous);
    }
    let right = x - y;
    let places =
        [change, this, last].iter().filter_map(|id| facts.item(*id)).map(|item| item.value.places()).max();
    let places = places.unwrap_or(0);
    let gap = (facts.exact(change).unwrap_or(Decimal::ZERO) - right).abs();
    let arguments = [
        Argument::Subject(change),
        Argument::Figure(this),
        Argument::Figure(last),
        Argument::Shown(shown(right, item.unit, places)),
        Argument::Figure(change),
    ];
    let small = gap * Decimal::ONE_HUNDRED < x.abs();
    let severity = if small { Severity::Warning } else { Severity::Error };
    let finding = Finding::new(severity, item.span, Sentence::new(Word::DeltaWrong, arguments))
        .items([change])
        .formula(Formula::difference(this, last))
        .stated(Shown::of(item))
        .computed(shown(right, item.unit, places))
        .difference(number(gap, item.unit, places))
        .explains(explain(facts, change, right, &[this, last]));
    log.find(finding);
}
