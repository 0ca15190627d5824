//! The outcomes: how often every check holds, finds, hints, does not apply or cannot tell, and why.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::frame;
use super::pen::Pen;
use crate::check::Outcome;
use crate::corpus::EntryId;
use crate::lang::Word;
use crate::print::findings::reason_word;
use crate::source::span;
use crate::tui::app::App;
use crate::tui::outcomes::{Outcomes, Row, len, row};
use crate::tui::width::{self, Flow};
use crate::tui::{label, layout};

/// How many cells the code of a check takes.
const CODE: usize = 12;
/// How many cells a count takes, and from which room on it has more of them.
const COUNT: (usize, usize, u16) = (6, 8, 80);
const HEADS: [Word; 5] = [
    Word::OutcomeHolds,
    Word::OutcomeHeadFindings,
    Word::OutcomeHints,
    Word::OutcomeHeadNone,
    Word::OutcomeHeadUnsure,
];

/// Draws the window.
pub(super) fn draw(app: &App, shown: &Outcomes, buffer: &mut Buffer) {
    let theme = &app.theme;
    let areas = layout::outcomes(app.size);
    let title = frame::window(buffer, areas.window, theme.accent);
    Pen::on(buffer, title, 0).space(1).text(Word::OutcomeTitle.text(app.lang), theme.resting).space(1);
    draw_heads(app, areas.input, buffer);
    let (cursor, height) = (shown.cursor, usize::from(areas.rows.height));
    for line in 0..height {
        let Some(row) = row(&app.corpus, &app.marks.outcomes, cursor.top + line) else { break };
        let mut pen = Pen::on(buffer, areas.rows, line);
        match row {
            Row::Whose(entry) => {
                let name = whose(app, entry);
                let room = pen.room().saturating_sub(1);
                let name = width::fit(&name, room);
                let rest = (room - width::of(&name)).saturating_sub(1);
                pen.text(&name, theme.strong).space(1).rule('─', rest, theme.rule);
            }
            Row::Check(outcome, _) => draw_outcome(app, &outcome, count_width(areas.rows), &mut pen),
        }
        if cursor.top + line == cursor.selected {
            let y = areas.rows.y + line as u16;
            let line = Rect { x: areas.rows.x - 1, y, width: areas.rows.width + 2, height: 1 };
            buffer.set_style(line, theme.selected);
        }
    }
    if areas.detail.height > 0 {
        frame::divide(buffer, areas.window, areas.rows.bottom(), theme.accent);
        let text = detail(app, shown);
        let rows = width::wrap(&text, usize::from(areas.detail.width), Flow::Prose);
        for (line, part) in rows.into_iter().take(usize::from(areas.detail.height)).enumerate() {
            Pen::on(buffer, areas.detail, line).text(span::cut(&text, part), theme.dim);
        }
    }
    let column = Rect { x: areas.window.right() - 1, width: 1, ..areas.rows };
    frame::scrollbar(buffer, column, (cursor.top, height, len(&app.corpus)), theme.accent);
}

/// Returns whose outcomes they are.
fn whose(app: &App, entry: Option<EntryId>) -> String {
    match entry {
        None => label::count(
            app.corpus.entries.len(),
            Word::OutcomeOfDisclosure,
            Word::OutcomeOfDisclosures,
            app.lang,
        ),
        Some(entry) => {
            let department = app.corpus.department(entry).unwrap_or(Word::UnknownDepartment.text(app.lang));
            let disclosure = label::disclosure(&app.corpus, entry, app.lang);
            format!("{department} · {disclosure} · {}", label::file(&app.corpus, entry))
        }
    }
}

fn draw_heads(app: &App, area: Rect, buffer: &mut Buffer) {
    let mut pen = Pen::on(buffer, area, 0);
    pen.space(2 + CODE);
    for head in HEADS {
        pen.right(head.text(app.lang), count_width(area), app.theme.dim).space(1);
    }
    if area.width >= COUNT.2 {
        pen.space(1).text(Word::OutcomeWhy.text(app.lang), app.theme.dim);
    }
}

fn count_width(area: Rect) -> usize {
    let (narrow, wide, from) = COUNT;
    if area.width < from { narrow } else { wide }
}

fn draw_outcome(app: &App, outcome: &Outcome, cells: usize, pen: &mut Pen) {
    let theme = &app.theme;
    pen.space(2).left(outcome.check.key(), CODE, theme.text);
    let counts: [(u32, Style); 5] = [
        (outcome.holds, theme.text),
        (outcome.findings, theme.error),
        (outcome.hints, theme.text),
        (outcome.not_applicable, theme.text),
        (outcome.cannot_tell, theme.warning),
    ];
    for (count, style) in counts {
        let style = if count == 0 { theme.dim } else { style };
        pen.right(&count.to_string(), cells, style).space(1);
    }
    let room = pen.room().saturating_sub(1);
    pen.space(1).left(&reasons(app, outcome), room, theme.dim);
}

/// Returns why a check could not tell, and how often.
fn reasons(app: &App, outcome: &Outcome) -> String {
    let reason = |&(reason, count): &(_, u32)| format!("{} {count}", reason_word(reason).text(app.lang));
    outcome.reasons.iter().map(reason).collect::<Vec<_>>().join(" · ")
}

/// Returns what there is to say about a row: the check's name, and why it could not tell.
fn detail(app: &App, shown: &Outcomes) -> String {
    match row(&app.corpus, &app.marks.outcomes, shown.cursor.selected) {
        Some(Row::Check(outcome, _)) => {
            let title = outcome.check.title().text(app.lang);
            let reasons = reasons(app, &outcome);
            let why = if reasons.is_empty() { String::new() } else { format!(" · {reasons}") };
            format!("{} {title}{why}", outcome.check.key())
        }
        Some(Row::Whose(entry)) => whose(app, entry),
        None => String::new(),
    }
}
