//! Titles, headings and first sentences → whose disclosure it is, each fact with the words that say it.

use std::path::Path;
use std::sync::LazyLock;

use super::fold::{self, Folded, Stretch};
use super::lexer::leading_year;
use super::organisation::{is_place, name_ends, name_length, places};
use super::outline::Outline;
use super::wordlist::{Wordlist, ascii};
use rustc_hash::FxHashMap;

use crate::model::{Basis, Confidence, Edition, Evidence, Header, NameId, Section, Vocabulary};
use crate::source::span::{holds, slice};
use crate::source::{Source, Span};

/// How many blocks at the beginning and how many in all are looked at.
const FIRST_BLOCKS: usize = 12;
const MOST_BLOCKS: usize = 200;
const ENOUGH_BLOCKS: usize = 16;
/// The longest title, in bytes of folded text, and how much of a longer stretch is looked at.
const LONGEST_TITLE: usize = 200;
const LOOKED_AT: usize = 90;

/// Reads the header of a document.
pub(super) fn header(
    path: &Path,
    source: &Source,
    folded: &Folded,
    outline: &Outline,
    words: &mut Vocabulary,
) -> Header {
    let mut reader = Reader {
        source,
        folded,
        years: FxHashMap::default(),
        names: FxHashMap::default(),
        editions: (0, 0),
        clauses: Vec::new(),
    };
    reader.read(outline);
    let department = reader.department();
    let department = department.map(|(name, evidence)| (name.to_owned(), evidence));
    let department = department.or_else(|| department_in_tables(source));
    let (mut year, mut basis) = reader.year_and_basis();
    year = year.or_else(|| year_in_tables(source));
    basis = basis.or_else(|| basis_of_tables(source));
    if year.is_none() || basis.is_none() {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).map(fold::folded).unwrap_or_default();
        year = year.or_else(|| find_year(&stem).map(|value| named_by_file(value.0)));
        basis = basis.or_else(|| basis_in(&stem).map(named_by_file));
    }
    if year.is_none() || basis.is_none() {
        let told = Told::of(source, folded);
        year = year.or_else(|| told.year());
        basis = basis.or_else(|| told.basis(year.map_or(0, |year| year.value)));
    }
    let department = department.map(|(name, span)| (words.name(&name), name, span));
    let region = department.as_ref().map(|(_, name, _)| places(name).map(str::to_owned).collect::<Vec<_>>());
    let edition = match reader.editions {
        (consolidated, own) if consolidated > 1 && consolidated > own => Edition::Consolidated,
        (consolidated, own) if own > 1 && own > consolidated => Edition::Own,
        _ => Edition::Unsaid,
    };
    Header {
        department: department.map(|(value, _, (span, confidence))| Evidence {
            value,
            span: Some(span),
            confidence,
        }),
        region: region.iter().flatten().map(|name| words.name(name)).collect::<Vec<NameId>>(),
        year,
        basis,
        edition,
    }
}

/// Returns the name behind a cell that says 部门名称, for files that hold nothing but tables.
fn department_in_tables(source: &Source) -> Option<(String, (Span, Confidence))> {
    const LABELS: &[&str] =
        &["部门名称", "单位名称", "编制单位", "填报单位", "预算单位", "公开部门", "公开单位"];
    let rows = source.tables.iter().flat_map(|table| &table.rows);
    let named = rows.filter_map(|row| {
        let mut filled = row.cells.iter().map(|cell| cell.span).filter(|span| !span.is_empty());
        let label = fold::folded(source.cut(filled.next()?));
        let name = filled.next()?;
        let text = fold::folded(source.cut(name));
        let whole = name_length(&text) == Some(text.len());
        (whole && LABELS.contains(&label.trim_end_matches(':'))).then_some((text, (name, Confidence::Text)))
    });
    named.into_iter().next()
}

/// Returns the year that is all of a cell: （2026年度）; or else the first that a table has in its title.
fn year_in_tables(source: &Source) -> Option<Evidence<u16>> {
    let cells = source.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    let year = |span: Span| {
        let text = fold::folded(source.cut(span));
        let text = text.trim_matches(['(', ')']);
        leading_year(text).filter(|(_, rest)| rest.is_empty() && text.ends_with('度')).map(|(year, _)| year)
    };
    let found = cells.map(|cell| cell.span).filter(|span| span.len() < 24);
    let mut found = found.filter_map(|span| Some((year(span)?, span)));
    let above = source.tables.iter().filter_map(|table| table.title);
    let mut titled = above.filter_map(|span| Some((find_year(&fold::folded(source.cut(span)))?.0, span)));
    let (value, span) = found.next().or_else(|| titled.next())?;
    Some(Evidence { value, span: Some(span), confidence: Confidence::Text })
}

