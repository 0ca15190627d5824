//! The figures of a table → its rows: one subject a row, each part under its total, as 类 → 款 → 项 or by its indents.

use std::ops::Range;

use super::tree::section_of;
use super::{Corpus, EntryId, ItemRef, SectionRef};
use crate::model::{Disclosure, Item, ItemId, Measure};

/// The place of a table in a corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TableRef {
    /// The disclosure.
    pub entry: EntryId,
    /// The number of the table in its source.
    pub table: u32,
}

/// A row of a table: the figures of one subject beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableRow {
    /// The figure that stands for the row: the level of the disclosure's own year that is part of no other in the row.
    pub main: ItemId,
    /// The first figure of the row.
    pub first: ItemId,
    /// The last figure of the row.
    pub last: ItemId,
    /// How many totals it lies under.
    pub depth: u16,
}

impl TableRow {
    /// Returns whether a figure stands in the row.
    pub fn holds(&self, item: ItemId) -> bool {
        self.first <= item && item <= self.last
    }
}

impl Corpus {
    /// Returns the table that a figure stands in, where its columns are known.
    pub fn table_of(&self, place: ItemRef) -> Option<TableRef> {
        let disclosure = &self.entry(place.entry)?.disclosure;
        let table = table_of(disclosure, self.item(place)?)?;
        Some(TableRef { entry: place.entry, table })
    }

    /// Returns the rows of a table, each part below its total.
    pub fn table_rows(&self, place: TableRef) -> Vec<TableRow> {
        self.entry(place.entry).map_or_else(Vec::new, |entry| rows(&entry.disclosure, place.table))
    }

    /// Returns the figure that stands for the row of another one; itself, where it stands in no table.
    pub fn main_of(&self, place: ItemRef) -> ItemRef {
        let disclosure = self.entry(place.entry).map(|entry| &entry.disclosure);
        let row = disclosure.filter(|_| self.table_of(place).is_some()).and_then(|disclosure| {
            let item = disclosure.items.get(place.item.0 as usize)?;
            let alike = |id: &ItemId| {
                let other = disclosure.items.get(id.0 as usize);
                other.is_some_and(|other| same_row(item, other))
            };
            let first = (0..place.item.0).rev().map(ItemId).take_while(alike).last();
            let end = disclosure.items.len() as u32;
            let last = (place.item.0 + 1..end).map(ItemId).take_while(alike).last();
            Some(main(disclosure, first.unwrap_or(place.item), last.unwrap_or(place.item)))
        });
        ItemRef { item: row.unwrap_or(place.item), ..place }
    }

    /// Returns the table that is all there is in a section of the same name: the title of a table may be a heading too.
    pub fn only_table(&self, place: SectionRef) -> Option<TableRef> {
        let disclosure = &self.entry(place.entry)?.disclosure;
        let own = disclosure.items_of(place.section);
        let first = own.first()?;
        let next = disclosure.sections.get(place.section.0 as usize + 1);
        if next.is_some_and(|next| next.parent == Some(place.section))
            || section_of(disclosure, first).is_none()
        {
            return None;
        }
        let table = table_of(disclosure, first)?;
        let rows = rows_of(disclosure, table);
        let title = self.words.text(self.section(place)?.title);
        let found = TableRef { entry: place.entry, table };
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let same = self.table_title(found).is_some_and(|name| letters(name) == letters(title));
        let all = own.iter().all(|item| item.cell.is_some_and(|cell| rows.contains(&cell.row())));
        (same && all).then_some(found)
    }

    /// Returns where the first cell of a table begins.
    pub fn table_start(&self, place: TableRef) -> Option<u32> {
        let table = self.entry(place.entry)?.disclosure.source.tables.get(place.table as usize)?;
        table.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.span.start).next()
    }

    /// Returns the words that name a table.
    pub fn table_title(&self, place: TableRef) -> Option<&str> {
        let source = &self.entry(place.entry)?.disclosure.source;
        Some(source.cut(source.tables.get(place.table as usize)?.title?))
    }
}

/// Returns the table that a figure stands in, where its columns are known.
pub fn table_of(disclosure: &Disclosure, item: &Item) -> Option<u32> {
    let (table, _, _) = disclosure.place_of(item.cell?)?;
    let facts = disclosure.tables.get(table as usize)?;
    (!facts.columns.is_empty()).then_some(table)
}

/// Returns the rows of a table as the cells of figures count them: over all tables of the disclosure.
pub fn rows_of(disclosure: &Disclosure, table: u32) -> Range<u32> {
    let tables = &disclosure.source.tables;
    let before: usize = tables.iter().take(table as usize).map(|table| table.rows.len()).sum();
    let rows = tables.get(table as usize).map_or(0, |table| table.rows.len());
    before as u32..(before + rows) as u32
}

