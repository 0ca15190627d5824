//! The figures of one section → rows: a subject a row, its level, last year's level, change, rate and share side by side,
//! parts under their total.

use rustc_hash::FxHashMap;

use super::number::Sign;
use crate::corpus::Corpus;
use crate::corpus::table::{self as corpus_table, TableRow};
use crate::model::{Cell, Disclosure, Item, ItemId, Measure, NameId};

/// The figures of one subject that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// The figure that the row is for; it stands in one of the columns.
    pub main: ItemId,
    /// The figures by column.
    pub cells: [Option<ItemId>; Column::COUNT],
    /// How many totals it lies under.
    pub depth: u16,
    /// The first and the last figure of its row in a table; itself in a text.
    pub row: (ItemId, ItemId),
}

/// A column of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The level in the year of the disclosure, or a number of things.
    This,
    /// The level in the year before.
    Last,
    /// The change from the year before.
    Delta,
    /// The change in per cent.
    Rate,
    /// What part it is of a whole.
    Share,
}

impl Column {
    /// How many columns there are.
    pub const COUNT: usize = 5;
    /// Every column from left to right.
    pub const ALL: [Self; Self::COUNT] = [Self::This, Self::Last, Self::Delta, Self::Rate, Self::Share];

    /// Returns whether numbers in it show their sign.
    pub fn sign(self) -> Sign {
        match self {
            Self::This | Self::Last | Self::Share => Sign::Negative,
            Self::Delta | Self::Rate => Sign::Always,
        }
    }

    /// Returns the column that a figure of a disclosure stands in.
    pub fn of(disclosure: &Disclosure, item: &Item) -> Self {
        match item.measure {
            Measure::Delta => Self::Delta,
            Measure::Rate => Self::Rate,
            Measure::Share => Self::Share,
            Measure::Amount | Measure::Count => {
                let year = disclosure.header.year.map(|year| year.value);
                match (item.year(), year) {
                    (Some(about), Some(year)) if about + 1 == year => Self::Last,
                    _ => Self::This,
                }
            }
        }
    }
}

impl Figure {
    /// Returns the figure in a column.
    pub fn cell(&self, column: Column) -> Option<ItemId> {
        self.cells.get(column as usize).copied().flatten()
    }

    /// Returns whether a figure stands in the row.
    pub fn holds(&self, item: ItemId) -> bool {
        self.cells.contains(&Some(item)) || self.row.0 <= item && item <= self.row.1
    }

    /// Returns every figure of the row.
    pub fn items(&self) -> impl Iterator<Item = ItemId> {
        let (first, last) = self.row;
        let cells = self.cells.into_iter().flatten().filter(move |id| *id < first || last < *id);
        cells.chain((first.0..=last.0).map(ItemId))
    }
}

/// How far a figure's parents are followed to the level it is about.
const LONGEST_CHAIN: usize = 8;

/// Returns the rows of a table: beside the level that stands for each the first figure of every other column. The rest
/// can be seen in the table itself.
pub fn rows_of_table(disclosure: &Disclosure, table: u32) -> Vec<Figure> {
    let figure = |row: TableRow| {
        let mut cells = [None; Column::COUNT];
        let ids = std::iter::once(row.main).chain((row.first.0..=row.last.0).map(ItemId));
        for id in ids {
            let Some(item) = disclosure.items.get(id.0 as usize) else { continue };
            if let Some(cell) = cells.get_mut(Column::of(disclosure, item) as usize) {
                cell.get_or_insert(id);
            }
        }
        Figure { main: row.main, cells, depth: row.depth, row: (row.first, row.last) }
    };
    corpus_table::rows(disclosure, table).into_iter().map(figure).collect()
}

/// Returns the rows of figures that stand together in a disclosure, the first of them being number `first`. Those in
/// tables stand in rows of their own.
pub fn rows(corpus: &Corpus, disclosure: &Disclosure, first: usize, items: &[Item]) -> Vec<Figure> {
    let mut table = Table {
        corpus,
        first,
        items,
        rows: Vec::with_capacity(items.len()),
        row_of: vec![None; items.len()],
        before: Vec::new(),
        latest: FxHashMap::default(),
    };
    // Most items stand behind one of the same table or of none.
    let mut known = 0..0;
    let in_table: Vec<bool> = items
        .iter()
        .map(|item| {
            let Some(row) = item.cell.map(Cell::row) else { return false };
            if !known.contains(&row) {
                let found = corpus_table::table_of(disclosure, item);
                known = found.map_or(0..0, |table| corpus_table::rows_of(disclosure, table));
            }
            known.contains(&row)
        })
        .collect();
    let prose = || items.iter().enumerate().zip(&in_table).filter(|(_, in_table)| !**in_table);
    for ((at, item), _) in prose() {
        if Column::of(disclosure, item) == Column::This {
            table.add(at, Column::This, true);
        }
    }
    for ((at, item), _) in prose() {
        let column = Column::of(disclosure, item);
        let row = match column {
            Column::This => continue,
            Column::Last => table.nearest(at, item),
            Column::Delta | Column::Rate | Column::Share => match item.parent {
                Some(parent) => table.level(parent),
                None => table.nearest(at, item),
            },
        };
        if !row.is_some_and(|row| table.fill(at, column, row)) {
            table.add(at, column, false);
        }
    }
    table.in_order()
}

