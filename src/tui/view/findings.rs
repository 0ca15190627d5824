//! The findings screen: every finding of the folder, the proof and the sentence of the selected one below.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::pen::Pen;
use super::{frame, marks, notice, passage};
use crate::corpus::FindingRef;
use crate::judgement::Verdict;
use crate::lang::Word;
use crate::source::span;
use crate::tui::app::App;
use crate::tui::marks::sign;
use crate::tui::overlay::{NoteLine, Overlay};
use crate::tui::passage::TextRow;
use crate::tui::width::{self, Flow};
use crate::tui::{label, layout, proof};

/// From this room on the disclosure stands beside a finding.
const WIDE: usize = 90;
/// How many cells the code of a check takes.
const CODE: usize = 11;
/// How many cells the name of a department takes.
const DEPARTMENT: usize = 22;
/// How many cells the year and kind of a disclosure take.
const DISCLOSURE: usize = 10;
/// How many cells a line number takes.
const LINE: usize = 11;

/// Draws the window and returns where the caret would stand among the words to filter by.
pub(super) fn draw(app: &App, buffer: &mut Buffer) -> Option<Position> {
    let theme = &app.theme;
    let areas = layout::findings(app.size);
    let title = frame::window(buffer, areas.window, theme.accent);
    let caret = draw_title(app, title, buffer);
    let Some(selected) = app.review.selected() else {
        // There may be some among those that are still to be looked at.
        if app.review.is_busy() {
            return caret;
        }
        let empty = app.marks.total.is_empty() && app.review.dismissed == 0;
        let word = if empty { Word::FindingsNone } else { Word::FindingsNoneWanted };
        let text = word.text(app.lang).to_owned();
        notice::centred(&[(text, theme.dim)], layout::inside(areas.window), buffer);
        return caret;
    };
    let height = usize::from(areas.rows.height);
    let cursor = app.review.cursor;
    let rows = app.review.rows.iter().enumerate().skip(cursor.top).take(height);
    for (row, (index, &at)) in rows.enumerate() {
        draw_row(app, at, areas.rows, row, buffer);
        if index == cursor.selected {
            let y = areas.rows.y + row as u16;
            let line = Rect { x: areas.rows.x - 1, y, width: areas.rows.width + 2, height: 1 };
            buffer.set_style(line, theme.selected);
        }
    }
    if areas.detail.height > 0 {
        frame::divide(buffer, areas.window, areas.rows.bottom(), theme.accent);
        draw_detail(app, selected, areas.detail, buffer);
    }
    let column = Rect { x: areas.window.right() - 1, width: 1, ..areas.rows };
    frame::scrollbar(buffer, column, (cursor.top, height, app.review.rows.len()), theme.accent);
    caret
}

/// How many cells stand between two choices.
const BETWEEN: usize = 3;
/// A choice that is cut shorter is left out.
const SHORTEST: usize = 6;

/// Draws how many there are and which are wanted, and returns where the caret stands among the words.
fn draw_title(app: &App, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let (theme, lang) = (&app.theme, app.lang);
    let review = &app.review;
    let mut pen = Pen::on(buffer, area, 0);
    pen.space(1).text(Word::FindingsTitle.text(lang), theme.resting);
    let count = format!(" {} {}", review.rows.len(), Word::FindingsCount.text(lang));
    pen.text(count.trim_end(), theme.text);
    let typing = matches!(app.overlay, Some(Overlay::Filter));
    let mut caret = None;
    if typing || !review.filter.chars.is_empty() {
        pen.text(" / ", theme.accent);
        let room = pen.room();
        let (shown, before) = review.filter.shown(room / 2);
        let x = area.right().saturating_sub((room - before) as u16);
        caret = Some(Position { x, y: area.y });
        let text: String = shown.iter().collect();
        pen.text(&text, theme.strong).space(usize::from(typing));
    }
    let wanted = review.wanted;
    let department = wanted.department.map(|node| label::node(&app.corpus, node, lang));
    let choices = [
        Some(wanted.level.word().text(lang).to_owned()),
        wanted.check.map(|check| check.key().to_owned()),
        department,
        Some(wanted.state.word().text(lang).to_owned()),
    ];
    for choice in choices.into_iter().flatten() {
        let room = pen.room().saturating_sub(BETWEEN + 1);
        if room < SHORTEST.min(width::of(&choice)) {
            break;
        }
        pen.text(" · ", theme.dim).text(&width::fit(&choice, room), theme.accent);
    }
    if review.dismissed > 0 {
        let text = format!(" · {}{}", Word::FindingsDismissed.text(lang), review.dismissed);
        if width::of(&text) < pen.room() {
            pen.text(&text, theme.dim);
        }
    }
    pen.space(1);
    caret
}

