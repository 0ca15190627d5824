//! A page as the file has it: glyphs and cells, each with its place. All lengths are hundredths of a point, from the
//! page's upper left corner.

/// A rectangle on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Area {
    pub(super) left: i32,
    pub(super) right: i32,
    pub(super) top: i32,
    pub(super) bottom: i32,
}

/// A character on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    pub(super) c: char,
    pub(super) area: Area,
    /// The size of its font.
    pub(super) size: i32,
}

/// The cells of a table on one page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Grid {
    pub(super) cells: Vec<Area>,
    /// Whether ruled lines make the cells; otherwise the places of the texts do.
    pub(super) ruled: bool,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Page {
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) grids: Vec<Grid>,
}

impl Area {
    /// Returns whether the middle of `other` lies inside.
    pub(super) fn holds(&self, other: &Self) -> bool {
        let (x, y) = (i32::midpoint(other.left, other.right), i32::midpoint(other.top, other.bottom));
        self.left <= x && x < self.right && self.top <= y && y < self.bottom
    }

    /// Returns the smallest rectangle around both.
    pub(super) fn cover(&self, other: &Self) -> Self {
        Self {
            left: self.left.min(other.left),
            right: self.right.max(other.right),
            top: self.top.min(other.top),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

impl Grid {
    /// Returns the rectangle around all cells.
    pub(super) fn area(&self) -> Area {
        self.cells.iter().copied().reduce(|a, b| a.cover(&b)).unwrap_or_default()
    }
}

impl Page {
    /// Returns whether nothing is written on it.
    pub(super) fn is_blank(&self) -> bool {
        self.glyphs.iter().all(|glyph| glyph.c.is_whitespace())
    }
}

/// Returns the cells of a table that has no ruled lines, from where the texts of its rows stand: each column reaches to
/// the middle of the gap on either side, and so does each row.
pub(super) fn cells_of_texts(texts: &[Vec<Option<Area>>]) -> Vec<Area> {
    let width = texts.iter().map(Vec::len).max().unwrap_or(0);
    let column = |at: usize| texts.iter().filter_map(|row| *row.get(at)?).reduce(|a, b| a.cover(&b));
    let columns: Vec<Area> = (0..width).filter_map(column).collect();
    let rows: Vec<Area> =
        texts.iter().filter_map(|row| row.iter().flatten().copied().reduce(|a, b| a.cover(&b))).collect();
    let across = bounds(&columns, |area| (area.left, area.right));
    let down = bounds(&rows, |area| (area.top, area.bottom));
    let cells = down.windows(2).flat_map(|rows| {
        across.windows(2).filter_map(move |columns| match (columns, rows) {
            (&[left, right], &[top, bottom]) if left < right && top < bottom => {
                Some(Area { left, right, top, bottom })
            }
            _ => None,
        })
    });
    cells.collect()
}

/// Returns where stretches begin and end that follow each other with gaps between them.
fn bounds(areas: &[Area], ends: impl Fn(&Area) -> (i32, i32)) -> Vec<i32> {
    let first = areas.first().map(|area| ends(area).0);
    let last = areas.last().map(|area| ends(area).1);
    let between = areas.windows(2).filter_map(|pair| match pair {
        [a, b] => Some(i32::midpoint(ends(a).1, ends(b).0)),
        _ => None,
    });
    first.into_iter().chain(between).chain(last).collect()
}
