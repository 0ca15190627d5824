//! What the checks of one disclosure came to: findings, and how often each held, found, hinted or could not tell.

use std::hash::{Hash as _, Hasher as _};

use rustc_hash::{FxBuildHasher, FxHashMap, FxHasher};

use super::continuity::Claim;
use super::facts::Facts;
use super::finding::{Finding, FindingId, Formula, Severity};
use super::{CHECKS, Code};
use crate::model::ItemId;

/// Why a check could not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// A figure's reading is in doubt.
    Doubtful,
    /// A figure is said to be approximate.
    Approximate,
    /// The text does not say what a share is of, or a rate is measured against.
    NoBase,
    /// The parts that are named need not be all.
    Incomplete,
    /// The text is not there.
    NoText,
    /// Two readings of the same words are possible.
    Ambiguous,
}

impl Reason {
    /// Returns the name it has in the export.
    pub fn key(self) -> &'static str {
        match self {
            Self::NoText => "no_text",
            Self::Doubtful => "doubtful",
            Self::Approximate => "approximate",
            Self::NoBase => "no_base",
            Self::Incomplete => "incomplete",
            Self::Ambiguous => "ambiguous",
        }
    }
}

/// How often a check came to what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The check.
    pub check: Code,
    /// How many formulas hold.
    pub holds: u32,
    /// How many errors and warnings there are, those that follow from others included.
    pub findings: u32,
    /// How many differences stay inside what rounding allows, or are merely unusual.
    pub hints: u32,
    /// 1 where there is nothing to check.
    pub not_applicable: u32,
    /// How many formulas could not be decided.
    pub cannot_tell: u32,
    /// Why not, and how often.
    pub reasons: Vec<(Reason, u32)>,
}

impl Outcome {
    /// Returns the outcome of a check that came to nothing yet.
    fn none(check: Code) -> Self {
        Self {
            check,
            holds: 0,
            findings: 0,
            hints: 0,
            not_applicable: 0,
            cannot_tell: 0,
            reasons: Vec::new(),
        }
    }

    /// Returns what a check came to in several disclosures together.
    pub fn sum<'a>(check: Code, reports: impl IntoIterator<Item = &'a Report>) -> Self {
        let mut sum = Self::none(check);
        let outcomes = reports.into_iter().flat_map(|report| &report.outcomes);
        for outcome in outcomes.filter(|outcome| outcome.check == check) {
            sum.add(outcome);
        }
        sum
    }

    /// Adds what every check came to in one more disclosure, the sums in the order of [`CHECKS`].
    pub fn add_all(sums: &mut Vec<Self>, report: &Report) {
        if sums.is_empty() {
            sums.extend(CHECKS.iter().map(|check| Self::none(check.code)));
        }
        for outcome in &report.outcomes {
            if let Some(sum) = sums.iter_mut().find(|sum| sum.check == outcome.check) {
                sum.add(outcome);
            }
        }
    }

    fn add(&mut self, outcome: &Self) {
        self.holds += outcome.holds;
        self.findings += outcome.findings;
        self.hints += outcome.hints;
        self.not_applicable += outcome.not_applicable;
        self.cannot_tell += outcome.cannot_tell;
        for &(reason, count) in &outcome.reasons {
            self.add_reason(reason, count);
        }
    }

    fn add_reason(&mut self, reason: Reason, count: u32) {
        match self.reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, sum)) => *sum += count,
            None => self.reasons.push((reason, count)),
        }
    }
}

/// What all checks of one disclosure came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// What was found, in document order.
    pub findings: Vec<Finding>,
    /// What each check came to, in the order of [`CHECKS`].
    pub outcomes: Vec<Outcome>,
    /// What other disclosures may say too; empty once they were compared.
    pub claims: Vec<Claim>,
}

/// What comparing a disclosure with others adds to its report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addition {
    outcome: Outcome,
    findings: Vec<Finding>,
}

impl Report {
    /// Takes in what comparing the disclosure with others came to. The claims were needed for that only.
    pub fn add(&mut self, addition: Addition) {
        let Addition { outcome, findings } = addition;
        self.claims = Vec::new();
        self.findings.extend(findings);
        self.findings.sort_by_key(place);
        match self.outcomes.iter_mut().find(|known| known.check == outcome.check) {
            Some(known) => *known = outcome,
            None => self.outcomes.push(outcome),
        }
    }
}

/// What findings are sorted by.
fn place(finding: &Finding) -> (u32, Code, u32) {
    (finding.span.start, finding.check, finding.span.end)
}

/// Something that was checked and holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The check.
    pub check: Code,
    /// Every figure in it, the stated one first.
    pub items: Vec<ItemId>,
    /// What makes the stated figure, in per cent for a ratio; without terms where it is not one formula.
    pub formula: Formula,
}

/// Where checks say what they came to.
#[derive(Debug, Default)]
pub(super) struct Log {
    outcomes: Vec<Outcome>,
    findings: Vec<Finding>,
    held: Vec<Held>,
    /// Whether what holds is asked for.
    keeps: bool,
}

