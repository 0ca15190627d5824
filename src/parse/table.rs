//! Rows of cells → figures with their column's year and measure, and performance indicators.
//!
//! A table is read row by row, top to bottom. A head of one or more rows says what the columns are; where a row has more
//! cells than the head, because a cell of the head is merged, the two are aligned at the right.

use std::borrow::Cow;

use super::fold::{folded, form};
use super::grid;
use super::lexer::leading_year;
use super::lexicon::Lexicon;
use super::numbering::numbering;
use super::range::Range;
use super::scope::Links;
use crate::model::{
    Basis, Cell as Place, Indicator, Item, ItemId, Measure, Relation, SectionId, Subject, TableFacts,
    Vocabulary,
};
use crate::quantity::{Amount, Unit};
use crate::source::span::{holds, slice};
use crate::source::{Cell, Row, Source, Span, Table};

/// What a column holds.
#[derive(Debug, Clone, Default)]
struct Column {
    /// The words of its head, those of merged cells above first.
    name: String,
}

/// What the rows that follow are.
#[derive(Debug, Default)]
enum Rows {
    /// Labels and values that no head announces.
    #[default]
    Pairs,
    /// Money in columns.
    Money { columns: Vec<Column>, group: String, open: Vec<ItemId> },
    /// Indicators; the column of the first level and the years of the values.
    Indicators { first: usize, years: Vec<u16>, level1: Span, level2: Span },
}

/// Where the figures of a table go, and the names in it.
pub(super) struct Sink<'a> {
    pub(super) words: &'a mut Vocabulary,
    pub(super) lexicon: &'a mut Lexicon,
    pub(super) links: &'a mut Links,
}

/// Reads the tables of a document, row by row in document order.
pub(super) struct TableReader<'a> {
    source: &'a Source,
    year: u16,
    basis: Option<Basis>,
    pub(super) indicators: Vec<Indicator>,
    /// What is known of each table of the source.
    pub(super) facts: Vec<TableFacts>,
    table: Option<u32>,
    /// Whether all of the table at hand was read at its first row.
    whole: bool,
    /// The unit of the last table that has one.
    last_unit: Option<Unit>,
    /// How many rows the tables before this one have.
    rows_before: u32,
    unit: Option<Unit>,
    rows: Rows,
    /// The project that a 项目支出绩效目标表 is about.
    project: String,
    project_cell: Option<Span>,
    /// The total that the pairs below it are parts of.
    total: Option<ItemId>,
    head: String,
}

impl<'a> TableReader<'a> {
    pub(super) fn new(source: &'a Source, year: u16, basis: Option<Basis>) -> Self {
        Self {
            source,
            year,
            basis,
            indicators: Vec::new(),
            facts: source.tables.iter().map(|table| grid::facts(source, table)).collect(),
            table: None,
            whole: false,
            last_unit: None,
            rows_before: 0,
            unit: None,
            rows: Rows::Pairs,
            project: String::new(),
            project_cell: None,
            total: None,
            head: String::new(),
        }
    }

    /// Reads one row.
    pub(super) fn read(&mut self, sink: &mut Sink, table: u32, row: u32, section: SectionId) {
        let Some(layout) = self.source.tables.get(table as usize) else { return };
        sink.lexicon.forget();
        if self.table != Some(table) {
            self.begin(layout, table);
            self.read_whole(sink, layout, table, section);
        }
        if self.whole {
            return;
        }
        let Some(cells) = layout.rows.get(row as usize).map(|row: &Row| row.cells.as_slice()) else { return };
        let texts: Vec<Cow<str>> = cells.iter().map(|cell| form(self.source.cut(cell.span))).collect();
        if let Some(at) = texts.iter().position(|text| text == "项目名称").filter(|_| texts.len() <= 4) {
            self.project = texts.get(at + 1).map(|name| name.as_ref().to_owned()).unwrap_or_default();
            self.project_cell = cells.get(at + 1).map(|cell| cell.span);
            self.rows = Rows::Pairs;
            return;
        }
        if texts.iter().any(|text| text.starts_with("三级")) {
            let first = texts.iter().position(|text| text.starts_with("一级")).unwrap_or(1);
            self.rows = Rows::Indicators {
                first,
                years: Vec::new(),
                level1: Span::default(),
                level2: Span::default(),
            };
            return;
        }
        let place = Place::new(self.rows_before + row, 0);
        if is_money_head(&texts) {
            self.finish(sink.links);
            let columns = texts.into_iter().map(|name| Column { name: name.into_owned() }).collect();
            self.rows = Rows::Money { columns, group: String::new(), open: Vec::new() };
            return;
        }
        match &mut self.rows {
            Rows::Indicators { first, years, level1, level2 } => {
                if let Some(found) = head_years(&texts, self.year) {
                    years.extend(found);
                } else if cells.len() <= 3 {
                    self.rows = Rows::Pairs;
                    self.pair(sink, cells, &texts, section, place);
                } else if let Some(indicator) = indicator(cells, section, *first, years, (level1, level2)) {
                    self.indicators.push(Indicator { project: self.project_cell, ..indicator });
                }
            }
            Rows::Money { columns, .. } if head_years(&texts, self.year).is_some() => {
                split_columns(columns, &texts);
            }
            Rows::Money { .. } if texts.iter().any(|text| number(text).is_some()) => {
                self.money(sink, cells, &texts, section, place);
            }
            Rows::Money { .. } if texts.len() <= 3 => {
                self.finish(sink.links);
                self.rows = Rows::Pairs;
                self.pair(sink, cells, &texts, section, place);
            }
            Rows::Money { group, .. } => {
                let filled = texts.iter().rposition(|text| !text.is_empty()).unwrap_or(0);
                carry(group, texts.get(..filled).unwrap_or_default());
            }
            Rows::Pairs => self.pair(sink, cells, &texts, section, place),
        }
    }

