//! A disclosure → the rows of the export, which borrow all they can.

use std::collections::BTreeMap;

use serde::Serialize;

use super::findings::{Found, Wanted};
use super::indicators::{self, IndicatorRow};
use super::json::file_name;
use crate::check::Outcome;
use crate::corpus::tree::section_of;
use crate::corpus::{Corpus, Entry, EntryId, FindingRef};
use crate::judgement::{Judgements, Verdict};
use crate::lang::Lang;
use crate::model::{Basis, Cell, Disclosure, Item, NameId, Note, Relation, SectionId, TableKind, Vocabulary};
use crate::quantity::{Kind, Unit};
use crate::source::{Source, Span, Table};

#[derive(Serialize)]
pub(super) struct DisclosureRow<'a> {
    file: String,
    /// The files whose text goes on behind that of the first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attached: Vec<String>,
    department: Option<&'a str>,
    region: Vec<&'a str>,
    year: Option<u16>,
    basis: Option<&'static str>,
    sections: Vec<SectionRow<'a>>,
    tables: Vec<TableRow<'a>>,
    items: Vec<ItemRow<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    indicators: Vec<IndicatorRow>,
    findings: Vec<FindingRow>,
    outcomes: Vec<OutcomeRow>,
    notes: Vec<NoteRow>,
}

#[derive(Serialize)]
struct SectionRow<'a> {
    id: u32,
    title: &'a str,
    level: u8,
    parent: Option<u32>,
    /// The attached file that the place is in; its lines, pages and bytes are counted in that file.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    line: u32,
    page: Option<u32>,
    span: [u32; 2],
}

#[derive(Serialize)]
struct TableRow<'a> {
    id: u32,
    kind: Option<&'static str>,
    title: Option<&'a str>,
    section: Option<u32>,
    unit: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    page: Option<u32>,
    rows: usize,
    columns: u16,
}

#[derive(Serialize)]
struct ItemRow<'a> {
    id: u32,
    section: Option<u32>,
    table: Option<u32>,
    row: Option<u32>,
    column: Option<u32>,
    subject: &'a str,
    canonical: &'a str,
    code: Option<String>,
    aspect: Option<&'a str>,
    measure: &'static str,
    value: String,
    unit: &'static str,
    year: Option<u16>,
    basis: Option<&'static str>,
    parent: Option<u32>,
    relation: Option<&'static str>,
    /// The attached file that the place is in; its lines, pages and bytes are counted in that file.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    line: u32,
    page: Option<u32>,
    span: [u32; 2],
}

#[derive(Serialize)]
struct FindingRow {
    id: String,
    check: &'static str,
    severity: &'static str,
    /// The attached file that the place is in; its lines, pages and bytes are counted in that file.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    line: u32,
    page: Option<u32>,
    span: [u32; 2],
    items: Vec<u32>,
    stated: String,
    computed: String,
    difference: String,
    message: String,
    explains: Option<String>,
    state: Option<&'static str>,
    note: Option<String>,
}

#[derive(Serialize)]
struct OutcomeRow {
    check: &'static str,
    holds: u32,
    findings: u32,
    hints: u32,
    not_applicable: u32,
    cannot_tell: u32,
    /// Why it cannot be told, and how often.
    reasons: BTreeMap<&'static str, u32>,
}

#[derive(Serialize)]
struct NoteRow {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    span: [u32; 2],
    text: &'static str,
}

