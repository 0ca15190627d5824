//! UNIT: a unit that is missing, cut short or ten thousand times too small.

use super::shown::Shown;
use rust_decimal::Decimal;

use super::facts::Facts;
use super::finding::{Argument, Finding, Sentence, Severity};
use super::report::Log;
use super::{Check, Code, Run};
use crate::lang::Word;
use crate::model::{ItemId, Measure, NoteKind, Relation};
use crate::quantity::{Kind, Unit};
use crate::source::Span;
use crate::source::span::{holds, without_end};

pub(super) const CHECK: Check = Check {
    code: Code::Unit,
    title: Word::UnitTitle,
    explanation: Word::UnitExplains,
    wrong: &[
        "第一部分 2024年部门预算说明\n一、机关运行经费情况\n机关运行经费预算25.30万元，其中办公费10.20万元，咨询费10万，差旅费5.10万元。\n",
    ],
    right: &[
        "第一部分 2024年部门预算说明\n一、机关运行经费情况\n机关运行经费预算25.30万元，其中办公费10.20万元，咨询费10.00万元，差旅费5.10万元。\n",
    ],
    run: Run::Alone(run),
};

fn run(facts: &Facts, log: &mut Log) {
    notes(facts, log);
    yuan(facts, log);
    vehicles(facts, log);
    indicators(facts, log);
}

fn notes(facts: &Facts, log: &mut Log) {
    for note in &facts.d.notes {
        let word = match note.kind {
            NoteKind::UnitCutShort => Word::UnitCutShort,
            NoteKind::UnitMissing => Word::UnitMissing,
            _ => continue,
        };
        let written = facts.d.source.cut(note.span);
        let arguments = note.item.map(Argument::Subject).into_iter().chain([Argument::words(written)]);
        let arguments: Vec<Argument> = arguments.collect();
        let arguments = if arguments.len() == 1 {
            vec![Argument::Shown("".into()), Argument::words(written)]
        } else {
            arguments
        };
        let unit = note.item.and_then(|id| facts.item(id)).map_or("", |item| item.unit.name());
        let value =
            note.item.and_then(|id| facts.item(id)).map(|item| item.value.to_string()).unwrap_or_default();
        let found = Finding::new(Severity::Warning, note.span, Sentence::new(word, arguments));
        log.find(found.stated(written).computed(format!("{value}{unit}")));
    }
}

/// How many figures of a section are in 万元 and in 元.
#[derive(Debug, Clone, Copy, Default)]
struct Units {
    larger: u32,
    own: u32,
}

fn units(facts: &Facts) -> Vec<Units> {
    let mut units = vec![Units::default(); facts.d.sections.len()];
    for item in facts.d.items.iter().filter(|item| item.measure != Measure::Share) {
        let Some(units) = units.get_mut(item.section.0 as usize) else { continue };
        units.larger += u32::from(item.unit == Unit::TenThousandYuan);
        units.own += u32::from(item.unit == Unit::Yuan);
    }
    units
}

/// 元 among 万元, where the figures beside it show that 万元 is meant.
fn yuan(facts: &Facts, log: &mut Log) {
    let units = units(facts);
    for (id, item) in facts.measured(Measure::Amount) {
        if item.unit.kind() != Kind::Money || item.cell.is_some() {
            continue;
        }
        if item.unit != Unit::Yuan {
            if item.unit == Unit::TenThousandYuan {
                log.hold([id]);
            }
            continue;
        }
        let Some(Units { larger, own }) = units.get(item.section.0 as usize).copied() else { continue };
        // The figure itself is none of its neighbours.
        let own = own.saturating_sub(1);
        if larger < 2 || own > larger {
            continue;
        }
        let arguments = [Argument::Subject(id), Argument::Figure(id)];
        let computed = item.value.with("万元");
        if item.value.is_zero() {
            let found = Finding::new(Severity::Info, item.span, Sentence::new(Word::UnitZero, arguments));
            log.find(found.items([id]).stated(Shown::Number(item.value.decimal(), "元")).computed(computed));
            continue;
        }
        if !means_ten_thousand(facts, id) {
            continue;
        }
        let found = Finding::new(Severity::Error, item.span, Sentence::new(Word::UnitYuan, arguments));
        let found = found.items([id]).stated(Shown::Number(item.value.decimal(), "元")).computed(computed);
        log.find(found.explains(Some(Sentence::new(Word::ExplainTenThousand, []))));
    }
}

