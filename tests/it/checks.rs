//! The checks on whole disclosures: their examples, the samples, laws that hold for any text.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use mingbai::check::{CHECKS, Finding, Report, Severity, check};
use mingbai::corpus::Corpus;
use mingbai::corpus::load::{Input, load_all};
use mingbai::lang::Lang;
use mingbai::model::Disclosure;
use mingbai::parse::parse;
use mingbai::source::{Encoding, Format, Source};
use proptest::prelude::*;

/// Reads a text as the program does.
pub(crate) fn read(text: &str, format: Format) -> Disclosure {
    parse(Path::new("a.txt"), Source::from_text(text.to_owned(), format, Encoding::Utf8))
}

fn report(text: &str) -> Report {
    check(&read(text, Format::Text))
}

/// Reads and checks disclosures and compares them, as the loader does.
fn together(texts: &[&str]) -> Corpus {
    let mut corpus = Corpus::default();
    for (number, text) in texts.iter().enumerate() {
        let disclosure = read(text, Format::Text);
        let report = check(&disclosure);
        corpus.add_checked(format!("{number}.txt").into(), disclosure, report);
    }
    corpus.compare_all();
    corpus
}

fn loud(report: &Report) -> Vec<&Finding> {
    report.findings.iter().filter(|finding| finding.severity > Severity::Info).collect()
}

#[test]
fn every_example_is_found_or_not_as_its_check_says() {
    for check in CHECKS {
        let found = |report: &Report| -> Vec<&str> {
            loud(report).iter().map(|finding| finding.check.key()).collect()
        };
        let corpus = together(check.wrong);
        let wrong = found(&corpus.entries.last().expect("an example has a disclosure").report);
        assert!(wrong.contains(&check.code.key()), "{} finds {wrong:?} in its example", check.code.key());
        for (number, entry) in together(check.right).entries.iter().enumerate() {
            let right = found(&entry.report);
            assert!(
                right.is_empty(),
                "{}: {right:?} in the example {number} that is right",
                check.code.key()
            );
        }
    }
}

#[test]
fn what_other_places_write_rightly_is_not_found_wrong() {
    for text in [
        "第一部分 2024年部门预算说明\n一、支出情况\n2024年一般公共预算支出144.00万元，其中：基本支出134.00万元，项目支出10.00万元。\n机构运行134.00万元，其中：基本支出130.00万元，项目支出4.00万元。\n技术研究10.00万元，其中：基本支出4.00万元，项目支出6.00万元。\n2024年基本支出134.00万元。\n",
        "第一部分 2024年度部门决算说明\n一、收支情况\n会议费支出2.00万元，年初预算3.00万元，差值1.00万元。\n培训费支出2.00万元，年初预算4.00万元，差值2.00万元。\n年末结转和结余33.18万元。\n二、结转结余\n年末结转和结余33.18万元。\n",
        "第一部分 2024年部门预算说明\n一、支出情况\n2024年工资福利支出50.00万元。对个人和家庭的补助5.00万元。\n二、基本支出情况\n人员经费60.00万元，主要包括：基本工资、退休费、委托业务费。\n",
        "一、2024年“三公”经费预算情况\n2024年“三公”经费预算30.00万元。与上年相比，2024年的“三公”经费增加了5.00万元。\n二、2023年“三公”经费决算情况\n2023年“三公”经费支出25.00万元。\n",
        "第一部分 2024年部门预算说明\n一、支出情况\n教育支出80.00万元，占支出总预算80.00%。\n2024年财政拨款收支总预算100.00万元。一般公共预算拨款支出90.00万元。\n",
        "第一部分 2024年部门预算说明\n一、支出情况\n2024年支出预算100.50万元。其中：\n（一）教育支出60.20万元。主要用于学校。\n（二）卫生健康支出30.00万元。主要用于支付职工的",
        "第一部分 2024年部门预算说明\n一、支出情况\n2024年转移支付137.46万元，包括一般补助41.00万元，占转移支付比重的82.00%；专项补助9.00万元。\n",
        "第三部分 2024年度部门决算情况说明\n一、收支总体情况\n2024年度年末结转和结余33.18万元。\n二、政府性基金预算财政拨款收支情况\n2024年度政府性基金预算财政拨款年初结转和结余0万元，本年收入3.00万元，本年支出1.00万元，年末结转和结余2.00万元。\n三、国有资本经营预算财政拨款收支情况\n2024年度国有资本经营预算财政拨款年初结转和结余0万元，年末结转和结余0万元。\n",
    ] {
        let report = report(text);
        assert!(loud(&report).is_empty(), "{text}{:?}", loud(&report));
    }
}

