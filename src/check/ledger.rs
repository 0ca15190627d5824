//! The tables of a disclosure as the checks read them: figures in rows and columns, and the identities that hold between
//! them by law: down the rows, across the columns, between the two sides of a table and between tables.

mod between;
mod blame;
mod fact;
mod following;
mod funds;
mod identity;
mod tell;
mod within;

use std::collections::BTreeMap;

use super::facts::Facts;
use crate::model::{Item, ItemId, Measure, Relation, TableKind};
use crate::quantity::Interval;
use crate::source::fold::folded;

pub(super) use self::fact::{Fact, Key, Money, Nature};
pub(super) use self::following::{Percentage, Rule, percentages};
pub(super) use self::funds::{Fund, fund_of};
pub(super) use self::tell::tell;

use self::blame::Group;
use self::identity::Identity;

/// All tables with columns, and what follows from them.
#[derive(Default)]
pub(super) struct Book {
    pub(super) ledgers: Vec<Ledger>,
    /// What each figure that has a place in the accounts is, by the number of its table among the ledgers.
    pub(super) facts: Vec<(Fact, usize, ItemId)>,
    /// What the tables give for the funds that have one of their own.
    pub(super) funds: Vec<(Fund, ItemId)>,
    identities: Vec<Identity>,
    /// The identities that fail, in groups of one cause.
    groups: Vec<Group>,
}

/// A table with its figures.
pub(super) struct Ledger {
    /// Which table of the source it is.
    pub(super) table: usize,
    /// Which of the tables of a disclosure it is.
    pub(super) kind: Option<TableKind>,
    /// Its title in folded form.
    pub(super) title: String,
    /// The columns of figures, from left to right.
    pub(super) columns: Vec<Head>,
    /// The figures of each row with their columns.
    pub(super) rows: BTreeMap<u32, Vec<(u32, ItemId)>>,
    /// How many places its money has where zeros at the end are not left out.
    places: u32,
}

/// A column of figures.
pub(super) struct Head {
    pub(super) column: u32,
    /// The words over it from the top, without the money that all figures of the table are of.
    pub(super) path: Vec<String>,
    /// The column that its figures are parts of.
    pub(super) parent: Option<u32>,
    pub(super) relation: Option<Relation>,
}

impl Head {
    /// Returns the word that says most: its own, or that of its group for a column called 小计.
    pub(super) fn name(&self) -> &str {
        match self.path.as_slice() {
            [.., group, last] if is_total(last) => group,
            [.., last] => last,
            [] => "",
        }
    }
}

/// Whether words are those of a total.
pub(super) fn is_total(word: &str) -> bool {
    ["合计", "总计", "小计", "总额", "总数"].iter().any(|total| word.ends_with(total))
}

impl Book {
    /// Reads the tables of a disclosure, and finds what does not add up in them.
    pub(super) fn of(facts: &Facts) -> Self {
        if facts.d.tables.iter().all(|known| known.columns.is_empty()) {
            return Self::default();
        }
        let ledgers = ledgers(facts);
        let known = fact::all(facts, &ledgers);
        let mut identities = Vec::new();
        for (number, ledger) in ledgers.iter().enumerate() {
            within::collect(facts, ledger, number as u32, &mut identities);
        }
        between::collect(facts, &ledgers, &known, &mut identities);
        identity::trust(&mut identities);
        let groups = blame::groups(facts, &identities);
        let funds = funds::all(facts, &ledgers);
        Self { ledgers, facts: known, funds, identities, groups }
    }
}

/// Returns the tables that were read with their columns.
fn ledgers(facts: &Facts) -> Vec<Ledger> {
    let mut ledgers = Vec::new();
    for (table, known) in facts.d.tables.iter().enumerate().filter(|(_, known)| !known.columns.is_empty()) {
        let title = facts.d.source.tables.get(table).and_then(|table| table.title);
        let title = title.map(|title| folded(facts.d.source.cut(title))).unwrap_or_default();
        let columns = known.columns.iter().map(|column| Head {
            column: u32::from(column.column),
            path: facts.d.words.text(column.name).split('/').map(str::to_owned).collect(),
            parent: column.parent.map(u32::from),
            relation: column.relation,
        });
        let mut columns: Vec<Head> = columns.collect();
        without_scope(&mut columns);
        ledgers.push(Ledger { table, kind: known.kind, title, columns, rows: BTreeMap::new(), places: 0 });
    }
    let ranges: Vec<_> = ledgers.iter().map(|ledger| facts.rows_of(ledger.table)).collect();
    for id in facts.ids() {
        let Some(cell) = facts.item(id).and_then(|item| item.cell) else { continue };
        let at = ranges.partition_point(|range| range.end <= cell.row());
        let Some(range) = ranges.get(at).filter(|range| range.contains(&cell.row())) else { continue };
        if let Some(ledger) = ledgers.get_mut(at) {
            ledger.rows.entry(cell.row() - range.start).or_default().push((cell.column(), id));
        }
    }
    for ledger in &mut ledgers {
        ledger.places = places(facts, ledger);
    }
    ledgers
}

