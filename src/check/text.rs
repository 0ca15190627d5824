//! TEXT: what a template or a hasty hand left behind.

mod former;

use super::clue::{Clue, Clues, Echo, clue, clues};
use super::facts::{Block, Facts};
use super::finding::{Argument, Finding, Sentence, Severity};
use super::report::Log;
use super::{Check, Code, Run};
use crate::lang::Word;
use crate::model::{Measure, NoteKind, Part, Relation};
use crate::source::Span;
use crate::source::span::{holds, is_han, sentence, slice};

pub(super) const CHECK: Check = Check {
    code: Code::Text,
    title: Word::TextTitle,
    explanation: Word::TextExplains,
    wrong: &[
        "第一部分 2024年部门预算说明\n一、“三公”经费情况\n公务接待费3.40万元，比2023年预算减少0.20万元，主要原因是。\n",
    ],
    right: &[
        "第一部分 2024年部门预算说明\n一、“三公”经费情况\n公务接待费3.40万元，比2023年预算减少0.20万元，主要原因是厉行节约。\n",
    ],
    run: Run::Alone(run),
};

fn run(facts: &Facts, log: &mut Log) {
    choices(facts, log);
    let regions = regions(facts);
    let words = facts.hits.all_of(PHRASES);
    let (mut words, mut echoes) = (words.as_slice(), facts.hits.echoes.as_slice());
    for block in &facts.blocks {
        if words.first().is_some_and(|(at, _)| *at < block.end) {
            let inside = take(&mut words, |(at, _)| *at < block.start, |(at, _)| *at < block.end);
            phrases(facts, log, block, inside);
        }
        if echoes.first().is_some_and(|echo| echo.end <= block.end) {
            let inside = take(&mut echoes, |echo| echo.end <= block.start, |echo| echo.end <= block.end);
            repeats(facts, log, block, inside);
        }
        if !regions.is_empty() {
            region_alone(facts, log, block, &regions);
        }
    }
    other_reason(facts, log);
    cells(facts, log);
    former::names(facts, log);
}

/// Takes those that are inside from the beginning of a list, without those before them.
fn take<'a, T>(list: &mut &'a [T], before: impl Fn(&T) -> bool, inside: impl Fn(&T) -> bool) -> &'a [T] {
    let first = list.iter().take_while(|one| before(one)).count();
    let rest = list.get(first..).unwrap_or_default();
    let (taken, after) = rest.split_at(rest.iter().take_while(|one| inside(one)).count());
    *list = after;
    taken
}

/// 增加（减少） left in from a template, told once a sentence.
fn choices(facts: &Facts, log: &mut Log) {
    let mut told = Span::default();
    for note in facts.d.notes.iter().filter(|note| note.kind == NoteKind::TemplateChoice) {
        if told.contains(note.span) {
            continue;
        }
        told = sentence(&facts.d.source.text, note.span);
        let line = facts.d.source.cut(Span { start: note.span.start.saturating_sub(24), end: note.span.end });
        let words = line.rsplit([',', '，', '。', ';', '；']).next().unwrap_or(line);
        let about = note.item.filter(|id| !facts.name(*id).is_empty());
        let message = match about {
            Some(id) => Sentence::new(Word::TextChoice, [Argument::Subject(id), Argument::words(words)]),
            None => Sentence::new(Word::TextChoiceAlone, [Argument::words(words)]),
        };
        log.find(Finding::new(Severity::Warning, note.span, message).stated(words));
    }
}

/// A stretch of a block, with the words around it.
fn say(facts: &Facts, block: &Block, (at, end): (usize, usize), severity: Severity, word: Word) -> Finding {
    const BEFORE: usize = 18;
    const AFTER: usize = 12;
    let (first, last) = (block.start as usize, block.end as usize);
    let text = &facts.text.text;
    let (at, end) = (text.floor_char_boundary(at.max(first)), text.ceil_char_boundary(end.min(last)));
    let from = text.floor_char_boundary(at.saturating_sub(BEFORE).max(first));
    let to = text.ceil_char_boundary((end + AFTER).min(last));
    let arguments = [Argument::words(facts.text.cut(at, end)), Argument::words(facts.text.cut(from, to))];
    Finding::new(severity, facts.text.span(at, end), Sentence::new(word, arguments))
        .stated(facts.text.cut(at, end))
}