#[test]
fn a_rate_against_last_year_is_that_of_the_change_against_last_year() {
    for (text, found) in [
        ("2024年收入总预算317.60万元，同比增加8.25万元，同比增长2.8%。", 1),
        ("2024年收入总预算317.60万元，比上年增加8.25万元，比上年增长2.67%。", 0),
        ("2024年收入总预算317.60万元，同比增加8.25万元，比年初预算增长2.8%。", 0),
    ] {
        let report = report(&format!("第一部分 2024年部门预算说明\n一、收入情况\n{text}\n"));
        assert_eq!(loud(&report).len(), found, "{text}{:?}", loud(&report));
    }
}

#[test]
fn codes_are_there_once_and_known_by_name() {
    let codes: BTreeSet<&str> = CHECKS.iter().map(|check| check.code.key()).collect();
    assert_eq!(codes.len(), CHECKS.len());
    for check in CHECKS {
        assert_eq!(mingbai::check::Code::from_key(&check.code.key().to_lowercase()), Some(check.code));
    }
}

/// Returns the errors planted in the samples: file, line, check.
fn planted() -> BTreeSet<(String, u32, String)> {
    let list = include_str!("../../assets/samples.md");
    let rows = list.lines().filter_map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let number = cells.get(1)?.parse::<u32>().ok()?;
        assert!(number > 0);
        Some(((*cells.get(2)?).to_owned(), cells.get(3)?.parse().ok()?, (*cells.get(4)?).to_owned()))
    });
    rows.collect()
}

fn samples() -> Corpus {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets/samples");
    load_all(Input::Paths(vec![folder]), &mut |_, _| {})
}

#[test]
fn the_samples_have_exactly_the_errors_that_were_planted() {
    let corpus = samples();
    let mut found = BTreeSet::new();
    for entry in &corpus.entries {
        for finding in loud(&entry.report) {
            let line = entry.disclosure.source.line_of(finding.span.start);
            let file = entry.file.to_string_lossy().replace('\\', "/");
            found.insert((file, line, finding.check.key().to_owned()));
        }
    }
    let planted = planted();
    assert_eq!(planted.len(), 16, "the list is there");
    assert_eq!(found, planted);
}

#[test]
fn every_finding_says_what_is_wrong_and_shows_its_figures() {
    let corpus = samples();
    for entry in &corpus.entries {
        for finding in &entry.report.findings {
            for lang in [Lang::Chinese, Lang::English] {
                let message = finding.says(&entry.disclosure, &corpus.words, lang);
                assert!(!message.is_empty() && !message.contains('{'), "{message}");
                let explains = finding.reason(&entry.disclosure, &corpus.words, lang);
                assert!(explains.is_none_or(|text| !text.contains('{')));
            }
            let terms = finding.formula.terms.iter().chain(&finding.formula.over);
            for term in terms {
                assert!(finding.items.contains(&term.item), "{finding:?}");
            }
        }
    }
}

#[test]
fn nothing_passes_silently() {
    let report = report("第一部分 2024年部门预算说明\n一、收支\n2024年收入预算100.00万元。\n");
    assert_eq!(report.outcomes.len(), CHECKS.len());
    for outcome in &report.outcomes {
        let said =
            outcome.holds + outcome.findings + outcome.hints + outcome.cannot_tell + outcome.not_applicable;
        assert!(said > 0, "{outcome:?}");
    }
}

/// How often SUM finds, and how often it cannot tell because the reading is in doubt.
fn sums(text: &str) -> (u32, u32) {
    let text = format!("第一部分 2024年部门预算说明\n一、收支\n{text}\n");
    let report = report(&text);
    let outcome = report.outcomes.iter().find(|outcome| outcome.check.key() == "SUM");
    outcome.map_or((0, 0), |outcome| (outcome.findings, outcome.cannot_tell))
}

