//! SUM: parts that do not make their total.

use super::shown::Shown;
use rust_decimal::Decimal;

use super::compare::{self, Slips, explain, in_unit, number, shown};
use super::facts::Facts;
use super::finding::{Argument, Finding, Formula, Sentence, Severity};
use super::ledger;
use super::report::{Log, Reason};
use super::{Check, Code, Run};
use crate::lang::Word;
use crate::model::catalog::{Domain, catalog};
use crate::model::{ItemId, Measure, Relation};
use crate::quantity::{self, Interval, Written};
use crate::source::numbering::{Style, numbering};

pub(super) const CHECK: Check = Check {
    code: Code::Sum,
    title: Word::SumTitle,
    explanation: Word::SumExplains,
    wrong: &[
        "第一部分 2024年部门预算说明\n一、收支情况\n2024年支出预算100.50万元，其中：基本支出60.20万元，项目支出45.30万元。\n",
    ],
    right: &[
        "第一部分 2024年部门预算说明\n一、收支情况\n2024年支出预算100.50万元，其中：基本支出60.20万元，项目支出40.30万元。\n",
    ],
    run: Run::Alone(run),
};

fn run(facts: &Facts, log: &mut Log) {
    for (whole, _) in facts.measured(Measure::Amount).chain(facts.measured(Measure::Delta)) {
        breakdowns(facts, log, whole);
    }
    for (whole, _) in facts.measured(Measure::Amount) {
        changes_of_parts(facts, log, whole);
        by_code(facts, log, whole);
    }
    ledger::tell(facts, log, Code::Sum);
}

/// A class of the economic classification and the run of its own 款 right behind it, where nothing but their names says that
/// they belong together.
fn by_code(facts: &Facts, log: &mut Log, whole: ItemId) {
    const FEWEST: usize = 4;
    let class = match facts.canonical(whole) {
        "工资福利支出" => 301,
        "商品和服务支出" => 302,
        "对个人和家庭的补助" => 303,
        _ => return,
    };
    let Some(item) = facts.item(whole) else { return };
    if facts.children(whole, Relation::Sum).next().is_some() || facts.doubt(whole).is_some() {
        return;
    }
    let of_class = |id: &ItemId| {
        let name = facts.canonical(*id).replace('（', "(").replace('）', ")");
        let code = catalog().code(Domain::Economic, &name);
        let alike = facts.item(*id).is_some_and(|part| {
            (part.year(), part.basis, part.measure) == (item.year(), item.basis, item.measure)
        });
        alike && code.is_some_and(|code| code.0.get() / 100 == class)
    };
    let parts: Vec<ItemId> = facts.ids().skip(whole.0 as usize + 1).take_while(of_class).collect();
    let complete = parts.last().is_some_and(|last| facts.name(*last).starts_with("其他"));
    if parts.len() >= FEWEST && complete {
        judge(facts, log, whole, &parts);
    }
}

/// Checks every breakdown of one figure: its parts in one list, or in several of which each is all of it.
pub(super) fn breakdowns(facts: &Facts, log: &mut Log, whole: ItemId) {
    let Some(item) = facts.item(whole) else { return };
    let alike = |id: &ItemId| {
        facts.item(*id).is_some_and(|part| {
            let about = part.year() == item.year() && part.basis == item.basis;
            part.measure == item.measure && part.unit.kind() == item.unit.kind() && about
        })
    };
    let parts: Vec<ItemId> = facts.children(whole, Relation::Sum).filter(alike).collect();
    if parts.is_empty() {
        return;
    }
    if let Some(reason) = facts.doubt_of(parts.iter().copied().chain([whole])) {
        return log.cannot_tell(reason);
    }
    // What makes the whole to the last place does so however it was rounded.
    let sum = parts.iter().try_fold(Decimal::ZERO, |sum, part| {
        facts.interval(*part)?;
        sum.checked_add(facts.exact(*part)?)
    });
    if sum.is_some() && sum == facts.interval(whole).and_then(|_| facts.exact(whole)) {
        return log.prove(whole, || Formula::sum(parts.iter().copied()));
    }
    let sides = sides(facts, whole, &parts);
    if let Some(sides) = sides.filter(|(stated, sum)| stated.meets(*sum)) {
        return judge_sides(facts, log, whole, &parts, sides);
    }
    let lists = match cut_into_fitting(facts, whole, &parts) {
        Some(cut) => cut,
        // But for one slip of the hand all parts make the whole, so that they are one list wherever they stand.
        None if sides.is_some() && slips(facts, whole, &parts) => vec![parts],
        None => lists(facts, whole, &parts),
    };
    for list in lists {
        judge(facts, log, whole, &list);
    }
}

