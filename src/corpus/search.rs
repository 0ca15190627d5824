//! A query → ranked figures, by fuzzy matching over the distinct names.
//!
//! A corpus has millions of figures and some tens of thousands of names. So each part of a query is matched with every
//! name once, and then one pass over the figures looks their names' scores up.

mod best;
mod labels;
mod names;
mod query;
mod scan;
mod wanted;

use fuzzy_matcher::skim::SkimMatcherV2;

use self::labels::Labels;
use self::names::{Names, Needle};
use self::query::Part;
use self::scan::Ground;
use self::wanted::Wanted;
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

/// Searches one corpus, also while it grows. For another corpus it takes another searcher.
pub struct Searcher {
    matcher: SkimMatcherV2,
    names: Names,
    labels: Labels,
}

impl Default for Searcher {
    fn default() -> Self {
        Self { matcher: names::matcher(), names: Names::default(), labels: Labels::default() }
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
        self.refresh(corpus);
        let mut wanted: Vec<Wanted> = parts.into_iter().map(|part| self.wanted(corpus, part)).collect();
        if !wanted.iter().all(Wanted::may_match) {
            return Vec::new();
        }
        wanted.sort_by_key(Wanted::matches);
        Ground { corpus, labels: &self.labels, wanted: &wanted, limit }.search().into_hits()
    }

    /// Takes in what is new in the corpus. A search does so itself; to do it while the corpus is loaded spares the first
    /// search the wait.
    pub fn refresh(&mut self, corpus: &Corpus) {
        self.names.refresh(&corpus.words);
        self.labels.refresh(corpus);
    }

    /// Returns a part of the query with the scores of all names.
    fn wanted(&self, corpus: &Corpus, part: Part) -> Wanted {
        let needle = Needle::new(&part.text, &self.matcher);
        let names = self.names.scores(&corpus.words, &needle, &self.matcher);
        let subjects = corpus.words.subjects().map(|(_, subject)| subject);
        Wanted::new(part, names, subjects, self.labels.distinct())
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
