//! BALANCE: revenue and expenditure that should be equal and are not.

use std::hash::BuildHasher as _;

use rust_decimal::Decimal;
use rustc_hash::FxBuildHasher;

use super::clue::{Clue, clue, clues};
use super::compare::{explain, number, shown};
use super::facts::Facts;
use super::finding::{Argument, Finding, Formula, Sentence, Severity, plus};
use super::ledger;
use super::report::Log;
use super::shown::Shown;
use super::{Check, Code, Run};
use crate::lang::Word;
use crate::model::{Basis, Item, ItemId, Measure};
use crate::quantity::Interval;
use crate::source::span::holds;

pub(super) const CHECK: Check = Check {
    code: Code::Balance,
    title: Word::BalanceTitle,
    explanation: Word::BalanceExplains,
    wrong: &[
        "第一部分 2024年度部门决算说明\n一、收支情况\n2024年度收入总计2851.09万元，支出总计2815.09万元。\n",
    ],
    right: &[
        "第一部分 2024年度部门决算说明\n一、收支情况\n2024年度收入总计2851.09万元，支出总计2851.09万元。\n",
    ],
    run: Run::Alone(run),
};

fn run(facts: &Facts, log: &mut Log) {
    totals(facts, log);
    ledger::tell(facts, log, Code::Balance);
    general_budget(facts, log);
}

/// Returns a number for what a total of revenue and one of expenditure is of, as [`total_of`] has it; 0 for nothing.
pub(super) fn totals_of(name: &str) -> [Option<u64>; 2] {
    [REVENUE, EXPENDITURE].map(|side| {
        let of = total_of(name, &side)?;
        Some(if of.is_empty() { 0 } else { FxBuildHasher.hash_one(of).max(1) })
    })
}

/// Returns what a total is of, without its side: 财政拨款 for 财政拨款收入总计, nothing for 收入预算.
fn total_of(name: &str, side: &Side) -> Option<String> {
    if !holds(name, "总") && !matches!(name, "收入预算" | "支出预算" | "预算收入" | "预算支出")
    {
        return None;
    }
    let name = name.strip_prefix("部门").unwrap_or(name);
    let year_only = holds(name, "本年") || holds(name, "合计");
    let total = ["总计", "总额", "总预算", "总决算"].iter().any(|word| holds(name, word))
        || holds(name, side.total)
        || side.budgets.contains(&name);
    if year_only || !total {
        return None;
    }
    let (before, after) = name.split_once(side.name)?;
    without(after, &["预算", "决算", "总计", "总额", "安排", "总", "数"])
        .is_empty()
        .then(|| without(before, &["预算", "决算", "总", "全年"]))
}

/// Returns a name without words.
fn without(name: &str, words: &[&str]) -> String {
    let mut left = name.to_owned();
    for word in words {
        if holds(&left, word) {
            left = left.replace(word, "");
        }
    }
    left
}

