//! XREF: one fact stated with different amounts in two places.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::compare::{explain, number, shown};
use super::facts::Facts;
use super::finding::{Argument, Finding, Formula, Sentence, Severity};
use super::names::Scope;
use super::report::{Log, Reason};
use super::{Check, Code};
use crate::lang::Word;
use crate::model::{Basis, Item, ItemId, Measure, Part, Relation};
use crate::source::fold::folded;

pub(super) const CHECK: Check = Check {
    code: Code::Xref,
    title: Word::XrefTitle,
    explanation: Word::XrefExplains,
    wrong: "第一部分 2024年度部门决算说明\n一、收支情况\n2024年末结转和结余33.18万元。\n二、结转结余情况\n2024年末结转和结余33.81万元。\n",
    right: "第一部分 2024年度部门决算说明\n一、收支情况\n2024年末结转和结余33.18万元。\n二、结转结余情况\n2024年末结转和结余33.18万元。\n",
    run,
};

/// What makes two figures the same fact.
type Key<'a> = (&'a str, u16, Option<Basis>, Scope, Option<bool>, bool);

fn run(facts: &Facts, log: &mut Log) {
    // A part larger than its whole is impossible whichever of two wholes is right, so it comes first.
    projects(facts, log);
    levels(facts, log);
    changes(facts, log);
    personnel(facts, log);
    three_public(facts, log);
    agency(facts, log);
    implied_last_year(facts, log);
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
    let mut groups: BTreeMap<Key, Vec<ItemId>> = BTreeMap::new();
    for (id, item) in facts.measured(Measure::Amount) {
        let name = carried(facts, id);
        if name.is_empty()
            || item.about_year == 0
            || is_vague(facts, id, name)
            || facts.is_base(id) && item.year() == Some(facts.year)
        {
            continue;
        }
        let scope = scope(facts, id, name);
        groups
            .entry((name, item.about_year, item.basis, scope, None, is_revenue(facts, id)))
            .or_default()
            .push(id);
    }
    for group in groups.into_values() {
        compare(facts, log, &group, Word::XrefWrong);
    }
}

/// Whether a figure or what it is a part of is revenue.
fn is_revenue(facts: &Facts, id: ItemId) -> bool {
    let mut current = Some(id);
    for _ in 0..6 {
        let Some(id) = current else { break };
        let (name, canonical) = (facts.name(id), facts.canonical(id));
        if name.contains("支出") || canonical == "项目支出" || canonical == "基本支出" {
            return false;
        }
        if name.contains("收入") {
            return true;
        }
        current = facts.item(id).and_then(|item| item.parent);
    }
    facts.canonical(id).contains("收入")
}

/// Returns the name of a level; 年末结转和结余 for one whose year took the beginning of it: 2024年末结转和结余.
fn carried<'a>(facts: &Facts<'a>, id: ItemId) -> &'a str {
    let name = facts.canonical(id);
    if name.ends_with("结转和结余") && name.chars().count() <= 7 {
        let before = facts.before(id);
        if before.contains("年末结转") {
            return "年末结转和结余";
        }
        if before.contains("年初结转") {
            return "年初结转和结余";
        }
    }
    name
}

fn scope(facts: &Facts, id: ItemId, name: &str) -> Scope {
    if UNIVERSAL.contains(&name) {
        return Scope::All;
    }
    facts.scope(id)
}

/// Whether a name does not say by itself what it is an amount of.
fn is_vague(facts: &Facts, id: ItemId, name: &str) -> bool {
    const VAGUE: &[&str] = &[
        "其他",
        "其他支出",
        "其他资金",
        "资金",
        "合计",
        "小计",
        "金额",
        "货物",
        "工程",
        "服务",
        "货物类",
        "工程类",
        "服务类",
        "本级",
        "补助",
        "专项",
        "项目",
        "经费",
        "运行维护费",
        "购置费",
        "运行费",
        "本年收入",
        "本年支出",
        "收入",
        "支出",
        "购置",
        "小微企业",
        "中小企业",
    ];
    let written = facts.name(id);
    if name.ends_with("总计") && ["合计", "总计"].contains(&written) {
        return false;
    }
    if facts.is_generic(id) {
        return true;
    }
    let year_only =
        written.contains("本年") || written.ends_with("收入合计") || written.ends_with("支出合计");
    VAGUE.contains(&name)
        || VAGUE.contains(&written)
        || year_only && name.contains("总计")
        || name.chars().count() > 24
        || (written == "收入" || written == "支出" || written == "本年收入" || written == "本年支出")
}

