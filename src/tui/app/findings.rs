//! What a person does with findings: goes from one to the next, looks at them all, judges them, asks for the check.

use ratatui::layout::Rect;

use super::App;
use super::place::sentence_at;

use crate::check::Code;
use crate::corpus::tree::Node;
use crate::corpus::{EntryId, FindingRef, ItemRef, table};
use crate::judgement::{self, Change, Judgement, Verdict};
use crate::lang::Word;
use crate::source::Span;
use crate::tui::action::{Edit, Effect};
use crate::tui::cursor::Cursor;
use crate::tui::figures::Line;
use crate::tui::layout::{self, Pane};
use crate::tui::marks::{self, Marks};
use crate::tui::outcomes::{self, Outcomes};
use crate::tui::overlay::{CopyOf, Explanation, Help, NoteLine, Overlay, Prompt};
use crate::tui::palette::Palette;
use crate::tui::passage::Place;
use crate::tui::proof;
use crate::tui::review::{By, Level, Wanted};

/// Which way to go through the findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To the next.
    Next,
    /// To the one before.
    Previous,
}

impl App {
    /// Shows all findings, that of the source pane selected.
    pub(super) fn open_findings(&mut self) {
        self.overlay = Some(Overlay::Findings);
        self.list_findings();
        let shown = self.passage.place.as_ref().and_then(|place| place.findings.first().copied());
        if let Some(at) = shown {
            self.review.select(at, self.findings_height());
        }
    }

    /// Compares the years of each department, now that all are there. What comes of it moves other findings to other
    /// numbers; what is shown stays the same.
    pub(super) fn compare_all(&mut self) {
        self.settle();
        let note = match &self.overlay {
            Some(Overlay::Note(note)) => Some(note.finding),
            Some(_) | None => None,
        };
        let shown = [self.spotlight, self.review.selected(), note];
        let ids = shown.map(|at| at.and_then(|at| Some((at.entry, self.corpus.finding(at)?.id))));
        self.corpus.compare_all();
        self.marks = Marks::new(&self.corpus, &self.judgements);
        let [spotlight, selected, note] = ids.map(|id| id.and_then(|id| self.corpus.find(id)));
        self.spotlight = spotlight;
        if let (Some(Overlay::Note(line)), Some(at)) = (&mut self.overlay, note) {
            line.finding = at;
        }
        self.list_findings();
        if let Some(at) = selected {
            self.review.select(at, self.findings_height());
        }
        self.link();
    }

    /// Lists the findings anew.
    pub(super) fn list_findings(&mut self) {
        let height = self.findings_height();
        self.review.refresh(&self.corpus, &self.judgements, self.lang, height);
    }

    /// Shows what every check came to, in the disclosure of the panes first.
    pub(super) fn open_outcomes(&mut self) {
        let entry = match self.overlay {
            Some(Overlay::Findings) => self.review.selected().map(|at| at.entry),
            Some(_) | None => self.passage.place.as_ref().map(|place| place.entry),
        };
        let shown = if matches!(self.outline.selected(), Some(Node::Department(_))) { None } else { entry };
        self.overlay = Some(Overlay::Outcomes(Outcomes::at(&self.corpus, shown, self.outcomes_height())));
    }

    fn outcomes_height(&self) -> usize {
        usize::from(layout::outcomes(self.size).rows.height)
    }

    /// Goes to the outcomes of the next disclosure or of the one before.
    pub(super) fn turn_outcomes(&mut self, way: Way) {
        let height = self.outcomes_height();
        if let Some(Overlay::Outcomes(outcomes)) = &mut self.overlay {
            outcomes.turn(way == Way::Next, &self.corpus, height);
        }
    }

    /// Lists what the selected check found, in the department of its disclosure.
    pub(super) fn findings_of_outcome(&mut self) {
        let Some(Overlay::Outcomes(outcomes)) = &self.overlay else { return };
        let Some(row) = outcomes::row(&self.corpus, &self.marks.outcomes, outcomes.cursor.selected) else {
            return;
        };
        let (check, entry) = match row {
            outcomes::Row::Whose(entry) => (None, entry),
            outcomes::Row::Check(outcome, entry) => (Some(outcome.check), entry),
        };
        let department = entry.and_then(|entry| self.corpus.parent(Node::Disclosure(entry)));
        self.review.wanted = Wanted { check, department, level: Level::All, ..Wanted::default() };
        self.review.filter = Prompt::default();
        self.open_findings();
    }

