//! The state of the screens, and what events do to it.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect, Size};

use super::action::{Action, Effect};
use super::cursor::{Cursor, Motion};
use super::event::Event;
use super::figures::{Figures, Line, Scope};
use super::keymap::{self, Mode};
use super::layout::{self, Areas, Pane};
use super::outline::{self, Outline};
use super::overlay::{Overlay, Search};
use super::passage::{Passage, Place};
use super::theme::Theme;
use super::{Options, help};
use crate::corpus::load::Loaded;
use crate::corpus::tree::Node;
use crate::corpus::{Corpus, EntryId, ItemRef, SectionRef};
use crate::lang::Lang;
use crate::source::Span;

/// How many rows a turn of the mouse wheel scrolls.
const WHEEL: isize = 3;

/// Everything that the screens show.
pub struct App {
    /// What was read so far.
    pub corpus: Corpus,
    /// How far the reading is.
    pub progress: Progress,
    /// What is open, as the user named it.
    pub title: String,
    /// The language of the program's words.
    pub lang: Lang,
    /// How things look.
    pub theme: Theme,
    /// The size of the terminal.
    pub size: Size,
    /// The pane that has the keys.
    pub focus: Pane,
    /// The tree pane.
    pub outline: Outline,
    /// The figures pane.
    pub figures: Figures,
    /// The source pane.
    pub passage: Passage,
    /// What lies over the panes and has the keys instead of them.
    pub overlay: Option<Overlay>,
    /// What came in that the panes do not show yet.
    added: Vec<EntryId>,
}

/// How far the reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// The files found so far.
    pub found: usize,
    /// The files read, those with problems included.
    pub read: usize,
    /// Whether that was all.
    pub done: bool,
}

impl App {
    /// Returns the state before anything is read.
    pub fn new(options: Options, theme: Theme, size: Size) -> Self {
        Self {
            corpus: Corpus::default(),
            progress: Progress::default(),
            title: options.title,
            lang: options.lang,
            theme,
            size,
            focus: Pane::Tree,
            outline: Outline::default(),
            figures: Figures::default(),
            passage: Passage::default(),
            overlay: None,
            added: Vec::new(),
        }
    }

    /// Takes in what happened and returns what the loop must do for it. Call [`App::settle`] before the next frame.
    pub fn update(&mut self, event: Event) -> Option<Effect> {
        match event {
            Event::Loaded(loaded) => {
                self.take_in(loaded);
                None
            }
            Event::Terminate(signal) => Some(Effect::Terminate(signal)),
            Event::Resize(size) => {
                self.resize(size);
                None
            }
            Event::Key(key) => {
                self.settle();
                let effect = keymap::action(self.mode(), key).and_then(|action| self.act(action));
                self.link();
                effect
            }
            Event::Mouse(mouse) => {
                self.settle();
                self.point(mouse);
                self.link();
                None
            }
            Event::Paste(text) => {
                if let Some(Overlay::Search(search)) = &mut self.overlay {
                    search.paste(&self.corpus, &text);
                }
                None
            }
        }
    }

    /// Brings the panes up to what was read since the last call: many files at the cost of one.
    pub fn settle(&mut self) {
        if self.added.is_empty() {
            return;
        }
        let added = std::mem::take(&mut self.added);
        self.outline.refresh(&self.corpus, &added, self.height(Pane::Tree));
        if let Some(scope @ Scope::Department(_)) = self.figures.scope {
            self.figures.list(&self.corpus, scope, self.height(Pane::Figures));
        }
        let height = usize::from(layout::search(self.size).rows.height);
        if let Some(Overlay::Search(search)) = &mut self.overlay {
            search.refresh(&self.corpus, height);
        }
        self.link();
    }

    /// Returns where everything stands, or nothing where the terminal is too small.
    pub fn areas(&self) -> Option<Areas> {
        layout::areas(self.size, self.focus)
    }

    /// Returns what has the keys.
    pub fn mode(&self) -> Mode {
        self.overlay.as_ref().map_or(Mode::Explore, Overlay::mode)
    }

    fn take_in(&mut self, loaded: Loaded) {
        match loaded {
            Loaded::Found(found) => self.progress.found = found,
            Loaded::Entry { file, disclosure } => {
                self.added.push(self.corpus.add(file, *disclosure));
                self.progress.read += 1;
            }
            Loaded::Problem(problem) => {
                self.corpus.add_problem(problem);
                self.progress.read += 1;
            }
            Loaded::Done => self.progress.done = true,
        }
        self.progress.found = self.progress.found.max(self.progress.read);
    }