/// Whether parts make the whole but for one slip of the hand.
fn slips(facts: &Facts, whole: ItemId, parts: &[ItemId]) -> bool {
    let exact = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(facts.exact(*part)?));
    let both = facts.exact(whole).zip(exact);
    both.is_some_and(|both| !matches!(slip(facts, whole, both, parts), Slip::None))
}

/// Returns the lists that parts stand in of which no stretches make the whole.
fn lists(facts: &Facts, whole: ItemId, parts: &[ItemId]) -> Vec<Vec<ItemId>> {
    let mut sentences: Vec<Vec<ItemId>> = Vec::new();
    for &part in parts {
        let with = sentences.last().and_then(|list| list.last());
        let together = with
            .is_some_and(|last| facts.sentence(*last) == facts.sentence(part) || goes_on(facts, *last, part));
        match sentences.last_mut() {
            Some(list) if together => list.push(part),
            _ => sentences.push(vec![part]),
        }
    }
    let mut result: Vec<Vec<ItemId>> = Vec::new();
    let mut open: Vec<ItemId> = Vec::new();
    for list in sentences {
        if fits(facts, whole, &list) {
            close(&mut result, &mut open);
            result.push(list);
            continue;
        }
        // A sentence with several parts is a list of its own; those with one each make a list together.
        if list.len() > 1
            && (open.is_empty() || open.len() > 1 && facts.sentence(whole) == facts.sentence(list[0]))
        {
            close(&mut result, &mut open);
            result.push(list);
            continue;
        }
        open.extend(list);
    }
    close(&mut result, &mut open);
    result
}

/// Whether a sentence is the next of a list inside a paragraph: ①人员经费…。②公用经费….
fn goes_on(facts: &Facts, last: ItemId, part: ItemId) -> bool {
    let number = numbering(facts.cut(facts.sentence(part)));
    let circled = number.filter(|number| number.style == Style::Circled && number.value > 1);
    let before = circled.and_then(|number| char::from_u32('①' as u32 + number.value - 2));
    before.is_some_and(|before| facts.cut(facts.sentence(last)).contains(before))
}

fn close(result: &mut Vec<Vec<ItemId>>, open: &mut Vec<ItemId>) {
    if !open.is_empty() {
        result.push(std::mem::take(open));
    }
}

/// Cuts parts into stretches that each make the whole.
fn cut_into_fitting(facts: &Facts, whole: ItemId, parts: &[ItemId]) -> Option<Vec<Vec<ItemId>>> {
    const MOST: usize = 80;
    if parts.len() > MOST || facts.exact(whole)?.is_zero() {
        return None;
    }
    // For each place, where the stretch that ends there begins.
    let mut from: Vec<Option<usize>> = vec![None; parts.len() + 1];
    for end in 1..=parts.len() {
        from[end] = (0..end)
            .rev()
            .find(|start| (*start == 0 || from[*start].is_some()) && fits(facts, whole, &parts[*start..end]));
    }
    let (mut cut, mut end) = (Vec::new(), parts.len());
    while end > 0 {
        let start = from[end]?;
        cut.push(parts[start..end].to_vec());
        end = start;
    }
    cut.reverse();
    Some(cut)
}

/// Returns the intervals of a whole and of the sum of its parts.
fn sides(facts: &Facts, whole: ItemId, parts: &[ItemId]) -> Option<(Interval, Interval)> {
    let places = |id: ItemId| facts.item(id).map_or(0, |item| item.value.places());
    let finest = parts.iter().map(|part| places(*part)).max().unwrap_or(0);
    let mut sum = Interval::exactly(Decimal::ZERO);
    for part in parts {
        // Among parts with decimals a whole number has lost its zeros; whole numbers alone may be rounded.
        sum = sum + facts.interval_to(*part, finest)?;
    }
    Some((facts.interval_to(whole, if finest > 0 { finest.min(places(whole)) } else { 0 })?, sum))
}

fn fits(facts: &Facts, whole: ItemId, parts: &[ItemId]) -> bool {
    sides(facts, whole, parts).is_some_and(|(whole, sum)| whole.meets(sum))
}

fn judge(facts: &Facts, log: &mut Log, whole: ItemId, parts: &[ItemId]) {
    if let Some(sides) = sides(facts, whole, parts) {
        judge_sides(facts, log, whole, parts, sides);
    }
}

