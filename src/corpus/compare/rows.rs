//! A disclosure → the levels that are compared; and what was paired → rows in order.

use rustc_hash::FxHashMap;

use super::change::{self, Change, Verdict, class};
use super::names::{Name, Names};
use super::pairing::Paired;
use super::{Evidence, Place as SectionPlace, Row};
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
pub(super) fn levels(corpus: &Corpus, disclosure: &Disclosure, names: &mut Names) -> Vec<Level> {
    // Tens of thousands of rows have some hundreds of subjects.
    let mut subjects: FxHashMap<SubjectId, Option<Called>> = FxHashMap::default();
    let mut called = |id: SubjectId| {
        *subjects.entry(id).or_insert_with(|| {
            let subject = corpus.words.get(id)?;
            let official = names.number(corpus.words.text(subject.canonical));
            let written = names.number(corpus.words.text(subject.name));
            Some(Called { official, written, code: subject.code })
        })
    };
    let keys: Vec<Option<(Key, Called, Distance)>> =
        disclosure.items.iter().map(|item| key(disclosure, item, &mut called)).collect();
    let mut nearest: FxHashMap<Key, Distance> = FxHashMap::default();
    for &(key, _, distance) in keys.iter().flatten() {
        let near = nearest.entry(key).or_insert(distance);
        *near = distance.min(*near);
    }
    let mut levels: Vec<Level> = Vec::new();
    let mut number_of: FxHashMap<ItemId, usize> = FxHashMap::default();
    for (id, (item, key)) in (0..).map(ItemId).zip(disclosure.items.iter().zip(&keys)) {
        let Some((key, called, distance)) = *key else { continue };
        if nearest.get(&key) == Some(&distance) {
            number_of.insert(id, levels.len());
            let Called { written, code, .. } = called;
            let section = section_of(disclosure, item);
            let (amount, unit) = (item.value, item.unit);
            levels.push(Level { item: id, written, key, code, parent: None, section, amount, unit });
        }
    }
    for (at, level) in levels.iter_mut().enumerate() {
        level.parent = total_of(disclosure, level.item, &number_of).filter(|&total| total != at);
    }
    break_circles(&mut levels);
    levels
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

fn total_of(disclosure: &Disclosure, item: ItemId, number_of: &FxHashMap<ItemId, usize>) -> Option<usize> {
    let mut at = item;
    for _ in 0..LONGEST_CHAIN {
        at = disclosure.items.get(at.0 as usize)?.parent?;
        if let Some(&number) = number_of.get(&at) {
            return Some(number);
        }
    }
    None
}

/// Takes away the totals of levels that are, further up, parts of themselves.
fn break_circles(levels: &mut [Level]) {
    for at in 0..levels.len() {
        let above = std::iter::successors(levels[at].parent, |&total| levels[total].parent);
        if above.take(LONGEST_CHAIN).count() == LONGEST_CHAIN {
            levels[at].parent = None;
        }
    }
}

/// The numbers of the levels that a row is for: those of both sides, with those that state the same again.
struct Place {
    /// Where it stands: behind which level of the first disclosure, and there behind which of the second.
    order: (usize, usize),
    left: Option<usize>,
    right: Option<usize>,
    left_again: Vec<usize>,
    right_again: Vec<usize>,
}

/// Returns the rows: the levels of the first disclosure as they stand there, each that only the second has behind what
/// stands before it there; but parts always under their total.
pub(super) fn in_order(
    [left, right]: [&Disclosure; 2],
    [lefts, rights]: &[Vec<Level>; 2],
    paired: &Paired,
) -> Vec<Row> {
    let mut places = places(lefts, rights, paired);
    places.sort_unstable_by_key(|place| place.order);
    let (mut row_of_left, mut row_of_right) = (vec![None; lefts.len()], vec![None; rights.len()]);
    for (row, place) in (0u32..).zip(&places) {
        for &at in place.left.iter().chain(&place.left_again) {
            row_of_left[at] = Some(row);
        }
        for &at in place.right.iter().chain(&place.right_again) {
            row_of_right[at] = Some(row);
        }
    }
    let item = |disclosure: &Disclosure, level: Option<&Level>| {
        level
            .and_then(|level| disclosure.items.get(level.item.0 as usize))
            .map(|item| (item.value, item.unit))
    };
    let items = |levels: &[Level], again: &[usize]| -> Vec<ItemId> {
        again.iter().filter_map(|&at| levels.get(at)).map(|level| level.item).collect()
    };
    let mut rows: Vec<Row> = Vec::with_capacity(places.len());
    for place in &places {
        let (first, second) =
            (place.left.and_then(|at| lefts.get(at)), place.right.and_then(|at| rights.get(at)));
        let change = item(left, first).zip(item(right, second)).and_then(|(from, to)| Change::of(from, to));
        let total = |levels: &[Level], row_of: &[Option<u32>], at: usize| row_of[levels.get(at)?.parent?];
        let on_left = place.left.iter().chain(&place.left_again);
        let on_right = place.right.iter().chain(&place.right_again);
        let own = Some(rows.len() as u32);
        let totals = on_left
            .map(|&at| total(lefts, &row_of_left, at))
            .chain(on_right.map(|&at| total(rights, &row_of_right, at)));
        let parent = totals.flatten().find(|&total| Some(total) != own);
        rows.push(Row {
            left: first.map(|level| level.item),
            right: second.map(|level| level.item),
            evidence: place.left.and_then(|at| paired.evidence_of(at)),
            change,
            parent,
            depth: 0,
            weight: change::weight(item(left, first), item(right, second)),
            left_again: items(lefts, &place.left_again),
            right_again: items(rights, &place.right_again),
        });
    }
    under_totals(rows)
}

fn places(lefts: &[Level], rights: &[Level], paired: &Paired) -> Vec<Place> {
    let mut left_again: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    let mut right_again: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for (all, again) in [(&paired.left_again, &mut left_again), (&paired.right_again, &mut right_again)] {
        for (&at, &first) in all {
            again.entry(first).or_default().push(at);
        }
        for again in again.values_mut() {
            again.sort_unstable();
        }
    }
    let mut places: Vec<Place> = Vec::new();
    let mut put = |order, left: Option<usize>, right: Option<usize>| {
        let left_again = left.and_then(|at| left_again.remove(&at)).unwrap_or_default();
        let right_again = right.and_then(|at| right_again.remove(&at)).unwrap_or_default();
        places.push(Place { order, left, right, left_again, right_again });
    };
    for at in (0..lefts.len()).filter(|at| !paired.left_again.contains_key(at)) {
        put((at + 1, 0), Some(at), paired.right_of(at));
    }
    // How many levels of the first stand before.
    let mut behind = 0;
    for at in (0..rights.len()).filter(|at| !paired.right_again.contains_key(at)) {
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
            behind += 1;
        }
        put((behind, at + 1), None, Some(at));
    }
    places
}