#[test]
fn no_finding_rests_on_a_figure_whose_reading_is_in_doubt() {
    let list = |whole: &str, part: &str| {
        format!("2024年支出预算{whole}万元，其中：基本支出{part}万元，项目支出40.30万元。")
    };
    assert_eq!(sums(&list("100.50", "70.20")), (1, 0));
    assert_eq!(sums(&list("1,00.50", "70.20")), (0, 1));
    assert_eq!(sums(&list("100.50", "7\n0.20")), (0, 1));
}

#[test]
fn ids_do_not_depend_on_what_stands_before() {
    let text = CHECKS.iter().find(|check| check.code.key() == "SUM").expect("there is one").wrong[0];
    let (short, long) = (report(text), report(&format!("\n\n{text}")));
    let ids = |report: &Report| report.findings.iter().map(|finding| finding.id).collect::<Vec<_>>();
    assert_eq!(ids(&short), ids(&long));
    let distinct: BTreeSet<_> = ids(&short).into_iter().collect();
    assert_eq!(distinct.len(), short.findings.len());
}

/// Final accounts of one bureau: the year, what it spent, and what else is said.
fn accounts(office: &str, year: u16, spent: &str, more: &str) -> String {
    format!(
        "{office}{year}年度部门决算\n第一部分 {year}年度部门决算说明\n一、机关运行经费支出情况\n{year}年度机关运行经费支出{spent}万元{more}。\n"
    )
}

/// Returns how many figures quoted by the last of some disclosures hold, are found and cannot be told.
fn quoted(texts: &[String]) -> (u32, u32, u32) {
    let corpus = together(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    let report = &corpus.entries.last().expect("there is one").report;
    let outcome = report.outcomes.iter().find(|outcome| outcome.check.key() == "CONTINUITY");
    let outcome = outcome.expect("every check has one");
    assert!(corpus.entries.iter().all(|entry| entry.report.claims.is_empty()), "they are needed no more");
    (outcome.holds, outcome.findings, outcome.cannot_tell)
}

#[test]
fn only_the_same_fact_of_the_same_department_is_compared_between_years() {
    let office = "某县水利局";
    let later =
        |last: &str| accounts(office, 2024, "134.43", &format!("，比2023年度的{last}万元减少4.09万元"));
    let earlier = |office, year, spent| accounts(office, year, spent, "");
    assert_eq!(quoted(&[earlier(office, 2023, "138.52"), later("138.52")]), (1, 0, 0));
    assert_eq!(quoted(&[earlier(office, 2023, "135.52"), later("138.52")]), (0, 1, 0));
    assert_eq!(quoted(&[earlier(office, 2023, "138.5"), later("138.52")]), (1, 0, 0), "rounded");
    assert_eq!(quoted(&[earlier("某县林业局", 2023, "135.52"), later("138.52")]), (0, 0, 0), "another's");
    assert_eq!(quoted(&[earlier(office, 2022, "135.52"), later("138.52")]), (0, 0, 0), "another year");
    let twice = [earlier(office, 2023, "135.52"), earlier(office, 2023, "138.52"), later("138.52")];
    assert_eq!(quoted(&twice), (0, 0, 1), "published with two values");
    assert_eq!(quoted(&[later("138.52")]), (0, 0, 0), "alone");
}

#[test]
fn what_is_carried_over_is_only_a_hint() {
    let accounts = |year: u16, words: &str| {
        format!("某县水利局{year}年度部门决算\n第一部分 {year}年度部门决算说明\n一、收支情况\n{words}\n")
    };
    let texts =
        [accounts(2023, "2023年末结转和结余33.18万元。"), accounts(2024, "2024年初结转和结余33.81万元。")];
    let corpus = together(&[&texts[0], &texts[1]]);
    let found = &corpus.entries[1].report.findings;
    let found: Vec<_> = found.iter().filter(|finding| finding.check.key() == "CONTINUITY").collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].severity, Severity::Info);
}