    fn resize(&mut self, size: Size) {
        self.size = size;
        let (tree, figures) = (self.height(Pane::Tree), self.height(Pane::Figures));
        self.outline.cursor.show(self.outline.rows.len(), tree);
        self.figures.cursor.show(self.figures.lines.len(), figures);
        let (width, height) = self.text_size();
        self.passage.centre(&self.corpus, width, height);
    }

    fn act(&mut self, action: Action) -> Option<Effect> {
        match action {
            Action::Quit => return Some(Effect::Quit),
            Action::Redraw => return Some(Effect::Redraw),
            Action::Go(motion) => self.go(motion),
            Action::In => self.step_in(),
            Action::Out => self.step_out(),
            Action::Toggle => {
                if self.focus == Pane::Tree {
                    let height = self.height(Pane::Tree);
                    self.outline.toggle(&self.corpus, self.outline.cursor.selected, height);
                }
            }
            Action::NextPane => {
                self.focus_on(match self.focus {
                    Pane::Tree => Pane::Figures,
                    Pane::Figures => Pane::Source,
                    Pane::Source => Pane::Tree,
                });
            }
            Action::PreviousPane => {
                self.focus_on(match self.focus {
                    Pane::Tree => Pane::Source,
                    Pane::Figures => Pane::Tree,
                    Pane::Source => Pane::Figures,
                });
            }
            Action::Search => {
                let mut search = Search::default();
                search.search(&self.corpus);
                self.overlay = Some(Overlay::Search(Box::new(search)));
            }
            Action::Help => self.overlay = Some(Overlay::Help(Cursor::default())),
            Action::Problems => self.overlay = Some(Overlay::Problems(Cursor::default())),
            Action::Language => {
                self.lang = match self.lang {
                    Lang::Chinese => Lang::English,
                    Lang::English => Lang::Chinese,
                };
            }
            Action::Edit(edit) => {
                if let Some(Overlay::Search(search)) = &mut self.overlay {
                    search.edit(&self.corpus, edit);
                }
            }
        }
        None
    }

    fn go(&mut self, motion: Motion) {
        let size = self.size;
        match &mut self.overlay {
            Some(Overlay::Search(search)) => search.go(motion, usize::from(layout::search(size).rows.height)),
            Some(Overlay::Help(cursor)) => {
                let height = usize::from(layout::inside(layout::help(size)).height);
                cursor.scroll(motion.rows(height), help::rows().len(), height);
            }
            Some(Overlay::Problems(cursor)) => {
                let height = usize::from(layout::problems(size).rows.height);
                cursor.go(motion, self.corpus.problems.len(), height);
            }
            None => self.go_in_pane(motion),
        }
    }

    fn go_in_pane(&mut self, motion: Motion) {
        let height = self.height(self.focus);
        match self.focus {
            Pane::Tree => self.outline.go(motion, height),
            Pane::Figures => {
                self.figures.go(motion, height);
                self.follow_in_tree();
            }
            Pane::Source => {
                let (width, height) = self.text_size();
                self.passage.go(&self.corpus, motion, width, height);
            }
        }
    }

    fn step_in(&mut self) {
        match &self.overlay {
            Some(Overlay::Search(search)) => {
                if let Some(hit) = search.hits.get(search.cursor.selected).copied() {
                    self.overlay = None;
                    self.jump(hit.node);
                }
            }
            Some(Overlay::Help(_) | Overlay::Problems(_)) => self.overlay = None,
            None => match self.focus {
                Pane::Tree => {
                    let height = self.height(Pane::Tree);
                    if !self.outline.step_in(&self.corpus, height) {
                        self.focus_on(if self.figures.lines.is_empty() {
                            Pane::Source
                        } else {
                            Pane::Figures
                        });
                    }
                }
                Pane::Figures => match self.figures.selected() {
                    Some(Line::Disclosure(entry)) => self.reveal(Node::Disclosure(entry)),
                    Some(Line::Section(section)) => {
                        if let Some(entry) = self.figures.scope.and_then(Scope::entry) {
                            self.reveal(Node::Section(SectionRef { entry, section }));
                        }
                    }
                    Some(Line::Figure(_)) => self.focus_on(Pane::Source),
                    None => {}
                },
                Pane::Source => {}
            },
        }
    }

    fn step_out(&mut self) {
        if self.overlay.take().is_some() {
            return;
        }
        match self.focus {
            Pane::Tree => {
                let height = self.height(Pane::Tree);
                self.outline.step_out(&self.corpus, height);
            }
            Pane::Figures => self.focus_on(Pane::Tree),
            Pane::Source => {
                self.focus_on(if self.figures.lines.is_empty() { Pane::Tree } else { Pane::Figures });
            }
        }
    }

