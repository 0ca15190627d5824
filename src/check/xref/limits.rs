//! Figures that no other may exceed: all projects together, and the “三公” funds of all money.

use super::{current, finding};
use crate::check::Code;
use crate::check::clue::{clue, clues};
use crate::check::facts::Facts;
use crate::check::finding::{Finding, Severity};
use crate::check::names::Scope;
use crate::check::report::{Log, Reason};
use crate::lang::Word;
use crate::model::{ItemId, Measure, Part};
use crate::source::span::holds;

/// A project that has more money than all projects together.
pub(super) fn projects(facts: &Facts, log: &mut Log) {
    let mut totals: Vec<ItemId> = facts.levels("项目支出");
    totals.retain(|id| facts.item(*id).is_some_and(|item| current(facts, item) && !item.value.is_zero()));
    let Some(&least) = totals.iter().min_by_key(|id| facts.exact(**id)) else { return };
    let Some(limit) = facts.interval(least) else { return };
    let mut first: Option<Finding> = None;
    for (id, item) in facts.measured(Measure::Amount) {
        let performance = facts.section(id).is_some_and(|section| section.part == Part::Performance);
        if !performance || item.parent.is_some() || !current(facts, item) || !is_of_project(facts, id) {
            continue;
        }
        let (Some(value), Some(exact)) = (facts.interval(id), facts.exact(id)) else { continue };
        if facts.doubt_of([id, least]).is_some() {
            continue;
        }
        if value.low <= limit.high {
            log.hold([id, least]);
            continue;
        }
        let y = facts.exact(least).unwrap_or_default();
        let found = finding(facts, id, least, Severity::Error, Word::XrefProject, exact, y).explains(None);
        match &mut first {
            // One limit that is too low is one cause.
            Some(first) => first.refers.push(Finding { check: Code::Xref, ..found }),
            None => first = Some(found),
        }
    }
    if let Some(first) = first {
        log.find(first);
    }
}

/// Whether a figure is all the money of one project: the row of its table that says so, or its name in a text.
fn is_of_project(facts: &Facts, id: ItemId) -> bool {
    let says = facts.says(id);
    match facts.item(id).and_then(|item| item.cell) {
        Some(_) => says.has(clue!("资金总额")),
        None => says.has_any(clues!["专项", "项目资金"]) && says.has(clue!("经费")),
    }
}

/// Hospitality, vehicles and visits abroad in the list of basic expenditure against the “三公” funds, which take in all
/// money: more than there cannot be spent. Less is paid from projects, which a text should say.
pub(super) fn three_public(facts: &Facts, log: &mut Log) {
    for name in ["公务接待费", "公务用车运行维护费", "因公出国（境）费用"] {
        let mut levels = facts.levels(name);
        levels.retain(|id| facts.item(*id).is_some_and(|item| current(facts, item)) && !facts.is_base(*id));
        let parent = |id: ItemId| facts.item(id).and_then(|item| item.parent);
        let is_basic = |id: &ItemId| {
            [Some(*id), parent(*id)].into_iter().flatten().any(|id| facts.scope(id) == Scope::Basic)
        };
        let is_public = |id: &ItemId| facts.scope(*id) == Scope::ThreePublic;
        let public: Vec<ItemId> = levels.iter().copied().filter(is_public).collect();
        let basic: Vec<ItemId> = levels.iter().copied().filter(is_basic).collect();
        let Some(&limit) = public.first() else { continue };
        let (mut told, lists) = (false, basic.len());
        for part in basic {
            let (Some(a), Some(b), Some(x), Some(y)) =
                (facts.interval(limit), facts.interval(part), facts.exact(limit), facts.exact(part))
            else {
                continue;
            };
            if facts.doubt_of([limit, part]).is_some() {
                log.cannot_tell(Reason::Doubtful);
            } else if a.meets(b) {
                log.hold([limit, part]);
            } else if !told {
                told = true;
                // The section of the three funds is where the figure belongs; where it says so more often than lists do, the list is wrong.
                let listed = public.len() >= lists;
                let ((wrong, vx), (right, vy)) =
                    if listed { ((part, y), (limit, x)) } else { ((limit, x), (part, y)) };
                let (severity, word) = if y > x {
                    (Severity::Error, Word::XrefThreePublic)
                } else if paid_from_projects(facts, name) {
                    log.hold([limit, part]);
                    continue;
                } else {
                    (Severity::Info, Word::XrefProjectsUnsaid)
                };
                log.find(finding(facts, wrong, right, severity, word, vx, vy));
            }
        }
    }
}

/// Whether a section on projects names one of the three funds.
fn paid_from_projects(facts: &Facts, name: &str) -> bool {
    let name = name.trim_end_matches("费用");
    let project = clue!("项目");
    facts.hits.of(project).iter().any(|at| {
        facts.block_at(*at, *at).is_some_and(|block| {
            !block.row
                && facts.titles_around(block.span).any(|title| title.clues.has(project))
                && holds(facts.text.cut(block.start as usize, block.end as usize), name)
        })
    })
}
