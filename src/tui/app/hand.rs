//! What a person does with the thing at hand: copies it, marks it, opens its file, goes back to where it was.

use super::App;
use crate::corpus::tree::Node;
use crate::corpus::{ItemRef, SectionRef};
use crate::lang::Word;
use crate::tui::action::{As, Effect};
use crate::tui::citation;
use crate::tui::cursor::{Cursor, Motion};
use crate::tui::figures::{Line, Scope};
use crate::tui::grid;
use crate::tui::label;
use crate::tui::layout::Pane;
use crate::tui::marks;
use crate::tui::overlay::{CopyOf, Help, Overlay};
use crate::tui::palette::Palette;
use crate::tui::settings::{Settings, UNITS};
use crate::tui::table::Figure;
use crate::tui::theme::Theme;
use crate::tui::travel::Spot;

impl App {
    /// Returns what the keys are about: the selected finding, or what the pane with the keys has selected.
    pub(super) fn at_hand(&self) -> Option<Node> {
        match &self.overlay {
            Some(Overlay::Findings) => marks::home(&self.corpus, self.review.selected()?),
            Some(Overlay::Copy(copy)) => Some(copy.node),
            Some(_) => None,
            None if self.focus == Pane::Tree => self.outline.selected(),
            None => Some(self.target(self.outline.selected()?)),
        }
    }

    /// Returns the row of figures that a figure stands in, where the pane lists it.
    pub(super) fn row_of(&self, node: Node) -> Option<&Figure> {
        let Node::Item(place) = node else { return None };
        let listed = self.figures.scope.and_then(Scope::entry) == Some(place.entry);
        self.figures.lines.iter().filter(|_| listed).find_map(|line| match line {
            Line::Figure(figure) if figure.holds(place.item) => Some(figure),
            Line::Figure(_) | Line::Section(_) | Line::Table(_) | Line::Disclosure(_) => None,
        })
    }

    /// Asks what of the thing at hand is copied.
    pub(super) fn open_copy(&mut self) {
        if let Some(node) = self.at_hand() {
            let under = self.overlay.take().map(Box::new);
            self.overlay = Some(Overlay::Copy(CopyOf { node, cursor: Cursor::default(), under }));
        }
    }

    /// Copies the thing at hand.
    pub(super) fn copy(&mut self, how: As) -> Option<Effect> {
        let text = self.copied(self.at_hand()?, how);
        if let Some(Overlay::Copy(copy)) = &mut self.overlay {
            self.overlay = copy.under.take().map(|under| *under);
        }
        Some(Effect::Copy(text))
    }

    /// Returns what is copied of a place.
    pub fn copied(&self, node: Node, how: As) -> String {
        if let (Some(cells), As::Row) = (self.cells_at_hand(), how) {
            return cells.join("\t");
        }
        citation::text(&self.corpus, node, self.row_of(node), how)
    }

    /// Returns the cells of the chosen row, where a table in the source has the keys.
    fn cells_at_hand(&self) -> Option<Vec<String>> {
        let in_source = self.focus == Pane::Source && self.compare.is_none();
        let grid = self.passage.grid.as_ref().filter(|_| in_source)?;
        let source = &self.corpus.entry(grid.entry)?.disclosure.source;
        let row = grid.of(source)?.rows.get(grid.row)?;
        Some(row.cells.iter().map(|cell| grid::one_line(source.cut(cell.span))).collect())
    }

    /// Copies as the selected row says.
    pub(super) fn copy_selected(&mut self) -> Option<Effect> {
        let Some(Overlay::Copy(copy)) = &self.overlay else { return None };
        let how = CopyOf::ROWS.get(copy.cursor.selected).copied()?;
        self.copy(how)
    }

    /// Marks the thing at hand, or takes its mark away, and goes on to the next row.
    pub(super) fn mark(&mut self) {
        let Some(node) = self.at_hand() else { return };
        self.picks.toggle(node);
        self.go(Motion::Down);
        self.told = Some(label::fill(Word::MarkedCount, self.lang, self.picks.len()));
    }

