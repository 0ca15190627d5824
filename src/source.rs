//! Bytes of one file → canonical text with a layout of spans beside it, the same for every format.
//!
//! A reader of a format fills two things: `text`, what a person would read, and a layout that only points into it:
//! [`Block`]s in reading order, [`Table`]s of cells, pages or sheets; then [`caption`] finds what the tables are called. Nothing downstream knows the format. To add a format, add
//! a file under `source/` with one function from bytes to [`Source`] and a line in [`Source::read`].

mod attached;
mod build;
mod caption;
mod compound;
mod decode;
mod doc;
mod docx;
mod dump;
pub(crate) mod fold;
mod grid;
mod html;
mod lists;
mod markdown;
mod marked;
pub(crate) mod numbering;
mod package;
pub(crate) mod pdf;
mod pipes;
mod rtf;
mod sheet;
#[cfg(test)]
mod shown;
mod sniff;
pub mod span;
pub mod table;
mod tabs;
mod text;

use std::path::Path;

use sniff::Kind;

pub use attached::Attached;
pub use package::LARGEST_UNPACKED;
pub use sniff::is_document;
pub use span::Span;
pub use table::{Cell, Row, Sheet, Table};

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: u64 = 256 << 20;

/// One file as canonical text and its layout.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// The text as a person would read it; nothing in it is rewritten.
    pub text: String,
    /// What the file was.
    pub format: Format,
    /// How the bytes were read as text.
    pub encoding: Encoding,
    /// The first byte of every line, in order; the first is 0.
    pub lines: Vec<u32>,
    /// Paragraphs, heading hints and table rows in reading order. They do not overlap.
    pub blocks: Vec<Block>,
    /// The tables, in the order of their first row.
    pub tables: Vec<Table>,
    /// The pages in order; empty where the format has none.
    pub pages: Vec<Span>,
    /// The sheets in order; empty where the format has none.
    pub sheets: Vec<Sheet>,
    /// The files whose texts stand behind that of the first, in order.
    pub attached: Vec<Attached>,
}

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Plain text.
    #[default]
    Text,
    /// Markdown, mostly made from PDF by a converter.
    Markdown,
    /// A page of a web site.
    Html,
    /// A text of Word or one of its kin.
    Word,
    /// A workbook.
    Sheets,
    /// What this program exported.
    Export,
    /// PDF.
    Pdf,
}

/// The encoding that a text file was in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// UTF-8, with or without a byte-order mark.
    #[default]
    Utf8,
    /// UTF-16 with a byte-order mark.
    Utf16,
    /// GB18030, which includes GBK and GB2312.
    Gb18030,
    /// Another one that the file names.
    Named,
}

/// One piece of the text in reading order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// What the format says it is.
    pub kind: BlockKind,
    /// Where it stands, without its line end and without markup at either side.
    pub span: Span,
}

/// What a format says of a block. It is a hint: real documents mark headings wrongly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A line of text.
    Paragraph,
    /// A line that the format marks as a heading.
    Heading,
    /// One row of a table, as indices into [`Source::tables`] and its rows.
    Row {
        /// The table.
        table: u32,
        /// The row in it.
        row: u32,
    },
}

/// Why a file could not be read as a disclosure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// The bytes are no text in any encoding that these documents use.
    NotText,
    /// Nothing but white space.
    Empty,
    /// Larger than [`LARGEST_FILE`].
    TooLarge,
    /// Its parts stand in each other deeper than any document needs.
    TooDeep,
    /// A packed file that unpacks to more than [`LARGEST_UNPACKED`].
    Unpacks,
    /// Its tables have more cells than can be read.
    TooManyCells,
    /// A document of a format that has no reader yet.
    NoReader(&'static str),
    /// Pictures of pages, without text.
    Scan,
    /// Locked with a password.
    Encrypted,
    /// Begun as its format but not kept to it.
    Damaged,
    /// Reading it takes longer than any real document does.
    TooSlow,
}

impl Source {
    /// Returns the file at `path`, of which `bytes` are the content, as text with a layout, or why that cannot be.
    ///
    /// The path is looked at for the format only and never opened.
    pub fn read(path: &Path, bytes: &[u8]) -> Result<Self, Unreadable> {
        if bytes.len() as u64 > LARGEST_FILE {
            return Err(Unreadable::TooLarge);
        }
        match sniff::kind(path, bytes) {
            Kind::Package => read_package(bytes),
            Kind::Html => html::read(bytes),
            Kind::Compound => read_compound(bytes),
            Kind::Rtf => rtf::read(bytes),
            Kind::Message => html::read_message(bytes),
            Kind::Pdf => pdf::read(bytes)
                .and_then(|source| if source.blocks.is_empty() { Err(Unreadable::Scan) } else { Ok(source) }),
            Kind::Foreign => Err(Unreadable::Damaged),
            Kind::Text => Self::read_text(path, bytes),
        }
    }