impl<'a> DisclosureRow<'a> {
    pub(super) fn new(
        (corpus, judgements): (&'a Corpus, &Judgements),
        (id, entry): (EntryId, &'a Entry),
        lang: Lang,
    ) -> Self {
        let (words, disclosure) = (&corpus.words, &entry.disclosure);
        let header = &disclosure.header;
        let tables = Tables::new(disclosure);
        Self {
            file: file_name(&entry.file),
            attached: disclosure.source.attached.iter().map(|attached| file_name(&attached.file)).collect(),
            department: header.department.map(|department| words.text(department.value)),
            region: header.region.iter().map(|&region| words.text(region)).collect(),
            year: header.year.map(|year| year.value),
            basis: header.basis.map(|basis| basis.value.key()),
            sections: section_rows(disclosure, words),
            tables: tables.rows(disclosure),
            items: (0..)
                .zip(&disclosure.items)
                .map(|(id, item)| item_row(id, item, disclosure, words, &tables))
                .collect(),
            indicators: indicators::rows(disclosure, words),
            findings: (0..)
                .zip(&entry.report.findings)
                .map(|(number, finding)| Found { at: FindingRef { entry: id, number }, entry, finding })
                .map(|found| finding_row((corpus, judgements), found, lang))
                .collect(),
            outcomes: entry.report.outcomes.iter().map(outcome_row).collect(),
            notes: disclosure.notes.iter().map(|note| note_row(disclosure, note, lang)).collect(),
        }
    }
}

/// A finding with the file it is in.
#[derive(Serialize)]
pub(super) struct FileRow {
    file: String,
    #[serde(flatten)]
    finding: FindingRow,
}

/// Returns the wanted findings, by file and place.
pub(super) fn wanted_rows(
    (corpus, judgements): (&Corpus, &Judgements),
    wanted: &Wanted,
    lang: Lang,
) -> Vec<FileRow> {
    let findings = super::findings::wanted(corpus, wanted).into_iter();
    let row = |found: Found| FileRow {
        file: file_name(found.entry.file_at(found.finding.span.start)),
        finding: FindingRow { file: None, ..finding_row((corpus, judgements), found, lang) },
    };
    findings.map(row).collect()
}

fn section_rows<'a>(disclosure: &Disclosure, words: &'a Vocabulary) -> Vec<SectionRow<'a>> {
    let rows = (0..).zip(&disclosure.sections).map(|(id, section)| SectionRow {
        id,
        title: words.text(section.title),
        level: section.level,
        parent: section.parent.map(|SectionId(parent)| parent),
        line: disclosure.source.line_of(section.heading.start),
        page: disclosure.source.page_of(section.heading.start),
        file: in_attached(disclosure, section.heading.start),
        span: ends(disclosure.source.in_file(section.span)),
    });
    rows.collect()
}

fn item_row<'a>(
    id: u32,
    item: &Item,
    disclosure: &Disclosure,
    words: &'a Vocabulary,
    tables: &Tables,
) -> ItemRow<'a> {
    let subject = words.get(item.subject);
    let text = |name: Option<NameId>| name.map_or("", |name| words.text(name));
    let (table, row) = item.cell.and_then(|cell| tables.place(cell.row())).unzip();
    ItemRow {
        id,
        section: section_of(disclosure, item).map(|SectionId(section)| section),
        table,
        row,
        column: item.cell.map(Cell::column),
        subject: text(subject.map(|subject| subject.name)),
        canonical: text(subject.map(|subject| subject.canonical)),
        code: subject.and_then(|subject| subject.code).map(|code| code.0.to_string()),
        aspect: item.aspect.map(|aspect| words.text(aspect)),
        measure: item.measure.key(),
        value: item.value.to_string(),
        unit: item.unit.name(),
        year: item.year(),
        basis: item.basis.map(Basis::key),
        parent: item.parent.map(|parent| parent.0),
        relation: item.relation.map(Relation::key),
        line: disclosure.source.line_of(item.span.start),
        page: disclosure.source.page_of(item.span.start),
        file: in_attached(disclosure, item.span.start),
        span: ends(disclosure.source.in_file(item.span)),
    }
}

/// Returns the name of the attached file that a place is in; nothing in the first file.
fn in_attached(disclosure: &Disclosure, offset: u32) -> Option<String> {
    disclosure.source.file_at(offset).map(file_name)
}

