//! A table whose columns are known → its kind, and a figure for every cell that holds one.
//!
//! The head gives every column its words from the top ([`head`]); what stands below it says which columns name the rows
//! and which hold figures ([`columns`]); names, codes and indents give the rows their tree ([`tree`]). A blank cell is no
//! figure, and neither are codes, the numbers of rows and columns, and years.

mod cells;
mod columns;
mod head;
mod label;
mod template;
mod tree;

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use super::fold::folded;
use super::lexer::leading_year;
use super::scope::Links;
use super::subject::canonical;
use super::table::{number, unit_in};
use crate::model::catalog::{Domain, catalog};
use crate::model::{
    Basis, Cell as Place, Code, Column, Item, ItemId, Measure, NameId, Relation, SectionId, Subject,
    TableFacts, Vocabulary,
};
use crate::quantity::Unit;
use crate::source::{Source, Table};
use cells::Cells;
use columns::{Segment, segments};
use head::Head;
use label::{Label, Walk};
use template::{Template, template_of};
use tree::Line;

/// What is known of the document that a table is in.
pub(super) struct Context<'a> {
    pub(super) source: &'a Source,
    pub(super) year: u16,
    pub(super) basis: Option<Basis>,
    pub(super) section: SectionId,
    /// How many rows the tables before have.
    pub(super) rows_before: u32,
    /// The unit of the table before, which holds where this one does not say.
    pub(super) unit: Option<Unit>,
}

/// Reads a table; its figures go to `links`. Returns nothing where it is no table of figures under heads.
pub(super) fn read(
    context: &Context,
    table: &Table,
    words: &mut Vocabulary,
    links: &mut Links,
) -> Option<TableFacts> {
    let cells = Cells::new(context.source, table)?;
    let head = Head::new(&cells, table);
    if head.rows.is_empty() || cells.width < 2 {
        return None;
    }
    let rows = head.rows_below(&cells);
    let title = table.title.map(|title| folded(context.source.cut(title))).unwrap_or_default();
    let template = template_of(&title);
    let unit = table
        .unit_note
        .and_then(|note| unit_in(&folded(context.source.cut(note))))
        .or_else(|| unit_in(&title));
    let mut reader =
        Reader { context, cells, head, rows, template, unit, words, links, facts: TableFacts::default() };
    reader.read()
}

/// Returns what the title alone says of a table.
pub(super) fn facts(source: &Source, table: &Table) -> TableFacts {
    let title = table.title.map(|title| folded(source.cut(title))).unwrap_or_default();
    TableFacts { kind: template_of(&title).map(|template| template.kind), ..TableFacts::default() }
}

struct Reader<'a, 'b> {
    context: &'a Context<'a>,
    cells: Cells<'a>,
    head: Head,
    /// The rows below the head.
    rows: Vec<usize>,
    template: Option<&'static Template>,
    unit: Option<Unit>,
    words: &'b mut Vocabulary,
    links: &'b mut Links,
    facts: TableFacts,
}

/// What a column of figures is.
struct Value {
    column: usize,
    /// Its words from the top, without those that all columns beside it have too.
    path: Vec<String>,
    year: u16,
    basis: Option<Basis>,
    measure: Measure,
    unit: Option<Unit>,
    name: NameId,
    /// The column that it is a part of, by its place in the stretch.
    parent: Option<usize>,
    /// Whether 其中 stands over it: it may be one of several parts, or a part named alone.
    among: bool,
}

impl Reader<'_, '_> {
    fn read(&mut self) -> Option<TableFacts> {
        let segments = segments(&self.cells, &self.head, &self.rows);
        let inherited = self.unit.or(self.context.unit.filter(|_| self.template.is_some()));
        let known = segments.iter().flat_map(|segment| &segment.values).any(|column| {
            self.head.paths.get(*column).is_some_and(|path| path.iter().any(|words| unit_in(words).is_some()))
        });
        if segments.is_empty() || inherited.is_none() && !known {
            return None;
        }
        self.facts.kind = self.template.map(|template| template.kind);
        self.facts.unit = inherited;
        for segment in &segments {
            self.segment(segment, inherited);
        }
        Some(std::mem::take(&mut self.facts))
    }

