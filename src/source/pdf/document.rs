//! Pages → text with a layout: paragraphs whose lines go on, tables that go on over pages, nothing that is only there
//! because of the paper.

use super::furniture::{Shown, furniture};
use super::line::{Line, is_wide, join, lines};
use super::matrix::Matrix;
use super::page::Page;
use super::tables::{Tables, write};
use crate::source::fold::folded;
use crate::source::numbering::numbering;
use crate::source::{Block, BlockKind, Format, Source, Span, caption, span};

/// What stands on a page, without page numbers and the like.
pub(super) struct Body {
    pub(super) lines: Vec<Line>,
    pub(super) tables: Vec<Matrix>,
    width: i32,
    height: i32,
}

/// One piece of a page in reading order.
#[derive(Debug, Clone, Copy)]
pub(super) enum Piece {
    /// A line, by its number on the page.
    Line(usize),
    /// A table, by its number on the page.
    Table(usize),
}

impl Body {
    /// Returns lines and tables from top to bottom.
    pub(super) fn pieces(&self) -> Vec<Piece> {
        let lines =
            self.lines.iter().enumerate().map(|(at, line)| (line.area.top, line.area.left, Piece::Line(at)));
        let tables = self
            .tables
            .iter()
            .enumerate()
            .map(|(at, table)| (table.area.top, table.area.left, Piece::Table(at)));
        let mut pieces: Vec<(i32, i32, Piece)> = lines.chain(tables).collect();
        pieces.sort_by_key(|(top, _, _)| *top);
        pieces.into_iter().map(|(_, _, piece)| piece).collect()
    }
}

/// Returns the text of the pages with its layout.
pub(super) fn document(pages: Vec<Page>) -> Source {
    let mut bodies: Vec<Body> = pages.into_iter().map(body).collect();
    let dropped = furniture(&bodies.iter().map(shown).collect::<Vec<_>>());
    for (body, dropped) in bodies.iter_mut().zip(dropped) {
        let mut dropped = dropped.into_iter();
        body.lines.retain(|_| !dropped.next().unwrap_or(false));
    }
    let tables = Tables::find(&bodies);
    let mut writer = Writer { columns: Columns::of(&bodies), ..Writer::default() };
    writer.source.format = Format::Pdf;
    writer.body_size = body_size(&bodies);
    for (number, body) in bodies.iter().enumerate() {
        writer.page(number, body, &tables);
    }
    writer.finish(&tables)
}

/// Sorts the glyphs of a page into the cells of its tables and into lines.
fn body(page: Page) -> Body {
    let Page { width, height, mut glyphs, grids } = page;
    let (mut tables, mut above) = (Vec::new(), Vec::new());
    for grid in &grids {
        let Some(mut matrix) = Matrix::new(grid) else { continue };
        let before = glyphs.clone();
        matrix.take(&mut glyphs);
        if !matrix.is_table() {
            glyphs = before;
            continue;
        }
        for (lines, matrix) in matrix.parts() {
            above.extend(lines);
            tables.extend(matrix.is_table().then_some(matrix));
        }
    }
    let mut lines = lines(&mut glyphs, true);
    lines.extend(above);
    Body { lines, tables, width, height }
}

fn shown(body: &Body) -> Shown<'_> {
    let tables = body.tables.iter().map(|table| table.area).collect();
    Shown { lines: &body.lines, tables, height: body.height }
}

/// Returns the size that most characters outside tables have.
fn body_size(bodies: &[Body]) -> i32 {
    let mut sizes: Vec<(i32, usize)> = bodies
        .iter()
        .flat_map(|body| &body.lines)
        .map(|line| (line.size, line.text.chars().count()))
        .collect();
    sizes.sort_unstable();
    let half = sizes.iter().map(|(_, count)| count).sum::<usize>() / 2;
    let mut seen = 0;
    let middle = sizes.iter().find(|(_, count)| {
        seen += count;
        seen >= half
    });
    middle.map_or(0, |(size, _)| *size)
}

