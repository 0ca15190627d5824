//! STRUCTURE: contents page and body, numbering, sections that must be there, headings with nothing below them.

use super::facts::Facts;
use super::finding::{Argument, Finding, Sentence, Severity};
use super::report::Log;
use super::{Check, Code};
use crate::lang::Word;
use crate::model::{Basis, Measure, Part, Relation, Section};
use crate::source::Span;
use crate::source::fold::folded;
use crate::source::numbering::{Style, numbering};
use crate::source::span::slice;

pub(super) const CHECK: Check = Check {
    code: Code::Structure,
    title: Word::StructureTitle,
    explanation: Word::StructureExplains,
    wrong: "第一部分 2024年部门预算说明\n一、收支情况\n2024年收入预算120.00万元。\n第二部分 2024年部门预算表\n",
    right: "第一部分 2024年部门预算说明\n一、收支情况\n2024年收入预算120.00万元。\n第二部分 2024年部门预算表（见附件）\n",
    run,
};

/// What must be explained: the rule, whether in budget or final accounts, and the words that show that it is.
const REQUIRED: &str = include_str!("../../assets/templates/explanations.csv");

fn run(facts: &Facts, log: &mut Log) {
    contents(facts, log);
    numbers(facts, log);
    empty(facts, log);
    promises(facts, log);
    required(facts, log);
    glossary(facts, log);
}

/// Returns the sections of the body with their numbers: where a first part comes twice, what stands before the second is a
/// contents page that does not say so.
fn body<'a>(facts: &Facts<'a>) -> impl Iterator<Item = (usize, &'a Section)> + Clone {
    let d = facts.d;
    let first = |section: &Section| {
        let title = folded(d.words.text(section.title));
        numbering(&title).is_some_and(|number| number.style == Style::Part && number.value == 1)
    };
    let begin = d.sections.iter().rposition(first).unwrap_or(0);
    d.sections.iter().enumerate().skip(begin)
}

fn info(span: Span, word: Word, arguments: impl IntoIterator<Item = Argument>) -> Finding {
    Finding::new(Severity::Info, span, Sentence::new(word, arguments))
}

/// A heading without its number, dots and page number, in the words that count.
fn core(text: &str) -> String {
    let text = folded(text);
    let start = numbering(&text).map_or(0, |numbering| numbering.length);
    let text = slice(&text, start, text.len());
    text.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '…' | '·' | '-' | ':' | '#'))
        .to_owned()
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
    let mut entries: Vec<(Span, String)> = Vec::new();
    for block in facts.d.source.blocks.iter().filter(|block| page.contains(block.span)).skip(1) {
        let text = folded(facts.d.source.cut(block.span));
        if numbering(&text).is_some() {
            entries.push((block.span, text));
        } else if let Some((span, last)) = entries.last_mut() {
            // The rest of an entry that was broken over two lines.
            if text.chars().count() <= 24 && !last.contains(&text) {
                last.push_str(&text);
                *span = span.cover(block.span);
            }
        }
    }
    let headings: Vec<(&Section, String)> =
        facts.d.sections.iter().map(|section| (section, folded(facts.d.words.text(section.title)))).collect();
    let mut from = 0;
    for (index, (span, entry)) in entries.iter().enumerate() {
        let key = core(entry);
        // That the tables are attached is said in the body only.
        let plain = |title: &str| core(&title.replace("(见附件)", "").replace("(另附)", ""));
        let same =
            headings.iter().skip(from).position(|(_, title)| core(title) == key || plain(title) == key);
        if let Some(at) = same {
            from += at + 1;
            log.hold([]);
            continue;
        }
        let Some(number) = numbering(entry) else { continue };
        // The heading with the same number before the next entry's.
        let part = number.style == Style::Part;
        let level = |title: &str| numbering(title).map(|n| (n.style == Style::Part, n.value));
        let next_part = headings
            .iter()
            .skip(from)
            .position(|(_, title)| level(title).is_some_and(|(p, _)| p))
            .map_or(headings.len(), |at| at + from);
        let limit = if part { headings.len() } else { next_part };
        let found = headings.iter().enumerate().take(limit).skip(from).find(|(_, (_, title))| {
            numbering(title).is_some_and(|n| n.value == number.value && (n.style == Style::Part) == part)
        });
        if let Some((at, (section, title))) = found {
            from = at + 1;
            let arguments =
                [Argument::words(facts.d.source.cut(section.heading)), Argument::words(&shown(entry))];
            let place = section.heading;
            log.find(info(place, Word::StructureTitleDiffers, arguments).stated(title).computed(entry));
            continue;
        }
        // Names of tables under the last part are in the attachment: one hint for all of them, where that part begins.
        let table = key.ends_with('表') || key.contains("表(");
        let place = if table { facts.d.sections.last().map_or(*span, |last| last.heading) } else { *span };
        let earlier = entries.iter().take(index).any(|(_, other)| core(other).ends_with('表'));
        if !(table && earlier) {
            log.find(info(place, Word::StructureNotInBody, [Argument::words(entry)]).stated(entry));
        }
    }
}