    fn segment(&mut self, segment: &Segment, unit: Option<Unit>) {
        let values = self.values(segment, unit);
        let mut lines: Vec<Line> = Vec::new();
        let mut found: Vec<Vec<Option<ItemId>>> = Vec::new();
        let mut carried = vec![[0; 2]; segment.labels.len()];
        let domain = segment.labels.first().and_then(|labels| labels.domain);
        let mut walk = Walk::default();
        for row in self.rows.clone() {
            let mut labels = segment
                .labels
                .iter()
                .zip(&mut carried)
                .map(|(labels, carried)| labels.read(&self.cells, row, carried));
            let first = labels.next().flatten();
            let rest: Vec<Label> = labels.flatten().collect();
            // A row that only another group of columns names is about a unit or the like, of which the rows below are.
            let over = first.is_none() && !rest.is_empty();
            let (label, other) = match (first, rest) {
                (Some(label), rest) => (Some(label), rest.into_iter().next()),
                (None, rest) => (rest.into_iter().next(), None),
            };
            let Some(mut label) = label.or_else(|| segment.labels.is_empty().then(Label::default)) else {
                continue;
            };
            if label.code.is_none() && !label.is_total() && !label.name.is_empty() {
                label.code = domain.and_then(|domain| walk.next(domain, &label.name));
            }
            let figures = self.row(segment, &values, row, &label, other.as_ref(), domain);
            if figures.iter().any(Option::is_some) || !label.name.is_empty() {
                lines.push(Line { label, over, parent: None });
                found.push(figures);
            }
        }
        tree::link(&mut lines);
        self.link_rows(&lines, &found);
        let relations = self.link_columns(&values, &found);
        for (value, relation) in values.iter().zip(relations) {
            let parent =
                value.parent.and_then(|parent| values.get(parent)).map(|parent| parent.column as u16);
            let column = Column { column: value.column as u16, name: value.name, parent, relation };
            self.facts.columns.push(column);
        }
    }

    /// Returns what the columns of figures are.
    fn values(&mut self, segment: &Segment, unit: Option<Unit>) -> Vec<Value> {
        let path = |column: &usize| self.head.paths.get(*column).cloned().unwrap_or_default();
        let paths: Vec<Vec<String>> = segment.values.iter().map(path).collect();
        // What stands over all columns says nothing of one.
        let shared = match paths.split_first() {
            Some((first, rest)) if !rest.is_empty() => (0..first.len())
                .take_while(|at| {
                    rest.iter().all(|path| path.get(*at) == first.get(*at) && path.len() > at + 1)
                        && first.len() > at + 1
                })
                .count(),
            Some((first, _)) => first.len().saturating_sub(1),
            None => 0,
        };
        let own: Vec<Vec<String>> =
            paths.iter().map(|path| path.iter().skip(shared).cloned().collect()).collect();
        let scope = self.template.map_or("", |template| template.scope);
        let mut values = Vec::new();
        for (at, (column, whole)) in segment.values.iter().zip(&paths).enumerate() {
            let path: Vec<String> = own
                .get(at)
                .map(|path| path.iter().map(|words| plain(words).to_owned()).collect())
                .unwrap_or_default();
            let text = whole.join("/");
            let (year, basis) = about(&text, self.context);
            let measure = measure(&text);
            let mut name: Vec<&str> = vec![scope];
            name.extend(path.iter().map(String::as_str));
            name.retain(|words| !words.is_empty());
            let name = self.words.name(&name.join("/"));
            let unit = whole.iter().rev().find_map(|words| unit_in_brackets(words)).or(unit);
            let among = whole.iter().any(|words| words.starts_with("其中"));
            values.push(Value {
                column: *column,
                path,
                year,
                basis,
                measure,
                unit,
                name,
                parent: None,
                among,
            });
        }
        let parents: Vec<Option<usize>> = (0..values.len()).map(|at| parent_column(&values, at)).collect();
        for (value, parent) in values.iter_mut().zip(parents) {
            value.parent = parent;
        }
        values
    }

