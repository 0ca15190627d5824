//! The compare screen: left, change, right; below, both sentences; or how totals come about.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use rust_decimal::Decimal;

use super::pen::Pen;
use super::{frame, marks, notice, passage};
use crate::check::Severity;
use crate::corpus::compare::{By, Evidence, Only, Part, Row, Side, Sort, Step, Verdict};
use crate::corpus::tree::Node;
use crate::corpus::{EntryId, ItemRef};
use crate::lang::Word;
use crate::model::{Item, ItemId};
use crate::print::comparison::{self, match_text, split_text};
use crate::quantity::Unit;
use crate::source::Span;
use crate::source::span;
use crate::tui::app::App;
use crate::tui::compare::areas::{Areas, Columns, MARK, areas, columns};
use crate::tui::compare::{Compare, Line, Summary, bar};
use crate::tui::marks::sign;
use crate::tui::number::{Sign, decimal, digits};
use crate::tui::passage::{Place, TextRow};
use crate::tui::width::{self, Flow};
use crate::tui::{label, proof};

/// Draws the screen.
pub(super) fn draw(app: &App, compare: &Compare, buffer: &mut Buffer) {
    let Some(areas) = areas(app.size) else { return };
    frame::draw_box(buffer, areas.window, app.theme.accent);
    draw_bar(app, compare, areas.bar, buffer);
    draw_title(app, compare, areas.window, buffer);
    let heads = heads(app, compare);
    let columns = columns(usize::from(areas.rows.width), needed(app, compare, &heads));
    draw_heads(app, compare, (&columns, &heads), areas.head, buffer);
    if compare.is_empty() {
        let word = if compare.by_parts { Word::ContributionNone } else { Word::CompareEmpty };
        notice::centred(&[(word.text(app.lang).to_owned(), app.theme.dim)], areas.rows, buffer);
    }
    let height = usize::from(areas.rows.height);
    let shown = (compare.cursor.top..compare.len()).take(height);
    for (place, index) in shown.enumerate() {
        let Some(line) = compare.line(index) else { continue };
        let mut pen = Pen::on(buffer, areas.rows, place);
        match line {
            Line::Row(row) => {
                draw_row(app, compare, row, &columns, &mut pen);
            }
            Line::Step(step) => draw_step(app, compare, index, step, &mut pen),
        }
        if index == compare.cursor.selected {
            let y = areas.rows.y + place as u16;
            let style = if app.overlay.is_none() { app.theme.selected } else { app.theme.resting };
            buffer.set_style(Rect { y, height: 1, ..areas.rows }, style);
        }
    }
    draw_texts(app, compare, &areas, buffer);
    let column = Rect { x: areas.window.right() - 1, width: 1, ..areas.rows };
    frame::scrollbar(buffer, column, (compare.cursor.top, height, compare.len()), app.theme.accent);
}

/// Draws what is compared, and how much of it there is.
fn draw_bar(app: &App, compare: &Compare, area: Rect, buffer: &mut Buffer) {
    let (theme, lang) = (&app.theme, app.lang);
    let Summary { changed, alone: [only_left, only_right], .. } = compare.summary;
    let counts = [
        format!("{} {}", compare.comparison.rows.len(), Word::CompareRows.text(lang)),
        format!("{}{changed}", Word::CompareChanged.text(lang)),
        format!("{} {}", Word::CompareOnlyLeft.text(lang), only_left),
        format!("{} {}", Word::CompareOnlyRight.text(lang), only_right),
    ];
    let mut pen = Pen::on(buffer, area, 0);
    pen.text(" ", theme.selected).text(Word::AppName.text(lang), theme.selected);
    pen.text(" ", theme.selected).space(1);
    let (left, right) = (compare.comparison.left, compare.comparison.right);
    let same = app.corpus.department(left) == app.corpus.department(right);
    let department = |entry: EntryId| {
        app.corpus.department(entry).unwrap_or(Word::UnknownDepartment.text(lang)).to_owned()
    };
    let names = [left, right].map(|entry| label::disclosure(&app.corpus, entry, lang));
    let text = if same {
        format!("{} › {} ↔ {}", department(left), names[0], names[1])
    } else {
        format!("{} {} ↔ {} {}", department(left), names[0], department(right), names[1])
    };
    // What is compared goes before how much of it there is.
    let told = |count: usize| format!("  {} ", counts.get(..count).unwrap_or_default().join(" · "));
    let room = pen.room();
    let fits = |count: &usize| width::of(&text) + width::of(&told(*count)) <= room;
    let counts = (1..=counts.len()).rev().find(fits).map(told).unwrap_or_default();
    let room = room.saturating_sub(width::of(&counts));
    pen.left(&text, room, theme.strong).text(&counts, theme.dim);
}

