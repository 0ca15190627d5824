//! Blocks as a structured format holds them: paragraphs and tables whose cells hold blocks again.
//!
//! Readers of such formats fill these and give them to the [`Builder`](super::build::Builder), which makes text of them.

/// The most cells that the tables of one file may cover.
pub(super) const MOST_CELLS: usize = 300_000;
/// The longest text of a cell of a table that holds data, in bytes: more is a page laid out by a table.
const LONGEST_CELL: usize = 6000;

/// A paragraph or a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// A paragraph and whether the format marks it as a heading.
    Paragraph(bool, String),
    /// A table.
    Table(Grid),
}

/// A table as it is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Grid {
    /// The rows from top to bottom.
    pub(super) rows: Vec<Vec<GridCell>>,
    /// How many rows at the top the format calls the head.
    pub(super) head_rows: u16,
    /// The numbers of the rows on their sheet, counted from 1; none where there is no sheet.
    pub(super) numbers: Vec<u32>,
}

/// A cell as it is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct GridCell {
    /// The first column it stands in.
    pub(super) column: u16,
    /// How many columns it covers.
    pub(super) columns: u16,
    /// How many rows it covers.
    pub(super) rows: u16,
    /// Whether it belongs to the cell above, which covers it.
    pub(super) covered: bool,
    /// How far the format sets its text in, in half-width columns, the spaces before the text not counted.
    pub(super) indent: u16,
    /// What stands in it.
    pub(super) pieces: Vec<Piece>,
}

impl GridCell {
    /// Returns a cell of one column and row.
    pub(super) fn new(column: u16, pieces: Vec<Piece>) -> Self {
        Self { column, columns: 1, rows: 1, covered: false, indent: 0, pieces }
    }

    /// Returns what stands in it as lines.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        lines(&self.pieces, &mut text);
        text
    }

    fn holds_table(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Table(_)))
    }
}

fn lines(pieces: &[Piece], text: &mut String) {
    for piece in pieces {
        match piece {
            Piece::Paragraph(_, line) => {
                if !text.is_empty() && !line.is_empty() {
                    text.push('\n');
                }
                text.push_str(line);
            }
            Piece::Table(grid) => {
                for cell in grid.rows.iter().flatten() {
                    lines(&cell.pieces, text);
                }
            }
        }
    }
}

impl Grid {
    /// Returns a table of which the format says nothing but its cells.
    #[cfg(test)]
    pub(super) fn new(rows: Vec<Vec<GridCell>>) -> Self {
        Self { rows, ..Self::default() }
    }

    /// Returns whether the table only puts text in its place: a frame of one column, or cells that hold tables or pages.
    pub(super) fn is_layout(&self) -> bool {
        let several = |row: &Vec<GridCell>| row.iter().filter(|cell| !cell.covered).count() > 1;
        if !self.rows.iter().any(several) {
            return true;
        }
        self.rows.iter().flatten().any(|cell| {
            cell.holds_table()
                && cell.pieces.iter().any(|piece| matches!(piece, Piece::Table(grid) if !grid.is_layout()))
                || cell.pieces.iter().any(|piece| matches!(piece, Piece::Paragraph(true, _)))
                    && cell.pieces.len() > 2
                || cell.pieces.len() > 2 && cell.text().len() > LONGEST_CELL
        })
    }

    /// Places cells that only know how many columns and rows they cover, as HTML has them: each goes to the first column
    /// that no cell from above covers, and where one does, a covered cell stands.
    ///
    /// `left_to_cover` is how many cells the tables of a file may still cover: a few cells can say that they cover millions.
    /// Returns nothing where the table covers more.
    pub(super) fn placed(rows: Vec<Vec<GridCell>>, left_to_cover: &mut usize) -> Option<Self> {
        // For every column: how many rows the cell above still covers, and how wide that cell is.
        let mut above: Vec<(u16, u16)> = Vec::new();
        let mut grid = Self::default();
        let height = rows.len();
        for (index, row) in rows.into_iter().enumerate() {
            let left = (height - index).min(usize::from(u16::MAX)) as u16;
            let mut placed = Vec::with_capacity(row.len());
            let mut column = 0;
            for mut cell in row {
                cover(&mut above, &mut placed, &mut column);
                cell.columns = cell.columns.clamp(1, u16::MAX - column.min(u16::MAX - 1));
                cell.rows = if cell.rows == 0 { left } else { cell.rows.min(left) };
                cell.column = column;
                let end = usize::from(column) + usize::from(cell.columns);
                if above.len() < end {
                    above.resize(end, (0, 1));
                }
                for place in above.iter_mut().take(end).skip(usize::from(column)) {
                    *place = (cell.rows - 1, cell.columns);
                }
                column = column.saturating_add(cell.columns);
                placed.push(cell);
            }
            while usize::from(column) < above.len() {
                let before = column;
                cover(&mut above, &mut placed, &mut column);
                column = column.max(before.saturating_add(1));
            }
            *left_to_cover = left_to_cover.checked_sub(above.len().max(1))?;
            grid.rows.push(placed);
        }
        Some(grid)
    }

