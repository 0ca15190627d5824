//! Word-processor tables dumped as text, one cell a line → rows of cells.
//!
//! A cell begins with a tab; its further lines do not, and may be blank. A blank line ends a row where the next line is
//! another cell. A lone tab is an empty cell, most often one that is merged with the cell above. The table ends where
//! text stands after more than one blank line, or where a line begins a new part of the document.

use super::span::{Span, slice, trim};
use super::{Block, BlockKind, Cell, Row, Source, Table};

/// The longest cell of the first row, in bytes: longer lines are indented paragraphs.
const LONGEST_FIRST_CELL: usize = 120;

/// Reads the table that begins at line `first`, if one does, into the layout and returns the line after it.
pub(super) fn read_table(source: &mut Source, first: u32) -> Option<u32> {
    // The second cell begins within a few lines, for the first may go on over some.
    let cell = |number: u32| source.cut(source.line(number)).starts_with('\t');
    if !cell(first) || !(first + 1..first + 4).any(cell) {
        return None;
    }
    let (rows, next) = read_rows(source, first);
    let rows = join_split_rows(rows);
    let wide = rows.iter().filter(|row| row.cells.len() > 1).count();
    let short =
        rows.first().is_some_and(|row| row.cells.iter().all(|cell| cell.span.len() <= LONGEST_FIRST_CELL));
    let sentences =
        rows.iter().flat_map(|row| &row.cells).filter(|cell| source.cut(cell.span).ends_with('。')).count();
    if wide < 2 || !short || sentences * 3 > wide {
        return None;
    }
    let table = source.tables.len() as u32;
    for (index, row) in rows.iter().enumerate() {
        if let (Some(start), Some(end)) = (row.cells.first(), row.cells.last()) {
            let kind = BlockKind::Row { table, row: index as u32 };
            source.blocks.push(Block { kind, span: start.span.cover(end.span) });
        }
    }
    source.tables.push(Table { rows, ragged: true, ..Table::default() });
    Some(next)
}

/// A row while it is read, and how many blank lines stood in it after its last cell so far.
#[derive(Default)]
struct Draft {
    cells: Vec<Cell>,
    blank_after: u32,
}

fn read_rows(source: &Source, first: u32) -> (Vec<Draft>, u32) {
    let last = source.lines.len() as u32;
    let mut rows: Vec<Draft> = vec![Draft::default()];
    let mut blank = 0;
    let mut number = first;
    while number <= last {
        let line = source.line(number);
        let text = source.cut(line);
        let shown = trim(&source.text, line);
        if text.starts_with('\t') {
            if blank > 0 {
                if let Some(row) = rows.last_mut() {
                    row.blank_after = blank;
                }
                rows.push(Draft::default());
            }
            if let Some(row) = rows.last_mut() {
                let empty = Span::new(line.start as usize + 1, line.start as usize + 1);
                let span = if shown.is_empty() { empty } else { shown };
                row.cells.push(Cell { span, ..Cell::default() });
            }
            blank = 0;
        } else if shown.is_empty() {
            blank += 1;
        } else {
            let cell = rows.last_mut().and_then(|row| row.cells.last_mut());
            let Some(cell) = cell else { break };
            let within = cell.span.is_empty() || blank == 1;
            let goes_on = blank == 0 || within && !begins_a_part(source.cut(shown));
            if !goes_on {
                break;
            }
            let start = if cell.span.is_empty() { shown.start } else { cell.span.start };
            cell.span = Span::new(start as usize, shown.end as usize);
            blank = 0;
        }
        number += 1;
    }
    (rows, number)
}

/// Whether a line opens a part of the document and cannot be the text of a cell.
fn begins_a_part(line: &str) -> bool {
    line.starts_with('第') && slice(line, 0, 24).contains("部分") || line.ends_with('表')
}

/// A row that two blank lines inside a cell cut in two is one again where its pieces make the width of the row above.
fn join_split_rows(drafts: Vec<Draft>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::with_capacity(drafts.len());
    let mut width = 0;
    let mut drafts = drafts.into_iter().filter(|draft| !draft.cells.is_empty()).peekable();
    while let Some(mut draft) = drafts.next() {
        let fits = drafts.peek().is_some_and(|next| {
            draft.blank_after > 1
                && draft.cells.len() + next.cells.len() == width
                && next.cells.first().is_some_and(|cell| !cell.span.is_empty())
        });
        if let Some(next) = drafts.next_if(|_| fits) {
            draft.cells.extend(next.cells);
        }
        width = width.max(draft.cells.len());
        if draft.cells.len() <= 2 {
            // A row of one or two cells is a heading inside the table: the columns below may be others.
            width = 0;
        }
        for (column, cell) in draft.cells.iter_mut().enumerate() {
            (cell.column, cell.columns, cell.rows) = (column as u16, 1, 1);
        }
        rows.push(Row { cells: draft.cells, number: 0 });
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::super::{Encoding, Format};
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[&[&str]]) {
        let source = Source::from_text(text.to_owned(), Format::Text, Encoding::Utf8);
        let rows = source.tables.iter().flat_map(|table| &table.rows);
        let shown: Vec<Vec<String>> = rows
            .map(|row| row.cells.iter().map(|cell| source.cut(cell.span).replace('\n', "/")).collect())
            .collect();
        assert_eq!(shown, expect);
    }

    #[test]
    fn puts_rows_back_together() {
        check(
            "资金表\n单位：万元\n\t收入\n构成\n\t财政拨款\n\t871.07\u{3000}\n\n\t\n\t其他\n\t\u{3000}\n\n\n第三部分 名词解释\n",
            &[&["收入/构成", "财政拨款", "871.07"], &["", "其他", ""]],
        );
    }

    #[test]
    fn a_cell_may_hold_blank_lines() {
        check(
            "\t名称\n\t\u{3000}\n\n\n水利局\n\n\t甲\n\t乙\n\t丙\n\n\t\n\t效益\n\n\n\t社会\n",
            &[&["名称", "水利局"], &["甲", "乙", "丙"], &["", "效益", "社会"]],
        );
    }

    #[test]
    fn indented_paragraphs_are_no_table() {
        let source = Source::from_text(
            "\t一、收入情况。\n\t收入10万元。\n\t二、支出情况。\n".to_owned(),
            Format::Text,
            Encoding::Utf8,
        );
        assert!(source.tables.is_empty());
        assert_eq!(source.blocks.len(), 3);
    }

    #[test]
    fn knows_its_title_and_unit() {
        let source = Source::from_text(
            "资金表\n单位：万元\n\t甲\n\t1\n\n\t乙\n\t2\n".to_owned(),
            Format::Text,
            Encoding::Utf8,
        );
        let table = source.tables.first().expect("a table");
        assert_eq!(table.title.map(|title| source.cut(title)), Some("资金表"));
        assert_eq!(table.unit_note.map(|note| source.cut(note)), Some("单位：万元"));
    }
}
