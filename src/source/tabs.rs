//! Lines of text with tabs between cells, as a spreadsheet copies them → rows of cells.

use super::span::{self, Span};
use super::{Block, BlockKind, Cell, Row, Source, Table};

/// The fewest columns: a contents page has a tab before each page number.
const FEWEST: usize = 3;

/// Reads the table that begins at line `first`, if one does, into the layout and returns its last line: at least two
/// lines with the same number of cells, of which the first has a text in every one or two.
pub(super) fn read_table(source: &mut Source, first: u32) -> Option<u32> {
    let head = cells(source, first)?;
    let width = head.len();
    let titled = head.iter().filter(|cell| !cell.is_empty()).count() >= 2;
    if width < FEWEST || !titled || cells(source, first + 1)?.len() != width {
        return None;
    }
    let table = source.tables.len() as u32;
    let (mut rows, mut number) = (Vec::new(), first);
    while let Some(cells) = cells(source, number).filter(|cells| cells.len() == width) {
        if let (Some(start), Some(end)) = (cells.first(), cells.last()) {
            let kind = BlockKind::Row { table, row: rows.len() as u32 };
            source.blocks.push(Block { kind, span: start.cover(*end) });
        }
        let cell = |(column, span): (u16, &Span)| Cell::single(*span, column);
        rows.push(Row { cells: (0..).zip(&cells).map(cell).collect(), number: 0 });
        number += 1;
    }
    source.tables.push(Table { rows, ..Table::default() });
    Some(number - 1)
}

/// Returns the cells of a line with tabs.
fn cells(source: &Source, number: u32) -> Option<Vec<Span>> {
    let line = source.line(number);
    let text = source.cut(line);
    let mut cells = Vec::new();
    let mut start = 0;
    for end in memchr::memchr_iter(b'\t', text.as_bytes()).chain([text.len()]) {
        let whole = Span::new(line.start as usize + start, line.start as usize + end);
        let span = span::trim(&source.text, whole);
        cells.push(if span.is_empty() {
            Span::new(whole.start as usize, whole.start as usize)
        } else {
            span
        });
        start = end + 1;
    }
    (cells.len() > 1).then_some(cells)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::super::shown::shown;
    use super::super::{Encoding, Format};
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &Expect) {
        let source = Source::from_text(text.to_owned(), Format::Text, Encoding::Utf8);
        expect.assert_eq(&shown(Ok(source)));
    }

    #[test]
    fn rows_are_lines_with_tabs() {
        check(
            "支出总表\r\n科目\t名称\t合计\r\n201\t 甲 \t3.43\r\n\t合计\t\r\n第一部分\t概况\n",
            &expect![[r"
                支出总表
                |0:科目 1:名称 2:合计
                |0:201 1:甲 2:3.43
                |0: 1:合计 2:
                第一部分	概况
            "]],
        );
        check(
            "目录\n一、\t概况\t1\n二、收入\t2\n",
            &expect![[r"
            目录
            一、	概况	1
            二、收入	2
        "]],
        );
    }
}
