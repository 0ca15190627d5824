//! The streams of a Word 97 file → its characters in order, and what is said of them ([MS-DOC] 2.4 and 2.5).

use std::collections::HashMap;

use super::super::Unreadable;
use super::super::lists::Lists;
use super::bytes::{u16_at, u32_at, utf16};
use super::sprm::{Properties, is_gone};

/// The names of number formats by their numbers ([MS-OSHARED] 2.2.1.3), as OOXML has them.
const FORMATS: &[(u8, &str)] = &[
    (0, "decimal"),
    (1, "upperRoman"),
    (2, "lowerRoman"),
    (3, "upperLetter"),
    (4, "lowerLetter"),
    (10, "ideographDigital"),
    (11, "japaneseCounting"),
    (14, "decimalFullWidth"),
    (18, "decimalEnclosedCircle"),
    (22, "decimalZero"),
    (23, "bullet"),
    (27, "decimalEnclosedParen"),
    (28, "decimalEnclosedCircleChinese"),
    (30, "ideographTraditional"),
    (33, "taiwaneseCounting"),
    (35, "taiwaneseCountingThousand"),
    (37, "chineseCounting"),
    (39, "chineseCountingThousand"),
    (255, "none"),
];

/// A file, as far as it matters for the text.
pub(super) struct Words<'a> {
    document: &'a [u8],
    table: &'a [u8],
    data: &'a [u8],
    pieces: Vec<Piece>,
    paragraphs: Vec<Run>,
    characters: Vec<Run>,
    styles: HashMap<u16, Properties>,
    /// The lists in which paragraphs are numbered.
    pub(super) lists: Lists,
}

/// Where some characters are stored.
#[derive(Debug, Clone, Copy)]
struct Piece {
    first: u32,
    end: u32,
    /// The byte of the first in the document stream.
    at: usize,
    /// Whether each takes one byte and not two.
    narrow: bool,
}

/// Bytes of the document stream that share their properties, and where those stand in it.
#[derive(Debug, Clone, Copy)]
struct Run {
    start: u32,
    end: u32,
    changes: (usize, usize),
}

impl<'a> Words<'a> {
    /// Finds the parts of a file.
    pub(super) fn open(
        document: &'a [u8],
        tables: [&'a [u8]; 2],
        data: &'a [u8],
    ) -> Result<Self, Unreadable> {
        let flags = u16_at(document, 0x0A).ok_or(Unreadable::Damaged)?;
        match u16_at(document, 0) {
            Some(0xA5EC) => {}
            // Word 6 and 95.
            Some(0xA5DC) => return Err(Unreadable::NoReader("word 95")),
            _ => return Err(Unreadable::Damaged),
        }
        if flags & 0x0100 != 0 {
            return Err(Unreadable::Encrypted);
        }
        let table = tables[usize::from(flags & 0x0200 != 0)];
        let mut file = Self {
            document,
            table,
            data,
            pieces: Vec::new(),
            paragraphs: Vec::new(),
            characters: Vec::new(),
            styles: HashMap::new(),
            lists: Lists::default(),
        };
        file.pieces = pieces(file.part(33));
        if file.pieces.is_empty() {
            return Err(Unreadable::Damaged);
        }
        file.characters = runs(document, file.part(12), false);
        file.paragraphs = runs(document, file.part(13), true);
        file.read_styles();
        file.read_lists();
        Ok(file)
    }

    /// Returns a part of the table stream by its number in the head of the document.
    fn part(&self, number: usize) -> &'a [u8] {
        let place = 0x9A + 8 * number;
        let (at, length) = (u32_at(self.document, place), u32_at(self.document, place + 4));
        let (Some(at), Some(length)) = (at, length) else { return &[] };
        let (at, length) = (at as usize, length as usize);
        at.checked_add(length).and_then(|end| self.table.get(at..end)).unwrap_or_default()
    }

    /// Returns how many characters the parts of the text have: the text itself, footnotes, headers, macros, comments,
    /// endnotes, text boxes.
    pub(super) fn lengths(&self) -> [u32; 7] {
        [3, 4, 5, 6, 7, 8, 9].map(|number| {
            let length = u32_at(self.document, 0x40 + 4 * number).unwrap_or(0);
            if length > i32::MAX as u32 { 0 } else { length }
        })
    }

