//! Tables of Markdown, one row a line with bars between the cells → rows of cells.

use super::span::{self, Span};
use super::text::trimmed_line;
use super::{Block, BlockKind, Cell, Row, Source, Table};

/// Reads the table whose head is line `first`, if one begins there, into the layout and returns its last line.
pub(super) fn read_table(source: &mut Source, first: u32) -> Option<u32> {
    let head = cells(source, first)?;
    let rule = cells(source, first + 1)?;
    let ruled = |cell: &Span| {
        let text = source.cut(*cell);
        text.contains('-') && text.chars().all(|c| matches!(c, '-' | ':'))
    };
    if head.len() < 2 || !rule.iter().all(ruled) {
        return None;
    }
    let table = source.tables.len() as u32;
    let mut rows = Vec::new();
    let mut add = |source: &mut Source, cells: Vec<Span>| {
        if let (Some(start), Some(end)) = (cells.first(), cells.last()) {
            let kind = BlockKind::Row { table, row: rows.len() as u32 };
            source.blocks.push(Block { kind, span: start.cover(*end) });
            let cell = |(column, span): (u16, &Span)| Cell::single(*span, column);
            rows.push(Row { cells: (0..).zip(&cells).map(cell).collect(), number: 0 });
        }
    };
    add(source, head);
    let mut last = first + 1;
    while let Some(cells) = cells(source, last + 1) {
        add(source, cells);
        last += 1;
    }
    source.tables.push(Table { rows, head_rows: 1, ..Table::default() });
    Some(last)
}

/// Returns the cells of a line that begins with a bar.
fn cells(source: &Source, number: u32) -> Option<Vec<Span>> {
    let line = trimmed_line(source, number);
    let text = source.cut(line);
    let inner = text.strip_prefix('|')?;
    let inner = inner.strip_suffix('|').filter(|rest| !rest.ends_with('\\')).unwrap_or(inner);
    let (mut cells, mut start) = (Vec::new(), 0);
    let mut cell = |from: usize, to: usize| {
        let base = line.start as usize + 1;
        let span = span::trim(&source.text, Span::new(base + from, base + to));
        // The marks of emphasis around a cell are none of its text.
        let shown = source.cut(span);
        let before = shown.len() - shown.trim_start_matches('*').len();
        let inside = shown.trim_matches('*').len();
        cells.push(Span::new(span.start as usize + before, span.start as usize + before + inside));
    };
    for (at, _) in inner.match_indices('|') {
        if !span::slice(inner, 0, at).ends_with('\\') {
            cell(start, at);
            start = at + 1;
        }
    }
    cell(start, inner.len());
    Some(cells)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::super::shown::shown;
    use super::super::{Encoding, Format};
    use super::*;

    #[track_caller]
    fn check(markdown: &str, expect: &Expect) {
        let source = Source::from_text(markdown.to_owned(), Format::Markdown, Encoding::Utf8);
        expect.assert_eq(&shown(Ok(source)));
    }

    #[test]
    fn rows_are_lines_with_bars() {
        check(
            "支出总表\n\n| 科目 | 合计 |\n|:--|---:|\n| **201** | 3.43 |\n|甲\\|乙||\n二、说明\n| 不是 | 表 |\n",
            &expect![[r"
                支出总表
                |0:科目 1:合计
                |0:201 1:3.43
                |0:甲\|乙 1:
                二、说明
                | 不是 | 表 |
            "]],
        );
    }
}
