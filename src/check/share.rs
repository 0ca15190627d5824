//! SHARE: a percentage that is not the part divided by the whole.

mod budget;
mod list;
mod whole;

use super::shown::Shown;
use rust_decimal::Decimal;

use super::facts::Facts;
use super::finding::{Argument, Finding, Formula, Sentence, Severity, plus, rounded};
use super::ledger;
use super::report::{Log, Reason};
use super::{Check, Code, Run};
use crate::lang::Word;
use crate::model::{Basis, Item, ItemId, Measure, Relation};
use crate::quantity::{self, Interval};
use crate::source::span::{last_place, slice};

use whole::Wholes;

pub(super) const CHECK: Check = Check {
    code: Code::Share,
    title: Word::ShareTitle,
    explanation: Word::ShareExplains,
    wrong: &[
        "第一部分 2024年部门预算说明\n一、支出情况\n2024年支出预算100.00万元，其中：基本支出60.00万元，占61.00%；项目支出40.00万元，占40.00%。\n",
        "第一部分 2024年度部门决算说明\n一、收支情况\n财政拨款支出年初预算为300.00万元，全年预算为321.02万元，支出决算为307.82万元，完成年初预算的95.89%。\n",
    ],
    right: &[
        "第一部分 2024年部门预算说明\n一、支出情况\n2024年支出预算100.00万元，其中：基本支出60.00万元，占60.00%；项目支出40.00万元，占40.00%。\n",
        "第一部分 2024年度部门决算说明\n一、收支情况\n财政拨款支出年初预算为300.00万元，全年预算为321.02万元，支出决算为307.82万元，完成全年预算的95.89%。\n",
    ],
    run: Run::Alone(run),
};

fn run(facts: &Facts, log: &mut Log) {
    for (share, item) in facts.measured(Measure::Share) {
        let Some(part) = item.parent else {
            log.cannot_tell(Reason::NoBase);
            continue;
        };
        judge(facts, log, share, item, part);
    }
    for found in ledger::percentages(facts, facts.book(), ledger::Rule::Completion) {
        completion(facts, log, found);
    }
}

/// The column of a table that says how much of the budget was carried out.
fn completion(facts: &Facts, log: &mut Log, found: ledger::Percentage) {
    let (part, whole) = (found.this, [found.base]);
    if let Some(reason) = facts.doubt_of([found.stated, found.this, found.base]) {
        return log.cannot_tell(reason);
    }
    let computed = facts.item(found.stated).zip(percent(facts, part, &whole));
    let Some((item, (percent, exact))) = computed.filter(|_| found.sure) else {
        return log.cannot_tell(Reason::NoBase);
    };
    if percent.meets(item.value.interval()) {
        return log.prove(found.stated, || Formula::sum([part]).over(plus(whole)));
    }
    let gap = (exact - item.value.decimal()).abs();
    let severity = if gap >= Decimal::ONE { Severity::Error } else { Severity::Warning };
    log.find(finding(facts, found.stated, item, part, &whole, exact, severity).explains(why(exact, item)));
}

