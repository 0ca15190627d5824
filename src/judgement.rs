//! What a person decided about findings: accepted, dismissed, a note; the changes that can be undone; the file's text.

pub mod store;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::corpus::{Corpus, EntryId, FindingRef};
use crate::model::{Basis, Edition};

/// What a person decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It is a finding indeed.
    Accepted,
    /// It is none.
    Dismissed,
}

impl Verdict {
    /// Returns the name it has in the export.
    pub fn key(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Dismissed => "dismissed",
        }
    }
}

/// What a person decided about one finding, and a note.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Judgement {
    /// Whether it is one.
    #[serde(rename = "state", default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// The note; empty where there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A new judgement of a finding; an empty one takes back what was there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The name of the finding, as [`key`] gives it.
    pub key: String,
    /// What is now said of it.
    pub judgement: Judgement,
}

/// All judgements.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Judgements {
    known: BTreeMap<String, Judgement>,
    /// The numbers of the findings in it: most findings are told by them to be none of those.
    ids: BTreeSet<u64>,
    /// What undoes the changes made here, the last change last.
    past: Vec<Change>,
}

/// The file as it is written.
#[derive(Serialize, Deserialize)]
struct File {
    schema: String,
    findings: BTreeMap<String, Judgement>,
}

/// What the file says it is.
const SCHEMA: &str = "mingbai-findings/1";

impl Judgements {
    /// Returns what was decided about a finding.
    pub fn of(&self, corpus: &Corpus, at: FindingRef) -> Option<&Judgement> {
        if self.ids.is_empty() || !self.ids.contains(&corpus.finding(at)?.id.0) {
            return None;
        }
        self.known.get(&key(corpus, at)?)
    }

    /// Returns the verdict on a finding.
    pub fn verdict(&self, corpus: &Corpus, at: FindingRef) -> Option<Verdict> {
        self.of(corpus, at)?.verdict
    }

    /// Returns whether a person dismissed a finding.
    pub fn is_dismissed(&self, corpus: &Corpus, at: FindingRef) -> bool {
        self.verdict(corpus, at) == Some(Verdict::Dismissed)
    }

    /// Takes in a change that can be undone, and returns what was there before.
    pub fn change(&mut self, change: Change) -> Judgement {
        let before = self.set(change.clone());
        self.past.push(Change { key: change.key, judgement: before.clone() });
        before
    }

    /// Takes back the last change and returns what is to be written for that, and what was there before.
    pub fn undo(&mut self) -> Option<(Change, Judgement)> {
        let change = self.past.pop()?;
        let before = self.set(change.clone());
        Some((change, before))
    }

    /// Puts in a judgement and returns what was there.
    pub fn set(&mut self, Change { key, judgement }: Change) -> Judgement {
        if judgement != Judgement::default() {
            self.ids.extend(id_in(&key));
            return self.known.insert(key, judgement).unwrap_or_default();
        }
        let before = self.known.remove(&key);
        // Another disclosure may have a finding of the same number.
        self.ids = self.known.keys().filter_map(|key| id_in(key)).collect();
        before.unwrap_or_default()
    }

    /// Returns the text of the file.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        let file = File { schema: SCHEMA.to_owned(), findings: self.known.clone() };
        serde_json::to_string_pretty(&file)
    }

    /// Returns what the text of a file says, or what is wrong with it.
    pub fn from_json(text: &str) -> Result<Self, String> {
        let file: File = serde_json::from_str(text).map_err(|error| error.to_string())?;
        match file.schema.as_str() {
            SCHEMA => {
                let ids = file.findings.keys().filter_map(|key| id_in(key)).collect();
                Ok(Self { known: file.findings, ids, past: Vec::new() })
            }
            other => Err(format!("schema {other}")),
        }
    }
}

/// What stands for the department where none was found.
const NOBODY: &str = "-";

/// Returns the name that a finding keeps when files are moved or read anew: whose disclosure it is in and its number,
/// which alone would be the same for the same thing in two disclosures.
pub fn key(corpus: &Corpus, at: FindingRef) -> Option<String> {
    let finding = corpus.finding(at)?;
    let header = &corpus.entry(at.entry)?.disclosure.header;
    let department = corpus.department(at.entry).unwrap_or(NOBODY);
    let year = header.year.map_or(0, |year| year.value);
    let basis = match header.basis.map(|basis| basis.value) {
        Some(Basis::Budget) => "budget",
        Some(Basis::FinalAccounts) => "final",
        None => "-",
    };
    let edition = match header.edition {
        Edition::Unsaid => "",
        Edition::Own => " own",
        Edition::Consolidated => " consolidated",
    };
    Some(format!("{department} {year} {basis}{edition} {:016x}", finding.id.0))
}

/// Returns the number of the finding that a name is of.
fn id_in(key: &str) -> Option<u64> {
    key.rsplit(' ').next().and_then(|id| u64::from_str_radix(id, 16).ok())
}

/// Returns the findings that a name is of: more than one where a disclosure was read from two files.
pub fn named(corpus: &Corpus, name: &str) -> Vec<FindingRef> {
    let Some(id) = id_in(name) else { return Vec::new() };
    let mut found = Vec::new();
    for (entry, one) in (0..).map(EntryId).zip(&corpus.entries) {
        // Most disclosures are those of others, which their names tell without one being written.
        if !name.starts_with(corpus.department(entry).unwrap_or(NOBODY)) {
            continue;
        }
        let all = (0..).map(|number| FindingRef { entry, number }).zip(&one.report.findings);
        let same =
            all.filter(|(at, finding)| finding.id.0 == id && key(corpus, *at).as_deref() == Some(name));
        found.extend(same.map(|(at, _)| at));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(key: &str, verdict: Option<Verdict>, note: &str) -> Change {
        Change { key: key.to_owned(), judgement: Judgement { verdict, note: note.to_owned() } }
    }

    #[test]
    fn every_change_can_be_undone() {
        let mut judgements = Judgements::default();
        judgements.change(change("甲", Some(Verdict::Accepted), ""));
        judgements.change(change("甲", Some(Verdict::Dismissed), "样例"));
        judgements.change(change("乙", None, "问过"));
        let mut undo = || judgements.undo().map(|(change, _)| change);
        assert_eq!(undo(), Some(change("乙", None, "")));
        assert_eq!(undo(), Some(change("甲", Some(Verdict::Accepted), "")));
        assert_eq!(undo(), Some(change("甲", None, "")));
        assert_eq!((judgements.undo(), judgements), (None, Judgements::default()));
    }

    #[test]
    fn the_file_says_what_was_decided() {
        let mut judgements = Judgements::default();
        judgements.set(change("甲", Some(Verdict::Dismissed), "“样例”\n"));
        let text = judgements.to_json().expect("it can be written");
        assert_eq!(Judgements::from_json(&text), Ok(judgements));
        for broken in ["", "{}", "[1]", "{\"schema\": \"mingbai-findings/9\", \"findings\": {}}"] {
            assert!(Judgements::from_json(broken).is_err(), "{broken}");
        }
    }
}
