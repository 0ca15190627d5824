//! What this program exported → the disclosures in it, as far as an export keeps them.
//!
//! An export has no text. What stands for it is one line a heading and one a figure, and a note says so; the checks need
//! the text, so none of them can tell anything.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::check::{CHECKS, Outcome, Reason, Report};
use crate::model::{
    Basis, Code, Confidence, Disclosure, Evidence, Header, Item, ItemId, Measure, Note, NoteKind, Part,
    Relation, Section, SectionId, Subject,
};
use crate::quantity::{Amount, Unit};
use crate::source::{Encoding, Format, Source, Span, Unreadable};

/// The only schema that there is.
const SCHEMA: &str = "mingbai/1";

/// Returns whether a file begins as an export does.
pub(super) fn is_export(bytes: &[u8]) -> bool {
    bytes.starts_with(b"{\"schema\":\"mingbai/")
}

/// Returns the disclosures of an export, each under the name of the export and of the file it was read from.
pub(super) fn read(name: &Path, bytes: &[u8]) -> Result<Vec<(PathBuf, Disclosure, Report)>, Unreadable> {
    let export: Value = serde_json::from_slice(bytes).map_err(|_| Unreadable::Damaged)?;
    if export.get("schema").and_then(Value::as_str) != Some(SCHEMA) {
        return Err(Unreadable::NoReader("mingbai"));
    }
    let rows = list(&export, "disclosures");
    let read = rows.iter().map(|row| {
        let file = text(row, "file");
        (
            name.join(Path::new(file).components().as_path().to_string_lossy().trim_start_matches('/')),
            disclosure(row),
            report(),
        )
    });
    Ok(read.collect())
}

/// Every check on every export: there is no text to look at.
fn report() -> Report {
    let outcome = |check: &crate::check::Check| Outcome {
        check: check.code,
        holds: 0,
        findings: 0,
        hints: 0,
        not_applicable: 0,
        cannot_tell: 1,
        reasons: vec![(Reason::NoText, 1)],
    };
    Report { outcomes: CHECKS.iter().map(outcome).collect(), ..Report::default() }
}

fn disclosure(row: &Value) -> Disclosure {
    let mut read = Disclosure::default();
    let mut lines = Lines::default();
    let file = lines.add(text(row, "file"));
    read.notes.push(Note { span: file, kind: NoteKind::Exported, item: None });
    read.header = header(row, &mut read, file);
    let (items, sections) = (list(row, "items"), list(row, "sections"));
    // Figures follow the heading that they stand under, as they did in the text.
    let mut under: HashMap<Option<u64>, Vec<usize>> = HashMap::new();
    for (at, item) in items.iter().enumerate() {
        under.entry(item.get("section").and_then(Value::as_u64)).or_default().push(at);
    }
    let mut places: Vec<Option<ItemId>> = vec![None; items.len()];
    let mut add = |read: &mut Disclosure, lines: &mut Lines, section: Option<u64>| {
        for at in under.remove(&section).unwrap_or_default() {
            let Some(mut item) = items.get(at).and_then(|row| figure(row, read, lines)) else { continue };
            item.section = SectionId(section.unwrap_or(0) as u32);
            if let Some(place) = places.get_mut(at) {
                *place = Some(ItemId(read.items.len() as u32));
            }
            read.items.push(item);
        }
    };
    add(&mut read, &mut lines, None);
    for (number, section) in (0_u64..).zip(sections) {
        let heading = lines.add(text(section, "title"));
        let title = read.words.name(text(section, "title"));
        let parent = section.get("parent").and_then(Value::as_u64).filter(|parent| *parent < number);
        read.sections.push(Section {
            title,
            level: section.get("level").and_then(Value::as_u64).unwrap_or(1).clamp(1, 250) as u8,
            part: Part::Accounts,
            parent: parent.map(|parent| SectionId(parent as u32)),
            heading,
            span: heading,
        });
        add(&mut read, &mut lines, Some(number));
        if let Some(section) = read.sections.last_mut() {
            section.span = Span::new(heading.start as usize, lines.0.len());
        }
    }
    hang(&mut read, items, &places);
    read.source = Source::from_text(lines.0, Format::Export, Encoding::Utf8);
    read
}