/// What is told of words of the text, and what only of those that are in no row of a table.
const CUT: Clues =
    clues!["主要原因是。", "主要原因是;", "主要是。", "原因是。", "主要原因:。", "主要原因。", "主要用于。",];
const PLACES: Clues = clues!["XX", "xx", "××", "___", "○○", "〇〇"];
const MARKS: Clues = clues!["。。", ",,", "、、", "::", ";;", ",。", "。,", "、。"];
const COMPARED: Clues = clues!["与上年", "与去年"];
const AFTER_YEAR: Clues = clues!["度", "部门", "单位", "日"];
const IN_ROWS: Clues = CUT.plus(MARKS);
const PHRASES: Clues = IN_ROWS.plus(PLACES).plus(COMPARED).plus(AFTER_YEAR).plus(clues!["%"]);

/// Sentences cut off, placeholders, marks twice, a comparison with the wrong word, a missing mark, a year without 年.
fn phrases(facts: &Facts, log: &mut Log, block: &Block, words: &[(u32, Clue)]) {
    const NO_PLACE: Clues = clues!["http", "www"];
    let after = |at: usize| facts.text.cut(at, block.end as usize);
    let accounts = matches!(block.part, Some(Part::Accounts | Part::Performance));
    let (mut cut, mut place, mut told) = (0, 0, Clues::NONE);
    for &(at, clue) in words.iter().filter(|(_, clue)| !block.row || IN_ROWS.has(*clue)) {
        let (at, end) = (at as usize, at as usize + clue.word().len());
        if end > block.end as usize {
            continue;
        }
        let mut info = |at, end, word| log.find(say(facts, block, (at, end), Severity::Info, word));
        if MARKS.has(clue) {
            // One of a kind is enough for a block.
            if !told.has(clue) {
                info(at, end, Word::TextDoubledMark);
            }
            told = told.with(clue);
        } else if CUT.has(clue) && at >= cut {
            log.find(say(facts, block, (at, end), Severity::Warning, Word::TextCutOff));
            cut = end;
        } else if PLACES.has(clue) && at >= place {
            if !facts.hits.clues(block.start, block.end).has_any(NO_PLACE) {
                log.find(say(facts, block, (at, end), Severity::Warning, Word::TextPlaceholder));
            }
            place = end + 3;
        } else if COMPARED.has(clue) {
            if let Some(length) = compared_with(after(end)) {
                info(at, end + length, Word::TextCompared);
            }
        } else if accounts && clue == clue!("%") {
            if runs_on(after(end)) {
                let number = digits_before(facts, block, at, |c| c.is_ascii_digit() || c == '.');
                if number < at {
                    info(number, at + 13, Word::TextNoMark);
                }
            }
        } else if AFTER_YEAR.has(clue) {
            let year = digits_before(facts, block, at, |c| c.is_ascii_digit());
            if year_without_word(facts, block, (year, at), clue == clue!("日")) {
                info(year, at + 6, Word::TextYear);
            }
        }
    }
}

/// Returns where the characters of a kind before a place begin.
fn digits_before(facts: &Facts, block: &Block, at: usize, kind: impl Fn(char) -> bool) -> usize {
    let before = facts.text.cut(block.start as usize, at);
    at - (before.len() - before.trim_end_matches(kind).len())
}

/// Returns how far behind 与上年 a word of change follows that 比 or 较 would have to stand before.
fn compared_with(after: &str) -> Option<usize> {
    const FAR: usize = 30;
    const LONGEST: usize = 6;
    let near = slice(after, 0, FAR);
    let changes = ["增加", "减少", "下降", "增长"];
    let (at, word) = changes.iter().filter_map(|word| Some((near.find(word)?, word))).min()?;
    let words = slice(near, 0, at);
    let wrong = words.chars().count() <= LONGEST && !words.contains(['比', '较', ',', '相', '对']);
    wrong.then_some(at + word.len())
}

