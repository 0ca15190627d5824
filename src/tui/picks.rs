//! What a person marked: places of the corpus, in the order of the tree.

use rustc_hash::FxHashSet;

use crate::corpus::Corpus;
use crate::corpus::tree::Node;
use crate::print::hits;

/// The sign of what is marked.
pub const SIGN: char = '*';

/// The marked places.
#[derive(Debug, Default)]
pub struct Picks {
    nodes: FxHashSet<Node>,
}

impl Picks {
    /// Marks a place, or takes its mark away.
    pub fn toggle(&mut self, node: Node) {
        if !self.nodes.remove(&node) {
            self.nodes.insert(node);
        }
    }

    /// Marks a place.
    pub fn add(&mut self, node: Node) {
        self.nodes.insert(node);
    }

    /// Returns whether a place is marked.
    pub fn holds(&self, node: Node) -> bool {
        self.nodes.contains(&node)
    }

    /// Returns how many are marked.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Returns whether nothing is marked.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Returns the marked places, disclosure by disclosure as the tree has them.
    pub fn in_order(&self, corpus: &Corpus) -> Vec<Node> {
        let rank = |node: &Node| {
            let entry = match node {
                Node::Department(name) => corpus.entries_of(*name).first().copied(),
                Node::Disclosure(entry) => Some(*entry),
                Node::Section(place) => Some(place.entry),
                Node::Table(place) => Some(place.entry),
                Node::Item(place) => Some(place.entry),
            };
            let start = match node {
                Node::Department(_) | Node::Disclosure(_) => None,
                Node::Section(place) => corpus.section(*place).map(|section| section.heading.start),
                Node::Table(place) => corpus.table_start(*place),
                Node::Item(place) => corpus.item(*place).map(|item| item.span.start),
            };
            let rank = entry.and_then(|entry| corpus.order().iter().position(|&other| other == entry));
            // What holds others stands before them.
            (rank, start, *node)
        };
        let mut nodes: Vec<Node> = self.nodes.iter().copied().collect();
        nodes.sort_by_cached_key(rank);
        nodes
    }

    /// Returns the marked places as a table.
    pub fn to_csv(&self, corpus: &Corpus) -> String {
        let mut table = Vec::new();
        // Writing into memory cannot fail.
        let _ = hits::write_csv(corpus, self.in_order(corpus), &mut table);
        String::from_utf8_lossy(&table).into_owned()
    }
}
