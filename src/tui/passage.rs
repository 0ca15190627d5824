//! A place in a document → the rows of the source pane: its text wrapped around that place, read only as far as shown.

use super::cursor::Motion;
use super::grid::Grid;
use super::width::{self, Flow};
use crate::corpus::{Corpus, EntryId, FindingRef};
use crate::source::span::{self, Span};
use crate::source::{BlockKind, Source};

/// The state of the source pane.
#[derive(Debug, Default)]
pub struct Passage {
    /// What is shown.
    pub place: Option<Place>,
    /// Where the first row on screen begins, as a byte of the text.
    pub top: u32,
    /// The table that the place is in, where it is shown as one.
    pub grid: Option<Grid>,
    /// Whether tables are shown as the text that was read.
    pub raw: bool,
    /// The cells and rows that it was laid out for.
    pub room: (usize, usize),
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
    /// The figures of what was found.
    pub found: Vec<Span>,
    /// What was found, the first first.
    pub findings: Vec<FindingRef>,
    /// The table that it is in.
    pub table: Option<u32>,
}

impl Place {
    /// Returns the start of a document.
    pub fn at(entry: EntryId) -> Self {
        let (focus, sentence) = (Span::default(), Span::default());
        Self {
            entry,
            focus,
            figure: false,
            related: Vec::new(),
            sentence,
            found: Vec::new(),
            findings: Vec::new(),
            table: None,
        }
    }
}

