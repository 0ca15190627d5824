//! Where figures stand: sections, their titles, and what stands in the same one.

use super::{Facts, Title};
use crate::model::{Item, ItemId, Section};
use crate::source::Span;

impl<'a> Facts<'a> {
    pub(in crate::check) fn section_index(&self, span: Span) -> Option<usize> {
        self.d.sections.partition_point(|section| section.heading.start <= span.start).checked_sub(1)
    }

    /// Returns whether the innermost section of a place is the one of an index, or none.
    pub(super) fn is_in_section(&self, index: Option<usize>, span: Span) -> bool {
        let begins = |index: usize| Some(self.d.sections.get(index)?.heading.start);
        let after = index.map_or(0, |index| index + 1);
        index.and_then(begins).is_none_or(|start| start <= span.start)
            && begins(after).is_none_or(|start| span.start < start)
    }

    /// Returns the innermost section of a place.
    pub(in crate::check) fn section_at(&self, span: Span) -> Option<&'a Section> {
        self.d.sections.get(self.section_index(span)?)
    }

    /// Returns the innermost section of a figure.
    pub(in crate::check) fn section(&self, id: ItemId) -> Option<&'a Section> {
        self.d.sections.get(self.figure(id)?.section? as usize)
    }

    /// Returns whether two figures stand in the same section.
    pub(in crate::check) fn same_section(&self, a: ItemId, b: ItemId) -> bool {
        self.figure(a).map(|figure| figure.section) == self.figure(b).map(|figure| figure.section)
    }

    /// Returns the figures of a figure's section, itself included.
    pub(in crate::check) fn beside(&self, id: ItemId) -> impl Iterator<Item = (ItemId, &'a Item)> + use<'a> {
        let section = self.item(id).map(|item| item.section).unwrap_or_default();
        let first = self.d.items.partition_point(|item| item.section < section) as u32;
        (first..).map(ItemId).zip(self.d.items_of(section))
    }

    /// Returns the figures of a section and of those in it.
    pub(in crate::check) fn figures_in(
        &self,
        section: &Section,
    ) -> impl Iterator<Item = (ItemId, &'a Item)> + use<'a> {
        let sections = &self.d.sections;
        let first = sections.partition_point(|other| other.heading.start < section.heading.start) as u32;
        let end = sections.partition_point(|other| other.heading.start < section.span.end) as u32;
        let from = self.d.items.partition_point(|item| item.section.0 < first);
        let to = self.d.items.partition_point(|item| item.section.0 < end);
        let items = self.d.items.get(from..to).unwrap_or_default();
        (from as u32..).map(ItemId).zip(items)
    }

    /// Returns the title of the innermost section of a place.
    pub(in crate::check) fn section_title(&self, span: Span) -> &'a str {
        self.section_at(span).map_or("", |section| self.d.words.text(section.title))
    }

    /// Returns what is known of the sections' headings, in document order.
    pub(in crate::check) fn titles(&self) -> &[Title<'a>] {
        &self.titles
    }

    /// Returns what is known of the headings of the sections around a place, the innermost first.
    pub(in crate::check) fn titles_around(&self, span: Span) -> impl Iterator<Item = &Title<'a>> {
        let parent = |at: &usize| {
            let parent = self.d.sections.get(*at)?.parent?.0 as usize;
            (parent < *at).then_some(parent)
        };
        let sections = std::iter::successors(self.section_index(span), parent);
        sections.filter_map(|at| self.titles.get(at))
    }
}