    fn begin(&mut self, layout: &Table, table: u32) {
        let before = self.source.tables.get(..table as usize).unwrap_or_default();
        self.rows_before = before.iter().map(|table| table.rows.len() as u32).sum();
        self.table = Some(table);
        self.unit = layout.unit_note.and_then(|note| unit_in(&folded(self.source.cut(note))));
        self.rows = Rows::Pairs;
        (self.total, self.project_cell) = (None, None);
        (self.project, self.head) = (String::new(), String::new());
    }

    /// Reads a table whose columns are known and stand under a head.
    fn read_whole(&mut self, sink: &mut Sink, layout: &Table, table: u32, section: SectionId) {
        let (source, year, basis) = (self.source, self.year, self.basis);
        let rows_before = self.rows_before;
        let context = grid::Context { source, year, basis, section, rows_before, unit: self.last_unit };
        let facts = (!layout.ragged).then(|| grid::read(&context, layout, sink.words, sink.links)).flatten();
        self.whole = facts.is_some();
        if let (Some(facts), Some(slot)) = (facts, self.facts.get_mut(table as usize)) {
            self.last_unit = facts.unit.or(self.last_unit);
            *slot = facts;
        }
    }

    /// Ends a stretch of rows that stand under one head.
    pub(super) fn finish(&mut self, links: &mut Links) {
        if let Rows::Money { open, .. } = &mut self.rows {
            link_to_line(links, &std::mem::take(open));
        }
    }

    /// A row of money: the label is the last text before the first number.
    fn money(
        &mut self,
        sink: &mut Sink,
        cells: &[Cell],
        texts: &[Cow<str>],
        section: SectionId,
        place: Option<Place>,
    ) {
        let Rows::Money { columns, group, open } = &mut self.rows else { return };
        let first = texts.iter().position(|text| number(text).is_some()).unwrap_or(texts.len());
        let by_name = columns.iter().position(|column| holds(&column.name, "名称"));
        let same_width = columns.len() == cells.len();
        let label = match by_name.filter(|_| same_width) {
            Some(at) => at,
            None => {
                (0..first).rev().find(|at| texts.get(*at).is_some_and(|text| !text.is_empty())).unwrap_or(0)
            }
        };
        if label > 0 && !same_width {
            carry(group, texts.get(..label).unwrap_or_default());
        }
        let Some(unit) = self.unit else { return };
        let name = strip_label(texts.get(label).map_or("", Cow::as_ref)).to_owned();
        let (lexicon_name, links) = (sink.lexicon.name(&name), &mut *sink.links);
        let total = matches!(name.as_str(), "合计" | "总计" | "小计");
        let mut level = None;
        for (at, text) in texts.iter().enumerate().skip(first) {
            let (Some(value), Some(cell)) = (number(text), cells.get(at)) else { continue };
            let from_right = cells.len() - at;
            let column = columns
                .len()
                .checked_sub(from_right)
                .and_then(|at| columns.get(at))
                .map_or("", |column| column.name.as_str());
            let share = text.ends_with('%') || holds(column, "占比");
            let year = leading_year_of(column, self.year);
            let measure = if share { Measure::Share } else { Measure::Amount };
            let canonical = match (total, group.as_str()) {
                (true, group) if holds(group, "收入") => "收入总计".to_owned(),
                (true, group) if holds(group, "支出") => "支出总计".to_owned(),
                _ if holds(column, "总预算") => format!("{name}（{column}）"),
                _ => sink.lexicon.official(lexicon_name).unwrap_or(Cow::Borrowed(&name)).into_owned(),
            };
            let subject = named(sink.words, sink.lexicon, &name, &canonical);
            let unit = if share { Unit::Percent } else { unit };
            let item = row_item(cell.span, value, section, subject, year, measure, unit, self.basis);
            let id = ItemId(links.items.len() as u32);
            links
                .items
                .push(Item { cell: place.and_then(|place| Place::new(place.row(), at as u32)), ..item });
            match (share, level) {
                (true, Some(level)) => links.set_parent(id, level, Relation::Share),
                _ if total => link_total(links, open, id),
                _ => {
                    if !holds(column, "总预算") {
                        open.push(id);
                    }
                    level = Some(id);
                }
            }
            if total && !share {
                level = level.or(Some(id));
            }
        }
        if total {
            open.clear();
        }
    }

