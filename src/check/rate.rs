//! RATE: a growth rate that is not change ÷ last year.

use super::shown::Shown;
use rust_decimal::Decimal;

use super::facts::Facts;
use super::finding::{Argument, Finding, Formula, Sentence, Severity, plus, rounded};
use super::ledger;
use super::report::{Log, Reason};
use super::{Check, Code, Run};
use crate::lang::Word;
use crate::model::{Basis, ItemId, Measure, Relation};
use crate::quantity::{self, Interval, Written};

pub(super) const CHECK: Check = Check {
    code: Code::Rate,
    title: Word::RateTitle,
    explanation: Word::RateExplains,
    wrong: &[
        "第一部分 2024年部门预算说明\n一、收支情况\n2024年收入预算1679.88万元，比上年增加180.70万元，增长10.75%。\n",
    ],
    right: &[
        "第一部分 2024年部门预算说明\n一、收支情况\n2024年收入预算1679.88万元，比上年增加180.70万元，增长12.05%。\n",
    ],
    run: Run::Alone(run),
};

/// A way to compute a rate.
struct Way {
    how: How,
    change: Interval,
    base: Interval,
    /// Change and base exactly as printed.
    exact: (Decimal, Decimal),
    /// This year's level.
    this: Decimal,
}

/// What a rate is computed from.
#[derive(Clone, Copy)]
enum How {
    /// A change and last year's level.
    Stated { change: ItemId, last: ItemId },
    /// A change and this year's level.
    Implied { change: ItemId, this: ItemId },
    /// The levels of both years.
    Levels { this: ItemId, last: ItemId },
}

impl Way {
    /// Returns the figures that it is computed from.
    fn figures(&self) -> [ItemId; 2] {
        match self.how {
            How::Stated { change, last } => [change, last],
            How::Implied { change, this } => [change, this],
            How::Levels { this, last } => [this, last],
        }
    }

    /// Returns the change that is stated, where it is one.
    fn stated_change(&self) -> Option<ItemId> {
        match self.how {
            How::Stated { change, .. } | How::Implied { change, .. } => Some(change),
            How::Levels { .. } => None,
        }
    }

    fn formula(&self) -> Formula {
        match self.how {
            How::Stated { change, last } => Formula::sum([change]).over(plus([last])),
            How::Implied { change, this } => {
                Formula::sum([change]).over(Formula::difference(this, change).terms)
            }
            How::Levels { this, last } => Formula::difference(this, last).over(plus([last])),
        }
    }
}

fn run(facts: &Facts, log: &mut Log) {
    for (rate, item) in facts.measured(Measure::Rate) {
        let Some(parent) = item.parent.filter(|parent| facts.is_level(*parent)) else {
            log.cannot_tell(Reason::NoBase);
            continue;
        };
        let ways = ways(facts, rate, parent);
        match ways.first() {
            None => log.cannot_tell(Reason::NoBase),
            Some(_) => judge(facts, log, rate, parent, &ways),
        }
    }
    for found in ledger::percentages(facts, facts.book(), ledger::Rule::Growth) {
        match way_of_table(facts, found.this, found.base).filter(|_| found.sure) {
            None => log.cannot_tell(Reason::NoBase),
            Some(way) => judge(facts, log, found.stated, found.this, &[way]),
        }
    }
}

/// Returns how the rate of a table is computed from the amounts of two years in its row.
fn way_of_table(facts: &Facts, this: ItemId, last: ItemId) -> Option<Way> {
    let (level, base) = (facts.interval(this)?, facts.interval(last)?);
    let (this_exact, base_exact) = (facts.exact(this)?, facts.exact(last)?);
    Some(Way {
        how: How::Levels { this, last },
        change: level - base,
        base,
        exact: (this_exact.checked_sub(base_exact)?, base_exact),
        this: this_exact,
    })
}