fn draw_title(app: &App, compare: &Compare, window: Rect, buffer: &mut Buffer) {
    let (theme, lang) = (&app.theme, app.lang);
    let row = Rect { x: window.x + 2, width: window.width.saturating_sub(4), height: 1, ..window };
    let mut pen = Pen::on(buffer, row, 0);
    let title = if compare.by_parts { Word::ContributionTitle } else { Word::CompareTitle };
    pen.text(" ", theme.resting).text(title.text(lang), theme.resting).text(" ", theme.resting);
    if !compare.by_parts {
        let sort = match compare.sort {
            Sort::Document => Word::SortDocument,
            Sort::Difference => Word::SortDifference,
            Sort::Percent => Word::SortPercent,
        };
        let only = match compare.only {
            Only::All => Word::OnlyAll,
            Only::Changed => Word::OnlyChanged,
            Only::Alone => Word::OnlyAlone,
        };
        pen.text(&format!("· {} · {} ", only.text(lang), sort.text(lang)), theme.accent);
    }
    if let Some(unit) = compare.summary.unit {
        let note = format!(" {} ", label::fill(Word::UnitNote, lang, unit.name()));
        let room = width::of(&note).min(pen.room());
        let corner = Rect { x: row.right() - room as u16, width: room as u16, ..row };
        Pen::on(buffer, corner, 0).text(&note, theme.dim);
    }
}

/// Returns what the two disclosures are called at the head of their figures.
fn heads(app: &App, compare: &Compare) -> [String; 2] {
    let (left, right) = (compare.comparison.left, compare.comparison.right);
    [(left, right), (right, left)].map(|(entry, other)| comparison::name(&app.corpus, entry, other, app.lang))
}

/// Returns how many cells the widest figure takes, with its head, and how many the widest difference or what stands for one.
fn needed(app: &App, compare: &Compare, heads: &[String; 2]) -> (usize, usize) {
    let words = [Word::Delta, Word::CompareOnlyLeft, Word::CompareOnlyRight, Word::CompareIncomparable];
    let words = words.iter().map(|word| width::of(word.text(app.lang)));
    let heads = heads.iter().map(|head| width::of(head));
    // One cell says how the two were found to be one.
    let difference = 1 + words.fold(compare.summary.difference, usize::max);
    (heads.fold(compare.summary.figure, usize::max), difference)
}

fn draw_heads(
    app: &App,
    compare: &Compare,
    (columns, heads): (&Columns, &[String; 2]),
    area: Rect,
    buffer: &mut Buffer,
) {
    let (style, lang) = (app.theme.dim, app.lang);
    let names = heads.each_ref().map(|head| width::fit(head, columns.figure));
    let mut pen = Pen::on(buffer, area, 0);
    if compare.by_parts {
        let (name, difference) = step_columns(usize::from(area.width));
        pen.space(MARK).left(Word::SubjectHead.text(lang), name, style);
        pen.space(1).right(Word::Delta.text(lang), difference, style);
        return;
    }
    pen.space(MARK).left(Word::SubjectHead.text(lang), columns.name, style).space(1);
    pen.right(&names[0], columns.figure, style).space(1);
    pen.right(Word::Delta.text(lang), columns.difference, style).space(1);
    if columns.percent > 0 {
        pen.right(Word::Rate.text(lang), columns.percent, style).space(1);
    }
    if columns.bar > 0 {
        pen.space(columns.bar + 1);
    }
    pen.right(&names[1], columns.figure, style).space(1);
    if columns.other_name > 0 {
        pen.left(Word::SubjectHead.text(lang), columns.other_name, style);
    }
}

/// Returns the item of a side.
fn item<'a>(app: &'a App, compare: &Compare, row: &Row, side: Side) -> Option<&'a Item> {
    comparison::item(&app.corpus, &compare.comparison, row, side)
}

