//! Text from documents → characters that are safe to draw and the cells they take: the only place that measures.

use std::cell::Cell;

use unicode_width::UnicodeWidthChar;

use crate::print::plain;
use crate::source::Span;

/// What a terminal can draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Glyphs {
    /// Whether lines and signs are drawn in ASCII.
    pub ascii: bool,
    /// Whether characters of ambiguous width, such as “ ” — … ①, take two cells, as some Chinese terminals have them.
    pub wide: bool,
}

thread_local! {
    /// What the terminal of this thread can draw: everything that is measured and drawn depends on it.
    static GLYPHS: Cell<Glyphs> = const { Cell::new(Glyphs { ascii: false, wide: false }) };
}

/// Says what the terminal of this thread can draw.
pub fn choose(glyphs: Glyphs) {
    // Lines that take two cells could not be joined.
    GLYPHS.set(Glyphs { ascii: glyphs.ascii || glyphs.wide, ..glyphs });
}

/// Returns what is drawn for a line or sign where there is only ASCII.
fn ascii(c: char) -> Option<char> {
    Some(match c {
        '─' | '━' => '-',
        '│' | '▎' => '|',
        '╭' | '╮' | '╰' | '╯' | '├' | '┤' | '┬' | '┴' | '┼' => '+',
        '▸' | '›' | '→' => '>',
        '▾' | '✓' | '↓' => 'v',
        '✗' => 'x',
        '▲' => '!',
        '·' => '.',
        '↑' => '^',
        '←' => '<',
        '▁' | '▂' => '_',
        '▃'..='▅' => '=',
        '┃' | '▆'..='█' | '■' => '#',
        '●' => '*',
        '○' => 'o',
        _ => return None,
    })
}

/// Returns how many cells a character takes in this terminal; nothing for one without a width.
fn cells(c: char) -> Option<usize> {
    if GLYPHS.get().wide { c.width_cjk() } else { c.width() }
}

/// What is drawn for a character that shows nothing or would change how others are shown.
const HIDDEN: char = '␦';
/// What stands for the rest of a text that was cut.
const CUT: char = '…';

/// Returns the character that is drawn for `c`.
///
/// White space is a space. Control characters are their pictures (␛), everything without a width of its own is a
/// visible mark: combining, zero-width and bidirectional characters in a disclosure are accidents or worse, and each
/// character that is drawn owns its cells.
pub fn shown(c: char) -> char {
    match c {
        ' '..='~' | '\u{3000}' => c,
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or(HIDDEN),
        '\u{7f}' => '␡',
        c if plain::is_hidden(c) => HIDDEN,
        c if c.is_whitespace() => ' ',
        c => match cells(c) {
            None | Some(0) => HIDDEN,
            Some(_) if GLYPHS.get().ascii => ascii(c).unwrap_or(c),
            Some(_) => c,
        },
    }
}

/// Returns how many cells `c` takes as it is drawn: at least one.
pub fn of_char(c: char) -> usize {
    match c {
        ' '..='~' => 1,
        c => cells(shown(c)).unwrap_or(1).max(1),
    }
}

/// Returns how many cells `text` takes as it is drawn.
pub fn of(text: &str) -> usize {
    text.chars().map(of_char).sum()
}

/// Returns `text` as it is drawn in at most `cells` cells, the end cut off with a mark where it does not fit.
pub fn fit(text: &str, cells: usize) -> String {
    let whole = of(text) <= cells;
    let room = if whole { cells } else { cells.saturating_sub(of_char(CUT)) };
    let mut fitted: String = within(text.chars(), room).map(shown).collect();
    if !whole && cells > 0 {
        fitted.push(CUT);
    }
    fitted
}

