//! What the text says of an amount that a table has too.

use crate::check::shown::Shown;
use rust_decimal::Decimal;

use crate::check::compare::{explain, number, shown};
use crate::check::facts::Facts;
use crate::check::finding::{Argument, Finding, Formula, Sentence, Severity};
use crate::check::ledger::{Book, Fact, Fund, Key, Money, Nature, fund_of, is_current};
use crate::check::names::Scope;
use crate::check::report::{Log, Reason};
use crate::lang::Word;
use crate::model::catalog::{Domain, catalog};
use crate::model::{Item, ItemId, Measure, Part, Relation};
use crate::source::fold::form;

/// What a figure of the text may be in the tables.
struct Meant {
    /// The cells that it is, if it is what its words say.
    same: Vec<ItemId>,
    /// Cells of other money or of another part of expenditure, of which its words may have left that out.
    other: Vec<ItemId>,
}

pub(super) fn run(facts: &Facts, log: &mut Log) {
    let book = facts.book();
    if book.ledgers.is_empty() {
        return;
    }
    let mut found: Vec<(ItemId, ItemId)> = Vec::new();
    let mut agree: Vec<(ItemId, ItemId)> = Vec::new();
    for (id, _) in facts.measured(Measure::Amount).filter(|(id, item)| is_stated(facts, *id, item)) {
        let Some(meant) = meant(facts, book, id) else { continue };
        let Some(value) = facts.interval(id) else { continue };
        if let Some(reason) = facts.doubt_of(meant.same.iter().copied()) {
            log.cannot_tell(reason);
            continue;
        }
        let meets = |cell: &&ItemId| {
            let other = facts.item(**cell).and_then(|cell| cell.value.interval().times(cell.unit.yuan()?));
            other.is_some_and(|other| other.meets(value))
        };
        if let Some(cell) = meant.same.iter().find(meets) {
            log.prove(id, || Formula::sum([*cell]));
            agree.push((id, *cell));
        } else if meant.other.iter().any(|cell| meets(&cell)) {
            log.cannot_tell(Reason::Ambiguous);
        } else if let Some(cell) = meant.same.first() {
            found.push((id, *cell));
        }
    }
    let mut told: Vec<(ItemId, Decimal)> = Vec::new();
    for (id, cell) in found {
        let Some(exact) = facts.exact(id) else { continue };
        // What is said rightly in the same place is not said wrongly there, but something else is.
        let again = |(other, of): &(ItemId, ItemId)| *of == cell && facts.same_section(*other, id);
        if agree.iter().any(again) {
            log.cannot_tell(Reason::Ambiguous);
        } else if !told.contains(&(cell, exact)) {
            told.push((cell, exact));
            log.find(finding(facts, id, cell));
        }
    }
}

/// Whether a figure is one of the text, of the department as a whole, this year's and exact.
fn is_stated(facts: &Facts, id: ItemId, item: &Item) -> bool {
    let part = facts.section(id).map(|section| section.part);
    item.cell.is_none()
        && is_current(facts, item)
        && !facts.is_base(id)
        && facts.doubt(id).is_none()
        && item.unit.yuan().is_some()
        && !matches!(part, Some(Part::Performance | Part::Glossary))
}

/// Returns the cells of the tables that a figure's words may be about.
fn meant(facts: &Facts, book: &Book, id: ItemId) -> Option<Meant> {
    if let Some(fund) = fund(facts, id) {
        let of = |wanted: Fund| book.funds.iter().filter(move |(fund, _)| *fund == wanted).map(|(_, id)| *id);
        return Some(Meant { same: of(fund).collect(), other: Vec::new() });
    }
    let (money, nature, keys) = words(facts, id)?;
    let cells = |is: &dyn Fn(&Fact) -> bool| -> Vec<ItemId> {
        book.facts.iter().filter(|(fact, ..)| is(fact)).map(|(_, _, id)| *id).collect()
    };
    let keys: Vec<Key> =
        keys.into_iter().filter(|key| book.facts.iter().any(|(fact, ..)| fact.key == *key)).collect();
    // Of a name that several lines of the tables have, no line is meant.
    let [key] = keys.as_slice() else { return None };
    let same = cells(&|fact| (fact.money, fact.nature, fact.key) == (money, nature, *key));
    let other = cells(&|fact| fact.key == *key);
    Some(Meant { same, other })
}