    /// Hands over the characters from one number to another, each with the place where it is stored.
    pub(super) fn each(&self, first: u32, end: u32, mut take: impl FnMut(u16, u32)) {
        for piece in &self.pieces {
            for number in first.max(piece.first)..end.min(piece.end) {
                let inside = (number - piece.first) as usize;
                let at = piece.at + if piece.narrow { inside } else { 2 * inside };
                let unit = if piece.narrow {
                    self.document.get(at).map(|byte| windows_1252(*byte))
                } else {
                    u16_at(self.document, at)
                };
                let Some(unit) = unit else { break };
                take(unit, at as u32);
            }
        }
    }

    /// Returns what the paragraph is whose mark is stored at a place.
    pub(super) fn paragraph(&self, at: u32) -> Properties {
        let Some(run) = find(&self.paragraphs, at) else { return Properties::default() };
        let bytes = self.document.get(run.changes.0..run.changes.1).unwrap_or_default();
        let style = u16_at(bytes, 0).unwrap_or(0);
        let mut properties = self.styles.get(&style).cloned().unwrap_or_default();
        properties.style = style;
        properties.apply(bytes.get(2..).unwrap_or_default(), self.data, false);
        properties
    }

    /// Returns whether a character that is stored at a place is not shown, and up to which place that holds.
    pub(super) fn is_gone(&self, at: u32) -> (bool, u32) {
        let Some(run) = find(&self.characters, at) else { return (false, at + 1) };
        (is_gone(self.document.get(run.changes.0..run.changes.1).unwrap_or_default()), run.end)
    }

    /// Reads which styles are headings and which number their paragraphs ([MS-DOC] 2.9.271).
    fn read_styles(&mut self) {
        let sheet = self.part(1);
        let head = usize::from(u16_at(sheet, 0).unwrap_or(0));
        let base = usize::from(u16_at(sheet, 4).unwrap_or(10));
        let mut at = 2 + head;
        let mut number = 0;
        while let Some(length) = u16_at(sheet, at).map(usize::from) {
            let style = sheet.get(at + 2..at + 2 + length).unwrap_or_default();
            at += 2 + length;
            if let Some(kind) = u16_at(style, 0).map(|kind| kind & 0x0FFF) {
                let based_on = u16_at(style, 2).map_or(0x0FFF, |base| base >> 4);
                let mut own = self.styles.get(&based_on).cloned().unwrap_or_default();
                let letters = usize::from(u16_at(style, base).unwrap_or(0));
                let name = utf16(style, base + 2, letters).unwrap_or_default().to_lowercase();
                if (1..=9).contains(&kind) || name.starts_with("heading") || name.starts_with("标题") {
                    own.heading = Some(true);
                }
                // After the name and its zero come the changes to paragraphs, on an even byte.
                let changes = base + 2 + 2 * letters + 2;
                let size = usize::from(u16_at(style, changes).unwrap_or(0));
                if u16_at(style, 2).is_some_and(|kind| kind & 0xF == 1)
                    && let Some(changes) = style.get(changes + 4..changes + 2 + size)
                {
                    own.apply(changes, &[], true);
                }
                self.styles.insert(number, own);
            }
            number += 1;
        }
    }

    /// Reads how lists are numbered ([MS-DOC] 2.9.131, 2.9.147, 2.9.150).
    fn read_lists(&mut self) {
        let kinds = self.part(73);
        let mut kind_ids = Vec::new();
        for at in 0..usize::from(u16_at(kinds, 0).unwrap_or(0)) {
            let Some(id) = u32_at(kinds, 2 + 28 * at) else { break };
            let simple = kinds.get(2 + 28 * at + 26).is_some_and(|flags| flags & 1 == 1);
            kind_ids.push((i64::from(id), simple));
        }
        let after = u32_at(self.document, 0x9A + 8 * 73).unwrap_or(u32::MAX) as usize;
        let mut at = after.saturating_add(kinds.len());
        for (kind, simple) in kind_ids {
            for level in 0..if simple { 1 } else { 9 } {
                let Some(next) = self.read_level(kind, level, at) else { return };
                at = next;
            }
        }
        let lists = self.part(74);
        for at in 0..u32_at(lists, 0).unwrap_or(0).min(u32::from(u16::MAX)) {
            let Some(kind) = u32_at(lists, 4 + 16 * at as usize) else { break };
            self.lists.add_list(i64::from(at) + 1, i64::from(kind));
        }
    }

