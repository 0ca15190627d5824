//! A corpus → the sheet that a reviewer fills in for every disclosure (公开情况检查表): one row a required item, by the
//! templates in `assets/templates/checklist.csv`.

mod date;
pub mod form;
pub mod workbook;

use super::json::file_name;
use super::plain::visible;
use crate::check::{Finding, Place, Severity};
use crate::corpus::{Corpus, Entry, EntryId, FindingRef};
use crate::judgement::Judgements;
use crate::lang::{Lang, Word};
use crate::model::{Basis, Confidence, Edition, NameId, TableKind};
use crate::source::span::slice;
use crate::source::{BlockKind, Source, Span, Table};

/// The rows of the sheet.
const ROWS: &str = include_str!("../../assets/templates/checklist.csv");

/// What a row comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// What is required is there, and nothing is wrong in it.
    Meets,
    /// The documents do not say.
    CannotTell,
    /// It is not there, or something in it is wrong.
    Fails,
}

impl Verdict {
    /// Returns the word that stands in the sheet.
    pub fn word(self) -> Word {
        match self {
            Self::Meets => Word::ChecklistMeets,
            Self::CannotTell => Word::ChecklistCannotTell,
            Self::Fails => Word::ChecklistFails,
        }
    }
}

/// One required item of one disclosure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What is required.
    pub item: String,
    /// What it comes to.
    pub verdict: Verdict,
    /// Why, in sentences with their places.
    pub problems: Vec<String>,
}

/// The sheet of one disclosure, whatever files it comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checklist {
    /// Whose it is.
    pub department: String,
    /// Of which year and basis.
    pub title: String,
    /// The files it was read from.
    pub files: Vec<String>,
    /// The required items in the order of the template.
    pub rows: Vec<Row>,
}

/// Returns the sheet of every disclosure, by department and year. Files of the same department, year, basis and edition
/// are one disclosure.
/// A finding that was dismissed is none.
pub fn checklists((corpus, judgements): (&Corpus, &Judgements), lang: Lang) -> Vec<Checklist> {
    type Key = (Option<NameId>, Option<u16>, Option<Basis>, Edition);
    let mut groups: Vec<(Key, Vec<(EntryId, &Entry)>)> = Vec::new();
    for (id, entry) in (0..).map(EntryId).zip(&corpus.entries) {
        let header = &entry.disclosure.header;
        let key = (
            header.department.map(|department| department.value),
            header.year.map(|year| year.value),
            header.basis.map(|basis| basis.value),
            header.edition,
        );
        match groups.iter_mut().find(|(known, _)| *known == key && key.0.is_some()) {
            Some((_, entries)) => entries.push((id, entry)),
            None => groups.push((key, vec![(id, entry)])),
        }
    }
    let mut lists: Vec<Checklist> = groups
        .into_iter()
        .map(|(_, mut entries)| {
            entries.sort_by(|(_, one), (_, other)| one.file.cmp(&other.file));
            let (ids, entries) = entries.into_iter().unzip();
            Reviewer { corpus, judgements, ids, entries, lang }.fill_in()
        })
        .collect();
    lists.sort_by(|one, other| {
        (&one.department, &one.title, &one.files).cmp(&(&other.department, &other.title, &other.files))
    });
    lists
}

/// A row of the template.
#[derive(Debug, Clone, Copy)]
struct Required {
    item: &'static str,
    how: &'static str,
    words: &'static str,
}

impl Required {
    fn words(&self) -> impl Iterator<Item = &'static str> {
        self.words.split('|')
    }

    fn is_about(&self, title: &str) -> bool {
        self.words().any(|word| title.contains(word))
    }

    fn is_table(&self, kind: Option<TableKind>) -> bool {
        self.how == "table" && kind.is_some_and(|kind| self.words().any(|word| word == kind.key()))
    }
}

