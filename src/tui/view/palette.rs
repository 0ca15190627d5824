//! The command palette, and the small window that asks what is copied.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::pen::Pen;
use super::{frame, notice};
use crate::corpus::search::Highlighter;
use crate::lang::Word;
use crate::tui::action::As;
use crate::tui::app::App;
use crate::tui::overlay::CopyOf;
use crate::tui::palette::Palette;
use crate::tui::{layout, width};

/// What stands before the text that is typed.
const PROMPT: &str = ": ";
/// How many cells the keys take.
const KEYS: usize = 16;
/// How many cells the way to copy takes.
const WAY: usize = 10;

/// Draws the palette and returns where the caret stands.
pub(super) fn draw(app: &App, palette: &Palette, buffer: &mut Buffer) -> Position {
    let (theme, lang) = (&app.theme, app.lang);
    let areas = layout::palette(app.size);
    let title = frame::window(buffer, areas.window, theme.accent);
    Pen::on(buffer, title, 0).space(1).text(Word::PaletteTitle.text(lang), theme.resting).space(1);
    let mut pen = Pen::on(buffer, areas.input, 0);
    pen.text(PROMPT, theme.accent);
    let (shown, before) = palette.line.shown(pen.room());
    pen.text(&shown.iter().collect::<String>(), theme.strong);
    if areas.rows.height > 0 {
        frame::divide(buffer, areas.window, areas.rows.y - 1, theme.accent);
    }
    let marker = Highlighter::new(&palette.line.text());
    let (cursor, height) = (palette.cursor, usize::from(areas.rows.height));
    let rows = palette.rows.iter().enumerate().skip(cursor.top).take(height);
    for (row, (index, (command, keys))) in rows.enumerate() {
        let mut pen = Pen::on(buffer, areas.rows, row);
        let room = pen.room().saturating_sub(KEYS + 1);
        let name = width::fit(command.word.text(lang), room);
        let mut found = marker.places(&name).into_iter().peekable();
        for (at, c) in name.chars().enumerate() {
            let matched = found.next_if_eq(&at).is_some();
            pen.char(c, if matched { theme.matched } else { theme.text });
        }
        pen.space(room - width::of(&name) + 1).right(keys, KEYS, theme.accent);
        if index == cursor.selected {
            select(app, areas.rows, row, buffer);
        }
    }
    if palette.rows.is_empty() {
        notice::centred(&[(Word::SearchNothing.text(lang).to_owned(), theme.dim)], areas.rows, buffer);
    }
    let column = Rect { x: areas.window.right().saturating_sub(1), width: 1, ..areas.rows };
    frame::scrollbar(buffer, column, (cursor.top, height, palette.rows.len()), theme.accent);
    let x = usize::from(areas.input.x) + width::of(PROMPT) + before;
    Position { x: (x as u16).min(areas.input.right().saturating_sub(1)), y: areas.input.y }
}

/// Draws the window that asks what of a thing is copied, with what that would be.
pub(super) fn draw_copy(app: &App, copy: &CopyOf, buffer: &mut Buffer) {
    let (theme, lang) = (&app.theme, app.lang);
    let window = layout::copy(app.size);
    let title = frame::window(buffer, window, theme.accent);
    Pen::on(buffer, title, 0).space(1).text(Word::KeyCopy.text(lang), theme.resting).space(1);
    let inside = layout::inside(window);
    for (row, how) in CopyOf::ROWS.into_iter().enumerate() {
        let (key, word) = match how {
            As::Value => ("v", Word::HintCopyValue),
            As::Row => ("r", Word::HintCopyRow),
            As::Citation => ("c", Word::HintCopyCitation),
        };
        let mut pen = Pen::on(buffer, inside, row);
        pen.text(key, theme.accent).space(1).left(word.text(lang), WAY, theme.text).space(1);
        let room = pen.room();
        pen.text(&width::fit(&app.copied(copy.node, how), room), theme.dim);
        if row == copy.cursor.selected {
            select(app, inside, row, buffer);
        }
    }
}

fn select(app: &App, rows: Rect, row: usize, buffer: &mut Buffer) {
    let y = rows.y.saturating_add(row as u16);
    if y < rows.bottom() {
        let line = Rect { x: rows.x.saturating_sub(1), y, width: rows.width + 2, height: 1 };
        buffer.set_style(line.intersection(buffer.area), app.theme.selected);
    }
}
