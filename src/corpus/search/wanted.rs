//! One part of a query with the scores of everything that is named, ready to be looked up.

use super::filter::Filter;
use super::names::{EXACT, PREFIX};
use super::number::Closeness;
use super::query::Part;
use crate::corpus::Entry;
use crate::corpus::found::{self, Home};
use crate::model::{Basis, Header, Item, ItemId, NameId, Section, SectionId, Subject, SubjectId};

/// What of a score counts, in per cent, where it is an aspect that matches,
const ASPECT: u16 = 70;
/// where it is the year or the basis of a figure,
const YEAR: u16 = 60;
/// where it is a heading or header above,
pub(super) const ABOVE: u16 = 50;
/// and where it is the own name of a section or disclosure: of equal matches the figure comes first.
pub(super) const OWN: u16 = 95;

/// One part of a query.
pub(super) struct Wanted {
    part: Part,
    /// Whether it can be nothing but a name.
    is_name: bool,
    /// The scores of all names, in the order of their numbers.
    names: Vec<u16>,
    /// The scores of all labels, in the order of theirs.
    labels: Vec<u16>,
    /// How many labels match.
    matches: usize,
}

/// A figure with what is known of it besides.
#[derive(Clone, Copy)]
pub(super) struct Figure<'a> {
    pub(super) id: ItemId,
    pub(super) item: &'a Item,
    /// The number of its label.
    pub(super) label: u32,
    /// The year of its disclosure.
    pub(super) year: Option<u16>,
}

/// What in a disclosure the wanted findings belong to.
#[derive(Default)]
pub(super) struct Found {
    items: Vec<ItemId>,
    sections: Vec<SectionId>,
    disclosure: bool,
}

impl Found {
    /// Returns how well the disclosure matches by what was found in itself.
    pub(super) fn here(&self) -> u16 {
        if self.disclosure { EXACT } else { 0 }
    }
}

impl Wanted {
    /// Returns a part of a query with the scores of all names, and from them those of the subjects and labels.
    pub(super) fn new(
        part: Part,
        names: Vec<u16>,
        subjects: impl Iterator<Item = Subject>,
        labels: impl Iterator<Item = (SubjectId, Option<NameId>)>,
    ) -> Self {
        let is_filter = part.filter.is_some();
        let is_name = part.year.is_none() && part.basis.is_none() && part.number.is_none() && !is_filter;
        let mut wanted = Self { part, is_name, names, labels: Vec::new(), matches: 0 };
        if is_filter {
            return wanted;
        }
        let subjects: Vec<u16> = subjects.map(|subject| wanted.subject(subject)).collect();
        let label = |(subject, aspect): (SubjectId, Option<NameId>)| {
            let subject = subjects.get(subject.index()).copied().unwrap_or(0);
            subject.max(percent(wanted.name(aspect), ASPECT))
        };
        wanted.labels = labels.map(label).collect();
        wanted.matches = wanted.labels.iter().filter(|&&score| score > 0).count();
        wanted
    }

    /// Returns how many labels match.
    pub(super) fn matches(&self) -> usize {
        self.matches
    }

    /// Returns whether any place can match at all.
    pub(super) fn may_match(&self) -> bool {
        match &self.part.filter {
            None => self.matches > 0 || !self.is_name || self.names.iter().any(|&score| score > 0),
            Some(Filter::Department) => self.names.iter().any(|&score| score > 0),
            Some(Filter::Nothing) => false,
            Some(Filter::Findings(checks, severities)) => !checks.is_empty() || !severities.is_empty(),
            Some(Filter::Years(..) | Filter::Amount(..)) => true,
        }
    }

    /// Returns whether the part can be nothing but a name.
    pub(super) fn is_name(&self) -> bool {
        self.is_name
    }

    /// Returns whether the part is a filter.
    pub(super) fn is_filter(&self) -> bool {
        self.part.filter.is_some()
    }

    /// Returns whether a figure must match by itself, whatever lies above it.
    pub(super) fn is_own_only(&self) -> bool {
        self.part.filter.as_ref().is_some_and(|filter| *filter != Filter::Department)
    }

    /// Returns how well a name matches.
    fn name(&self, name: Option<NameId>) -> u16 {
        name.and_then(|name| self.names.get(name.index())).copied().unwrap_or(0)
    }

    /// Returns how well each label matches, by their numbers.
    pub(super) fn labels(&self) -> &[u16] {
        &self.labels
    }