/// Returns whether the first table that says so is one of a budget or of final accounts.
fn basis_of_tables(source: &Source) -> Option<Evidence<Basis>> {
    let mut titles = source.tables.iter().filter_map(|table| table.title);
    titles.find_map(|title| {
        let value = basis_in(&fold::folded(source.cut(title)))?;
        Some(Evidence { value, span: Some(title), confidence: Confidence::Title })
    })
}

fn named_by_file<T>(value: T) -> Evidence<T> {
    Evidence { value, span: None, confidence: Confidence::FileName }
}

/// What the running text tells of its year and basis, for a text that has lost its title or never had one.
#[derive(Debug, Default)]
struct Told {
    /// How often every year stands there that nothing is compared with, and where first.
    years: FxHashMap<u16, (u32, Span)>,
    /// The years whose final accounts, and those whose budget is spoken of.
    bases: [Vec<(u16, Span)>; 2],
    /// Where final accounts or a budget are spoken of at all.
    any: [Option<Span>; 2],
}

impl Told {
    fn of(source: &Source, folded: &Folded) -> Self {
        let mut told = Self::default();
        // As one text, for a line may end between a year and what is told of it.
        told.read(&folded.stretch(0, source.blocks.len().min(MOST_BLOCKS)));
        told
    }

    fn read(&mut self, stretch: &Stretch) {
        /// The words behind a year that may say whether it is one of a budget.
        const REACH: usize = 90;
        let text = stretch.text;
        for (any, basis) in self.any.iter_mut().zip([Basis::FinalAccounts, Basis::Budget]) {
            *any = spoken_of(text, basis).map(|(from, to)| stretch.span(from, to));
        }
        let mut at = 0;
        while let Some((year, from, to)) = find_year(slice(text, at, text.len())) {
            let (from, to) = (at + from, at + to);
            at = to;
            if slice(text, 0, from).ends_with(['比', '较', '与', '同']) {
                continue;
            }
            let span = stretch.span(from, to);
            self.years.entry(year).or_insert((0, span)).0 += 1;
            let near = slice(text, to, to + REACH);
            let near = slice(near, 0, find_year(near).map_or(near.len(), |(_, next, _)| next));
            let [finals, budgets] = &mut self.bases;
            if spoken_of(near, Basis::FinalAccounts).is_some() {
                finals.push((year, span));
            } else if spoken_of(near, Basis::Budget).is_some() {
                budgets.push((year, span));
            }
        }
    }

    /// The year that is spoken of most, of several the last.
    fn year(&self) -> Option<Evidence<u16>> {
        let (year, (_, span)) = self.years.iter().max_by_key(|(year, (count, _))| (*count, **year))?;
        Some(Evidence { value: *year, span: Some(*span), confidence: Confidence::Text })
    }

    /// Final accounts tell of the budget of their year too; a budget knows no final accounts of its own year.
    fn basis(&self, year: u16) -> Option<Evidence<Basis>> {
        let of_year = |told: &[(u16, Span)]| told.iter().find(|(of, _)| *of == year).map(|(_, span)| *span);
        let [finals, budgets] = &self.bases;
        let [any_final, any_budget] = self.any;
        let found = of_year(finals).map(|span| (Basis::FinalAccounts, span));
        let found = found.or_else(|| of_year(budgets).map(|span| (Basis::Budget, span)));
        let found = found.or(any_final.map(|span| (Basis::FinalAccounts, span)));
        let (value, span) = found.or(any_budget.map(|span| (Basis::Budget, span)))?;
        Some(Evidence { value, span: Some(span), confidence: Confidence::Text })
    }
}

/// Votes for one reading of a fact, and the first and best place that says so.
#[derive(Debug, Clone, Copy)]
struct Votes {
    weight: u32,
    span: Span,
    confidence: Confidence,
}

struct Reader<'a> {
    source: &'a Source,
    folded: &'a Folded,
    years: FxHashMap<(u16, Basis), Votes>,
    names: FxHashMap<&'a str, Votes>,
    /// How often (汇总) and (本级) stand behind a name.
    editions: (u32, u32),
    /// The clauses of the block at hand.
    clauses: Vec<Clause>,
}

/// A stretch of a text between two marks.
#[derive(Debug, Clone, Copy)]
struct Clause {
    start: usize,
    end: usize,
    /// Whether a character stands in it that names of organisations end with.
    named: bool,
}