/// One row of the source pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextRow {
    /// The number of the line that begins here.
    pub number: Option<u32>,
    /// The text that it shows.
    pub span: Span,
    /// Whether it is prose or a row of a table.
    pub flow: Flow,
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

    /// Shows the table that the place is in, if it is in one, with the place chosen. `size` is the room that it has.
    pub fn tabulate(&mut self, corpus: &Corpus, size: (usize, usize)) {
        let place = self.place.as_ref().filter(|_| !self.raw);
        let table = place.and_then(|place| Some((place, place.table?, corpus.entry(place.entry)?)));
        let Some((place, table, entry)) = table else {
            self.grid = None;
            return;
        };
        let source = &entry.disclosure.source;
        let same = |grid: &Grid| grid.entry == place.entry && grid.table == table;
        match self.grid.as_mut().filter(|grid| same(grid)) {
            Some(grid) => {
                grid.choose(source, place.focus);
            }
            None => {
                self.grid = Grid::new(&entry.disclosure, place.entry, table).map(|mut grid| {
                    if grid.choose(source, place.focus) {
                        // What stands above is seen too.
                        grid.top = grid.row.saturating_sub(grid.shares(size.1).body / 3);
                    }
                    grid
                });
            }
        }
        if let Some(grid) = &mut self.grid {
            grid.show(size);
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
        let rows = width::wrap(text, self.width, self.flow()).into_iter();
        self.rows = rows.map(|row| Span::new(at + row.start as usize, at + row.end as usize)).collect();
        self.row = self.rows.iter().rposition(|row| row.start <= offset).unwrap_or(0);
    }

    fn span(&self) -> Span {
        self.source.blocks.get(self.block).map(|block| block.span).unwrap_or_default()
    }

    fn flow(&self) -> Flow {
        match self.source.blocks.get(self.block).map(|block| block.kind) {
            Some(BlockKind::Row { .. }) => Flow::Cells,
            Some(BlockKind::Paragraph | BlockKind::Heading) | None => Flow::Prose,
        }
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
            rows.push(TextRow {
                number: begins.then(|| self.source.line_of(span.start)),
                span,
                flow: self.flow(),
            });
            if !self.down() {
                break;
            }
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::model::Disclosure;
    use crate::source::{Encoding, Format};

    fn corpus(text: &str) -> Corpus {
        let source = Source::from_text(text.to_owned(), Format::Text, Encoding::Utf8);
        let mut corpus = Corpus::default();
        corpus.add(PathBuf::from("a.txt"), Disclosure { source, ..Disclosure::default() });
        corpus
    }

    /// Shows the place of some words and returns the rows on screen.
    fn show(corpus: &Corpus, words: &str, (width, height): (usize, usize)) -> (Passage, Vec<String>) {
        let mut passage = Passage::default();
        let source = &corpus.entries[0].disclosure.source;
        let at = source.text.find(words).expect("it is there");
        let focus = Span::new(at, at + words.len());
        let sentence = span::sentence(&source.text, focus);
        let place = Place { focus, figure: true, sentence, ..Place::at(EntryId(0)) };
        passage.show(corpus, Some(place), width, height);
        let rows = texts(&passage, corpus, (width, height));
        (passage, rows)
    }

    fn texts(passage: &Passage, corpus: &Corpus, (width, height): (usize, usize)) -> Vec<String> {
        let rows = passage.rows(corpus, width, height).into_iter();
        let text = |row: TextRow| corpus.entries[0].disclosure.source.cut(row.span).to_owned();
        rows.map(|row| format!("{} {}", row.number.unwrap_or_default(), text(row))).collect()
    }

    #[test]
    fn the_place_and_the_start_of_its_sentence_are_in_sight() {
        let lines: Vec<String> = (1..=50).map(|line| format!("第{line}行。")).collect();
        let corpus = corpus(&lines.join("\n\n"));
        assert_eq!(
            show(&corpus, "第20行", (20, 4)).1,
            ["37 第19行。", "39 第20行。", "41 第21行。", "43 第22行。"]
        );
        assert_eq!(show(&corpus, "第1行", (20, 2)).1, ["1 第1行。", "3 第2行。"]);
        assert_eq!(show(&corpus, "第50行", (20, 3)).1, ["95 第48行。", "97 第49行。", "99 第50行。"]);
    }

    #[test]
    fn a_long_sentence_shows_the_place_itself() {
        let corpus = corpus(&format!("开头{}3.43万元，后面。", "，很长很长".repeat(40)));
        let (_, rows) = show(&corpus, "3.43", (20, 5));
        assert_eq!(rows.len(), 5);
        assert!(rows[3].contains("3.43") || rows[4].contains("3.43"), "{rows:?}");
    }

    #[test]
    fn scrolling_stops_at_both_ends() {
        let corpus = corpus("一\n二\n三\n四\n五\n六");
        let (mut passage, _) = show(&corpus, "三", (20, 3));
        let mut after = |motion: Motion| {
            passage.go(&corpus, motion, 20, 3);
            texts(&passage, &corpus, (20, 3)).join(" ")
        };
        assert_eq!(after(Motion::Last), "4 四 5 五 6 六");
        assert_eq!(after(Motion::Down), "4 四 5 五 6 六");
        assert_eq!(after(Motion::Up), "3 三 4 四 5 五");
        assert_eq!(after(Motion::First), "1 一 2 二 3 三");
        assert_eq!(after(Motion::PageUp), "1 一 2 二 3 三");
        assert_eq!(after(Motion::PageDown), "3 三 4 四 5 五");
        assert_eq!(after(Motion::HalfDown), "4 四 5 五 6 六");
    }

    #[test]
    fn a_line_as_long_as_the_file_is_read_in_pieces() {
        let corpus = corpus(&format!("{}3.43万元{}", "数".repeat(2_000_000), "字".repeat(2_000_000)));
        let (mut passage, rows) = show(&corpus, "3.43", (40, 9));
        assert!(rows.iter().any(|row| row.contains("3.43")), "{rows:?}");
        let before = passage.top;
        for _ in 0..500 {
            passage.go(&corpus, Motion::Down, 40, 9);
        }
        assert!(passage.top > before);
        for _ in 0..500 {
            passage.go(&corpus, Motion::Up, 40, 9);
        }
        assert_eq!(passage.top, before, "up leads back where down came from");
    }

    #[test]
    fn nothing_to_show_and_no_room_are_fine() {
        for (text, size) in [("", (40, 10)), ("收入", (0, 0)), ("收入", (1, 1))] {
            let corpus = corpus(text);
            let place = Place {
                focus: Span::new(0, 3),
                figure: true,
                sentence: Span::new(0, 99),
                ..Place::at(EntryId(0))
            };
            let mut passage = Passage::default();
            passage.show(&corpus, Some(place), size.0, size.1);
            passage.go(&corpus, Motion::Last, size.0, size.1);
            assert!(texts(&passage, &corpus, size).len() <= size.1);
        }
    }
}
