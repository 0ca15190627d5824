//! DIRECTION: words that say one thing and figures that say another.

use super::shown::Shown;
use std::borrow::Cow;

use super::clue::{clue, clues};
use super::compare::shown;
use super::facts::Facts;
use super::finding::{Argument, Finding, Formula, Sentence, Severity};
use super::report::{Log, Reason};
use super::{Check, Code, Run};
use crate::lang::Word;
use crate::model::{Basis, Item, ItemId, Measure, NoteKind, Relation};
use crate::quantity::Interval;
use crate::source::Span;
use crate::source::span::{holds, slice, without_end};

pub(super) const CHECK: Check = Check {
    code: Code::Direction,
    title: Word::DirectionTitle,
    explanation: Word::DirectionExplains,
    wrong: &[
        "第一部分 2024年部门预算说明\n一、“三公”经费情况\n公务接待费预算3.40万元，与2023年预算持平。减少的主要原因是压缩接待开支。\n",
    ],
    right: &[
        "第一部分 2024年部门预算说明\n一、“三公”经费情况\n公务接待费预算3.40万元，比2023年预算减少0.20万元。减少的主要原因是压缩接待开支。\n",
        "第一部分 2024年度部门决算说明\n一、收支情况\n财政拨款支出年初预算为0万元，全年预算为321.02万元，支出决算为307.82万元，决算数小于预算数的主要原因是人员减少。\n",
    ],
    run: Run::Alone(run),
};

/// Words before 原因, 主要是 that say which way something went.
const UP: &[&str] = &["增加", "增长", "上升"];
const DOWN: &[&str] = &["减少", "下降", "降低"];
/// How many figures before a level may have its place.
const NEAR: usize = 4;

fn run(facts: &Facts, log: &mut Log) {
    unchanged(facts, log);
    signs(facts, log);
    rates(facts, log);
    reasons(facts, log);
    bases_moved(facts, log);
    against_budget(facts, log);
}

/// 持平 beside two levels that differ.
fn unchanged(facts: &Facts, log: &mut Log) {
    for note in facts.d.notes.iter().filter(|note| note.kind == NoteKind::Unchanged) {
        let Some(level) = note.item.filter(|id| facts.is_level(*id)) else { continue };
        let Some(item) = facts.item(level) else { continue };
        let clause = facts.between(item.span.end, note.span.start);
        if clause.chars().count() > 60 || clause.contains('。') {
            continue;
        }
        let between = |other: &Item| {
            let behind = item.span.end <= other.span.start && other.span.end <= note.span.start;
            behind || other.span == item.span
        };
        // The figures of one list have the same place.
        let near = facts.d.items.iter().take_while(|other| other.span.start < note.span.start);
        let last =
            (0..).map(ItemId).zip(near).skip((level.0 as usize).saturating_sub(NEAR)).find(|(id, other)| {
                let same = facts.is_level(*id) && facts.is_base(*id) && facts.same_subject(*id, level);
                *id != level && same && between(other)
            });
        let last = last.map(|(id, _)| id);
        let Some(last) = last else { continue };
        let (Some(a), Some(b)) = (facts.interval(level), facts.interval(last)) else { continue };
        if a.meets(b) {
            log.prove(level, || Formula::sum([last]));
            continue;
        }
        let gap = facts
            .exact(level)
            .zip(facts.exact(last))
            .map(|(a, b)| shown(a - b, item.unit, 2))
            .unwrap_or_default();
        let arguments = [
            Argument::Subject(level),
            Argument::Figure(level),
            Argument::Figure(last),
            Argument::words(facts.d.source.cut(note.span)),
        ];
        let found =
            Finding::new(Severity::Warning, note.span, Sentence::new(Word::DirectionNotUnchanged, arguments))
                .items([level, last])
                .formula(Formula::difference(level, last))
                .stated(facts.d.source.cut(note.span))
                .computed(gap.clone())
                .difference(gap);
        log.find(found);
    }
}

/// A change of the size of the difference of the two levels, but the other way.
fn signs(facts: &Facts, log: &mut Log) {
    for (change, item) in facts.measured(Measure::Delta) {
        let Some(compared) = facts.compared(change) else { continue };
        let values = (facts.interval(compared.this), facts.interval(compared.last), facts.interval(change));
        let (Some(this), Some(last), Some(stated)) = values else { continue };
        if (this - last).meets(stated) || !(last - this).meets(stated) {
            continue;
        }
        let arguments = [
            Argument::Subject(change),
            Argument::Figure(compared.this),
            Argument::Figure(compared.last),
            Argument::Figure(change),
        ];
        let found =
            Finding::new(Severity::Error, item.span, Sentence::new(Word::DirectionOpposite, arguments))
                .items([change])
                .formula(Formula::difference(compared.this, compared.last))
                .stated(Shown::of(item))
                .computed(Shown::Number(item.value.negated().decimal(), item.unit.name()))
                .explains(Some(Sentence::new(Word::ExplainSign, [])));
        log.find(found);
    }
}

