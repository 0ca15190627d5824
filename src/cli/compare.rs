//! `mingbai compare`: which two disclosures are meant, and how they are written.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::failure::Failure;
use super::{input, read, tell_unread};
use crate::corpus::compare::{Comparison, Only, Sort};
use crate::corpus::load::Input;
use crate::corpus::{Corpus, EntryId};
use crate::lang::{Lang, Word};
use crate::model::Basis;
use crate::print::comparison::{self, Wanted};
use crate::print::lines::basis_word;
use crate::tui::width;

/// What is to be compared and how.
pub(super) struct Order {
    pub(super) left: String,
    pub(super) right: String,
    /// The folders in which disclosures are looked for that are named by what they are.
    pub(super) within: Vec<PathBuf>,
    pub(super) format: Option<String>,
    pub(super) only: Option<String>,
    pub(super) sort: Option<String>,
}

/// Compares two disclosures and writes what becomes of each level.
pub(super) fn run(order: &Order, lang: Lang, out: &mut dyn Write) -> Result<ExitCode, Failure> {
    let names = [&order.left, &order.right];
    let is_file = names.map(|name| Path::new(name).is_file());
    let mut paths: Vec<PathBuf> =
        names.into_iter().zip(is_file).filter(|(_, is_file)| *is_file).map(|(name, _)| name.into()).collect();
    if !order.within.is_empty() || paths.len() == names.len() {
        paths.extend(order.within.iter().cloned());
    } else if !paths.is_empty() {
        // One is a file and the other is named by what it is: it is looked for beside the file.
        let beside = paths.first().and_then(|path| path.parent()).map(Path::to_owned);
        paths.extend(beside.map(|folder| if folder.as_os_str().is_empty() { ".".into() } else { folder }));
    }
    let input = input(paths);
    let corpus = read(&input, lang)?;
    let found = |name: &String, is_file: bool| find(&corpus, name, is_file, lang);
    let left = found(names[0], is_file[0])?;
    let right = found(names[1], is_file[1])?;
    let comparison = Comparison::new(&corpus, left, right);
    let wanted = Wanted {
        only: match order.only.as_deref() {
            Some("changed") => Only::Changed,
            Some("unmatched") => Only::Alone,
            _ => Only::All,
        },
        sort: match order.sort.as_deref() {
            Some("difference") => Sort::Difference,
            Some("percent") => Sort::Percent,
            _ => Sort::Document,
        },
    };
    let written = match order.format.as_deref() {
        Some("json") => comparison::write_json(&corpus, &comparison, wanted, out),
        Some("csv") => comparison::write_csv(&corpus, &comparison, wanted, out),
        _ => comparison::write_text(&corpus, &comparison, wanted, lang, width::of, out),
    };
    written.map_err(Failure::Output)?;
    if matches!(input, Input::Paths(_)) {
        tell_unread(&corpus, lang);
    }
    Ok(ExitCode::SUCCESS)
}

/// Returns the disclosure of a file, or the only one that is as a name says: `department/year/basis`, each of which may
/// be left out.
fn find(corpus: &Corpus, name: &str, is_file: bool, lang: Lang) -> Result<EntryId, Failure> {
    let path = Path::new(name);
    let fits = |&entry: &EntryId| {
        let Some(known) = corpus.entry(entry) else { return false };
        if is_file {
            known.file == path || path.ends_with(&known.file)
        } else {
            is_called(corpus, entry, name)
        }
    };
    let found: Vec<EntryId> = corpus.order().iter().copied().filter(fits).collect();
    match found.as_slice() {
        [only] => Ok(*only),
        // A file that is also in the folder was read twice, with the same result.
        [first, ..] if is_file => Ok(*first),
        [] => {
            let problem = corpus.problems.iter().find(|problem| is_file && path.ends_with(&problem.path));
            if let Some(problem) = problem {
                return Err(Failure::Read(problem.clone()));
            }
            let mut known: Vec<String> =
                corpus.order().iter().take(3).map(|&entry| called(corpus, entry, lang)).collect();
            if corpus.order().len() > known.len() {
                known.push("…".to_owned());
            }
            let such = if known.is_empty() { "" } else { Word::SuchChecks.text(lang) };
            let none = Word::CompareNone.text(lang);
            Err(Failure::Said(format!("{none}{name}{such}{}", known.join(", "))))
        }
        several => {
            let names: Vec<String> =
                several.iter().take(3).map(|&entry| called(corpus, entry, lang)).collect();
            let (many, such) = (Word::CompareSeveral.text(lang), Word::SuchAs.text(lang));
            Err(Failure::Said(format!("{name}{many}{}{such}{}", several.len(), names.join(", "))))
        }
    }
}

/// Returns whether a disclosure is as every part of a name says.
fn is_called(corpus: &Corpus, entry: EntryId, name: &str) -> bool {
    let Some(known) = corpus.entry(entry) else { return false };
    let header = &known.disclosure.header;
    let basis = header.basis.map(|basis| basis.value);
    let mut parts = name.split('/').map(str::trim).filter(|part| !part.is_empty()).peekable();
    parts.peek().is_some()
        && parts.all(|part| match part {
            "预算" | "budget" => basis == Some(Basis::Budget),
            "决算" | "final" => basis == Some(Basis::FinalAccounts),
            _ if part.len() == 4 && part.parse::<u16>().is_ok() => {
                header.year.is_some_and(|year| year.value.to_string() == part)
            }
            _ => corpus.department(entry).is_some_and(|department| department.contains(part)),
        })
}

/// Returns the name by which a disclosure is found.
fn called(corpus: &Corpus, entry: EntryId, lang: Lang) -> String {
    let header = corpus.entry(entry).map(|entry| &entry.disclosure.header);
    let year = header.and_then(|header| header.year).map(|year| year.value.to_string());
    let basis = header.and_then(|header| header.basis).map(|basis| match lang {
        Lang::Chinese => basis_word(basis.value).text(lang),
        Lang::English => basis.value.key(),
    });
    let department = corpus.department(entry).map(str::to_owned);
    let parts = department.into_iter().chain(year).chain(basis.map(str::to_owned));
    parts.collect::<Vec<_>>().join("/")
}
