//! Workbooks of Excel 5 to 2003 ([MS-XLS]): records one after the other, first those of the book, then those of each sheet.

use std::collections::HashMap;

use encoding_rs::{GB18030, WINDOWS_1252};

use super::super::compound::Compound;
use super::super::doc::bytes::{u16_at, u32_at};
use super::super::{Source, Unreadable};
use super::format::{Number, built_in, print};
use super::{Sheet, Shown, Workbook};

/// The longest text that is read for a cell, in characters; a sheet allows half of it.
const LONGEST: usize = 1 << 16;

/// Returns the sheets of a workbook.
pub(in crate::source) fn read(mut compound: Compound) -> Result<Source, Unreadable> {
    let name = if compound.has("Workbook") { "Workbook" } else { "Book" };
    let stream = compound.stream(name)?;
    let book = Book::read(&stream)?;
    let mut workbook = Workbook::new();
    for named in &book.sheets {
        if named.hidden {
            workbook.hidden(&named.name);
        } else {
            let sheet = book.sheet(&stream, named.at, &mut workbook)?;
            workbook.sheet(&named.name, sheet)?;
        }
    }
    workbook.finish()
}

/// What holds for all sheets.
#[derive(Default)]
struct Book {
    /// Whether texts are those of Excel 97 and later.
    unicode: bool,
    codepage: u16,
    sheets: Vec<Named>,
    strings: Vec<String>,
    formats: HashMap<u16, String>,
    /// The number of the format and how far the text is set in, by style.
    styles: Vec<(u16, u16)>,
    /// Whether days are counted from 1904.
    late: bool,
}

struct Named {
    name: String,
    at: usize,
    hidden: bool,
}

