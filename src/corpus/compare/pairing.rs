//! The levels of two disclosures → pairs, from the surest step to the loosest.

use std::collections::hash_map::Entry;
use std::hash::Hash;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::names::Names;
use super::rows::{Key, Level};
use super::sections::Sections;
use super::stated::Stated;
use super::{By, Evidence, Stop, go_on};

/// What was paired, by the numbers of the levels.
#[derive(Debug, Default)]
pub(super) struct Paired {
    /// For each level of the first disclosure its counterpart and why.
    rights: Vec<Option<(usize, By)>>,
    /// For each level of the second its counterpart.
    lefts: Vec<Option<usize>>,
    evidence: Vec<Option<Evidence>>,
    /// The levels of the first that state again what another does.
    pub(super) left_again: FxHashMap<usize, usize>,
    /// Those of the second.
    pub(super) right_again: FxHashMap<usize, usize>,
}

impl Paired {
    /// Returns the counterpart of a level of the first disclosure.
    pub(super) fn right_of(&self, left: usize) -> Option<usize> {
        self.rights.get(left).copied().flatten().map(|(right, _)| right)
    }

    /// Returns the counterpart of a level of the second.
    pub(super) fn left_of(&self, right: usize) -> Option<usize> {
        self.lefts.get(right).copied().flatten()
    }

    /// Returns whether a level of the first disclosure has neither a counterpart nor is stated elsewhere.
    fn is_free_left(&self, left: usize) -> bool {
        self.right_of(left).is_none() && !self.left_again.contains_key(&left)
    }

    /// Returns the same of a level of the second.
    fn is_free_right(&self, right: usize) -> bool {
        self.left_of(right).is_none() && !self.right_again.contains_key(&right)
    }

    /// Returns why a level of the first disclosure and its counterpart are one.
    pub(super) fn evidence_of(&self, left: usize) -> Option<Evidence> {
        self.evidence.get(left).copied().flatten()
    }

    fn put(&mut self, left: usize, right: usize, by: By) {
        self.rights[left] = Some((right, by));
        self.lefts[right] = Some(left);
    }
}

/// From how much on two names under the same total are alike.
const ALIKE: u8 = 60;
/// From how much on two names anywhere are.
const MUCH_ALIKE: u8 = 66;
/// How many levels without a counterpart are looked at under one total.
const MOST: usize = 64;

/// Pairs the levels of two disclosures, unless there is something else to do.
pub(super) fn pair(
    stop: Stop,
    names: &Names,
    sides: &[Vec<Level>; 2],
    sections: &Sections,
) -> Option<Paired> {
    let [left, right] = sides;
    let mut paired =
        Paired { rights: vec![None; left.len()], lefts: vec![None; right.len()], ..Paired::default() };
    let total =
        |levels: &[Level], level: &Level| level.parent.and_then(|at| levels.get(at)).map(|total| total.key);
    let code = |level: &Level| level.code.map(|code| (code, level.key.kind()));
    let here = |level: &Level| sections.right_of(level.section);
    let by_code = |level: &Level| level.code.map_or(By::Name, By::Code);
    // In the same section, under a total of the same name before under another.
    pass(
        stop,
        &mut paired,
        sides,
        |level| Some((code(level)?, here(level)?, total(left, level))),
        |level| Some((code(level)?, level.section, total(right, level))),
        by_code,
    )?;
    pass(
        stop,
        &mut paired,
        sides,
        |level| Some((code(level)?, here(level)?)),
        |level| Some((code(level)?, level.section)),
        by_code,
    )?;
    let name = |_: &Level| By::Name;
    // The name as written tells two lines apart that are one in official wording: 收入总计 and 本年收入.
    pass(
        stop,
        &mut paired,
        sides,
        |level| Some((level.written, level.key, here(level)?)),
        |level| Some((level.written, level.key, level.section)),
        name,
    )?;
    pass(
        stop,
        &mut paired,
        sides,
        |level| Some((level.key, here(level)?, total(left, level))),
        |level| Some((level.key, level.section, total(right, level))),
        name,
    )?;
    pass(
        stop,
        &mut paired,
        sides,
        |level| Some((level.key, here(level)?)),
        |level| Some((level.key, level.section)),
        name,
    )?;
    // Under a total of the same name in another section.
    pass(
        stop,
        &mut paired,
        sides,
        |level| Some((code(level)?, total(left, level)?)),
        |level| Some((code(level)?, total(right, level)?)),
        by_code,
    )?;
    pass(
        stop,
        &mut paired,
        sides,
        |level| Some((level.key, total(left, level)?)),
        |level| Some((level.key, total(right, level)?)),
        name,
    )?;
    let mut likened = vec![false; left.len()];
    alike(stop, names, &mut paired, sides, sections, &mut likened)?;
    paired.left_again = again(stop, left, |at| paired.right_of(at).is_some())?;
    paired.right_again = again(stop, right, |at| paired.left_of(at).is_some())?;
    let lefts = alone(stop, left, |at| paired.is_free_left(at))?;
    let rights = alone(stop, right, |at| paired.is_free_right(at))?;
    paired.left_again.extend(lefts);
    paired.right_again.extend(rights);
    // Anywhere. A name is a poor witness there, unless it stands once on either side.
    pass(stop, &mut paired, sides, code, code, by_code)?;
    once(stop, &mut paired, sides, |level| (level.key, level.written))?;
    once(stop, &mut paired, sides, |level| level.key)?;
    alike_anywhere(names, &mut paired, sides);
    // More totals have a counterpart now.
    alike(stop, names, &mut paired, sides, sections, &mut likened)?;
    fold_pairs(stop, &mut paired, sides)?;
    for again in [&mut paired.left_again, &mut paired.right_again] {
        // What is said again of something said again is that of the first.
        let mut firsts = Vec::with_capacity(again.len());
        for (&at, &first) in &*again {
            go_on(stop)?;
            firsts.push((at, last_of(again, first)));
        }
        again.extend(firsts);
    }
    find_evidence(stop, &mut paired, sides, sections)?;
    Some(paired)
}

