//! Two disclosures side by side → a table for people, JSON and CSV for programs.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::findings::csv_cell;
use super::json::{Escaped, file_name};
use super::lines::basis_word;
use super::plain::visible;
use crate::corpus::compare::{By, Comparison, Evidence, Only, Part, Row, Side, Sort, Step, Verdict};
use crate::corpus::{Corpus, EntryId, ItemRef};
use crate::lang::{Lang, Word};
use crate::model::{Item, ItemId};

/// Which rows of a comparison are wanted, in which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wanted {
    /// Which.
    pub only: Only,
    /// In which order.
    pub sort: Sort,
}

/// Returns what a disclosure is called beside another: the year and kind, and where both are of one department, nothing
/// more.
pub fn name(corpus: &Corpus, entry: EntryId, other: EntryId, lang: Lang) -> String {
    let header = corpus.entry(entry).map(|entry| &entry.disclosure.header);
    let year = header.and_then(|header| header.year);
    let year = year.map_or(Word::UnknownYear.text(lang).to_owned(), |year| year.value.to_string());
    let basis = header.and_then(|header| header.basis).map(|basis| basis_word(basis.value).text(lang));
    let department = corpus.department(entry).unwrap_or(Word::UnknownDepartment.text(lang));
    let own = corpus.department(entry) != corpus.department(other);
    let parts = own.then_some(department).into_iter().map(str::to_owned).chain([year]);
    parts.chain(basis.map(str::to_owned)).collect::<Vec<_>>().join(" ")
}

/// Returns what makes two figures the same thing, in words.
pub fn evidence_text(evidence: Option<Evidence>, lang: Lang) -> String {
    let Some(evidence) = evidence else { return Word::MatchNone.text(lang).to_owned() };
    let by = match evidence.by {
        By::Code(code) => format!("{}{}", Word::MatchCode.text(lang), code.0),
        By::Name => Word::MatchName.text(lang).to_owned(),
        By::Likeness(like) => format!("{}{like}%", Word::MatchLike.text(lang)),
    };
    let place = match (evidence.same_section, evidence.same_total) {
        (true, true) => Word::MatchSectionAndTotal,
        (true, false) => Word::MatchSection,
        (false, true) => Word::MatchTotal,
        (false, false) => Word::MatchMoved,
    };
    format!("{by}{}{}", Word::MatchComma.text(lang), place.text(lang))
}

/// Returns what makes two figures the same thing, in words; where there is one only, what it makes up or is made up of.
pub fn match_text(corpus: &Corpus, comparison: &Comparison, number: usize, lang: Lang) -> String {
    let evidence = comparison.rows.get(number).and_then(|row| row.evidence);
    let text = evidence_text(evidence, lang);
    match split_text(corpus, comparison, number, lang) {
        Some(split) => format!("{text}{}{split}", Word::MatchComma.text(lang)),
        None => text,
    }
}

/// Returns what makes up a row that only one side has, "= 咨询费 + 劳务费", or what it makes up with others: "+ 劳务费 =
/// 对外服务费".
pub fn split_text(corpus: &Corpus, comparison: &Comparison, number: usize, lang: Lang) -> Option<String> {
    let split = comparison.split_of(number)?;
    let name =
        |&row: &u32| comparison.rows.get(row as usize).map_or("", |row| row_name(corpus, comparison, row));
    let whole = split.whole as usize == number;
    let parts: Vec<&str> = split.parts.iter().filter(|&&row| row as usize != number).map(name).collect();
    let parts = parts.join(" + ");
    let text = if whole { format!("= {parts}") } else { format!("+ {parts} = {}", name(&split.whole)) };
    Some(match split.stated_by {
        Some(Side::Left) => format!("{text}{}", Word::SplitByLeft.text(lang)),
        Some(Side::Right) => format!("{text}{}", Word::SplitByRight.text(lang)),
        None => text,
    })
}

/// Returns the figure of a side of a row.
pub fn item<'a>(corpus: &'a Corpus, comparison: &Comparison, row: &Row, side: Side) -> Option<&'a Item> {
    corpus.item(ItemRef { entry: comparison.entry(side), item: row.item(side)? })
}

/// Returns the name of a row: that of the second disclosure, or of the first where that is the only one.
pub fn row_name<'a>(corpus: &'a Corpus, comparison: &Comparison, row: &Row) -> &'a str {
    let item = |side| item(corpus, comparison, row, side);
    let item = item(Side::Right).or_else(|| item(Side::Left));
    item.map_or("", |item| corpus.words.subject_text(item.subject))
}