/// Judges parts with the intervals of the whole and of their sum.
fn judge_sides(
    facts: &Facts,
    log: &mut Log,
    whole: ItemId,
    parts: &[ItemId],
    (stated, sum): (Interval, Interval),
) {
    let Some(item) = facts.item(whole) else { return };
    let exact = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(facts.exact(*part)?));
    let (Some(exact), Some(written)) = (exact, facts.exact(whole)) else { return };
    let places =
        parts.iter().chain([&whole]).filter_map(|id| facts.item(*id)).map(|item| item.value.places()).max();
    let places = places.unwrap_or(0);
    let figure = |value| shown(value, item.unit, places);
    let finding = |severity, word| {
        let arguments = [
            Argument::Subject(whole),
            Argument::Figure(whole),
            Argument::Shown(figure(exact)),
            Argument::Shown(figure((written - exact).abs())),
        ];
        Finding::new(severity, item.span, Sentence::new(word, arguments))
            .items([whole])
            .formula(Formula::sum(parts.iter().copied()))
            .stated(Shown::of(item))
            .computed(figure(exact))
            .difference(number((written - exact).abs(), item.unit, places))
    };
    if stated.meets(sum) {
        if super::finding::rounded(in_unit(exact, item.unit), item.value.places()) == item.value.decimal() {
            return log.prove(whole, || Formula::sum(parts.iter().copied()));
        }
        return log.find(finding(Severity::Info, Word::SumRounding));
    }
    let less = sum.high < stated.low && stated.low > Decimal::ZERO;
    let slip = slip(facts, whole, (written, exact), parts);
    let why = match &slip {
        Slip::Part(part, right, word) => {
            let right = Argument::Shown(Shown::Number(*right, ""));
            Some(Sentence::new(*word, [Argument::Subject(*part), Argument::Figure(*part), right]))
        }
        Slip::Unclear | Slip::None => explain(facts, whole, exact, parts),
    };
    if less && let Some(missed) = missed_part(facts, whole, parts, written - exact) {
        return log.prove(whole, || Formula::sum(parts.iter().copied().chain([missed])));
    }
    let slipped = !matches!(slip, Slip::None);
    if less && !slipped && (exact.is_zero() || parts.len() == 1) && item.cell.is_none() {
        return log.cannot_tell(Reason::Incomplete);
    }
    // Small counts make each other by chance; money does not.
    if item.measure == Measure::Amount
        && let Some(parts) = without_nested(facts, parts)
    {
        return judge(facts, log, whole, &parts);
    }
    if less && !slipped && is_cut_off(facts, whole) {
        return log.cannot_tell(Reason::Incomplete);
    }
    if another_head(facts, whole, parts, exact) {
        return log.cannot_tell(Reason::Ambiguous);
    }
    // The parts of another section may be of the general budget alone, and the whole of all money.
    let elsewhere = parts.first().is_some_and(|part| {
        let section =
            |id: ItemId| facts.item(id).and_then(|item| facts.section_at(item.span)).map(|s| s.heading);
        section(*part) != section(whole) && facts.scope(*part) != facts.scope(whole)
    });
    if less && elsewhere || item.measure == Measure::Delta && !all_changes(facts, whole, parts) {
        return log.cannot_tell(Reason::Incomplete);
    }
    let complete = !less || slipped || is_complete(facts, whole, parts);
    let severity = match (complete, item.measure) {
        (true, Measure::Count) => Severity::Warning,
        (true, _) if (written - exact).abs() * Decimal::ONE_THOUSAND >= written.abs() => Severity::Error,
        (true, _) => Severity::Warning,
        (false, Measure::Count) if all_counted(facts, whole, parts) => Severity::Warning,
        (false, _) => Severity::Info,
    };
    let word = if complete { Word::SumWrong } else { Word::SumIncomplete };
    let mut found = finding(severity, word).explains(why);
    if let Slip::Part(part, ..) = slip {
        // The part is what is wrong, so the finding stands where it does.
        found.items.retain(|id| *id != part);
        found.items.insert(0, part);
        found.span = facts.item(part).map_or(found.span, |item| item.span);
    }
    log.find(found);
}

/// What a hasty hand may have done to a list.
enum Slip {
    /// Nothing that would explain the gap.
    None,
    /// This part alone would make the whole, with the value behind it, as the sentence says.
    Part(ItemId, Decimal, Word),
    /// The whole or one of several parts was changed.
    Unclear,
}

