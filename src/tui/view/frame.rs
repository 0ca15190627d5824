//! The lines around the panes and windows, with their titles and scrollbars.

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::Style;

use super::pen::{COVERED, Pen};
use crate::lang::Word;
use crate::tui::app::App;
use crate::tui::figures::Scope;
use crate::tui::label;
use crate::tui::layout::{self, Areas, Pane};
use crate::tui::width;

/// Draws the lines around all panes; those of the pane with the keys are in the accent.
pub(super) fn draw(app: &App, areas: &Areas, buffer: &mut Buffer) {
    let Size { width, height } = app.size;
    let theme = &app.theme;
    let whole = Rect::new(0, 1, width, height.saturating_sub(2));
    draw_box(buffer, whole, theme.rule);
    let figures = areas.right.map(|right| Rect {
        x: right.head.x - 1,
        y: right.head.y - 1,
        width: right.head.width + 2,
        height: right.figures.height + 3,
    });
    let source = areas.right.map(|right| around(right.source));
    if let Some(source) = source {
        put_row(buffer, source.y, source.x..source.right(), '─', theme.rule);
        put(buffer, source.x, source.y, '├', theme.rule);
        put(buffer, source.right() - 1, source.y, '┤', theme.rule);
    }
    if let Some((tree, figures)) = areas.tree.map(around).zip(figures) {
        let x = figures.x;
        for y in tree.y..tree.bottom() {
            put(buffer, x, y, '│', theme.rule);
        }
        put(buffer, x, tree.y, '┬', theme.rule);
        put(buffer, x, tree.bottom() - 1, '┴', theme.rule);
        if let Some(source) = source {
            put(buffer, x, source.y, '├', theme.rule);
        }
    }
    let panes = [(Pane::Tree, areas.tree.map(around)), (Pane::Figures, figures), (Pane::Source, source)];
    for (pane, frame) in panes.into_iter().filter_map(|(pane, frame)| Some((pane, frame?))) {
        let focused = app.focus == pane && app.overlay.is_none();
        if focused {
            tint(buffer, frame, theme.accent);
        }
        let style = if focused { theme.resting } else { theme.strong };
        draw_title(app, pane, frame, style, buffer);
    }
    for (pane, frame) in panes.into_iter().filter_map(|(pane, frame)| Some((pane, frame?))) {
        draw_scrollbar(app, areas, pane, frame, buffer);
    }
}

fn draw_title(app: &App, pane: Pane, frame: Rect, style: Style, buffer: &mut Buffer) {
    let (lang, theme) = (app.lang, &app.theme);
    let row = Rect { x: frame.x + 2, width: frame.width.saturating_sub(4), height: 1, ..frame };
    let mut pen = Pen::on(buffer, row, 0);
    match pane {
        Pane::Tree => {
            pen.text(" ", style).text(Word::PaneTree.text(lang), style).text(" ", style);
            if let Some((query, found)) = app.outline.scope() {
                let many = found.to_string();
                let room = pen.room().saturating_sub(width::of(Word::TreeNarrowed.text(lang)) + many.len());
                let text = Word::TreeNarrowed.text(lang).replace("{1}", &many);
                let text = text.replace("{0}", &width::fit(query, room));
                pen.text(&format!("· {text} "), theme.warning);
            }
        }
        Pane::Figures => {
            let title = match app.figures.scope {
                Some(Scope::Department(_)) => Word::PaneDisclosures,
                Some(Scope::Disclosure(_) | Scope::Section(_) | Scope::Table(_)) | None => Word::PaneFigures,
            };
            pen.text(" ", style).text(title.text(lang), style).text(" ", style);
            if let Some(unit) = app.figures.unit {
                let note = format!(" {} ", label::fill(Word::UnitNote, lang, unit.name()));
                let room = width::of(&note).min(usize::from(row.width));
                let corner = Rect { x: row.right() - room as u16, width: room as u16, ..row };
                Pen::on(buffer, corner, 0).text(&note, theme.dim);
            }
        }
        Pane::Source => {
            pen.text(" ", style).text(Word::PaneSource.text(lang), style).text(" ", style);
            let Some((place, source)) = app.passage.place.as_ref().zip(app.passage.source(&app.corpus))
            else {
                return;
            };
            let chosen = app.passage.grid.as_ref().and_then(|grid| grid.start(source));
            let shown = label::place(source, chosen.unwrap_or(place.focus.start), lang);
            pen.text(&format!("· {shown} "), theme.dim);
            let room = pen.room().saturating_sub(4);
            if room > 8 {
                let file =
                    width::fit_middle(&label::file_at(&app.corpus, place.entry, place.focus.start), room);
                pen.text(&format!("· {file} "), theme.dim);
            }
        }
    }
}

