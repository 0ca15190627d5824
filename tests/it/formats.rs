//! The formats: one disclosure in each of them is one disclosure, and no file of any of them does harm.
//!
//! The files in `data` were made from one text with LibreOffice 7.4 and openpyxl.

use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::Command;

use mingbai::source::Source;
use proptest::prelude::*;
use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::folder::{BUDGET, Folder};

/// The formats that the same disclosure stands in.
const FORMATS: &[&str] = &["txt", "md", "html", "docx", "doc", "rtf", "xlsx", "xls", "ods", "pdf"];

fn data(format: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/data").join(format!("disclosure.{format}"))
}

/// What a disclosure says, without where it says it.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    header: [Value; 3],
    items: Vec<String>,
    findings: Vec<String>,
}

fn said(export: &Value) -> Said {
    let disclosure = &export["disclosures"][0];
    let list = |name: &str| disclosure[name].as_array().cloned().unwrap_or_default();
    let items = list("items");
    let subject = |id: &Value| id.as_u64().map(|id| items[id as usize]["subject"].clone());
    let item = |item: &Value| {
        let fields = [
            "subject",
            "canonical",
            "code",
            "aspect",
            "measure",
            "value",
            "unit",
            "year",
            "basis",
            "relation",
        ];
        let fields: Vec<String> = fields.iter().map(|field| item[field].to_string()).collect();
        format!("{} of {:?}", fields.join(" "), subject(&item["parent"]))
    };
    let finding = |finding: &Value| {
        let fields = ["check", "severity", "stated", "computed", "difference"];
        fields.iter().map(|field| finding[field].to_string()).collect::<Vec<_>>().join(" ")
    };
    let mut said = Said {
        header: ["department", "year", "basis"].map(|field| disclosure[field].clone()),
        items: items.iter().map(item).collect(),
        findings: list("findings").iter().map(finding).collect(),
    };
    said.items.sort();
    said.findings.sort();
    said
}

#[test]
fn the_same_disclosure_says_the_same_in_every_format() {
    let expect = said(&crate::cli::export_of(&data("txt")));
    assert_eq!(expect.items.len(), 18);
    let errors = expect.findings.iter().filter(|finding| finding.contains("\"error\"")).count();
    assert_eq!(errors, 2, "{:?}", expect.findings);
    for format in FORMATS {
        assert_eq!(said(&crate::cli::export_of(&data(format))), expect, "{format}");
    }
}

#[test]
fn a_name_that_lies_changes_nothing() {
    let expect = said(&crate::cli::export_of(&data("txt")));
    for (format, name) in
        [("html", "a.doc"), ("rtf", "a.doc"), ("docx", "a.doc"), ("html", "a.xls"), ("xlsx", "a.xls")]
    {
        let folder = Folder::new(&[(name, std::fs::read(data(format)).expect("it is there"))]);
        assert_eq!(said(&crate::cli::export_of(&folder.join(name))), expect, "{format} as {name}");
    }
}

