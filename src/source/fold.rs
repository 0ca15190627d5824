//! A stretch of source text → the same text in one form: no white space, no emphasis, half-width characters.
//!
//! Documents differ in nothing so much as in the width of their brackets and the spaces around their numbers. The
//! grammar reads the folded text; every folded byte knows where it came from, so spans always point into the source.

use std::borrow::Cow;

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
    /// The first folded byte of every block, where a whole source was folded.
    blocks: Vec<u32>,
}

/// The folded text of some blocks that follow each other, with offsets of its own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stretch<'a> {
    folded: &'a Folded,
    /// The folded byte that it begins with.
    start: usize,
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
        self.folded.span(self.start + start, self.start + end)
    }

    /// Returns the folded text from byte `start` to byte `end`.
    pub(crate) fn cut(&self, start: usize, end: usize) -> &'a str {
        slice(self.text, start, end)
    }
}

/// For every so many bytes of the source the run that the first of them stands in, up to the last run's.
#[derive(Debug, Default)]
pub(crate) struct Index {
    run: Vec<u32>,
}

impl Index {
    /// How many bytes, as a power of two.
    const STEP: u32 = 6;
}

impl Folded {
    /// Returns the folded text of all blocks of a source, one after another.
    pub(crate) fn of(source: &Source) -> Self {
        let mut folded = Self {
            text: String::with_capacity(source.text.len()),
            runs: Vec::with_capacity(source.text.len() / 16),
            blocks: Vec::with_capacity(source.blocks.len()),
            end: 0,
        };
        for block in &source.blocks {
            folded.blocks.push(folded.text.len() as u32);
            folded.push(&source.text, block.span);
        }
        folded
    }

    /// Returns the folded text of the blocks from `first` to the one before `end`.
    pub(crate) fn stretch(&self, first: usize, end: usize) -> Stretch<'_> {
        let at = |block: usize| self.blocks.get(block).map_or(self.text.len(), |at| *at as usize);
        let start = at(first);
        Stretch { folded: self, start, text: self.cut(start, at(end)) }
    }

    /// Adds the folded form of `span` of the source, which stands behind what was added before.
    pub(crate) fn push(&mut self, source: &str, span: Span) {
        let text = slice(source, span.start as usize, span.end as usize);
        let mut at = 0;
        self.begin_run(span.start, self.end);
        while let Some((change, c, folded)) = next_change(text, at) {
            self.text.push_str(slice(text, at, change));
            at = change + c.len_utf8();
            let after = span.start + at as u32;
            match folded {
                Some(folded) => {
                    self.text.push(folded);
                    if folded.len_utf8() != c.len_utf8() {
                        self.begin_run(after, after);
                    }
                }
                None => self.begin_run(after, span.start + change as u32),
            }
        }
        self.text.push_str(slice(text, at, text.len()));
        self.end = span.end;
    }

    fn begin_run(&mut self, from: u32, before: u32) {
        self.runs.push(Run { at: self.text.len() as u32, from, before });
    }

    /// Returns where the folded bytes from `start` to `end` stand in the source.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        let first = self.run_of(start);
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

    /// Returns where to look for the bytes of the source.
    pub(crate) fn index(&self) -> Index {
        let mut run = Vec::with_capacity((self.end >> Index::STEP) as usize + 1);
        for (number, next) in (0_u32..).zip(self.runs.iter().skip(1)) {
            while (run.len() as u32) << Index::STEP < next.from {
                run.push(number);
            }
        }
        Index { run }
    }

    /// Returns the folded byte that a character of the source became, or the next one after it where it was left out.
    pub(crate) fn at(&self, index: &Index, place: u32) -> u32 {
        let last = self.runs.len().saturating_sub(1);
        let first = index.run.get((place >> Index::STEP) as usize).map_or(last, |run| *run as usize);
        let mut runs = self.runs.get(first..).unwrap_or_default().iter();
        let Some(mut run) = runs.next() else { return 0 };
        for next in runs {
            if place < next.from {
                return (run.at + place.saturating_sub(run.from)).min(next.at);
            }
            run = next;
        }
        (run.at + place.saturating_sub(run.from)).min(self.text.len() as u32)
    }

    /// Returns the run that a folded byte stands in.
    fn run_of(&self, folded: usize) -> Option<usize> {
        self.runs.partition_point(|run| run.at as usize <= folded).checked_sub(1)
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

/// Returns the first character from `start` that folding changes or leaves out, where it stands, and its one form.
fn next_change(text: &str, start: usize) -> Option<(usize, char, Option<char>)> {
    let bytes = text.as_bytes();
    let mut at = start;
    loop {
        at += plain(bytes.get(at..)?);
        let c = text.get(at..)?.chars().next()?;
        let folded = fold(c);
        if folded != Some(c) {
            return Some((at, c, folded));
        }
        at += c.len_utf8();
    }
}

/// Returns how many bytes from the beginning are of characters that folding surely leaves as they are: Chinese and visible
/// ASCII. A stretch is looked at as a whole first, which the processor does many bytes at a time.
fn plain(bytes: &[u8]) -> usize {
    const STRETCH: usize = 16;
    let mut length = 0;
    for stretch in bytes.chunks(STRETCH) {
        if stretch.iter().fold(false, |any, byte| any | may_change(*byte)) {
            return length + stretch.iter().take_while(|byte| !may_change(**byte)).count();
        }
        length += stretch.len();
    }
    length
}

/// Whether a character that begins with this byte may be changed. The further bytes of a character never say so.
fn may_change(byte: u8) -> bool {
    byte <= 0x20 || byte == b'*' || byte == 0x7F || byte >= 0xC0 && !(0xE4..=0xE9).contains(&byte)
}

/// Returns the folded form of a text that stands on its own, such as a heading.
pub(crate) fn folded(text: &str) -> String {
    form(text).into_owned()
}

/// The same without a copy where folding changes nothing.
pub(crate) fn form(text: &str) -> Cow<'_, str> {
    let Some(mut next) = next_change(text, 0) else { return Cow::Borrowed(text) };
    let mut folded = String::with_capacity(text.len());
    let mut at = 0;
    loop {
        let (change, c, form) = next;
        folded.push_str(slice(text, at, change));
        folded.extend(form);
        at = change + c.len_utf8();
        next = match next_change(text, at) {
            Some(next) => next,
            None => break,
        };
    }
    folded.push_str(slice(text, at, text.len()));
    Cow::Owned(folded)
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
        let index = folded.index();
        for (at, c) in source.char_indices() {
            let place = folded.at(&index, at as u32) as usize;
            let before: usize = slice(&source, 0, at).chars().filter_map(fold).map(char::len_utf8).sum();
            assert_eq!(place, before, "{c:?} at {at}");
        }
        assert_eq!(folded.at(&index, source.len() as u32) as usize, folded.text.len());
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
