//! Where something stands, as a reader finds it.

use super::finding::one_line;
use crate::lang::{Lang, Word};
use crate::source::table::address;
use crate::source::{Source, Span};

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A cell of a sheet, such as 表3!C7.
    Cell(Box<str>),
    /// A page, counted from 1.
    Page(u32),
    /// A line, counted from 1.
    Line(u32),
}

impl Place {
    /// Returns where byte `at` of a text is: in which cell of which sheet, else on which page, else on which line.
    pub fn of(source: &Source, at: u32) -> Self {
        let page = || source.page_of(at).map(Self::Page);
        cell(source, at).map(Self::Cell).or_else(page).unwrap_or_else(|| Self::Line(source.line_of(at)))
    }

    /// Returns the place in words.
    pub fn text(&self, lang: Lang) -> String {
        let (word, number) = match self {
            Self::Cell(name) => return name.to_string(),
            Self::Page(page) => (Word::PlacePage, page),
            Self::Line(line) => (Word::PlaceLine, line),
        };
        word.text(lang).replace("{0}", &number.to_string())
    }
}

/// Returns the name of the cell of a sheet that a place is in, or that of the sheet where it is in no cell.
fn cell(source: &Source, at: u32) -> Option<Box<str>> {
    let sheet = source.sheets.iter().find(|sheet| sheet.span.start <= at && at < sheet.span.end)?;
    let name = one_line(source.cut(sheet.name));
    let address = || {
        let (_, row, cell) =
            source.cell_at(Span { start: at, end: at }).filter(|(_, row, _)| row.number > 0)?;
        Some(address(cell.column, row.number))
    };
    Some(address().map_or_else(|| name.as_ref().into(), |address| format!("{name}!{address}").into()))
}
