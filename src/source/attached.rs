//! A disclosure that came as two files, the text and the tables: their sources as one, and which place is in which file.

use std::path::{Path, PathBuf};

use super::{Block, BlockKind, LARGEST_FILE, Source, Span, span};

/// A file whose text stands behind that of the file before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// The file, relative to the folder that was opened.
    pub file: PathBuf,
    /// Where its text begins.
    pub start: u32,
    /// How many lines stand before it.
    lines: u32,
    /// How many pages stand before it, and whether it has any itself.
    pages: u32,
    paged: bool,
}

impl Source {
    /// Puts the source of another file behind this one. Returns whether both are short enough for one.
    pub fn attach(&mut self, file: PathBuf, mut other: Self) -> bool {
        if (self.text.len() + other.text.len()) as u64 >= LARGEST_FILE {
            return false;
        }
        if !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        let start = self.text.len() as u32;
        self.text.push_str(&other.text);
        self.lines = span::line_starts(&self.text);
        self.attached.push(Attached {
            file,
            start,
            lines: self.lines.partition_point(|&line| line < start) as u32,
            pages: self.pages.len() as u32,
            paged: !other.pages.is_empty(),
        });
        let tables = self.tables.len() as u32;
        let sheets = self.sheets.len() as u32;
        let moved = |span: Span| Span { start: span.start + start, end: span.end + start };
        self.blocks.extend(other.blocks.iter().map(|block| Block {
            kind: match block.kind {
                BlockKind::Row { table, row } => BlockKind::Row { table: table + tables, row },
                kind @ (BlockKind::Paragraph | BlockKind::Heading) => kind,
            },
            span: moved(block.span),
        }));
        for table in &mut other.tables {
            table.title = table.title.map(moved);
            table.unit_note = table.unit_note.map(moved);
            table.note = table.note.map(moved);
            table.sheet = table.sheet.map(|sheet| sheet + sheets);
            for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                cell.span = moved(cell.span);
            }
        }
        self.tables.append(&mut other.tables);
        self.pages.extend(other.pages.iter().copied().map(moved));
        self.sheets.extend(other.sheets.iter().map(|sheet| super::Sheet {
            name: moved(sheet.name),
            span: moved(sheet.span),
            hidden: sheet.hidden,
        }));
        true
    }

    /// Returns the attached file that a place is in, or nothing where it is in the first one.
    pub fn attached_at(&self, offset: u32) -> Option<&Attached> {
        self.attached.iter().rfind(|attached| attached.start <= offset)
    }

    /// Returns the name of the attached file that a place is in, or nothing where it is in the first one.
    pub fn file_at(&self, offset: u32) -> Option<&Path> {
        self.attached_at(offset).map(|attached| attached.file.as_path())
    }

    /// Returns a range of bytes as it is in the text of its own file.
    pub fn in_file(&self, span: Span) -> Span {
        let start = self.attached_at(span.start).map_or(0, |attached| attached.start);
        Span { start: span.start - start, end: span.end - start }
    }

    /// Returns the number of the line, counted from 1 in its own file, that byte `offset` stands in.
    pub fn line_of(&self, offset: u32) -> u32 {
        let before = self.attached_at(offset).map_or(0, |attached| attached.lines);
        self.line_index(offset) + 1 - before
    }

    /// Returns the line that byte `offset` stands in, without its line end.
    pub fn line_around(&self, offset: u32) -> Span {
        self.line(self.line_index(offset) + 1)
    }

    fn line_index(&self, offset: u32) -> u32 {
        self.lines.partition_point(|&start| start <= offset).saturating_sub(1) as u32
    }

    /// Returns the number of the page, counted from 1 in its own file, that byte `offset` stands on; nothing where the file has
    /// no pages.
    pub fn page_of(&self, offset: u32) -> Option<u32> {
        let attached = self.attached_at(offset);
        if attached.is_some_and(|attached| !attached.paged) {
            return None;
        }
        let page = self.pages.partition_point(|page| page.start <= offset) as u32;
        let page = page.saturating_sub(attached.map_or(0, |attached| attached.pages));
        (page > 0).then_some(page)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Encoding, Format};

    #[test]
    fn places_are_those_of_their_own_file() {
        let text = |text: &str| Source::from_text(text.to_owned(), Format::Text, Encoding::Utf8);
        let mut both = text("甲\n乙");
        let mut tables = text("丙\n丁\n");
        tables.pages = vec![Span::new(0, 4), Span::new(4, 8)];
        assert!(both.attach(PathBuf::from("b.pdf"), tables));
        let at = |word: &str| both.text.find(word).expect("it is there") as u32;
        let place = |word| (both.line_of(at(word)), both.page_of(at(word)), both.file_at(at(word)));
        let second = Some(Path::new("b.pdf"));
        assert_eq!(place("甲"), (1, None, None));
        assert_eq!(place("乙"), (2, None, None));
        assert_eq!(place("丙"), (1, Some(1), second));
        assert_eq!(place("丁"), (2, Some(2), second));
        let span = Span::new(at("丁") as usize, at("丁") as usize + 3);
        assert_eq!((both.in_file(span), both.cut(both.line_around(span.start))), (Span::new(4, 7), "丁"));
        assert_eq!(both.blocks.len(), 4);
    }
}
