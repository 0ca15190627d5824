//! Levels → those that state the same number as another one, found by value: a name may stand in ten thousand rows.

use std::collections::BTreeMap;
use std::hash::Hash;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::rows::Level;

/// Levels by what they are of and by what they state.
#[derive(Debug)]
pub(super) struct Stated<K> {
    known: FxHashMap<K, Vec<Precision>>,
}

/// Levels that are printed as precisely as each other.
#[derive(Debug)]
struct Precision {
    /// How far the least value that each may stand for is from the greatest.
    width: Decimal,
    /// The levels by the least value.
    levels: BTreeMap<Decimal, Vec<usize>>,
}

/// How many levels that may state the same are looked at: those of one name that differ by less than rounding are few.
const MOST: usize = 64;

impl<K> Default for Stated<K> {
    fn default() -> Self {
        Self { known: FxHashMap::default() }
    }
}

impl<K: Eq + Hash> Stated<K> {
    /// Takes in a level by its number.
    pub(super) fn add(&mut self, key: K, at: usize, level: &Level) {
        let Some(range) = level.range() else { return };
        let width = range.high.checked_sub(range.low).unwrap_or_default();
        let precisions = self.known.entry(key).or_default();
        let place = precisions.iter().position(|known| known.width == width).unwrap_or_else(|| {
            precisions.push(Precision { width, levels: BTreeMap::new() });
            precisions.len() - 1
        });
        if let Some(precision) = precisions.get_mut(place) {
            precision.levels.entry(range.low).or_default().push(at);
        }
    }

    /// Returns the first of the levels taken in that states the same as another and is as wanted.
    pub(super) fn first(
        &self,
        key: &K,
        levels: &[Level],
        level: &Level,
        wanted: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let range = level.range()?;
        let same =
            |&at: &usize| levels.get(at).is_some_and(|known| known.states_the_same(level)) && wanted(at);
        let of = |precision: &Precision| {
            let lowest = range.low.checked_sub(precision.width)?;
            let near = precision.levels.range(lowest..=range.high);
            near.take(MOST).filter_map(|(_, levels)| levels.iter().take(MOST).copied().find(same)).min()
        };
        self.known.get(key)?.iter().filter_map(of).min()
    }
}
