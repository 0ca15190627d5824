//! SHARE: a percentage that is not the part divided by the whole.

mod budget;
mod list;

use rust_decimal::Decimal;

use super::clue::clue;
use super::facts::Facts;
use super::finding::{Argument, Finding, Formula, Sentence, Severity, plus, rounded};
use super::ledger;
use super::names::bare;
use super::report::{Log, Reason};
use super::{Check, Code, Run};
use crate::lang::Word;
use crate::model::{Basis, Item, ItemId, Measure, Relation};
use crate::quantity::{self, Interval, Written};
use crate::source::span::{holds, last_place, slice};

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

/// What a share may be of: one figure, or several that make it.
type Whole = Vec<ItemId>;

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
    let wholes = wholes(facts, share, item, part);
    if let Some(found) = budget::other_budget(facts, share, item, part, &wholes) {
        return log.find(found);
    }
    let mut first: Option<(&Whole, Decimal)> = None;
    for whole in &wholes {
        let Some((percent, exact)) = percent(facts, part, whole) else { continue };
        // Shares of one list are of one whole: what those beside it are of, it is of too.
        let of_list = |(first, _): &(&Whole, Decimal)| is_base_of_others(facts, share, first);
        if !percent.meets(stated) || first.as_ref().is_some_and(of_list) {
            first = first.or(Some((whole, exact)));
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

/// Returns what a share may be of, the likeliest first.
fn wholes(facts: &Facts, share: ItemId, item: &Item, part: ItemId) -> Vec<Whole> {
    let words = words_of_whole(facts, share);
    let mut wholes: Vec<Whole> = Vec::new();
    let mut add = |whole: Whole| {
        if !whole.is_empty() && !wholes.contains(&whole) {
            wholes.push(whole);
        }
    };
    if holds(words, "完成") || words.ends_with("预算的") && !words.starts_with('占') {
        for budget in budgets(facts, share, part) {
            add(vec![budget]);
        }
        return wholes;
    }
    let named =
        words.trim_start_matches("占").trim_start_matches("比").trim_end_matches('的').replace('"', "");
    if !named.is_empty() {
        for level in named_as(facts, &named) {
            let close = facts.item(level).and_then(Item::year) == Some(item.about_year);
            if close && level != part {
                add(vec![level]);
            }
        }
    }
    if let Some(whole) =
        facts.item(part).filter(|part| part.relation != Some(Relation::Change)).and_then(|part| part.parent)
    {
        if facts.is_level(whole) || facts.item(whole).is_some_and(|whole| whole.measure == Measure::Count) {
            add(vec![whole]);
            if named.is_empty()
                && let Some(above) =
                    facts.item(whole).and_then(|item| item.parent).filter(|id| facts.is_level(*id))
            {
                add(vec![above]);
            }
        }
    } else {
        add(siblings(facts, share, part));
    }
    let total = facts.canonical(part);
    if holds(total, "总计") && holds(facts.name(part), "合计") {
        add(vec![part]);
    }
    if named.is_empty() || holds(&named, "预算") || named.contains('总') {
        for name in ["支出总计", "收入总计", "收支总计", "财政拨款收支总计"] {
            for level in facts.levels(name) {
                if facts.item(level).and_then(Item::year) == Some(item.about_year) {
                    add(vec![level]);
                }
            }
        }
        let appropriation =
            |id: ItemId| facts.says(id).has(clue!("一般公共预算")) && facts.says(id).has(clue!("拨款"));
        for (level, other) in facts.beside(share).filter(|(id, _)| facts.is_level(*id)) {
            if appropriation(level) && level != part && other.year() == Some(item.about_year) {
                add(vec![level]);
            }
        }
    }
    wholes
}

/// Returns the words between 占 or 完成 and the percentage.
fn words_of_whole<'a>(facts: &'a Facts, share: ItemId) -> &'a str {
    let before = facts.before(share);
    let at = last_place(before, "完成").or_else(|| before.rfind('占'));
    at.map_or(before, |at| slice(before, at, before.len()))
}

/// Returns the levels that have a name without the words that only say that something is a total, in document order.
fn named_as(facts: &Facts, wanted: &str) -> Vec<ItemId> {
    let mut levels: Vec<ItemId> = match bare(wanted).next() {
        None => ["支出总计", "收入总计"].into_iter().flat_map(|name| facts.levels(name)).collect(),
        Some(_) => facts.levels_of_bare(wanted),
    };
    levels.sort_unstable();
    levels
}

/// Returns the levels of the budget at the beginning of the year of the same thing.
fn budgets(facts: &Facts, share: ItemId, part: ItemId) -> Vec<ItemId> {
    let year = facts.item(part).and_then(Item::year);
    let budgeted = |id: &ItemId| {
        let item = facts.item(*id).filter(|item| item.basis == Some(Basis::Budget));
        *id != part && item.is_some_and(|item| item.year() == year)
    };
    let mut found: Vec<ItemId> = facts.levels_like(part).filter(budgeted).collect();
    let near = |id: &ItemId| facts.sentence(*id) != facts.sentence(share);
    if facts.is_generic(part) {
        found.retain(|id| !near(id));
    }
    found.sort_by_key(near);
    if found.first().is_some_and(|first| !near(first)) {
        found.retain(|id| !near(id));
    }
    found
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

/// Returns the levels of one sentence that each have a share and have no whole.
fn siblings(facts: &Facts, share: ItemId, part: ItemId) -> Whole {
    let mut whole = Vec::new();
    for (_, item) in facts.of_sentence(share).filter(|(_, item)| item.measure == Measure::Share) {
        let level = item.parent.filter(|level| facts.is_level(*level));
        let Some(level) = level else { continue };
        let alone = facts.item(level).is_some_and(|item| item.parent.is_none());
        if alone && !whole.contains(&level) {
            whole.push(level);
        }
    }
    if whole.len() >= 2 && whole.contains(&part) { whole } else { Vec::new() }
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
    let computed = Written(rounded(exact, places)).with("%");
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
        Argument::Text(item.value.with("%").into()),
        Argument::Text(computed.as_str().into()),
        Argument::Text(formula.text(facts.d).into()),
    ];
    Finding::new(severity, item.span, Sentence::new(word, arguments))
        .items([share])
        .formula(formula)
        .stated(item.value.with("%"))
        .computed(&computed)
        .difference(Written(rounded((exact - item.value.decimal()).abs(), places)).with(""))
}
