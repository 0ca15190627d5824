//! Paragraphs and tables, one after the other → canonical text and its layout.

use super::caption::caption;
use super::grid::{Grid, GridCell, Piece};
use super::span::{self, Span};
use super::{Block, BlockKind, Cell, Format, Row, Sheet, Source, Table, Unreadable};

/// The longest text that is made, in bytes: spans are 32 bits, and nobody publishes more.
const LONGEST_TEXT: usize = 256 << 20;
/// How many rows above the head of a table may hold its title, its number and its unit.
const TITLE_ROWS: usize = 6;

/// Text with its layout while a reader writes it.
#[derive(Debug, Default)]
pub(super) struct Builder {
    source: Source,
}

impl Builder {
    /// Returns an empty text of a format.
    pub(super) fn new(format: Format) -> Self {
        Self { source: Source { format, ..Source::default() } }
    }

    /// Adds what a reader found.
    pub(super) fn pieces(&mut self, pieces: Vec<Piece>) {
        for piece in pieces {
            match piece {
                Piece::Paragraph(heading, text) => self.paragraph(heading, &text),
                Piece::Table(grid) => self.table(grid),
            }
        }
    }

    /// Adds a paragraph; each of its lines becomes a block.
    pub(super) fn paragraph(&mut self, heading: bool, text: &str) {
        for line in text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{2028}', '\u{2029}']) {
            let start = self.source.text.len();
            self.source.text.push_str(line);
            let span = span::trim(&self.source.text, Span::new(start, self.source.text.len()));
            if span.is_empty() {
                self.source.text.truncate(start);
                continue;
            }
            self.source.text.push('\n');
            let kind = if heading { BlockKind::Heading } else { BlockKind::Paragraph };
            self.source.blocks.push(Block { kind, span });
        }
    }

    /// Begins a sheet of a workbook; its name stands in the text above what is on it, in no block.
    pub(super) fn sheet(&mut self, name: &str, hidden: bool) {
        self.end_sheet();
        let start = self.source.text.len();
        self.source.text.extend(name.chars().map(|c| if c.is_control() { ' ' } else { c }));
        // It is told where it is needed; as a heading it would be one that the document does not have.
        let name = span::trim(&self.source.text, Span::new(start, self.source.text.len()));
        self.source.text.push('\n');
        self.source.sheets.push(Sheet { name, span: Span::new(start, start), hidden });
    }

    fn end_sheet(&mut self) {
        let end = self.source.text.len();
        if let Some(sheet) = self.source.sheets.last_mut() {
            sheet.span = Span::new(sheet.span.start as usize, end);
        }
    }

    /// Adds a table; one that only puts text in its place is read as text, and so are the lines above a head and below
    /// the last row that belong to no column.
    pub(super) fn table(&mut self, grid: Grid) {
        if grid.is_layout() {
            for cell in grid.rows.into_iter().flatten() {
                self.pieces(cell.pieces);
            }
            return;
        }
        let mut rows = grid.rows;
        let above = rows.iter().take(TITLE_ROWS).take_while(|row| stands_above(row)).count();
        let below = rows.iter().skip(above).rev().take_while(|row| stands_below(row)).count();
        let last = rows.split_off(rows.len() - below);
        let body = rows.split_off(above);
        self.lines(&rows);
        let numbers = grid.numbers.get(above..).unwrap_or_default();
        self.rows(&body, numbers, grid.head_rows.saturating_sub(above as u16));
        self.lines(&last);
    }

    /// Rows that are no rows of a table, as lines.
    fn lines(&mut self, rows: &[Vec<GridCell>]) {
        for cell in rows.iter().flatten() {
            self.paragraph(false, &cell.text());
        }
    }

    fn rows(&mut self, rows: &[Vec<GridCell>], numbers: &[u32], head_rows: u16) {
        if rows.is_empty() {
            return;
        }
        let index = self.source.tables.len() as u32;
        let sheet = self.source.sheets.len().checked_sub(1).map(|last| last as u32);
        let mut table = Table { head_rows, sheet, ..Table::default() };
        for (at, row) in rows.iter().enumerate() {
            let start = self.source.text.len();
            let mut cells = Vec::with_capacity(row.len());
            for cell in row.iter().filter(|cell| !cell.covered) {
                if !cells.is_empty() {
                    self.source.text.push('\t');
                }
                cells.push(self.cell(cell));
            }
            let end = self.source.text.len();
            self.source.text.push('\n');
            let first = cells.first().map_or(start, |cell| cell.span.start as usize);
            let last = cells.last().map_or(end, |cell| cell.span.end as usize);
            let kind = BlockKind::Row { table: index, row: at as u32 };
            self.source.blocks.push(Block { kind, span: Span::new(first, last) });
            table.rows.push(Row { cells, number: numbers.get(at).copied().unwrap_or(0) });
        }
        self.source.tables.push(table);
    }

    fn cell(&mut self, cell: &GridCell) -> Cell {
        let start = self.source.text.len();
        self.source.text.extend(cell.text().chars().map(|c| if c == '\t' { ' ' } else { c }));
        let whole = Span::new(start, self.source.text.len());
        let span = span::trim(&self.source.text, whole);
        let before = span::slice(&self.source.text, start, span.start as usize);
        let width = |c| if c == '\u{3000}' { 2 } else { 1 };
        let blanks: u16 = before.chars().map(width).fold(0, u16::saturating_add);
        let empty = span.is_empty();
        Cell {
            span: if empty { Span::new(start, start) } else { span },
            column: cell.column,
            columns: cell.columns.max(1),
            rows: cell.rows.max(1),
            indent: if empty { 0 } else { cell.indent.saturating_add(blanks) },
        }
    }

    /// A table that nothing names is what its sheet is called, where that is the name of a table and no number.
    fn name_tables(&mut self) {
        for table in self.source.tables.iter_mut().filter(|table| table.title.is_none()) {
            let Some(sheet) = table.sheet.and_then(|sheet| self.source.sheets.get(sheet as usize)) else {
                continue;
            };
            let name = span::cut(&self.source.text, sheet.name);
            let letters = name.chars().filter(|c| c.is_alphabetic()).count();
            if name.ends_with('表') && letters > 2 {
                table.title = Some(sheet.name);
            }
        }
    }

    /// Returns whether the text has grown beyond what is read.
    pub(super) fn is_too_long(&self) -> bool {
        self.source.text.len() > LONGEST_TEXT
    }

    /// Returns the text with its layout, or why there is none.
    pub(super) fn finish(mut self) -> Result<Source, Unreadable> {
        if self.is_too_long() {
            return Err(Unreadable::TooLarge);
        }
        if self.source.blocks.is_empty() {
            return Err(Unreadable::Empty);
        }
        self.end_sheet();
        self.source.lines = span::line_starts(&self.source.text);
        caption(&mut self.source);
        self.name_tables();
        Ok(self.source)
    }
}