fn judge(facts: &Facts, log: &mut Log, share: ItemId, item: &Item, part: ItemId) {
    if let Some(reason) = facts.doubt_of([share, part]) {
        return log.cannot_tell(reason);
    }
    let stated = item.value.interval();
    let mut wholes = Wholes::new(facts, share, item, part);
    if budget::is_named(facts, share) {
        wholes.find_all(facts);
        if let Some(found) = budget::other_budget(facts, share, item, part, &wholes.found) {
            return log.find(found);
        }
    }
    let mut first: Option<(usize, Decimal)> = None;
    for number in 0.. {
        if !wholes.is_there(facts, number) {
            break;
        }
        let Some(whole) = wholes.found.get(number) else { break };
        let Some((percent, exact)) = percent(facts, part, whole) else { continue };
        // Shares of one list are of one whole: what those beside it are of, it is of too.
        let of_list = |(first, _): (usize, Decimal)| {
            wholes.found.get(first).is_some_and(|first| is_base_of_others(facts, share, first))
        };
        if !percent.meets(stated) || first.is_some_and(of_list) {
            first = first.or(Some((number, exact)));
            continue;
        }
        if let Some((neighbour, exact)) = neighbour(facts, share, item, part, whole) {
            let found = finding(facts, share, item, neighbour, whole, exact, Severity::Error);
            let why = Sentence::new(Word::ExplainShareOf, [Argument::Subject(part)]);
            return log.find(found.explains(Some(why)));
        }
        let rounded = rounded(exact, item.value.places());
        if rounded == item.value.decimal() || item.value.places() == 0 {
            return log.prove(share, || Formula::sum([part]).over(plus(whole.iter().copied())));
        }
        return log.find(finding(facts, share, item, part, whole, exact, Severity::Info));
    }
    // None fits: then it is of what the shares beside it are of, or else of the likeliest.
    let wholes = wholes.found;
    let first = first.and_then(|(number, exact)| Some((wholes.get(number)?, exact)));
    let of_others = wholes.iter().find(|whole| is_base_of_others(facts, share, whole));
    let of_others = of_others.and_then(|whole| Some((whole, percent(facts, part, whole)?.1)));
    let Some((whole, exact)) = of_others.or(first) else { return log.cannot_tell(Reason::NoBase) };
    // Where several wholes are possible and none is named, nothing is proved.
    if wholes.len() > 1 && whole.iter().any(|id| facts.doubt(*id).is_some()) {
        return log.cannot_tell(Reason::Ambiguous);
    }
    let mut others = facts.levels_before(share).filter(|id| *id != part && !whole.contains(id));
    if !is_base_of_others(facts, share, whole)
        && others.any(|id| percent(facts, part, &[id]).is_some_and(|(percent, _)| percent.meets(stated)))
    {
        return log.cannot_tell(Reason::Ambiguous);
    }
    // 占 with nothing after it, of a part without a whole, is of something said elsewhere.
    let bare = words_of_whole(facts, share).chars().count() <= 2;
    let alone = facts.item(part).is_some_and(|part| part.parent.is_none());
    if bare && alone && whole.len() == 1 && !is_base_of_others(facts, share, whole) {
        return log.cannot_tell(Reason::NoBase);
    }
    if list::makes_hundred(facts, share, exact) {
        let found = finding(facts, share, item, part, whole, exact, Severity::Info);
        return log.find(found.explains(Some(Sentence::new(Word::ExplainMakesHundred, []))));
    }
    let gap = (exact - item.value.decimal()).abs();
    let severity = if gap >= Decimal::ONE { Severity::Error } else { Severity::Warning };
    let found = finding(facts, share, item, part, whole, exact, severity);
    let Some(meant) = list::meant(facts, share, part, whole) else {
        return log.find(found.explains(why(exact, item)));
    };
    // One cause is one finding: the others of the list stand below the first.
    let items = if meant.first == share { vec![share] } else { vec![share, meant.first] };
    log.find(found.items(items).explains(Some(meant.why)));
}

fn why(exact: Decimal, item: &Item) -> Option<Sentence> {
    let stated = item.value.decimal();
    let places = item.value.places();
    if exact.trunc_with_scale(places) == stated {
        return Some(Sentence::new(Word::ExplainTruncated, []));
    }
    let rest = rounded(Decimal::ONE_HUNDRED - exact, places);
    (rest == stated).then(|| Sentence::new(Word::ExplainShareOfRest, []))
}

fn percent(facts: &Facts, part: ItemId, whole: &[ItemId]) -> Option<(Interval, Decimal)> {
    let (mut sum, mut exact) = (Interval::exactly(Decimal::ZERO), Decimal::ZERO);
    for id in whole {
        sum = sum + facts.interval(*id)?;
        exact = exact.checked_add(facts.exact(*id)?)?;
    }
    let own = whole == [part];
    let possible =
        if own { Interval::exactly(Decimal::ONE_HUNDRED) } else { facts.interval(part)?.percent_of(sum)? };
    Some((possible, quantity::percent(facts.exact(part)?, exact)?))
}