/// Returns the figures of a table: from the first to the one after the last.
pub fn items(disclosure: &Disclosure, table: u32) -> Range<u32> {
    let rows = rows_of(disclosure, table);
    let is_in = |item: &Item| item.cell.is_some_and(|cell| rows.contains(&cell.row()));
    let first = disclosure.items.iter().position(is_in).unwrap_or(0);
    let count = disclosure.items.iter().skip(first).take_while(|item| is_in(item)).count();
    first as u32..(first + count) as u32
}

/// Returns whether two figures stand beside each other and are about one subject.
fn same_row(one: &Item, other: &Item) -> bool {
    let row = |item: &Item| item.cell.map(crate::model::Cell::row);
    row(one).is_some() && row(one) == row(other) && one.subject == other.subject
}

/// Returns the figure that stands for those of a row.
fn main(disclosure: &Disclosure, first: ItemId, last: ItemId) -> ItemId {
    let year = disclosure.header.year.map(|year| year.value);
    let ids = || (first.0..=last.0).map(ItemId);
    let item = |id: ItemId| disclosure.items.get(id.0 as usize);
    let own = |item: &Item| {
        let before = item.year().zip(year).is_some_and(|(about, year)| about < year);
        matches!(item.measure, Measure::Amount | Measure::Count) && !before
    };
    let whole = |item: &Item| item.parent.is_none_or(|parent| parent < first || last < parent);
    ids()
        .find(|&id| item(id).is_some_and(|item| own(item) && whole(item)))
        .or_else(|| ids().find(|&id| item(id).is_some_and(own)))
        .unwrap_or(first)
}

/// How far a figure's parents are followed to another row.
const LONGEST_CHAIN: usize = 8;

/// Returns the rows of a table, each part below its total.
pub fn rows(disclosure: &Disclosure, table: u32) -> Vec<TableRow> {
    let range = items(disclosure, table);
    let figures = disclosure.items.get(range.start as usize..range.end as usize).unwrap_or_default();
    let mut rows: Vec<TableRow> = Vec::new();
    let mut row_of: Vec<u32> = Vec::with_capacity(figures.len());
    for (at, item) in figures.iter().enumerate() {
        let id = ItemId(range.start + at as u32);
        let goes_on = at.checked_sub(1).and_then(|before| figures.get(before));
        match rows.last_mut().filter(|_| goes_on.is_some_and(|before| same_row(before, item))) {
            Some(row) => row.last = id,
            None => rows.push(TableRow { main: id, first: id, last: id, depth: 0 }),
        }
        row_of.push(rows.len() as u32 - 1);
    }
    for row in &mut rows {
        row.main = main(disclosure, row.first, row.last);
    }
    let own_row = |id: ItemId| row_of.get(id.0.checked_sub(range.start)? as usize).copied();
    let above = |at: usize, mut id: ItemId| {
        for _ in 0..LONGEST_CHAIN {
            id = disclosure.items.get(id.0 as usize)?.parent?;
            let row = own_row(id)?;
            if row as usize != at {
                return Some(row);
            }
        }
        None
    };
    let parents = rows.iter().enumerate().map(|(at, row)| {
        let others = (row.first.0..=row.last.0).map(ItemId);
        std::iter::once(row.main).chain(others).find_map(|id| above(at, id))
    });
    let parents: Vec<Option<u32>> = parents.collect();
    in_order(rows, &parents)
}

