//! TEXT: what a template or a hasty hand left behind.

use super::facts::Facts;
use super::finding::{Argument, Finding, Sentence, Severity};
use super::report::Log;
use super::{Check, Code};
use crate::lang::Word;
use crate::model::{Measure, NoteKind, Part, Relation};
use crate::source::fold::{Folded, folded};
use crate::source::span::slice;
use crate::source::{BlockKind, Span};

pub(super) const CHECK: Check = Check {
    code: Code::Text,
    title: Word::TextTitle,
    explanation: Word::TextExplains,
    wrong: "第一部分 2024年部门预算说明\n一、“三公”经费情况\n公务接待费3.40万元，比2023年预算减少0.20万元，主要原因是。\n",
    right: "第一部分 2024年部门预算说明\n一、“三公”经费情况\n公务接待费3.40万元，比2023年预算减少0.20万元，主要原因是厉行节约。\n",
    run,
};

fn run(facts: &Facts, log: &mut Log) {
    choices(facts, log);
    let body = facts.d.contents.map_or(0, |contents| contents.end);
    let mut text = Folded::default();
    for block in facts.d.source.blocks.iter().filter(|block| block.span.start >= body) {
        if !is_odd(facts.between(block.span.start, block.span.end)) {
            continue;
        }
        text.clear();
        text.push(&facts.d.source.text, block.span);
        let row = matches!(block.kind, BlockKind::Row { .. });
        phrases(log, &text, row);
        if !row {
            let accounts = facts
                .section_at(block.span)
                .is_some_and(|s| matches!(s.part, Part::Accounts | Part::Performance));
            garbled(facts, log, &text, accounts);
            region_alone(facts, log, &text, accounts);
        }
        doubled_names(log, &text);
    }
    other_reason(facts, log);
    cells(facts, log);
}

/// Whether a text has anything in it that is worth a closer look: most have not, and looking costs more than reading.
fn is_odd(text: &str) -> bool {
    let (mut last, mut digits) = ('\0', 0);
    for c in text.chars() {
        let twice = c == last && !c.is_ascii_digit();
        let marks = matches!((last, c), (',' | '、', '。') | ('。', ','));
        let cut = matches!((last, c), ('是' | '因' | ':' | '于', '。' | ';'));
        let runs_on = last == '%' && (c.is_ascii_digit() || matches!(c, '收' | '支' | '增' | '减'));
        let year = matches!(c, '度' | '部' | '单' | '日' | '年')
            && matches!(digits, 4 | 8)
            && (c != '年' || digits == 8);
        if twice || marks || cut || runs_on || year || c == '与' {
            return true;
        }
        digits = if c.is_ascii_digit() { digits + 1 } else { 0 };
        last = c;
    }
    text.contains('X') || text.contains("××") || begins_with_region(text) || !doubled_words(text).is_empty()
}

/// Whether a text may begin with the name of a place and a year.
fn begins_with_region(text: &str) -> bool {
    const LONGEST: usize = 30;
    slice(text, 0, LONGEST).contains(['省', '市', '县', '区', '州'])
}

/// 增加（减少） left in from a template.
fn choices(facts: &Facts, log: &mut Log) {
    for note in facts.d.notes.iter().filter(|note| note.kind == NoteKind::TemplateChoice) {
        let line = facts.d.source.cut(Span { start: note.span.start.saturating_sub(24), end: note.span.end });
        let arguments =
            [note.item.map_or(Argument::Text("".into()), Argument::Subject), Argument::words(line)];
        let found = Finding::new(Severity::Warning, note.span, Sentence::new(Word::TextChoice, arguments));
        log.find(found.stated(line));
    }
}

fn say(text: &Folded, at: usize, end: usize, severity: Severity, word: Word) -> Finding {
    let (at, end) =
        (text.text.floor_char_boundary(at), text.text.ceil_char_boundary(end.min(text.text.len())));
    let from = text.text.floor_char_boundary(at.saturating_sub(18));
    let to = text.text.ceil_char_boundary((end + 12).min(text.text.len()));
    let arguments = [Argument::words(text.cut(at, end)), Argument::words(text.cut(from, to))];
    Finding::new(severity, text.span(at, end), Sentence::new(word, arguments)).stated(text.cut(at, end))
}