    /// Returns the table of what is marked, to be written.
    pub(super) fn export_marked(&mut self) -> Option<Effect> {
        if self.picks.is_empty() {
            self.told = Some(Word::MarkedNone.text(self.lang).to_owned());
            return None;
        }
        Some(Effect::Export(self.picks.to_csv(&self.corpus)))
    }

    /// Returns the file and line of the thing at hand, to be opened.
    pub(super) fn open_source(&self) -> Option<Effect> {
        let (entry, start) = match self.at_hand()? {
            Node::Department(name) => (*self.corpus.entries_of(name).first()?, 0),
            Node::Disclosure(entry) => (entry, 0),
            Node::Section(place @ SectionRef { entry, .. }) => {
                (entry, self.corpus.section(place)?.heading.start)
            }
            Node::Table(place) => (place.entry, self.corpus.table_start(place)?),
            Node::Item(place @ ItemRef { entry, .. }) => (entry, self.corpus.item(place)?.span.start),
        };
        let entry = self.corpus.entry(entry)?;
        Some(Effect::Open(entry.file_at(start).to_owned(), entry.disclosure.source.line_of(start)))
    }

    /// Returns where one is.
    fn spot(&self) -> Option<Spot> {
        Some(Spot { node: self.outline.selected()?, focus: self.focus, cell: self.cell })
    }

    /// Notes where one leaves from.
    pub(super) fn leave(&mut self) {
        if let Some(spot) = self.spot() {
            self.travel.leave(spot);
        }
    }

    /// Goes back to where one was, or forward again.
    pub(super) fn travel(&mut self, back: bool) {
        let here = self.spot();
        let spot = if back { self.travel.back(here) } else { self.travel.forward(here) };
        let Some(spot) = spot else {
            let word = if back { Word::NothingBefore } else { Word::NothingAfter };
            self.told = Some(word.text(self.lang).to_owned());
            return;
        };
        self.focus = Pane::Tree;
        self.reveal(spot.node);
        self.link();
        (self.focus, self.cell) = (spot.focus, spot.cell);
    }

    /// Opens the palette over what is there.
    pub(super) fn open_palette(&mut self) {
        let mode = self.mode();
        let under = self.overlay.take();
        self.overlay = Some(Overlay::Palette(Palette::new(mode, under, &self.settings.keys, self.lang)));
    }

    /// Does what is selected on the palette.
    pub(super) fn run_command(&mut self) -> Option<Effect> {
        let Some(Overlay::Palette(palette)) = &mut self.overlay else { return None };
        let action = palette.rows.get(palette.cursor.selected).map(|(command, _)| command.action)?;
        self.overlay = palette.under.take().map(|under| *under);
        self.act(action)
    }

    /// Opens the help of what is there.
    pub(super) fn open_help(&mut self) {
        let mode = self.mode();
        let under = self.overlay.take().map(Box::new);
        self.overlay = Some(Overlay::Help(Help { cursor: Cursor::default(), mode, under }));
    }

    /// Takes what a person chose.
    pub fn apply(&mut self, settings: Settings) {
        self.theme = Theme::of(settings.look, settings.colours);
        self.lang = settings.lang.unwrap_or(self.lang);
        self.figures.wanted = settings.unit;
        self.settings = settings;
    }

    /// Takes the next of the themes.
    pub(super) fn turn_theme(&mut self) {
        self.settings.look = self.settings.look.next();
        self.theme = Theme::of(self.settings.look, self.settings.colours);
        self.told = Some(self.settings.look.word().text(self.lang).to_owned());
    }

    /// Takes the next of the units that money is shown in; after the last, as it is printed.
    pub(super) fn turn_units(&mut self) {
        let at = self.settings.unit.and_then(|unit| UNITS.iter().position(|&other| other == unit));
        self.settings.unit = UNITS.get(at.map_or(0, |at| at + 1)).copied();
        self.figures.wanted = self.settings.unit;
        if let Some(scope) = self.figures.scope {
            self.figures.list(&self.corpus, scope, self.height(Pane::Figures));
        }
        let shown = self.settings.unit.map_or(Word::UnitAsPrinted.text(self.lang), |unit| unit.name());
        self.told = Some(label::fill(Word::UnitNote, self.lang, shown));
    }
}
