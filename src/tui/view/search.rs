//! The search: a line to type in and what was found, with the letters that match.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::pen::Pen;
use super::{frame, notice};
use crate::corpus::search;
use crate::corpus::tree::Node;
use crate::lang::Word;
use crate::tui::app::App;
use crate::tui::overlay::{MOST_HITS, Search};
use crate::tui::table::Column;
use crate::tui::{label, layout, number, width};

/// What stands before the text that is typed.
const PROMPT: &str = "/ ";
/// What stands between the parts of a place.
const STEP: &str = " › ";

/// Draws the window and returns where the caret stands.
pub(super) fn draw(app: &App, search: &Search, buffer: &mut Buffer) -> Position {
    let (theme, lang) = (&app.theme, app.lang);
    let areas = layout::search(app.size);
    let title = frame::window(buffer, areas.window, theme.accent);
    let query = search.query.text();
    let mut pen = Pen::on(buffer, title, 0);
    pen.space(1).text(Word::SearchTitle.text(lang), theme.resting).space(1);
    if !query.trim().is_empty() {
        let hits = search.hits.len();
        let word = if hits < MOST_HITS { Word::SearchHits } else { Word::SearchHitsMost };
        pen.text(&format!("· {hits} {} ", word.text(lang)), theme.dim);
    }
    let caret = draw_line(app, search, areas.line, buffer);
    if areas.rows.height > 0 {
        frame::divide(buffer, areas.window, areas.rows.y - 1, theme.accent);
    }
    if search.hits.is_empty() {
        let word = if query.trim().is_empty() { Word::SearchPrompt } else { Word::SearchNothing };
        notice::centred(&[(word.text(lang).to_owned(), theme.dim)], areas.rows, buffer);
        return caret;
    }
    let height = usize::from(areas.rows.height);
    let hits = search.hits.iter().enumerate().skip(search.cursor.top).take(height);
    for (row, (index, hit)) in hits.enumerate() {
        draw_hit(app, hit.node, &query, areas.rows, row, buffer);
        if index == search.cursor.selected {
            let y = areas.rows.y + row as u16;
            let line = Rect { x: areas.rows.x - 1, y, width: areas.rows.width + 2, height: 1 };
            buffer.set_style(line, theme.selected);
        }
    }
    let column = Rect { x: areas.window.right() - 1, width: 1, ..areas.rows };
    frame::scrollbar(buffer, column, (search.cursor.top, height, search.hits.len()), theme.accent);
    caret
}

/// Draws what was typed and returns where the caret stands.
fn draw_line(app: &App, search: &Search, area: Rect, buffer: &mut Buffer) -> Position {
    let mut pen = Pen::on(buffer, area, 0);
    pen.text(PROMPT, app.theme.accent);
    let room = pen.room();
    let (shown, before) = search.query.shown(room);
    let text: String = shown.iter().collect();
    pen.text(&text, app.theme.strong);
    let x = usize::from(area.x) + width::of(PROMPT) + before;
    Position { x: (x as u16).min(area.right().saturating_sub(1)), y: area.y }
}

/// Draws what was found: its name and number on the left, where it stands on the right.
fn draw_hit(app: &App, node: Node, query: &str, area: Rect, row: usize, buffer: &mut Buffer) {
    let (theme, corpus) = (&app.theme, &app.corpus);
    let mut pen = Pen::on(buffer, area, row);
    let room = pen.room();
    let number_room = (room / 5).max(14);
    let name_room = ((room - number_room.min(room)) * 45 / 100).max(12);
    let name = label::node(corpus, node, app.lang);
    matched(&mut pen, &name, query, name_room, theme.text, theme.matched);
    pen.space(1);
    match node {
        Node::Item(place) => {
            let item = corpus.item(place);
            let column = corpus.entry(place.entry).zip(item);
            let column = column.map_or(Column::This, |(entry, item)| Column::of(&entry.disclosure, item));
            let amount = item.map(|item| number::with_unit(item.value, column.sign(), item.unit));
            let negative = item.is_some_and(|item| item.value.mantissa() < 0);
            let style = if negative { theme.negative } else { theme.text };
            pen.right(&amount.unwrap_or_default(), number_room, style);
        }
        Node::Department(_) | Node::Disclosure(_) | Node::Section(_) => {
            pen.right(&corpus.item_count_in(node).to_string(), number_room, theme.dim);
        }
    }
    pen.space(2);
    let mut path = label::path(corpus, node);
    path.pop();
    let names: Vec<String> = path.into_iter().map(|node| label::node(corpus, node, app.lang)).collect();
    let room = pen.room();
    matched(&mut pen, &width::fit(&names.join(STEP), room), query, room, theme.dim, theme.matched);
}

/// Draws text in a column, the letters that the query matches in another style.
fn matched(pen: &mut Pen, text: &str, query: &str, cells: usize, plain: Style, matched: Style) {
    let shown = width::fit(text, cells.min(pen.room()));
    let found = search::matched(&shown, query);
    let mut found = found.into_iter().peekable();
    for (index, c) in shown.chars().enumerate() {
        let style = if found.next_if_eq(&index).is_some() { matched } else { plain };
        pen.char(c, style);
    }
    pen.space(cells.saturating_sub(width::of(&shown)));
}
