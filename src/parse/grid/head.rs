//! The first rows of a table → what each column is called, from the top.

use super::cells::Cells;
use super::number;
use crate::source::{Span, Table};

/// The most rows of a head.
const MOST_ROWS: usize = 8;

/// The head of a table.
pub(super) struct Head {
    /// The first row of the head, and the first below it.
    pub(super) rows: std::ops::Range<usize>,
    /// For every column the words over it, from the top, each once.
    pub(super) paths: Vec<Vec<String>>,
}

impl Head {
    /// Returns the head of a table: the rows above the first figure, as far as their merged cells reach.
    pub(super) fn new(cells: &Cells, table: &Table) -> Self {
        let known = |span: Span| Some(span) == table.title || Some(span) == table.unit_note;
        let caption = |row: usize| {
            let mut filled = cells.filled(row).peekable();
            filled.peek().is_none() || filled.any(|placed| known(placed.cell.span) || is_aside(&placed.text))
        };
        let first = (0..cells.height.min(MOST_ROWS)).find(|row| !caption(*row)).unwrap_or(0);
        let mut end = first;
        while end < cells.height.min(first + MOST_ROWS) && !is_data(cells, end) {
            let goes_on =
                end == first || cells.is_covered(end) || is_split(cells, end) || is_numbers(cells, end);
            if !goes_on && end >= first + usize::from(table.head_rows) {
                break;
            }
            end += 1;
        }
        let path = |column: usize| {
            let mut path: Vec<String> = Vec::new();
            for row in (first..end).filter(|row| !is_numbers(cells, *row)) {
                let text = cells.text(row, column);
                if !text.is_empty() && path.last().is_none_or(|last| last != text) {
                    path.push(text.to_owned());
                }
            }
            path
        };
        Self { rows: first..end, paths: (0..cells.width).map(path).collect() }
    }

    /// Returns the rows below the head, without what long tables repeat on every page: the head, and the rows right below it.
    /// The second are rows that were there before.
    pub(super) fn rows_below(&self, cells: &Cells) -> (Vec<usize>, Vec<usize>) {
        let texts = |row: usize| cells.filled(row).map(|placed| (placed.cell.column, placed.text.as_str()));
        let mut repeated: Option<usize> = None;
        let (mut rows, mut again) = (Vec::new(), Vec::new());
        for row in self.rows.end..cells.height {
            if self.repeats(cells, row) {
                repeated = Some(self.rows.end);
                continue;
            }
            if let Some(first) = repeated.filter(|first| *first < row && texts(*first).eq(texts(row))) {
                repeated = Some(first + 1);
                again.push(row);
                continue;
            }
            repeated = None;
            rows.push(row);
        }
        (rows, again)
    }

    /// Returns whether a row says the same as a row of the head, as on each page of a long table.
    pub(super) fn repeats(&self, cells: &Cells, row: usize) -> bool {
        let texts = |row: usize| cells.filled(row).map(|placed| (placed.cell.column, placed.text.as_str()));
        is_numbers(cells, row)
            || self.rows.clone().any(|head| texts(head).eq(texts(row)) && texts(row).next().is_some())
    }
}

/// 编制单位：甲局, 部门：甲局: says whose table it is.
fn is_aside(text: &str) -> bool {
    let label = text.split_once(':').map_or("", |(label, _)| label);
    [
        "单位",
        "部门",
        "单位名称",
        "部门名称",
        "填报单位",
        "编制单位",
        "编制部门",
        "公开部门",
        "公开单位",
        "预算单位",
    ]
    .contains(&label)
}

/// Whether a row holds figures, a code of the classification or nothing but the word for a total.
fn is_data(cells: &Cells, row: usize) -> bool {
    if is_numbers(cells, row) {
        return false;
    }
    let mut filled = cells.filled(row);
    let first = filled.clone().next().map_or("", |placed| placed.text.as_str());
    let only = filled.clone().count() == 1 && row > 0;
    filled.any(|placed| number(&placed.text).is_some())
        || super::label::code_of(first).is_some()
        || only && matches!(first, "合计" | "总计")
}

/// Whether the cells of a row stand below a cell of the row above that reaches over several columns.
fn is_split(cells: &Cells, row: usize) -> bool {
    row > 0
        && cells.filled(row - 1).any(|placed| placed.cell.columns > 1 && placed.cell.rows <= 1)
        && cells.filled(row).count() > 1
}

/// Whether a row only numbers the columns: 1 2 3; ** ** 1 2; 栏次 1 2.
pub(super) fn is_numbers(cells: &Cells, row: usize) -> bool {
    let mut last = 0;
    let mut count = 0;
    for placed in cells.filled(row) {
        let text = placed.text.as_str();
        let mark = text.chars().all(|c| matches!(c, '*' | '-' | '—'))
            || matches!(text, "栏次" | "行次" | "甲" | "乙" | "丙" | "A" | "B");
        let value = text.split(['=', '+']).next().and_then(|first| first.parse::<u32>().ok());
        match value {
            Some(value) if value > last && value < last + 4 && text.len() < 16 => last = value,
            _ if mark => {}
            _ => return false,
        }
        count += 1;
    }
    count > 1
}
