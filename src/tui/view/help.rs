//! The help: every key and what it does.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::frame;
use super::pen::Pen;
use crate::lang::Word;
use crate::tui::app::App;
use crate::tui::help::{BESIDE, KEYS, Line, explanation, lines};
use crate::tui::layout;
use crate::tui::overlay::{Explanation, Help};

/// Draws the window.
pub(super) fn draw(app: &App, shown: &Help, buffer: &mut Buffer) {
    let (theme, lang) = (&app.theme, app.lang);
    let window = layout::help(app.size);
    let title = frame::window(buffer, window, theme.accent);
    Pen::on(buffer, title, 0).space(1).text(Word::HelpTitle.text(lang), theme.resting).space(1);
    let inside = layout::inside(window);
    let rows = lines(shown.mode, &app.settings.keys, lang, usize::from(inside.width));
    let height = usize::from(inside.height);
    let top = shown.cursor.top.min(rows.len().saturating_sub(height));
    for (line, row) in rows.iter().skip(top).take(height).enumerate() {
        let mut pen = Pen::on(buffer, inside, line);
        match row {
            Line::Space => {}
            Line::Group(name) => {
                pen.text(name, theme.strong);
            }
            Line::Does(what, does) => {
                pen.space(BESIDE).left(what, KEYS, theme.accent).space(BESIDE).text(does, theme.text);
            }
        }
    }
    let column = Rect { x: window.right().saturating_sub(1), width: 1, ..inside };
    frame::scrollbar(buffer, column, (top, height, rows.len()), theme.accent);
}

/// Draws the window with what a check looks for.
pub(super) fn draw_explanation(app: &App, shown: &Explanation, buffer: &mut Buffer) {
    let theme = &app.theme;
    let window = layout::explanation(app.size);
    let title = frame::window(buffer, window, theme.accent);
    let name = Word::ExplanationTitle.text(app.lang);
    Pen::on(buffer, title, 0)
        .space(1)
        .text(name, theme.resting)
        .text(&format!(" · {} ", shown.code.key()), theme.dim);
    let inside = layout::inside(window);
    let rows = explanation(shown.code, app.lang, usize::from(inside.width));
    let height = usize::from(inside.height);
    let top = shown.cursor.top.min(rows.len().saturating_sub(height));
    for (line, row) in rows.iter().enumerate().skip(top).take(height) {
        let style = if line == 0 { theme.strong } else { theme.text };
        Pen::on(buffer, inside, line - top).text(row, style);
    }
    let column = Rect { x: window.right().saturating_sub(1), width: 1, ..inside };
    frame::scrollbar(buffer, column, (top, height, rows.len()), theme.accent);
}