/// An entry of the contents page without its leaders and page number.
fn shown(entry: &str) -> String {
    entry.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '…' | '·' | '-')).to_owned()
}

/// Numbers of headings and of the glossary's entries that repeat or jump.
fn numbers(facts: &Facts, log: &mut Log) {
    let mut last: Vec<(Option<u32>, Style, u32)> = Vec::new();
    for (_, section) in body(facts) {
        let title = folded(facts.d.words.text(section.title));
        let Some(number) = numbering(&title) else {
            let heading = title.ends_with("情况") || title.ends_with("说明");
            let numbered = last.iter().any(|(parent, _, _)| *parent == section.parent.map(|p| p.0));
            if heading && numbered && section.part == Part::Accounts {
                log.find(
                    info(section.heading, Word::StructureNoNumber, [Argument::words(&title)]).stated(&title),
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
                            [Argument::words(&title), Argument::Text(before.to_string().into())],
                        )
                        .stated(&title),
                    );
                }
                *before = number.value;
            }
            None => last.push((parent, number.style, number.value)),
        }
    }
    let mut before: Option<(Style, u32)> = None;
    for (block, text) in facts.paragraphs().filter(|(block, _)| block.part == Some(Part::Glossary)) {
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
                    [Argument::words(slice(text, 0, 60)), Argument::Text(value.to_string().into())],
                )
                .stated(slice(text, 0, 30)),
            );
        }
        before = Some((number.style, number.value));
    }
}

/// Headings with nothing below them; a part of tables without any table or word where they are is worse.
fn empty(facts: &Facts, log: &mut Log) {
    for (index, section) in body(facts) {
        let next = facts.d.sections.get(index + 1);
        if next.is_some_and(|next| section.span.contains(next.heading)) {
            continue;
        }
        let title = folded(facts.d.words.text(section.title));
        let below = facts.between(section.heading.end, section.span.end);
        let tables = title.contains('表')
            && (title.contains("部门")
                || title.contains("报表")
                || title.contains("预算表")
                || title.contains("决算表"));
        let has_table = facts
            .d
            .source
            .tables
            .iter()
            .filter_map(|table| table.rows.first())
            .filter_map(|row| row.cells.first())
            .any(|cell| section.span.contains(cell.span));
        let elsewhere = ["附件", "另附", "附表", "详见", "见后", "链接", "附后"]
            .iter()
            .any(|word| title.contains(word) || below.contains(word));
        if tables && section.level == 1 && !has_table {
            let names = below.is_empty() || below.matches('表').count() > 2 && !below.contains("万元");
            if !names && !elsewhere {
                continue;
            }
            let (severity, word) = if elsewhere {
                (Severity::Info, Word::StructureTablesElsewhere)
            } else {
                (Severity::Warning, Word::StructureNoTables)
            };
            log.find(
                Finding::new(severity, section.heading, Sentence::new(word, [Argument::words(&title)]))
                    .stated(&title),
            );
        } else if below.trim_matches(['*', '#']).is_empty()
            && section.part != Part::Performance
            && !has_figures(&title)
            && !title.ends_with('表')
        {
            log.find(info(section.heading, Word::StructureEmpty, [Argument::words(&title)]).stated(&title));
        } else {
            log.hold([]);
        }
    }
}

fn has_figures(title: &str) -> bool {
    title.contains("万元") || title.contains("无")
}

