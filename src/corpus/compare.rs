//! Two disclosures → their levels side by side, each pair with what makes it one.
//!
//! Two years of a department name and order things differently, and a budget and a final account have sections of their
//! own. So the sections are paired first; then, step by step from the surest to the loosest, levels with the same code,
//! the same official name, a similar name under the same total, and last those that stand somewhere else. What is
//! stated again elsewhere with the same amount is no row of its own.

mod aside;
mod change;
mod contribution;
mod likeness;
mod names;
mod pairing;
mod rows;
mod sections;
mod selection;
mod split;
mod stated;

use std::cell::Cell;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::{Corpus, EntryId};
use crate::model::{Code, ItemId, SectionId};

use aside::Aside;
pub use aside::drop_aside;
pub use change::{Change, Verdict, differ, in_unit};
use contribution::Tree;
pub use contribution::{Part, Step};
use names::Names;
pub use selection::{Only, Orders, Sort};
pub use split::Split;

/// A side of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The first of the two disclosures.
    Left,
    /// The second.
    Right,
}

/// Two disclosures side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The first disclosure.
    pub left: EntryId,
    /// The second.
    pub right: EntryId,
    /// The levels in the order of the first disclosure, those that only the second has where they stand there.
    pub rows: Vec<Row>,
    /// The rows that only one side has and that several of the other make up.
    pub splits: Vec<Split>,
    /// For the rows of those the number of the one that they are in.
    split_of: FxHashMap<u32, u32>,
}

/// A level of both disclosures, or of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The figure in the first disclosure.
    pub left: Option<ItemId>,
    /// The figure in the second.
    pub right: Option<ItemId>,
    /// What makes the two one; nothing where one is missing.
    pub evidence: Option<Evidence>,
    /// What became of it; nothing where one is missing, or where the two count different things.
    pub change: Option<Change>,
    /// The row of the total that it is a part of.
    pub parent: Option<u32>,
    /// How many totals it lies under.
    pub depth: u16,
    /// How much it is about, to sort by.
    pub weight: Weight,
    /// Where else the first disclosure states the same.
    pub left_again: Vec<ItemId>,
    /// Where else the second does.
    pub right_again: Vec<ItemId>,
}

/// How much a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Weight {
    /// Whether it is money, which weighs more than numbers of things.
    pub is_money: bool,
    /// The size of the change, or of what is there on one side only, in yuan or in things.
    pub size: Decimal,
}

/// What makes two figures the same thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence {
    /// What they share.
    pub by: By,
    /// Whether they stand in sections that are the same.
    pub same_section: bool,
    /// Whether they are parts of the same total.
    pub same_total: bool,
}

/// What two figures share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The code in the classification.
    Code(Code),
    /// The official name.
    Name,
    /// Names that are much alike; how much, in per cent.
    Likeness(u8),
}

impl Evidence {
    /// Returns whether one stands somewhere else than the other.
    pub fn moved(self) -> bool {
        !self.same_section && !self.same_total
    }
}

impl Row {
    /// Returns the figure of a side.
    pub fn item(&self, side: Side) -> Option<ItemId> {
        match side {
            Side::Left => self.left,
            Side::Right => self.right,
        }
    }

    /// Returns where else a side states the same.
    pub fn again(&self, side: Side) -> &[ItemId] {
        match side {
            Side::Left => &self.left_again,
            Side::Right => &self.right_again,
        }
    }

    /// Returns whether it is in one disclosure only.
    pub fn is_alone(&self) -> bool {
        self.left.is_none() || self.right.is_none()
    }

    /// Returns whether the two differ by more than how they were rounded, or one is missing.
    pub fn is_changed(&self) -> bool {
        self.is_alone() || self.change.as_ref().is_none_or(|change| change.verdict == Verdict::Changed)
    }
}

impl Comparison {
    /// Puts two disclosures side by side.
    pub fn new(corpus: &Corpus, left: EntryId, right: EntryId) -> Self {
        let all = Self::unless(&|| false, corpus, left, right);
        all.unwrap_or_else(|| Self::of(left, right, Vec::new(), Vec::new()))
    }

