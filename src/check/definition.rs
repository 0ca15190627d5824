//! DEFINITION: a total with something in it that its own definition leaves out.

use super::compare::{number, shown};
use super::facts::Facts;
use super::finding::{Argument, Finding, Formula, Sentence, Severity};
use super::report::Log;
use super::{Check, Code};
use crate::lang::Word;
use crate::model::{ItemId, Measure, Part, Relation};
use crate::source::Span;
use crate::source::fold::folded;
use crate::source::span::slice;

pub(super) const CHECK: Check = Check {
    code: Code::Definition,
    title: Word::DefinitionTitle,
    explanation: Word::DefinitionExplains,
    wrong: "第一部分 2024年部门预算说明\n一、“三公”经费情况\n“三公”经费预算10.75万元，其中：因公出国（境）费0万元，公务用车购置及运行维护费5.64万元，公务接待费3.05万元，培训费2.06万元。\n",
    right: "第一部分 2024年部门预算说明\n一、“三公”经费情况\n“三公”经费预算8.69万元，其中：因公出国（境）费0万元，公务用车购置及运行维护费5.64万元，公务接待费3.05万元。\n",
    run,
};

/// Goods, which are no services, by the words that purchases are described with.
const GOODS: &[&str] = &["复印纸", "办公设备", "办公家具", "计算机", "打印机", "复印机", "空调", "办公用品"];

fn run(facts: &Facts, log: &mut Log) {
    three_public(facts, log);
    let glossary = glossary(facts);
    copied(log, &glossary);
    own_money(facts, log, &glossary);
    goods(facts, log);
    ticked(facts, log);
    narrower(facts, log, &glossary);
    agency(facts, log);
}

/// “三公”经费 with 会议费 or 培训费 in it.
fn three_public(facts: &Facts, log: &mut Log) {
    for whole in facts.levels("“三公”经费").into_iter().chain(odd_three_public(facts)) {
        let parts: Vec<ItemId> = facts.children(whole, Relation::Sum).collect();
        if parts.is_empty() {
            continue;
        }
        let foreign = |id: &ItemId| ["会议费", "培训费"].contains(&facts.canonical(*id));
        let (foreign, own): (Vec<ItemId>, Vec<ItemId>) = parts.iter().copied().partition(foreign);
        if facts.doubt_of(parts.iter().copied().chain([whole])).is_some() {
            log.cannot_tell(super::report::Reason::Doubtful);
            continue;
        }
        let (Some(item), Some(total)) = (facts.item(whole), facts.exact(whole)) else { continue };
        let sum =
            own.iter().filter_map(|id| facts.exact(*id)).fold(rust_decimal::Decimal::ZERO, |a, b| a + b);
        let nonzero = foreign.iter().any(|id| facts.item(*id).is_some_and(|item| !item.value.is_zero()));
        if !nonzero || sum == total {
            log.hold(own.into_iter().chain([whole]));
            continue;
        }
        let names: Vec<&str> = foreign.iter().map(|id| facts.canonical(*id)).collect();
        let arguments = [
            Argument::Figure(whole),
            Argument::Text(names.join("、").into()),
            Argument::Text(shown(sum, item.unit, item.value.places()).into()),
        ];
        let found =
            Finding::new(Severity::Error, item.span, Sentence::new(Word::DefinitionThreePublic, arguments))
                .items([whole])
                .formula(Formula::sum(own))
                .items(foreign)
                .stated(&format!("{}{}", item.value, item.unit.name()))
                .computed(&shown(sum, item.unit, item.value.places()))
                .difference(&number((total - sum).abs(), item.unit, item.value.places()));
        log.find(found);
    }
}

/// Totals of the three funds whose name says more than that.
fn odd_three_public(facts: &Facts) -> Vec<ItemId> {
    let known = facts.levels("“三公”经费");
    let odd = facts.measured(Measure::Amount).map(|(id, _)| id);
    odd.filter(|id| facts.name(*id).contains("三公") && !known.contains(id)).collect()
}

/// An entry of the glossary: the name and what it means.
struct Entry {
    span: Span,
    name: String,
    meaning: String,
}

