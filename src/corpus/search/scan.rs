//! The parts of a query and a corpus → the places that match, in one pass with several threads.

use std::ops::Range;
use std::thread;

use super::best::Best;
use super::labels::Labels;
use super::wanted::{ABOVE, Figure, Found, OWN, Wanted, percent};
use crate::corpus::tree::Node;
use crate::corpus::{Corpus, Entry, EntryId, ItemRef, SectionRef, TableRef};
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
}

impl Ground<'_> {
    /// Returns those of the places of some disclosures, by their rank in the corpus, that are better than the best so
    /// far, and how much work it was. Many are shared out to several threads.
    pub(super) fn search(self, ranks: Range<usize>, best: &Best) -> (Best, usize) {
        let order = self.corpus.order().get(ranks.clone()).unwrap_or_default();
        let figures = order.iter().filter_map(|&entry| self.corpus.entry(entry));
        let figures: usize = figures.map(|entry| entry.disclosure.items.len()).sum();
        let threads = match figures / ITEMS_A_THREAD {
            0 => 1,
            threads => threads.min(thread::available_parallelism().map_or(1, usize::from)).min(MOST_THREADS),
        };
        (self.search_with(threads, ranks, best), (figures + order.len()) * self.wanted.len())
    }

    fn search_with(self, threads: usize, ranks: Range<usize>, best: &Best) -> Best {
        let Range { start, end } = ranks;
        let part = |number: usize| start + (end - start) * number / threads;
        let scan = |number: usize| Scan::new(self, best.rest()).run(part(number)..part(number + 1));
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
    /// Whether nothing but names is looked for, so that a figure's own row tells nothing more.
    only_names: bool,
    /// What each part of the query has from the header of the disclosure at hand.
    header: Vec<u16>,
    /// What each part has from the headings and the header above a figure: so many scores a section.
    sections: Vec<u16>,
}

