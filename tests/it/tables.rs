//! Real disclosures as PDF: whose they are, which tables they have, what stands in their cells, and whether it adds up.
//!
//! The documents stand beside the project where they are there at all; without them these tests say so.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use mingbai::model::{Basis, Disclosure, Item, ItemId, Measure, Relation, TableKind};
use mingbai::parse::parse;
use mingbai::quantity::Interval;
use mingbai::source::Source;

use crate::shared::beside;

/// The documents by path from the folder, read once for all tests.
pub(crate) static DOCUMENTS: LazyLock<Vec<(PathBuf, Disclosure)>> = LazyLock::new(|| {
    let Some(folder) = beside("corpus") else {
        eprintln!("no real PDF stands beside the project: nothing was tested on it");
        return Vec::new();
    };
    let mut paths = Vec::new();
    collect(&folder, &mut paths);
    paths.sort();
    let read = |path: &PathBuf| {
        let bytes = fs::read(path).expect("the file can be read");
        let name = path.strip_prefix(&folder).expect("it is in there").to_owned();
        let source = Source::read(path, &bytes).unwrap_or_else(|why| panic!("{}: {why:?}", path.display()));
        (name.clone(), parse(&name, source))
    };
    paths.iter().map(read).collect()
});

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder can be read").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "pdf") {
            paths.push(path);
        }
    }
}

fn interval(item: &Item) -> Interval {
    item.value.interval()
}

/// One sum that must hold: where it stands, the whole and the parts.
struct Sum<'a> {
    file: &'a Path,
    place: String,
    whole: &'a Item,
    parts: Vec<&'a Item>,
}

impl Sum<'_> {
    fn holds(&self) -> bool {
        let zero = Interval::exactly(rust_decimal::Decimal::ZERO);
        let sum = self.parts.iter().fold(zero, |sum, part| sum + interval(part));
        sum.meets(interval(self.whole))
    }
}

/// Returns the sums of a document: of rows, where one is a part of another, and of columns.
fn sums<'a>(file: &'a Path, read: &'a Disclosure) -> Vec<Sum<'a>> {
    let mut wholes: BTreeMap<ItemId, Vec<&Item>> = BTreeMap::new();
    let amount = |item: &&Item| item.cell.is_some() && item.measure == Measure::Amount;
    for part in read.items.iter().filter(amount) {
        if let (Some(parent), Some(Relation::Sum)) = (part.parent, part.relation) {
            wholes.entry(parent).or_default().push(part);
        }
    }
    let mut sums: Vec<Sum> = Vec::new();
    for (whole, parts) in wholes {
        let whole = &read.items[whole.0 as usize];
        let row = |item: &Item| item.cell.map(mingbai::model::Cell::row);
        if parts.iter().all(|part| row(part) != row(whole)) {
            sums.push(Sum { file, place: place(read, whole), whole, parts });
        }
    }
    // Columns, row by row.
    let mut rows: BTreeMap<(u32, u32), BTreeMap<u32, &Item>> = BTreeMap::new();
    for item in read.items.iter().filter(amount) {
        if let Some((table, row, column)) = item.cell.and_then(|cell| read.place_of(cell)) {
            rows.entry((table, row)).or_default().insert(column, item);
        }
    }
    for ((table, _), figures) in &rows {
        let columns = &read.tables[*table as usize].columns;
        for head in columns {
            let parts: Vec<&Item> = columns
                .iter()
                .filter(|column| column.parent == Some(head.column) && column.relation == Some(Relation::Sum))
                .filter_map(|column| figures.get(&u32::from(column.column)).copied())
                .collect();
            if let Some(whole) = figures.get(&u32::from(head.column)).filter(|_| !parts.is_empty()) {
                sums.push(Sum { file, place: place(read, whole), whole, parts });
            }
        }
    }
    sums
}

fn place(read: &Disclosure, item: &Item) -> String {
    let (table, row, column) = item.cell.and_then(|cell| read.place_of(cell)).unwrap_or_default();
    let page = read.source.page_of(item.span.start).unwrap_or_default();
    let text = |name| read.words.text(name).to_owned();
    let name = read.words.subject_text(item.subject).to_owned();
    let aspect = item.aspect.map(text).unwrap_or_default();
    format!("p{page} T{table} r{row} c{column} {name} [{aspect}]")
}

