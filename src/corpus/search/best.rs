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

    /// Takes a place in, unless there are enough that are better. Of equal scores the lesser `place` comes first, and a
    /// scan goes from the least to the greatest.
    pub(super) fn add(&mut self, score: i64, place: u64, node: impl FnOnce() -> Node) {
        if score <= self.floor {
            return;
        }
        self.found.push(Found { score, place, node: node() });
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
    }

    /// Returns the best, in order.
    pub(super) fn into_hits(mut self) -> Vec<Hit> {
        self.found.sort_unstable_by_key(Found::key);
        self.found.truncate(self.limit);
        self.found.into_iter().map(|found| Hit { node: found.node, score: found.score }).collect()
    }
}

impl Found {
    /// What the order goes by. The node decides only between those at one place, so it does not depend on when they came.
    fn key(&self) -> (Reverse<i64>, u64, Node) {
        (Reverse(self.score), self.place, self.node)
    }
}