    /// Puts two disclosures side by side, unless something else is to be done first: that is asked for now and then.
    pub fn unless(stop: Stop, corpus: &Corpus, left: EntryId, right: EntryId) -> Option<Self> {
        let (Some(first), Some(second)) = (corpus.entry(left), corpus.entry(right)) else {
            return Some(Self::of(left, right, Vec::new(), Vec::new()));
        };
        let stop = &now_and_then(stop);
        let (first, second) = (&first.disclosure, &second.disclosure);
        let figures = first.items.len() + second.items.len();
        let aside = figures > MANY;
        // A subject has a name as written and an official one.
        let mut names = Names::with_room(figures.min(corpus.words.subjects().len() * 2));
        let lefts = rows::levels(stop, corpus, first, &mut names)?;
        let sides = [lefts, rows::levels(stop, corpus, second, &mut names)?];
        let (names, sides) = (Aside::new(names, aside), Aside::new(sides, aside));
        let sections = sections::pairs(stop, corpus, first, second)?;
        let paired = Aside::new(pairing::pair(stop, &names.held, &sides.held, &sections)?, aside);
        let (sides, paired) = (&sides.held, &paired.held);
        let rows = rows::in_order(stop, [first, second], sides, paired)?;
        let splits = split::splits(stop, [first, second], &rows)?;
        Some(Self::of(left, right, rows, splits))
    }

    fn of(left: EntryId, right: EntryId, rows: Vec<Row>, splits: Vec<Split>) -> Self {
        let mut split_of = FxHashMap::default();
        for (number, split) in (0u32..).zip(&splits) {
            split_of.extend(split.parts.iter().chain([&split.whole]).map(|&row| (row, number)));
        }
        Self { left, right, rows, splits, split_of }
    }

    /// Returns what a row makes up with others, or is made up of.
    pub fn split_of(&self, row: usize) -> Option<&Split> {
        self.splits.get(*self.split_of.get(&u32::try_from(row).ok()?)? as usize)
    }

    /// Returns the disclosure of a side.
    pub fn entry(&self, side: Side) -> EntryId {
        match side {
            Side::Left => self.left,
            Side::Right => self.right,
        }
    }

    /// Returns the row that a figure of a side stands in, also where it is only stated again there.
    pub fn row_of(&self, side: Side, item: ItemId) -> Option<usize> {
        self.rows.iter().position(|row| row.item(side) == Some(item) || row.again(side).contains(&item))
    }

    /// Returns how the change of a total comes about: the total first, then its parts and theirs. Nothing but the total
    /// where its parts are not named on both sides.
    pub fn contributions(&self, corpus: &Corpus, total: usize) -> Vec<Step> {
        Tree::new(self, corpus).steps(total)
    }

    /// Returns how the changes of all totals come about that are no part of one of which that can be said.
    pub fn waterfalls(&self, corpus: &Corpus) -> Vec<Vec<Step>> {
        self.waterfalls_unless(&|| false, corpus).unwrap_or_default()
    }

    /// Returns the same, unless there is something else to do.
    pub fn waterfalls_unless(&self, stop: Stop, corpus: &Corpus) -> Option<Vec<Vec<Step>>> {
        let tree = Tree::new(self, corpus);
        let mut inside = vec![false; self.rows.len()];
        let mut waterfalls = Vec::new();
        // A total stands before its parts.
        for (at, row) in self.rows.iter().enumerate() {
            go_on(stop)?;
            inside[at] = row.parent.is_some_and(|total| inside.get(total as usize) == Some(&true));
            if inside[at] || row.is_alone() || !tree.has_parts(at) {
                continue;
            }
            let steps = tree.steps(at);
            if steps.len() > 1 {
                inside[at] = true;
                waterfalls.push(steps);
            }
        }
        Some(waterfalls)
    }
}

/// Tells whether there is something else to do, for which to leave off.
pub type Stop<'a> = &'a dyn Fn() -> bool;

/// From how many figures on what is known of them is given back beside everything else.
const MANY: usize = 20_000;

/// How many steps, each for one figure or row, are done before that is asked again: less than a thousandth of a second's.
const STEPS: u32 = 256;

/// Asks what may be asked at every step, but at few of them.
pub fn now_and_then(stop: Stop) -> impl Fn() -> bool {
    let steps = Cell::new(0);
    move || {
        steps.set((steps.get() + 1) % STEPS);
        steps.get() == 0 && stop()
    }
}

/// Returns nothing where there is something else to do.
fn go_on(stop: Stop) -> Option<()> {
    (!stop()).then_some(())
}

/// A section in either disclosure, none before the first heading.
type Place = Option<SectionId>;

#[cfg(test)]
mod tests;