fn changes(facts: &Facts, log: &mut Log) {
    let mut groups: BTreeMap<Key, Vec<ItemId>> = BTreeMap::new();
    for (id, item) in facts.measured(Measure::Delta) {
        let level = item.parent.filter(|_| item.relation == Some(Relation::Change));
        let (Some(level), Some(budget)) =
            (level.filter(|id| facts.is_level(*id)), facts.change_is_against_budget(id))
        else {
            continue;
        };
        let name = facts.canonical(level);
        let sentence = facts.sentence(id);
        let said = facts.name(id);
        if said.is_empty() || !facts.between(sentence.start, sentence.end).contains(said) {
            continue;
        }
        if item.unit.yuan().is_none() || facts.is_base(level) || is_vague(facts, level, name) {
            continue;
        }
        let scope = scope(facts, level, name);
        groups
            .entry((name, item.about_year, item.basis, scope, Some(budget), is_revenue(facts, level)))
            .or_default()
            .push(id);
    }
    for group in groups.into_values() {
        compare(facts, log, &group, Word::XrefChange);
    }
}

/// Compares figures of one fact: the value that most have is taken for right, or the first where there is none.
fn compare(facts: &Facts, log: &mut Log, group: &[ItemId], word: Word) {
    if group.len() < 2 {
        return;
    }
    if let Some(reason) = facts.doubt_of(group.iter().copied()) {
        return log.cannot_tell(reason);
    }
    let printed = |id: ItemId| facts.item(id).and_then(|item| item.value.interval().times(item.unit.yuan()?));
    let meets = |a: ItemId, b: ItemId| printed(a).zip(printed(b)).is_some_and(|(a, b)| a.meets(b));
    // Where one sentence names a thing twice with two values, one is of something the words left out.
    let alike = |id: ItemId| group.iter().filter(|other| meets(id, **other)).count();
    let Some(right) = group.iter().copied().rev().max_by_key(|id| alike(*id)) else { return };
    let mut wrong: Vec<ItemId> = Vec::new();
    for &id in group {
        if id == right
            || wrong.iter().any(|known| meets(*known, id) && facts.sentence(*known) == facts.sentence(id))
        {
            continue;
        }
        if meets(id, right) {
            log.hold([id, right]);
        } else if facts.sentence(id) == facts.sentence(right) {
            log.cannot_tell(Reason::Ambiguous);
        } else {
            wrong.push(id);
        }
    }
    for id in wrong {
        let (Some(item), Some(x), Some(y)) = (facts.item(id), facts.exact(id), facts.exact(right)) else {
            continue;
        };
        let coarse = item.value.places().min(facts.item(right).map_or(0, |item| item.value.places()));
        let cut = |value: Decimal| {
            let unit = item.unit.yuan().unwrap_or(Decimal::ONE);
            value.checked_div(unit).map(|value| value.trunc_with_scale(coarse))
        };
        if cut(x) == cut(y)
            && coarse < item.value.places().max(facts.item(right).map_or(0, |item| item.value.places()))
        {
            log.find(finding(facts, id, right, Severity::Info, word, x, y));
            continue;
        }
        let gap = (x - y).abs();
        let severity = if gap * Decimal::ONE_THOUSAND >= x.abs().max(y.abs()) {
            Severity::Error
        } else {
            Severity::Warning
        };
        log.find(finding(facts, id, right, severity, word, x, y));
    }
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
    let line = facts.item(right).map_or(0, |item| facts.d.source.line_of(item.span.start));
    let places = item.value.places();
    let arguments = [
        Argument::Subject(wrong),
        Argument::Figure(wrong),
        Argument::Subject(right),
        Argument::Figure(right),
        Argument::Text(line.to_string().into()),
        Argument::Text(shown((x - y).abs(), item.unit, places).into()),
    ];
    Finding::new(severity, item.span, Sentence::new(word, arguments))
        .items([wrong])
        .formula(Formula::sum([right]))
        .stated(&format!("{}{}", item.value, item.unit.name()))
        .computed(&shown(y, item.unit, places))
        .difference(&number((x - y).abs(), item.unit, places))
        .explains(explain(facts, wrong, y, &[]))
}

fn current(facts: &Facts, item: &Item) -> bool {
    item.year() == Some(facts.year) && item.basis == facts.basis
}

