//! STRUCTURE: contents page and body, numbering, sections that must be there, headings with nothing below them.

mod copied;
mod lists;
mod tables;

use std::sync::LazyLock;

use super::clue::{Clue, Clues, clue, clues};
use super::facts::{Facts, Title};
use super::finding::{Argument, Finding, Sentence, Severity};
use super::report::Log;
use super::{Check, Code, Run};
use crate::lang::Word;
use crate::model::{Basis, Item, ItemId, Measure, Part, Relation, Section};
use crate::source::Span;
use crate::source::numbering::{Numbering, Style, numbering};
use crate::source::span::{holds, slice};

pub(super) const CHECK: Check = Check {
    code: Code::Structure,
    title: Word::StructureTitle,
    explanation: Word::StructureExplains,
    wrong: &[
        "第一部分 2024年部门预算说明\n一、收支情况\n2024年收入预算120.00万元。\n第二部分 2024年部门预算表\n",
    ],
    right: &[
        "第一部分 2024年部门预算说明\n一、收支情况\n2024年收入预算120.00万元。\n第二部分 2024年部门预算表（见附件）\n",
    ],
    run: Run::Alone(run),
};

/// What must be explained: the rule, whether in budget or final accounts, and the words that show that it is.
const EXPLANATIONS: &str = include_str!("../../assets/templates/explanations.csv");

static REQUIRED: LazyLock<Vec<Required>> = LazyLock::new(Required::read);

/// A line of it.
struct Required {
    what: &'static str,
    of: &'static str,
    words: Vec<Clue>,
}

impl Required {
    fn read() -> Vec<Self> {
        let lines = EXPLANATIONS.lines().skip(1).filter_map(|line| {
            let mut fields = line.split(',');
            let (what, of, words) = (fields.next()?, fields.next()?, fields.next()?);
            Some(Self { what, of, words: words.split('|').filter_map(Clue::find).collect() })
        });
        lines.collect()
    }
}

fn run(facts: &Facts, log: &mut Log) {
    contents(facts, log);
    numbers(facts, log);
    empty(facts, log);
    promises(facts, log);
    required(facts, log);
    glossary(facts, log);
    copied::paragraphs(facts, log);
    lists::tables(facts, log);
    lists::attachments(facts, log);
    tables::run(facts, log);
}

/// Returns the sections of the body with their numbers: where a first part comes twice, what stands before the second is a
/// contents page that does not say so.
fn body<'a>(facts: &'a Facts) -> impl Iterator<Item = (usize, &'a Section, &'a Title<'a>)> {
    let first =
        |title: &Title| title.number.is_some_and(|number| number.style == Style::Part && number.value == 1);
    let begin = facts.titles().iter().rposition(first).unwrap_or(0);
    let sections = facts.d.sections.iter().zip(facts.titles()).enumerate().skip(begin);
    sections.map(|(index, (section, title))| (index, section, title))
}

fn info(span: Span, word: Word, arguments: impl IntoIterator<Item = Argument>) -> Finding {
    Finding::new(Severity::Info, span, Sentence::new(word, arguments))
}

/// A folded heading without its number, dots and page number, in the words that count.
fn core(text: &str, number: Option<Numbering>) -> &str {
    let start = number.map_or(0, |number| number.length);
    let text = slice(text, start, text.len());
    text.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '…' | '·' | '-' | ':' | '#'))
}

/// An entry of the contents page.
struct Entry {
    span: Span,
    text: String,
    number: Numbering,
}

