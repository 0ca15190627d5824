//! A table of a document → the part of it that fits on screen: its head stays, columns are as wide as they need, one cell
//! is chosen.

use std::ops::Range;

use super::cursor::Motion;
use super::width;
use crate::corpus::{self, EntryId};
use crate::model::{Disclosure, ItemId};
use crate::source::{Cell, Source, Span, Table};

/// The state of a table on screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// The document.
    pub entry: EntryId,
    /// The number of the table in it.
    pub table: u32,
    /// The rows of the head, which stay.
    pub head: Range<usize>,
    /// The chosen row.
    pub row: usize,
    /// The chosen column.
    pub column: u16,
    /// The first row below the head that is on screen.
    pub top: usize,
    /// The first column behind those that stay.
    pub left: u16,
    /// How many cells each column would take, of wide text only so much.
    widths: Vec<u16>,
    /// The columns that name the rows, which stay where there is room.
    names: u16,
    /// The first of them with words.
    name: u16,
    /// How many rows there are.
    rows: usize,
    /// The figures of the table, in pieces that are in the order of its cells.
    pieces: Vec<Range<u32>>,
    /// The number of its first row as the cells of figures count it.
    first_row: u32,
}

/// A column on screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// Which one it is.
    pub column: u16,
    /// Where it begins, counted from the left of the pane.
    pub x: u16,
    /// How many cells it takes.
    pub width: u16,
}

/// How the height of a pane is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shares {
    /// The rows of the head, of a long one the last.
    pub head: usize,
    /// The rows below.
    pub body: usize,
    /// Whether the chosen cell is told in full at the bottom.
    pub told: bool,
}

/// How many cells stand between two columns: a rule and a space on either side, of which one may hold a sign.
pub const BETWEEN: u16 = 3;
/// How many cells stand before the first column: the bar of the chosen row and a space for a sign.
pub const BEFORE: u16 = 2;
/// The most cells of a column of text.
const WIDEST: u16 = 48;
/// The most cells of a column of text where the table is wider than the screen.
const WIDEST_CUT: u16 = 24;
/// The least cells of a column.
const NARROWEST: u16 = 2;
/// The most rows that are looked at for the width of columns.
const MEASURED: usize = 20_000;
/// The most rows of a head.
const LONGEST_HEAD: usize = 8;
/// From this height on the chosen cell is told in full.
const TOLD_FROM: usize = 5;

impl Grid {
    /// Returns a table with its first figure chosen; nothing for what has no columns.
    pub fn new(disclosure: &Disclosure, entry: EntryId, number: u32) -> Option<Self> {
        let source = &disclosure.source;
        let table = source.tables.get(number as usize)?;
        let columns = table.rows.iter().take(MEASURED).flat_map(|row| &row.cells).map(Cell::end).max()?;
        if table.ragged || columns < 2 {
            return None;
        }
        let items = corpus::table::items(disclosure, number);
        let first_row = corpus::table::rows_of(disclosure, number).start;
        let cell = |id: u32| disclosure.items.get(id as usize)?.cell;
        let place = |id: u32| cell(id).map(|cell| (cell.row() - first_row, cell.column()));
        let first = items.clone().filter_map(place).min();
        let head = head(table, first.map(|(row, _)| row as usize));
        let facts = disclosure.tables.get(number as usize);
        let values = facts.and_then(|facts| facts.columns.iter().map(|column| column.column).min());
        let names = values.filter(|&values| values < columns).unwrap_or(0);
        Some(Self {
            entry,
            table: number,
            row: first.map_or(head.end, |(row, _)| row as usize),
            column: first.map_or(0, |(_, column)| column as u16),
            top: head.end,
            left: 0,
            widths: widths(source, table, (head.end, names), columns),
            names,
            name: name(source, table, head.end, names),
            rows: table.rows.len(),
            pieces: pieces(items, place),
            first_row,
            head,
        })
    }

