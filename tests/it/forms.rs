//! One text in many forms gives the same figures: line ends, encodings, widths of marks, spaces, and lines of any width.

use std::path::Path;

use mingbai::model::Disclosure;
use mingbai::parse::parse;
use mingbai::source::Source;

use crate::shared;

/// Another form of a text.
#[derive(Debug, Clone, Copy)]
enum Form {
    /// Lines end with `\r\n`.
    CarriageReturns,
    /// The bytes are GB18030.
    Gb18030,
    /// Marks and brackets are full-width.
    FullWidth,
    /// Marks and brackets are half-width.
    HalfWidth,
    /// A space stands between Chinese and digits.
    Spaced,
    /// No space stands anywhere but where lines begin.
    Unspaced,
    /// Lines are broken after so many columns, as by a converter from PDF.
    Wrapped(usize),
}

/// What is compared of a figure: everything but its place.
#[derive(Debug, PartialEq, Eq)]
struct Figure {
    subject: String,
    value: String,
    what: String,
    parent: Option<String>,
}

fn read(path: &Path, bytes: &[u8]) -> Disclosure {
    parse(path, Source::read(path, bytes).expect("it is a text"))
}

fn figures(disclosure: &Disclosure) -> Vec<Figure> {
    let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let name = |item: &mingbai::model::Item| plain(disclosure.words.subject_text(item.subject));
    let items = disclosure.items.iter().map(|item| Figure {
        subject: name(item),
        value: item.value.to_string(),
        what: format!(
            "{:?} {:?} {:?} {:?} {:?}",
            item.measure,
            item.unit,
            item.year(),
            item.basis,
            item.relation
        ),
        parent: item
            .parent
            .and_then(|parent| disclosure.items.get(parent.0 as usize))
            .map(|parent| format!("{}{}", name(parent), parent.value)),
    });
    items.collect()
}

impl Form {
    fn of(self, text: &str) -> Vec<u8> {
        let swap = |pairs: &[(char, char)]| -> String {
            text.chars().map(|c| pairs.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to)).collect()
        };
        match self {
            Self::CarriageReturns => text.replace("\r\n", "\n").replace('\n', "\r\n").into_bytes(),
            Self::Gb18030 => encoding_rs::GB18030.encode(text).0.into_owned(),
            // The comma between digits is a thousands separator and stays; so does the point of a number.
            Self::FullWidth => full_width(text).into_bytes(),
            Self::HalfWidth => {
                swap(&[('，', ','), ('：', ':'), ('；', ';'), ('（', '('), ('）', ')'), ('％', '%')])
                    .into_bytes()
            }
            Self::Spaced => spaced(text).into_bytes(),
            Self::Unspaced => text.lines().map(unspaced).collect::<Vec<_>>().join("\n").into_bytes(),
            Self::Wrapped(width) => {
                text.lines().map(|line| wrapped(line, width)).collect::<Vec<_>>().join("\n").into_bytes()
            }
        }
    }
}

fn full_width(text: &str) -> String {
    let mut before = ' ';
    let mut swapped = String::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let separates = before.is_ascii_digit() && rest.peek().is_some_and(char::is_ascii_digit);
        swapped.push(match c {
            ',' if !separates => '，',
            ':' if !separates => '：',
            ';' => '；',
            '(' => '（',
            ')' => '）',
            '%' => '％',
            c => c,
        });
        before = c;
    }
    swapped
}

fn spaced(text: &str) -> String {
    let mut out = String::new();
    let mut before = '\n';
    for c in text.chars() {
        let chinese = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
        if chinese(before) && c.is_ascii_digit() || before.is_ascii_digit() && chinese(c) {
            out.push(' ');
        }
        out.push(c);
        before = c;
    }
    out
}

/// A line without spaces inside. Those at its beginning stay, and so does one that makes a mark of Markdown.
fn unspaced(line: &str) -> String {
    let start = line.len() - line.trim_start_matches(['#', ' ', '-', '\u{3000}']).len();
    let (head, rest) = line.split_at(start);
    format!("{head}{}", rest.replace([' ', '\u{a0}'], ""))
}

/// A line broken where `width` columns are full, a Chinese character taking two.
///
/// Excepted, for nobody could tell: headings, rows of tables and short lines stay whole, because a broken heading looks
/// like a heading and a sentence; and no full line ends with a mark or ends its paragraph, because after one a paragraph
/// may end or go on.
fn wrapped(line: &str, width: usize) -> String {
    let columns = |c: char| if c.is_ascii() { 1 } else { 2 };
    let is_mark = |c: char| "。；：;:.!?！？*".contains(c);
    let sentence = line.contains(['。', '；', '，', ',']) && !line.starts_with(['\t', '#', '-']);
    if !sentence {
        return line.to_owned();
    }
    let mut lines = vec![String::new()];
    let mut column = 0;
    for c in line.chars() {
        if column + columns(c) > width {
            lines.push(String::new());
            column = carry(&mut lines, is_mark).chars().map(columns).sum();
        }
        column += columns(c);
        lines.last_mut().expect("there is one").push(c);
    }
    if column + 1 >= width {
        lines.push(String::new());
        let mut first = true;
        carry(&mut lines, |c| std::mem::take(&mut first) || is_mark(c));
    }
    lines.join("\n")
}

/// Moves the characters that may not end a line to the beginning of the next, which is the last, and returns it.
fn carry(lines: &mut [String], mut moves: impl FnMut(char) -> bool) -> &str {
    let [.., full, next] = lines else { return "" };
    while full.chars().next_back().is_some_and(&mut moves) {
        next.insert(0, full.pop().expect("it has a character"));
    }
    next
}

#[track_caller]
fn assert_same(form: Form) {
    for (path, bytes) in shared::files() {
        let whole = read(&path, &bytes);
        let other = read(&path, &form.of(&whole.source.text));
        let (whole, other) = (figures(&whole), figures(&other));
        for (wanted, found) in whole.iter().zip(&other) {
            assert_eq!(found, wanted, "{form:?} of {}", path.display());
        }
        assert_eq!(other.len(), whole.len(), "{form:?} of {}", path.display());
    }
}

#[test]
fn line_ends_and_encodings_change_nothing() {
    assert_same(Form::CarriageReturns);
    assert_same(Form::Gb18030);
}

#[test]
fn widths_of_marks_change_nothing() {
    assert_same(Form::FullWidth);
    assert_same(Form::HalfWidth);
}

#[test]
fn spaces_change_nothing() {
    assert_same(Form::Spaced);
    assert_same(Form::Unspaced);
}

#[test]
fn lines_of_any_width_change_nothing() {
    for width in (40..160).step_by(6) {
        assert_same(Form::Wrapped(width));
    }
}