/// Whether what stands behind a percentage begins something new without a mark between.
fn runs_on(after: &str) -> bool {
    const BEGINNINGS: &[&str] = &["收入增", "支出增", "支出减", "收入减", "增加原因", "减少原因"];
    if after.starts_with(|c: char| c.is_ascii_digit()) {
        let year = after.get(..4).is_some_and(|year| year.bytes().all(|byte| byte.is_ascii_digit()));
        return year && slice(after, 4, 7) == "年";
    }
    after.starts_with(['收', '支', '增', '减']) && BEGINNINGS.iter().any(|word| after.starts_with(word))
}

/// 2020度, 2023部门整体, 20201231日.
fn year_without_word(facts: &Facts, block: &Block, (start, end): (usize, usize), day: bool) -> bool {
    const FAR: u16 = 5;
    let year: Option<u16> = facts.text.cut(start, start + 4).parse().ok();
    let about = || year.is_some_and(|year| facts.year != 0 && year.abs_diff(facts.year) <= FAR);
    let before = || facts.text.cut(block.start as usize, start).chars().next_back();
    let alone = || before().is_none_or(|c| !c.is_ascii_alphanumeric() && !"〔([-—/.号第".contains(c));
    end - start == if day { 8 } else { 4 } && about() && alone()
}

/// Words that stand twice running: 主要原因主要原因, 政府性性基金.
fn repeats(facts: &Facts, log: &mut Log, block: &Block, echoes: &[Echo]) {
    let mut last = block.start;
    for echo in echoes {
        if !echo.word {
            doubled_character(facts, log, block, echo.end as usize);
            continue;
        }
        // What was found once already is no part of the next.
        let longest = ((echo.end - last) / Echo::WIDTH).min(Echo::LONGEST);
        let text = facts.text.cut(block.start as usize, echo.end as usize);
        let mut lengths = (Echo::SHORTEST..=longest).map(|count| (count * Echo::WIDTH) as usize);
        if let Some(length) = lengths.find(|length| ends_twice(text, *length)) {
            let end = echo.end as usize;
            // Cells beside each other may have the same words.
            if block.row && facts.cell_at(facts.text.span(end - 2 * length, end)).is_none() {
                continue;
            }
            let found = say(facts, block, (end - 2 * length, end), Severity::Info, Word::TextDoubledWord);
            log.find(found);
            last = echo.end;
        }
    }
}

/// Whether the last bytes of a text are a word that stands there twice.
fn ends_twice(text: &str, length: usize) -> bool {
    let bytes = text.as_bytes();
    let Some(at) = bytes.len().checked_sub(length) else { return false };
    // Nearly always the last characters already differ.
    if bytes.get(at.saturating_sub(1)) != bytes.last() {
        return false;
    }
    let word = slice(text, at, text.len());
    slice(text, 0, at).ends_with(word) && word.chars().all(is_han)
}

/// Known names with a character twice: 政府性性基金. The second of the two ends at `end`.
fn doubled_character(facts: &Facts, log: &mut Log, block: &Block, end: usize) {
    const NEAR: usize = 18;
    const WIDTH: usize = Echo::WIDTH as usize;
    let second = end - WIDTH;
    let from = (second - WIDTH).saturating_sub(NEAR).max(block.start as usize);
    let to = (end + NEAR).min(block.end as usize);
    let (before, after) = (facts.text.cut(from, second), facts.text.cut(end, to));
    let (without, with) = (format!("{before}{after}"), facts.text.cut(from, to));
    // A name that begins with the character stands there in any case.
    let begins = !facts.text.cut(from, second - WIDTH).ends_with(is_han);
    let garbled = |name: &str| {
        holds(&without, name)
            && (!holds(with, name) || begins && after.starts_with(slice(name, WIDTH, name.len())))
    };
    if Echo::NAMES.split(' ').any(garbled) {
        let place = (second.saturating_sub(2 * NEAR / 3), end);
        log.find(say(facts, block, place, Severity::Info, Word::TextDoubledCharacter));
    }
}

fn department<'a>(facts: &Facts<'a>) -> &'a str {
    facts.d.header.department.map_or("", |name| facts.d.words.text(name.value))
}

