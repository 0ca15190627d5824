//! What must add up within one table: rows below each other, columns beside each other, the totals of its two sides.

use std::collections::BTreeMap;

use super::identity::{Identity, Law, State};
use rust_decimal::Decimal;

use super::fact::source_of;
use super::following::{Rule, following};
use super::{Head, Ledger};
use crate::check::facts::Facts;
use crate::model::{ItemId, Relation, TableKind};

/// Columns that make their total wherever they stand together: the words they begin with, and those that may stand beside.
const LAWS: &[(&[&[&str]], &[&str])] = &[
    (
        &[&["基本支出"], &["项目支出"]],
        &["上缴上级", "经营支出", "事业单位经营支出", "对附属单位", "上缴财政"],
    ),
    (&[&["人员经费", "人员支出", "人员类"], &["公用经费", "日常公用", "公用支出"]], &[]),
    (&[&["因公出国"], &["公务用车购置及", "公务用车购置和"], &["公务接待"]], &[]),
    (&[&["公务用车购置", "购置费"], &["公务用车运行", "运行费", "运行维护费"]], &[]),
];

pub(super) fn collect(facts: &Facts, ledger: &Ledger, number: u32, identities: &mut Vec<Identity>) {
    if ledger.kind == Some(TableKind::Performance) {
        return;
    }
    rows(facts, ledger, number, identities);
    for whole in &ledger.columns {
        columns(facts, ledger, number, whole, identities);
    }
    changes(facts, ledger, number, identities);
    if matches!(ledger.kind, Some(TableKind::RevenueAndExpenditure | TableKind::FiscalAppropriation)) {
        for figures in ledger.rows.values() {
            sides(facts, ledger, number, figures, identities);
        }
        totals(facts, ledger, number, identities);
    }
}

/// Rows that others are parts of, column by column.
fn rows(facts: &Facts, ledger: &Ledger, number: u32, identities: &mut Vec<Identity>) {
    // The rows below each row, with whether the reading found them to be all of it.
    let mut below: BTreeMap<u32, BTreeMap<u32, bool>> = BTreeMap::new();
    for (row, figures) in &ledger.rows {
        for (_, id) in figures {
            let Some(parent) = ledger.row_of_parent(facts, *id).filter(|parent| parent != row) else {
                continue;
            };
            let sums = facts.item(*id).is_some_and(|item| item.relation == Some(Relation::Sum));
            *below.entry(parent).or_default().entry(*row).or_default() |= sums;
        }
    }
    for (parent, children) in &below {
        let Some(wholes) = ledger.rows.get(parent) else { continue };
        for (column, whole) in wholes {
            let of_whole = |id: &ItemId| facts.item(*id).and_then(|item| item.parent) == Some(*whole);
            let parts: Vec<ItemId> =
                children.keys().filter_map(|row| ledger.at(*row, *column)).filter(of_whole).collect();
            let lawful = is_lawful(facts, ledger, *column, *whole, &parts)
                || is_revenue(facts, ledger, *column, *whole, &parts);
            let blanks = parts.len() < children.len();
            let family = (Law::Rows, number, 0, u32::from(!lawful));
            let identity = Identity::new(facts, family, (ledger, *whole), (ledger, parts), lawful);
            if let Some(mut identity) = identity {
                let short = identity.sides.1.high < identity.sides.0.low;
                // A blank may be a figure that was not read.
                identity.firm &= !(blanks && short);
                identities.push(identity);
            }
        }
    }
}

/// Whether rows are by their codes all parts of another: the 款 of a 类, or all 类 of a column.
fn is_lawful(facts: &Facts, ledger: &Ledger, column: u32, whole: ItemId, parts: &[ItemId]) -> bool {
    let code = |id: &ItemId| facts.code(*id);
    let Some(above) = code(&whole) else {
        let figures = ledger.rows.values().flatten().filter(|(at, _)| *at == column);
        let classes = figures.filter(|(_, id)| code(id).is_some_and(is_class)).count();
        return parts.iter().all(|id| code(id).is_some_and(is_class)) && classes == parts.len();
    };
    parts.iter().all(|id| code(id).is_some_and(|code| code / 100 == above || code / 10_000 == above))
}

