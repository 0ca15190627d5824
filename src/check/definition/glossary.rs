//! The glossary against the text: what an entry leaves out, copies from another, or says of something else.

use crate::check::shown::Shown;
use std::borrow::Cow;

use crate::check::compare::{number, shown};
use crate::check::facts::Facts;
use crate::check::finding::{Argument, Finding, Formula, Sentence, Severity};
use crate::check::report::Log;
use crate::lang::Word;
use crate::model::catalog::catalog;
use crate::model::{ItemId, Part, Relation};
use crate::source::Span;
use crate::source::fold::form;
use crate::source::numbering::numbering;
use crate::source::span::{holds, slice};

/// An entry of the glossary: the name and what it means.
pub(super) struct Entry<'a> {
    span: Span,
    name: Cow<'a, str>,
    meaning: &'a str,
}

impl Entry<'_> {
    fn say(&self, word: Word, argument: &str) -> Finding {
        let arguments = [Argument::words(&self.name), Argument::words(argument)];
        Finding::new(Severity::Info, self.span, Sentence::new(word, arguments)).stated(self.meaning)
    }
}

/// Returns the entries in document order.
pub(super) fn entries<'a>(facts: &'a Facts) -> Vec<Entry<'a>> {
    let mut entries = Vec::new();
    for (block, text) in facts.paragraphs_of(Part::Glossary) {
        if facts.section_at(block.span).is_none_or(|section| section.heading.contains(block.span)) {
            continue;
        }
        let start = numbering(text).map_or(0, |numbering| numbering.length);
        let body = slice(text, start, text.len());
        if let Some((name, meaning)) = body.split_once(':') {
            let name =
                if holds(name, "\"") { Cow::Owned(name.replace('"', "")) } else { Cow::Borrowed(name) };
            entries.push(Entry { span: block.span, name, meaning });
        }
    }
    entries
}

/// Two entries with the same meaning: one was copied and not changed.
pub(super) fn copied(log: &mut Log, glossary: &[Entry]) {
    const SHORTEST: usize = 48;
    let shared = |a: &str, b: &str| {
        if a.len().min(b.len()) * 10 < a.len().max(b.len()) * 9 {
            return false;
        }
        let same = a.bytes().rev().zip(b.bytes().rev()).take_while(|(a, b)| a == b).count();
        same >= SHORTEST && same * 10 >= a.len().max(b.len()) * 9
    };
    for (at, entry) in glossary.iter().enumerate() {
        let mut before = glossary.iter().take(at);
        let Some(first) = before.find(|other| shared(other.meaning, entry.meaning)) else { continue };
        // Of two names of which one holds the other, as 类 and 项, the meaning may be the same.
        if first.name.contains(&*entry.name)
            || entry.name.contains(&*first.name)
            || entry.name.contains("(项)")
        {
            continue;
        }
        let arguments = [Argument::words(&entry.name), Argument::words(&first.name)];
        let message = Sentence::new(Word::DefinitionCopied, arguments);
        log.find(Finding::new(Severity::Warning, entry.span, message).stated(entry.meaning));
    }
}

/// 财政拨款收入 by the glossary only of the department's own government, and 上级补助 in it.
pub(super) fn own_money(facts: &Facts, log: &mut Log, glossary: &[Entry]) {
    let own = glossary
        .iter()
        .find(|entry| holds(&entry.name, "财政拨款收入") && entry.meaning.contains("本级财政"));
    let apart = || glossary.iter().any(|entry| holds(&entry.name, "上级") && entry.meaning.contains("以外"));
    if own.is_none() || !apart() {
        return;
    }
    for whole in facts.levels("财政拨款收入") {
        for part in facts.children(whole, Relation::Of).chain(facts.children(whole, Relation::Sum)) {
            let higher = facts.name(part).contains("上级")
                && facts.item(part).is_some_and(|item| !item.value.is_zero());
            if !higher {
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
                Argument::Shown(rest.clone()),
            ];
            let found = Finding::new(
                Severity::Warning,
                item.span,
                Sentence::new(Word::DefinitionOwnMoney, arguments),
            )
            .items([whole, part])
            .formula(Formula::difference(whole, part))
            .stated(Shown::of(item))
            .computed(rest)
            .difference(number(b, item.unit, item.value.places()));
            log.find(found);
        }
    }
}

