//! Small disclosures side by side.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use expect_test::{Expect, expect};

use super::*;
use crate::parse::parse;
use crate::source::Source;

/// Returns a corpus of texts as they would be read from files.
fn corpus(texts: &[&str]) -> Corpus {
    let mut corpus = Corpus::default();
    for (number, text) in texts.iter().enumerate() {
        let file = PathBuf::from(format!("{number}.txt"));
        let source = Source::read(Path::new(&file), text.as_bytes()).expect("it is text");
        corpus.add(file.clone(), parse(&file, source));
    }
    corpus
}

fn figure(corpus: &Corpus, comparison: &Comparison, side: Side, row: &Row) -> String {
    let entry = corpus.entry(comparison.entry(side)).expect("it is there");
    let Some(item) = row.item(side) else { return "—".to_owned() };
    let item = &entry.disclosure.items[item.0 as usize];
    let name = corpus.words.subject_text(item.subject);
    format!("{name} {}{}", item.value, item.unit.name())
}

fn shown(corpus: &Corpus, comparison: &Comparison) -> String {
    let mut shown = String::new();
    for row in &comparison.rows {
        let [left, right] = [Side::Left, Side::Right].map(|side| figure(corpus, comparison, side, row));
        let indent = "  ".repeat(usize::from(row.depth));
        let change = row.change.map_or(String::new(), |change| {
            let percent = change.percent.map_or(String::new(), |percent| format!(" {percent}%"));
            format!(" Δ {}{percent}", change.difference)
        });
        let evidence = row.evidence.map_or(String::new(), |evidence| {
            let by = match evidence.by {
                By::Code(code) => format!("{}", code.0),
                By::Name => "name".to_owned(),
                By::Likeness(like) => format!("like {like}%"),
            };
            format!(" [{by}{}]", if evidence.moved() { " moved" } else { "" })
        });
        let again = row.left_again.len() + row.right_again.len();
        let again = if again > 0 { format!(" +{again}") } else { String::new() };
        let _ = writeln!(shown, "{indent}{left} | {right}{change}{evidence}{again}");
    }
    shown
}

#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "it is written where it is passed")]
fn check(left: &str, right: &str, expect: Expect) {
    let corpus = corpus(&[left, right]);
    let comparison = Comparison::new(&corpus, EntryId(0), EntryId(1));
    expect.assert_eq(&shown(&corpus, &comparison));
}

const LEFT: &str = "\
栖云县水务局2022年部门预算
第二部分 2022年部门预算情况说明
一、收入支出预算情况
2022年收入预算1679.88万元，其中：一般公共预算拨款收入931.56万元；其他收入748.32万元。
二、一般公共预算基本支出情况
2022年基本支出100.00万元，其中：办公费3.00万元，印刷费2.00万元，公务接待费3.46万元。
三、“三公”经费情况
2022年“三公”经费预算6.58万元，其中：公务用车购置及运行费3.12万元；公务接待费3.46万元。
四、机关运行经费
2022年机关运行经费143.18万元。
五、项目支出情况
2022年项目支出50.00万元，其中：更新应急保障用车20.00万元，系统运维30.00万元。
";

