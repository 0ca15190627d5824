//! The figures pane: one subject a row, its numbers in columns that line up on the decimal point.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::marks;
use super::pen::Pen;
use crate::corpus::tree::Node;
use crate::corpus::{EntryId, ItemRef, SectionRef, TableRef};
use crate::lang::Word;
use crate::model::{Item, SectionId};
use crate::tui::app::App;
use crate::tui::figures::{Line, Scope, is_unit_told};
use crate::tui::layout::{Pane, Right};
use crate::tui::marks::sign;
use crate::tui::number::{self, Digits};
use crate::tui::settings::in_unit;
use crate::tui::table::{Column, Figure};
use crate::tui::{label, picks, width};

/// The least room for the names.
const LEAST_NAME: usize = 16;
/// How many cells the sign of a finding takes, with a space behind it.
const MARK: usize = 2;
/// The most room for the names: past it the numbers stand too far away.
const MOST_NAME: usize = 56;
/// How many cells stand between columns.
const GAP: usize = 2;
/// Columns in the order in which they are left out where there is no room for all.
const LEFT_OUT: [Column; 4] = [Column::Share, Column::Last, Column::Delta, Column::Rate];

/// Draws the heads and the rows that are on screen.
pub(super) fn draw(app: &App, areas: &Right, buffer: &mut Buffer) {
    let columns = match app.figures.scope {
        Some(Scope::Department(_)) => {
            draw_disclosure_heads(app, areas.head, buffer);
            Columns::default()
        }
        Some(Scope::Disclosure(_) | Scope::Section(_) | Scope::Table(_)) if !app.figures.lines.is_empty() => {
            let columns = Columns::new(app, usize::from(areas.head.width));
            draw_heads(app, &columns, areas.head, buffer);
            columns
        }
        Some(Scope::Disclosure(_) | Scope::Section(_) | Scope::Table(_)) => {
            let row = usize::from(areas.figures.height / 2);
            let text = Word::NoFigures.text(app.lang);
            let left = usize::from(areas.figures.width).saturating_sub(width::of(text)) / 2;
            Pen::on(buffer, areas.figures, row).space(left).text(text, app.theme.dim);
            return;
        }
        None => return,
    };
    let entry = app.figures.scope.and_then(Scope::entry);
    let lines = app.figures.lines.iter().enumerate().skip(app.figures.cursor.top);
    for (row, (index, line)) in lines.take(usize::from(areas.figures.height)).enumerate() {
        let mut pen = Pen::on(buffer, areas.figures, row);
        match (line, entry) {
            (Line::Disclosure(entry), _) => draw_disclosure(app, *entry, &mut pen),
            (Line::Section(section), Some(entry)) => {
                draw_heading(app, Node::Section(SectionRef { entry, section: *section }), &mut pen);
            }
            (Line::Table(table), Some(entry)) => {
                draw_heading(app, Node::Table(TableRef { entry, table: *table }), &mut pen);
            }
            (Line::Figure(figure), Some(entry)) => draw_figure(app, entry, figure, &columns, &mut pen),
            (Line::Section(SectionId(_)) | Line::Table(_) | Line::Figure(_), None) => {}
        }
        if index == app.figures.cursor.selected && app.focus != Pane::Tree {
            let focused = app.focus == Pane::Figures && app.overlay.is_none();
            let style = if focused { app.theme.selected } else { app.theme.resting };
            let y = areas.figures.y + row as u16;
            buffer.set_style(Rect { y, height: 1, ..areas.figures }, style);
        }
    }
}

/// Which columns are shown, and how wide.
#[derive(Debug, Default)]
struct Columns {
    name: usize,
    shown: Vec<(Column, usize, String)>,
}

impl Columns {
    /// Fits the columns that hold a number into a width.
    fn new(app: &App, room: usize) -> Self {
        let used = Column::ALL
            .into_iter()
            .zip(app.figures.columns)
            .filter(|(column, extent)| extent.width() > 0 && app.settings.columns.contains(column));
        let mut shown: Vec<(Column, usize, String)> = used
            .map(|(column, extent)| {
                let head = head(app, column);
                (column, extent.width().max(width::of(&head) + extent.beside), head)
            })
            .collect();
        let taken =
            |shown: &[(Column, usize, String)]| shown.iter().map(|(_, width, _)| width + GAP).sum::<usize>();
        // A space on either side.
        let room = room.saturating_sub(1 + MARK);
        for left_out in LEFT_OUT {
            if taken(&shown) + LEAST_NAME > room && shown.len() > 1 {
                shown.retain(|&(column, _, _)| column != left_out);
            }
        }
        Self { name: room.saturating_sub(taken(&shown)).min(MOST_NAME), shown }
    }
}

/// Returns the head of a column; those of levels say which year they are of.
fn head(app: &App, column: Column) -> String {
    let entry = app.figures.scope.and_then(Scope::entry).and_then(|entry| app.corpus.entry(entry));
    let year = entry.and_then(|entry| entry.disclosure.header.year).map(|year| year.value);
    let level = |year: Option<u16>, word: Word| {
        year.map_or_else(
            || word.text(app.lang).to_owned(),
            |year| label::fill(Word::YearNumber, app.lang, year),
        )
    };
    let word = |word: Word| word.text(app.lang).to_owned();
    match column {
        Column::This => level(year, Word::ThisYear),
        Column::Last => level(year.and_then(|year| year.checked_sub(1)), Word::LastYear),
        Column::Delta => word(Word::Delta),
        Column::Rate => word(Word::Rate),
        Column::Share => word(Word::Share),
    }
}

