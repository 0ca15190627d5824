//! Whose disclosure it is: department, region, year and basis, each with the words it was read from.

use super::NameId;
use crate::source::Span;

/// Whose disclosure it is, and of which year.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Header {
    /// The department or unit whose money it is.
    pub department: Option<Evidence<NameId>>,
    /// The places it belongs to, from the widest, as far as its name says: 咸宁市, 咸安区.
    pub region: Vec<NameId>,
    /// The year that the disclosure is about.
    pub year: Option<Evidence<u16>>,
    /// Budget or final accounts.
    pub basis: Option<Evidence<Basis>>,
    /// Whether the department's own or the consolidated edition, where the text says so.
    pub edition: Edition,
}

/// A fact about a document and what it was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence<T> {
    /// The fact.
    pub value: T,
    /// The words that say so; none where only the file's name does.
    pub span: Option<Span>,
    /// How sure that makes it.
    pub confidence: Confidence,
}

/// How sure a fact of the header is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// From the file's name alone, which may lie.
    FileName,
    /// From words inside the text.
    Text,
    /// From a title or the heading of a part.
    Title,
}

/// Budget or final accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Basis {
    /// 预算: what may be spent.
    Budget,
    /// 决算: what was spent.
    FinalAccounts,
}

impl Basis {
    /// Returns the name it has in the export: `budget` or `final`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Budget => "budget",
            Self::FinalAccounts => "final",
        }
    }
}

/// Which of a department's two editions of the same disclosure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Edition {
    /// The text does not say.
    #[default]
    Unsaid,
    /// 本级: the department alone.
    Own,
    /// 汇总: with its subordinate units.
    Consolidated,
}
