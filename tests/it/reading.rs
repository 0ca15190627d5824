//! What must hold of every reading, whatever the text: spans, totality, and the tables of indicators.

use std::path::Path;

use mingbai::model::Disclosure;
use mingbai::parse::parse;
use mingbai::quantity::Amount;
use mingbai::source::Source;
use proptest::prelude::*;

use crate::shared;

fn read(path: &Path, bytes: &[u8]) -> Option<Disclosure> {
    Source::read(path, bytes).ok().map(|source| parse(path, source))
}

/// Every span lies on character boundaries, every figure's text contains its value, every id points at something.
fn assert_sound(disclosure: &Disclosure) {
    let text = &disclosure.source.text;
    let on_boundaries = |start: u32, end: u32| text.get(start as usize..end as usize).is_some();
    for (id, item) in disclosure.items.iter().enumerate() {
        let written = text.get(item.span.range()).expect("a figure's span lies on character boundaries");
        let digits: String = written.chars().take_while(|c| !is_unit(*c)).collect();
        let read =
            Amount::parse(digits.trim_end_matches(['%', '％', '‰'])).expect("a figure's text is a number");
        assert!(
            read == item.value || read == item.value.negated(),
            "{written:?} was read as {:?}",
            item.value
        );
        assert!(
            item.parent
                .is_none_or(|parent| (parent.0 as usize) < disclosure.items.len() && parent.0 as usize != id)
        );
        assert!((item.section.0 as usize) < disclosure.sections.len().max(1));
    }
    for section in &disclosure.sections {
        assert!(on_boundaries(section.heading.start, section.heading.end));
        assert!(on_boundaries(section.span.start, section.span.end));
    }
    assert!(
        disclosure.items.is_sorted_by_key(|item| item.section),
        "figures stand in the order of their sections"
    );
    for note in &disclosure.notes {
        assert!(on_boundaries(note.span.start, note.span.end));
    }
}

/// Whether a character begins a unit: anything but the parts of a number.
fn is_unit(c: char) -> bool {
    !(c.is_ascii_digit() || ('０'..='９').contains(&c) || ".．,，-－−—+＋*".contains(c) || c.is_whitespace())
}

#[test]
fn every_figure_is_where_it_says() {
    for (path, bytes) in shared::files() {
        let disclosure = read(&path, &bytes).expect("it is a text");
        assert!(!disclosure.items.is_empty(), "{}", path.display());
        assert_sound(&disclosure);
    }
}

#[test]
fn a_text_cut_anywhere_is_read_up_to_there() {
    for (path, bytes) in shared::files() {
        let Ok(source) = Source::read(&path, &bytes) else { continue };
        let step = source.text.len() / 40 + 1;
        for end in (0..source.text.len()).step_by(step) {
            let end = source.text.floor_char_boundary(end);
            if let Some(disclosure) = read(&path, &source.text.as_bytes()[..end]) {
                assert_sound(&disclosure);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..2000), markdown in any::<bool>()) {
        let path = Path::new(if markdown { "x.md" } else { "x.txt" });
        if let Some(disclosure) = read(path, &bytes) {
            assert_sound(&disclosure);
        }
    }

    /// Pieces of disclosures in any order: the grammar meets what no document has.
    #[test]
    fn any_sentences_are_read(pieces in proptest::collection::vec(piece(), 0..60)) {
        let text = format!("第二部分 2025年部门预算\n一、收支情况\n{}", pieces.concat());
        if let Some(disclosure) = read(Path::new("x.txt"), text.as_bytes()) {
            assert_sound(&disclosure);
        }
    }
}

fn piece() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "其中",
        "：",
        "，",
        "。",
        "；",
        "、",
        "（",
        "）",
        "(",
        ")",
        "含",
        "包括",
        "收入预算",
        "公务接待费",
        "3.43",
        "１２．５",
        "万元",
        "元",
        "万",
        "%",
        "占",
        "比上年",
        "与2024年相比",
        "增加",
        "减少",
        "（减少）",
        "持平",
        "2024年",
        "2020年12月31日",
        "\n",
        "\n\n",
        "1、",
        "（一）",
        "(1)",
        "①",
        "一是",
        "主要是",
        "主要用于",
        "按经济分类",
        "0",
        "-",
        "\t",
        "\u{3000}",
        "\u{1b}[31m",
        "台（套）",
        "1,234,567.89",
        "999999999999999999999",
        "人",
        "年初预算",
        "决算",
        "完成",
        "由",
        "组成",
        "合计",
        "社会保障和就业支出(类)",
        "行政运行(项)",
        "(2070101)",
        "。。",
        "🙂",
        "e\u{301}",
    ])
}

/// The cells of the indicators in labels made by hand, where those stand beside the project.
#[test]
fn indicators_are_read_cell_by_cell() {
    let Some(gold) = shared::beside("gold") else {
        eprintln!("no labels stand beside the project: indicators are tested on the text below alone");
        return;
    };
    let (mut cells, mut right, mut rows) = (0, 0, 0);
    for label in std::fs::read_dir(gold).expect("the folder can be read").flatten() {
        let Ok(text) = std::fs::read_to_string(label.path()) else { continue };
        let Ok(label) = serde_json::from_str::<serde_json::Value>(&text) else { continue };
        let Some(wanted) = label["indicators"].as_array() else { continue };
        let path = shared::beside("seeds")
            .expect("labels come with texts")
            .join(label["file"].as_str().expect("a name"));
        let export = crate::cli::export_of(&path);
        let read = export["disclosures"][0]["indicators"].as_array().expect("indicators were read");
        assert_eq!(read.len(), wanted.len(), "rows");
        rows += read.len();
        for (read, wanted) in read.iter().zip(wanted) {
            for field in ["table", "level1", "level2", "name", "values", "year_values", "basis", "line"] {
                cells += 1;
                right += usize::from(read[field] == wanted[field]);
                if read[field] != wanted[field] {
                    eprintln!(
                        "line {}: {field} is {} and not {}",
                        wanted["line"], read[field], wanted[field]
                    );
                }
            }
        }
    }
    eprintln!("{right} of {cells} cells of {rows} indicators are right");
    assert!(right * 100 >= cells * 97);
}

#[test]
fn indicators_carry_their_levels_down() {
    let text = "第二部分 2024年部门预算\n一、绩效情况\n绩效目标申报表\n\t年度目标1：\n\t基金监管\n\n\t年度绩效指标\n\t一级\n指标\n\t二级指标\n\t三级指标\n\t指标值\n\t依据\n\n\t\n\t产出\n指标\n\t数量指标\n\t检查次数\u{3000}\n\t≧48次\n\t计划标准\n\n\t\n\t\n\t\n\t培训次数\n\t3次\n\t历史数据\n";
    let disclosure = read(Path::new("x.txt"), text.as_bytes()).expect("it is a text");
    let cut = |span| disclosure.source.cut(span).replace('\n', "");
    let rows: Vec<_> = disclosure
        .indicators
        .iter()
        .map(|row| {
            [cut(row.level1), cut(row.level2), cut(row.name), cut(row.values[0].1), cut(row.basis)].join("|")
        })
        .collect();
    assert_eq!(
        rows,
        ["产出指标|数量指标|检查次数|≧48次|计划标准", "产出指标|数量指标|培训次数|3次|历史数据"]
    );
}
