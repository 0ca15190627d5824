//! Places with scores → the best of them, in order, without keeping all.

use std::cmp::Reverse;

use super::Hit;
use crate::corpus::tree::Node;

/// The best places so far.
pub(super) struct Best {
    limit: usize,
    /// The score that a place must surpass, once there are enough: it comes after those that have it already.
    floor: i64,
    found: Vec<Found>,
}

struct Found {
    score: i64,
    place: u64,
    node: Node,
}

impl Best {
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, floor: 0, found: Vec::new() }
    }

    /// Returns an empty list of those that are better than the worst here, for a scan that comes after.
    pub(super) fn rest(&self) -> Self {
        Self { limit: self.limit, floor: self.floor, found: Vec::new() }
    }

    /// Returns whether a place of such a score is taken in.
    pub(super) fn wants(&self, score: i64) -> bool {
        score > self.floor
    }

    /// Takes a place in, unless there are enough that are better. Of equal scores the lesser `place` comes first, and a
    /// scan goes from the least to the greatest.
    pub(super) fn add(&mut self, score: i64, place: u64, node: impl FnOnce() -> Node) {
        if !self.wants(score) {
            return;
        }
        self.found.push(Found { score, place, node: node() });
        self.sort_out();
    }

    /// Leaves the best of those that were found, where there are many more.
    fn sort_out(&mut self) {
        // Twice as many as wanted, so that the cost of sorting them out is spread over as many additions.
        if self.found.len() >= self.limit.saturating_mul(2) {
            let last = self.limit - 1;
            let (_, worst, _) = self.found.select_nth_unstable_by_key(last, Found::key);
            self.floor = worst.score;
            self.found.truncate(self.limit);
        }
    }

    /// Takes in what another scan found.
    pub(super) fn extend(&mut self, other: Self) {
        self.found.extend(other.found);
        self.sort_out();
    }

    /// Takes out the best, in order.
    pub(super) fn take_hits(&mut self) -> Vec<Hit> {
        let mut found = std::mem::take(&mut self.found);
        found.sort_unstable_by_key(Found::key);
        found.truncate(self.limit);
        found.into_iter().map(|found| Hit { node: found.node, score: found.score }).collect()
    }
}

impl Found {
    /// What the order goes by. The node decides only between those at one place, so it does not depend on when they came.
    fn key(&self) -> (Reverse<i64>, u64, Node) {
        (Reverse(self.score), self.place, self.node)
    }
}