    /// Takes away the words that the findings must hold, and returns whether there were any or they were being typed.
    fn drop_filter(&mut self) -> bool {
        let typing = matches!(self.overlay, Some(Overlay::Filter));
        let was = self.review.filter.edit(Edit::Clear);
        if was {
            self.list_findings();
        }
        was || typing
    }

    /// Returns how many findings are on screen.
    pub(super) fn findings_height(&self) -> usize {
        usize::from(layout::findings(self.size).rows.height)
    }

    /// Goes on to the next choice of a kind.
    pub(super) fn turn(&mut self, by: By) {
        self.review.turn(by, &self.corpus, &self.marks);
        self.list_findings();
    }

    /// Shows a finding in the panes.
    pub(super) fn show_finding(&mut self, at: FindingRef) {
        let Some(home) = marks::home(&self.corpus, at) else { return };
        self.overlay = None;
        self.spotlight = Some(at);
        self.jump(home);
        // Where there is room for the tree alone, the text goes before it: it is what is wrong.
        let beside = self.areas().is_some_and(|areas| areas.right.is_some());
        if self.focus == Pane::Tree && !beside {
            self.focus = Pane::Source;
            self.link();
        }
    }

    /// Goes to the next finding that counts, or the one before; past the last to the first.
    pub(super) fn go_to_finding(&mut self, way: Way) {
        let counted = |&at: &FindingRef| marks::counts(&self.corpus, &self.judgements, at);
        let first = marks::all(&self.corpus).find(counted);
        let last = marks::all(&self.corpus).rfind(counted);
        let Some((first, last)) = first.zip(last) else {
            self.told = Some(Word::FindingsNone.text(self.lang).to_owned());
            return;
        };
        // From the finding that is shown to the next; from anywhere else by where things stand in the text.
        let shown = self.spotlight.filter(counted);
        let here = shown.map_or_else(|| self.here(), |at| (self.corpus.rank(at.entry), at.number));
        let place = |at: FindingRef| match shown {
            Some(_) => at.number,
            None => self.corpus.finding(at).map_or(0, |finding| finding.span.start),
        };
        let order = self.corpus.order();
        let of = |&entry: &EntryId| marks::of_entry(&self.corpus, entry);
        // Only what lies on the way is looked at: there may be half a million.
        let (before, after) = order.split_at(here.0.min(order.len()));
        let (here_entry, after) = after.split_at(after.len().min(1));
        let mut here_findings = here_entry.iter().flat_map(of);
        let at = match way {
            Way::Next => here_findings
                .find(|at| place(*at) > here.1 && counted(at))
                .or_else(|| after.iter().flat_map(of).find(counted)),
            Way::Previous => here_findings
                .rfind(|at| place(*at) < here.1 && counted(at))
                .or_else(|| before.iter().flat_map(of).rfind(counted)),
        };
        let past = match way {
            Way::Next => (first, Word::FindingsFromStart),
            Way::Previous => (last, Word::FindingsFromEnd),
        };
        if at.is_none() {
            self.told = Some(past.1.text(self.lang).to_owned());
        }
        self.show_finding(at.unwrap_or(past.0));
    }

    /// Returns where the panes stand among all findings.
    fn here(&self) -> (usize, u32) {
        let first = match self.outline.selected() {
            Some(Node::Department(department)) => self.corpus.entries_of(department).first().copied(),
            Some(Node::Disclosure(_) | Node::Section(_) | Node::Table(_) | Node::Item(_)) | None => None,
        };
        let place = self.passage.place.as_ref();
        match (first, place) {
            (Some(entry), _) => (self.corpus.rank(entry), 0),
            (None, Some(place)) => (self.corpus.rank(place.entry), place.focus.start),
            (None, None) => (0, 0),
        }
    }