impl<'a> Reader<'a> {
    fn read(&mut self, outline: &Outline) {
        let in_contents = |span: Span| outline.contents.is_some_and(|contents| contents.contains(span));
        for (section, block) in outline.sections.iter().zip(&outline.headings) {
            self.read_block(*block, heading_weight(section), Confidence::Title);
        }
        for (index, block) in self.source.blocks.iter().take(MOST_BLOCKS).enumerate() {
            // What is known by now is known well enough; a text that has not yet said whose it is may say so later.
            if index >= ENOUGH_BLOCKS && self.is_clear() {
                break;
            }
            let title = index < FIRST_BLOCKS && !in_contents(block.span);
            let (weight, confidence) = if title { (6, Confidence::Title) } else { (1, Confidence::Text) };
            self.read_block(index, weight, confidence);
        }
    }

    /// Whether a year and a name with its place were each found more than once.
    fn is_clear(&self) -> bool {
        let often = |votes: &Votes| votes.weight > 2;
        self.years.values().any(often)
            && self.names.iter().any(|(name, votes)| often(votes) && places(name).next().is_some())
    }

    /// Reads one heading or other block, clause by clause.
    fn read_block(&mut self, block: usize, weight: u32, confidence: Confidence) {
        let stretch = self.folded.stretch(block, block + 1);
        let whole = stretch.text.len() <= LONGEST_TITLE;
        let text = if whole { stretch.text } else { stretch.cut(0, LOOKED_AT) };
        let mut clauses = std::mem::take(&mut self.clauses);
        clauses.clear();
        let title = cut_clauses(text, &mut clauses) && whole;
        let weight = if title { weight } else { 1 };
        let confidence = if title { confidence } else { Confidence::Text };
        if memchr::memchr(b'(', text.as_bytes()).is_some() {
            self.editions.0 += u32::from(holds(text, "(汇总)"));
            self.editions.1 += u32::from(holds(text, "(本级)"));
        }
        let dated = holds(text, "年");
        for &Clause { start: at, end, named } in &clauses {
            let clause = text.get(at..end).unwrap_or_default();
            let year = if dated { find_year(clause) } else { None };
            if let Some((year, from, to)) = year
                && let Some(basis) = basis_after(slice(clause, to, clause.len()))
            {
                let span = stretch.span(at + from, end);
                add(&mut self.years, (year, basis), Votes { weight, span, confidence });
            }
            if named && let Some((from, to)) = organisation(clause, year.map(|(_, from, to)| (from, to))) {
                let span = stretch.span(at + from, at + to);
                add(&mut self.names, slice(clause, from, to), Votes { weight, span, confidence });
            }
        }
        self.clauses = clauses;
    }

    /// Returns the name with the most votes, in its fullest form.
    fn department(&self) -> Option<(&'a str, (Span, Confidence))> {
        let score = |name: &str, votes: &Votes| {
            (votes.weight * if places(name).next().is_some() { 4 } else { 1 }, name.len())
        };
        let best =
            self.names.iter().max_by_key(|(name, votes)| (score(name, votes), std::cmp::Reverse(**name)))?;
        let fuller = self
            .names
            .iter()
            .filter(|(name, _)| name.ends_with(best.0) && is_place(slice(name, 0, name.len() - best.0.len())))
            .max_by_key(|(name, _)| name.len());
        let (name, votes) = fuller.unwrap_or(best);
        Some((name, (votes.span, votes.confidence)))
    }

    fn year_and_basis(&self) -> (Option<Evidence<u16>>, Option<Evidence<Basis>>) {
        let best = self.years.iter().max_by_key(|((year, basis), votes)| (votes.weight, *year, *basis));
        let Some((&(year, basis), votes)) = best else { return (None, None) };
        let evidence = |span| (Some(span), votes.confidence);
        let (span, confidence) = evidence(votes.span);
        (Some(Evidence { value: year, span, confidence }), Some(Evidence { value: basis, span, confidence }))
    }
}

fn add<K: std::hash::Hash + Eq>(votes: &mut FxHashMap<K, Votes>, key: K, vote: Votes) {
    votes
        .entry(key)
        .and_modify(|known| {
            known.weight += vote.weight;
            if vote.confidence > known.confidence {
                (known.span, known.confidence) = (vote.span, vote.confidence);
            }
        })
        .or_insert(vote);
}

/// The heading of a part names the year most surely.
fn heading_weight(section: &Section) -> u32 {
    if section.level == 1 { 12 } else { 3 }
}

/// Marks that a name or a year does not reach over, and what names end with: true for the marks.
static DIVIDES: LazyLock<Wordlist<bool>> = LazyLock::new(|| {
    let marks = ["。", "、", "《", "》"].map(|mark| (mark, true));
    Wordlist::by_first(marks.into_iter().chain(name_ends().map(|end| (end, false))))
});
const DIVIDES_ASCII: [bool; 128] = ascii(b",;:\"");