/// Entries of the contents page against the headings of the body, in order.
fn contents(facts: &Facts, log: &mut Log) {
    let Some(page) = facts.d.contents else {
        if facts.d.sections.len() > 4
            && !facts.paragraphs().take(40).any(|(_, text)| text.starts_with("目录"))
        {
            let span = facts.d.sections.first().map_or(Span::default(), |section| section.heading);
            log.find(info(span, Word::StructureNoContents, []));
        }
        return;
    };
    let mut entries: Vec<Entry> = Vec::new();
    let blocks = facts.d.source.blocks.iter().skip_while(|block| !page.contains(block.span));
    for block in blocks.take_while(|block| page.contains(block.span)).skip(1) {
        let text = facts.cut(block.span);
        if let Some(number) = numbering(text) {
            entries.push(Entry { span: block.span, text: text.to_owned(), number });
        } else if let Some(last) = entries.last_mut() {
            // The rest of an entry that was broken over two lines.
            if text.chars().count() <= 24 && !last.text.contains(text) {
                last.text.push_str(text);
                last.span = last.span.cover(block.span);
            }
        }
    }
    let titles = facts.titles();
    let cores: Vec<&str> = titles.iter().map(|title| core(&title.text, title.number)).collect();
    let part_of = |number: Numbering| (number.style == Style::Part, number.value);
    let (mut from, mut table_told) = (0, false);
    for entry in &entries {
        let key = core(&entry.text, Some(entry.number));
        let named = |(title, core): (&Title, &&str)| is_named(title, core, key);
        if let Some(at) = titles.iter().zip(&cores).skip(from).position(named) {
            from += at + 1;
            log.hold([]);
            table_told |= key.ends_with('表');
            continue;
        }
        // The heading with the same number before the next entry's.
        let part = entry.number.style == Style::Part;
        let begins_part = |title: &Title| title.number.is_some_and(|number| number.style == Style::Part);
        let next_part = titles.iter().skip(from).position(begins_part).map_or(titles.len(), |at| at + from);
        let limit = if part { titles.len() } else { next_part };
        // Numbers begin anew in each part, so that a heading with the number may be quite another one.
        let same = |(title, core): (&Title, &&str)| {
            title.number.map(part_of) == Some((part, entry.number.value)) && (part || is_similar(core, key))
        };
        let found = titles.iter().zip(&cores).take(limit).skip(from).position(same).map(|at| at + from);
        if let Some((at, section)) = found.and_then(|at| Some((at, facts.d.sections.get(at)?))) {
            from = at + 1;
            let title = titles.get(at).map_or("", |title| &title.text);
            let heading = Argument::words(facts.d.source.cut(section.heading));
            let arguments = [heading, Argument::words(shown(&entry.text))];
            let found = info(section.heading, Word::StructureTitleDiffers, arguments);
            log.find(found.stated(title).computed(&entry.text));
        } else if titles.iter().zip(&cores).any(named) {
            log.hold([]);
        } else {
            // Names of tables under the last part are in the attachment: one hint for all, where that part begins.
            let table = key.ends_with('表') || key.contains("表(");
            let last = facts.d.sections.last().filter(|_| table);
            let place = last.map_or(entry.span, |last| last.heading);
            if !(table && table_told) {
                let found = info(place, Word::StructureNotInBody, [Argument::words(shown(&entry.text))]);
                log.find(found.stated(&entry.text));
            }
        }
        table_told |= key.ends_with('表');
    }
}

/// Whether a heading with its core is what an entry of the contents page names. That the tables are attached, or which ones say the same,
/// stands in the body only, and so may the name of the department.
fn is_named(title: &Title, text: &str, key: &str) -> bool {
    const SHORTEST: usize = 4;
    let remark = |rest: &str| rest.is_empty() || rest.starts_with('(') && rest.ends_with(')');
    let whose = || {
        let names = ["单位", "部门", "本单位", "本部门"];
        let own = names.iter().find_map(|whose| key.strip_prefix(whose)).unwrap_or(key);
        text.ends_with(own) && own.chars().count() >= SHORTEST
    };
    text.strip_prefix(key).is_some_and(remark) || title.number.is_none() && whose()
}

/// Whether most characters of the shorter of two titles stand in the other.
fn is_similar(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let both = short.chars().filter(|c| long.contains(*c)).count();
    both * 2 > short.chars().count()
}

/// An entry of the contents page without its leaders and page number.
fn shown(entry: &str) -> &str {
    entry.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '…' | '·' | '-'))
}

/// Numbers of headings and of the glossary's entries that repeat or jump.
fn numbers(facts: &Facts, log: &mut Log) {
    let mut last: Vec<(Option<u32>, Style, u32)> = Vec::new();
    for (_, section, title) in body(facts) {
        let (number, title) = (title.number, &*title.text);
        let Some(number) = number else {
            let heading = title.ends_with("情况") || title.ends_with("说明");
            let numbered = last.iter().any(|(parent, _, _)| *parent == section.parent.map(|p| p.0));
            if heading && numbered && section.part == Part::Accounts {
                log.find(
                    info(section.heading, Word::StructureNoNumber, [Argument::words(title)]).stated(title),
                );
            }
            continue;
        };
        let parent = section.parent.map(|parent| parent.0);
        let known = last.iter_mut().find(|(of, style, _)| *of == parent && *style == number.style);
        match known {
            Some((_, _, before)) => {
                if number.value == *before + 1 {
                    log.hold([]);
                } else {
                    let word =
                        if number.value == *before { Word::StructureRepeats } else { Word::StructureJumps };
                    log.find(
                        info(
                            section.heading,
                            word,
                            [Argument::words(title), Argument::Shown(before.to_string().into())],
                        )
                        .stated(title),
                    );
                }
                *before = number.value;
            }
            None => last.push((parent, number.style, number.value)),
        }
    }
    let mut before: Option<(Style, u32)> = None;
    for (block, text) in facts.paragraphs_of(Part::Glossary) {
        let span = block.span;
        let Some(number) = numbering(text) else { continue };
        if let Some((style, value)) = before
            && style == number.style
            && number.value == value
        {
            log.find(
                info(
                    span,
                    Word::StructureRepeats,
                    [Argument::words(slice(text, 0, 60)), Argument::Shown(value.to_string().into())],
                )
                .stated(slice(text, 0, 30)),
            );
        }
        before = Some((number.style, number.value));
    }
}

