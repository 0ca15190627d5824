//! The tables that every disclosure must have, and what must be said of those with nothing in them.

use std::sync::LazyLock;

use crate::check::facts::Facts;
use crate::check::finding::{Argument, Finding, Sentence, Severity};
use crate::check::report::{Log, Reason};
use crate::lang::Word;
use crate::model::{Measure, TableKind};
use crate::source::span::slice;
use crate::source::{BlockKind, Span, Table};

/// The rows of the reviewer's sheet, some of which are the required tables.
const REQUIRED: &str = include_str!("../../../assets/templates/checklist.csv");

/// How many of the required tables must be there for the document to be the one with the tables.
const ENOUGH: usize = 5;

/// Words that say that there is nothing.
const NOTHING: &[&str] = &["没有", "不涉及", "未安排", "未发生", "空表", "为空", "不存在", "为零", "为0"];

pub(super) fn run(facts: &Facts, log: &mut Log) {
    let kinds: Vec<TableKind> = facts.d.tables.iter().filter_map(|table| table.kind).collect();
    if kinds.is_empty() {
        return;
    }
    let required = required(facts);
    // Some places break down basic expenditure in a column of the table by economic class.
    let is_there = |kind: &TableKind| {
        let instead =
            *kind == TableKind::GeneralBudgetBasic && kinds.contains(&TableKind::GeneralBudgetEconomic);
        kinds.contains(kind) || instead
    };
    let has = |wanted: &[TableKind]| wanted.iter().any(is_there);
    if required.iter().filter(|table| has(&table.kinds)).count() < ENOUGH {
        return;
    }
    // Where the text is a file of its own, it may say what is not here.
    let said = facts.measured(Measure::Amount).filter(|(_, item)| item.cell.is_none()).count();
    if said < ENOUGH {
        return log.cannot_tell(Reason::NoText);
    }
    for Required { name, since, kinds: wanted, .. } in &required {
        if has(wanted) || wanted.iter().any(|kind| is_mentioned(facts, *kind)) {
            log.hold([]);
            continue;
        }
        let place = facts.d.source.tables.first().and_then(Table::span).unwrap_or_default();
        let message = Sentence::new(Word::StructureNoTable, [Argument::Shown((*name).into())]);
        // What was added to the rule later is not in every place's template.
        let severity = if since.is_empty() { Severity::Warning } else { Severity::Info };
        log.find(Finding::new(severity, place, message).stated(*name));
    }
    for (table, known) in facts.d.source.tables.iter().zip(&facts.d.tables) {
        let (Some(kind), Some(span)) = (known.kind, table.span()) else { continue };
        if !required.iter().any(|table| table.kinds.contains(&kind)) || has_figures(facts, span) {
            continue;
        }
        if is_said_empty(facts, span) || is_mentioned(facts, kind) {
            log.hold([]);
            continue;
        }
        let title = table.title.map_or("", |title| facts.d.source.cut(title));
        let message = Sentence::new(Word::StructureEmptyTable, [Argument::words(title)]);
        log.find(Finding::new(Severity::Warning, span, message).stated(title));
    }
}

/// A table that must be there.
struct Required {
    name: &'static str,
    /// In budgets, in final accounts or in both.
    of: &'static str,
    /// The words for the year since which it is one; empty where it always was.
    since: &'static str,
    /// The kinds of which each is one.
    kinds: Vec<TableKind>,
}

impl Required {
    fn read() -> Vec<Self> {
        let rows = REQUIRED.lines().skip(1).filter_map(|line| {
            let mut fields = line.split(',');
            let (name, _, of) = (fields.next()?, fields.next()?, fields.next()?);
            let (since, how, words) = (fields.next()?, fields.next()?, fields.next()?);
            let kind = |word| TableKind::ALL.iter().copied().find(|kind| kind.key() == word);
            let kinds = || words.split('|').filter_map(kind).collect();
            (how == "table").then(|| Self { name, of, since, kinds: kinds() })
        });
        rows.collect()
    }
}

/// Returns the tables that a disclosure of the basis and year must have.
fn required(facts: &Facts) -> Vec<&'static Required> {
    static ALL: LazyLock<Vec<Required>> = LazyLock::new(Required::read);
    let applies = |table: &&Required| {
        let begun = table.since.parse::<u16>().map_or(true, |since| facts.year >= since);
        begun && (table.of == "both" || facts.basis.is_some_and(|basis| basis.key() == table.of))
    };
    ALL.iter().filter(applies).collect()
}

/// Whether any figure stands in a table.
fn has_figures(facts: &Facts, span: Span) -> bool {
    let figures = || facts.d.items.iter().filter(|item| item.cell.is_some());
    figures().any(|item| span.contains(item.span))
}

/// Whether the text around a table says that it is empty: in it, or in the paragraphs right before and behind it.
fn is_said_empty(facts: &Facts, span: Span) -> bool {
    const NEAR: usize = 4;
    let blocks = &facts.d.source.blocks;
    let from = blocks.partition_point(|block| block.span.end <= span.start).saturating_sub(NEAR);
    let mut behind = 0;
    let near = blocks.iter().skip(from).take_while(|block| {
        behind += usize::from(block.span.start >= span.end);
        behind <= NEAR
    });
    let text = |block: &&crate::source::Block| {
        !matches!(block.kind, BlockKind::Row { .. }) || span.contains(block.span)
    };
    near.filter(text).any(|block| says_nothing(facts.cut(block.span)))
}

fn says_nothing(text: &str) -> bool {
    // 无锡, 无形资产 and 无线 have the sign and not the meaning.
    let none = text.match_indices('无').any(|(at, sign)| {
        let next = slice(text, at + sign.len(), text.len()).chars().next();
        !next.is_some_and(|next| matches!(next, '锡' | '形' | '线' | '障' | '偿' | '人'))
    });
    none || NOTHING.iter().any(|word| text.contains(word))
}

/// Whether an amount of nothing stands in a text: 0元, 0.00万元.
fn says_zero(text: &str) -> bool {
    text.match_indices('元').any(|(at, _)| {
        let before = slice(text, 0, at);
        let before = before.strip_suffix('万').unwrap_or(before);
        let number = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        let digits = slice(before, number.len(), before.len());
        !digits.is_empty() && digits.chars().all(|c| matches!(c, '0' | '.'))
    })
}

/// Whether a sentence of the text says of what a table is about that there is none.
fn is_mentioned(facts: &Facts, kind: TableKind) -> bool {
    const BEFORE: usize = 60;
    let words: &[&str] = match kind {
        TableKind::GovernmentFund => &["政府性基金"],
        TableKind::StateCapital => &["国有资本"],
        TableKind::ThreePublic => &["三公"],
        TableKind::GeneralBudgetBasic => &["基本支出"],
        TableKind::GeneralBudgetExpenditure => &["一般公共预算"],
        TableKind::FiscalAppropriation => &["财政拨款"],
        _ => return false,
    };
    facts.blocks.iter().any(|block| {
        let text = facts.text.cut(block.start as usize, block.end as usize);
        text.split(['。', ';']).any(|sentence| {
            let at = words.iter().filter_map(|word| sentence.find(word)).min();
            at.is_some_and(|at| {
                let after = slice(sentence, at, sentence.len());
                says_zero(after)
                    || says_nothing(slice(sentence, at.saturating_sub(BEFORE), at))
                    || says_nothing(after)
            })
        })
    })
}
