//! A source → what it says: header, outline, figures.
//!
//! The blocks become an outline of headings and paragraphs ([`outline`]); the headings and first sentences say whose
//! disclosure it is ([`header`]); every paragraph of the accounts is folded to one form ([`fold`]), cut into tokens
//! ([`lexer`]) and read clause by clause ([`clause`]), and lists of parts find their totals ([`scope`]).

mod brackets;
mod change;
mod clause;
mod contents;
mod domain;
mod figure;
mod grid;
mod header;
#[cfg(test)]
mod hostile;
mod keywords;
mod known;
mod lexer;
mod lexicon;
mod line;
mod marks;
mod official;
mod organisation;
mod outline;
mod range;
mod respective;
mod scope;
mod subject;
mod table;
mod wordlist;

use std::path::Path;

pub use lexicon::Lexicon;

use crate::model::{Disclosure, Index, Part, Vocabulary};
use crate::source::{Source, fold, numbering};

/// Returns what a source says. It cannot fail: what is not understood is left out or noted. The path is only the last
/// resort for the header and is never opened.
pub fn parse(path: &Path, source: Source) -> Disclosure {
    parse_with(&mut Lexicon::default(), path, source)
}

/// Returns the same, faster for one who reads many: what the names in the documents before it mean is remembered.
pub fn parse_with(lexicon: &mut Lexicon, path: &Path, source: Source) -> Disclosure {
    // Most documents have about one name in so many bytes.
    const BYTES_A_NAME: usize = 200;
    let mut words = Vocabulary::with_capacity(source.text.len() / BYTES_A_NAME);
    let folded = fold::Folded::of(&source);
    let outline = outline::outline(&source, &folded, &mut words);
    let header = header::header(path, &source, &folded, &outline, &mut words);
    let department =
        header.department.map(|evidence| words.text(evidence.value).to_owned()).unwrap_or_default();
    let year = header.year.map_or(0, |evidence| evidence.value);
    let basis = header.basis.map(|evidence| evidence.value);
    let mut reader = clause::Reader::new(&source, &folded, &mut words, lexicon, year, basis, &department);
    let mut tables = table::TableReader::new(&source, year, basis);
    for paragraph in &outline.paragraphs {
        if let Some((table, row)) = paragraph.row {
            let section = paragraph.section.unwrap_or_default();
            let mut sink =
                table::Sink { words: reader.words, lexicon: reader.lexicon, links: &mut reader.links };
            tables.read(&mut sink, table, row, section);
            continue;
        }
        tables.finish(&mut reader.links);
        let section = paragraph.section.and_then(|id| outline.sections.get(id.0 as usize));
        match section.map(|section| section.part) {
            // What stands before the first heading is most often a summary, in a page cut out of a longer one its accounts.
            None => reader.read(paragraph, Part::Accounts),
            Some(Part::Prose | Part::Glossary) => {}
            Some(part @ (Part::Accounts | Part::Staff | Part::Performance)) => reader.read(paragraph, part),
        }
    }
    tables.finish(&mut reader.links);
    let (indicators, tables) = (tables.indicators, tables.facts);
    let (items, notes) = reader.finish();
    let contents = outline.contents;
    let mut disclosure = Disclosure {
        source,
        words,
        header,
        contents,
        sections: outline.sections,
        items,
        tables,
        indicators,
        notes,
        folded,
        index: Index::default(),
    };
    disclosure.index = Index::of(&disclosure, &disclosure.folded);
    disclosure
}
