//! Reading everything anew while the screens show what was read before.

use super::{App, Progress};
use crate::corpus::Corpus;
use crate::corpus::load::Loaded;
use crate::corpus::search::Searcher;
use crate::corpus::tree::Node;
use crate::lang::Word;
use crate::tui::action::Effect;
use crate::tui::figures::Figures;
use crate::tui::layout::Pane;
use crate::tui::marks::Marks;
use crate::tui::outline::Outline;
use crate::tui::overlay::{Help, Overlay};
use crate::tui::passage::Passage;
use crate::tui::picks::Picks;
use crate::tui::review::Review;
use crate::tui::state::State;
use crate::tui::travel::Travel;

/// What comes in while the old is still shown.
#[derive(Debug, Default)]
pub(super) struct Incoming {
    corpus: Corpus,
    done: bool,
}

impl App {
    /// Asks to read everything anew, now or when what is being read is done.
    pub(super) fn ask_reload(&mut self) -> Option<Effect> {
        if !self.progress.done || self.incoming.is_some() {
            self.stale = true;
            return None;
        }
        Some(Effect::Reload)
    }

    /// Takes what comes in from now on for everything.
    pub fn begin_reload(&mut self) {
        self.stale = false;
        self.incoming = Some(Incoming::default());
        self.progress = Progress::default();
    }

    /// Takes in a file that was read anew. Returns what is left to do once that is all.
    pub(super) fn take_in_anew(&mut self, loaded: Loaded) {
        let Some(incoming) = &mut self.incoming else { return };
        match loaded {
            Loaded::Found(found) => self.progress.found = found,
            Loaded::Entry { file, disclosure, report } => {
                incoming.corpus.add_checked(file, *disclosure, report);
                self.progress.read += 1;
            }
            Loaded::Problem(problem) => {
                incoming.corpus.add_problem(problem);
                self.progress.read += 1;
            }
            Loaded::Done => {
                incoming.corpus.compare_all();
                self.progress.done = true;
                incoming.done = true;
            }
        }
        self.progress.found = self.progress.found.max(self.progress.read);
        self.renew();
    }

    /// Shows what was read anew as soon as that disturbs nobody.
    pub(super) fn renew(&mut self) {
        let in_the_way = match &self.overlay {
            None
            | Some(
                Overlay::Search(_)
                | Overlay::Findings
                | Overlay::Problems(_)
                | Overlay::Help(Help { under: None, .. }),
            ) => false,
            Some(_) => true,
        };
        if in_the_way || self.compare.is_some() || !self.incoming.as_ref().is_some_and(|new| new.done) {
            return;
        }
        let Some(new) = self.incoming.take() else { return };
        let before = State::of(self);
        self.show_anew(new.corpus, before);
        self.told = Some(Word::ReadAnew.text(self.lang).to_owned());
    }

    /// Takes in the disclosures that came as several files, in the place of what was known of them without.
    pub(super) fn take_in_wholes(&mut self) {
        let wholes = std::mem::take(&mut self.wholes);
        if wholes.is_empty() {
            return;
        }
        self.settle();
        let before = State::of(self);
        let mut corpus = std::mem::take(&mut self.corpus);
        for (file, disclosure, report) in wholes {
            corpus.add_checked(file, *disclosure, report);
        }
        // What it compares may be gone.
        self.compare = None;
        self.show_anew(corpus, before);
    }

    /// Shows another corpus where one was before.
    fn show_anew(&mut self, corpus: Corpus, before: State) {
        let wanted = self.figures.wanted;
        self.corpus = corpus;
        self.marks = Marks::new(&self.corpus, &self.judgements);
        self.searcher = Searcher::default();
        self.outline = Outline::default();
        self.figures = Figures { wanted, ..Figures::default() };
        self.passage = Passage { raw: self.passage.raw, ..Passage::default() };
        self.review = Review::default();
        self.picks = Picks::default();
        self.travel = Travel::default();
        (self.spotlight, self.compared, self.cell) = (None, None, None);
        self.added.clear();
        self.outline.refresh(&self.corpus, &[], self.height(Pane::Tree));
        before.restore(self);
        self.searcher.refresh(&self.corpus);
        if let Some(Overlay::Search(search)) = &mut self.overlay {
            search.renew();
            self.seek();
        }
        if matches!(self.overlay, Some(Overlay::Findings)) {
            self.list_findings();
        }
        self.link();
    }

    /// Opens and closes branches, and goes to a place.
    pub fn open(&mut self, toggled: impl IntoIterator<Item = Node>, position: Option<Node>) {
        let height = self.height(Pane::Tree);
        self.outline.restore(&self.corpus, toggled, height);
        if let Some(node) = position {
            self.reveal(node);
        }
        self.focus = Pane::Tree;
        self.link();
    }
}
