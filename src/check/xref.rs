//! XREF: one fact stated with different amounts in two places.

mod classes;
mod indicators;
mod limits;
mod prose;
mod synonyms;

use super::shown::Shown;
use rust_decimal::Decimal;

use super::clue::clue;
use super::compare::{explain, in_unit, number, shown};
use super::facts::Facts;
use super::finding::{Argument, Finding, Formula, Sentence, Severity};
use super::ledger;
use super::names::Scope;
use super::report::{Log, Reason};
use super::{Check, Code, Run};
use crate::lang::Word;
use crate::model::{Basis, Item, ItemId, Measure, Relation};
use crate::quantity::Interval;
use crate::source::span::holds;

pub(super) const CHECK: Check = Check {
    code: Code::Xref,
    title: Word::XrefTitle,
    explanation: Word::XrefExplains,
    wrong: &[
        "第一部分 2024年度部门决算说明\n一、收支情况\n2024年末结转和结余33.18万元。\n二、结转结余情况\n2024年末结转和结余33.81万元。\n",
    ],
    right: &[
        "第一部分 2024年度部门决算说明\n一、收支情况\n2024年末结转和结余33.18万元。\n二、结转结余情况\n2024年末结转和结余33.18万元。\n",
        "第一部分 2024年度部门决算说明\n一、收支情况\n2024年支出决算500.50万元，其中：教育支出500.50万元。\n1.基本支出230.50万元。\n2.项目支出270.00万元，其中：教育支出270.00万元。\n",
        "第一部分 2024年度部门决算说明\n一、收支情况\n培训支出109.60万元。\n按经费性质：\n（1）公用经费：培训支出2.00万元；\n（2）专项业务经费：培训支出107.60万元。\n",
    ],
    run: Run::Alone(run),
};

/// What makes two figures the same fact, but for the name: the year, the basis, which money it is of, for a change whether
/// it is against the budget, and whether it is revenue.
type About = (u16, Option<Basis>, Scope, Option<bool>, bool);

/// A figure and what fact it states.
struct Stated<'a> {
    /// The same for all figures of one fact, and for no others.
    fact: u64,
    name: &'a str,
    about: About,
    id: ItemId,
}

fn run(facts: &Facts, log: &mut Log) {
    // A part larger than its whole is impossible whichever of two wholes is right, so it comes first.
    limits::projects(facts, log);
    ledger::tell(facts, log, Code::Xref);
    prose::run(facts, log);
    classes::run(facts, log);
    levels(facts, log);
    changes(facts, log);
    synonyms::personnel(facts, log);
    limits::three_public(facts, log);
    synonyms::agency(facts, log);
    implied_last_year(facts, log);
    indicators::run(facts, log);
}

/// Names that stand for the same thing wherever they stand, however much of the department's money the section is about.
const UNIVERSAL: &[&str] = &[
    "机关运行经费",
    "“三公”经费",
    "政府采购预算",
    "政府采购支出",
    "政府购买服务预算",
    "年末结转和结余",
    "年初结转和结余",
];

fn levels(facts: &Facts, log: &mut Log) {
    let mut stated: Vec<Stated> = Vec::new();
    for (id, item) in facts.measured(Measure::Amount) {
        let name = carried(facts, id);
        if item.about_year == 0
            || facts.is_below_heads(item)
            || facts.is_base(id) && item.year() == Some(facts.year)
            || facts.is_vague(id, name)
        {
            continue;
        }
        let scope = scope(facts, id, name);
        let about = (item.about_year, item.basis, scope, None, is_revenue(facts, id));
        stated.push(Stated { fact: fact(facts, id, name, about), name, about, id });
    }
    compare_each(facts, log, stated, Word::XrefWrong);
}

/// Returns a number for a name that a figure has, mostly the official one, and what the figure is about.
fn fact(facts: &Facts, id: ItemId, name: &str, (year, basis, scope, budget, revenue): About) -> u64 {
    let own = facts.canonical_id(id).filter(|_| {
        let text = facts.canonical(id);
        std::ptr::eq(text, name) || text == name
    });
    let name = match own.or_else(|| facts.d.words.find(name)) {
        Some(known) => known.index() as u64,
        // Of the names that take the place of the official one, no other has a number here.
        None => u64::from(u32::MAX) - u64::from(name == CARRIED_IN),
    };
    let basis = basis.map_or(0, |basis| 1 + basis as u64);
    let budget = budget.map_or(0, |budget| 1 + u64::from(budget));
    name << 32 | u64::from(year) << 16 | basis << 12 | budget << 8 | (scope as u64) << 1 | u64::from(revenue)
}

