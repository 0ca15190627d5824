//! The findings of the whole folder → the rows of the findings screen, by what a person wants to see.

use std::cmp::Reverse;

use super::cursor::Cursor;
use super::label;
use super::marks::{self, Marks};
use super::overlay::Prompt;
use crate::check::{CHECKS, Code, Severity};
use crate::corpus::tree::Node;
use crate::corpus::{Corpus, EntryId, FindingRef};
use crate::judgement::{Judgement, Judgements, Verdict};
use crate::lang::{Lang, Word};

/// The state of the findings screen.
#[derive(Debug, Default)]
pub struct Review {
    /// The findings that are wanted, the worst first, those of one severity as the tree has them.
    pub rows: Vec<FindingRef>,
    /// How many are left out because they were dismissed.
    pub dismissed: usize,
    /// The selected row and the first on screen.
    pub cursor: Cursor,
    /// What is wanted.
    pub wanted: Wanted,
    /// Words that must all be in it.
    pub filter: Prompt,
    /// What is still to be looked at.
    todo: Option<Todo>,
}

/// What is still to be looked at while the findings are listed.
#[derive(Debug)]
struct Todo {
    words: Words,
    /// The severities that are still to be gone through, that of now first.
    severities: &'static [Severity],
    /// How many disclosures were gone through for that of now, in the order of the tree, and how many findings of the next.
    next: (usize, u32),
    /// What stays selected, as long as nobody goes elsewhere.
    selected: Option<FindingRef>,
    cursor: Cursor,
}

/// The order of the list.
const WORST_FIRST: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];
/// How much is looked at before a key is answered, a look at a finding being 1: more than a screen shows.
const FIRST: usize = 1_000;
/// How much is looked at before the next key is asked for: about a thousandth of a second.
const PIECE: usize = 8_000;
/// How much it is to look for words in one.
const WORDS: usize = 40;

/// What a person wants to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wanted {
    /// How bad.
    pub level: Level,
    /// Which check; all where there is none.
    pub check: Option<Code>,
    /// Which department; all where there is none.
    pub department: Option<Node>,
    /// What was decided about it.
    pub state: State,
}

/// How bad the findings are that are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Level {
    /// Errors and warnings.
    #[default]
    Counted,
    /// Errors.
    Errors,
    /// Warnings.
    Warnings,
    /// Hints.
    Hints,
    /// All of them.
    All,
}

/// What was decided about the findings that are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    /// All but those that were dismissed.
    #[default]
    Left,
    /// Nothing yet.
    Open,
    /// They are findings indeed.
    Accepted,
    /// They are none.
    Dismissed,
    /// There is a note.
    Noted,
    /// Anything.
    All,
}

/// One of the ways to choose findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// By how bad they are.
    Level,
    /// By the check that found them.
    Check,
    /// By department.
    Department,
    /// By what was decided.
    State,
}

impl Level {
    const ALL: [Self; 5] = [Self::Counted, Self::Errors, Self::Warnings, Self::Hints, Self::All];

    /// Returns what it is called.
    pub fn word(self) -> Word {
        match self {
            Self::Counted => Word::LevelCounted,
            Self::Errors => Word::SeverityError,
            Self::Warnings => Word::SeverityWarning,
            Self::Hints => Word::SeverityInfo,
            Self::All => Word::WantedAll,
        }
    }

    fn holds(self, severity: Severity) -> bool {
        match self {
            Self::Counted => severity > Severity::Info,
            Self::Errors => severity == Severity::Error,
            Self::Warnings => severity == Severity::Warning,
            Self::Hints => severity == Severity::Info,
            Self::All => true,
        }
    }
}

impl State {
    const ALL: [Self; 6] = [Self::Left, Self::Open, Self::Accepted, Self::Dismissed, Self::Noted, Self::All];

    /// Returns what it is called.
    pub fn word(self) -> Word {
        match self {
            Self::Left => Word::StateLeft,
            Self::Open => Word::StateOpen,
            Self::Accepted => Word::StateAccepted,
            Self::Dismissed => Word::StateDismissed,
            Self::Noted => Word::StateNoted,
            Self::All => Word::WantedAll,
        }
    }

    fn holds(self, verdict: Option<Verdict>, noted: bool) -> bool {
        match self {
            Self::Left => verdict != Some(Verdict::Dismissed),
            Self::Open => verdict.is_none(),
            Self::Accepted => verdict == Some(Verdict::Accepted),
            Self::Dismissed => verdict == Some(Verdict::Dismissed),
            Self::Noted => noted,
            Self::All => true,
        }
    }
}

/// Where a finding is when some are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// It is wanted.
    Listed,
    /// It would be, but for having been dismissed.
    Dismissed,
    /// It is not.
    Out,
}