    /// Returns the table.
    pub fn of<'a>(&self, source: &'a Source) -> Option<&'a Table> {
        source.tables.get(self.table as usize)
    }

    /// Returns how many rows stand below the head.
    pub fn body(&self) -> usize {
        self.rows.saturating_sub(self.head.end)
    }

    /// Returns how far the text of a cell is set in.
    pub fn indent(&self, cell: &Cell, text: &str, in_head: bool) -> u16 {
        indent(cell, text, in_head || cell.column >= self.names)
    }

    /// Returns how a height is shared.
    pub fn shares(&self, height: usize) -> Shares {
        let told = height >= TOLD_FROM;
        let height = height - usize::from(told);
        let head = self.head.len().min(height / 2);
        Shares { head, body: height - head, told }
    }

    /// Returns the figure in a cell.
    pub fn item(&self, disclosure: &Disclosure, row: usize, column: u16) -> Option<ItemId> {
        let wanted = (self.first_row + row as u32, u32::from(column));
        let place = |id: u32| {
            let cell = disclosure.items.get(id as usize).and_then(|item| item.cell);
            cell.map(|cell| (cell.row(), cell.column()))
        };
        self.pieces.iter().find_map(|piece| {
            let (mut low, mut high) = (piece.start, piece.end);
            while low < high {
                let middle = low.midpoint(high);
                if place(middle) < Some(wanted) { low = middle + 1 } else { high = middle }
            }
            (low < piece.end && place(low) == Some(wanted)).then_some(ItemId(low))
        })
    }

    /// Chooses the cell that holds a place of the text, if one does. Returns whether one does.
    pub fn choose(&mut self, source: &Source, place: Span) -> bool {
        let Some(table) = self.of(source) else { return false };
        // Cells that reach over several rows aside, rows follow each other in the text.
        let after = table
            .rows
            .partition_point(|row| row.cells.first().is_some_and(|cell| cell.span.start <= place.start));
        let near = after.saturating_sub(2)..(after + 2).min(table.rows.len());
        let all = near.chain(0..table.rows.len().min(MEASURED));
        let found = all.filter_map(|row| Some((row, table.rows.get(row)?))).find_map(|(row, cells)| {
            let cell = cells.cells.iter().find(|cell| !cell.span.is_empty() && cell.span.contains(place))?;
            Some((row, cell.column))
        });
        if let Some((row, column)) = found {
            (self.row, self.column) = (row, column);
        }
        found.is_some()
    }

    /// Goes to another row.
    pub fn go(&mut self, motion: Motion, height: usize) {
        let last = self.rows.saturating_sub(1);
        let first = if self.body() == 0 { 0 } else { self.head.end };
        self.row = match motion {
            Motion::First => first,
            Motion::Last => last,
            _ => self
                .row
                .saturating_add_signed(motion.rows(self.shares(height).body))
                .clamp(first.min(last), last),
        };
    }

    /// Goes to the next column or the one before. One that a cell of the row reaches over is passed.
    pub fn aside(&mut self, source: &Source, next: bool) {
        let Some(row) = self.of(source).and_then(|table| table.rows.get(self.row)) else { return };
        let last = (self.widths.len() as u16).saturating_sub(1);
        let covered =
            |column: u16| row.cells.iter().find(|cell| cell.column <= column && column < cell.end());
        self.column = if next {
            covered(self.column).map_or(self.column + 1, Cell::end).min(last)
        } else {
            let before = self.column.saturating_sub(1);
            covered(before).map_or(before, |cell| cell.column)
        };
    }

    /// Scrolls so that the chosen cell is on screen.
    pub fn show(&mut self, (cells, height): (usize, usize)) {
        let body = self.shares(height).body.max(1);
        let highest = self.rows.saturating_sub(body).max(self.head.end);
        if self.row >= self.head.end {
            // What stands beside it is seen too.
            let beside = (body / 4).min(3);
            self.top =
                self.top.clamp((self.row + 1 + beside).saturating_sub(body), self.row - beside.min(self.row));
        }
        self.top = self.top.clamp(self.head.end, highest);
        if self.stay(cells).contains(&self.column) {
            return;
        }
        self.left = self.left.min(self.column);
        let holds = |grid: &Self, column| grid.shown(cells).iter().any(|shown| shown.column == column);
        while self.left < self.column && !holds(self, self.column) {
            self.left += 1;
        }
        // No empty space is left at the right where columns are hidden at the left.
        let last = (self.widths.len() as u16).saturating_sub(1);
        while self.left > 0 {
            self.left -= 1;
            if !holds(self, last) || !holds(self, self.column) {
                self.left += 1;
                break;
            }
        }
    }

    /// Scrolls by rows without choosing another one.
    pub fn scroll(&mut self, rows: isize, height: usize) {
        let highest = self.rows.saturating_sub(self.shares(height).body).max(self.head.end);
        self.top = self.top.saturating_add_signed(rows).clamp(self.head.end, highest);
    }

    /// Returns how wide a column is in so many cells.
    fn width(&self, column: u16, cells: usize) -> u16 {
        let width = self.widths.get(usize::from(column)).copied().unwrap_or(NARROWEST);
        let widest = if self.whole() <= cells { WIDEST } else { WIDEST_CUT };
        width.min(widest).min((cells as u16).saturating_sub(BEFORE + 1).max(NARROWEST))
    }

    /// Returns how many cells all columns would take.
    fn whole(&self) -> usize {
        let all: usize = self.widths.iter().map(|width| usize::from(width + BETWEEN)).sum();
        all + usize::from(BEFORE)
    }

    /// Returns the columns that stay where they are: those that name the rows, or the first with words alone, if there is
    /// room beside them.
    fn stay(&self, cells: usize) -> Range<u16> {
        let fits = |columns: Range<u16>| {
            let taken: usize = columns.map(|column| usize::from(self.width(column, cells) + BETWEEN)).sum();
            taken * 5 <= cells * 3
        };
        let name = if self.names > 0 { self.name..self.name + 1 } else { 0..0 };
        [0..self.names, name].into_iter().find(|columns| fits(columns.clone())).unwrap_or(0..0)
    }

    /// Returns the columns that are on screen in so many cells, from left to right.
    pub fn shown(&self, cells: usize) -> Vec<Shown> {
        let stay = self.stay(cells);
        let mut shown: Vec<Shown> = Vec::new();
        let mut x = BEFORE;
        let others = (self.left..self.widths.len() as u16).filter(|column| !stay.contains(column));
        for column in stay.clone().chain(others) {
            let width = self.width(column, cells);
            if usize::from(x + width) + 1 > cells && shown.len() > stay.len() {
                break;
            }
            shown.push(Shown { column, x, width });
            x += width + BETWEEN;
        }
        shown
    }

    /// Returns whether columns are hidden at the left and at the right.
    pub fn hidden(&self, cells: usize) -> (bool, bool) {
        let stay = self.stay(cells);
        let last = self.shown(cells).last().map_or(0, |shown| shown.column);
        ((0..self.left).any(|column| !stay.contains(&column)), usize::from(last) + 1 < self.widths.len())
    }

    /// Returns the row of the table that a line of the pane shows.
    pub fn row_at(&self, line: usize, height: usize) -> Option<usize> {
        let shares = self.shares(height);
        let row = match line.checked_sub(shares.head) {
            None => self.head.end - shares.head + line,
            Some(line) if line < shares.body => self.top + line,
            Some(_) => return None,
        };
        (row < self.rows).then_some(row)
    }

    /// Returns whether a row is one of the head, or of the head again, as on the next page.
    pub fn is_head(&self, source: &Source, row: usize) -> bool {
        let Some(table) = self.of(source) else { return false };
        let Some(cells) = table.rows.get(row).filter(|_| row >= self.head.end) else {
            return row < self.head.end;
        };
        let head = || table.rows.get(self.head.clone()).unwrap_or_default().iter().flat_map(|row| &row.cells);
        let mut filled = cells.cells.iter().filter(|cell| !cell.span.is_empty()).peekable();
        filled.peek().is_some()
            && filled.all(|cell| {
                let text = one_line(source.cut(cell.span));
                head().any(|other| other.column == cell.column && one_line(source.cut(other.span)) == text)
            })
    }

    /// Returns where the chosen row begins.
    pub fn start(&self, source: &Source) -> Option<u32> {
        let row = self.of(source)?.rows.get(self.row)?;
        let chosen = row.cells.iter().find(|cell| cell.column <= self.column && self.column < cell.end());
        chosen.or(row.cells.first()).map(|cell| cell.span.start)
    }

    /// Returns the words of the head over a column, from the top.
    pub fn path(&self, source: &Source, column: u16) -> Vec<String> {
        let Some(table) = self.of(source) else { return Vec::new() };
        let rows = table.rows.get(self.head.clone()).unwrap_or_default().iter();
        let mut path: Vec<String> = Vec::new();
        for cell in
            rows.flat_map(|row| &row.cells).filter(|cell| cell.column <= column && column < cell.end())
        {
            let text = one_line(source.cut(cell.span));
            if !text.is_empty() && path.last() != Some(&text) {
                path.push(text);
            }
        }
        path
    }
}