    /// A label and its value, without a head: 资金总额：4091.
    fn pair(
        &mut self,
        sink: &mut Sink,
        cells: &[Cell],
        texts: &[Cow<str>],
        section: SectionId,
        place: Option<Place>,
    ) {
        let [.., label, value] = texts else { return };
        if texts.len() > 2 && texts.first().is_some_and(|text| !text.is_empty()) {
            texts.first().unwrap_or(label).as_ref().clone_into(&mut self.head);
        }
        let unit = unit_in(&self.head).or_else(|| unit_in(label)).or(self.unit);
        let money = ["资金", "拨款", "金额", "经费", "支出", "收入"]
            .iter()
            .any(|word| holds(label, word) && label.chars().count() <= 12);
        let (Some(value), Some(unit), true, Some(cell)) = (number(value), unit, money, cells.last()) else {
            return;
        };
        let name = strip_label(label);
        let own = if self.project.is_empty() {
            let known = sink.lexicon.name(name);
            sink.lexicon.official(known).unwrap_or(Cow::Borrowed(name)).into_owned()
        } else {
            format!("{}{name}", self.project)
        };
        let subject = named(sink.words, sink.lexicon, name, &own);
        let item = row_item(cell.span, value, section, subject, self.year, Measure::Amount, unit, self.basis);
        let links = &mut *sink.links;
        let id = ItemId(links.items.len() as u32);
        links.items.push(Item {
            cell: place.and_then(|place| Place::new(place.row(), texts.len() as u32 - 1)),
            ..item
        });
        if holds(name, "总额") || name == "合计" {
            self.total = Some(id);
        } else if let Some(total) = self.total {
            links.set_parent(id, total, Relation::Sum);
        }
    }
}

/// Parts above a total, column by column.
fn link_total(links: &mut Links, open: &[ItemId], total: ItemId) {
    let Some(year) = links.item(total).map(|item| item.about_year) else { return };
    for part in open {
        if links.item(*part).is_some_and(|item| item.about_year == year && item.measure == Measure::Amount) {
            links.set_parent(*part, total, Relation::Sum);
        }
    }
}

/// Rows that no total ends are the parts of a line above whose amount they make, such as the projects of 项目支出.
fn link_to_line(links: &mut Links, open: &[ItemId]) {
    let Some(first) = open.first().filter(|_| open.len() > 1).and_then(|id| links.item(*id)).copied() else {
        return;
    };
    let Some(sum) = links.sum(open) else { return };
    let before = open.first().map_or(0, |id| id.0 as usize);
    let line = links.items.iter().take(before).rposition(|item| {
        item.cell.is_some()
            && item.measure == Measure::Amount
            && item.about_year == first.about_year
            && Range::of(item).is_some_and(|value| value.meets(sum))
    });
    if let Some(line) = line {
        for part in open {
            links.set_parent(*part, ItemId(line as u32), Relation::Sum);
        }
    }
}

/// One row of indicators; levels that are merged with the row above are carried down.
fn indicator(
    cells: &[Cell],
    section: SectionId,
    first: usize,
    years: &[u16],
    (level1, level2): (&mut Span, &mut Span),
) -> Option<Indicator> {
    let (last, rest) = cells.split_last()?;
    let name = rest.get(first + 2)?.span;
    let values = rest.get(first + 3..).filter(|values| !values.is_empty() && !name.is_empty())?;
    let (one, two) = (cells.get(first)?.span, cells.get(first + 1)?.span);
    if !one.is_empty() {
        *level1 = one;
    }
    if !two.is_empty() {
        *level2 = two;
    }
    let several = values.len() > 1;
    let values = values
        .iter()
        .enumerate()
        .map(|(at, cell)| (years.get(at).copied().filter(|_| several), cell.span))
        .collect();
    Some(Indicator {
        section,
        project: None,
        level1: *level1,
        level2: *level2,
        name,
        values,
        basis: last.span,
    })
}

