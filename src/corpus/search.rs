//! A query → ranked figures, by fuzzy matching over the distinct names.

use super::Corpus;
use super::tree::Node;

/// One place that a query found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The place.
    pub node: Node,
    /// How well it matches; only to be compared with the others of the same query.
    pub score: i64,
}

/// Searches one corpus, also while it grows.
#[derive(Debug, Default)]
pub struct Searcher {}

impl Searcher {
    /// Returns at most `limit` places that match every part of a query, the best first; of equal ones the order of the
    /// corpus decides.
    pub fn search(&mut self, corpus: &Corpus, query: &str, limit: usize) -> Vec<Hit> {
        let _ = (corpus, query, limit);
        Vec::new()
    }
}

/// Returns the characters of `text`, counted from 0, that a query matches.
pub fn matched(text: &str, query: &str) -> Vec<usize> {
    let _ = (text, query);
    Vec::new()
}
