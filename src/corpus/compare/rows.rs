//! A disclosure → the levels that are compared; and what was paired → rows in order.

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::change::{self, Change, Verdict, class};
use super::names::{Name, Names};
use super::pairing::Paired;
use super::{Evidence, Place as SectionPlace, Row, Stop, go_on, selection};
use crate::corpus::Corpus;
use crate::corpus::tree::section_of;
use crate::model::{Code, Disclosure, Item, ItemId, Measure, NameId, SubjectId};
use crate::quantity::{Amount, Interval, Unit};

/// A level of one disclosure.
#[derive(Debug, Clone, Copy)]
pub(super) struct Level {
    /// The figure.
    pub(super) item: ItemId,
    /// The name as written.
    pub(super) written: Name,
    /// What tells it from others by name.
    pub(super) key: Key,
    /// The code in the classification.
    pub(super) code: Option<Code>,
    /// The number of the total that it is a part of.
    pub(super) parent: Option<usize>,
    /// The section it stands in.
    pub(super) section: SectionPlace,
    /// The figure as printed.
    amount: Amount,
    unit: Unit,
}

impl Level {
    /// Returns whether another level of the same subject is the same number, rounded or in another unit perhaps.
    pub(super) fn states_the_same(&self, other: &Self) -> bool {
        change::verdict((self.amount, self.unit), (other.amount, other.unit)) != Some(Verdict::Changed)
    }

    /// Returns the values that it may stand for, money in yuan.
    pub(super) fn range(&self) -> Option<Interval> {
        let unit = if self.unit.yuan().is_some() { Unit::Yuan } else { self.unit };
        Some(change::Level::of((self.amount, self.unit), unit)?.range)
    }
}

/// What a level is of, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key {
    /// The official name.
    pub(super) name: Name,
    /// Which part of it.
    pub(super) aspect: Option<NameId>,
    /// What is counted, see [`class`].
    class: u8,
}

impl Key {
    /// Returns the same without its name.
    pub(super) fn kind(self) -> impl Eq + std::hash::Hash + Copy {
        (self.aspect, self.class)
    }
}

/// How far a figure's totals are followed.
const LONGEST_CHAIN: usize = 16;

/// Returns the levels of a disclosure: those of its own year and accounts, and what it says of another year or of the
/// budget only where it says nothing nearer on the same subject.
pub(super) fn levels(
    stop: Stop,
    corpus: &Corpus,
    disclosure: &Disclosure,
    names: &mut Names,
) -> Option<Vec<Level>> {
    // Tens of thousands of rows have some hundreds of subjects.
    let count = disclosure.items.len();
    let most = count.min(corpus.words.subjects().len());
    let mut subjects: FxHashMap<SubjectId, Option<Called>> =
        FxHashMap::with_capacity_and_hasher(most, FxBuildHasher);
    let mut called = |id: SubjectId| {
        *subjects.entry(id).or_insert_with(|| {
            let subject = corpus.words.get(id)?;
            let official = names.number(corpus.words.text(subject.canonical));
            let written = names.number(corpus.words.text(subject.name));
            Some(Called { official, written, code: subject.code })
        })
    };
    let mut keys: Vec<Option<(Key, Called, Distance)>> = Vec::with_capacity(count);
    let mut nearest: FxHashMap<Key, Distance> = FxHashMap::with_capacity_and_hasher(most, FxBuildHasher);
    for item in &disclosure.items {
        go_on(stop)?;
        let key = key(disclosure, item, &mut called);
        keys.push(key);
        if let Some((key, _, distance)) = key {
            let near = nearest.entry(key).or_insert(distance);
            *near = distance.min(*near);
        }
    }
    let mut levels: Vec<Level> = Vec::with_capacity(count);
    let mut number_of: Vec<Option<u32>> = Vec::with_capacity(count);
    for (id, (item, key)) in (0..).map(ItemId).zip(disclosure.items.iter().zip(&keys)) {
        go_on(stop)?;
        let nearest = key.filter(|(key, _, distance)| nearest.get(key) == Some(distance));
        number_of.push(nearest.map(|_| levels.len() as u32));
        if let Some((key, Called { written, code, .. }, _)) = nearest {
            let section = section_of(disclosure, item);
            let (amount, unit) = (item.value, item.unit);
            levels.push(Level { item: id, written, key, code, parent: None, section, amount, unit });
        }
    }
    for (at, level) in levels.iter_mut().enumerate() {
        go_on(stop)?;
        level.parent = total_of(disclosure, level.item, &number_of).filter(|&total| total != at);
    }
    break_circles(stop, &mut levels)?;
    Some(levels)
}

