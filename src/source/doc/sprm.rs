//! The properties of paragraphs and characters as Word 97 stores them ([MS-DOC] 2.6): numbered changes one after the other.

use super::super::marked::RowShape;
use super::bytes::{i16_at, u16_at, u32_at};

/// What a paragraph is.
#[derive(Debug, Clone, Default)]
pub(super) struct Properties {
    /// The style, by its number in the style sheet.
    pub(super) style: u16,
    /// Whether the paragraph is a heading, where it says so itself.
    pub(super) heading: Option<bool>,
    /// The list it is in, from 1; 0 for none.
    pub(super) list: Option<u16>,
    /// The level in the list.
    pub(super) level: Option<u8>,
    /// How many tables it stands in.
    pub(super) depth: u32,
    /// Whether its mark ends a cell of a table in a table.
    pub(super) ends_inner_cell: bool,
    /// Whether its mark ends a row.
    pub(super) ends_row: bool,
    /// How far it is set in, in twentieths of a point.
    pub(super) indent: i32,
    /// The row that its mark ends.
    pub(super) row: RowShape,
}

impl Properties {
    /// Applies changes; those that are too many for their place stand in the data stream.
    pub(super) fn apply(&mut self, changes: &[u8], data: &[u8], nested: bool) {
        each(changes, |code, operand| {
            let byte = operand.first().copied().unwrap_or(0);
            match code {
                0x2416 => self.depth = self.depth.max(u32::from(byte != 0)),
                0x2417 | 0x244C => self.ends_row = byte != 0,
                0x244B => self.ends_inner_cell = byte != 0,
                0x6649 => self.depth = u32_at(operand, 0).unwrap_or(0),
                0x4600 => self.style = u16_at(operand, 0).unwrap_or(0),
                0x2640 => self.heading = Some(byte < 9),
                0x260A => self.level = Some(byte),
                0x460B => self.list = u16_at(operand, 0),
                0x845E | 0x840F | 0x8460 | 0x8411 => {
                    self.indent += i32::from(i16_at(operand, 0).unwrap_or(0));
                }
                0x6646 | 0x6645 if !nested => {
                    let at = u32_at(operand, 0).unwrap_or(u32::MAX) as usize;
                    let length = usize::from(u16_at(data, at).unwrap_or(0));
                    if let Some(changes) =
                        at.checked_add(2).and_then(|at| data.get(at..at.checked_add(length)?))
                    {
                        self.apply(changes, data, true);
                    }
                }
                0xD608 => define(&mut self.row, operand),
                0x3404 => self.row.head = byte != 0,
                0xD62B => {
                    let flag = operand.get(1).copied().unwrap_or(0);
                    if let Some((_, above)) = self.row.merged.get_mut(usize::from(byte)) {
                        *above = flag == 1;
                    }
                }
                0x5624 => {
                    let last = operand.get(1).copied().unwrap_or(0);
                    for cell in usize::from(byte) + 1..usize::from(last) {
                        if let Some((before, _)) = self.row.merged.get_mut(cell) {
                            *before = true;
                        }
                    }
                }
                _ => {}
            }
        });
    }
}

/// Reads the definition of a row ([MS-DOC] 2.9.316): the edges, then 20 bytes for each cell.
fn define(row: &mut RowShape, operand: &[u8]) {
    let cells = usize::from(operand.first().copied().unwrap_or(0));
    let edges = (0..=cells).map_while(|at| i16_at(operand, 1 + 2 * at)).map(i32::from);
    row.edges = edges.collect();
    let shape = |at| {
        let flags = u16_at(operand, 1 + 2 * (cells + 1) + 20 * at).unwrap_or(0);
        (flags & 3 == 1, flags >> 5 & 3 == 1)
    };
    row.merged = (0..cells).map(shape).collect();
}

/// Returns whether characters are deleted or hidden after these changes.
pub(super) fn is_gone(changes: &[u8]) -> bool {
    let (mut deleted, mut hidden) = (false, false);
    each(changes, |code, operand| {
        let on = operand.first().is_some_and(|value| *value & 1 == 1);
        match code {
            0x0800 => deleted = on,
            0x083C => hidden = on,
            _ => {}
        }
    });
    deleted || hidden
}

/// Goes through changes one by one: their code and their operand.
fn each(changes: &[u8], mut change: impl FnMut(u16, &[u8])) {
    let mut at = 0;
    while let Some(code) = u16_at(changes, at) {
        at += 2;
        let size = match code >> 13 {
            0 | 1 => 1,
            2 | 4 | 5 => 2,
            3 => 4,
            7 => 3,
            _ if code == 0xD608 => {
                let Some(size) = u16_at(changes, at) else { return };
                at += 2;
                usize::from(size).saturating_sub(1)
            }
            _ => {
                let Some(size) = changes.get(at).copied() else { return };
                at += 1;
                // Tab stops in a number that one byte cannot hold: nothing that matters follows.
                if code == 0xC615 && size == 255 {
                    return;
                }
                usize::from(size)
            }
        };
        let Some(operand) = changes.get(at..at + size) else { return };
        change(code, operand);
        at += size;
    }
}
