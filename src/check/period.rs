//! PERIOD: a comparison or a title with the wrong year.

use super::clue::{clue, clues};
use super::facts::{Facts, year_in};
use super::finding::{Argument, Finding, Sentence, Severity};
use super::report::Log;
use super::{Check, Code, Run};
use crate::lang::Word;
use crate::model::{Basis, Measure, Part};

pub(super) const CHECK: Check = Check {
    code: Code::Period,
    title: Word::PeriodTitle,
    explanation: Word::PeriodExplains,
    wrong: &[
        "第一部分 2024年部门预算说明\n一、收支情况\n2024年收入预算120.00万元，比2023年预算增加20.00万元，增长20.00%。\n二、机关运行经费情况\n2024年机关运行经费预算30.00万元，比2022年预算增加5.00万元，增长20.00%。\n",
    ],
    right: &[
        "第一部分 2024年部门预算说明\n一、收支情况\n2024年收入预算120.00万元，比2023年预算增加20.00万元，增长20.00%。\n二、机关运行经费情况\n2024年机关运行经费预算30.00万元，比2023年预算增加5.00万元，增长20.00%。\n",
    ],
    run: Run::Alone(run),
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
    const LONGEST: usize = 24;
    let expected = facts.year.saturating_sub(1);
    for (change, item) in facts.measured(Measure::Delta) {
        if item.year() != Some(facts.year) {
            continue;
        }
        let Some((words, clues)) = facts.comparison(change) else { continue };
        if words.chars().count() > LONGEST || words.contains('。') {
            continue;
        }
        // 与上年相比，2024年预算减少: the year behind the comparison is that of what is compared.
        if clues.has_any(clues!["上年", "去年", "上一年", "同期"]) {
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
            Argument::Shown(format!("{year}年").into()),
            Argument::Shown(format!("{expected}年").into()),
        ];
        let found = Finding::new(severity, item.span, Sentence::new(Word::PeriodCompared, arguments));
        log.find(found.items([change]).stated(format!("{year}年")).computed(format!("{expected}年")));
    }
}

/// 第三部分 2023年度部门决算 in the accounts of 2024.
fn titles(facts: &Facts, log: &mut Log) {
    for (section, title) in facts.d.sections.iter().zip(facts.titles()) {
        if matches!(section.part, Part::Performance | Part::Prose) {
            continue;
        }
        let title = &*title.text;
        let Some(year) = year_in(title) else { continue };
        let own = || ["预算", "决算"].iter().any(|word| title.contains(word));
        let title_of_part =
            || section.parent.is_none() || title.contains("部门预算") || title.contains("部门决算");
        // A budget tells of the final accounts of the year before.
        let of_accounts = || facts.basis == Some(Basis::Budget) && title.contains("决算");
        if year == facts.year || year + 1 == facts.year && of_accounts() {
            log.hold([]);
        } else if year + 1 == facts.year && own() && title_of_part() && !title.contains("绩效") {
            let arguments = [
                Argument::words(facts.d.source.cut(section.heading)),
                Argument::Shown(format!("{year}年").into()),
                Argument::Shown(format!("{}年", facts.year).into()),
            ];
            let found = Finding::new(
                Severity::Warning,
                section.heading,
                Sentence::new(Word::PeriodHeading, arguments),
            );
            log.find(found.stated(format!("{year}年")).computed(format!("{}年", facts.year)));
        }
    }
}

/// A project ticked as one that goes on, said to begin in the very year, with values of the years before.
fn continued_projects(facts: &Facts, log: &mut Log) {
    const NEAR: usize = 24;
    let ticked = clue!("☑延续项目");
    if !facts.hits.has_any(clues!["☑延续项目"]) {
        return;
    }
    let earlier = |year: &Option<u16>| year.is_some_and(|year| year < facts.year);
    let mut years = facts.d.indicators.iter().flat_map(|indicator| &indicator.values).map(|(year, _)| year);
    if !years.any(earlier) {
        return;
    }
    for &at in facts.hits.of(ticked) {
        let (at, end) = (at as usize, at as usize + ticked.word().len());
        let Some((_, cell)) = facts.cell_at(facts.text.span(at, end)) else { continue };
        if year_in(facts.text.cut(end, end + NEAR)) == Some(facts.year) {
            let year = format!("{}年", facts.year);
            let message = Sentence::new(Word::PeriodContinued, [Argument::Shown(year.as_str().into())]);
            log.find(Finding::new(Severity::Info, cell.span, message).stated(&year));
        }
    }
}
