//! What the mouse does: a click selects, one on a marker opens or closes, the wheel scrolls what is under it.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

use super::App;
use crate::tui::compare::areas;
use crate::tui::help;
use crate::tui::layout::{self, Pane};
use crate::tui::outcomes;
use crate::tui::outline;
use crate::tui::overlay::{CopyOf, Overlay};
use crate::tui::trend;

/// How many rows a turn of the wheel scrolls.
const WHEEL: isize = 3;

impl App {
    /// Does what the mouse asks for.
    pub(super) fn point(&mut self, mouse: MouseEvent) {
        let place = Position { x: mouse.column, y: mouse.row };
        match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => self.click(place),
            MouseEventKind::ScrollUp => self.wheel(place, -WHEEL),
            MouseEventKind::ScrollDown => self.wheel(place, WHEEL),
            MouseEventKind::ScrollLeft => self.wheel_aside(place, false),
            MouseEventKind::ScrollRight => self.wheel_aside(place, true),
            MouseEventKind::Down(MouseButton::Right | MouseButton::Middle)
            | MouseEventKind::Up(_)
            | MouseEventKind::Drag(_)
            | MouseEventKind::Moved => {}
        }
    }

    fn click(&mut self, place: Position) {
        let (window, rows, cursor, len) = match &mut self.overlay {
            Some(Overlay::Search(search)) => {
                let areas = layout::search(self.size);
                (areas.window, areas.rows, &mut search.cursor, search.hits.len())
            }
            Some(Overlay::Problems(cursor)) => {
                let areas = layout::problems(self.size);
                (areas.window, areas.rows, cursor, self.corpus.problems.len())
            }
            Some(Overlay::Help(shown)) => (layout::help(self.size), Rect::default(), &mut shown.cursor, 0),
            Some(Overlay::Palette(palette)) => {
                let areas = layout::palette(self.size);
                (areas.window, areas.rows, &mut palette.cursor, palette.rows.len())
            }
            Some(Overlay::Copy(copy)) => {
                let window = layout::copy(self.size);
                (window, layout::inside(window), &mut copy.cursor, CopyOf::ROWS.len())
            }
            Some(Overlay::Findings | Overlay::Filter) => {
                let areas = layout::findings(self.size);
                (areas.window, areas.rows, &mut self.review.cursor, self.review.rows.len())
            }
            Some(Overlay::Trend(shown)) => {
                let areas = trend::areas(self.size);
                (areas.window, areas.rows, &mut shown.cursor, shown.trend.points.len())
            }
            Some(Overlay::Choose(choose)) => {
                let areas = layout::search(self.size);
                (areas.window, areas.rows, &mut choose.cursor, choose.others.len())
            }
            Some(Overlay::Outcomes(outcomes)) => {
                let areas = layout::outcomes(self.size);
                (areas.window, areas.rows, &mut outcomes.cursor, outcomes::len(&self.corpus))
            }
            Some(Overlay::Explanation(explanation)) => {
                (layout::explanation(self.size), Rect::default(), &mut explanation.cursor, 0)
            }
            // A line that is being written is not lost by a click.
            Some(Overlay::Note(_)) => return,
            None if self.compare.is_some() => return self.click_compare(place),
            None => return self.click_pane(place),
        };
        if !window.contains(place) {
            self.leave_overlay();
            return;
        }
        let Some(row) = row_at(rows, place, cursor.top).filter(|&row| row < len) else { return };
        if cursor.selected == row {
            self.step_in();
        } else {
            cursor.select(row, len, usize::from(rows.height));
        }
    }

    fn click_compare(&mut self, place: Position) {
        let Some(areas) = areas::areas(self.size) else { return };
        let Some(compare) = &mut self.compare else { return };
        let row = row_at(areas.rows, place, compare.cursor.top).filter(|&row| row < compare.len());
        if let Some(row) = row {
            compare.cursor.select(row, compare.len(), usize::from(areas.rows.height));
            self.place_compared();
        }
    }

    fn click_pane(&mut self, place: Position) {
        let Some(areas) = self.areas() else { return };
        let Some((pane, rows)) = areas.pane_at(place).and_then(|pane| Some((pane, areas.rows(pane)?))) else {
            return;
        };
        self.focus = pane;
        let height = usize::from(rows.height);
        match pane {
            Pane::Tree => {
                let row = row_at(rows, place, self.outline.cursor.top);
                let Some((at, row)) = row.and_then(|at| Some((at, *self.outline.rows.get(at)?))) else {
                    return;
                };
                let marker = rows.x.saturating_add(outline::marker_column(&row));
                if (marker..=marker + 1).contains(&place.x) && outline::is_branch(&self.corpus, row.node) {
                    self.outline.toggle(&self.corpus, at, height);
                } else {
                    self.outline.select(at, height);
                }
            }
            Pane::Figures => {
                let row = row_at(rows, place, self.figures.cursor.top);
                if let Some(row) = row.filter(|&row| row < self.figures.lines.len()) {
                    self.figures.cursor.select(row, self.figures.lines.len(), height);
                    self.follow_in_tree();
                }
            }
            Pane::Source => self.click_cell(place, rows),
        }
    }

    /// Chooses the cell of a table at a place on screen.
    fn click_cell(&mut self, place: Position, rows: Rect) {
        let text = self.source_parts(rows).0;
        let Some(grid) = self.passage.grid.as_mut().filter(|_| text.contains(place)) else { return };
        let row = grid.row_at(usize::from(place.y - text.y), usize::from(text.height));
        let x = place.x - text.x;
        let columns = grid.shown(usize::from(text.width));
        let column = columns.iter().rfind(|shown| shown.x <= x + 1).or(columns.first());
        if let (Some(row), Some(shown)) = (row, column) {
            (grid.row, grid.column) = (row, shown.column);
            self.choose_cell();
        }
    }

    /// Goes through the columns of a table.
    fn wheel_aside(&mut self, place: Position, right: bool) {
        let pane = self.areas().and_then(|areas| areas.pane_at(place));
        if self.overlay.is_none() && self.compare.is_none() && pane == Some(Pane::Source) {
            self.go_aside(right);
        }
    }

    fn wheel(&mut self, place: Position, rows: isize) {
        match &mut self.overlay {
            Some(Overlay::Search(search)) => {
                let height = usize::from(layout::search(self.size).rows.height);
                search.cursor.scroll(rows, search.hits.len(), height);
            }
            Some(Overlay::Help(shown)) => {
                let inside = layout::inside(layout::help(self.size));
                let height = usize::from(inside.height);
                let keys = &self.settings.keys;
                let all = help::lines(shown.mode, keys, self.lang, usize::from(inside.width)).len();
                shown.cursor.scroll(rows, all, height);
            }
            Some(Overlay::Palette(palette)) => {
                let height = usize::from(layout::palette(self.size).rows.height);
                palette.cursor.scroll(rows, palette.rows.len(), height);
            }
            Some(Overlay::Problems(cursor)) => {
                let height = usize::from(layout::problems(self.size).rows.height);
                cursor.scroll(rows, self.corpus.problems.len(), height);
            }
            Some(Overlay::Findings | Overlay::Filter) => {
                let height = usize::from(layout::findings(self.size).rows.height);
                self.review.cursor.scroll(rows, self.review.rows.len(), height);
            }
            Some(Overlay::Explanation(explanation)) => {
                let code = explanation.code;
                let (len, height) = self.explanation_extent(code);
                if let Some(Overlay::Explanation(explanation)) = &mut self.overlay {
                    explanation.cursor.scroll(rows, len, height);
                }
            }
            Some(Overlay::Trend(shown)) => {
                let height = usize::from(trend::areas(self.size).rows.height);
                shown.cursor.scroll(rows, shown.trend.points.len(), height);
            }
            Some(Overlay::Choose(choose)) => {
                let height = usize::from(layout::search(self.size).rows.height);
                choose.cursor.scroll(rows, choose.others.len(), height);
            }
            Some(Overlay::Outcomes(outcomes)) => {
                let height = usize::from(layout::outcomes(self.size).rows.height);
                outcomes.cursor.scroll(rows, outcomes::len(&self.corpus), height);
            }
            Some(Overlay::Note(_) | Overlay::Copy(_)) => {}
            None if self.compare.is_some() => {
                let height = areas::height(self.size);
                if let Some(compare) = &mut self.compare {
                    compare.cursor.scroll(rows, compare.len(), height);
                }
            }
            None => {
                let Some(pane) = self.areas().and_then(|areas| areas.pane_at(place)) else { return };
                let height = self.height(pane);
                match pane {
                    Pane::Tree => self.outline.cursor.scroll(rows, self.outline.rows.len(), height),
                    Pane::Figures => self.figures.cursor.scroll(rows, self.figures.lines.len(), height),
                    Pane::Source if self.passage.grid.is_some() => {
                        let height = self.grid_size().1;
                        if let Some(grid) = &mut self.passage.grid {
                            grid.scroll(rows, height);
                        }
                    }
                    Pane::Source => {
                        let (width, height) = self.text_size();
                        self.passage.scroll(&self.corpus, rows, width, height);
                    }
                }
            }
        }
    }
}

/// Returns the row of a list at a place on screen.
fn row_at(rows: Rect, place: Position, top: usize) -> Option<usize> {
    rows.contains(place).then(|| top + usize::from(place.y - rows.y))
}
