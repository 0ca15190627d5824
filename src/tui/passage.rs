//! A place in a document → the rows of the source pane: its text wrapped around that place, read only as far as shown.

use super::cursor::Motion;
use super::width;
use crate::corpus::{Corpus, EntryId};
use crate::source::span::{self, Span};
use crate::source::{BlockKind, Source};

/// The state of the source pane.
#[derive(Debug, Default)]
pub struct Passage {
    /// What is shown.
    pub place: Option<Place>,
    /// Where the first row on screen begins, as a byte of the text.
    pub top: u32,
}

/// A place in a document and how it is marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The document.
    pub entry: EntryId,
    /// What it is about: the figure or heading.
    pub focus: Span,
    /// Whether the focus is a figure, which is marked.
    pub figure: bool,
    /// The other figures of the same row.
    pub related: Vec<Span>,
    /// The sentence or table row around it.
    pub sentence: Span,
}

/// One row of the source pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextRow {
    /// The number of the line that begins here.
    pub number: Option<u32>,
    /// The text that it shows.
    pub span: Span,
    /// Whether it is a row of a table, whose cells are set apart.
    pub cells: bool,
}

/// The longest stretch of text that is wrapped as one, in bytes: a line may be as long as the file.
const LONGEST_PIECE: usize = 4096;

impl Passage {
    /// Shows a place if it is another one than before.
    pub fn show(&mut self, corpus: &Corpus, place: Option<Place>, width: usize, height: usize) {
        if self.place != place {
            self.place = place;
            self.centre(corpus, width, height);
        }
    }

    /// Scrolls to where the place can be seen, with its sentence from the start where there is room.
    pub fn centre(&mut self, corpus: &Corpus, width: usize, height: usize) {
        let Some((source, place)) = self.source(corpus).zip(self.place.as_ref()) else { return };
        let mut walk = Walk::to(source, place.focus.start, width);
        let sentence = Walk::to(source, place.sentence.start, width);
        let above = walk.rows_below(&sentence, height);
        // The place itself stays a row above the lower edge, so that what follows it is seen too.
        let room = height.saturating_sub(2);
        let context = height / 4;
        walk.back(if above + context <= room { above + context } else { above.min(room) });
        self.top = walk.pulled_up(height).start();
    }

    /// Scrolls through the text.
    pub fn go(&mut self, corpus: &Corpus, motion: Motion, width: usize, height: usize) {
        let rows = match motion {
            Motion::First => {
                self.top = 0;
                0
            }
            Motion::Last => {
                self.top = u32::MAX;
                0
            }
            _ => motion.rows(height),
        };
        self.scroll(corpus, rows, width, height);
    }

    /// Scrolls by rows; no empty space is shown below the last.
    pub fn scroll(&mut self, corpus: &Corpus, rows: isize, width: usize, height: usize) {
        let Some(source) = self.source(corpus) else { return };
        let mut walk = Walk::to(source, self.top, width);
        if rows < 0 {
            walk.back(rows.unsigned_abs());
        } else {
            walk.forward(rows.unsigned_abs());
        }
        self.top = walk.pulled_up(height).start();
    }

    /// Returns the rows on screen.
    pub fn rows(&self, corpus: &Corpus, width: usize, height: usize) -> Vec<TextRow> {
        let Some(source) = self.source(corpus) else { return Vec::new() };
        Walk::to(source, self.top, width).take(height)
    }

    /// Returns how far into the document the rows on screen begin, how much they show and how much there is, in bytes.
    pub fn extent(&self, corpus: &Corpus, width: usize, height: usize) -> Option<(usize, usize, usize)> {
        let rows = self.rows(corpus, width, height);
        let (first, last) = rows.first().zip(rows.last())?;
        let end = self.source(corpus)?.blocks.last()?.span.end;
        Some((first.span.start as usize, (last.span.end - first.span.start) as usize, end as usize))
    }

    /// Returns the document that is shown.
    pub fn source<'a>(&self, corpus: &'a Corpus) -> Option<&'a Source> {
        let entry = corpus.entry(self.place.as_ref()?.entry)?;
        Some(&entry.disclosure.source)
    }
}

/// A row of wrapped text in a document that can be left upwards and downwards.
#[derive(Debug, Clone)]
struct Walk<'a> {
    source: &'a Source,
    width: usize,
    /// The block that the row stands in.
    block: usize,
    /// The rows of the piece of the block around the row.
    rows: Vec<Span>,
    /// The row.
    row: usize,
}

