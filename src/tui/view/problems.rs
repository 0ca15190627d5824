//! The problems: every file that could not be read, and why.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::pen::Pen;
use super::{frame, notice};
use crate::lang::Word;
use crate::source::span;
use crate::tui::app::App;
use crate::tui::cursor::Cursor;
use crate::tui::width::{self, Flow};
use crate::tui::{label, layout};

/// Draws the window.
pub(super) fn draw(app: &App, cursor: Cursor, buffer: &mut Buffer) {
    let (theme, lang) = (&app.theme, app.lang);
    let areas = layout::problems(app.size);
    let problems = &app.corpus.problems;
    let title = frame::window(buffer, areas.window, theme.accent);
    let mut pen = Pen::on(buffer, title, 0);
    pen.space(1).text(Word::ProblemsTitle.text(lang), theme.resting).space(1);
    let Some(selected) = problems.get(cursor.selected) else {
        let text = Word::ProblemsNone.text(lang).to_owned();
        return notice::centred(&[(text, theme.dim)], layout::inside(areas.window), buffer);
    };
    let files = label::count(problems.len(), Word::ProblemsFile, Word::ProblemsFiles, lang);
    pen.text(&format!("· {files} "), theme.dim);
    let height = usize::from(areas.rows.height);
    for (row, (index, problem)) in problems.iter().enumerate().skip(cursor.top).take(height).enumerate() {
        let mut pen = Pen::on(buffer, areas.rows, row);
        let file_room = pen.room() / 2;
        let file = width::fit_middle(&problem.path.display().to_string(), file_room.saturating_sub(4));
        pen.text("! ", theme.warning).left(&file, file_room.saturating_sub(4), theme.text).space(2);
        let room = pen.room();
        pen.left(&problem.kind.message(lang), room, theme.dim);
        if index == cursor.selected {
            let y = areas.rows.y + row as u16;
            let line = Rect { x: areas.rows.x - 1, y, width: areas.rows.width + 2, height: 1 };
            buffer.set_style(line, theme.selected);
        }
    }
    if areas.detail.height == 0 {
        return;
    }
    frame::divide(buffer, areas.window, areas.rows.bottom(), theme.accent);
    let whole = format!("{}  {}", selected.path.display(), selected.kind.message(lang));
    let rows = width::wrap(&whole, usize::from(areas.detail.width), Flow::Prose);
    for (row, part) in rows.into_iter().take(usize::from(areas.detail.height)).enumerate() {
        Pen::on(buffer, areas.detail, row).text(span::cut(&whole, part), theme.text);
    }
    let column = Rect { x: areas.window.right() - 1, width: 1, ..areas.rows };
    frame::scrollbar(buffer, column, (cursor.top, height, problems.len()), theme.accent);
}
