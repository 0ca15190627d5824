//! What is asked of the figures of a disclosure again and again: where they stand, what they say, and which belong
//! together.

use super::groups::Groups;
use super::values::{Style, Value};
use super::{Disclosure, Item, ItemId, Measure};
use crate::source::Span;
use crate::source::fold::Folded;
use crate::source::span::sentence;

/// How many measures there are.
const MEASURES: usize = Measure::Count as usize + 1;

/// The figures of a disclosure by what is asked of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index {
    /// Where each figure stands.
    pub(crate) standing: Vec<Standing>,
    /// What each figure says, and how they are written.
    pub(crate) values: Vec<Value>,
    pub(crate) style: Style,
    /// For each row of all tables whether its table was read with its columns.
    pub(crate) tabled: Vec<bool>,
    /// The figures that hang on each figure, in document order.
    pub(crate) children: Groups,
    /// The figures of each official name.
    pub(crate) named: Groups,
    /// The figures of each measure, but for those of tables.
    pub(crate) measured: Groups,
}

/// Where a figure stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing {
    /// Where it begins and ends in the folded text.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Where its sentence begins there.
    pub(crate) lead: u32,
    /// Its sentence or table row in the source.
    pub(crate) sentence: Span,
}

impl Index {
    /// Returns the figures of a disclosure by what is asked of them.
    pub(crate) fn of(d: &Disclosure, folded: &Folded) -> Self {
        let tabled = tabled(d);
        let with_ids = || (0..).map(ItemId).zip(&d.items);
        let parents = with_ids().filter_map(|(id, item)| Some((item.parent?.0 as usize, id)));
        let mut children = Groups::new(d.items.len(), parents);
        // A total of a table may stand after its parts.
        let place = |id: &ItemId| d.items.get(id.0 as usize).map(|item| item.span.start);
        if !d.items.is_sorted_by_key(|item| item.span.start) {
            children.sort_each_by_key(place);
        }
        let canonical = |item: &Item| d.words.get(item.subject).map(|subject| subject.canonical.index());
        let named = with_ids().filter_map(|(id, item)| Some((canonical(item)?, id)));
        let in_prose = with_ids().filter(|(_, item)| !has_column(&tabled, item));
        let measured = in_prose.map(|(id, item)| (item.measure as usize, id));
        let style = Style::of(&d.items);
        Self {
            standing: standing(d, folded),
            values: d.items.iter().map(|item| style.value(item)).collect(),
            style,
            children,
            named: Groups::new(d.words.names().len(), named),
            measured: Groups::new(MEASURES, measured),
            tabled,
        }
    }

    /// Returns whether a figure stands in a column of a table that was read with its head.
    pub(crate) fn has_column(&self, item: &Item) -> bool {
        has_column(&self.tabled, item)
    }
}

fn has_column(tabled: &[bool], item: &Item) -> bool {
    item.cell.is_some_and(|cell| tabled.get(cell.row() as usize).copied().unwrap_or(false))
}

/// Returns for each row of all tables whether its table was read with its columns.
fn tabled(d: &Disclosure) -> Vec<bool> {
    let tables = d.source.tables.iter().enumerate();
    let columns = |number: usize| d.tables.get(number).is_some_and(|table| !table.columns.is_empty());
    tables.flat_map(|(number, table)| table.rows.iter().map(move |_| columns(number))).collect()
}

/// Returns where figures stand. Those of one sentence mostly follow each other, so that it is looked for once.
fn standing(d: &Disclosure, folded: &Folded) -> Vec<Standing> {
    let (mut last, mut lead) = (Span::default(), 0);
    let standing = d.items.iter().map(|item| {
        if !last.contains(item.span) || last.is_empty() {
            last = sentence(&d.source.text, item.span);
            lead = folded.at(last.start);
        }
        let (start, end) = folded.ends_of(item.span);
        Standing { start, end, lead, sentence: last }
    });
    standing.collect()
}
