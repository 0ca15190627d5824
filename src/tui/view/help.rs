//! The help: every key and what it does.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::frame;
use super::pen::Pen;
use crate::lang::Word;
use crate::tui::app::App;
use crate::tui::cursor::Cursor;
use crate::tui::help::{Row, rows};
use crate::tui::layout;

/// How many cells the keys take.
const KEYS: usize = 23;

/// Draws the window.
pub(super) fn draw(app: &App, cursor: Cursor, buffer: &mut Buffer) {
    let (theme, lang) = (&app.theme, app.lang);
    let window = layout::help(app.size);
    let title = frame::window(buffer, window, theme.accent);
    Pen::on(buffer, title, 0).space(1).text(Word::HelpTitle.text(lang), theme.resting).space(1);
    let inside = layout::inside(window);
    let rows = rows();
    let height = usize::from(inside.height);
    let top = cursor.top.min(rows.len().saturating_sub(height));
    for (line, row) in rows.iter().skip(top).take(height).enumerate() {
        let mut pen = Pen::on(buffer, inside, line);
        match row {
            Row::Space => {}
            Row::Group(name) => {
                pen.text(name.text(lang), theme.strong);
            }
            Row::Does { what, does } => {
                pen.space(2).left(&what.text(lang), KEYS, theme.accent).space(2);
                let room = pen.room();
                pen.left(does.text(lang), room, theme.text);
            }
        }
    }
    let column = Rect { x: window.right().saturating_sub(1), width: 1, ..inside };
    frame::scrollbar(buffer, column, (top, height, rows.len()), theme.accent);
}