    /// Reads the figures of one row.
    fn row(
        &mut self,
        segment: &Segment,
        values: &[Value],
        row: usize,
        label: &Label,
        other: Option<&Label>,
        domain: Option<Domain>,
    ) -> Vec<Option<ItemId>> {
        let mut figures = Vec::with_capacity(values.len());
        for value in values {
            let placed = self.cells.at(row, value.column).filter(|placed| placed.row == row);
            let placed = placed.filter(|placed| usize::from(placed.cell.column) == value.column);
            let Some((placed, amount)) = placed.and_then(|placed| Some((placed, number(&placed.text)?)))
            else {
                figures.push(None);
                continue;
            };
            let percent = placed.text.ends_with('%');
            let measure =
                if percent && value.measure == Measure::Amount { Measure::Share } else { value.measure };
            let unit = match measure {
                Measure::Rate | Measure::Share => Some(Unit::Percent),
                Measure::Amount | Measure::Delta | Measure::Count => value.unit,
            };
            let (span, begins) = (placed.cell.span, placed.row as u32);
            let Some(unit) = unit else {
                figures.push(None);
                continue;
            };
            let subject = self.subject(segment, value, label, domain);
            let aspect = self.aspect(segment, value, other);
            let id = ItemId(self.links.items.len() as u32);
            self.links.items.push(Item {
                span,
                value: amount,
                section: self.context.section,
                subject,
                aspect,
                parent: None,
                cell: Place::new(self.context.rows_before + begins, value.column as u32),
                about_year: value.year,
                measure,
                unit,
                basis: value.basis,
                relation: None,
            });
            figures.push(Some(id));
        }
        figures
    }

    /// Returns what a figure is an amount of. Without a name before it, its column is.
    fn subject(
        &mut self,
        segment: &Segment,
        value: &Value,
        label: &Label,
        domain: Option<Domain>,
    ) -> crate::model::SubjectId {
        let column = value.path.last().map_or("", String::as_str);
        let bare = label.is_bare_total();
        let name = if segment.labels.is_empty() || label.name.is_empty() { column } else { &label.name };
        let official = label.code.and_then(|code| catalog().name(code));
        let side =
            || self.head.paths.get(value.column).and_then(|path| path.first()).map_or("", String::as_str);
        let total = || match (self.template.map_or("", |template| template.total), side()) {
            ("", side) if side.contains("收入") => "收入总计",
            ("", side) if side.contains("支出") => "支出总计",
            (total, _) => total,
        };
        let canonical = match official {
            Some(official) => Cow::Borrowed(official),
            None if bare && !segment.labels.is_empty() && !total().is_empty() => Cow::Borrowed(total()),
            None => canonical(name).unwrap_or(Cow::Borrowed(name)),
        };
        let code = label.code.filter(|code| {
            label::domain_of(*code).is_some() && (domain.is_none() || label::domain_of(*code) == domain)
        });
        let code = code.and_then(std::num::NonZeroU32::new).map(Code);
        let (name, canonical) = (self.words.name(name), self.words.name(&canonical));
        self.words.subject(Subject { name, canonical, code })
    }

    /// Returns which column a figure stands in; where a row is named twice, the second name belongs to it.
    fn aspect(&mut self, segment: &Segment, value: &Value, other: Option<&Label>) -> Option<NameId> {
        let crossed = segment.labels.first().is_some_and(|labels| labels.domain == Some(Domain::Functional));
        let other = other.filter(|other| crossed && !other.name.is_empty());
        let own = self.words.text(value.name).to_owned();
        match other {
            Some(other) => Some(self.words.name(&format!("{}/{own}", other.name))),
            None if own.is_empty() => None,
            None => Some(value.name),
        }
    }