/// 人员经费 is 工资福利支出 and 对个人和家庭的补助, where the text does not break it down otherwise.
fn personnel(facts: &Facts, log: &mut Log) {
    let one = |name: &str| {
        let mut levels = facts.levels(name);
        levels.retain(|id| facts.item(*id).is_some_and(|item| current(facts, item)));
        levels.first().copied()
    };
    let names = ("人员经费", "工资福利支出", "对个人和家庭的补助");
    let (Some(whole), Some(wages), Some(help)) = (one(names.0), one(names.1), one(names.2)) else { return };
    let apart = facts.levels(names.0).iter().any(|id| facts.children(*id, Relation::Sum).next().is_some());
    // Where 对个人和家庭的补助 stands beside 人员经费, it is no part of it here.
    let beside = facts.item(help).and_then(|item| item.parent)
        == facts.item(whole).and_then(|item| item.parent)
        && facts.item(help).is_some_and(|item| item.parent.is_some() && item.relation == Some(Relation::Sum));
    if apart || beside {
        return;
    }
    if let Some(reason) = facts.doubt_of([whole, wages, help]) {
        return log.cannot_tell(reason);
    }
    let intervals = (facts.interval(whole), facts.interval(wages), facts.interval(help));
    let (Some(stated), Some(paid), Some(helped)) = intervals else { return };
    if (paid + helped).meets(stated) {
        return log.hold([whole, wages, help]);
    }
    let Some(item) = facts.item(whole) else { return };
    let exact = |id: ItemId| facts.exact(id).unwrap_or_default();
    let (x, sum) = (exact(whole), exact(wages) + exact(help));
    let arguments =
        [Argument::Subject(whole), Argument::Figure(whole), Argument::Text(shown(sum, item.unit, 2).into())];
    let span = facts.item(wages).map_or(item.span, |wages| wages.span);
    let found = Finding::new(Severity::Error, span, Sentence::new(Word::XrefPersonnel, arguments))
        .items([whole])
        .formula(Formula::sum([wages, help]))
        .stated(&format!("{}{}", item.value, item.unit.name()))
        .computed(&shown(sum, item.unit, 2))
        .difference(&number((x - sum).abs(), item.unit, 2));
    log.find(found);
}

/// Hospitality and vehicles in the section of the “三公” funds and in the list of basic expenditure: they may differ only by
/// what is paid from projects.
fn three_public(facts: &Facts, log: &mut Log) {
    for name in ["公务接待费", "公务用车运行维护费", "因公出国（境）费用"] {
        let mut levels = facts.levels(name);
        levels.retain(|id| facts.item(*id).is_some_and(|item| current(facts, item)) && !facts.is_base(*id));
        let of = |scope: Scope| -> Vec<ItemId> {
            levels
                .iter()
                .copied()
                .filter(|id| {
                    facts.scope(*id) == scope
                        || scope == Scope::Basic
                            && facts
                                .item(*id)
                                .and_then(|i| i.parent)
                                .is_some_and(|p| facts.scope(p) == Scope::Basic)
                })
                .collect()
        };
        let (public, basic) = (of(Scope::ThreePublic), of(Scope::Basic));
        let (Some(&three), false) = (public.first(), basic.is_empty()) else { continue };
        let project = facts.paragraphs().any(|(block, text)| {
            text.contains(name.trim_end_matches("费用"))
                && text.contains("项目")
                && facts.titles_around(block.span).any(|title| title.contains("项目"))
        });
        let (mut told, lists) = (false, basic.len());
        for base in basic {
            let (Some(a), Some(b), Some(x), Some(y)) =
                (facts.interval(three), facts.interval(base), facts.exact(three), facts.exact(base))
            else {
                continue;
            };
            if facts.doubt_of([three, base]).is_some() {
                log.cannot_tell(Reason::Doubtful);
                continue;
            }
            if a.meets(b) {
                log.hold([three, base]);
                continue;
            }
            if told || project && x > y {
                continue;
            }
            told = true;
            // The section of the three funds is where the figure belongs; where it says so more than once, the list is wrong.
            let (wrong, right) = if public.len() >= lists { (base, three) } else { (three, base) };
            let (vx, vy) = if wrong == base { (y, x) } else { (x, y) };
            let severity = if x < y { Severity::Error } else { Severity::Warning };
            log.find(finding(facts, wrong, right, severity, Word::XrefThreePublic, vx, vy));
        }
    }
}

/// 机关运行经费 and 公用经费, where the glossary says that one is the other.
fn agency(facts: &Facts, log: &mut Log) {
    let glossary = facts.paragraphs().any(|(block, text)| {
        let own = block.part == Some(Part::Glossary);
        let limits = ["行政单位", "参照", "参公", "机关"].iter().any(|word| {
            text.split_once(':').is_some_and(|(_, meaning)| {
                meaning.contains(word) && *word != "机关" || meaning.contains("机关和")
            })
        });
        own && text.contains("机关运行经费") && text.contains("公用经费") && !limits
    });
    let one = |name: &str| {
        facts.levels(name).into_iter().find(|id| facts.item(*id).is_some_and(|item| current(facts, item)))
    };
    let (Some(agency), Some(operating)) = (one("机关运行经费"), one("公用经费")) else { return };
    if !glossary || facts.name(agency) != "机关运行经费" {
        return;
    }
    let (Some(a), Some(b), Some(x), Some(y)) =
        (facts.interval(agency), facts.interval(operating), facts.exact(agency), facts.exact(operating))
    else {
        return;
    };
    if a.meets(b) {
        return log.hold([agency, operating]);
    }
    log.find(finding(facts, agency, operating, Severity::Warning, Word::XrefAgency, x, y));
}

