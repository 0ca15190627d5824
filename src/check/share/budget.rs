//! 完成年初预算的95.89%: which of several budgets of one sentence a rate of completion is of.

use super::super::facts::Facts;
use super::super::finding::{Argument, Finding, Formula, Sentence, Severity, plus, rounded};
use super::whole::Whole;
use super::{percent, words_of_whole};
use crate::lang::Word;
use crate::model::{Item, ItemId};
use crate::source::span::holds;

/// How the budgets of one year are called: at its beginning, and after what was added to it.
const BUDGETS: &[&str] = &["年初预算", "全年预算", "调整预算"];

/// Whether the words of a share name one of them.
pub(super) fn is_named(facts: &Facts, share: ItemId) -> bool {
    let words = words_of_whole(facts, share);
    BUDGETS.iter().any(|word| holds(words, word))
}

/// Returns what to say of a rate of completion that is not of the budget that its words name but of another one.
pub(super) fn other_budget(
    facts: &Facts,
    share: ItemId,
    item: &Item,
    part: ItemId,
    wholes: &[Whole],
) -> Option<Finding> {
    let words = words_of_whole(facts, share);
    let said = BUDGETS.iter().find(|word| words.contains(**word))?;
    let stated = item.value.interval();
    let called = |id: ItemId| BUDGETS.iter().find(|word| facts.before(id).contains(**word));
    let percent = |id: ItemId| percent(facts, part, &[id]);
    let budgets =
        || wholes.iter().filter_map(|whole| whole.first().copied()).filter_map(|id| Some((id, called(id)?)));
    let (named, _) = budgets().find(|(_, word)| *word == said)?;
    let holds = |id: ItemId| percent(id).is_some_and(|(percent, _)| percent.meets(stated));
    let (meant, called) = budgets().find(|(id, word)| *word != said && holds(*id))?;
    if holds(named) {
        return None;
    }
    let figure = |id: ItemId| facts.item(id).map(|item| format!("{}{}", item.value, item.unit.name()));
    let arguments = [
        Argument::Subject(part),
        Argument::Shown(format!("{said}{}", figure(named)?).into()),
        Argument::Shown(format!("{}%", item.value).into()),
        Argument::Shown(format!("{called}{}", figure(meant)?).into()),
    ];
    let message = Sentence::new(Word::ShareOtherBudget, arguments);
    let found = Finding::new(Severity::Warning, item.span, message)
        .items([share])
        .formula(Formula::sum([part]).over(plus([named])))
        .stated(format!("{}%", item.value));
    let computed =
        percent(named).map(|(_, exact)| format!("{}%", rounded(exact, item.value.places().max(2))));
    Some(match computed {
        Some(computed) => found.computed(computed),
        None => found,
    })
}
