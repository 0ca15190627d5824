//! How the panes hang together: the figures follow the tree, the source follows whatever is selected.

use super::App;
use crate::corpus::tree::Node;
use crate::corpus::{EntryId, ItemRef, SectionRef, TableRef, table};
use crate::model::Disclosure;
use crate::source::span::{self, Span};
use crate::source::{Block, BlockKind};
use crate::tui::figures::{Line, Scope};
use crate::tui::layout::Pane;
use crate::tui::marks;
use crate::tui::passage::Place;

impl App {
    /// Lets the figures follow the tree, and the source whatever is selected.
    pub(super) fn link(&mut self) {
        let Some(node) = self.outline.selected() else { return };
        if self.focus == Pane::Tree {
            self.cell = None;
        }
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
        let target = self.target(node);
        let place = self.place(target).map(|place| self.with_findings(target, place));
        let moved = self.passage.place != place;
        self.passage.place = place;
        // The pane that has the keys is larger.
        if moved || self.passage.room != self.grid_size() {
            self.centre();
        }
    }

    /// Scrolls the source to where its place can be seen.
    pub(super) fn centre(&mut self) {
        let size = self.grid_size();
        self.passage.room = size;
        self.passage.tabulate(&self.corpus, size);
        let (width, height) = self.text_size();
        self.passage.centre(&self.corpus, width, height);
    }

    /// Returns what the source is shown of while `node` is selected in the tree: what the pane with the keys has selected.
    pub(super) fn target(&self, node: Node) -> Node {
        if self.focus == Pane::Tree && !matches!(node, Node::Department(_)) {
            return node;
        }
        // What was found about a whole section is no figure's.
        let found = self.spotlight.filter(|_| self.focus == Pane::Source);
        if !matches!(node, Node::Item(_)) && found.and_then(|at| marks::home(&self.corpus, at)) == Some(node)
        {
            return node;
        }
        let entry = self.figures.scope.and_then(Scope::entry);
        if let (Some(Line::Figure(figure)), Some(cell)) = (self.figures.selected(), self.cell)
            && entry == Some(cell.entry)
            && figure.row.0 <= cell.item
            && cell.item <= figure.row.1
        {
            return Node::Item(cell);
        }
        match (self.figures.selected(), entry, node) {
            (Some(Line::Disclosure(entry)), _, _) => Node::Disclosure(entry),
            (Some(Line::Section(section)), Some(entry), _) => Node::Section(SectionRef { entry, section }),
            (Some(Line::Table(table)), Some(entry), _) => Node::Table(TableRef { entry, table }),
            (Some(Line::Figure(figure)), _, Node::Item(place)) if figure.holds(place.item) => node,
            (Some(Line::Figure(figure)), Some(entry), _) => Node::Item(ItemRef { entry, item: figure.main }),
            (Some(Line::Section(_) | Line::Table(_) | Line::Figure(_)) | None, _, _) => node,
        }
    }

    fn place(&self, node: Node) -> Option<Place> {
        match node {
            Node::Department(_) => None,
            Node::Disclosure(entry) => self.title_place(entry),
            Node::Section(section) => self.heading_place(section),
            Node::Table(table) => self.table_place(table),
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
        let table = self.corpus.only_table(section).map(|table| table.table);
        Some(Place { table, ..self.plain_place(section.entry, self.corpus.section(section)?.heading)? })
    }

    fn table_place(&self, place: TableRef) -> Option<Place> {
        let source = &self.corpus.entry(place.entry)?.disclosure.source;
        let title = source.tables.get(place.table as usize)?.title;
        let start = self.corpus.table_start(place)?;
        let focus = title.unwrap_or(Span { start, end: start });
        Some(Place { table: Some(place.table), ..self.plain_place(place.entry, focus)? })
    }

    fn plain_place(&self, entry: EntryId, focus: Span) -> Option<Place> {
        let source = &self.corpus.entry(entry)?.disclosure.source;
        let sentence = source.line_around(focus.start).cover(focus);
        Some(Place { focus, sentence, ..Place::at(entry) })
    }

    fn item_place(&self, place: ItemRef) -> Option<Place> {
        let disclosure = &self.corpus.entry(place.entry)?.disclosure;
        let item = self.corpus.item(place)?;
        let row = self.figures.lines.iter().skip(self.figures.cursor.selected).take(1);
        let related = row.flat_map(|line| match line {
            Line::Figure(figure) if figure.holds(place.item) => figure.cells.as_slice(),
            Line::Figure(_) | Line::Section(_) | Line::Table(_) | Line::Disclosure(_) => &[],
        });
        let related = related.flatten().filter(|&&other| other != place.item);
        let related =
            related.filter_map(|other| disclosure.items.get(other.0 as usize)).map(|item| item.span);
        let sentence = sentence_at(disclosure, item.span);
        let related = related.collect();
        let table = table::table_of(disclosure, item);
        Some(Place { focus: item.span, figure: true, related, sentence, table, ..Place::at(place.entry) })
    }
}

/// Returns the sentence or the row of a table around a place. A heading without a full stop is no part of the sentence under it.
pub(super) fn sentence_at(disclosure: &Disclosure, place: Span) -> Span {
    let blocks = &disclosure.source.blocks;
    let block = blocks.get(blocks.partition_point(|block| block.span.end <= place.start));
    // A row of a table is no sentence, but all that belongs to its figures.
    if let Some(Block { kind: BlockKind::Row { .. }, span }) =
        block.filter(|block| block.span.contains(place))
    {
        return *span;
    }
    let mut sentence = span::sentence(&disclosure.source.text, place);
    let after = disclosure.sections.partition_point(|section| section.heading.end <= place.start);
    let heading = disclosure.sections.get(..after).and_then(<[_]>::last).map(|section| section.heading.end);
    if let Some(end) = heading.filter(|&end| sentence.start < end) {
        sentence = span::trim(&disclosure.source.text, Span { start: end, ..sentence });
    }
    sentence
}