#[test]
fn rounding_is_a_hint_and_a_figure_said_to_be_approximate_proves_nothing() {
    let parts = |total: &str, first: &str| {
        report(&format!(
            "第一部分 2024年部门预算说明\n一、收支\n2024年支出预算{total}万元，其中：基本支出{first}万元，项目支出27.61万元。\n"
        ))
    };
    let found = |report: &Report| loud(report).len();
    let hint = parts("82.82", "55.22");
    assert_eq!(found(&hint), 0);
    assert!(
        hint.findings
            .iter()
            .any(|finding| finding.check.key() == "SUM" && finding.severity == Severity::Info)
    );
    assert_eq!(found(&parts("82.80", "55.22")), 1);
    assert_eq!(found(&parts("约82.80", "55.22")), 0);
}

#[test]
fn a_wrong_base_and_a_cut_off_rate_are_named() {
    let explained = |rate: &str| {
        let disclosure = read(
            &format!(
                "第一部分 2024年部门预算说明\n一、收支\n2024年收入预算1679.88万元，比上年增加180.70万元，增长{rate}%。\n"
            ),
            Format::Text,
        );
        let report = check(&disclosure);
        let finding = report.findings.iter().find(|finding| finding.check.key() == "RATE");
        let explains =
            finding.and_then(|finding| finding.reason(&disclosure, &disclosure.words, Lang::English));
        explains.unwrap_or_default()
    };
    assert!(explained("10.76").contains("divided by this year's amount"), "{}", explained("10.76"));
    assert!(explained("12.0").contains("cut off"), "{}", explained("12.0"));
    assert_eq!(explained("12.05"), "");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_bytes_are_checked_and_spans_are_whole(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        if let Ok(source) = Source::read(Path::new("a.txt"), &bytes) {
            let disclosure = parse(Path::new("a.txt"), source);
            sound(&disclosure, &check(&disclosure));
        }
    }

    #[test]
    fn any_pieces_of_a_disclosure_are_checked(pieces in proptest::collection::vec(piece(), 0..40)) {
        let text = format!("第一部分 2024年部门预算\n一、收支情况\n{}", pieces.concat());
        let disclosure = read(&text, Format::Text);
        let report = check(&disclosure);
        sound(&disclosure, &report);
        prop_assert_eq!(&report, &check(&read(&text, Format::Text)), "it says the same again");
    }
}

fn piece() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "收入预算",
        "支出预算",
        "基本支出",
        "项目支出",
        "“三公”经费",
        "公务接待费",
        "培训费",
        "其中：",
        "，",
        "。",
        "；",
        "、",
        "（",
        "）",
        "\n",
        "比上年",
        "比2023年预算",
        "增加",
        "减少",
        "增长",
        "下降",
        "占",
        "占总支出的",
        "完成年初预算的",
        "持平",
        "主要原因是",
        "减少的主要原因是",
        "万元",
        "元",
        "%",
        "辆",
        "人",
        "一、",
        "（二）",
        "3.",
        "XX",
        "总计",
        "保有量",
        "2020度",
        "%2019年",
        "上年结转",
        "第二部分 名词解释\n",
        "约",
    ]);
    prop_oneof![
        words.prop_map(str::to_owned),
        "[0-9]{1,9}(\\.[0-9]{1,3})?(万元|%|元)?".prop_map(|number| number),
        "[0-9]{15,20}亿元".prop_map(|number| number),
    ]
}

fn sound(disclosure: &Disclosure, report: &Report) {
    let text = &disclosure.source.text;
    let all = report.findings.iter().flat_map(|finding| finding.refers.iter().chain([finding]));
    for finding in all {
        let (start, end) = (finding.span.start as usize, finding.span.end as usize);
        assert!(start <= end && text.is_char_boundary(start) && text.is_char_boundary(end), "{finding:?}");
        for item in &finding.items {
            assert!((item.0 as usize) < disclosure.items.len());
        }
        for lang in [Lang::Chinese, Lang::English] {
            let _ = finding.says(disclosure, &disclosure.words, lang);
            let _ = finding.formula.text(disclosure);
        }
    }
}