/// Headings and figures come back from an export, with what they hang on; that the text is lost is said.
#[test]
fn an_export_is_read_back() {
    let first = crate::cli::export_of(&data("txt"));
    let schema =
        format!("{{\"schema\":\"mingbai/1\",\"disclosures\":{},\"problems\":[]}}", first["disclosures"]);
    let folder = Folder::new(&[("out.json", schema)]);
    let second = crate::cli::export_of(&folder.join("out.json"));
    let (first, second) = (&first["disclosures"][0], &second["disclosures"][0]);
    for field in ["department", "year", "basis", "region"] {
        assert_eq!(first[field], second[field]);
    }
    let titles = |disclosure: &Value| {
        let sections = disclosure["sections"].as_array().expect("a list").iter();
        sections
            .map(|section| (section["title"].clone(), section["level"].clone(), section["parent"].clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(titles(first), titles(second));
    let figures = |disclosure: &Value| said(&serde_json::json!({ "disclosures": [disclosure] })).items;
    assert_eq!(figures(first), figures(second));
    assert!(second["notes"][0]["text"].as_str().is_some_and(|text| text.contains("export")));
    // What other disclosures say of the same years can be compared without the text.
    let outcomes = second["outcomes"].as_array().expect("a list").iter();
    let mut alone = outcomes.filter(|outcome| outcome["check"] != "CONTINUITY");
    assert!(alone.all(|outcome| outcome["cannot_tell"] == 1));
    for damaged in [
        "{\"schema\":\"mingbai/1\",",
        "{\"schema\":\"mingbai/9\",\"disclosures\":[]}",
        "{\"schema\":\"mingbai/1\"}",
    ] {
        folder.write("out.json", damaged.as_bytes());
        assert!(crate::cli::fails_to_export(&folder.join("out.json")));
    }
}

/// Returns a zip of these parts, of which each is a text repeated so many times.
fn zipped(parts: &[(&str, &str, usize)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text, times) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        for _ in 0..*times {
            zip.write_all(text.as_bytes()).expect("memory takes it");
        }
    }
    zip.finish().expect("memory takes it").into_inner()
}

fn workbook(rows: &str, times: usize) -> Vec<u8> {
    zipped(&[
        ("xl/workbook.xml", "<workbook><sheets><sheet name='表1' r:id='r1'/></sheets></workbook>", 1),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id='r1' Target='s.xml'/></Relationships>",
            1,
        ),
        ("xl/s.xml", rows, times),
    ])
}

/// Files that no program of an office makes, and words of what is said of each.
fn hostile() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let cells = "<c><v>1</v></c>".repeat(1001);
    let row = |number: u32| format!("<row><c r='XFD{number}'><v>1</v></c></row>");
    let wide: String = (1..=80).map(row).collect();
    let columns = "<td rowspan=65000>".repeat(1000);
    let cut = std::fs::read(data("xlsx")).expect("it is there");
    vec![
        ("bomb.docx", zipped(&[("word/document.xml", &" ".repeat(1000), 600_000)]), "unpacks to too much"),
        ("part.docx", zipped(&[("word/document.xml", &" ".repeat(1000), 200_000)]), "unpacks to too much"),
        ("deep.docx", zipped(&[("word/document.xml", "<w:tbl><w:tr><w:tc>", 1000)]), "too deeply"),
        ("rows.xlsx", workbook(&format!("<row>{cells}</row>"), 1000), "too many cells"),
        ("long.xlsx", workbook("<row><c><v>1</v></c></row>", 400_000), "too many cells"),
        ("wide.xlsx", workbook(&wide, 1), "too many cells"),
        ("deep.html", "<div>".repeat(1_000_000).into_bytes(), "too deeply"),
        (
            "wide.html",
            format!("<table><tr>{columns}{}", "<tr>".repeat(65_000)).into_bytes(),
            "too many cells",
        ),
        ("deep.rtf", format!("{{\\rtf1{}", "{".repeat(1_000_000)).into_bytes(), "too deeply"),
        ("cut.xlsx", cut[..3000].to_vec(), "damaged"),
        ("cut.pdf", b"%PDF-1.7\n".to_vec(), "damaged"),
    ]
}

/// Each becomes a problem that says what it is, the others open, and the address space that the program needs stays below
/// what it may have, so that none of it can be lived on.
#[cfg(target_os = "linux")]
#[test]
fn hostile_files_are_problems_and_the_others_open() {
    let hostile = hostile();
    let mut files: Vec<(&str, &[u8])> =
        hostile.iter().map(|(name, bytes, _)| (*name, bytes.as_slice())).collect();
    files.push(("good.txt", BUDGET.as_bytes()));
    let folder = Folder::new(&files);
    let script = "ulimit -v 1572864; exec \"$0\" --lang en export \"$1\"";
    let arguments = ["-c", script, env!("CARGO_BIN_EXE_mingbai")];
    let output = Command::new("sh").args(arguments).arg(folder.path()).output().expect("there is a shell");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let export: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    assert_eq!(export["disclosures"].as_array().map(Vec::len), Some(1));
    let problems = export["problems"].as_array().expect("a list");
    assert_eq!(problems.len(), hostile.len());
    for (name, _, why) in &hostile {
        let problem = problems.iter().find(|problem| problem["file"] == *name).expect("it is told");
        assert!(problem["message"].as_str().is_some_and(|message| message.contains(why)), "{problem}");
    }
}