impl Log {
    /// Returns an empty log that also keeps what holds, where that is asked for.
    pub(super) fn new(keeps: bool) -> Self {
        // There are some dozen findings in most disclosures.
        const FINDINGS: usize = 64;
        Self {
            outcomes: Vec::with_capacity(CHECKS.len()),
            findings: Vec::with_capacity(FINDINGS),
            held: Vec::new(),
            keeps,
        }
    }

    /// The words from here on are those of a check.
    pub(super) fn begin(&mut self, check: Code) {
        self.outcomes.push(Outcome::none(check));
    }

    /// Something holds that is no formula, or is left to the other checks.
    pub(super) fn hold(&mut self, items: impl IntoIterator<Item = ItemId>) {
        if let Some(outcome) = self.outcomes.last_mut() {
            outcome.holds += 1;
            if self.keeps {
                let (items, formula) = (items.into_iter().collect(), Formula::default());
                self.held.push(Held { check: outcome.check, items, formula });
            }
        }
    }

    /// A stated figure is what a formula makes, which is only made where what holds is asked for.
    pub(super) fn prove(&mut self, stated: ItemId, formula: impl FnOnce() -> Formula) {
        if let Some(outcome) = self.outcomes.last_mut() {
            outcome.holds += 1;
            if !self.keeps {
                return;
            }
            let formula = formula();
            let terms = formula.terms.iter().chain(&formula.over).map(|term| term.item);
            let items = std::iter::once(stated).chain(terms).collect();
            self.held.push(Held { check: outcome.check, items, formula });
        }
    }

    /// Something is wrong, or for [`Severity::Info`] visible.
    pub(super) fn find(&mut self, mut finding: Finding) {
        let Some(outcome) = self.outcomes.last_mut() else { return };
        finding.check = outcome.check;
        match finding.severity {
            Severity::Info => outcome.hints += 1,
            Severity::Warning | Severity::Error => outcome.findings += 1,
        }
        self.findings.push(finding);
    }

    /// A formula cannot be decided.
    pub(super) fn cannot_tell(&mut self, reason: Reason) {
        let Some(outcome) = self.outcomes.last_mut() else { return };
        outcome.cannot_tell += 1;
        outcome.add_reason(reason, 1);
    }

    /// Returns what was found so far.
    pub(super) fn found(&self) -> &[Finding] {
        &self.findings
    }

    pub(super) fn finish(mut self, facts: &Facts) -> (Report, Vec<Held>) {
        self.count();
        debug_assert_eq!(self.outcomes.len(), CHECKS.len());
        let mut findings = super::fold::folded_under(self.findings);
        let mut text = String::new();
        let mut seen = FxHashMap::with_capacity_and_hasher(2 * findings.len(), FxBuildHasher);
        let names = |finding: &Finding| {
            let subject = finding.items.first().map_or("", |item| facts.canonical(*item));
            (facts.section_title(finding.span), subject)
        };
        for finding in &mut findings {
            number(finding, &names, &mut seen, &mut text);
        }
        findings.sort_by_cached_key(place);
        (Report { findings, outcomes: self.outcomes, claims: Vec::new() }, self.held)
    }

    /// Returns what one check came to that looked at several disclosures. `names` gives the section and the subject of a
    /// finding.
    pub(super) fn add_up<'a>(mut self, names: &dyn Fn(&Finding) -> (&'a str, &'a str)) -> Option<Addition> {
        self.count();
        let (mut seen, mut text) = (FxHashMap::default(), String::new());
        for finding in &mut self.findings {
            number(finding, names, &mut seen, &mut text);
        }
        Some(Addition { outcome: self.outcomes.pop()?, findings: self.findings })
    }

    fn count(&mut self) {
        for outcome in &mut self.outcomes {
            let said = outcome.holds + outcome.findings + outcome.hints + outcome.cannot_tell;
            outcome.not_applicable = u32::from(said == 0);
        }
    }
}

/// Gives a finding and those under it their numbers: from the check, the section, the subject and the values, and how
/// many like it came before, but not from where in the file it stands.
fn number<'a>(
    finding: &mut Finding,
    names: &dyn Fn(&Finding) -> (&'a str, &'a str),
    seen: &mut FxHashMap<u64, u32>,
    text: &mut String,
) {
    let mut hasher = FxHasher::default();
    let (section, subject) = names(finding);
    finding.check.key().hash(&mut hasher);
    section.hash(&mut hasher);
    if !finding.items.is_empty() {
        subject.hash(&mut hasher);
    }
    for value in [&finding.stated, &finding.computed] {
        text.clear();
        value.push_to(text);
        text.hash(&mut hasher);
    }
    let key = hasher.finish();
    let count = seen.entry(key).or_insert(0);
    *count += 1;
    count.hash(&mut hasher);
    finding.id = FindingId(hasher.finish());
    for follows in &mut finding.refers {
        number(follows, names, seen, text);
    }
}
