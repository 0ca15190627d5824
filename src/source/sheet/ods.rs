//! Workbooks of OpenDocument, which keep what a cell shows beside its value (OASIS OpenDocument 1.2 part 1, 9).

use std::collections::HashSet;

use super::super::Source;
use super::super::Unreadable;
use super::super::package::{Package, Tag, Token};
use super::{Sheet, Shown, Workbook};

/// Returns the sheets of a workbook.
pub(in crate::source) fn read(mut package: Package) -> Result<Source, Unreadable> {
    let mut reader = Reader {
        workbook: Workbook::new(),
        hidden: HashSet::new(),
        style: String::new(),
        sheet: None,
        row: 0,
        rows: 1,
        row_start: 0,
        column: 0,
        cell: Cell::default(),
        skipped: 0,
        text: false,
    };
    package.part("content.xml")?.ok_or(Unreadable::Damaged)?.each(|token| reader.token(token))?;
    reader.workbook.finish()
}

/// The cell at hand.
#[derive(Default)]
struct Cell {
    text: String,
    repeated: u32,
    columns: u32,
    rows: u32,
}

struct Reader {
    workbook: Workbook,
    /// The styles of sheets that are not shown.
    hidden: HashSet<String>,
    style: String,
    /// The sheet at hand: its name, whether it is hidden, and what is on it.
    sheet: Option<(String, bool, Sheet)>,
    row: u32,
    /// How often the row at hand stands there, and the first of its cells.
    rows: u32,
    row_start: usize,
    column: u32,
    cell: Cell,
    /// How deep in something that is no text of the cell.
    skipped: usize,
    text: bool,
}

impl Reader {
    fn token(&mut self, token: Token) -> Result<(), Unreadable> {
        match token {
            Token::Start(_) if self.skipped > 0 => self.skipped += 1,
            Token::End(_) if self.skipped > 0 => self.skipped -= 1,
            Token::Start(tag) => self.start(tag),
            Token::End(name) => self.end(name)?,
            Token::Text(text) if self.text => self.cell.text.push_str(text),
            Token::Text(_) => {}
        }
        Ok(())
    }

    fn start(&mut self, tag: &Tag) {
        match tag.name() {
            // Comments and pictures over a cell.
            "annotation" | "shapes" | "frame" | "tracked-changes" => self.skipped = 1,
            "style" => self.style = tag.attribute("name").unwrap_or_default(),
            "table-properties" if tag.attribute("display").as_deref() == Some("false") => {
                self.hidden.insert(self.style.clone());
            }
            "table" => {
                let hidden = tag.attribute("style-name").is_some_and(|style| self.hidden.contains(&style));
                self.sheet = Some((tag.attribute("name").unwrap_or_default(), hidden, Sheet::default()));
                self.row = 0;
            }
            "table-row" => {
                self.rows = tag.count("number-rows-repeated");
                self.row_start = self.sheet.as_ref().map_or(0, |(_, _, sheet)| sheet.cells.len());
                self.column = 0;
            }
            "table-cell" | "covered-table-cell" => {
                self.cell = Cell {
                    text: String::new(),
                    repeated: tag.count("number-columns-repeated"),
                    columns: tag.count("number-columns-spanned"),
                    rows: tag.count("number-rows-spanned"),
                };
            }
            "p" | "h" => {
                if !self.cell.text.is_empty() {
                    self.cell.text.push('\n');
                }
                self.text = true;
            }
            "s" if self.text => {
                let spaces = tag.number("c").unwrap_or(1).clamp(1, 1000);
                self.cell.text.extend((0..spaces).map(|_| ' '));
            }
            "tab" if self.text => self.cell.text.push(' '),
            "line-break" if self.text => self.cell.text.push('\n'),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Unreadable> {
        match name {
            "p" | "h" => self.text = false,
            "table-cell" | "covered-table-cell" => {
                let cell = std::mem::take(&mut self.cell);
                let Some((_, hidden, sheet)) = &mut self.sheet else { return Ok(()) };
                if name == "table-cell" && cell.columns.max(cell.rows) > 1 {
                    let last = |first: u32, count: u32| first.saturating_add(count - 1);
                    sheet.merged.push([
                        self.row,
                        last(self.row, cell.rows),
                        self.column,
                        last(self.column, cell.columns),
                    ]);
                }
                if name == "table-cell" && !*hidden && !cell.text.trim().is_empty() {
                    let end = self.column.saturating_add(cell.repeated).min(super::MOST_COLUMNS);
                    for column in self.column..end {
                        self.workbook.count(&cell.text)?;
                        let text = cell.text.clone();
                        sheet.cells.push(Shown {
                            row: self.row,
                            column: column as u16,
                            indent: 0,
                            text,
                            number: false,
                        });
                    }
                }
                self.column = self.column.saturating_add(cell.repeated);
            }
            "table-row" => {
                if let Some((_, _, sheet)) = &mut self.sheet {
                    let cells = self.row_start..sheet.cells.len();
                    for repeat in 1..if cells.is_empty() { 1 } else { self.rows } {
                        for at in cells.clone() {
                            let Some(cell) = sheet.cells.get(at) else { continue };
                            self.workbook.count(&cell.text)?;
                            let copy = Shown {
                                row: cell.row.saturating_add(repeat),
                                text: cell.text.clone(),
                                ..*cell
                            };
                            sheet.cells.push(copy);
                        }
                    }
                }
                self.row = self.row.saturating_add(self.rows);
            }
            "table" => {
                if let Some((name, hidden, sheet)) = self.sheet.take() {
                    if hidden {
                        self.workbook.hidden(&name);
                    } else {
                        self.workbook.sheet(&name, sheet)?;
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }
}
