//! Sentences that documents share → their figures, one a line: what, how much, about when, and what it belongs to.

use std::fmt::Write as _;
use std::path::Path;

use expect_test::{Expect, expect};
use mingbai::parse::parse;
use mingbai::source::{Encoding, Format, Source};

/// Reads a text below the title of a disclosure of the final accounts of 2024.
#[track_caller]
fn check(text: &str, expect: &Expect) {
    check_whole(
        format!("栖云县水利局2024年度部门决算\n第二部分 2024年度部门决算情况说明\n一、收支情况\n{text}\n"),
        expect,
    );
}

/// Reads a text as it stands.
#[track_caller]
fn check_whole(text: String, expect: &Expect) {
    let disclosure = parse(Path::new("a.txt"), Source::from_text(text, Format::Text, Encoding::Utf8));
    let words = &disclosure.words;
    let name = |item: &mingbai::model::Item| {
        let subject = words.get(item.subject).expect("it has a subject");
        let code = subject.code.map(|code| format!(" {}", code.0)).unwrap_or_default();
        format!("{}{code}", words.text(subject.canonical))
    };
    let mut shown = String::new();
    for item in &disclosure.items {
        let parent = item.parent.and_then(|parent| disclosure.items.get(parent.0 as usize));
        let parent = parent.map(|parent| {
            let relation = item.relation.map_or("", mingbai::model::Relation::key);
            format!(" {relation} {} {}", name(parent), parent.value)
        });
        let basis = item.basis.map_or("", |basis| match basis {
            mingbai::model::Basis::Budget => "budget",
            mingbai::model::Basis::FinalAccounts => "final",
        });
        let _ = writeln!(
            shown,
            "{} | {} {}{} {} {basis}{}",
            name(item),
            item.measure.key(),
            item.value,
            item.unit.name(),
            item.about_year,
            parent.unwrap_or_default()
        );
    }
    for note in &disclosure.notes {
        let _ = writeln!(shown, "{:?} {}", note.kind, disclosure.source.cut(note.span));
    }
    expect.assert_eq(&shown);
}