/// Returns what a check says of a disclosure of a year, hints too.
fn said(year: &str, check: &str, text: &str) -> Vec<String> {
    let text = format!(
        "栖云县水利局{year}年度部门决算\n第二部分 {year}年度部门决算情况说明\n一、支出情况\n{text}\n"
    );
    let disclosure = read(&text, Format::Text);
    let report = mingbai::check::check(&disclosure);
    let of_check = report.findings.iter().filter(|finding| finding.check.key() == check);
    of_check.map(|finding| finding.says(&disclosure, &disclosure.words, Lang::Chinese)).collect()
}

#[test]
fn names_that_were_given_up_are_told_in_later_years_only() {
    let text = "支出共计12.00万元，其中：医疗卫生与计划生育支出2.00万元，农林水支出10.00万元。";
    assert!(said("2018", "TEXT", text).is_empty());
    let told = said("2024", "TEXT", text);
    assert!(told.len() == 1 && told[0].contains("卫生健康支出"), "{told:?}");
    assert!(said("2024", "TEXT", "为全县医疗卫生机构和行政事业单位离退休人员发放12.00万元。").is_empty());
}

#[test]
fn paragraphs_pasted_twice_are_told_once() {
    let paragraph = |work: &str| {
        let line = "本年完成各项年度目标，资金按进度拨付到位，项目均在计划期内完工并通过验收，群众反映良好，管护责任落实到人，台账齐全，资料归档及时";
        format!(
            "{work}{line}，{work}的后续管护由各乡镇负责，所需经费已列入下一年度的预算，县水利局按季度检查并通报结果。"
        )
    };
    let works = ["水库除险加固", "河道清淤整治", "灌区节水改造"].map(paragraph);
    let twice = format!("{0}\n{1}\n{2}\n二、绩效情况\n{0}\n{1}\n{2}", works[0], works[1], works[2]);
    let told = said("2024", "STRUCTURE", &twice);
    assert_eq!(told.iter().filter(|told| told.contains("3段与前文逐字相同")).count(), 1, "{told:?}");
    let once = said("2024", "STRUCTURE", &works.join("\n"));
    assert!(!once.iter().any(|told| told.contains("逐字相同")), "{once:?}");
}

#[test]
fn a_list_of_tables_lacks_no_number() {
    let list = |numbers: &[&str]| {
        let lines: Vec<String> = numbers.iter().map(|number| format!("表{number}.部门收支情况表")).collect();
        let told = said("2024", "STRUCTURE", &lines.join("\n"));
        told.into_iter().filter(|told| told.contains("序号与前一个")).count()
    };
    assert_eq!(list(&["1", "2", "3", "4-1", "4-2", "5", "6"]), 0);
    assert_eq!(list(&["1", "2", "3", "4", "6"]), 1);
    assert_eq!(list(&["1", "2", "3", "4", "5", "4"]), 1);
}

#[test]
fn a_second_attachment_has_a_first() {
    let told = |text: &str| said("2024", "STRUCTURE", text).iter().any(|told| told.contains("附件1"));
    assert!(told("附件2\n绩效自评表"));
    assert!(!told("附件1\n决算表\n附件2\n绩效自评表"));
    assert!(!told("附件一、决算表\n附件2\n绩效自评表"));
    assert!(!told("详见附件2。"));
}

#[test]
fn a_character_twice_before_a_known_name_is_told() {
    let told = |text: &str| said("2024", "TEXT", text);
    assert_eq!(told("社会保障和就业支出（类）行行政事业单位养老支出（款）3.00万元。").len(), 1);
    assert!(told("社会保障和就业支出（类）行政事业单位养老支出（款）3.00万元。").is_empty());
}

#[test]
fn what_is_of_the_office_itself_is_another_fact_than_what_is_of_all() {
    let told = |second: &str| {
        said(
            "2024",
            "XREF",
            &format!(
                "全区一般公共预算收入35.01亿元，上级补助收入11.96亿元。\n{second}一般公共预算收入32.20亿元，上级补助收入11.75亿元。"
            ),
        )
    };
    assert!(told("区本级").is_empty(), "{:?}", told("区本级"));
    assert!(!told("全区").is_empty());
}