/// Entries that list the parts of a total and leave out one that the text puts in.
pub(super) fn narrower(facts: &Facts, log: &mut Log, glossary: &[Entry]) {
    const ENOUGH: usize = 2;
    for entry in glossary {
        let parts = parts_of(facts, &entry.name);
        // One is left out of at least two others.
        if parts.len() <= ENOUGH {
            continue;
        }
        // What follows the first sentence explains the parts one by one.
        let definition = entry.meaning.split('。').next().unwrap_or("");
        // A list that says itself that it is not complete leaves nothing out.
        if definition.contains('等') || definition.contains("其他") {
            continue;
        }
        let (mut named, mut left_out) = (0, Vec::new());
        let parts: Vec<Cow<str>> = parts.into_iter().map(|part| form(facts.canonical(part))).collect();
        for part in &parts {
            let unsaid = unsaid(part, &parts, definition);
            named += usize::from(unsaid.is_empty());
            left_out.extend(unsaid);
        }
        left_out.dedup();
        if named >= ENOUGH && !left_out.is_empty() {
            log.find(entry.say(Word::DefinitionNarrower, &left_out.join("、")));
        }
    }
}

/// Entries of the one of two things that are told apart, with the meaning of the other: 事业单位 with that of 行政单位, and
/// this government's money with that of a higher one.
pub(super) fn another(facts: &Facts, log: &mut Log, glossary: &[Entry]) {
    let region = facts.d.header.region.last().map_or("", |name| facts.d.words.text(*name));
    for entry in glossary {
        if let Some(word) = other_kind(entry).or_else(|| higher_government(entry, region)) {
            log.find(entry.say(Word::DefinitionOther, word));
        }
    }
}

/// Returns the parts that the text gives for what an entry explains.
fn parts_of(facts: &Facts, name: &str) -> Vec<ItemId> {
    let levels = facts.levels(catalog().official(name).unwrap_or(name));
    levels.into_iter().flat_map(|id| facts.children(id, Relation::Sum)).collect()
}

/// Returns what of a part's name a definition does not say: all of 对个人和家庭的补助, or only 公务用车购置 of
/// 公务用车购置及运行费. What tells a kind from the `others` stands near its end, before 费 or 支出.
fn unsaid<'a>(name: &'a str, others: &[Cow<str>], definition: &str) -> Vec<&'a str> {
    const ENDS: &[&str] = &["费用", "经费", "费", "支出", "资金", "预算"];
    let plain = name.split('(').next().unwrap_or(name);
    let kinds = || plain.split(['及', '和', '与', '、']);
    let several = kinds().nth(1).is_some();
    let said = |kind: &&str| {
        let kind = ENDS.iter().fold(*kind, |kind, end| kind.strip_suffix(end).unwrap_or(kind));
        // 运行费 and 运行维护费 are the same.
        let kind = kind.strip_suffix("维护").filter(|rest| rest.chars().nth(1).is_some()).unwrap_or(kind);
        let mut rest = kind;
        let pairs = std::iter::from_fn(|| {
            let (before, pair) = rest.split_at_checked(rest.char_indices().nth_back(1)?.0)?;
            rest = before;
            Some(pair)
        });
        let mut pairs = pairs.take(if several { 1 } else { 2 });
        let told_by = |pair: &str| !others.iter().any(|other| other != name && holds(other, pair));
        pairs.any(|pair| holds(definition, pair) && told_by(pair))
    };
    let unsaid: Vec<&str> = kinds().filter(|kind| !said(kind)).collect();
    if unsaid.len() == kinds().count() { vec![name] } else { unsaid }
}