/// Looks for a single slip of the hand that explains why parts do not make their whole. What is so close to right is
/// complete: a part that was left out would only by chance be a digit of another.
fn slip(facts: &Facts, whole: ItemId, (written, exact): (Decimal, Decimal), parts: &[ItemId]) -> Slip {
    let Some(item) = facts.item(whole) else { return Slip::None };
    let Slips { swapped, mistyped } = compare::slips(facts, (written, exact), parts);
    if let [(part, right)] = swapped.as_slice() {
        return Slip::Part(*part, *right, Word::ExplainPartSwapped);
    }
    let meant = super::finding::rounded(in_unit(exact, item.unit), item.value.places()).abs();
    let (meant, stated) = (Written(meant).with(""), Written(item.value.decimal().abs()).with(""));
    let head = quantity::is_swapped(&stated, &meant) || quantity::is_mistyped(&stated, &meant);
    match mistyped.as_slice() {
        [] if !head && swapped.is_empty() => Slip::None,
        [(part, right)] if !head && swapped.is_empty() => Slip::Part(*part, *right, Word::ExplainPartDigit),
        _ => Slip::Unclear,
    }
}

/// Whether the parts are kinds of people or vehicles, of which each one is of some kind.
fn all_counted(facts: &Facts, whole: ItemId, parts: &[ItemId]) -> bool {
    let people = facts.name(whole).contains("人数") || facts.name(whole).contains("人员");
    let last: Option<String> = parts.first().map(|part| facts.name(*part).chars().rev().take(2).collect());
    let kind = |part: &ItemId| Some(facts.name(*part).chars().rev().take(2).collect::<String>()) == last;
    // Whoever lists three kinds of posts, those of the administration and of institutions among them, lists all.
    let has = |kind: &str| parts.iter().any(|part| facts.name(*part).contains(kind));
    let posts = parts.len() >= 3 && has("行政") && has("事业");
    people || posts || parts.len() >= 2 && parts.iter().all(kind)
}

/// Whether the parts of a change are those of all parts of its level.
fn all_changes(facts: &Facts, change: ItemId, parts: &[ItemId]) -> bool {
    let level = facts.item(change).and_then(|item| item.parent);
    let levels = level.map_or(0, |level| facts.children(level, Relation::Sum).count());
    parts.len() >= 2 && (levels == parts.len() || whole_of_classification(facts, parts))
}

/// Whether the text breaks off inside the list: its last figure is a part of the whole, and behind it a sentence has no end.
fn is_cut_off(facts: &Facts, whole: ItemId) -> bool {
    const DEEPEST: usize = 4;
    let Some(last) = facts.d.items.len().checked_sub(1).map(|last| ItemId(last as u32)) else { return false };
    let above = |id: &ItemId| facts.item(*id).and_then(|item| item.parent);
    let mut around = std::iter::successors(Some(last), above).take(DEEPEST);
    let (Some(block), Some(item)) = (facts.blocks.last(), facts.item(last)) else { return false };
    let ended = |text: &str| text.ends_with(['。', ';', '!', '?', ')', '"', ':']) || text.is_empty();
    block.span.contains(item.span)
        && !block.row
        && around.any(|id| id == whole)
        && !ended(facts.between(item.span.end, block.span.end))
}

/// Returns a level of the section that is just what is missing and by its name a part of the whole.
fn missed_part(facts: &Facts, whole: ItemId, parts: &[ItemId], gap: Decimal) -> Option<ItemId> {
    let item = facts.item(whole)?;
    let name = facts.canonical(whole);
    facts.measured(item.measure).map(|(id, _)| id).find(|id| {
        let part = catalog().whole(facts.canonical(*id)) == Some(name);
        let near = facts.item(*id).is_some_and(|other| {
            other.section == item.section && other.year() == item.year() && other.basis == item.basis
        });
        part && near && !parts.contains(id) && facts.exact(*id) == Some(gap)
    })
}

/// Whether a list means to name all parts: its last one takes in all others, the classification has no other parts, or it
/// is a list of so many parts that nobody would leave out the rest.
fn is_complete(facts: &Facts, whole: ItemId, parts: &[ItemId]) -> bool {
    const MANY: usize = 5;
    const FEW: usize = 3;
    let last = parts.last().map(|part| facts.name(*part)).unwrap_or_default();
    let near = parts.len() >= 2 && {
        let sum = parts.iter().filter_map(|part| facts.exact(*part)).fold(Decimal::ZERO, |a, b| a + b);
        let gap = facts.exact(whole).map_or(Decimal::ZERO, |whole| (whole - sum).abs());
        // Less is missing than the least part: too little to be a part that was left out.
        let smallest =
            parts.iter().filter_map(|part| facts.exact(*part)).filter(|value| !value.is_zero()).min();
        smallest.is_some_and(|smallest| gap < smallest)
    };
    let class = ["工资福利支出", "商品和服务支出", "对个人和家庭的补助"].contains(&facts.canonical(whole));
    let listed = class && parts.len() >= FEW;
    listed || last.starts_with("其他") || parts.len() >= MANY || near || whole_of_classification(facts, parts)
}