/// Returns the ways to compute a rate from the figures beside it, the nearest first.
fn ways(facts: &Facts, rate: ItemId, parent: ItemId) -> Vec<Way> {
    let mut ways = Vec::new();
    let change = change_before(facts, rate, parent);
    let compared = match change {
        Some(change) => facts.compared(change),
        None => facts.compared(rate).or_else(|| last_year_beside(facts, rate, parent)),
    };
    let this = compared.map_or(parent, |compared| compared.this);
    let value = |id: ItemId| Some((facts.interval(id)?, facts.exact(id)?));
    let Some((this_interval, this_exact)) = value(this) else { return ways };
    let last = compared.and_then(|compared| Some((compared.last, value(compared.last)?)));
    if let Some(change) = change
        && let Some((delta, exact)) = value(change)
    {
        if let Some((last, (base, base_exact))) = last {
            let how = How::Stated { change, last };
            ways.push(Way { how, change: delta, base, exact: (exact, base_exact), this: this_exact });
        }
        if !facts.is_base(parent) {
            let (how, base) = (How::Implied { change, this }, this_interval - delta);
            let exact = (exact, this_exact - exact);
            ways.push(Way { how, change: delta, base, exact, this: this_exact });
        }
    }
    if let Some((last, (base, base_exact))) = last {
        let (how, change) = (How::Levels { this, last }, this_interval - base);
        let exact = (this_exact - base_exact, base_exact);
        ways.push(Way { how, change, base, exact, this: this_exact });
    }
    ways
}

/// Returns the change that stands before a rate in its sentence and is of the same level against the same base.
fn change_before(facts: &Facts, rate: ItemId, parent: ItemId) -> Option<ItemId> {
    let fits = |id: &ItemId| {
        let Some(item) = facts.item(*id) else { return false };
        let own = item.parent == Some(parent) && item.relation == Some(Relation::Change);
        own && item.measure == Measure::Delta && facts.sentence(*id) == facts.sentence(rate)
    };
    let change = (0..rate.0).rev().take(4).map(ItemId).find(fits)?;
    let (from, to) = (facts.item(change)?.span.end, facts.item(rate)?.span.start);
    let between = facts.between(from, to);
    // A second comparison between the two is of something else.
    let other = (change.0 + 1..rate.0).map(ItemId).any(|id| facts.is_level(id));
    (!other && !compares_again(facts, change, between)).then_some(change)
}

/// Whether the words between a change and a rate compare with something else than the change does: 同比增加1万元，同比增长5% is
/// against last year twice.
fn compares_again(facts: &Facts, change: ItemId, words: &str) -> bool {
    const LAST_YEAR: &[&str] = &["同比", "比上年", "较上年", "比去年", "较去年"];
    let again = |(at, _): (usize, &str)| {
        let near = |word: &&str| {
            let from = at.saturating_sub(word.find(['比', '较']).unwrap_or(0));
            words.get(from..).is_some_and(|rest| rest.starts_with(word))
        };
        !LAST_YEAR.iter().any(near)
    };
    let mut found = words.match_indices(['比', '较']).peekable();
    let budget = found.peek().is_some() && facts.change_is_against_budget(change) == Some(true);
    budget || found.any(again)
}

/// Returns the levels of two years of one thing in the same sentence or paragraph, for a rate without a change.
fn last_year_beside(facts: &Facts, rate: ItemId, parent: ItemId) -> Option<super::delta::Comparison> {
    let budget = facts.change_is_against_budget(rate)?;
    let fits = |id: &ItemId| {
        let Some(item) = facts.item(*id) else { return false };
        let based = if budget {
            item.basis == Some(Basis::Budget)
                && facts.basis == Some(Basis::FinalAccounts)
                && item.year() == Some(facts.year)
        } else {
            item.year().is_some_and(|year| year + 1 == facts.year) && item.basis == facts.basis
        };
        *id != parent && facts.is_level(*id) && facts.same_subject(*id, parent) && based
    };
    let last = (0..rate.0).rev().take(8).map(ItemId).find(fits)?;
    let same = facts.section_at(facts.item(last)?.span)?.heading
        == facts.section_at(facts.item(rate)?.span)?.heading;
    same.then_some(super::delta::Comparison { this: parent, last })
}