/// Pairs the levels that are left by a key, in the order in which they stand.
fn pass<K: Eq + Hash>(
    stop: Stop,
    paired: &mut Paired,
    [left, right]: &[Vec<Level>; 2],
    left_key: impl Fn(&Level) -> Option<K>,
    right_key: impl Fn(&Level) -> Option<K>,
    by: impl Fn(&Level) -> By,
) -> Option<()> {
    // The first that waits by each key, and for each the next by the same key.
    let most = (0..right.len()).filter(|&at| paired.is_free_right(at)).count();
    let mut first: FxHashMap<K, usize> = FxHashMap::with_capacity_and_hasher(most, FxBuildHasher);
    let mut next: Vec<Option<usize>> = vec![None; right.len()];
    for (at, level) in right.iter().enumerate().rev() {
        go_on(stop)?;
        if let Some(key) = right_key(level).filter(|_| paired.is_free_right(at)) {
            next[at] = first.insert(key, at);
        }
    }
    for (at, level) in left.iter().enumerate() {
        go_on(stop)?;
        let Some(key) = left_key(level).filter(|_| paired.is_free_left(at)) else { continue };
        let Entry::Occupied(mut waiting) = first.entry(key) else { continue };
        let found = *waiting.get();
        match next[found] {
            Some(next) => drop(waiting.insert(next)),
            None => drop(waiting.remove()),
        }
        paired.put(at, found, by(level));
    }
    Some(())
}

/// Pairs what is left under totals that are one, or in sections that are one, by names that are alike. What was likened
/// to what it stands beside need not be again.
fn alike(
    stop: Stop,
    names: &Names,
    paired: &mut Paired,
    [left, right]: &[Vec<Level>; 2],
    sections: &Sections,
    likened: &mut [bool],
) -> Option<()> {
    let mut waiting: FxHashMap<_, Vec<usize>> = FxHashMap::default();
    for (at, level) in right.iter().enumerate() {
        go_on(stop)?;
        if !paired.is_free_right(at) {
            continue;
        }
        let under = waiting.entry((level.parent, level.parent.is_none().then_some(level.section)));
        let under: &mut Vec<usize> = under.or_default();
        if under.len() < MOST {
            under.push(at);
        }
    }
    let mut alike = Vec::new();
    for (at, level) in left.iter().enumerate() {
        go_on(stop)?;
        if likened[at] || !paired.is_free_left(at) {
            continue;
        }
        let under = match level.parent {
            Some(total) => paired.right_of(total).map(|total| (Some(total), None)),
            None => sections.right_of(level.section).map(|section| (None, Some(section))),
        };
        likened[at] = under.is_some();
        for &found in under.and_then(|under| waiting.get(&under)).into_iter().flatten() {
            go_on(stop)?;
            let Some(other) = right.get(found) else { continue };
            // Two codes that differ are two lines, however alike their names.
            let fits = other.key.kind() == level.key.kind() && (level.code.is_none() || other.code.is_none());
            let like = if fits { names.likeness(level.key.name, other.key.name) } else { 0 };
            if like >= ALIKE {
                alike.push((like, at, found));
            }
        }
    }
    put_alike(paired, alike);
    Some(())
}