/// Returns what became of a row in two texts: the difference and that in per cent.
fn change_texts(row: &Row) -> [String; 2] {
    let Some(change) = &row.change else { return [String::new(), String::new()] };
    let sign = |number: rust_decimal::Decimal| {
        let plus = if number.is_sign_positive() && !number.is_zero() { "+" } else { "" };
        format!("{plus}{number}")
    };
    let difference = match change.verdict {
        Verdict::Same => "=".to_owned(),
        Verdict::Rounding => format!("≈{}", change.unit.name()),
        Verdict::Changed => format!("{}{}", sign(change.difference), change.unit.name()),
    };
    let percent = change.percent.filter(|_| change.verdict == Verdict::Changed);
    [difference, percent.map_or(String::new(), |percent| format!("{}%", sign(percent)))]
}

/// How many cells a text takes on a terminal.
pub type Width = fn(&str) -> usize;

/// Writes a table with a row for each level.
pub fn write_text(
    corpus: &Corpus,
    comparison: &Comparison,
    wanted: Wanted,
    lang: Lang,
    width: Width,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (left, right) = (comparison.left, comparison.right);
    let whose = [(left, right), (right, left)].map(|(entry, other)| name(corpus, entry, other, lang));
    let head = [
        Word::SubjectHead.text(lang).to_owned(),
        whose[0].clone(),
        whose[1].clone(),
        Word::Delta.text(lang).to_owned(),
        Word::Rate.text(lang).to_owned(),
        Word::MatchHead.text(lang).to_owned(),
    ];
    let mut table = vec![head];
    for number in comparison.selected(wanted.only, wanted.sort) {
        let Some(row) = comparison.rows.get(number) else { continue };
        let indent = if wanted.sort == Sort::Document { usize::from(row.depth) } else { 0 };
        let figure = |side| {
            let item = item(corpus, comparison, row, side);
            item.map_or("—".to_owned(), |item| format!("{}{}", item.value, item.unit.name()))
        };
        let [difference, percent] = change_texts(row);
        let name = format!("{}{}", "  ".repeat(indent), row_name(corpus, comparison, row));
        let evidence = match_text(corpus, comparison, number, lang);
        table.push([name, figure(Side::Left), figure(Side::Right), difference, percent, evidence]);
    }
    for row in &mut table {
        for cell in row {
            *cell = visible(cell).into_owned();
        }
    }
    let widths: Vec<usize> =
        (0..6).map(|column| table.iter().map(|row| width(&row[column])).max().unwrap_or(0)).collect();
    for [first, figures @ .., last] in &table {
        write!(out, "{first}{}", " ".repeat(widths[0] - width(first)))?;
        for (cell, &cells) in figures.iter().zip(&widths[1..]) {
            write!(out, "  {}{cell}", " ".repeat(cells - width(cell)))?;
        }
        writeln!(out, "  {last}")?;
    }
    for steps in comparison.waterfalls(corpus) {
        write_contributions(corpus, comparison, steps, lang, out)?;
    }
    Ok(())
}

/// Writes how the change of a total comes about, a line a part.
fn write_contributions(
    corpus: &Corpus,
    comparison: &Comparison,
    steps: Vec<Step>,
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    if steps.iter().all(|step| step.difference.is_zero()) {
        return Ok(());
    }
    writeln!(out)?;
    for step in steps {
        let name = match step.part {
            Part::Row(row) => comparison.rows.get(row).map_or("", |row| row_name(corpus, comparison, row)),
            Part::Rest => Word::ContributionRest.text(lang),
        };
        let plus = if step.difference.is_sign_positive() && !step.difference.is_zero() { "+" } else { "" };
        let indent = "  ".repeat(usize::from(step.depth));
        writeln!(out, "{indent}{} {plus}{}{}", visible(name), step.difference, step.unit.name())?;
    }
    Ok(())
}

