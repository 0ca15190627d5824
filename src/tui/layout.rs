//! The size of the terminal → where everything stands; update and view share it.

use ratatui::layout::{Position, Rect, Size};

/// The least terminal that the screens are made for.
pub const LEAST: Size = Size { width: 60, height: 18 };
/// From this width on the tree stands beside the figures.
const TWO_COLUMNS: u16 = 90;

/// A part of the explore screen that can have the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pane {
    /// Departments, years, sections, items.
    #[default]
    Tree,
    /// The figures under the selected node.
    Figures,
    /// The text that the selected figure was read from.
    Source,
}

/// Where the parts of the explore screen stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Areas {
    /// The top line.
    pub bar: Rect,
    /// The tree inside its frame; nothing where there is no room beside the pane that has the keys.
    pub tree: Option<Rect>,
    /// The figures and the source inside their frames; nothing where the tree takes all.
    pub right: Option<Right>,
    /// The bottom line.
    pub footer: Rect,
}

/// Where the figures and the source stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Right {
    /// The line of column heads.
    pub head: Rect,
    /// The rows of figures.
    pub figures: Rect,
    /// The text.
    pub source: Rect,
}

/// Returns where everything stands on a terminal of a size while a pane has the keys, or nothing where it is too small.
pub fn areas(size: Size, focus: Pane) -> Option<Areas> {
    if size.width < LEAST.width || size.height < LEAST.height {
        return None;
    }
    let Size { width, height } = size;
    let inside = Rect::new(1, 2, width - 2, height - 4);
    let (tree, right) = if width >= TWO_COLUMNS {
        let tree_width = (width * 8 / 25).clamp(32, 56);
        let tree = Rect { width: tree_width, ..inside };
        let right = Rect { x: inside.x + tree_width + 1, width: inside.width - tree_width - 1, ..inside };
        (Some(tree), Some(right))
    } else if focus == Pane::Tree {
        (Some(inside), None)
    } else {
        (None, Some(inside))
    };
    let right = right.map(|area| {
        // What is read takes more room than what only accompanies it.
        let part = if focus == Pane::Source { 3 } else { 2 };
        let source_height = (area.height - 2) * part / if focus == Pane::Source { 4 } else { 5 };
        let figures_height = area.height - 2 - source_height;
        Right {
            head: Rect { height: 1, ..area },
            figures: Rect { y: area.y + 1, height: figures_height, ..area },
            source: Rect { y: area.y + figures_height + 2, height: source_height, ..area },
        }
    });
    Some(Areas { bar: Rect::new(0, 0, width, 1), tree, right, footer: Rect::new(0, height - 1, width, 1) })
}

impl Areas {
    /// Returns where the rows of a pane stand, if it is on screen.
    pub fn rows(&self, pane: Pane) -> Option<Rect> {
        match pane {
            Pane::Tree => self.tree,
            Pane::Figures => self.right.map(|right| right.figures),
            Pane::Source => self.right.map(|right| right.source),
        }
    }

    /// Returns the pane at a place on screen; its head belongs to it.
    pub fn pane_at(&self, place: Position) -> Option<Pane> {
        let head = self.right.is_some_and(|right| right.head.contains(place)).then_some(Pane::Figures);
        let mut panes = [Pane::Tree, Pane::Figures, Pane::Source].into_iter();
        head.or_else(|| panes.find(|&pane| self.rows(pane).is_some_and(|rows| rows.contains(place))))
    }
}

/// How many cells the line numbers of the source pane take, with the bar beside the sentence.
pub const GUTTER: u16 = 8;

/// Returns how many cells of the source pane its text takes; the rest is for line numbers, for the marks around the
/// figure and for a space at the end.
pub fn text_width(source: Rect) -> usize {
    usize::from(source.width.saturating_sub(GUTTER + 3))
}

/// Where the parts of the search or the problems stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListAreas {
    /// All of it with its frame.
    pub window: Rect,
    /// The line to type in; empty where nothing is typed.
    pub input: Rect,
    /// The rows.
    pub rows: Rect,
    /// What there is to say about the selected row, under a rule.
    pub detail: Rect,
}

/// Returns where the search stands: a line to type in, a rule, the hits, a rule, all of the place of the selected one.
pub fn search(size: Size) -> ListAreas {
    list(window(size, Size { width: 112, height: 40 }), 1, 1)
}

/// Returns where the problems stand: the files, a rule, all of the reason.
pub fn problems(size: Size) -> ListAreas {
    list(window(size, Size { width: 112, height: 30 }), 0, 3)
}

/// Returns where the findings stand: the list, a rule, the proof and the sentence of the selected one.
pub fn findings(size: Size) -> ListAreas {
    let window = window(size, Size { width: 160, height: 60 });
    list(window, 0, window.height * 2 / 5)
}