    /// Shows a place that was found: a figure with its sentence, anything else in the tree.
    fn jump(&mut self, node: Node) {
        let focus = if matches!(node, Node::Item(_)) { Pane::Figures } else { Pane::Tree };
        self.focus_on(focus);
        self.reveal(node);
    }

    fn reveal(&mut self, node: Node) {
        let height = self.height(Pane::Tree);
        self.outline.reveal(&self.corpus, node, height);
    }

    fn focus_on(&mut self, pane: Pane) {
        self.focus = pane;
    }

    /// Where a figure is selected in the tree, selects the one that the figures pane went to.
    fn follow_in_tree(&mut self) {
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

    fn point(&mut self, mouse: MouseEvent) {
        let place = Position { x: mouse.column, y: mouse.row };
        match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => self.click(place),
            MouseEventKind::ScrollUp => self.wheel(place, -WHEEL),
            MouseEventKind::ScrollDown => self.wheel(place, WHEEL),
            MouseEventKind::Down(MouseButton::Right | MouseButton::Middle)
            | MouseEventKind::Up(_)
            | MouseEventKind::Drag(_)
            | MouseEventKind::Moved
            | MouseEventKind::ScrollLeft
            | MouseEventKind::ScrollRight => {}
        }
    }

    fn click(&mut self, place: Position) {
        let (window, rows, cursor, len) = match &mut self.overlay {
            Some(Overlay::Search(search)) => {
                let areas = layout::search(self.size);
                (areas.window, areas.rows, &mut search.cursor, search.hits.len())
            }
            Some(Overlay::Problems(cursor)) => {
                let areas = layout::problems(self.size);
                (areas.window, areas.rows, cursor, self.corpus.problems.len())
            }
            Some(Overlay::Help(cursor)) => (layout::help(self.size), Rect::default(), cursor, 0),
            None => return self.click_pane(place),
        };
        if !window.contains(place) {
            self.overlay = None;
            return;
        }
        let Some(row) = row_at(rows, place, cursor.top).filter(|&row| row < len) else { return };
        if cursor.selected == row {
            self.step_in();
        } else {
            cursor.select(row, len, usize::from(rows.height));
        }
    }

    fn click_pane(&mut self, place: Position) {
        let Some(areas) = self.areas() else { return };
        let Some((pane, rows)) = areas.pane_at(place).and_then(|pane| Some((pane, areas.rows(pane)?))) else {
            return;
        };
        self.focus = pane;
        let height = usize::from(rows.height);
        match pane {
            Pane::Tree => {
                let row = row_at(rows, place, self.outline.cursor.top);
                let Some((at, row)) = row.and_then(|at| Some((at, *self.outline.rows.get(at)?))) else {
                    return;
                };
                let marker = rows.x.saturating_add(outline::marker_column(row.depth));
                if (marker..=marker + 1).contains(&place.x) && outline::is_branch(&self.corpus, row.node) {
                    self.outline.toggle(&self.corpus, at, height);
                } else {
                    self.outline.select(at, height);
                }
            }
            Pane::Figures => {
                let row = row_at(rows, place, self.figures.cursor.top);
                if let Some(row) = row.filter(|&row| row < self.figures.lines.len()) {
                    self.figures.cursor.select(row, self.figures.lines.len(), height);
                    self.follow_in_tree();
                }
            }
            Pane::Source => {}
        }
    }

    fn wheel(&mut self, place: Position, rows: isize) {
        match &mut self.overlay {
            Some(Overlay::Search(search)) => {
                let height = usize::from(layout::search(self.size).rows.height);
                search.cursor.scroll(rows, search.hits.len(), height);
            }
            Some(Overlay::Help(cursor)) => {
                let height = usize::from(layout::inside(layout::help(self.size)).height);
                cursor.scroll(rows, help::rows().len(), height);
            }
            Some(Overlay::Problems(cursor)) => {
                let height = usize::from(layout::problems(self.size).rows.height);
                cursor.scroll(rows, self.corpus.problems.len(), height);
            }
            None => {
                let Some(pane) = self.areas().and_then(|areas| areas.pane_at(place)) else { return };
                let height = self.height(pane);
                match pane {
                    Pane::Tree => self.outline.cursor.scroll(rows, self.outline.rows.len(), height),
                    Pane::Figures => self.figures.cursor.scroll(rows, self.figures.lines.len(), height),
                    Pane::Source => {
                        let (width, height) = self.text_size();
                        self.passage.scroll(&self.corpus, rows, width, height);
                    }
                }
            }
        }
    }