/// Writes one row a level, with a head. A cell that a spreadsheet would compute is quoted with an apostrophe.
pub fn write_csv(
    corpus: &Corpus,
    comparison: &Comparison,
    wanted: Wanted,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(
        out,
        "depth,subject,left,left_unit,left_line,right,right_unit,right_line,difference,unit,percent,verdict,match,moved,made_of"
    )?;
    for number in comparison.selected(wanted.only, wanted.sort) {
        let Some(row) = comparison.rows.get(number) else { continue };
        let [left, right] = [Side::Left, Side::Right].map(|side| figure(corpus, comparison, row, side));
        let change = row.change.as_ref();
        let cells: [Cow<str>; 15] = [
            row.depth.to_string().into(),
            row_name(corpus, comparison, row).into(),
            left.as_ref().map(|left| left.value.clone()).unwrap_or_default().into(),
            left.as_ref().map_or("", |left| left.unit).into(),
            left.as_ref().map(|left| left.line.to_string()).unwrap_or_default().into(),
            right.as_ref().map(|right| right.value.clone()).unwrap_or_default().into(),
            right.as_ref().map_or("", |right| right.unit).into(),
            right.as_ref().map(|right| right.line.to_string()).unwrap_or_default().into(),
            change.map(|change| change.difference.to_string()).unwrap_or_default().into(),
            change.map_or("", |change| change.unit.name()).into(),
            change.and_then(|change| change.percent).map(|p| p.to_string()).unwrap_or_default().into(),
            verdict_key(row).into(),
            match_key(row.evidence).into(),
            row.evidence.map_or("", |evidence| if evidence.moved() { "yes" } else { "no" }).into(),
            made_of(corpus, comparison, number).into(),
        ];
        writeln!(out, "{}", cells.map(|cell| csv_cell(&cell)).join(","))?;
    }
    Ok(())
}

/// Returns the names of the rows of the other side that make up a row, with plus signs between.
fn made_of(corpus: &Corpus, comparison: &Comparison, number: usize) -> String {
    let split = comparison.split_of(number).filter(|split| split.whole as usize == number);
    let parts = split.map(|split| split.parts.as_slice()).unwrap_or_default();
    let rows = parts.iter().filter_map(|&row| comparison.rows.get(row as usize));
    rows.map(|row| row_name(corpus, comparison, row)).collect::<Vec<_>>().join(" + ")
}

fn verdict_key(row: &Row) -> &'static str {
    match (row.left, row.right, row.change.as_ref().map(|change| change.verdict)) {
        (_, None, _) => "left_only",
        (None, _, _) => "right_only",
        (_, _, Some(Verdict::Same)) => "same",
        (_, _, Some(Verdict::Rounding)) => "rounding",
        (_, _, Some(Verdict::Changed)) => "changed",
        (_, _, None) => "incomparable",
    }
}

fn match_key(evidence: Option<Evidence>) -> &'static str {
    match evidence.map(|evidence| evidence.by) {
        None => "",
        Some(By::Code(_)) => "code",
        Some(By::Name) => "name",
        Some(By::Likeness(_)) => "likeness",
    }
}

#[derive(Serialize)]
struct ComparisonRow<'a> {
    schema: &'static str,
    left: WhoseRow<'a>,
    right: WhoseRow<'a>,
    rows: Vec<LevelRow<'a>>,
    contributions: Vec<Vec<StepRow>>,
}

#[derive(Serialize)]
struct WhoseRow<'a> {
    file: String,
    department: Option<&'a str>,
    year: Option<u16>,
    basis: Option<&'static str>,
}

#[derive(Serialize)]
struct LevelRow<'a> {
    id: usize,
    parent: Option<u32>,
    left: Option<FigureRow<'a>>,
    right: Option<FigureRow<'a>>,
    verdict: &'static str,
    difference: Option<String>,
    unit: Option<&'static str>,
    /// The differences that the two as printed may stand for.
    range: Option<[String; 2]>,
    percent: Option<String>,
    #[serde(rename = "match")]
    by: Option<&'static str>,
    likeness: Option<u8>,
    same_section: Option<bool>,
    same_total: Option<bool>,
    /// The rows of the other side that make it up.
    #[serde(skip_serializing_if = "Option::is_none")]
    made_of: Option<&'a [u32]>,
    /// Which side states the period of the other, where those are the figures that make it up.
    #[serde(skip_serializing_if = "Option::is_none")]
    made_of_by: Option<&'static str>,
}

#[derive(Serialize)]
struct FigureRow<'a> {
    item: u32,
    subject: &'a str,
    canonical: &'a str,
    code: Option<String>,
    value: String,
    unit: &'static str,
    /// The attached file that it is in.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    line: u32,
    page: Option<u32>,
    span: [u32; 2],
    /// The items that state the same again.
    again: Vec<u32>,
    /// The findings that name it.
    findings: Vec<String>,
}

