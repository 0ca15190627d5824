//! Which lines are the contents page.

use super::line::{LONGEST_HEADING, Line};
use super::numbering::Style;

/// How many entries of a contents page are tried as the one that begins the body.
const CONTENTS_TRIES: usize = 6;

/// Returns the blocks of the contents page: from its title to the block that begins the body.
pub(super) fn contents_page(lines: &[Line]) -> Option<(usize, usize)> {
    let title = lines.iter().position(|line| line.short && matches!(line.text, "目录" | "目次" | "目录:"))?;
    // A sentence is no entry, so that the body has begun before it, with the heading right above it.
    let is_sentence = |line: &Line| !line.is_row() && line.text.ends_with(['。', '；', ';']);
    let behind = || lines.iter().enumerate().skip(title + 1);
    let sentence = behind().find(|(_, line)| is_sentence(line)).map_or(lines.len(), |(at, _)| at);
    let entries = behind().take(sentence - title - 1).rev();
    let headings = entries.take_while(|(_, line)| line.short && line.numbering.is_none()).count();
    let limit = sentence - headings;
    let mut first = true;
    for entry in title + 1..(title + 1 + CONTENTS_TRIES).min(limit) {
        let key = lines.get(entry).map_or("", Line::key);
        if key.chars().count() < 2 {
            continue;
        }
        let is_same = |line: &Line| line.short && line.core().starts_with(key) && line.key() == key;
        // The first entry is what the body begins with, even where a remark in the contents page is a sentence.
        let end = if std::mem::take(&mut first) { lines.len() } else { sentence };
        let again = lines.iter().take(end).skip(entry + 1).position(is_same);
        if let Some(again) = again {
            return Some((title, entry + 1 + again));
        }
    }
    if let Some(again) = first_part_again(lines, title, sentence) {
        return Some((title, again));
    }
    if limit < sentence && limit > title + 1 {
        return Some((title, limit));
    }
    let entries = lines.iter().skip(title + 1).take_while(|line| {
        line.short
            && line.numbering.is_some()
            && line.text.chars().count() <= LONGEST_HEADING
            && !line.closes()
    });
    Some((title, title + 1 + entries.count()))
}

/// Returns the line before the first sentence that is called the first part as an entry before it is, whatever its title.
fn first_part_again(lines: &[Line], title: usize, sentence: usize) -> Option<usize> {
    let is_first = |line: &Line| {
        line.short && line.numbering.is_some_and(|number| number.style == Style::Part && number.value == 1)
    };
    let firsts = lines.iter().enumerate().take(sentence).skip(title + 1).filter(|(_, line)| is_first(line));
    firsts.map(|(at, _)| at).nth(1)
}

/// Returns what the outermost entries of a contents page name, where none of them is called a part.
pub(super) fn entries<'a>(page: &[Line<'a>]) -> Vec<&'a str> {
    let numbered = || page.iter().filter_map(|line| Some((line.numbering?.style, line)));
    if numbered().any(|(style, _)| style == Style::Part) {
        return Vec::new();
    }
    let Some((outermost, _)) = numbered().next() else { return Vec::new() };
    numbered().filter(|(style, _)| *style == outermost).map(|(_, line)| line.key()).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::parse::parse;
    use crate::source::{Encoding, Format, Source};

    #[test]
    fn the_body_begins_with_the_first_part_though_its_title_is_another_and_entries_are_broken() {
        let page = "目 录\n第一部分 某县人民法院概况\n一、主要职责\n第二部分 部门决算表\n一、财政拨款“三公”经费支出决算\n表\n二、国有资产占用情况表\n第三部分\n2020年度情况说明\n一、收入情况说明\n";
        let body = "第一部分 某县人民法院部门概况\n一、主要职能\n负责审判。\n第三部分 2020年度情况说明\n一、收入情况说明\n收入总计3.00万元。\n";
        let source = Source::from_text(format!("{page}{body}"), Format::Text, Encoding::Utf8);
        let read = parse(Path::new("a.txt"), source);
        let headings: Vec<&str> =
            read.sections.iter().map(|section| read.source.cut(section.heading)).collect();
        let body = [
            "第一部分 某县人民法院部门概况",
            "一、主要职能",
            "第三部分 2020年度情况说明",
            "一、收入情况说明",
        ];
        assert_eq!(headings, body);
    }
}