/// Sentences cut off, placeholders, marks and words twice.
fn phrases(log: &mut Log, text: &Folded, row: bool) {
    const CUT: &[&str] =
        &["主要原因是。", "主要原因是;", "主要是。", "原因是。", "主要原因:。", "主要原因。", "主要用于。"];
    const PLACES: &[&str] = &["XX", "xx", "××", "XXX", "___", "○○", "〇〇"];
    const MARKS: &[&str] = &["。。", ",,", "、、", "::", ";;", ",。", "。,", "、。"];
    let mut last = 0;
    for cut in CUT.iter().filter(|_| text.text.contains("主要") || text.text.contains("原因")) {
        for (at, found) in text.text.match_indices(cut) {
            if at >= last {
                log.find(say(text, at, at + found.len(), Severity::Warning, Word::TextCutOff));
                last = at + found.len();
            }
        }
    }
    let mut last = 0;
    let maybe = text.text.contains(['X', 'x', '×', '_', '○', '〇']);
    for place in PLACES.iter().filter(|_| maybe) {
        for (at, found) in text.text.match_indices(place) {
            let name = text.text.contains("http") || text.text.contains("www");
            if at >= last && !name && !row {
                log.find(say(text, at, at + found.len(), Severity::Warning, Word::TextPlaceholder));
                last = at + found.len() + 3;
            }
        }
    }
    for mark in MARKS {
        if let Some(at) = text.text.find(mark) {
            log.find(say(text, at, at + mark.len(), Severity::Info, Word::TextDoubledMark));
        }
    }
    for (at, length) in doubled_words(&text.text) {
        log.find(say(text, at, at + length, Severity::Info, Word::TextDoubledWord));
    }
}

/// Returns where words of three characters and more stand twice running.
fn doubled_words(text: &str) -> Vec<(usize, usize)> {
    const SHORTEST: usize = 3;
    const LONGEST: usize = 12;
    let han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    // The last characters and where they begin, and for each distance how many in a row are the same as that far before.
    let mut recent = [(0, '\0'); 2 * LONGEST + 1];
    let mut same = [0; LONGEST + 1];
    let (mut found, mut count) = (Vec::new(), 0);
    for (at, c) in text.char_indices() {
        for length in SHORTEST..=LONGEST {
            let before = recent.get((count + recent.len() - length) % recent.len());
            let repeats = count >= length && han(c) && before.is_some_and(|(_, before)| *before == c);
            let Some(run) = same.get_mut(length) else { continue };
            *run = if repeats { *run + 1 } else { 0 };
            if *run == length {
                let start = recent
                    .get((count + recent.len() + 1 - 2 * length) % recent.len())
                    .map_or(at, |first| first.0);
                found.push((start, at + c.len_utf8() - start));
                same = [0; LONGEST + 1];
                break;
            }
        }
        let place = count % recent.len();
        if let Some(slot) = recent.get_mut(place) {
            *slot = (at, c);
        }
        count += 1;
    }
    found
}

/// Known names with a character twice: 政府性性基金.
fn doubled_names(log: &mut Log, text: &Folded) {
    const NAMES: &[&str] = &[
        "政府性基金",
        "一般公共预算",
        "国有资本经营",
        "行政事业单位",
        "财政拨款",
        "社会保障",
        "基本支出",
        "项目支出",
        "公务接待费",
        "机关运行经费",
        "预算支出",
        "卫生健康",
    ];
    let places: Vec<(usize, char)> = text.text.char_indices().collect();
    for pair in places.windows(2) {
        let [(at, one), (second, two)] = pair else { continue };
        if one != two || !('\u{4E00}'..='\u{9FFF}').contains(one) {
            continue;
        }
        let near = |from: usize, to: usize| slice(&text.text, from, to);
        let (start, end) = (at.saturating_sub(18), (second + 21).min(text.text.len()));
        let without = format!("{}{}", near(start, *at), near(*second, end));
        let with = near(start, end);
        if NAMES.iter().any(|name| without.contains(name) && !with.contains(name)) {
            let from = text.text.floor_char_boundary(at.saturating_sub(9));
            log.find(say(text, from, *second + two.len_utf8(), Severity::Info, Word::TextDoubledCharacter));
        }
    }
}

