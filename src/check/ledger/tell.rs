//! What the identities of the tables came to → what holds, what was found and what cannot be told.

use crate::check::shown::Shown;
use rust_decimal::Decimal;

use super::Ledger;
use super::identity::{Identity, Law, State};
use crate::check::Code;
use crate::check::compare::{explain, number, shown};
use crate::check::facts::Facts;
use crate::check::finding::{Argument, Finding, Formula, Sentence, Severity};
use crate::check::report::{Log, Reason};
use crate::lang::Word;
use crate::model::ItemId;

/// Tells what one check has to say of the tables.
pub(in crate::check) fn tell(facts: &Facts, log: &mut Log, code: Code) {
    let book = facts.book();
    let group_of = |at: usize| book.groups.iter().find(|group| group.members.contains(&at));
    let mut hints: Vec<(u32, Finding)> = Vec::new();
    for (at, identity) in book.identities.iter().enumerate() {
        if identity.law.code() != code {
            continue;
        }
        match identity.state {
            State::Holds => log.prove(identity.whole, || Formula::sum(identity.parts.iter().copied())),
            State::Rounded => {
                let hint = finding(facts, &book.ledgers, identity, Severity::Info);
                let table = identity.family.1;
                match hints.iter_mut().find(|(of, _)| *of == table) {
                    Some((_, first)) => first.refers.extend(hint.map(|hint| Finding { check: code, ..hint })),
                    None => hints.extend(hint.map(|hint| (table, hint))),
                }
            }
            State::Unsure => log.cannot_tell(Reason::Ambiguous),
            State::Fails => {
                let Some(group) = group_of(at) else {
                    log.cannot_tell(Reason::Incomplete);
                    continue;
                };
                let members = group.members.iter().filter_map(|at| book.identities.get(*at));
                let severity = members.map(|member| severity(facts, member)).max().unwrap_or(Severity::Error);
                let Some(mut found) = finding(facts, &book.ledgers, identity, severity) else { continue };
                let culprit = group.culprit;
                if identity.figures().any(|id| id == culprit) {
                    found.items.retain(|id| *id != culprit);
                    found.items.insert(0, culprit);
                    found.span = facts.item(culprit).map_or(found.span, |item| item.span);
                    found.explains = why(facts, identity, culprit, group.right, group.asked);
                } else {
                    found = found.items([culprit]);
                }
                log.find(found);
            }
        }
    }
    for (_, hint) in hints {
        log.find(hint);
    }
}

fn severity(facts: &Facts, identity: &Identity) -> Severity {
    let whole = facts.exact(identity.whole).unwrap_or_default();
    let material = identity.gap(facts).abs() * Decimal::ONE_THOUSAND >= whole.abs();
    if material { Severity::Error } else { Severity::Warning }
}

/// Returns what to say of an identity that does not hold.
fn finding(facts: &Facts, ledgers: &[Ledger], identity: &Identity, severity: Severity) -> Option<Finding> {
    let whole = identity.whole;
    let item = facts.item(whole)?;
    let gap = identity.gap(facts);
    let exact = facts.exact(whole)? - gap;
    let figures = identity.figures().filter_map(|id| facts.item(id));
    let places = figures.map(|item| item.value.places()).max().unwrap_or(0);
    let figure = |value| Argument::Shown(shown(value, item.unit, places));
    let column = |id: ItemId| {
        let aspect = facts.item(id).and_then(|item| item.aspect);
        aspect.map_or("", |aspect| facts.d.words.text(aspect))
    };
    let title = |number: u32| ledgers.get(number as usize).map_or("", |ledger| ledger.title.as_str());
    let sentence = match (identity.law, identity.parts.as_slice()) {
        (Law::Rows | Law::Columns | Law::Changes, _) if severity == Severity::Info => {
            let arguments =
                [Argument::Subject(whole), Argument::Figure(whole), figure(exact), figure(gap.abs())];
            Sentence::new(Word::SumRounding, arguments)
        }
        (Law::Rows, _) => Sentence::new(
            Word::SumRows,
            [
                Argument::Subject(whole),
                Argument::words(column(whole)),
                Argument::Figure(whole),
                figure(exact),
                figure(gap.abs()),
            ],
        ),
        (Law::Columns | Law::Changes, parts) => {
            // Where the columns name what the figures are of, the row says the rest.
            let name = |part: &ItemId| {
                if facts.same_subject(*part, whole) { column(*part) } else { facts.name(*part) }
            };
            let names: Vec<&str> = parts.iter().map(name).collect();
            Sentence::new(
                Word::SumColumns,
                [
                    Argument::Subject(whole),
                    Argument::words(column(whole)),
                    Argument::Figure(whole),
                    Argument::words(&names.join("、")),
                    figure(exact),
                    figure(gap.abs()),
                ],
            )
        }
        (Law::Sides, [income, ..]) => Sentence::new(
            Word::BalanceWrong,
            [
                Argument::Subject(*income),
                Argument::Figure(*income),
                Argument::Subject(whole),
                Argument::Figure(whole),
                figure(gap.abs()),
            ],
        ),
        (Law::Tables, [other, ..]) => Sentence::new(
            Word::XrefTables,
            [
                Argument::words(title(identity.family.1)),
                Argument::Subject(whole),
                Argument::Figure(whole),
                Argument::words(title(identity.family.2)),
                facts.place(*other),
                Argument::Figure(*other),
                figure(gap.abs()),
            ],
        ),
        _ => return None,
    };
    Some(
        Finding::new(severity, item.span, sentence)
            .items([whole])
            .formula(Formula::sum(identity.parts.iter().copied()))
            .stated(Shown::of(item))
            .computed(shown(exact, item.unit, places))
            .difference(number(gap.abs(), item.unit, places)),
    )
}

/// Returns what would explain that an identity does not hold.
fn why(
    facts: &Facts,
    identity: &Identity,
    culprit: ItemId,
    right: Option<Decimal>,
    count: usize,
) -> Option<Sentence> {
    let Some(right) = right else {
        let exact = facts.exact(identity.whole)? - identity.gap(facts);
        let word = slip(facts, &identity.parts, identity);
        return word.or_else(|| explain(facts, identity.whole, exact, &identity.parts));
    };
    let item = facts.item(culprit)?;
    let figure = shown(right, item.unit, item.value.places());
    let arguments = [
        Argument::Subject(culprit),
        Argument::Figure(culprit),
        Argument::Shown(figure),
        Argument::Shown(count.to_string().into()),
    ];
    Some(Sentence::new(Word::ExplainCell, arguments))
}

/// Returns the only part of which a slip of the hand would explain it.
fn slip(facts: &Facts, parts: &[ItemId], identity: &Identity) -> Option<Sentence> {
    let whole = facts.exact(identity.whole)?;
    let sum = whole - identity.gap(facts);
    let swapped = crate::check::compare::slips(facts, (whole, sum), parts).swapped;
    let [(part, right)] = swapped.as_slice() else { return None };
    let arguments =
        [Argument::Subject(*part), Argument::Figure(*part), Argument::Shown(right.to_string().into())];
    Some(Sentence::new(Word::ExplainPartSwapped, arguments))
}