/// Whether rows are where all revenue comes from. What fails by a figure of the column itself is not: that one is counted
/// twice, or left out.
fn is_revenue(facts: &Facts, ledger: &Ledger, column: u32, whole: ItemId, parts: &[ItemId]) -> bool {
    let source = |id: &ItemId| {
        source_of(facts.name(*id)).is_some()
            || CARRIED.iter().any(|word| facts.name(*id).contains(word))
            || facts.canonical(*id) == "收入总计"
    };
    if facts.canonical(whole) != "收入总计" || parts.len() < 2 || !parts.iter().all(source) {
        return false;
    }
    let sum: Decimal = parts.iter().filter_map(|part| facts.exact(*part)).sum();
    let gap = (facts.exact(whole).unwrap_or_default() - sum).abs();
    let figures = ledger.rows.values().flatten().filter(|(at, _)| *at == column);
    gap.is_zero() || figures.filter_map(|(_, id)| facts.exact(*id)).all(|value| value != gap)
}

fn is_class(code: u32) -> bool {
    (200..400).contains(&code)
}

/// Words for what goes over from one year to another.
pub(super) const CARRIED: &[&str] = &["结转", "结余", "弥补", "调入", "调出", "动用"];

/// The totals of one side of a table, of the year and with what is carried over, where nothing is; and the 类 of the side,
/// where the reading did not find that they belong to its total, as it stands above them.
fn totals(facts: &Facts, ledger: &Ledger, number: u32, identities: &mut Vec<Identity>) {
    for head in &ledger.columns {
        let figures = ledger.rows.values().flatten().filter(|(at, _)| *at == head.column).map(|(_, id)| *id);
        let figures: Vec<ItemId> = figures.collect();
        let carried = figures.iter().any(|id| {
            let value = facts.exact(*id).unwrap_or_default();
            !value.is_zero() && CARRIED.iter().any(|word| facts.name(*id).contains(word))
        });
        let mut equal = |wholes: &[ItemId], parts: &[ItemId], law: u32| {
            for whole in wholes {
                let family = (Law::Rows, number, law, 0);
                identities.extend(Identity::new(
                    facts,
                    family,
                    (ledger, *whole),
                    (ledger, parts.to_vec()),
                    true,
                ));
            }
        };
        for side in ["收入总计", "支出总计"] {
            let of_side = figures.iter().copied().filter(|id| facts.canonical(*id) == side);
            let of_side: Vec<ItemId> = of_side.filter(|id| is_whole(facts, *id)).collect();
            if let Some((last, others)) = of_side.split_last().filter(|_| !carried) {
                equal(others, &[*last], 4);
            }
        }
        let classes: Vec<ItemId> =
            figures.iter().copied().filter(|id| facts.code(*id).is_some_and(is_class)).collect();
        let is_free = |id: &ItemId| facts.item(*id).is_some_and(|item| item.parent.is_none());
        let of_year =
            |id: &ItemId| !carried || ["本年", "当年"].iter().any(|word| facts.name(*id).contains(word));
        let total = figures
            .iter()
            .copied()
            .find(|id| facts.canonical(*id) == "支出总计" && is_whole(facts, *id) && of_year(id));
        if let Some(total) = total.filter(|_| classes.len() > 1 && classes.iter().all(is_free)) {
            equal(&[total], &classes, 3);
        }
    }
}

/// Whether a figure is called a total of all, and not one of some.
fn is_whole(facts: &Facts, id: ItemId) -> bool {
    let name = facts.name(id);
    super::is_total(name) && !name.contains("小计") || matches!(name, "本年收入" | "本年支出")
}