/// Draws how much of a pane is on screen into its right line, where there is more.
fn draw_scrollbar(app: &App, areas: &Areas, pane: Pane, frame: Rect, buffer: &mut Buffer) {
    let Some(rows) = areas.rows(pane) else { return };
    let height = usize::from(rows.height);
    let (top, shown, all) = match pane {
        Pane::Tree => (app.outline.cursor.top, height, app.outline.rows.len()),
        Pane::Figures => (app.figures.cursor.top, height, app.figures.lines.len()),
        Pane::Source if app.passage.grid.is_some() => {
            let Some(grid) = &app.passage.grid else { return };
            let body = grid.shares(usize::from(app.source_parts(rows).0.height)).body;
            (grid.top.saturating_sub(grid.head.end), body, grid.body())
        }
        Pane::Source => {
            let text = app.source_parts(rows).0;
            match app.passage.extent(&app.corpus, layout::text_width(text), usize::from(text.height)) {
                Some(extent) => extent,
                None => return,
            }
        }
    };
    let x = frame.right() - 1;
    let style = if app.focus == pane { app.theme.accent } else { app.theme.rule };
    scrollbar(buffer, Rect { x, width: 1, ..rows }, (top, shown, all), style);
}

/// Draws a scrollbar into a column: the first of the shown rows, how many are shown and how many there are.
pub(super) fn scrollbar(
    buffer: &mut Buffer,
    column: Rect,
    (top, shown, all): (usize, usize, usize),
    style: Style,
) {
    let height = usize::from(column.height);
    if all <= shown || height < 2 {
        return;
    }
    let length = (height * shown / all).clamp(1, height - 1);
    let hidden = all - shown;
    // Only the first and last row touch the ends.
    let start = ((height - length) * top.min(hidden)).div_ceil(hidden);
    for y in start..start + length {
        put(buffer, column.x, column.y + y as u16, '┃', style);
    }
}

/// Draws an empty window over what is there and returns its title row.
pub(super) fn window(buffer: &mut Buffer, window: Rect, style: Style) -> Rect {
    for y in window.y..window.bottom() {
        // A wide character whose second half is under the window would take the window's edge with it.
        if let Some(cell) = window.x.checked_sub(1).and_then(|x| buffer.cell_mut((x, y)))
            && width::of(cell.symbol()) > 1
        {
            cell.set_symbol(" ");
        }
        // And one whose first half is under it leaves nothing to see.
        if let Some(cell) = buffer.cell_mut((window.right(), y))
            && cell.symbol() == COVERED
        {
            cell.set_symbol(" ");
        }
        Pen::on(buffer, window, usize::from(y - window.y)).space(usize::from(window.width));
    }
    draw_box(buffer, window, style);
    Rect { x: window.x + 2, width: window.width.saturating_sub(4), height: 1.min(window.height), ..window }
}

/// Draws a rule across the inside of a window.
pub(super) fn divide(buffer: &mut Buffer, window: Rect, y: u16, style: Style) {
    put_row(buffer, y, window.x..window.right(), '─', style);
    put(buffer, window.x, y, '├', style);
    put(buffer, window.right().saturating_sub(1), y, '┤', style);
}

/// Returns the frame around an inside.
fn around(inside: Rect) -> Rect {
    Rect { x: inside.x - 1, y: inside.y - 1, width: inside.width + 2, height: inside.height + 2 }
}

pub(super) fn draw_box(buffer: &mut Buffer, area: Rect, style: Style) {
    let Some((right, bottom)) = area.right().checked_sub(1).zip(area.bottom().checked_sub(1)) else { return };
    put_row(buffer, area.y, area.x..area.right(), '─', style);
    put_row(buffer, bottom, area.x..area.right(), '─', style);
    for y in area.y..area.bottom() {
        put(buffer, area.x, y, '│', style);
        put(buffer, right, y, '│', style);
    }
    put(buffer, area.x, area.y, '╭', style);
    put(buffer, right, area.y, '╮', style);
    put(buffer, area.x, bottom, '╰', style);
    put(buffer, right, bottom, '╯', style);
}

/// Changes the style of the lines around a pane.
fn tint(buffer: &mut Buffer, frame: Rect, style: Style) {
    let top = Rect { height: 1, ..frame };
    let left = Rect { width: 1, ..frame };
    let bottom = Rect { y: frame.bottom() - 1, ..top };
    let right = Rect { x: frame.right() - 1, ..left };
    for side in [top, left, bottom, right] {
        buffer.set_style(side, style);
    }
}

fn put_row(buffer: &mut Buffer, y: u16, xs: std::ops::Range<u16>, c: char, style: Style) {
    for x in xs {
        put(buffer, x, y, c, style);
    }
}

pub(super) fn put(buffer: &mut Buffer, x: u16, y: u16, c: char, style: Style) {
    if let Some(cell) = buffer.cell_mut((x, y)) {
        cell.reset();
        cell.set_char(width::shown(c)).set_style(style);
    }
}
