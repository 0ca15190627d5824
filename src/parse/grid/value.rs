//! The words over a column of figures → what the figures are: their year, their unit, the column that they are parts of.

use super::columns::Segment;
use super::{Context, Reader};
use crate::model::{Basis, Measure, NameId};
use crate::parse::lexer::leading_year;
use crate::parse::table::unit_in;
use crate::quantity::Unit;

/// What a column of figures is.
pub(super) struct Value {
    pub(super) column: usize,
    /// Its words from the top, without those that all columns beside it have too.
    pub(super) path: Vec<String>,
    pub(super) year: u16,
    pub(super) basis: Option<Basis>,
    pub(super) measure: Measure,
    pub(super) unit: Option<Unit>,
    pub(super) name: NameId,
    /// The column that it is a part of, by its place in the stretch.
    pub(super) parent: Option<usize>,
    /// Whether the columns beside it, and not the rows, are lines of the budget.
    pub(super) by_column: bool,
    /// Whether 其中 stands over it: it may be one of several parts, or a part named alone.
    pub(super) among: bool,
}

impl Reader<'_, '_> {
    /// Returns what the columns of figures are.
    pub(super) fn values(&mut self, segment: &Segment, unit: Option<Unit>) -> Vec<Value> {
        let path = |column: &usize| self.head.paths.get(*column).cloned().unwrap_or_default();
        let paths: Vec<Vec<String>> = segment.values.iter().map(path).collect();
        // What stands over all columns says nothing of one.
        let shared = match paths.split_first() {
            Some((first, rest)) if !rest.is_empty() => (0..first.len())
                .take_while(|at| {
                    rest.iter().all(|path| path.get(*at) == first.get(*at) && path.len() > at + 1)
                        && first.len() > at + 1
                })
                .count(),
            // Over a single column, 收入 and 支出 only say which side of the table it is; 人员经费 says more.
            Some((first, _)) => {
                let side = |words: &&String| words.contains("收入") || words.contains("支出");
                first.iter().take(first.len().saturating_sub(1)).take_while(side).count()
            }
            None => 0,
        };
        let own: Vec<Vec<String>> =
            paths.iter().map(|path| path.iter().skip(shared).cloned().collect()).collect();
        let by_column = self.names_by_column(segment);
        let scope = self.template.map_or("", |template| template.scope);
        let mut values = Vec::new();
        for (at, (column, whole)) in segment.values.iter().zip(&paths).enumerate() {
            let path: Vec<String> = own
                .get(at)
                .map(|path| path.iter().map(|words| plain(words).to_owned()).collect())
                .unwrap_or_default();
            let text = whole.join("/");
            let (year, basis) = about(&text, self.context);
            let measure = measure(&text);
            let mut name: Vec<&str> = vec![scope];
            name.extend(path.iter().map(String::as_str));
            name.retain(|words| !words.is_empty());
            let name = self.words.name(&name.join("/"));
            let unit = whole.iter().rev().find_map(|words| unit_in_brackets(words)).or(unit);
            let among = whole.iter().any(|words| words.starts_with("其中"));
            values.push(Value {
                column: *column,
                path,
                year,
                basis,
                measure,
                unit,
                name,
                parent: None,
                by_column,
                among,
            });
        }
        let parents: Vec<Option<usize>> = (0..values.len()).map(|at| parent_column(&values, at)).collect();
        for (value, parent) in values.iter_mut().zip(parents) {
            value.parent = parent;
        }
        values
    }
}

/// Returns the column whose figures a column's are parts of: 合计 of the same group, or the 小计 of the group below.
fn parent_column(values: &[Value], at: usize) -> Option<usize> {
    let value = values.get(at)?;
    if value.measure != Measure::Amount {
        return None;
    }
    let (last, group) = value.path.split_last()?;
    let total = is_total(last);
    // A total of a group is part of what its group is part of.
    let own = if total { group.split_last().map_or(&[][..], |(_, outer)| outer) } else { group };
    let levels = (0..=own.len()).rev().filter_map(|length| own.get(..length));
    for level in levels {
        let heads = values.iter().position(|other| {
            other.path.split_last().is_some_and(|(name, group)| is_total(name) && group == level)
                && other.year == value.year
                && other.basis == value.basis
                && other.measure == Measure::Amount
        });
        // A column may also be the total of a group that bears its own name.
        let named = || {
            level.split_last().and_then(|(name, outer)| {
                values.iter().position(|other| other.path.split_last() == Some((name, outer)))
            })
        };
        if let Some(parent) = heads.or_else(named).filter(|parent| *parent != at) {
            return Some(parent);
        }
    }
    None
}

pub(super) fn is_total(name: &str) -> bool {
    ["合计", "总计", "小计", "总额", "总数"].iter().any(|word| name.ends_with(word))
}

/// The words of a head without 其中 and without what stands in brackets behind them for the unit.
pub(super) fn plain(words: &str) -> &str {
    let words = words.strip_prefix("其中").unwrap_or(words).trim_matches(':');
    match words.rsplit_once('(') {
        Some((name, unit)) if unit_in(unit).is_some() => name,
        _ => words,
    }
}

/// 预算数(万元), 金额单位:元.
fn unit_in_brackets(words: &str) -> Option<Unit> {
    let (_, rest) = words.split_once('(').or_else(|| words.split_once("单位"))?;
    unit_in(rest)
}

/// Returns the year and the basis that the words over a column give its figures.
fn about(words: &str, context: &Context) -> (u16, Option<Basis>) {
    let year = words.match_indices('年').find_map(|(at, _)| {
        let (year, _) = leading_year(words.get(at.checked_sub(4)?..)?)?;
        Some(year)
    });
    let before = ["上年数", "上年预算", "上年执行", "上年决算", "去年", "上年度"]
        .iter()
        .any(|word| words.contains(word));
    let year = year.unwrap_or(if before { context.year.saturating_sub(1) } else { context.year });
    let basis = match (
        words.contains("决算") || words.contains("执行数"),
        words.contains("预算数") || words.contains("年初预算"),
    ) {
        (true, _) => Some(Basis::FinalAccounts),
        (false, true) => Some(Basis::Budget),
        (false, false) => context.basis,
    };
    (year, basis)
}

/// Returns what kind of figures stand below the words of a head.
pub(super) fn measure(words: &str) -> Measure {
    let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
    let carried_out = words.contains("完成") && has(&["%", "率", "比"]);
    if carried_out || has(&["占比", "比重", "比例", "执行率"]) {
        Measure::Share
    } else if has(&["%", "增长率", "增幅", "增减率"]) {
        Measure::Rate
    } else if has(&["增减", "增加额", "减少额", "增加数"]) {
        Measure::Delta
    } else {
        Measure::Amount
    }
}