/// Whose each document is, as its own first pages say; the names of the files lie.
const HEADERS: &[(&str, &str, u16, Basis)] = &[
    ("上海/2026年上海市卫生健康委员会_部门预算.pdf", "上海市中医文献馆", 2026, Basis::Budget),
    ("上海/2026年上海市水务局_部门预算.pdf", "上海市海洋监测预报中心", 2026, Basis::Budget),
    (
        "上海普陀/上海市普陀区人民政府万里街道办事处24年预算.pdf",
        "上海市普陀区人民政府万里街道办事处",
        2024,
        Basis::Budget,
    ),
    (
        "上海普陀/上海市普陀区人民政府万里街道办事处25年预算.pdf",
        "上海市普陀区人民政府万里街道办事处",
        2025,
        Basis::Budget,
    ),
    (
        "上海普陀/中共上海市普陀区委社会工作部 2024 年度部门决算.pdf",
        "中共上海市普陀区委社会工作部",
        2024,
        Basis::FinalAccounts,
    ),
    ("佛山/2026年佛山市交通运输局部门预算.pdf", "佛山市轨道交通局", 2019, Basis::FinalAccounts),
    ("北京/2026年北京市信访办公室部门预算.pdf", "北京市信访办公室", 2026, Basis::Budget),
    (
        "北京/政府办公厅_附件2：北京市信访办公室2026年度部门预算报表.pdf",
        "北京市信访办公室",
        2026,
        Basis::Budget,
    ),
    ("广州/信访局_2026年部门预算.pdf", "广州市信访局", 2026, Basis::Budget),
    ("无锡/城市管理和综合执法局_2026年部门预算.pdf", "无锡市应急管理综合行政执法监督局", 2026, Basis::Budget),
    ("杭州/司法局_2026年部门预算.pdf", "杭州市司法局", 2026, Basis::Budget),
    ("杭州/气象局_2026年部门预算.pdf", "杭州市气象局", 2026, Basis::Budget),
    ("江苏/江苏省人大办公厅2017年度预算公开.pdf", "江苏省人大常委会办公厅", 2017, Basis::Budget),
    ("江苏/江苏省人大常委会2019年度部门预算公开.pdf", "江苏省人大常委会办公厅", 2019, Basis::Budget),
    ("江苏/江苏省人大常委会办公厅2019年部门预算公开表.pdf", "江苏省人大常委会办公厅", 2019, Basis::Budget),
    ("深圳/2026年深圳市信访局部门预算.pdf", "深圳市信访局", 2026, Basis::Budget),
    ("深圳/2026年深圳市医疗保障局部门预算.pdf", "深圳市医疗保障局", 2026, Basis::Budget),
    ("烟台/2026年烟台市医疗保障局部门预算.pdf", "烟台市医疗保障局", 2026, Basis::Budget),
    ("烟台/2026年烟台市审计局部门预算.pdf", "烟台市审计局", 2026, Basis::Budget),
    ("珠海/财政局_2026年部门预算.pdf", "珠海市政府投资交通市政项目工务中心", 2026, Basis::Budget),
    (
        "福州/公安局_2026年度福州市公安局文职人员管理中心单位预算.pdf",
        "福州市公安局文职人员管理中心",
        2026,
        Basis::Budget,
    ),
    ("西安/宣传部_2026年部门预算.pdf", "中共西安市委宣传部", 2021, Basis::Budget),
    ("西安/应急管理局_2026年部门预算.pdf", "西安市安全生产监督管理局", 2019, Basis::Budget),
    ("重庆/2026年重庆市委宣传部部门预算.pdf", "中共重庆市委宣传部", 2026, Basis::Budget),
    ("长春/2026年长春市信访局部门预算.pdf", "长春市信访局", 2026, Basis::Budget),
    ("长沙/教育局_2026年部门预算.pdf", "长沙职业教育基地综合协调办公室", 2026, Basis::Budget),
];

