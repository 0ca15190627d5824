//! DEFINITION: a total with something in it that its own definition leaves out.

mod glossary;
mod purchase;

use super::clue::{Clues, clue, clues};
use super::compare::{number, shown};
use super::facts::Facts;
use super::finding::{Argument, Finding, Formula, Sentence, Severity};
use super::report::Log;
use super::shown::Shown;
use super::{Check, Code, Run};
use crate::lang::Word;
use crate::model::{ItemId, Measure, Relation};

pub(super) const CHECK: Check = Check {
    code: Code::Definition,
    title: Word::DefinitionTitle,
    explanation: Word::DefinitionExplains,
    wrong: &[
        "第一部分 2024年部门预算说明\n一、“三公”经费情况\n“三公”经费预算10.75万元，其中：因公出国（境）费0万元，公务用车购置及运行维护费5.64万元，公务接待费3.05万元，培训费2.06万元。\n",
    ],
    right: &[
        "第一部分 2024年部门预算说明\n一、“三公”经费情况\n“三公”经费预算8.69万元，其中：因公出国（境）费0万元，公务用车购置及运行维护费5.64万元，公务接待费3.05万元。\n",
    ],
    run: Run::Alone(run),
};

fn run(facts: &Facts, log: &mut Log) {
    three_public(facts, log);
    let entries = glossary::entries(facts);
    glossary::copied(log, &entries);
    glossary::own_money(facts, log, &entries);
    purchase::goods(facts, log);
    ticked(facts, log);
    glossary::narrower(facts, log, &entries);
    glossary::another(facts, log, &entries);
    agency(facts, log);
}

/// “三公”经费 with 会议费 or 培训费 in it.
fn three_public(facts: &Facts, log: &mut Log) {
    for whole in facts.levels("“三公”经费").into_iter().chain(odd_three_public(facts)) {
        let parts: Vec<ItemId> = facts.children(whole, Relation::Sum).collect();
        if parts.is_empty() {
            continue;
        }
        let foreign = |id: &ItemId| ["会议费", "培训费"].contains(&facts.canonical(*id));
        let (foreign, own): (Vec<ItemId>, Vec<ItemId>) = parts.iter().copied().partition(foreign);
        if facts.doubt_of(parts.iter().copied().chain([whole])).is_some() {
            log.cannot_tell(super::report::Reason::Doubtful);
            continue;
        }
        let (Some(item), Some(total)) = (facts.item(whole), facts.exact(whole)) else { continue };
        let sum =
            own.iter().filter_map(|id| facts.exact(*id)).fold(rust_decimal::Decimal::ZERO, |a, b| a + b);
        let nonzero = foreign.iter().any(|id| facts.item(*id).is_some_and(|item| !item.value.is_zero()));
        if !nonzero || sum == total {
            log.hold(own.into_iter().chain([whole]));
            continue;
        }
        let names: Vec<&str> = foreign.iter().map(|id| facts.canonical(*id)).collect();
        let arguments = [
            Argument::Figure(whole),
            Argument::Shown(names.join("、").into()),
            Argument::Shown(shown(sum, item.unit, item.value.places())),
        ];
        let found =
            Finding::new(Severity::Error, item.span, Sentence::new(Word::DefinitionThreePublic, arguments))
                .items([whole])
                .formula(Formula::sum(own))
                .items(foreign)
                .stated(Shown::of(item))
                .computed(shown(sum, item.unit, item.value.places()))
                .difference(number((total - sum).abs(), item.unit, item.value.places()));
        log.find(found);
    }
}

/// Totals of the three funds whose name says more than that.
fn odd_three_public(facts: &Facts) -> Vec<ItemId> {
    let levels = facts.measured(Measure::Amount).map(|(id, _)| id);
    levels.filter(|id| facts.says(*id).has(clue!("三公")) && facts.canonical(*id) != "“三公”经费").collect()
}

/// A project ticked as paid by social insurance alone and paid by appropriation: of the four budgets (预算法 §5) that one is no
/// appropriation, and none of its money goes to departments.
fn ticked(facts: &Facts, log: &mut Log) {
    const OTHERS: Clues = clues!["☑一般公共预算", "☑政府性基金", "☑国有资本经营"];
    for insurance in [clue!("☑社保基金预算"), clue!("☑社会保险基金预算")] {
        for &at in facts.hits.of(insurance) {
            let tick = facts.text.span(at as usize, at as usize + '☑'.len_utf8());
            let Some((table, cell)) = facts.cell_at(tick) else { continue };
            if facts.clues_in(cell.span).has_any(OTHERS) {
                continue;
            }
            let rows = facts.rows_of(table);
            let paid = facts.measured(Measure::Amount).find(|(id, item)| {
                item.span.start > cell.span.end
                    && item.cell.is_some_and(|place| rows.contains(&place.row()))
                    && facts.says(*id).has(clue!("财政拨款"))
            });
            let Some((paid, _)) = paid.filter(|(_, item)| !item.value.is_zero()) else { continue };
            let arguments = [Argument::words(insurance.word()), Argument::Figure(paid)];
            let message = Sentence::new(Word::DefinitionTicked, arguments);
            log.find(Finding::new(Severity::Warning, tick, message).items([paid]).stated(insurance.word()));
        }
    }
}

/// A section on 机关运行经费 that only gives 公用经费.
fn agency(facts: &Facts, log: &mut Log) {
    for (section, title) in facts.d.sections.iter().zip(facts.titles()) {
        if !title.clues.has(clue!("机关运行经费")) {
            continue;
        }
        let mut inside = facts.figures_in(section).filter(|(_, item)| item.measure == Measure::Amount);
        let Some((operating, item)) = inside.next().filter(|(id, _)| facts.canonical(*id) == "公用经费")
        else {
            continue;
        };
        let named = inside.any(|(id, _)| facts.officially(id).has(clue!("机关运行经费")))
            || facts.between(section.heading.end, section.span.end).contains("机关运行经费预算");
        if !named {
            let arguments = [Argument::Subject(operating), Argument::Figure(operating)];
            log.find(
                Finding::new(Severity::Info, item.span, Sentence::new(Word::DefinitionAgency, arguments))
                    .items([operating]),
            );
        }
    }
}