/// Returns the regions that the department's name begins with, but is more than.
fn regions<'a>(facts: &Facts<'a>) -> Vec<&'a str> {
    let department = department(facts);
    let regions = facts.d.header.region.iter().map(|region| facts.d.words.text(*region));
    regions.filter(|region| department.starts_with(region) && department != *region).collect()
}

/// 赤壁市2022年政府采购预算, where the department's name lost its end.
fn region_alone(facts: &Facts, log: &mut Log, block: &Block, regions: &[&str]) {
    const FIGURES: &[&str] = &["政府采购", "收入", "支出", "机关运行", "\"三公"];
    if block.row || !matches!(block.part, Some(Part::Accounts | Part::Performance)) {
        return;
    }
    let text = facts.text.cut(block.start as usize, block.end as usize);
    // Nearly no block begins with the first character of a region.
    let first = |text: &str| text.as_bytes().first_chunk::<3>().copied();
    for region in regions.iter().filter(|region| first(region) == first(text)) {
        let Some(rest) = text.strip_prefix(region) else { continue };
        let year = slice(rest, 4, 7) == "年" && slice(rest, 0, 4).bytes().all(|b| b.is_ascii_digit());
        let rest = slice(rest, 7, rest.len());
        let figure = FIGURES.iter().any(|word| rest.starts_with(word));
        if year && figure {
            let department = department(facts);
            let place = (block.start as usize, block.start as usize + region.len());
            let mut found = say(facts, block, place, Severity::Info, Word::TextRegion);
            found.message.arguments.push(Argument::Shown(department.into()));
            log.find(found.computed(department));
        }
    }
}

/// 因公出国（境）费用0万元，比去年减少20.3万元，主要是去年购买公务用车: the reason is another line's.
fn other_reason(facts: &Facts, log: &mut Log) {
    const LINES: &[(&str, &[&str])] = &[
        ("因公出国（境）费用", &["公务用车", "购车", "接待"]),
        ("公务接待费", &["公务用车", "购车", "出国"]),
        ("公务用车运行维护费", &["接待批次", "出国"]),
    ];
    for (change, item) in facts.measured(Measure::Delta) {
        if item.relation != Some(Relation::Change) {
            continue;
        }
        let Some((_, others)) = LINES.iter().find(|(name, _)| *name == facts.canonical(change)) else {
            continue;
        };
        let after = facts.sentence_after(change);
        let reason = after.trim_start_matches(',');
        let Some(reason) = reason
            .strip_prefix("主要是")
            .or_else(|| reason.strip_prefix("主要原因是"))
            .or_else(|| reason.strip_prefix("原因是"))
        else {
            continue;
        };
        let reason = slice(reason, 0, reason.find([';', '。', ',']).unwrap_or(reason.len()));
        if let Some(other) = others.iter().find(|other| reason.contains(*other)) {
            let arguments =
                [Argument::Subject(change), Argument::Figure(change), Argument::Shown(reason.into())];
            let found =
                Finding::new(Severity::Warning, item.span, Sentence::new(Word::TextOtherReason, arguments));
            log.find(found.items([change]).stated(reason).computed(*other));
        }
    }
}

/// What was filled into the wrong cell.
fn cells(facts: &Facts, log: &mut Log) {
    indicators(facts, log);
    let label = clue!("三级指标");
    let labels: Vec<Span> = facts.hits.of(label).iter().map(|at| facts.place_of(*at, label)).collect();
    for table in &facts.d.source.tables {
        let mut head: Option<&crate::source::Row> = None;
        for row in &table.rows {
            for cell in &row.cells {
                cell_text(facts, log, cell.span);
            }
            if labels.is_empty() {
                continue;
            }
            let mut texts = row.cells.iter().map(|cell| (facts.cut(cell.span), cell.span));
            let labelled = row.span().is_some_and(|row| labels.iter().any(|label| row.contains(*label)));
            if labelled && texts.clone().any(|(text, _)| text.starts_with(label.word())) {
                head = Some(row);
                continue;
            }
            let Some(above) = head else { continue };
            let under = texts.clone().take(3).all(|(text, _)| text.is_empty())
                && texts.clone().all(|(text, _)| !text.bytes().any(|b| b.is_ascii_digit()));
            if !under {
                head = None;
                continue;
            }
            let known = |text: &str| above.cells.iter().any(|cell| facts.cut(cell.span) == text);
            if let Some((text, span)) = texts.find(|(text, _)| !text.is_empty() && known(text)) {
                log.find(cell(span, Severity::Warning, Word::TextHeadTwice, text));
            }
        }
    }
    unfilled(facts, log);
}