    /// Gives the figures of each row those of the row that it is a part of.
    fn link_rows(&mut self, lines: &[Line], found: &[Vec<Option<ItemId>>]) {
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); lines.len()];
        for (at, line) in lines.iter().enumerate() {
            if let Some(children) = line.parent.and_then(|parent| children.get_mut(parent)) {
                children.push(at);
            }
        }
        for (parent, children) in children.iter().enumerate().filter(|(_, children)| !children.is_empty()) {
            let coded =
                children.iter().all(|at| lines.get(*at).is_some_and(|line| line.label.code.is_some()));
            let whole = found.get(parent).map_or(&[][..], Vec::as_slice);
            for (column, whole) in whole.iter().enumerate() {
                let Some(whole) = *whole else { continue };
                let figure = |at: &usize| *found.get(*at)?.get(column)?;
                let parts: Vec<ItemId> = children.iter().filter_map(figure).collect();
                let sums = coded || self.links.fits(&parts, Some(whole));
                // A department above its units: the first row is the whole of the others.
                let nested = (!sums).then(|| parts.split_first()).flatten().filter(|(first, rest)| {
                    self.links.fits(&[**first], Some(whole)) && self.links.fits(rest, Some(**first))
                });
                if let Some((first, rest)) = nested {
                    self.links.set_parent(*first, whole, Relation::Sum);
                    rest.iter().for_each(|part| self.links.set_parent(*part, *first, Relation::Sum));
                } else {
                    let relation = if sums { Relation::Sum } else { Relation::Of };
                    parts.iter().for_each(|part| self.links.set_parent(*part, whole, relation));
                }
            }
        }
    }

    /// Finds how columns hang together, and gives figures that are part of no other row those of the column that theirs is
    /// a part of.
    fn link_columns(&mut self, values: &[Value], found: &[Vec<Option<ItemId>>]) -> Vec<Option<Relation>> {
        let mut relations = vec![None; values.len()];
        let figures = found.iter().flatten().flatten();
        let broken_down: FxHashSet<ItemId> =
            figures.filter_map(|id| self.links.item(*id).and_then(|item| item.parent)).collect();
        for parent in 0..values.len() {
            let children: Vec<usize> = (0..values.len())
                .filter(|at| values.get(*at).is_some_and(|value| value.parent == Some(parent)))
                .collect();
            if children.is_empty() {
                continue;
            }
            let parts = self.complete(values, found, parent, &children);
            for at in children.iter().copied() {
                let relation = if parts.contains(&at) { Relation::Sum } else { Relation::Of };
                if let Some(slot) = relations.get_mut(at) {
                    *slot = Some(relation);
                }
                for figures in found {
                    let (Some(part), Some(whole)) =
                        (figures.get(at).copied().flatten(), figures.get(parent).copied().flatten())
                    else {
                        continue;
                    };
                    // What rows below are parts of is not broken down a second time.
                    let free = self.links.item(part).is_some_and(|item| item.parent.is_none());
                    if free && !broken_down.contains(&whole) {
                        self.links.set_parent(part, whole, relation);
                    }
                }
            }
        }
        relations
    }
}

impl Reader<'_, '_> {
    /// Returns which columns together make another one. What holds in most rows is meant in all. What 其中 stands over may
    /// be beside the others and not among them, and so may one group of columns that no such word tells apart.
    fn complete(
        &self,
        values: &[Value],
        found: &[Vec<Option<ItemId>>],
        whole: usize,
        children: &[usize],
    ) -> Vec<usize> {
        let but = |left_out: &dyn Fn(&Value) -> bool| -> Vec<usize> {
            children
                .iter()
                .copied()
                .filter(|at| values.get(*at).is_some_and(|value| !left_out(value)))
                .collect()
        };
        let mut choices = vec![children.to_vec(), but(&|value| value.among)];
        let groups: FxHashSet<&String> =
            children.iter().filter_map(|at| values.get(*at)?.path.first()).collect();
        for group in groups.into_iter().filter(|_| children.len() > 2) {
            choices.push(but(&|value| value.path.first() == Some(group)));
        }
        let held = |parts: &Vec<usize>| self.held(found, whole, parts);
        let best = choices.into_iter().map(|parts| (held(&parts), parts));
        let best = best.max_by_key(|((holds, _), parts)| (*holds, parts.len()));
        best.filter(|((holds, all), _)| holds * 3 >= all * 2 && *holds > 0)
            .map(|(_, parts)| parts)
            .unwrap_or_default()
    }

