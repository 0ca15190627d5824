//! A place in the corpus → the words that name it.

use std::fmt::Display;

use super::table::Column;
use super::width;
use crate::corpus::tree::Node;
use crate::corpus::{Corpus, EntryId, ItemRef};
use crate::lang::{Lang, Word};
use crate::model::{Basis, Edition, Item};
use crate::source::table::address;
use crate::source::{BlockKind, Source};

/// Returns the name of a node, as documents have it.
pub fn node(corpus: &Corpus, node: Node, lang: Lang) -> String {
    match node {
        Node::Department(None) => Word::UnknownDepartment.text(lang).to_owned(),
        Node::Department(Some(name)) => corpus.words.text(name).to_owned(),
        Node::Disclosure(entry) => disclosure(corpus, entry, lang),
        Node::Section(place) => {
            corpus.section(place).map_or("", |section| corpus.words.text(section.title)).to_owned()
        }
        Node::Table(place) => match corpus.table_title(place) {
            Some(title) => title.split_whitespace().collect::<Vec<_>>().join(" "),
            None => fill(Word::TableNumber, lang, place.table + 1),
        },
        Node::Item(place) => {
            corpus.item(place).map_or("", |item| corpus.words.subject_text(item.subject)).to_owned()
        }
    }
}

/// Returns the year and kind of a disclosure.
pub fn disclosure(corpus: &Corpus, entry: EntryId, lang: Lang) -> String {
    let Some(entry) = corpus.entry(entry) else { return String::new() };
    let header = &entry.disclosure.header;
    let year =
        header.year.map_or_else(|| Word::UnknownYear.text(lang).to_owned(), |year| year.value.to_string());
    let mut label = year;
    if let Some(basis) = header.basis {
        label.push(' ');
        label.push_str(self::basis(basis.value).text(lang));
    }
    match header.edition {
        Edition::Unsaid => {}
        Edition::Own => label.push_str(Word::EditionOwn.text(lang)),
        Edition::Consolidated => label.push_str(Word::EditionConsolidated.text(lang)),
    }
    label
}

/// Returns a phrase with what stands in it.
pub fn fill(phrase: Word, lang: Lang, value: impl Display) -> String {
    phrase.text(lang).replace("{}", &value.to_string())
}

/// Returns a number with the word for what is counted.
pub fn count(count: usize, one: Word, many: Word, lang: Lang) -> String {
    format!("{count} {}", if count == 1 { one } else { many }.text(lang))
}

/// Returns where a place of a text is: on which page, in which cell of which sheet, else on which line.
pub fn place(source: &Source, at: u32, lang: Lang) -> String {
    if let Some(page) = source.page_of(at) {
        return fill(Word::PageNumber, lang, page);
    }
    cell_name(source, at).unwrap_or_else(|| fill(Word::LineNumber, lang, source.line_of(at)))
}

/// Returns the name of the cell of a sheet that a place of the text is in, such as 表3!C7.
fn cell_name(source: &Source, at: u32) -> Option<String> {
    let sheet = source.sheets.iter().find(|sheet| sheet.span.start <= at && at < sheet.span.end)?;
    let block = source.blocks.get(source.blocks.partition_point(|block| block.span.end <= at))?;
    let BlockKind::Row { table, row } = block.kind else { return None };
    let row = source.tables.get(table as usize)?.rows.get(row as usize)?;
    let cell = row.cells.iter().rfind(|cell| cell.span.start <= at)?;
    (row.number > 0).then(|| format!("{}!{}", source.cut(sheet.name), address(cell.column, row.number)))
}

/// Returns the files of a disclosure.
pub fn file(corpus: &Corpus, entry: EntryId) -> String {
    let Some(entry) = corpus.entry(entry) else { return String::new() };
    let files: Vec<String> = entry.files().map(|file| file.display().to_string()).collect();
    files.join(" + ")
}

/// Returns the file that a place of a disclosure is in.
pub fn file_at(corpus: &Corpus, entry: EntryId, offset: u32) -> String {
    corpus.entry(entry).map(|entry| entry.file_at(offset).display().to_string()).unwrap_or_default()
}

/// Returns what must be said beside the subject to tell a figure from others of the same subject: which part of it, of
/// which other year, budgeted or actual where the disclosure is about the other.
pub fn aspect(corpus: &Corpus, place: ItemRef, item: &Item, lang: Lang) -> Option<String> {
    let entry = corpus.entry(place.entry)?;
    let header = &entry.disclosure.header;
    let mut parts: Vec<String> = Vec::new();
    parts.extend(item.aspect.map(|aspect| corpus.words.text(aspect).to_owned()));
    let year = item.year().filter(|&year| header.year.is_some_and(|own| own.value != year));
    if Column::of(&entry.disclosure, item) != Column::Last {
        parts.extend(year.map(|year| fill(Word::YearNumber, lang, year)));
    }
    let basis = item.basis.filter(|&basis| header.basis.is_some_and(|own| own.value != basis));
    parts.extend(basis.map(|basis| self::basis(basis).text(lang).to_owned()));
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// Returns what tells a figure from others of its subject where it stands alone: as [`aspect`], and what kind of number
/// it is, where it is no level of the disclosure's own year.
pub fn beside(corpus: &Corpus, place: ItemRef, item: &Item, lang: Lang) -> Option<String> {
    let measure = match Column::of(&corpus.entry(place.entry)?.disclosure, item) {
        Column::This => None,
        Column::Last => Some(Word::LastYear),
        Column::Delta => Some(Word::Delta),
        Column::Rate => Some(Word::Rate),
        Column::Share => Some(Word::Share),
    };
    let aspect = aspect(corpus, place, item, lang);
    let parts: Vec<String> =
        aspect.into_iter().chain(measure.map(|word| word.text(lang).to_owned())).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// Returns the word for a basis.
pub fn basis(basis: Basis) -> Word {
    match basis {
        Basis::Budget => Word::Budget,
        Basis::FinalAccounts => Word::FinalAccounts,
    }
}

/// Returns the nodes from the department down to a node.
pub fn path(corpus: &Corpus, node: Node) -> Vec<Node> {
    let mut path = vec![node];
    while let Some(parent) = path.last().and_then(|&node| corpus.parent(node)) {
        path.push(parent);
    }
    path.reverse();
    path
}

/// Returns the names of the nodes from the department down to a node, made to fit into a number of cells with `step`
/// cells between them: where there is no room, the sections between the disclosure and the last go first.
pub fn path_names(corpus: &Corpus, node: Node, lang: Lang, (cells, step): (usize, usize)) -> Vec<String> {
    let mut names: Vec<String> =
        path(corpus, node).into_iter().map(|node| self::node(corpus, node, lang)).collect();
    // The title of a table may be a heading too.
    names.dedup();
    let length: usize = names.iter().map(|name| width::of(name) + step).sum();
    if names.len() > 3 && length > cells + step {
        names.splice(2..names.len() - 1, ["…".to_owned()]);
    }
    names
}