#[test]
fn cells_that_act_on_a_terminal_or_a_sheet_are_text() {
    let rows = "<row><c t='inlineStr'><is><t>&#27;[31m=1+1</t></is></c><c t='str'><f>A1</f><v>科目</v></c></row><row><c><f>1/0</f></c><c><v>3.43</v></c></row>";
    let source = Source::read(Path::new("a.xlsx"), &workbook(rows, 1)).expect("it is a workbook");
    let cells: Vec<&str> =
        source.tables[0].rows.iter().flat_map(|row| &row.cells).map(|cell| source.cut(cell.span)).collect();
    assert_eq!(cells, ["[31m=1+1", "科目", "", "3.43"]);
}

/// Whatever is read lies inside the text, on the boundaries of characters.
fn assert_laid_out(source: &Source) {
    let on_boundaries = |span: mingbai::source::Span| source.text.get(span.range()).is_some();
    let cells =
        source.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells).map(|cell| cell.span);
    let sheets = source.sheets.iter().flat_map(|sheet| [sheet.name, sheet.span]);
    let captions =
        source.tables.iter().flat_map(|table| [table.title, table.unit_note, table.note]).flatten();
    let blocks = source.blocks.iter().map(|block| block.span);
    assert!(blocks.chain(cells).chain(sheets).chain(captions).all(on_boundaries));
    assert!(
        source.blocks.is_sorted_by_key(|block| block.span.start),
        "blocks stand in the order of the text"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// A file of any format that was cut, and in which some bytes are others, is read or refused.
    #[test]
    fn damaged_files_are_read_or_refused(
        format in proptest::sample::select(FORMATS.to_vec()),
        cut in proptest::option::of(any::<proptest::sample::Index>()),
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..12),
    ) {
        let mut bytes = std::fs::read(data(format)).expect("it is there");
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let kept = cut.map_or(bytes.len(), |cut| cut.index(bytes.len()));
        bytes.truncate(kept);
        if let Ok(source) = Source::read(Path::new("x").with_extension(format).as_path(), &bytes) {
            assert_laid_out(&source);
        }
    }

    /// Tags in any order, in pages and in documents.
    #[test]
    fn any_tags_are_read(pieces in proptest::collection::vec(piece(), 0..80)) {
        let page = pieces.concat();
        if let Ok(source) = Source::read(Path::new("x.html"), page.as_bytes()) {
            assert_laid_out(&source);
        }
        let page = format!("{{\\rtf1 {}", page.replace('<', "\\").replace('>', " "));
        if let Ok(source) = Source::read(Path::new("x.rtf"), page.as_bytes()) {
            assert_laid_out(&source);
        }
    }
}

fn piece() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "<table>",
        "</table>",
        "<tr>",
        "</tr>",
        "<td colspan=3>",
        "<td rowspan=2>",
        "<td rowspan=0>",
        "</td>",
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<b>",
        "</b>",
        "<ol>",
        "<li>",
        "<br>",
        "<h1>",
        "</h1>",
        "<nav>",
        "</nav>",
        "<form>",
        "<select>",
        "<option>",
        "<template>",
        "<svg>",
        "<math>",
        "<frameset>",
        "<a href=x>",
        "</a>",
        "收入",
        "3.43万元",
        "。",
        "单位：万元",
        "&nbsp;",
        "<!--",
        "-->",
        "<trowd>",
        "<cellx100>",
        "<cell>",
        "<row>",
        "<par>",
        "<intbl>",
        "<itap3>",
        "<nestcell>",
        "<nestrow>",
        "<clvmrg>",
        "<clmrg>",
        "{",
        "}",
        "<u20803>",
        "<'a1>",
        "<*>",
        "<bin3>",
        "🙂",
    ])
}
