//! A text of Word since 2007 → paragraphs and tables in order, as they are shown: what was deleted is gone.

mod numbering;
mod styles;

use self::styles::Styles;
use super::build::Builder;
use super::grid::{Grid, GridCell, MOST_CELLS, Piece};
use super::lists::Lists;
use super::package::{Package, Tag, Token};
use super::{Format, Source, Unreadable};

/// The deepest that tables and boxes may stand in each other.
const DEEPEST: usize = 40;
/// How many twentieths of a point a half-width character of the usual size takes.
const HALF_WIDTH: i64 = 105;

/// Returns the text of a document.
pub(super) fn read(mut package: Package, body: &str) -> Result<Source, Unreadable> {
    let styles = package.part("word/styles.xml")?.map(Styles::read).transpose()?.unwrap_or_default();
    let lists = package.part("word/numbering.xml")?.map(numbering::read).transpose()?.unwrap_or_default();
    let mut reader = Reader {
        styles,
        lists,
        builder: Builder::new(Format::Word),
        open: Vec::new(),
        paragraph: Paragraph::default(),
        run: Run::default(),
        skipped: 0,
        cells: MOST_CELLS,
    };
    let body = package.part(body)?.ok_or(Unreadable::Damaged)?;
    body.each(|token| reader.token(token))?;
    for notes in ["word/footnotes.xml", "word/endnotes.xml"] {
        if let Some(notes) = package.part(notes)? {
            notes.each(|token| reader.token(token))?;
        }
    }
    reader.builder.finish()
}

/// A table, a row, a cell or a text box that is open, with what was read of it.
enum Open {
    Table {
        grid: Grid,
        head: bool,
    },
    Row {
        cells: Vec<GridCell>,
        column: u16,
        head: bool,
        deleted: bool,
    },
    Cell(GridCell),
    /// A box of text hangs on a paragraph, which goes on after it.
    TextBox {
        pieces: Vec<Piece>,
        paragraph: Paragraph,
    },
}

/// The paragraph at hand.
#[derive(Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    heading: Option<bool>,
    list: Option<i64>,
    level: Option<usize>,
    indent: i64,
    /// Whether its properties are being read.
    properties: bool,
    /// What stands in boxes beside it.
    boxes: Vec<Piece>,
}

/// The run of characters at hand.
#[derive(Default)]
struct Run {
    properties: bool,
    hidden: bool,
    text: bool,
}

struct Reader {
    styles: Styles,
    lists: Lists,
    builder: Builder,
    open: Vec<Open>,
    paragraph: Paragraph,
    run: Run,
    /// How deep in something that is not shown.
    skipped: usize,
    cells: usize,
}

impl Reader {
    fn token(&mut self, token: Token) -> Result<(), Unreadable> {
        match token {
            Token::Start(_) if self.skipped > 0 => self.skipped += 1,
            Token::End(_) if self.skipped > 0 => self.skipped -= 1,
            Token::Start(tag) => self.start(tag)?,
            Token::End(name) => self.end(name),
            Token::Text(text) if self.skipped == 0 && self.run.text && !self.run.hidden => {
                self.paragraph.text.push_str(text);
            }
            Token::Text(_) => {}
        }
        if self.builder.is_too_long() { Err(Unreadable::TooLarge) } else { Ok(()) }
    }

