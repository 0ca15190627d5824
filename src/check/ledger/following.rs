//! Columns that follow from two others of the same words: the change and the growth since last year, and how much of the
//! budget was carried out.

use super::{Book, Head, Ledger};
use crate::check::facts::Facts;
use crate::model::{Basis, ItemId, Measure};
use crate::quantity::Interval;

/// How a column follows from the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum Rule {
    /// This year's amount less last year's.
    Change,
    /// The change in per cent of last year's amount.
    Growth,
    /// The final accounts in per cent of the budget.
    Completion,
}

/// A column with the two that it follows from.
#[derive(Debug)]
pub(super) struct Following {
    pub(super) rule: Rule,
    pub(super) column: u32,
    pub(super) this: u32,
    pub(super) base: u32,
}

/// What the figures of a column are.
struct Kind<'a> {
    head: &'a Head,
    measure: Measure,
    year: Option<u16>,
    basis: Option<Basis>,
    /// The words over it without those that only say of when and of what it is.
    words: Vec<&'a str>,
}

/// Returns the columns of a table that follow from others.
pub(super) fn following(facts: &Facts, ledger: &Ledger) -> Vec<Following> {
    let kinds: Vec<Kind> = ledger.columns.iter().filter_map(|head| kind(facts, ledger, head)).collect();
    let rule = |kind: &Kind| match kind.measure {
        Measure::Delta => Some(Rule::Change),
        Measure::Rate => Some(Rule::Growth),
        Measure::Share => is_completion(kind.head).then_some(Rule::Completion),
        Measure::Amount | Measure::Count => None,
    };
    let found = kinds.iter().filter_map(|kind| {
        let rule = rule(kind)?;
        let only = |is: &dyn Fn(&Kind) -> bool| {
            let fits =
                |other: &&Kind| other.measure == Measure::Amount && other.words == kind.words && is(other);
            let mut fitting = kinds.iter().filter(fits).map(|other| other.head.column);
            fitting.next().filter(|_| fitting.next().is_none())
        };
        let this = |other: &Kind| other.year == Some(facts.year) && other.basis == facts.basis;
        let budget = |other: &Kind| other.year == Some(facts.year) && other.basis == Some(Basis::Budget);
        let last = |other: &Kind| other.year == facts.year.checked_sub(1);
        let against_budget =
            rule == Rule::Completion || says(kind.head, "预算") && facts.basis == Some(Basis::FinalAccounts);
        let base = if against_budget {
            only(&budget)
        } else {
            only(&|other| last(other) && other.basis == facts.basis).or_else(|| only(&last))
        };
        let (this, base) = (only(&this)?, base?);
        // Two columns of one rule are of two things, and nothing says which is of what.
        let alone =
            kinds.iter().filter(|other| other.measure == kind.measure && other.words == kind.words).count()
                == 1;
        (this != base && alone).then_some(Following { rule, column: kind.head.column, this, base })
    });
    found.collect()
}

fn kind<'a>(facts: &Facts, ledger: &Ledger, head: &'a Head) -> Option<Kind<'a>> {
    const WHEN: &[&str] =
        &["年", "增减", "变化", "增加", "减少", "增长", "增幅", "预算数", "决算数", "完成", "%"];
    let item = ledger.rows.keys().find_map(|row| facts.item(ledger.at(*row, head.column)?))?;
    let words = head.path.iter().map(String::as_str);
    let words = words.filter(|words| !WHEN.iter().any(|when| words.contains(when))).collect();
    Some(Kind { head, measure: item.measure, year: item.year(), basis: item.basis, words })
}

fn says(head: &Head, word: &str) -> bool {
    head.path.iter().any(|words| words.contains(word))
}

fn is_completion(head: &Head) -> bool {
    ["完成", "执行率", "为预算", "占预算"].iter().any(|word| says(head, word))
}

/// A percentage of a table with the two figures that it follows from.
#[derive(Debug, Clone, Copy)]
pub(in crate::check) struct Percentage {
    pub(in crate::check) stated: ItemId,
    pub(in crate::check) this: ItemId,
    pub(in crate::check) base: ItemId,
    /// Whether the column can be believed: where much of it does not follow, it is not what it seems.
    pub(in crate::check) sure: bool,
}

/// Returns the percentages of the tables that follow from others by a rule.
pub(in crate::check) fn percentages(facts: &Facts, book: &Book, wanted: Rule) -> Vec<Percentage> {
    let mut all = Vec::new();
    for ledger in &book.ledgers {
        for found in following(facts, ledger).iter().filter(|found| found.rule == wanted) {
            let at = |row: u32, column| ledger.at(row, column);
            let rows = ledger.rows.keys().filter_map(|row| {
                let (stated, this, base) =
                    (at(*row, found.column)?, at(*row, found.this)?, at(*row, found.base)?);
                Some(Percentage { stated, this, base, sure: true })
            });
            let mut column: Vec<Percentage> = rows.collect();
            let fails = column.iter().filter(|found| follows(facts, wanted, **found) == Some(false)).count();
            if fails > 2 && fails * 3 > column.len() {
                for found in &mut column {
                    found.sure = false;
                }
            }
            all.append(&mut column);
        }
    }
    all
}

/// Whether a percentage follows from its figures; nothing where it cannot be computed.
fn follows(facts: &Facts, rule: Rule, found: Percentage) -> Option<bool> {
    let (this, base): (Interval, Interval) = (facts.interval(found.this)?, facts.interval(found.base)?);
    let part = if rule == Rule::Completion { this } else { this - base };
    Some(part.percent_of(base)?.meets(facts.item(found.stated)?.value.interval()))
}
