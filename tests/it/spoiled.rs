//! One digit of one cell changed in the tables of real PDF: a finding must name the cell.

use std::collections::{BTreeMap, BTreeSet};

use mingbai::check::{Finding, Severity, check, examine};
use mingbai::model::{Disclosure, ItemId, Measure};
use mingbai::parse::parse;
use mingbai::quantity::{Amount, Interval};
use mingbai::source::Source;
use rust_decimal::Decimal;

use crate::tables::DOCUMENTS;

/// How many cells of a document are tried.
const CELLS: usize = if cfg!(debug_assertions) { 12 } else { 120 };
/// The share of the errors that must be found, in per cent.
const LEAST: usize = 95;

#[test]
fn a_digit_changed_in_a_cell_is_found() {
    let (mut found, mut all, mut first) = (0, 0, 0);
    let mut missed = Vec::new();
    for (path, read) in DOCUMENTS.iter() {
        let (before, held) = examine(read);
        let known: BTreeSet<(u32, String)> = before.findings.iter().map(key).collect();
        // The sums that each cell is in: only what they show can be found.
        let mut sums: BTreeMap<ItemId, Vec<(ItemId, Vec<ItemId>)>> = BTreeMap::new();
        for held in held.iter().filter(|held| held.formula.over.is_empty()) {
            let (Some(whole), plain) =
                (held.items.first(), held.formula.terms.iter().all(|term| !term.minus))
            else {
                continue;
            };
            let parts: Vec<ItemId> = held.formula.terms.iter().map(|term| term.item).collect();
            for id in held.items.iter().filter(|_| plain && !parts.is_empty()) {
                sums.entry(*id).or_default().push((*whole, parts.clone()));
            }
        }
        let cells: Vec<ItemId> = sums.keys().copied().filter(|id| is_cell(read, *id)).collect();
        let step = (cells.len() / CELLS).max(1);
        for (turn, id) in cells.into_iter().step_by(step).enumerate() {
            let Some((source, value)) = spoil(read, id, turn) else { continue };
            let shows = |(whole, parts): &(ItemId, Vec<ItemId>)| !holds(read, *whole, parts, (id, value));
            if !sums[&id].iter().any(shows) {
                continue;
            }
            all += 1;
            let spoiled = parse(path, source);
            let report = check(&spoiled);
            let start = read.items[id.0 as usize].span.start;
            let at =
                |id: &ItemId| spoiled.items.get(id.0 as usize).is_some_and(|item| item.span.start == start);
            let new =
                |finding: &&Finding| finding.severity > Severity::Info && !known.contains(&key(finding));
            let names = |finding: &Finding| {
                finding.items.iter().any(at) || finding.refers.iter().any(|under| under.items.iter().any(at))
            };
            let new: Vec<&Finding> = report.findings.iter().filter(new).collect();
            if new.iter().any(|finding| names(finding)) {
                found += 1;
                first += usize::from(new.iter().any(|finding| finding.items.first().is_some_and(at)));
            } else {
                let item = &read.items[id.0 as usize];
                let name = read.words.subject_text(item.subject);
                let page = read.source.page_of(item.span.start).unwrap_or_default();
                missed.push(format!("{} p{page} {name} {} as {value}", path.display(), item.value));
            }
        }
    }
    println!("{found} of {all} changed cells are named, {first} as the wrong one");
    for missed in missed {
        println!("  missed {missed}");
    }
    assert!(found * 100 >= all * LEAST, "{found} of {all}");
}

fn key(finding: &Finding) -> (u32, String) {
    (finding.span.start, format!("{}{}", finding.check.key(), finding.stated))
}

fn is_cell(read: &Disclosure, id: ItemId) -> bool {
    let item = &read.items[id.0 as usize];
    let table = item.cell.and_then(|cell| read.place_of(cell)).map(|(table, ..)| table as usize);
    let named = table.and_then(|table| read.tables.get(table)).is_some_and(|table| table.kind.is_some());
    named && item.measure == Measure::Amount && !item.value.is_zero()
}

/// Returns the source with another digit in a cell, and the cell's new value.
fn spoil(read: &Disclosure, id: ItemId, turn: usize) -> Option<(Source, Amount)> {
    let span = read.items[id.0 as usize].span.range();
    let written = read.source.text.get(span.clone())?;
    let digits: Vec<usize> =
        written.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
    let at = *digits.get(turn % digits.len().max(1))?;
    let mut wrong = written.to_owned();
    let digit = written.as_bytes()[at] - b'0';
    wrong.replace_range(at..=at, &((digit + 3) % 10).to_string());
    let number: String = wrong.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | '-')).collect();
    let mut source = read.source.clone();
    source.text.replace_range(span, &wrong);
    Some((source, Amount::parse(&number)?))
}

/// Whether a sum holds by the printed places with another value in one cell.
fn holds(read: &Disclosure, whole: ItemId, parts: &[ItemId], (id, value): (ItemId, Amount)) -> bool {
    let interval = |of: ItemId| -> Interval {
        let item = &read.items[of.0 as usize];
        let value = if of == id { value } else { item.value };
        value.interval().times(item.unit.yuan().unwrap_or(Decimal::ONE)).expect("it fits")
    };
    let zero = Interval::exactly(Decimal::ZERO);
    parts.iter().fold(zero, |sum, part| sum + interval(*part)).meets(interval(whole))
}
