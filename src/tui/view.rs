//! The state → a frame. Nothing here changes the state, and only what is on screen is looked at.

mod bar;
mod choose;
mod compare;
mod figures;
mod findings;
mod frame;
mod grid;
mod help;
mod marks;
mod notice;
mod outcomes;
mod outline;
mod palette;
mod passage;
mod pen;
mod problems;
mod search;
mod trend;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::app::App;
use super::overlay::Overlay;
use super::width;

/// Draws everything.
pub fn view(app: &App, frame: &mut Frame) {
    if let Some(cursor) = draw(app, frame.buffer_mut()) {
        frame.set_cursor_position(cursor);
    }
}

/// Draws everything into a buffer and returns where the hardware cursor stands, which is where text is typed.
fn draw(app: &App, buffer: &mut Buffer) -> Option<Position> {
    width::choose(app.settings.glyphs);
    let Some(areas) = app.areas() else {
        notice::too_small(app, buffer);
        return None;
    };
    if let Some(compare) = &app.compare {
        compare::draw(app, compare, buffer);
    } else {
        bar::draw(app, areas.bar, buffer);
        frame::draw(app, &areas, buffer);
        if let Some(area) = areas.tree {
            outline::draw(app, area, buffer);
        }
        if let Some(right) = areas.right {
            figures::draw(app, &right, buffer);
            passage::draw(app, right.source, buffer);
        }
        if app.corpus.entries.is_empty() {
            notice::empty(app, &areas, buffer);
        }
    }
    bar::draw_hints(app, areas.footer, buffer);
    if app.overlay.is_some() {
        // What lies behind a window steps back.
        let panes = Rect { height: buffer.area.height.saturating_sub(1), ..buffer.area };
        buffer.set_style(panes, app.theme.behind);
    }
    match &app.overlay {
        None => None,
        Some(Overlay::Search(search)) => Some(search::draw(app, search, buffer)),
        Some(Overlay::Help(shown)) => {
            help::draw(app, shown, buffer);
            None
        }
        Some(Overlay::Palette(palette)) => Some(palette::draw(app, palette, buffer)),
        Some(Overlay::Copy(copy)) => {
            palette::draw_copy(app, copy, buffer);
            None
        }
        Some(Overlay::Problems(cursor)) => {
            problems::draw(app, *cursor, buffer);
            None
        }
        Some(Overlay::Findings) => {
            findings::draw(app, buffer);
            None
        }
        Some(Overlay::Trend(shown)) => {
            trend::draw(app, shown, buffer);
            None
        }
        Some(Overlay::Choose(choose)) => Some(choose::draw(app, choose, buffer)),
        Some(Overlay::Outcomes(outcomes)) => {
            outcomes::draw(app, outcomes, buffer);
            None
        }
        Some(Overlay::Filter) => findings::draw(app, buffer),
        Some(Overlay::Explanation(explanation)) => {
            help::draw_explanation(app, explanation, buffer);
            None
        }
        Some(Overlay::Note(note)) => {
            if note.from_list {
                findings::draw(app, buffer);
            }
            Some(findings::draw_note(app, note, buffer))
        }
    }
}