#[test]
fn two_years_are_aligned() {
    let right = LEFT
        .replace("2022", "2023")
        .replace("1679.88", "1700.00")
        .replace("748.32", "768.44")
        .replace("3.46", "3.43")
        .replace("6.58", "6.55")
        .replace("印刷费2.00万元，", "差旅费2.50万元，")
        .replace("更新应急", "购置应急")
        .replace("143.18万元", "1431800元");
    check(
        LEFT,
        &right,
        expect![[r"
            收入预算 1679.88万元 | 收入预算 1700.00万元 Δ 20.12 1.2% [name]
              一般公共预算拨款收入 931.56万元 | 一般公共预算拨款收入 931.56万元 Δ 0.00 0.0% [name]
              其他收入 748.32万元 | 其他收入 768.44万元 Δ 20.12 2.7% [name]
            基本支出 100.00万元 | 基本支出 100.00万元 Δ 0.00 0.0% [name]
              办公费 3.00万元 | 办公费 3.00万元 Δ 0.00 0.0% [name]
              印刷费 2.00万元 | —
              — | 差旅费 2.50万元
              公务接待费 3.46万元 | 公务接待费 3.43万元 Δ -0.03 -0.9% [name]
            “三公”经费 6.58万元 | “三公”经费 6.55万元 Δ -0.03 -0.5% [name]
              公务用车购置及运行费 3.12万元 | 公务用车购置及运行费 3.12万元 Δ 0.00 0.0% [name]
              公务接待费 3.46万元 | 公务接待费 3.43万元 Δ -0.03 -0.9% [name]
            机关运行经费 143.18万元 | 机关运行经费 1431800元 Δ 0.00 0.0% [name]
            项目支出 50.00万元 | 项目支出 50.00万元 Δ 0.00 0.0% [name]
              更新应急保障用车 20.00万元 | 购置应急保障用车 20.00万元 Δ 0.00 0.0% [like 71%]
              系统运维 30.00万元 | 系统运维 30.00万元 Δ 0.00 0.0% [name]
        "]],
    );
}

#[test]
fn a_fact_that_is_stated_twice_is_one_row() {
    let left = "\
栖云县水务局2022年部门预算
一、收支总体情况
2022年收入总计100.00万元，支出总计100.00万元。
二、收入预算情况
2022年收入总计100.00万元，其中：财政拨款收入90.00万元；其他收入10.00万元。
";
    let right = "\
栖云县水务局2023年部门预算
一、收支总体情况
2023年收入总计120.00万元，支出总计120.00万元。
";
    check(
        left,
        right,
        expect![[r"
            收入总计 100.00万元 | 收入总计 120.00万元 Δ 20.00 20.0% [name] +1
              财政拨款收入 90.00万元 | —
              其他收入 10.00万元 | —
            支出总计 100.00万元 | 支出总计 120.00万元 Δ 20.00 20.0% [name]
        "]],
    );
}

#[test]
fn what_stands_elsewhere_is_found_and_said_to_have_moved() {
    let left = "\
栖云县水务局2022年部门预算
一、机关运行经费情况
2022年机关运行经费143.18万元。
二、收入支出预算情况
2022年收入预算1679.88万元，比上年增加1.00万元。
";
    let right = "\
栖云县水务局2023年部门预算
一、收入支出预算情况
2023年收入预算1700.00万元。2023年机关运行经费150.00万元。
二、国有资产占用情况
截至2022年12月31日，共有车辆3辆。
";
    check(
        left,
        right,
        expect![[r"
            机关运行经费 143.18万元 | 机关运行经费 150.00万元 Δ 6.82 4.8% [name moved]
            收入预算 1679.88万元 | 收入预算 1700.00万元 Δ 20.12 1.2% [name]
            — | 车辆 3辆
        "]],
    );
}

#[test]
fn a_budget_and_its_final_account_are_aligned() {
    let left = "\
栖云县水务局2022年部门预算
一、收入预算情况说明
2022年收入预算100.00万元，其中：一般公共预算拨款收入90.00万元；其他收入10.00万元。
二、一般公共预算支出情况
农林水支出（类）水利（款）行政运行（项）60.00万元。
";
    let right = "\
栖云县水务局2022年度部门决算
一、收入决算情况说明
2022年本年收入合计1050000.00元，其中：财政拨款收入94.00万元；其他收入11.00万元。
二、一般公共预算财政拨款支出决算情况
农林水支出（类）水利（款）行政运行（项）支出61.00万元，年初预算60.00万元。
";
    check(
        left,
        right,
        expect![[r"
            收入预算 100.00万元 | 本年收入 1050000.00元 Δ 5.00 5.0% [name]
              一般公共预算拨款收入 90.00万元 | —
              — | 财政拨款收入 94.00万元
              其他收入 10.00万元 | 其他收入 11.00万元 Δ 1.00 10.0% [name]
            农林水支出（类）水利（款）行政运行（项） 60.00万元 | 农林水支出（类）水利（款）行政运行（项）支出 61.00万元 Δ 1.00 1.7% [2130301]
        "]],
    );
}

#[test]
fn the_parts_that_make_a_change_add_up() {
    let left = "\
栖云县水务局2022年部门预算
一、支出预算情况
2022年支出预算100.00万元，其中：基本支出60.00万元，项目支出40.00万元。
基本支出60.00万元，其中：人员经费50.00万元，公用经费10.00万元。
";
    let right = left
        .replace("2022", "2023")
        .replace("100.00", "103.50")
        .replace("60.00", "58.00")
        .replace("40.00", "45.50")
        .replace("公用经费10.00", "公用经费8.00");
    let corpus = corpus(&[left, &right]);
    let comparison = Comparison::new(&corpus, EntryId(0), EntryId(1));
    let mut shown = String::new();
    for steps in comparison.waterfalls(&corpus) {
        for step in steps {
            let name = match step.part {
                Part::Row(row) => figure(&corpus, &comparison, Side::Right, &comparison.rows[row]),
                Part::Rest => "rest".to_owned(),
            };
            let indent = "  ".repeat(usize::from(step.depth));
            let _ = writeln!(shown, "{indent}{name}: from {} {}", step.start, step.difference);
        }
    }
    expect![[r"
        支出预算 103.50万元: from 0 3.50
          基本支出 58.00万元: from 0 -2.00
            人员经费 50.00万元: from 0 0.00
            公用经费 8.00万元: from 0.00 -2.00
          项目支出 45.50万元: from -2.00 5.50
    "]]
    .assert_eq(&shown);
}

/// Two years of one total, whose parts are as given.
fn parts(year: u16, total: &str, parts: &str) -> String {
    format!("栖云县水务局{year}年部门预算\n一、支出预算情况\n{year}年支出预算{total}万元，其中：{parts}。\n")
}

fn split_rows(left: &str, right: &str) -> String {
    let corpus = corpus(&[left, right]);
    let comparison = Comparison::new(&corpus, EntryId(0), EntryId(1));
    let name = |&row: &u32| {
        let row = &comparison.rows[row as usize];
        let side = if row.left.is_some() { Side::Left } else { Side::Right };
        assert!(row.is_alone(), "what was split has no counterpart");
        figure(&corpus, &comparison, side, row)
    };
    let mut shown = String::new();
    for split in &comparison.splits {
        let parts: Vec<String> = split.parts.iter().map(name).collect();
        let by = split.stated_by.map_or(String::new(), |side| format!(" by {side:?}"));
        let _ = writeln!(shown, "{} = {}{by}", name(&split.whole), parts.join(" + "));
        for &row in split.parts.iter().chain([&split.whole]) {
            assert_eq!(comparison.split_of(row as usize), Some(split));
        }
    }
    shown
}

#[test]
fn what_was_split_or_merged_is_told() {
    let before = parts(2022, "131.57", "对外服务费31.57万元，办公费100.00万元");
    let after = parts(2023, "131.57", "咨询费12.34万元，劳务费19.23万元，办公费100.00万元");
    assert_eq!(split_rows(&before, &after), "对外服务费 31.57万元 = 咨询费 12.34万元 + 劳务费 19.23万元\n");
    let before = before.replace("2022", "2024");
    assert_eq!(split_rows(&after, &before), "对外服务费 31.57万元 = 咨询费 12.34万元 + 劳务费 19.23万元\n");
    // As printed: three numbers that were rounded may be out by a hundredth.
    let after = after.replace("19.23", "19.24");
    assert_eq!(split_rows(&before, &after), "对外服务费 31.57万元 = 咨询费 12.34万元 + 劳务费 19.24万元\n");
    let after = after.replace("19.24", "19.26");
    assert_eq!(split_rows(&before, &after), "");
}

#[test]
fn what_adds_up_by_chance_is_not() {
    let of =
        |left: &str, right: &str| split_rows(&parts(2022, "500.00", left), &parts(2023, "500.00", right));
    // Round numbers.
    assert_eq!(of("对外服务费30.00万元", "咨询费10.00万元，差旅费20.00万元"), "");
    // Two ways.
    let two = "咨询费12.34万元，劳务费19.23万元，差旅费11.17万元，印刷费20.40万元";
    assert_eq!(of("对外服务费31.57万元", two), "");
    // Two wholes of the same parts.
    let wholes = "聘请专家31.57万元，购买服务31.57万元";
    assert_eq!(of(wholes, "咨询费12.34万元，劳务费19.23万元"), "");
    // Under another total.
    let left = parts(2022, "131.57", "对外服务费31.57万元，办公费100.00万元");
    let right = "栖云县水务局2023年部门预算\n一、支出预算情况\n2023年支出预算131.57万元，其中：办公费100.00万元。\n\
                 二、其他情况\n2023年资金来源合计31.57万元，其中：咨询费12.34万元，劳务费19.23万元。\n";
    assert_eq!(split_rows(&left, right), "");
}

#[test]
fn what_is_said_of_the_same_year_tells_more() {
    let before = parts(2022, "131.57", "对外服务费31.57万元，办公费100.00万元");
    let after = "\
栖云县水务局2023年部门预算
一、支出预算情况
2023年支出预算140.00万元，其中：咨询费15.00万元，劳务费20.00万元，办公费105.00万元。
2022年咨询费12.34万元，2022年劳务费19.23万元。
";
    assert_eq!(
        split_rows(&before, after),
        "对外服务费 31.57万元 = 咨询费 15.00万元 + 劳务费 20.00万元 by Right\n"
    );
}