fn draw_row(app: &App, at: FindingRef, area: Rect, row: usize, buffer: &mut Buffer) {
    let (theme, corpus, lang) = (&app.theme, &app.corpus, app.lang);
    let Some((entry, finding)) = corpus.entry(at.entry).zip(corpus.finding(at)) else { return };
    let judgement = app.judgements.of(corpus, at);
    let dismissed = app.judgements.is_dismissed(corpus, at);
    let dimmed = |style| if dismissed { theme.dim } else { style };
    let mut pen = Pen::on(buffer, area, row);
    let state = match judgement.and_then(|judgement| judgement.verdict) {
        Some(Verdict::Accepted) => '✓',
        Some(Verdict::Dismissed) => '−',
        None if judgement.is_some() => '…',
        None => ' ',
    };
    let style = dimmed(marks::style(app, finding.severity));
    pen.char(sign(finding.severity), style).char(state, theme.accent).space(1);
    pen.left(finding.check.key(), CODE, style);
    if usize::from(area.width) >= WIDE {
        let department = corpus.department(at.entry).unwrap_or(Word::UnknownDepartment.text(lang));
        let disclosure = label::disclosure(corpus, at.entry, lang);
        pen.left(department, DEPARTMENT, theme.dim).space(1);
        pen.left(&disclosure, DISCLOSURE.max(width::of(&disclosure).min(DISCLOSURE * 2)), theme.dim).space(1);
    }
    let line = label::place(&entry.disclosure.source, finding.span.start, lang);
    pen.left(&line, LINE, theme.dim);
    let room = pen.room();
    let message = finding.says(&entry.disclosure, &corpus.words, lang);
    pen.left(&message, room, dimmed(theme.text));
}

/// Draws the proof of a finding and, where there is room below it, its sentence.
fn draw_detail(app: &App, at: FindingRef, area: Rect, buffer: &mut Buffer) {
    let Some(place) = app.finding_place(at) else { return };
    let Some(source) = app.corpus.entry(at.entry).map(|entry| &entry.disclosure.source) else { return };
    let cells = usize::from(area.width);
    let height = usize::from(area.height);
    let flow = if place.table.is_some() { Flow::Cells } else { Flow::Prose };
    let parts = width::wrap(source.cut(place.sentence), cells.saturating_sub(4), flow);
    // The sentence has half of the room where it takes as much.
    let most = height - parts.len().min(height / 2);
    let rows =
        proof::rows((&app.corpus, &app.judgements), &[at], place.sentence, app.lang, (cells - 1, most));
    passage::draw_proof(app, &rows, area, buffer);
    let below = Rect { y: area.y + rows.len() as u16, height: area.height - rows.len() as u16, ..area };
    let below = Rect { x: below.x + 1, width: below.width - 1, ..below };
    let start = place.sentence.start as usize;
    let parts: Vec<span::Span> = parts
        .into_iter()
        .map(|part| span::Span::new(start + part.start as usize, start + part.end as usize))
        .collect();
    let focus = parts.iter().position(|part| place.focus.start < part.end).unwrap_or_default();
    let room = usize::from(below.height);
    let top = (focus + 2).saturating_sub(room).min(parts.len().saturating_sub(room));
    for (line, &span) in parts.iter().skip(top).take(room).enumerate() {
        let row = TextRow { number: None, span, flow };
        let mut pen = Pen::on(buffer, below, line);
        pen.char('▎', app.theme.accent).space(1);
        passage::draw_text(&app.theme, &source.text, &row, &place, &mut pen);
    }
}

/// Draws the line in which a note is written and returns where the caret stands.
pub(super) fn draw_note(app: &App, note: &NoteLine, buffer: &mut Buffer) -> Position {
    let theme = &app.theme;
    let window = layout::note(app.size);
    let title = frame::window(buffer, window, theme.accent);
    let code = app.corpus.finding(note.finding).map_or("", |finding| finding.check.key());
    Pen::on(buffer, title, 0)
        .space(1)
        .text(Word::NoteTitle.text(app.lang), theme.resting)
        .text(&format!(" · {code} "), theme.dim);
    let inside = layout::inside(window);
    let mut pen = Pen::on(buffer, inside, 0);
    let (shown, before) = note.line.shown(pen.room());
    let text: String = shown.iter().collect();
    pen.text(&text, theme.strong);
    let x = usize::from(inside.x) + before;
    Position { x: (x as u16).min(inside.right().saturating_sub(1)), y: inside.y }
}
