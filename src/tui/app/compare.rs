//! What a person does with two disclosures: chooses the other, goes through the changes, orders the rows, goes to the text.

use super::App;
use super::place::sentence_at;
use crate::corpus::compare::{Comparison, Only, Side, Sort, Stop, drop_aside};
use crate::corpus::tree::Node;
use crate::corpus::trend::Trend;
use crate::corpus::{EntryId, ItemRef, table};
use crate::lang::Word;
use crate::model::ItemId;
use crate::tui::choose::{self, Choose};
use crate::tui::compare::{Compare, Way, areas, next, wording};
use crate::tui::cursor::Cursor;
use crate::tui::layout;
use crate::tui::overlay::Overlay;
use crate::tui::passage::Place;
use crate::tui::trend;

/// What the keys of the compare screen change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// The order of the rows.
    Sort,
    /// Which rows are shown.
    Only,
    /// Rows, or how totals come about.
    Parts,
    /// The sides.
    Sides,
    /// Whether it is said why two figures are taken for one.
    Evidence,
}

impl App {
    /// Opens the list of disclosures to compare with that of the panes, or of the screen.
    pub(super) fn choose_other(&mut self) {
        let shown = self.compare.as_ref().map(|compare| (compare.comparison.left, compare.comparison.right));
        let last = shown.or(self.compared);
        let Some(entry) = shown.map(|(left, _)| left).or_else(|| self.entry_at_hand()) else {
            self.told = Some(Word::CompareChooseFirst.text(self.lang).to_owned());
            return;
        };
        let other = last.and_then(|(left, right)| match entry {
            _ if entry == left => Some(right),
            _ if entry == right => Some(left),
            _ => None,
        });
        let choose = Choose::new(&self.corpus, entry, other, self.lang);
        if choose.others.is_empty() {
            self.told = Some(Word::CompareNothingElse.text(self.lang).to_owned());
            return;
        }
        self.overlay = Some(Overlay::Choose(choose));
    }

    /// Returns the disclosure that the panes are about.
    pub(super) fn entry_at_hand(&self) -> Option<EntryId> {
        match self.outline.selected()? {
            Node::Department(_) => self.passage.place.as_ref().map(|place| place.entry),
            Node::Disclosure(entry) => Some(entry),
            Node::Section(section) => Some(section.entry),
            Node::Table(table) => Some(table.entry),
            Node::Item(item) => Some(item.entry),
        }
    }

    /// Returns the figure that the panes are about.
    pub(super) fn item_at_hand(&self) -> Option<ItemRef> {
        if let Some(compare) = &self.compare {
            let row = compare.selected_row()?;
            let side = if row.right.is_some() { Side::Right } else { Side::Left };
            return Some(ItemRef { entry: compare.comparison.entry(side), item: row.item(side)? });
        }
        let place = self.passage.place.as_ref().filter(|place| place.figure)?;
        let items = &self.corpus.entry(place.entry)?.disclosure.items;
        let item = items.iter().position(|item| item.span == place.focus)?;
        Some(ItemRef { entry: place.entry, item: ItemId(item as u32) })
    }

    /// Puts the chosen disclosure beside the one at hand, the older on the left, unless there is something else to do.
    pub(super) fn compare_with_chosen(&mut self, stop: Stop) {
        let Some(Overlay::Choose(choose)) = &self.overlay else { return };
        let Some(other) = choose.selected() else { return };
        let entry = choose.entry;
        let age = |entry: EntryId| {
            let header = self.corpus.entry(entry).map(|entry| &entry.disclosure.header);
            let year = header.and_then(|header| header.year).map(|year| year.value);
            (year, header.and_then(|header| header.basis).map(|basis| basis.value))
        };
        let pair = if age(other) < age(entry) { (other, entry) } else { (entry, other) };
        let at = self.item_at_hand().filter(|at| at.entry == pair.0 || at.entry == pair.1);
        let Some(comparison) = Comparison::unless(stop, &self.corpus, pair.0, pair.1) else { return };
        let height = areas::height(self.size);
        let at = at.map(|at| (at.entry, at.item));
        let Some(compare) = Compare::unless(stop, &self.corpus, comparison, at, height) else { return };
        self.overlay = None;
        give_back(self.compare.replace(compare));
        self.compared = Some(pair);
        self.place_compared();
    }

    /// Leaves the compare screen.
    pub(super) fn leave_compare(&mut self) {
        give_back(self.compare.take());
    }

    /// Changes what the compare screen shows, or how.
    pub(super) fn turn_compare(&mut self, turn: Turn) {
        let height = areas::height(self.size);
        let Some(compare) = &mut self.compare else { return };
        let row = compare.selected();
        match turn {
            Turn::Sort => {
                compare.sort = next(&Sort::ALL, compare.sort);
                compare.by_parts = false;
            }
            Turn::Only => {
                compare.only = next(&Only::ALL, compare.only);
                compare.by_parts = false;
            }
            Turn::Parts => {
                compare.by_parts = !compare.by_parts;
                if compare.by_parts && compare.waterfalls.steps.is_empty() {
                    self.told = Some(Word::ContributionNone.text(self.lang).to_owned());
                }
            }
            Turn::Evidence => compare.evidence = !compare.evidence,
            Turn::Sides => {
                compare.turning = true;
                let entries = [compare.comparison.left, compare.comparison.right];
                if choose::is_quick(&self.corpus, entries) {
                    self.turn_sides(&|| false);
                }
                return;
            }
        }
        compare.list(row, height);
        self.place_compared();
    }

