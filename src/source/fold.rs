//! A stretch of source text → the same text in one form: no white space, no emphasis, half-width characters.
//!
//! Documents differ in nothing so much as in the width of their brackets and the spaces around their numbers. The
//! grammar reads the folded text; every folded byte knows where it came from, so spans always point into the source.

use std::borrow::Cow;
use std::ops::Range;

use super::span::{is_blank, slice};
use super::{Source, Span};

/// Folded text and where each stretch of it stood in the source.
#[derive(Debug, Clone, Default)]
pub(crate) struct Folded {
    /// The text in one form.
    pub(crate) text: String,
    /// Stretches whose bytes stand in the source one after another, in order.
    runs: Vec<Run>,
    /// The byte after the last one in the source.
    end: u32,
    /// The first folded byte and the first run of every block, where a whole source was folded.
    blocks: Vec<(u32, u32)>,
    /// For every so many bytes of the source the run that the first of them stands in, up to the last run's.
    run_at: Vec<u32>,
}

/// The folded text of some blocks that follow each other, with offsets of its own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stretch<'a> {
    folded: &'a Folded,
    /// The folded byte that it begins with.
    start: usize,
    /// Its first run and the one after its last.
    runs: (u32, u32),
    /// The text in one form.
    pub(crate) text: &'a str,
}

/// A stretch of folded text, up to where the next one begins.
#[derive(Debug, Clone, Copy)]
struct Run {
    /// The first folded byte.
    at: u32,
    /// Where that stands in the source.
    from: u32,
    /// The end in the source of the character before it.
    before: u32,
}

impl<'a> Stretch<'a> {
    /// Returns where the folded bytes from `start` to `end` stand in the source.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        let runs = self.runs.0 as usize..self.runs.1 as usize;
        self.folded.span_within(runs, self.start + start, self.start + end)
    }

    /// Returns the folded text from byte `start` to byte `end`.
    pub(crate) fn cut(&self, start: usize, end: usize) -> &'a str {
        slice(self.text, start, end)
    }
}

/// How many bytes of the source share an entry of [`Folded::run_at`], as a power of two.
const STEP: u32 = 6;

impl Folded {
    /// Returns the folded text of all blocks of a source, one after another.
    pub(crate) fn of(source: &Source) -> Self {
        let mut folded = Self {
            text: String::with_capacity(source.text.len()),
            runs: Vec::with_capacity(source.text.len() / 16),
            blocks: Vec::with_capacity(source.blocks.len()),
            run_at: Vec::with_capacity((source.text.len() >> STEP) + 1),
            end: 0,
        };
        for block in &source.blocks {
            folded.blocks.push((folded.text.len() as u32, folded.runs.len() as u32));
            folded.push(&source.text, block.span);
        }
        folded
    }