impl Wanted {
    /// Returns where a finding is of which something may have been said.
    fn standing(
        self,
        corpus: &Corpus,
        at: FindingRef,
        judgement: Option<&Judgement>,
        words: &mut Words,
    ) -> Standing {
        let Some(finding) = corpus.finding(at) else { return Standing::Out };
        let verdict = judgement.and_then(|judgement| judgement.verdict);
        let noted = judgement.is_some_and(|judgement| !judgement.note.is_empty());
        let chosen = self.level.holds(finding.severity)
            && self.check.is_none_or(|check| check == finding.check)
            && (self.department.is_none() || self.department == corpus.parent(Node::Disclosure(at.entry)))
            && words.are_in(corpus, at);
        match () {
            () if chosen && self.state.holds(verdict, noted) => Standing::Listed,
            () if chosen && verdict == Some(Verdict::Dismissed) => Standing::Dismissed,
            () => Standing::Out,
        }
    }
}

impl Review {
    /// Returns the selected finding.
    pub fn selected(&self) -> Option<FindingRef> {
        self.rows.get(self.cursor.selected).copied()
    }

    /// Lists what is wanted; the selection stays on its finding, or where that has gone, on the row it stood in. Of very
    /// many findings those that come first are listed, and [`Self::work`] lists the others.
    pub fn refresh(&mut self, corpus: &Corpus, judgements: &Judgements, lang: Lang, height: usize) {
        let selected = match self.todo.take() {
            Some(todo) if todo.cursor == self.cursor => todo.selected,
            Some(_) | None => self.selected(),
        };
        let words = Words::new(&self.filter.text(), lang);
        self.rows.clear();
        self.dismissed = 0;
        let severities = &WORST_FIRST;
        self.todo = Some(Todo { words, severities, next: (0, 0), selected, cursor: self.cursor });
        self.go_on(FIRST, corpus, judgements, height);
    }

    /// Returns whether there are findings left to look at.
    pub fn is_busy(&self) -> bool {
        self.todo.is_some()
    }

    /// Goes on to list what is wanted for a moment; [`Self::is_busy`] tells whether that was all.
    pub fn work(&mut self, corpus: &Corpus, judgements: &Judgements, height: usize) {
        self.go_on(PIECE, corpus, judgements, height);
    }

    /// Goes on for so much work. The findings are gone through once for each severity, so that what is listed is never
    /// moved by what comes after it.
    fn go_on(&mut self, mut left: usize, corpus: &Corpus, judgements: &Judgements, height: usize) {
        let Some(mut todo) = self.todo.take() else { return };
        if self.cursor != todo.cursor {
            todo.selected = self.selected();
        }
        let look = if todo.words.all.is_empty() { 1 } else { WORDS };
        while let [severity, milder @ ..] = todo.severities {
            let entry =
                corpus.order().get(todo.next.0).copied().filter(|_| self.wanted.level.holds(*severity));
            let Some(entry) = entry else {
                (todo.severities, todo.next) = (milder, (0, 0));
                continue;
            };
            let at = FindingRef { entry, number: todo.next.1 };
            let finding = corpus.finding(at);
            let wanted = finding.is_some_and(|finding| finding.severity == *severity);
            let Some(less) = left.checked_sub(if wanted { look } else { 1 }) else {
                self.choose(&todo, height);
                todo.cursor = self.cursor;
                self.todo = Some(todo);
                return;
            };
            left = less;
            todo.next = if finding.is_some() { (todo.next.0, at.number + 1) } else { (todo.next.0 + 1, 0) };
            if !wanted {
                continue;
            }
            let judgement = judgements.of(corpus, at);
            match self.wanted.standing(corpus, at, judgement, &mut todo.words) {
                Standing::Listed => self.rows.push(at),
                Standing::Dismissed => self.dismissed += 1,
                Standing::Out => {}
            }
        }
        self.choose(&todo, height);
    }

    /// Selects what is to stay selected, or the row it stood in.
    fn choose(&mut self, todo: &Todo, height: usize) {
        let row = todo.selected.and_then(|at| self.rows.iter().position(|&other| other == at));
        self.cursor.select(row.unwrap_or(self.cursor.selected), self.rows.len(), height);
    }

