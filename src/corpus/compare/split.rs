//! Rows that only one side has → those of them that as much as several rows of the other side make up, under one total.
//!
//! Last year's 对外服务费 is this year's 咨询费 and 劳务费. Names tell little of that, so the amounts must: of one period,
//! where a disclosure says what the other's was, else as each states its own.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::change::Level;
use super::{Row, Side, Stop, go_on};
use crate::model::{Basis, Disclosure, Item, Measure, NameId, SectionId, SubjectId};
use crate::quantity::{Interval, Unit};

/// A row of one side that several of the other make up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The number of the row.
    pub whole: u32,
    /// Those of the rows that make it up.
    pub parts: Vec<u32>,
    /// The side that states the period of the other too, where those are the figures that add up.
    pub stated_by: Option<Side>,
}

/// How many rows without a counterpart are looked at under one total, on either side: of more, some add up by chance.
const MOST: usize = 12;
/// How many parts there are at most.
const MOST_PARTS: u32 = 4;
/// How many sums are made in all.
const MOST_SUMS: usize = 4_000_000;
/// A sum that is met by chance at most once in so many times is taken for one.
const ODDS: Decimal = Decimal::from_parts(50, 0, 0, false, 0);

/// A figure that may be a whole or a part.
#[derive(Debug, Clone, Copy)]
struct Figure {
    row: u32,
    aspect: Option<NameId>,
    value: Decimal,
    range: Interval,
}

/// The rows without a counterpart under one total, by side.
type Alone = [Vec<u32>; 2];

/// Returns the rows that were split or merged, as far as their amounts say so beyond chance and in one way only.
pub(super) fn splits(stop: Stop, sides: [&Disclosure; 2], rows: &[Row]) -> Option<Vec<Split>> {
    let groups = alone_under_totals(stop, rows)?;
    if groups.is_empty() {
        return Some(Vec::new());
    }
    let [left, right] = sides;
    let stated = [stated_about(stop, left, period(right))?, stated_about(stop, right, period(left))?];
    let mut sums_left = MOST_SUMS;
    let mut splits = Vec::new();
    for alone in &groups {
        let figures = |side: usize, other_period: bool| -> Vec<Figure> {
            let (disclosure, stated) = (sides[side], &stated[side]);
            let of = |&row: &u32| {
                let item = rows.get(row as usize)?.item([Side::Left, Side::Right][side])?;
                let item = disclosure.items.get(item.0 as usize)?;
                Figure::of(
                    row,
                    if other_period { stated.get(&subject(item)).copied().flatten()? } else { item },
                )
            };
            alone[side].iter().filter_map(of).collect()
        };
        let [left, right] = [figures(0, false), figures(1, false)];
        let books = [
            (Some(Side::Right), [left.clone(), figures(1, true)]),
            (Some(Side::Left), [figures(0, true), right.clone()]),
            (None, [left, right]),
        ];
        let mut found: Vec<Split> = Vec::new();
        for (stated_by, [left, right]) in books {
            for (wholes, parts) in [(&left, &right), (&right, &left)] {
                make_up(stop, wholes, parts, stated_by, &mut sums_left, &mut found)?;
            }
        }
        splits.extend(undisputed(found));
    }
    splits.sort_by_key(|split| split.whole);
    Some(splits)
}

/// Returns the rows that only one side has under totals that both have, where some may make up others.
fn alone_under_totals(stop: Stop, rows: &[Row]) -> Option<Vec<Alone>> {
    let mut groups: Vec<Alone> = Vec::new();
    let mut group_of: FxHashMap<u32, usize> = FxHashMap::default();
    for (at, row) in (0u32..).zip(rows) {
        go_on(stop)?;
        let total = row.parent.filter(|&total| rows.get(total as usize).is_some_and(|row| !row.is_alone()));
        let Some(total) = total.filter(|_| row.is_alone()) else { continue };
        let group = *group_of.entry(total).or_insert(groups.len());
        if group == groups.len() {
            groups.push(Alone::default());
        }
        if let Some(alone) = groups.get_mut(group) {
            alone[usize::from(row.left.is_none())].push(at);
        }
    }
    groups.retain(|alone| {
        let [left, right] = alone.each_ref().map(Vec::len);
        left.min(right) >= 1 && left.max(right) >= 2 && left.max(right) <= MOST
    });
    Some(groups)
}

/// What tells the figures of one subject from others.
type Subject = (SubjectId, Option<NameId>, SectionId);

fn subject(item: &Item) -> Subject {
    (item.subject, item.aspect, item.section)
}

/// A year, and whether it was planned or spent.
type Period = (Option<u16>, Option<Basis>);

