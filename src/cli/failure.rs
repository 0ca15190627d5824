//! Why a command ends early, in one line.

use std::io;

use crate::corpus::Corpus;
use crate::corpus::load::Input;
use crate::error::{Error, ErrorKind};
use crate::lang::{Lang, Word};

/// Why a command ends early.
#[derive(Debug)]
pub(super) enum Failure {
    /// Help was asked for; no failure at all.
    Help(String),
    /// A line that says it all.
    Said(String),
    /// A file or folder cannot be read.
    Read(Error),
    /// Standard output cannot be written to.
    Output(io::Error),
    /// The terminal cannot be used.
    Terminal(io::Error),
}

impl Failure {
    /// Returns that nothing was read of an input, and why.
    pub(super) fn nothing(input: &Input, corpus: &Corpus, lang: Lang) -> Self {
        let path = match input {
            Input::Samples => None,
            Input::Paths(paths) => paths.first(),
        };
        match (path, corpus.problems.as_slice()) {
            (Some(path), []) => Self::Read(Error { path: path.clone(), kind: ErrorKind::NothingReadable }),
            (Some(path), problems) if problems.len() > 1 => {
                Self::Said(format!("{}: {}", path.display(), self::problems(corpus, lang)))
            }
            (_, [only]) => Self::Read(only.clone()),
            _ => Self::Said(ErrorKind::NothingReadable.message(lang)),
        }
    }

    /// Returns whether the reader of the output is gone, who then has had enough.
    pub(super) fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// Returns what was found and what to do, in one line.
    pub(super) fn message(&self, lang: Lang) -> String {
        match self {
            Self::Help(text) | Self::Said(text) => text.clone(),
            Self::Read(error) => format!("{}: {}", error.path.display(), error.kind.message(lang)),
            Self::Output(error) => format!("{}{error}", Word::OutputFailed.text(lang)),
            Self::Terminal(error) => format!("{}{error}", Word::TerminalFailed.text(lang)),
        }
    }
}

/// Returns how many files could not be read, and of the first by name why.
pub(super) fn problems(corpus: &Corpus, lang: Lang) -> String {
    let first = corpus.problems.iter().min_by(|a, b| a.path.cmp(&b.path));
    let first = first.map(|first| format!("{}: {}", first.path.display(), first.kind.message(lang)));
    let first = first.unwrap_or_default();
    match corpus.problems.len() {
        0 | 1 => first,
        several => format!("{}{several}{}{first}", Word::FilesUnread.text(lang), Word::SuchAs.text(lang)),
    }
}
