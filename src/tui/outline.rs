//! The corpus's tree and what is open in it → the rows of the tree pane, kept flat so that a frame reads only its own.

use rustc_hash::{FxHashMap, FxHashSet};

use super::cursor::{Cursor, Motion};
use crate::corpus::tree::Node;
use crate::corpus::{Corpus, EntryId, ItemRef};
use crate::model::{Basis, Edition};

/// The state of the tree pane.
#[derive(Debug, Default)]
pub struct Outline {
    /// The rows that are not inside a closed branch.
    pub rows: Vec<Row>,
    /// The selected row and the first on screen.
    pub cursor: Cursor,
    /// The nodes that are not as they were: departments start open, all others closed.
    toggled: FxHashSet<Node>,
    /// What the tree is narrowed to, if it is.
    only: Option<Only>,
    /// Whether a person has chosen a row; until then the first disclosure is selected, whatever comes in.
    chosen: bool,
}

/// What a tree is narrowed to.
#[derive(Debug)]
struct Only {
    /// What was searched for.
    query: String,
    /// How many places were found.
    found: usize,
    /// These, and all that they lie in.
    nodes: FxHashSet<Node>,
    /// What was opened and closed before.
    toggled: FxHashSet<Node>,
}

/// One row of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// What it shows.
    pub node: Node,
    /// How far it is indented.
    pub depth: u16,
    /// How many totals of its table it lies under, each of which is only a small step.
    pub inset: u16,
    /// Whether its children follow.
    pub open: bool,
    /// Whether the row above or below is another file of the same year and kind, so that only the file tells them apart.
    pub twin: bool,
}

impl Outline {
    /// Returns the selected node.
    pub fn selected(&self) -> Option<Node> {
        self.rows.get(self.cursor.selected).map(|row| row.node)
    }

    /// Takes in what was added to the corpus. The selected node stays selected and where it is on screen.
    pub fn refresh(&mut self, corpus: &Corpus, added: &[EntryId], height: usize) {
        let selected = self.selected();
        let above = self.cursor.selected.saturating_sub(self.cursor.top);
        self.rows = self.flatten(corpus, added);
        let row =
            if self.chosen { selected.and_then(|node| self.row_of(node)) } else { self.first_disclosure() };
        let row = row.unwrap_or(0);
        if self.chosen {
            self.cursor.top = row.saturating_sub(above);
        }
        self.cursor.select(row, self.rows.len(), height);
    }

    /// Returns the selected node, where a person chose it.
    pub fn chosen(&self) -> Option<Node> {
        self.selected().filter(|_| self.chosen)
    }

    /// Returns the branches that are not as they are at first: of the whole tree, where it is narrowed.
    pub fn toggled(&self) -> impl Iterator<Item = Node> {
        self.only.as_ref().map_or(&self.toggled, |only| &only.toggled).iter().copied()
    }

    /// Opens and closes branches as they were.
    pub fn restore(&mut self, corpus: &Corpus, toggled: impl IntoIterator<Item = Node>, height: usize) {
        self.toggled = toggled.into_iter().collect();
        self.rows.clear();
        self.refresh(corpus, &[], height);
    }

    /// Returns what the tree is narrowed to: the query, and how many places it found.
    pub fn scope(&self) -> Option<(&str, usize)> {
        self.only.as_ref().map(|only| (only.query.as_str(), only.found))
    }

    /// Shows only some places, all that they lie in opened, and selects the first of them.
    pub fn narrow(&mut self, corpus: &Corpus, query: &str, nodes: impl Iterator<Item = Node>, height: usize) {
        let (mut kept, mut first) = (FxHashSet::default(), FxHashSet::default());
        for node in nodes {
            first.insert(node);
            let above = std::iter::successors(Some(node), |&node| corpus.parent(node));
            // What lies above a place that is kept already is kept too.
            kept.extend(above.take_while(|node| !kept.contains(node)).collect::<Vec<_>>());
        }
        let before = self.only.take().map(|only| only.toggled);
        let toggled = before.unwrap_or_else(|| std::mem::take(&mut self.toggled));
        self.toggled.clear();
        self.only = Some(Only { query: query.to_owned(), found: first.len(), nodes: kept, toggled });
        self.rows.clear();
        self.rows = self.flatten(corpus, &[]);
        self.chosen = true;
        self.cursor = Cursor::default();
        let row = self.rows.iter().position(|row| first.contains(&row.node)).unwrap_or(0);
        self.cursor.select(row, self.rows.len(), height);
    }

    /// Shows everything again. The selected node stays selected.
    pub fn widen(&mut self, corpus: &Corpus, height: usize) {
        let selected = self.selected();
        self.widen_unseen(corpus);
        match selected {
            Some(node) => self.reveal(corpus, node, height),
            None => self.cursor.select(0, self.rows.len(), height),
        }
    }

    /// Goes through the rows.
    pub fn go(&mut self, motion: Motion, height: usize) {
        self.chosen = true;
        self.cursor.go(motion, self.rows.len(), height);
    }

