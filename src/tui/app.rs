//! The state of the screens, and what events do to it.

mod compare;
mod findings;
mod hand;
mod mouse;
mod place;
mod reload;
mod seek;
mod steps;

use std::path::PathBuf;

use ratatui::layout::{Rect, Size};

use super::action::{Action, Effect};
use super::compare::{Compare, areas};
use super::cursor::{Cursor, Motion};
use super::event::Event;
use super::figures::{Figures, Scope};
use super::keymap::Mode;
use super::layout::{self, Areas, Pane};
use super::marks::Marks;
use super::outline::Outline;
use super::overlay::{CopyOf, Overlay};
use super::passage::Passage;
use super::picks::Picks;
use super::review::Review;
use super::settings::Settings;
use super::state::State;
use super::theme::Theme;
use super::travel::Travel;
use super::{Options, help, trend, width};
use crate::check::Report;
use crate::corpus::load::Loaded;
use crate::corpus::search::Searcher;
use crate::corpus::{Corpus, EntryId, FindingRef, ItemRef};
use crate::judgement::Judgements;
use crate::lang::{Lang, Word};
use crate::model::Disclosure;

pub use compare::Turn;
pub use findings::Way;
use reload::Incoming;

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
    /// Finds places; it is quicker the second time.
    searcher: Searcher,
    /// What lies over the panes and has the keys instead of them.
    pub overlay: Option<Overlay>,
    /// How many findings lie where.
    pub marks: Marks,
    /// What was decided about findings.
    pub judgements: Judgements,
    /// The findings screen, open or not.
    pub review: Review,
    /// The compare screen, where it is open.
    pub compare: Option<Compare>,
    /// What was compared last.
    pub compared: Option<(EntryId, EntryId)>,
    /// The finding that was gone to, until one goes elsewhere.
    pub spotlight: Option<FindingRef>,
    /// What is said once in the bottom line.
    pub told: Option<String>,
    /// What a person chose of how things are shown and done.
    pub settings: Settings,
    /// What a person marked.
    pub picks: Picks,
    /// Where one has been.
    travel: Travel,
    /// The queries that led somewhere, the last one last.
    pub history: Vec<String>,
    /// What is kept from the last time, until everything is read.
    pub restores: Option<State>,
    /// The figure of a table that was chosen in its row, until one goes elsewhere.
    pub cell: Option<ItemRef>,
    /// What comes in while the old is still shown.
    incoming: Option<Incoming>,
    /// Whether something changed since the files were read.
    stale: bool,
    /// What came in while the corpus was being searched.
    waiting: Vec<Loaded>,
    /// What came in that the panes do not show yet.
    added: Vec<EntryId>,
    /// Disclosures of several files, until everything is read.
    wholes: Vec<(PathBuf, Box<Disclosure>, Report)>,
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
            searcher: Searcher::default(),
            overlay: None,
            marks: Marks::default(),
            judgements: Judgements::default(),
            review: Review::default(),
            compare: None,
            compared: None,
            spotlight: None,
            told: None,
            settings: Settings::default(),
            picks: Picks::default(),
            travel: Travel::default(),
            history: Vec::new(),
            restores: None,
            cell: None,
            incoming: None,
            stale: false,
            waiting: Vec::new(),
            added: Vec::new(),
            wholes: Vec::new(),
        }
    }

    /// Takes in what happened and returns what the loop must do for it. Call [`App::settle`] before the next frame.
    pub fn update(&mut self, event: Event) -> Option<Effect> {
        width::choose(self.settings.glyphs);
        let effect = self.answer(event);
        // What changed while files were being read is read when that is done.
        let stale = self.stale && self.progress.done && self.incoming.is_none();
        effect.or(stale.then_some(Effect::Reload))
    }

    fn answer(&mut self, event: Event) -> Option<Effect> {
        match event {
            Event::Loaded(loaded) => {
                // What is searched stays as it is until the search is done.
                if self.is_busy() {
                    self.waiting.push(loaded);
                } else {
                    self.take_in(loaded);
                }
                None
            }
            Event::Changed => self.ask_reload(),
            Event::Stop => Some(Effect::Suspend),
            Event::Terminate(signal) => Some(Effect::Terminate(signal)),
            Event::Resize(size) => {
                self.resize(size);
                None
            }
            Event::Key(key) => {
                self.settle();
                self.told = None;
                let effect = self.settings.keys.action(self.mode(), key).and_then(|action| self.act(action));
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
                match &mut self.overlay {
                    Some(Overlay::Search(search)) => search.paste(&text),
                    Some(Overlay::Note(note)) => note.line.paste(&text),
                    Some(Overlay::Palette(palette)) => {
                        palette.line.paste(&text);
                        palette.list(&self.settings.keys, self.lang);
                    }
                    Some(Overlay::Choose(choose)) => {
                        choose.words.paste(&text);
                        choose.list(&self.corpus, self.lang);
                    }
                    Some(Overlay::Filter) => {
                        self.review.filter.paste(&text);
                        self.list_findings();
                    }
                    Some(_) | None => {}
                }
                self.seek();
                None
            }
            Event::Told(text) => {
                self.told = Some(text);
                None
            }
            Event::NotKept(error) => {
                self.told = Some(format!("{}{error}", Word::NotKept.text(self.lang)));
                None
            }
        }
    }

    /// Brings the panes up to what was read since the last call: many files at the cost of one.
    pub fn settle(&mut self) {
        if !self.is_busy() {
            for loaded in std::mem::take(&mut self.waiting) {
                self.take_in(loaded);
            }
            self.renew();
        }
        if self.added.is_empty() {
            return;
        }
        let added = std::mem::take(&mut self.added);
        self.outline.refresh(&self.corpus, &added, self.height(Pane::Tree));
        if let Some(scope @ Scope::Department(_)) = self.figures.scope {
            self.figures.list(&self.corpus, scope, self.height(Pane::Figures));
        }
        // The first search need not wait for it.
        self.searcher.refresh(&self.corpus);
        if let Some(Overlay::Search(search)) = &mut self.overlay {
            search.refresh();
            self.seek();
        }
        if matches!(
            self.overlay,
            Some(Overlay::Findings | Overlay::Filter | Overlay::Explanation(_) | Overlay::Note(_))
        ) {
            self.list_findings();
        }
        self.link();
    }

    /// Returns where everything stands, or nothing where the terminal is too small.
    pub fn areas(&self) -> Option<Areas> {
        layout::areas(self.size, self.focus)
    }

    /// Returns what has the keys.
    pub fn mode(&self) -> Mode {
        let screen = match &self.passage.grid {
            _ if self.compare.is_some() => Mode::Compare,
            Some(_) if self.focus == Pane::Source => Mode::Table,
            Some(_) | None => Mode::Explore,
        };
        self.overlay.as_ref().map_or(screen, Overlay::mode)
    }

    fn take_in(&mut self, loaded: Loaded) {
        if self.incoming.is_some() {
            return self.take_in_anew(loaded);
        }
        match loaded {
            Loaded::Found(found) => self.progress.found = found,
            Loaded::Entry { file, disclosure, report } if !disclosure.source.attached.is_empty() => {
                self.wholes.push((file, disclosure, report));
                self.progress.read += 1;
            }
            Loaded::Entry { file, disclosure, report } => {
                let entry = self.corpus.add_checked(file, *disclosure, report);
                self.marks.add(&self.corpus, entry, &self.judgements);
                self.added.push(entry);
                self.progress.read += 1;
            }
            Loaded::Problem(problem) => {
                self.corpus.add_problem(problem);
                self.progress.read += 1;
            }
            Loaded::Done => {
                self.progress.done = true;
                self.take_in_wholes();
                self.compare_all();
                if let Some(state) = self.restores.take() {
                    self.settle();
                    state.restore(self);
                }
            }
        }
        self.progress.found = self.progress.found.max(self.progress.read);
    }

    fn resize(&mut self, size: Size) {
        self.size = size;
        let (tree, figures) = (self.height(Pane::Tree), self.height(Pane::Figures));
        self.outline.cursor.show(self.outline.rows.len(), tree);
        self.figures.cursor.show(self.figures.lines.len(), figures);
        self.centre();
        self.resize_compare();
        match &mut self.overlay {
            Some(Overlay::Search(search)) => {
                search.cursor.show(search.hits.len(), usize::from(layout::search(size).rows.height));
            }
            Some(Overlay::Problems(cursor)) => {
                let height = usize::from(layout::problems(size).rows.height);
                cursor.show(self.corpus.problems.len(), height);
            }
            Some(Overlay::Help(shown)) => {
                let inside = layout::inside(layout::help(size));
                let keys = &self.settings.keys;
                let rows = help::lines(shown.mode, keys, self.lang, usize::from(inside.width)).len();
                shown.cursor.scroll(0, rows, usize::from(inside.height));
            }
            Some(Overlay::Palette(palette)) => {
                palette.cursor.show(palette.rows.len(), usize::from(layout::palette(size).rows.height));
            }
            Some(Overlay::Findings | Overlay::Filter) => self.list_findings(),
            Some(Overlay::Explanation(explanation)) => explanation.cursor = Cursor::default(),
            Some(Overlay::Outcomes(outcomes)) => {
                outcomes.show(&self.corpus, usize::from(layout::outcomes(size).rows.height));
            }
            Some(Overlay::Note(_) | Overlay::Choose(_) | Overlay::Copy(_) | Overlay::Trend(_)) | None => {}
        }
    }

    fn act(&mut self, action: Action) -> Option<Effect> {
        match action {
            Action::Quit => return Some(Effect::Quit),
            Action::Redraw => return Some(Effect::Redraw),
            Action::Go(motion) => self.go(motion),
            Action::In if matches!(self.overlay, Some(Overlay::Note(_))) => return self.keep_note(),
            Action::In if matches!(self.overlay, Some(Overlay::Palette(_))) => return self.run_command(),
            Action::In if matches!(self.overlay, Some(Overlay::Copy(_))) => return self.copy_selected(),
            Action::In => self.step_in(),
            Action::Out => self.step_out(),
            Action::Toggle => {
                if self.focus == Pane::Tree {
                    let height = self.height(Pane::Tree);
                    self.outline.toggle(&self.corpus, self.outline.cursor.selected, height);
                }
            }
            Action::NextPane => {
                self.focus = match self.focus {
                    Pane::Tree => Pane::Figures,
                    Pane::Figures => Pane::Source,
                    Pane::Source => Pane::Tree,
                };
            }
            Action::PreviousPane => {
                self.focus = match self.focus {
                    Pane::Tree => Pane::Source,
                    Pane::Figures => Pane::Tree,
                    Pane::Source => Pane::Figures,
                };
            }
            Action::Column(way) => self.go_aside(way == Way::Next),
            Action::Raw => self.turn_raw(),
            Action::Search => self.open_search(),
            Action::Narrow => self.narrow(),
            Action::Complete => self.complete(),
            Action::Older => self.recall(true),
            Action::Newer => self.recall(false),
            Action::Help => self.open_help(),
            Action::Palette => self.open_palette(),
            Action::Copy => self.open_copy(),
            Action::CopyAs(how) => return self.copy(how),
            Action::Mark => self.mark(),
            Action::ExportMarked => return self.export_marked(),
            Action::OpenSource => return self.open_source(),
            Action::Back => self.travel(true),
            Action::Forward => self.travel(false),
            Action::Theme => self.turn_theme(),
            Action::Units => self.turn_units(),
            Action::Reload => return self.ask_reload(),
            Action::Suspend => return Some(Effect::Suspend),
            Action::Problems => self.overlay = Some(Overlay::Problems(Cursor::default())),
            Action::Findings => self.open_findings(),
            Action::Finding(way) => self.go_to_finding(way),
            Action::Turn(by) => self.turn(by),
            Action::Compare => self.choose_other(),
            Action::Trend => self.open_trend(),
            Action::Change(way) => self.go_to_change(way),
            Action::TurnCompare(turn) => self.turn_compare(turn),
            Action::ShowSide(side) => self.show_compared(side),
            Action::Outcomes => self.open_outcomes(),
            Action::Entry(way) => self.turn_outcomes(way),
            Action::Filter => self.overlay = Some(Overlay::Filter),
            Action::Judge(verdict) => return self.judge(verdict),
            Action::Note => self.open_note(),
            Action::Undo => return self.undo(),
            Action::Explain => self.explain(),
            Action::Language => {
                self.lang = match self.lang {
                    Lang::Chinese => Lang::English,
                    Lang::English => Lang::Chinese,
                };
                // The words to filter by may stand in what the program says.
                if !self.review.filter.chars.is_empty() {
                    self.list_findings();
                }
            }
            Action::Edit(edit) => match &mut self.overlay {
                Some(Overlay::Search(search)) => {
                    search.edit(edit);
                    self.seek();
                }
                Some(Overlay::Note(note)) => {
                    note.line.edit(edit);
                }
                Some(Overlay::Palette(palette)) => palette.edit(edit, &self.settings.keys, self.lang),
                Some(Overlay::Choose(choose)) => {
                    if choose.words.edit(edit) {
                        choose.list(&self.corpus, self.lang);
                    }
                }
                Some(Overlay::Filter) => {
                    if self.review.filter.edit(edit) {
                        self.list_findings();
                    }
                }
                Some(_) | None => {}
            },
        }
        None
    }

    fn go(&mut self, motion: Motion) {
        let size = self.size;
        match &mut self.overlay {
            Some(Overlay::Search(search)) => {
                if motion == Motion::Up && search.query.chars.is_empty() {
                    return self.recall(true);
                }
                search.go(motion, usize::from(layout::search(size).rows.height));
            }
            Some(Overlay::Help(shown)) => {
                let inside = layout::inside(layout::help(size));
                let height = usize::from(inside.height);
                let keys = &self.settings.keys;
                let rows = help::lines(shown.mode, keys, self.lang, usize::from(inside.width)).len();
                shown.cursor.scroll(motion.rows(height), rows, height);
            }
            Some(Overlay::Palette(palette)) => {
                palette.cursor.go(motion, palette.rows.len(), usize::from(layout::palette(size).rows.height));
            }
            Some(Overlay::Copy(copy)) => copy.cursor.go(motion, CopyOf::ROWS.len(), CopyOf::ROWS.len()),
            Some(Overlay::Problems(cursor)) => {
                let height = usize::from(layout::problems(size).rows.height);
                cursor.go(motion, self.corpus.problems.len(), height);
            }
            Some(Overlay::Findings | Overlay::Filter) => {
                let height = usize::from(layout::findings(size).rows.height);
                self.review.cursor.go(motion, self.review.rows.len(), height);
            }
            Some(Overlay::Explanation(explanation)) => {
                let code = explanation.code;
                let (rows, height) = self.explanation_extent(code);
                if let Some(Overlay::Explanation(explanation)) = &mut self.overlay {
                    explanation.cursor.scroll(motion.rows(height), rows, height);
                }
            }
            Some(Overlay::Outcomes(outcomes)) => {
                outcomes.go(motion, &self.corpus, usize::from(layout::outcomes(size).rows.height));
            }
            Some(Overlay::Note(_)) => {}
            Some(Overlay::Trend(shown)) => {
                let height = usize::from(trend::areas(size).rows.height);
                shown.cursor.go(motion, shown.trend.points.len(), height);
            }
            Some(Overlay::Choose(choose)) => {
                let height = usize::from(layout::search(size).rows.height);
                choose.cursor.go(motion, choose.others.len(), height);
                choose.chosen = false;
            }
            None => match &mut self.compare {
                Some(compare) => {
                    compare.go(motion, areas::height(size));
                    self.place_compared();
                }
                None => self.go_in_pane(motion),
            },
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
            Pane::Source if self.passage.grid.is_some() => self.go_in_grid(motion),
            Pane::Source => {
                let (width, height) = self.text_size();
                self.passage.go(&self.corpus, motion, width, height);
            }
        }
    }

    /// Returns how many rows a pane shows, or would show if it had the keys.
    fn height(&self, pane: Pane) -> usize {
        let areas = layout::areas(self.size, pane);
        areas.and_then(|areas| areas.rows(pane)).map_or(0, |rows| usize::from(rows.height))
    }

    /// Returns how many cells and rows the text of the source pane has.
    fn text_size(&self) -> (usize, usize) {
        let text = self.text_area();
        text.map_or((0, 0), |area| (layout::text_width(area), usize::from(area.height)))
    }

    /// Returns where the text of the source pane stands, or would stand if it had the keys.
    fn text_area(&self) -> Option<Rect> {
        let rows = |focus| layout::areas(self.size, focus).and_then(|areas| areas.rows(Pane::Source));
        let area = rows(self.focus).or_else(|| rows(Pane::Source))?;
        Some(self.source_parts(area).0)
    }
}