/// Returns the words between 占 or 完成 and the percentage.
fn words_of_whole<'a>(facts: &'a Facts, share: ItemId) -> &'a str {
    let before = facts.before(share);
    let at = last_place(before, "完成").or_else(|| before.rfind('占'));
    at.map_or(before, |at| slice(before, at, before.len()))
}

/// Whether other shares of the section are right with the same whole, which is then what they are all of.
fn is_base_of_others(facts: &Facts, share: ItemId, whole: &[ItemId]) -> bool {
    const ENOUGH: usize = 2;
    let others = facts.beside(share).filter(|(id, item)| item.measure == Measure::Share && *id != share);
    let right = others.filter(|(id, item)| {
        let bare = words_of_whole(facts, *id).chars().count() <= 2;
        let part = item.parent.filter(|part| facts.is_level(*part));
        let percent = part.and_then(|part| percent(facts, part, whole));
        bare && percent.is_some_and(|(percent, _)| percent.meets(item.value.interval()))
    });
    right.count() >= ENOUGH
}

/// Returns the part that a share stands after, where that is another one than it is the share of: 项目支出95.59万元，
/// 占总支出的90.05%, which is the share of 基本支出.
fn neighbour(
    facts: &Facts,
    share: ItemId,
    item: &Item,
    part: ItemId,
    whole: &[ItemId],
) -> Option<(ItemId, Decimal)> {
    let before = (0..share.0).rev().map(ItemId).next()?;
    let level = facts.item(before).filter(|_| facts.is_level(before) && before != part)?;
    let owner = facts.item(part)?;
    let siblings =
        level.parent == owner.parent && level.relation == Some(Relation::Sum) && whole == [level.parent?];
    let words = facts.between(level.span.end, item.span.start);
    let adjacent = words.starts_with(',')
        && words.contains("占")
        && words.chars().count() <= 12
        && !words.contains('。');
    let named = words_of_whole(facts, share).chars().count() > 1;
    let (percent, exact) = percent(facts, before, whole)?;
    (siblings && adjacent && named && !percent.meets(item.value.interval())).then_some((before, exact))
}

fn finding(
    facts: &Facts,
    share: ItemId,
    item: &Item,
    part: ItemId,
    whole: &[ItemId],
    exact: Decimal,
    severity: Severity,
) -> Finding {
    let places = item.value.places().max(2);
    let computed = Shown::percent(rounded(exact, places));
    let formula = Formula::sum([part]).over(plus(whole.iter().copied()));
    // What was carried out of a budget is no share of it.
    let budgeted = |id: &ItemId| facts.item(*id).is_some_and(|item| item.basis == Some(Basis::Budget));
    let carried_out = facts.item(part).is_some_and(|item| item.basis == Some(Basis::FinalAccounts));
    let completion = carried_out && whole.iter().all(|id| budgeted(id) && facts.same_subject(*id, part));
    let word = match (severity == Severity::Info, completion) {
        (true, true) => Word::CompletionRounding,
        (true, false) => Word::ShareRounding,
        (false, true) => Word::CompletionWrong,
        (false, false) => Word::ShareWrong,
    };
    let arguments = [
        Argument::Subject(part),
        Argument::Shown(Shown::percent(item.value.decimal())),
        Argument::Shown(computed.clone()),
        Argument::Formula,
    ];
    Finding::new(severity, item.span, Sentence::new(word, arguments))
        .items([share])
        .formula(formula)
        .stated(Shown::percent(item.value.decimal()))
        .computed(computed)
        .difference(Shown::Number(rounded((exact - item.value.decimal()).abs(), places), ""))
}