/// Pairs the totals that are left, wherever they stand, by names that are much alike.
fn alike_anywhere(names: &Names, paired: &mut Paired, [left, right]: &[Vec<Level>; 2]) {
    let lefts: Vec<(usize, &Level)> = left
        .iter()
        .enumerate()
        .filter(|(at, level)| level.parent.is_none() && paired.is_free_left(*at))
        .collect();
    let rights: Vec<(usize, &Level)> = right
        .iter()
        .enumerate()
        .filter(|(at, level)| level.parent.is_none() && paired.is_free_right(*at))
        .collect();
    let mut alike = Vec::new();
    for &(at, level) in lefts.iter().take(MOST) {
        for &(found, other) in
            rights.iter().take(MOST).filter(|(_, other)| other.key.kind() == level.key.kind())
        {
            let like = names.likeness(level.key.name, other.key.name);
            // The same name, where it could not be told which, is no better told by its letters.
            if like >= MUCH_ALIKE && level.key.name != other.key.name {
                alike.push((like, at, found));
            }
        }
    }
    put_alike(paired, alike);
}

/// Pairs levels, those that are most alike first.
fn put_alike(paired: &mut Paired, mut alike: Vec<(u8, usize, usize)>) {
    alike.sort_by_key(|&(like, left, right)| (std::cmp::Reverse(like), left, right));
    for (like, at, found) in alike {
        if paired.is_free_left(at) && paired.is_free_right(found) {
            paired.put(at, found, By::Likeness(like));
        }
    }
}

/// Pairs what is left by names that are left once on either side.
fn once<K: Eq + Hash>(
    stop: Stop,
    paired: &mut Paired,
    [left, right]: &[Vec<Level>; 2],
    key: impl Fn(&Level) -> K,
) -> Option<()> {
    // For each key the only level of it; nothing where there are several.
    let count = |levels: &[Level], is_free: &dyn Fn(usize) -> bool| {
        let mut seen: FxHashMap<K, Option<usize>> = FxHashMap::default();
        for (at, level) in levels.iter().enumerate() {
            go_on(stop)?;
            if is_free(at) {
                seen.entry(key(level)).and_modify(|only| *only = None).or_insert(Some(at));
            }
        }
        Some(seen)
    };
    let lefts = count(left, &|at| paired.is_free_left(at))?;
    let rights = count(right, &|at| paired.is_free_right(at))?;
    for (key, at) in lefts {
        go_on(stop)?;
        if let (Some(at), Some(Some(found))) = (at, rights.get(&key)) {
            paired.put(at, *found, By::Name);
        }
    }
    Some(())
}

/// Finds the levels without a counterpart that state again, with the same amount, what one with a counterpart does.
fn again(stop: Stop, levels: &[Level], is_paired: impl Fn(usize) -> bool) -> Option<FxHashMap<usize, usize>> {
    let mut wanted: FxHashSet<Key> = FxHashSet::default();
    for (at, level) in levels.iter().enumerate() {
        go_on(stop)?;
        if !is_paired(at) {
            wanted.insert(level.key);
        }
    }
    let mut known: Stated<Key> = Stated::default();
    for (at, level) in levels.iter().enumerate() {
        go_on(stop)?;
        if is_paired(at) && wanted.contains(&level.key) {
            known.add(level.key, at, level);
        }
    }
    let mut found = FxHashMap::default();
    for (at, level) in levels.iter().enumerate() {
        go_on(stop)?;
        if is_paired(at) {
            continue;
        }
        if let Some(first) = known.first(&level.key, levels, level, |_| true) {
            found.insert(at, first);
        }
    }
    Some(found)
}

/// The name of the total that a level is a part of, where that matters.
type Under = Option<Option<Key>>;