/// A project that has more money than all projects together.
fn projects(facts: &Facts, log: &mut Log) {
    let mut totals: Vec<ItemId> = facts.levels("项目支出");
    totals.retain(|id| facts.item(*id).is_some_and(|item| current(facts, item) && !item.value.is_zero()));
    let Some(&least) = totals.iter().min_by_key(|id| facts.exact(**id)) else { return };
    let Some(limit) = facts.interval(least) else { return };
    let mut first: Option<Finding> = None;
    for (id, item) in facts.measured(Measure::Amount) {
        let performance =
            facts.section_at(item.span).is_some_and(|section| section.part == Part::Performance);
        let name = facts.name(id);
        let money = item.cell.is_some() && name.contains("资金总额")
            || item.cell.is_none()
                && (name.contains("专项") || name.contains("项目资金"))
                && name.contains("经费");
        let whole = item.parent.is_none() && current(facts, item);
        let (true, true, true, Some(value), Some(exact)) =
            (performance, money, whole, facts.interval(id), facts.exact(id))
        else {
            continue;
        };
        if facts.doubt_of([id, least]).is_some() {
            continue;
        }
        if value.low <= limit.high {
            log.hold([id, least]);
            continue;
        }
        let y = facts.exact(least).unwrap_or_default();
        let found = finding(facts, id, least, Severity::Error, Word::XrefProject, exact, y).explains(None);
        match &mut first {
            // One limit that is too low is one cause.
            Some(first) => first.refers.push(Finding { check: Code::Xref, ..found }),
            None => first = Some(found),
        }
    }
    if let Some(first) = first {
        log.find(first);
    }
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
        let last = facts.levels(name).into_iter().find(|id| {
            facts.item(*id).is_some_and(|last| {
                last.year() == Some(facts.year.saturating_sub(1))
                    && last.cell.is_some()
                    && last.basis == item.basis
            }) && self::scope(facts, *id, name) == scope
        });
        let (Some(last), false) = (last, is_vague(facts, this, name)) else { continue };
        let Some(stated) = facts.interval(last) else { continue };
        if stated.meets(a - d) {
            log.hold([last, this, change]);
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
            Argument::Text(shown(implied, item.unit, 2).into()),
            Argument::Figure(this),
            Argument::Figure(change),
        ];
        let found =
            Finding::new(Severity::Warning, last_item.span, Sentence::new(Word::XrefImplied, arguments))
                .items([last])
                .formula(Formula::difference(this, change))
                .stated(&format!("{}{}", last_item.value, last_item.unit.name()))
                .computed(&shown(implied, item.unit, 2))
                .difference(&number((written - implied).abs(), item.unit, 2));
        log.find(found);
    }
    indicators(facts, log);
}

/// One indicator with two targets for the same year.
fn indicators(facts: &Facts, log: &mut Log) {
    let cut = |span| folded(facts.d.source.cut(span));
    let mut seen: Vec<(String, String, u32)> = Vec::new();
    for indicator in &facts.d.indicators {
        let Some((_, value)) = indicator.values.last() else { continue };
        let (name, text) = (cut(indicator.name), cut(*value));
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let key: String = name.chars().filter(|c| !"的员学".contains(*c)).collect();
        let common = ["及时率", "次数"].iter().any(|word| name.ends_with(word));
        let earlier: Vec<String> = indicator.values.iter().map(|(_, span)| cut(*span)).collect();
        let jumps = earlier.iter().any(|value| !digits(value).is_empty() && digits(value) != digits(&text))
            && text.contains('%');
        let other = seen.iter().find(|(known, value, _)| {
            *known == key && digits(value) != digits(&text) && !digits(value).is_empty()
        });
        if let Some((_, value_before, line)) = other.filter(|_| !digits(&text).is_empty() && !common) {
            let arguments = [
                Argument::words(&name),
                Argument::words(&text),
                Argument::words(value_before),
                Argument::Text(line.to_string().into()),
            ];
            let found = Finding::new(Severity::Info, *value, Sentence::new(Word::XrefIndicator, arguments));
            log.find(found.stated(&text).computed(value_before));
        } else if jumps {
            let first = earlier.first().cloned().unwrap_or_default();
            let line = facts.d.source.line_of(value.start).to_string();
            let arguments = [
                Argument::words(&name),
                Argument::words(&text),
                Argument::words(&first),
                Argument::Text(line.into()),
            ];
            log.find(
                Finding::new(Severity::Info, *value, Sentence::new(Word::XrefIndicator, arguments))
                    .stated(&text)
                    .computed(&first),
            );
        }
        seen.push((key, text, facts.d.source.line_of(value.start)));
    }
}