/// A comparison with the wrong word, a missing mark, a year without 年.
fn garbled(facts: &Facts, log: &mut Log, text: &Folded, accounts: bool) {
    for (at, start) in text.text.match_indices('与') {
        let rest = slice(&text.text, at + start.len(), text.text.len());
        let head = slice(rest, 0, 36);
        for word in ["增加", "减少", "下降", "增长"] {
            let Some(end) = head.find(word) else { continue };
            let words = slice(head, 0, end);
            let base = words.starts_with("上年") || words.starts_with("去年");
            if base && words.chars().count() <= 8 && !words.contains(['比', '较', ',', '相', '对']) {
                log.find(say(
                    text,
                    at,
                    at + start.len() + end + word.len(),
                    Severity::Info,
                    Word::TextCompared,
                ));
            }
        }
    }
    if accounts {
        for (at, mark) in text.text.match_indices('%') {
            let rest = slice(&text.text, at + mark.len(), text.text.len());
            let before = slice(&text.text, 0, at).ends_with(|c: char| c.is_ascii_digit());
            let year = rest.get(..4).is_some_and(|year| year.bytes().all(|b| b.is_ascii_digit()))
                && slice(rest, 4, 7) == "年";
            let runs_on = year
                || ["收入增", "支出增", "支出减", "收入减", "增加原因", "减少原因"]
                    .iter()
                    .any(|word| rest.starts_with(word));
            if before && runs_on {
                let start = slice(&text.text, 0, at)
                    .rfind(|c: char| !c.is_ascii_digit() && c != '.')
                    .map_or(0, |p| p + 1);
                let start = text.text.ceil_char_boundary(start);
                log.find(say(text, start, at + 13, Severity::Info, Word::TextNoMark));
            }
        }
    }
    years(facts, log, text);
}

/// 2020度, 2023部门整体, 20201231日.
fn years(facts: &Facts, log: &mut Log, text: &Folded) {
    let bytes = text.text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let digits = bytes.iter().skip(at).take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 {
            at += 1;
            continue;
        }
        let (number, rest) =
            (slice(&text.text, at, at + digits), slice(&text.text, at + digits, text.text.len()));
        let year: Option<u16> = slice(number, 0, 4).parse().ok();
        let about = year.is_some_and(|year| facts.year != 0 && year.abs_diff(facts.year) <= 5);
        let before = slice(&text.text, 0, at).chars().next_back();
        let alone = before.is_none_or(|c| !c.is_ascii_alphanumeric() && !"〔([-—/.号第".contains(c));
        let lost =
            digits == 4 && (rest.starts_with('度') || rest.starts_with("部门") || rest.starts_with("单位"));
        let glued = digits == 8 && rest.starts_with('日');
        if about && alone && (lost || glued) {
            log.find(say(text, at, (at + digits + 6).min(text.text.len()), Severity::Info, Word::TextYear));
        }
        at += digits;
    }
}

/// 赤壁市2022年政府采购预算, where the department's name lost its end.
fn region_alone(facts: &Facts, log: &mut Log, text: &Folded, accounts: bool) {
    let department =
        facts.d.header.department.map(|name| facts.d.words.text(name.value).to_owned()).unwrap_or_default();
    for region in &facts.d.header.region {
        let region = facts.d.words.text(*region);
        let Some(rest) = text.text.strip_prefix(region) else { continue };
        let year = slice(rest, 4, 7) == "年" && slice(rest, 0, 4).bytes().all(|b| b.is_ascii_digit());
        let rest = slice(rest, 7, rest.len());
        let figure = rest.starts_with("政府采购")
            || rest.starts_with("收入")
            || rest.starts_with("支出")
            || rest.starts_with("机关运行")
            || rest.starts_with("\"三公");
        if accounts && year && figure && department.starts_with(region) && department != region {
            let mut found = say(text, 0, region.len(), Severity::Info, Word::TextRegion);
            found.message.arguments.push(Argument::Text(department.as_str().into()));
            log.find(found.computed(&department));
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
        let after = facts.between(item.span.end, facts.sentence(change).end);
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
                [Argument::Subject(change), Argument::Figure(change), Argument::Text(reason.into())];
            let found =
                Finding::new(Severity::Warning, item.span, Sentence::new(Word::TextOtherReason, arguments));
            log.find(found.items([change]).stated(reason).computed(other));
        }
    }
}

