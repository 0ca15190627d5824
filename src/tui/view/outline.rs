//! The tree pane: departments, years, sections and figures, with their amounts and counts at the right.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::marks;
use super::pen::Pen;
use crate::corpus::TableRef;
use crate::corpus::tree::Node;
use crate::lang::Word;
use crate::tui::app::App;
use crate::tui::layout::Pane;
use crate::tui::number::{self, Digits};
use crate::tui::outline::{Row, is_branch, marker_column};
use crate::tui::settings::in_unit;
use crate::tui::table::Column;
use crate::tui::{label, picks, width};

/// The least room for a name beside which something else stands.
const LEAST_NAME: usize = 10;

/// A name that is cut shorter takes the room of the number.
const SHORTEST_NAME: usize = 7;

/// The room that a disclosure takes beside the name of its file.
const LEAST_TWIN: usize = 18;

/// Draws the rows that are on screen.
pub(super) fn draw(app: &App, area: Rect, buffer: &mut Buffer) {
    let rows = app.outline.rows.iter().enumerate().skip(app.outline.cursor.top);
    for (line, (index, row)) in rows.take(usize::from(area.height)).enumerate() {
        draw_row(app, row, area, line, buffer);
        if index == app.outline.cursor.selected {
            let focused = app.focus == Pane::Tree && app.overlay.is_none();
            let style = if focused { app.theme.selected } else { app.theme.resting };
            buffer.set_style(Rect { y: area.y + line as u16, height: 1, ..area }, style);
        }
    }
}

fn draw_row(app: &App, row: &Row, area: Rect, line: usize, buffer: &mut Buffer) {
    let theme = &app.theme;
    let corpus = &app.corpus;
    let marker = match (is_branch(corpus, row.node), row.open) {
        (false, _) => ' ',
        (true, false) => '▸',
        (true, true) => '▾',
    };
    let mut pen = Pen::on(buffer, area, line);
    if app.picks.holds(row.node) {
        pen.char(picks::SIGN, theme.accent);
    } else {
        pen.space(1);
    }
    pen.space(usize::from(marker_column(row)) - 1).char(marker, theme.accent).space(1);
    let name = label::node(corpus, row.node, app.lang);
    let (beside, right, style) = match row.node {
        Node::Department(_) => (None, count(app, row.node), theme.strong),
        Node::Disclosure(entry) => {
            let room = pen.room().saturating_sub(LEAST_TWIN);
            let file = row.twin.then(|| width::fit_middle(&label::file(corpus, entry), room));
            (file, count(app, row.node), theme.text)
        }
        Node::Section(_) => {
            let count = count(app, row.node);
            let style = if count.is_empty() { theme.dim } else { theme.text };
            (None, count, style)
        }
        Node::Table(table) => (None, page(app, table), theme.text),
        Node::Item(place) => {
            let Some(item) = corpus.item(place) else { return };
            let entry = corpus.entry(place.entry);
            let column = entry.map_or(Column::This, |entry| Column::of(&entry.disclosure, item));
            let (value, unit) = in_unit(item.value, item.unit, app.settings.unit);
            let in_table = corpus.table_of(place).is_some();
            let amount = if in_table {
                // The unit stands once over the figures.
                {
                    let Digits { whole, places } = number::digits(value, column.sign());
                    whole + &places
                }
            } else {
                number::with_unit(value, column.sign(), unit)
            };
            let code = corpus.words.get(item.subject).and_then(|subject| subject.code);
            let beside = if in_table {
                code.map(|code| code.0.to_string())
            } else {
                label::beside(corpus, place, item, app.lang)
            };
            let style = if item.value.mantissa() < 0 { theme.negative } else { theme.text };
            let beside = beside.as_deref().zip(Some(theme.dim));
            draw_text(app, row.node, &mut pen, (&name, theme.text), beside, (&amount, style));
            return;
        }
    };
    let beside = beside.as_deref().zip(Some(theme.dim));
    draw_text(app, row.node, &mut pen, (&name, style), beside, (&right, theme.dim));
}

/// Draws a name, what tells it from others like it, and, at the right, what was found there and a number.
fn draw_text(
    app: &App,
    node: Node,
    pen: &mut Pen,
    (name, style): (&str, Style),
    beside: Option<(&str, Style)>,
    (right, right_style): (&str, Style),
) {
    let marks = marks::texts(app, node);
    let marks_width: usize = marks.iter().map(|(text, _)| width::of(text) + 1).sum();
    let beside_number = pen.room().saturating_sub(width::of(right) + 2 + marks_width);
    // Without its name a number says nothing.
    let (right, room) = if beside_number < SHORTEST_NAME.min(width::of(name)) {
        ("", pen.room().saturating_sub(2 + marks_width))
    } else {
        (right, beside_number)
    };
    // A long name gives way to what tells it from others, but not all of it.
    let beside = beside.filter(|(text, _)| LEAST_NAME + 1 + width::of(text) <= room);
    let reserved = beside.map_or(0, |(text, _)| width::of(text) + 1);
    let name = width::fit(name, room - reserved);
    pen.text(&name, style);
    if let Some((beside, style)) = beside {
        pen.space(1).text(beside, style);
    }
    let rest = room - reserved - width::of(&name);
    pen.space(rest + 1);
    for (text, style) in marks {
        pen.text(&text, style).space(1);
    }
    pen.text(right, right_style);
}

/// Returns the page that a table begins on; where there are no pages, how many figures it has.
fn page(app: &App, table: TableRef) -> String {
    let source = app.corpus.entry(table.entry).map(|entry| &entry.disclosure.source);
    let page = source.zip(app.corpus.table_start(table)).and_then(|(source, start)| source.page_of(start));
    match page {
        Some(page) => label::fill(Word::PageNumber, app.lang, page),
        None => count(app, Node::Table(table)),
    }
}

/// Returns how many figures lie under a node; nothing for none.
fn count(app: &App, node: Node) -> String {
    match app.corpus.item_count_in(node) {
        0 => String::new(),
        count => count.to_string(),
    }
}