/// Where the lines of running text begin and end, for each size of page.
#[derive(Debug, Default)]
struct Columns {
    /// Width and height of the page, left and right end of its lines.
    known: Vec<((i32, i32), (i32, i32))>,
}

impl Columns {
    fn of(bodies: &[Body]) -> Self {
        let mut sizes: Vec<(i32, i32)> = bodies.iter().map(|body| (body.width, body.height)).collect();
        sizes.sort_unstable();
        sizes.dedup();
        let column = |size: (i32, i32)| {
            let of_size = bodies.iter().filter(|body| (body.width, body.height) == size);
            let lines: Vec<&Line> = of_size.flat_map(|body| &body.lines).collect();
            let least = (lines.len() / 20).max(2);
            let left = often(lines.iter().map(|line| line.area.left), least).next();
            let right = often(lines.iter().map(|line| -line.area.right), least).next();
            Some((size, (left?, -right?)))
        };
        Self { known: sizes.into_iter().filter_map(column).collect() }
    }

    fn get(&self, body: &Body) -> Option<(i32, i32)> {
        self.known.iter().find(|(size, _)| *size == (body.width, body.height)).map(|(_, column)| *column)
    }
}

/// Returns, from the least on, the places near which at least so many of `all` are.
fn often(all: impl Iterator<Item = i32>, least: usize) -> impl Iterator<Item = i32> {
    const NEAR: i32 = 500;
    let mut all: Vec<i32> = all.collect();
    all.sort_unstable();
    let found: Vec<i32> = all
        .iter()
        .enumerate()
        .filter(|(at, place)| all.partition_point(|other| *other <= *place + NEAR) - at >= least)
        .map(|(_, place)| *place)
        .collect();
    found.into_iter()
}

/// Writes the text of the pages, piece by piece.
#[derive(Default)]
struct Writer {
    source: Source,
    columns: Columns,
    body_size: i32,
    /// The width of the page at hand.
    width: i32,
    /// The paragraph that may go on: where it begins, and its last line.
    open: Option<(usize, Line, bool)>,
    /// The first byte of each page.
    starts: Vec<usize>,
}

impl Writer {
    fn page(&mut self, number: usize, body: &Body, tables: &Tables) {
        let column = self.columns.get(body);
        self.width = body.width;
        let mut last: Option<&Line> = None;
        let mut started = false;
        for piece in body.pieces() {
            match piece {
                Piece::Line(at) => {
                    let Some(line) = body.lines.get(at).filter(|_| !tables.is_repeated(number, at)) else {
                        continue;
                    };
                    let beside = last.is_some_and(|last| line.area.top < last.area.bottom - last.size / 2);
                    self.line(line, column, beside, &mut started);
                    last = Some(line);
                }
                Piece::Table(at) => {
                    self.close();
                    self.start(&mut started);
                    let Some(matrix) = body.tables.get(at) else { continue };
                    write(&mut self.source, &tables.place(number, at), matrix);
                    last = None;
                }
            }
        }
        self.start(&mut started);
    }

    /// Notes where a page begins, once.
    fn start(&mut self, started: &mut bool) {
        if !*started {
            self.starts.push(self.source.text.len());
            *started = true;
        }
    }

    fn line(&mut self, line: &Line, column: Option<(i32, i32)>, beside: bool, started: &mut bool) {
        let goes_on = !beside
            && self.open.as_ref().zip(column).is_some_and(|((_, last, alone), column)| {
                *alone && (goes_on(last, line, column) || self.is_title_of_two_lines(last, line))
            });
        if goes_on {
            let before = self.source.text.len();
            join(&mut self.source.text, &line.text);
            if !*started {
                // The page begins after the blank between two words.
                let blank = self.source.text.len() - before - line.text.len();
                self.starts.push(before + blank);
                *started = true;
            }
            if let Some((_, last, _)) = &mut self.open {
                last.clone_from(line);
            }
            return;
        }
        self.end(if beside { '\t' } else { '\n' });
        self.start(started);
        let start = self.source.text.len();
        self.source.text.push_str(&line.text);
        self.open = Some((start, line.clone(), !beside));
    }

