//! The search: what is typed, what was found, what may be typed next. It is done in pieces, so that no key waits for it.

use super::action::Edit;
use super::cursor::{Cursor, Motion};
use super::overlay::Prompt;
use crate::corpus::Corpus;
use crate::corpus::search::{self, Hit, Searcher, Task};
use crate::corpus::tree::Node;
use crate::lang::Lang;

/// How many hits are listed: more than anyone reads, few enough to rank at once.
pub const MOST_HITS: usize = 500;
/// How many places the tree is narrowed to.
const MOST_NARROWED: usize = 20_000;
/// How much of a search is done at a time, a look at a figure being 1: a few thousandths of a second.
const PIECE: usize = 250_000;
/// How many queries are remembered.
const MOST_REMEMBERED: usize = 100;
/// How many ways to go on are offered.
const MOST_OFFERS: usize = 8;

/// The state of the search.
#[derive(Debug, Default)]
pub struct Search {
    /// What was typed.
    pub query: Prompt,
    /// What was found, the best first.
    pub hits: Vec<Hit>,
    /// The query that it was found for, which may be the one before.
    pub found_for: String,
    /// The selected hit and the first on screen.
    pub cursor: Cursor,
    /// What the word at the caret may become.
    pub offers: Vec<String>,
    /// Which of the offers was taken last, while they are gone through.
    taken: Option<usize>,
    /// How many queries back one has gone.
    back: Option<usize>,
    task: Option<(Task, Purpose)>,
}

/// What is done with what is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// It is listed.
    List,
    /// It is listed, and the same place stays selected.
    Again(Option<Node>),
    /// The best of it is gone to.
    Jump,
    /// The tree is narrowed to it.
    Narrow,
}

/// What a search that is done asks for.
#[derive(Debug, PartialEq, Eq)]
pub enum Done {
    /// Nothing more: it is listed.
    Listed,
    /// To go to a place.
    Jump(Node),
    /// To narrow the tree to what was found for a query.
    Narrow(String, Vec<Hit>),
}

impl Search {
    /// Changes the text and searches anew where that makes a difference.
    pub fn edit(&mut self, edit: Edit) {
        let before = self.query.chars.len();
        if self.query.edit(edit) || self.query.chars.len() != before {
            self.begin(Purpose::List);
        }
        self.taken = None;
        self.back = None;
    }

    /// Puts in pasted text, its line ends as spaces.
    pub fn paste(&mut self, text: &str) {
        self.query.paste(text);
        self.begin(Purpose::List);
    }

    /// Begins to search what has come in; the selection stays on its hit where that is still found.
    pub fn refresh(&mut self) {
        let chosen = self.cursor != Cursor::default();
        let selected = self.hits.get(self.cursor.selected).map(|hit| hit.node).filter(|_| chosen);
        if self.task.is_none() {
            self.begin(Purpose::Again(selected));
        }
    }

    /// Begins to search everything that was read anew: what was found is not there any more.
    pub fn renew(&mut self) {
        self.hits.clear();
        self.cursor = Cursor::default();
        self.begin(Purpose::List);
    }

    /// Goes through the hits.
    pub fn go(&mut self, motion: Motion, height: usize) {
        self.cursor.go(motion, self.hits.len(), height);
    }

    /// Returns the selected hit; where the search is still on its way, it is gone to when it is found.
    pub fn choose(&mut self) -> Option<Node> {
        if let Some((_, purpose)) = &mut self.task {
            *purpose = Purpose::Jump;
            return None;
        }
        Some(self.hits.get(self.cursor.selected)?.node)
    }

    /// Begins to look for everything that the tree is narrowed to.
    pub fn narrow(&mut self) {
        if !self.query.text().trim().is_empty() {
            self.begin(Purpose::Narrow);
        }
    }

    /// Returns whether there is something left to do.
    pub fn is_busy(&self) -> bool {
        self.task.is_some()
    }

