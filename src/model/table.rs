//! What a table of the source is: one of those that every disclosure has, and how its columns hang together.

use super::{NameId, Relation};
use crate::quantity::Unit;

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident, $key:literal;)*) => {
        /// Which of the tables of a disclosure it is. Budgets and final accounts have the same; the header says which.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum TableKind { $($(#[$doc])* $kind),* }

        impl TableKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            /// Returns the name it has in the export and in the templates.
            pub fn key(self) -> &'static str {
                match self { $(Self::$kind => $key),* }
            }
        }
    };
}

kinds! {
    /// 收支总表: revenue beside expenditure.
    RevenueAndExpenditure, "revenue_and_expenditure";
    /// 收入总表.
    Revenue, "revenue";
    /// 支出总表.
    Expenditure, "expenditure";
    /// 财政拨款收支总表.
    FiscalAppropriation, "fiscal_appropriation";
    /// 一般公共预算支出表, by function.
    GeneralBudgetExpenditure, "general_budget_expenditure";
    /// 一般公共预算支出表, by economic class.
    GeneralBudgetEconomic, "general_budget_economic";
    /// 一般公共预算基本支出表.
    GeneralBudgetBasic, "general_budget_basic";
    /// 一般公共预算项目支出表.
    GeneralBudgetProject, "general_budget_project";
    /// “三公”经费支出表.
    ThreePublic, "three_public";
    /// 政府性基金预算支出表.
    GovernmentFund, "government_fund";
    /// 国有资本经营预算支出表.
    StateCapital, "state_capital";
    /// 基本支出表 of all funds.
    BasicExpenditure, "basic_expenditure";
    /// 项目支出表.
    ProjectExpenditure, "project_expenditure";
    /// 绩效目标表.
    Performance, "performance";
    /// 政府采购表.
    Procurement, "procurement";
    /// 政府购买服务表.
    Services, "services";
    /// 机关运行经费表.
    AgencyOperation, "agency_operation";
    /// 结转资金支出表: what last year left.
    CarryOver, "carry_over";
    /// 转移支付表.
    Transfer, "transfer";
    /// 国有资产, vehicles.
    Assets, "assets";
}

/// What is known of a table of the source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TableFacts {
    /// Which of the tables of a disclosure it is.
    pub kind: Option<TableKind>,
    /// The words above it, in a corpus, where its columns are known: elsewhere the source has them.
    pub title: Option<NameId>,
    /// The unit of its money.
    pub unit: Option<Unit>,
    /// The columns that hold figures, from left to right.
    pub columns: Vec<Column>,
}

/// A column of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Which column of the table it is, counted from 0.
    pub column: u16,
    /// What the figures in it are: the words of its head from the top, as 基本支出/人员经费.
    pub name: NameId,
    /// The column whose figures these are parts of, in the same row.
    pub parent: Option<u16>,
    /// How they are; nothing where there is no such column.
    pub relation: Option<Relation>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_kinds_have_one_key() {
        for (index, kind) in TableKind::ALL.iter().enumerate() {
            assert!(TableKind::ALL.iter().skip(index + 1).all(|other| other.key() != kind.key()), "{kind:?}");
        }
    }
}
