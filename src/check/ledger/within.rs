//! What must add up within one table: rows below each other, columns beside each other, the totals of its two sides.

use std::collections::BTreeMap;

use super::identity::{Identity, Law, State};
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
    if matches!(ledger.kind, Some(TableKind::RevenueAndExpenditure | TableKind::FiscalAppropriation)) {
        for figures in ledger.rows.values() {
            sides(facts, ledger, number, figures, identities);
        }
        classes(facts, ledger, number, identities);
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
            let lawful = is_lawful(facts, ledger, *column, *whole, &parts);
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

fn is_class(code: u32) -> bool {
    (200..400).contains(&code)
}

/// The 类 of a column and the total of the year's expenditure, where the reading did not find that they belong together:
/// it stands above them, and is called something else than a total.
fn classes(facts: &Facts, ledger: &Ledger, number: u32, identities: &mut Vec<Identity>) {
    for head in &ledger.columns {
        let figures = ledger.rows.values().flatten().filter(|(at, _)| *at == head.column).map(|(_, id)| *id);
        let figures: Vec<ItemId> = figures.collect();
        let is_part = |id: &ItemId| facts.item(*id).is_some_and(|item| item.parent.is_some());
        let parts: Vec<ItemId> =
            figures.iter().copied().filter(|id| facts.code(*id).is_some_and(is_class)).collect();
        let totals: Vec<ItemId> =
            figures.iter().copied().filter(|id| facts.canonical(*id) == "支出总计").collect();
        let of_total = |id: &ItemId| {
            let parent = facts.item(*id).and_then(|item| item.parent);
            parent.is_some_and(|parent| totals.contains(&parent))
        };
        if parts.len() < 2 || parts.iter().any(of_total) || parts.iter().filter(|id| is_part(id)).count() > 0 {
            continue;
        }
        let identity = |total: &ItemId| {
            let family = (Law::Rows, number, 3, 0);
            Identity::new(facts, family, (ledger, *total), (ledger, parts.clone()), true)
        };
        let best = totals.iter().filter_map(identity);
        identities.extend(best.min_by_key(|one| (one.state == State::Fails, one.gap(facts).abs())));
    }
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
    let first = identities.len();
    let mut with_blanks = 0;
    for row in ledger.rows.keys() {
        let Some(total) = ledger.at(*row, whole.column) else { continue };
        let found: Vec<ItemId> = parts.iter().filter_map(|part| ledger.at(*row, part.column)).collect();
        let blanks = found.len() < parts.len();
        // Columns of a law are read rightly or not in all groups of columns alike.
        let family = (Law::Columns, number, 1, if law { u32::MAX } else { whole.column });
        let identity = Identity::new(facts, family, (ledger, total), (ledger, found), law || sums);
        let Some(mut identity) = identity else { continue };
        let short = identity.sides.1.high < identity.sides.0.low;
        with_blanks += usize::from(blanks && !short && identity.state != State::Fails);
        identity.firm &= !(blanks && short && with_blanks < 3);
        identities.push(identity);
    }
    // What is no law and fails more than once is not what it seems.
    let new = identities.get_mut(first..).unwrap_or_default();
    let fails = new.iter().filter(|identity| identity.state == State::Fails).count();
    if !law && fails * 2 > new.len() {
        for identity in new {
            identity.firm = false;
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
            let identity =
                Identity::new(facts, family, (ledger, *spent), (ledger, vec![*income]), true);
            identities.extend(identity);
        }
    }
}

/// Whether a column is of one kind of money only.
pub(super) fn is_fund(head: &Head) -> bool {
    let kinds = ["一般公共", "政府性基金", "国有资本", "财政专户"];
    head.path.iter().any(|words| kinds.iter().any(|kind| words.contains(kind)))
}
