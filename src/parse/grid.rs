//! A table whose columns are known → its kind, and a figure for every cell that holds one.
//!
//! The head gives every column its words from the top ([`head`]); what stands below it says which columns name the rows
//! and which hold figures ([`columns`]); names, codes and indents give the rows their tree ([`tree`]). A blank cell is no
//! figure, and neither are codes, the numbers of rows and columns, and years.

mod cells;
mod columns;
mod head;
mod label;
mod link;
mod name;
mod template;
mod tree;
mod value;

use super::fold::folded;
use super::lexer::leading_year;
use super::scope::Links;
use super::table::{number, unit_in};
use crate::model::catalog::Domain;
use crate::model::{Basis, Cell as Place, Column, Item, ItemId, Measure, SectionId, TableFacts, Vocabulary};
use crate::quantity::Unit;
use crate::source::{Source, Table};
use cells::Cells;
use columns::{Segment, segments};
use head::Head;
use label::{Label, Walk};
use template::{Template, template_of};
use tree::Line;
use value::{Value, measure};

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
    let (rows, again) = head.rows_below(&cells);
    let title = table.title.map(|title| folded(context.source.cut(title))).unwrap_or_default();
    let template = template_of(&title);
    let unit = table
        .unit_note
        .and_then(|note| unit_in(&folded(context.source.cut(note))))
        .or_else(|| unit_in(&title));
    let mut reader = Reader {
        context,
        cells,
        head,
        rows,
        again,
        template,
        unit,
        words,
        links,
        facts: TableFacts::default(),
    };
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
    /// Rows that were there before, on the page before.
    again: Vec<usize>,
    /// The rows below the head.
    rows: Vec<usize>,
    template: Option<&'static Template>,
    unit: Option<Unit>,
    words: &'b mut Vocabulary,
    links: &'b mut Links,
    facts: TableFacts,
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
        let before = self.links.items.len();
        for segment in &segments {
            self.segment(segment, inherited);
        }
        // A form has figures too, but beside their labels and not below heads.
        let holds = |row: &usize| self.cells.filled(*row).any(|placed| number(&placed.text).is_some());
        let is_form = self.links.items.len() == before && self.rows.iter().any(holds);
        (!is_form).then(|| std::mem::take(&mut self.facts))
    }

    fn segment(&mut self, segment: &Segment, unit: Option<Unit>) {
        let values = self.values(segment, unit);
        let mut lines: Vec<Line> = Vec::new();
        let mut found: Vec<Vec<Option<ItemId>>> = Vec::new();
        let mut carried = vec![[0; 2]; segment.labels.len()];
        let domain = segment.labels.first().and_then(|labels| labels.domain);
        let mut walk = Walk::default();
        let mut last: Option<Label> = None;
        let mut rows: Vec<(usize, bool)> = self.rows.iter().map(|row| (*row, false)).collect();
        rows.extend(self.again.iter().map(|row| (*row, true)));
        rows.sort_unstable();
        for (row, again) in rows {
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
            // A row without a name goes on with what the row above is about.
            let named = label.is_some() || segment.labels.is_empty();
            let Some(mut label) = label.or_else(|| last.clone().or_else(|| named.then(Label::default)))
            else {
                continue;
            };
            if label.code.is_none() && !label.is_total() && !label.name.is_empty() {
                label.code = domain.and_then(|domain| walk.next(domain, &label.name));
            }
            let period = segment
                .periods
                .iter()
                .map(|column| self.cells.text(row, *column))
                .find(|text| !text.is_empty());
            let period = period.unwrap_or_default().to_owned();
            let figures = self.row(segment, &values, row, (&label, other.as_ref()), domain, &period);
            last = Some(label.clone());
            if named && !again && (figures.iter().any(Option::is_some) || !label.name.is_empty()) {
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

    /// Reads the figures of one row.
    fn row(
        &mut self,
        segment: &Segment,
        values: &[Value],
        row: usize,
        (label, other): (&Label, Option<&Label>),
        domain: Option<Domain>,
        period: &str,
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
            let measure = match (value.measure, measure(if period.is_empty() { &label.name } else { period }))
            {
                (Measure::Amount, _) if placed.text.ends_with('%') => Measure::Share,
                (Measure::Amount, Measure::Delta) => Measure::Delta,
                (measure, _) => measure,
            };
            let unit = match measure {
                Measure::Rate | Measure::Share => Some(Unit::Percent),
                Measure::Amount | Measure::Delta | Measure::Count => value.unit,
            };
            let (span, begins) = (placed.cell.span, placed.row as u32);
            let Some(unit) = unit else {
                figures.push(None);
                continue;
            };
            let subject = self.subject(value, label, domain);
            let aspect = self.aspect(segment, value, (label, other));
            let id = ItemId(self.links.items.len() as u32);
            self.links.items.push(Item {
                span,
                value: amount,
                section: self.context.section,
                subject,
                aspect,
                parent: None,
                cell: Place::new(self.context.rows_before + begins, value.column as u32),
                about_year: leading_year(period).map_or(value.year, |(year, _)| year),
                measure,
                unit,
                basis: value.basis,
                relation: None,
            });
            figures.push(Some(id));
        }
        figures
    }
}