    /// Goes on with the search for a moment. Returns what to do once that is all.
    pub fn work(&mut self, searcher: &mut Searcher, corpus: &Corpus, height: usize) -> Option<Done> {
        let (task, purpose) = self.task.as_mut()?;
        let hits = searcher.go_on(corpus, task, PIECE)?;
        let (query, purpose) = (task.query().to_owned(), *purpose);
        self.task = None;
        if purpose == Purpose::Narrow {
            return Some(Done::Narrow(query, hits));
        }
        self.hits = hits;
        self.found_for = query;
        self.cursor = Cursor::default();
        match purpose {
            Purpose::List | Purpose::Narrow => Some(Done::Listed),
            Purpose::Again(selected) => {
                let row = selected.and_then(|node| self.hits.iter().position(|hit| hit.node == node));
                self.cursor.select(row.unwrap_or(0), self.hits.len(), height);
                Some(Done::Listed)
            }
            Purpose::Jump => self.hits.first().map(|hit| Done::Jump(hit.node)).or(Some(Done::Listed)),
        }
    }

    /// Puts an earlier query into the line, or a later one; past the last the line is empty.
    pub fn recall(&mut self, history: &[String], older: bool) {
        let back = match (self.back, older) {
            (None, true) => Some(0),
            (Some(back), true) => Some((back + 1).min(history.len().saturating_sub(1))),
            (None | Some(0), false) => None,
            (Some(back), false) => Some(back - 1),
        };
        let text = back.and_then(|back| history.iter().rev().nth(back));
        self.back = back.filter(|_| text.is_some());
        self.query = text.map(|text| Prompt::of(text)).unwrap_or_default();
        self.begin(Purpose::List);
    }

    /// Takes the next of the offers for the word at the caret.
    pub fn complete(&mut self) {
        let next = self.taken.map_or(0, |taken| taken + 1);
        let Some(offer) = self.offers.get(next).or(self.offers.first()).cloned() else { return };
        let word = self.query.word();
        self.query.replace(word, &offer);
        let offers = std::mem::take(&mut self.offers);
        self.begin(Purpose::List);
        // A filter goes on with its value; values are gone through.
        if offer.ends_with([':', '>']) {
            self.taken = None;
        } else {
            self.taken = Some(if next < offers.len() { next } else { 0 });
            self.offers = offers;
        }
    }

    /// Returns which of the offers was taken.
    pub fn taken(&self) -> Option<usize> {
        self.taken
    }

    /// Finds out how the word at the caret may go on.
    pub fn offer(&mut self, corpus: &Corpus, lang: Lang) {
        if self.taken.is_some() {
            return;
        }
        let word: String = self.query.chars.get(self.query.word()).unwrap_or_default().iter().collect();
        let mut departments: Vec<&str> = Vec::new();
        let mut years: Vec<u16> = Vec::new();
        // Only a filter needs to know what there is.
        if word.contains([':', '：', '=', '＝']) {
            departments.extend(corpus.order().iter().filter_map(|&entry| corpus.department(entry)));
            departments.dedup();
            let headers = corpus.entries.iter().map(|entry| &entry.disclosure.header);
            years.extend(headers.filter_map(|header| header.year).map(|year| year.value));
            years.sort_unstable_by(|a, b| b.cmp(a));
            years.dedup();
        }
        self.offers = search::complete(&word, lang, &departments, &years);
        self.offers.truncate(MOST_OFFERS);
    }

    fn begin(&mut self, purpose: Purpose) {
        let (query, limit) =
            (self.query.text(), if purpose == Purpose::Narrow { MOST_NARROWED } else { MOST_HITS });
        self.task = Some((Searcher::begin(&query, limit), purpose));
    }
}

/// Remembers a query as the last one.
pub fn remember(history: &mut Vec<String>, query: &str) {
    let query = query.trim();
    if query.is_empty() {
        return;
    }
    history.retain(|known| known != query);
    history.push(query.to_owned());
    let over = history.len().saturating_sub(MOST_REMEMBERED);
    history.drain(..over);
}

impl Prompt {
    /// Returns where the word at the caret stands among the characters, as far as the caret.
    fn word(&self) -> std::ops::Range<usize> {
        let left = self.chars.get(..self.caret).unwrap_or_default();
        let start = left.iter().rposition(|c| c.is_whitespace()).map_or(0, |space| space + 1);
        start..self.caret
    }

    /// Puts text in the place of some characters, the caret behind it.
    fn replace(&mut self, range: std::ops::Range<usize>, text: &str) {
        let start = range.start;
        self.chars.splice(range, text.chars());
        self.caret = start + text.chars().count();
    }
}
