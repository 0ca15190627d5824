//! The checks on tables: what the law makes equal in them, what may differ, and which figure is to blame.

use mingbai::check::{Finding, Report, Severity, check};
use mingbai::source::Format;

use crate::checks::read;

/// A small budget of which all tables agree.
pub(crate) const BUDGET: &str = "# 清禾市测试局2024年部门预算公开

## 第一部分 部门概况

### 一、主要职责

负责全市测试工作。

## 第二部分 2024年部门预算情况说明

### 一、收支预算情况

2024年收入预算100.50万元，支出预算100.50万元。

### 二、一般公共预算支出情况

2024年一般公共预算支出90.50万元，其中：一般公共服务支出70.50万元，住房保障支出20.00万元。

### 三、“三公”经费预算情况

“三公”经费预算6.58万元，其中：公务接待费3.43万元，公务用车运行维护费3.15万元。

## 第三部分 部门预算表

收支总表

单位：万元

| 项目 | 预算数 | 支出项目 | 预算数 |
|---|--:|---|--:|
| 一、一般公共预算拨款收入 | 90.50 | 一、一般公共服务支出 | 80.50 |
| 二、事业收入 | 10.00 | 二、住房保障支出 | 20.00 |
| 收入总计 | 100.50 | 支出总计 | 100.50 |

支出总表

单位：万元

| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
|---|---|--:|--:|--:|
| 201 | 一般公共服务支出 | 80.50 | 60.50 | 20.00 |
| 20101 | 人大事务 | 80.50 | 60.50 | 20.00 |
| 2010101 | 行政运行 | 60.50 | 60.50 |  |
| 2010102 | 一般行政管理事务 | 20.00 |  | 20.00 |
| 221 | 住房保障支出 | 20.00 | 20.00 |  |
| 22102 | 住房改革支出 | 20.00 | 20.00 |  |
| 2210201 | 住房公积金 | 12.00 | 12.00 |  |
| 2210203 | 购房补贴 | 8.00 | 8.00 |  |
|  | 合计 | 100.50 | 80.50 | 20.00 |

一般公共预算支出表

单位：元

| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
|---|---|--:|--:|--:|
| 201 | 一般公共服务支出 | 705000 | 505000 | 200000 |
| 20101 | 人大事务 | 705000 | 505000 | 200000 |
| 2010101 | 行政运行 | 505000 | 505000 |  |
| 2010102 | 一般行政管理事务 | 200000 |  | 200000 |
| 221 | 住房保障支出 | 200000 | 200000 |  |
| 22102 | 住房改革支出 | 200000 | 200000 |  |
| 2210201 | 住房公积金 | 120000 | 120000 |  |
| 2210203 | 购房补贴 | 80000 | 80000 |  |
|  | 合计 | 905000 | 705000 | 200000 |

一般公共预算基本支出表

单位：万元

| 科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费 |
|---|---|--:|--:|--:|
| 301 | 工资福利支出 | 60.50 | 60.50 |  |
| 30101 | 基本工资 | 48.50 | 48.50 |  |
| 30113 | 住房公积金 | 12.00 | 12.00 |  |
| 302 | 商品和服务支出 | 10.00 |  | 10.00 |
| 30201 | 办公费 | 6.60 |  | 6.60 |
| 30217 | 公务接待费 | 3.40 |  | 3.40 |
|  | 合计 | 70.50 | 60.50 | 10.00 |

一般公共预算“三公”经费支出表

单位：万元

| “三公”经费合计 | 因公出国（境）费 | 公务用车购置费 | 公务用车运行维护费 | 公务接待费 |
|--:|--:|--:|--:|--:|
| 6.58 | 0.00 | 0.00 | 3.15 | 3.43 |
";

fn report(text: &str) -> (mingbai::model::Disclosure, Report) {
    let read = read(text, Format::Markdown);
    let report = check(&read);
    (read, report)
}

