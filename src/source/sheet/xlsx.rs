//! Workbooks of Excel since 2007 (ECMA-376 part 1, 18).

use std::collections::HashMap;

use super::super::Source;
use super::super::Unreadable;
use super::super::package::{Package, Tag, Token};
use super::format::{Number, built_in, print};
use super::{Sheet, Shown, Workbook, place};

/// Returns the sheets of a workbook.
pub(in crate::source) fn read(mut package: Package, main: &str) -> Result<Source, Unreadable> {
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let name = main.rsplit('/').next().unwrap_or(main);
    let targets = targets(&mut package, &format!("{folder}/_rels/{name}.rels"))?;
    let book = book(&mut package, main)?;
    let strings = strings(&mut package, &format!("{folder}/sharedStrings.xml"))?;
    let styles = styles(&mut package, &format!("{folder}/styles.xml"))?;
    let mut workbook = Workbook::new();
    for sheet in book.sheets {
        if sheet.hidden {
            workbook.hidden(&sheet.name);
            continue;
        }
        let Some(target) = targets.get(&sheet.id) else { continue };
        let path = target.strip_prefix('/').map_or_else(|| format!("{folder}/{target}"), str::to_owned);
        let Some(part) = package.part(&path)? else { continue };
        let mut reader = SheetReader {
            workbook: &mut workbook,
            strings: &strings,
            styles: &styles,
            late: book.late,
            sheet: Sheet::default(),
            row: 0,
            cell: Cell::default(),
            within: Within::Nothing,
        };
        part.each(|token| reader.token(token))?;
        let read = reader.sheet;
        workbook.sheet(&sheet.name, read)?;
    }
    workbook.finish()
}

/// What the workbook says of its sheets.
#[derive(Default)]
struct Book {
    sheets: Vec<Named>,
    /// Whether days are counted from 1904.
    late: bool,
}

struct Named {
    name: String,
    id: String,
    hidden: bool,
}

fn book(package: &mut Package, main: &str) -> Result<Book, Unreadable> {
    let mut book = Book::default();
    package.part(main)?.ok_or(Unreadable::Damaged)?.each(|token| {
        if let Token::Start(tag) = token {
            match tag.name() {
                "workbookPr" => {
                    book.late = matches!(tag.attribute("date1904").as_deref(), Some("1" | "true"));
                }
                "sheet" => book.sheets.push(Named {
                    name: tag.attribute("name").unwrap_or_default(),
                    id: tag.attribute("id").unwrap_or_default(),
                    hidden: tag.attribute("state").is_some_and(|state| state != "visible"),
                }),
                _ => {}
            }
        }
        Ok(())
    })?;
    Ok(book)
}

/// Returns where the sheets are stored, by the ids that the workbook gives them.
fn targets(package: &mut Package, name: &str) -> Result<HashMap<String, String>, Unreadable> {
    let mut targets = HashMap::new();
    if let Some(part) = package.part(name)? {
        part.each(|token| {
            if let Token::Start(tag) = token
                && let (Some(id), Some(target)) = (tag.attribute("Id"), tag.attribute("Target"))
            {
                targets.insert(id, target);
            }
            Ok(())
        })?;
    }
    Ok(targets)
}

/// Returns the texts that cells name by number.
fn strings(package: &mut Package, name: &str) -> Result<Vec<String>, Unreadable> {
    let mut strings = Vec::new();
    let Some(part) = package.part(name)? else { return Ok(strings) };
    let (mut text, mut within, mut spoken) = (String::new(), false, false);
    part.each(|token| {
        match token {
            Token::Start(tag) => match tag.name() {
                "si" => text = String::new(),
                "t" => within = !spoken,
                // How a text is pronounced.
                "rPh" => spoken = true,
                _ => {}
            },
            Token::End("t") => within = false,
            Token::End("rPh") => spoken = false,
            Token::End("si") => strings.push(std::mem::take(&mut text)),
            Token::Text(part) if within => text.push_str(part),
            _ => {}
        }
        Ok(())
    })?;
    Ok(strings)
}

/// The format of a cell and how far it is set in, by the number of its style.
type Styles = Vec<(String, u16)>;

