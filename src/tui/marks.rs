//! What the checks found → marks: how many errors and warnings lie under each place of the tree, and which findings name
//! a figure.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::check::{Code, Outcome, Severity};
use crate::corpus::found::{self, Home};
use crate::corpus::tree::Node;
use crate::corpus::{Corpus, EntryId, FindingRef, ItemRef, SectionRef};
use crate::judgement::Judgements;

/// How many findings there are, without hints and without those that were dismissed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// The errors.
    pub errors: usize,
    /// The warnings.
    pub warnings: usize,
}

/// The marks of everything that was read.
#[derive(Debug, Default)]
pub struct Marks {
    /// All of them.
    pub total: Tally,
    /// How many checks hold.
    pub holds: usize,
    /// What each check came to.
    pub outcomes: Vec<Outcome>,
    /// The checks that found something.
    pub checks: FxHashSet<Code>,
    /// The marks of every place under which there is a finding.
    tallies: FxHashMap<Node, Tally>,
    /// The findings that name a figure, or that belong to a place itself.
    findings: FxHashMap<Node, Vec<FindingRef>>,
}

impl Tally {
    /// Returns whether there are neither errors nor warnings.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }

    fn add(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Info => {}
        }
    }

    fn take(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors = self.errors.saturating_sub(1),
            Severity::Warning => self.warnings = self.warnings.saturating_sub(1),
            Severity::Info => {}
        }
    }
}

impl Marks {
    /// Returns the marks of a whole corpus.
    pub fn new(corpus: &Corpus, judgements: &Judgements) -> Self {
        let mut marks = Self::default();
        for &entry in corpus.order() {
            marks.add(corpus, entry, judgements);
        }
        marks
    }

    /// Takes in what was found in one disclosure.
    pub fn add(&mut self, corpus: &Corpus, entry: EntryId, judgements: &Judgements) {
        let Some(report) = corpus.entry(entry).map(|entry| &entry.report) else { return };
        Outcome::add_all(&mut self.outcomes, report);
        self.holds += report.outcomes.iter().map(|outcome| outcome.holds as usize).sum::<usize>();
        for (number, finding) in (0..).zip(&report.findings) {
            let at = FindingRef { entry, number };
            self.checks.insert(finding.check);
            let Some(home) = home(corpus, at) else { continue };
            let items = finding.items.iter().map(|&item| Node::Item(ItemRef { entry, item }));
            let own = (!matches!(home, Node::Item(_))).then_some(home);
            for node in items.chain(own) {
                self.findings.entry(node).or_default().push(at);
            }
            if judgements.is_dismissed(corpus, at) {
                continue;
            }
            self.count(corpus, home, finding.severity, Tally::add);
        }
    }

    /// Counts a finding again that is no longer dismissed, or no longer one that is.
    pub fn judge(&mut self, corpus: &Corpus, at: FindingRef, dismissed: bool) {
        let Some((home, finding)) = home(corpus, at).zip(corpus.finding(at)) else { return };
        self.count(corpus, home, finding.severity, if dismissed { Tally::take } else { Tally::add });
    }

    /// Counts a finding in all, in its place and in all that its place lies under.
    fn count(&mut self, corpus: &Corpus, home: Node, severity: Severity, count: fn(&mut Tally, Severity)) {
        count(&mut self.total, severity);
        if severity > Severity::Info {
            for node in std::iter::successors(Some(home), |&node| corpus.parent(node)) {
                count(self.tallies.entry(node).or_default(), severity);
            }
        }
    }

    /// Returns how many errors and warnings lie under a place.
    pub fn tally(&self, node: Node) -> Tally {
        self.tallies.get(&node).copied().unwrap_or_default()
    }

    /// Returns the findings that name a figure, or that belong to another place itself, as they stand in the document.
    pub fn of(&self, node: Node) -> &[FindingRef] {
        self.findings.get(&node).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns how bad the worst is that names a figure or belongs to a place itself, of those that count.
    pub fn worst(&self, corpus: &Corpus, judgements: &Judgements, node: Node) -> Option<Severity> {
        let counted = self.of(node).iter().filter(|&&at| counts(corpus, judgements, at));
        counted.filter_map(|&at| corpus.finding(at)).map(|finding| finding.severity).max()
    }
}

/// Returns whether a finding counts: it is no hint and was not dismissed.
pub fn counts(corpus: &Corpus, judgements: &Judgements, at: FindingRef) -> bool {
    corpus.finding(at).is_some_and(|finding| finding.severity > Severity::Info)
        && !judgements.is_dismissed(corpus, at)
}

/// Returns the one place that a finding belongs to: the figure that is wrong, else the section that it stands in, else
/// the disclosure.
pub fn home(corpus: &Corpus, at: FindingRef) -> Option<Node> {
    let entry = at.entry;
    let home = found::home(&corpus.entry(entry)?.disclosure, corpus.finding(at)?);
    Some(match home {
        Home::Item(item) => Node::Item(ItemRef { entry, item }),
        Home::Section(section) => Node::Section(SectionRef { entry, section }),
        Home::Disclosure => Node::Disclosure(entry),
    })
}

/// Returns every finding, disclosure by disclosure as the tree has them.
pub fn all(corpus: &Corpus) -> impl DoubleEndedIterator<Item = FindingRef> {
    corpus.order().iter().flat_map(|&entry| of_entry(corpus, entry))
}

/// Returns every finding of a disclosure.
pub fn of_entry(corpus: &Corpus, entry: EntryId) -> impl DoubleEndedIterator<Item = FindingRef> + use<> {
    let count = corpus.entry(entry).map_or(0, |entry| entry.report.findings.len());
    (0..count as u32).map(move |number| FindingRef { entry, number })
}

/// Returns the sign of a severity.
pub fn sign(severity: Severity) -> char {
    match severity {
        Severity::Error => '✗',
        Severity::Warning => '▲',
        Severity::Info => '·',
    }
}
