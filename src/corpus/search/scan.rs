//! The parts of a query and a corpus → the places that match, in one pass with several threads.

use std::ops::Range;
use std::thread;

use super::best::Best;
use super::labels::Labels;
use super::wanted::{ABOVE, OWN, Wanted, percent};
use crate::corpus::tree::Node;
use crate::corpus::{Corpus, EntryId, ItemRef, SectionRef};
use crate::model::{Disclosure, ItemId, NameId, SectionId};

/// How many figures make a thread worth its while.
const ITEMS_A_THREAD: usize = 100_000;
/// The most threads that scan. More of them wait for the memory.
const MOST_THREADS: usize = 8;

/// What a scan looks at.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) labels: &'a Labels,
    /// The parts of the query, the rarest first.
    pub(super) wanted: &'a [Wanted],
    pub(super) limit: usize,
}

impl Ground<'_> {
    /// Returns the best places of the whole corpus, of which a large one is shared out to several threads.
    pub(super) fn search(self) -> Best {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        self.search_with((self.corpus.item_count() / ITEMS_A_THREAD).clamp(1, cores.min(MOST_THREADS)))
    }

    fn search_with(self, threads: usize) -> Best {
        let entries = self.corpus.order().len();
        let scan =
            |number: usize| Scan::new(self).run(entries * number / threads..entries * (number + 1) / threads);
        thread::scope(|scope| {
            let spawn = |number| (number, thread::Builder::new().spawn_scoped(scope, move || scan(number)));
            let others: Vec<_> = (1..threads).map(spawn).collect();
            let mut best = scan(0);
            for (number, thread) in others {
                // Where no thread could be had, this one does its work too.
                let found = thread.ok().and_then(|thread| thread.join().ok());
                best.extend(found.unwrap_or_else(|| scan(number)));
            }
            best
        })
    }
}

/// One pass over a part of a corpus. Its buffers are used for every disclosure again.
struct Scan<'a> {
    ground: Ground<'a>,
    best: Best,
    /// What each part of the query has from the header of the disclosure at hand.
    header: Vec<u16>,
    /// What each part has from the headings and the header above a figure: so many scores a section.
    sections: Vec<u16>,
}

impl<'a> Scan<'a> {
    fn new(ground: Ground<'a>) -> Self {
        let best = Best::new(ground.limit);
        Self { ground, best, header: Vec::new(), sections: Vec::new() }
    }

    /// Looks at the disclosures from one place of the order to another.
    fn run(mut self, ranks: Range<usize>) -> Best {
        let corpus = self.ground.corpus;
        let order = corpus.order();
        let before = ranks.start.checked_sub(1).and_then(|rank| order.get(rank));
        let mut department = before.map(|&entry| corpus.department_id(entry));
        for (rank, &entry) in order.iter().enumerate().take(ranks.end).skip(ranks.start) {
            let own = corpus.department_id(entry);
            if department != Some(own) {
                department = Some(own);
                self.department(rank, own);
            }
            if let Some(disclosure) = corpus.entry(entry).map(|entry| &entry.disclosure) {
                self.disclosure(rank, entry, disclosure);
            }
        }
        self.best
    }

    fn department(&mut self, rank: usize, department: Option<NameId>) {
        let mut total = Total::default();
        for part in self.ground.wanted {
            total.add(part.name(department), 0);
        }
        self.best.add(total.by_itself(), place(rank, 0), || Node::Department(department));
    }

    fn disclosure(&mut self, rank: usize, entry: EntryId, disclosure: &Disclosure) {
        let mut total = Total::default();
        self.header.clear();
        for part in self.ground.wanted {
            let score = part.header(&disclosure.header);
            total.add(percent(score, OWN), 0);
            self.header.push(percent(score, ABOVE));
        }
        self.best.add(total.by_itself(), place(rank, 0), || Node::Disclosure(entry));
        self.sections(rank, entry, disclosure);
        self.items(rank, entry, disclosure);
    }