fn glossary(facts: &Facts) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (block, text) in facts.paragraphs().filter(|(block, _)| block.part == Some(Part::Glossary)) {
        let span = block.span;
        if facts.section_at(span).is_none_or(|section| section.heading.contains(span)) {
            continue;
        }
        let start = crate::source::numbering::numbering(text).map_or(0, |numbering| numbering.length);
        let body = slice(text, start, text.len());
        let Some((name, meaning)) = body.split_once(':') else { continue };
        entries.push(Entry { span, name: name.replace('"', ""), meaning: meaning.to_owned() });
    }
    entries
}

/// Two entries with the same meaning: one was copied and not changed.
fn copied(log: &mut Log, glossary: &[Entry]) {
    let shared = |a: &str, b: &str| {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let same = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
        same >= 16 && same * 10 >= a.len().max(b.len()) * 9
    };
    for (at, entry) in glossary.iter().enumerate() {
        let Some(first) = glossary
            .get(..at)
            .and_then(|before| before.iter().find(|other| shared(&other.meaning, &entry.meaning)))
        else {
            continue;
        };
        // Of two names of which one holds the other, as 类 and 项, the meaning may be the same.
        if first.name.contains(&entry.name) || entry.name.contains(&first.name) || entry.name.contains("(项)")
        {
            continue;
        }
        let arguments = [Argument::words(&entry.name), Argument::words(&first.name)];
        let found =
            Finding::new(Severity::Warning, entry.span, Sentence::new(Word::DefinitionCopied, arguments));
        log.find(found.stated(&entry.meaning));
    }
}

/// 财政拨款收入 by the glossary only of the department's own government, and 上级补助 in it.
fn own_money(facts: &Facts, log: &mut Log, glossary: &[Entry]) {
    let own = glossary
        .iter()
        .find(|entry| entry.name.contains("财政拨款收入") && entry.meaning.contains("本级财政"));
    let apart = glossary.iter().any(|entry| entry.name.contains("上级") && entry.meaning.contains("以外"));
    for whole in facts.levels("财政拨款收入") {
        for part in facts.children(whole, Relation::Of).chain(facts.children(whole, Relation::Sum)) {
            let higher = facts.name(part).contains("上级")
                && facts.item(part).is_some_and(|item| !item.value.is_zero());
            if own.is_none() || !apart || !higher {
                continue;
            }
            let (Some(item), Some(a), Some(b)) = (facts.item(whole), facts.exact(whole), facts.exact(part))
            else {
                continue;
            };
            let rest = shown(a - b, item.unit, item.value.places());
            let arguments = [
                Argument::Figure(whole),
                Argument::Subject(part),
                Argument::Figure(part),
                Argument::Text(rest.as_str().into()),
            ];
            let found = Finding::new(
                Severity::Warning,
                item.span,
                Sentence::new(Word::DefinitionOwnMoney, arguments),
            )
            .items([whole, part])
            .formula(Formula::difference(whole, part))
            .stated(&format!("{}{}", item.value, item.unit.name()))
            .computed(&rest)
            .difference(&number(b, item.unit, item.value.places()));
            log.find(found);
        }
    }
}

/// Goods in the words of a purchase of services while none are said to be bought.
fn goods(facts: &Facts, log: &mut Log) {
    for (services, item) in facts.measured(Measure::Amount) {
        if facts.canonical(services) != "政府采购服务预算" && facts.canonical(services) != "政府采购服务支出"
            || item.value.is_zero()
        {
            continue;
        }
        let sentence = facts.sentence(services);
        let none = facts.measured(Measure::Amount).find(|(id, other)| {
            facts.canonical(*id).starts_with("政府采购货物")
                && other.value.is_zero()
                && sentence.contains(other.span)
        });
        let Some((goods, _)) = none else { continue };
        let after = facts.between(item.span.end, sentence.end);
        let next = after.find(|c: char| c.is_ascii_digit()).unwrap_or(after.len());
        let clause = slice(after, 0, next);
        let purpose = clause.starts_with('为') || clause.contains("用于");
        let Some(word) = GOODS.iter().find(|word| purpose && clause.contains(*word)) else {
            log.hold([services, goods]);
            continue;
        };
        let arguments = [Argument::Text((*word).into()), Argument::Figure(services), Argument::Figure(goods)];
        let found =
            Finding::new(Severity::Warning, item.span, Sentence::new(Word::DefinitionGoods, arguments));
        log.find(found.items([services, goods]).stated(word));
    }
}

