//! A query → ranked figures, by fuzzy matching over the distinct names.
//!
//! A corpus has millions of figures and some tens of thousands of names. So each part of a query is matched with every
//! name once, and then one pass over the figures looks their names' scores up. Both can be done in pieces: see [`Task`].

mod best;
mod filter;
mod highlight;
mod labels;
mod names;
mod number;
mod query;
mod scan;
mod spelling;
mod task;
mod wanted;

use fuzzy_matcher::skim::SkimMatcherV2;

pub use self::filter::complete;
pub use self::highlight::Highlighter;
pub use self::task::Task;

use self::labels::Labels;
use self::names::Names;
use self::query::Part;
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
    /// The scores of all names for the parts of the last query: while one is typed the others stay as they are.
    known: Vec<(String, Vec<u16>)>,
}

impl Default for Searcher {
    fn default() -> Self {
        Self {
            matcher: names::matcher(),
            names: Names::default(),
            labels: Labels::default(),
            known: Vec::new(),
        }
    }
}

impl Searcher {
    /// Returns at most `limit` places that match a query, the best first; of equal ones the order of the corpus decides.
    ///
    /// The query is split at white space. Each part must match a name (subject, section title, department, aspect) or the
    /// letters that it is typed with (`gwjd`, `gongwujiedai`), a year (`2024`), a basis (`预算`, `决算`, `budget`,
    /// `final`), a code of the classification, or a value: as it is written, from its first digit, or as much money in
    /// another unit. A figure matches by its own names and by all that it lies under; a section, a table, a
    /// disclosure or a department only where at least one part matches its own name. A filter (`部门:`, `年:`, `金额>`, `问题:`) leaves
    /// only what it names.
    pub fn search(&mut self, corpus: &Corpus, query: &str, limit: usize) -> Vec<Hit> {
        let mut task = Task::new(query, limit);
        loop {
            if let Some(hits) = task.go_on(self, corpus, usize::MAX) {
                return hits;
            }
        }
    }

    /// Begins a search; [`Self::go_on`] does it.
    pub fn begin(query: &str, limit: usize) -> Task {
        Task::new(query, limit)
    }

    /// Goes on with a search for about so much work, a look at a figure being 1. Returns what was found once that is
    /// all. Where the corpus has grown since, the search begins anew.
    pub fn go_on(&mut self, corpus: &Corpus, task: &mut Task, work: usize) -> Option<Vec<Hit>> {
        task.go_on(self, corpus, work)
    }

    /// Takes in what is new in the corpus. A search does so itself; to do it while the corpus is loaded spares the first
    /// search the wait.
    pub fn refresh(&mut self, corpus: &Corpus) {
        self.names.refresh(&corpus.words);
        self.labels.refresh(corpus);
    }

    /// Returns a part of the query with the scores of all names.
    fn wanted(&self, corpus: &Corpus, part: Part, names: Vec<u16>) -> Wanted {
        let subjects = corpus.words.subjects().map(|(_, subject)| subject);
        Wanted::new(part, names, subjects, self.labels.distinct())
    }

    /// Returns the scores of all names for a part, where they are known.
    fn known(&self, part: &Part) -> Option<Vec<u16>> {
        let (_, scores) = self.known.iter().find(|(text, _)| *text == part.text)?;
        (scores.len() == self.names.len()).then(|| scores.clone())
    }

    fn keep(&mut self, part: &Part, scores: &[u16]) {
        if !self.known.iter().any(|(text, _)| *text == part.text) {
            self.known.push((part.text.clone(), scores.to_vec()));
        }
    }