    /// Puts the second disclosure before the first, unless there is something else to do.
    pub(super) fn turn_sides(&mut self, stop: Stop) {
        let height = areas::height(self.size);
        let Some(compare) = self.compare.as_mut() else { return };
        let (left, right) = (compare.comparison.left, compare.comparison.right);
        // The row that is selected then has the same figures.
        let at = compare.selected_row().and_then(|row| {
            let at = |entry| move |item| (entry, item);
            row.left.map(at(left)).or(row.right.map(at(right)))
        });
        let turned = Comparison::unless(stop, &self.corpus, right, left)
            .and_then(|comparison| Compare::unless(stop, &self.corpus, comparison, at, height));
        let Some(mut turned) = turned else { return };
        let row = turned.selected();
        (turned.only, turned.sort) = (compare.only, compare.sort);
        (turned.by_parts, turned.evidence) = (compare.by_parts, compare.evidence);
        turned.list(row, height);
        give_back(Some(std::mem::replace(compare, turned)));
        self.compared = Some((right, left));
        self.place_compared();
    }

    /// Goes to the next row that changed, or the one before.
    pub(super) fn go_to_change(&mut self, way: Way) {
        let height = areas::height(self.size);
        if self.compare.as_mut().is_some_and(|compare| !compare.go_to_change(way, height)) {
            self.told = Some(Word::CompareNoFurther.text(self.lang).to_owned());
        }
        self.place_compared();
    }

    /// Shows the selected row in the panes: the figure of a side, or of the other where it has none.
    pub(super) fn show_compared(&mut self, side: Side) {
        let Some(compare) = &self.compare else { return };
        let Some(row) = compare.selected_row() else { return };
        let other = if side == Side::Left { Side::Right } else { Side::Left };
        let at = [side, other].into_iter().find_map(|side| Some((side, row.item(side)?)));
        if let Some((side, item)) = at {
            let entry = compare.comparison.entry(side);
            self.leave_compare();
            self.jump(Node::Item(ItemRef { entry, item }));
        }
    }

    /// Finds the places of the selected row in both texts, and where their wording differs.
    pub(super) fn place_compared(&mut self) {
        let Some(compare) = &self.compare else { return };
        let mut places = [Side::Left, Side::Right].map(|side| self.compared_place(compare, side));
        if let [Some(left), Some(right)] = &mut places {
            let text = |entry: EntryId| {
                self.corpus.entry(entry).map_or("", |entry| entry.disclosure.source.text.as_str())
            };
            let [a, b] =
                wording::differences((text(left.entry), left.sentence), (text(right.entry), right.sentence));
            (left.related, right.related) = (a, b);
        }
        if let Some(compare) = &mut self.compare {
            compare.places = places;
        }
    }

    fn compared_place(&self, compare: &Compare, side: Side) -> Option<Place> {
        let row = compare.selected_row()?;
        let entry = compare.comparison.entry(side);
        let disclosure = &self.corpus.entry(entry)?.disclosure;
        let item = disclosure.items.get(row.item(side)?.0 as usize)?;
        let (focus, table) = (item.span, table::table_of(disclosure, item));
        let items = row.item(side).into_iter().chain(row.again(side).iter().copied());
        let nodes = items.map(|item| Node::Item(ItemRef { entry, item }));
        let mut findings: Vec<_> = nodes.flat_map(|node| self.marks.of(node).to_vec()).collect();
        findings.sort_unstable();
        findings.dedup();
        findings.retain(|&at| !self.judgements.is_dismissed(&self.corpus, at));
        let found = findings.iter().flat_map(|&at| self.found_spans(at)).collect();
        let sentence = sentence_at(disclosure, focus);
        Some(Place { focus, figure: true, sentence, found, findings, table, ..Place::at(entry) })
    }

    /// Shows what is said of the figure at hand over the years.
    pub(super) fn open_trend(&mut self) {
        let trend = self.item_at_hand().and_then(|at| Trend::begin(&self.corpus, at));
        let Some(trend) = trend else {
            self.told = Some(Word::TrendNone.text(self.lang).to_owned());
            return;
        };
        let mut shown = trend::Shown { trend, cursor: Cursor::default() };
        let height = usize::from(trend::areas(self.size).rows.height);
        shown.select(shown.trend.at, height);
        shown.begin(&self.corpus, height);
        self.overlay = Some(Overlay::Trend(shown));
    }

    /// Shows the selected statement of the trend in the panes.
    pub(super) fn show_statement(&mut self) {
        let Some(Overlay::Trend(shown)) = &self.overlay else { return };
        let Some(place) = shown.trend.points.get(shown.cursor.selected).map(|point| point.place) else {
            return;
        };
        self.overlay = None;
        self.leave_compare();
        self.jump(Node::Item(place));
    }

    /// Brings the compare screen and the list of others up to another size.
    pub(super) fn resize_compare(&mut self) {
        let height = areas::height(self.size);
        if let Some(compare) = &mut self.compare {
            compare.cursor.show(compare.len(), height);
        }
        let height = usize::from(layout::search(self.size).rows.height);
        if let Some(Overlay::Choose(choose)) = &mut self.overlay {
            choose.cursor.show(choose.others.len(), height);
        }
        let height = usize::from(trend::areas(self.size).rows.height);
        if let Some(Overlay::Trend(shown)) = &mut self.overlay {
            shown.cursor.show(shown.trend.points.len(), height);
        }
    }
}

/// From how many rows on a comparison is given back beside everything else: it would take as long as a key may.
const MANY: usize = 10_000;

fn give_back(compare: Option<Compare>) {
    if let Some(large) = compare.filter(|compare| compare.comparison.rows.len() > MANY) {
        drop_aside(large);
    }
}
