//! Small corpora for tests, written as text: a heading is `# title`, a figure is `subject value unit`.

use std::path::PathBuf;

use super::{Corpus, EntryId};
use crate::model::{
    Basis, Confidence, Disclosure, Evidence, Header, Item, Measure, Part, Section, SectionId, Subject,
};
use crate::quantity::{Amount, Kind, Unit};
use crate::source::{Encoding, Format, Source, Span, span};

/// Returns a disclosure of which `text` has headings (`# 一、收支`, deeper with more `#`) and figures, one a line, such as
/// `公务接待费 3.43 万元`, followed by an aspect (`基本支出`) and a year (`@2021`) where it has them.
pub(crate) fn disclosure(department: &str, year: u16, basis: Basis, text: &str) -> Disclosure {
    let source = Source::from_text(text.to_owned(), Format::Text, Encoding::Utf8);
    let mut disclosure = Disclosure { source, ..Disclosure::default() };
    let evidence = Evidence { value: year, span: None, confidence: Confidence::Title };
    disclosure.header = Header {
        department: (!department.is_empty()).then(|| Evidence {
            value: disclosure.words.name(department),
            span: None,
            confidence: Confidence::Title,
        }),
        year: (year != 0).then_some(evidence),
        basis: Some(Evidence { value: basis, span: None, confidence: Confidence::Title }),
        ..Header::default()
    };
    for number in 1..=disclosure.source.lines.len() as u32 {
        let line = disclosure.source.line(number);
        let written = disclosure.source.cut(line).to_owned();
        if written.starts_with('#') {
            add_section(&mut disclosure, &written, line);
        } else if !written.trim().is_empty() {
            add_item(&mut disclosure, &written, line, year, basis);
        }
    }
    disclosure
}

/// Returns a corpus of disclosures in the order given, in files `0.txt`, `1.txt` and so on.
pub(crate) fn corpus(disclosures: impl IntoIterator<Item = Disclosure>) -> Corpus {
    let mut corpus = Corpus::default();
    for (number, disclosure) in disclosures.into_iter().enumerate() {
        let EntryId(id) = corpus.add(PathBuf::from(format!("{number}.txt")), disclosure);
        assert_eq!(id as usize, number);
    }
    corpus
}

fn add_section(disclosure: &mut Disclosure, written: &str, line: Span) {
    let level = written.chars().take_while(|&c| c == '#').count() as u8;
    let title = disclosure.words.name(written.trim_start_matches('#').trim());
    let id = SectionId(disclosure.sections.len() as u32);
    let above = disclosure.sections.iter().rposition(|above| above.level < level);
    let parent = above.map(|index| SectionId(index as u32)).filter(|parent| *parent < id);
    for open in
        disclosure.sections.iter_mut().filter(|open| open.level >= level && open.span.end > line.start)
    {
        open.span.end = line.start;
    }
    let span = Span::new(line.start as usize, disclosure.source.text.len());
    let section = Section { title, level, part: Part::Accounts, parent, heading: line, span };
    disclosure.sections.push(section);
}

fn add_item(disclosure: &mut Disclosure, written: &str, line: Span, year: u16, basis: Basis) {
    let mut words = written.split_whitespace();
    let (Some(subject), Some(value), Some(unit)) = (words.next(), words.next(), words.next()) else {
        panic!("{written:?} is not `subject value unit`");
    };
    let at = line.start as usize + written.find(value).expect("it was split out");
    let unit = *Unit::ALL.iter().find(|known| known.name() == unit).expect("a unit");
    let name = disclosure.words.name(subject);
    let mut item = Item {
        span: span::trim(&disclosure.source.text, Span::new(at, at + value.len())),
        value: Amount::parse(value).expect("a number"),
        section: SectionId(disclosure.sections.len().saturating_sub(1) as u32),
        subject: disclosure.words.subject(Subject { name, canonical: name, code: None }),
        aspect: None,
        parent: None,
        cell: None,
        about_year: year,
        measure: match unit.kind() {
            Kind::Money => Measure::Amount,
            Kind::Ratio => Measure::Rate,
            Kind::Count => Measure::Count,
        },
        unit,
        basis: Some(basis),
        relation: None,
    };
    for word in words {
        match word.strip_prefix('@') {
            Some(year) => item.about_year = year.parse().expect("a year"),
            None => item.aspect = Some(disclosure.words.name(word)),
        }
    }
    disclosure.items.push(item);
}