    fn read_text(path: &Path, bytes: &[u8]) -> Result<Self, Unreadable> {
        let (text, encoding) = decode::decode(bytes)?;
        let named = sniff::has_extension(path, &["md", "markdown"]);
        let format = if named || markdown::is_markdown(&text) { Format::Markdown } else { Format::Text };
        let source = Self::from_text(text, format, encoding);
        if source.blocks.is_empty() { Err(Unreadable::Empty) } else { Ok(source) }
    }

    /// Returns text that is already decoded with its layout.
    pub fn from_text(text: String, format: Format, encoding: Encoding) -> Self {
        let lines = span::line_starts(&text);
        let mut source = Self { text, format, encoding, lines, ..Self::default() };
        match format {
            Format::Text | Format::Pdf | Format::Html | Format::Word | Format::Sheets | Format::Export => {
                text::lay_out(&mut source);
            }
            Format::Markdown => markdown::lay_out(&mut source),
        }
        caption::caption(&mut source);
        source
    }

    /// Returns the text that `span` covers.
    pub fn cut(&self, span: Span) -> &str {
        span::cut(&self.text, span)
    }

    /// Returns the index of the line that byte `offset` stands in, which is not before the line of index `from`.
    pub(crate) fn line_after(&self, from: usize, offset: u32) -> usize {
        let later = self.lines.get(from + 1..).unwrap_or_default();
        from + later.iter().take_while(|&&start| start <= offset).count()
    }

    /// Returns the cell that a range of bytes lies in, with its row and the number of its table.
    pub fn cell_at(&self, span: Span) -> Option<(usize, &Row, &Cell)> {
        let block = self.blocks.get(self.blocks.partition_point(|block| block.span.end <= span.start))?;
        let BlockKind::Row { table, row } = block.kind else { return None };
        let row = self.tables.get(table as usize)?.rows.get(row as usize)?;
        let cell = row.cells.iter().find(|cell| cell.span.contains(span))?;
        Some((table as usize, row, cell))
    }

    /// Returns the span of line `number`, counted from 1 through all files, without its line end; empty past the end of the text.
    pub fn line(&self, number: u32) -> Span {
        let index = (number.max(1) - 1) as usize;
        let Some(&start) = self.lines.get(index) else {
            return Span::new(self.text.len(), self.text.len());
        };
        let end = self.lines.get(index + 1).map_or(self.text.len(), |&next| next as usize);
        let line = span::slice(&self.text, start as usize, end);
        Span::new(start as usize, start as usize + line.trim_end_matches(['\n', '\r']).len())
    }
}

/// Returns the document in a zip, which is told by its parts and not by its name.
fn read_package(bytes: &[u8]) -> Result<Source, Unreadable> {
    let mut package = package::Package::open(bytes)?;
    if let Some(body) = package.named("word/document", ".xml") {
        docx::read(package, &body)
    } else if let Some(book) = package.named("xl/workbook", ".xml") {
        sheet::read_xlsx(package, &book)
    } else if package.has("content.xml") && package.head("mimetype").ends_with("spreadsheet") {
        sheet::read_ods(package)
    } else {
        Err(Unreadable::NoReader(if package.has("OFD.xml") { "ofd" } else { "zip" }))
    }
}

/// Returns the document in a file of streams.
fn read_compound(bytes: &[u8]) -> Result<Source, Unreadable> {
    let compound = compound::Compound::open(bytes)?;
    if compound.has("EncryptedPackage") {
        Err(Unreadable::Encrypted)
    } else if compound.has("WordDocument") {
        doc::read(compound)
    } else if compound.has("Workbook") || compound.has("Book") {
        sheet::read_xls(compound)
    } else {
        Err(Unreadable::NoReader("ole"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source::from_text(text.to_owned(), Format::Text, Encoding::Utf8)
    }

    #[test]
    fn finds_lines_by_offset() {
        let source = source("一\r\n二三\n\n四");
        assert_eq!(
            (source.line_of(0), source.line_of(4), source.line_of(5), source.line_of(99)),
            (1, 1, 2, 4)
        );
        assert_eq!(source.cut(source.line(1)), "一");
        assert_eq!(source.cut(source.line(2)), "二三");
        assert_eq!(source.cut(source.line(4)), "四");
        assert!(source.line(5).is_empty());
    }

    #[test]
    fn tells_what_it_cannot_read() {
        let read = |name: &str, bytes: &[u8]| Source::read(Path::new(name), bytes).map(|_| ());
        assert_eq!(read("a.pdf", b"%PDF-1.7"), Err(Unreadable::Damaged));
        assert_eq!(read("a.txt", b"%PDF-1.7"), Err(Unreadable::Damaged));
        assert_eq!(read("a.docx", b"PK\x03\x04"), Err(Unreadable::Damaged));
        assert_eq!(read("a.txt", b" \n\n"), Err(Unreadable::Empty));
        assert_eq!(read("a.txt", b""), Err(Unreadable::Empty));
        assert_eq!(read("a.txt", "收入".as_bytes()), Ok(()));
    }
}
