//! The search: a line to type in and what was found, with the letters that match.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::pen::Pen;
use super::{frame, notice};
use crate::corpus::ItemRef;
use crate::corpus::search::Highlighter;
use crate::corpus::tree::Node;
use crate::lang::Word;
use crate::model::Item;
use crate::source::span;
use crate::tui::app::App;
use crate::tui::finder::{MOST_HITS, Search};
use crate::tui::number::{self, Digits};
use crate::tui::settings::in_unit;
use crate::tui::table::Column;
use crate::tui::width::{self, Flow};
use crate::tui::{label, layout};

/// What stands before the text that is typed.
const PROMPT: &str = "/ ";
/// What stands between the parts of a place.
const STEP: &str = " › ";

/// From this room on the place of a hit stands beside it.
const WIDE: usize = 76;
/// How many cells the year and kind of a disclosure take.
const DISCLOSURE: usize = 10;
/// How many cells a number takes.
const NUMBER: usize = 14;
/// The least cells for the name of a department.
const LEAST_DEPARTMENT: usize = 8;
/// How many cells a unit takes.
const UNIT: usize = 6;

/// Draws the window and returns where the caret stands.
pub(super) fn draw(app: &App, search: &Search, buffer: &mut Buffer) -> Position {
    let (theme, lang) = (&app.theme, app.lang);
    let areas = layout::search(app.size);
    let title = frame::window(buffer, areas.window, theme.accent);
    let is_empty = Highlighter::new(&search.query.text()).is_empty();
    let marker = Highlighter::new(&search.found_for);
    let mut pen = Pen::on(buffer, title, 0);
    pen.space(1).text(Word::SearchTitle.text(lang), theme.resting).space(1);
    if !is_empty {
        let hits = search.hits.len();
        let many = if hits < MOST_HITS { Word::SearchHits } else { Word::SearchHitsMost };
        pen.text(&format!("· {} ", label::count(hits, Word::SearchHit, many, lang)), theme.dim);
        if search.is_busy() {
            pen.text(&format!("· {} ", Word::SearchRunning.text(lang)), theme.warning);
        }
    }
    let caret = draw_line(app, search, areas.input, buffer);
    if areas.rows.height > 0 {
        frame::divide(buffer, areas.window, areas.rows.y - 1, theme.accent);
        draw_offers(app, search, Rect { y: areas.rows.y - 1, height: 1, ..areas.rows }, buffer);
    }
    let Some(selected) = search.hits.get(search.cursor.selected) else {
        let words: &[Word] = match is_empty {
            true => &[Word::SearchPrompt],
            false if search.is_busy() => &[Word::SearchRunning],
            // Whoever does not know what can be found finds nothing.
            false => &[Word::SearchNothing, Word::SearchPrompt],
        };
        let cells = usize::from(areas.rows.width);
        let mut lines = Vec::new();
        for text in words.iter().map(|word| word.text(lang)) {
            let parts = width::wrap(text, cells, Flow::Prose);
            lines.extend(parts.into_iter().map(|part| (span::cut(text, part).trim().to_owned(), theme.dim)));
        }
        notice::centred(&lines, areas.rows, buffer);
        return caret;
    };
    let height = usize::from(areas.rows.height);
    let hits = search.hits.iter().enumerate().skip(search.cursor.top).take(height);
    for (row, (index, hit)) in hits.enumerate() {
        draw_hit(app, hit.node, &marker, areas.rows, row, buffer);
        if index == search.cursor.selected {
            let y = areas.rows.y + row as u16;
            let line = Rect { x: areas.rows.x - 1, y, width: areas.rows.width + 2, height: 1 };
            buffer.set_style(line, theme.selected);
        }
    }
    if areas.detail.height > 0 {
        frame::divide(buffer, areas.window, areas.rows.bottom(), theme.accent);
        let room = usize::from(areas.detail.width);
        let above = app.corpus.parent(selected.node).unwrap_or(selected.node);
        let names = label::path_names(&app.corpus, above, lang, (room, width::of(STEP)));
        Pen::on(buffer, areas.detail, 0).left(&names.join(STEP), room, theme.dim);
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

/// Draws into the rule below the line what the word at the caret may become.
fn draw_offers(app: &App, search: &Search, rule: Rect, buffer: &mut Buffer) {
    let theme = &app.theme;
    if search.offers.is_empty() {
        return;
    }
    let mut pen = Pen::on(buffer, rule, 0);
    pen.text(" Tab ", theme.accent);
    for (index, offer) in search.offers.iter().enumerate() {
        if width::of(offer) + 1 > pen.room() {
            return;
        }
        let style = if search.taken() == Some(index) { theme.resting } else { theme.dim };
        pen.text(offer, style).space(1);
    }
}

/// Draws what was found: its name and number on the left, where it stands on the right.
fn draw_hit(app: &App, node: Node, marker: &Highlighter, area: Rect, row: usize, buffer: &mut Buffer) {
    let (theme, corpus) = (&app.theme, &app.corpus);
    let mut pen = Pen::on(buffer, area, row);
    let room = pen.room();
    let name_room = if room < WIDE {
        room.saturating_sub(NUMBER + UNIT + DISCLOSURE + 4)
    } else {
        (room * 2 / 5).saturating_sub(NUMBER / 2)
    };
    draw_name(app, node, marker, name_room, &mut pen);
    pen.space(1);
    match node {
        Node::Item(place) => {
            let Some((item, entry)) = corpus.item(place).zip(corpus.entry(place.entry)) else { return };
            let sign = Column::of(&entry.disclosure, item).sign();
            let (value, unit) = in_unit(item.value, item.unit, app.settings.unit);
            let Digits { whole, places } = number::digits(value, sign);
            let style = match item.value.mantissa() {
                _ if marker.is_value(item.value, item.unit) => theme.matched,
                ..0 => theme.negative,
                _ => theme.text,
            };
            pen.right(&(whole + &places), NUMBER, style).space(1).left(unit.name(), UNIT, theme.dim);
        }
        Node::Department(_) | Node::Disclosure(_) | Node::Section(_) | Node::Table(_) => {
            let count = corpus.item_count_in(node).to_string();
            pen.right(&count, NUMBER, theme.dim).space(1 + UNIT);
        }
    }
    pen.space(2);
    let mut names: Vec<String> = scope(app, node).map(|node| label::node(corpus, node, app.lang)).collect();
    if room < WIDE {
        // The rest of the place of the selected one stands below.
        let disclosure = names.get(1).map_or("", String::as_str);
        matched(&mut pen, disclosure, marker, DISCLOSURE, theme.dim, theme.matched);
        return;
    }
    let room = pen.room();
    // The department gives way first: what tells hits apart is most often the section.
    let length: usize = names.iter().map(|name| width::of(name) + width::of(STEP)).sum();
    let over = length.saturating_sub(room + width::of(STEP));
    if let Some(department) = names.first_mut().filter(|_| over > 0) {
        *department =
            width::fit(department, width::of(department).saturating_sub(over).max(LEAST_DEPARTMENT));
    }
    matched(&mut pen, &names.join(STEP), marker, room, theme.dim, theme.matched);
}

/// Draws the name of what was found and what tells it from others of the name.
fn draw_name(app: &App, node: Node, marker: &Highlighter, cells: usize, pen: &mut Pen) {
    let theme = &app.theme;
    let name = label::node(&app.corpus, node, app.lang);
    let beside = match node {
        Node::Item(place) => app.corpus.item(place).and_then(|item| beside(app, place, item, marker)),
        Node::Department(_) | Node::Disclosure(_) | Node::Section(_) | Node::Table(_) => None,
    };
    let beside = beside.filter(|text| width::of(&name) + width::of(text) < cells).unwrap_or_default();
    let beside_width = width::of(&beside);
    let name_cells = width::of(&name).min(cells - beside_width);
    matched(pen, &name, marker, name_cells, theme.text, theme.matched);
    let gap = usize::from(beside_width > 0);
    pen.space(gap);
    matched(pen, &beside, marker, beside_width, theme.dim, theme.matched);
    pen.space(cells - name_cells - beside_width - gap);
}

/// Returns what tells a figure from others of its name, with its code where that was asked for.
fn beside(app: &App, place: ItemRef, item: &Item, marker: &Highlighter) -> Option<String> {
    let subject = app.corpus.words.get(item.subject)?;
    let code = subject.code.map(|code| code.0.get()).filter(|&code| marker.is_code(code));
    let code = code.map(|code| code.to_string());
    // Where only the official name is what was asked for, it says so.
    let (name, official) = (app.corpus.words.text(subject.name), app.corpus.words.text(subject.canonical));
    let by_official = marker.places(name).is_empty() && !marker.places(official).is_empty();
    let official = by_official.then(|| official.to_owned());
    let beside = label::beside(&app.corpus, place, item, app.lang);
    let parts: Vec<String> = official.into_iter().chain(code).chain(beside).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// Returns the department, the disclosure and the section that a node lies in, as far as they are above it.
fn scope(app: &App, node: Node) -> impl Iterator<Item = Node> {
    let mut path = label::path(&app.corpus, node);
    path.pop();
    let last = path.len();
    path.into_iter()
        .enumerate()
        .filter(move |(index, _)| *index < 2 || index + 1 == last)
        .map(|(_, node)| node)
}

/// Draws text in a column, the letters that the query matches in another style.
fn matched(pen: &mut Pen, text: &str, marker: &Highlighter, cells: usize, plain: Style, matched: Style) {
    let shown = width::fit(text, cells.min(pen.room()));
    let found = marker.places(&shown);
    let mut found = found.into_iter().peekable();
    for (index, c) in shown.chars().enumerate() {
        let style = if found.next_if_eq(&index).is_some() { matched } else { plain };
        pen.char(c, style);
    }
    pen.space(cells.saturating_sub(width::of(&shown)));
}
