//! Rich text, which many a .doc is → paragraphs and tables in order.

use std::collections::HashMap;

use encoding_rs::{BIG5, Encoding as Charset, GB18030, SHIFT_JIS, UTF_8, WINDOWS_1252};

use super::marked::{Marked, RowShape};
use super::{Format, Source, Unreadable};

/// The deepest that groups may stand in each other.
const DEEPEST: usize = 2000;

/// Returns the text of a document.
pub(super) fn read(bytes: &[u8]) -> Result<Source, Unreadable> {
    let mut reader = Reader {
        text: Marked::new(Format::Word),
        group: Group { fallback: 1, ..Group::default() },
        groups: Vec::new(),
        usual: GB18030,
        fonts: HashMap::new(),
        font_named: 0,
        bytes: Vec::new(),
        line: String::new(),
        half: 0,
        skip: 0,
        row: RowShape::default(),
        cell: (false, false),
        properties: Properties::default(),
    };
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'{' => reader.open()?,
            b'}' => reader.close(),
            b'\\' => at = reader.control(bytes, at)?,
            b'\r' | b'\n' | 0 => {}
            byte => reader.byte(*byte),
        }
    }
    reader.end_line()?;
    reader.text.finish()
}

/// What holds in a group and ends with it.
#[derive(Debug, Clone, Default)]
struct Group {
    /// What stands in it belongs to no text.
    destination: Destination,
    font: i64,
    hidden: bool,
    /// How many bytes after a character by number stand for it in older programs.
    fallback: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Destination {
    #[default]
    Text,
    Fonts,
    Nothing,
}

/// What holds of the paragraph at hand.
#[derive(Debug, Clone, Default)]
struct Properties {
    depth: usize,
    indent: i32,
    heading: bool,
}

struct Reader {
    text: Marked,
    group: Group,
    groups: Vec<Group>,
    /// The encoding of bytes where their font does not say.
    usual: &'static Charset,
    fonts: HashMap<i64, &'static Charset>,
    /// The font that the table of fonts is about.
    font_named: i64,
    /// Bytes that are not decoded yet.
    bytes: Vec<u8>,
    line: String,
    /// The first half of a character of which the second has not come.
    half: u16,
    /// How many of the next characters stand for one that was there already.
    skip: usize,
    row: RowShape,
    /// Whether the cell that is described belongs to the one before, and to the one above.
    cell: (bool, bool),
    properties: Properties,
}

impl Reader {
    fn open(&mut self) -> Result<(), Unreadable> {
        self.flush();
        if self.groups.len() >= DEEPEST {
            return Err(Unreadable::TooDeep);
        }
        self.groups.push(self.group.clone());
        Ok(())
    }

    fn close(&mut self) {
        self.flush();
        self.skip = 0;
        if let Some(group) = self.groups.pop() {
            self.group = group;
        }
    }

    fn is_shown(&self) -> bool {
        self.group.destination == Destination::Text && !self.group.hidden
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if self.is_shown() {
            self.bytes.push(byte);
        }
    }

    fn push(&mut self, c: char) {
        self.flush();
        if self.is_shown() {
            self.line.push(c);
        }
    }

    /// Decodes the bytes that have come.
    fn flush(&mut self) {
        if !self.bytes.is_empty() {
            let charset = self.fonts.get(&self.group.font).copied().unwrap_or(self.usual);
            let charset = if charset == WINDOWS_1252 { self.usual } else { charset };
            self.line.push_str(&charset.decode_without_bom_handling(&self.bytes).0);
            self.bytes.clear();
        }
    }

