//! Identities that fail → the figure that is to blame, so that one wrong cell is one finding.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::identity::{Identity, Law, State};
use crate::check::compare::in_unit;
use crate::check::facts::Facts;
use crate::check::finding::rounded;
use crate::model::ItemId;
use crate::quantity::{self, Interval};

/// Identities that fail for one cause.
#[derive(Debug)]
pub(super) struct Group {
    /// The figure that is wrong, as far as can be said.
    pub(super) culprit: ItemId,
    /// What it must be by all of them, where several agree on it.
    pub(super) right: Option<Decimal>,
    /// How many identities ask for that.
    pub(super) asked: usize,
    /// Their numbers, and those of identities that fail for the same cause.
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
            let (members, asked) =
                agreeing(facts, identities, *id, of.iter().filter(|at| open.contains(at)))?;
            Some((*id, members, asked))
        });
        let rank = |id: ItemId, members: &[usize]| {
            let firm = members.iter().filter(|at| identities.get(**at).is_some_and(|of| of.firm)).count();
            let whole =
                members.iter().filter(|at| identities.get(**at).is_some_and(|of| of.whole == id)).count();
            (members.len(), firm, usize::MAX - holding.get(&id).copied().unwrap_or(0), whole)
        };
        let best = best.max_by_key(|(id, members, _)| (rank(*id, members), std::cmp::Reverse(*id)));
        let Some((id, members, asked)) = best else { break };
        open.retain(|at| !members.contains(at));
        if !is_proved(facts, identities, &members) {
            continue;
        }
        let several = members.len() > 1;
        let first = members.first().and_then(|at| identities.get(*at));
        // One identity alone does not say which of its figures is wrong.
        let culprit = if several { id } else { first.map_or(id, |identity| identity.whole) };
        let right = several.then(|| nearest(facts, identities, id, &members, asked)).flatten();
        groups.push(Group { culprit, right, asked: members.len(), members });
    }
    groups.sort_by_key(|group| group.members.first().copied());
    same_cause(facts, identities, &mut groups);
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

/// Whether failures cannot be of parts that are not there: one is of a law, or several ask for the same, or all is right but
/// for one digit.
fn is_proved(facts: &Facts, identities: &[Identity], members: &[usize]) -> bool {
    let of = |at: &usize| identities.get(*at);
    members.len() > 1
        || members.iter().filter_map(of).any(|identity| identity.firm || is_slip(facts, identity))
}

/// Whether the whole is the sum but for one digit, or two that are swapped. Of short numbers that says nothing.
fn is_slip(facts: &Facts, identity: &Identity) -> bool {
    const FEWEST: usize = 4;
    let Some(item) = facts.item(identity.whole) else { return false };
    let exact = facts.exact(identity.whole).unwrap_or_default() - identity.gap(facts);
    let right = rounded(in_unit(exact, item.unit), item.value.places()).abs().to_string();
    let stated = item.value.decimal().abs().to_string();
    let digits = stated.trim_end_matches(['0', '.']).chars().filter(char::is_ascii_digit).count();
    digits >= FEWEST && (quantity::is_swapped(&stated, &right) || quantity::is_mistyped(&stated, &right))
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

/// Puts groups together that have one cause: rows that fail by the same in two columns, a column that fails in several
/// rows, and an identity that would hold if figures that others found wrong were right.
fn same_cause(facts: &Facts, identities: &[Identity], groups: &mut Vec<Group>) {
    let first = |group: &Group| group.members.first().and_then(|at| identities.get(*at));
    let alike = |one: &Group, other: &Group| {
        let (Some(a), Some(b)) = (first(one), first(other)) else { return false };
        let row = |id: ItemId| facts.item(id).and_then(|item| item.cell).map(crate::model::Cell::row);
        let same_table = a.family.1 == b.family.1 && a.law == b.law;
        let same_row = row(a.whole) == row(b.whole) && a.gap(facts).abs() == b.gap(facts).abs();
        same_table && (same_row || a.law == Law::Columns && a.family == b.family)
    };
    let corrections: Vec<(ItemId, Decimal)> = groups
        .iter()
        .filter_map(|group| Some((group.culprit, group.right? - facts.exact(group.culprit)?)))
        .collect();
    let follows = |group: &Group, other: &Group| {
        let (Some(identity), true) = (first(group), group.right.is_none() && group.members.len() == 1) else {
            return false;
        };
        let change =
            |id: ItemId| corrections.iter().filter(|(of, _)| *of == id).map(|(_, by)| *by).sum::<Decimal>();
        let parts: Decimal = identity.parts.iter().map(|id| change(*id)).sum();
        identity.gap(facts) + change(identity.whole) == parts
            && identity.figures().any(|id| id == other.culprit)
    };
    let mut kept: Vec<Group> = Vec::new();
    for group in groups.drain(..) {
        match kept.iter_mut().find(|other| alike(other, &group)) {
            Some(same) => same.members.extend(group.members),
            None => kept.push(group),
        }
    }
    let mut at = 0;
    while let Some(group) = kept.get(at) {
        match kept.iter().position(|other| other.right.is_some() && follows(group, other)) {
            Some(cause) if cause != at => {
                let group = kept.remove(at);
                if let Some(cause) = kept.get_mut(cause - usize::from(cause > at)) {
                    cause.members.extend(group.members);
                }
            }
            _ => at += 1,
        }
    }
    *groups = kept;
}
