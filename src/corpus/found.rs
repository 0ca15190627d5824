//! A finding → the one place that it belongs to.

use crate::check::Finding;
use crate::model::{Disclosure, ItemId, Section, SectionId};

/// Where a finding belongs in its disclosure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Home {
    /// To a figure.
    Item(ItemId),
    /// To a section, for no figure is wrong.
    Section(SectionId),
    /// To the whole.
    Disclosure,
}

/// Returns the figure that is wrong, else the section that the finding stands in, else the disclosure.
pub fn home(disclosure: &Disclosure, finding: &Finding) -> Home {
    if let Some(&item) = finding.items.first().filter(|item| disclosure.items.get(item.0 as usize).is_some())
    {
        return Home::Item(item);
    }
    let start = finding.span.start;
    let holds =
        |section: &Section| section.heading.cover(section.span).start <= start && start < section.span.end;
    // Sections stand before those inside them.
    let section = disclosure.sections.iter().rposition(holds);
    section.map_or(Home::Disclosure, |index| Home::Section(SectionId(index as u32)))
}