/// Goes through records from a place on until one ends them; records that go on with the one before come with it.
fn each<'a>(
    stream: &'a [u8],
    start: usize,
    mut take: impl FnMut(u16, &[&'a [u8]]) -> Result<(), Unreadable>,
) -> Result<(), Unreadable> {
    const END: u16 = 0x0A;
    const CONTINUE: u16 = 0x3C;
    let record = |at: usize| {
        let (kind, length) = (u16_at(stream, at)?, usize::from(u16_at(stream, at + 2)?));
        let data = stream.get(at + 4..)?;
        Some((kind, data.get(..length.min(data.len()))?, at + 4 + length))
    };
    let (mut at, mut depth) = (start, 0);
    let mut parts = Vec::new();
    while let Some((kind, data, next)) = record(at) {
        at = next;
        // Charts stand inside the sheet they are on.
        match kind {
            0x0809 | 0x0409 | 0x0209 | 0x0009 => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            _ => {}
        }
        parts.clear();
        parts.push(data);
        while let Some((CONTINUE, data, next)) = record(at) {
            parts.push(data);
            at = next;
        }
        if depth <= 1 {
            take(kind, &parts)?;
        }
    }
    Ok(())
}

impl Book {
    fn read(stream: &[u8]) -> Result<Self, Unreadable> {
        let mut book = Self { codepage: 1252, ..Self::default() };
        each(stream, 0, |kind, parts| {
            let data = parts.first().copied().unwrap_or_default();
            match kind {
                0x0809 => book.unicode = u16_at(data, 0) == Some(0x0600),
                0x2F => return Err(Unreadable::Encrypted),
                0x42 => book.codepage = u16_at(data, 0).unwrap_or(1252),
                0x22 => book.late = u16_at(data, 0) == Some(1),
                0x85 => {
                    let at = u32_at(data, 0).unwrap_or(u32::MAX) as usize;
                    let state = data.get(4).copied().unwrap_or(0);
                    let length = usize::from(data.get(6).copied().unwrap_or(0));
                    // Sheets of charts and of macros have no cells.
                    if data.get(5) == Some(&0) {
                        let name = book.text(data, 7, length);
                        book.sheets.push(Named { name, at, hidden: state & 3 != 0 });
                    }
                }
                0xFC => book.strings = strings(parts)?,
                0x041E | 0x1E => {
                    let (id, rest) = (u16_at(data, 0).unwrap_or(0), data.get(2..).unwrap_or_default());
                    let format = if book.unicode {
                        book.text(rest, 2, usize::from(u16_at(rest, 0).unwrap_or(0)))
                    } else {
                        book.text(rest, 1, usize::from(rest.first().copied().unwrap_or(0)))
                    };
                    book.formats.insert(id, format);
                }
                0xE0 => {
                    let indent = if book.unicode { data.get(8).copied().unwrap_or(0) & 0xF } else { 0 };
                    book.styles.push((u16_at(data, 2).unwrap_or(0), u16::from(indent) * 2));
                }
                _ => {}
            }
            Ok(())
        })?;
        if book.sheets.is_empty() { Err(Unreadable::Damaged) } else { Ok(book) }
    }

    /// Reads a text whose characters begin at a byte, after a byte that says how they are stored in Excel 97 and later.
    fn text(&self, data: &[u8], at: usize, length: usize) -> String {
        if self.unicode {
            let mut chunks = Chunks { parts: &[data], part: 0, at };
            let flags = chunks.byte().unwrap_or(0);
            return chunks.characters(length, flags & 1 == 1).unwrap_or_default();
        }
        let bytes = data.get(at..(at + length).min(data.len())).unwrap_or_default();
        let chinese = self.codepage == 936 || !bytes.is_ascii();
        let charset = if chinese { GB18030 } else { WINDOWS_1252 };
        charset.decode_without_bom_handling(bytes).0.into_owned()
    }

    /// Reads the sheet whose records begin at a place.
    fn sheet(&self, stream: &[u8], at: usize, workbook: &mut Workbook) -> Result<Sheet, Unreadable> {
        let mut sheet = Sheet::default();
        // A formula that makes a text has it in the record after it.
        let mut formula: Option<(u16, u16, u16)> = None;
        each(stream, at, |kind, parts| {
            let data = parts.first().copied().unwrap_or_default();
            let word = |at| u16_at(data, at).unwrap_or(0);
            let place = (word(0), word(2), word(4));
            match kind {
                0xFD => {
                    let text = u32_at(data, 6).and_then(|at| self.strings.get(at as usize)).cloned();
                    self.add(&mut sheet, workbook, place, text.unwrap_or_default())?;
                }
                0x0204 | 0xD6 => {
                    let text = self.text(data, 8, usize::from(word(6)));
                    self.add(&mut sheet, workbook, place, text)?;
                }
                0x0203 => self.number(&mut sheet, workbook, place, float(data, 6))?,
                0x027E => self.number(&mut sheet, workbook, place, u32_at(data, 6).and_then(packed))?,
                0xBD => {
                    let count = data.len().saturating_sub(6) / 6;
                    for at in 0..count {
                        let place = (word(0), word(2).saturating_add(at as u16), word(4 + 6 * at));
                        let number = u32_at(data, 6 + 6 * at).and_then(packed);
                        self.number(&mut sheet, workbook, place, number)?;
                    }
                }
                0x06 | 0x0206 | 0x0406 => {
                    formula = Some(place);
                    match (word(12), data.get(6)) {
                        (0xFFFF, Some(1)) => {
                            let truth = if data.get(8) == Some(&1) { "TRUE" } else { "FALSE" };
                            self.add(&mut sheet, workbook, place, truth.to_owned())?;
                        }
                        (0xFFFF, Some(2)) => self.add(&mut sheet, workbook, place, fault(data.get(8)))?,
                        (0xFFFF, _) => {}
                        _ => self.number(&mut sheet, workbook, place, float(data, 6))?,
                    }
                }
                0x0207 => {
                    if let Some(place) = formula.take() {
                        let text = if self.unicode {
                            let mut chunks = Chunks { parts, part: 0, at: 2 };
                            let flags = chunks.byte().unwrap_or(0);
                            chunks.characters(usize::from(word(0)), flags & 1 == 1).unwrap_or_default()
                        } else {
                            self.text(data, 2, usize::from(word(0)))
                        };
                        self.add(&mut sheet, workbook, place, text)?;
                    }
                }
                0x0205 => {
                    let text = match (data.get(7), data.get(6)) {
                        (Some(1), code) => fault(code),
                        (_, Some(1)) => "TRUE".to_owned(),
                        _ => "FALSE".to_owned(),
                    };
                    self.add(&mut sheet, workbook, place, text)?;
                }
                0xE5 => {
                    for at in 0..usize::from(word(0)) {
                        let Some(_) = data.get(2 + 8 * at..10 + 8 * at) else { break };
                        let [top, bottom, left, right] =
                            [0, 2, 4, 6].map(|part| u32::from(word(2 + 8 * at + part)));
                        sheet.merged.push([top, bottom, left, right]);
                    }
                }
                0x023E => sheet.hides_zeros = word(0) & 0x10 == 0,
                _ => {}
            }
            Ok(())
        })?;
        // Whether zeros are shown is said after the cells.
        if sheet.hides_zeros {
            let zero = |text: &str| text.contains('0') && text.chars().all(|c| matches!(c, '0' | '.' | '%'));
            sheet.cells.retain(|cell| !cell.number || !zero(&cell.text));
        }
        Ok(sheet)
    }

    fn number(
        &self,
        sheet: &mut Sheet,
        workbook: &mut Workbook,
        place: (u16, u16, u16),
        number: Option<Number>,
    ) -> Result<(), Unreadable> {
        let Some(number) = number else { return Ok(()) };
        let format = self.styles.get(usize::from(place.2)).map_or(0, |(format, _)| *format);
        let format = self.formats.get(&format).map_or_else(|| built_in(u32::from(format)), String::as_str);
        let before = sheet.cells.len();
        self.add(sheet, workbook, place, print(&number, format, self.late))?;
        if let Some(cell) = sheet.cells.get_mut(before) {
            cell.number = true;
        }
        Ok(())
    }

    fn add(
        &self,
        sheet: &mut Sheet,
        workbook: &mut Workbook,
        (row, column, style): (u16, u16, u16),
        text: String,
    ) -> Result<(), Unreadable> {
        if !text.trim().is_empty() && u32::from(column) < super::MOST_COLUMNS {
            workbook.count(&text)?;
            let indent = self.styles.get(usize::from(style)).map_or(0, |(_, indent)| *indent);
            sheet.cells.push(Shown { row: u32::from(row), column, indent, text, number: false });
        }
        Ok(())
    }
}

fn float(data: &[u8], at: usize) -> Option<Number> {
    let bytes = data.get(at..at + 8)?.try_into().ok()?;
    Number::of(f64::from_le_bytes(bytes))
}

/// A number in four bytes: the upper bits of a float or a whole number, perhaps of hundredths ([MS-XLS] 2.5.217).
fn packed(bits: u32) -> Option<Number> {
    let number = if bits & 2 == 0 {
        Number::of(f64::from_bits(u64::from(bits & !3) << 32))
    } else {
        Number::parse(&(bits.cast_signed() >> 2).to_string())
    };
    Some(number?.times_ten_to(if bits & 1 == 1 { -2 } else { 0 }))
}

/// What a cell shows instead of a value that cannot be computed.
fn fault(code: Option<&u8>) -> String {
    let text = match code {
        Some(0x00) => "#NULL!",
        Some(0x07) => "#DIV/0!",
        Some(0x0F) => "#VALUE!",
        Some(0x17) => "#REF!",
        Some(0x1D) => "#NAME?",
        Some(0x24) => "#NUM!",
        _ => "#N/A",
    };
    text.to_owned()
}

/// Bytes of a record that goes on in others.
struct Chunks<'a> {
    parts: &'a [&'a [u8]],
    part: usize,
    at: usize,
}