/// Returns the rows of the head: those above the first figure, without those above them that hold a title. Where no
/// figure is known, what the format calls the head, or the first row.
fn head(table: &Table, first: Option<usize>) -> Range<usize> {
    let end = first.unwrap_or(usize::from(table.head_rows).max(1)).min(table.rows.len());
    let filled = |row: &crate::source::Row| row.cells.iter().filter(|cell| !cell.span.is_empty()).count();
    let start = table.rows.iter().take(end).position(|row| filled(row) > 1).unwrap_or(end.saturating_sub(1));
    start.max(end.saturating_sub(LONGEST_HEAD))..end
}

/// Returns how many cells each column needs for those of its cells that reach over no other column.
fn widths(source: &Source, table: &Table, (head, names): (usize, u16), columns: u16) -> Vec<u16> {
    let mut widths = vec![NARROWEST; usize::from(columns)];
    let rows = table.rows.iter().take(MEASURED).enumerate();
    for (row, cell) in rows.flat_map(|(row, cells)| cells.cells.iter().map(move |cell| (row, cell))) {
        let Some(width) = widths.get_mut(usize::from(cell.column)).filter(|_| cell.columns <= 1) else {
            continue;
        };
        // A text takes at most as many cells as bytes, so that most need not be looked at.
        if cell.span.len() + usize::from(cell.indent.min(DEEPEST)) <= usize::from(*width) || *width >= WIDEST
        {
            continue;
        }
        let text = one_line(source.cut(cell.span));
        let cells =
            (width::of(&text) as u16).saturating_add(indent(cell, &text, row < head || cell.column >= names));
        *width = (*width).max(cells).min(WIDEST);
    }
    widths
}