#[derive(Serialize)]
struct StepRow {
    /// The row; none for what the parts that are named do not make up.
    row: Option<usize>,
    depth: u16,
    way: u16,
    start: String,
    difference: String,
    unit: &'static str,
}

/// Writes a comparison as one line of JSON.
pub fn write_json(
    corpus: &Corpus,
    comparison: &Comparison,
    wanted: Wanted,
    out: &mut dyn Write,
) -> io::Result<()> {
    let rows = comparison.selected(wanted.only, wanted.sort);
    let rows = rows.into_iter().filter_map(|number| Some((number, comparison.rows.get(number)?)));
    let step = |step: Step| StepRow {
        row: match step.part {
            Part::Row(row) => Some(row),
            Part::Rest => None,
        },
        depth: step.depth,
        way: step.way,
        start: step.start.to_string(),
        difference: step.difference.to_string(),
        unit: step.unit.name(),
    };
    let contributions = comparison.waterfalls(corpus).into_iter();
    let contributions = contributions.map(|steps| steps.into_iter().map(step).collect());
    let document = ComparisonRow {
        schema: "mingbai-compare/1",
        left: whose(corpus, comparison.left),
        right: whose(corpus, comparison.right),
        rows: rows.map(|(number, row)| level(corpus, comparison, number, row)).collect(),
        contributions: contributions.collect(),
    };
    let mut serializer = serde_json::Serializer::with_formatter(&mut *out, Escaped);
    document.serialize(&mut serializer)?;
    writeln!(out)
}

fn whose(corpus: &Corpus, id: EntryId) -> WhoseRow<'_> {
    let entry = corpus.entry(id);
    let header = entry.map(|entry| &entry.disclosure.header);
    WhoseRow {
        file: entry.map(|entry| file_name(&entry.file)).unwrap_or_default(),
        department: corpus.department(id),
        year: header.and_then(|header| header.year).map(|year| year.value),
        basis: header.and_then(|header| header.basis).map(|basis| basis.value.key()),
    }
}

fn level<'a>(corpus: &'a Corpus, comparison: &'a Comparison, id: usize, row: &Row) -> LevelRow<'a> {
    let change = row.change.as_ref();
    let split = comparison.split_of(id).filter(|split| split.whole as usize == id);
    LevelRow {
        id,
        parent: row.parent,
        left: figure(corpus, comparison, row, Side::Left),
        right: figure(corpus, comparison, row, Side::Right),
        verdict: verdict_key(row),
        difference: change.map(|change| change.difference.to_string()),
        unit: change.map(|change| change.unit.name()),
        range: change.map(|change| [change.range.low, change.range.high].map(|end| end.to_string())),
        percent: change.and_then(|change| change.percent).map(|percent| percent.to_string()),
        by: row.evidence.map(|evidence| match_key(Some(evidence))),
        likeness: row.evidence.and_then(|evidence| match evidence.by {
            By::Likeness(like) => Some(like),
            By::Code(_) | By::Name => None,
        }),
        same_section: row.evidence.map(|evidence| evidence.same_section),
        same_total: row.evidence.map(|evidence| evidence.same_total),
        made_of: split.map(|split| split.parts.as_slice()),
        made_of_by: split.and_then(|split| split.stated_by).map(|side| match side {
            Side::Left => "left",
            Side::Right => "right",
        }),
    }
}

fn figure<'a>(corpus: &'a Corpus, comparison: &Comparison, row: &Row, side: Side) -> Option<FigureRow<'a>> {
    let id = row.item(side)?;
    let entry = corpus.entry(comparison.entry(side))?;
    let item = entry.disclosure.items.get(id.0 as usize)?;
    let subject = corpus.words.get(item.subject)?;
    let named = entry.report.findings.iter().filter(|finding| finding.items.contains(&id));
    let source = &entry.disclosure.source;
    let span = source.in_file(item.span);
    Some(FigureRow {
        item: id.0,
        subject: corpus.words.text(subject.name),
        canonical: corpus.words.text(subject.canonical),
        code: subject.code.map(|code| code.0.to_string()),
        value: item.value.to_string(),
        unit: item.unit.name(),
        file: source.file_at(item.span.start).map(file_name),
        line: source.line_of(item.span.start),
        page: source.page_of(item.span.start),
        span: [span.start, span.end],
        again: row.again(side).iter().map(|&ItemId(again)| again).collect(),
        findings: named.map(|finding| format!("{:016x}", finding.id.0)).collect(),
    })
}
