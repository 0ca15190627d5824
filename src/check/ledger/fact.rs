//! A cell of a standard table → which fact of the accounts it states, so that cells of two tables can be the same one.

use super::{Head, Ledger, is_current, is_total};
use crate::check::facts::Facts;
use crate::model::{ItemId, TableKind};

/// What an amount is of. Amounts of one fact are equal wherever they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::check) struct Fact {
    pub(in crate::check) money: Money,
    pub(in crate::check) nature: Nature,
    pub(in crate::check) key: Key,
}

/// Which money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::check) enum Money {
    /// All money of the department.
    All,
    /// 财政拨款.
    Appropriation,
    /// 一般公共预算.
    General,
    /// 政府性基金.
    Fund,
    /// 国有资本经营.
    StateCapital,
}

/// Which part of revenue or expenditure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::check) enum Nature {
    /// All revenue.
    Revenue,
    /// All expenditure.
    Expenditure,
    /// 基本支出.
    Basic,
    /// 人员经费.
    Personnel,
    /// 公用经费.
    Operating,
    /// 项目支出.
    Project,
}

/// Which line of the classification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::check) enum Key {
    /// All lines together.
    Total,
    /// One of the classification by function or by economic class, which have no code in common.
    Code(u32),
    /// Where revenue comes from.
    From(Origin),
}

/// Where revenue comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::check) enum Origin {
    /// 财政拨款收入 of all kinds.
    Appropriation,
    General,
    Fund,
    StateCapital,
    /// 财政专户管理资金.
    Account,
    /// 事业收入.
    Operations,
    /// 事业单位经营收入.
    Business,
    /// 上级补助收入.
    Superior,
    /// 附属单位上缴收入.
    Subordinate,
    Other,
}

/// Returns where revenue comes from by its name: 一般公共预算拨款收入, 一般公共预算资金.
pub(super) fn source_of(name: &str) -> Option<Origin> {
    let words = ["拨款", "收入", "资金", "财政", "预算", "管理", "补助", "其中", ":", "本级"];
    let number =
        name.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十、.()".contains(c));
    let rest = words.iter().fold(number.to_owned(), |rest, word| rest.replace(word, ""));
    Some(match rest.as_str() {
        "" if number.contains("财政拨款") => Origin::Appropriation,
        "一般公共" => Origin::General,
        "政府性基金" => Origin::Fund,
        "国有资本经营" | "国有资本" => Origin::StateCapital,
        "专户" => Origin::Account,
        "事业" => Origin::Operations,
        "事业单位经营" | "经营" => Origin::Business,
        "上级" => Origin::Superior,
        "附属单位上缴" => Origin::Subordinate,
        "其他" => Origin::Other,
        _ => return None,
    })
}

/// Returns the facts that the tables state of the year, in the order of the tables.
pub(super) fn all(facts: &Facts, ledgers: &[Ledger]) -> Vec<(Fact, usize, ItemId)> {
    let mut known = Vec::new();
    for (number, ledger) in ledgers.iter().enumerate() {
        let mut found: Vec<(Fact, ItemId)> = Vec::new();
        match ledger.kind {
            Some(TableKind::RevenueAndExpenditure | TableKind::FiscalAppropriation) => {
                two_sided(facts, ledger, &mut found);
            }
            Some(TableKind::Revenue) => revenue(facts, ledger, &mut found),
            Some(kind) => expenditure(facts, ledger, kind, &mut found),
            None => {}
        }
        found.retain(|(_, id)| facts.item(*id).is_some_and(|item| is_current(facts, item)));
        drop_ambiguous(facts, &mut found);
        known.extend(found.into_iter().map(|(fact, id)| (fact, number, id)));
    }
    known
}

