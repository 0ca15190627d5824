//! Arguments → a command → an exit code.

mod arguments;
mod compare;
mod failure;
mod output;
mod progress;

use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use self::arguments::{Arguments, Command};
use self::failure::Failure;
use self::progress::Progress;
use crate::check::{CHECKS, Code, Severity};
use crate::corpus::Corpus;
use crate::corpus::load::{self, Input};
use crate::corpus::search::Searcher;
use crate::judgement::{Judgements, store};
use crate::lang::{Lang, Word};
use crate::print::checklist::{self, Verdict};
use crate::print::findings::{self, Wanted};
use crate::print::lines::Columns;
use crate::print::plain::visible;
use crate::print::{hits, json, lines};
use crate::tui;

/// The exit code of a search that found nothing, as of grep.
const NOTHING_FOUND: u8 = 1;
/// The exit code of checks that found something.
const SOMETHING_FOUND: u8 = 1;
/// The exit code after a line on standard error says why.
const FAILED: u8 = 2;

/// Does what the arguments ask for, of which the first is the program's name, and returns the exit code: 0 for done, 1
/// for a search without a hit, 2 for a failure, which is told in one line on standard error.
///
/// A reader that closes the pipe has had enough, which is no failure.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let lang = arguments::language(&arguments, |name| std::env::var(name).ok());
    let mut out = BufWriter::new(io::stdout());
    let result = arguments::parse(&arguments, lang)
        .and_then(|arguments| obey(arguments, lang, &mut out))
        .and_then(|code| out.flush().map(|()| code).map_err(Failure::Output));
    match result {
        Ok(code) => code,
        Err(Failure::Help(text)) => match write!(out, "{text}").and_then(|()| out.flush()) {
            Err(error) => fail(&Failure::Output(error), lang),
            Ok(()) => ExitCode::SUCCESS,
        },
        Err(failure) => fail(&failure, lang),
    }
}

fn fail(failure: &Failure, lang: Lang) -> ExitCode {
    if failure.is_closed_pipe() {
        return ExitCode::SUCCESS;
    }
    // Where even this cannot be written, the exit code is all that is left.
    let _ = writeln!(io::stderr(), "mingbai: {}", visible(&failure.message(lang)));
    ExitCode::from(FAILED)
}

fn obey(arguments: Arguments, lang: Lang, out: &mut dyn Write) -> Result<ExitCode, Failure> {
    match arguments.command {
        None => browse(arguments, lang),
        Some(Command::Check { paths, format, check, severity, output }) => {
            let wanted = Wanted { checks: codes(&check, lang)?, severity: severity_of(severity.as_deref()) };
            let format = format.as_deref();
            if let Some(path) = output {
                let mut bytes = Vec::new();
                let kind =
                    path.extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase);
                let format = match (format, kind.as_deref()) {
                    (Some("checklist"), Some("xlsx")) => Some("checklist-xlsx"),
                    (Some("checklist"), Some("csv")) => Some("checklist-csv"),
                    (format, _) => format,
                };
                let code = self::check(paths, format, &wanted, lang, &mut bytes)?;
                return output::write(&path, &bytes).map(|()| code);
            }
            self::check(paths, format, &wanted, lang, out)
        }
        Some(Command::Compare { left, right, within, format, only, sort }) => {
            compare::run(&compare::Order { left, right, within, format, only, sort }, lang, out)
        }
        Some(Command::Explain { code }) => {
            let code =
                code.map(|code| codes(&[code], lang)).transpose()?.and_then(|codes| codes.first().copied());
            findings::write_explanation(code, lang, out).map_err(Failure::Output)?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Export { paths, .. }) => export(paths, lang, out),
        Some(Command::Search { path, query, limit, format }) => {
            let query = query.join(" ");
            search(path, (&query, limit.unwrap_or(usize::MAX)), format.as_deref(), lang, out)
        }
    }
}

/// Opens the screens.
fn browse(arguments: Arguments, lang: Lang) -> Result<ExitCode, Failure> {
    let named = arguments.names_language();
    let Arguments { paths, fresh, color, .. } = arguments;
    let title = match paths.first() {
        None => Word::Samples.text(lang).to_owned(),
        Some(path) => path.display().to_string(),
    };
    let input = input(paths);
    load::check(&input).map_err(Failure::Read)?;
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(Failure::Said(Word::NoTerminal.text(lang).to_owned()));
    }
    let mut settings = settings(lang)?;
    settings.colours &= color.as_deref() != Some("never") && colours();
    // What is asked for now goes before what is written down.
    settings.lang = if named { Some(lang) } else { settings.lang };
    tui::run(input, tui::Options { lang, title }, settings, fresh).map_err(Failure::Terminal)?;
    Ok(ExitCode::SUCCESS)
}

/// Returns what a person chose in the configuration file; where there is none, nothing.
fn settings(lang: Lang) -> Result<tui::Settings, Failure> {
    let Some(path) = tui::files::config() else { return Ok(tui::Settings::default()) };
    let said = |place: String, error: &str| Failure::Said(format!("{place}: {error}"));
    match tui::files::read(&path) {
        Ok(None) => Ok(tui::Settings::default()),
        Ok(Some(text)) => tui::config::parse(&text, lang)
            .map_err(|wrong| said(format!("{}:{}", path.display(), wrong.line), &wrong.message)),
        Err(error) => Err(said(path.display().to_string(), &error.to_string())),
    }
}

