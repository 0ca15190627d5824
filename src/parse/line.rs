//! One block as the outline sees it: its number, its beginning and its end.

use super::fold::{fold, folded};
use super::numbering::{Numbering, numbering};
use crate::source::span::slice;
use crate::source::{Block, BlockKind, Source};

/// The longest heading, in characters of folded text.
pub(super) const LONGEST_HEADING: usize = 60;

/// What is known of one block before its neighbours are looked at.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub(super) numbering: Option<Numbering>,
    /// The folded text; only the beginning of a long one.
    pub(super) text: String,
    /// Whether `text` is all of it.
    pub(super) whole: bool,
    /// What the format says of it.
    pub(super) kind: Option<BlockKind>,
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
    /// Returns how a text ends, whatever the form of its marks.
    fn of(text: &str) -> Self {
        let mut back = text.chars().rev().filter_map(fold);
        match (back.next(), back.next()) {
            (Some('.'), Some('0'..='9')) => Self::Number,
            (Some(mark @ ('。' | '.' | ';' | ':' | '!' | '?')), _) => Self::Mark(mark),
            (Some(_) | None, _) => Self::Text,
        }
    }
}

impl Line {
    /// Returns what is known of a block.
    pub(super) fn of(source: &Source, block: Block) -> Self {
        const LONG: usize = LONGEST_HEADING * 4;
        // What a number takes; nothing more is asked of a long line.
        const BEGINNING: usize = 48;
        let text = source.cut(block.span);
        let whole = text.len() <= LONG;
        let numbered = text.chars().next().is_some_and(may_number);
        let seen = match (whole, numbered) {
            (true, _) => LONG,
            (false, true) => BEGINNING,
            (false, false) => 0,
        };
        let text = folded(slice(text, 0, seen));
        let ending = Ending::of(source.cut(block.span));
        // The width says something of a line only where its sentence may go on.
        let width = match ending {
            Ending::Mark('。' | '.' | '!' | '?') => 0,
            Ending::Mark(_) | Ending::Text | Ending::Number => {
                columns(source.cut(source.line(source.line_of(block.span.start))))
            }
        };
        Self {
            numbering: numbering(&text),
            ending,
            marked: text.starts_with(['。', ';', ',', '、', ')', ':', '%', '.']),
            text,
            whole,
            kind: Some(block.kind),
            width,
        }
    }

    /// The text after the number and before a colon at the end.
    pub(super) fn core(&self) -> &str {
        let start = self.numbering.map_or(0, |numbering| numbering.length);
        slice(&self.text, start, self.text.len()).trim_end_matches(':')
    }

    /// The title as a contents page and a body both have it: without number, dots and page number.
    pub(super) fn key(&self) -> &str {
        self.core()
            .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '…' | '·' | '-' | '。'))
    }

    /// Whether it is a row of a table.
    pub(super) fn is_row(&self) -> bool {
        matches!(self.kind, Some(BlockKind::Row { .. }))
    }

    /// Whether the format marks it as a heading.
    pub(super) fn is_marked_heading(&self) -> bool {
        self.kind == Some(BlockKind::Heading)
    }

    /// Whether a sentence ends here, so that the next line begins another one.
    pub(super) fn closes(&self) -> bool {
        self.is_row() || matches!(self.ending, Ending::Mark(_))
    }
}

/// Whether a character can begin the number of a heading.
fn may_number(c: char) -> bool {
    c == '第'
        || "一二三四五六七八九十(（".contains(c)
        || c.is_ascii_alphanumeric()
        || !c.is_alphanumeric()
        || ('０'..='９').contains(&c)
}

/// Returns how many columns a text takes.
fn columns(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
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