/// Compares the figures of each fact.
fn compare_each(facts: &Facts, log: &mut Log, mut stated: Vec<Stated>, word: Word) {
    stated.sort_unstable_by_key(|stated| (stated.fact, stated.id));
    // Of most facts there is one figure only, so the names are put in order after those are gone.
    let groups = stated.chunk_by(|one, other| one.fact == other.fact);
    let mut groups: Vec<&[Stated]> = groups.filter(|group| group.len() > 1).collect();
    groups.sort_by_key(|group| group.first().map(|first| (first.name, first.about)));
    for group in groups {
        compare(facts, log, group.iter().map(|stated| stated.id).collect(), word);
    }
}

/// Whether a figure or what it is a part of is revenue.
pub(super) fn is_revenue(facts: &Facts, id: ItemId) -> bool {
    let mut current = Some(id);
    for _ in 0..6 {
        let Some(id) = current else { break };
        if let Some(revenue) = facts.says_revenue(id) {
            return revenue;
        }
        current = facts.item(id).and_then(|item| item.parent);
    }
    facts.officially(id).has(clue!("收入"))
}

/// What a year ends and begins with.
const CARRIED_OUT: &str = "年末结转和结余";
const CARRIED_IN: &str = "年初结转和结余";

/// Returns the name of a level; 年末结转和结余 for one whose year took the beginning of it: 2024年末结转和结余.
pub(super) fn carried<'a>(facts: &Facts<'a>, id: ItemId) -> &'a str {
    let name = facts.canonical(id);
    if facts.officially(id).has(clue!("结转")) && name.ends_with("结转和结余") && name.chars().count() <= 7
    {
        let before = facts.before(id);
        if before.contains("年末结转") {
            return CARRIED_OUT;
        }
        if before.contains("年初结转") {
            return CARRIED_IN;
        }
    }
    name
}

pub(super) fn scope(facts: &Facts, id: ItemId, name: &str) -> Scope {
    let own = facts.scope(id);
    // Each budget carries its own money from one year into the next.
    let apart = matches!(own, Scope::Fund | Scope::Capital | Scope::Appropriation | Scope::General)
        && name.ends_with("结转和结余");
    if UNIVERSAL.contains(&name) && !apart { Scope::All } else { own }
}

fn changes(facts: &Facts, log: &mut Log) {
    let mut stated: Vec<Stated> = Vec::new();
    for (id, item) in facts.measured(Measure::Delta) {
        let level = item.parent.filter(|_| item.relation == Some(Relation::Change));
        let Some(level) = level.filter(|id| facts.is_level(*id) && !facts.is_base(*id)) else { continue };
        let Some(budget) = facts.change_is_against_budget(id) else { continue };
        let (name, said) = (facts.canonical(level), facts.name(id));
        if item.unit.yuan().is_none() || facts.is_vague(level, name) {
            continue;
        }
        // A name that the sentence does not say was taken from another one.
        if said.is_empty() || !holds(facts.cut(facts.sentence(id)), said) {
            continue;
        }
        let scope = scope(facts, level, name);
        let revenue = is_revenue(facts, level);
        let about = (item.about_year, item.basis, scope, Some(budget), revenue);
        stated.push(Stated { fact: fact(facts, level, name, about), name, about, id });
    }
    compare_each(facts, log, stated, Word::XrefChange);
}

/// Compares figures of one fact: the value that most have is taken for right, or the first where there is none.
fn compare(facts: &Facts, log: &mut Log, group: Vec<ItemId>, word: Word) {
    if group.len() < 2 {
        return;
    }
    if let Some(reason) = facts.doubt_of(group.iter().copied()) {
        return log.cannot_tell(reason);
    }
    let printed = |id: ItemId| {
        let item = facts.item(id)?;
        Some(item.value.interval_in(item.unit.zeros()?, item.value.places()))
    };
    let group: Vec<(ItemId, Interval)> =
        group.into_iter().filter_map(|id| Some((id, printed(id)?))).collect();
    if group.iter().all(|(_, value)| group.iter().all(|(_, other)| value.meets(*other))) {
        return judge(facts, log, &group, word);
    }
    // Only figures of the same narrower kind say the same.
    let mut narrowed: Vec<_> = group.into_iter().map(|figure| (facts.within(figure.0), figure)).collect();
    narrowed.sort_by(|(one, _), (other, _)| one.cmp(other));
    for alike in narrowed.chunk_by(|(one, _), (other, _)| one == other) {
        judge(facts, log, &alike.iter().map(|(_, figure)| *figure).collect::<Vec<_>>(), word);
    }
}

