//! The tables of “三公” funds, conferences and the like → how much each of them is.

use super::{Ledger, is_current, is_total};
use crate::check::facts::Facts;
use crate::model::{ItemId, TableKind};

/// What has a table of its own beside the accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::check) enum Fund {
    /// The three together.
    ThreePublic,
    /// 因公出国（境）费用.
    Abroad,
    /// 公务用车购置及运行维护费.
    Vehicles,
    /// 公务用车购置费.
    Purchase,
    /// 公务用车运行维护费.
    Operation,
    /// 公务接待费.
    Hospitality,
    /// 会议费.
    Conferences,
    /// 培训费.
    Training,
    /// 机关运行经费.
    Agency,
    /// 政府采购.
    Procurement,
}

/// The official names of the funds that have one.
const NAMES: &[(Fund, &str)] = &[
    (Fund::ThreePublic, "“三公”经费"),
    (Fund::Abroad, "因公出国（境）费用"),
    (Fund::Vehicles, "公务用车购置及运行维护费"),
    (Fund::Purchase, "公务用车购置费"),
    (Fund::Operation, "公务用车运行维护费"),
    (Fund::Hospitality, "公务接待费"),
    (Fund::Conferences, "会议费"),
    (Fund::Training, "培训费"),
    (Fund::Agency, "机关运行经费"),
];

/// Returns which fund a figure is of by its name.
pub(in crate::check) fn fund_of(facts: &Facts, id: ItemId) -> Option<Fund> {
    let official = facts.canonical(id);
    let known = NAMES.iter().find(|(_, name)| *name == official).map(|(fund, _)| *fund);
    // The whole goes by many names, of which parts may be a part: “三公”经费财政拨款支出预算数.
    let name = facts.name(id);
    let whole = (name.contains("三公\"经费") || name.contains("三公经费"))
        && !["结", "其他", "会议", "减少", "增加"].iter().any(|word| name.contains(word));
    known.or_else(|| whole.then_some(Fund::ThreePublic))
}

/// Returns the amounts of the year that the tables give for the funds; units may stand below their department.
pub(super) fn all(facts: &Facts, ledgers: &[Ledger]) -> Vec<(Fund, ItemId)> {
    let mut known: Vec<(Fund, ItemId)> = Vec::new();
    for ledger in ledgers {
        match ledger.kind {
            Some(TableKind::ThreePublic) => {
                let figures = ledger.rows.values().flatten();
                known.extend(figures.filter_map(|(_, id)| Some((fund_of(facts, *id)?, *id))));
            }
            Some(TableKind::AgencyOperation) => whole(facts, ledger, Fund::Agency, &mut known),
            Some(TableKind::Procurement) => whole(facts, ledger, Fund::Procurement, &mut known),
            _ => {}
        }
    }
    known.retain(|(_, id)| facts.item(*id).is_some_and(|item| is_current(facts, item)));
    known
}

/// The figures of the row of the total.
fn whole(facts: &Facts, ledger: &Ledger, fund: Fund, known: &mut Vec<(Fund, ItemId)>) {
    let row = ledger.total_row(facts).and_then(|row| ledger.rows.get(&row));
    let head = |column: u32| ledger.head(column);
    let whole = |column: u32| {
        head(column).is_some_and(|head| {
            head.parent.is_none()
                && head.path.last().is_none_or(|last| is_total(last) || ledger.columns.len() == 1)
        })
    };
    let figures = row.into_iter().flatten().filter(|(column, _)| whole(*column));
    known.extend(figures.map(|(_, id)| (fund, *id)));
}