/// Draws a row: the sign of what was found on the left, the left figure, the change, the right figure, the sign of what
/// was found there.
fn draw_row(app: &App, compare: &Compare, number: usize, columns: &Columns, pen: &mut Pen) {
    let theme = &app.theme;
    let Some(row) = compare.comparison.rows.get(number) else { return };
    let split = || split_text(&app.corpus, &compare.comparison, number, app.lang).unwrap_or_default();
    let changed = row.is_changed();
    let style = if changed { theme.text } else { theme.dim };
    let [left, right] = [Side::Left, Side::Right].map(|side| item(app, compare, row, side));
    draw_mark(app, compare, row, Side::Left, pen);
    let indent = if compare.sort == Sort::Document { usize::from(row.depth).min(6) * 2 } else { 0 };
    let two_names = columns.other_name > 0;
    let room = columns.name.saturating_sub(indent);
    let first = match left {
        // Beside what it makes up with others, there is no name.
        None if two_names => Cow::Owned(split()),
        _ => Cow::Borrowed(name(app, left.or(right), room)),
    };
    pen.space(indent.min(columns.name)).left(&first, room, style).space(1);
    draw_figure(app, left, compare.summary.unit, columns.figure, style, pen);
    pen.space(1);
    draw_change(app, row, compare.comparison.split_of(number).is_some(), columns, pen);
    pen.space(1);
    if columns.bar > 0 {
        draw_bar_of(app, row, compare.summary.largest, columns.bar, pen);
        pen.space(1);
    }
    draw_figure(app, right, compare.summary.unit, columns.figure, style, pen);
    pen.space(1);
    if two_names {
        // Names that are the same need not be read twice.
        let same = left.zip(right).is_some_and(|(a, b)| a.subject == b.subject);
        let style = if same { theme.dim } else { style };
        let room = columns.other_name.saturating_sub(indent);
        let other = match right {
            None => Cow::Owned(split()),
            Some(_) if same => Cow::Borrowed("〃"),
            Some(_) => Cow::Borrowed(name(app, right, room)),
        };
        pen.space(indent.min(columns.other_name)).left(&other, room, style);
    }
    draw_mark(app, compare, row, Side::Right, pen);
}

/// Returns the name of a figure as written, or in official wording where that has no room: written names of functional
/// lines begin with all that they lie under.
fn name<'a>(app: &'a App, item: Option<&Item>, room: usize) -> &'a str {
    let words = &app.corpus.words;
    let Some(subject) = item.and_then(|item| words.get(item.subject)) else { return "" };
    let written = words.text(subject.name);
    if width::of(written) <= room { written } else { words.text(subject.canonical) }
}

/// Draws the sign of the worst that was found about the figure of a side.
fn draw_mark(app: &App, compare: &Compare, row: &Row, side: Side, pen: &mut Pen) {
    let entry = compare.comparison.entry(side);
    let items = row.item(side).into_iter().chain(row.again(side).iter().copied());
    let worst =
        |item: ItemId| app.marks.worst(&app.corpus, &app.judgements, Node::Item(ItemRef { entry, item }));
    match items.filter_map(worst).max() {
        Some(severity @ (Severity::Error | Severity::Warning)) => {
            pen.char(sign(severity), marks::style(app, severity)).space(MARK - 1)
        }
        Some(Severity::Info) | None => pen.space(MARK),
    };
}

fn draw_figure(
    app: &App,
    item: Option<&Item>,
    told: Option<Unit>,
    cells: usize,
    style: Style,
    pen: &mut Pen,
) {
    let Some(item) = item else {
        pen.right("—", cells, app.theme.dim);
        return;
    };
    let digits = digits(item.value, Sign::Negative);
    let unit = if told == Some(item.unit) { "" } else { item.unit.name() };
    let number = digits.whole + &digits.places;
    let room = cells.saturating_sub(width::of(unit));
    pen.right(&number, room, style).text(unit, app.theme.dim);
}

fn draw_change(app: &App, row: &Row, is_split: bool, columns: &Columns, pen: &mut Pen) {
    let (theme, lang) = (&app.theme, app.lang);
    let cells = columns.difference;
    // One cell says how the two were found to be one, where that is less than sure, or that there are more than two.
    let hint = match row.evidence {
        Some(Evidence { by: By::Likeness(_), .. }) => '~',
        Some(evidence) if evidence.moved() => '»',
        None if is_split => '+',
        Some(_) | None => ' ',
    };
    pen.char(hint, theme.accent);
    let (text, style) = match (&row.change, row.left, row.right) {
        (_, Some(_), None) => (Word::CompareOnlyLeft.text(lang).to_owned(), theme.warning),
        (_, None, _) => (Word::CompareOnlyRight.text(lang).to_owned(), theme.warning),
        (None, _, _) => (Word::CompareIncomparable.text(lang).to_owned(), theme.dim),
        (Some(change), _, _) => match change.verdict {
            Verdict::Same => ("=".to_owned(), theme.dim),
            Verdict::Rounding => ("≈".to_owned(), theme.dim),
            Verdict::Changed => {
                (decimal(change.difference, Sign::Always), difference_style(app, change.difference))
            }
        },
    };
    pen.right(&text, cells - 1, style);
    if columns.percent > 0 {
        let change = row.change.as_ref().filter(|change| change.verdict == Verdict::Changed);
        let percent = change.and_then(|change| change.percent);
        let text = percent.map(|percent| format!("{}%", decimal(percent, Sign::Always))).unwrap_or_default();
        pen.space(1).right(&text, columns.percent, style);
    }
}

