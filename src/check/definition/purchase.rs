//! Purchases of services that name goods.

use crate::check::facts::Facts;
use crate::check::finding::{Argument, Finding, Sentence, Severity};
use crate::check::report::Log;
use crate::lang::Word;
use crate::model::Measure;
use crate::source::span::slice;

/// Names of goods that offices buy: our own choice, not checked against the official catalogue of government procurement.
const GOODS: &str = include_str!("../../../assets/catalog/goods.csv");

/// Goods in the words of a purchase of services while none are said to be bought.
pub(super) fn goods(facts: &Facts, log: &mut Log) {
    for name in ["政府采购服务预算", "政府采购服务支出"] {
        for services in facts.levels(name) {
            let Some(item) = facts.item(services).filter(|item| !item.value.is_zero()) else { continue };
            let sentence = facts.sentence(services);
            let none = facts.measured(Measure::Amount).find(|(id, other)| {
                other.value.is_zero()
                    && sentence.contains(other.span)
                    && facts.canonical(*id).starts_with("政府采购货物")
            });
            let Some((goods, _)) = none else { continue };
            let after = facts.sentence_after(services);
            let clause = slice(after, 0, after.find(|c: char| c.is_ascii_digit()).unwrap_or(after.len()));
            let purpose = clause.starts_with('为') || clause.contains("用于");
            let mut names = GOODS.lines().skip(1).filter_map(|line| line.split(',').next());
            let Some(word) = names.find(|word| purpose && clause.contains(word)) else {
                log.hold([services, goods]);
                continue;
            };
            let arguments =
                [Argument::Shown(word.into()), Argument::Figure(services), Argument::Figure(goods)];
            let message = Sentence::new(Word::DefinitionGoods, arguments);
            log.find(
                Finding::new(Severity::Warning, item.span, message).items([services, goods]).stated(word),
            );
        }
    }
}
