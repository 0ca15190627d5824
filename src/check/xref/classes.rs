//! The lines of basic expenditure by economic class against the “三公” funds, which take in projects too: no line can have
//! more than its fund.

use super::differs;
use crate::check::facts::Facts;
use crate::check::ledger::{Fund, Key, Money, Nature};
use crate::check::report::Log;
use crate::lang::Word;
use crate::model::ItemId;

/// The economic classes with the funds that take them in.
const CLASSES: &[(u32, Fund)] =
    &[(30212, Fund::Abroad), (30217, Fund::Hospitality), (30231, Fund::Operation), (31013, Fund::Purchase)];

pub(super) fn run(facts: &Facts, log: &mut Log) {
    let book = facts.book();
    for (code, fund) in CLASSES {
        let value = |id: &ItemId| facts.exact(*id);
        // The department's own amount is the largest, its units' are parts of it.
        let funds = book.funds.iter().filter(|(of, _)| of == fund).map(|(_, id)| *id);
        let Some(limit) = funds.max_by_key(value) else { continue };
        let basic = book
            .facts
            .iter()
            .filter(|(fact, ..)| (fact.nature, fact.money != Money::All) == (Nature::Basic, true));
        let basic: Vec<ItemId> =
            basic.filter(|(fact, ..)| fact.key == Key::Code(*code)).map(|(_, _, id)| *id).collect();
        let Some(most) = basic.into_iter().max_by_key(value) else { continue };
        let (Some(a), Some(b)) = (facts.interval(limit), facts.interval(most)) else { continue };
        if b.low <= a.high {
            log.hold([limit, most]);
        } else if let Some(found) = differs(facts, most, limit, Word::XrefThreePublic) {
            log.find(found);
        }
    }
}