    fn start(&mut self, tag: &Tag) -> Result<(), Unreadable> {
        match tag.name() {
            "del" if matches!(self.open.last(), Some(Open::Row { .. })) => {
                if let Some(Open::Row { deleted, .. }) = self.open.last_mut() {
                    *deleted = true;
                }
            }
            // What was deleted or moved away, what a newer program shows otherwise, how a field is made, how it was before,
            // and the marks of where a note stands.
            "del" | "moveFrom" | "Fallback" | "instrText" | "delText" | "delInstrText" | "rt"
            | "pPrChange" | "rPrChange" | "tcPrChange" | "tblPrChange" | "trPrChange" | "tblGrid"
            | "sectPr" | "footnotePr" => {
                self.skipped = 1;
            }
            // A line above the notes is no note.
            "footnote" | "endnote" if tag.attribute("type").is_some() => self.skipped = 1,
            "p" => self.paragraph = Paragraph::default(),
            "pPr" => self.paragraph.properties = true,
            "r" => self.run = Run::default(),
            "rPr" => self.run.properties = true,
            "t" => self.run.text = true,
            "tbl" => {
                self.push(Open::Table { grid: Grid::default(), head: true })?;
            }
            "tr" => {
                self.count()?;
                self.push(Open::Row { cells: Vec::new(), column: 0, head: false, deleted: false })?;
            }
            "tc" => {
                self.count()?;
                let column = match self.open.last() {
                    Some(Open::Row { column, .. }) => *column,
                    _ => 0,
                };
                self.push(Open::Cell(GridCell::new(column, Vec::new())))?;
            }
            "txbxContent" => {
                let paragraph = std::mem::take(&mut self.paragraph);
                self.push(Open::TextBox { pieces: Vec::new(), paragraph })?;
            }
            "vanish" if self.run.properties && !self.paragraph.properties => self.run.hidden = tag.is_on(),
            name if self.paragraph.properties => self.property(name, tag),
            name => self.mark(name, tag),
        }
        Ok(())
    }

    /// A property of the paragraph.
    fn property(&mut self, name: &str, tag: &Tag) {
        let paragraph = &mut self.paragraph;
        match name {
            "pStyle" => paragraph.style = tag.attribute("val"),
            "outlineLvl" => paragraph.heading = Some(tag.number("val").is_some_and(|level| level < 9)),
            "numId" => paragraph.list = tag.number("val"),
            "ilvl" => paragraph.level = tag.number("val").and_then(|level| usize::try_from(level).ok()),
            "ind" => {
                let chars =
                    ["leftChars", "startChars", "firstLineChars"].iter().filter_map(|name| tag.number(name));
                let twips = ["left", "start", "firstLine"].iter().filter_map(|name| tag.number(name));
                let chars = chars.fold(0, i64::saturating_add) / 50;
                let twips = twips.fold(0, i64::saturating_add) / HALF_WIDTH;
                paragraph.indent = if chars > 0 { chars } else { twips };
            }
            _ => {}
        }
    }

