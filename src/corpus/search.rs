//! A query → ranked figures, by fuzzy matching over the distinct names.
//!
//! A corpus has millions of figures and some tens of thousands of names. So each part of a query is matched with every
//! name once, and then one pass over the figures looks their names' scores up.

mod names;
mod query;

use fuzzy_matcher::skim::SkimMatcherV2;

use self::names::{EXACT, Names, Needle, PREFIX};
use self::query::{Closeness, Part};
use super::tree::Node;
use super::{Corpus, EntryId, ItemRef, SectionRef};
use crate::model::{Basis, Disclosure, Header, Item, ItemId, SectionId};

/// One place that a query found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The place.
    pub node: Node,
    /// How well it matches; only to be compared with the others of the same query.
    pub score: i64,
}

/// Searches one corpus, also while it grows.
pub struct Searcher {
    matcher: SkimMatcherV2,
    names: Names,
}

impl Default for Searcher {
    fn default() -> Self {
        Self { matcher: names::matcher(), names: Names::default() }
    }
}

impl Searcher {
    /// Returns at most `limit` places that match a query, the best first; of equal ones the order of the corpus decides.
    ///
    /// The query is split at white space. Each part must match a name (subject, section title, department, aspect), a
    /// year (`2024`), a basis (`预算`, `决算`, `budget`, `final`), a code of the classification, or a value as it is
    /// written, from its first digit. A figure matches by its own names and by all that it lies under; a section, a
    /// disclosure or a department only where at least one part matches its own name.
    pub fn search(&mut self, corpus: &Corpus, query: &str, limit: usize) -> Vec<Hit> {
        let parts = query::parts(query);
        if parts.is_empty() || limit == 0 {
            return Vec::new();
        }
        self.names.refresh(&corpus.words);
        let wanted: Vec<Wanted> = parts.into_iter().map(|part| self.wanted(corpus, part)).collect();
        let mut best = Best { limit, floor: 0, found: Vec::new() };
        let mut department = None;
        for (rank, &entry) in corpus.order().iter().enumerate() {
            let own = corpus.department_id(entry);
            let first = department != Some(own);
            department = Some(own);
            scan(corpus, entry, rank, first, &wanted, &mut best);
        }
        best.into_hits()
    }

    /// Returns a part of the query with the scores of all names.
    fn wanted(&self, corpus: &Corpus, part: Part) -> Wanted {
        let needle = Needle::new(&part.text, &self.matcher);
        let names = self.names.scores(&corpus.words, &needle, &self.matcher);
        let score = |name: crate::model::NameId| names.get(name.index()).copied().unwrap_or(0);
        let subjects = corpus.words.subjects().map(|(_, subject)| {
            let code = || part.number?.matches_code(subject.code?.0.get()).map(by_closeness);
            score(subject.name).max(score(subject.canonical)).max(code().unwrap_or(0))
        });
        let subjects = subjects.collect();
        Wanted { part, names, subjects }
    }
}