/// Headings that promise what the section does not say.
fn promises(facts: &Facts, log: &mut Log) {
    for (_, section) in body(facts) {
        let title = folded(facts.d.words.text(section.title));
        let below = facts.between(section.heading.end, section.span.end);
        let changes = ["比", "较", "持平", "增加", "减少", "无变化", "无增减", "一致"];
        let place = facts
            .d
            .items
            .iter()
            .find(|item| section.span.contains(item.span))
            .map_or(section.heading, |item| item.span);
        let argument = || [Argument::words(&title)];
        let promised = title.contains("增减") || title.contains("变化");
        if promised && section.part != Part::Prose {
            let subject =
                facts.measured(Measure::Amount).filter(|(_, item)| section.span.contains(item.span));
            let totals: Vec<_> = subject
                .filter(|(id, item)| item.parent.is_none() && facts.canonical(*id).contains("总计"))
                .collect();
            if !changes.iter().any(|word| below.contains(word)) {
                log.find(info(section.heading, Word::StructureNoChanges, argument()).stated(&title));
            } else if let Some((_, item)) = totals.iter().find(|(id, item)| {
                let sentence = facts.sentence(*id);
                !facts.d.items.iter().any(|other| {
                    sentence.contains(other.span) && matches!(other.measure, Measure::Delta | Measure::Rate)
                }) && facts.children(*id, Relation::Change).next().is_none()
                    && !facts.between(sentence.start, sentence.end).contains("持平")
                    && !item.value.is_zero()
            }) {
                log.find(info(item.span, Word::StructureNoChanges, argument()).stated(&title));
            } else {
                log.hold([]);
            }
        }
        if title.contains("编制情况") && title.contains("人员") && !title.contains("预算编制") {
            let counts = below.contains("编制") || below.contains("核定");
            if !counts {
                log.find(info(section.heading, Word::StructureNoPosts, argument()).stated(&title));
            }
        }
        if title.contains("政府性基金") && title.contains("支出") && !title.contains("收") {
            let money: Vec<_> = facts
                .measured(Measure::Amount)
                .filter(|(_, item)| section.span.contains(item.span))
                .collect();
            let only_income =
                !money.is_empty() && money.iter().all(|(id, _)| facts.name(*id).ends_with("收入"));
            if only_income {
                log.find(info(place, Word::StructureOnlyIncome, argument()).stated(&title));
            }
        }
        if title.contains("三公") && section.part == Part::Accounts {
            let share_of = facts.measured(Measure::Share).find(|(_, item)| section.span.contains(item.span));
            let none = !facts.measured(Measure::Amount).any(|(id, _)| facts.name(id).contains("三公"));
            if let (Some((_, item)), true) = (share_of, none) {
                log.find(info(item.span, Word::StructureNoTotal, argument()).stated(&title));
            }
        }
        if title.contains("绩效")
            && title.contains("预算")
            && facts.basis == Some(Basis::Budget)
            && section.level <= 2
        {
            let targets =
                below.contains("目标") && facts.d.items.iter().any(|item| section.span.contains(item.span));
            let table = facts
                .d
                .source
                .tables
                .iter()
                .filter_map(|t| t.rows.first())
                .filter_map(|r| r.cells.first())
                .any(|cell| section.span.contains(cell.span));
            if !targets && !table && !below.is_empty() {
                log.find(info(section.heading, Word::StructureNoTargets, argument()).stated(&title));
            }
        }
    }
}

/// What 财预〔2016〕143号 asks every disclosure to explain.
fn required(facts: &Facts, log: &mut Log) {
    if facts.d.items.len() < 5 || facts.d.sections.len() < 4 {
        return;
    }
    let body = facts.d.contents.map_or(0, |contents| contents.end);
    let text = facts.between(body, facts.d.source.text.len() as u32);
    let place = facts
        .d
        .sections
        .iter()
        .find(|section| section.part == Part::Accounts)
        .map_or(Span::default(), |section| section.heading);
    for line in REQUIRED.lines().skip(1) {
        let mut fields = line.split(',');
        let (Some(what), Some(of), Some(words)) = (fields.next(), fields.next(), fields.next()) else {
            continue;
        };
        let applies = match facts.basis {
            Some(basis) => of == "both" || of == basis.key(),
            None => false,
        };
        if !applies {
            continue;
        }
        // A box that is not ticked says nothing about what it names.
        let said = words
            .split('|')
            .any(|word| text.match_indices(word).any(|(at, _)| !slice(text, 0, at).ends_with(['□', '☐'])));
        if said {
            log.hold([]);
        } else {
            log.find(info(place, Word::StructureMissing, [Argument::Text(what.into())]).stated(what));
        }
    }
}

/// Terms that the text uses and the glossary leaves out, and the other way round.
fn glossary(facts: &Facts, log: &mut Log) {
    let Some((_, section)) = body(facts).find(|(_, section)| section.part == Part::Glossary) else { return };
    let body = facts.d.contents.map_or(0, |contents| contents.end);
    let before = facts.between(body, section.heading.start);
    let text = facts.between(section.heading.end, section.span.end);
    let unused: Vec<String> = facts
        .paragraphs()
        .filter(|(block, _)| section.span.contains(block.span))
        .filter_map(|(_, text)| {
            let start = numbering(text).map_or(0, |numbering| numbering.length);
            let (name, _) = slice(text, start, text.len()).split_once(':')?;
            (name.chars().count() <= 14).then(|| name.to_owned())
        })
        .filter(|name| !before.contains(name.trim_end_matches([')', '('])))
        .filter(|name| !name.contains('('))
        .collect();
    let unexplained: Vec<&str> = ["机关运行经费", "政府采购"]
        .into_iter()
        .filter(|term| before.contains(term) && !text.contains(term))
        .collect();
    if unused.is_empty() && unexplained.is_empty() {
        return log.hold([]);
    }
    let list = unused.iter().map(String::as_str).chain(unexplained).collect::<Vec<_>>().join("、");
    log.find(info(section.heading, Word::StructureGlossary, [Argument::words(&list)]).stated(&list));
}