/// Judges the figures of one fact.
fn judge(facts: &Facts, log: &mut Log, group: &[(ItemId, Interval)], word: Word) {
    let alike = |value: &Interval| group.iter().filter(|(_, other)| value.meets(*other)).count();
    let most = group.iter().rev().max_by_key(|(_, value)| alike(value));
    let Some((right, value)) = most.copied() else { return };
    let mut wrong: Vec<(ItemId, Interval)> = Vec::new();
    for &(id, own) in group {
        let again = |(known, other): &(ItemId, Interval)| {
            other.meets(own) && facts.sentence(*known) == facts.sentence(id)
        };
        if id == right || wrong.iter().any(again) {
            continue;
        }
        if own.meets(value) {
            log.prove(id, || Formula::sum([right]));
        } else if facts.sentence(id) == facts.sentence(right) {
            // Where one sentence names a thing twice with two values, one is of something the words left out.
            log.cannot_tell(Reason::Ambiguous);
        } else if prose::stands_in_a_table(facts, id) {
            // Both are right: the words left out which column of the table is meant.
            log.cannot_tell(Reason::Ambiguous);
        } else {
            wrong.push((id, own));
        }
    }
    for (id, _) in wrong {
        if let Some(found) = differs(facts, id, right, word) {
            log.find(found);
        }
    }
}

/// Returns what to say of two different values of one fact.
fn differs(facts: &Facts, wrong: ItemId, right: ItemId, word: Word) -> Option<Finding> {
    let item = facts.item(wrong)?;
    let (x, y) = (facts.exact(wrong)?, facts.exact(right)?);
    let (own, other) = (item.value.places(), facts.item(right)?.value.places());
    let cut = |value: Decimal| in_unit(value, item.unit).trunc_with_scale(own.min(other));
    let material = (x - y).abs() * Decimal::ONE_THOUSAND >= x.abs().max(y.abs());
    let severity = match (own != other && cut(x) == cut(y), material) {
        // One of them leaves out the last places of the other.
        (true, _) => Severity::Info,
        (false, true) => Severity::Error,
        (false, false) => Severity::Warning,
    };
    Some(finding(facts, wrong, right, severity, word, x, y))
}

fn finding(
    facts: &Facts,
    wrong: ItemId,
    right: ItemId,
    severity: Severity,
    word: Word,
    x: Decimal,
    y: Decimal,
) -> Finding {
    let Some(item) = facts.item(wrong) else {
        return Finding::new(severity, crate::source::Span::default(), Sentence::new(word, []));
    };
    let places = item.value.places();
    let arguments = [
        Argument::Subject(wrong),
        Argument::Figure(wrong),
        Argument::Subject(right),
        Argument::Figure(right),
        facts.place(right),
        Argument::Shown(shown((x - y).abs(), item.unit, places)),
    ];
    Finding::new(severity, item.span, Sentence::new(word, arguments))
        .items([wrong])
        .formula(Formula::sum([right]))
        .stated(Shown::of(item))
        .computed(shown(y, item.unit, places))
        .difference(number((x - y).abs(), item.unit, places))
        .explains(explain(facts, wrong, y, &[]))
}

fn current(facts: &Facts, item: &Item) -> bool {
    item.year() == Some(facts.year) && item.basis == facts.basis
}

/// Last year's level that a table states, against the one that this year's level and its change make.
fn implied_last_year(facts: &Facts, log: &mut Log) {
    for (change, item) in facts.measured(Measure::Delta) {
        let level = item.parent.filter(|_| item.relation == Some(Relation::Change));
        let Some(this) = level.filter(|id| facts.is_level(*id) && !facts.is_base(*id)) else { continue };
        if facts.change_is_against_budget(change) != Some(false) {
            continue;
        }
        let name = facts.canonical(this);
        let scope = scope(facts, this, name);
        let (Some(a), Some(d), Some(x), Some(y)) =
            (facts.interval(this), facts.interval(change), facts.exact(this), facts.exact(change))
        else {
            continue;
        };
        let last = facts.levels_like(this).find(|id| {
            facts.item(*id).is_some_and(|last| {
                last.year() == Some(facts.year.saturating_sub(1))
                    && last.cell.is_some()
                    && last.basis == item.basis
            }) && self::scope(facts, *id, name) == scope
        });
        let (Some(last), false) = (last, facts.is_vague(this, name)) else { continue };
        let Some(stated) = facts.interval(last) else { continue };
        if stated.meets(a - d) {
            log.prove(last, || Formula::difference(this, change));
            continue;
        }
        let known =
            log.found().iter().any(|found| found.items.first() == Some(&last) && found.check == Code::Xref);
        let Some(written) = facts.exact(last).filter(|_| !known) else { continue };
        let Some(last_item) = facts.item(last) else { continue };
        let implied = x - y;
        let arguments = [
            Argument::Subject(last),
            Argument::Figure(last),
            Argument::Shown(shown(implied, item.unit, 2)),
            Argument::Figure(this),
            Argument::Figure(change),
        ];
        let found =
            Finding::new(Severity::Warning, last_item.span, Sentence::new(Word::XrefImplied, arguments))
                .items([last])
                .formula(Formula::difference(this, change))
                .stated(Shown::of(last_item))
                .computed(shown(implied, item.unit, 2))
                .difference(number((written - implied).abs(), item.unit, 2));
        log.find(found);
    }
}