/// A line that a table has several times, with different amounts, is of several units or projects: no fact of the whole.
fn drop_ambiguous(facts: &Facts, found: &mut Vec<(Fact, ItemId)>) {
    let all = found.clone();
    let differs = |fact: &Fact, id: &ItemId| {
        all.iter().any(|(other, again)| other == fact && facts.exact(*again) != facts.exact(*id))
    };
    found.retain(|(fact, id)| fact.key == Key::Total || !differs(fact, id));
}

/// 收支总表 and 财政拨款收支总表: the totals of both sides, and expenditure by function or by kind.
fn two_sided(facts: &Facts, ledger: &Ledger, found: &mut Vec<(Fact, ItemId)>) {
    let all = match ledger.kind {
        Some(TableKind::RevenueAndExpenditure) => Money::All,
        _ => Money::Appropriation,
    };
    for (column, id) in ledger.rows.values().flatten() {
        let Some(head) = ledger.head(*column) else { continue };
        let money = if all == Money::Appropriation { money_of(head, all) } else { Some(all) };
        let (Some(money), Some(nature)) = (money, nature_of(ledger, head)) else { continue };
        let functional = facts
            .code(*id)
            .filter(|code| *code < 300 || (20_000..30_000).contains(code) || *code > 2_000_000);
        let (nature, key) = match (facts.canonical(*id), functional) {
            ("收入总计", _) if nature == Nature::Expenditure && money == all => {
                (Nature::Revenue, Key::Total)
            }
            ("支出总计", _) => (nature, Key::Total),
            ("基本支出", _) if nature == Nature::Expenditure => (Nature::Basic, Key::Total),
            ("项目支出", _) if nature == Nature::Expenditure => (Nature::Project, Key::Total),
            (_, Some(code)) => (nature, Key::Code(code)),
            _ => match source_of(facts.name(*id)).filter(|_| nature == Nature::Expenditure && money == all) {
                Some(origin) => (Nature::Revenue, Key::From(origin)),
                None => continue,
            },
        };
        found.push((Fact { money, nature, key }, *id));
    }
}

/// Which money a column of 财政拨款收支总表 is of: the one it names, or all that the table is about.
fn money_of(head: &Head, all: Money) -> Option<Money> {
    let says = |word: &str| head.path.iter().any(|words| words.contains(word));
    match (says("一般公共"), says("政府性基金"), says("国有资本")) {
        (true, false, false) => Some(Money::General),
        (false, true, false) => Some(Money::Fund),
        (false, false, true) => Some(Money::StateCapital),
        (false, false, false) => Some(all),
        _ => None,
    }
}

/// 收入总表: its total, and in its columns where the money comes from.
fn revenue(facts: &Facts, ledger: &Ledger, found: &mut Vec<(Fact, ItemId)>) {
    let fact = |key| Fact { money: Money::All, nature: Nature::Revenue, key };
    let Some(row) = ledger.total_row(facts) else { return };
    for head in &ledger.columns {
        let Some(id) = ledger.at(row, head.column) else { continue };
        let origin = || {
            let carried =
                head.path.iter().any(|words| super::within::CARRIED.iter().any(|word| words.contains(word)));
            source_of(head.name()).filter(|_| !carried)
        };
        match nature_of(ledger, head) {
            Some(Nature::Expenditure) if origin().is_none() => found.push((fact(Key::Total), id)),
            _ => found.extend(origin().map(|origin| (fact(Key::From(origin)), id))),
        }
    }
}