/// How many rows are looked at for the column with their names.
const NAMED: usize = 200;

/// Returns the first of the columns before the figures that has words in most of the rows that have them.
fn name(source: &Source, table: &Table, head: usize, names: u16) -> u16 {
    let mut words = vec![0_usize; usize::from(names)];
    for cell in table.rows.iter().skip(head).take(NAMED).flat_map(|row| &row.cells) {
        if let Some(words) = words.get_mut(usize::from(cell.column)) {
            *words += usize::from(!cell.span.is_empty() && !is_number(&one_line(source.cut(cell.span))));
        }
    }
    let most = words.iter().copied().max().unwrap_or(0);
    words.iter().position(|&words| words * 2 > most).unwrap_or(0) as u16
}

/// Returns figures in pieces, within each of which their cells follow each other.
fn pieces(items: Range<u32>, place: impl Fn(u32) -> Option<(u32, u32)>) -> Vec<Range<u32>> {
    let mut pieces: Vec<Range<u32>> = Vec::new();
    for id in items {
        match pieces.last_mut().filter(|piece| place(piece.end - 1) < place(id)) {
            Some(piece) => piece.end = id + 1,
            None => pieces.push(id..id + 1),
        }
    }
    pieces
}

/// The most cells that a text is set in.
const DEEPEST: u16 = 12;

/// Returns how many cells the text of a cell is set in. Of numbers and codes, in heads and right of the names, it says
/// nothing.
fn indent(cell: &Cell, text: &str, elsewhere: bool) -> u16 {
    if elsewhere || is_number(text) { 0 } else { cell.indent.min(DEEPEST) }
}

/// Returns the text of a cell on one line. Where a line ends inside a word or a number, the parts belong together.
pub fn one_line(text: &str) -> String {
    let is_break = |c: char| matches!(c, '\n' | '\r' | '\t');
    if !text.contains(is_break) {
        return text.to_owned();
    }
    let mut line = String::with_capacity(text.len());
    for part in text.split(is_break).map(str::trim).filter(|part| !part.is_empty()) {
        let letters = line.ends_with(|c: char| c.is_ascii_alphabetic())
            && part.starts_with(|c: char| c.is_ascii_alphabetic());
        if letters {
            line.push(' ');
        }
        line.push_str(part);
    }
    line
}

