//! A place in the corpus → what one copies of it: its value, its row, or what one writes to cite it.

use super::action::As;
use super::label;
use super::table::{Column, Figure};
use crate::corpus::tree::Node;
use crate::corpus::{Corpus, ItemRef};
use crate::lang::{Lang, Word};
use crate::model::{Edition, Item};

/// Returns what is copied of a place. `row` is the row of figures that it stands in, where it is one.
pub fn text(corpus: &Corpus, node: Node, row: Option<&Figure>, how: As) -> String {
    match how {
        As::Value => value(corpus, node),
        As::Row => self::row(corpus, node, row),
        As::Citation => citation(corpus, node),
    }
}

/// Returns the number of a figure with its unit; the name of anything else.
fn value(corpus: &Corpus, node: Node) -> String {
    match node {
        Node::Item(place) => corpus.item(place).map(amount).unwrap_or_default(),
        _ => label::node(corpus, node, Lang::Chinese),
    }
}

fn amount(item: &Item) -> String {
    format!("{}{}", item.value, item.unit.name())
}

/// Returns the subject and the numbers of a row, with tabs between, as a spreadsheet takes them.
fn row(corpus: &Corpus, node: Node, row: Option<&Figure>) -> String {
    let Node::Item(place) = node else { return value(corpus, node) };
    let Some(item) = corpus.item(place) else { return String::new() };
    let mut cells = vec![corpus.words.subject_text(item.subject).to_owned()];
    match row {
        Some(figure) => {
            let item = |id| corpus.item(ItemRef { entry: place.entry, item: id });
            let numbers = Column::ALL.into_iter().map(|column| figure.cell(column).and_then(item));
            cells.extend(numbers.map(|item| item.map(amount).unwrap_or_default()));
        }
        None => cells.push(amount(item)),
    }
    cells.iter().map(|cell| cell.replace(['\t', '\n', '\r'], " ")).collect::<Vec<_>>().join("\t")
}

/// Returns what one writes to cite a place: whose disclosure, the section, the figure. It is Chinese as the document is.
fn citation(corpus: &Corpus, node: Node) -> String {
    let section = corpus.section_over(node).and_then(|place| corpus.section(place));
    let (entry, section, item) = match node {
        Node::Department(_) => return value(corpus, node),
        Node::Disclosure(entry) => (entry, None, None),
        Node::Section(place) => (place.entry, section, None),
        Node::Table(place) => (place.entry, section, None),
        Node::Item(place) => (place.entry, section, corpus.item(place).map(|item| (place, item))),
    };
    let Some(header) = corpus.entry(entry).map(|entry| &entry.disclosure.header) else {
        return String::new();
    };
    let chinese = |word: Word| word.text(Lang::Chinese);
    let department = corpus.department(entry).unwrap_or(chinese(Word::UnknownDepartment));
    let year = header.year.map(|year| label::fill(Word::YearNumber, Lang::Chinese, year.value));
    let kind = header.basis.map(|basis| chinese(label::basis(basis.value)));
    let edition = match header.edition {
        Edition::Unsaid => "",
        Edition::Own => chinese(Word::EditionOwn),
        Edition::Consolidated => chinese(Word::EditionConsolidated),
    };
    let kind = kind.map(|kind| format!("{}{kind}", chinese(Word::CitationOfDepartment)));
    let mut text = format!("{department}{}{}{edition}", year.unwrap_or_default(), kind.unwrap_or_default());
    let table = label::path(corpus, node).into_iter().rfind(|node| matches!(node, Node::Table(_)));
    let table = table.map(|table| label::node(corpus, table, Lang::Chinese));
    let section = section.map(|section| corpus.words.text(section.title));
    // The title of a table may be a heading too.
    if let Some(section) = section.filter(|title| table.as_deref() != Some(title)) {
        text = format!("{text}，{section}");
    }
    if let Some(table) = table {
        text = format!("{text}，《{table}》");
    }
    if let Some((place, item)) = item {
        let beside = label::beside(corpus, place, item, Lang::Chinese).map(|beside| format!("（{beside}）"));
        let subject = corpus.words.subject_text(item.subject);
        text = format!("{text}：{subject}{}{}", beside.unwrap_or_default(), amount(item));
    }
    let source = corpus.entry(entry).map(|entry| &entry.disclosure.source);
    let start = match node {
        Node::Department(_) | Node::Disclosure(_) => None,
        Node::Section(place) => corpus.section(place).map(|section| section.heading.start),
        Node::Table(place) => corpus.table_start(place),
        Node::Item(place) => corpus.item(place).map(|item| item.span.start),
    };
    if let Some(page) = source.zip(start).and_then(|(source, start)| source.page_of(start)) {
        let page = label::fill(Word::PageNumber, Lang::Chinese, page).replace(' ', "");
        text = format!("{text}（{page}）");
    }
    text
}