/// Returns `text` as it is drawn in at most `cells` cells, the middle cut out where it does not fit: of a path both the
/// folder and the ending tell something.
pub fn fit_middle(text: &str, cells: usize) -> String {
    if of(text) <= cells {
        return text.chars().map(shown).collect();
    }
    let room = cells.saturating_sub(of_char(CUT));
    let head: String = within(text.chars(), room / 3).map(shown).collect();
    let tail: Vec<char> = within(text.chars().rev(), room - of(&head)).map(shown).collect();
    if cells == 0 { String::new() } else { head.chars().chain([CUT]).chain(tail.into_iter().rev()).collect() }
}

/// Returns the first characters that together take at most `cells` cells.
fn within(chars: impl Iterator<Item = char>, cells: usize) -> impl Iterator<Item = char> {
    let mut used = 0;
    chars.take_while(move |&c| {
        used += of_char(c);
        used <= cells
    })
}

/// How text goes on from row to row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// As sentences.
    Prose,
    /// As the cells of a table row, with tabs or line ends between them.
    Cells,
}

/// What is drawn between two cells.
pub const BETWEEN_CELLS: &str = " │ ";

impl Flow {
    /// Returns whether a character stands between cells. A run of such characters is drawn as one rule.
    pub fn parts_cells(self, c: char) -> bool {
        self == Self::Cells && matches!(c, '\t' | '\n' | '\r')
    }

    /// Returns how many cells a character takes behind another one.
    fn advance(self, before: Option<char>, c: char) -> usize {
        match (self.parts_cells(c), before) {
            (false, _) => of_char(c),
            (true, Some(before)) if self.parts_cells(before) => 0,
            (true, _) => BETWEEN_CELLS.chars().count(),
        }
    }
}

/// Returns the spans of the rows that `text` takes in `cells` cells. Together they are the whole text.
///
/// Numbers with their units and Latin words stay whole, and no row begins with a closing mark, unless a row alone is
/// too short for that.
pub fn wrap(text: &str, cells: usize, flow: Flow) -> Vec<Span> {
    let cells = cells.max(BETWEEN_CELLS.chars().count());
    let mut rows = Vec::new();
    let (mut start, mut used) = (0, 0);
    // The last place where the row may end, and how many cells lie before it.
    let mut pause = (0, 0);
    let mut before = None;
    for (at, c) in text.char_indices() {
        let wide = flow.advance(before, c);
        if !flow.parts_cells(c) && before.is_none_or(|before| flow.parts_cells(before) || may_part(before, c))
        {
            pause = (at, used);
        }
        if used + wide > cells && used > 0 {
            let (end, filled) = if pause.0 > start { pause } else { (at, used) };
            rows.push(Span::new(start, end));
            start = end;
            used -= filled;
            pause = (start, 0);
        }
        used += wide;
        before = Some(c);
    }
    rows.push(Span::new(start, text.len()));
    rows
}

/// Marks after which no row ends.
const OPENING: &str = "（(《〈【“‘「〔[";
/// Marks that no row begins with.
const CLOSING: &str = "。，、；：？！）》〉】”’」〕.,;:?!)]";
/// What stays with the number before it.
const UNITS: &str = "%％‰万亿元人辆个年";

/// Returns whether a row may end between two characters.
fn may_part(before: char, after: char) -> bool {
    let counted = UNITS.contains(after) && (joins(before) || matches!(before, '万' | '亿'));
    let joined = joins(before) && joins(after);
    !(OPENING.contains(before) || CLOSING.contains(after) || counted || joined)
}