/// Returns whether a text is a number, which stands at the right of its column.
pub fn is_number(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+' | '%' | '(' | ')' | '（' | '）'))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::parse::parse;

    /// A page with a table of so many rows below a head of two.
    fn page(rows: usize) -> Disclosure {
        use std::fmt::Write as _;
        let mut page =
            "<html><body><p>栖云县水务局2022年部门预算</p><p>一般公共预算支出表</p><p>单位：万元</p><table>\
            <tr><td rowspan=2>科目编码</td><td rowspan=2>科目名称</td><td rowspan=2>合计</td>\
            <td colspan=2>支出</td><td rowspan=2>备注</td></tr><tr><td>基本支出</td><td>项目支出</td></tr>"
                .to_owned();
        for row in 0..rows {
            let _ = write!(
                page,
                "<tr><td>{}</td><td>第{row}项支出</td><td>{row}5.43</td><td>{row}.43</td><td>{row}5.00</td><td></td></tr>",
                2_130_301 + row
            );
        }
        page.push_str("</table></body></html>");
        let path = Path::new("a.html");
        parse(path, Source::read(path, page.as_bytes()).expect("a page"))
    }

    #[test]
    fn the_head_stays_and_the_first_figure_is_chosen() {
        let read = page(40);
        let grid = Grid::new(&read, EntryId(0), 0).expect("it has columns");
        assert_eq!((grid.head.clone(), grid.row, grid.column, grid.body()), (0..2, 2, 2, 40));
        assert_eq!(grid.path(&read.source, 3), ["支出", "基本支出"]);
        assert_eq!(grid.path(&read.source, 0), ["科目编码"]);
        assert_eq!(grid.shares(10), Shares { head: 2, body: 7, told: true });
        assert_eq!(grid.shares(3), Shares { head: 1, body: 2, told: false });
        assert_eq!((grid.row_at(0, 10), grid.row_at(2, 10), grid.row_at(9, 10)), (Some(0), Some(2), None));
    }

    #[test]
    fn every_figure_is_found_by_its_cell_and_its_cell_by_the_figure() {
        let read = page(40);
        let mut grid = Grid::new(&read, EntryId(0), 0).expect("it has columns");
        assert_eq!(read.items.len(), 120);
        for (id, item) in (0..).map(ItemId).zip(&read.items) {
            assert!(grid.choose(&read.source, item.span));
            assert_eq!(grid.item(&read, grid.row, grid.column), Some(id));
        }
        assert_eq!(grid.item(&read, 2, 0), None);
        assert_eq!(grid.item(&read, 999, 2), None);
        assert!(!grid.choose(&read.source, Span::new(0, 3)), "the title is in no cell");
    }

    #[test]
    fn one_goes_both_ways_and_what_is_chosen_is_always_on_screen() {
        let read = page(40);
        let mut grid = Grid::new(&read, EntryId(0), 0).expect("it has columns");
        for size in [(8, 2), (20, 3), (30, 6), (60, 12), (200, 60)] {
            for step in 0..400 {
                match step % 7 {
                    0..3 => grid.go(Motion::Down, size.1),
                    3 => grid.aside(&read.source, step % 14 < 10),
                    4 => grid.go(Motion::PageDown, size.1),
                    5 => grid.aside(&read.source, true),
                    _ if step % 90 == 6 => grid.go(Motion::First, size.1),
                    _ => grid.go(Motion::Up, size.1),
                }
                grid.show(size);
                let shown = grid.shown(size.0);
                assert!(shown.iter().any(|shown| shown.column == grid.column), "{size:?} {grid:?}");
                let rows = (0..size.1).filter_map(|line| grid.row_at(line, size.1));
                assert!(rows.into_iter().any(|row| row == grid.row), "{size:?} {grid:?}");
                let ends = shown.iter().map(|shown| shown.x + shown.width);
                assert!(ends.max() <= Some(size.0 as u16), "{size:?} {shown:?}");
            }
        }
    }

    #[test]
    fn numbers_broken_over_lines_are_whole() {
        assert_eq!(one_line("370,219.2\n5"), "370,219.25");
        assert_eq!(one_line("一般公共\r\n预算"), "一般公共预算");
        assert_eq!(one_line("budget\nline"), "budget line");
        assert!(is_number("-1,234.50%") && !is_number("3人") && !is_number("-"));
    }

    #[test]
    fn what_has_no_columns_is_no_grid() {
        let read = parse(Path::new("a.txt"), Source::default());
        assert_eq!(Grid::new(&read, EntryId(0), 0), None);
    }
}