    /// Forgets the scores of all parts but these, and of those that were scored when there were fewer names.
    fn forget_but(&mut self, parts: &[Part]) {
        let names = self.names.len();
        self.known
            .retain(|(text, scores)| scores.len() == names && parts.iter().any(|part| part.text == *text));
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
            Node::Table(place) => corpus.table_title(place).expect("it was found").to_owned(),
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
    fn tables_are_found_by_their_titles() {
        let path = std::path::Path::new("a.html");
        let row = "<tr><td>2130301</td><td>行政运行</td><td>60.00</td><td>60.00</td></tr>";
        let head = "<tr><td>科目编码</td><td>科目名称</td><td>合计</td><td>基本支出</td></tr>";
        let table = |title: &str| format!("<p>{title}</p><p>单位：万元</p><table>{head}{row}</table>");
        let page = format!(
            "<html><body><p>栖云县水务局2022年部门预算</p>{}{}</body></html>",
            table("一般公共预算支出表"),
            table("政府性基金预算支出表")
        );
        let source = crate::source::Source::read(path, page.as_bytes()).expect("a page");
        let mut corpus = two_departments();
        corpus.add(path.into(), crate::parse::parse(path, source));
        let found = |query: &str| {
            let hits = Searcher::default().search(&corpus, query, usize::MAX);
            let tables = hits.iter().filter(|hit| matches!(hit.node, Node::Table(_)));
            tables.map(|hit| shown(&corpus, hit.node)).collect::<Vec<_>>()
        };
        assert_eq!(found("基金预算支出表"), ["政府性基金预算支出表"]);
        assert_eq!(found("支出表 栖云"), ["一般公共预算支出表", "政府性基金预算支出表"]);
        assert_eq!(found("ybggyszcb 2022"), ["一般公共预算支出表"]);
        assert_eq!(found("支出表 部门:水务 年:2022").len(), 2);
        // What a table lies under does not make it a place that was asked for.
        assert_eq!(found("栖云"), [""; 0]);
        assert_eq!(found("支出表 2020"), [""; 0]);
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
    fn a_search_in_pieces_finds_the_same() {
        let (corpus, mut searcher) = (two_departments(), Searcher::default());
        for query in ["公务接待费", "接待费 赤壁", "咸安", "没有", "", "gwjd 部门:赤壁"] {
            let whole = searcher.search(&corpus, query, 9);
            let mut task = Searcher::begin(query, 9);
            let mut pieces = 1;
            let found = loop {
                match searcher.go_on(&corpus, &mut task, 1) {
                    Some(found) => break found,
                    None => pieces += 1,
                }
            };
            assert_eq!(found, whole, "{query}");
            assert!(pieces > 1 || query.is_empty() || query == "没有", "{query}");
        }
    }

    #[test]
    fn a_search_that_was_begun_sees_what_comes_in() {
        let (mut corpus, mut searcher) = (two_departments(), Searcher::default());
        let mut task = Searcher::begin("培训费", 9);
        assert_eq!(searcher.go_on(&corpus, &mut task, 1), None);
        corpus.add("2.txt".into(), disclosure("乙局", 2024, Budget, "培训费 1 万元\n"));
        let found = std::iter::from_fn(|| Some(searcher.go_on(&corpus, &mut task, 1))).flatten().next();
        assert_eq!(found.map(|hits| hits.len()), Some(1));
    }

    #[test]
    fn letters_and_money_in_other_units_are_found() {
        check("gwjdf", &["公务接待费 5.00", "公务接待费 3.43", "公务接待费 3.46"]);
        check("gongwujiedaip", &["公务接待批次 12"]);
        check("xianan jiedai", &["公务接待费 5.00"]);
        check("12029500", &["收入预算 1202.95"]);
        check("34300元", &["公务接待费 3.43"]);
    }

    #[test]
    fn filters_leave_what_they_name() {
        check("接待 部门:咸安", &["公务接待费 5.00"]);
        check("dept:xianan", &["咸宁市咸安区医疗保障局", "1.txt", "公务接待费 5.00"]);
        check("接待 年:2021", &["公务接待费 3.46"]);
        check("年:2020", &["公务接待费 5.00", "1.txt"]);
        check("金额>100万", &["收入预算 1202.95", "基本支出 890.10"]);
        check("金额>5 金额<1000", &["基本支出 890.10"]);
        check("金额:34300元", &["公务接待费 3.43"]);
        check("金额>1亿", &[]);
        check("金额>多", &[]);
        check("问题:sum", &[]);
        check("接待费 部门:", &["公务接待费 5.00", "公务接待费 3.43", "公务接待费 3.46"]);
    }

    #[test]
    fn what_the_checks_found_can_be_asked_for() {
        let mut corpus = Corpus::default();
        for (file, text) in [
            (
                "甲.txt",
                "甲县水利局2022年部门预算\n\n一、收支总体情况\n\n2022年收入预算1679.88万元，比上年增加115.97万元，增长9.42%。\n",
            ),
            (
                "乙.txt",
                "乙县水利局2022年部门预算\n\n一、收支总体情况\n\n2022年收入预算1679.88万元，比上年增加115.97万元，增长7.42%。\n",
            ),
        ] {
            let source = crate::source::Source::read(file.as_ref(), text.as_bytes()).expect("it is text");
            let disclosure = crate::parse::parse(file.as_ref(), source);
            let report = crate::check::check(&disclosure);
            corpus.add_checked(file.into(), disclosure, report);
        }
        let found = |query| {
            let hits = Searcher::default().search(&corpus, query, usize::MAX);
            let items = hits.iter().filter(|hit| matches!(hit.node, Node::Item(_)));
            items.map(|hit| shown(&corpus, hit.node)).collect::<Vec<_>>()
        };
        assert!(found("问题:rate").contains(&"收入预算 9.42".to_owned()), "{:?}", found("问题:rate"));
        assert_eq!(found("finding:rate dept:乙"), [""; 0]);
        assert_eq!(found("问题:balance"), [""; 0]);
        assert_eq!(found("问题:rate"), found("问题:增减率"));
    }
}