fn finding_row(
    (corpus, judgements): (&Corpus, &Judgements),
    Found { at, entry, finding }: Found,
    lang: Lang,
) -> FindingRow {
    let (disclosure, words) = (&entry.disclosure, &corpus.words);
    let judgement = judgements.of(corpus, at);
    FindingRow {
        id: format!("{:016x}", finding.id.0),
        check: finding.check.key(),
        severity: finding.severity.key(),
        line: disclosure.source.line_of(finding.span.start),
        page: disclosure.source.page_of(finding.span.start),
        file: in_attached(disclosure, finding.span.start),
        span: ends(disclosure.source.in_file(finding.span)),
        items: finding.items.iter().map(|item| item.0).collect(),
        stated: finding.stated.to_string(),
        computed: finding.computed.to_string(),
        difference: finding.difference.to_string(),
        message: finding.says(disclosure, words, lang),
        explains: finding.reason(disclosure, words, lang),
        state: judgement.and_then(|judgement| judgement.verdict).map(Verdict::key),
        note: judgement.map(|judgement| judgement.note.clone()).filter(|note| !note.is_empty()),
    }
}

fn outcome_row(outcome: &Outcome) -> OutcomeRow {
    OutcomeRow {
        check: outcome.check.key(),
        holds: outcome.holds,
        findings: outcome.findings,
        hints: outcome.hints,
        not_applicable: outcome.not_applicable,
        cannot_tell: outcome.cannot_tell,
        reasons: outcome.reasons.iter().map(|&(reason, count)| (reason.key(), count)).collect(),
    }
}

fn note_row(disclosure: &Disclosure, note: &Note, lang: Lang) -> NoteRow {
    NoteRow {
        file: in_attached(disclosure, note.span.start),
        span: ends(disclosure.source.in_file(note.span)),
        text: super::note_word(note.kind).text(lang),
    }
}

fn ends(span: Span) -> [u32; 2] {
    [span.start, span.end]
}

/// The tables of a disclosure, for which a figure's cell counts the rows from the first table on.
struct Tables {
    /// How many rows come before each table.
    before: Vec<u32>,
    /// The unit of the first money in each table.
    units: Vec<Option<Unit>>,
}

impl Tables {
    fn new(disclosure: &Disclosure) -> Self {
        let mut rows = 0;
        let before = disclosure.source.tables.iter().map(|table| {
            let before = rows;
            rows += table.rows.len() as u32;
            before
        });
        let mut tables = Self { before: before.collect(), units: vec![None; disclosure.source.tables.len()] };
        for item in disclosure.items.iter().filter(|item| item.unit.kind() == Kind::Money) {
            let place = item.cell.and_then(|cell| tables.place(cell.row()));
            if let Some(unit) = place.and_then(|(table, _)| tables.units.get_mut(table as usize)) {
                unit.get_or_insert(item.unit);
            }
        }
        tables
    }

    /// Returns the table that a row is in, and its number there.
    fn place(&self, row: u32) -> Option<(u32, u32)> {
        let table = self.before.partition_point(|&before| before <= row).checked_sub(1)?;
        Some((table as u32, row - self.before.get(table)?))
    }

    fn rows<'a>(&self, disclosure: &'a Disclosure) -> Vec<TableRow<'a>> {
        let tables = (0..).zip(&disclosure.source.tables).zip(&self.units);
        let rows = tables.map(|((id, table), unit)| table_row(id, table, *unit, disclosure));
        rows.collect()
    }
}