#[test]
fn a_line_of_the_classification_names_what_stands_behind_its_full_stop() {
    check(
        "1．社会保障和就业支出（类）行政事业单位养老支出（款）行政单位离退休（项）。年初预算为18.36万元，支出决算为18.60万元，完成年初预算的101.31%。",
        &expect![[r"
            行政单位离退休 2080501 | amount 18.36万元 2024 budget
            行政单位离退休 2080501 | amount 18.60万元 2024 final
            行政单位离退休 2080501 | share 101.31% 2024 final share 行政单位离退休 2080501 18.60
        "]],
    );
}

#[test]
fn counts_without_a_unit_are_what_the_words_before_say() {
    check(
        "公务接待费1.20万元，全年共接待34个批次，总计310。年末机动车保有量6，与上年保有量一致。",
        &expect![[r"
            公务接待费 | amount 1.20万元 2024 final
            公务接待批次 | count 34个 2024 final
            公务接待人次 | count 310人次 2024 final
            机动车保有量 | count 6辆 2024 final
            UnitMissing 310
            UnitMissing 6
            Unchanged 一致
        "]],
    );
}

#[test]
fn persons_are_those_of_what_they_stand_beside() {
    check(
        "因公出国（境）0个团组0人次，支出0万元。",
        &expect![[r"
            因公出国(境)团组 | count 0个 2024 final
            因公出国(境)人次 | count 0人次 2024 final
            因公出国（境）费用 | amount 0万元 2024 final
        "]],
    );
}

#[test]
fn people_are_named_as_people() {
    check(
        "编制64名（行政12名、事业52名）。财政供养60人。主要原因是局机关调出1人，比上年减少1人。",
        &expect![[r"
            编制 | count 64名 2024 final
            行政编制 | count 12名 2024 final sum 编制 64
            事业编制 | count 52名 2024 final sum 编制 64
            财政供养人数 | count 60人 2024 final
            局机关调出人数 | count 1人 2024 final
            局机关调出人数 | delta -1人 2024 final
        "]],
    );
}

#[test]
fn what_is_bought_and_what_is_budgeted_have_their_official_names() {
    check(
        "购置办公设备9.00万元，政府购买服务预算支出3.00万元，一般公共预算支出5.00万元。",
        &expect![[r"
            办公设备购置 | amount 9.00万元 2024 final
            政府购买服务支出 | amount 3.00万元 2024 final
            一般公共预算支出 | amount 5.00万元 2024 final
        "]],
    );
}

#[test]
fn a_full_stop_inside_a_bracket_or_after_a_name_ends_no_list() {
    check(
        "“三公”经费4.80万元，其中：公务用车购置及运行维护费2.50万元（公务用车购置费0万元；公务用车运行维护费2.50万元，减少1.00万元。），公务接待费。2.30万元。",
        &expect![[r"
            “三公”经费 | amount 4.80万元 2024 final
            公务用车购置及运行维护费 | amount 2.50万元 2024 final sum “三公”经费 4.80
            公务用车购置费 | amount 0万元 2024 final sum 公务用车购置及运行维护费 2.50
            公务用车运行维护费 | amount 2.50万元 2024 final sum 公务用车购置及运行维护费 2.50
            公务用车购置及运行维护费 | delta -1.00万元 2024 final change 公务用车购置及运行维护费 2.50
            公务接待费 | amount 2.30万元 2024 final sum “三公”经费 4.80
        "]],
    );
}

#[test]
fn a_word_that_announces_parts_and_names_none_opens_no_list() {
    check(
        "专项经费386.40万元，主要包括：宣传经费216.40万元，主要用于业务支出；培训经费20.00万元，主要用于培训支出，包括骨干培训；备用金85.00万元；网站运行经费65.00万元。",
        &expect![[r"
            专项经费 | amount 386.40万元 2024 final
            宣传经费 | amount 216.40万元 2024 final sum 专项经费 386.40
            培训经费 | amount 20.00万元 2024 final sum 专项经费 386.40
            备用金 | amount 85.00万元 2024 final sum 专项经费 386.40
            网站运行经费 | amount 65.00万元 2024 final sum 专项经费 386.40
        "]],
    );
}

#[test]
fn the_name_before_a_year_is_that_of_the_figure_behind_it() {
    check(
        "公务用车购置和运行维护费2.60万元，其中：\n公务用车购置费2024年决算数0.00万元，比上年增加0.00万元；\n公务用车运行维护费2024年决算数2.60万元。",
        &expect![[r"
            公务用车购置及运行维护费 | amount 2.60万元 2024 final
            公务用车购置费 | amount 0.00万元 2024 final sum 公务用车购置及运行维护费 2.60
            公务用车购置费 | delta 0.00万元 2024 final change 公务用车购置费 0.00
            公务用车运行维护费 | amount 2.60万元 2024 final sum 公务用车购置及运行维护费 2.60
        "]],
    );
}

#[test]
fn parts_by_class_are_parts_of_the_total_and_not_of_the_paragraph_before() {
    check(
        "支出决算500.00万元。\n1.按支出功能分类，包括教育支出400.00万元、卫生健康支出100.00万元。\n2.按支出用途分类，包括人员支出300.00万元，占60%；日常公用支出50.00万元，占10%；项目支出150.00万元，占30%。",
        &expect![[r"
            支出总计 | amount 500.00万元 2024 final
            教育支出 205 | amount 400.00万元 2024 final sum 支出总计 500.00
            卫生健康支出 210 | amount 100.00万元 2024 final sum 支出总计 500.00
            人员经费 | amount 300.00万元 2024 final sum 支出总计 500.00
            人员经费 | share 60% 2024 final share 人员经费 300.00
            公用经费 | amount 50.00万元 2024 final sum 支出总计 500.00
            公用经费 | share 10% 2024 final share 公用经费 50.00
            项目支出 | amount 150.00万元 2024 final sum 支出总计 500.00
            项目支出 | share 30% 2024 final share 项目支出 150.00
        "]],
    );
}

#[test]
fn parts_behind_what_looks_like_a_reason_are_parts() {
    check(
        "项目支出决算270.00万元，主要是为完成任务而发生的支出，包括专项业务费、基本建设支出等，其中：教育支出270.00万元，主要用于水费。",
        &expect![[r"
            项目支出 | amount 270.00万元 2024 final
            教育支出 | amount 270.00万元 2024 final sum 项目支出 270.00
        "]],
    );
}

#[test]
fn figures_named_respectively_have_each_their_own_name() {
    check(
        "因公出国（境）费、公务接待费和会议费分别为1.00万元、2.00万元、3.00万元。工资福利支出、商品和服务支出分别为40.00万元和5.00万元。",
        &expect![[r"
            因公出国（境）费用 | amount 1.00万元 2024 final
            公务接待费 | amount 2.00万元 2024 final
            会议费 | amount 3.00万元 2024 final
            工资福利支出 | amount 40.00万元 2024 final
            商品和服务支出 302 | amount 5.00万元 2024 final
        "]],
    );
}

#[test]
fn what_may_have_been_read_wrong_is_in_doubt() {
    check(
        "支出决算1,23.45万元，项目支出3.4.5万元。水费、电费、邮电费分别为1.00万元、2.00万元。培训费1\n20.00万元，比上年增加5.00。",
        &expect![[r"
            支出总计 | amount 123.45万元 2024 final
            水费、电费、邮电费 | amount 1.00万元 2024 final
            水费、电费、邮电费 | amount 2.00万元 2024 final
            培训费 | amount 120.00万元 2024 final
            培训费 | delta 5.00万元 2024 final change 培训费 120.00
            Doubtful 1,23.45万元
            Doubtful 3.4.5万元
            Doubtful 1.00万元
            Doubtful 2.00万元
            Doubtful 1
            20.00万元
            UnitMissing 5.00
        "]],
    );
}

#[test]
fn what_was_carried_out_last_year_is_of_the_line_of_the_paragraph() {
    check(
        "1.“一般公共服务支出（类）组织事务（款）行政运行（项）”88.87万元，主要用于组织事务。2023年当年预算执行数为60.79万元，2024年预算安排88.87万元，比2023年预算执行数增加46.19%。",
        &expect![[r"
            行政运行 2013201 | amount 88.87万元 2024 final
            行政运行 2013201 | amount 60.79万元 2023 final
            行政运行 2013201 | amount 88.87万元 2024 budget
            行政运行 2013201 | rate 46.19% 2024 final change 行政运行 2013201 88.87
        "]],
    );
}

#[test]
fn people_are_parts_however_wrong_their_number() {
    check(
        "编制10人：行政14人、事业48人。",
        &expect![[r"
        编制 | count 10人 2024 final
        行政编制 | count 14人 2024 final sum 编制 10
        事业编制 | count 48人 2024 final sum 编制 10
    "]],
    );
    check(
        "核定行政编制9人，事业编制72人。其中现有在岗有编人数80人，退休人员6人。",
        &expect![[r"
        行政编制 | count 9人 2024 final
        事业编制 | count 72人 2024 final
        在职人员 | count 80人 2024 final
        退休人员 | count 6人 2024 final
    "]],
    );
}

#[test]
fn semicolons_of_a_numbered_part_do_not_end_the_list() {
    check(
        "“三公”经费支出36.30万元。其中：\n（一）因公出国（境）费0万元。\n（二）公务用车购置及运行费32.00万元。运行费比2023年减少0.40万元，下降2.78%；购置费比2023年增加18.00万元。\n（三）公务接待费4.30万元。",
        &expect![[r"
            “三公”经费 | amount 36.30万元 2024 final
            因公出国（境）费用 | amount 0万元 2024 final sum “三公”经费 36.30
            公务用车购置及运行维护费 | amount 32.00万元 2024 final sum “三公”经费 36.30
            运行费 | delta -0.40万元 2024 final
            运行费 | rate -2.78% 2024 final
            购置费 | delta 18.00万元 2024 final
            公务接待费 | amount 4.30万元 2024 final sum “三公”经费 36.30
        "]],
    );
}

#[test]
fn a_percentage_in_a_bracket_behind_a_change_is_its_rate() {
    check(
        "会议费32.00万元，较上年减少14.20万元（44.38%），培训费9.00万元，较上年增加3.00万元（50%）。",
        &expect![[r"
            会议费 | amount 32.00万元 2024 final
            会议费 | delta -14.20万元 2024 final change 会议费 32.00
            会议费 | rate -44.38% 2024 final change 会议费 32.00
            培训费 | amount 9.00万元 2024 final
            培训费 | delta 3.00万元 2024 final change 培训费 9.00
            培训费 | rate 50% 2024 final change 培训费 9.00
        "]],
    );
}

#[test]
fn what_a_change_stands_behind_at_once_is_what_it_is_from() {
    check(
        "公务接待费30万元，较2023年度公开的公务接待费合计20万元增加10万元；会议费9万元，比上年累计支出12万元下降3万元，下降25%。",
        &expect![[r"
            公务接待费 | amount 30万元 2024 final
            公开的公务接待费 | amount 20万元 2023 final
            公务接待费 | delta 10万元 2024 final change 公务接待费 30
            会议费 | amount 9万元 2024 final
            会议费 | amount 12万元 2023 final
            会议费 | delta -3万元 2024 final change 会议费 9
            会议费 | rate -25% 2024 final change 会议费 9
        "]],
    );
}

#[test]
fn what_did_not_change_in_one_way_did_in_another() {
    check(
        "“三公”经费5.50万元，其中：公务用车运行维护费比预算无增减变化，比上年增加1.05万元，增长35.8%；公务接待费比预算无增减变化，比上年增加0.50万元。",
        &expect![[r"
            “三公”经费 | amount 5.50万元 2024 final
            公务用车运行维护费 | delta 1.05万元 2024 final
            公务用车运行维护费 | rate 35.8% 2024 final
            公务接待费 | delta 0.50万元 2024 final
            Unchanged 无增减
            Unchanged 无增减
        "]],
    );
}

#[test]
fn what_is_spent_behind_revenue_is_of_the_same_money() {
    check(
        "政府性基金预算收入10万元，支出8万元（工资福利支出5万元，商品和服务支出3万元）。",
        &expect![[r"
            政府性基金预算拨款收入 | amount 10万元 2024 final
            政府性基金预算支出 | amount 8万元 2024 final
            工资福利支出 | amount 5万元 2024 final sum 政府性基金预算支出 8
            商品和服务支出 302 | amount 3万元 2024 final sum 政府性基金预算支出 8
        "]],
    );
}

#[test]
fn an_item_of_a_list_names_the_figures_behind_a_year() {
    check(
        "1、会务接送2024年预算8万元，2023年预算12万元；对比减少4万元，减少率33.33%。2、车辆租用2024年预算25万元，2023年预算45万元；对比减少20万元。",
        &expect![[r"
            会务接送 | amount 8万元 2024 budget
            会务接送 | amount 12万元 2023 budget
            会务接送 | delta -4万元 2024 final change 会务接送 8
            会务接送 | rate -33.33% 2024 final change 会务接送 8
            车辆租用 | amount 25万元 2024 budget
            车辆租用 | amount 45万元 2023 budget
            会务接送 | delta -20万元 2024 final change 会务接送 8
        "]],
    );
}

#[test]
fn a_path_before_a_colon_names_what_stands_behind_it() {
    check(
        "1.社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（项）: 年初预算为70万元，支出决算为67.64万元，完成预算96.63%。",
        &expect![[r"
            机关事业单位基本养老保险缴费支出 2080505 | amount 70万元 2024 budget
            机关事业单位基本养老保险缴费支出 2080505 | amount 67.64万元 2024 final
            机关事业单位基本养老保险缴费支出 2080505 | share 96.63% 2024 final share 机关事业单位基本养老保险缴费支出 2080505 67.64
        "]],
    );
}

#[test]
fn final_accounts_tell_of_their_budget() {
    check(
        "“三公”经费财政拨款支出预算为12.50万元，支出决算为13.07万元，完成预算的104.56%，其中：公务接待费支出预算为2.50万元，支出决算为3.07万元；公务用车运行维护费支出决算10.00万元，完成预算10.00万元的100%。一般公共预算8万元。",
        &expect![[r"
            “三公”经费 | amount 12.50万元 2024 budget
            “三公”经费 | amount 13.07万元 2024 final
            “三公”经费 | share 104.56% 2024 final share “三公”经费 13.07
            公务接待费 | amount 2.50万元 2024 budget
            公务接待费 | amount 3.07万元 2024 final sum “三公”经费 13.07
            公务用车运行维护费 | amount 10.00万元 2024 final sum “三公”经费 13.07
            公务用车运行维护费 | amount 10.00万元 2024 budget
            一般公共预算 | amount 8万元 2024 final
        "]],
    );
}

#[test]
fn money_beside_receptions_is_what_they_cost() {
    check(
        "国内公务接待221批次，1768人，共计支出9.95万元。",
        &expect![[r"
            国内公务接待批次 | count 221批次 2024 final
            国内公务接待人数 | count 1768人 2024 final
            公务接待费 | amount 9.95万元 2024 final
        "]],
    );
}

#[test]
fn a_choice_that_a_template_leaves_is_part_of_the_direction() {
    check(
        "会议费3万元，比2023年减少（或增加）0万元。培训费3万元，同口径同比增加/减少1万元。",
        &expect![[r"
            会议费 | amount 3万元 2024 final
            会议费 | delta 0万元 2024 final change 会议费 3
            培训费 | amount 3万元 2024 final
            培训费 | delta 1万元 2024 final change 培训费 3
            TemplateChoice 0万元
            TemplateChoice 1万元
        "]],
    );
}

#[test]
fn what_stands_before_the_first_heading_is_read() {
    check_whole(
        "2024年预算安排公务用车购置及运行费12万元，公务接待费9万元。\n一、初中教育情况\n2024年初中教育支出5万元，其中：年初中央资金5万元。\n公务用车保有2辆。\n收 入 | 5万元 | 支 出 | 5万元 |\n".to_owned(),
        &expect![[r"
            公务用车购置及运行维护费 | amount 12万元 2024 budget
            公务接待费 | amount 9万元 2024 budget
            初中教育 | amount 5万元 2024 budget
            年初中央资金 | amount 5万元 2024 budget sum 初中教育 5
            公务用车保有量 | count 2辆 2024 budget
            收入总计 | amount 5万元 2024 budget
            支出总计 | amount 5万元 2024 budget
        "]],
    );
}

#[test]
fn what_stands_within_a_total_is_a_part_of_it() {
    check(
        "“三公”经费支出预算为8.90万元，支出决算为5.75万元。\n“三公”经费支出决算中，因公出国（境）费支出决算0万元，公务用车购置及运行费支出决算5.57万元，公务接待费支出决算0.18万元。\n公务接待费支出决算数比预算数减少4.82万元。",
        &expect![[r"
            “三公”经费 | amount 8.90万元 2024 budget
            “三公”经费 | amount 5.75万元 2024 final
            因公出国（境）费用 | amount 0万元 2024 final sum “三公”经费 5.75
            公务用车购置及运行维护费 | amount 5.57万元 2024 final sum “三公”经费 5.75
            公务接待费 | amount 0.18万元 2024 final sum “三公”经费 5.75
            公务接待费 | delta -4.82万元 2024 final change 公务接待费 0.18
        "]],
    );
}

#[test]
fn a_part_of_nothing_belongs_to_a_list_that_is_full_and_what_follows_is_about_the_total() {
    check(
        "“三公”经费14.01万元，其中：因公出国（境）费用0万元，公务用车运行维护费14.01万元，公务接待费0万元。与上年相比增长16.75%。",
        &expect![[r"
            “三公”经费 | amount 14.01万元 2024 final
            因公出国（境）费用 | amount 0万元 2024 final sum “三公”经费 14.01
            公务用车运行维护费 | amount 14.01万元 2024 final sum “三公”经费 14.01
            公务接待费 | amount 0万元 2024 final sum “三公”经费 14.01
            “三公”经费 | rate 16.75% 2024 final change “三公”经费 14.01
        "]],
    );
}

#[test]
fn a_share_without_its_sign_is_one_and_noted() {
    check(
        "支出合计20.00万元，其中：城乡社区支出15.25万元，占76.25；农林水支出4.75万元，占23.75%。",
        &expect![[r"
        支出总计 | amount 20.00万元 2024 final
        城乡社区支出 | amount 15.25万元 2024 final sum 支出总计 20.00
        城乡社区支出 | share 76.25% 2024 final share 城乡社区支出 15.25
        农林水支出 | amount 4.75万元 2024 final sum 支出总计 20.00
        农林水支出 | share 23.75% 2024 final share 农林水支出 4.75
        UnitMissing 76.25
    "]],
    );
}

#[test]
fn a_list_by_function_is_of_its_classes() {
    check(
        "支出合计20.00万元。按支出功能分类：教育15.00万元，社会保障和就业5.00万元。",
        &expect![[r"
        支出总计 | amount 20.00万元 2024 final
        教育支出 205 | amount 15.00万元 2024 final sum 支出总计 20.00
        社会保障和就业支出 208 | amount 5.00万元 2024 final sum 支出总计 20.00
    "]],
    );
}

#[test]
fn what_a_bracket_includes_is_no_part_of_the_name() {
    check(
        "公务用车（含执法执勤用车）运行支出5.36万元。",
        &expect![[r"
        公务用车运行维护费 | amount 5.36万元 2024 final
    "]],
    );
}

#[test]
fn a_list_of_mere_words_has_no_parts() {
    check(
        "2024年基本支出536.07万元，其中：\n人员经费489.18万元，主要包括：基本工资、津贴补贴等。\n公用经费46.89万元，主要包括：办公费、印刷费。",
        &expect![[r"
            基本支出 | amount 536.07万元 2024 final
            人员经费 | amount 489.18万元 2024 final sum 基本支出 536.07
            公用经费 | amount 46.89万元 2024 final sum 基本支出 536.07
        "]],
    );
}

#[test]
fn every_part_has_its_own_change() {
    check(
        "“三公”经费1969万元，比上年减少221万元；其中：因公出国（境）费40万元，与上年持平；公务接待费242万元，较上年减少12万元；公务用车购置及运行维护费1687万元，较上年减少209万元，负增长11%。",
        &expect![[r"
            “三公”经费 | amount 1969万元 2024 final
            “三公”经费 | delta -221万元 2024 final change “三公”经费 1969
            因公出国（境）费用 | amount 40万元 2024 final sum “三公”经费 1969
            公务接待费 | amount 242万元 2024 final sum “三公”经费 1969
            公务接待费 | delta -12万元 2024 final change 公务接待费 242
            公务用车购置及运行维护费 | amount 1687万元 2024 final sum “三公”经费 1969
            公务用车购置及运行维护费 | delta -209万元 2024 final change 公务用车购置及运行维护费 1687
            公务用车购置及运行维护费 | rate -11% 2024 final change 公务用车购置及运行维护费 1687
            Unchanged 持平
        "]],
    );
}

#[test]
fn what_is_appropriated_is_of_what_stands_before_its_year() {
    check(
        "公务接待费2024年度财政拨款决算数为11.61万元。公务用车购置及运行费2024年度财政拨款支出决算29.40万元，比上年减少1万余元。",
        &expect![[r"
            公务接待费 | amount 11.61万元 2024 final
            公务用车购置及运行维护费 | amount 29.40万元 2024 final
            公务用车购置及运行维护费 | delta -1万元 2024 final change 公务用车购置及运行维护费 29.40
        "]],
    );
}

#[test]
fn a_path_before_a_year_names_the_figures_behind_it() {
    check(
        "1．农林水支出（类）水利（款）防汛（项）2024年预算数为400.00万元，比2023年执行数增加120.00万元，增长42.86%。",
        &expect![[r"
            防汛 2130314 | amount 400.00万元 2024 budget
            防汛 2130314 | delta 120.00万元 2024 final change 防汛 2130314 400.00
            防汛 2130314 | rate 42.86% 2024 final change 防汛 2130314 400.00
        "]],
    );
}

#[test]
fn both_sides_of_a_total_are_broken_down_by_class() {
    check(
        "财政拨款收支总计1200.00万元。收入按资金来源分为：一般公共预算拨款1100.00万元，上年结转100.00万元；支出按功能分类分为：农林水支出1020.00万元，住房保障支出180.00万元。",
        &expect![[r"
            财政拨款收支总计 | amount 1200.00万元 2024 final
            一般公共预算拨款 | amount 1100.00万元 2024 final sum 财政拨款收支总计 1200.00
            上年结转 | amount 100.00万元 2024 final sum 财政拨款收支总计 1200.00
            农林水支出 213 | amount 1020.00万元 2024 final sum 财政拨款收支总计 1200.00
            住房保障支出 221 | amount 180.00万元 2024 final sum 财政拨款收支总计 1200.00
        "]],
    );
    // A total is no less than its first part, even where one figure is only a digit away from being it.
    check(
        "社会保障和就业支出100.00万元，农林水支出920.00万元，住房保障支出80.00万元。",
        &expect![[r"
            社会保障和就业支出 | amount 100.00万元 2024 final
            农林水支出 | amount 920.00万元 2024 final
            住房保障支出 | amount 80.00万元 2024 final
        "]],
    );
}

#[test]
fn revenue_and_expenditure_told_together_are_one_total() {
    check(
        "收、支总计均为1000.00万元，与2023年相比，收、支总计各增加100.00万元，增长11.11%。财政拨款收入、支出总计900.00万元。",
        &expect![[r"
            收支总计 | amount 1000.00万元 2024 final
            收支总计 | delta 100.00万元 2024 final change 收支总计 1000.00
            收支总计 | rate 11.11% 2024 final change 收支总计 1000.00
            财政拨款收支总计 | amount 900.00万元 2024 final
        "]],
    );
}

#[test]
fn a_breakdown_is_of_the_level_it_names() {
    check(
        "收入总计3000.00万元，其中年初结转和结余200.00万元；本年收入合计2800.00万元。\n本年收入的具体构成为：财政拨款收入2700.00万元，事业收入0万元，其他收入100.00万元。",
        &expect![[r"
            收入总计 | amount 3000.00万元 2024 final
            年初结转和结余 | amount 200.00万元 2024 final sum 收入总计 3000.00
            收入总计 | amount 2800.00万元 2024 final sum 收入总计 3000.00
            财政拨款收入 | amount 2700.00万元 2024 final sum 收入总计 2800.00
            事业收入 | amount 0万元 2024 final sum 收入总计 2800.00
            其他收入 | amount 100.00万元 2024 final sum 收入总计 2800.00
        "]],
    );
}

#[test]
fn one_part_is_no_whole_but_for_a_digit() {
    check(
        "2.公务用车购置及运行维护费18.00万元。其中：\n公务用车购置0.00万元，购置车辆0辆。\n公务用车运行维护费18.00万元。\n3.公务接待费10.00万元。其中：\n国内接待费10.00万元（其中：外事接待费0.00万元）。",
        &expect![[r"
            公务用车购置及运行维护费 | amount 18.00万元 2024 final
            公务用车购置 | amount 0.00万元 2024 final sum 公务用车购置及运行维护费 18.00
            购置车辆 | count 0辆 2024 final
            公务用车运行维护费 | amount 18.00万元 2024 final sum 公务用车购置及运行维护费 18.00
            公务接待费 | amount 10.00万元 2024 final
            国内接待费 | amount 10.00万元 2024 final sum 公务接待费 10.00
            外事接待费 | amount 0.00万元 2024 final of 国内接待费 10.00
        "]],
    );
}

#[test]
fn one_character_or_a_bracket_says_which_way_it_went() {
    check(
        "1.基本支出较上年增17.10万元，增幅17.18%。\n2.项目支出较上年减5.00万元，减幅100%。\n3.公务接待费较上年(减少)1.62万元，(减)幅23%。\n4.新增12辆公务用车，增值税3.00万元。",
        &expect![[r"
            基本支出 | delta 17.10万元 2024 final
            基本支出 | rate 17.18% 2024 final
            项目支出 | delta -5.00万元 2024 final
            项目支出 | rate -100% 2024 final
            公务接待费 | delta -1.62万元 2024 final
            公务接待费 | rate -23% 2024 final
            新增 | count 12辆 2024 final
            增值税 | amount 3.00万元 2024 final
        "]],
    );
}

#[test]
fn what_a_part_is_of_may_stand_behind_it() {
    check(
        "事业收入38.74万元，其中8.23万元为学费、住宿费收入。",
        &expect![[r"
        事业收入 | amount 38.74万元 2024 final
        学费、住宿费收入 | amount 8.23万元 2024 final of 事业收入 38.74
    "]],
    );
}

#[test]
fn the_kind_of_a_line_is_no_part_of_its_name() {
    check(
        "我校社会保障和就业支出类科目11.64万元，卫生健康支出类科目4.38万元。",
        &expect![[r"
        社会保障和就业支出 | amount 11.64万元 2024 final
        卫生健康支出 | amount 4.38万元 2024 final
    "]],
    );
}

#[test]
fn a_line_of_the_classification_names_the_paragraph_below_it() {
    check(
        "1、农林水支出（类）水利（款）防汛（项）。\n年初预算为180.00万元，支出决算为270.00万元，完成年初预算的150%。\n2、住房保障支出（类）住房改革支出（款）住房公积金（项）\n年初预算为30.00万元，支出决算为30.00万元。",
        &expect![[r"
            防汛 2130314 | amount 180.00万元 2024 budget
            防汛 2130314 | amount 270.00万元 2024 final
            防汛 2130314 | share 150% 2024 final share 防汛 2130314 270.00
            住房公积金 2210201 | amount 30.00万元 2024 budget
            住房公积金 2210201 | amount 30.00万元 2024 final
        "]],
    );
}

#[test]
fn what_is_told_side_by_side_is_no_part_of_the_last() {
    check(
        "“三公”经费支出决算21.00万元。\n（二）2024年“三公”经费支出决算中，公务接待费6.00万元，购车费15.00万元。其中：\n1、公务接待费6.00万元。\n2、购车费15.00万元。",
        &expect![[r"
            “三公”经费 | amount 21.00万元 2024 final
            公务接待费 | amount 6.00万元 2024 final sum “三公”经费 21.00
            购车费 | amount 15.00万元 2024 final sum “三公”经费 21.00
            公务接待费 | amount 6.00万元 2024 final sum “三公”经费 21.00
            购车费 | amount 15.00万元 2024 final sum “三公”经费 21.00
        "]],
    );
    check(
        "公务接待费6.00万元，占28.57%，公务用车购置费及运行维护费15.00万元，占71.43%。其中：\n1、公务接待费6.00万元。\n2、公务用车购置费及运行维护费15.00万元。",
        &expect![[r"
            公务接待费 | amount 6.00万元 2024 final
            公务接待费 | share 28.57% 2024 final share 公务接待费 6.00
            公务用车购置及运行维护费 | amount 15.00万元 2024 final
            公务用车购置及运行维护费 | share 71.43% 2024 final share 公务用车购置及运行维护费 15.00
            公务接待费 | amount 6.00万元 2024 final
            公务用车购置及运行维护费 | amount 15.00万元 2024 final
        "]],
    );
}
