//! What the checks found → text for people, JSON and CSV for programs.

use std::borrow::Cow;
use std::io::{self, Write};

use super::json::file_name;
use super::plain::visible;
use crate::check::{CHECKS, Code, Finding, Outcome, Reason, Severity};
use crate::corpus::{Corpus, Entry, EntryId, FindingRef};
use crate::judgement::{Judgements, Verdict};
use crate::lang::{Lang, Word};
use crate::source::span::sentence;

/// Which findings are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The checks; all where there are none.
    pub checks: Vec<Code>,
    /// The least severity.
    pub severity: Severity,
}

impl Wanted {
    fn holds(&self, finding: &Finding) -> bool {
        let named = self.checks.is_empty() || self.checks.contains(&finding.check);
        named && finding.severity >= self.severity
    }
}

/// A finding with the disclosure it is in.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// Its place.
    pub at: FindingRef,
    /// The disclosure.
    pub entry: &'a Entry,
    /// The finding.
    pub finding: &'a Finding,
}

/// Returns the wanted findings, by file and place.
pub fn wanted<'a>(corpus: &'a Corpus, wanted: &'a Wanted) -> Vec<Found<'a>> {
    let mut entries: Vec<(EntryId, &Entry)> = (0..).map(EntryId).zip(&corpus.entries).collect();
    entries.sort_by(|(_, a), (_, b)| a.file.cmp(&b.file));
    let findings = entries.into_iter().flat_map(|(id, entry)| {
        let numbered = (0..).zip(&entry.report.findings);
        numbered.map(move |(number, finding)| Found { at: FindingRef { entry: id, number }, entry, finding })
    });
    findings.filter(|found| wanted.holds(found.finding)).collect()
}

/// Returns a verdict as a word of the program.
pub fn verdict_word(verdict: Verdict) -> Word {
    match verdict {
        Verdict::Accepted => Word::StateAccepted,
        Verdict::Dismissed => Word::StateDismissed,
    }
}

/// Returns a severity as a word of the program.
pub fn severity_word(severity: Severity) -> Word {
    match severity {
        Severity::Info => Word::SeverityInfo,
        Severity::Warning => Word::SeverityWarning,
        Severity::Error => Word::SeverityError,
    }
}

/// Returns why a check could not tell as words of the program.
pub fn reason_word(reason: Reason) -> Word {
    match reason {
        Reason::NoText => Word::ReasonNoText,
        Reason::Doubtful => Word::ReasonDoubtful,
        Reason::Approximate => Word::ReasonApproximate,
        Reason::NoBase => Word::ReasonNoBase,
        Reason::Incomplete => Word::ReasonIncomplete,
        Reason::Ambiguous => Word::ReasonAmbiguous,
    }
}

/// Writes one block for each finding and a table of what every check came to.
pub fn write_text(
    (corpus, judgements): (&Corpus, &Judgements),
    which: &Wanted,
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    for found in wanted(corpus, which) {
        write_block((corpus, judgements), found, lang, out)?;
        for follows in &found.finding.refers {
            let place = place(found.entry, follows);
            let message = follows.says(&found.entry.disclosure, &corpus.words, lang);
            writeln!(out, "  ↳ {} {place} {}", follows.check.key(), visible(&message))?;
        }
        writeln!(out)?;
    }
    write_outcomes(corpus, which, lang, out)
}

fn write_block(
    (corpus, judgements): (&Corpus, &Judgements),
    Found { at, entry, finding }: Found,
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (disclosure, words) = (&entry.disclosure, &corpus.words);
    let severity = severity_word(finding.severity).text(lang);
    let judgement = judgements.of(corpus, at);
    let verdict = judgement.and_then(|judgement| judgement.verdict);
    let state = verdict.map_or(String::new(), |verdict| format!(" [{}]", verdict_word(verdict).text(lang)));
    writeln!(out, "{}: {severity} {}{state}", place(entry, finding), finding.check.key())?;
    writeln!(out, "  {}", visible(&finding.says(disclosure, words, lang)))?;
    if let Some(explains) = finding.reason(disclosure, words, lang) {
        writeln!(out, "  {}", visible(&explains))?;
    }
    let proof = finding.proof(disclosure);
    if !proof.is_empty() {
        writeln!(out, "  {}", visible(&proof))?;
    }
    if let Some(judgement) = judgement.filter(|judgement| !judgement.note.is_empty()) {
        writeln!(out, "  {}{}", Word::NoteIs.text(lang), visible(&judgement.note))?;
    }
    let excerpt = excerpt(entry, finding);
    writeln!(out, "  │ {}", visible(&excerpt))
}

/// Returns where a finding begins: file, line and character.
fn place(entry: &Entry, finding: &Finding) -> String {
    let source = &entry.disclosure.source;
    let line = source.line_of(finding.span.start);
    let start = source.line_around(finding.span.start).start;
    let before = crate::source::span::slice(&source.text, start as usize, finding.span.start as usize);
    format!(
        "{}:{line}:{}",
        visible(&file_name(entry.file_at(finding.span.start))),
        before.chars().count() + 1
    )
}