fn judge(facts: &Facts, log: &mut Log, rate: ItemId, parent: ItemId, ways: &[Way]) {
    let Some(item) = facts.item(rate) else { return };
    let figures = ways.iter().flat_map(Way::figures);
    if let Some(reason) = facts.doubt_of(figures.chain([rate, parent])) {
        return log.cannot_tell(reason);
    }
    let stated = item.value.interval();
    let mut first: Option<(&Way, Decimal)> = None;
    for way in ways {
        if way.base.low <= Decimal::ZERO && way.base.high >= Decimal::ZERO {
            continue;
        }
        let Some(percent) = way.change.percent_of(way.base) else { continue };
        let Some(exact) = quantity::percent(way.exact.0, way.exact.1) else { continue };
        if percent.meets(stated) || percent.absolute().meets(stated.absolute()) {
            if percent.meets(stated) {
                let seen = rounded(exact, item.value.places()) == item.value.decimal();
                let tight =
                    rounded(percent.low, item.value.places()) == rounded(percent.high, item.value.places());
                if seen || !tight && !cut_off(exact, item.value.decimal(), item.value.places()) {
                    return log.prove(rate, || way.formula());
                }
                return log.find(
                    finding(facts, rate, way, exact, Severity::Info, Word::RateRounding)
                        .explains(truncated(exact, item)),
                );
            }
            // Opposite signs are for the check of directions.
            return;
        }
        first = first.or(Some((way, exact)));
    }
    let Some((way, exact)) = first else {
        return zero_base(facts, log, rate, ways);
    };
    if another_reading(facts, rate, parent, ways)
        || exact <= Decimal::NEGATIVE_ONE * Decimal::ONE_HUNDRED && way.this > Decimal::ZERO
    {
        return log.cannot_tell(Reason::Ambiguous);
    }
    let why = why(exact, way, item);
    let gap = (exact - item.value.decimal()).abs();
    let whole = item.value.decimal().abs() == Decimal::ONE_HUNDRED && item.value.decimal().is_sign_negative();
    let impossible = whole && way.this > Decimal::ZERO;
    let far = gap >= Decimal::from(5) && why.is_none();
    let severity = if impossible || far { Severity::Error } else { Severity::Warning };
    log.find(finding(facts, rate, way, exact, severity, Word::RateWrong).explains(why));
}

/// Whether the change and the rate are right for another level of the section, which the words may mean.
fn another_reading(facts: &Facts, rate: ItemId, parent: ItemId, ways: &[Way]) -> bool {
    let (Some(item), Some(way)) = (facts.item(rate), ways.first()) else { return false };
    let stated = item.value.interval();
    let year = facts.item(parent).and_then(crate::model::Item::year);
    // A level with a change of its own is not meant, nor one of nothing.
    let taken = |id: ItemId| {
        let nothing = facts.item(id).is_some_and(|item| item.value.is_zero());
        nothing || facts.children(id, Relation::Change).next().is_some()
    };
    let others = facts
        .levels_before(rate)
        .filter(|id| *id != parent && !facts.same_subject(*id, parent) && !taken(*id));
    others.into_iter().any(|id| {
        let current = facts.item(id).and_then(crate::model::Item::year) == year;
        facts.interval(id).is_some_and(|level| {
            let base = if current { level - way.change } else { level };
            base.low > Decimal::ZERO
                && way.change.percent_of(base).is_some_and(|percent| percent.meets(stated))
        })
    })
}

/// A rate of something that was nothing the year before.
fn zero_base(facts: &Facts, log: &mut Log, rate: ItemId, ways: &[Way]) {
    let (Some(item), Some(way)) = (facts.item(rate), ways.first()) else { return };
    let nothing = way.exact.1.is_zero();
    if item.value.is_zero() || !nothing || item.value.decimal() == Decimal::ONE_HUNDRED {
        return log.cannot_tell(Reason::NoBase);
    }
    let message = Sentence::new(Word::RateZeroBase, [Argument::Subject(rate), Argument::Figure(rate)]);
    let found = Finding::new(Severity::Warning, item.span, message).items([rate]).formula(way.formula());
    log.find(found.stated(Shown::percent(item.value.decimal())));
}