impl Chunks<'_> {
    fn byte(&mut self) -> Option<u8> {
        while let Some(part) = self.parts.get(self.part) {
            if let Some(byte) = part.get(self.at) {
                self.at += 1;
                return Some(*byte);
            }
            (self.part, self.at) = (self.part + 1, 0);
        }
        None
    }

    fn word(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn skip(&mut self, mut count: usize) {
        while let Some(part) = self.parts.get(self.part).filter(|_| count > 0) {
            let step = count.min(part.len().saturating_sub(self.at));
            (self.at, count) = (self.at + step, count - step);
            if count > 0 {
                (self.part, self.at) = (self.part + 1, 0);
            }
        }
    }

    /// Reads characters; where they go on in another record, that one says anew how they are stored.
    fn characters(&mut self, count: usize, mut wide: bool) -> Option<String> {
        let mut units = Vec::with_capacity(count.min(LONGEST));
        while units.len() < count.min(LONGEST) {
            if self.parts.get(self.part)?.len() <= self.at {
                (self.part, self.at) = (self.part + 1, 0);
                wide = self.byte()? & 1 == 1;
            }
            units.push(if wide { self.word()? } else { u16::from(self.byte()?) });
        }
        Some(String::from_utf16_lossy(&units))
    }
}

/// Reads the texts that cells name by number ([MS-XLS] 2.4.265).
fn strings(parts: &[&[u8]]) -> Result<Vec<String>, Unreadable> {
    let mut chunks = Chunks { parts, part: 0, at: 4 };
    let mut count = Chunks { parts, part: 0, at: 4 };
    let total = (|| Some(u32::from(count.word()?) | u32::from(count.word()?) << 16))().unwrap_or(0);
    chunks.skip(4);
    let mut strings = Vec::new();
    for _ in 0..total {
        let Some((length, flags)) = chunks.word().zip(chunks.byte()) else { break };
        let runs = if flags & 8 != 0 { chunks.word().unwrap_or(0) } else { 0 };
        let spoken = if flags & 4 != 0 {
            let (low, high) = (chunks.word().unwrap_or(0), chunks.word().unwrap_or(0));
            usize::from(low) | usize::from(high) << 16
        } else {
            0
        };
        let Some(text) = chunks.characters(usize::from(length), flags & 1 == 1) else { break };
        chunks.skip(4 * usize::from(runs));
        chunks.skip(spoken);
        if strings.len() >= super::MOST_CELLS {
            return Err(Unreadable::TooManyCells);
        }
        strings.push(text);
    }
    Ok(strings)
}