    /// Returns where each block begins and ends in the folded text.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = (u32, u32)> {
        let starts = self.blocks.iter().map(|(start, _)| *start);
        let ends = starts.clone().skip(1).chain([self.text.len() as u32]);
        starts.zip(ends)
    }

    /// Returns the folded text of the blocks from `first` to the one before `end`.
    pub(crate) fn stretch(&self, first: usize, end: usize) -> Stretch<'_> {
        let whole = (self.text.len() as u32, self.runs.len() as u32);
        let at = |block: usize| self.blocks.get(block).copied().unwrap_or(whole);
        let ((start, run), (end, end_run)) = (at(first), at(end));
        let text = self.text.get(start as usize..end as usize).unwrap_or_default();
        Stretch { folded: self, start: start as usize, runs: (run, end_run), text }
    }

    /// Adds the folded form of `span` of the source, which stands behind what was added before.
    pub(crate) fn push(&mut self, source: &str, span: Span) {
        let text = slice(source, span.start as usize, span.end as usize);
        let mut at = 0;
        self.begin_run(span.start, self.end);
        for change in Changes::of(text) {
            self.text.push_str(text.get(at..change.at).unwrap_or_default());
            at = change.at + change.length;
            let after = span.start + at as u32;
            match change.form {
                Some(form) => {
                    self.text.push(form);
                    if form.len_utf8() != change.length {
                        self.begin_run(after, after);
                    }
                }
                None => self.begin_run(after, span.start + change.at as u32),
            }
        }
        self.text.push_str(text.get(at..).unwrap_or_default());
        self.end = span.end;
    }

    fn begin_run(&mut self, from: u32, before: u32) {
        if let Some(last) = self.runs.len().checked_sub(1) {
            while (self.run_at.len() as u32) << STEP < from {
                self.run_at.push(last as u32);
            }
        }
        self.runs.push(Run { at: self.text.len() as u32, from, before });
    }

    /// Returns where the folded bytes from `start` to `end` stand in the source.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        self.span_within(0..self.runs.len(), start, end)
    }

    /// Returns the same for bytes of which the first stands in some of the runs.
    fn span_within(&self, runs: Range<usize>, start: usize, end: usize) -> Span {
        let among = self.runs.get(runs.clone()).unwrap_or_default();
        let first = (runs.start + among.partition_point(|run| run.at as usize <= start)).checked_sub(1);
        let from = self.place(first, start);
        let Some(last) = end.checked_sub(1).filter(|last| *last >= start) else {
            return Span::new(from, from);
        };
        let mut next = first.map_or(0, |first| first + 1);
        while self.runs.get(next).is_some_and(|run| run.at as usize <= last) {
            next += 1;
        }
        let to = match self.runs.get(next) {
            Some(run) if run.at as usize == end => run.before as usize,
            Some(_) | None => self.place(next.checked_sub(1), last) + 1,
        };
        Span::new(from, to)
    }

    /// Returns the folded byte that a character of the source became, or the next one after it where it was left out.
    pub(crate) fn at(&self, place: u32) -> u32 {
        self.at_among(&mut self.runs_near(place), place)
    }

    /// Returns the same for both ends of a stretch.
    pub(crate) fn ends_of(&self, span: Span) -> (u32, u32) {
        let mut runs = self.runs_near(span.start);
        (self.at_among(&mut runs, span.start), self.at_among(&mut runs, span.end))
    }

    /// Returns the runs from one on that begins before a place.
    fn runs_near(&self, place: u32) -> &[Run] {
        let last = self.runs.len().saturating_sub(1);
        let first = self.run_at.get((place >> STEP) as usize).map_or(last, |run| *run as usize);
        self.runs.get(first..).unwrap_or_default()
    }

    /// Returns where a character of the source went, and drops the runs before the one that it stands in.
    fn at_among(&self, runs: &mut &[Run], place: u32) -> u32 {
        while let [run, next, ..] = runs {
            if place < next.from {
                return (run.at + place.saturating_sub(run.from)).min(next.at);
            }
            *runs = runs.get(1..).unwrap_or_default();
        }
        let run = runs.first();
        run.map_or(0, |run| (run.at + place.saturating_sub(run.from)).min(self.text.len() as u32))
    }

    /// Returns where a folded byte stands in the source.
    fn place(&self, run: Option<usize>, folded: usize) -> usize {
        let run = run.and_then(|run| self.runs.get(run));
        run.map_or(0, |run| run.from as usize + (folded - run.at as usize))
    }

    /// Returns the folded text from byte `start` to byte `end`.
    pub(crate) fn cut(&self, start: usize, end: usize) -> &str {
        slice(&self.text, start, end)
    }
}

/// A character that folding changes or leaves out.
#[derive(Debug, Clone, Copy)]
struct Change {
    /// Where it begins.
    at: usize,
    /// How many bytes it takes.
    length: usize,
    /// What it becomes.
    form: Option<char>,
}

/// The characters of a text that folding changes or leaves out, in order.
struct Changes<'a> {
    text: &'a str,
    /// Where the stretch at hand begins.
    base: usize,
    /// Which of its bytes may begin such a character and were not looked at yet.
    mask: u64,
}

impl<'a> Changes<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, base: 0, mask: may_change(text.as_bytes()) }
    }
}

impl Iterator for Changes<'_> {
    type Item = Change;

    #[inline]
    fn next(&mut self) -> Option<Change> {
        let bytes = self.text.as_bytes();
        loop {
            while self.mask == 0 {
                self.base += STRETCH;
                self.mask = may_change(bytes.get(self.base..).filter(|rest| !rest.is_empty())?);
            }
            let at = self.base + self.mask.trailing_zeros() as usize;
            self.mask &= self.mask - 1;
            // The marks of most sentences are told by their bytes.
            let (length, form) = match *bytes.get(at..)? {
                [b' ' | b'*' | b'\t'..=b'\r', ..] => (1, None),
                // The full-width forms of ! to ? but for *.
                [0xEF, 0xBC, last @ (0x81..=0x89 | 0x8B..=0x9F), ..] => (3, Some(char::from(last - 0x60))),
                // “ and ”
                [0xE2, 0x80, 0x9C | 0x9D, ..] => (3, Some('"')),
                _ => {
                    let c = self.text.get(at..)?.chars().next()?;
                    let form = fold(c);
                    if form == Some(c) {
                        continue;
                    }
                    (c.len_utf8(), form)
                }
            };
            return Some(Change { at, length, form });
        }
    }
}

/// How many bytes are looked at at once.
const STRETCH: usize = 64;