    /// Selects a row.
    pub fn select(&mut self, row: usize, height: usize) {
        self.chosen = true;
        self.cursor.select(row, self.rows.len(), height);
    }

    /// Opens the selected branch, or steps onto its first child where it is open. Returns whether there was one.
    pub fn step_in(&mut self, corpus: &Corpus, height: usize) -> bool {
        let at = self.cursor.selected;
        let Some(row) = self.rows.get(at).copied().filter(|row| is_branch(corpus, row.node)) else {
            return false;
        };
        if row.open {
            // Of a narrowed tree a branch may show nothing.
            if self.rows.get(at + 1).is_none_or(|below| below.depth <= row.depth) {
                return false;
            }
            self.select(at + 1, height);
        } else {
            self.toggle(corpus, at, height);
        }
        true
    }

    /// Closes the selected branch, or steps onto its parent where it is closed.
    pub fn step_out(&mut self, corpus: &Corpus, height: usize) {
        let at = self.cursor.selected;
        let Some(row) = self.rows.get(at).copied() else { return };
        if row.open {
            self.toggle(corpus, at, height);
        } else if let Some(parent) = self.rows.iter().take(at).rposition(|above| above.depth < row.depth) {
            self.select(parent, height);
        }
    }

    /// Opens or closes the branch at a row; the selection moves out of a branch that closes.
    pub fn toggle(&mut self, corpus: &Corpus, at: usize, height: usize) {
        let Some(row) = self.rows.get_mut(at).filter(|row| is_branch(corpus, row.node)) else { return };
        row.open = !row.open;
        let row = *row;
        self.chosen = true;
        if !self.toggled.remove(&row.node) {
            self.toggled.insert(row.node);
        }
        let below = if row.open {
            let mut rows = Vec::new();
            self.flatten_below(corpus, row.node, row.depth, &mut rows);
            let added = rows.len();
            self.rows.splice(at + 1..=at, rows);
            added.cast_signed()
        } else {
            let inside = self.rows.iter().skip(at + 1).take_while(|below| below.depth > row.depth).count();
            self.rows.drain(at + 1..at + 1 + inside);
            -inside.cast_signed()
        };
        let selected = self.cursor.selected;
        let selected = if selected <= at { selected } else { selected.saturating_add_signed(below).max(at) };
        self.cursor.select(selected, self.rows.len(), height);
        if row.open && at == selected {
            self.show_below(at, below.unsigned_abs(), height);
        }
    }

    /// Opens what a node lies in and selects it.
    pub fn reveal(&mut self, corpus: &Corpus, node: Node, height: usize) {
        self.chosen = true;
        // Of a table's row one figure stands for all.
        let node = match node {
            Node::Item(place) => Node::Item(corpus.main_of(place)),
            Node::Table(table) if self.row_of(node).is_none() => corpus
                .section_over(node)
                .filter(|&section| corpus.only_table(section) == Some(table))
                .map_or(node, Node::Section),
            Node::Department(_) | Node::Disclosure(_) | Node::Section(_) | Node::Table(_) => node,
        };
        if self.only.as_ref().is_some_and(|only| !only.nodes.contains(&node)) {
            // One who goes elsewhere wants to see where that is.
            self.widen_unseen(corpus);
        }
        let mut path: Vec<Node> =
            std::iter::successors(corpus.parent(node), |&above| corpus.parent(above)).collect();
        // From the department down, so that each is in sight when it is opened.
        while let Some(above) = path.pop() {
            match self.row_of(above) {
                Some(row) if !self.rows.get(row).is_some_and(|row| row.open) => {
                    self.toggle(corpus, row, height);
                }
                Some(_) | None => {}
            }
        }
        if let Some(row) = self.row_of(node) {
            let above = self.rows.iter().take(row).rposition(|above| above.depth < self.rows[row].depth);
            // What it lies in is in sight too, where there is room for both.
            let above =
                above.filter(|above| row - above < height * 3 / 4).unwrap_or(row.saturating_sub(height / 3));
            self.cursor.top = above.saturating_sub(1);
            self.cursor.select(row, self.rows.len(), height);
        }
    }

    fn widen_unseen(&mut self, corpus: &Corpus) {
        if let Some(only) = self.only.take() {
            self.toggled = only.toggled;
            self.rows.clear();
            self.rows = self.flatten(corpus, &[]);
        }
    }

    /// Returns the row that shows a node, if its branch is open.
    pub fn row_of(&self, node: Node) -> Option<usize> {
        self.rows.iter().position(|row| row.node == node)
    }

    /// Scrolls so far that as much of a branch that was just opened can be seen as there is room for.
    fn show_below(&mut self, at: usize, rows: usize, height: usize) {
        let wanted = (at + rows + 1).saturating_sub(height).min(at);
        self.cursor.top = self.cursor.top.max(wanted);
    }

    fn first_disclosure(&self) -> Option<usize> {
        self.rows.iter().position(|row| matches!(row.node, Node::Disclosure(_)))
    }

