//! One block as the outline sees it: its number, its beginning and its end.

use super::fold::Folded;
use super::numbering::{Numbering, numbering};
use crate::source::span::slice;
use crate::source::{BlockKind, Source};

/// The longest heading, in characters of folded text.
pub(super) const LONGEST_HEADING: usize = 60;

/// What is known of one block before its neighbours are looked at.
#[derive(Debug, Clone)]
pub(super) struct Line<'a> {
    pub(super) numbering: Option<Numbering>,
    /// The folded text.
    pub(super) text: &'a str,
    /// Whether it is short enough for a heading.
    pub(super) short: bool,
    /// What the format says of it.
    pub(super) kind: BlockKind,
    /// How it ends.
    pub(super) ending: Ending,
    /// Whether it begins with a mark that can only go on with a sentence.
    pub(super) marked: bool,
    /// How many columns its line takes with all marks and blanks, where a Chinese character takes two.
    pub(super) width: usize,
}

/// How a line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Ending {
    /// In the middle of a sentence, or without a mark as headings do.
    #[default]
    Text,
    /// In the middle of a number: 2.
    Number,
    /// With a mark that ends a sentence or a clause.
    Mark(char),
}

impl Ending {
    /// Returns how a folded text ends.
    fn of(text: &str) -> Self {
        let mut back = text.chars().rev();
        match back.next() {
            Some('.') if back.next().is_some_and(|c| c.is_ascii_digit()) => Self::Number,
            Some(mark @ ('。' | '.' | ';' | ':' | '!' | '?')) => Self::Mark(mark),
            Some(_) | None => Self::Text,
        }
    }
}

impl<'a> Line<'a> {
    /// Returns what is known of every block of a source.
    pub(super) fn all(source: &Source, folded: &'a Folded) -> Vec<Self> {
        const LONG: usize = LONGEST_HEADING * 4;
        let mut at = 0;
        let mut lines = Vec::with_capacity(source.blocks.len());
        for (index, block) in source.blocks.iter().enumerate() {
            let text = folded.stretch(index, index + 1).text;
            let ending = Ending::of(text);
            // The width says something of a line only where its sentence may go on.
            let width = match ending {
                Ending::Mark('。' | '.' | '!' | '?') => 0,
                Ending::Mark(_) | Ending::Text | Ending::Number => {
                    at = source.line_after(at, block.span.start);
                    columns(source.cut(source.line(at as u32 + 1)))
                }
            };
            lines.push(Self {
                numbering: numbering(text),
                ending,
                marked: text.starts_with(['。', ';', ',', '、', ')', ':', '%', '.']),
                text,
                short: block.span.len() <= LONG,
                kind: block.kind,
                width,
            });
        }
        lines
    }

    /// The text after the number and before a colon at the end.
    pub(super) fn core(&self) -> &'a str {
        let start = self.numbering.map_or(0, |numbering| numbering.length);
        slice(self.text, start, self.text.len()).trim_end_matches(':')
    }

    /// The title as a contents page and a body both have it: without number, dots and page number.
    pub(super) fn key(&self) -> &'a str {
        self.core()
            .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '…' | '·' | '-' | '。'))
    }

    /// Whether it is a row of a table.
    pub(super) fn is_row(&self) -> bool {
        matches!(self.kind, BlockKind::Row { .. })
    }

    /// Whether the format marks it as a heading.
    pub(super) fn is_marked_heading(&self) -> bool {
        self.kind == BlockKind::Heading
    }

    /// Whether a sentence ends here, so that the next line begins another one.
    pub(super) fn closes(&self) -> bool {
        self.is_row() || matches!(self.ending, Ending::Mark(_))
    }
}

/// Returns how many columns a text takes.
fn columns(text: &str) -> usize {
    // Every character but the ASCII ones begins with one byte from 0xC0. What few bytes take fits into a byte, and so the
    // processor adds many at a time.
    let few = |bytes: &[u8]| {
        bytes.iter().map(|byte| u8::from(*byte < 0x80) + 2 * u8::from(*byte >= 0xC0)).sum::<u8>()
    };
    text.as_bytes().chunks(64).map(|bytes| usize::from(few(bytes))).sum()
}

/// Returns the width that a converter broke the lines of a text at, where it did: the width that many of the lines have
/// which end without a mark, or one column less where a wide character did not fit.
pub(super) fn measure(lines: &[Line]) -> Option<usize> {
    const LEAST_LINES: usize = 6;
    const LEAST_WIDTH: usize = 36;
    let mut widths: Vec<usize> = lines.iter().filter(|line| !line.closes()).map(|line| line.width).collect();
    widths.sort_unstable();
    let (mut best, mut most) = (0, 0);
    for width in widths.chunk_by(|a, b| a == b).filter_map(|same| same.first()) {
        let count = widths.partition_point(|w| w <= width) - widths.partition_point(|w| w + 1 < *width);
        if count > most {
            (best, most) = (*width, count);
        }
    }
    (most >= LEAST_LINES && most * 3 > widths.len() && best >= LEAST_WIDTH).then_some(best)
}

/// Whether a folded text has a digit.
pub(super) fn has_digit(text: &str) -> bool {
    // By stretches, so that the processor takes many bytes at a time.
    text.as_bytes()
        .chunks(64)
        .any(|stretch| stretch.iter().fold(false, |any, byte| any | byte.is_ascii_digit()))
}
