//! Text → cells: the only place that writes characters into a frame, each made safe and none cut in half.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::tui::width;

/// The symbol of a cell under the second half of a wide character.
pub(super) const COVERED: &str = "";

/// Writes from left to right on one row of an area and never past its end.
pub(super) struct Pen<'a> {
    buffer: &'a mut Buffer,
    x: u16,
    y: u16,
    end: u16,
}

impl<'a> Pen<'a> {
    /// Starts at the left of a row, counted from the top of an area.
    pub(super) fn on(buffer: &'a mut Buffer, area: Rect, row: usize) -> Self {
        let inside = row < usize::from(area.height);
        let y = area.y.saturating_add(u16::try_from(row).unwrap_or(u16::MAX));
        let end = area.right().min(buffer.area.right());
        Self { buffer, x: area.x, y, end: if inside { end } else { area.x } }
    }

    /// Returns how many cells are left.
    pub(super) fn room(&self) -> usize {
        usize::from(self.end.saturating_sub(self.x))
    }

    /// Writes text as far as there is room.
    pub(super) fn text(&mut self, text: &str, style: Style) -> &mut Self {
        for c in text.chars() {
            self.char(c, style);
        }
        self
    }

    /// Writes one character. One that would be cut leaves an empty cell.
    pub(super) fn char(&mut self, c: char, style: Style) -> &mut Self {
        let c = width::shown(c);
        let cells = width::of_char(c);
        if cells > self.room() {
            return self.space(self.room());
        }
        for index in 0..cells {
            if let Some(cell) = self.buffer.cell_mut((self.x, self.y)) {
                cell.reset();
                if index == 0 {
                    cell.set_char(c);
                } else {
                    // Not a space: where one takes its place later, it is written, so that no terminal keeps half a
                    // character.
                    cell.set_symbol(COVERED);
                }
                cell.set_style(style);
            }
            self.x += 1;
        }
        self
    }

    /// Leaves cells empty.
    pub(super) fn space(&mut self, cells: usize) -> &mut Self {
        for _ in 0..cells.min(self.room()) {
            if let Some(cell) = self.buffer.cell_mut((self.x, self.y)) {
                cell.reset();
            }
            self.x += 1;
        }
        self
    }

    /// Writes text into a column of `cells` cells, its end cut off with a mark where it does not fit.
    pub(super) fn left(&mut self, text: &str, cells: usize, style: Style) -> &mut Self {
        let text = width::fit(text, cells.min(self.room()));
        let rest = cells.saturating_sub(width::of(&text));
        self.text(&text, style).space(rest)
    }

    /// Writes text at the right of a column of `cells` cells.
    pub(super) fn right(&mut self, text: &str, cells: usize, style: Style) -> &mut Self {
        let text = width::fit(text, cells.min(self.room()));
        let rest = cells.saturating_sub(width::of(&text));
        self.space(rest).text(&text, style)
    }

    /// Repeats a character.
    pub(super) fn rule(&mut self, c: char, cells: usize, style: Style) -> &mut Self {
        for _ in 0..cells.min(self.room()) {
            self.char(c, style);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_writes_past_the_end_or_half_a_character() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
        Pen::on(&mut buffer, Rect::new(0, 0, 5, 1), 0).text("公务接待费", Style::new());
        let symbols =
            |buffer: &Buffer| buffer.content.iter().map(|cell| cell.symbol().to_owned()).collect::<Vec<_>>();
        assert_eq!(symbols(&buffer), ["公", "", "务", "", " ", " "]);
        Pen::on(&mut buffer, Rect::new(1, 0, 50, 9), 0)
            .right("3.4", 4, Style::new())
            .text("\u{1b}[2J", Style::new());
        assert_eq!(buffer.cell((5, 0)).map(ratatui::buffer::Cell::symbol), Some("␛"));
        for area in [Rect::new(0, 3, 9, 9), Rect::new(90, 0, 5, 5), Rect::default()] {
            Pen::on(&mut buffer, area, 0).text("费", Style::new()).left("费", 9, Style::new());
            Pen::on(&mut buffer, area, 70_000).text("费", Style::new());
        }
    }
}