impl<'a> Walk<'a> {
    /// Starts at the row that shows a byte of the text, or at the last row.
    fn to(source: &'a Source, offset: u32, width: usize) -> Self {
        let block = source.blocks.partition_point(|block| block.span.end <= offset);
        let block = block.min(source.blocks.len().saturating_sub(1));
        let mut walk = Self { source, width, block, rows: Vec::new(), row: 0 };
        walk.wrap(offset);
        walk
    }

    /// Wraps the piece of the block that holds a byte, and stands on its row.
    fn wrap(&mut self, offset: u32) {
        let span = self.span();
        let offset = offset.min(span.end.saturating_sub(1)).max(span.start);
        let from = (offset - span.start) as usize / LONGEST_PIECE;
        let mut piece = self.piece(from);
        if piece.end <= offset && piece.end < span.end {
            piece = self.piece(from + 1);
        }
        let text = span::cut(&self.source.text, piece);
        let at = piece.start as usize;
        let rows = width::wrap(text, self.width).into_iter();
        self.rows = rows.map(|row| Span::new(at + row.start as usize, at + row.end as usize)).collect();
        self.row = self.rows.iter().rposition(|row| row.start <= offset).unwrap_or(0);
    }

    fn span(&self) -> Span {
        self.source.blocks.get(self.block).map(|block| block.span).unwrap_or_default()
    }

    /// Returns a piece of the block, counted from 0, cut between characters.
    fn piece(&self, number: usize) -> Span {
        let span = self.span();
        let text = &self.source.text;
        let cut = |number: usize| {
            let at = (span.start as usize).saturating_add(number.saturating_mul(LONGEST_PIECE));
            text.floor_char_boundary(at.min(span.end as usize))
        };
        Span::new(cut(number), cut(number + 1))
    }

    /// Returns where the row begins.
    fn start(&self) -> u32 {
        self.rows.get(self.row).map_or(0, |row| row.start)
    }

    /// Goes up a row and returns whether there is one.
    fn up(&mut self) -> bool {
        if self.row > 0 {
            self.row -= 1;
            return true;
        }
        let first = self.start();
        if first > self.span().start {
            self.wrap(first - 1);
        } else if self.block > 0 {
            self.block -= 1;
            self.wrap(self.span().end.saturating_sub(1));
        } else {
            return false;
        }
        self.row = self.rows.len().saturating_sub(1);
        true
    }

    /// Goes down a row and returns whether there is one.
    fn down(&mut self) -> bool {
        if self.row + 1 < self.rows.len() {
            self.row += 1;
            return true;
        }
        let end = self.rows.last().map_or(0, |row| row.end);
        if end < self.span().end {
            self.wrap(end);
        } else if self.block + 1 < self.source.blocks.len() {
            self.block += 1;
            self.wrap(self.span().start);
        } else {
            return false;
        }
        self.row = 0;
        true
    }

    fn back(&mut self, rows: usize) {
        for _ in 0..rows {
            if !self.up() {
                return;
            }
        }
    }

    fn forward(&mut self, rows: usize) {
        for _ in 0..rows {
            if !self.down() {
                return;
            }
        }
    }

    /// Returns how many rows it stands below another row, at most `most`.
    fn rows_below(&self, other: &Self, most: usize) -> usize {
        let mut walk = other.clone();
        (0..most).take_while(|_| walk.start() < self.start() && walk.down()).count()
    }

    /// Returns the row itself, or one so far above that the rows from it on fill a screen.
    fn pulled_up(mut self, height: usize) -> Self {
        let mut end = self.clone();
        let below = (1..height).take_while(|_| end.down()).count();
        self.back(height.saturating_sub(1).saturating_sub(below));
        self
    }

    /// Returns the row and those below it, at most `most`.
    fn take(mut self, most: usize) -> Vec<TextRow> {
        let mut rows = Vec::with_capacity(most);
        while rows.len() < most && !self.rows.is_empty() && !self.source.blocks.is_empty() {
            let span = self.rows.get(self.row).copied().unwrap_or_default();
            let begins = span.start == self.span().start;
            let kind = self.source.blocks.get(self.block).map(|block| block.kind);
            rows.push(TextRow {
                number: begins.then(|| self.source.line_of(span.start)),
                span,
                cells: matches!(kind, Some(BlockKind::Row { .. })),
            });
            if !self.down() {
                break;
            }
        }
        rows
    }
}
