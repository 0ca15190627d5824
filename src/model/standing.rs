//! Where figures stand in the folded text, and in which sentence.

use super::Item;
use crate::source::fold::Folded;
use crate::source::span::sentence;
use crate::source::{Source, Span};

/// Where a figure stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing {
    /// Where it begins and ends in the folded text.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Where its sentence begins there.
    pub(crate) lead: u32,
    /// Its sentence or table row in the source.
    pub(crate) sentence: Span,
}

impl Standing {
    /// Returns where figures stand. Those of one sentence mostly follow each other, so that it is looked for once.
    pub(crate) fn all(source: &Source, folded: &Folded, items: &[Item]) -> Vec<Self> {
        let (mut last, mut lead) = (Span::default(), 0);
        let standing = items.iter().map(|item| {
            if !last.contains(item.span) || last.is_empty() {
                last = sentence(&source.text, item.span);
                lead = folded.at(last.start);
            }
            let (start, end) = folded.ends_of(item.span);
            Self { start, end, lead, sentence: last }
        });
        standing.collect()
    }
}