    /// A mark in the text, or a property of a cell or a row.
    fn mark(&mut self, name: &str, tag: &Tag) {
        let value = || u16::try_from(tag.count("val")).unwrap_or(u16::MAX);
        match (name, self.open.last_mut()) {
            ("gridSpan", Some(Open::Cell(cell))) => cell.columns = value(),
            ("vMerge", Some(Open::Cell(cell))) => {
                cell.covered = tag.attribute("val").as_deref() != Some("restart");
            }
            ("gridBefore", Some(Open::Row { column, .. })) => *column = column.saturating_add(value()),
            ("tblHeader", Some(Open::Row { head, .. })) => *head = tag.is_on(),
            ("tab" | "ptab", _) if !self.run.hidden => self.paragraph.text.push('\t'),
            ("br" | "cr", _) if !self.run.hidden => self.paragraph.text.push('\n'),
            ("noBreakHyphen", _) => self.paragraph.text.push('-'),
            ("sym", _) => {
                let font = tag.attribute("font").unwrap_or_default();
                let code = tag.attribute("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
                self.paragraph.text.extend(code.and_then(|code| symbol(&font, code)));
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => self.end_paragraph(),
            "pPr" => self.paragraph.properties = false,
            "rPr" => self.run.properties = false,
            "t" => self.run.text = false,
            "r" => self.run = Run::default(),
            "tc" => {
                if let Some(Open::Cell(cell)) = self.pop(|open| matches!(open, Open::Cell(_)))
                    && let Some(Open::Row { cells, column, .. }) = self.open.last_mut()
                {
                    *column = cell.column.saturating_add(cell.columns);
                    cells.push(cell);
                }
            }
            "tr" => {
                if let Some(Open::Row { cells, head, deleted, .. }) =
                    self.pop(|open| matches!(open, Open::Row { .. }))
                    && let Some(Open::Table { grid, head: still }) = self.open.last_mut()
                    && !deleted
                {
                    *still &= head;
                    grid.head_rows += u16::from(*still && grid.head_rows < u16::MAX);
                    grid.rows.push(cells);
                }
            }
            "tbl" => {
                if let Some(Open::Table { mut grid, .. }) =
                    self.pop(|open| matches!(open, Open::Table { .. }))
                {
                    grid.count_rows();
                    self.add(Piece::Table(grid));
                }
            }
            "txbxContent" => {
                if let Some(Open::TextBox { pieces, paragraph }) =
                    self.pop(|open| matches!(open, Open::TextBox { .. }))
                {
                    self.paragraph = paragraph;
                    self.paragraph.boxes.extend(pieces);
                }
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        let style = paragraph.style.as_deref();
        let (list, level) = self.styles.list(style);
        let list = paragraph.list.or(list).filter(|list| *list != 0);
        let shown = !paragraph.text.trim().is_empty();
        let number =
            list.filter(|_| shown).and_then(|list| self.lists.next(list, paragraph.level.unwrap_or(level)));
        let heading = paragraph.heading.unwrap_or_else(|| self.styles.is_heading(style));
        if shown {
            let text = number.unwrap_or_default() + &paragraph.text;
            if let Some(Open::Cell(cell)) = self.open.last_mut().filter(|_| paragraph.indent > 0)
                && cell.pieces.is_empty()
            {
                cell.indent = u16::try_from(paragraph.indent).unwrap_or(u16::MAX);
            }
            self.add(Piece::Paragraph(heading, text));
        }
        for piece in paragraph.boxes {
            self.add(piece);
        }
    }

    /// Puts a paragraph or a table where it belongs.
    fn add(&mut self, piece: Piece) {
        match self.open.iter_mut().rev().find(|open| matches!(open, Open::Cell(_) | Open::TextBox { .. })) {
            Some(Open::Cell(cell)) => cell.pieces.push(piece),
            Some(Open::TextBox { pieces, .. }) => pieces.push(piece),
            _ => self.builder.pieces(vec![piece]),
        }
    }

    fn count(&mut self) -> Result<(), Unreadable> {
        self.cells = self.cells.checked_sub(1).ok_or(Unreadable::TooManyCells)?;
        Ok(())
    }

    fn push(&mut self, open: Open) -> Result<(), Unreadable> {
        if self.open.len() >= 3 * DEEPEST {
            return Err(Unreadable::TooDeep);
        }
        self.open.push(open);
        Ok(())
    }

    /// Takes the innermost open thing, where it is of the kind that ends.
    fn pop(&mut self, ends: impl Fn(&Open) -> bool) -> Option<Open> {
        self.open.pop_if(|open| ends(open))
    }
}

/// The boxes and ticks that come from fonts of pictures.
fn symbol(font: &str, code: u32) -> Option<char> {
    let code = code & 0xFF;
    match (font.trim(), code) {
        ("Wingdings", 0xA8 | 0x6F | 0x71) | ("Wingdings 2", 0xA3 | 0x2A) => Some('□'),
        ("Wingdings", 0xFE) | ("Wingdings 2", 0x52) => Some('☑'),
        ("Wingdings", 0xFC) | ("Wingdings 2", 0x50) => Some('√'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::super::package::tests::zipped;
    use super::super::shown::shown;
    use super::*;

    fn read_body(body: &str) -> Result<Source, Unreadable> {
        let body =
            format!("<?xml version='1.0'?><w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
        let styles = "<w:styles xmlns:w='w'><w:style w:type='paragraph' w:styleId='2'><w:name w:val='heading 1'/></w:style>\
             <w:style w:styleId='3'><w:basedOn w:val='2'/></w:style></w:styles>";
        let bytes = zipped(&[("word/document.xml", body.as_bytes()), ("word/styles.xml", styles.as_bytes())]);
        read(Package::open(&bytes)?, "word/document.xml")
    }

    #[track_caller]
    fn check(body: &str, expect: &Expect) {
        expect.assert_eq(&shown(read_body(body)));
    }

    #[test]
    fn text_is_what_the_document_shows() {
        check(
            "<w:p><w:pPr><w:pStyle w:val='3'/></w:pPr><w:r><w:t>一、收入</w:t></w:r></w:p>\
             <w:p><w:r><w:t>1,2</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>02.95</w:t><w:tab/><w:t>万元&#12290;</w:t></w:r></w:p>\
             <w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>\
             <w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>\
             <w:r><w:fldChar w:fldCharType='begin'/><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>3</w:t></w:r></w:p>\
             <w:p/><w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:sym w:font='Wingdings 2' w:char='F052'/></w:r></w:p>",
            &expect![[r"
                # 一、收入
                1,202.95	万元。
                新3
                甲
                乙☑
            "]],
        );
    }

    #[test]
    fn boxes_stand_after_the_paragraph_they_hang_on() {
        check(
            "<w:p><w:r><w:t>前</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p>\
             </w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent>\
             </mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>后</w:t></w:r></w:p>",
            &expect![[r"
                前后
                框
            "]],
        );
    }

    #[test]
    fn cells_stand_in_their_columns() {
        let cell = |properties: &str, text: &str| {
            format!(
                "<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:pPr><w:ind w:left='210'/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
            )
        };
        let rows = [
            [
                "<w:tr><w:trPr><w:tblHeader/></w:trPr>",
                &cell("<w:gridSpan w:val='2'/>", "科目"),
                &cell("<w:vMerge w:val='restart'/>", "合计"),
                "</w:tr>",
            ]
            .concat(),
            ["<w:tr>", &cell("", "编码"), &cell("", "名称"), &cell("<w:vMerge/>", ""), "</w:tr>"].concat(),
            ["<w:tr><w:trPr><w:del/></w:trPr>", &cell("", "999"), &cell("", "删"), &cell("", "1"), "</w:tr>"]
                .concat(),
            [
                "<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>",
                &cell("", "甲"),
                &cell("", "3.43"),
                "</w:tr>",
            ]
            .concat(),
        ];
        check(
            &format!("<w:tbl>{}</w:tbl>", rows.concat()),
            &expect![[r"
            |0:科目[2x1] 2:合计[1x2]
            |0:编码 1:名称
            |1:甲 2:3.43
        "]],
        );
        let source = read_body(&format!("<w:tbl>{}</w:tbl>", rows.concat())).expect("a document");
        assert_eq!((source.tables[0].head_rows, source.tables[0].rows[2].cells[0].indent), (1, 2));
    }

    #[test]
    fn a_table_in_a_frame_is_a_table() {
        let table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
        check(
            &format!(
                "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>表1</w:t></w:r></w:p>{table}<w:p/></w:tc></w:tr></w:tbl>"
            ),
            &expect![[r"
                表1
                |0:甲 1:1
            "]],
        );
    }

    #[test]
    fn what_no_document_needs_is_refused() {
        let deep = "<w:tbl><w:tr><w:tc>".repeat(100);
        assert_eq!(read_body(&deep).map(|_| ()), Err(Unreadable::TooDeep));
        assert_eq!(read_body(&"<x>".repeat(5000)).map(|_| ()), Err(Unreadable::TooDeep));
        let cells = format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", "<w:tc/>".repeat(MOST_CELLS + 1));
        assert_eq!(read_body(&cells).map(|_| ()), Err(Unreadable::TooManyCells));
        let entities = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><w:document><w:p><w:r><w:t>&b;一</w:t></w:r></w:p></w:document>";
        let bytes = zipped(&[("word/document.xml", entities.as_bytes())]);
        let source = read(Package::open(&bytes).expect("a zip"), "word/document.xml").expect("a document");
        assert_eq!(source.text, "一\n");
    }
}