/// What was filled into the wrong cell.
fn cells(facts: &Facts, log: &mut Log) {
    let cut = |span: Span| folded(facts.d.source.cut(span));
    let value_like = |text: &str| {
        text.starts_with(['≤', '≥']) && text.chars().any(|c| c.is_ascii_digit())
            || text.ends_with('%') && text.starts_with(|c: char| c.is_ascii_digit())
    };
    let say = |span: Span, severity, word, text: &str| {
        Finding::new(severity, span, Sentence::new(word, [Argument::words(text)])).stated(text)
    };
    for indicator in &facts.d.indicators {
        let (basis, level1, level2) = (cut(indicator.basis), cut(indicator.level1), cut(indicator.level2));
        if value_like(&basis) {
            log.find(say(indicator.basis, Severity::Warning, Word::TextValueAsBasis, &basis));
        }
        if level1 == level2 && level1.ends_with("指标") {
            log.find(say(indicator.level2, Severity::Info, Word::TextLevelTwice, &level2));
        }
        for (_, span) in &indicator.values {
            let value = cut(*span);
            if value == "≥100%" {
                log.find(say(*span, Severity::Info, Word::TextAtLeastAll, &value));
            }
        }
    }
    for table in &facts.d.source.tables {
        let mut head: Option<Vec<(u16, String)>> = None;
        for row in &table.rows {
            let texts: Vec<(u16, String, Span)> =
                row.cells.iter().map(|cell| (cell.column, cut(cell.span), cell.span)).collect();
            for (_, text, span) in &texts {
                let half = text.len() / 2;
                let count = text.chars().count();
                let doubled = count >= 8
                    && count.is_multiple_of(2)
                    && text.is_char_boundary(half)
                    && slice(text, 0, half) == slice(text, half, text.len());
                if doubled {
                    log.find(say(*span, Severity::Info, Word::TextDoubledCell, slice(text, 0, half)));
                }
                let raw = facts.d.source.cut(*span);
                let bare = raw.starts_with('1')
                    && raw.chars().nth(1).is_some_and(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
                if bare && raw.contains("\n2.") {
                    log.find(say(*span, Severity::Info, Word::TextNumberPoint, slice(text, 0, 13)));
                }
            }
            let begins = texts.iter().any(|(_, text, _)| text.starts_with("三级指标"));
            if begins {
                head = Some(texts.iter().map(|(column, text, _)| (*column, text.clone())).collect());
                continue;
            }
            let Some(above) = &head else { continue };
            let under = texts.iter().all(|(_, text, _)| !text.chars().any(|c| c.is_ascii_digit()))
                && texts.iter().take(3).all(|(_, text, _)| text.is_empty());
            if !under {
                head = None;
                continue;
            }
            for (_, text, span) in texts.iter().filter(|(_, text, _)| !text.is_empty()) {
                if above.iter().any(|(_, known)| known == text) {
                    log.find(say(*span, Severity::Warning, Word::TextHeadTwice, text));
                }
            }
        }
    }
    labels(facts, log);
}

/// 填报日期; where a colon is meant.
fn labels(facts: &Facts, log: &mut Log) {
    let mut text = Folded::default();
    for block in &facts.d.source.blocks {
        text.clear();
        text.push(&facts.d.source.text, block.span);
        for label in ["填报日期;", "单位;", "联系电话;"] {
            if let Some(at) = text.text.find(label).filter(|at| *at == 0) {
                log.find(say(&text, at, at + label.len(), Severity::Info, Word::TextLabel));
            }
        }
    }
}