fn period(disclosure: &Disclosure) -> Period {
    let header = &disclosure.header;
    (header.year.map(|year| year.value), header.basis.map(|basis| basis.value))
}

/// Returns what a disclosure states of a period that is not its own; nothing of a subject of which it states two numbers.
fn stated_about<'a>(
    stop: Stop,
    disclosure: &'a Disclosure,
    about: Period,
) -> Option<FxHashMap<Subject, Option<&'a Item>>> {
    let mut stated: FxHashMap<Subject, Option<&'a Item>> = FxHashMap::default();
    let own = period(disclosure);
    for item in &disclosure.items {
        go_on(stop)?;
        let of = (item.year().or(own.0), item.basis.or(own.1));
        if item.measure == Measure::Amount && of == about && of != own {
            let known = stated.entry(subject(item)).or_insert(Some(item));
            *known = known.filter(|known| (known.value, known.unit) == (item.value, item.unit));
        }
    }
    Some(stated)
}

impl Figure {
    /// Returns an amount of money that is more than nothing.
    fn of(row: u32, item: &Item) -> Option<Self> {
        item.unit.yuan()?;
        let Level { value, range } = Level::of((item.value, item.unit), Unit::Yuan)?;
        (range.low > Decimal::ZERO).then_some(Self { row, aspect: item.aspect, value, range })
    }

    /// Returns how exact it is: how far the values are apart that it may stand for, or for a round number, its last digit
    /// that is not 0.
    fn grain(&self) -> Decimal {
        let width = self.range.high.checked_sub(self.range.low).unwrap_or_default();
        let value = self.value.normalize();
        let mut digits = value.mantissa();
        let mut grain = Decimal::new(1, value.scale());
        while digits != 0 && digits % 10 == 0 {
            digits /= 10;
            grain = grain.checked_mul(Decimal::TEN).unwrap_or(grain);
        }
        width.max(grain)
    }
}

/// Finds the wholes that parts of the other side make up, each in one way only.
fn make_up(
    stop: Stop,
    wholes: &[Figure],
    parts: &[Figure],
    stated_by: Option<Side>,
    sums_left: &mut usize,
    found: &mut Vec<Split>,
) -> Option<()> {
    for whole in wholes {
        let addends: Vec<&Figure> =
            parts.iter().filter(|part| part.aspect == whole.aspect && part.value < whole.value).collect();
        let mut ways = Vec::new();
        let mut sums = 0usize;
        for chosen in 0u32..1 << addends.len().min(MOST) {
            if !(2..=MOST_PARTS).contains(&chosen.count_ones()) {
                continue;
            }
            go_on(stop)?;
            let Some(left) = sums_left.checked_sub(1) else { return Some(()) };
            (*sums_left, sums) = (left, sums + 1);
            let chosen: Vec<&Figure> = addends
                .iter()
                .enumerate()
                .filter_map(|(at, part)| (chosen >> at & 1 == 1).then_some(*part))
                .collect();
            let ranges = chosen.iter().map(|part| part.range);
            if ranges.reduce(|sum, range| sum + range).is_some_and(|sum| sum.meets(whole.range)) {
                ways.push(chosen);
            }
        }
        let [way] = ways.as_slice() else { continue };
        let grain = way.iter().map(|part| part.grain()).chain([whole.grain()]);
        // A sum of round numbers is soon met by chance, and so is one of very many sums.
        let finest = grain.min().unwrap_or_default().max(whole.range.high - whole.range.low);
        let chances = finest.checked_mul(Decimal::from(sums)).and_then(|chances| chances.checked_mul(ODDS));
        if chances.is_some_and(|chances| chances <= whole.value) {
            let parts = way.iter().map(|part| part.row).collect();
            found.push(Split { whole: whole.row, parts, stated_by });
        }
    }
    Some(())
}

/// Returns what was found of each row where it is the same by all figures, and where no row is in two of them.
fn undisputed(mut found: Vec<Split>) -> Vec<Split> {
    // The figures of one period come first and say more.
    let mut kept: Vec<Split> = Vec::new();
    for split in &found {
        if !kept.iter().any(|known| (known.whole, &known.parts) == (split.whole, &split.parts)) {
            kept.push(split.clone());
        }
    }
    found.clone_from(&kept);
    let rows = |split: &Split| split.parts.iter().copied().chain([split.whole]).collect::<Vec<_>>();
    let meets = |one: &Split, other: &Split| rows(one).iter().any(|row| rows(other).contains(row));
    kept.retain(|split| !found.iter().any(|other| other != split && meets(split, other)));
    kept
}