/// Headings with nothing below them; a part of tables without any table or word where they are is worse.
fn empty(facts: &Facts, log: &mut Log) {
    const ELSEWHERE: Clues = clues!["附件", "另附", "附表", "详见", "见后", "链接", "附后"];
    for (index, section, title) in body(facts) {
        let next = facts.d.sections.get(index + 1);
        if next.is_some_and(|next| section.span.contains(next.heading)) {
            continue;
        }
        let (words, title) = (title.clues, &*title.text);
        let inside = Span { start: section.heading.end, end: section.span.end };
        let tables = title.contains('表')
            && ["部门", "报表", "预算表", "决算表"].iter().any(|word| title.contains(word));
        if tables && section.level == 1 && !has_table(facts, up_to_next_number(facts, index, section)) {
            let below = facts.cut(inside);
            let elsewhere = words.has_any(ELSEWHERE) || facts.clues_in(inside).has_any(ELSEWHERE);
            let names = below.is_empty() || below.matches('表').count() > 2 && !below.contains("万元");
            if !names && !elsewhere {
                continue;
            }
            let (severity, word) = if elsewhere {
                (Severity::Info, Word::StructureTablesElsewhere)
            } else {
                (Severity::Warning, Word::StructureNoTables)
            };
            let message = Sentence::new(word, [Argument::words(title)]);
            log.find(Finding::new(severity, section.heading, message).stated(title));
        } else if facts.cut(inside).trim_start_matches(['*', '#']).is_empty()
            && section.part != Part::Performance
            && !has_figures(title)
            && !title.ends_with('表')
        {
            log.find(info(section.heading, Word::StructureEmpty, [Argument::words(title)]).stated(title));
        } else {
            log.hold([]);
        }
    }
}

fn has_figures(title: &str) -> bool {
    holds(title, "万元") || holds(title, "无")
}

/// Returns a section with those after it that have no number: a title page says once more what the part is called.
fn up_to_next_number(facts: &Facts, index: usize, section: &Section) -> Span {
    let numbered = body(facts).filter(|(_, _, title)| title.number.is_some());
    let next = numbered
        .map(|(at, next, _)| (at, next))
        .find(|(at, next)| *at > index && next.level <= section.level);
    let end = next.map_or(facts.d.source.text.len() as u32, |(_, next)| next.span.start);
    Span { start: section.span.start, end }
}

/// Whether a table begins in a stretch of the source.
fn has_table(facts: &Facts, span: Span) -> bool {
    let first = |table: &crate::source::Table| Some(table.rows.first()?.cells.first()?.span);
    facts.d.source.tables.iter().filter_map(first).any(|cell| span.contains(cell))
}

/// Headings that promise what the section does not say.
fn promises(facts: &Facts, log: &mut Log) {
    for (_, section, title) in body(facts) {
        let (words, title) = (title.clues, &*title.text);
        if words.has_any(clues!["增减", "变化"]) && section.part != Part::Prose {
            changes(facts, log, section, title);
        }
        let inside = Span { start: section.heading.end, end: section.span.end };
        let mut say =
            |place: Span, word: Word| log.find(info(place, word, [Argument::words(title)]).stated(title));
        if words.has(clue!("编制情况")) && words.has(clue!("人员")) && !words.has(clue!("预算编制"))
        {
            let below = facts.cut(inside);
            if !below.contains("编制") && !below.contains("核定") {
                say(section.heading, Word::StructureNoPosts);
            }
        }
        let money = || facts.figures_in(section).filter(|(_, item)| item.measure == Measure::Amount);
        if words.has(clue!("政府性基金")) && words.has(clue!("支出")) && !title.contains('收') {
            let only_income = money().all(|(id, _)| facts.name(id).ends_with("收入"));
            if let Some((_, first)) = money().next().filter(|_| only_income) {
                say(first.span, Word::StructureOnlyIncome);
            }
        }
        if words.has(clue!("三公")) && section.part == Part::Accounts {
            let share = facts.figures_in(section).find(|(_, item)| item.measure == Measure::Share);
            if let Some((_, share)) = share
                && !facts.measured(Measure::Amount).any(|(id, _)| facts.says(id).has(clue!("三公")))
            {
                say(share.span, Word::StructureNoTotal);
            }
        }
        if words.has(clue!("绩效"))
            && words.has(clue!("预算"))
            && facts.basis == Some(Basis::Budget)
            && section.level <= 2
        {
            let below = facts.cut(inside);
            let targets = below.contains("目标") && facts.figures_in(section).next().is_some();
            if !targets && !has_table(facts, section.span) && !below.is_empty() {
                say(section.heading, Word::StructureNoTargets);
            }
        }
    }
}