    /// Returns how well a label matches, by its number.
    fn label(&self, label: u32) -> u16 {
        self.labels.get(label as usize).copied().unwrap_or(0)
    }

    /// Returns how well a department matches.
    pub(super) fn department(&self, department: Option<NameId>) -> u16 {
        match self.part.filter {
            None | Some(Filter::Department) => self.name(department),
            Some(_) => 0,
        }
    }

    /// Returns how well the name of a disclosure matches: its department, year and basis.
    pub(super) fn header(&self, header: &Header) -> u16 {
        let department = self.department(header.department.map(|department| department.value));
        let year = header.year.map(|year| year.value);
        match &self.part.filter {
            None => {
                let basis = self.basis(header.basis.map(|basis| basis.value));
                department.max(self.year(year)).max(basis)
            }
            Some(filter) => department.max(if filter.holds_year(year) { EXACT } else { 0 }),
        }
    }

    /// Returns what in a disclosure has findings that are wanted.
    pub(super) fn found(&self, entry: &Entry) -> Found {
        let mut all = Found::default();
        let Some(filter @ Filter::Findings(..)) = &self.part.filter else { return all };
        for finding in entry.report.findings.iter().filter(|finding| filter.holds_finding(finding)) {
            match found::home(&entry.disclosure, finding) {
                Home::Item(_) => all.items.extend(&finding.items),
                Home::Section(section) => all.sections.push(section),
                Home::Disclosure => all.disclosure = true,
            }
        }
        all.items.sort_unstable();
        all
    }

    /// Returns whether nothing in a disclosure can match, given how well its name does.
    pub(super) fn rules_out(&self, header: u16, found: &Found) -> bool {
        match self.part.filter {
            Some(Filter::Department) => header == 0,
            Some(Filter::Findings(..)) => {
                found.items.is_empty() && found.sections.is_empty() && !found.disclosure
            }
            None | Some(Filter::Years(..) | Filter::Amount(..) | Filter::Nothing) => false,
        }
    }

    /// Returns how well a section matches by its title, or by what was found in itself.
    pub(super) fn section(&self, id: SectionId, section: &Section, found: &Found) -> u16 {
        match self.part.filter {
            None => self.name(Some(section.title)),
            Some(_) if found.sections.contains(&id) => EXACT,
            Some(_) => 0,
        }
    }

    /// Returns how well a table matches by its title.
    pub(super) fn table(&self, title: NameId) -> u16 {
        if self.is_filter() { 0 } else { self.name(Some(title)) }
    }

    /// Returns how well a figure matches by what is its own.
    pub(super) fn item(&self, figure: Figure, found: &Found) -> u16 {
        let Figure { id, item, label, year } = figure;
        let holds = match &self.part.filter {
            None => return self.own(item, label),
            Some(filter @ Filter::Years(..)) => filter.holds_year(item.year().or(year)),
            Some(filter @ Filter::Amount(..)) => filter.holds_amount(item),
            Some(Filter::Findings(..)) => found.items.binary_search(&id).is_ok(),
            Some(Filter::Department | Filter::Nothing) => false,
        };
        if holds { EXACT } else { 0 }
    }

    fn own(&self, item: &Item, label: u32) -> u16 {
        let name = self.label(label);
        if self.is_name {
            return name;
        }
        let year = percent(self.year(item.year()), YEAR);
        let basis = percent(self.basis(item.basis), YEAR);
        let value = self.part.number.as_ref().and_then(|number| number.matches(item.value, item.unit));
        name.max(year).max(basis).max(value.map_or(0, by_closeness))
    }

    fn subject(&self, subject: Subject) -> u16 {
        let code = || self.part.number.as_ref()?.matches_code(subject.code?.0.get()).map(by_closeness);
        self.name(Some(subject.name)).max(self.name(Some(subject.canonical))).max(code().unwrap_or(0))
    }

    fn year(&self, year: Option<u16>) -> u16 {
        if self.part.year.is_some() && self.part.year == year { EXACT } else { 0 }
    }

    fn basis(&self, basis: Option<Basis>) -> u16 {
        if self.part.basis.is_some() && self.part.basis == basis { EXACT } else { 0 }
    }
}

/// Returns a share of a score, in per cent.
pub(super) fn percent(score: u16, share: u16) -> u16 {
    (u32::from(score) * u32::from(share) / 100) as u16
}

fn by_closeness(closeness: Closeness) -> u16 {
    match closeness {
        Closeness::Exact => EXACT,
        Closeness::Prefix => PREFIX,
        Closeness::Worth => PREFIX - 1,
    }
}
