//! CONTINUITY: a figure quoted from another year or from the budget that is not what was published there.
//!
//! While one disclosure is checked, its levels are kept as [`Claim`]s: of which year and basis each is, and of what. Once
//! all disclosures are there, every claim about a year and a basis of which the same department published a disclosure is
//! held against the claims of that one about itself.

use super::shown::Shown;
use std::collections::BTreeMap;
use std::hash::{Hash as _, Hasher as _};
use std::path::Path;

use rustc_hash::FxHasher;

use super::compare::{number, shown};
use super::facts::Facts;
use super::finding::{Argument, Finding, Sentence, Severity};
use super::names::Scope;
use super::place::Place;
use super::report::{Addition, Log, Reason, Report};
use super::{Check, Code, Run, xref};
use crate::lang::Word;
use crate::model::{Basis, Disclosure, Edition, Item, ItemId, Measure, NameId, Vocabulary};
use crate::quantity::Interval;

pub(super) const CHECK: Check = Check {
    code: Code::Continuity,
    title: Word::ContinuityTitle,
    explanation: Word::ContinuityExplains,
    wrong: &[
        "某县水利局2023年度部门决算\n第一部分 2023年度部门决算说明\n一、机关运行经费支出情况\n2023年度机关运行经费支出135.52万元。\n",
        "某县水利局2024年度部门决算\n第一部分 2024年度部门决算说明\n一、机关运行经费支出情况\n2024年度机关运行经费支出134.43万元，比2023年度的138.52万元减少4.09万元，下降2.95%。\n",
    ],
    right: &[
        "某县水利局2023年度部门决算\n第一部分 2023年度部门决算说明\n一、机关运行经费支出情况\n2023年度机关运行经费支出138.52万元。\n",
        "某县水利局2024年度部门决算\n第一部分 2024年度部门决算说明\n一、机关运行经费支出情况\n2024年度机关运行经费支出134.43万元，比2023年度的138.52万元减少4.09万元，下降2.95%。\n",
    ],
    run: Run::Together,
};

/// A level that another disclosure of the department may give too. Names are kept as hashes, so that a claim means the same
/// whatever vocabulary its disclosure's names are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    about: About,
    item: ItemId,
}

/// What a claim is about. Two that are equal are of one fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct About {
    year: u16,
    basis: Basis,
    name: u64,
    aspect: u64,
    scope: Scope,
    revenue: bool,
    /// Whether it is carried from one year into the next; at the end of the year it is carried from.
    carried: bool,
}

/// Returns the levels of a disclosure that others may give too.
pub(super) fn claims(facts: &Facts) -> Vec<Claim> {
    let claim = |(id, item): (ItemId, &Item)| {
        let (year, basis) = (item.year()?, item.basis?);
        let name = xref::carried(facts, id);
        if facts.doubt(id).is_some() || facts.is_vague(id, name) {
            return None;
        }
        let scope = xref::scope(facts, id, name);
        if scope == Scope::Project {
            return None;
        }
        let aspect = item.aspect.map_or(0, |aspect| hash(facts.d.words.text(aspect)));
        let revenue = xref::is_revenue(facts, id);
        let about = |year: u16, basis: Basis, name: &str, carried: bool| About {
            year,
            basis,
            name: hash(name),
            aspect,
            scope,
            revenue: revenue && !carried,
            carried,
        };
        let about = match name {
            "年末结转和结余" => about(year, basis, name, true),
            // What a year begins with is what the one before ended with.
            "年初结转和结余" => {
                about(year.checked_sub(1)?, Basis::FinalAccounts, "年末结转和结余", true)
            }
            _ => about(year, basis, name, false),
        };
        Some(Claim { about, item: id })
    };
    facts.measured(Measure::Amount).filter_map(claim).collect()
}

fn hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    text.hash(&mut hasher);
    hasher.finish()
}

/// A disclosure among others.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The file it was read from.
    pub file: &'a Path,
    /// What it says; its names are in the vocabulary of all.
    pub disclosure: &'a Disclosure,
    /// What was found in it alone.
    pub report: &'a Report,
}

/// Whose disclosure it is.
type Owner = (NameId, Edition);
/// The disclosures of a year and a basis: mostly one, or two where text and tables are apart.
type Years = BTreeMap<(u16, Basis), Vec<usize>>;

