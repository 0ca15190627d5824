//! The sheets of reviewers as a workbook of Excel.

use std::io;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, XlsxError};

use super::form::{cells, heads};
use super::{Checklist, Verdict};
use crate::lang::{Lang, Word};

/// The most characters that Excel takes in a cell.
const LONGEST_CELL: usize = 32_000;
/// How wide the columns are, in characters.
const WIDTHS: [u32; 6] = [24, 12, 24, 30, 12, 90];

/// Returns the bytes of a workbook with one row for each item of each disclosure. Every cell is text: what a document
/// says is never a formula.
pub fn workbook(lists: &[Checklist], lang: Lang) -> io::Result<Vec<u8>> {
    bytes(lists, lang).map_err(io::Error::other)
}

fn bytes(lists: &[Checklist], lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_border(FormatBorder::Thin);
    let head = plain.clone().set_bold().set_background_color(Color::RGB(0x00DD_E6F0));
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(Word::ChecklistTitle.text(lang))?;
    sheet.set_freeze_panes(1, 0)?;
    for (column, (title, width)) in (0..).zip(heads(lang).iter().zip(WIDTHS)) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, *title, &head)?;
    }
    let mut number = 0;
    for list in lists {
        for row in &list.rows {
            number += 1;
            let colour = match row.verdict {
                Verdict::Meets => Color::RGB(0x0000_6100),
                Verdict::CannotTell => Color::RGB(0x007F_6000),
                Verdict::Fails => Color::RGB(0x009C_0006),
            };
            let verdict = plain.clone().set_font_color(colour);
            for (column, cell) in (0..).zip(cells(list, row, lang)) {
                let text: String = cell.chars().take(LONGEST_CELL).collect();
                let format = if column == 4 { &verdict } else { &plain };
                sheet.write_string_with_format(number, column, text, format)?;
            }
        }
    }
    sheet.autofilter(0, 0, number, 5)?;
    workbook.save_to_buffer()
}