    /// Whether two lines are one title: of one size, larger than the text, both in the middle of the page, with little
    /// between them.
    fn is_title_of_two_lines(&self, last: &Line, line: &Line) -> bool {
        let size = last.size.max(line.size);
        let alike = (last.size - line.size).abs() * 20 <= size && is_large(size, self.body_size);
        let middle = |line: &Line| (line.area.left + line.area.right - self.width).abs() * 20 <= self.width;
        let gap = line.area.top - last.area.bottom;
        let near = gap * 2 <= size * 3 && line.area.top > last.area.top;
        let alone = |line: &Line| {
            let text = folded(&line.text);
            text.contains(':') || text == "目录" || numbering(&text).is_some()
        };
        alike && near && middle(last) && middle(line) && !alone(last) && !alone(line)
    }

    /// Ends the paragraph at hand.
    fn close(&mut self) {
        self.end('\n');
    }

    fn end(&mut self, mark: char) {
        let Some((start, line, _)) = self.open.take() else { return };
        let kind =
            if is_large(line.size, self.body_size) { BlockKind::Heading } else { BlockKind::Paragraph };
        let span = span::trim(&self.source.text, Span::new(start, self.source.text.len()));
        if !span.is_empty() {
            self.source.blocks.push(Block { kind, span });
        }
        self.source.text.push(mark);
    }

    fn finish(mut self, tables: &Tables) -> Source {
        self.close();
        let end = self.source.text.len();
        let ends = self.starts.iter().skip(1).copied().chain([end]);
        self.source.pages = self.starts.iter().zip(ends).map(|(start, end)| Span::new(*start, end)).collect();
        self.source.lines = span::line_starts(&self.source.text);
        tables.finish(&mut self.source);
        caption::caption(&mut self.source);
        self.source
    }
}

/// Returns whether a line goes on with the sentence of the line before it: that one is full, so that the next word would
/// not have fitted, and this one is not set in. A line of a contents page never goes on, and neither does a sentence that
/// is closed before a numbered one.
fn goes_on(last: &Line, line: &Line, (left, right): (i32, i32)) -> bool {
    let size = last.size.max(line.size);
    let alike = (last.size - line.size).abs() * 6 <= size;
    // A Chinese character is a word; any other takes half its size for each letter.
    let letters = line.text.chars().take_while(|c| !is_wide(*c)).count();
    let room =
        i32::try_from(letters).map_or(size, |letters| if letters == 0 { size } else { letters * size / 2 });
    let full = last.area.right + room + size / 2 >= right;
    let set_in = line.area.left > left + size / 2;
    let from_margin = last.area.left <= left + 4 * size;
    let closed =
        last.text.ends_with(['。', '；', '：', ';', ':']) && numbering(&folded(&line.text)).is_some();
    let below = line.area.top - last.area.bottom < size && line.area.top > last.area.top;
    let in_brackets = alike && below && is_open(&last.text) && line.text.contains(['）', ')']);
    in_brackets || alike && full && !set_in && from_margin && !closed && !is_of_contents(&last.text)
}

/// Returns whether a size is clearly larger than that of the text.
fn is_large(size: i32, body: i32) -> bool {
    size * 5 >= body * 6
}

/// Returns whether a text ends inside brackets.
fn is_open(text: &str) -> bool {
    let last = text.rfind(['（', '(', '）', ')']);
    last.is_some_and(|at| span::slice(text, at, text.len()).starts_with(['（', '(']))
}

/// Returns whether a line is one of a contents page: dots and a page number behind it.
fn is_of_contents(text: &str) -> bool {
    let title = text.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    title.len() < text.len() && (title.ends_with("..") || title.ends_with(['…', '·']))
}

#[cfg(test)]
mod tests {
    use super::super::page::{Area, Glyph, Grid};
    use super::*;