    /// Reads one level and returns the byte after it.
    fn read_level(&mut self, kind: i64, number: usize, at: usize) -> Option<usize> {
        let start = u32_at(self.table, at)?;
        let format = *self.table.get(at + 4)?;
        let follow = *self.table.get(at + 15)?;
        let (characters, paragraph) = (*self.table.get(at + 24)?, *self.table.get(at + 25)?);
        let text = at + 28 + usize::from(characters) + usize::from(paragraph);
        let letters = usize::from(u16_at(self.table, text)?);
        let written = utf16(self.table, text + 2, letters)?;
        let level = self.lists.level(kind, number)?;
        level.start = i64::from(start.cast_signed());
        level.spaced = follow != 2;
        let format = FORMATS.iter().find(|(known, _)| *known == format).map_or("", |(_, name)| name);
        format.clone_into(&mut level.format);
        level.text = String::new();
        for c in written.chars() {
            match u32::from(c) {
                place @ 0..=8 => level.text.extend(['%', char::from(b'1' + place as u8)]),
                _ => level.text.push(c),
            }
        }
        Some(text + 2 + 2 * letters)
    }
}

/// Reads which characters are stored where ([MS-DOC] 2.9.38): after formatting that matters to nobody comes the table.
fn pieces(part: &[u8]) -> Vec<Piece> {
    let mut at = 0;
    while part.get(at) == Some(&1) {
        at += 3 + usize::from(u16_at(part, at + 1).unwrap_or(0));
    }
    if part.get(at) != Some(&2) {
        return Vec::new();
    }
    let table = part.get(at + 5..).unwrap_or_default();
    let count = (u32_at(part, at + 1).unwrap_or(0) as usize).min(table.len()).saturating_sub(4) / 12;
    let piece = |number: usize| {
        let (first, end) = (u32_at(table, 4 * number)?, u32_at(table, 4 * number + 4)?);
        let place = u32_at(table, 4 * (count + 1) + 8 * number + 2)?;
        let narrow = place & 0x4000_0000 != 0;
        let place = (place & 0x3FFF_FFFF) as usize;
        Some(Piece { first, end, at: if narrow { place / 2 } else { place }, narrow })
    };
    let mut pieces: Vec<Piece> =
        (0..count).map_while(piece).filter(|piece| piece.first < piece.end).collect();
    // Characters are numbered once; a file that says otherwise would be read for ever.
    let mut last = 0;
    pieces.retain(|piece| {
        let fits = piece.first >= last;
        last = last.max(piece.end);
        fits
    });
    pieces
}

/// Reads which bytes share their properties: pages of 512 bytes, named in order by `part` ([MS-DOC] 2.9.33, 2.9.23).
fn runs(document: &[u8], part: &[u8], paragraphs: bool) -> Vec<Run> {
    let count = part.len().saturating_sub(4) / 8;
    let mut runs = Vec::new();
    for number in 0..count {
        let Some(page) = u32_at(part, 4 * (count + 1) + 4 * number) else { break };
        let start = (page & 0x003F_FFFF) as usize * 512;
        let Some(page) = document.get(start..start + 512) else { continue };
        let entries = usize::from(*page.last().unwrap_or(&0));
        for entry in 0..entries {
            let size = if paragraphs { 13 } else { 1 };
            let (from, to) = (u32_at(page, 4 * entry), u32_at(page, 4 * entry + 4));
            let place = page.get(4 * (entries + 1) + size * entry).map(|place| usize::from(*place) * 2);
            let (Some(from), Some(to), Some(place)) = (from, to, place) else { break };
            let length = |at: usize| usize::from(page.get(at).copied().unwrap_or(0));
            let (at, length) = match (place, paragraphs) {
                (0, _) => (0, 0),
                (place, false) => (place + 1, length(place)),
                (place, true) if length(place) == 0 => (place + 2, 2 * length(place + 1)),
                (place, true) => (place + 1, 2 * length(place) - 1),
            };
            if place > 0 && at + length <= 512 {
                runs.push(Run { start: from, end: to, changes: (start + at, start + at + length) });
            }
        }
    }
    runs.sort_by_key(|run| run.start);
    runs
}

fn find(runs: &[Run], at: u32) -> Option<Run> {
    let index = runs.partition_point(|run| run.start <= at).checked_sub(1)?;
    runs.get(index).copied().filter(|run| at < run.end)
}

/// Returns the character that one byte stands for.
fn windows_1252(byte: u8) -> u16 {
    const HIGH: [u16; 32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
        0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122,
        0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ];
    byte.checked_sub(0x80).and_then(|high| HIGH.get(usize::from(high)).copied()).unwrap_or(u16::from(byte))
}