/// How far a level is from those of the disclosure's own year and accounts.
type Distance = (u16, bool);

/// What a subject is called.
#[derive(Debug, Clone, Copy)]
struct Called {
    official: Name,
    written: Name,
    code: Option<Code>,
}

fn key(
    disclosure: &Disclosure,
    item: &Item,
    called: &mut impl FnMut(SubjectId) -> Option<Called>,
) -> Option<(Key, Called, Distance)> {
    if !matches!(item.measure, Measure::Amount | Measure::Count) {
        return None;
    }
    let called = called(item.subject)?;
    let header = &disclosure.header;
    let years = item.year().zip(header.year).map_or(0, |(about, own)| about.abs_diff(own.value));
    let other = item.basis.zip(header.basis).is_some_and(|(basis, own)| basis != own.value);
    let key = Key { name: called.official, aspect: item.aspect, class: class(item.unit) };
    Some((key, called, (years, other)))
}

fn total_of(disclosure: &Disclosure, item: ItemId, number_of: &[Option<u32>]) -> Option<usize> {
    let mut at = item;
    for _ in 0..LONGEST_CHAIN {
        at = disclosure.items.get(at.0 as usize)?.parent?;
        if let Some(number) = number_of.get(at.0 as usize).copied().flatten() {
            return Some(number as usize);
        }
    }
    None
}

/// Takes away the totals of levels that are, further up, parts of themselves.
fn break_circles(stop: Stop, levels: &mut [Level]) -> Option<()> {
    for at in 0..levels.len() {
        go_on(stop)?;
        let above = std::iter::successors(levels[at].parent, |&total| levels[total].parent);
        if above.take(LONGEST_CHAIN).count() == LONGEST_CHAIN {
            levels[at].parent = None;
        }
    }
    Some(())
}

/// The numbers of the levels that a row is for: those of both sides, with those that state the same again.
struct Place {
    left: Option<usize>,
    right: Option<usize>,
    left_again: Vec<usize>,
    right_again: Vec<usize>,
}

/// Returns the rows: the levels of the first disclosure as they stand there, each that only the second has behind what
/// stands before it there; but parts always under their total.
pub(super) fn in_order(
    stop: Stop,
    [left, right]: [&Disclosure; 2],
    [lefts, rights]: &[Vec<Level>; 2],
    paired: &Paired,
) -> Option<Vec<Row>> {
    let places = places(stop, lefts, rights, paired)?;
    let order = under_totals(stop, totals(stop, [lefts, rights], &places)?)?;
    let item = |disclosure: &Disclosure, level: Option<&Level>| {
        level
            .and_then(|level| disclosure.items.get(level.item.0 as usize))
            .map(|item| (item.value, item.unit))
    };
    let items = |levels: &[Level], again: &[usize]| -> Vec<ItemId> {
        again.iter().filter_map(|&at| levels.get(at)).map(|level| level.item).collect()
    };
    let mut rows: Vec<Row> = Vec::with_capacity(places.len());
    for (place, parent) in order {
        go_on(stop)?;
        let Some(place) = places.get(place as usize) else { continue };
        let (first, second) =
            (place.left.and_then(|at| lefts.get(at)), place.right.and_then(|at| rights.get(at)));
        let change = item(left, first).zip(item(right, second)).and_then(|(from, to)| Change::of(from, to));
        let total = parent.and_then(|total| rows.get(total as usize));
        rows.push(Row {
            left: first.map(|level| level.item),
            right: second.map(|level| level.item),
            evidence: place.left.and_then(|at| paired.evidence_of(at)),
            change,
            parent,
            depth: total.map_or(0, |total| total.depth + 1),
            weight: change::weight(item(left, first), item(right, second)),
            left_again: items(lefts, &place.left_again),
            right_again: items(rights, &place.right_again),
        });
    }
    Some(rows)
}