fn is_money_head(texts: &[Cow<str>]) -> bool {
    const HEADS: &[&str] = &["金额", "总预算", "年度预算", "预算数", "决算数", "执行数"];
    let filled = texts.iter().filter(|text| !text.is_empty()).count();
    filled >= 3
        && texts.iter().all(|text| number(text).is_none())
        && texts.iter().any(|text| HEADS.iter().any(|head| text.ends_with(head)))
}

/// Returns the years of a row that holds nothing but years: 2021年, 2022年; 前年, 上年, 预计当年实现.
fn head_years(texts: &[Cow<str>], year: u16) -> Option<Vec<u16>> {
    let mut years = Vec::new();
    for text in texts.iter().filter(|text| !text.is_empty()) {
        if let Some((year, "")) = leading_year(text) {
            years.push(year);
        } else if text == "前年" {
            years.push(year.saturating_sub(2));
        } else if text == "上年" || text == "去年" {
            years.push(year.saturating_sub(1));
        } else if !holds(text, "当年") && !holds(text, "指标值") {
            return None;
        }
    }
    let found =
        !years.is_empty() || texts.iter().any(|text| holds(text, "当年实现") || holds(text, "近两年"));
    if !years.is_empty() {
        years.push(year);
    }
    found.then_some(years)
}

/// A second row of the head: blank where the cell above goes on, names where the cell above is split.
fn split_columns(columns: &mut Vec<Column>, texts: &[Cow<str>]) {
    let blank = texts.iter().take_while(|text| text.is_empty()).count();
    let above = columns.get(blank).map(|column| column.name.clone()).unwrap_or_default();
    columns.truncate(blank);
    columns.extend(texts.iter().skip(blank).map(|text| Column { name: format!("{above}/{text}") }));
}

/// Keeps the label of a group of rows: the last text before the row's own label.
fn carry(group: &mut String, texts: &[Cow<str>]) {
    if let Some(text) = texts.iter().rev().find(|text| !text.is_empty()) {
        text.as_ref().clone_into(group);
    }
}

fn leading_year_of(column: &str, year: u16) -> u16 {
    let own = column.rsplit('/').next().and_then(leading_year).map(|(year, _)| year);
    own.unwrap_or(if holds(column, "上年") { year.saturating_sub(1) } else { year })
}

/// Returns the number that is all of a cell: 871.07, 84.3%. Telephone numbers have no place for a decimal point and are
/// refused by their length.
pub(super) fn number(text: &str) -> Option<Amount> {
    const LONGEST_WHOLE: usize = 10;
    let digits = text.strip_suffix('%').unwrap_or(text);
    let numeric = digits.as_bytes().first().is_some_and(|byte| byte.is_ascii_digit() || *byte == b'-')
        && digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'-'));
    let telephone = digits.len() > LONGEST_WHOLE && !digits.contains(['.', ',']);
    if numeric && !telephone { Amount::parse(digits) } else { None }
}

pub(super) fn unit_in(text: &str) -> Option<Unit> {
    let units = [("亿元", Unit::HundredMillionYuan), ("万元", Unit::TenThousandYuan), ("元", Unit::Yuan)];
    units.into_iter().find(|(name, _)| holds(text, name)).map(|(_, unit)| unit)
}

/// A row's label without its number, 其中 and colon.
fn strip_label(label: &str) -> &str {
    let start = numbering(label).map_or(0, |numbering| numbering.length);
    let name = slice(label, start, label.len()).trim_start_matches("其中").trim_matches(':');
    name.strip_suffix("(万元)").unwrap_or(name)
}

fn named(
    words: &mut Vocabulary,
    lexicon: &mut Lexicon,
    name: &str,
    official: &str,
) -> crate::model::SubjectId {
    let known = lexicon.name(name);
    let own = lexicon.intern(words, known, name, None);
    let code = words.get(own).and_then(|subject| subject.code);
    let (name, canonical) = (words.name(name), words.name(official));
    words.subject(Subject { name, canonical, code })
}

#[expect(clippy::too_many_arguments, reason = "these are the columns of a row")]
fn row_item(
    span: Span,
    value: Amount,
    section: SectionId,
    subject: crate::model::SubjectId,
    about_year: u16,
    measure: Measure,
    unit: Unit,
    basis: Option<Basis>,
) -> Item {
    Item {
        span,
        value,
        section,
        subject,
        aspect: None,
        parent: None,
        cell: None,
        about_year,
        measure,
        unit,
        basis,
        relation: None,
    }
}
