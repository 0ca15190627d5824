//! What is said where there is nothing to show: nothing read yet, nothing found, no room.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::pen::Pen;
use crate::lang::Word;
use crate::tui::app::App;
use crate::tui::layout::{Areas, LEAST};
use crate::tui::width;

/// Says that the terminal is too small and how large it must be.
pub(super) fn too_small(app: &App, buffer: &mut Buffer) {
    let lang = app.lang;
    let area = buffer.area;
    let lines = [
        (Word::TooSmall.text(lang).to_owned(), app.theme.strong),
        (format!("{}{}×{}", Word::TooSmallNow.text(lang), area.width, area.height), app.theme.dim),
        (format!("{}{}×{}", Word::TooSmallLeast.text(lang), LEAST.width, LEAST.height), app.theme.dim),
    ];
    centred(&lines, area, buffer);
}

/// Says that nothing was read yet, or that nothing was found, with the numbers.
pub(super) fn empty(app: &App, areas: &Areas, buffer: &mut Buffer) {
    let (lang, theme) = (app.lang, &app.theme);
    let area = areas.right.map(|right| right.figures).or(areas.tree).unwrap_or_default();
    let progress = app.progress;
    if !progress.done {
        let files = Word::LoadingFiles.text(lang);
        let lines = [
            (Word::LoadingEmpty.text(lang).to_owned(), theme.strong),
            (format!("{}/{} {files}", progress.read, progress.found), theme.dim),
        ];
        return centred(&lines, area, buffer);
    }
    let problems = app.corpus.problems.len();
    let hint = if problems > 0 { Word::EmptyHint } else { Word::EmptyHintNone };
    let lines = [
        (Word::EmptyTitle.text(lang).to_owned(), theme.strong),
        (format!("{}{}", Word::EmptyRead.text(lang), progress.read), theme.dim),
        (format!("{}{problems}", Word::EmptyProblems.text(lang)), theme.dim),
        (hint.text(lang).to_owned(), theme.dim),
    ];
    centred(&lines, area, buffer);
}

/// Draws lines in the middle of an area.
pub(super) fn centred(lines: &[(String, Style)], area: Rect, buffer: &mut Buffer) {
    let top = usize::from(area.height).saturating_sub(lines.len()) / 2;
    for (index, (text, style)) in lines.iter().enumerate() {
        let left = usize::from(area.width).saturating_sub(width::of(text)) / 2;
        let mut pen = Pen::on(buffer, area, top + index);
        let room = pen.room();
        pen.space(left).left(text, room - left.min(room), *style);
    }
}
