//! Byte ranges into one text, and the only place where text is cut.

use std::ops::Range;

/// A half-open range of bytes in a [`Source`](super::Source)'s text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// Returns the range from `start` to `end` in bytes; an end before the start gives an empty range at the start.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end.max(start) as u32 }
    }

    /// Returns the number of bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Returns whether nothing is covered.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Returns whether `other` lies inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Returns the smallest range that covers both.
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Returns the range as indices.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Returns the text of `span`, widened to whole characters and cut at the text's end, so that it cannot fail.
pub fn cut(text: &str, span: Span) -> &str {
    slice(text, span.start as usize, span.end as usize)
}

/// Returns the text from byte `start` to byte `end`, widened to whole characters and cut at the text's end.
#[inline]
pub fn slice(text: &str, start: usize, end: usize) -> &str {
    // Nearly every cut is on boundaries already.
    match text.get(start..end) {
        Some(whole) => whole,
        None => widened(text, start, end),
    }
}

#[cold]
#[expect(clippy::string_slice, reason = "both ends are moved to character boundaries first")]
fn widened(text: &str, start: usize, end: usize) -> &str {
    let start = text.floor_char_boundary(start.min(text.len()));
    let end = text.ceil_char_boundary(end.min(text.len()));
    if start < end { &text[start..end] } else { "" }
}

/// Returns whether `word` stands in a text. For the short texts that names are, this costs a tenth of `str::contains`,
/// which prepares for long ones: most characters are told apart by their last byte.
pub(crate) fn holds(text: &str, word: &str) -> bool {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let Some(&last) = word.last() else { return true };
    let mut ends = memchr::memchr_iter(last, text);
    ends.any(|end| text.get(..=end).is_some_and(|before| before.ends_with(word)))
}

/// Returns where `word` stands last in a short text.
pub(crate) fn last_place(text: &str, word: &str) -> Option<usize> {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let mut ends = memchr::memrchr_iter(*word.last()?, text);
    ends.find_map(|end| Some(text.get(..=end)?.strip_suffix(word)?.len()))
}

/// Returns a short text without `word` at its end, however often it stands there.
pub(crate) fn without_end<'a>(text: &'a str, word: &str) -> &'a str {
    let mut text = text;
    while let Some(rest) = text.strip_suffix(word).filter(|_| !word.is_empty()) {
        text = rest;
    }
    text
}

/// Returns the first byte of every line of `text`; the first is 0. Lines end at `\n`.
pub fn line_starts(text: &str) -> Vec<u32> {
    std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|end| end as u32 + 1)).collect()
}

/// Returns where the text of `span` begins and ends without white space, control characters and other invisible
/// characters at either side.
pub fn trim(text: &str, span: Span) -> Span {
    let inner = cut(text, span);
    let rest = inner.trim_start_matches(is_blank);
    let start = span.start as usize + inner.len() - rest.len();
    Span::new(start, start + rest.trim_end_matches(is_blank).len())
}

/// The longest stretch that [`sentence`] looks at on either side, in bytes.
const LONGEST_SENTENCE: usize = 6000;

/// Returns the sentence around `span`: from after the last full stop to the next one. A line end closes a sentence only
/// where a mark stands before it or nothing but a short heading could; page breaks inside a sentence do not.
pub fn sentence(text: &str, span: Span) -> Span {
    let floor = (span.start as usize).saturating_sub(LONGEST_SENTENCE);
    let before = slice(text, floor, span.start as usize);
    let mut marks = memchr::memrchr3_iter(b'\n', FULL_STOP, FULL_WIDTH, before.as_bytes());
    let start = marks.find_map(|at| closing(before, at)).unwrap_or(0);
    let start = span.start as usize - (before.len() - start);
    let after = slice(text, span.end as usize, (span.end as usize).saturating_add(LONGEST_SENTENCE));
    let mut marks = memchr::memchr3_iter(b'\n', FULL_STOP, FULL_WIDTH, after.as_bytes());
    let end = marks.find_map(|at| closing(after, at)).unwrap_or(after.len());
    trim(text, Span::new(start, span.end as usize + end))
}

/// The first byte of 。 and that of ！ and ？, which stand nowhere inside a character.
const FULL_STOP: u8 = 0xE3;
const FULL_WIDTH: u8 = 0xEF;

/// Returns the end of the mark that begins at a place, if it closes a sentence: a full stop does, a line end only after
/// another closing mark or before a blank start of line.
fn closing(text: &str, at: usize) -> Option<usize> {
    match text.as_bytes().get(at..)? {
        [b'\n', ..] => line_closes(text, at).then_some(at + 1),
        // 。！？
        [FULL_STOP, 0x80, 0x82, ..] | [FULL_WIDTH, 0xBC, 0x81 | 0x9F, ..] => Some(at + 3),
        _ => None,
    }
}

/// Returns whether the end of a line closes a sentence.
fn line_closes(text: &str, at: usize) -> bool {
    let line = slice(text, 0, at);
    let shown = line.trim_end_matches(is_blank);
    let marked = || shown.ends_with(['。', '；', '：', ':', ';', '！', '？', '*', '.']);
    let tabular = || slice(line, line.rfind('\n').map_or(0, |n| n + 1), line.len()).starts_with('\t');
    shown.is_empty() || marked() || text.as_bytes().get(at + 1) == Some(&b'\t') || tabular()
}

/// Returns whether a character is a common Chinese one.
pub fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// Returns whether a character shows nothing: white space of any width, a control or a zero-width character.
pub fn is_blank(c: char) -> bool {
    // What nearly every character is.
    if matches!(c, '!'..='~' | '\u{3001}'..='\u{FEFE}') {
        return false;
    }
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_on_character_boundaries() {
        let text = "收入3.43万元";
        assert_eq!(cut(text, Span::new(6, 10)), "3.43");
        assert_eq!(cut(text, Span::new(1, 4)), "收入");
        assert_eq!(cut(text, Span::new(7, 999)), ".43万元");
        assert_eq!(cut(text, Span { start: 9, end: 3 }), "");
    }

    #[test]
    fn a_sentence_goes_on_over_a_page_break() {
        let text = "上句。\n比上年增加19.12 万\n\n元，增长11.79%。下句。";
        let at = text.find("19.12").expect("it is there");
        assert_eq!(
            cut(text, sentence(text, Span::new(at, at + 5))),
            "比上年增加19.12 万\n\n元，增长11.79%。"
        );
    }

    #[test]
    fn covers_both() {
        assert_eq!(Span::new(3, 5).cover(Span::new(8, 9)), Span::new(3, 9));
        assert!(Span::new(3, 9).contains(Span::new(8, 9)));
        assert_eq!(Span::new(5, 3), Span::new(5, 5));
    }
}
