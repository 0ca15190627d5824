//! The change of a total → the changes of its parts and of theirs, each beginning where the one before it ended.

use rust_decimal::Decimal;

use super::change::{Level, class, rounded};
use super::{Comparison, Row, Side};
use crate::corpus::Corpus;
use crate::model::{Item, ItemId, Relation};
use crate::quantity::{Interval, Unit};

/// One step of a waterfall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What it is the change of.
    pub part: Part,
    /// How deep it lies under the total.
    pub depth: u16,
    /// How the total is divided here: a total may be broken down in several ways, counted from 0.
    pub way: u16,
    /// What stood before it: the change of the parts before.
    pub start: Decimal,
    /// How much it adds.
    pub difference: Decimal,
    /// The unit of both.
    pub unit: Unit,
}

/// What a step is the change of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A row of the comparison.
    Row(usize),
    /// What the parts that are named do not make up.
    Rest,
}

/// How deep parts are followed.
const DEEPEST: u16 = 16;

/// Returns the steps from a total down.
pub(super) fn steps(comparison: &Comparison, corpus: &Corpus, total: usize) -> Vec<Step> {
    let Some((row, unit)) = comparison.rows.get(total).and_then(|row| Some((row, row.change.as_ref()?.unit)))
    else {
        return Vec::new();
    };
    let tree = Tree::new(comparison, corpus, unit);
    let Some(difference) = tree.difference(row) else { return Vec::new() };
    let whole = Step { part: Part::Row(total), depth: 0, way: 0, start: Decimal::ZERO, difference, unit };
    let mut steps = vec![whole];
    tree.break_down(total, Decimal::ZERO, 1, &mut steps);
    steps
}

/// The rows with the parts of each.
struct Tree<'a> {
    comparison: &'a Comparison,
    corpus: &'a Corpus,
    unit: Unit,
    /// The parts of each row, in order.
    parts: Vec<Vec<usize>>,
}

impl<'a> Tree<'a> {
    fn new(comparison: &'a Comparison, corpus: &'a Corpus, unit: Unit) -> Self {
        let mut parts = vec![Vec::new(); comparison.rows.len()];
        for (at, row) in comparison.rows.iter().enumerate() {
            if let Some(parts) = row.parent.and_then(|total| parts.get_mut(total as usize)) {
                parts.push(at);
            }
        }
        Self { comparison, corpus, unit, parts }
    }

    fn item(&self, row: &Row, side: Side) -> Option<&'a Item> {
        let item = row.item(side)?;
        self.corpus.entry(self.comparison.entry(side))?.disclosure.items.get(item.0 as usize)
    }

    /// Returns the figure of a side in the unit of the total.
    fn level(&self, row: &Row, side: Side) -> Option<Level> {
        let item = self.item(row, side)?;
        Level::of((item.value, item.unit), self.unit)
    }

    /// Returns how much a row changed; what is missing on one side is nothing there.
    fn difference(&self, row: &Row) -> Option<Decimal> {
        let value = |side| self.level(row, side).map_or(Decimal::ZERO, |level| level.value);
        value(Side::Right).checked_sub(value(Side::Left))
    }

    /// Returns whether a row is one of the parts that make a total on a side.
    fn is_addend(&self, row: &Row, whole: &Row, side: Side) -> bool {
        let items = |row: &Row| -> Vec<ItemId> {
            row.item(side).into_iter().chain(row.again(side).iter().copied()).collect()
        };
        let wholes = items(whole);
        let entry = self.corpus.entry(self.comparison.entry(side));
        let mut items = items(row).into_iter().filter_map(|id| entry?.disclosure.items.get(id.0 as usize));
        items.any(|item| {
            item.relation == Some(Relation::Sum)
                && class(item.unit) == class(self.unit)
                && item.parent.is_some_and(|total| wholes.contains(&total))
        })
    }

    /// Returns the ways in which a total is broken down on both sides: parts that follow each other and that make the
    /// total on either side, and at last those that do not quite.
    fn ways(&self, total: usize) -> Vec<Vec<usize>> {
        let rows = &self.comparison.rows;
        let Some((whole, parts)) = rows.get(total).zip(self.parts.get(total)) else { return Vec::new() };
        let goals = [Side::Left, Side::Right].map(|side| self.level(whole, side));
        let mut ways = Vec::new();
        let mut way = Vec::new();
        let mut sums = [None::<Interval>; 2];
        for (at, row) in parts.iter().filter_map(|&at| Some((at, rows.get(at)?))) {
            let on = [Side::Left, Side::Right].map(|side| self.is_addend(row, whole, side));
            if on == [false, false] {
                continue;
            }
            way.push(at);
            for ((sum, side), is_addend) in sums.iter_mut().zip([Side::Left, Side::Right]).zip(on) {
                if let Some(level) = self.level(row, side).filter(|_| is_addend) {
                    *sum = Some(sum.map_or(level.range, |sum| sum + level.range));
                }
            }
            let is_made = |(sum, goal): (Option<Interval>, Option<Level>)| {
                sum.zip(goal).is_some_and(|(sum, goal)| sum.meets(goal.range))
            };
            if way.len() > 1 && sums.into_iter().zip(goals).all(is_made) {
                ways.push(std::mem::take(&mut way));
                sums = [None; 2];
            }
        }
        // What only one side breaks down says nothing about the change.
        if sums.iter().all(Option::is_some) && (way.len() > 1 || ways.is_empty()) {
            ways.push(way);
        }
        ways
    }

    fn break_down(&self, total: usize, start: Decimal, depth: u16, steps: &mut Vec<Step>) {
        if depth > DEEPEST {
            return;
        }
        let rows = &self.comparison.rows;
        let Some(whole) = rows.get(total) else { return };
        for (way, parts) in (0u16..).zip(self.ways(total)) {
            let mut at = start;
            for part in &parts {
                let Some(difference) = rows.get(*part).and_then(|row| self.difference(row)) else { continue };
                let step =
                    Step { part: Part::Row(*part), depth, way, start: at, difference, unit: self.unit };
                steps.push(step);
                self.break_down(*part, at, depth + 1, steps);
                at = at.checked_add(difference).unwrap_or(at);
            }
            if let Some(rest) = self.rest(whole, &parts) {
                steps.push(Step {
                    part: Part::Rest,
                    depth,
                    way,
                    start: at,
                    difference: rest,
                    unit: self.unit,
                });
            }
        }
    }

    /// Returns what parts leave of a total's change, where rounding does not explain it.
    fn rest(&self, whole: &Row, parts: &[usize]) -> Option<Decimal> {
        let rows = parts.iter().filter_map(|&part| self.comparison.rows.get(part));
        let mut value = self.difference(whole)?;
        let mut range = self.range(whole);
        for row in rows {
            value = value.checked_sub(self.difference(row)?)?;
            range = range - self.range(row);
        }
        (!range.holds(Decimal::ZERO)).then(|| rounded(value, value.scale().min(4)))
    }

    fn range(&self, row: &Row) -> Interval {
        let range =
            |side| self.level(row, side).map_or(Interval::exactly(Decimal::ZERO), |level| level.range);
        range(Side::Right) - range(Side::Left)
    }
}