    /// Reads what follows a backslash and returns the byte after it.
    fn control(&mut self, bytes: &[u8], at: usize) -> Result<usize, Unreadable> {
        let Some(&first) = bytes.get(at) else { return Ok(at) };
        if !first.is_ascii_alphabetic() {
            match first {
                b'\'' => {
                    let digits =
                        bytes.get(at + 1..at + 3).and_then(|digits| std::str::from_utf8(digits).ok());
                    if let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
                        self.byte(byte);
                    }
                    return Ok(at + 3);
                }
                b'*' => self.group.destination = Destination::Nothing,
                b'~' => self.push('\u{a0}'),
                b'_' => self.push('-'),
                b'\\' | b'{' | b'}' => self.byte(first),
                b'\r' | b'\n' => self.word("par", None)?,
                _ => {}
            }
            return Ok(at + 1);
        }
        let rest = bytes.get(at..).unwrap_or_default();
        let letters = rest.iter().take(32).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let digits = rest.get(letters..).unwrap_or_default();
        let digits = digits
            .iter()
            .take(11)
            .enumerate()
            .take_while(|(at, byte)| byte.is_ascii_digit() || *at == 0 && **byte == b'-');
        let end = letters + digits.count();
        let word = rest.get(..letters).and_then(|word| std::str::from_utf8(word).ok()).unwrap_or_default();
        let number =
            rest.get(letters..end).and_then(|digits| std::str::from_utf8(digits).ok()?.parse::<i64>().ok());
        let space = usize::from(rest.get(end) == Some(&b' '));
        if word == "bin" {
            let length = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
            return Ok(at.saturating_add(end + space).saturating_add(length));
        }
        self.word(word, number)?;
        Ok(at + end + space)
    }

    fn word(&mut self, word: &str, number: Option<i64>) -> Result<(), Unreadable> {
        let on = number != Some(0);
        let value = number.unwrap_or(0).clamp(i64::from(i32::MIN / 8), i64::from(i32::MAX / 8)) as i32;
        match word {
            "fonttbl" => self.group.destination = Destination::Fonts,
            // Programs that know nothing of what is marked with * read it nevertheless.
            "nesttableprops" | "shptxt" | "shpinst" if self.group.destination == Destination::Nothing => {
                self.group.destination = Destination::Text;
            }
            "shptxt" => self.end_line()?,
            "colortbl" | "stylesheet" | "info" | "pict" | "object" | "header" | "headerl" | "headerr"
            | "headerf" | "footer" | "footerl" | "footerr" | "footerf" | "listtable"
            | "listoverridetable" | "fldinst" | "nonesttables" | "themedata" | "datastore" | "generator"
            | "sp" | "shprslt" | "bkmkstart" | "bkmkend" | "annotation" | "xe" | "tc" => {
                self.group.destination = Destination::Nothing;
            }
            "ansicpg" => self.usual = charset(number.unwrap_or(0)).unwrap_or(self.usual),
            "f" if self.group.destination == Destination::Fonts => self.font_named = number.unwrap_or(0),
            "fcharset" if self.group.destination == Destination::Fonts => {
                let charset = match number {
                    Some(134) => GB18030,
                    Some(136) => BIG5,
                    Some(128) => SHIFT_JIS,
                    _ => WINDOWS_1252,
                };
                self.fonts.insert(self.font_named, charset);
            }
            "f" => {
                self.flush();
                self.group.font = number.unwrap_or(0);
            }
            "uc" => self.group.fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(1),
            "u" => self.unicode(number.unwrap_or(0)),
            "v" | "deleted" => {
                self.flush();
                self.group.hidden = on;
            }
            "plain" => {
                self.flush();
                self.group.hidden = false;
            }
            _ if !self.is_shown() => {}
            "par" | "sect" | "page" => self.end_line()?,
            "line" => self.push('\n'),
            "tab" => self.push('\t'),
            "emdash" => self.push('—'),
            "endash" => self.push('–'),
            "lquote" => self.push('‘'),
            "rquote" => self.push('’'),
            "ldblquote" => self.push('“'),
            "rdblquote" => self.push('”'),
            "bullet" => self.push('•'),
            "pard" => self.properties = Properties::default(),
            "intbl" => self.properties.depth = self.properties.depth.max(1),
            "itap" => self.properties.depth = usize::try_from(value).unwrap_or(0),
            "li" | "fi" => self.properties.indent += value,
            "outlinelevel" => self.properties.heading = value < 9,
            _ => self.table(word, value)?,
        }
        Ok(())
    }

