//! A stretch of source text → the same text in one form: no white space, no emphasis, half-width characters.
//!
//! Documents differ in nothing so much as in the width of their brackets and the spaces around their numbers. The
//! grammar reads the folded text; every folded byte knows where it came from, so spans always point into the source.

use super::span::{is_blank, slice};
use super::{Source, Span};

/// Folded text and where each stretch of it stood in the source.
#[derive(Debug, Default)]
pub(crate) struct Folded {
    /// The text in one form.
    pub(crate) text: String,
    /// Stretches in which nothing was changed or left out, and single characters that were, in order.
    runs: Vec<Run>,
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

impl Folded {
    /// Returns the folded text of all blocks of a source, one after another.
    pub(crate) fn of(source: &Source) -> Self {
        let mut folded = Self {
            text: String::with_capacity(source.text.len()),
            runs: Vec::with_capacity(source.text.len() / 16),
            blocks: Vec::with_capacity(source.blocks.len()),
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

    /// Forgets the text and keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.runs.clear();
    }

    /// Adds the folded form of `span` of the source.
    pub(crate) fn push(&mut self, source: &str, span: Span) {
        let text = slice(source, span.start as usize, span.end as usize);
        let start = span.start as usize;
        let (mut at, mut kept) = (0, 0);
        while let Some((change, c)) = next_change(text, at) {
            self.run(start + kept, change - kept, slice(text, kept, change));
            if let Some(folded) = fold(c) {
                let mut bytes = [0; 4];
                self.run(start + change, c.len_utf8(), folded.encode_utf8(&mut bytes));
            }
            (at, kept) = (change + c.len_utf8(), change + c.len_utf8());
        }
        self.run(start + kept, text.len() - kept, slice(text, kept, text.len()));
    }

    fn run(&mut self, from: usize, length: usize, folded: &str) {
        if length == 0 {
            return;
        }
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

/// Returns the first character from `start` that folding changes or leaves out, and where it stands. The common
/// characters, Chinese and visible ASCII, are known by their first byte.
fn next_change(text: &str, start: usize) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    let mut at = start;
    loop {
        match bytes.get(at)? {
            0xE4..=0xE9 => at += 3,
            0x21..=0x29 | 0x2B..=0x7E => at += 1,
            // The full stop and the pause between parts.
            0xE3 if matches!(bytes.get(at + 1..at + 3), Some([0x80, 0x81 | 0x82])) => at += 3,
            _ => {
                let c = slice(text, at, text.len()).chars().next()?;
                if fold(c) != Some(c) {
                    return Some((at, c));
                }
                at += c.len_utf8();
            }
        }
    }
}

/// Returns the folded form of a text that stands on its own, such as a heading.
pub(crate) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut at = 0;
    while let Some((change, c)) = next_change(text, at) {
        folded.push_str(slice(text, at, change));
        folded.extend(fold(c));
        at = change + c.len_utf8();
    }
    folded.push_str(slice(text, at, text.len()));
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