fn cell(span: Span, severity: Severity, word: Word, text: &str) -> Finding {
    Finding::new(severity, span, Sentence::new(word, [Argument::words(text)])).stated(text)
}

fn indicators(facts: &Facts, log: &mut Log) {
    let value_like = |text: &str| {
        text.starts_with(['≤', '≥']) && text.chars().any(|c| c.is_ascii_digit())
            || text.ends_with('%') && text.starts_with(|c: char| c.is_ascii_digit())
    };
    // Most of what is asked is told by the character that a cell begins with; a Chinese one is the same in folded form.
    let first = |span: Span| facts.d.source.cut(span).chars().next().filter(|c| is_han(*c));
    for indicator in &facts.d.indicators {
        if first(indicator.basis).is_none() {
            let basis = facts.cut(indicator.basis);
            if value_like(basis) {
                log.find(cell(indicator.basis, Severity::Warning, Word::TextValueAsBasis, basis));
            }
        }
        let levels = first(indicator.level1).zip(first(indicator.level2));
        if levels.is_none_or(|(one, other)| one == other) {
            let [one, other] = [indicator.level1, indicator.level2].map(|span| facts.cut(span));
            if one == other && one.ends_with("指标") {
                log.find(cell(indicator.level2, Severity::Info, Word::TextLevelTwice, other));
            }
        }
        for (_, span) in indicator.values.iter().filter(|(_, span)| first(*span).is_none()) {
            let value = facts.cut(*span);
            if value == "≥100%" {
                log.find(cell(*span, Severity::Info, Word::TextAtLeastAll, value));
            }
        }
    }
}

/// Whether the first character of a cell stands in it once more, as far as that is told without folding it.
fn may_be_doubled(raw: &str) -> bool {
    let first = raw.chars().next().filter(|c| is_han(*c)).map_or(0, char::len_utf8);
    raw.split_at_checked(first).is_none_or(|(first, rest)| holds(rest, first))
}

/// One text twice in a cell, and a number without its point among others that have one.
fn cell_text(facts: &Facts, log: &mut Log, span: Span) {
    const SHORTEST: usize = 8;
    let raw = facts.d.source.cut(span);
    if raw.len() >= SHORTEST && may_be_doubled(raw) {
        let text = facts.cut(span);
        let (bytes, half) = (text.as_bytes(), text.len() / 2);
        if bytes.first() == bytes.get(half)
            && bytes.get(..half) == bytes.get(half..)
            && text.chars().count() >= SHORTEST
        {
            log.find(cell(span, Severity::Info, Word::TextDoubledCell, slice(text, 0, half)));
        }
    }
    let bare = raw.starts_with('1') && raw.chars().nth(1).is_some_and(is_han);
    if bare && raw.contains("\n2.") {
        log.find(cell(span, Severity::Info, Word::TextNumberPoint, slice(facts.cut(span), 0, 13)));
    }
}

/// 填报日期; where a colon is meant.
fn unfilled(facts: &Facts, log: &mut Log) {
    const LABELS: [Clue; 3] = [clue!("填报日期;"), clue!("单位;"), clue!("联系电话;")];
    let places = |label: Clue| facts.hits.of(label).iter().map(move |at| (*at, label));
    let mut places: Vec<(u32, Clue)> = LABELS.into_iter().flat_map(places).collect();
    places.sort_unstable_by_key(|(at, _)| *at);
    for (at, label) in places {
        let end = at + label.word().len() as u32;
        if let Some(block) = facts.block_at(at, end).filter(|block| block.start == at) {
            let place = (at as usize, end as usize);
            log.find(say(facts, block, place, Severity::Info, Word::TextLabel));
        }
    }
}