    /// Lets the figures follow the tree, and the source whatever is selected.
    fn link(&mut self) {
        let Some(node) = self.outline.selected() else { return };
        let scope = Scope::of(&self.corpus, node);
        let height = self.height(Pane::Figures);
        let is_new = self.figures.scope != Some(scope);
        if is_new {
            self.figures.list(&self.corpus, scope, height);
        }
        if let Node::Item(place) = node
            && (is_new || self.focus == Pane::Tree)
        {
            self.figures.find(place.item, height);
        }
        let place = self.place(self.target(node));
        let (width, height) = self.text_size();
        self.passage.show(&self.corpus, place, width, height);
    }

    /// Returns what the source is shown of while `node` is selected in the tree: what the pane with the keys has selected.
    fn target(&self, node: Node) -> Node {
        if self.focus == Pane::Tree && !matches!(node, Node::Department(_)) {
            return node;
        }
        let entry = self.figures.scope.and_then(Scope::entry);
        match (self.figures.selected(), entry, node) {
            (Some(Line::Disclosure(entry)), _, _) => Node::Disclosure(entry),
            (Some(Line::Section(section)), Some(entry), _) => Node::Section(SectionRef { entry, section }),
            (Some(Line::Figure(figure)), _, Node::Item(place)) if figure.holds(place.item) => node,
            (Some(Line::Figure(figure)), Some(entry), _) => Node::Item(ItemRef { entry, item: figure.main }),
            (Some(Line::Section(_) | Line::Figure(_)) | None, _, _) => node,
        }
    }

    fn place(&self, node: Node) -> Option<Place> {
        match node {
            Node::Department(_) => None,
            Node::Disclosure(entry) => self.title_place(entry),
            Node::Section(section) => self.heading_place(section),
            Node::Item(item) => self.item_place(item),
        }
    }

    fn title_place(&self, entry: EntryId) -> Option<Place> {
        let header = &self.corpus.entry(entry)?.disclosure.header;
        let spans = [
            header.department.and_then(|department| department.span),
            header.year.and_then(|year| year.span),
            header.basis.and_then(|basis| basis.span),
        ];
        // The first words that say what it is stand in its title, if it has one.
        self.plain_place(entry, spans.into_iter().flatten().min().unwrap_or_default())
    }

    fn heading_place(&self, section: SectionRef) -> Option<Place> {
        self.plain_place(section.entry, self.corpus.section(section)?.heading)
    }

    fn plain_place(&self, entry: EntryId, focus: Span) -> Option<Place> {
        let source = &self.corpus.entry(entry)?.disclosure.source;
        let sentence = source.line(source.line_of(focus.start)).cover(focus);
        Some(Place { entry, focus, figure: false, related: Vec::new(), sentence })
    }

    fn item_place(&self, place: ItemRef) -> Option<Place> {
        let disclosure = &self.corpus.entry(place.entry)?.disclosure;
        let item = self.corpus.item(place)?;
        let row = self.figures.lines.iter().skip(self.figures.cursor.selected).take(1);
        let related = row.flat_map(|line| match line {
            Line::Figure(figure) if figure.holds(place.item) => figure.cells.as_slice(),
            Line::Figure(_) | Line::Section(_) | Line::Disclosure(_) => &[],
        });
        let related = related.flatten().filter(|&&other| other != place.item);
        let related =
            related.filter_map(|other| disclosure.items.get(other.0 as usize)).map(|item| item.span);
        // A heading without a full stop is no part of the sentence under it.
        let mut sentence = disclosure.sentence_of(item);
        let heading = disclosure.sections.get(item.section.0 as usize).map(|section| section.heading.end);
        if let Some(end) = heading.filter(|&end| sentence.start < end && end <= item.span.start) {
            sentence.start = end;
        }
        let related = related.collect();
        Some(Place { entry: place.entry, focus: item.span, figure: true, related, sentence })
    }

    /// Returns how many rows a pane shows, or would show if it had the keys.
    fn height(&self, pane: Pane) -> usize {
        let areas = layout::areas(self.size, pane);
        areas.and_then(|areas| areas.rows(pane)).map_or(0, |rows| usize::from(rows.height))
    }

    /// Returns how many cells and rows the text of the source pane has.
    fn text_size(&self) -> (usize, usize) {
        let area = layout::areas(self.size, Pane::Source).and_then(|areas| areas.rows(Pane::Source));
        area.map_or((0, 0), |area| (layout::text_width(area), usize::from(area.height)))
    }
}

/// Returns the row of a list at a place on screen.
fn row_at(rows: Rect, place: Position, top: usize) -> Option<usize> {
    rows.contains(place).then(|| top + usize::from(place.y - rows.y))
}