/// Returns the characters of `text`, counted from 0, that a query matches. It is meant for the rows on the screen.
pub fn matched(text: &str, query: &str) -> Vec<usize> {
    let matcher = names::matcher();
    let folded: String = text.chars().map(query::fold).collect();
    let parts = query::parts(query);
    let mut places: Vec<usize> =
        parts.iter().flat_map(|part| Needle::new(&part.text, &matcher).places(&folded, &matcher)).collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// One part of a query with the scores of all names and subjects, in the order of their numbers.
struct Wanted {
    part: Part,
    names: Vec<u16>,
    subjects: Vec<u16>,
}

impl Wanted {
    fn name(&self, name: Option<crate::model::NameId>) -> u16 {
        name.and_then(|name| self.names.get(name.index())).copied().unwrap_or(0)
    }

    fn year(&self, year: Option<u16>) -> u16 {
        if self.part.year.is_some() && self.part.year == year { EXACT } else { 0 }
    }

    fn basis(&self, basis: Option<Basis>) -> u16 {
        if self.part.basis.is_some() && self.part.basis == basis { EXACT } else { 0 }
    }

    /// Returns how well the name of a disclosure matches: its department, year and basis.
    fn header(&self, header: &Header) -> u16 {
        let department = self.name(header.department.map(|department| department.value));
        let year = self.year(header.year.map(|year| year.value));
        department.max(year).max(self.basis(header.basis.map(|basis| basis.value)))
    }

    /// Returns how well a figure matches by what is its own.
    fn item(&self, item: &Item) -> u16 {
        let value = self.part.number.and_then(|number| number.matches(item.value, item.unit));
        self.subjects
            .get(item.subject.index())
            .copied()
            .unwrap_or(0)
            .max(percent(self.name(item.aspect), ASPECT))
            .max(percent(self.year(item.year()), YEAR))
            .max(percent(self.basis(item.basis), YEAR))
            .max(value.map_or(0, by_closeness))
    }
}

/// What of a score counts, in per cent, where it is an aspect that matches,
const ASPECT: u16 = 70;
/// where it is the year or the basis of a figure,
const YEAR: u16 = 60;
/// where it is a heading or header above,
const ABOVE: u16 = 50;
/// and where it is the own name of a section or disclosure: of equal matches the figure comes first.
const OWN: u16 = 95;

fn percent(score: u16, share: u16) -> u16 {
    (u32::from(score) * u32::from(share) / 100) as u16
}

fn by_closeness(closeness: Closeness) -> u16 {
    match closeness {
        Closeness::Exact => EXACT,
        Closeness::Prefix => PREFIX,
    }
}

/// Looks at one disclosure: its department where it is the first of it, itself, its sections and figures.
fn scan(corpus: &Corpus, entry: EntryId, rank: usize, first: bool, wanted: &[Wanted], best: &mut Best) {
    let Some(disclosure) = corpus.entry(entry).map(|entry| &entry.disclosure) else { return };
    let department = corpus.department_id(entry);
    if first {
        let score = total(wanted.iter().map(|part| (part.name(department), 0)), true);
        best.add(score, place(rank, 0), Node::Department(department));
    }
    let above: Vec<u16> = wanted.iter().map(|part| part.header(&disclosure.header)).collect();
    let score = total(above.iter().map(|&own| (percent(own, OWN), 0)), true);
    best.add(score, place(rank, 0), Node::Disclosure(entry));
    let above: Vec<u16> = above.into_iter().map(|score| percent(score, ABOVE)).collect();
    let sections = scan_sections(disclosure, entry, rank, wanted, &above, best);
    for (id, item) in (0..).map(ItemId).zip(&disclosure.items) {
        let start = item.section.0 as usize * wanted.len();
        let above = sections.get(start..start + wanted.len()).unwrap_or(&above);
        let score = total(wanted.iter().zip(above).map(|(part, &above)| (part.item(item), above)), false);
        best.add(score, place(rank, item.span.start), Node::Item(ItemRef { entry, item: id }));
    }
}

/// Looks at the sections and returns what each part of the query has from the headings and the header above a figure:
/// so many scores a section.
fn scan_sections(
    disclosure: &Disclosure,
    entry: EntryId,
    rank: usize,
    wanted: &[Wanted],
    header: &[u16],
    best: &mut Best,
) -> Vec<u16> {
    let mut scores: Vec<u16> = Vec::with_capacity(disclosure.sections.len() * wanted.len());
    for (id, section) in (0..).map(SectionId).zip(&disclosure.sections) {
        let own: Vec<u16> = wanted.iter().map(|part| part.name(Some(section.title))).collect();
        let start =
            section.parent.map_or(usize::MAX, |parent| parent.0 as usize).saturating_mul(wanted.len());
        let above = scores.get(start..start.saturating_add(wanted.len())).unwrap_or(header).to_owned();
        let both = own.iter().map(|&own| percent(own, OWN)).zip(above.iter().copied());
        let node = Node::Section(SectionRef { entry, section: id });
        best.add(total(both, true), place(rank, section.heading.start), node);
        scores.extend(own.iter().zip(&above).map(|(&own, &above)| percent(own, ABOVE).max(above)));
    }
    scores
}

/// Adds up what each part of the query matches best: by itself, or by what is above. Returns 0 where a part matches
/// neither, or, where `named`, where none matches by itself.
fn total(parts: impl Iterator<Item = (u16, u16)>, named: bool) -> i64 {
    let (mut sum, mut by_itself) = (0, false);
    for (own, above) in parts {
        let score = own.max(above);
        if score == 0 {
            return 0;
        }
        by_itself |= own > 0;
        sum += i64::from(score);
    }
    if named && !by_itself { 0 } else { sum }
}

/// Returns a number that grows with the order of the corpus.
fn place(rank: usize, offset: u32) -> u64 {
    (rank as u64) << 32 | u64::from(offset)
}

/// The best places so far.
struct Best {
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
    fn add(&mut self, score: i64, place: u64, node: Node) {
        if score <= self.floor {
            return;
        }
        self.found.push(Found { score, place, node });
        // Twice as many as wanted, so that the cost of sorting them out is spread over as many additions.
        if self.found.len() >= self.limit.saturating_mul(2) {
            let last = self.limit - 1;
            let (_, worst, _) = self.found.select_nth_unstable_by_key(last, Found::key);
            self.floor = worst.score;
            self.found.truncate(self.limit);
        }
    }

    fn into_hits(mut self) -> Vec<Hit> {
        self.found.sort_unstable_by_key(Found::key);
        self.found.truncate(self.limit);
        self.found.into_iter().map(|found| Hit { node: found.node, score: found.score }).collect()
    }
}

impl Found {
    /// What the order goes by. The node decides only between those at one place, so it does not depend on when they came.
    fn key(&self) -> (std::cmp::Reverse<i64>, u64, Node) {
        (std::cmp::Reverse(self.score), self.place, self.node)
    }
}

#[cfg(test)]
mod tests {
    use super::super::example::{corpus, disclosure};
    use super::*;
    use crate::model::Basis::{Budget, FinalAccounts};

    fn two_departments() -> Corpus {
        let text = "\
# 一、收支总体情况
收入预算 1,202.95 万元
基本支出 890.10 万元
# 七、“三公”经费
公务接待费 3.43 万元 财政拨款
公务接待费 3.46 万元 财政拨款 @2021
会议费 0.80 万元
公务接待批次 12 批次
";
        corpus([
            disclosure("赤壁市医疗保障局", 2022, Budget, text),
            disclosure("咸宁市咸安区医疗保障局", 2020, FinalAccounts, "# 三公\n公务接待费 5.00 万元\n"),
        ])
    }

    fn shown(corpus: &Corpus, node: Node) -> String {
        match node {
            Node::Department(name) => name.map_or("?", |name| corpus.words.text(name)).to_owned(),
            Node::Disclosure(entry) => format!("{}.txt", entry.0),
            Node::Section(place) => {
                corpus.words.text(corpus.section(place).expect("it was found").title).to_owned()
            }
            Node::Item(place) => {
                let item = corpus.item(place).expect("it was found");
                format!("{} {}", corpus.words.subject_text(item.subject), item.value)
            }
        }
    }

    #[track_caller]
    fn check(query: &str, expect: &[&str]) {
        let corpus = two_departments();
        let hits = Searcher::default().search(&corpus, query, usize::MAX);
        let found: Vec<String> = hits.iter().map(|hit| shown(&corpus, hit.node)).collect();
        assert_eq!(found, expect, "{query}");
        for limit in 0..found.len() {
            let few = Searcher::default().search(&corpus, query, limit);
            assert_eq!(few, hits.get(..limit).expect("the best of all"), "{query}, {limit}");
        }
    }

    #[test]
    fn finds_figures_by_subject_and_the_exact_ones_first() {
        check("公务接待费", &["公务接待费 5.00", "公务接待费 3.43", "公务接待费 3.46"]);
        check("会议", &["会议费 0.80"]);
        check("没有", &[]);
        check("  ", &[]);
    }

    #[test]
    fn every_part_must_match() {
        check("接待费 赤壁", &["公务接待费 3.43", "公务接待费 3.46"]);
        check("接待费 2021", &["公务接待费 3.46"]);
        check("接待费 决算", &["公务接待费 5.00"]);
        check("接待费 final 会议", &[]);
        check("接待费 财政拨款 三公 赤壁 预算 2022", &["公务接待费 3.43", "公务接待费 3.46"]);
    }

    #[test]
    fn years_count_for_figures_and_for_their_disclosure() {
        check("公务接待费2022", &["公务接待费 3.43", "公务接待费 3.46"]);
        check("2021", &["公务接待费 3.46"]);
    }

    #[test]
    fn finds_values_as_written() {
        check("1202.95", &["收入预算 1202.95"]);
        check("1,202", &["收入预算 1202.95"]);
        check("3.4万元", &["公务接待费 3.43", "公务接待费 3.46"]);
        check("12批次", &["公务接待批次 12"]);
    }

    #[test]
    fn finds_what_figures_lie_under_by_its_own_name() {
        check("咸安", &["咸宁市咸安区医疗保障局", "1.txt", "公务接待费 5.00"]);
        check("2020决算", &["1.txt", "公务接待费 5.00"]);
        check("咸安 三公", &["三公", "公务接待费 5.00"]);
        check("收支 赤壁", &["一、收支总体情况", "收入预算 1202.95", "基本支出 890.10"]);
    }

    #[test]
    fn the_order_in_which_disclosures_come_does_not_matter() {
        let text = "# 一、收支\n会议费 1 万元\n培训费 2 万元\n";
        let years = [2020, 2023, 2021, 2022];
        let found = |years: &[u16]| {
            let corpus = corpus(years.iter().map(|&year| disclosure("甲局", year, Budget, text)));
            let hits = Searcher::default().search(&corpus, "费", 5);
            let about = |hit: &Hit| match hit.node {
                Node::Item(place) => corpus.item(place).map(|item| (item.about_year, item.value)),
                _ => None,
            };
            hits.iter().map(about).collect::<Vec<_>>()
        };
        let reversed: Vec<u16> = years.iter().rev().copied().collect();
        assert_eq!(found(&years), found(&reversed));
        assert_eq!(found(&years).len(), 5);
    }

    #[test]
    fn a_searcher_follows_a_corpus_that_grows() {
        let (mut corpus, mut searcher) = (two_departments(), Searcher::default());
        assert_eq!(searcher.search(&corpus, "培训费", 9), []);
        corpus.add("2.txt".into(), disclosure("乙局", 2024, Budget, "培训费 1 万元\n"));
        assert_eq!(searcher.search(&corpus, "培训费", 9).len(), 1);
    }

    #[test]
    fn marks_the_characters_that_match() {
        assert_eq!(matched("公务接待费", "接待"), [2, 3]);
        assert_eq!(matched("公务接待费", "公接费"), [0, 2, 4]);
        assert_eq!(matched("费用和费率", "费"), [0, 3]);
        assert_eq!(matched("２０２２年公务接待费", "接待 2022"), [0, 1, 2, 3, 7, 8]);
        assert_eq!(matched("1,202.95", "1202.95"), [0, 2, 3, 4, 5, 6, 7]);
        assert_eq!(matched("会议费", "接待"), [0; 0]);
        assert_eq!(matched("会议费", ""), [0; 0]);
    }
}