    /// Returns in how many rows some columns make another one, and in how many there is anything to make.
    fn held(&self, found: &[Vec<Option<ItemId>>], whole: usize, parts: &[usize]) -> (usize, usize) {
        let (mut holds, mut all) = (0, 0);
        for figures in found {
            let Some(whole) = figures.get(whole).copied().flatten() else { continue };
            if self.links.item(whole).is_none_or(|item| item.value.is_zero()) {
                continue;
            }
            let parts: Vec<ItemId> =
                parts.iter().filter_map(|at| figures.get(*at).copied().flatten()).collect();
            all += 1;
            holds += usize::from(self.links.fits(&parts, Some(whole)));
        }
        (holds, all)
    }
}

/// Returns the column whose figures a column's are parts of: 合计 of the same group, or the 小计 of the group below.
fn parent_column(values: &[Value], at: usize) -> Option<usize> {
    let value = values.get(at)?;
    if value.measure != Measure::Amount {
        return None;
    }
    let (last, group) = value.path.split_last()?;
    let total = is_total(last);
    // A total of a group is part of what its group is part of.
    let own = if total { group.split_last().map_or(&[][..], |(_, outer)| outer) } else { group };
    let levels = (0..=own.len()).rev().filter_map(|length| own.get(..length));
    for level in levels {
        let heads = values.iter().position(|other| {
            other.path.split_last().is_some_and(|(name, group)| is_total(name) && group == level)
                && other.year == value.year
                && other.basis == value.basis
                && other.measure == Measure::Amount
        });
        // A column may also be the total of a group that bears its own name.
        let named = || {
            level.split_last().and_then(|(name, outer)| {
                values.iter().position(|other| other.path.split_last() == Some((name, outer)))
            })
        };
        if let Some(parent) = heads.or_else(named).filter(|parent| *parent != at) {
            return Some(parent);
        }
    }
    None
}

fn is_total(name: &str) -> bool {
    ["合计", "总计", "小计", "总额", "总数"].iter().any(|word| name.ends_with(word))
}

/// The words of a head without 其中 and without what stands in brackets behind them for the unit.
fn plain(words: &str) -> &str {
    let words = words.strip_prefix("其中").unwrap_or(words).trim_matches(':');
    match words.rsplit_once('(') {
        Some((name, unit)) if unit_in(unit).is_some() => name,
        _ => words,
    }
}

/// 预算数(万元), 金额单位:元.
fn unit_in_brackets(words: &str) -> Option<Unit> {
    let (_, rest) = words.split_once('(').or_else(|| words.split_once("单位"))?;
    unit_in(rest)
}

/// Returns the year and the basis that the words over a column give its figures.
fn about(words: &str, context: &Context) -> (u16, Option<Basis>) {
    let year = words.match_indices('年').find_map(|(at, _)| {
        let (year, _) = leading_year(words.get(at.checked_sub(4)?..)?)?;
        Some(year)
    });
    let before = ["上年数", "上年预算", "上年执行", "上年决算", "去年", "上年度"]
        .iter()
        .any(|word| words.contains(word));
    let year = year.unwrap_or(if before { context.year.saturating_sub(1) } else { context.year });
    let basis = match (
        words.contains("决算") || words.contains("执行数"),
        words.contains("预算数") || words.contains("年初预算"),
    ) {
        (true, _) => Some(Basis::FinalAccounts),
        (false, true) => Some(Basis::Budget),
        (false, false) => context.basis,
    };
    (year, basis)
}

/// Returns what kind of figures stand below the words of a head.
fn measure(words: &str) -> Measure {
    let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
    if has(&["占比", "比重", "比例"]) {
        Measure::Share
    } else if has(&["%", "增长率", "完成率", "增幅", "增减率"]) {
        Measure::Rate
    } else if has(&["增减", "增加额", "减少额", "增加数"]) {
        Measure::Delta
    } else {
        Measure::Amount
    }
}