/// Returns the rows for a disclosure, each with what it is called.
fn required(basis: Option<Basis>, year: Option<u16>, lang: Lang) -> Vec<(String, Required)> {
    let rows = ROWS.lines().skip(1).filter_map(|line| {
        let mut fields = line.split(',');
        let (item, english, of) = (fields.next()?, fields.next()?, fields.next()?);
        let (since, how, words) = (fields.next()?, fields.next()?, fields.next()?);
        let applies = of == "both" || basis.is_none_or(|basis| basis.key() == of);
        let begun = since.parse::<u16>().map_or(true, |since| year.is_none_or(|year| year >= since));
        let mut name = if lang == Lang::Chinese { item } else { english }.to_owned();
        if basis == Some(Basis::FinalAccounts) && lang == Lang::Chinese && how == "table" {
            name = name.replace("预算支出", "支出").replace("情况表", "决算表");
        }
        (applies && begun).then_some((name, Required { item, how, words }))
    });
    rows.collect()
}

/// One disclosure while its sheet is filled in.
struct Reviewer<'a> {
    corpus: &'a Corpus,
    judgements: &'a Judgements,
    ids: Vec<EntryId>,
    entries: Vec<&'a Entry>,
    lang: Lang,
}

impl Reviewer<'_> {
    fn fill_in(&self) -> Checklist {
        let header = self.entries.first().map(|entry| &entry.disclosure.header);
        let department = header.and_then(|header| header.department);
        let year = header.and_then(|header| header.year).map(|year| year.value);
        let basis = header.and_then(|header| header.basis).map(|basis| basis.value);
        let basis_word = match basis {
            Some(Basis::Budget) => Word::Budget.text(self.lang),
            Some(Basis::FinalAccounts) => Word::FinalAccounts.text(self.lang),
            None => "",
        };
        let year_word =
            year.map_or_else(|| Word::UnknownYear.text(self.lang).to_owned(), |year| year.to_string());
        let rows = required(basis, year, self.lang);
        let template: Vec<Required> = rows.iter().map(|(_, required)| *required).collect();
        let mut filled: Vec<Row> =
            rows.into_iter().map(|(name, required)| self.row(name, &required)).collect();
        for (id, entry) in self.ids.iter().zip(&self.entries) {
            for (number, finding) in (0..).zip(&entry.report.findings) {
                let at = FindingRef { entry: *id, number };
                if finding.severity < Severity::Warning || self.judgements.is_dismissed(self.corpus, at) {
                    continue;
                }
                let row = place_of_finding(entry, finding, &template, self.corpus);
                if let Some(row) = row.and_then(|row| filled.get_mut(row)) {
                    row.verdict = Verdict::Fails;
                    row.problems.push(self.sentence(entry, finding));
                }
            }
        }
        Checklist {
            department: department.map_or_else(
                || Word::UnknownDepartment.text(self.lang).to_owned(),
                |department| visible(self.corpus.words.text(department.value)).into_owned(),
            ),
            title: format!("{year_word} {basis_word}").trim().to_owned(),
            files: self
                .entries
                .iter()
                .flat_map(|entry| entry.files())
                .map(|file| visible(&file_name(file)).into_owned())
                .collect(),
            rows: filled,
        }
    }

    fn row(&self, item: String, required: &Required) -> Row {
        let (verdict, problem) = match required.how {
            "date" => self.timeliness(),
            "cover" => self.cover(),
            "contents" => self.contents(),
            "table" => self.table(required),
            _ => self.section(required),
        };
        Row { item, verdict, problems: problem.into_iter().collect() }
    }

    fn word(&self, word: Word) -> String {
        word.text(self.lang).to_owned()
    }

    fn contents(&self) -> (Verdict, Option<String>) {
        if self.entries.iter().any(|entry| entry.disclosure.contents.is_some()) {
            return (Verdict::Meets, None);
        }
        (Verdict::Fails, Some(self.word(Word::ChecklistNoContents)))
    }

    /// Within 20 days of the approval: both days must be written.
    fn timeliness(&self) -> (Verdict, Option<String>) {
        let text = self.entries.iter().map(|entry| entry.disclosure.source.text.as_str());
        let dates = text.map(date::dates).fold(date::Dates::default(), date::Dates::or);
        match (dates.published, dates.approved) {
            (Some(published), Some(approved)) => {
                let days = published.days_after(approved);
                let said = self
                    .word(Word::ChecklistDays)
                    .replace("{0}", &approved.to_string())
                    .replace("{1}", &published.to_string())
                    .replace("{2}", &days.to_string());
                let in_time = (0..=date::DAYS_ALLOWED).contains(&days);
                (if in_time { Verdict::Meets } else { Verdict::Fails }, Some(said))
            }
            (Some(published), None) => {
                let said = self.word(Word::ChecklistNoApproval).replace("{0}", &published.to_string());
                (Verdict::CannotTell, Some(said))
            }
            _ => (Verdict::CannotTell, Some(self.word(Word::ChecklistNoDate))),
        }
    }

    /// A cover names the department, the year, and what it is.
    fn cover(&self) -> (Verdict, Option<String>) {
        let sure = |confidence: Option<Confidence>| confidence == Some(Confidence::Title);
        let whole = self.entries.iter().any(|entry| {
            let header = &entry.disclosure.header;
            sure(header.department.map(|department| department.confidence))
                && sure(header.year.map(|year| year.confidence))
                && sure(header.basis.map(|basis| basis.confidence))
        });
        let none = self.entries.iter().all(|entry| {
            let header = &entry.disclosure.header;
            let named = [header.department.map(|d| d.confidence), header.year.map(|y| y.confidence)];
            named
                .iter()
                .all(|confidence| confidence.is_none_or(|confidence| confidence == Confidence::FileName))
        });
        match (whole, none) {
            (true, _) => (Verdict::Meets, None),
            (false, true) => (Verdict::Fails, Some(self.word(Word::ChecklistNoCover))),
            (false, false) => (Verdict::CannotTell, Some(self.word(Word::ChecklistPartOfCover))),
        }
    }

    /// A section or, where no heading says so, a sentence about it.
    fn section(&self, required: &Required) -> (Verdict, Option<String>) {
        let headed = self.entries.iter().any(|entry| {
            let sections = &entry.disclosure.sections;
            sections.iter().any(|section| required.is_about(self.corpus.words.text(section.title)))
        });
        if headed {
            return (Verdict::Meets, None);
        }
        // A word in a table or on the contents page explains nothing.
        let said = self.entries.iter().find_map(|entry| {
            let source = &entry.disclosure.source;
            let body = entry.disclosure.contents.map_or(0, |contents| contents.end);
            let text = source
                .blocks
                .iter()
                .filter(|block| block.span.start >= body && !matches!(block.kind, BlockKind::Row { .. }));
            let said = text.map(|block| block.span).find(|span| required.is_about(source.cut(*span)))?;
            Some(place(source, said, self.lang))
        });
        match said {
            Some(place) => (Verdict::Meets, Some(self.word(Word::ChecklistNoHeading).replace("{0}", &place))),
            None => (Verdict::Fails, Some(self.word(Word::ChecklistMissing).replace("{0}", required.item))),
        }
    }

    fn table(&self, required: &Required) -> (Verdict, Option<String>) {
        let mut empty = None;
        for entry in &self.entries {
            let disclosure = &entry.disclosure;
            for (facts, layout) in disclosure.tables.iter().zip(&disclosure.source.tables) {
                if !required.is_table(facts.kind) {
                    continue;
                }
                let Some(span) = layout.span() else { continue };
                if disclosure.items.iter().any(|item| item.cell.is_some() && span.contains(item.span)) {
                    return (Verdict::Meets, None);
                }
                empty = empty.or(Some((entry, layout, span)));
            }
        }
        if let Some((entry, layout, span)) = empty {
            let word = if says_why_empty(&entry.disclosure.source, layout) {
                (Verdict::Meets, Word::ChecklistEmptySaid)
            } else {
                (Verdict::Fails, Word::ChecklistEmpty)
            };
            let place = place(&entry.disclosure.source, span, self.lang);
            return (word.0, Some(self.word(word.1).replace("{0}", &place)));
        }
        let elsewhere = ["见附件", "详见附", "见附表", "附后", "另附", "附件"];
        let attached = self
            .entries
            .iter()
            .any(|entry| elsewhere.iter().any(|word| entry.disclosure.source.text.contains(word)));
        if attached {
            return (Verdict::CannotTell, Some(self.word(Word::ChecklistAttached)));
        }
        (Verdict::Fails, Some(self.word(Word::ChecklistMissing).replace("{0}", required.item)))
    }

    /// A finding as a sentence with its place and its figures.
    fn sentence(&self, entry: &Entry, finding: &Finding) -> String {
        let (disclosure, words) = (&entry.disclosure, &self.corpus.words);
        let mut text = place(&disclosure.source, finding.span, self.lang);
        if self.entries.len() > 1 || !disclosure.source.attached.is_empty() {
            text = format!("{} {text}", visible(&file_name(entry.file_at(finding.span.start))));
        }
        text = format!(
            "{text}{}{}",
            self.word(Word::ChecklistColon),
            visible(&finding.says(disclosure, words, self.lang))
        );
        let proof = finding.proof(disclosure);
        if !proof.is_empty() {
            text = self.word(Word::ChecklistFigures).replace("{0}", &text).replace("{1}", &visible(&proof));
        }
        text
    }
}