    /// Returns the finding that keys are about: the selected one of the list, else the first of the source pane.
    fn finding_at_hand(&self) -> Option<FindingRef> {
        match self.overlay {
            Some(Overlay::Findings) => self.review.selected(),
            Some(
                Overlay::Search(_)
                | Overlay::Help(_)
                | Overlay::Palette(_)
                | Overlay::Copy(_)
                | Overlay::Problems(_)
                | Overlay::Filter
                | Overlay::Outcomes(_)
                | Overlay::Choose(_)
                | Overlay::Trend(_)
                | Overlay::Explanation(_)
                | Overlay::Note(_),
            ) => None,
            None => self.passage.place.as_ref().and_then(|place| place.findings.first().copied()),
        }
    }

    /// Says that a finding is one or is none; said twice, it is taken back.
    pub(super) fn judge(&mut self, verdict: Verdict) -> Option<Effect> {
        let at = self.finding_at_hand()?;
        let mut judgement = self.judgements.of(&self.corpus, at).cloned().unwrap_or_default();
        judgement.verdict = (judgement.verdict != Some(verdict)).then_some(verdict);
        self.change(at, judgement)
    }

    /// Takes back the last judgement.
    pub(super) fn undo(&mut self) -> Option<Effect> {
        let Some((change, before)) = self.judgements.undo() else {
            self.told = Some(Word::NothingToUndo.text(self.lang).to_owned());
            return None;
        };
        self.mark_judged(&change, &before);
        Some(Effect::Judge(change))
    }

    /// Opens a line to write a note on a finding.
    pub(super) fn open_note(&mut self) {
        let Some(finding) = self.finding_at_hand() else { return };
        let note = self.judgements.of(&self.corpus, finding).map_or("", |judgement| &judgement.note);
        let from_list = matches!(self.overlay, Some(Overlay::Findings));
        self.overlay = Some(Overlay::Note(NoteLine { line: Prompt::of(note), finding, from_list }));
    }

    /// Keeps the note that was written.
    pub(super) fn keep_note(&mut self) -> Option<Effect> {
        let Some(Overlay::Note(note)) = &self.overlay else { return None };
        let (at, text) = (note.finding, note.line.text());
        let mut judgement = self.judgements.of(&self.corpus, at).cloned().unwrap_or_default();
        text.trim().clone_into(&mut judgement.note);
        self.leave_overlay();
        self.change(at, judgement)
    }

    fn change(&mut self, at: FindingRef, judgement: Judgement) -> Option<Effect> {
        let change = Change { key: judgement::key(&self.corpus, at)?, judgement };
        let before = self.judgements.change(change.clone());
        self.mark_judged(&change, &before);
        Some(Effect::Judge(change))
    }

    /// Brings marks and list up to what was decided about a finding, where all else stays as it is.
    fn mark_judged(&mut self, change: &Change, before: &Judgement) {
        let judged = judgement::named(&self.corpus, &change.key);
        let dismissed = |judgement: &Judgement| judgement.verdict == Some(Verdict::Dismissed);
        if dismissed(before) != dismissed(&change.judgement) {
            for &at in &judged {
                self.marks.judge(&self.corpus, at, dismissed(&change.judgement));
            }
        }
        let height = self.findings_height();
        let said = (before, &change.judgement);
        self.review.judge(&self.corpus, &self.judgements, &judged, said, self.lang, height);
    }

    /// Shows what the check of a finding looks for.
    pub(super) fn explain(&mut self) {
        let Some(at) = self.finding_at_hand() else { return };
        let Some(code) = self.corpus.finding(at).map(|finding| finding.check) else { return };
        let from_list = matches!(self.overlay, Some(Overlay::Findings));
        self.overlay = Some(Overlay::Explanation(Explanation { code, cursor: Cursor::default(), from_list }));
    }

    /// Returns how many rows the explanation of a check has and how many are on screen.
    pub(super) fn explanation_extent(&self, code: Code) -> (usize, usize) {
        let inside = layout::inside(layout::explanation(self.size));
        let rows = crate::tui::help::explanation(code, self.lang, usize::from(inside.width)).len();
        (rows, usize::from(inside.height))
    }