/// The columns that are parts of another one, row by row.
fn columns(facts: &Facts, ledger: &Ledger, number: u32, whole: &Head, identities: &mut Vec<Identity>) {
    let parts: Vec<&Head> = ledger.columns.iter().filter(|head| head.parent == Some(whole.column)).collect();
    let law = is_law(&parts);
    let sums = parts.iter().any(|head| head.relation == Some(Relation::Sum));
    let parts: Vec<&Head> =
        parts.into_iter().filter(|head| law || !sums || head.relation == Some(Relation::Sum)).collect();
    if parts.len() < 2 {
        return;
    }
    let family = (Law::Columns, number, 1, if law { u32::MAX } else { whole.column });
    let mut found: Vec<(bool, Identity)> = Vec::new();
    for row in ledger.rows.keys() {
        let Some(total) = ledger.at(*row, whole.column) else { continue };
        let figures: Vec<ItemId> = parts.iter().filter_map(|part| ledger.at(*row, part.column)).collect();
        let blanks = figures.len() < parts.len();
        let identity = Identity::new(facts, family, (ledger, total), (ledger, figures), law || sums);
        found.extend(identity.map(|identity| (blanks, identity)));
    }
    let fails = found.iter().filter(|(_, identity)| identity.state == State::Fails).count();
    let with_blanks =
        found.iter().filter(|(blanks, identity)| *blanks && identity.state != State::Fails).count();
    let all = found.len();
    for (blanks, mut identity) in found {
        let short = identity.sides.1.high < identity.sides.0.low;
        // A blank may be a figure that was not read, unless blanks mean nothing in the other rows.
        identity.firm &= !(blanks && short && with_blanks < 2);
        // What is no law and fails more than once is not what it seems.
        identity.firm &= law || fails * 2 <= all;
        identities.push(identity);
    }
}

/// This year's column as last year's and the change.
fn changes(facts: &Facts, ledger: &Ledger, number: u32, identities: &mut Vec<Identity>) {
    for found in following(facts, ledger).iter().filter(|found| found.rule == Rule::Change) {
        for row in ledger.rows.keys() {
            let at = |column: u32| ledger.at(*row, column);
            if let (Some(whole), Some(base), Some(change)) =
                (at(found.this), at(found.base), at(found.column))
            {
                let family = (Law::Changes, number, 5, 0);
                let parts = vec![base, change];
                identities.extend(Identity::new(facts, family, (ledger, whole), (ledger, parts), true));
            }
        }
    }
}

fn is_law(parts: &[&Head]) -> bool {
    let begins = |head: &Head, words: &[&str]| words.iter().any(|word| head.name().starts_with(word));
    LAWS.iter().any(|(core, beside)| {
        core.iter().all(|words| parts.iter().filter(|head| begins(head, words)).count() == 1)
            && parts.iter().all(|head| core.iter().any(|words| begins(head, words)) || begins(head, beside))
    })
}

/// The totals of revenue and expenditure that stand in one row, which are of all money of a year.
fn sides(
    facts: &Facts,
    ledger: &Ledger,
    number: u32,
    figures: &[(u32, ItemId)],
    identities: &mut Vec<Identity>,
) {
    // 本年收入合计 and 本年支出合计 may differ by what is carried over.
    let of_year = |name: &str| ["本年", "当年", "小计"].iter().any(|word| name.contains(word));
    let total = |(column, id): &&(u32, ItemId), side: &str| {
        let name = facts.name(*id);
        let whole = ledger.head(*column).is_some_and(|head| head.parent.is_none() && !is_fund(head));
        whole && facts.canonical(*id) == side && super::is_total(name) && !of_year(name)
    };
    let path = |column: u32| ledger.head(column).map(|head| &head.path);
    for (column, spent) in figures.iter().filter(|figure| total(figure, "支出总计")) {
        let incomes = || figures.iter().filter(|figure| total(figure, "收入总计"));
        let same = incomes().find(|(other, _)| path(*other) == path(*column));
        let Some((left, income)) = same.or_else(|| incomes().next()) else { continue };
        let family = (Law::Sides, number, 2, 0);
        if left < column {
            let identity = Identity::new(facts, family, (ledger, *spent), (ledger, vec![*income]), true);
            identities.extend(identity);
        }
    }
}

/// Whether a column is of one kind of money only.
pub(super) fn is_fund(head: &Head) -> bool {
    let kinds = ["一般公共", "政府性基金", "国有资本", "财政专户"];
    head.path.iter().any(|words| kinds.iter().any(|kind| words.contains(kind)))
}