/// Returns the row that a finding belongs to: that of its table, else that of its section, else that of the explanation.
fn place_of_finding(entry: &Entry, finding: &Finding, rows: &[Required], corpus: &Corpus) -> Option<usize> {
    let disclosure = &entry.disclosure;
    let tables = disclosure.tables.iter().zip(&disclosure.source.tables);
    let kind = tables
        .filter(|(_, layout)| layout.span().is_some_and(|span| span.contains(finding.span)))
        .find_map(|(facts, _)| facts.kind);
    let of_table = rows.iter().position(|row| row.is_table(kind));
    let of_contents = || {
        let inside = disclosure.contents.is_some_and(|contents| contents.contains(finding.span));
        rows.iter().position(|row| inside && row.how == "contents")
    };
    let of_section = || {
        // The innermost heading that is about something required.
        let around = disclosure.sections.iter().rev().filter(|section| section.span.contains(finding.span));
        around
            .map(|section| corpus.words.text(section.title))
            .find_map(|title| rows.iter().rposition(|row| row.how == "section" && row.is_about(title)))
    };
    let of_explanation = || rows.iter().position(|row| row.how == "section" && row.item.ends_with("说明"));
    of_table.or_else(of_contents).or_else(of_section).or_else(of_explanation)
}

/// Whether the words of a table, below or above it say that it has nothing in it.
fn says_why_empty(source: &Source, layout: &Table) -> bool {
    let why = |text: &str| {
        ["无数据", "为空", "没有", "无此", "不涉及", "空表", "未安排", "无相关", "无"]
            .iter()
            .any(|word| text.contains(word))
    };
    layout.note.is_some_and(|note| why(source.cut(note)))
        || layout.span().is_some_and(|span| {
            let after = slice(&source.text, span.end as usize, span.end as usize + 300);
            let near = after.lines().find(|line| !line.trim().is_empty());
            why(source.cut(span)) || near.is_some_and(why)
        })
}

/// Returns where a span stands, as a reader finds it.
fn place(source: &Source, span: Span, lang: Lang) -> String {
    visible(&Place::of(source, span.start).text(lang)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_template_can_be_judged() {
        let count = ROWS.lines().count() - 1;
        assert_eq!(required(None, None, Lang::English).len(), count);
        for (name, row) in required(None, None, Lang::Chinese) {
            assert!(["date", "cover", "contents", "section", "table"].contains(&row.how), "{name}");
            for word in row.words().filter(|_| row.how == "table") {
                assert!(TableKind::ALL.iter().any(|kind| kind.key() == word), "{word}");
            }
        }
        let old = required(Some(Basis::FinalAccounts), Some(2017), Lang::Chinese);
        assert!(old.iter().all(|(name, _)| !name.contains("国有资本") && name != "预算编制说明"));
    }
}