/// Hangs every figure on the one it is a part, a change or a share of.
fn hang(read: &mut Disclosure, rows: &[Value], places: &[Option<ItemId>]) {
    for (row, place) in rows.iter().zip(places) {
        let parent = row
            .get("parent")
            .and_then(Value::as_u64)
            .and_then(|at| places.get(at as usize).copied().flatten());
        let item = place.and_then(|place| read.items.get_mut(place.0 as usize));
        if let Some(item) = item.filter(|_| parent != *place) {
            item.parent = parent;
            item.relation = parent.and_then(|_| relation(text(row, "relation")));
        }
    }
}

fn header(row: &Value, read: &mut Disclosure, file: Span) -> Header {
    fn evidence<T>(value: T, span: Span) -> Evidence<T> {
        Evidence { value, span: Some(span), confidence: Confidence::Text }
    }
    let department = Some(text(row, "department")).filter(|name| !name.is_empty());
    Header {
        department: department.map(|name| evidence(read.words.name(name), file)),
        region: list(row, "region")
            .iter()
            .filter_map(Value::as_str)
            .map(|name| read.words.name(name))
            .collect(),
        year: year(row).map(|year| evidence(year, file)),
        basis: basis(text(row, "basis")).map(|basis| evidence(basis, file)),
        ..Header::default()
    }
}

/// Reads one figure and writes its line.
fn figure(row: &Value, read: &mut Disclosure, lines: &mut Lines) -> Option<Item> {
    let value = text(row, "value");
    let (amount, unit) = (Amount::parse(value)?, unit(text(row, "unit"))?);
    let subject = text(row, "subject");
    let start = lines.add(subject).end as usize;
    // The figure stands behind its subject on the same line.
    lines.0.truncate(start);
    lines.0.push(' ');
    let span = lines.add(&format!("{value}{}", unit.name()));
    let words = &mut read.words;
    let subject = Subject {
        name: words.name(subject),
        canonical: words.name(text(row, "canonical")),
        code: text(row, "code").parse().ok().map(Code),
    };
    let subject = words.subject(subject);
    let aspect =
        Some(text(row, "aspect")).filter(|aspect| !aspect.is_empty()).map(|aspect| words.name(aspect));
    Some(Item {
        span,
        value: amount,
        section: SectionId(0),
        subject,
        aspect,
        parent: None,
        cell: None,
        about_year: year(row).unwrap_or(0),
        measure: measure(text(row, "measure")),
        unit,
        basis: basis(text(row, "basis")),
        relation: None,
    })
}

/// The text that stands for the one that was exported.
#[derive(Default)]
struct Lines(String);

impl Lines {
    /// Adds a line and returns where it stands.
    fn add(&mut self, line: &str) -> Span {
        let start = self.0.len();
        self.0.extend(line.chars().map(|c| if c.is_control() { ' ' } else { c }));
        let span = Span::new(start, self.0.len());
        self.0.push('\n');
        span
    }
}

fn text<'a>(row: &'a Value, field: &str) -> &'a str {
    row.get(field).and_then(Value::as_str).unwrap_or_default()
}

fn list<'a>(row: &'a Value, field: &str) -> &'a [Value] {
    row.get(field).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn year(row: &Value) -> Option<u16> {
    row.get("year").and_then(Value::as_u64).and_then(|year| u16::try_from(year).ok())
}

fn basis(key: &str) -> Option<Basis> {
    [Basis::Budget, Basis::FinalAccounts].into_iter().find(|basis| basis.key() == key)
}

fn unit(name: &str) -> Option<Unit> {
    Unit::ALL.iter().copied().find(|unit| unit.name() == name)
}

fn measure(key: &str) -> Measure {
    let all = [Measure::Amount, Measure::Delta, Measure::Rate, Measure::Share, Measure::Count];
    all.into_iter().find(|measure| measure.key() == key).unwrap_or(Measure::Amount)
}

fn relation(key: &str) -> Option<Relation> {
    let all = [Relation::Sum, Relation::Of, Relation::Change, Relation::Share];
    all.into_iter().find(|relation| relation.key() == key)
}
