//! A finding → the lines that prove it: what is wrong, how it was computed, what would explain it, where else to look.

use super::label;
use super::width::{self, Flow};
use crate::check::{Finding, Severity};
use crate::corpus::{Corpus, Entry, FindingRef};
use crate::judgement::Judgements;
use crate::lang::{Lang, Word};
use crate::print::findings::verdict_word;
use crate::source::Span;
use crate::source::span;

/// One row of a proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The severity, on the first row of a finding.
    pub mark: Option<Severity>,
    /// The code of the check, on the first row of a finding.
    pub code: &'static str,
    /// The text, or a part of it where it takes several rows.
    pub text: String,
    /// Whether it is what is wrong, not what accompanies that.
    pub is_head: bool,
    /// Whether the finding was dismissed.
    pub dismissed: bool,
}

/// Returns the rows that prove findings in `cells` cells, at most `most`; `seen` is the text that is shown beside them.
pub fn rows(
    (corpus, judgements): (&Corpus, &Judgements),
    findings: &[FindingRef],
    seen: Span,
    lang: Lang,
    (cells, most): (usize, usize),
) -> Vec<Row> {
    let mut rows = Vec::new();
    for &at in findings {
        if rows.len() >= most {
            break;
        }
        let Some((entry, finding)) = corpus.entry(at.entry).zip(corpus.finding(at)) else { continue };
        let code = finding.check.key();
        let dismissed = judgements.is_dismissed(corpus, at);
        for (number, text) in texts(corpus, judgements, (entry, at, finding), seen, lang).iter().enumerate() {
            let first = number == 0;
            // The code stands before the text of the first row; it is made room for and taken off again.
            let whole = if first { format!("{code} {text}") } else { text.clone() };
            for (line, part) in
                width::wrap(&whole, cells.saturating_sub(2), Flow::Prose).into_iter().enumerate()
            {
                let head = first && line == 0;
                let part = span::cut(&whole, part);
                rows.push(Row {
                    mark: head.then_some(finding.severity),
                    code: if head { code } else { "" },
                    text: if head { part.strip_prefix(code).unwrap_or(part) } else { part }.to_owned(),
                    is_head: first,
                    dismissed,
                });
            }
        }
    }
    rows.truncate(most);
    rows
}

/// Returns the sentences of a finding, the first of them what is wrong.
fn texts(
    corpus: &Corpus,
    judgements: &Judgements,
    (entry, at, finding): (&Entry, FindingRef, &Finding),
    seen: Span,
    lang: Lang,
) -> Vec<String> {
    let disclosure = &entry.disclosure;
    let mut head = finding.says(disclosure, &corpus.words, lang);
    if let Some(word) = state(judgements, corpus, at) {
        head = format!("[{}] {head}", word.text(lang));
    }
    let mut texts = vec![head];
    if let Some(judgement) = judgements.of(corpus, at).filter(|judgement| !judgement.note.is_empty()) {
        texts.push(format!("{}{}", Word::NoteIs.text(lang), judgement.note));
    }
    let elsewhere = places(corpus, entry, finding, seen, lang);
    if !elsewhere.is_empty() {
        texts.push(format!("{}{elsewhere}", Word::FoundElsewhere.text(lang)));
    }
    let formula = finding.formula.text(disclosure);
    if !formula.is_empty() && !texts.iter().any(|text| text.contains(&formula)) {
        texts.push(finding.proof(disclosure));
    }
    texts.extend(finding.reason(disclosure, &corpus.words, lang));
    for follows in &finding.refers {
        let line = label::place(&disclosure.source, follows.span.start, lang);
        let message = follows.says(disclosure, &corpus.words, lang);
        texts.push(format!("↳ {} {line} {message}", follows.check.key()));
    }
    texts
}

/// Returns the word for what was decided about a finding.
pub fn state(judgements: &Judgements, corpus: &Corpus, at: FindingRef) -> Option<Word> {
    judgements.verdict(corpus, at).map(verdict_word)
}

/// The most places that are named.
const MOST_PLACES: usize = 6;

/// Returns where the figures of a finding stand that are not in the text that is shown.
fn places(corpus: &Corpus, entry: &Entry, finding: &Finding, seen: Span, lang: Lang) -> String {
    let disclosure = &entry.disclosure;
    let items = finding.items.iter().filter_map(|item| disclosure.items.get(item.0 as usize));
    let other = items.filter(|item| !seen.contains(item.span));
    let names: Vec<String> = other
        .take(MOST_PLACES)
        .map(|item| {
            let line = label::place(&disclosure.source, item.span.start, lang);
            let name = corpus.words.subject_text(item.subject);
            format!("{line} {name} {}{}", item.value, item.unit.name())
        })
        .collect();
    names.join(" · ")
}