/// Returns whether a character is part of a number or a Latin word.
fn joins(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '-' | '+' | '_' | '０'..='９' | '．')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::source::span::cut;

    #[test]
    fn hostile_characters_become_visible() {
        let drawn = |text: &str| text.chars().map(shown).collect::<String>();
        assert_eq!(drawn("a\u{1b}[31mb"), "a␛[31mb");
        assert_eq!(drawn("1\t2\r\n3"), "1 2  3");
        assert_eq!(drawn("\u{202e}万\u{200b}元\u{feff}"), "␦万␦元␦");
        assert_eq!(drawn("e\u{301}\u{20dd}"), "e␦␦");
        assert_eq!(drawn("\u{9b}2J\u{7f}"), "␦2J␡");
        assert_eq!(drawn("三\u{a0}公\u{3000}费"), "三 公\u{3000}费");
        assert_eq!(drawn("👨\u{200d}👩"), "👨␦👩");
    }

    #[test]
    fn measures_as_drawn() {
        assert_eq!((of("公务接待费"), of("3.43"), of("（％）"), of("“三公”")), (10, 4, 6, 6));
        assert_eq!((of("\u{1b}"), of("\u{301}"), of("")), (1, 1, 0));
    }

    #[track_caller]
    fn check_fit(text: &str, cells: usize, end: &str, middle: &str) {
        assert_eq!(
            (fit(text, cells).as_str(), fit_middle(text, cells).as_str()),
            (end, middle),
            "in {cells}"
        );
    }

    #[test]
    fn cuts_between_whole_characters() {
        check_fit("公务接待费", 10, "公务接待费", "公务接待费");
        check_fit("公务接待费", 9, "公务接待…", "公…接待费");
        check_fit("公务接待费", 8, "公务接…", "公…待费");
        check_fit("公务接待费", 2, "…", "…");
        check_fit("公务", 0, "", "");
        check_fit("samples/a/2022.txt", 12, "samples/a/2…", "sam…2022.txt");
    }

    #[track_caller]
    fn check_wrap(text: &str, cells: usize, rows: &[&str]) {
        let found: Vec<&str> = wrap(text, cells, Flow::Prose).into_iter().map(|row| cut(text, row)).collect();
        assert_eq!(found, rows);
    }

    #[test]
    fn keeps_numbers_whole_and_marks_off_the_start_of_a_row() {
        check_wrap("公务接待费支出3.43万元", 18, &["公务接待费支出", "3.43万元"]);
        check_wrap("会议费，培训费", 6, &["会议", "费，培", "训费"]);
        check_wrap("占54.18%", 7, &["占", "54.18%"]);
        check_wrap("会议费,培训费", 6, &["会议", "费,培", "训费"]);
        check_wrap("占（1）项", 4, &["占", "（1", "）项"]);
        check_wrap("12345678901234", 5, &["12345", "67890", "1234"]);
        check_wrap("元", 0, &["元"]);
        check_wrap("", 10, &[""]);
    }

    #[test]
    fn the_cells_of_a_table_row_are_parted_by_one_rule() {
        let rows = wrap("科目\n\n3.43\t\t3.15\n", 14, Flow::Cells);
        let text = "科目\n\n3.43\t\t3.15\n";
        let found: Vec<&str> = rows.into_iter().map(|row| cut(text, row)).collect();
        assert_eq!(found, ["科目\n\n3.43\t\t", "3.15\n"]);
    }

    proptest! {
        #[test]
        fn whatever_the_text_it_fits_and_is_kept(text in any::<String>(), cells in 3usize..40, in_cells: bool) {
            let flow = if in_cells { Flow::Cells } else { Flow::Prose };
            prop_assert!(of(&fit(&text, cells)) <= cells);
            prop_assert!(of(&fit_middle(&text, cells)) <= cells);
            let rows = wrap(&text, cells, flow);
            let joined: String = rows.iter().map(|&row| cut(&text, row)).collect();
            prop_assert_eq!(&joined, &text);
            for row in rows {
                let drawn = cut(&text, row).chars().scan(None, |before, c| {
                    let wide = flow.advance(*before, c);
                    *before = Some(c);
                    Some(wide)
                });
                prop_assert!(drawn.sum::<usize>() <= cells);
            }
            prop_assert!(text.chars().map(shown).all(|c| !c.is_control() && c.width().is_some_and(|w| w > 0)));
        }
    }
}