/// Whether a row above the head of a table is the table's title, its number, or names the holder and the unit.
fn stands_above(row: &[GridCell]) -> bool {
    let texts: Vec<String> = row.iter().map(GridCell::text).filter(|text| !text.trim().is_empty()).collect();
    let note = |text: &String| {
        let text: String = text.chars().filter(|c| !span::is_blank(*c)).collect();
        let named = ["单位", "部门", "编制", "填报", "公开", "金额单位", "项目单位"]
            .iter()
            .any(|word| text.starts_with(word));
        named && text.contains(['：', ':'])
            || text.starts_with("公开") && text.ends_with('表')
            || is_unit_note(&text)
    };
    match texts.as_slice() {
        [] => true,
        // A title reaches over the table; a label of a column that is merged downwards does not.
        [only] => {
            row.iter().filter(|cell| !cell.covered).count() == 1
                || row.iter().all(|cell| cell.rows == 1) && !starts_a_number(only)
        }
        texts => texts.iter().all(note),
    }
}

/// Whether a row below the last one is a note that reaches over the table.
fn stands_below(row: &[GridCell]) -> bool {
    let filled: Vec<&GridCell> = row.iter().filter(|cell| !cell.text().trim().is_empty()).collect();
    match filled.as_slice() {
        [] => true,
        [only] if only.column == 0 => {
            only.columns > 1 || row.len() == 1 || only.text().trim_start().starts_with(['注', '备', '说'])
        }
        _ => false,
    }
}

fn is_unit_note(text: &str) -> bool {
    text.contains("单位") && text.contains('元')
}

fn starts_a_number(text: &str) -> bool {
    text.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(texts: &[&str]) -> Vec<GridCell> {
        let cell = |(column, text): (u16, &&str)| {
            GridCell::new(column, vec![Piece::Paragraph(false, (*text).to_owned())])
        };
        (0..).zip(texts).map(cell).collect()
    }

    #[test]
    fn tables_are_lines_of_cells_and_their_titles_stand_above() {
        let mut builder = Builder::new(Format::Text);
        builder.paragraph(true, "  第二部分\u{a0}");
        builder.table(Grid::new(vec![
            row(&["收支总表", "", ""]),
            row(&["部门：某局", "", "单位：万元"]),
            row(&["项目", "预算数", "说明"]),
            row(&["一、收入", "3\t\n5", ""]),
            row(&["注：略", "", ""]),
        ]));
        let source = builder.finish().expect("it is a text");
        assert_eq!(
            source.text,
            "  第二部分\u{a0}\n收支总表\n部门：某局\n单位：万元\n项目\t预算数\t说明\n一、收入\t3 \n5\t\n注：略\n"
        );
        let blocks: Vec<(bool, &str)> = source
            .blocks
            .iter()
            .map(|block| (matches!(block.kind, BlockKind::Row { .. }), source.cut(block.span)))
            .collect();
        assert_eq!(
            blocks,
            [
                (false, "第二部分"),
                (false, "收支总表"),
                (false, "部门：某局"),
                (false, "单位：万元"),
                (true, "项目\t预算数\t说明"),
                (true, "一、收入\t3 \n5\t"),
                (false, "注：略"),
            ]
        );
        let table = source.tables.first().expect("a table");
        assert_eq!(table.title.map(|title| source.cut(title)), Some("收支总表"));
        assert_eq!(table.unit_note.map(|note| source.cut(note)), Some("单位：万元"));
        assert_eq!(table.rows.len(), 2);
    }

    #[test]
    fn a_frame_is_read_as_text() {
        let mut builder = Builder::new(Format::Text);
        builder.table(Grid::new(vec![row(&["一、职责"]), row(&["负责。"])]));
        let source = builder.finish().expect("it is a text");
        assert_eq!((source.text.as_str(), source.tables.len()), ("一、职责\n负责。\n", 0));
    }
}