impl<'a> Scan<'a> {
    fn new(ground: Ground<'a>, best: Best) -> Self {
        let only_names = ground.wanted.iter().all(Wanted::is_name);
        Self { ground, best, only_names, header: Vec::new(), sections: Vec::new() }
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
            if let Some(found) = corpus.entry(entry) {
                self.disclosure(rank, entry, found);
            }
        }
        self.best
    }

    fn department(&mut self, rank: usize, department: Option<NameId>) {
        let mut total = Total::default();
        for part in self.ground.wanted {
            total.add(part.department(department), 0);
        }
        self.best.add(total.by_itself(), place(rank, 0), || Node::Department(department));
    }

    fn disclosure(&mut self, rank: usize, entry: EntryId, here: &Entry) {
        let disclosure = &here.disclosure;
        let found: Vec<Found> = self.ground.wanted.iter().map(|part| part.found(here)).collect();
        let mut total = Total::default();
        self.header.clear();
        for (part, found) in self.ground.wanted.iter().zip(&found) {
            let above = part.header(&disclosure.header);
            if part.rules_out(above, found) {
                return;
            }
            total.add(percent(above.max(found.here()), OWN), 0);
            self.header.push(percent(above, ABOVE));
        }
        self.best.add(total.by_itself(), place(rank, 0), || Node::Disclosure(entry));
        self.sections(rank, entry, disclosure, &found);
        self.tables(rank, entry, disclosure);
        if self.only_names {
            self.named_items(rank, entry, disclosure);
        } else {
            self.items(rank, entry, disclosure, &found);
        }
    }

    fn sections(&mut self, rank: usize, entry: EntryId, disclosure: &Disclosure, found: &[Found]) {
        let wanted = self.ground.wanted;
        self.sections.clear();
        for (id, section) in (0..).map(SectionId).zip(&disclosure.sections) {
            let parent = section.parent.map(|parent| parent.0 as usize * wanted.len());
            let mut total = Total::default();
            for (number, (part, found)) in wanted.iter().zip(found).enumerate() {
                let above = parent.and_then(|parent| self.sections.get(parent + number));
                let above = above.or(self.header.get(number)).copied().unwrap_or(0);
                let own = part.section(id, section, found);
                total.add(percent(own, OWN), above);
                self.sections.push(if part.is_filter() { above } else { percent(own, ABOVE).max(above) });
            }
            let node = || Node::Section(SectionRef { entry, section: id });
            self.best.add(total.by_itself(), place(rank, section.heading.start), node);
        }
    }

    /// Looks at the tables. One that is all there is in a section of its name is found as that.
    fn tables(&mut self, rank: usize, entry: EntryId, disclosure: &Disclosure) {
        let Ground { corpus, wanted, .. } = self.ground;
        for (table, facts) in (0..).zip(&disclosure.tables) {
            let Some(title) = facts.title else { continue };
            // Most are told by their titles alone.
            if wanted.iter().all(|part| part.table(title) == 0) {
                continue;
            }
            let place_of = TableRef { entry, table };
            let section = corpus.section_over(Node::Table(place_of));
            let start = section.map(|section| section.section.0 as usize * wanted.len());
            let above = start.and_then(|start| self.sections.get(start..start + wanted.len()));
            let mut total = Total::default();
            for (part, &above) in wanted.iter().zip(above.unwrap_or(&self.header)) {
                total.add(percent(part.table(title), OWN), above);
            }
            let is_section = || section.is_some_and(|section| corpus.only_table(section) == Some(place_of));
            let is_open = || corpus.item_count_in(Node::Table(place_of)) > 0 && !is_section();
            if self.best.wants(total.by_itself()) && is_open() {
                let start = corpus.table_start(place_of).unwrap_or_default();
                self.best.add(total.by_itself(), place(rank, start), || Node::Table(place_of));
            }
        }
    }

    /// Looks at figures of which nothing but the names matters: a look at their labels is enough.
    fn named_items(&mut self, rank: usize, entry: EntryId, disclosure: &Disclosure) {
        let wanted = self.ground.wanted;
        for (section, first, labels) in self.ground.labels.of(entry) {
            let start = section.0 as usize * wanted.len();
            let above = self.sections.get(start..start + wanted.len()).unwrap_or(&self.header);
            let parts: Vec<(&[u16], u16)> =
                wanted.iter().map(Wanted::labels).zip(above.iter().copied()).collect();
            for (at, &label) in labels.iter().enumerate() {
                let mut sum = 0;
                for &(scores, above) in &parts {
                    let score = scores.get(label as usize).copied().unwrap_or(0).max(above);
                    if score == 0 {
                        sum = 0;
                        break;
                    }
                    sum += i64::from(score);
                }
                if self.best.wants(sum) {
                    let id = ItemId(first.0 + at as u32);
                    let Some(item) = disclosure.items.get(id.0 as usize) else { return };
                    self.best
                        .add(sum, place(rank, item.span.start), || Node::Item(ItemRef { entry, item: id }));
                }
            }
        }
    }

    fn items(&mut self, rank: usize, entry: EntryId, disclosure: &Disclosure, found: &[Found]) {
        let wanted = self.ground.wanted;
        let year = disclosure.header.year.map(|year| year.value);
        for (section, first, labels) in self.ground.labels.of(entry) {
            let start = section.0 as usize * wanted.len();
            let above = self.sections.get(start..start + wanted.len()).unwrap_or(&self.header);
            // A part that only a figure's names can match tells from the labels which figures to look at.
            let sieve = wanted.iter().zip(above).find(|(part, above)| part.is_name() && **above == 0);
            let sieve = sieve.map(|(part, _)| part.labels());
            let parts: Vec<(&Wanted, u16, &Found)> = wanted
                .iter()
                .zip(above)
                .zip(found)
                .map(|((part, &above), found)| (part, if part.is_own_only() { 0 } else { above }, found))
                .collect();
            for (at, &label) in labels.iter().enumerate() {
                if sieve.is_some_and(|scores| scores.get(label as usize).is_none_or(|&score| score == 0)) {
                    continue;
                }
                let id = ItemId(first.0 + at as u32);
                let Some(item) = disclosure.items.get(id.0 as usize) else { return };
                let figure = Figure { id, item, label, year };
                let mut total = Total::default();
                for &(part, above, found) in &parts {
                    total.add(part.item(figure, found), above);
                    if total.missed {
                        break;
                    }
                }
                if self.best.wants(total.sum()) {
                    let node = || Node::Item(ItemRef { entry, item: id });
                    self.best.add(total.sum(), place(rank, item.span.start), node);
                }
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
    use super::super::names::Needle;
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
            let wanted: Vec<Wanted> = query::parts(query)
                .into_iter()
                .map(|part| {
                    let (needle, mut scores) = (Needle::new(&part.text, &searcher.matcher), Vec::new());
                    searcher.names.score(&corpus.words, &needle, &searcher.matcher, usize::MAX, &mut scores);
                    searcher.wanted(&corpus, part.clone(), scores)
                })
                .collect();
            for limit in [3, usize::MAX] {
                let ground = Ground { corpus: &corpus, labels: &searcher.labels, wanted: &wanted };
                let found = |threads| -> Vec<Hit> {
                    let best = Best::new(limit);
                    ground.search_with(threads, 0..corpus.order().len(), &best).take_hits()
                };
                let alone = found(1);
                assert_eq!(alone.len(), expect.min(limit), "{query}");
                for threads in 2..14 {
                    assert_eq!(found(threads), alone, "{query} with {threads}");
                }
            }
        }
    }
}
