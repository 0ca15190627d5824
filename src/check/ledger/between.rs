//! What two tables of one disclosure say of the same fact.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Ledger;
use super::fact::{Fact, Key, Money, Nature};
use super::identity::{Family, Identity, Law, State};
use crate::check::facts::Facts;
use crate::model::{ItemId, TableKind};

/// The figures of a table for each line.
type Lines = BTreeMap<Key, Vec<ItemId>>;

pub(super) fn collect(
    facts: &Facts,
    ledgers: &[Ledger],
    known: &[(Fact, usize, ItemId)],
    identities: &mut Vec<Identity>,
) {
    let mut groups: BTreeMap<(Money, Nature), BTreeMap<usize, Lines>> = BTreeMap::new();
    for (fact, number, id) in known {
        let tables = groups.entry((fact.money, fact.nature)).or_default();
        tables.entry(*number).or_default().entry(fact.key).or_default().push(*id);
    }
    let carried = carried(facts, ledgers);
    for ((_, nature), tables) in &groups {
        // Each table is held against the first before it that has a line in common.
        let tables: Vec<(usize, &Lines)> = tables.iter().map(|(number, lines)| (*number, lines)).collect();
        for (at, (number, lines)) in tables.iter().enumerate() {
            let earlier = tables.get(..at).unwrap_or_default();
            let Some((other, others)) =
                earlier.iter().find(|(_, others)| others.keys().any(|key| lines.contains_key(key)))
            else {
                continue;
            };
            let (Some(own), Some(first)) = (ledgers.get(*number), ledgers.get(*other)) else { continue };
            let family = (Law::Tables, *number as u32, *other as u32, *nature as u32);
            pair(facts, family, (own, lines), (first, others), &carried, identities);
        }
    }
}

/// Holds the lines of one table against those of another.
fn pair(
    facts: &Facts,
    family: Family,
    (own, lines): (&Ledger, &Lines),
    (first, others): (&Ledger, &Lines),
    carried: &[Decimal],
    identities: &mut Vec<Identity>,
) {
    let none = Vec::new();
    let totals = |lines: &Lines| lines.get(&Key::Total).unwrap_or(&none).clone();
    let mut same = true;
    // One of them may have several totals: of the year, and with what is carried over.
    let mut best: Option<(bool, Decimal, Identity)> = None;
    for own_total in totals(lines) {
        for other_total in totals(others) {
            let identity = Identity::new(facts, family, (own, own_total), (first, vec![other_total]), true);
            let Some(identity) = identity else { continue };
            let (fails, gap) = (identity.state == State::Fails, identity.gap(facts).abs());
            if best.as_ref().is_none_or(|(other, least, _)| (fails, gap) < (*other, *least)) {
                best = Some((fails, gap, identity));
            }
        }
    }
    if let Some((fails, gap, identity)) = best {
        same = !fails;
        // What was carried over may be in one total and not in the other.
        if same || !carried.contains(&gap) {
            identities.push(identity);
        }
    }
    if !same {
        return;
    }
    for (key, ids) in lines.iter().filter(|(key, _)| **key != Key::Total) {
        let (Some(id), Some(other)) = (ids.first(), others.get(key).and_then(|ids| ids.first())) else {
            continue;
        };
        let identity = Identity::new(facts, family, (own, *id), (first, vec![*other]), true);
        let Some(identity) = identity else { continue };
        // Where money comes from may be told with or without what was carried over of it.
        let explained = identity.state == State::Fails && carried.contains(&identity.gap(facts).abs());
        if !(explained && matches!(key, Key::From(_))) {
            identities.push(identity);
        }
    }
}

/// Returns all amounts that are carried over from or to another year, in yuan, and their sums two by two.
fn carried(facts: &Facts, ledgers: &[Ledger]) -> Vec<Decimal> {
    const KINDS: &[TableKind] =
        &[TableKind::RevenueAndExpenditure, TableKind::FiscalAppropriation, TableKind::Revenue];
    let words = super::within::CARRIED;
    let mut found: Vec<Decimal> = Vec::new();
    for ledger in ledgers.iter().filter(|ledger| ledger.kind.is_some_and(|kind| KINDS.contains(&kind))) {
        for (column, id) in ledger.rows.values().flatten() {
            let head = ledger.head(*column);
            let said = words.iter().any(|word| {
                facts.name(*id).contains(word)
                    || head.is_some_and(|head| head.path.iter().any(|words| words.contains(word)))
            });
            found.extend(facts.exact(*id).filter(|value| said && !value.is_zero()));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}
