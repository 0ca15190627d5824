//! A search in pieces, so that whoever asks for it can do other things in between.

use std::fmt;

use super::best::Best;
use super::names::Needle;
use super::query::{self, Part};
use super::scan::Ground;
use super::wanted::Wanted;
use super::{Hit, Searcher};
use crate::corpus::Corpus;

/// A search that was begun.
pub struct Task {
    query: String,
    limit: usize,
    /// What the corpus held when the search began; where that has changed it begins anew.
    entries: usize,
    stage: Stage,
}

enum Stage {
    /// The names are compared, part by part.
    Names { left: Vec<Part>, scores: Vec<u16>, wanted: Vec<Wanted> },
    /// The figures are looked at, disclosure by disclosure in the order of the corpus.
    Places { wanted: Vec<Wanted>, rank: usize, best: Best },
}

/// How much work it is to compare a name, where looking at a figure is 1.
const NAME: usize = 16;
/// How many names are compared before the work is counted.
const NAMES_AT_ONCE: usize = 1024;

impl fmt::Debug for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Task").field("query", &self.query).finish_non_exhaustive()
    }
}

impl Task {
    pub(super) fn new(query: &str, limit: usize) -> Self {
        let stage = Stage::Names { left: Vec::new(), scores: Vec::new(), wanted: Vec::new() };
        Self { query: query.to_owned(), limit, entries: usize::MAX, stage }
    }

    /// Returns what is searched for.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// Goes on for about as much work. Returns what was found once that is all.
    pub(super) fn go_on(
        &mut self,
        searcher: &mut Searcher,
        corpus: &Corpus,
        work: usize,
    ) -> Option<Vec<Hit>> {
        let mut left = work;
        if self.entries != corpus.entries.len() {
            searcher.refresh(corpus);
            self.entries = corpus.entries.len();
            let parts = query::parts(&self.query);
            if parts.is_empty() || self.limit == 0 {
                return Some(Vec::new());
            }
            searcher.forget_but(&parts);
            self.stage = Stage::Names { left: parts, scores: Vec::new(), wanted: Vec::new() };
        }
        loop {
            match &mut self.stage {
                Stage::Names { left: parts, scores, wanted } => {
                    let Some(part) = parts.last() else {
                        if !wanted.iter().all(Wanted::may_match) {
                            return Some(Vec::new());
                        }
                        let mut wanted = std::mem::take(wanted);
                        wanted.sort_by_key(Wanted::matches);
                        self.stage = Stage::Places { wanted, rank: 0, best: Best::new(self.limit) };
                        continue;
                    };
                    if let Some(known) = searcher.known(part) {
                        *scores = known;
                    } else if scores.len() < searcher.names.len() {
                        let needle = Needle::new(&part.text, &searcher.matcher);
                        searcher.names.score(
                            &corpus.words,
                            &needle,
                            &searcher.matcher,
                            NAMES_AT_ONCE,
                            scores,
                        );
                        left = left.saturating_sub(NAMES_AT_ONCE * NAME);
                    }
                    if scores.len() == searcher.names.len()
                        && let Some(part) = parts.pop()
                    {
                        let scores = std::mem::take(scores);
                        searcher.keep(&part, &scores);
                        wanted.push(searcher.wanted(corpus, part, scores));
                    }
                }
                Stage::Places { wanted, rank, best } => {
                    let many = rank_after(corpus, *rank, left / wanted.len().max(1));
                    let ground = Ground { corpus, labels: &searcher.labels, wanted };
                    let (found, work) = ground.search(*rank..many, best);
                    best.extend(found);
                    left = left.saturating_sub(work);
                    *rank = many;
                    if *rank >= corpus.order().len() {
                        return Some(best.take_hits());
                    }
                }
            }
            if left == 0 {
                return None;
            }
        }
    }
}

/// Returns the rank behind the disclosures from `rank` on that together hold about as many figures, one at least.
fn rank_after(corpus: &Corpus, rank: usize, figures: usize) -> usize {
    let order = corpus.order();
    let mut seen = 0;
    for (at, &entry) in order.iter().enumerate().skip(rank) {
        // A disclosure without figures is looked at too.
        seen += 1 + corpus.entry(entry).map_or(0, |entry| entry.disclosure.items.len());
        if seen >= figures {
            return at + 1;
        }
    }
    order.len()
}