/// Finds where the clauses of a text begin and end, and returns whether no mark in it ends a sentence.
fn cut_clauses(text: &str, clauses: &mut Vec<Clause>) -> bool {
    let divides = &*DIVIDES;
    let (mut start, mut at, mut title, mut named) = (0, 0, true, false);
    while let Some(next) = divides.next_beginning(text, at, &DIVIDES_ASCII) {
        let rest = text.get(next..).unwrap_or_default();
        let length = match rest.as_bytes().first() {
            Some(mark @ ..0x80) => {
                title &= *mark != b';';
                1
            }
            _ => match divides.of(rest).next().map(|word| word.meaning) {
                Some(true) => {
                    title &= !rest.starts_with('。');
                    3
                }
                end => {
                    named |= end.is_some();
                    at = next + 3;
                    continue;
                }
            },
        };
        clauses.push(Clause { start, end: next, named });
        at = next + length;
        (start, named) = (at, false);
    }
    clauses.push(Clause { start, end: text.len(), named });
    title
}

/// Returns the first year in a clause and the bytes it covers.
fn find_year(clause: &str) -> Option<(u16, usize, usize)> {
    let bytes = clause.as_bytes();
    memchr::memchr_iter(0xB4, bytes).find_map(|last| {
        // The four digits before 年, which is E5 B9 B4.
        let from = last.checked_sub(6)?;
        let longer = from.checked_sub(1).and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
        let (year, rest) = clause.get(from..).filter(|_| !longer).and_then(leading_year)?;
        Some((year, from, clause.len() - rest.len()))
    })
}

fn basis_in(text: &str) -> Option<Basis> {
    if holds(text, "决算") {
        return Some(Basis::FinalAccounts);
    }
    holds(text, "预算").then_some(Basis::Budget)
}

/// Returns where a text speaks of final accounts or of a budget.
fn spoken_of(text: &str, basis: Basis) -> Option<(usize, usize)> {
    /// The four budgets by which money is divided, which final accounts speak of as much, and what they began with.
    const FRAMES: &[&str] = &["公共", "基金", "经营", "保险", "年初"];
    /// Only what was carried out is held against what was planned.
    const CARRIED_OUT: &[&str] = &["决算", "完成预算", "完成年初预算", "年初预算为"];
    let of = |word: &str| {
        let mut found = memchr::memmem::find_iter(text.as_bytes(), word.as_bytes());
        let at = found.find(|at| !FRAMES.iter().any(|frame| slice(text, 0, *at).ends_with(frame)))?;
        Some((at, at + word.len()))
    };
    match basis {
        Basis::FinalAccounts => CARRIED_OUT.iter().find_map(|word| of(word)),
        Basis::Budget => of("预算"),
    }
}

/// Returns the basis that stands soon after a year: 2025年部门预算, not 2025年…收入预算 of a long sentence.
fn basis_after(rest: &str) -> Option<Basis> {
    const REACH: usize = 60;
    let near = slice(rest, 0, REACH);
    let basis = basis_in(near)?;
    // 预算绩效, 预算执行 and 年初预算 say nothing of the document, and neither does 一般公共预算.
    let telling = [
        "部门预算",
        "单位预算",
        "部门决算",
        "单位决算",
        "预算公开",
        "决算公开",
        "收入预算",
        "支出预算",
        "总决算",
        "决算总",
    ];
    telling.iter().any(|word| holds(near, word)).then_some(basis)
}

/// What may stand before the name of an organisation.
static BEFORE: LazyLock<Wordlist<()>> = LazyLock::new(|| {
    Wordlist::of_words(&["第一部分", "第二部分", "第三部分", "第四部分", "第五部分", "关于", "其中", "纳入"])
});