/// 增加 180.70 万元，下降 12%.
fn rates(facts: &Facts, log: &mut Log) {
    for (rate, item) in facts.measured(Measure::Rate) {
        let Some(before) = rate.0.checked_sub(1).map(ItemId) else { continue };
        let Some(delta) = facts.item(before).filter(|delta| delta.measure == Measure::Delta) else {
            continue;
        };
        let together = delta.parent == item.parent && facts.sentence(before) == facts.sentence(rate);
        if !together || item.parent.is_none() || delta.value.is_zero() || item.value.is_zero() {
            continue;
        }
        let between = facts.between(delta.span.end, item.span.start);
        if between.contains(['比', '较', '。', ';']) {
            continue;
        }
        let (a, b) = (delta.value.decimal(), item.value.decimal());
        if a.is_sign_negative() == b.is_sign_negative() {
            log.hold([before, rate]);
            continue;
        }
        let arguments = [Argument::Subject(before), Argument::Figure(before), Argument::Figure(rate)];
        let found = Finding::new(Severity::Error, item.span, Sentence::new(Word::DirectionRate, arguments));
        log.find(
            found
                .items([rate, before])
                .stated(Shown::percent(item.value.decimal()))
                .computed(Shown::percent(item.value.negated().decimal())),
        );
    }
}

/// What a sentence says of how something went: a change or 持平.
#[derive(Debug, Clone, Copy)]
struct Statement {
    span: Span,
    about: ItemId,
    /// Whether it went down; nothing where it stayed.
    down: Option<bool>,
}

fn statements(facts: &Facts) -> Vec<Statement> {
    let changes = facts.measured(Measure::Delta).chain(facts.measured(Measure::Rate));
    let moved = changes.filter(|(_, item)| !item.value.is_zero()).map(|(id, item)| Statement {
        span: item.span,
        about: id,
        down: Some(item.value.decimal().is_sign_negative()),
    });
    let stayed = facts
        .d
        .notes
        .iter()
        .filter(|note| note.kind == NoteKind::Unchanged)
        .filter_map(|note| Some(Statement { span: note.span, about: note.item?, down: None }));
    let mut all: Vec<Statement> = moved.chain(stayed).collect();
    all.sort_by_key(|statement| statement.span.start);
    all
}

/// A reason for a decrease of what did not decrease.
fn reasons(facts: &Facts, log: &mut Log) {
    let statements = statements(facts);
    let word = clue!("原因");
    for &at in facts.hits.of(word) {
        let end = at + word.word().len() as u32;
        let Some(block) = facts.block_at(at, end).filter(|block| !block.row) else { continue };
        let (at, from) = (at as usize, at.saturating_sub(36).max(block.start) as usize);
        let before = facts.text.cut(from, at);
        let start = before.rfind([',', '。', ';', ':', ')', '、']).map_or(0, |at| at + 1);
        let words = slice(before, start, before.len()).trim_start_matches(['、', '。']);
        let words = without_end(without_end(words, "主要").trim_end_matches('的'), "主要");
        let direction = |words: &str| {
            let ends = |all: &[&str]| all.iter().any(|word| words.ends_with(word));
            if ends(DOWN) { Some(true) } else { ends(UP).then_some(false) }
        };
        let Some(down) = direction(words) else { continue };
        let named = UP.iter().chain(DOWN).fold(words, |words, word| without_end(words, word));
        let span = facts.text.span(at, end as usize);
        reason(facts, log, &statements, (block.span, span), &unquoted(named), (down, words));
    }
}

fn unquoted(name: &str) -> Cow<'_, str> {
    if holds(name, "\"") { name.replace('"', "").into() } else { name.into() }
}

fn reason(
    facts: &Facts,
    log: &mut Log,
    statements: &[Statement],
    (block, span): (Span, Span),
    named: &str,
    (down, words): (bool, &str),
) {
    let section = facts.section_at(span).map(|section| section.span).unwrap_or_default();
    let first = statements.partition_point(|statement| statement.span.start < section.start);
    let after = statements.partition_point(|statement| statement.span.start < span.start);
    let statements = statements.get(first..after).unwrap_or_default();
    let before =
        |statement: &&Statement| statement.span.end <= span.start && section.contains(statement.span);
    let telling = named.chars().nth(1).is_some();
    let about = |statement: &&Statement| {
        let about = || {
            let name = unquoted(facts.name(statement.about));
            !name.is_empty() && (holds(&name, named) || holds(named, &name))
        };
        named.is_empty() || telling && about()
    };
    let near: Vec<&Statement> = statements.iter().filter(before).filter(about).collect();
    let here: Vec<&&Statement> = near.iter().filter(|statement| block.contains(statement.span)).collect();
    let agrees = |statement: &Statement| statement.down == Some(down);
    let Some(last) = near.last() else { return };
    // Without a name the reason is of what was said last; of something named, any change the same way will do.
    let fine = match (named.is_empty(), here.last()) {
        (true, Some(last)) => here.iter().any(|statement| agrees(statement)) && last.down.is_some(),
        (true, None) => near.iter().any(|statement| agrees(statement)),
        (false, _) => near.iter().any(|statement| agrees(statement)),
    };
    if fine {
        return log.hold([last.about]);
    }
    if last.down.is_some() {
        return log.cannot_tell(Reason::Ambiguous);
    }
    let word = if down { Word::DirectionNoDecrease } else { Word::DirectionNoIncrease };
    let note = facts.d.source.cut(last.span);
    let arguments = [Argument::Subject(last.about), Argument::words(note), Argument::Shown(words.into())];
    let found = Finding::new(Severity::Warning, span, Sentence::new(word, arguments)).items([last.about]);
    log.find(found.stated(words).computed(note));
}