    /// Returns the glyphs of a line, wide ones of 10 points.
    fn text(text: &str, left: i32, top: i32) -> Vec<Glyph> {
        let mut at = left;
        let glyph = |c| {
            let width = if is_wide(c) { 1000 } else { 500 };
            at += width;
            Glyph { c, area: Area { left: at - width, right: at, top, bottom: top + 1000 }, size: 1000 }
        };
        text.chars().map(glyph).collect()
    }

    fn page(lines: &[(&str, i32, i32)]) -> Page {
        let glyphs = lines.iter().flat_map(|(line, left, top)| text(line, *left, *top)).collect();
        Page { width: 40_000, height: 60_000, glyphs, grids: Vec::new() }
    }

    fn blocks(source: &Source) -> Vec<&str> {
        source.blocks.iter().map(|block| source.cut(block.span)).collect()
    }

    #[test]
    fn lines_that_are_full_go_on_also_over_a_page() {
        let (begin, full) = ("收入包括一般公共预算收入和其他收入", "收入包括一般公共预算收入和其他收入共计");
        let first = page(&[
            ("一、收支情况", 7_000, 10_000),
            (begin, 7_000, 12_000),
            (full, 5_000, 14_000),
            ("- 1 -", 19_000, 58_000),
        ]);
        let second = page(&[
            ("十万元。", 5_000, 10_000),
            ("二、支出", 7_000, 12_000),
            (begin, 7_000, 14_000),
            (full, 5_000, 16_000),
            ("- 2 -", 19_000, 58_000),
        ]);
        let source = document(vec![first, second]);
        let whole = format!("{begin}{full}十万元。");
        assert_eq!(blocks(&source), ["一、收支情况", &whole, "二、支出", &format!("{begin}{full}")]);
        let at = source.text.find("十万元").expect("it is there") as u32;
        assert_eq!((source.page_of(at - 1), source.page_of(at), source.pages.len()), (Some(1), Some(2), 2));
    }

    /// Returns a page with a table of two columns and so many rows below some lines.
    fn with_table(lines: &[(&str, i32, i32)], rows: &[(&str, &str)]) -> Page {
        let mut page = page(lines);
        let mut cells = Vec::new();
        for (at, (label, value)) in (0..).zip(rows) {
            let top = 20_000 + at * 2_000;
            for (left, right, words) in [(5_000, 20_000, label), (20_000, 35_000, value)] {
                cells.push(Area { left, right, top, bottom: top + 2_000 });
                page.glyphs.extend(text(words, left + 500, top + 500));
            }
        }
        page.grids.push(Grid { cells, ruled: true });
        page
    }

    #[test]
    fn a_table_goes_on_over_pages_and_its_title_is_not_repeated() {
        let head = [("收入总表", 15_000, 15_000), ("单位：万元", 30_000, 17_000)];
        let first = with_table(&head, &[("项目", "金额"), ("合计", "10.00")]);
        let second = with_table(&head, &[("项目", "金额"), ("其中", "4.00")]);
        let third = with_table(&[], &[("其他", "6.00")]);
        let source = document(vec![first, second, third]);
        assert_eq!(
            source.text,
            "收入总表\n单位：万元\n项目\t金额\n合计\t10.00\n项目\t金额\n其中\t4.00\n其他\t6.00\n"
        );
        let table = source.tables.first().expect("a table");
        assert_eq!((source.tables.len(), table.rows.len(), table.width()), (1, 5, 2));
        assert_eq!(table.title.map(|title| source.cut(title)), Some("收入总表"));
        assert_eq!(table.unit_note.map(|note| source.cut(note)), Some("单位：万元"));
        let cell = table.rows.get(4).and_then(|row| row.cells.get(1)).expect("a cell");
        assert_eq!((source.cut(cell.span), source.page_of(cell.span.start)), ("6.00", Some(3)));
    }

    #[test]
    fn another_table_of_the_same_form_is_another_table() {
        let first = with_table(&[("收入总表", 15_000, 17_000)], &[("项目", "金额"), ("合计", "10.00")]);
        let second = with_table(&[("支出总表", 15_000, 17_000)], &[("项目", "金额"), ("合计", "9.00")]);
        assert_eq!(document(vec![first, second]).tables.len(), 2);
    }
}
