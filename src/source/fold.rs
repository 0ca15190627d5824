//! A stretch of source text → the same text in one form: no white space, no emphasis, half-width characters.
//!
//! Documents differ in nothing so much as in the width of their brackets and the spaces around their numbers. The
//! grammar reads the folded text; every folded byte knows where it came from, so spans always point into the source.

use super::Span;
use super::span::{is_blank, slice};

/// Folded text and where each of its bytes stood in the source.
#[derive(Debug, Default)]
pub(crate) struct Folded {
    /// The text in one form.
    pub(crate) text: String,
    /// For each byte of `text` the first byte of its character in the source.
    from: Vec<u32>,
    /// For each byte of `text` the byte after its character in the source.
    to: Vec<u32>,
}

impl Folded {
    /// Forgets the text and keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.from.clear();
        self.to.clear();
    }

    /// Adds the folded form of `span` of the source.
    pub(crate) fn push(&mut self, source: &str, span: Span) {
        let mut at = span.start;
        for c in slice(source, span.start as usize, span.end as usize).chars() {
            let next = at + c.len_utf8() as u32;
            if let Some(c) = fold(c) {
                self.text.push(c);
                for _ in 0..c.len_utf8() {
                    self.from.push(at);
                    self.to.push(next);
                }
            }
            at = next;
        }
    }

    /// Returns where the folded bytes from `start` to `end` stand in the source.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        let from = self.from.get(start).copied().unwrap_or_default();
        let to = end.checked_sub(1).and_then(|last| self.to.get(last)).copied().unwrap_or(from);
        Span::new(from as usize, to as usize)
    }

    /// Returns the folded text from byte `start` to byte `end`.
    pub(crate) fn cut(&self, start: usize, end: usize) -> &str {
        slice(&self.text, start, end)
    }
}

/// Returns the folded form of a text that stands on its own, such as a heading.
pub(crate) fn folded(text: &str) -> String {
    text.chars().filter_map(fold).collect()
}

/// Returns the one form of a character, or nothing for one that shows nothing or only emphasises.
fn fold(c: char) -> Option<char> {
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