/// Takes away the first words over the columns where they are the same over all.
fn without_scope(columns: &mut [Head]) {
    let first = columns.first().and_then(|head| head.path.first().cloned());
    if columns.iter().all(|head| head.path.len() > 1 && head.path.first() == first.as_ref()) {
        for head in columns {
            head.path.remove(0);
        }
    }
}

/// Returns how many places a table's money has: so many that not only a few figures have as many.
fn places(facts: &Facts, ledger: &Ledger) -> u32 {
    const MOST: usize = 6;
    let (mut all, mut with) = (0, [0; MOST + 1]);
    for (_, id) in ledger.rows.values().flatten() {
        let Some(item) = facts.item(*id).filter(|item| is_money(item) && !item.value.is_zero()) else {
            continue;
        };
        all += 1;
        if let Some(count) = with.get_mut((item.value.places() as usize).min(MOST)) {
            *count += 1;
        }
    }
    let finer = |places: &usize| with.iter().skip(*places).sum::<usize>() * 4 >= all && all > 0;
    (1..=MOST).rev().find(finer).unwrap_or(0) as u32
}

pub(super) fn is_money(item: &Item) -> bool {
    matches!(item.measure, Measure::Amount | Measure::Delta)
}

impl Ledger {
    /// Returns the figure of a row in a column.
    pub(super) fn at(&self, row: u32, column: u32) -> Option<ItemId> {
        self.rows.get(&row)?.iter().find(|(at, _)| *at == column).map(|(_, id)| *id)
    }

    pub(super) fn head(&self, column: u32) -> Option<&Head> {
        self.columns.iter().find(|head| head.column == column)
    }

    /// Returns the values in yuan that a figure may have as it is printed.
    pub(super) fn printed(&self, facts: &Facts, id: ItemId) -> Option<Interval> {
        let item = facts.item(id)?;
        let places = self.places.max(item.value.places());
        let half = rust_decimal::Decimal::new(5, places + 1);
        let value = item.value.decimal();
        Interval { low: value - half, high: value + half }.times(item.unit.yuan()?)
    }

    /// Returns the row that takes in all others: the one called so, or the one that all others are parts of.
    pub(super) fn total_row(&self, facts: &Facts) -> Option<u32> {
        let named = |figures: &&Vec<(u32, ItemId)>| {
            figures.iter().all(|(_, id)| matches!(facts.name(*id), "合计" | "总计" | "支出总计" | "收入总计"))
        };
        let values = |figures: &Vec<(u32, ItemId)>| -> Vec<_> {
            figures.iter().map(|(column, id)| (*column, facts.exact(*id))).collect()
        };
        let mut rows = self.rows.iter().filter(|(_, figures)| named(figures));
        if let Some((row, first)) = rows.next() {
            // A total that a page repeats is one.
            return rows.all(|(_, again)| values(again) == values(first)).then_some(*row);
        }
        let free = |(row, figures): &(&u32, &Vec<(u32, ItemId)>)| {
            figures.iter().all(|(_, id)| self.row_of_parent(facts, *id).is_none_or(|parent| parent == **row))
        };
        let mut rows = self.rows.iter().filter(free).map(|(row, _)| *row);
        rows.next().filter(|_| rows.next().is_none())
    }

    /// Returns the row of the figure that one is a part of, in the same table.
    pub(super) fn row_of_parent(&self, facts: &Facts, id: ItemId) -> Option<u32> {
        let row = |id: ItemId| facts.item(id)?.cell.map(crate::model::Cell::row);
        let parent = row(facts.item(id)?.parent?)?;
        let first = facts.rows_of(self.table).start;
        parent.checked_sub(first).filter(|row| self.rows.contains_key(row))
    }
}

/// Returns whether a figure is money of the year and the basis of the disclosure.
pub(super) fn is_current(facts: &Facts, item: &Item) -> bool {
    item.measure == Measure::Amount && item.year() == Some(facts.year) && item.basis == facts.basis
}

/// Returns where a figure stands: its page, or else its line.
pub(super) fn place(facts: &Facts, id: ItemId) -> String {
    let at = facts.item(id).map_or(0, |item| item.span.start);
    let source = &facts.d.source;
    source.page_of(at).unwrap_or_else(|| source.line_of(at)).to_string()
}