/// Returns where the palette stands: a line to type in, a rule, the commands.
pub fn palette(size: Size) -> ListAreas {
    let areas = list(window(size, Size { width: 84, height: 26 }), 1, 0);
    let bottom = inside(areas.window).bottom();
    ListAreas { rows: Rect { height: bottom.saturating_sub(areas.rows.y), ..areas.rows }, ..areas }
}

/// Returns where it is asked what is copied.
pub fn copy(size: Size) -> Rect {
    window(size, Size { width: 96, height: 5 })
}

/// Returns where the outcomes stand: a line of heads, the rows, a rule, what there is to say about the selected one.
pub fn outcomes(size: Size) -> ListAreas {
    let window = window(size, Size { width: 112, height: 48 });
    let areas = list(window, 0, 2);
    let rows = Rect { y: areas.rows.y + 1, height: areas.rows.height.saturating_sub(1), ..areas.rows };
    ListAreas { input: Rect { height: areas.rows.height.min(1), ..areas.rows }, rows, ..areas }
}

/// Returns where the explanation of a check stands.
pub fn explanation(size: Size) -> Rect {
    window(size, Size { width: 96, height: 40 })
}

/// Returns where a note is written.
pub fn note(size: Size) -> Rect {
    window(size, Size { width: 96, height: 3 })
}

/// Returns the part of an area that shows text, and the part below it that shows a proof of so many rows: at most half.
pub fn split_source(source: Rect, rows: usize) -> (Rect, Rect) {
    let below = u16::try_from(rows).unwrap_or(u16::MAX).min(source.height / 2);
    let text = Rect { height: source.height - below, ..source };
    (text, Rect { y: text.bottom(), height: below, ..source })
}

/// Parts the inside of a window into lines to type in, rows and details, with rules between.
fn list(window: Rect, input: u16, detail: u16) -> ListAreas {
    let inside = inside(window);
    let above = (input + input.min(1)).min(inside.height);
    let below = (detail + 1).min(inside.height - above);
    let rows = Rect { y: inside.y + above, height: inside.height - above - below, ..inside };
    ListAreas {
        window,
        input: Rect { height: input.min(above), ..inside },
        rows,
        detail: Rect { y: rows.bottom() + 1.min(below), height: below.saturating_sub(1), ..inside },
    }
}

/// Returns where the help stands.
pub fn help(size: Size) -> Rect {
    window(size, Size { width: 88, height: 48 })
}

/// Returns the window of an overlay that would like a size, in the middle of a terminal.
fn window(size: Size, wanted: Size) -> Rect {
    let width = wanted.width.min(size.width.saturating_sub(4));
    let height = wanted.height.min(size.height.saturating_sub(4));
    let free = size.height - height;
    // Inside the frame of the panes where there is room for that.
    Rect::new((size.width - width) / 2, (free / 3).max(2).min(free), width, height)
}

/// Returns the inside of a framed window, a column of space on either side.
pub fn inside(window: Rect) -> Rect {
    Rect {
        x: window.x + 2.min(window.width),
        y: window.y + 1.min(window.height),
        width: window.width.saturating_sub(4),
        height: window.height.saturating_sub(2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_room_and_none_overlaps_at_any_size() {
        for (width, height) in (60..=240).flat_map(|width| (18..=70).map(move |height| (width, height))) {
            let screen = Rect::new(0, 0, width, height);
            for focus in [Pane::Tree, Pane::Figures, Pane::Source] {
                let areas = areas(Size { width, height }, focus).expect("large enough");
                assert!(areas.rows(focus).is_some(), "the pane with the keys is on screen");
                let parts: Vec<Rect> = [Some(areas.bar), Some(areas.footer), areas.tree]
                    .into_iter()
                    .chain(
                        areas
                            .right
                            .map(|right| [right.head, right.figures, right.source])
                            .into_iter()
                            .flatten()
                            .map(Some),
                    )
                    .flatten()
                    .collect();
                for (index, part) in parts.iter().enumerate() {
                    assert!(part.width >= 20 && part.height >= 1 && screen.union(*part) == screen);
                    assert!(parts[index + 1..].iter().all(|other| !part.intersects(*other)));
                }
            }
        }
    }

    #[test]
    fn below_the_least_size_there_is_no_layout() {
        for (width, height) in [(59, 18), (60, 17), (1, 1), (0, 0)] {
            assert_eq!(areas(Size { width, height }, Pane::Tree), None);
            let window = window(Size { width, height }, Size { width: 80, height: 40 });
            assert!(inside(window).width <= width && window.right() <= width && window.bottom() <= height);
        }
    }
}
