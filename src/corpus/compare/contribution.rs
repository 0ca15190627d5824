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

/// The rows with the parts of each.
pub(super) struct Tree<'a> {
    comparison: &'a Comparison,
    corpus: &'a Corpus,
    /// The parts of each row, in order.
    parts: Vec<Vec<usize>>,
}

impl<'a> Tree<'a> {
    pub(super) fn new(comparison: &'a Comparison, corpus: &'a Corpus) -> Self {
        let mut parts = vec![Vec::new(); comparison.rows.len()];
        for (at, row) in comparison.rows.iter().enumerate() {
            if let Some(parts) = row.parent.and_then(|total| parts.get_mut(total as usize)) {
                parts.push(at);
            }
        }
        Self { comparison, corpus, parts }
    }

    /// Returns the steps from a total down: nothing but the total where its parts are not named on both sides.
    pub(super) fn steps(&self, total: usize) -> Vec<Step> {
        let change = |row: &Row| row.change.as_ref().map(|change| change.unit);
        let row = self.comparison.rows.get(total);
        let Some((row, unit)) = row.and_then(|row| Some((row, change(row)?))) else { return Vec::new() };
        let Some(difference) = self.difference(row, unit) else { return Vec::new() };
        let whole = Step { part: Part::Row(total), depth: 0, way: 0, start: Decimal::ZERO, difference, unit };
        let mut steps = vec![whole];
        self.break_down(total, Decimal::ZERO, 1, &mut steps, unit);
        steps
    }

    /// Returns whether a row has parts at all.
    pub(super) fn has_parts(&self, row: usize) -> bool {
        self.parts.get(row).is_some_and(|parts| !parts.is_empty())
    }

    fn item(&self, row: &Row, side: Side) -> Option<&'a Item> {
        let item = row.item(side)?;
        self.corpus.entry(self.comparison.entry(side))?.disclosure.items.get(item.0 as usize)
    }

    /// Returns the figure of a side in the unit of the total.
    fn level(&self, row: &Row, side: Side, unit: Unit) -> Option<Level> {
        let item = self.item(row, side)?;
        Level::of((item.value, item.unit), unit)
    }

    /// Returns how much a row changed; what is missing on one side is nothing there.
    fn difference(&self, row: &Row, unit: Unit) -> Option<Decimal> {
        let value = |side| self.level(row, side, unit).map_or(Decimal::ZERO, |level| level.value);
        value(Side::Right).checked_sub(value(Side::Left))
    }

    /// Returns whether a row is one of the parts that make a total on a side.
    fn is_addend(&self, row: &Row, whole: &Row, side: Side, unit: Unit) -> bool {
        let items = |row: &Row| -> Vec<ItemId> {
            row.item(side).into_iter().chain(row.again(side).iter().copied()).collect()
        };
        let wholes = items(whole);
        let entry = self.corpus.entry(self.comparison.entry(side));
        let mut items = items(row).into_iter().filter_map(|id| entry?.disclosure.items.get(id.0 as usize));
        items.any(|item| {
            item.relation == Some(Relation::Sum)
                && class(item.unit) == class(unit)
                && item.parent.is_some_and(|total| wholes.contains(&total))
        })
    }

    /// Returns the ways in which a total is broken down on both sides: parts that follow each other and that make the
    /// total on either side, and at last those that do not quite.
    fn ways(&self, total: usize, unit: Unit) -> Vec<Vec<usize>> {
        let rows = &self.comparison.rows;
        let Some((whole, parts)) = rows.get(total).zip(self.parts.get(total)) else { return Vec::new() };
        let goals = [Side::Left, Side::Right].map(|side| self.level(whole, side, unit));
        let mut ways = Vec::new();
        let mut way = Vec::new();
        let mut sums = [None::<Interval>; 2];
        for (at, row) in parts.iter().filter_map(|&at| Some((at, rows.get(at)?))) {
            let on = [Side::Left, Side::Right].map(|side| self.is_addend(row, whole, side, unit));
            if on == [false, false] {
                continue;
            }
            way.push(at);
            for ((sum, side), is_addend) in sums.iter_mut().zip([Side::Left, Side::Right]).zip(on) {
                if let Some(level) = self.level(row, side, unit).filter(|_| is_addend) {
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

    fn break_down(&self, total: usize, start: Decimal, depth: u16, steps: &mut Vec<Step>, unit: Unit) {
        if depth > DEEPEST {
            return;
        }
        let rows = &self.comparison.rows;
        let Some(whole) = rows.get(total) else { return };
        for (way, parts) in (0u16..).zip(self.ways(total, unit)) {
            let mut at = start;
            for part in &parts {
                let Some(difference) = rows.get(*part).and_then(|row| self.difference(row, unit)) else {
                    continue;
                };
                let step = Step { part: Part::Row(*part), depth, way, start: at, difference, unit };
                steps.push(step);
                self.break_down(*part, at, depth + 1, steps, unit);
                at = at.checked_add(difference).unwrap_or(at);
            }
            if let Some(rest) = self.rest(whole, &parts, unit) {
                steps.push(Step { part: Part::Rest, depth, way, start: at, difference: rest, unit });
            }
        }
    }

    /// Returns what parts leave of a total's change, where rounding does not explain it.
    fn rest(&self, whole: &Row, parts: &[usize], unit: Unit) -> Option<Decimal> {
        let rows = parts.iter().filter_map(|&part| self.comparison.rows.get(part));
        let mut value = self.difference(whole, unit)?;
        let mut range = self.range(whole, unit);
        for row in rows {
            value = value.checked_sub(self.difference(row, unit)?)?;
            range = range - self.range(row, unit);
        }
        (!range.holds(Decimal::ZERO)).then(|| rounded(value, value.scale().min(4)))
    }

    fn range(&self, row: &Row, unit: Unit) -> Interval {
        let range =
            |side| self.level(row, side, unit).map_or(Interval::exactly(Decimal::ZERO), |level| level.range);
        range(Side::Right) - range(Side::Left)
    }
}
