//! The source pane where it shows a table: columns below their heads, the chosen cell marked, a sign beside every figure
//! that something was found at, and at the bottom all of what the chosen cell says.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::frame::put;
use super::marks;
use super::pen::Pen;
use crate::corpus::ItemRef;
use crate::corpus::tree::Node;
use crate::model::Disclosure;
use crate::source::{Cell, Span};
use crate::tui::app::App;
use crate::tui::grid::{self, BEFORE, BETWEEN, Grid, Shown};
use crate::tui::layout::Pane;
use crate::tui::marks::sign;
use crate::tui::width;

/// Draws the part of the table that is on screen.
pub(super) fn draw(app: &App, grid: &Grid, area: Rect, buffer: &mut Buffer) {
    let Some(disclosure) = app.corpus.entry(grid.entry).map(|entry| &entry.disclosure) else { return };
    let (cells, height) = (usize::from(area.width), usize::from(area.height));
    let shown = grid.shown(cells);
    let shares = grid.shares(height);
    for line in 0..shares.head + shares.body {
        let Some(row) = grid.row_at(line, height) else { continue };
        draw_row(
            app,
            grid,
            (disclosure, row),
            &shown,
            Rect { y: area.y + line as u16, height: 1, ..area },
            buffer,
        );
        if line + 1 == shares.head {
            // The rule below the head takes no row of its own.
            let last = Rect { y: area.y + line as u16, height: 1, ..area };
            buffer.set_style(last, Style::new().add_modifier(Modifier::UNDERLINED));
        }
    }
    let (left, right) = grid.hidden(cells);
    let arrow = if shares.head > 0 { area.y } else { area.y + area.height.saturating_sub(1) };
    if left {
        put(buffer, area.x, arrow, '←', app.theme.accent);
    }
    if right {
        put(buffer, area.right().saturating_sub(1), arrow, '→', app.theme.accent);
    }
    if shares.told {
        let row = Rect { y: area.bottom().saturating_sub(1), height: 1, ..area };
        tell(app, grid, disclosure, row, buffer);
    }
}

/// Draws the cells of a row.
fn draw_row(
    app: &App,
    grid: &Grid,
    (disclosure, row): (&Disclosure, usize),
    shown: &[Shown],
    area: Rect,
    buffer: &mut Buffer,
) {
    let theme = &app.theme;
    let chosen_row = row == grid.row;
    let mut pen = Pen::on(buffer, area, 0);
    pen.char(if chosen_row { '▎' } else { ' ' }, theme.accent);
    for (index, column) in shown.iter().enumerate() {
        if index > 0 {
            let gap = shown.get(index - 1).is_some_and(|before| before.column + 1 != column.column);
            let x = area.x + column.x - (BETWEEN - 1);
            put(buffer, x, area.y, if gap { '┃' } else { '│' }, theme.rule);
        }
    }
    let source = &disclosure.source;
    let in_head = grid.is_head(source, row);
    let Some(cells) = grid.of(source).and_then(|table| table.rows.get(row)) else { return };
    for cell in &cells.cells {
        let covered: Vec<&Shown> =
            shown.iter().filter(|shown| cell.column <= shown.column && shown.column < cell.end()).collect();
        let (Some(first), Some(last)) = (covered.first(), covered.last()) else { continue };
        let width = last.x + last.width - first.x;
        let text = grid::one_line(source.cut(cell.span));
        let style = style_of(app, cell, in_head.then_some(row < grid.head.end));
        let is_chosen = chosen_row && cell.column <= grid.column && grid.column < cell.end();
        let place = Rect { x: area.x + first.x - 1, width: width + 2, ..area }.intersection(area);
        let mut pen = Pen::on(buffer, place, 0);
        draw_sign(app, grid, disclosure, (row, cell), is_chosen, &mut pen);
        let cells = usize::from(width);
        if grid::is_number(&text) && !in_head {
            pen.right(&text, cells, style);
        } else {
            let indent = usize::from(grid.indent(cell, &text, in_head)).min(cells / 2);
            pen.space(indent).left(&text, cells - indent, style);
        }
        if is_chosen {
            pen.char(']', theme.figure);
            let whole = Rect { x: area.x + first.x, width, ..area }.intersection(area);
            let focused = app.focus == Pane::Source && app.overlay.is_none();
            buffer.set_style(whole, if focused { theme.selected } else { theme.figure });
        }
    }
}

/// Draws the sign of what was found at a figure, else the mark of the chosen cell.
fn draw_sign(
    app: &App,
    grid: &Grid,
    disclosure: &Disclosure,
    (row, cell): (usize, &Cell),
    is_chosen: bool,
    pen: &mut Pen,
) {
    let found = grid.item(disclosure, row, cell.column).and_then(|item| {
        let node = Node::Item(ItemRef { entry: grid.entry, item });
        app.marks.worst(&app.corpus, &app.judgements, node)
    });
    match found {
        Some(severity) => pen.char(sign(severity), marks::style(app, severity)),
        None if is_chosen => pen.char('[', app.theme.figure),
        None => pen.space(1),
    };
}

/// Returns how a cell looks; `head` is whether it is of the head that stays, where it is of a head at all.
fn style_of(app: &App, cell: &Cell, head: Option<bool>) -> Style {
    let theme = &app.theme;
    let holds = |spans: &[Span]| spans.iter().any(|&span| cell.span.contains(span) && !span.is_empty());
    let place = app.passage.place.as_ref();
    if place.is_some_and(|place| holds(&place.found)) {
        theme.found
    } else {
        match head {
            Some(true) => theme.strong,
            Some(false) => theme.dim,
            None => theme.text,
        }
    }
}

/// Draws what the chosen cell is about and all that it says, as far as there is room.
fn tell(app: &App, grid: &Grid, disclosure: &Disclosure, area: Rect, buffer: &mut Buffer) {
    let source = &disclosure.source;
    let Some(row) = grid.of(source).and_then(|table| table.rows.get(grid.row)) else { return };
    let cell = row.cells.iter().find(|cell| cell.column <= grid.column && grid.column < cell.end());
    let text = cell.map(|cell| grid::one_line(source.cut(cell.span))).unwrap_or_default();
    let mut path = if grid.row < grid.head.end { Vec::new() } else { grid.path(source, grid.column) };
    let item = cell.and_then(|cell| grid.item(disclosure, grid.row, cell.column));
    if let Some(item) = item.and_then(|item| disclosure.items.get(item.0 as usize)) {
        path.insert(0, app.corpus.words.subject_text(item.subject).to_owned());
    }
    let mut pen = Pen::on(buffer, area, 0);
    pen.space(usize::from(BEFORE));
    // The text is what was asked for; its place gives way.
    let least = width::of(&text).min(pen.room() * 2 / 3);
    let path = width::fit_middle(&path.join(" › "), pen.room().saturating_sub(least + 2));
    if !path.is_empty() {
        pen.text(&path, app.theme.dim).space(2);
    }
    let room = pen.room();
    pen.text(&width::fit(&text, room), app.theme.text);
}