/// Puts words into the budget in the place of others, and compares what is then found of its amounts: the check and the
/// figure that is to blame.
#[track_caller]
fn check_with(changes: &[(&str, &str)], expect: &[&str]) {
    let mut text = BUDGET.to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    let (read, report) = report(&text);
    let loud = report.findings.iter().filter(|finding| finding.severity > Severity::Info);
    let amounts = loud.filter(|finding| finding.check.key() != "STRUCTURE");
    let shown = |finding: &Finding| {
        let figure = finding.items.first().map(|id| read.items[id.0 as usize].value.to_string());
        format!("{} {}", finding.check.key(), figure.unwrap_or_default())
    };
    assert_eq!(amounts.map(shown).collect::<Vec<_>>(), expect);
}

#[test]
fn tables_that_agree_are_found_to_hold() {
    check_with(&[], &[]);
    let (_, report) = report(BUDGET);
    let holds = |key: &str| {
        let outcome = report.outcomes.iter().find(|outcome| outcome.check.key() == key);
        outcome.expect("each check has one").holds
    };
    assert!(holds("SUM") > 60, "{}", holds("SUM"));
    assert!(holds("BALANCE") > 1, "{}", holds("BALANCE"));
    assert!(holds("XREF") > 10, "{}", holds("XREF"));
}

#[test]
fn one_wrong_cell_is_one_finding_that_names_it() {
    check_with(&[("| 20101 | 人大事务 | 80.50 |", "| 20101 | 人大事务 | 86.50 |")], &["SUM 86.50"]);
    check_with(
        &[("| 2010101 | 行政运行 | 60.50 | 60.50", "| 2010101 | 行政运行 | 60.50 | 66.50")],
        &["SUM 66.50"],
    );
    check_with(&[("|  | 合计 | 100.50 | 80.50", "|  | 合计 | 100.50 | 85.50")], &["SUM 85.50"]);
}

#[test]
fn the_sides_of_a_table_have_one_total() {
    check_with(&[("| 支出总计 | 100.50 |", "| 支出总计 | 105.00 |")], &["SUM 105.00"]);
}

#[test]
fn where_money_comes_from_makes_the_revenue() {
    check_with(&[("二、事业收入 | 10.00", "二、事业收入 | 16.00")], &["SUM 100.50"]);
}

#[test]
fn tables_of_the_same_money_have_the_same_lines() {
    check_with(
        &[
            ("| 301 | 工资福利支出 | 60.50 | 60.50", "| 301 | 工资福利支出 | 63.50 | 63.50"),
            ("| 30101 | 基本工资 | 48.50 | 48.50", "| 30101 | 基本工资 | 51.50 | 51.50"),
            ("|  | 合计 | 70.50 | 60.50", "|  | 合计 | 73.50 | 63.50"),
        ],
        &["XREF 73.50"],
    );
}

#[test]
fn the_text_says_what_the_tables_say() {
    check_with(
        &[("2024年收入预算100.50万元，支出预算100.50万元", "2024年收入预算101.50万元，支出预算101.50万元")],
        &["XREF 101.50", "XREF 101.50"],
    );
    check_with(
        &[(
            "公务接待费3.43万元，公务用车运行维护费3.15万元",
            "公务接待费3.34万元，公务用车运行维护费3.24万元",
        )],
        &["XREF 3.34", "XREF 3.24"],
    );
}

#[test]
fn what_may_differ_by_law_is_not_reported() {
    // All money and the general budget, 万元 and 元, are there in the budget as it is. Money that is carried over is in the
    // totals, and not in the table of the year's expenditure.
    let carried = [
        (
            "| 收入总计 | 100.50 | 支出总计 | 100.50 |",
            "| 本年收入合计 | 100.50 | 本年支出合计 | 100.50 |\n| 上年结转 | 7.00 | 结转下年 | 7.00 |\n| 收入总计 | 107.50 | 支出总计 | 107.50 |",
        ),
        ("2024年收入预算100.50万元，支出预算100.50万元。", "2024年收入预算107.50万元，支出预算107.50万元。"),
    ];
    check_with(&carried, &[]);
    // Hospitality may be paid from projects too.
    check_with(
        &[
            ("| 30217 | 公务接待费 | 3.40 |  | 3.40 |", "| 30217 | 公务接待费 | 3.00 |  | 3.00 |"),
            ("| 30201 | 办公费 | 6.60 |  | 6.60 |", "| 30201 | 办公费 | 7.00 |  | 7.00 |"),
        ],
        &[],
    );
}

