//! A text of Word 97 to 2003, or of WPS → paragraphs and tables in order, as they are shown ([MS-DOC]).

pub(super) mod bytes;
mod sprm;
mod words;

use self::sprm::Properties;
use self::words::Words;
use super::compound::Compound;
use super::marked::Marked;
use super::{Format, Source, Unreadable};

/// Returns the text of a document.
pub(super) fn read(mut compound: Compound) -> Result<Source, Unreadable> {
    let document = compound.stream("WordDocument")?;
    let tables = [compound.stream("0Table")?, compound.stream("1Table")?];
    let data = compound.stream("Data")?;
    let file = Words::open(&document, [&tables[0], &tables[1]], &data)?;
    let lengths = file.lengths();
    let [text, footnotes, headers, macros, comments, endnotes, boxes] = lengths;
    let mut reader = Reader {
        file,
        text: Marked::new(Format::Word),
        units: Vec::new(),
        fields: Vec::new(),
        gone: (false, 0..0),
    };
    // What stands at the top and the bottom of every page, comments and macros are left out.
    let notes = text.saturating_add(footnotes);
    let ends = [headers, macros, comments].into_iter().fold(notes, u32::saturating_add);
    let last = ends.saturating_add(endnotes);
    for (first, end) in [(0, text), (text, notes), (ends, last), (last, last.saturating_add(boxes))] {
        reader.read(first, end)?;
    }
    reader.text.finish()
}

struct Reader<'a> {
    file: Words<'a>,
    text: Marked,
    /// The paragraph at hand.
    units: Vec<u16>,
    /// The fields that are open, and whether what follows is their result.
    fields: Vec<bool>,
    /// Whether the characters stored in a stretch are not shown.
    gone: (bool, std::ops::Range<u32>),
}

impl Reader<'_> {
    /// Reads the characters from one number to another.
    fn read(&mut self, first: u32, end: u32) -> Result<(), Unreadable> {
        let mut characters = Vec::new();
        self.file.each(first, end, |unit, at| characters.push((unit, at)));
        for (unit, at) in characters {
            self.character(unit, at)?;
        }
        self.end_paragraph(&Properties::default(), false)?;
        self.fields.clear();
        self.text.close()
    }

    fn character(&mut self, unit: u16, at: u32) -> Result<(), Unreadable> {
        match unit {
            0x07 | 0x0D | 0x0C => {
                let properties = self.file.paragraph(at);
                self.end_paragraph(&properties, unit == 0x07)?;
            }
            0x13 => self.fields.push(false),
            0x14 => {
                if let Some(result) = self.fields.last_mut() {
                    *result = true;
                }
            }
            0x15 => drop(self.fields.pop()),
            _ if self.fields.contains(&false) => {}
            _ => {
                if !self.gone.1.contains(&at) {
                    let (gone, end) = self.file.is_gone(at);
                    self.gone = (gone, at..end.max(at + 1));
                }
                match unit {
                    _ if self.gone.0 => {}
                    0x0B | 0x0E => self.units.push(0x0A),
                    0x1E => self.units.push(u16::from(b'-')),
                    // Tabs are text; pictures, drawings, notes and hyphens that do not show are not.
                    0x09 | 0x20.. => self.units.push(unit),
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn end_paragraph(&mut self, properties: &Properties, cell_mark: bool) -> Result<(), Unreadable> {
        let text = String::from_utf16_lossy(&std::mem::take(&mut self.units));
        let depth = if cell_mark { properties.depth.max(1) } else { properties.depth } as usize;
        self.text.enter(depth)?;
        if properties.ends_row {
            self.text.end_row(properties.row.clone());
            return Ok(());
        }
        if !text.trim().is_empty() {
            let list = properties.list.filter(|list| (1..2047).contains(list));
            let level = usize::from(properties.level.unwrap_or(0));
            let number =
                list.and_then(|list| self.file.lists.next(i64::from(list), level)).unwrap_or_default();
            self.text.paragraph(properties.heading.unwrap_or(false), number + &text, properties.indent);
        }
        if cell_mark || properties.ends_inner_cell { self.text.end_cell() } else { Ok(()) }
    }
}