    /// Closes what lies over the panes; what was opened from the list of findings leads back to it.
    pub(super) fn leave_overlay(&mut self) {
        if let Some(
            Overlay::Help(Help { under, .. })
            | Overlay::Palette(Palette { under, .. })
            | Overlay::Copy(CopyOf { under, .. }),
        ) = &mut self.overlay
        {
            self.overlay = under.take().map(|under| *under);
            return;
        }
        let from_list = match &self.overlay {
            Some(Overlay::Explanation(explanation)) => explanation.from_list,
            Some(Overlay::Note(note)) => note.from_list,
            // The words that were typed go first, then the list.
            Some(Overlay::Findings | Overlay::Filter) => self.drop_filter(),
            Some(
                Overlay::Search(_)
                | Overlay::Help(_)
                | Overlay::Palette(_)
                | Overlay::Copy(_)
                | Overlay::Problems(_)
                | Overlay::Outcomes(_)
                | Overlay::Choose(_)
                | Overlay::Trend(_),
            )
            | None => false,
        };
        self.overlay = from_list.then_some(Overlay::Findings);
    }

    /// Returns the rows that prove what was found at the place of the source pane.
    pub fn proof(&self, source: Rect) -> Vec<proof::Row> {
        let Some(place) = &self.passage.place else { return Vec::new() };
        // Where one reads a table, most of it is to be seen.
        let part = if self.passage.grid.is_some() && self.focus == Pane::Source { 3 } else { 2 };
        let room = (usize::from(source.width.saturating_sub(3)), usize::from(source.height / part));
        proof::rows((&self.corpus, &self.judgements), &place.findings, place.sentence, self.lang, room)
    }

    /// Returns the parts of the source pane: the text, and the proof of what was found there.
    pub fn source_parts(&self, source: Rect) -> (Rect, Rect) {
        layout::split_source(source, self.proof(source).len())
    }

    /// Returns the place of a finding by itself: what it says is wrong, in its sentence.
    pub fn finding_place(&self, at: FindingRef) -> Option<Place> {
        let entry = self.corpus.entry(at.entry)?;
        let finding = self.corpus.finding(at)?;
        let figure = finding.items.first().and_then(|item| entry.disclosure.items.get(item.0 as usize));
        let focus = figure.map_or(finding.span, |item| item.span);
        Some(Place {
            focus,
            figure: true,
            sentence: sentence_at(&entry.disclosure, focus),
            found: self.found_spans(at),
            findings: vec![at],
            table: figure.and_then(|item| table::table_of(&entry.disclosure, item)),
            ..Place::at(at.entry)
        })
    }

    /// Returns where the figures of a finding stand.
    pub(super) fn found_spans(&self, at: FindingRef) -> Vec<Span> {
        let Some((entry, finding)) = self.corpus.entry(at.entry).zip(self.corpus.finding(at)) else {
            return Vec::new();
        };
        let items = finding.items.iter().filter_map(|item| entry.disclosure.items.get(item.0 as usize));
        items.map(|item| item.span).collect()
    }

    /// Puts into a place what was found there, the finding that was gone to first, then the worst.
    pub(super) fn with_findings(&mut self, node: Node, mut place: Place) -> Place {
        let mut findings = self.marks.of(node).to_vec();
        // A row of figures has the findings of all of them.
        let row = self.figures.selected().filter(|_| self.focus != Pane::Tree);
        if let (Node::Item(ItemRef { entry, item }), Some(Line::Figure(figure))) = (node, row)
            && figure.holds(item)
        {
            let cells = figure.items().map(|item| Node::Item(ItemRef { entry, item }));
            findings.extend(cells.flat_map(|cell| self.marks.of(cell)));
            findings.sort_unstable();
            findings.dedup();
        }
        findings.sort_by_key(|&at| {
            let severity = self.corpus.finding(at).map(|finding| finding.severity);
            let dismissed = self.judgements.is_dismissed(&self.corpus, at);
            (Some(at) != self.spotlight, dismissed, std::cmp::Reverse(severity))
        });
        if self.spotlight.is_some_and(|at| !findings.contains(&at)) {
            self.spotlight = None;
        }
        // What was gone to is no figure where the place is a section: then its own words are shown.
        if let Some(own) = self.spotlight.filter(|_| !place.figure).and_then(|at| self.finding_place(at)) {
            place = own;
        }
        place.found = findings.iter().flat_map(|&at| self.found_spans(at)).collect();
        place.findings = findings;
        place
    }
}