/// Returns the sentence of a finding in one line, shortened around it.
fn excerpt(entry: &Entry, finding: &Finding) -> String {
    const AROUND: usize = 40;
    let text = &entry.disclosure.source.text;
    let whole = sentence(text, finding.span);
    let cut = |from: u32, to: u32| crate::source::span::slice(text, from as usize, to.max(from) as usize);
    let before: Vec<char> = cut(whole.start, finding.span.start).chars().collect();
    let after: Vec<char> = cut(finding.span.end, whole.end).chars().collect();
    let head: String = before.iter().skip(before.len().saturating_sub(AROUND)).collect();
    let tail: String = after.iter().take(AROUND).collect();
    let (open, close) =
        (if before.len() > AROUND { "…" } else { "" }, if after.len() > AROUND { "…" } else { "" });
    format!("{open}{head}{}{tail}{close}", cut(finding.span.start, finding.span.end))
}

/// Writes how often each check held, found, hinted and could not tell, over all disclosures.
fn write_outcomes(corpus: &Corpus, which: &Wanted, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let head = [
        Word::OutcomeHolds,
        Word::OutcomeFindings,
        Word::OutcomeHints,
        Word::OutcomeNone,
        Word::OutcomeUnsure,
    ];
    let head = head.map(|word| word.text(lang)).join(" · ");
    writeln!(out, "{} ({head})", Word::OutcomeTitle.text(lang))?;
    for check in CHECKS.iter().filter(|check| which.checks.is_empty() || which.checks.contains(&check.code)) {
        let sum = Outcome::sum(check.code, corpus.entries.iter().map(|entry| &entry.report));
        let why: Vec<String> = sum
            .reasons
            .iter()
            .map(|(reason, count)| format!("{} {count}", reason_word(*reason).text(lang)))
            .collect();
        let why = if why.is_empty() { String::new() } else { format!(" ({})", why.join(", ")) };
        let sums = [sum.holds, sum.findings, sum.hints, sum.not_applicable, sum.cannot_tell];
        let sums = sums.map(|sum| sum.to_string()).join(" · ");
        writeln!(out, "  {:<10} {sums}{why}", check.code.key())?;
    }
    Ok(())
}

/// Writes one row for each finding, with a head. A cell that a spreadsheet would compute is quoted with an apostrophe.
pub fn write_csv(
    (corpus, judgements): (&Corpus, &Judgements),
    which: &Wanted,
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(
        out,
        "file,line,check,severity,id,stated,computed,difference,message,explains,excerpt,state,note"
    )?;
    for Found { at, entry, finding } in wanted(corpus, which) {
        let judgement = judgements.of(corpus, at).cloned().unwrap_or_default();
        let cells: [Cow<str>; 13] = [
            file_name(entry.file_at(finding.span.start)).into(),
            entry.disclosure.source.line_of(finding.span.start).to_string().into(),
            finding.check.key().into(),
            finding.severity.key().into(),
            format!("{:016x}", finding.id.0).into(),
            finding.stated.to_string().into(),
            finding.computed.to_string().into(),
            finding.difference.to_string().into(),
            finding.says(&entry.disclosure, &corpus.words, lang).into(),
            finding.reason(&entry.disclosure, &corpus.words, lang).unwrap_or_default().into(),
            excerpt(entry, finding).into(),
            judgement.verdict.map_or("", Verdict::key).into(),
            judgement.note.into(),
        ];
        writeln!(out, "{}", cells.map(|cell| csv_cell(&cell)).join(","))?;
    }
    Ok(())
}

/// Returns a cell of CSV that no spreadsheet takes for a formula.
pub(super) fn csv_cell(text: &str) -> String {
    let text = visible(text);
    let number = text.parse::<rust_decimal::Decimal>().is_ok()
        || text.strip_suffix(['%', '元']).is_some_and(is_number);
    let formula = text.starts_with(['=', '+', '-', '@']) && !number;
    let text = if formula { format!("'{text}").into() } else { text };
    if text.contains(['"', ',', '\n', ' ']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.into_owned()
    }
}

fn is_number(text: &str) -> bool {
    text.trim_end_matches(['万', '亿']).parse::<rust_decimal::Decimal>().is_ok()
}

/// Writes what a check looks for, an example that it finds and one that it does not; one line a check where none is named.
pub fn write_explanation(code: Option<Code>, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    for check in CHECKS.iter().filter(|check| code.is_none_or(|code| code == check.code)) {
        if code.is_none() {
            writeln!(out, "{:<10} {}", check.code.key(), check.title.text(lang))?;
            continue;
        }
        writeln!(out, "{} {}\n\n{}", check.code.key(), check.title.text(lang), check.explanation.text(lang))?;
        for (word, example) in [(Word::ExampleWrong, check.wrong), (Word::ExampleRight, check.right)] {
            writeln!(out, "\n{}", word.text(lang))?;
            for (number, disclosure) in example.iter().enumerate() {
                if number > 0 {
                    writeln!(out)?;
                }
                for line in disclosure.lines() {
                    writeln!(out, "  │ {line}")?;
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_of_a_document_is_a_formula() {
        assert_eq!(csv_cell("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(csv_cell("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(csv_cell("-112.44万元"), "-112.44万元");
        assert_eq!(csv_cell("-12%"), "-12%");
        assert_eq!(csv_cell("-1+1"), "'-1+1");
        assert_eq!(csv_cell("一,二\u{1b}"), "\"一,二␛\"");
    }
}