fn difference_style(app: &App, difference: Decimal) -> Style {
    if difference.is_sign_negative() && !difference.is_zero() { app.theme.negative } else { app.theme.text }
}

fn draw_bar_of(app: &App, row: &Row, largest: [Decimal; 2], cells: usize, pen: &mut Pen) {
    let theme = &app.theme;
    let change = row.change.as_ref().filter(|change| change.verdict == Verdict::Changed);
    let size = change.map_or(Decimal::ZERO, |change| {
        if change.difference.is_sign_negative() { -row.weight.size } else { row.weight.size }
    });
    let largest = largest.get(usize::from(row.weight.is_money)).copied().unwrap_or_default();
    for c in bar::signed(size, largest, cells) {
        let style = if c == '│' { theme.rule } else { bar_style(app, size) };
        pen.char(c, style);
    }
}

fn bar_style(app: &App, size: Decimal) -> Style {
    if size.is_sign_negative() { app.theme.negative } else { app.theme.accent }
}

/// Returns how many cells the name and the difference of a step take.
fn step_columns(width: usize) -> (usize, usize) {
    ((width * 2 / 5).clamp(20, 56), 16)
}

/// Draws a step of how a total comes about: its bar begins where that of the part before ended.
fn draw_step(app: &App, compare: &Compare, index: usize, step: &Step, pen: &mut Pen) {
    let theme = &app.theme;
    let (name_cells, difference_cells) = step_columns(pen.room());
    let indent = usize::from(step.depth).min(8) * 2;
    let row = match step.part {
        Part::Row(row) => compare.comparison.rows.get(row),
        Part::Rest => None,
    };
    let name = row.map_or(Word::ContributionRest.text(app.lang), |row| {
        comparison::row_name(&app.corpus, &compare.comparison, row)
    });
    let style = match step.depth {
        0 => theme.strong,
        _ if row.is_none() => theme.dim,
        _ => theme.text,
    };
    match row {
        Some(row) => draw_mark(app, compare, row, Side::Right, pen),
        None => {
            pen.space(MARK);
        }
    }
    pen.space(indent.min(name_cells)).left(name, name_cells.saturating_sub(indent), style);
    let text = format!("{}{}", decimal(step.difference, Sign::Always), step.unit.name());
    pen.space(1).right(&text, difference_cells, difference_style(app, step.difference)).space(2);
    let cells = pen.room().saturating_sub(1);
    let scale = compare.waterfalls.scale(index);
    let end = step.start.checked_add(step.difference).unwrap_or(step.start);
    let (start, length) = bar::stretch(step.start, end, scale, cells);
    let zero = bar::stretch(Decimal::ZERO, Decimal::ZERO, scale, cells).0;
    for cell in 0..cells {
        let inside = !step.difference.is_zero() && (start..start + length).contains(&cell);
        let c = match (inside, cell == zero) {
            (true, _) => '━',
            (false, true) => '│',
            (false, false) => ' ',
        };
        pen.char(c, if inside { bar_style(app, step.difference) } else { theme.rule });
    }
}

/// Draws both sentences of the selected row, with what was found there.
fn draw_texts(app: &App, compare: &Compare, areas: &Areas, buffer: &mut Buffer) {
    let theme = &app.theme;
    frame::divide(buffer, areas.window, areas.left.y - 1, theme.accent);
    let beside = areas.left.y == areas.right.y;
    if beside {
        let x = areas.left.right();
        frame::put(buffer, x, areas.left.y - 1, '┬', theme.accent);
        for y in areas.left.y..areas.left.bottom() {
            frame::put(buffer, x, y, '│', theme.accent);
        }
        frame::put(buffer, x, areas.left.bottom(), '┴', theme.accent);
    }
    for (side, area) in [(Side::Left, areas.left), (Side::Right, areas.right)] {
        let place = match side {
            Side::Left => &compare.places[0],
            Side::Right => &compare.places[1],
        };
        if beside {
            let title = Rect { x: area.x + 1, y: area.y - 1, width: area.width.saturating_sub(2), height: 1 };
            draw_text_title(app, compare, side, place.as_ref(), &mut Pen::on(buffer, title, 0));
            draw_text(app, compare, place.as_ref(), area, buffer);
        } else {
            draw_text_title(app, compare, side, place.as_ref(), &mut Pen::on(buffer, area, 0));
            let below = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
            draw_text(app, compare, place.as_ref(), below, buffer);
        }
    }
}