/// Kinds that make a whole together, however the whole is called: nothing else is of that sort.
const TOGETHER: &[&[&str]] = &[
    &["因公出国", "公务用车", "公务接待"],
    &["基本支出", "项目支出"],
    &["人员经费", "公用经费"],
    &["公务用车购置", "公务用车运行"],
    &["工资福利支出", "对个人和家庭"],
    &["商品和服务支出", "资本性支出"],
    &["货物", "服务"],
    &["货物", "工程"],
    &["购置费", "运行维护费"],
    &["本年收入", "结转"],
    &["本年支出", "结转"],
    &["财政拨款", "其他收入"],
    &["财政拨款", "事业收入"],
];

fn whole_of_classification(facts: &Facts, parts: &[ItemId]) -> bool {
    let names: Vec<(&str, &str)> = parts.iter().map(|id| (facts.name(*id), facts.canonical(*id))).collect();
    let has =
        |kind: &&str| names.iter().any(|(name, canonical)| name.contains(*kind) || canonical.contains(*kind));
    TOGETHER.iter().any(|kinds| kinds.iter().all(has))
}

/// Returns parts without those that only break down the one before them: 基本支出, 由人员经费 and 公用经费 组成.
fn without_nested(facts: &Facts, parts: &[ItemId]) -> Option<Vec<ItemId>> {
    for (at, part) in parts.iter().enumerate() {
        let (mut sum, value) = (Decimal::ZERO, facts.exact(*part)?);
        for (count, below) in parts.get(at + 1..)?.iter().enumerate() {
            sum = sum.checked_add(facts.exact(*below)?)?;
            if count > 0 && sum == value && !value.is_zero() {
                let rest = parts.get(at + count + 2..).unwrap_or_default();
                return Some(parts.iter().take(at + 1).chain(rest).copied().collect());
            }
        }
    }
    None
}

/// Whether the parts make another level just before them, so that they may be parts of that one.
fn another_head(facts: &Facts, whole: ItemId, parts: &[ItemId], sum: Decimal) -> bool {
    let Some(first) = parts.first() else { return false };
    (whole.0 + 1..first.0).map(ItemId).any(|id| {
        let alike = facts.item(id).map(|item| (item.measure, item.year(), item.basis))
            == facts.item(*first).map(|item| (item.measure, item.year(), item.basis));
        let close = facts.sentence(id) == facts.sentence(*first);
        alike
            && close
            && facts.exact(id) == Some(sum)
            && !sum.is_zero()
            && facts.children(id, Relation::Sum).next().is_none()
    })
}

/// The changes of the parts of a level make its change.
fn changes_of_parts(facts: &Facts, log: &mut Log, whole: ItemId) {
    let deltas = |id: ItemId| {
        facts
            .children(id, Relation::Change)
            .filter(|id| facts.item(*id).is_some_and(|item| item.measure == Measure::Delta))
            .filter(|id| facts.change_is_against_budget(*id) != Some(true))
    };
    if facts.children(whole, Relation::Sum).nth(1).is_none() {
        return;
    }
    let parts: Vec<ItemId> = facts.children(whole, Relation::Sum).filter(|id| facts.is_level(*id)).collect();
    if parts.len() < 2 {
        return;
    }
    let of_parts: Vec<ItemId> = parts.iter().map_while(|part| deltas(*part).next()).collect();
    if of_parts.len() != parts.len() || !fits(facts, whole, &parts) {
        return;
    }
    let Some(first) = of_parts.first().and_then(|id| facts.item(*id)) else { return };
    // The changes must stand together, as one list.
    let last = of_parts.last().and_then(|id| facts.item(*id)).map_or(first.span.end, |item| item.span.end);
    if facts.section_at(first.span).map(|s| s.heading)
        != facts.section_at(crate::source::Span::new(last as usize, last as usize)).map(|s| s.heading)
    {
        return;
    }
    for change in deltas(whole) {
        if facts.doubt_of(of_parts.iter().copied().chain([change])).is_some() {
            return log.cannot_tell(Reason::Doubtful);
        }
        judge(facts, log, change, &of_parts);
    }
}