    /// Sets how many rows each cell covers from the covered cells below it, where the format only marks those.
    pub(super) fn count_rows(&mut self) {
        let mut open: Vec<Option<(usize, usize)>> = Vec::new();
        for index in 0..self.rows.len() {
            for at in 0..self.rows.get(index).map_or(0, Vec::len) {
                let Some(cell) = self.rows.get(index).and_then(|row| row.get(at)) else { continue };
                let (column, covered) = (usize::from(cell.column), cell.covered);
                if open.len() <= column {
                    open.resize(column + 1, None);
                }
                let Some(place) = open.get_mut(column) else { continue };
                match (*place, covered) {
                    (Some((row, above)), true) => {
                        if let Some(cell) = self.rows.get_mut(row).and_then(|row| row.get_mut(above)) {
                            cell.rows = cell.rows.saturating_add(1);
                        }
                    }
                    (None, true) => {}
                    (_, false) => *place = Some((index, at)),
                }
            }
        }
    }
}

/// Puts covered cells where cells from above reach into this row.
fn cover(above: &mut [(u16, u16)], placed: &mut Vec<GridCell>, column: &mut u16) {
    while let Some((left, width)) = above.get(usize::from(*column)).copied().filter(|(left, _)| *left > 0) {
        let from = usize::from(*column);
        let end = (from + usize::from(width.max(1))).min(above.len());
        for place in above.iter_mut().take(end).skip(from) {
            place.0 = place.0.min(left).saturating_sub(1);
        }
        let columns = (end - from) as u16;
        placed.push(GridCell { columns, covered: true, ..GridCell::new(*column, Vec::new()) });
        *column = end as u16;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str, columns: u16, rows: u16) -> GridCell {
        GridCell { columns, rows, ..GridCell::new(0, vec![Piece::Paragraph(false, text.to_owned())]) }
    }

    fn shown(grid: &Grid) -> Vec<String> {
        let cell = |cell: &GridCell| {
            format!(
                "{}@{}+{}x{}{}",
                cell.text(),
                cell.column,
                cell.columns,
                cell.rows,
                if cell.covered { "^" } else { "" }
            )
        };
        grid.rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn places_cells_beside_those_from_above() {
        let rows = vec![
            vec![cell("科目", 2, 1), cell("合计", 1, 2), cell("其中", 2, 1)],
            vec![cell("编码", 1, 1), cell("名称", 1, 1), cell("基本", 1, 1), cell("项目", 1, 1)],
        ];
        let grid = Grid::placed(rows, &mut MOST_CELLS.clone()).expect("it is small");
        assert_eq!(
            shown(&grid),
            ["科目@0+2x1 合计@2+1x2 其中@3+2x1", "编码@0+1x1 名称@1+1x1 @2+1x1^ 基本@3+1x1 项目@4+1x1"]
        );
    }

    #[test]
    fn cells_that_reach_past_the_end_are_cut() {
        let grid = Grid::placed(
            vec![vec![cell("甲", 1, 0), cell("乙", 1, 9)], vec![cell("丙", 1, 1)], vec![]],
            &mut 100,
        );
        assert_eq!(
            shown(&grid.expect("it is small")),
            ["甲@0+1x3 乙@1+1x3", "@0+1x1^ @1+1x1^ 丙@2+1x1", "@0+1x1^ @1+1x1^"]
        );
    }

    #[test]
    fn a_table_that_covers_too_much_is_refused() {
        let rows = (0..100).map(|_| vec![cell("", u16::MAX, 1)]).collect();
        assert_eq!(Grid::placed(rows, &mut MOST_CELLS.clone()), None);
    }

    #[test]
    fn covered_cells_make_those_above_them_higher() {
        let covered = GridCell { covered: true, ..cell("", 1, 1) };
        let mut grid = Grid::new(vec![vec![cell("甲", 1, 1)], vec![covered.clone()], vec![covered]]);
        grid.count_rows();
        assert_eq!(shown(&grid), ["甲@0+1x3", "@0+1x1^", "@0+1x1^"]);
    }

    #[test]
    fn frames_are_told_from_tables() {
        let table = || Grid::new(vec![vec![cell("甲", 1, 1), cell("1", 1, 1)]]);
        assert!(!table().is_layout());
        assert!(Grid::new(vec![vec![cell("甲", 1, 1)], vec![cell("乙", 1, 1)]]).is_layout());
        let frame = GridCell::new(0, vec![Piece::Table(table())]);
        assert!(Grid::new(vec![vec![frame, cell("", 1, 1)]]).is_layout());
    }
}