/// Returns a bit for each of the first bytes of a text that may begin a character that folding changes. It is written so that
/// the processor takes many bytes in one step.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "a branch for each byte would stop it from taking many at once"
)]
fn may_change(bytes: &[u8]) -> u64 {
    let mut padded = [b'!'; STRETCH + 2];
    let stretch: &[u8; STRETCH + 2] = bytes.first_chunk().unwrap_or_else(|| {
        if let Some(beginning) = padded.get_mut(..bytes.len()) {
            beginning.copy_from_slice(bytes);
        }
        &padded
    });
    let mut flags = [0; STRETCH];
    for (at, flag) in flags.iter_mut().enumerate() {
        let (first, last) = (stretch[at], stretch[at + 2]);
        // Visible ASCII but for the star stays, and so does Chinese; of the marks 、 and 。 do. The bytes from 0xEA on and
        // those up to 0x20 are one range where counting wraps.
        let marks = (first.wrapping_sub(0xC0) <= 0xE3 - 0xC0) | (first == b'*') | (first == 0x7F);
        let stays = (first == 0xE3) & (last.wrapping_sub(0x81) <= 0x82 - 0x81);
        let others = first.wrapping_sub(0xEA) <= 0x20_u8.wrapping_sub(0xEA);
        *flag = u8::from(others | (marks & !stays));
    }
    let mut mask = 0;
    for (number, eight) in flags.as_chunks::<8>().0.iter().enumerate() {
        // Moves the lowest bit of each of eight bytes into the highest byte.
        let bits = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        mask |= bits << (number * 8);
    }
    mask
}

/// Whether folding surely leaves a text as it is. For the short texts that names and cells are, this costs less than to look
/// at many bytes at once.
pub(crate) fn is_folded(text: &str) -> bool {
    kept(text.as_bytes()) == text.len()
}

/// Returns the folded form of a text that stands on its own, such as a heading.
pub(crate) fn folded(text: &str) -> String {
    form(text).into_owned()
}

/// The same without a copy where folding changes nothing.
pub(crate) fn form(text: &str) -> Cow<'_, str> {
    let kept = kept(text.as_bytes());
    let rest = text.get(kept..).unwrap_or_default();
    if rest.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut folded = String::with_capacity(text.len());
    folded.push_str(text.get(..kept).unwrap_or_default());
    let mut at = 0;
    for change in Changes::of(rest) {
        folded.push_str(rest.get(at..change.at).unwrap_or_default());
        folded.extend(change.form);
        at = change.at + change.length;
    }
    folded.push_str(rest.get(at..).unwrap_or_default());
    Cow::Owned(folded)
}

/// Returns how many bytes from the beginning are of characters that folding surely leaves as they are: visible ASCII but for
/// the star, and Chinese.
fn kept(bytes: &[u8]) -> usize {
    let mut at = 0;
    loop {
        match bytes.get(at) {
            Some(0xE4..=0xE9) => at += 3,
            Some(0x21..=0x29 | 0x2B..=0x7E) => at += 1,
            Some(_) | None => return at,
        }
    }
}

/// Returns the one form of a character, or nothing for one that shows nothing or only emphasises.
pub(crate) fn fold(c: char) -> Option<char> {
    match c {
        '*' => None,
        '。' | '、' | '!'..='~' | '\u{4E00}'..='\u{9FFF}' => Some(c),
        '！'..='～' => char::from_u32(c as u32 - '！' as u32 + '!' as u32).filter(|c| *c != '*'),
        '“' | '”' | '„' | '〝' | '〞' | '「' | '」' => Some('"'),
        '‘' | '’' => Some('\''),
        '〔' | '【' => Some('('),
        '〕' | '】' => Some(')'),
        '﹪' => Some('%'),
        '—' | '–' | '−' | '―' => Some('-'),
        '≧' | '≥' => Some('≥'),
        '≦' | '≤' => Some('≤'),
        '☑' | '√' => Some('☑'),
        c if is_blank(c) => None,
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_of_the_source_is_found_in_the_folded_text() {
        let source = "（含 “三公” 经费１２．５\n万元）".repeat(9);
        let mut folded = Folded::default();
        folded.push(&source, Span::new(0, source.len()));
        for (at, c) in source.char_indices() {
            let place = folded.at(at as u32) as usize;
            let before: usize = slice(&source, 0, at).chars().filter_map(fold).map(char::len_utf8).sum();
            assert_eq!(place, before, "{c:?} at {at}");
        }
        assert_eq!(folded.at(source.len() as u32) as usize, folded.text.len());
    }

    #[test]
    fn one_form_with_its_places() {
        let source = "（含 “三公” 经费１２．５\n万元）";
        let mut folded = Folded::default();
        folded.push(source, Span::new(0, source.len()));
        assert_eq!(folded.text, "(含\"三公\"经费12.5万元)");
        let at = folded.text.find("12.5万").expect("it is there");
        assert_eq!(slice(source, 0, source.len()).find("１２"), Some(folded.span(at, at + 4).start as usize));
        let span = folded.span(at, at + "12.5万元".len());
        assert_eq!(slice(source, span.start as usize, span.end as usize), "１２．５\n万元");
    }
}
