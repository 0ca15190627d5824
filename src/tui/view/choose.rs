//! The list of disclosures to compare with.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::pen::Pen;
use super::{frame, notice};
use crate::lang::Word;
use crate::tui::app::App;
use crate::tui::choose::Choose;
use crate::tui::{label, layout, width};

/// How many cells a department takes.
const DEPARTMENT: usize = 34;
/// How many cells the year and kind of a disclosure take.
const DISCLOSURE: usize = 20;

/// Draws the window and returns where the caret stands.
pub(super) fn draw(app: &App, choose: &Choose, buffer: &mut Buffer) -> Position {
    let (theme, lang) = (&app.theme, app.lang);
    let areas = layout::search(app.size);
    let title = frame::window(buffer, areas.window, theme.accent);
    let own = format!(
        " {} {} · {} ",
        app.corpus.department(choose.entry).unwrap_or(Word::UnknownDepartment.text(lang)),
        label::disclosure(&app.corpus, choose.entry, lang),
        Word::CompareWith.text(lang)
    );
    let room = usize::from(title.width);
    Pen::on(buffer, title, 0).text(&width::fit(&own, room), theme.resting);
    let mut pen = Pen::on(buffer, areas.input, 0);
    pen.text("c ", theme.accent);
    let (shown, before) = choose.words.shown(pen.room().saturating_sub(1));
    let text: String = shown.iter().collect();
    if text.is_empty() {
        let room = pen.room();
        pen.left(Word::ComparePrompt.text(lang), room, theme.dim);
    } else {
        pen.text(&text, theme.strong);
    }
    frame::divide(buffer, areas.window, areas.input.bottom(), theme.accent);
    let height = usize::from(areas.rows.height);
    let cursor = choose.cursor;
    for (line, (index, &entry)) in choose.others.iter().enumerate().skip(cursor.top).take(height).enumerate()
    {
        let mut pen = Pen::on(buffer, areas.rows, line);
        let department = app.corpus.department(entry).unwrap_or(Word::UnknownDepartment.text(lang));
        let name = DEPARTMENT.min(pen.room() * 2 / 5);
        pen.left(department, name, theme.text).space(1);
        pen.left(&label::disclosure(&app.corpus, entry, lang), DISCLOSURE, theme.text).space(1);
        let room = pen.room();
        pen.text(&width::fit_middle(&label::file(&app.corpus, entry), room), theme.dim);
        if index == cursor.selected {
            let y = areas.rows.y + line as u16;
            let line = Rect { x: areas.rows.x - 1, y, width: areas.rows.width + 2, height: 1 };
            buffer.set_style(line, theme.selected);
        }
    }
    if choose.others.is_empty() {
        notice::centred(&[(Word::SearchNothing.text(lang).to_owned(), theme.dim)], areas.rows, buffer);
    }
    if areas.detail.height > 0 {
        frame::divide(buffer, areas.window, areas.rows.bottom(), theme.accent);
        let file = choose.selected().map(|entry| label::file(&app.corpus, entry)).unwrap_or_default();
        let mut pen = Pen::on(buffer, areas.detail, 0);
        let room = pen.room();
        pen.text(&width::fit_middle(&file, room), theme.dim);
    }
    let column = Rect { x: areas.window.right() - 1, width: 1, ..areas.rows };
    frame::scrollbar(buffer, column, (cursor.top, height, choose.others.len()), theme.accent);
    let x = usize::from(areas.input.x) + 2 + before;
    Position { x: (x as u16).min(areas.input.right().saturating_sub(1)), y: areas.input.y }
}
