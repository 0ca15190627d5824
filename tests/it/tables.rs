//! Real disclosures as PDF: whose they are, which tables they have, what stands in their cells, and whether it adds up.
//!
//! The documents stand beside the project where they are there at all; without them these tests say so.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use mingbai::model::{Disclosure, Item, ItemId, Measure, Relation};
use mingbai::parse::parse;
use mingbai::quantity::Interval;
use mingbai::source::Source;

use crate::shared::beside;

/// The documents by path from the folder, read once for all tests.
static DOCUMENTS: LazyLock<Vec<(PathBuf, Disclosure)>> = LazyLock::new(|| {
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
