//! A stretch of source text → the same text in one form: no white space, no emphasis, half-width characters.
//!
//! Documents differ in nothing so much as in the width of their brackets and the spaces around their numbers. The
//! grammar reads the folded text; every folded byte knows where it came from, so spans always point into the source.

use super::Span;
use super::span::{is_blank, slice};

/// Folded text and where each stretch of it stood in the source.
#[derive(Debug, Default)]
pub(crate) struct Folded {
    /// The text in one form.
    pub(crate) text: String,
    /// Stretches in which nothing was changed or left out, and single characters that were, in order.
    runs: Vec<Run>,
}

/// A stretch of folded text and the stretch of the source that it came from.
#[derive(Debug, Clone, Copy)]
struct Run {
    /// The first folded byte.
    at: u32,
    /// The first byte in the source.
    from: u32,
    /// The byte after the last in the source.
    to: u32,
}

/// For every so many bytes of the source the stretch of the folded text to begin looking at.
#[derive(Debug, Default)]
pub(crate) struct Index {
    first: Vec<u32>,
}

impl Index {
    /// How many bytes, as a power of two.
    const STEP: u32 = 6;
}

impl Folded {
    /// Forgets the text and keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.runs.clear();
    }

    /// Adds the folded form of `span` of the source.
    pub(crate) fn push(&mut self, source: &str, span: Span) {
        let text = slice(source, span.start as usize, span.end as usize);
        let mut start = 0;
        while start < text.len() {
            let length = unchanged(text, start);
            if length > 0 {
                self.run(span.start as usize + start, length, slice(text, start, start + length));
                start += length;
            }
            let Some(c) = slice(text, start, text.len()).chars().next() else { break };
            if let Some(folded) = fold(c) {
                let mut bytes = [0; 4];
                self.run(span.start as usize + start, c.len_utf8(), folded.encode_utf8(&mut bytes));
            }
            start += c.len_utf8();
        }
    }

    fn run(&mut self, from: usize, length: usize, folded: &str) {
        self.runs.push(Run { at: self.text.len() as u32, from: from as u32, to: (from + length) as u32 });
        self.text.push_str(folded);
    }

    /// Returns where the folded bytes from `start` to `end` stand in the source.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        let from = self.place(start).map_or(0, |(from, _)| from);
        let to = end
            .checked_sub(1)
            .filter(|_| end > start)
            .and_then(|last| self.place(last))
            .map_or(from, |(_, to)| to);
        Span::new(from, to)
    }

    /// Returns where to look for the bytes of the source.
    pub(crate) fn index(&self) -> Index {
        let mut first = Vec::new();
        for (number, run) in (0_u32..).zip(&self.runs) {
            while (first.len() as u32) << Index::STEP < run.to {
                first.push(number);
            }
        }
        Index { first }
    }

    /// Returns the folded byte that a byte of the source became, or the next one after it where it was left out.
    pub(crate) fn at(&self, index: &Index, place: u32) -> u32 {
        let first = index.first.get((place >> Index::STEP) as usize).map_or(self.runs.len(), |first| *first as usize);
        let end = self.text.len() as u32;
        let mut runs = self.runs.get(first..).unwrap_or_default().iter().peekable();
        while let Some(run) = runs.next() {
            if place < run.to {
                let next = runs.peek().map_or(end, |next| next.at);
                let same = next - run.at == run.to - run.from;
                return if same { run.at + place.saturating_sub(run.from) } else { run.at };
            }
        }
        end
    }

    /// Returns the first byte of the source's character at a folded byte, and the byte after that character as far as
    /// it is known: in a stretch without changes, the byte after this one.
    fn place(&self, folded: usize) -> Option<(usize, usize)> {
        let index = self.runs.partition_point(|run| run.at as usize <= folded).checked_sub(1)?;
        let run = self.runs.get(index)?;
        let end = self.runs.get(index + 1).map_or(self.text.len(), |next| next.at as usize);
        let same = end - run.at as usize == (run.to - run.from) as usize;
        let inside = folded - run.at as usize;
        Some(if same {
            (run.from as usize + inside, run.from as usize + inside + 1)
        } else {
            (run.from as usize, run.to as usize)
        })
    }

    /// Returns the folded text from byte `start` to byte `end`.
    pub(crate) fn cut(&self, start: usize, end: usize) -> &str {
        slice(&self.text, start, end)
    }
}

/// Returns the length of the stretch from `start` in which folding changes nothing. The common characters, Chinese and
/// visible ASCII, are known by their first byte.
fn unchanged(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'*' => break,
            0x21..=0x7E => at += 1,
            0xE4..=0xE9 => at += 3,
            _ => match slice(text, at, text.len()).chars().next() {
                Some(c) if fold(c) == Some(c) => at += c.len_utf8(),
                Some(_) | None => break,
            },
        }
    }
    at - start
}

/// Returns the folded form of a text that stands on its own, such as a heading.
pub(crate) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut start = 0;
    while start < text.len() {
        let length = unchanged(text, start);
        folded.push_str(slice(text, start, start + length));
        start += length;
        let Some(c) = slice(text, start, text.len()).chars().next() else { break };
        folded.extend(fold(c));
        start += c.len_utf8();
    }
    folded
}

/// Returns the one form of a character, or nothing for one that shows nothing or only emphasises.
pub(crate) fn fold(c: char) -> Option<char> {
    if c.is_ascii_graphic() {
        return (c != '*').then_some(c);
    }
    match c {
        '\u{4E00}'..='\u{9FFF}' | '。' | '、' => Some(c),
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
