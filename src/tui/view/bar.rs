//! The first line: where one is and how much there is. The last line: what the keys do.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::pen::Pen;
use crate::corpus::tree::Node;
use crate::lang::Word;
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::keymap::{KEYMAP, Mode};
use crate::tui::{label, width};

/// How many cells the bar of the progress takes.
const PROGRESS: usize = 12;

/// From this width on the counts have room beside the path.
const COUNTS_FROM: u16 = 90;

/// Draws the first line.
pub(super) fn draw(app: &App, area: Rect, buffer: &mut Buffer) {
    let counts = counts(app);
    let counts_width = counts.iter().map(|(text, _)| width::of(text)).sum::<usize>() + 1;
    let left = usize::from(area.width).saturating_sub(counts_width + 2);
    let mut pen = Pen::on(buffer, area, 0);
    let before = pen.room();
    pen.text(" ", app.theme.selected).text(Word::AppName.text(app.lang), app.theme.selected);
    pen.text(" ", app.theme.selected).space(1);
    let room = left.saturating_sub(before - pen.room());
    draw_path(app, &mut pen, room);
    let written = before - pen.room();
    pen.space(usize::from(area.width).saturating_sub(written + counts_width));
    for (text, style) in counts {
        pen.text(&text, style);
    }
}

/// Draws the path from what is open to the selected node.
fn draw_path(app: &App, pen: &mut Pen, room: usize) {
    let theme = &app.theme;
    let selected = app.outline.selected();
    // A figure is shown in the panes; the path leads to where it stands.
    let node = match selected {
        Some(node @ Node::Item(_)) => app.corpus.parent(node),
        Some(_) | None => selected,
    };
    let Some(node) = node else {
        pen.text(&width::fit_middle(&app.title, room), theme.dim);
        return;
    };
    let names = label::path_names(&app.corpus, node, app.lang, (room, 3));
    let mut room = room;
    let last = names.len() - 1;
    for (index, name) in names.iter().enumerate() {
        if index > 0 {
            if room < 6 {
                return;
            }
            pen.text(" › ", theme.dim);
            room -= 3;
        }
        let name = width::fit(name, room);
        room -= width::of(&name);
        pen.text(&name, if index == last { theme.strong } else { theme.text });
    }
}

/// Returns the texts on the right of the first line.
fn counts(app: &App) -> Vec<(String, Style)> {
    let (theme, lang) = (&app.theme, app.lang);
    let mut texts = Vec::new();
    let progress = app.progress;
    if !progress.done {
        let filled = (PROGRESS * progress.read).checked_div(progress.found).unwrap_or(0).min(PROGRESS);
        texts.push((format!("{} ", Word::Loading.text(lang)), theme.dim));
        texts.push(("━".repeat(filled), theme.accent));
        texts.push(("─".repeat(PROGRESS - filled), theme.rule));
        texts.push((format!(" {}/{}", progress.read, progress.found), theme.text));
    }
    let mut count = |count: usize, one: Word, many: Word| {
        if !texts.is_empty() {
            texts.push((" · ".to_owned(), theme.dim));
        }
        texts.push((count.to_string(), theme.text));
        texts.push((format!(" {}", if count == 1 { one } else { many }.text(lang)), theme.dim));
    };
    if app.size.width >= COUNTS_FROM {
        count(app.corpus.entries.len(), Word::CountDisclosure, Word::CountDisclosures);
        count(app.corpus.item_count(), Word::CountFigure, Word::CountFigures);
    }
    let total = app.marks.total;
    let wide = app.size.width >= COUNTS_FROM;
    if wide && !app.corpus.entries.is_empty() || !total.is_empty() {
        if !texts.is_empty() {
            texts.push((" · ".to_owned(), theme.dim));
        }
        texts.push((format!("✗{}", total.errors), theme.error));
        texts.push((format!(" ▲{}", total.warnings), theme.warning));
    }
    if wide && !app.corpus.entries.is_empty() {
        let text = format!(" · {} {}", Word::Checked.text(lang), app.marks.holds);
        texts.push((text, theme.dim));
    }
    let problems = app.corpus.problems.len();
    if problems > 0 {
        let text = label::count(problems, Word::CountProblem, Word::CountProblems, lang);
        let space = if texts.is_empty() { "" } else { " · " };
        texts.push((space.to_owned(), theme.dim));
        texts.push((format!("! {text}"), theme.warning));
    }
    texts
}