    /// Returns whether a node is shown where its branch is open.
    fn is_wanted(&self, node: Node) -> bool {
        self.only.as_ref().is_none_or(|only| only.nodes.contains(&node))
    }

    fn is_open(&self, node: Node) -> bool {
        match node {
            // Of a narrowed tree everything is open at first.
            Node::Department(_) | Node::Disclosure(_) | Node::Section(_) | Node::Table(_)
                if self.only.is_some() =>
            {
                !self.toggled.contains(&node)
            }
            Node::Department(_) => !self.toggled.contains(&node),
            Node::Disclosure(_) | Node::Section(_) | Node::Table(_) => self.toggled.contains(&node),
            Node::Item(_) => false,
        }
    }

    /// Returns the rows of all departments. Those of departments that nothing was added to are as they were.
    fn flatten(&self, corpus: &Corpus, added: &[EntryId]) -> Vec<Row> {
        let grown: FxHashSet<Node> =
            added.iter().map(|&entry| Node::Department(corpus.department_id(entry))).collect();
        let starts = self.rows.iter().enumerate().filter(|(_, row)| row.depth == 0);
        let starts: FxHashMap<Node, usize> = starts.map(|(at, row)| (row.node, at)).collect();
        let mut rows = Vec::with_capacity(self.rows.len());
        for node in corpus.departments().into_iter().filter(|&node| self.is_wanted(node)) {
            let known = starts.get(&node).filter(|_| !grown.contains(&node));
            if let Some((first, below)) = known.and_then(|&at| self.rows.get(at..)?.split_first()) {
                rows.push(*first);
                rows.extend(below.iter().take_while(|row| row.depth > 0));
                continue;
            }
            let open = self.is_open(node);
            rows.push(Row { node, depth: 0, inset: 0, open, twin: false });
            if open {
                self.flatten_below(corpus, node, 0, &mut rows);
            }
        }
        rows
    }

    /// Appends what is shown below an open node.
    fn flatten_below(&self, corpus: &Corpus, node: Node, depth: u16, rows: &mut Vec<Row>) {
        let mut waiting = self.below(corpus, node, depth);
        while let Some(row) = waiting.pop() {
            rows.push(row);
            if row.open {
                waiting.extend(self.below(corpus, row.node, row.depth));
            }
        }
    }

    /// Returns the children of a node as rows, the last first.
    fn below(&self, corpus: &Corpus, node: Node, depth: u16) -> Vec<Row> {
        let depth = depth.saturating_add(1);
        // What would only be named again is left out.
        let table = match node {
            Node::Table(table) => Some(table),
            Node::Section(section) => corpus.only_table(section),
            Node::Department(_) | Node::Disclosure(_) | Node::Item(_) => None,
        };
        if let Some(table) = table {
            let rows = corpus.table_rows(table).into_iter().rev().map(|row| Row {
                node: Node::Item(ItemRef { entry: table.entry, item: row.main }),
                depth: depth.saturating_add(row.depth),
                inset: row.depth,
                open: false,
                twin: false,
            });
            return rows.filter(|row| self.is_wanted(row.node)).collect();
        }
        let rows = corpus.children(node).into_iter().rev().filter(|&node| self.is_wanted(node));
        let mut rows: Vec<Row> =
            rows.map(|node| Row { node, depth, inset: 0, open: self.is_open(node), twin: false }).collect();
        for index in 1..rows.len() {
            if let Some([below, above]) = rows.get_mut(index - 1..=index)
                && edition(corpus, above.node).is_some_and(|label| edition(corpus, below.node) == Some(label))
            {
                (above.twin, below.twin) = (true, true);
            }
        }
        rows
    }
}

/// Returns what a disclosure's row says of it.
fn edition(corpus: &Corpus, node: Node) -> Option<(Option<u16>, Option<Basis>, Edition)> {
    let Node::Disclosure(entry) = node else { return None };
    let header = &corpus.entry(entry)?.disclosure.header;
    Some((header.year.map(|year| year.value), header.basis.map(|basis| basis.value), header.edition))
}

/// The most cells that a row is indented: what lies deeper would leave no room for its name.
const DEEPEST: u16 = 16;

/// Returns the column of the pane in which the marker of a row stands.
pub fn marker_column(row: &Row) -> u16 {
    1 + row.depth.saturating_mul(2).saturating_sub(row.inset).min(DEEPEST)
}

/// Returns whether a node has something below it.
pub fn is_branch(corpus: &Corpus, node: Node) -> bool {
    match node {
        // A table without figures is no node.
        Node::Department(_) | Node::Table(_) => true,
        Node::Disclosure(entry) => corpus
            .entry(entry)
            .is_some_and(|entry| !entry.disclosure.sections.is_empty() || !entry.disclosure.items.is_empty()),
        Node::Section(place) => corpus.entry(place.entry).is_some_and(|entry| {
            let next = entry.disclosure.sections.get(place.section.0 as usize + 1);
            next.is_some_and(|next| next.parent == Some(place.section))
                || !entry.disclosure.items_of(place.section).is_empty()
        }),
        Node::Item(_) => false,
    }
}
