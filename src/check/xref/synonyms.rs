//! Two names for one amount: where both are stated, they must be equal.

use super::{current, finding};
use crate::check::clue::clue;
use crate::check::compare::{number, shown};
use crate::check::facts::Facts;
use crate::check::finding::{Argument, Finding, Formula, Sentence, Severity};
use crate::check::report::{Log, Reason};
use crate::check::shown::Shown;
use crate::lang::Word;
use crate::model::catalog::{Domain, catalog};
use crate::model::{ItemId, Part, Relation};

/// 人员经费 is 工资福利支出 and 对个人和家庭的补助, where the text does not break it down otherwise.
pub(super) fn personnel(facts: &Facts, log: &mut Log) {
    let one = |name: &str| {
        let mut levels = facts.levels(name);
        levels.retain(|id| facts.item(*id).is_some_and(|item| current(facts, item)));
        levels.first().copied()
    };
    let names = ("人员经费", "工资福利支出", "对个人和家庭的补助");
    let (Some(whole), Some(wages), Some(help)) = (one(names.0), one(names.1), one(names.2)) else { return };
    let apart = facts.levels(names.0).iter().any(|id| facts.children(*id, Relation::Sum).next().is_some());
    // Where 对个人和家庭的补助 stands beside 人员经费, it is no part of it here.
    let beside = facts.item(help).and_then(|item| item.parent)
        == facts.item(whole).and_then(|item| item.parent)
        && facts.item(help).is_some_and(|item| item.parent.is_some() && item.relation == Some(Relation::Sum));
    if apart || beside {
        return;
    }
    // Some count those who are paid under contract, which is a purchase of services, to the staff, and say so.
    if lists_services(facts.sentence_after(whole)) {
        return log.cannot_tell(Reason::Ambiguous);
    }
    if let Some(reason) = facts.doubt_of([whole, wages, help]) {
        return log.cannot_tell(reason);
    }
    let intervals = (facts.interval(whole), facts.interval(wages), facts.interval(help));
    let (Some(stated), Some(paid), Some(helped)) = intervals else { return };
    if (paid + helped).meets(stated) {
        return log.prove(whole, || Formula::sum([wages, help]));
    }
    let Some(item) = facts.item(whole) else { return };
    let exact = |id: ItemId| facts.exact(id).unwrap_or_default();
    let (x, sum) = (exact(whole), exact(wages) + exact(help));
    let arguments =
        [Argument::Subject(whole), Argument::Figure(whole), Argument::Shown(shown(sum, item.unit, 2))];
    let span = facts.item(wages).map_or(item.span, |wages| wages.span);
    let found = Finding::new(Severity::Error, span, Sentence::new(Word::XrefPersonnel, arguments))
        .items([whole])
        .formula(Formula::sum([wages, help]))
        .stated(Shown::of(item))
        .computed(shown(sum, item.unit, 2))
        .difference(number((x - sum).abs(), item.unit, 2));
    log.find(found);
}

/// Whether a list of names has one of 商品和服务支出 in it.
fn lists_services(list: &str) -> bool {
    const CLASS: u32 = 302;
    let names = list.split(['、', ',', ':', '。']);
    names
        .into_iter()
        .any(|name| catalog().code(Domain::Economic, name).is_some_and(|code| code.0.get() / 100 == CLASS))
}

/// 机关运行经费 and 公用经费, where the glossary says that one is the other.
pub(super) fn agency(facts: &Facts, log: &mut Log) {
    let mut entries = facts.paragraphs_of(Part::Glossary);
    let mut glossary = || {
        entries.any(|(block, text)| {
            let clues = facts.hits.clues(block.start, block.end);
            // Of the departments' 公用经费 only that of administrative units, or those managed like them, is meant.
            let limits = || {
                text.split_once(':').is_some_and(|(_, meaning)| {
                    ["行政单位", "参照", "参公", "机关和"].iter().any(|word| meaning.contains(word))
                })
            };
            clues.has(clue!("机关运行经费")) && clues.has(clue!("公用经费")) && !limits()
        })
    };
    let one = |name: &str| {
        facts.levels(name).into_iter().find(|id| facts.item(*id).is_some_and(|item| current(facts, item)))
    };
    let (Some(agency), Some(operating)) = (one("机关运行经费"), one("公用经费")) else { return };
    if facts.name(agency) != "机关运行经费" || !glossary() {
        return;
    }
    let (Some(a), Some(b), Some(x), Some(y)) =
        (facts.interval(agency), facts.interval(operating), facts.exact(agency), facts.exact(operating))
    else {
        return;
    };
    if a.meets(b) {
        return log.prove(agency, || Formula::sum([operating]));
    }
    log.find(finding(facts, agency, operating, Severity::Warning, Word::XrefAgency, x, y));
}