/// Folds pairs of which both disclosures have stated the same before under the pairs that did.
fn fold_pairs(stop: Stop, paired: &mut Paired, [left, right]: &[Vec<Level>; 2]) -> Option<()> {
    // A part of another total stays, or that would be short of it.
    let total =
        |levels: &[Level], level: &Level| level.parent.map(|total| levels.get(total).map(|total| total.key));
    let key = |at: usize, level: &Level| Some((level.key, right.get(paired.right_of(at)?)?.key));
    let often = often(stop, left.iter().enumerate().map(|(at, level)| key(at, level)))?;
    let mut kept: Stated<(Key, Key, [Under; 2])> = Stated::default();
    for (at, level) in left.iter().enumerate() {
        go_on(stop)?;
        let Some((found, other)) = paired.right_of(at).and_then(|found| Some((found, right.get(found)?)))
        else {
            continue;
        };
        if !often.contains(&(level.key, other.key)) {
            continue;
        }
        let totals = [total(left, level), total(right, other)];
        let second = |first: usize| paired.right_of(first).and_then(|second| right.get(second));
        let same = |first: usize| second(first).is_some_and(|second| second.states_the_same(other));
        let earlier = kept.first(&(level.key, other.key, totals), left, level, same);
        if let Some((first, second)) = earlier.and_then(|first| Some((first, paired.right_of(first)?))) {
            paired.left_again.insert(at, first);
            paired.right_again.insert(found, second);
            continue;
        }
        // What is no part of any total may state again what is part of one.
        for first in [Some(totals[0].flatten()), None] {
            for second in [Some(totals[1].flatten()), None] {
                kept.add((level.key, other.key, [first, second]), at, level);
            }
        }
    }
    Some(())
}

/// Returns the keys that occur more than once: most figures are stated once.
fn often<K: Eq + Hash + Copy>(stop: Stop, keys: impl Iterator<Item = Option<K>>) -> Option<FxHashSet<K>> {
    let (mut seen, mut often) = (FxHashSet::default(), FxHashSet::default());
    for key in keys {
        go_on(stop)?;
        if let Some(key) = key.filter(|key| !seen.insert(*key)) {
            often.insert(key);
        }
    }
    Some(often)
}

fn last_of(again: &FxHashMap<usize, usize>, first: usize) -> usize {
    let chain = std::iter::successors(Some(first), |first| again.get(first).copied());
    // Each stands before the one that leads to it, or has a counterpart where that has none.
    chain.last().unwrap_or(first)
}

/// Finds among levels without a counterpart those that state again what one before them does.
fn alone(stop: Stop, levels: &[Level], is_free: impl Fn(usize) -> bool) -> Option<Vec<(usize, usize)>> {
    let key = |(at, level): (usize, &Level)| is_free(at).then_some(level.key);
    let often = often(stop, levels.iter().enumerate().map(key))?;
    let mut kept: Stated<Key> = Stated::default();
    let mut found = Vec::new();
    for (at, level) in levels.iter().enumerate() {
        go_on(stop)?;
        if !is_free(at) || !often.contains(&level.key) {
            continue;
        }
        match kept.first(&level.key, levels, level, |_| true) {
            Some(first) => found.push((at, first)),
            None => kept.add(level.key, at, level),
        }
    }
    Some(found)
}

/// Says for every pair whether the two stand in the same section and under the same total.
fn find_evidence(
    stop: Stop,
    paired: &mut Paired,
    [left, right]: &[Vec<Level>; 2],
    sections: &Sections,
) -> Option<()> {
    let evidence = |at: usize, level: &Level| {
        let (found, by) = paired.rights.get(at).copied().flatten()?;
        let other = right.get(found)?;
        let same_total = level.parent.zip(other.parent).is_some_and(|(total, that)| {
            let same_name = left.get(total).map(|total| total.key) == right.get(that).map(|that| that.key);
            same_name || paired.right_of(total) == Some(that)
        });
        Some(Evidence {
            by,
            same_section: sections.right_of(level.section) == Some(other.section),
            same_total,
        })
    };
    let mut found = Vec::with_capacity(left.len());
    for (at, level) in left.iter().enumerate() {
        go_on(stop)?;
        found.push(evidence(at, level));
    }
    paired.evidence = found;
    Some(())
}
