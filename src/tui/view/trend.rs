//! The trend: bars by year, and below each statement with its place.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use rust_decimal::Decimal;

use super::frame;
use super::pen::Pen;
use crate::corpus::trend::Point;
use crate::lang::Word;
use crate::model::Basis;
use crate::print::lines::basis_word;
use crate::tui::app::App;
use crate::tui::compare::bar;
use crate::tui::number::{Sign, decimal};
use crate::tui::trend::{Shown, areas, sparkline};
use crate::tui::{label, width};

/// How many cells a bar takes, and a year with its two bars and the space behind them.
const BAR: usize = 2;
const YEAR: usize = 8;
/// How many cells the year and kind of a statement take.
const WHEN: usize = 12;
/// How many cells a value and its change take where there is room, and where there is little.
const VALUE: (usize, usize) = (14, 10);
/// From which room on there is enough.
const WIDE: u16 = 70;

/// Draws the window.
pub(super) fn draw(app: &App, shown: &Shown, buffer: &mut Buffer) {
    let (theme, lang) = (&app.theme, app.lang);
    let areas = areas(app.size);
    let trend = &shown.trend;
    let title = frame::window(buffer, areas.window, theme.accent);
    let item = app.corpus.item(trend.at);
    let name = item.map_or("", |item| app.corpus.words.subject_text(item.subject));
    let mut pen = Pen::on(buffer, title, 0);
    pen.space(1).text(Word::TrendTitle.text(lang), theme.resting).text(" · ", theme.dim);
    let room = pen.room() / 2;
    pen.text(&width::fit(name, room), theme.strong);
    for basis in [Basis::Budget, Basis::FinalAccounts] {
        let line = sparkline(trend, basis);
        if !line.is_empty() {
            let text = format!(" · {} {line}", basis_word(basis).text(lang));
            pen.text(&text, style_of(app, basis));
        }
    }
    pen.text(&format!(" · {} ", trend.unit.name()), theme.dim);
    if trend.is_busy() {
        pen.text(&format!("· {} ", Word::SearchRunning.text(lang)), theme.warning);
    }
    draw_chart(app, shown, areas.chart, buffer);
    frame::divide(buffer, areas.window, areas.chart.bottom(), theme.accent);
    let cells = if areas.rows.width < WIDE { VALUE.1 } else { VALUE.0 };
    Pen::on(buffer, areas.head, 0)
        .left(Word::DisclosureHead.text(lang), WHEN, theme.dim)
        .right(Word::TrendValue.text(lang), cells, theme.dim)
        .right(Word::Delta.text(lang), cells, theme.dim)
        .space(2)
        .text(Word::TrendSaidBy.text(lang), theme.dim);
    let height = usize::from(areas.rows.height);
    let points = trend.points.iter().enumerate().skip(shown.cursor.top).take(height);
    for (line, (index, point)) in points.enumerate() {
        draw_point(app, shown, point, cells, &mut Pen::on(buffer, areas.rows, line));
        if index == shown.cursor.selected {
            let y = areas.rows.y + line as u16;
            let line = Rect { x: areas.rows.x - 1, y, width: areas.rows.width + 2, height: 1 };
            buffer.set_style(line, theme.selected);
        }
    }
    if areas.detail.height > 0 {
        frame::divide(buffer, areas.window, areas.rows.bottom(), theme.accent);
        let place = trend.points.get(shown.cursor.selected).map(|point| point.place.entry);
        let file = place.map(|entry| label::file(&app.corpus, entry)).unwrap_or_default();
        let mut pen = Pen::on(buffer, areas.detail, 0);
        let room = pen.room();
        pen.text(&width::fit_middle(&file, room), theme.dim);
    }
    let column = Rect { x: areas.window.right() - 1, width: 1, ..areas.rows };
    frame::scrollbar(buffer, column, (shown.cursor.top, height, trend.points.len()), theme.accent);
}

fn style_of(app: &App, basis: Basis) -> Style {
    match basis {
        Basis::Budget => app.theme.accent,
        Basis::FinalAccounts => app.theme.warning,
    }
}