/// Returns the one of two kinds of units that an entry's meaning names and its name does not.
fn other_kind(entry: &Entry) -> Option<&'static str> {
    const KINDS: [&str; 2] = ["行政单位", "事业单位"];
    if !holds(&entry.name, "单位") {
        return None;
    }
    // Of 类, 款 and 项 the last one is explained; what brackets put in is no kind of its own.
    let own = entry.name.rsplit("(款)").next().unwrap_or_default();
    if !KINDS.iter().any(|kind| own.contains(kind)) {
        return None;
    }
    let has = |text: &str, kind: &str| {
        if holds(text, "行政事业单位") {
            text.replace("行政事业单位", "").contains(kind)
        } else {
            holds(text, kind)
        }
    };
    let [one, two] = KINDS;
    let (kind, other) =
        [(one, two), (two, one)].into_iter().find(|(kind, other)| has(own, kind) && !has(own, other))?;
    let meaning = without_brackets(entry.meaning);
    (has(&meaning, other) && !has(&meaning, kind)).then_some(other)
}

fn without_brackets(text: &str) -> Cow<'_, str> {
    if memchr::memchr2(b'(', b')', text.as_bytes()).is_none() {
        return text.into();
    }
    let mut depth = 0_usize;
    let outside = text.chars().filter(|c| {
        depth = match c {
            '(' => depth + 1,
            ')' => depth.saturating_sub(1),
            _ => depth,
        };
        depth == 0 && *c != ')'
    });
    outside.collect()
}

/// Returns the government above the department's own that the glossary says its appropriation comes from.
fn higher_government(entry: &Entry, region: &str) -> Option<&'static str> {
    const GOVERNMENTS: [&str; 3] = ["中央财政", "省级财政", "市级财政"];
    let own = match region.chars().next_back()? {
        '省' => 1,
        '市' | '州' | '盟' => 2,
        '区' | '县' | '旗' => 3,
        _ => return None,
    };
    let meaning = entry.meaning.trim_start_matches('指');
    let income = holds(&entry.name, "拨款收入");
    GOVERNMENTS.into_iter().take(own).find(|government| income && meaning.starts_with(government))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, meaning: &'static str) -> Entry<'static> {
        Entry { span: Span::default(), name: name.to_owned().into(), meaning }
    }

    #[test]
    fn a_part_is_said_by_what_tells_it_from_others() {
        let others = ["因公出国(境)费用".into(), "公务接待费".into()];
        let of = |name| unsaid(name, &others, "指因公出国(境)费、公务用车运行维护、公务接待费");
        assert_eq!(of("公务用车购置及运行费"), ["公务用车购置"]);
        assert_eq!(unsaid("公务用车运行维护费", &[], "公务用车购置及运行费"), [""; 0]);
        assert_eq!(unsaid("公务用车购置及运行维护费", &[], "公务用车购置及运行费"), [""; 0]);
        assert_eq!(unsaid("对个人和家庭的补助", &[], "人员支出和公用支出"), ["对个人和家庭的补助"]);
        assert_eq!(unsaid("人员经费", &[], "人员支出和公用支出"), [""; 0]);
    }

    #[test]
    fn one_kind_of_unit_is_not_the_other() {
        let name = "社会保障和就业支出(类)行政事业单位养老支出(款)事业单位离退休(项)";
        let of = |name, meaning| other_kind(&entry(name, meaning));
        assert_eq!(of(name, "指行政单位(包括公务员管理的事业单位)开支的离退休经费。"), Some("行政单位"));
        assert_eq!(of(name, "指事业单位开支的离退休经费。"), None);
        assert_eq!(of("行政单位医疗(项)", "行政单位基本医疗保险缴费经费"), None);
        assert_eq!(of("机关运行经费", "指行政单位的公用经费"), None);
    }

    #[test]
    fn money_comes_from_the_departments_own_government() {
        let of = |meaning, region| higher_government(&entry("财政拨款收入", meaning), region);
        assert_eq!(of("指市级财政当年拨付的资金", "咸安区"), Some("市级财政"));
        assert_eq!(of("指市级财政当年拨付的资金", "赤壁市"), None);
        assert_eq!(of("指县本级财政当年拨付的资金", "通城县"), None);
    }
}