/// A side of the accounts and what totals of it are called.
struct Side {
    name: &'static str,
    total: &'static str,
    budgets: [&'static str; 2],
}

const REVENUE: Side = Side { name: "收入", total: "总收入", budgets: ["收入预算", "预算收入"] };
const EXPENDITURE: Side =
    Side { name: "支出", total: "总支出", budgets: ["支出预算", "预算支出"] };

fn totals(facts: &Facts, log: &mut Log) {
    let (mut revenue, mut expenditure) = (Vec::new(), Vec::new());
    for (id, _) in facts.measured(Measure::Amount).filter(|(_, item)| item.cell.is_none()) {
        let [income, spent] = facts.totals(id);
        if (income.is_some() || spent.is_some()) && !facts.is_base(id) {
            revenue.extend(income.map(|of| (id, of)));
            expenditure.extend(spent.map(|of| (id, of)));
        }
    }
    let mut said: Vec<(Decimal, Decimal)> = Vec::new();
    for (income, of) in &revenue {
        let near = |id: ItemId| facts.sentence(id) == facts.sentence(*income) && id > *income;
        let about = |id: ItemId| facts.item(id).map(|item| (item.year(), item.basis));
        let partner = expenditure
            .iter()
            .find(|(id, other)| near(*id) && (other == of || *other == 0) && about(*id) == about(*income))
            .or_else(|| expenditure.iter().find(|(id, other)| other == of && about(*id) == about(*income)));
        let Some((spent, _)) = partner else { continue };
        if let Some(reason) = facts.doubt_of([*income, *spent]) {
            log.cannot_tell(reason);
            continue;
        }
        let (Some(a), Some(b), Some(x), Some(y)) =
            (facts.interval(*income), facts.interval(*spent), facts.exact(*income), facts.exact(*spent))
        else {
            continue;
        };
        if a.meets(b) {
            log.prove(*spent, || Formula::sum([*income]));
            continue;
        }
        if said.contains(&(x, y)) {
            continue;
        }
        said.push((x, y));
        let Some(item) = facts.item(*spent) else { continue };
        // Final accounts may call the year's own figures totals; what is carried over lies between them.
        let strict = facts.basis == Some(Basis::Budget)
            || facts.name(*spent).contains("总计") && facts.name(*income).contains("总计");
        let severity = if strict { Severity::Error } else { Severity::Info };
        let arguments = [
            Argument::Subject(*income),
            Argument::Figure(*income),
            Argument::Subject(*spent),
            Argument::Figure(*spent),
            Argument::Shown(shown((x - y).abs(), item.unit, 2)),
        ];
        let found = Finding::new(severity, item.span, Sentence::new(Word::BalanceWrong, arguments))
            .items([*spent])
            .formula(Formula::sum([*income]))
            .stated(Shown::of(item))
            .computed(shown(x, item.unit, item.value.places()))
            .difference(number((x - y).abs(), item.unit, item.value.places()))
            .explains(explain(facts, *spent, x, &[]));
        log.find(found);
    }
}

/// In a budget no more of the general budget's money can be spent than comes in and was carried over.
fn general_budget(facts: &Facts, log: &mut Log) {
    if facts.basis != Some(Basis::Budget) {
        return;
    }
    let current =
        |item: &Item| item.year() == Some(facts.year) && item.basis == facts.basis && item.cell.is_none();
    let general = |id: ItemId, side: Clue| {
        let says = facts.says(id);
        says.has(side)
            && !says.has_any(clues!["基本", "项目", "三公", "结转"])
            && facts.name(id).starts_with("一般公共预算")
    };
    let all = |side: Clue| -> Vec<ItemId> {
        facts
            .measured(Measure::Amount)
            .filter(|(id, item)| general(*id, side) && current(item))
            .map(|(id, _)| id)
            .collect()
    };
    let income: Vec<ItemId> = all(clue!("收入"));
    let Some(income) = income.first().copied() else { return };
    let carried: Vec<ItemId> = facts
        .measured(Measure::Amount)
        .filter(|(id, item)| facts.says(*id).has(clue!("结转")) && current(item) && !item.value.is_zero())
        .map(|(id, _)| id)
        .collect();
    for spent in all(clue!("支出")) {
        let Some(mut available) = facts.interval(income) else { continue };
        let first_carried = carried.first().copied();
        if let Some(carried) = first_carried.and_then(|id| facts.interval(id)) {
            available = available + carried;
        }
        let (Some(b), Some(x), Some(y)) = (facts.interval(spent), facts.exact(income), facts.exact(spent))
        else {
            continue;
        };
        if facts.doubt_of([income, spent]).is_some() {
            continue;
        }
        let enough: Interval = available;
        if b.low <= enough.high {
            log.hold([spent, income]);
            continue;
        }
        let Some(item) = facts.item(spent) else { continue };
        let gap = y - x;
        let arguments = [
            Argument::Subject(spent),
            Argument::Figure(spent),
            Argument::Subject(income),
            Argument::Figure(income),
        ];
        let found =
            Finding::new(Severity::Warning, item.span, Sentence::new(Word::BalanceGeneral, arguments))
                .items([spent])
                .formula(Formula { terms: plus([income].into_iter().chain(first_carried)), over: Vec::new() })
                .stated(Shown::of(item))
                .computed(shown(x, item.unit, item.value.places()))
                .difference(number(gap, item.unit, item.value.places()))
                .explains(explain(facts, spent, x, &[]));
        log.find(found);
    }
}