/// Whether the value in 万元 is what the change and last year's level in the sentence make, or close to last year's.
fn means_ten_thousand(facts: &Facts, id: ItemId) -> bool {
    let Some(item) = facts.item(id) else { return false };
    let value = item.value.decimal();
    let sentence = facts.sentence(id);
    let in_unit =
        |other: &crate::model::Item| (other.unit == Unit::TenThousandYuan).then(|| other.value.decimal());
    let near = || {
        facts
            .ids()
            .skip(id.0 as usize + 1)
            .take(6)
            .filter_map(|id| facts.item(id))
            .filter(|other| sentence.contains(other.span))
    };
    let levels: Vec<Decimal> =
        near().filter(|other| other.measure == Measure::Amount).filter_map(in_unit).collect();
    let changes: Vec<Decimal> =
        near().filter(|other| other.measure == Measure::Delta).filter_map(in_unit).collect();
    let made = levels.iter().any(|last| changes.iter().any(|change| value - last == *change));
    let again = facts.measured(Measure::Amount).any(|(other, level)| {
        level.unit == Unit::TenThousandYuan && level.value.decimal() == value && facts.same_subject(other, id)
    });
    let close = levels.first().is_some_and(|last| {
        !changes.is_empty() && value * Decimal::TWO > *last && *last * Decimal::TWO > value
    });
    made || again || close
}

/// Vehicles counted in 台 beside vehicles counted in 辆.
fn vehicles(facts: &Facts, log: &mut Log) {
    let mut told: Vec<Span> = Vec::new();
    for (id, item) in facts.measured(Measure::Count) {
        let whole = item.parent.filter(|_| matches!(item.relation, Some(Relation::Sum | Relation::Of)));
        let Some((whole, parent)) = whole.and_then(|id| Some((id, facts.item(id)?))) else { continue };
        let mixed = matches!(
            (item.unit, parent.unit),
            (Unit::Machine, Unit::Vehicle) | (Unit::Vehicle, Unit::Machine)
        );
        let sentence = facts.sentence(id);
        if !mixed || told.contains(&sentence) {
            continue;
        }
        told.push(sentence);
        let arguments = [Argument::Subject(id), Argument::Figure(id), Argument::Figure(whole)];
        let found = Finding::new(Severity::Info, item.span, Sentence::new(Word::UnitVehicles, arguments));
        log.find(found.items([id, whole]).stated(item.unit.name()).computed(parent.unit.name()));
    }
}

/// What an indicator's value is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    Percent,
    Number,
    Words,
}

fn indicators(facts: &Facts, log: &mut Log) {
    for indicator in &facts.d.indicators {
        let (name, level) = (facts.cut(indicator.name), facts.cut(indicator.level2));
        let Some(((_, span), earlier)) = indicator.values.split_last() else { continue };
        let value = facts.cut(*span);
        let last = written(value);
        let has = |kind| last == kind || earlier.iter().any(|(_, span)| written(facts.cut(*span)) == kind);
        let say = |severity, word| {
            let message = Sentence::new(word, [Argument::words(name), Argument::words(value)]);
            Finding::new(severity, *span, message).stated(value)
        };
        let rate = || {
            let bare = without_end(name.trim_end_matches(')'), "(%");
            ["率", "比例", "比", "比重", "度"].iter().any(|end| bare.ends_with(end))
        };
        if has(Written::Percent) && has(Written::Number) {
            log.find(say(Severity::Warning, Word::UnitIndicatorMixed));
        } else if level == "数量指标" && last == Written::Percent {
            let name_span = indicator.name;
            let mut found =
                say(Severity::Info, if rate() { Word::UnitIndicatorRate } else { Word::UnitIndicatorOfWhat });
            found.span = name_span;
            log.find(found);
        } else if last == Written::Number && value.ends_with('人') && holds(name, "人次") {
            log.find(say(Severity::Info, Word::UnitIndicatorPersons));
        } else if level == "数量指标" && last == Written::Words && holds(name, "规模") {
            let mut found = say(Severity::Info, Word::UnitIndicatorNoNumber);
            found.span = indicator.name;
            log.find(found);
        } else if holds(name, "标准(元)") && !value.contains('/') {
            log.find(say(Severity::Info, Word::UnitIndicatorPer));
        } else {
            log.hold([]);
        }
    }
}

fn written(value: &str) -> Written {
    if value.ends_with('%') {
        Written::Percent
    } else if value.chars().any(|c| c.is_ascii_digit()) {
        Written::Number
    } else {
        Written::Words
    }
}
