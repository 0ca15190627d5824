//! Steps into what is at hand and out of it again, and leaps to other places of the tree.

use super::App;
use crate::corpus::compare::Side;
use crate::corpus::tree::Node;
use crate::corpus::{ItemRef, SectionRef, TableRef};
use crate::lang::Word;
use crate::tui::cursor::Motion;
use crate::tui::figures::{Line, Scope};
use crate::tui::layout::Pane;
use crate::tui::overlay::Overlay;

impl App {
    pub(super) fn step_in(&mut self) {
        match &mut self.overlay {
            Some(Overlay::Search(search)) => {
                if let Some(node) = search.choose() {
                    self.go_to_hit(node);
                }
            }
            Some(Overlay::Filter) => self.overlay = Some(Overlay::Findings),
            Some(Overlay::Choose(choose)) => {
                if choose.choose(&self.corpus) {
                    self.compare_with_chosen(&|| false);
                }
            }
            Some(Overlay::Trend(_)) => self.show_statement(),
            None if self.compare.is_some() => self.show_compared(Side::Right),
            Some(Overlay::Outcomes(_)) => self.findings_of_outcome(),
            Some(Overlay::Findings) => {
                if let Some(at) = self.review.selected() {
                    self.show_finding(at);
                }
            }
            Some(
                Overlay::Help(_)
                | Overlay::Problems(_)
                | Overlay::Explanation(_)
                | Overlay::Note(_)
                | Overlay::Palette(_)
                | Overlay::Copy(_),
            ) => self.leave_overlay(),
            None => match self.focus {
                Pane::Tree => {
                    let height = self.height(Pane::Tree);
                    if !self.outline.step_in(&self.corpus, height) {
                        self.focus = if self.figures.lines.is_empty() { Pane::Source } else { Pane::Figures };
                    }
                }
                Pane::Figures => match self.figures.selected() {
                    Some(Line::Disclosure(entry)) => self.reveal(Node::Disclosure(entry)),
                    Some(Line::Section(section)) => {
                        if let Some(entry) = self.figures.scope.and_then(Scope::entry) {
                            self.reveal(Node::Section(SectionRef { entry, section }));
                        }
                    }
                    Some(Line::Table(table)) => {
                        if let Some(entry) = self.figures.scope.and_then(Scope::entry) {
                            self.reveal(Node::Table(TableRef { entry, table }));
                        }
                    }
                    Some(Line::Figure(_)) => self.focus = Pane::Source,
                    None => {}
                },
                Pane::Source => {}
            },
        }
    }

    pub(super) fn step_out(&mut self) {
        if self.overlay.is_some() {
            self.leave_overlay();
            return;
        }
        if self.compare.is_some() {
            self.leave_compare();
            return;
        }
        match self.focus {
            Pane::Tree => {
                let height = self.height(Pane::Tree);
                self.outline.step_out(&self.corpus, height);
            }
            Pane::Figures => self.focus = Pane::Tree,
            Pane::Source => {
                self.focus = if self.figures.lines.is_empty() { Pane::Tree } else { Pane::Figures };
            }
        }
    }

    /// Shows a place that was found: a figure with its sentence, anything else in the tree.
    pub(super) fn jump(&mut self, node: Node) {
        self.leave();
        self.focus = Pane::Tree;
        self.reveal(node);
        // The figures follow the tree, also to another figure of the section that they list already.
        self.link();
        if let Node::Item(place) = node {
            self.focus = Pane::Figures;
            self.cell = Some(place);
        }
    }

    pub(super) fn reveal(&mut self, node: Node) {
        let height = self.height(Pane::Tree);
        self.outline.reveal(&self.corpus, node, height);
    }

    /// Returns how many cells and rows a table in the source pane has.
    pub(super) fn grid_size(&self) -> (usize, usize) {
        self.text_area().map_or((0, 0), |area| (usize::from(area.width), usize::from(area.height)))
    }

    /// Goes through the rows of the table in the source pane.
    pub(super) fn go_in_grid(&mut self, motion: Motion) {
        let size = self.grid_size();
        if let Some(grid) = &mut self.passage.grid {
            grid.go(motion, size.1);
        }
        self.choose_cell();
    }

    /// Goes to the next column of the table in the source pane, or the one before.
    pub(super) fn go_aside(&mut self, next: bool) {
        let Some(grid) = &mut self.passage.grid else { return };
        let Some(entry) = self.corpus.entry(grid.entry) else { return };
        grid.aside(&entry.disclosure.source, next);
        self.choose_cell();
    }

    /// Brings the chosen cell on screen and lets the panes follow to its figure, if it holds one.
    pub(super) fn choose_cell(&mut self) {
        let size = self.grid_size();
        let Some(grid) = &mut self.passage.grid else { return };
        grid.show(size);
        let Some(disclosure) = self.corpus.entry(grid.entry).map(|entry| &entry.disclosure) else { return };
        let Some(item) = grid.item(disclosure, grid.row, grid.column) else { return };
        self.cell = Some(ItemRef { entry: grid.entry, item });
        self.figures.find(item, self.height(Pane::Figures));
        self.follow_in_tree();
    }

    /// Shows tables as the text that was read, or as tables again.
    pub(super) fn turn_raw(&mut self) {
        self.passage.raw = !self.passage.raw;
        self.centre();
        let word = if self.passage.raw { Word::TablesAsText } else { Word::TablesAsGrids };
        self.told = Some(word.text(self.lang).to_owned());
    }

    /// Where a figure is selected in the tree, selects the one that the figures pane went to.
    pub(super) fn follow_in_tree(&mut self) {
        let (Some(Node::Item(at)), Some(Line::Figure(figure))) =
            (self.outline.selected(), self.figures.selected())
        else {
            return;
        };
        let node = Node::Item(ItemRef { entry: at.entry, item: figure.main });
        let height = self.height(Pane::Tree);
        if let Some(row) = self.outline.row_of(node).filter(|_| !figure.holds(at.item)) {
            self.outline.select(row, height);
        }
    }
}