    fn table(&mut self, word: &str, value: i32) -> Result<(), Unreadable> {
        match word {
            "trowd" => (self.row, self.cell) = (RowShape::default(), (false, false)),
            "trhdr" => self.row.head = true,
            "trleft" => self.row.edges = vec![value],
            "clmrg" => self.cell.0 = true,
            "clvmrg" => self.cell.1 = true,
            "cellx" => {
                if self.row.edges.is_empty() {
                    self.row.edges.push(value.min(0));
                }
                if self.row.merged.len() > usize::from(u16::MAX) {
                    return Err(Unreadable::TooManyCells);
                }
                self.row.edges.push(value);
                self.row.merged.push(std::mem::take(&mut self.cell));
            }
            "cell" | "nestcell" => {
                self.properties.depth = if word == "cell" { 1 } else { self.properties.depth.max(2) };
                self.end_line()?;
                self.text.end_cell()?;
            }
            "row" | "nestrow" => {
                self.text.enter(if word == "row" { 1 } else { self.properties.depth.max(2) })?;
                self.text.end_row(self.row.clone());
            }
            _ => {}
        }
        Ok(())
    }

    /// A character by number, negative from 32,768 on; one beyond 65,535 comes in two halves.
    fn unicode(&mut self, number: i64) {
        let unit = u16::try_from(number & 0xFFFF).unwrap_or(0);
        self.flush();
        if self.is_shown() {
            let halves = [std::mem::take(&mut self.half), unit];
            let units = if halves[0] == 0 { &halves[1..] } else { &halves };
            if (0xD800..0xDC00).contains(&unit) {
                self.half = unit;
            } else {
                self.line.push_str(&String::from_utf16_lossy(units));
            }
        }
        self.skip = self.group.fallback;
    }

    fn end_line(&mut self) -> Result<(), Unreadable> {
        self.flush();
        let line = std::mem::take(&mut self.line);
        self.text.enter(self.properties.depth)?;
        if !line.trim().is_empty() {
            self.text.paragraph(self.properties.heading, line, self.properties.indent);
        }
        Ok(())
    }
}

fn charset(codepage: i64) -> Option<&'static Charset> {
    match codepage {
        936 | 54936 => Some(GB18030),
        950 => Some(BIG5),
        932 => Some(SHIFT_JIS),
        65001 => Some(UTF_8),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::super::shown::shown;
    use super::*;

    #[track_caller]
    fn check(rtf: &str, expect: &Expect) {
        expect.assert_eq(&shown(read(rtf.as_bytes())));
    }

    #[test]
    fn text_comes_by_bytes_and_by_numbers() {
        check(
            r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset134 \'cb\'ce\'cc\'e5;}}{\*\generator x;}
{\info{\title no}}\f1\'ca\'d5\'c8\'eb\f0 1,202.95{\uc2\u19975\'cd\'f2}\uc1\u20803?\par {\v no}{\header no}{\deleted no}\u-10179?\u-8694?{\field{\*\fldinst PAGE}{\fldrslt 3}}\line a\{\~b\par}",
            &expect![[r"
                收入1,202.95万元
                😊3
                a{ b
            "]],
        );
    }

    #[test]
    fn cells_stand_in_their_columns() {
        check(
            r"{\rtf1 1\par\trowd\trleft0\clmgf\cellx1000\clmrg\cellx2000\clvmgf\cellx3000\pard\intbl a\cell\cell b\cell\row
\trowd\trleft0\cellx1000\cellx2000\clvmrg\cellx3000\pard\intbl c\par d\cell e\cell\cell\row\pard 2\par}",
            &expect![[r"
                1
                |0:a[2x1] 2:b[1x2]
                |0:c/d 1:e
                2
            "]],
        );
    }

    #[test]
    fn groups_without_end_are_refused() {
        assert_eq!(read("{".repeat(100_000).as_bytes()).map(|_| ()), Err(Unreadable::TooDeep));
        assert_eq!(read(b"{\\rtf1\\itap99 a\\par}").map(|_| ()), Err(Unreadable::TooDeep));
        assert_eq!(read(b"{\\rtf1\\bin99999999999 a").map(|_| ()), Err(Unreadable::Empty));
    }
}
