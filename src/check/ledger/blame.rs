//! Identities that fail → the figure that is to blame, so that one wrong cell is one finding.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::identity::{Identity, State};
use crate::check::facts::Facts;
use crate::model::ItemId;
use crate::quantity::Interval;

/// Identities that fail for one cause.
#[derive(Debug)]
pub(super) struct Group {
    /// The figure that is wrong, as far as can be said.
    pub(super) culprit: ItemId,
    /// What it must be by all of them, where several agree on it.
    pub(super) right: Option<Decimal>,
    /// Their numbers, in order.
    pub(super) members: Vec<usize>,
}

pub(super) fn groups(facts: &Facts, identities: &[Identity]) -> Vec<Group> {
    let numbered = || identities.iter().enumerate();
    let mut open: BTreeSet<usize> =
        numbered().filter(|(_, identity)| identity.state == State::Fails).map(|(at, _)| at).collect();
    if open.is_empty() {
        return Vec::new();
    }
    let mut of_figure: BTreeMap<ItemId, Vec<usize>> = BTreeMap::new();
    for at in &open {
        for id in identities.get(*at).into_iter().flat_map(Identity::figures) {
            of_figure.entry(id).or_default().push(*at);
        }
    }
    let mut holding: BTreeMap<ItemId, usize> = BTreeMap::new();
    for (_, identity) in
        numbered().filter(|(_, identity)| matches!(identity.state, State::Holds | State::Rounded))
    {
        for id in identity.figures().filter(|id| of_figure.contains_key(id)) {
            *holding.entry(id).or_default() += 1;
        }
    }
    let mut groups = Vec::new();
    while !open.is_empty() {
        // The figure that would set most right, and break least.
        let best = of_figure.iter().filter_map(|(id, of)| {
            let (members, asked) = agreeing(facts, identities, *id, of.iter().filter(|at| open.contains(at)))?;
            Some((*id, members, asked))
        });
        let rank = |id: ItemId, members: &[usize]| {
            let firm = members.iter().filter(|at| identities.get(**at).is_some_and(|of| of.firm)).count();
            let whole = members.iter().filter(|at| identities.get(**at).is_some_and(|of| of.whole == id)).count();
            (members.len(), firm, usize::MAX - holding.get(&id).copied().unwrap_or(0), whole)
        };
        let best = best.max_by_key(|(id, members, _)| (rank(*id, members), std::cmp::Reverse(*id)));
        let Some((id, members, asked)) = best else { break };
        open.retain(|at| !members.contains(at));
        if !is_proved(identities, &members) {
            continue;
        }
        let several = members.len() > 1;
        let first = members.first().and_then(|at| identities.get(*at));
        // One identity alone does not say which of its figures is wrong.
        let culprit = if several { id } else { first.map_or(id, |identity| identity.whole) };
        let right = several.then(|| nearest(facts, identities, id, &members, asked)).flatten();
        groups.push(Group { culprit, right, members });
    }
    groups.sort_by_key(|group| group.members.first().copied());
    same_rows(facts, identities, &mut groups);
    groups
}

/// Returns the most of some identities that agree on what a figure would have to be.
fn agreeing<'a>(
    facts: &Facts,
    identities: &[Identity],
    id: ItemId,
    of: impl Iterator<Item = &'a usize>,
) -> Option<(Vec<usize>, Interval)> {
    let asked: Vec<(usize, Interval)> =
        of.filter_map(|at| Some((*at, identities.get(*at)?.asks(facts, id)?))).collect();
    let mut best: Option<(Vec<usize>, Interval)> = None;
    for (_, first) in &asked {
        let (mut members, mut common) = (Vec::new(), *first);
        for (at, other) in &asked {
            if other.meets(common) {
                common = Interval { low: common.low.max(other.low), high: common.high.min(other.high) };
                members.push(*at);
            }
        }
        if best.as_ref().is_none_or(|(most, _)| members.len() > most.len()) {
            best = Some((members, common));
        }
    }
    best
}

/// Whether failures cannot be of parts that are not there: one is of a law, or several tables or laws ask for the same.
fn is_proved(identities: &[Identity], members: &[usize]) -> bool {
    let of = |at: &usize| identities.get(*at);
    let firm = members.iter().filter_map(of).any(|identity| identity.firm);
    let mut families: Vec<_> = members.iter().filter_map(of).map(|identity| identity.family).collect();
    families.sort_unstable();
    families.dedup();
    firm || families.len() > 1
}

/// Returns the value that the figure would have by the identity with the fewest figures, in yuan.
fn nearest(
    facts: &Facts,
    identities: &[Identity],
    id: ItemId,
    members: &[usize],
    asked: Interval,
) -> Option<Decimal> {
    let own = facts.exact(id)?;
    let best = members.iter().filter_map(|at| identities.get(*at)).min_by_key(|of| of.parts.len())?;
    let gap = best.gap(facts);
    let right = if best.whole == id { own - gap } else { own + gap };
    asked.holds(right).then_some(right)
}

/// The same rows that do not add up in two columns by the same have one cause.
fn same_rows(facts: &Facts, identities: &[Identity], groups: &mut Vec<Group>) {
    let mut seen: Vec<((u32, Option<u32>, Decimal), usize)> = Vec::new();
    let mut kept: Vec<Group> = Vec::new();
    for group in groups.drain(..) {
        let key = group.members.first().and_then(|at| identities.get(*at)).map(|identity| {
            let row = facts.item(identity.whole).and_then(|item| item.cell).map(crate::model::Cell::row);
            (identity.family.1, row, identity.gap(facts).abs())
        });
        let Some(key) = key.filter(|(_, row, _)| row.is_some()) else {
            kept.push(group);
            continue;
        };
        match seen.iter().find(|(known, _)| *known == key).and_then(|(_, at)| kept.get_mut(*at)) {
            Some(first) => first.members.extend(group.members),
            None => {
                seen.push((key, kept.len()));
                kept.push(group);
            }
        }
    }
    *groups = kept;
}