fn draw_text_title(app: &App, compare: &Compare, side: Side, place: Option<&Place>, pen: &mut Pen) {
    let theme = &app.theme;
    let (entry, other) = match side {
        Side::Left => (compare.comparison.left, compare.comparison.right),
        Side::Right => (compare.comparison.right, compare.comparison.left),
    };
    pen.text(" ", theme.text).text(&comparison::name(&app.corpus, entry, other, app.lang), theme.strong);
    let source = app.corpus.entry(entry).map(|entry| &entry.disclosure.source);
    if let Some((place, source)) = place.zip(source) {
        let line = label::place(source, place.focus.start, app.lang);
        pen.text(&format!(" · {line}"), theme.dim);
        let again = compare.selected_row().map_or(&[][..], |row| row.again(side));
        if !again.is_empty() {
            let lines = again.iter().filter_map(|&item| app.corpus.item(ItemRef { entry, item }));
            let lines: Vec<String> =
                lines.map(|item| label::place(source, item.span.start, app.lang)).collect();
            pen.text(&format!(" · {} {}", Word::CompareAgain.text(app.lang), lines.join(" ")), theme.dim);
        }
    }
    if pen.room() > 1 {
        pen.space(1);
    }
}

fn draw_text(app: &App, compare: &Compare, place: Option<&Place>, area: Rect, buffer: &mut Buffer) {
    let theme = &app.theme;
    let mut area = area;
    if compare.evidence && area.height > 1 {
        let selected = compare.selected();
        let evidence = selected.map(|row| match_text(&app.corpus, &compare.comparison, row, app.lang));
        let evidence = evidence.unwrap_or_default();
        let mut pen = Pen::on(buffer, area, 0);
        let room = pen.room().saturating_sub(1);
        pen.space(1).left(&evidence, room, theme.accent);
        area = Rect { y: area.y + 1, height: area.height - 1, ..area };
    }
    let Some(place) = place else {
        // There is no sentence on this side, but perhaps several rows.
        let split = compare
            .selected()
            .and_then(|row| split_text(&app.corpus, &compare.comparison, row, app.lang))
            .filter(|_| !compare.evidence)
            .unwrap_or_default();
        for (line, part) in width::wrap(&split, usize::from(area.width).saturating_sub(2), Flow::Prose)
            .into_iter()
            .enumerate()
        {
            if line < usize::from(area.height) {
                Pen::on(buffer, area, line).space(1).text(span::cut(&split, part), theme.accent);
            }
        }
        return;
    };
    let Some(source) = app.corpus.entry(place.entry).map(|entry| &entry.disclosure.source) else { return };
    let (cells, height) = (usize::from(area.width), usize::from(area.height));
    let start = place.sentence.start as usize;
    let flow = if place.table.is_some() { Flow::Cells } else { Flow::Prose };
    let parts: Vec<Span> = width::wrap(source.cut(place.sentence), cells.saturating_sub(5), flow)
        .into_iter()
        .map(|part| Span::new(start + part.start as usize, start + part.end as usize))
        .collect();
    let most = height.saturating_sub(parts.len().min(height.div_ceil(2)));
    let proofs = proof::rows(
        (&app.corpus, &app.judgements),
        &place.findings,
        place.sentence,
        app.lang,
        (cells.saturating_sub(2), most),
    );
    let room = height - proofs.len();
    let focus = parts.iter().position(|part| place.focus.start < part.end).unwrap_or_default();
    // The row of the figure is always seen, and the one behind it where there is room.
    let top = (focus + 1 + usize::from(room > 2)).saturating_sub(room).min(focus);
    for (line, &span) in parts.iter().skip(top).take(room).enumerate() {
        let row = TextRow { number: None, span, flow };
        let mut pen = Pen::on(buffer, area, line);
        pen.space(1);
        passage::draw_text(theme, &source.text, &row, place, &mut pen);
    }
    let shown = parts.len().saturating_sub(top).min(room) as u16;
    let below = Rect { y: area.y + shown, height: area.height - shown, ..area };
    passage::draw_proof(app, &proofs, below, buffer);
}
