//! What a person does with the search: types, goes to what is found, narrows the tree to it.

use super::App;
use crate::corpus::compare::Stop;
use crate::corpus::tree::Node;
use crate::tui::finder::{self, Done, Search};
use crate::tui::layout::{self, Pane};
use crate::tui::overlay::Overlay;
use crate::tui::trend;

impl App {
    /// Opens the search.
    pub(super) fn open_search(&mut self) {
        let mut search = Search::default();
        search.offer(&self.corpus, self.lang);
        self.overlay = Some(Overlay::Search(Box::new(search)));
    }

    /// Returns whether a search or the like is on its way, which [`App::work`] goes on with.
    pub fn is_busy(&self) -> bool {
        match &self.overlay {
            Some(Overlay::Search(search)) => search.is_busy(),
            Some(Overlay::Trend(shown)) => shown.trend.is_busy(),
            Some(Overlay::Choose(choose)) if choose.chosen => true,
            Some(_) | None => self.is_turning() || self.review.is_busy(),
        }
    }

    /// Returns whether the sides of the comparison are being changed.
    fn is_turning(&self) -> bool {
        self.compare.as_ref().is_some_and(|compare| compare.turning)
    }

    /// Goes on with what is on its way for a moment. Returns whether there is something new to see.
    pub fn work(&mut self) -> bool {
        self.work_unless(&|| false)
    }

    /// Goes on with what is on its way for a moment, or until there is something else to do: what takes longer leaves off
    /// and begins anew the next time. Returns whether there is something new to see.
    pub fn work_unless(&mut self, stop: Stop) -> bool {
        let height = usize::from(layout::search(self.size).rows.height);
        if let Some(Overlay::Trend(shown)) = &mut self.overlay {
            let busy = shown.trend.is_busy();
            shown.work(stop, &self.corpus, usize::from(trend::areas(self.size).rows.height));
            return busy;
        }
        if matches!(&self.overlay, Some(Overlay::Choose(choose)) if choose.chosen) {
            self.compare_with_chosen(stop);
            return self.overlay.is_none();
        }
        if !matches!(&self.overlay, Some(Overlay::Search(_))) && self.is_turning() {
            self.turn_sides(stop);
            return !self.is_turning();
        }
        let Some(Overlay::Search(search)) = &mut self.overlay else {
            let height = self.findings_height();
            self.review.work(&self.corpus, &self.judgements, height);
            return !self.review.is_busy();
        };
        let Some(done) = search.work(&mut self.searcher, &self.corpus, height) else { return false };
        match done {
            Done::Listed => {}
            Done::Jump(node) => self.go_to_hit(node),
            Done::Narrow(query, hits) => {
                self.overlay = None;
                self.outline_to(&query, hits.into_iter().map(|hit| hit.node));
            }
        }
        true
    }

    /// Begins with what was just typed; most often that is all there is to do.
    pub(super) fn seek(&mut self) {
        if let Some(Overlay::Search(search)) = &mut self.overlay {
            search.offer(&self.corpus, self.lang);
        }
        self.work();
    }

    /// Goes to what was found.
    pub(super) fn go_to_hit(&mut self, node: Node) {
        if let Some(Overlay::Search(search)) = self.overlay.take() {
            finder::remember(&mut self.history, &search.query.text());
        }
        self.jump(node);
        self.link();
    }

    /// Puts an earlier or a later query into the line.
    pub(super) fn recall(&mut self, older: bool) {
        if let Some(Overlay::Search(search)) = &mut self.overlay {
            search.recall(&self.history, older);
            self.seek();
        }
    }

    /// Takes up what is offered.
    pub(super) fn complete(&mut self) {
        if let Some(Overlay::Search(search)) = &mut self.overlay {
            search.complete();
            self.seek();
        }
    }

    /// Narrows the tree to what the search finds; outside of it widens the tree again, or narrows it as the last time.
    pub(super) fn narrow(&mut self) {
        if let Some(Overlay::Search(search)) = &mut self.overlay {
            search.narrow();
        } else if self.outline.scope().is_some() {
            let height = self.height(Pane::Tree);
            self.outline.widen(&self.corpus, height);
            return;
        } else {
            self.open_search();
            self.recall(true);
            if let Some(Overlay::Search(search)) = &mut self.overlay {
                search.narrow();
            }
        }
        self.seek();
    }

    fn outline_to(&mut self, query: &str, nodes: impl Iterator<Item = Node>) {
        finder::remember(&mut self.history, query);
        let height = self.height(Pane::Tree);
        self.focus = Pane::Tree;
        self.outline.narrow(&self.corpus, query, nodes, height);
        self.link();
    }
}