    fn sections(&mut self, rank: usize, entry: EntryId, disclosure: &Disclosure) {
        let wanted = self.ground.wanted;
        self.sections.clear();
        for (id, section) in (0..).map(SectionId).zip(&disclosure.sections) {
            let parent = section.parent.map(|parent| parent.0 as usize * wanted.len());
            let mut total = Total::default();
            for (number, part) in wanted.iter().enumerate() {
                let above = parent.and_then(|parent| self.sections.get(parent + number));
                let above = above.or(self.header.get(number)).copied().unwrap_or(0);
                let own = part.name(Some(section.title));
                total.add(percent(own, OWN), above);
                self.sections.push(percent(own, ABOVE).max(above));
            }
            let node = || Node::Section(SectionRef { entry, section: id });
            self.best.add(total.by_itself(), place(rank, section.heading.start), node);
        }
    }

    fn items(&mut self, rank: usize, entry: EntryId, disclosure: &Disclosure) {
        let wanted = self.ground.wanted;
        for (section, first, labels) in self.ground.labels.of(entry) {
            let start = section.0 as usize * wanted.len();
            let above = self.sections.get(start..start + wanted.len()).unwrap_or(&self.header);
            // A part that only a figure's names can match tells from the labels which figures to look at.
            let sieve = wanted.iter().zip(above).find(|(part, above)| part.is_name() && **above == 0);
            for (id, &label) in (first.0..).zip(labels) {
                if sieve.is_some_and(|(part, _)| part.label(label) == 0) {
                    continue;
                }
                let Some(item) = disclosure.items.get(id as usize) else { return };
                let mut total = Total::default();
                for (part, &above) in wanted.iter().zip(above) {
                    total.add(part.item(item, label), above);
                }
                let node = || Node::Item(ItemRef { entry, item: ItemId(id) });
                self.best.add(total.sum(), place(rank, item.span.start), node);
            }
        }
    }
}

/// What the parts of a query match, added up.
#[derive(Default)]
struct Total {
    sum: u32,
    /// Whether a part matches nothing.
    missed: bool,
    /// Whether a part matches what is the place's own.
    own: bool,
}

impl Total {
    /// Adds what one part matches best: the place itself, or what is above it.
    fn add(&mut self, own: u16, above: u16) {
        let score = own.max(above);
        self.missed |= score == 0;
        self.own |= own > 0;
        self.sum += u32::from(score);
    }

    /// Returns the score of a place that may match by what is above it alone; 0 where a part is missing.
    fn sum(&self) -> i64 {
        if self.missed { 0 } else { self.sum.into() }
    }

    /// Returns the score of a place that is only of interest for its own name.
    fn by_itself(&self) -> i64 {
        if self.own { self.sum() } else { 0 }
    }
}

/// Returns a number that grows with the order of the corpus.
fn place(rank: usize, offset: u32) -> u64 {
    (rank as u64) << 32 | u64::from(offset)
}

#[cfg(test)]
mod tests {
    use super::super::{Hit, Searcher, query};
    use super::*;
    use crate::corpus::example::{corpus, disclosure};
    use crate::model::Basis;

    #[test]
    fn it_does_not_matter_how_many_threads_search() {
        let text = "# 一、会议\n会议费 1 万元\n培训费 2 万元\n# 二、其他\n会议费 3 万元\n";
        let corpus = corpus((0..11u16).map(|number| {
            disclosure(
                ["甲局", "乙局", "会议局"][usize::from(number) / 4],
                2010 + number,
                Basis::Budget,
                text,
            )
        }));
        let mut searcher = Searcher::default();
        searcher.refresh(&corpus);
        for (query, expect) in
            [("会议", 1 + 3 + 11 + 22 + 11), ("2012", 4), ("培训费", 11), ("甲局 会议", 4 + 12)]
        {
            let parts = query::parts(query).into_iter();
            let wanted: Vec<Wanted> = parts.map(|part| searcher.wanted(&corpus, part)).collect();
            for limit in [3, usize::MAX] {
                let ground = Ground { corpus: &corpus, labels: &searcher.labels, wanted: &wanted, limit };
                let found = |threads| -> Vec<Hit> { ground.search_with(threads).into_hits() };
                let alone = found(1);
                assert_eq!(alone.len(), expect.min(limit), "{query}");
                for threads in 2..14 {
                    assert_eq!(found(threads), alone, "{query} with {threads}");
                }
            }
        }
    }
}