/// Returns the places in order.
fn places(stop: Stop, lefts: &[Level], rights: &[Level], paired: &Paired) -> Option<Vec<Place>> {
    let mut left_again: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    let mut right_again: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for (all, again) in [(&paired.left_again, &mut left_again), (&paired.right_again, &mut right_again)] {
        for (&at, &first) in all {
            go_on(stop)?;
            again.entry(first).or_default().push(at);
        }
        for again in again.values_mut() {
            go_on(stop)?;
            again.sort_unstable();
        }
    }
    let mut places: Vec<Option<Place>> = Vec::with_capacity(lefts.len() + rights.len());
    let mut orders: Vec<(usize, usize)> = Vec::with_capacity(lefts.len() + rights.len());
    let mut put = |order, left: Option<usize>, right: Option<usize>| {
        let left_again = left.and_then(|at| left_again.remove(&at)).unwrap_or_default();
        let right_again = right.and_then(|at| right_again.remove(&at)).unwrap_or_default();
        orders.push(order);
        places.push(Some(Place { left, right, left_again, right_again }));
    };
    for at in (0..lefts.len()).filter(|at| !paired.left_again.contains_key(at)) {
        go_on(stop)?;
        put((at + 1, 0), Some(at), paired.right_of(at));
    }
    // How many levels of the first stand before.
    let mut behind = 0;
    for at in (0..rights.len()).filter(|at| !paired.right_again.contains_key(at)) {
        go_on(stop)?;
        if let Some(left) = paired.left_of(at) {
            // What has moved says nothing about where its neighbours stand.
            if !paired.evidence_of(left).is_some_and(Evidence::moved) {
                behind = left + 1;
            }
            continue;
        }
        // What only the first has there comes before what only the second has.
        let total = rights[at].parent.and_then(|total| paired.left_of(total));
        let alone = |at: usize| Some(paired.right_of(at).is_none() && lefts.get(at)?.parent == total);
        while alone(behind) == Some(true) {
            go_on(stop)?;
            behind += 1;
        }
        put((behind, at + 1), None, Some(at));
    }
    let mut sorted = Vec::with_capacity(places.len());
    for place in selection::sorted(stop, &orders)? {
        go_on(stop)?;
        sorted.extend(places.get_mut(place as usize).and_then(Option::take));
    }
    Some(sorted)
}

/// Returns for each place that of the total which it is a part of on one of the sides.
fn totals(stop: Stop, [lefts, rights]: [&[Level]; 2], places: &[Place]) -> Option<Vec<Option<u32>>> {
    let (mut row_of_left, mut row_of_right) = (vec![None; lefts.len()], vec![None; rights.len()]);
    for (row, place) in (0u32..).zip(places) {
        go_on(stop)?;
        for &at in place.left.iter().chain(&place.left_again) {
            row_of_left[at] = Some(row);
        }
        for &at in place.right.iter().chain(&place.right_again) {
            row_of_right[at] = Some(row);
        }
    }
    let total = |levels: &[Level], row_of: &[Option<u32>], at: usize| row_of[levels.get(at)?.parent?];
    let mut totals = Vec::with_capacity(places.len());
    for (own, place) in (0u32..).zip(places) {
        go_on(stop)?;
        let on_left = place.left.iter().chain(&place.left_again);
        let on_right = place.right.iter().chain(&place.right_again);
        let on_either = on_left
            .map(|&at| total(lefts, &row_of_left, at))
            .chain(on_right.map(|&at| total(rights, &row_of_right, at)));
        totals.push(on_either.flatten().find(|&total| total != own));
    }
    Some(totals)
}

/// Puts every place under that of its total: returns the places in that order, each with where its total stands in it. One
/// that would lie under itself, because the two disclosures do not agree on what is a part of what, lies under none.
fn under_totals(stop: Stop, mut totals: Vec<Option<u32>>) -> Option<Vec<(u32, Option<u32>)>> {
    for at in 0..totals.len() {
        go_on(stop)?;
        let total_of = |at: u32| totals.get(at as usize).copied().flatten();
        let own = at as u32;
        let above = || std::iter::successors(total_of(own), |&total| total_of(total)).take(LONGEST_CHAIN);
        if above().any(|total| total == own) || above().count() >= LONGEST_CHAIN {
            totals[at] = None;
        }
    }
    // The last part of each total, and for each part the one before it.
    let (mut last, mut before) = (vec![None; totals.len()], vec![None; totals.len()]);
    let mut waiting: Vec<u32> = Vec::new();
    for (at, total) in (0u32..).zip(&totals) {
        go_on(stop)?;
        match total {
            Some(total) => before[at as usize] = last[*total as usize].replace(at),
            None => waiting.push(at),
        }
    }
    waiting.reverse();
    let mut order: Vec<(u32, Option<u32>)> = Vec::with_capacity(totals.len());
    let mut new_of = vec![0u32; totals.len()];
    while let Some(at) = waiting.pop() {
        go_on(stop)?;
        new_of[at as usize] = order.len() as u32;
        let total = totals.get(at as usize).copied().flatten();
        order.push((at, total.and_then(|total| new_of.get(total as usize)).copied()));
        waiting.extend(std::iter::successors(last[at as usize], |&part: &u32| before[part as usize]));
    }
    Some(order)
}