impl Known<'_> {
    fn period(&self) -> Option<(u16, Basis)> {
        let header = &self.disclosure.header;
        Some((header.year?.value, header.basis?.value))
    }

    fn owner(&self) -> Option<Owner> {
        Some((self.disclosure.header.department?.value, self.disclosure.header.edition))
    }

    fn item(&self, id: ItemId) -> Option<&Item> {
        self.disclosure.items.get(id.0 as usize)
    }

    fn value(&self, id: ItemId) -> Option<Interval> {
        let item = self.item(id)?;
        Some(item.value.interval_in(item.unit.zeros()?, item.value.places()))
    }

    /// Returns the section and the subject of a finding.
    fn names<'b>(&self, words: &'b Vocabulary, finding: &Finding) -> (&'b str, &'b str) {
        let sections = &self.disclosure.sections;
        let after = sections.partition_point(|section| section.heading.start <= finding.span.start);
        let section = after.checked_sub(1).and_then(|index| sections.get(index));
        let item = finding.items.first().and_then(|id| self.item(*id));
        let subject = item.and_then(|item| words.get(item.subject));
        let text = |name: Option<NameId>| name.map_or("", |name| words.text(name));
        (text(section.map(|section| section.title)), text(subject.map(|subject| subject.canonical)))
    }

    fn claims_about(&self, about: About) -> impl Iterator<Item = ItemId> {
        self.report.claims.iter().filter(move |claim| claim.about == about).map(|claim| claim.item)
    }
}

/// Returns for each disclosure what comes of comparing it with the others, to be added to its report. The names of all
/// are in one vocabulary.
pub fn compare_all(words: &Vocabulary, all: &[Known]) -> Vec<Option<Addition>> {
    let mut owners: BTreeMap<Owner, Years> = BTreeMap::new();
    for (index, known) in all.iter().enumerate() {
        if let (Some(owner), Some(period)) = (known.owner(), known.period()) {
            owners.entry(owner).or_default().entry(period).or_default().push(index);
        }
    }
    let compare = |(index, known): (usize, &Known)| {
        let mut log = Log::new(false);
        log.begin(Code::Continuity);
        if let Some(years) = known.owner().and_then(|owner| owners.get(&owner)) {
            compare_one(all, years, index, &mut log);
        }
        log.add_up(&|finding| known.names(words, finding))
    };
    all.iter().enumerate().map(compare).collect()
}

/// Holds every claim about another period of the department against what was published of it.
fn compare_one(all: &[Known], years: &Years, index: usize, log: &mut Log) {
    let Some(known) = all.get(index) else { return };
    let mut claims: Vec<Claim> = known.report.claims.clone();
    claims.sort_by_key(|claim| (claim.about, claim.item));
    for group in claims.chunk_by(|one, other| one.about == other.about) {
        let Some(Claim { about, .. }) = group.first() else { continue };
        let published = years.get(&(about.year, about.basis)).map_or(&[][..], Vec::as_slice);
        if published.contains(&index) {
            continue;
        }
        let published: Vec<(&Known, ItemId)> = published
            .iter()
            .filter_map(|index| all.get(*index))
            .flat_map(|other| other.claims_about(*about).map(move |id| (other, id)))
            .collect();
        compare_group(known, group, &published, log);
    }
}

fn compare_group(known: &Known, group: &[Claim], published: &[(&Known, ItemId)], log: &mut Log) {
    let Some(((other, theirs), first)) = published.first().copied().zip(group.first()) else { return };
    let Some(value) = other.value(theirs) else { return };
    let agree = published.iter().all(|(other, id)| other.value(*id).is_some_and(|own| own.meets(value)));
    let quoted = group.iter().filter(|claim| known.value(claim.item).is_some_and(|own| own.meets(value)));
    match (agree, quoted.count()) {
        (true, count) if count == group.len() => group.iter().for_each(|claim| log.hold([claim.item])),
        (true, 0) => {
            if let Some(found) = differs(known, *first, other, theirs) {
                log.find(found);
            }
        }
        // Which of several values is meant cannot be told from outside; inside, XREF says that they differ.
        (true | false, _) => log.cannot_tell(Reason::Ambiguous),
    }
}

fn differs(known: &Known, claim: Claim, other: &Known, theirs: ItemId) -> Option<Finding> {
    let (item, published) = (known.item(claim.item)?, other.item(theirs)?);
    let exact = |item: &Item| Some(item.value.decimal_in(item.unit.zeros()?));
    let (x, y) = (exact(item)?, exact(published)?);
    let places = item.value.places().max(published.value.places());
    let word = match claim.about.basis {
        Basis::Budget => Word::ContinuityBudget,
        Basis::FinalAccounts => Word::ContinuityFinal,
    };
    let place = Place::of(&other.disclosure.source, published.span.start);
    let arguments = [
        Argument::Subject(claim.item),
        Argument::Figure(claim.item),
        Argument::Shown(claim.about.year.to_string().into()),
        Argument::Shown(format!("{}{}", published.value, published.unit.name()).into()),
        Argument::words(&other.file.to_string_lossy()),
        Argument::Place(place),
        Argument::Shown(shown((x - y).abs(), item.unit, places)),
    ];
    // A year's end may be restated before the next begins, so what was carried over is no more than a hint.
    let severity = if claim.about.carried { Severity::Info } else { Severity::Warning };
    let message = Sentence::new(word, arguments);
    let found = Finding::new(severity, item.span, message)
        .items([claim.item])
        .stated(Shown::of(item))
        .computed(shown(y, item.unit, places))
        .difference(number((x - y).abs(), item.unit, places));
    Some(found)
}