fn finding(
    facts: &Facts,
    rate: ItemId,
    way: &Way,
    exact: Decimal,
    severity: Severity,
    word: Word,
) -> Finding {
    let Some(item) = facts.item(rate) else {
        return Finding::new(severity, crate::source::Span::default(), Sentence::new(word, []));
    };
    let places = item.value.places().max(2);
    let computed = Shown::percent(rounded(exact, places));
    let gap = rounded((exact - item.value.decimal()).abs(), places);
    let formula = way.formula();
    let arguments = [
        Argument::Subject(rate),
        Argument::Shown(Shown::percent(item.value.decimal())),
        Argument::Shown(computed.clone()),
        Argument::Formula,
    ];
    // The statement begins with the change, where there is one.
    let change = way.stated_change().and_then(|change| facts.item(change));
    let near = change
        .filter(|change| change.span.end <= item.span.start && facts.sentence(rate).contains(change.span));
    let span = near.map_or(item.span, |change| change.span.cover(item.span));
    Finding::new(severity, span, Sentence::new(word, arguments))
        .items([rate])
        .formula(formula)
        .stated(Shown::percent(item.value.decimal()))
        .computed(computed)
        .difference(Shown::Number(gap, ""))
}

/// Whether a printed value is the exact one with its last digits cut off.
fn cut_off(exact: Decimal, printed: Decimal, places: u32) -> bool {
    exact.trunc_with_scale(places) == printed && rounded(exact, places) != printed
}

fn truncated(exact: Decimal, item: &crate::model::Item) -> Option<Sentence> {
    cut_off(exact, item.value.decimal(), item.value.places())
        .then(|| Sentence::new(Word::ExplainTruncated, []))
}

/// Names the base that gives the stated rate, or what else was done to it.
fn why(exact: Decimal, way: &Way, item: &crate::model::Item) -> Option<Sentence> {
    let (stated, places) = (item.value.decimal(), item.value.places());
    if let Some(truncated) = truncated(exact, item) {
        return Some(truncated);
    }
    let (change, base) = way.exact;
    // 比上年1.43万元，增加0.68%: the words left out say that it is the change.
    let left_out = quantity::percent(base, way.this - base);
    if left_out.is_some_and(|percent| rounded(percent, places).abs() == stated.abs() && !stated.is_zero()) {
        return Some(Sentence::new(Word::ExplainChangeAsBase, []));
    }
    let by = |base: Decimal| quantity::percent(change, base);
    let wrong_bases = [
        (way.this, Word::ExplainThisYear),
        (way.this + change, Word::ExplainThisYearAndChange),
        (base + way.this, Word::ExplainBothYears),
    ];
    for (base, word) in wrong_bases {
        let Some(percent) = by(base) else { continue };
        // The printed places of change and base leave this much play.
        let play = way.change.percent_of(Interval::exactly(base));
        let meets = play.is_some_and(|play| play.absolute().meets(item.value.interval().absolute()));
        let text = || vec![Argument::Shown(Shown::percent(rounded(percent, places.max(2))))];
        if rounded(percent, places).abs() == stated.abs() || meets {
            return Some(Sentence::new(word, text()));
        }
        if cut_off(percent.abs(), stated.abs(), places) {
            return Some(Sentence::new(Word::ExplainThisYearTruncated, text()));
        }
    }
    let near = by(way.this).is_some_and(|percent| {
        let far = (exact - stated).abs();
        (percent - stated).abs() * Decimal::from(4) < far
    });
    near.then(|| {
        Sentence::new(
            Word::ExplainNearThisYear,
            [Argument::Shown(
                Written(rounded(by(way.this).unwrap_or_default(), places.max(2))).with("%").into(),
            )],
        )
    })
}