/// Returns where the name of an organisation stands in a clause: at its beginning, after a year or after a dash. `year` is
/// where the clause's first year stands.
fn organisation(clause: &str, year: Option<(usize, usize)>) -> Option<(usize, usize)> {
    let word = BEFORE.of(clause).next().map_or(0, |word| word.text.len());
    let (before_year, year) = year.map_or((clause.len(), word), |(from, to)| (from, to));
    let named =
        |from: usize, to: usize| name_length(slice(clause, from, to)).map(|length| (from, from + length));
    let after_dash = || {
        let dash = memchr::memchr(b'-', clause.as_bytes()).and_then(|_| clause.rfind("--"));
        dash.and_then(|at| named(at + 2, clause.len()))
    };
    let after_year = || (year > word).then(|| named(year, clause.len())).flatten();
    // 栖云县清水镇2019年度部门决算: the government of a town may be called like the town.
    let town = || {
        let name = slice(clause, word, before_year);
        (year > word && name.ends_with(['镇', '乡']) && is_place(name)).then_some((word, before_year))
    };
    named(word, before_year).or_else(town).or_else(after_year).or_else(after_dash)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Encoding, Format};

    #[track_caller]
    fn check(text: &str, department: &str, year: u16, basis: Basis) {
        let source = Source::from_text(text.to_owned(), Format::Text, Encoding::Utf8);
        let mut words = Vocabulary::default();
        let folded = Folded::of(&source);
        let outline = super::super::outline::outline(&source, &folded, &mut words);
        let header = header(Path::new("x.txt"), &source, &folded, &outline, &mut words);
        let found = header.department.map(|evidence| words.text(evidence.value).to_owned());
        assert_eq!(found.as_deref(), Some(department));
        assert_eq!(header.year.map(|evidence| evidence.value), Some(year));
        assert_eq!(header.basis.map(|evidence| evidence.value), Some(basis));
        let span = header.department.and_then(|evidence| evidence.span).expect("it has a place");
        assert!(source.cut(span).replace([' ', '\n'], "").contains(department), "{}", source.cut(span));
    }

    #[test]
    fn reads_titles() {
        check("栖霞县水利局 2022 年部门预算\n目录", "栖霞县水利局", 2022, Basis::Budget);
        check(
            "2020年度部门决算公开——永宁市栖霞县水利局\n日期: 2021-10-28",
            "永宁市栖霞县水利局",
            2020,
            Basis::FinalAccounts,
        );
        check("栖云县清水镇2019年度部门决算\n目录", "栖云县清水镇", 2019, Basis::FinalAccounts);
        check(
            "永宁市水务局 (永宁市河湖管理局) 2021年度部门决算\n一、概况",
            "永宁市水务局",
            2021,
            Basis::FinalAccounts,
        );
        check(
            "第二部分 永宁市江北区水利局(汇总）2025年部门预算表\n一、收支",
            "永宁市江北区水利局",
            2025,
            Basis::Budget,
        );
    }

    #[track_caller]
    fn check_told(text: &str, year: Option<u16>, basis: Option<Basis>) {
        let source = Source::from_text(text.to_owned(), Format::Text, Encoding::Utf8);
        let (mut words, folded) = (Vocabulary::default(), Folded::of(&source));
        let outline = super::super::outline::outline(&source, &folded, &mut words);
        let header = header(Path::new("x.txt"), &source, &folded, &outline, &mut words);
        let found = (header.year.map(|year| year.value), header.basis.map(|basis| basis.value));
        assert_eq!(found, (year, basis), "{text}");
    }

    #[test]
    fn a_text_without_a_title_tells_its_year_and_basis() {
        // The year that others are held against is not the one that is compared with.
        check_told(
            "公务接待费2万元，较2020年度决算数减少1万元。\n2021年支出5万元，与2020年持平。",
            Some(2021),
            Some(Basis::FinalAccounts),
        );
        // A budget tells of the final accounts of the year before; final accounts tell of their own budget.
        check_told(
            "一、2022年“三公”经费预算\n2022年安排2万元。\n二、2021年“三公”经费决算\n支出3万元。",
            Some(2022),
            Some(Basis::Budget),
        );
        check_told(
            "2019年“三公”经费预算为4万元，2019年“三公”经费决算为2万元。",
            Some(2019),
            Some(Basis::FinalAccounts),
        );
        // The names of the four budgets say nothing, and a line may end anywhere.
        check_told("2020年一般公共预算拨款支\n出决\n算为3万元。", Some(2020), Some(Basis::FinalAccounts));
        check_told("2018年一般公共预算拨款支出3万元。", Some(2018), None);
        check_told("2018年支出3万元，完成预算的98%。", Some(2018), Some(Basis::FinalAccounts));
        check_told("接待费3万元。", None, None);
    }

    #[test]
    fn reads_sentences_where_there_is_no_title() {
        check(
            "第一部分 单位概况\n一、机构\n栖霞县水利局部门预算包括：局机关预算。\n第二部分 2023年部门预算编制情况\n栖霞县水利局2023年收入预算总额12.5万元，比2022年增加。",
            "栖霞县水利局",
            2023,
            Basis::Budget,
        );
        check(
            "一、单位\n栖霞县水利局\n明细详见:永宁市栖霞县水利局2025年预算公开表\n栖霞县水利局2025年部门预算",
            "永宁市栖霞县水利局",
            2025,
            Basis::Budget,
        );
    }
}