/// Returns whether there are colours: unless the user wants none anywhere.
fn colours() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Writes what the checks find; the exit code says whether something is left that nobody dismissed.
fn check(
    paths: Vec<PathBuf>,
    format: Option<&str>,
    wanted: &Wanted,
    lang: Lang,
    out: &mut dyn Write,
) -> Result<ExitCode, Failure> {
    let corpus = read(&input(paths), lang)?;
    let judgements = judgements();
    if let Some(format) = format.filter(|format| format.starts_with("checklist")) {
        return checklist((&corpus, &judgements), format, lang, out);
    }
    let written = match format {
        Some("json") => json::write_findings((&corpus, &judgements), wanted, lang, out),
        Some("csv") => findings::write_csv((&corpus, &judgements), wanted, lang, out),
        _ => findings::write_text((&corpus, &judgements), wanted, lang, out),
    };
    written.map_err(Failure::Output)?;
    tell_unread(&corpus, lang);
    let open = |found: &findings::Found<'_>| {
        judgements.verdict(&corpus, found.at) != Some(crate::judgement::Verdict::Dismissed)
    };
    let found = findings::wanted(&corpus, wanted).iter().any(open);
    Ok(if found { ExitCode::from(SOMETHING_FOUND) } else { ExitCode::SUCCESS })
}

/// Writes the check sheet of every disclosure; the exit code says whether something on it is not as it must be.
fn checklist(
    judged: (&Corpus, &Judgements),
    format: &str,
    lang: Lang,
    out: &mut dyn Write,
) -> Result<ExitCode, Failure> {
    let lists = checklist::checklists(judged, lang);
    let written = match format {
        "checklist-xlsx" => {
            checklist::workbook::workbook(&lists, lang).and_then(|bytes| out.write_all(&bytes))
        }
        "checklist-csv" => checklist::form::write_csv(&lists, lang, out),
        _ => checklist::form::write_text(&lists, lang, out),
    };
    written.map_err(Failure::Output)?;
    tell_unread(judged.0, lang);
    let fails = lists.iter().flat_map(|list| &list.rows).any(|row| row.verdict == Verdict::Fails);
    Ok(if fails { ExitCode::from(SOMETHING_FOUND) } else { ExitCode::SUCCESS })
}

/// Returns what was decided about findings; where that cannot be read, says so and returns nothing.
fn judgements() -> Judgements {
    let Some(path) = store::path() else { return Judgements::default() };
    store::read(&path).unwrap_or_else(|error| {
        let said = format!("mingbai: {}: {error}", path.display());
        let _ = writeln!(io::stderr(), "{}", visible(&said));
        Judgements::default()
    })
}

/// Returns the checks of such codes.
fn codes(written: &[String], lang: Lang) -> Result<Vec<Code>, Failure> {
    let code = |written: &String| {
        Code::from_key(written.trim()).ok_or_else(|| {
            let known: Vec<&str> = CHECKS.iter().map(|check| check.code.key()).collect();
            let (none, such) = (Word::NoSuchCheck.text(lang), Word::SuchChecks.text(lang));
            Failure::Said(format!("{none}{written}{such}{}", known.join(", ")))
        })
    };
    written.iter().map(code).collect()
}

fn severity_of(written: Option<&str>) -> Severity {
    match written {
        Some("error") => Severity::Error,
        Some("info") => Severity::Info,
        _ => Severity::Warning,
    }
}

/// Says what could not be read, or what was not looked at would pass for a fact.
fn tell_unread(corpus: &Corpus, lang: Lang) {
    if !corpus.problems.is_empty() {
        let unread = format!("mingbai: {}{}", Word::NotSearched.text(lang), failure::problems(corpus, lang));
        let _ = writeln!(io::stderr(), "{}", visible(&unread));
    }
}

/// Writes everything that was read as JSON.
fn export(paths: Vec<PathBuf>, lang: Lang, out: &mut dyn Write) -> Result<ExitCode, Failure> {
    let corpus = read(&input(paths), lang)?;
    json::write((&corpus, &judgements()), lang, out).map_err(Failure::Output)?;
    Ok(ExitCode::SUCCESS)
}

/// Writes what a query finds, the best first.
fn search(
    path: PathBuf,
    (query, limit): (&str, usize),
    format: Option<&str>,
    lang: Lang,
    out: &mut dyn Write,
) -> Result<ExitCode, Failure> {
    if query.trim().is_empty() {
        return Err(Failure::Said(Word::EmptyQuery.text(lang).to_owned()));
    }
    let corpus = read(&Input::Paths(vec![path]), lang)?;
    let hits = Searcher::default().search(&corpus, query, limit);
    let columns = if io::stdout().is_terminal() { Columns::Spaces } else { Columns::Tabs };
    let nodes = hits.iter().map(|hit| hit.node);
    let written = match format {
        Some("json") => hits::write_json(&corpus, nodes, out),
        Some("csv") => hits::write_csv(&corpus, nodes, out),
        _ => lines::write_hits(&corpus, &hits, columns, lang, out),
    };
    written.map_err(Failure::Output)?;
    tell_unread(&corpus, lang);
    Ok(if hits.is_empty() { ExitCode::from(NOTHING_FOUND) } else { ExitCode::SUCCESS })
}

/// Returns what the paths name; the samples where there are none.
fn input(paths: Vec<PathBuf>) -> Input {
    if paths.is_empty() { Input::Samples } else { Input::Paths(paths) }
}

/// Reads everything, with the progress on standard error where someone looks at it.
fn read(input: &Input, lang: Lang) -> Result<Corpus, Failure> {
    load::check(input).map_err(Failure::Read)?;
    let mut progress = Progress::new(lang);
    let corpus = load::load_all(input.clone(), &mut |done, found| progress.show(done, found));
    progress.clear();
    if corpus.entries.is_empty() { Err(Failure::nothing(input, &corpus, lang)) } else { Ok(corpus) }
}
