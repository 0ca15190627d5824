//! The source pane: the text around the selected figure, its sentence bright, the figure itself marked.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::grid;
use super::marks;
use super::pen::Pen;
use crate::source::Span;
use crate::source::span;
use crate::tui::app::App;
use crate::tui::layout::{GUTTER, text_width};
use crate::tui::marks::sign;
use crate::tui::passage::{Place, TextRow};
use crate::tui::proof;
use crate::tui::theme::Theme;
use crate::tui::width::BETWEEN_CELLS;

/// Draws the rows that are on screen.
pub(super) fn draw(app: &App, area: Rect, buffer: &mut Buffer) {
    let Some((place, source)) = app.passage.place.as_ref().zip(app.passage.source(&app.corpus)) else {
        return;
    };
    let (area, below) = app.source_parts(area);
    draw_proof(app, &app.proof(Rect { height: area.height + below.height, ..area }), below, buffer);
    if let Some(table) = &app.passage.grid {
        return grid::draw(app, table, area, buffer);
    }
    let rows = app.passage.rows(&app.corpus, text_width(area), usize::from(area.height));
    for (line, row) in rows.iter().enumerate() {
        let mut pen = Pen::on(buffer, area, line);
        draw_gutter(&app.theme, row, place, &mut pen);
        draw_text(&app.theme, &source.text, row, place, &mut pen);
    }
}

/// Draws what proves a finding: its sign, the check, what is wrong, and below that what accompanies it.
pub(super) fn draw_proof(app: &App, rows: &[proof::Row], area: Rect, buffer: &mut Buffer) {
    let theme = &app.theme;
    for (line, row) in rows.iter().enumerate() {
        let mut pen = Pen::on(buffer, area, line);
        pen.space(1);
        let dimmed = |style: Style| if row.dismissed { theme.dim } else { style };
        match row.mark {
            Some(severity) => {
                let style = dimmed(marks::style(app, severity));
                pen.char(sign(severity), style).space(1).text(row.code, style)
            }
            None => pen.space(2),
        };
        pen.text(&row.text, dimmed(if row.is_head { theme.text } else { theme.dim }));
    }
}

/// Draws the number of the line and, beside the sentence, a bar.
fn draw_gutter(theme: &Theme, row: &TextRow, place: &Place, pen: &mut Pen) {
    let number = row.number.map(|number| number.to_string()).unwrap_or_default();
    let in_sentence = row.span.start < place.sentence.end && place.sentence.start < row.span.end;
    let cells = usize::from(GUTTER) - 3;
    let style = if in_sentence { theme.text } else { theme.dim };
    pen.right(&number, cells, style)
        .space(1)
        .char(if in_sentence { '▎' } else { ' ' }, theme.accent)
        .space(1);
}

pub(super) fn draw_text(theme: &Theme, text: &str, row: &TextRow, place: &Place, pen: &mut Pen) {
    let figure = Some(place.focus).filter(|focus| place.figure && !focus.is_empty());
    let mut at = row.span.start;
    let mut between = false;
    for c in span::cut(text, row.span).chars() {
        let next = at + c.len_utf8() as u32;
        if figure.is_some_and(|figure| figure.start == at) {
            pen.char('[', theme.figure);
        }
        let parts = row.flow.parts_cells(c);
        if !parts {
            pen.char(c, style_of(theme, place, Span { start: at, end: next }));
        } else if !between {
            pen.text(BETWEEN_CELLS, theme.rule);
        }
        between = parts;
        if figure.is_some_and(|figure| figure.end == next) {
            pen.char(']', theme.figure);
        }
        at = next;
    }
}

/// Returns how a character looks.
fn style_of(theme: &Theme, place: &Place, character: Span) -> Style {
    let is_in = |spans: &[Span]| spans.iter().any(|span| span.contains(character));
    if place.focus.contains(character) {
        if place.figure { theme.figure } else { theme.resting }
    } else if is_in(&place.found) {
        theme.found
    } else if is_in(&place.related) {
        theme.related
    } else if place.sentence.contains(character) {
        theme.text
    } else {
        theme.dim
    }
}