/// Returns which fund with a table of its own a figure of the text is of.
fn fund(facts: &Facts, id: ItemId) -> Option<Fund> {
    let item = facts.item(id)?;
    let titles = |words: &[&str]| {
        facts.titles_around(item.span).any(|title| words.iter().any(|word| title.text.contains(word)))
    };
    let fund = match facts.canonical(id) {
        "政府采购预算" | "政府采购支出" => Fund::Procurement,
        _ => fund_of(facts, id)?,
    };
    let own = match fund {
        Fund::ThreePublic
        | Fund::Abroad
        | Fund::Vehicles
        | Fund::Purchase
        | Fund::Operation
        | Fund::Hospitality => facts.scope(id) == Scope::ThreePublic || titles(&["三公\"", "三公经费"]),
        // Lists of basic expenditure and projects have lines of the same names.
        Fund::Conferences | Fund::Training => false,
        Fund::Agency | Fund::Procurement => true,
    };
    own.then_some(fund)
}

/// Returns the money, the part of expenditure and the lines that the words of a figure name.
fn words(facts: &Facts, id: ItemId) -> Option<(Money, Nature, Vec<Key>)> {
    let item = facts.item(id)?;
    if item.relation == Some(Relation::Of) {
        return None;
    }
    let (name, official) = (facts.name(id), facts.canonical(id));
    let money = match facts.scope(id) {
        Scope::All => Money::All,
        Scope::Appropriation => Money::Appropriation,
        Scope::General => Money::General,
        Scope::Basic | Scope::ThreePublic | Scope::Fund | Scope::Capital | Scope::Project => return None,
    };
    let total = |nature| Some((money, nature, vec![Key::Total]));
    let part = ["所属", "其中", "本级", "结转", "结余"].iter().any(|word| name.contains(word));
    match official {
        _ if part => None,
        "收入总计" if money == Money::All => total(Nature::Revenue),
        "支出总计" => total(Nature::Expenditure),
        "基本支出" => total(Nature::Basic),
        "项目支出" => total(Nature::Project),
        _ => {
            let codes: Vec<u32> = if let Some(code) = facts.code(id) {
                vec![code]
            } else {
                let folded = form(official);
                let of = |domain| catalog().codes(domain, &folded).to_vec();
                [of(Domain::Functional), of(Domain::Economic)].concat()
            };
            let keys: Vec<Key> = codes.into_iter().map(Key::Code).collect();
            (!keys.is_empty()).then_some((money, Nature::Expenditure, keys))
        }
    }
}

/// Whether a figure of the text is one that a table has for a line of the same name, in whatever column.
pub(super) fn stands_in_a_table(facts: &Facts, id: ItemId) -> bool {
    let Some(value) = facts.interval(id) else { return false };
    let cell = |other: &ItemId| {
        let item = facts.item(*other).filter(|item| facts.has_column(item) && is_current(facts, item))?;
        item.value.interval().times(item.unit.yuan()?)
    };
    facts.all_like(id).filter_map(|other| cell(&other)).any(|other| other.meets(value))
}

fn finding(facts: &Facts, id: ItemId, table: ItemId) -> Finding {
    let (Some(item), Some(x), Some(y)) = (facts.item(id), facts.exact(id), facts.exact(table)) else {
        return Finding::new(
            Severity::Info,
            crate::source::Span::default(),
            Sentence::new(Word::XrefTable, []),
        );
    };
    let places = item.value.places();
    let unit = item.unit.yuan().unwrap_or(Decimal::ONE);
    // Less than one in the last place: cut off, not rounded.
    let cut = Decimal::new(1, places).checked_mul(unit).is_some_and(|one| (x - y).abs() < one);
    let material = (x - y).abs() * Decimal::ONE_THOUSAND >= x.abs().max(y.abs());
    let severity = match (cut, material) {
        (true, _) => Severity::Info,
        (false, true) => Severity::Error,
        (false, false) => Severity::Warning,
    };
    let arguments = [
        Argument::Subject(id),
        Argument::Figure(id),
        facts.place(table),
        Argument::Figure(table),
        Argument::Shown(shown((x - y).abs(), item.unit, places)),
    ];
    Finding::new(severity, item.span, Sentence::new(Word::XrefTable, arguments))
        .items([id])
        .formula(Formula::sum([table]))
        .stated(Shown::of(item))
        .computed(shown(y, item.unit, places))
        .difference(number((x - y).abs(), item.unit, places))
        .explains(explain(facts, id, y, &[]))
}