#[test]
fn basic_expenditure_has_no_more_hospitality_than_there_is() {
    check_with(
        &[
            ("| 30217 | 公务接待费 | 3.40 |  | 3.40 |", "| 30217 | 公务接待费 | 5.40 |  | 5.40 |"),
            ("| 30201 | 办公费 | 6.60 |  | 6.60 |", "| 30201 | 办公费 | 4.60 |  | 4.60 |"),
        ],
        &["XREF 5.40"],
    );
}

#[test]
fn required_tables_are_there_and_empty_ones_explained() {
    let fund = "\n政府性基金预算支出表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|--:|--:|--:|\n|  |  |  |  |  |\n";
    let note = "\n本部门没有政府性基金预算拨款安排的支出。\n";
    let row = "| 6.58 | 0.00 | 0.00 | 3.15 | 3.43 |\n";
    let unexplained = |behind: &str| {
        let (_, report) = report(&BUDGET.replacen(row, &format!("{row}{behind}"), 1));
        report.findings.iter().filter(|finding| finding.stated.to_string() == "政府性基金预算支出表").count()
    };
    assert_eq!(unexplained(fund), 1);
    assert_eq!(unexplained(&format!("{fund}{note}")), 0);
    // The table of revenue is not there, nor is a word about it.
    let (_, report) = report(BUDGET);
    assert!(report.findings.iter().any(|finding| finding.stated.to_string() == "收入总体情况表"));
}

#[test]
fn columns_of_growth_and_completion_follow_from_the_others() {
    let table = |completion: &str, change: &str, growth: &str| {
        format!(
            "# 清禾市测试局2024年度部门决算

## 第二部分 2024年度部门决算表

一般公共预算财政拨款支出决算表

单位：万元

| 科目编码 | 科目名称 | 2024年预算数 | 2024年决算数 | 完成预算（%） | 2023年决算数 | 比上年增减 | 增减率 |
|---|---|--:|--:|--:|--:|--:|--:|
| 201 | 一般公共服务支出 | 80.50 | 60.50 | 75.16 | 50.00 | 10.50 | 21.00% |
| 20101 | 人大事务 | 80.50 | 60.50 | 75.16 | 50.00 | 10.50 | 21.00% |
| 2010101 | 行政运行 | 60.50 | 40.50 | {completion} | 30.00 | {change} | {growth} |
| 2010102 | 一般行政管理事务 | 20.00 | 20.00 | 100 | 20.00 | 0.00 | 0 |
|  | 合计 | 80.50 | 60.50 | 75.16 | 50.00 | 10.50 | 21.00% |
"
        )
    };
    let found = |text: &str| -> Vec<String> {
        let (_, report) = report(text);
        let loud = report.findings.iter().filter(|finding| finding.severity > Severity::Info);
        loud.map(|finding| format!("{} {}", finding.check.key(), finding.stated)).collect()
    };
    assert_eq!(found(&table("66.94", "10.50", "35.00%")), Vec::<String>::new());
    assert_eq!(found(&table("69.64", "10.50", "35.00%")), ["SHARE 69.64%"]);
    assert_eq!(found(&table("66.94", "10.50", "25.93%")), ["RATE 25.93%"]);
    assert_eq!(found(&table("66.94", "11.50", "35.00%")).len(), 1);
    let (_, report) = report(&table("66.94", "10.50", "35.00%"));
    let holds =
        |key: &str| report.outcomes.iter().find(|outcome| outcome.check.key() == key).map(|one| one.holds);
    assert_eq!([holds("SHARE"), holds("RATE"), holds("DELTA")], [Some(5), Some(5), Some(5)]);
}
