//! What a search found → one line each.

use std::borrow::Cow;
use std::io::{self, Write};

use super::json::file_name;
use super::plain::visible;
use crate::corpus::search::Hit;
use crate::corpus::tree::Node;
use crate::corpus::{Corpus, EntryId};
use crate::lang::{Lang, Word};
use crate::model::{Basis, Item, SectionId};

/// What stands between the columns of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Columns {
    /// A tab, for other programs.
    Tabs,
    /// Two spaces, for people.
    Spaces,
}

/// Writes one line for each hit: the department, the year and basis that the figure is about, the section, the subject
/// with its aspect, the value with its unit, and the file with the line. What a hit has none of is left empty.
pub fn write_hits(
    corpus: &Corpus,
    hits: &[Hit],
    columns: Columns,
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    hits.iter().try_for_each(|hit| {
        let cells = cells(corpus, hit.node, lang);
        let cells = cells.iter().map(|cell| visible(cell));
        match columns {
            Columns::Tabs => writeln!(out, "{}", cells.collect::<Vec<_>>().join("\t")),
            Columns::Spaces => {
                let filled: Vec<Cow<str>> = cells.filter(|cell| !cell.is_empty()).collect();
                writeln!(out, "{}", filled.join("  "))
            }
        }
    })
}

/// Returns a basis as a word of the program.
pub fn basis_word(basis: Basis) -> Word {
    match basis {
        Basis::Budget => Word::Budget,
        Basis::FinalAccounts => Word::FinalAccounts,
    }
}

fn cells(corpus: &Corpus, node: Node, lang: Lang) -> [String; 6] {
    let section = || corpus.section_over(node).map(|place| place.section);
    match node {
        Node::Department(department) => {
            let name = department.map_or(Word::UnknownDepartment.text(lang), |name| corpus.words.text(name));
            [name.to_owned(), String::new(), String::new(), String::new(), String::new(), String::new()]
        }
        Node::Disclosure(entry) => line(corpus, entry, None, None, lang),
        Node::Section(place) => line(corpus, place.entry, Some(place.section), None, lang),
        Node::Table(place) => line(corpus, place.entry, section(), None, lang),
        Node::Item(place) => line(corpus, place.entry, section(), corpus.item(place), lang),
    }
}

fn line(
    corpus: &Corpus,
    entry: EntryId,
    section: Option<SectionId>,
    item: Option<&Item>,
    lang: Lang,
) -> [String; 6] {
    let department = corpus.department(entry).unwrap_or(Word::UnknownDepartment.text(lang)).to_owned();
    let Some(entry) = corpus.entry(entry) else { return [const { String::new() }; 6] };
    let (disclosure, words) = (&entry.disclosure, &corpus.words);
    let section = section.and_then(|section| disclosure.sections.get(section.0 as usize));
    let header = &disclosure.header;
    let year = item.and_then(Item::year).or(header.year.map(|year| year.value));
    let basis = item.and_then(|item| item.basis).or(header.basis.map(|basis| basis.value));
    let year = year.map_or(Word::UnknownYear.text(lang).to_owned(), |year| year.to_string());
    let basis = basis.map_or(String::new(), |basis| format!(" {}", basis_word(basis).text(lang)));
    let subject = item.map(|item| {
        let aspect = item.aspect.map_or(String::new(), |aspect| format!(" · {}", words.text(aspect)));
        format!("{}{aspect}", words.subject_text(item.subject))
    });
    let start =
        item.map(|item| item.span.start).or(section.map(|section| section.heading.start)).unwrap_or(0);
    [
        department,
        year + &basis,
        section.map_or("", |section| words.text(section.title)).to_owned(),
        subject.unwrap_or_default(),
        item.map_or(String::new(), |item| format!("{}{}", item.value, item.unit.name())),
        format!("{}:{}", file_name(entry.file_at(start)), disclosure.source.line_of(start)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::example::{corpus, disclosure};
    use crate::corpus::search::Searcher;

    #[track_caller]
    fn check(query: &str, columns: Columns, lang: Lang, expect: &str) {
        let text = "合计 5 万元\n# 一、三公\n公务接待费 3.43 万元 财政\t拨款\n接待费增幅 -8.70 %\n";
        let corpus = corpus([
            disclosure("甲局", 2022, Basis::Budget, &text.replace('\t', "\u{200b}")),
            disclosure("", 0, Basis::FinalAccounts, "会议费 1 元"),
        ]);
        let hits = Searcher::default().search(&corpus, query, usize::MAX);
        let mut out = Vec::new();
        write_hits(&corpus, &hits, columns, lang, &mut out).expect("a vector takes it");
        assert_eq!(String::from_utf8(out).expect("it is text"), expect);
    }

    #[test]
    fn a_line_has_six_columns() {
        let line = "甲局\t2022 预算\t一、三公\t公务接待费 · 财政␦拨款\t3.43万元\t0.txt:3\n";
        check("公务接待费", Columns::Tabs, Lang::Chinese, line);
        check("合计", Columns::Tabs, Lang::English, "甲局\t2022 budget\t\t合计\t5万元\t0.txt:1\n");
        check(
            "增幅",
            Columns::Tabs,
            Lang::Chinese,
            "甲局\t2022 预算\t一、三公\t接待费增幅\t-8.70%\t0.txt:4\n",
        );
    }

    #[test]
    fn people_see_no_empty_columns() {
        check("甲局 合计", Columns::Spaces, Lang::Chinese, "甲局  2022 预算  合计  5万元  0.txt:1\n");
        let figure = "甲局  2022 预算  一、三公  接待费增幅  -8.70%  0.txt:4\n";
        check("甲局 三公 -8.70", Columns::Spaces, Lang::Chinese, figure);
    }

    #[test]
    fn what_was_not_found_in_the_header_is_said() {
        let line = "（未识别部门）\t（未识别年度） 决算\t\t会议费\t1元\t1.txt:1\n";
        check("会议费", Columns::Tabs, Lang::Chinese, line);
    }
}
