//! A heading and what stands under it.

use super::NameId;
use crate::source::Span;

/// The number of a section in its disclosure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SectionId(pub u32);

/// A section of the body; the contents page has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section {
    /// The heading as written, with its number and without markup.
    pub title: NameId,
    /// How deep it lies: 1 for 第一部分.
    pub level: u8,
    /// What kind of content it has.
    pub part: Part,
    /// The section it lies in.
    pub parent: Option<SectionId>,
    /// The heading in the text.
    pub heading: Span,
    /// From the heading to the next section of the same or a higher level.
    pub span: Span,
}

/// What kind of content a section has, which decides what in it is a figure of the accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Part {
    /// The accounts and their explanation: every figure counts.
    #[default]
    Accounts,
    /// People and posts.
    Staff,
    /// Performance targets and results: money counts, indicators are kept apart.
    Performance,
    /// Duties, plans, organisation: prose whose numbers are none of the accounts.
    Prose,
    /// The glossary.
    Glossary,
}
