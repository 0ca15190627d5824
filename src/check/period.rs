//! PERIOD: a comparison or a title with the wrong year.

use super::facts::{Facts, year_in};
use super::finding::{Argument, Finding, Sentence, Severity};
use super::report::Log;
use super::{Check, Code};
use crate::lang::Word;
use crate::model::{Measure, Part};
use crate::source::Span;
use crate::source::fold::folded;
use crate::source::span::slice;

pub(super) const CHECK: Check = Check {
    code: Code::Period,
    title: Word::PeriodTitle,
    explanation: Word::PeriodExplains,
    wrong: "第一部分 2024年部门预算说明\n一、收支情况\n2024年收入预算120.00万元，比2023年预算增加20.00万元，增长20.00%。\n二、机关运行经费情况\n2024年机关运行经费预算30.00万元，比2022年预算增加5.00万元，增长20.00%。\n",
    right: "第一部分 2024年部门预算说明\n一、收支情况\n2024年收入预算120.00万元，比2023年预算增加20.00万元，增长20.00%。\n二、机关运行经费情况\n2024年机关运行经费预算30.00万元，比2023年预算增加5.00万元，增长20.00%。\n",
    run,
};

fn run(facts: &Facts, log: &mut Log) {
    if facts.year == 0 {
        return;
    }
    compared_years(facts, log);
    titles(facts, log);
    continued_projects(facts, log);
}

fn compared_years(facts: &Facts, log: &mut Log) {
    let expected = facts.year.saturating_sub(1);
    for (change, item) in facts.measured(Measure::Delta) {
        if item.year() != Some(facts.year) {
            continue;
        }
        let text = facts.sentence_before(change);
        let Some(at) = text.rfind(['比', '较']).or_else(|| text.rfind("与")) else { continue };
        let words = slice(text, at, text.len());
        if words.chars().count() > 24 || words.contains('。') {
            continue;
        }
        let Some(year) = year_in(words) else { continue };
        let own_budget = year == facts.year && words.contains("预算");
        if year == expected || own_budget {
            log.hold([change]);
            continue;
        }
        let near = year + 3 > facts.year && year <= facts.year + 1;
        let severity = if near { Severity::Warning } else { Severity::Info };
        let arguments = [
            Argument::Subject(change),
            Argument::Text(format!("{year}年").into()),
            Argument::Text(format!("{expected}年").into()),
        ];
        let found = Finding::new(severity, item.span, Sentence::new(Word::PeriodCompared, arguments));
        log.find(found.items([change]).stated(&format!("{year}年")).computed(&format!("{expected}年")));
    }
}

/// 第三部分 2023年度部门决算 in the accounts of 2024.
fn titles(facts: &Facts, log: &mut Log) {
    for section in
        facts.d.sections.iter().filter(|section| !matches!(section.part, Part::Performance | Part::Prose))
    {
        let title = folded(facts.d.words.text(section.title));
        let Some(year) = year_in(&title) else { continue };
        let own = ["预算", "决算"].iter().any(|word| title.contains(word));
        let title_of_part =
            section.parent.is_none() || title.contains("部门预算") || title.contains("部门决算");
        if year == facts.year {
            log.hold([]);
        } else if own && title_of_part && !title.contains("绩效") && year + 1 == facts.year {
            let arguments = [
                Argument::words(facts.d.source.cut(section.heading)),
                Argument::Text(format!("{year}年").into()),
                Argument::Text(format!("{}年", facts.year).into()),
            ];
            let found = Finding::new(
                Severity::Warning,
                section.heading,
                Sentence::new(Word::PeriodHeading, arguments),
            );
            log.find(found.stated(&format!("{year}年")).computed(&format!("{}年", facts.year)));
        }
    }
}

/// A project that goes on, said to begin in the very year, with values of the years before.
fn continued_projects(facts: &Facts, log: &mut Log) {
    for cell in facts.d.source.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells) {
        let text = folded(facts.d.source.cut(cell.span));
        let Some(after) = text.split_once("☑延续项目").map(|(_, after)| after) else { continue };
        if year_in(slice(after, 0, 24)) == Some(facts.year) && !facts.d.indicators.is_empty() {
            let year = format!("{}年", facts.year);
            let message = Sentence::new(Word::PeriodContinued, [Argument::Text(year.as_str().into())]);
            let span = Span::new(cell.span.start as usize, cell.span.end as usize);
            log.find(Finding::new(Severity::Info, span, message).stated(&year));
        }
    }
}