#[test]
fn headers_are_those_of_the_first_pages() {
    for (file, read) in DOCUMENTS.iter() {
        let known = HEADERS.iter().find(|(name, ..)| Path::new(name) == file);
        let (_, department, year, basis) =
            known.unwrap_or_else(|| panic!("{} is not in the list", file.display()));
        let header = &read.header;
        assert_eq!(
            header.department.map(|found| read.words.text(found.value)),
            Some(*department),
            "{}",
            file.display()
        );
        let found = (header.year.map(|found| found.value), header.basis.map(|found| found.value));
        assert_eq!(found, (Some(*year), Some(*basis)), "{}", file.display());
        let inside = header.department.is_some_and(|found| found.span.is_some())
            && header.year.is_some_and(|found| found.span.is_some());
        assert!(inside, "{}: only the name of the file says it", file.display());
    }
}

/// The tables that each document has, performance targets aside: the page, the kind and the title.
const TABLES: &str = include_str!("data/tables.txt");

#[test]
fn every_table_is_found_and_named() {
    let kinds = |read: &Disclosure| -> Vec<String> {
        let tables = read.source.tables.iter().zip(&read.tables);
        let named = tables.filter_map(|(table, facts)| {
            let kind = facts.kind.filter(|kind| *kind != TableKind::Performance)?;
            let page = read.source.page_of(table.span()?.start)?;
            let title = table.title.map_or("", |title| read.source.cut(title));
            Some(format!("  {page} {} {title}", kind.key()))
        });
        named.collect()
    };
    let mut expect: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut file = "";
    for line in TABLES.lines() {
        if line.starts_with(' ') {
            expect.entry(file).or_default().push(line);
        } else {
            file = line;
            expect.entry(file).or_default();
        }
    }
    for (name, read) in DOCUMENTS.iter() {
        let name = name.to_string_lossy();
        assert_eq!(Some(&kinds(read).iter().map(String::as_str).collect()), expect.get(&*name), "{name}");
    }
}

/// Figures read by eye from the pages: in which file and on which page, the code and the name of the row where the page has
/// them, words of the column's head, and the figure.
const CELLS: &str = include_str!("data/cells.csv");

#[test]
fn figures_stand_in_the_row_and_the_column_that_the_page_shows() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in CELLS.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let &[file, page, code, row, column, value] = fields.as_slice() else { panic!("{line}") };
        let Some((_, read)) = DOCUMENTS.iter().find(|(name, _)| name.to_string_lossy().contains(file)) else {
            continue;
        };
        count += 1;
        let fits = |item: &Item| {
            let subject = read.words.get(item.subject).expect("it has a subject");
            let name = fold(read.words.text(subject.name));
            let aspect = fold(item.aspect.map_or("", |aspect| read.words.text(aspect)));
            let official = fold(read.words.text(subject.canonical));
            item.cell.is_some()
                && read.source.page_of(item.span.start) == page.parse().ok()
                && item.value.to_string() == value
                && (code.is_empty() || subject.code.is_some_and(|found| found.0.to_string() == code))
                && [&name, &aspect, &official].iter().any(|text| text.contains(&fold(row)))
                && [&name, &aspect, &official].iter().any(|text| text.contains(&fold(column)))
        };
        if !read.items.iter().any(fits) {
            wrong.push(line);
        }
    }
    println!("{} of {count} figures stand where the pages have them", count - wrong.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Names without quotation marks, in half-width brackets.
fn fold(name: &str) -> String {
    name.replace('（', "(").replace('）', ")").replace(['“', '”', '"'], "")
}

#[test]
fn sums_of_rows_and_columns_hold() {
    let (mut holds, mut all) = (0, 0);
    for (file, read) in DOCUMENTS.iter() {
        for sum in sums(file, read) {
            all += 1;
            if sum.holds() {
                holds += 1;
            } else {
                let parts: Vec<String> = sum.parts.iter().map(|part| part.value.to_string()).collect();
                println!(
                    "{}: {}: {} ≠ {}",
                    sum.file.display(),
                    sum.place,
                    sum.whole.value,
                    parts.join(" + ")
                );
            }
        }
    }
    println!("{holds} of {all} sums hold");
    assert!(holds * 1000 >= all * 995, "{holds} of {all}");
}
