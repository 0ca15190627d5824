//! The size of the terminal → where the parts of the compare screen stand.

use ratatui::layout::{Rect, Size};

use crate::tui::layout;

/// Where the parts of the compare screen stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Areas {
    /// The top line.
    pub bar: Rect,
    /// Everything between, with its frame.
    pub window: Rect,
    /// The line of column heads.
    pub head: Rect,
    /// The rows.
    pub rows: Rect,
    /// The text of the first disclosure.
    pub left: Rect,
    /// The text of the second: beside the other, or below it where there is little room.
    pub right: Rect,
    /// The bottom line.
    pub footer: Rect,
}

/// How the columns of the rows stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Columns {
    /// The name in the first disclosure, or the only one.
    pub name: usize,
    /// A figure.
    pub figure: usize,
    /// The difference.
    pub difference: usize,
    /// The difference in per cent; 0 where there is no room.
    pub percent: usize,
    /// The bar; 0 where there is no room.
    pub bar: usize,
    /// The name in the second disclosure; 0 where there is no room.
    pub other_name: usize,
}

/// How many cells the sign of a finding takes.
pub const MARK: usize = 2;
/// From this width on there are two names, and the bar.
const SPLIT: usize = 108;
/// From this width on the texts stand beside each other, and there is the change in per cent.
const BESIDE: usize = 84;

/// Returns where everything stands, or nothing where the terminal is too small.
pub fn areas(size: Size) -> Option<Areas> {
    let Size { width, height } = size;
    if width < layout::LEAST.width || height < layout::LEAST.height {
        return None;
    }
    let window = Rect::new(0, 1, width, height - 2);
    let inside = Rect::new(1, 2, width - 2, height - 4);
    let text = (inside.height * 3 / 10).max(5);
    let head = Rect { height: 1, ..inside };
    let rows = Rect { y: inside.y + 1, height: inside.height - text - 2, ..inside };
    let below = Rect { y: rows.bottom() + 1, height: text, ..inside };
    let (left, right) = if usize::from(inside.width) >= BESIDE {
        let half = (below.width - 1) / 2;
        (
            Rect { width: half, ..below },
            Rect { x: below.x + half + 1, width: below.width - half - 1, ..below },
        )
    } else {
        let half = text / 2;
        (Rect { height: half, ..below }, Rect { y: below.y + half, height: text - half, ..below })
    };
    let footer = Rect::new(0, height - 1, width, 1);
    Some(Areas { bar: Rect::new(0, 0, width, 1), window, head, rows, left, right, footer })
}

/// Returns how many rows are on screen.
pub fn height(size: Size) -> usize {
    areas(size).map_or(0, |areas| usize::from(areas.rows.height))
}

/// Returns how the columns stand in a width: a space between all, a sign of a finding at either end. Where there is little
/// room, names have what figures and differences do not need.
pub fn columns(width: usize, needed: (usize, usize)) -> Columns {
    let columns = if width >= SPLIT {
        Columns { name: 0, figure: 14, difference: 13, percent: 9, bar: 13, other_name: 1 }
    } else if width >= BESIDE {
        Columns { name: 0, figure: 13, difference: 12, percent: 9, bar: 0, other_name: 0 }
    } else {
        let (figure, difference) = (needed.0.min(11), needed.1.min(11));
        Columns { name: 0, figure, difference, percent: 0, bar: 0, other_name: 0 }
    };
    let gaps = 4 + usize::from(columns.percent > 0) + usize::from(columns.bar > 0) + columns.other_name;
    let taken = 2 * MARK + 2 * columns.figure + columns.difference + columns.percent + columns.bar + gaps;
    let names = width.saturating_sub(taken);
    if columns.other_name > 0 {
        Columns { name: names - names / 2, other_name: names / 2, ..columns }
    } else {
        Columns { name: names, ..columns }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_room_and_none_overlaps_at_any_size() {
        for (width, height) in (60..=240).flat_map(|width| (18..=70).map(move |height| (width, height))) {
            let areas = areas(Size { width, height }).expect("large enough");
            let parts = [areas.bar, areas.head, areas.rows, areas.left, areas.right, areas.footer];
            for (index, part) in parts.iter().enumerate() {
                assert!(part.width >= 20 && part.height >= 1, "{part:?} at {width}×{height}");
                assert!(parts[index + 1..].iter().all(|other| !part.intersects(*other)));
            }
            assert!(areas.rows.height >= 5 && areas.right.bottom() < areas.footer.y);
            let columns = columns(usize::from(areas.rows.width), (40, 40));
            assert!(columns.name >= 12, "{columns:?} at {width}");
        }
    }
}