    /// Lists or leaves out what was judged: what was said of it before, and what is now.
    pub fn judge(
        &mut self,
        corpus: &Corpus,
        judgements: &Judgements,
        judged: &[FindingRef],
        (before, now): (&Judgement, &Judgement),
        lang: Lang,
        height: usize,
    ) {
        // Of what is not listed yet the new judgement will be looked at.
        if self.is_busy() {
            return self.refresh(corpus, judgements, lang, height);
        }
        let mut words = Words::new(&self.filter.text(), lang);
        let selected = self.selected();
        let order = |at: FindingRef| {
            let severity = corpus.finding(at).map(|finding| finding.severity);
            (Reverse(severity), corpus.rank(at.entry), at.number)
        };
        for &at in judged {
            let place = self.rows.binary_search_by_key(&order(at), |&row| order(row));
            match (self.wanted.standing(corpus, at, Some(now), &mut words), place) {
                (Standing::Listed, Err(place)) => self.rows.insert(place, at),
                (Standing::Dismissed | Standing::Out, Ok(place)) => drop(self.rows.remove(place)),
                (Standing::Listed, Ok(_)) | (Standing::Dismissed | Standing::Out, Err(_)) => {}
            }
            let mut counts = |judgement: &Judgement| {
                self.wanted.standing(corpus, at, Some(judgement), &mut words) == Standing::Dismissed
            };
            match (counts(before), counts(now)) {
                (false, true) => self.dismissed += 1,
                (true, false) => self.dismissed = self.dismissed.saturating_sub(1),
                (true, true) | (false, false) => {}
            }
        }
        let row = selected.and_then(|at| self.rows.binary_search_by_key(&order(at), |&row| order(row)).ok());
        self.cursor.select(row.unwrap_or(self.cursor.selected), self.rows.len(), height);
    }

    /// Selects a finding where it is listed.
    pub fn select(&mut self, at: FindingRef, height: usize) {
        if let Some(todo) = &mut self.todo {
            todo.selected = Some(at);
        }
        if let Some(row) = self.rows.iter().position(|&other| other == at) {
            self.cursor.select(row, self.rows.len(), height);
        }
        if let Some(todo) = &mut self.todo {
            todo.cursor = self.cursor;
        }
    }

    /// Goes on to the next choice of a kind. Checks and departments in which nothing was found are passed over.
    pub fn turn(&mut self, by: By, corpus: &Corpus, marks: &Marks) {
        let wanted = &mut self.wanted;
        match by {
            By::Level => wanted.level = next(&Level::ALL, wanted.level),
            By::State => wanted.state = next(&State::ALL, wanted.state),
            By::Check => {
                let codes = CHECKS.iter().map(|check| check.code).filter(|code| marks.checks.contains(code));
                let choices: Vec<Option<Code>> = std::iter::once(None).chain(codes.map(Some)).collect();
                wanted.check = next(&choices, wanted.check);
            }
            By::Department => {
                let has_any = |&&entry: &&EntryId| marks::of_entry(corpus, entry).next().is_some();
                let of = |&entry: &EntryId| corpus.parent(Node::Disclosure(entry));
                // The disclosures of a department stand beside each other.
                let is_before = |entry: &EntryId| of(entry) == wanted.department;
                let before = corpus.order().iter().rposition(is_before).map_or(0, |last| last + 1);
                wanted.department = corpus.order().iter().skip(before).find(has_any).and_then(of);
            }
        }
    }
}

/// Words that are looked for in findings, in small letters.
#[derive(Debug)]
struct Words {
    all: Vec<String>,
    lang: Lang,
    /// What is said of every finding of the disclosure that was looked at last.
    common: Option<(EntryId, String)>,
}

impl Words {
    fn new(typed: &str, lang: Lang) -> Self {
        let all = typed.to_lowercase().split_whitespace().map(str::to_owned).collect();
        Self { all, lang, common: None }
    }

    /// Returns whether each of the words stands in the check, the department, the disclosure, the file or the message.
    fn are_in(&mut self, corpus: &Corpus, at: FindingRef) -> bool {
        if self.all.is_empty() {
            return true;
        }
        let Some((entry, finding)) = corpus.entry(at.entry).zip(corpus.finding(at)) else { return false };
        if self.common.as_ref().is_none_or(|(entry, _)| *entry != at.entry) {
            let department = corpus.department(at.entry).unwrap_or_default();
            let disclosure = label::disclosure(corpus, at.entry, self.lang);
            let text = format!("{department}\n{disclosure}\n{}", entry.file.display());
            self.common = Some((at.entry, text.to_lowercase()));
        }
        let common = self.common.as_ref().map_or("", |(_, text)| text);
        let key = finding.check.key().to_lowercase();
        let mut left =
            self.all.iter().filter(|&word| !common.contains(word) && !key.contains(word)).peekable();
        if left.peek().is_none() {
            return true;
        }
        let message = finding.says(&entry.disclosure, &corpus.words, self.lang).to_lowercase();
        left.all(|word| message.contains(word))
    }
}

/// Returns what follows in a list; the first after the last.
fn next<T: Copy + PartialEq + Default>(all: &[T], now: T) -> T {
    let at = all.iter().position(|&one| one == now).map_or(0, |at| at + 1);
    all.get(at).or_else(|| all.first()).copied().unwrap_or_default()
}