/// A table of expenditure.
fn expenditure(facts: &Facts, ledger: &Ledger, kind: TableKind, found: &mut Vec<(Fact, ItemId)>) {
    let general = if ledger.title.contains("一般公共") { Money::General } else { Money::Appropriation };
    let (money, all) = match kind {
        TableKind::Expenditure => (Money::All, Nature::Expenditure),
        TableKind::BasicExpenditure => (Money::All, Nature::Basic),
        TableKind::GeneralBudgetExpenditure | TableKind::GeneralBudgetEconomic => {
            (general, Nature::Expenditure)
        }
        TableKind::GeneralBudgetBasic => (general, Nature::Basic),
        TableKind::GeneralBudgetProject => (general, Nature::Project),
        TableKind::GovernmentFund => (Money::Fund, Nature::Expenditure),
        TableKind::StateCapital => (Money::StateCapital, Nature::Expenditure),
        _ => return,
    };
    let total_row = ledger.total_row(facts);
    // Personnel beside operating expenditure: each side has a total of its own.
    let wholes =
        ledger.columns.iter().filter(|head| nature_of(ledger, head) == Some(Nature::Expenditure)).count();
    for (row, figures) in &ledger.rows {
        for (column, id) in figures {
            let Some(head) = ledger.head(*column) else { continue };
            let nature = match nature_of(ledger, head) {
                Some(Nature::Expenditure) => all,
                Some(nature) if !is_by_fund(head) => nature,
                _ => continue,
            };
            let (nature, key) = match (facts.code(*id), facts.name(*id)) {
                (None, "人员经费合计") if all == Nature::Basic => (Nature::Personnel, Key::Total),
                (None, "公用经费合计") if all == Nature::Basic => (Nature::Operating, Key::Total),
                _ if total_row == Some(*row) && wholes < 2 => (nature, Key::Total),
                (Some(code), _) => (nature, Key::Code(code)),
                (None, _) => continue,
            };
            found.push((Fact { money, nature, key }, *id));
        }
    }
}

/// Whether a column is of money from one source only.
fn is_by_fund(head: &Head) -> bool {
    super::within::is_fund(head)
}

/// Words over the only column of a table, or of a side of it.
const PLAIN: &[&str] =
    &["预算数", "决算数", "金额", "预算", "本年预算", "本年支出", "支出", "预算金额", "决算金额"];

/// Which part of expenditure the figures of a column are. The whole is the one column that is called so.
pub(super) fn nature_of(ledger: &Ledger, head: &Head) -> Option<Nature> {
    const OTHER: &[&str] = &["结转", "结余", "上年", "采购", "其中", "购买服务", "增减", "当年"];
    if head.path.iter().any(|words| OTHER.iter().any(|other| words.contains(other))) {
        return None;
    }
    let path: Vec<&str> =
        head.path.iter().map(String::as_str).filter(|words| !is_money_word(words)).collect();
    let path = match path.as_slice() {
        [rest @ .., last] if is_total(last) && !rest.is_empty() => rest,
        path => path,
    };
    let below_basic = |words: &[&str]| words.is_empty() || words == ["基本支出"];
    match path {
        [] => Some(Nature::Expenditure),
        [word] if is_total(word) => Some(Nature::Expenditure),
        [word] if is_plain(word) => {
            // Beside a column of its own for the total it is something else.
            let total = ledger
                .columns
                .iter()
                .any(|other| other.path.last().is_some_and(|last| is_total(last)) && other.parent.is_none());
            (!total || head.parent.is_none() && ledger.columns.len() < 3).then_some(Nature::Expenditure)
        }
        ["基本支出"] => Some(Nature::Basic),
        ["项目支出"] => Some(Nature::Project),
        [above @ .., "人员经费" | "人员支出" | "人员经费支出" | "人员类"] if below_basic(above) => {
            Some(Nature::Personnel)
        }
        [above @ .., "公用经费" | "日常公用支出" | "公用经费支出" | "日常公用经费" | "公用支出"]
            if below_basic(above) =>
        {
            Some(Nature::Operating)
        }
        _ => None,
    }
}

/// Whether words only say which money: 一般公共预算财政拨款.
fn is_money_word(words: &str) -> bool {
    let rest = ["拨款", "资金", "财政", "预算", "支出"]
        .iter()
        .fold(words.to_owned(), |rest, word| rest.replace(word, ""));
    matches!(rest.as_str(), "一般公共" | "政府性基金" | "国有资本经营" | "国有资本") || words == "财政拨款"
}

fn is_plain(word: &str) -> bool {
    let year = word.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '年' | '度'));
    PLAIN.contains(&year)
}
