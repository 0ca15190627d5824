//! Which row of a list is selected and which is the first on screen.

/// A place in a list of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cursor {
    /// The selected row.
    pub selected: usize,
    /// The first row on screen.
    pub top: usize,
}

/// A way to go through rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// To the row above.
    Up,
    /// To the row below.
    Down,
    /// A screen up.
    PageUp,
    /// A screen down.
    PageDown,
    /// Half a screen up.
    HalfUp,
    /// Half a screen down.
    HalfDown,
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

impl Motion {
    /// Returns how many rows it goes down, up being negative, where `height` rows are on screen.
    pub fn rows(self, height: usize) -> isize {
        let page = height.saturating_sub(1).max(1).cast_signed();
        let half = (height / 2).max(1).cast_signed();
        match self {
            Self::Up => -1,
            Self::Down => 1,
            Self::PageUp => -page,
            Self::PageDown => page,
            Self::HalfUp => -half,
            Self::HalfDown => half,
            Self::First => isize::MIN,
            Self::Last => isize::MAX,
        }
    }
}

impl Cursor {
    /// Selects another of `len` rows, of which `height` are on screen, and shows it.
    pub fn go(&mut self, motion: Motion, len: usize, height: usize) {
        self.select(self.selected.saturating_add_signed(motion.rows(height)), len, height);
    }

    /// Selects a row, or the last one where there are fewer, and shows it.
    pub fn select(&mut self, row: usize, len: usize, height: usize) {
        self.selected = row.min(len.saturating_sub(1));
        self.show(len, height);
    }

    /// Scrolls as little as shows the selected row, with the rows around it where there is room, and no empty space
    /// below the last.
    pub fn show(&mut self, len: usize, height: usize) {
        let around = usize::from(height >= 5);
        let highest = (self.selected + around + 1).saturating_sub(height);
        let lowest = self.selected.saturating_sub(around);
        self.top = self.top.max(highest).min(lowest).min(len.saturating_sub(height));
    }

    /// Moves the rows on screen and leaves the selection.
    pub fn scroll(&mut self, rows: isize, len: usize, height: usize) {
        self.top = self.top.saturating_add_signed(rows).min(len.saturating_sub(height));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn motions_stay_inside_and_on_screen() {
        use Motion::{Down, First, HalfDown, HalfUp, Last, PageDown, PageUp, Up};
        let mut cursor = Cursor::default();
        for (motion, selected, top) in [
            (Up, 0, 0),
            (Down, 1, 0),
            (PageDown, 10, 2),
            (PageDown, 19, 11),
            (HalfDown, 24, 16),
            (Last, 99, 90),
            (Down, 99, 90),
            (HalfUp, 94, 90),
            (PageUp, 85, 84),
            (First, 0, 0),
        ] {
            cursor.go(motion, 100, 10);
            assert_eq!((cursor.selected, cursor.top), (selected, top), "after {motion:?}");
        }
    }

    #[test]
    fn lists_without_rows_or_room_are_fine() {
        let mut cursor = Cursor { selected: 7, top: 3 };
        cursor.go(Motion::Last, 0, 0);
        assert_eq!(cursor, Cursor::default());
        cursor.go(Motion::Last, 5, 0);
        assert_eq!(cursor.selected, 4);
        cursor.scroll(-9, 5, 2);
        assert_eq!(cursor.top, 0);
        cursor.scroll(9, 5, 2);
        assert_eq!(cursor, Cursor { selected: 4, top: 3 });
    }
}