/// Returns the rows as they stand in the table, but each part below its total.
fn in_order(mut rows: Vec<TableRow>, parents: &[Option<u32>]) -> Vec<TableRow> {
    let mut below: Vec<Vec<u32>> = vec![Vec::new(); rows.len()];
    for (row, parent) in (0..).zip(parents) {
        if let Some(below) = parent.and_then(|parent| below.get_mut(parent as usize)) {
            below.push(row);
        }
    }
    let first = (0..).zip(parents).filter(|(_, parent)| parent.is_none()).map(|(row, _)| row);
    // Rows that are parts of each other hang under no first row; they follow as they stand.
    let starts: Vec<u32> = first.chain(0..rows.len() as u32).collect();
    let mut sorted = Vec::with_capacity(rows.len());
    let mut done = vec![false; rows.len()];
    for start in starts {
        let mut waiting = vec![(start, 0)];
        while let Some((row, depth)) = waiting.pop() {
            let at = row as usize;
            if done.get_mut(at).is_none_or(|done| std::mem::replace(done, true)) {
                continue;
            }
            waiting.extend(below.get(at).into_iter().flatten().rev().map(|&part| (part, depth + 1)));
            if let Some(row) = rows.get_mut(at) {
                row.depth = depth;
                sorted.push(*row);
            }
        }
    }
    sorted
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::path::Path;

    use expect_test::{Expect, expect};

    use super::*;
    use crate::corpus::tree::Node;
    use crate::parse::parse;
    use crate::source::Source;

    const PAGE: &str = "<html><body><p>栖云县水务局2022年部门预算</p><p>一般公共预算支出表</p><p>单位：万元</p>\
        <table><tr><td>科目编码</td><td>科目名称</td><td>合计</td><td>基本支出</td><td>项目支出</td></tr>\
        <tr><td>213</td><td>农林水支出</td><td>90.00</td><td>60.00</td><td>30.00</td></tr>\
        <tr><td>21303</td><td>水利</td><td>90.00</td><td>60.00</td><td>30.00</td></tr>\
        <tr><td>2130301</td><td>行政运行</td><td>60.00</td><td>60.00</td><td></td></tr>\
        <tr><td>2130305</td><td>水利工程建设</td><td>30.00</td><td></td><td>30.00</td></tr>\
        <tr><td>221</td><td>住房保障支出</td><td>10.00</td><td>10.00</td><td></td></tr>\
        <tr><td></td><td>合计</td><td>100.00</td><td>70.00</td><td>30.00</td></tr></table></body></html>";

    fn page() -> Corpus {
        let path = Path::new("a.html");
        let mut corpus = Corpus::default();
        corpus.add(path.into(), parse(path, Source::read(path, PAGE.as_bytes()).expect("a page")));
        corpus
    }

    #[track_caller]
    #[expect(clippy::needless_pass_by_value, reason = "it is written where it is passed")]
    fn check(corpus: &Corpus, table: TableRef, expect: Expect) {
        let disclosure = &corpus.entry(table.entry).expect("it is there").disclosure;
        let mut shown = String::new();
        for row in corpus.table_rows(table) {
            let item = |id: ItemId| &disclosure.items[id.0 as usize];
            let name = corpus.words.subject_text(item(row.main).subject);
            let _ = write!(shown, "{}{name} ", "  ".repeat(usize::from(row.depth)));
            let others: Vec<String> =
                (row.first.0..=row.last.0).map(|id| item(ItemId(id)).value.to_string()).collect();
            let _ = writeln!(shown, "{} of {}", item(row.main).value, others.join(" "));
        }
        expect.assert_eq(&shown);
    }

    #[test]
    fn rows_make_a_tree_and_each_is_there_once() {
        let corpus = page();
        let table = TableRef { entry: EntryId(0), table: 0 };
        check(
            &corpus,
            table,
            expect![[r"
                合计 100.00 of 100.00 70.00 30.00
                  农林水支出 90.00 of 90.00 60.00 30.00
                    水利 90.00 of 90.00 60.00 30.00
                      行政运行 60.00 of 60.00 60.00
                      水利工程建设 30.00 of 30.00 30.00
                  住房保障支出 10.00 of 10.00 10.00
            "]],
        );
        assert_eq!(corpus.table_title(table), Some("一般公共预算支出表"));
    }

    #[test]
    fn every_figure_of_a_table_leads_to_its_row_and_to_the_table() {
        let corpus = page();
        let table = TableRef { entry: EntryId(0), table: 0 };
        let rows = corpus.table_rows(table);
        let disclosure = &corpus.entries[0].disclosure;
        assert_eq!(disclosure.items.len(), 15);
        for id in (0..15).map(ItemId) {
            let place = ItemRef { entry: EntryId(0), item: id };
            let row = rows.iter().find(|row| row.holds(id)).expect("it is in a row");
            assert_eq!(corpus.main_of(place).item, row.main);
            assert_eq!(corpus.table_of(place), Some(table));
            assert_eq!(corpus.parent(Node::Item(place)), Some(Node::Table(table)));
        }
        let under = corpus.children(Node::Disclosure(EntryId(0)));
        assert_eq!(under, [Node::Table(table)]);
        assert_eq!(corpus.children(Node::Table(table)).len(), 6);
        assert_eq!(corpus.item_count_in(Node::Table(table)), 15);
    }

    #[test]
    fn figures_that_are_parts_of_each_other_are_still_rows() {
        let mut corpus = page();
        let items = &mut corpus.entries[0].disclosure.items;
        for item in items.iter_mut() {
            item.parent = None;
        }
        items[0].parent = Some(ItemId(3));
        items[3].parent = Some(ItemId(0));
        assert_eq!(corpus.table_rows(TableRef { entry: EntryId(0), table: 0 }).len(), 6);
    }
}