/// A heading that promises changes, above totals without any.
fn changes(facts: &Facts, log: &mut Log, section: &Section, title: &str) {
    const CHANGES: Clues = clues!["比", "较", "持平", "增加", "减少", "无变化", "无增减", "一致"];
    let inside = Span { start: section.heading.end, end: section.span.end };
    let mut say =
        |place: Span| log.find(info(place, Word::StructureNoChanges, [Argument::words(title)]).stated(title));
    if !facts.clues_in(inside).has_any(CHANGES) {
        return say(section.heading);
    }
    let figures = || facts.figures_in(section);
    let unchanged = figures().find(|(id, item)| {
        let total = item.measure == Measure::Amount && item.parent.is_none() && !item.value.is_zero();
        let total = total && facts.officially(*id).has(clue!("总计"));
        let moves = |(_, change): (ItemId, &Item)| {
            matches!(change.measure, Measure::Delta | Measure::Rate)
                && facts.sentence(*id).contains(change.span)
        };
        total
            && !figures().any(moves)
            && facts.children(*id, Relation::Change).next().is_none()
            && !facts.has(clue!("持平"), facts.sentence(*id))
    });
    match unchanged {
        Some((_, item)) => say(item.span),
        None => log.hold([]),
    }
}

/// What 财预〔2016〕143号 asks every disclosure to explain.
fn required(facts: &Facts, log: &mut Log) {
    if facts.d.items.len() < 5 || facts.d.sections.len() < 4 {
        return;
    }
    let body = facts.at(facts.d.contents.map_or(0, |contents| contents.end));
    let place = facts
        .d
        .sections
        .iter()
        .find(|section| section.part == Part::Accounts)
        .map_or(Span::default(), |section| section.heading);
    for Required { what, of, words } in REQUIRED.iter() {
        let applies = match facts.basis {
            Some(basis) => *of == "both" || *of == basis.key(),
            None => false,
        };
        if !applies {
            continue;
        }
        // A box that is not ticked says nothing about what it names.
        let said = words.iter().any(|clue| {
            let places = facts.hits.of(*clue);
            let first = places.partition_point(|at| *at < body);
            places
                .iter()
                .skip(first)
                .any(|&at| !facts.text.cut(at.saturating_sub(3) as usize, at as usize).ends_with(['□', '☐']))
        });
        if said {
            log.hold([]);
        } else {
            log.find(info(place, Word::StructureMissing, [Argument::Shown((*what).into())]).stated(*what));
        }
    }
}

/// Terms that the text uses and the glossary leaves out, and the other way round.
fn glossary(facts: &Facts, log: &mut Log) {
    const LONGEST: usize = 14;
    let Some((_, section, _)) = body(facts).find(|(_, section, _)| section.part == Part::Glossary) else {
        return;
    };
    let body = facts.at(facts.d.contents.map_or(0, |contents| contents.end));
    let end = facts.at(section.heading.start);
    let text = facts.between(section.heading.end, section.span.end);
    let uses = |term: &str| facts.hits.has_phrase(&facts.text.text, term, body, end);
    let first = facts.blocks.partition_point(|block| block.span.start < section.span.start);
    let inside = facts.blocks.iter().skip(first).take_while(|block| block.span.start < section.span.end);
    let unused: Vec<&str> = inside
        .filter(|block| !block.row && section.span.contains(block.span))
        .filter_map(|block| {
            let text = facts.text.cut(block.start as usize, block.end as usize);
            let start = numbering(text).map_or(0, |numbering| numbering.length);
            let (name, _) = slice(text, start, text.len()).split_once(':')?;
            (name.len() <= 4 * LONGEST && name.chars().count() <= LONGEST).then_some(name)
        })
        .filter(|name| !name.contains('(') && !uses(name.trim_end_matches(')')))
        .collect();
    let unexplained: Vec<&str> =
        ["机关运行经费", "政府采购"].into_iter().filter(|term| uses(term) && !text.contains(term)).collect();
    if unused.is_empty() && unexplained.is_empty() {
        return log.hold([]);
    }
    let list = unused.iter().copied().chain(unexplained).collect::<Vec<_>>().join("、");
    log.find(info(section.heading, Word::StructureGlossary, [Argument::words(&list)]).stated(&list));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_template_is_looked_for() {
        let words = |line: &str| line.rsplit(',').next().map_or(0, |words| words.split('|').count());
        let written: Vec<usize> = EXPLANATIONS.lines().skip(1).map(words).collect();
        let read: Vec<usize> = Required::read().iter().map(|required| required.words.len()).collect();
        assert_eq!(read, written);
    }
}