/// Draws the last line.
pub(super) fn draw_hints(app: &App, area: Rect, buffer: &mut Buffer) {
    let mode = app.mode();
    let mut pen = Pen::on(buffer, area, 0);
    pen.space(1);
    if let Some(told) = &app.told {
        pen.text(told, app.theme.warning).space(3);
    }
    let room = pen.room();
    let whole = hints(app, mode, false);
    let (hints, between) = if length(&whole, BETWEEN) <= room {
        (whole, BETWEEN)
    } else {
        (hints(app, mode, true), BETWEEN - 1)
    };
    let mut hints = fitting(hints, between, room);
    hints.sort_by_key(|hint| hint.order);
    for Hint { keys, text, .. } in hints {
        pen.text(&keys, app.theme.accent).space(1).text(text, app.theme.dim).space(between);
    }
}

/// Returns the hints for which there is room: what leads out and to the help goes before all others.
fn fitting(hints: Vec<Hint>, between: usize, room: usize) -> Vec<Hint> {
    let (first, others): (Vec<Hint>, Vec<Hint>) = hints.into_iter().partition(|hint| hint.leads_out);
    let mut fitting: Vec<Hint> = Vec::new();
    let mut used = 0;
    for hint in first {
        let cells = hint.cells() + between;
        if used + cells <= room + between {
            used += cells;
            fitting.push(hint);
        }
    }
    for hint in others {
        used += hint.cells() + between;
        if used > room + between {
            break;
        }
        fitting.push(hint);
    }
    fitting
}

/// What a key does, for the last line.
struct Hint {
    keys: String,
    text: &'static str,
    /// Where it stands among the others.
    order: usize,
    /// Whether one must see it to go on: it leads to the help or out of where one is.
    leads_out: bool,
}

impl Hint {
    fn cells(&self) -> usize {
        width::of(&self.keys) + 1 + width::of(self.text)
    }
}

/// How many cells stand between hints where there is room for all.
const BETWEEN: usize = 3;

/// Returns the keys that stand in the last line, with what they do. Keys that do the same share a word, and where there is
/// little room so do those that choose what is listed.
fn hints(app: &App, mode: Mode, short: bool) -> Vec<Hint> {
    let lang = app.lang;
    let mut hints: Vec<Hint> = Vec::new();
    for (order, binding) in KEYMAP.iter().enumerate().filter(|(_, binding)| binding.modes.contains(&mode)) {
        let Some((hint, key)) = binding.hint.zip(app.settings.keys.of(binding).first()) else { continue };
        let chooses = matches!(binding.action, Action::Filter | Action::Turn(_));
        let hint = if short && chooses { Word::HintFilter } else { hint }.text(lang);
        match hints.last_mut() {
            Some(last) if last.text == hint => last.keys = format!("{} {}", last.keys, key.name()),
            Some(_) | None => {
                // Where there are panes one sees how to go back.
                let closes = binding.action == Action::Out && !matches!(mode, Mode::Explore | Mode::Table);
                let leads_out = closes || matches!(binding.action, Action::Help | Action::Quit);
                hints.push(Hint { keys: key.name(), text: hint, order, leads_out });
            }
        }
    }
    hints
}

/// Returns how many cells hints take.
fn length(hints: &[Hint], between: usize) -> usize {
    let all: usize = hints.iter().map(|hint| hint.cells() + between).sum();
    all.saturating_sub(between)
}