/// 增加…，主要是计提基数下调.
fn bases_moved(facts: &Facts, log: &mut Log) {
    const ENDS: &[(&str, bool)] =
        &[("基数下调", true), ("标准下调", true), ("基数上调", false), ("标准上调", false)];
    if !facts.hits.has_any(clues!["下调", "上调"]) {
        return;
    }
    for (change, item) in facts.measured(Measure::Delta) {
        if item.relation != Some(Relation::Change) || item.value.is_zero() {
            continue;
        }
        let sentence = facts.sentence(change);
        let after = facts.sentence_after(change);
        let next = facts.ids().skip(change.0 as usize + 1).find(|id| {
            facts
                .item(*id)
                .is_none_or(|next| next.measure == Measure::Delta || next.measure == Measure::Amount)
        });
        let ends = next.and_then(|id| facts.item(id)).is_some_and(|next| sentence.contains(next.span));
        let Some((_, reason)) = after.split_once("主要是").filter(|_| !ends) else { continue };
        let reason = reason.trim_end_matches('。').trim_start_matches("主要是");
        let Some((end, down)) =
            ENDS.iter().find(|(end, _)| reason.ends_with(end) && !reason.contains([',', ';', '、']))
        else {
            continue;
        };
        if item.value.decimal().is_sign_negative() == *down {
            log.hold([change]);
            continue;
        }
        let arguments = [Argument::Subject(change), Argument::Figure(change), Argument::Shown(reason.into())];
        let found =
            Finding::new(Severity::Warning, item.span, Sentence::new(Word::DirectionReason, arguments));
        log.find(found.items([change]).stated(*end).computed(Shown::of(item)));
    }
}

/// 决算大于预算 where it is not.
fn against_budget(facts: &Facts, log: &mut Log) {
    const WORDS: &[(&str, bool)] = &[
        ("大于预算", true),
        ("大于年初预算", true),
        ("高于年初预算", true),
        ("高于预算", true),
        ("超过预算", true),
        ("超过年初预算", true),
        ("小于预算", false),
        ("小于年初预算", false),
        ("低于年初预算", false),
        ("低于预算", false),
    ];
    if facts.basis != Some(Basis::FinalAccounts) {
        return;
    }
    for (budget, item) in facts.measured(Measure::Amount) {
        if item.basis != Some(Basis::Budget) {
            continue;
        }
        let sentence = facts.sentence(budget);
        let outturn = (budget.0.saturating_sub(2)..budget.0 + 3).map(ItemId).find(|id| {
            facts.is_level(*id)
                && facts.item(*id).is_some_and(|other| {
                    other.basis == Some(Basis::FinalAccounts) && other.year() == item.year()
                })
                && facts.same_subject(*id, budget)
                && facts.sentence(*id) == sentence
        });
        let Some(outturn) = outturn else { continue };
        let from = facts.item(outturn).map_or(0, |outturn| outturn.span.end.max(item.span.end));
        let after = facts.between(from, sentence.end.max(from + 120));
        let next = after.find(['万', '元']).map_or(after, |at| slice(after, 0, at));
        let said = WORDS.iter().filter_map(|(word, more)| Some((next.find(word)?, word, *more))).min();
        let (Some((_, word, more)), Some(a), Some(b)) =
            (said, facts.interval(outturn), facts.interval(budget))
        else {
            continue;
        };
        let wrong = |budget: Interval| if more { a.high <= budget.low } else { a.low >= budget.high };
        // Of several budgets in one sentence, 年初预算 and 全年预算, any may be the one that is meant.
        let other = |id: ItemId| {
            facts
                .item(id)
                .is_some_and(|other| other.basis == Some(Basis::Budget) && other.measure == Measure::Amount)
                && facts.interval(id).is_some_and(|budget| !wrong(budget))
        };
        if !wrong(b) || !word.contains("年初") && facts.of_sentence(budget).any(|(id, _)| other(id)) {
            log.hold([outturn, budget]);
            continue;
        }
        let arguments = [
            Argument::Subject(outturn),
            Argument::Figure(outturn),
            Argument::Figure(budget),
            Argument::Shown((*word).into()),
        ];
        let found =
            Finding::new(Severity::Warning, item.span, Sentence::new(Word::DirectionBudget, arguments));
        let gap = facts.exact(outturn).zip(facts.exact(budget)).map(|(a, b)| shown(a - b, item.unit, 2));
        log.find(
            found
                .items([outturn, budget])
                .stated(*word)
                .computed(gap.unwrap_or_default())
                .formula(Formula::difference(outturn, budget)),
        );
    }
}
