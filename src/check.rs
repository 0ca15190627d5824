//! A disclosure → what in it does not add up, with the proof.
//!
//! Every check is one file with one line in [`CHECKS`]: what it looks for, an example that must fire, one that must not,
//! and the function. A check reads [`Facts`] and tells its [`Log`] what holds, what does not and what it cannot tell.
//! Once all disclosures are there, [`compare_all`] holds what they quote of each other against what was published.
//! Numbers are intervals by their printed places; a finding needs two that do not meet.

mod balance;
mod clue;
mod compare;
mod continuity;
mod count;
mod definition;
mod delta;
mod direction;
mod facts;
mod finding;
mod fold;
mod ledger;
mod memory;
mod names;
mod period;
mod place;
mod rate;
mod report;
mod share;
mod shown;
mod structure;
mod sum;
mod text;
mod unit;
mod xref;

pub use continuity::{Claim, Known, compare_all};
pub use finding::{Argument, Finding, FindingId, Formula, Sentence, Severity, Term};
pub use memory::Memory;
pub use place::Place;
pub use report::{Addition, Held, Outcome, Reason, Report};
pub use shown::Shown;

use self::facts::Facts;
use self::report::Log;
use crate::lang::Word;
use crate::model::Disclosure;

/// One check.
pub struct Check {
    /// Which one.
    pub code: Code,
    /// What it is called.
    pub title: Word,
    /// What it looks for and how.
    pub explanation: Word,
    /// Disclosures of which it must find something in the last.
    pub wrong: &'static [&'static str],
    /// Disclosures in which it must not.
    pub right: &'static [&'static str],
    run: Run,
}

/// What a check looks at.
enum Run {
    /// One disclosure.
    Alone(fn(&Facts, &mut Log)),
    /// All disclosures of a department, once they are there: see [`compare_all`].
    Together,
}

/// The code of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is explained in its file")]
pub enum Code {
    Unit,
    Sum,
    Balance,
    Delta,
    Share,
    Rate,
    Direction,
    Xref,
    Definition,
    Period,
    Count,
    Structure,
    Text,
    Continuity,
}

impl Code {
    /// Returns the name it has in the export and on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::Unit => "UNIT",
            Self::Sum => "SUM",
            Self::Balance => "BALANCE",
            Self::Delta => "DELTA",
            Self::Share => "SHARE",
            Self::Rate => "RATE",
            Self::Direction => "DIRECTION",
            Self::Xref => "XREF",
            Self::Definition => "DEFINITION",
            Self::Period => "PERIOD",
            Self::Count => "COUNT",
            Self::Structure => "STRUCTURE",
            Self::Text => "TEXT",
            Self::Continuity => "CONTINUITY",
        }
    }

    /// Returns what it checks, in a few words.
    pub fn title(self) -> Word {
        CHECKS.iter().find(|check| check.code == self).map_or(Word::OutcomeTitle, |check| check.title)
    }

    /// Returns the code of a name, in letters of either case.
    pub fn from_key(key: &str) -> Option<Self> {
        CHECKS.iter().map(|check| check.code).find(|code| code.key().eq_ignore_ascii_case(key))
    }
}

/// Every check. A finding that rests on a figure which an earlier check found wrong is folded under that one.
pub const CHECKS: &[Check] = &[
    unit::CHECK,
    sum::CHECK,
    balance::CHECK,
    delta::CHECK,
    share::CHECK,
    rate::CHECK,
    direction::CHECK,
    xref::CHECK,
    definition::CHECK,
    period::CHECK,
    count::CHECK,
    structure::CHECK,
    text::CHECK,
    continuity::CHECK,
];

/// Returns what the checks say about a disclosure whose names are still its own. It cannot fail.
pub fn check(disclosure: &Disclosure) -> Report {
    check_with(&mut Memory::default(), disclosure)
}

/// Returns the same with what is remembered of other disclosures, which makes it faster.
pub fn check_with(memory: &mut Memory, disclosure: &Disclosure) -> Report {
    run_all(memory, disclosure, false).0
}

/// Returns what the checks say, and every formula that holds with the figures in it.
pub fn examine(disclosure: &Disclosure) -> (Report, Vec<Held>) {
    run_all(&mut Memory::default(), disclosure, true)
}

fn run_all(memory: &mut Memory, disclosure: &Disclosure, keeps_held: bool) -> (Report, Vec<Held>) {
    let facts = Facts::new(memory, disclosure);
    let mut log = Log::new(keeps_held);
    for check in CHECKS {
        log.begin(check.code);
        if let Run::Alone(run) = check.run {
            run(&facts, &mut log);
        }
    }
    let (mut report, held) = log.finish(&facts);
    report.claims = continuity::claims(&facts);
    (report, held)
}