fn table_row<'a>(id: u32, table: &Table, unit: Option<Unit>, disclosure: &'a Disclosure) -> TableRow<'a> {
    let source: &Source = &disclosure.source;
    let facts = disclosure.tables.get(id as usize);
    let cells = || table.rows.iter().flat_map(|row| &row.cells);
    let start = cells().map(|cell| cell.span.start).next();
    // The last heading before it is that of the innermost section.
    let section = start.and_then(|start| {
        disclosure.sections.partition_point(|section| section.heading.start <= start).checked_sub(1)
    });
    TableRow {
        id,
        kind: facts.and_then(|facts| facts.kind).map(TableKind::key),
        title: table.title.map(|title| source.cut(title)),
        section: section.map(|section| section as u32),
        unit: facts.and_then(|facts| facts.unit).or(unit).map(Unit::name),
        file: start.and_then(|start| in_attached(disclosure, start)),
        page: start.and_then(|start| source.page_of(start)),
        rows: table.rows.len(),
        columns: table.width(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::example::{corpus, disclosure};
    use crate::model::{ItemId, NoteKind};
    use crate::source::{self, Row};

    /// Returns a table of one column with a row for each line from `first` to `last`.
    fn table(source: &Source, first: u32, last: u32) -> Table {
        let row = |line| {
            let cell = source::Cell { columns: 2, ..source::Cell::single(source.line(line), 0) };
            Row { cells: vec![cell], number: 0 }
        };
        Table { title: Some(source.line(first)), rows: (first..=last).map(row).collect(), ..Table::default() }
    }

    #[test]
    fn a_disclosure_has_all_its_rows() {
        let text = "合计 8 万元\n# 一、收支\n基本支出 5 万元 预算数\n项目支出 -3.10 元 @2021\n";
        let mut read = disclosure("甲局", 2022, Basis::Budget, text);
        let tables = [table(&read.source, 1, 1), table(&read.source, 3, 4)];
        read.source.tables.extend(tables);
        let [_, basic, project] = read.items.as_mut_slice() else { panic!("three figures") };
        basic.cell = Cell::new(1, 1);
        basic.parent = Some(ItemId(0));
        basic.relation = Some(Relation::Sum);
        project.cell = Cell::new(2, 1);
        read.notes.push(Note { span: Span::new(0, 6), kind: NoteKind::Doubtful, item: None });
        let corpus = corpus([read]);
        let entry = corpus.entries.first().expect("there is one");
        let row = DisclosureRow::new((&corpus, &Judgements::default()), (EntryId(0), entry), Lang::English);
        let lists = [lines(&row.sections), lines(&row.tables), lines(&row.items), lines(&row.notes)];
        expect_test::expect![[r#"
            {"id":0,"title":"一、收支","level":1,"parent":null,"line":2,"page":null,"span":[16,92]}
            {"id":0,"kind":null,"title":"合计 8 万元","section":null,"unit":null,"page":null,"rows":1,"columns":2}
            {"id":1,"kind":null,"title":"基本支出 5 万元 预算数","section":0,"unit":"万元","page":null,"rows":2,"columns":2}
            {"id":0,"section":null,"table":null,"row":null,"column":null,"subject":"合计","canonical":"合计","code":null,"aspect":null,"measure":"amount","value":"8","unit":"万元","year":2022,"basis":"budget","parent":null,"relation":null,"line":1,"page":null,"span":[7,8]}
            {"id":1,"section":0,"table":1,"row":0,"column":1,"subject":"基本支出","canonical":"基本支出","code":null,"aspect":"预算数","measure":"amount","value":"5","unit":"万元","year":2022,"basis":"budget","parent":0,"relation":"sum","line":3,"page":null,"span":[44,45]}
            {"id":2,"section":0,"table":1,"row":1,"column":1,"subject":"项目支出","canonical":"项目支出","code":null,"aspect":null,"measure":"amount","value":"-3.10","unit":"元","year":2021,"basis":"budget","parent":null,"relation":null,"line":4,"page":null,"span":[76,81]}
            {"span":[0,6],"text":"the reading is uncertain"}
        "#]].assert_eq(&lists.concat());
    }

    fn lines(rows: &[impl Serialize]) -> String {
        rows.iter().map(|row| serde_json::to_string(row).expect("it is JSON") + "\n").collect()
    }

    #[test]
    fn what_is_not_known_is_null() {
        let mut read = disclosure("", 0, Basis::Budget, "");
        read.header.basis = None;
        let corpus = corpus([read]);
        let entry = corpus.entries.first().expect("there is one");
        let row = DisclosureRow::new((&corpus, &Judgements::default()), (EntryId(0), entry), Lang::Chinese);
        let json = serde_json::to_string(&row).expect("it is JSON");
        expect_test::expect![[r#"{"file":"0.txt","department":null,"region":[],"year":null,"basis":null,"sections":[],"tables":[],"items":[],"findings":[],"outcomes":[],"notes":[]}"#]].assert_eq(&json);
    }
}
