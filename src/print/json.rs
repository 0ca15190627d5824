//! A corpus → one JSON document, written as it is made. The fields are those of the schema `mingbai/1`.

use std::io::{self, Write};
use std::path::Path;

use serde::{Serialize, Serializer};
use serde_json::ser::Formatter;

use super::findings::Wanted;
use super::plain::is_hidden;
use super::rows::{DisclosureRow, FileRow, wanted_rows};
use crate::corpus::{Corpus, Entry, EntryId};
use crate::error::Error;
use crate::judgement::Judgements;
use crate::lang::Lang;
use crate::source::span;

/// Writes everything that was read, disclosures and problems by file, as one line. Messages are in `lang`.
///
/// Characters that a terminal would act on are written as escapes, so that the output may be looked at as it is.
pub fn write(
    (corpus, judgements): (&Corpus, &Judgements),
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut problems: Vec<&Error> = corpus.problems.iter().collect();
    problems.sort_by(|a, b| a.path.cmp(&b.path));
    let problems = problems
        .into_iter()
        .map(|problem| Problem { file: file_name(&problem.path), message: problem.kind.message(lang) });
    let export = Export {
        schema: "mingbai/1",
        disclosures: Disclosures { corpus, judgements, lang },
        problems: problems.collect(),
    };
    write_line(&export, out)
}

/// Writes what the checks found as one line: a list of files with their findings of the export.
pub fn write_findings(
    (corpus, judgements): (&Corpus, &Judgements),
    wanted: &Wanted,
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    let rows: Vec<FileRow> = wanted_rows((corpus, judgements), wanted, lang);
    write_line(&rows, out)
}

/// Writes anything as one line.
pub(super) fn write_line(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(&mut *out, Escaped);
    value.serialize(&mut serializer)?;
    writeln!(out)
}

/// Returns a path as one string for all systems.
pub fn file_name(path: &Path) -> String {
    let name = path.to_string_lossy();
    if cfg!(windows) { name.replace('\\', "/") } else { name.into_owned() }
}

#[derive(Serialize)]
struct Export<'a> {
    schema: &'static str,
    disclosures: Disclosures<'a>,
    problems: Vec<Problem>,
}

#[derive(Serialize)]
struct Problem {
    file: String,
    message: String,
}

/// All disclosures by file. They are turned into rows one by one, so that the export of a large folder needs no memory.
struct Disclosures<'a> {
    corpus: &'a Corpus,
    judgements: &'a Judgements,
    lang: Lang,
}

impl Serialize for Disclosures<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entries: Vec<(EntryId, &Entry)> = (0..).map(EntryId).zip(&self.corpus.entries).collect();
        entries.sort_by(|(_, a), (_, b)| a.file.cmp(&b.file));
        let row = |entry| DisclosureRow::new((self.corpus, self.judgements), entry, self.lang);
        serializer.collect_seq(entries.into_iter().map(row))
    }
}

/// Compact JSON in which characters that would act on a terminal are escaped, not only those that JSON forbids.
pub(super) struct Escaped;

impl Formatter for Escaped {
    fn write_string_fragment<W: Write + ?Sized>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut written = 0;
        for (at, hidden) in fragment.match_indices(is_hidden) {
            out.write_all(span::slice(fragment, written, at).as_bytes())?;
            for unit in hidden.encode_utf16() {
                write!(out, "\\u{unit:04x}")?;
            }
            written = at + hidden.len();
        }
        out.write_all(span::slice(fragment, written, fragment.len()).as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::example::{corpus, disclosure};
    use crate::error::ErrorKind;
    use crate::model::Basis;

    fn written(corpus: &Corpus) -> String {
        let mut out = Vec::new();
        write((corpus, &Judgements::default()), Lang::Chinese, &mut out).expect("a vector takes it");
        String::from_utf8(out).expect("it is text")
    }

    #[test]
    fn an_empty_corpus_is_a_whole_document() {
        assert_eq!(
            written(&Corpus::default()),
            "{\"schema\":\"mingbai/1\",\"disclosures\":[],\"problems\":[]}\n"
        );
    }

    #[test]
    fn what_would_act_on_a_terminal_is_escaped_and_comes_back() {
        let name = "甲\u{9b}局\u{202e}\u{e0041}\u{1b}";
        let json = written(&corpus([disclosure(name, 2022, Basis::Budget, "")]));
        assert!(json.contains("\"甲\\u009b局\\u202e\\udb40\\udc41\\u001b\""), "{json}");
        let value: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
        assert_eq!(value["disclosures"][0]["department"], name);
    }

    #[test]
    fn problems_come_by_file() {
        let mut corpus = Corpus::default();
        for path in ["b.txt", "a/c.txt", "a.txt"] {
            corpus.add_problem(Error { path: path.into(), kind: ErrorKind::NotFound });
        }
        let json: serde_json::Value = serde_json::from_str(&written(&corpus)).expect("it is JSON");
        let files: Vec<&str> = (0..3).filter_map(|at| json["problems"][at]["file"].as_str()).collect();
        assert_eq!(files, ["a/c.txt", "a.txt", "b.txt"]);
    }

    #[test]
    fn a_pipe_that_closes_is_told_as_such() {
        struct Closed;
        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let error = write((&Corpus::default(), &Judgements::default()), Lang::Chinese, &mut Closed)
            .expect_err("nobody reads it");
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
    }
}