fn styles(package: &mut Package, name: &str) -> Result<Styles, Unreadable> {
    let mut styles = Styles::new();
    let mut formats: HashMap<u32, String> = HashMap::new();
    let mut cells = false;
    let Some(part) = package.part(name)? else { return Ok(styles) };
    let id = |tag: &Tag| tag.number("numFmtId").and_then(|id| u32::try_from(id).ok()).unwrap_or(0);
    part.each(|token| {
        match token {
            Token::Start(tag) => match tag.name() {
                "numFmt" => {
                    formats.insert(id(tag), tag.attribute("formatCode").unwrap_or_default());
                }
                "cellXfs" => cells = true,
                "xf" if cells => {
                    let id = id(tag);
                    let format = formats.get(&id).cloned().unwrap_or_else(|| built_in(id).to_owned());
                    styles.push((format, 0));
                }
                "alignment" if cells => {
                    if let (Some((_, indent)), Some(steps)) = (styles.last_mut(), tag.number("indent")) {
                        // A step is as wide as three spaces of the usual font, which are two half-width characters.
                        *indent = u16::try_from(steps.min(250)).unwrap_or(0) * 2;
                    }
                }
                _ => {}
            },
            Token::End("cellXfs") => cells = false,
            _ => {}
        }
        Ok(())
    })?;
    Ok(styles)
}

/// The cell at hand.
#[derive(Default)]
struct Cell {
    row: u32,
    column: u32,
    style: usize,
    kind: String,
    text: String,
}

enum Within {
    Nothing,
    Value,
    Spoken,
}

struct SheetReader<'a> {
    workbook: &'a mut Workbook,
    strings: &'a [String],
    styles: &'a Styles,
    late: bool,
    sheet: Sheet,
    /// The row after the last, where a row does not say its number.
    row: u32,
    cell: Cell,
    within: Within,
}

impl SheetReader<'_> {
    fn token(&mut self, token: Token) -> Result<(), Unreadable> {
        match token {
            Token::Start(tag) => self.start(tag),
            Token::End("v" | "t") if matches!(self.within, Within::Value) => self.within = Within::Nothing,
            Token::End("rPh") => self.within = Within::Nothing,
            Token::End("c") => self.end_cell()?,
            Token::Text(text) if matches!(self.within, Within::Value) => self.cell.text.push_str(text),
            _ => {}
        }
        Ok(())
    }

    fn start(&mut self, tag: &Tag) {
        match tag.name() {
            "sheetView" => {
                self.sheet.hides_zeros = matches!(tag.attribute("showZeros").as_deref(), Some("0" | "false"));
            }
            "row" => {
                let number = tag.number("r").and_then(|number| u32::try_from(number - 1).ok());
                self.row = number.unwrap_or(self.row);
                self.cell = Cell { row: self.row, ..Cell::default() };
                self.row = self.row.saturating_add(1);
            }
            "c" => {
                let next = (self.cell.row, self.cell.column);
                let (row, column) = tag.attribute("r").and_then(|name| place(&name)).unwrap_or(next);
                self.cell = Cell {
                    row,
                    column,
                    style: tag.number("s").and_then(|style| usize::try_from(style).ok()).unwrap_or(0),
                    kind: tag.attribute("t").unwrap_or_default(),
                    text: String::new(),
                };
            }
            "v" => self.within = Within::Value,
            "t" if !matches!(self.within, Within::Spoken) && self.cell.kind == "inlineStr" => {
                self.within = Within::Value;
            }
            "rPh" => self.within = Within::Spoken,
            "mergeCell" => {
                let region = tag.attribute("ref").unwrap_or_default();
                if let Some((first, last)) = region.split_once(':')
                    && let (Some((top, left)), Some((bottom, right))) = (place(first), place(last))
                {
                    self.sheet.merged.push([top, bottom, left, right]);
                }
            }
            _ => {}
        }
    }

    fn end_cell(&mut self) -> Result<(), Unreadable> {
        let cell = std::mem::take(&mut self.cell);
        let (format, indent) =
            self.styles.get(cell.style).map_or(("General", 0), |(format, indent)| (format, *indent));
        let text = match cell.kind.as_str() {
            "s" => {
                let at = cell.text.trim().parse::<usize>().ok();
                at.and_then(|at| self.strings.get(at)).cloned().unwrap_or_default()
            }
            "inlineStr" | "str" | "d" | "e" => cell.text,
            "b" => if cell.text.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(),
            _ => match Number::parse(&cell.text) {
                Some(number) if number.is_zero() && self.sheet.hides_zeros => String::new(),
                Some(number) => print(&number, format, self.late),
                None => cell.text,
            },
        };
        if !text.trim().is_empty() && cell.column < super::MOST_COLUMNS {
            self.workbook.count(&text)?;
            self.sheet.cells.push(Shown {
                row: cell.row,
                column: cell.column as u16,
                indent,
                text,
                number: false,
            });
        }
        self.cell = Cell { row: cell.row, column: cell.column.saturating_add(1), ..Cell::default() };
        Ok(())
    }
}
