//! The sheets of reviewers as text for people, and as CSV.

use std::io::{self, Write};

use super::super::findings::csv_cell;
use super::Checklist;
use crate::lang::{Lang, Word};

/// Writes one sheet after the other: each item with its verdict, and below it what is wrong.
pub fn write_text(lists: &[Checklist], lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    for list in lists {
        writeln!(out, "{} · {} {}", Word::ChecklistTitle.text(lang), list.department, list.title)?;
        writeln!(out, "  {}", list.files.join(", "))?;
        for row in &list.rows {
            writeln!(out, "  {} {}", mark(row.verdict.word().text(lang), lang), row.item)?;
            for (number, problem) in (1..).zip(&row.problems) {
                writeln!(out, "      {number}. {problem}")?;
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Returns a verdict as wide as the widest.
fn mark(verdict: &str, lang: Lang) -> String {
    // A Chinese character takes two columns.
    let (each, widest) = match lang {
        Lang::Chinese => (2, 8),
        Lang::English => (1, 11),
    };
    let width = verdict.chars().count() * each;
    format!("[{verdict}]{}", " ".repeat(usize::saturating_sub(widest, width)))
}

/// Returns the titles of the columns.
pub(super) fn heads(lang: Lang) -> [&'static str; 6] {
    [
        Word::ChecklistDepartment,
        Word::ChecklistDisclosure,
        Word::ChecklistFiles,
        Word::ChecklistItem,
        Word::ChecklistVerdict,
        Word::ChecklistProblems,
    ]
    .map(|word| word.text(lang))
}

/// Returns the cells of a row. Several problems are numbered.
pub(super) fn cells<'a>(list: &'a Checklist, row: &'a super::Row, lang: Lang) -> [String; 6] {
    let problems = match row.problems.as_slice() {
        [only] => only.clone(),
        several => {
            let numbered = (1..).zip(several).map(|(number, problem)| format!("{number}. {problem}"));
            numbered.collect::<Vec<_>>().join("\n")
        }
    };
    let verdict = row.verdict.word().text(lang).to_owned();
    [list.department.clone(), list.title.clone(), list.files.join("\n"), row.item.clone(), verdict, problems]
}

/// Writes one row for each item of each disclosure, with a head.
pub fn write_csv(lists: &[Checklist], lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", heads(lang).join(","))?;
    for list in lists {
        for row in &list.rows {
            let line = cells(list, row, lang).map(|cell| csv_cell(&cell.replace('\n', " ")));
            writeln!(out, "{}", line.join(","))?;
        }
    }
    Ok(())
}