/// Puts every row under that of its total, and finds how deep each lies. A row that would lie under itself, because the
/// two disclosures do not agree on what is a part of what, lies under none.
fn under_totals(mut rows: Vec<Row>) -> Vec<Row> {
    let parent = |row: &Row| row.parent.map(|parent| parent as usize);
    for at in 0..rows.len() {
        let above = std::iter::successors(parent(&rows[at]), |&total| parent(&rows[total]));
        if above.take(LONGEST_CHAIN).any(|total| total == at) || above_depth(&rows, at) >= LONGEST_CHAIN {
            rows[at].parent = None;
        }
    }
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); rows.len()];
    let mut waiting: Vec<usize> = Vec::new();
    for at in (0..rows.len()).rev() {
        match parent(&rows[at]) {
            Some(total) => below[total].push(at),
            None => waiting.push(at),
        }
    }
    let mut order: Vec<usize> = Vec::with_capacity(rows.len());
    let mut new_of = vec![0u32; rows.len()];
    while let Some(at) = waiting.pop() {
        new_of[at] = order.len() as u32;
        order.push(at);
        waiting.extend(&below[at]);
    }
    let mut sorted: Vec<Row> = Vec::with_capacity(rows.len());
    for at in order {
        let mut row = rows[at].clone();
        row.parent = row.parent.and_then(|total| new_of.get(total as usize)).copied();
        let total = row.parent.and_then(|total| sorted.get(total as usize));
        row.depth = total.map_or(0, |total| total.depth + 1);
        sorted.push(row);
    }
    sorted
}

fn above_depth(rows: &[Row], at: usize) -> usize {
    let parent = |row: &Row| row.parent.map(|parent| parent as usize);
    std::iter::successors(parent(&rows[at]), |&total| parent(&rows[total])).take(LONGEST_CHAIN).count()
}