/// Draws two bars a year, budget and final accounts, as high as their values; the years that have room, the last first.
fn draw_chart(app: &App, shown: &Shown, area: Rect, buffer: &mut Buffer) {
    const BLOCKS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let theme = &app.theme;
    let years = shown.trend.years();
    let room = (usize::from(area.width) / YEAR).max(1);
    let years = years.get(years.len().saturating_sub(room)..).unwrap_or_default();
    let values = years.iter().flat_map(|(_, values)| values.iter().flatten());
    let largest = values.map(Decimal::abs).max().unwrap_or_default();
    let rows = usize::from(area.height).saturating_sub(2);
    for line in 0..rows {
        let mut pen = Pen::on(buffer, area, line);
        for (_, values) in years {
            for (value, basis) in values.iter().zip([Basis::Budget, Basis::FinalAccounts]) {
                let steps = value.map_or(0, |value| bar::length(value, largest, rows * 8));
                let step = steps.saturating_sub((rows - 1 - line) * 8).min(8);
                let is_negative = value.is_some_and(|value| value.is_sign_negative());
                let style = if is_negative { theme.negative } else { style_of(app, basis) };
                pen.rule(BLOCKS.get(step).copied().unwrap_or(' '), BAR, style);
                pen.space(usize::from(basis == Basis::Budget));
            }
            pen.space(YEAR - 2 * BAR - 1);
        }
    }
    let mut pen = Pen::on(buffer, area, rows);
    for (_, values) in years {
        for (value, word) in values.iter().zip([Word::TrendBudget, Word::TrendFinal]) {
            let text = if value.is_some() { word.text(app.lang) } else { "" };
            pen.left(text, BAR, theme.dim).space(usize::from(word == Word::TrendBudget));
        }
        pen.space(YEAR - 2 * BAR - 1);
    }
    let mut pen = Pen::on(buffer, area, rows + 1);
    for (year, _) in years {
        pen.left(&year.to_string(), YEAR, theme.text);
    }
}

fn draw_point(app: &App, shown: &Shown, point: &Point, cells: usize, pen: &mut Pen) {
    let (theme, lang) = (&app.theme, app.lang);
    let basis = point.basis.map_or("", |basis| basis_word(basis).text(lang));
    let style = if point.is_own { theme.text } else { theme.dim };
    pen.left(&format!("{} {basis}", point.year), WHEN, style);
    pen.right(&decimal(point.value, Sign::Negative), cells, style);
    let change = change(shown, point);
    let text = change.map(|change| decimal(change, Sign::Always)).unwrap_or_default();
    let negative = change.is_some_and(|change| change.is_sign_negative());
    pen.right(&text, cells, if negative { theme.negative } else { style });
    // The sign stands beside the colour, so that nothing is lost without it.
    pen.space(1).char(if point.contradicts { '≠' } else { ' ' }, theme.error);
    let line = app.corpus.entry(point.place.entry).zip(app.corpus.item(point.place));
    let line = line.map(|(entry, item)| label::place(&entry.disclosure.source, item.span.start, lang));
    let line = line.unwrap_or_default();
    let said = if point.is_own { Word::TrendOwn } else { Word::TrendQuoted }.text(lang);
    let said = format!(" {said} · {} · {line}", label::disclosure(&app.corpus, point.place.entry, lang));
    let room = pen.room();
    pen.left(&said, room, if point.contradicts { theme.warning } else { theme.dim });
}

/// Returns how much a disclosure's own figure is more than that of the year before of the same kind.
fn change(shown: &Shown, point: &Point) -> Option<Decimal> {
    let kind = usize::from(point.basis == Some(Basis::FinalAccounts));
    let before =
        shown.trend.years().into_iter().find(|(year, _)| Some(*year) == point.year.checked_sub(1))?;
    let before = before.1.get(kind).copied().flatten().filter(|_| point.is_own)?;
    point.value.checked_sub(before)
}
