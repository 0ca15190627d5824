//! One part of a query with the scores of everything that is named, ready to be looked up.

use super::names::{EXACT, PREFIX};
use super::query::{Closeness, Part};
use crate::model::{Basis, Header, Item, NameId, Subject, SubjectId};

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

impl Wanted {
    /// Returns a part of a query with the scores of all names, and from them those of the subjects and labels.
    pub(super) fn new(
        part: Part,
        names: Vec<u16>,
        subjects: impl Iterator<Item = Subject>,
        labels: impl Iterator<Item = (SubjectId, Option<NameId>)>,
    ) -> Self {
        let is_name = part.year.is_none() && part.basis.is_none() && part.number.is_none();
        let mut wanted = Self { part, is_name, names, labels: Vec::new(), matches: 0 };
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
        self.matches > 0 || !self.is_name || self.names.iter().any(|&score| score > 0)
    }

    /// Returns whether the part can be nothing but a name.
    pub(super) fn is_name(&self) -> bool {
        self.is_name
    }

    /// Returns how well a name matches.
    pub(super) fn name(&self, name: Option<NameId>) -> u16 {
        name.and_then(|name| self.names.get(name.index())).copied().unwrap_or(0)
    }

    /// Returns how well a label matches, by its number.
    pub(super) fn label(&self, label: u32) -> u16 {
        self.labels.get(label as usize).copied().unwrap_or(0)
    }

    /// Returns how well the name of a disclosure matches: its department, year and basis.
    pub(super) fn header(&self, header: &Header) -> u16 {
        let department = self.name(header.department.map(|department| department.value));
        let year = self.year(header.year.map(|year| year.value));
        department.max(year).max(self.basis(header.basis.map(|basis| basis.value)))
    }

    /// Returns how well a figure with its label matches by what is its own.
    pub(super) fn item(&self, item: &Item, label: u32) -> u16 {
        let name = self.label(label);
        if self.is_name {
            return name;
        }
        let year = percent(self.year(item.year()), YEAR);
        let basis = percent(self.basis(item.basis), YEAR);
        let value = self.part.number.and_then(|number| number.matches(item.value, item.unit));
        name.max(year).max(basis).max(value.map_or(0, by_closeness))
    }

    fn subject(&self, subject: Subject) -> u16 {
        let code = || self.part.number?.matches_code(subject.code?.0.get()).map(by_closeness);
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
    }
}