/// A project ticked as of a social insurance fund and paid by appropriation.
fn ticked(facts: &Facts, log: &mut Log) {
    for row in facts.d.source.tables.iter().flat_map(|table| &table.rows) {
        for cell in &row.cells {
            let text = folded(facts.d.source.cut(cell.span));
            let Some(at) = text.find("☑社保基金") else { continue };
            if text.contains("☑一般公共") {
                continue;
            }
            let paid = facts.measured(Measure::Amount).find(|(id, item)| {
                let after = item.span.start > cell.span.end && item.cell.is_some();
                after && facts.name(*id).contains("财政拨款")
            });
            let Some((paid, item)) = paid.filter(|(_, item)| !item.value.is_zero()) else { continue };
            let far = facts
                .d
                .source
                .line_of(item.span.start)
                .saturating_sub(facts.d.source.line_of(cell.span.start));
            if far > 40 {
                continue;
            }
            let raw = facts.d.source.cut(cell.span);
            let mark = raw.find(['☑', '√']).map_or(0, |at| at);
            let start = cell.span.start as usize + mark;
            let span = Span::new(start, start + 3);
            let arguments =
                [Argument::words(slice(&text, at, at + "☑社保基金预算".len())), Argument::Figure(paid)];
            let found =
                Finding::new(Severity::Warning, span, Sentence::new(Word::DefinitionTicked, arguments));
            log.find(found.items([paid]).stated(slice(&text, at, at + "☑社保基金预算".len())));
        }
    }
}

/// Entries of the glossary that leave out what the text puts in.
fn narrower(facts: &Facts, log: &mut Log, glossary: &[Entry]) {
    for entry in glossary {
        let say = |word: Word, argument: &str| {
            Finding::new(
                Severity::Info,
                entry.span,
                Sentence::new(word, [Argument::words(&entry.name), Argument::words(argument)]),
            )
            .stated(&entry.meaning)
        };
        let first = entry.meaning.split('。').next().unwrap_or("");
        if entry.name.contains("三公经费") && first.contains("公务用车运行") && !first.contains("购置")
        {
            log.find(say(Word::DefinitionNarrower, "公务用车购置"));
        }
        if entry.name.contains("(项)") || entry.name.contains("事业单位") {
            let service = entry.name.contains("事业单位离退休") || entry.name.contains("事业单位医疗(");
            if service
                && entry.meaning.contains("行政单位")
                && !entry.meaning.contains("事业单位开支")
                && !entry.meaning.contains("的事业单位基本")
            {
                log.find(say(Word::DefinitionOther, "行政单位"));
            }
        }
        let region =
            facts.d.header.region.last().map(|name| facts.d.words.text(*name).to_owned()).unwrap_or_default();
        let district = region.ends_with('区') || region.ends_with('县');
        if entry.name.contains("拨款收入") && district && entry.meaning.starts_with("指市级财政") {
            log.find(say(Word::DefinitionOther, "市级财政"));
        }
        if entry.name == "基本支出" && entry.meaning.contains("人员支出和公用支出") {
            let parts: Vec<ItemId> = facts
                .levels("基本支出")
                .into_iter()
                .flat_map(|id| facts.children(id, Relation::Sum).collect::<Vec<_>>())
                .collect();
            let names: Vec<&str> = parts.iter().map(|id| facts.canonical(*id)).collect();
            if names.contains(&"人员经费")
                && names.contains(&"公用经费")
                && names.iter().any(|name| name.contains("对个人和家庭"))
            {
                log.find(say(Word::DefinitionNarrower, "对个人和家庭的补助"));
            }
        }
    }
}

/// A section on 机关运行经费 that only gives 公用经费.
fn agency(facts: &Facts, log: &mut Log) {
    for section in
        facts.d.sections.iter().filter(|section| facts.d.words.text(section.title).contains("机关运行经费"))
    {
        let inside = || facts.measured(Measure::Amount).filter(|(_, item)| section.span.contains(item.span));
        let named = facts.between(section.heading.end, section.span.end).contains("机关运行经费预算")
            || inside().any(|(id, _)| facts.canonical(id).contains("机关运行经费"));
        let Some((operating, item)) = inside().next().filter(|(id, _)| facts.canonical(*id) == "公用经费")
        else {
            continue;
        };
        if !named {
            let arguments = [Argument::Subject(operating), Argument::Figure(operating)];
            log.find(
                Finding::new(Severity::Info, item.span, Sentence::new(Word::DefinitionAgency, arguments))
                    .items([operating]),
            );
        }
    }
}