/// What the figures of a row have in common: the subject in its official wording, and which part of it.
type Key = (Option<NameId>, Option<NameId>);

/// The rows while they are put together. Figures are counted from the first of the section.
struct Table<'a> {
    corpus: &'a Corpus,
    first: usize,
    items: &'a [Item],
    rows: Vec<Figure>,
    /// The row that each figure stands in.
    row_of: Vec<Option<u32>>,
    /// For each row of a level, the row before it with the same key.
    before: Vec<Option<u32>>,
    /// The last row of each key.
    latest: FxHashMap<Key, u32>,
}

impl Table<'_> {
    /// Makes a row for a figure, in which others may be filled in by its key.
    fn add(&mut self, at: usize, column: Column, open: bool) {
        let row = self.rows.len() as u32;
        let main = self.id(at);
        let mut cells = [None; Column::COUNT];
        cells[column as usize] = Some(main);
        self.rows.push(Figure { main, cells, depth: 0, row: (main, main) });
        self.row_of[at] = Some(row);
        if open {
            let key = self.key(&self.items[at]);
            self.before.push(self.latest.insert(key, row));
        }
    }

    /// Puts a figure into a row whose column is still empty, and returns whether it was.
    fn fill(&mut self, at: usize, column: Column, row: u32) -> bool {
        let item = self.id(at);
        let Some(figure) = self.rows.get_mut(row as usize) else { return false };
        if figure.cell(column).is_some() {
            return false;
        }
        figure.cells[column as usize] = Some(item);
        self.row_of[at] = Some(row);
        true
    }

    fn id(&self, at: usize) -> ItemId {
        ItemId((self.first + at) as u32)
    }

    fn key(&self, item: &Item) -> Key {
        (self.corpus.words.get(item.subject).map(|subject| subject.canonical), item.aspect)
    }

    /// Returns the row of the level with the same key that stands nearest before a figure, else the first after it.
    fn nearest(&self, at: usize, item: &Item) -> Option<u32> {
        let id = self.id(at);
        let mut row = *self.latest.get(&self.key(item))?;
        while self.rows.get(row as usize).is_some_and(|figure| figure.main > id) {
            match self.before.get(row as usize).copied().flatten() {
                Some(before) => row = before,
                None => break,
            }
        }
        Some(row)
    }

    /// Returns the row of a figure, or of the level that it is a change or share of.
    fn level(&self, mut item: ItemId) -> Option<u32> {
        for _ in 0..LONGEST_CHAIN {
            let at = (item.0 as usize).checked_sub(self.first)?;
            if let Some(row) = self.row_of.get(at).copied().flatten() {
                return Some(row);
            }
            item = self.items.get(at)?.parent?;
        }
        None
    }

    /// Returns the rows as they stand in the document, but each part under its total.
    fn in_order(mut self) -> Vec<Figure> {
        let mut order: Vec<u32> = (0..self.rows.len() as u32).collect();
        order.sort_unstable_by_key(|&row| self.rows[row as usize].main);
        // The first row under each row and the next one beside it, found from the end.
        let mut first_below = vec![None; self.rows.len()];
        let mut beside = vec![None; self.rows.len()];
        let mut first = None;
        for &row in order.iter().rev() {
            let main = self.rows[row as usize].main;
            let parent = self.items.get(main.0 as usize - self.first).and_then(|item| item.parent);
            let total = parent.and_then(|parent| self.level(parent)).filter(|&total| total != row);
            let place = total.map_or(&mut first, |total| &mut first_below[total as usize]);
            beside[row as usize] = place.replace(row);
        }
        let mut sorted = Vec::with_capacity(self.rows.len());
        let mut done = vec![false; self.rows.len()];
        // Figures that are parts of each other hang under no first row; they follow as they stand.
        for start in first.into_iter().chain(order) {
            let mut waiting = vec![(start, 0)];
            while let Some((row, depth)) = waiting.pop() {
                if std::mem::replace(&mut done[row as usize], true) {
                    continue;
                }
                let is_start = depth == 0 && Some(start) != first;
                if let Some(next) = beside[row as usize].filter(|_| !is_start) {
                    waiting.push((next, depth));
                }
                if let Some(below) = first_below[row as usize] {
                    waiting.push((below, depth + 1));
                }
                let figure = &mut self.rows[row as usize];
                figure.depth = depth;
                sorted.push(*figure);
            }
        }
        sorted
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::path::PathBuf;

    use expect_test::{Expect, expect};

    use super::*;
    use crate::corpus::EntryId;
    use crate::model::{Confidence, Evidence, SectionId, Subject, Vocabulary};
    use crate::quantity::{Amount, Unit};
    use crate::source::Span;

    /// A figure of a test: subject, measure, value, year and parent.
    type Row = (&'static str, Measure, &'static str, u16, Option<u32>);

    fn corpus(figures: &[Row]) -> Corpus {
        let mut words = Vocabulary::default();
        let mut disclosure = Disclosure::default();
        disclosure.header.year = Some(Evidence { value: 2022, span: None, confidence: Confidence::Text });
        for &(name, measure, value, about_year, parent) in figures {
            let name = words.name(name);
            let subject = words.subject(Subject { name, canonical: name, code: None });
            disclosure.items.push(Item {
                span: Span::default(),
                value: Amount::parse(value).expect("a number"),
                section: SectionId(0),
                subject,
                aspect: None,
                parent: parent.map(ItemId),
                cell: None,
                about_year,
                measure,
                unit: Unit::TenThousandYuan,
                basis: None,
                relation: None,
            });
        }
        disclosure.words = words;
        let mut corpus = Corpus::default();
        corpus.add(PathBuf::from("a.txt"), disclosure);
        corpus
    }

    #[track_caller]
    #[expect(clippy::needless_pass_by_value, reason = "it is written where it is passed")]
    fn check(figures: &[Row], expect: Expect) {
        let corpus = corpus(figures);
        let disclosure = &corpus.entry(EntryId(0)).expect("it is there").disclosure;
        let mut shown = String::new();
        for figure in rows(&corpus, disclosure, 0, &disclosure.items) {
            let item = |id: ItemId| &disclosure.items[id.0 as usize];
            let cells: Vec<String> = Column::ALL
                .into_iter()
                .map(|column| figure.cell(column).map_or("-".into(), |id| item(id).value.to_string()))
                .collect();
            let name = corpus.words.subject_text(item(figure.main).subject);
            let indent = "  ".repeat(usize::from(figure.depth));
            let _ = writeln!(shown, "{indent}{name} {}", cells.join(" "));
        }
        expect.assert_eq(&shown);
    }

    use Measure::{Amount as Level, Delta, Rate, Share};

    #[test]
    fn what_belongs_to_a_level_stands_beside_it() {
        check(
            &[
                ("收入", Level, "1679.88", 2022, None),
                ("收入", Delta, "115.97", 2022, Some(0)),
                ("收入", Rate, "7.42", 2022, Some(1)),
                ("收入", Level, "1563.91", 2021, None),
                ("拨款", Level, "931.56", 2022, Some(0)),
                ("拨款", Share, "55.45", 2022, Some(4)),
            ],
            expect![[r"
                收入 1679.88 1563.91 115.97 7.42 -
                  拨款 931.56 - - - 55.45
            "]],
        );
    }

    #[test]
    fn what_finds_its_place_taken_stands_alone() {
        check(
            &[
                ("会议费", Level, "1", 2022, None),
                ("会议费", Level, "2", 2021, None),
                ("会议费", Level, "3", 2021, None),
                ("会议费", Rate, "4", 2022, Some(0)),
                ("会议费", Rate, "5", 2022, Some(0)),
                ("培训费", Delta, "6", 2022, None),
                ("会议费", Level, "7", 2019, None),
            ],
            expect![[r"
                会议费 1 2 - 4 -
                  会议费 - - - 5 -
                会议费 - 3 - - -
                培训费 - - 6 - -
                会议费 7 - - - -
            "]],
        );
    }

    #[test]
    fn last_years_level_goes_to_the_nearest_level_before_it() {
        check(
            &[
                ("会议费", Level, "10", 2021, None),
                ("会议费", Level, "1", 2022, None),
                ("会议费", Level, "20", 2021, None),
                ("会议费", Level, "2", 2022, None),
                ("会议费", Level, "30", 2021, None),
            ],
            expect![[r"
                会议费 1 10 - - -
                会议费 - 20 - - -
                会议费 2 30 - - -
            "]],
        );
    }

    #[test]
    fn a_total_after_its_parts_stands_above_them() {
        check(
            &[
                ("基本支出", Level, "1", 2022, Some(2)),
                ("项目支出", Level, "2", 2022, Some(2)),
                ("合计", Level, "3", 2022, None),
                ("人员经费", Level, "4", 2022, Some(0)),
            ],
            expect![[r"
                合计 3 - - - -
                  基本支出 1 - - - -
                    人员经费 4 - - - -
                  项目支出 2 - - - -
            "]],
        );
    }

    #[test]
    fn figures_that_are_parts_of_each_other_are_still_shown() {
        check(
            &[
                ("甲", Level, "1", 2022, Some(1)),
                ("乙", Level, "2", 2022, Some(0)),
                ("丙", Level, "3", 2022, Some(2)),
                ("丁", Share, "4", 2022, Some(99)),
            ],
            expect![[r"
                丙 3 - - - -
                丁 - - - - 4
                甲 1 - - - -
                  乙 2 - - - -
            "]],
        );
    }
}