fn draw_heads(app: &App, columns: &Columns, area: Rect, buffer: &mut Buffer) {
    let style = app.theme.dim;
    let mut pen = Pen::on(buffer, area, 0);
    pen.space(MARK).left(Word::SubjectHead.text(app.lang), columns.name, style);
    for (column, cells, head) in &columns.shown {
        // The head ends where the numbers do; units may stand past it.
        let beside = app.figures.columns.get(*column as usize).map_or(0, |extent| extent.beside);
        pen.space(GAP).right(head, cells.saturating_sub(beside), style).space(beside);
    }
}

/// Draws the title of a section or a table over its figures.
fn draw_heading(app: &App, place: Node, pen: &mut Pen) {
    let name = label::node(&app.corpus, place, app.lang);
    draw_mark(app, [place], pen);
    let room = pen.room().saturating_sub(1);
    let name = width::fit(&name, room);
    let rest = (room - width::of(&name)).saturating_sub(1);
    pen.text(&name, app.theme.strong).space(1).rule('─', rest, app.theme.rule);
}

/// Draws the sign of the worst that was found at one of some places.
fn draw_mark(app: &App, places: impl IntoIterator<Item = Node>, pen: &mut Pen) {
    let worst = |node| app.marks.worst(&app.corpus, &app.judgements, node);
    let places: Vec<Node> = places.into_iter().collect();
    match places.iter().copied().filter_map(worst).max() {
        Some(severity) => pen.char(sign(severity), marks::style(app, severity)),
        None => pen.space(1),
    };
    if places.iter().any(|&node| app.picks.holds(node)) {
        pen.char(picks::SIGN, app.theme.accent);
    } else {
        pen.space(MARK - 1);
    }
}

fn draw_figure(app: &App, entry: EntryId, figure: &Figure, columns: &Columns, pen: &mut Pen) {
    let theme = &app.theme;
    let item = |id| app.corpus.item(ItemRef { entry, item: id });
    let place = ItemRef { entry, item: figure.main };
    let Some(main) = app.corpus.item(place) else { return };
    let mut room = columns.name;
    draw_mark(app, figure.items().map(|item| Node::Item(ItemRef { entry, item })), pen);
    let indent = usize::from(figure.depth).min(6) * 2;
    room = room.saturating_sub(indent);
    pen.space(indent);
    let name = width::fit(app.corpus.words.subject_text(main.subject), room);
    room -= width::of(&name);
    pen.text(&name, theme.text);
    let code = app.corpus.words.get(main.subject).and_then(|subject| subject.code);
    // Of a table the columns are told apart where it is shown.
    let in_table = app.corpus.table_of(place).is_some();
    let beside = label::aspect(&app.corpus, place, main, app.lang).filter(|_| !in_table).into_iter();
    for text in beside.chain(code.map(|code| code.0.to_string())) {
        if room > 4 {
            let text = width::fit(&text, room - 1);
            room -= width::of(&text) + 1;
            pen.space(1).text(&text, theme.dim);
        }
    }
    pen.space(room);
    for &(column, cells, _) in &columns.shown {
        pen.space(GAP);
        match figure.cell(column).and_then(item) {
            Some(item) => draw_number(app, column, cells, item, pen),
            None => {
                pen.space(cells);
            }
        }
    }
}

/// Draws a number so that its decimal point stands where the column has it.
fn draw_number(app: &App, column: Column, cells: usize, item: &Item, pen: &mut Pen) {
    let theme = &app.theme;
    let extent = app.figures.columns.get(column as usize).copied().unwrap_or_default();
    let (value, unit) = in_unit(item.value, item.unit, app.figures.wanted);
    let Digits { whole, places } = number::digits(value, column.sign());
    let style = if item.value.mantissa() < 0 { theme.negative } else { theme.text };
    let after = pen.room().saturating_sub(cells);
    pen.right(&whole, cells.saturating_sub(extent.places + extent.beside), style).text(&places, style);
    if !is_unit_told(column, unit, app.figures.unit) {
        pen.text(unit.name(), theme.dim);
    }
    pen.space(pen.room().saturating_sub(after));
}

fn draw_disclosure_heads(app: &App, area: Rect, buffer: &mut Buffer) {
    let style = app.theme.dim;
    let text = |word: Word| word.text(app.lang);
    Pen::on(buffer, area, 0)
        .space(1)
        .left(text(Word::DisclosureHead), DISCLOSURE, style)
        .right(text(Word::SectionsHead), COUNT, style)
        .right(text(Word::FiguresHead), COUNT, style)
        .right(text(Word::FindingsHead), FOUND, style)
        .space(3)
        .text(text(Word::FileHead), style);
}

/// How many cells the year and kind of a disclosure take.
const DISCLOSURE: usize = 24;
/// How many cells a count of a disclosure takes.
const COUNT: usize = 9;
/// How many cells the findings of a disclosure take.
const FOUND: usize = 12;

fn draw_disclosure(app: &App, entry: EntryId, pen: &mut Pen) {
    let theme = &app.theme;
    let sections = app.corpus.entry(entry).map_or(0, |entry| entry.disclosure.sections.len());
    let figures = app.corpus.item_count_in(Node::Disclosure(entry));
    pen.space(1)
        .left(&label::disclosure(&app.corpus, entry, app.lang), DISCLOSURE, theme.text)
        .right(&sections.to_string(), COUNT, theme.text)
        .right(&figures.to_string(), COUNT, theme.text);
    let found = marks::texts(app, Node::Disclosure(entry));
    let found_width: usize = found.iter().map(|(text, _)| width::of(text) + 1).sum();
    pen.space(FOUND.saturating_sub(found_width));
    for (text, style) in found {
        pen.space(1).text(&text, style);
    }
    pen.space(3);
    let room = pen.room().saturating_sub(1);
    let file = width::fit_middle(&label::file(&app.corpus, entry), room);
    pen.text(&file, theme.dim);
}
