//! What lies over the panes and has the keys: the search, the help, the problems, the findings and what belongs to them.

use super::action::{As, Edit};
use super::choose::Choose;
use super::cursor::Cursor;
use super::finder::Search;
use super::keymap::Mode;
use super::outcomes::Outcomes;
use super::palette::Palette;
use super::trend;
use super::width;
use crate::check::Code;
use crate::corpus::FindingRef;
use crate::corpus::tree::Node;

/// The window over the panes.
#[derive(Debug)]
pub enum Overlay {
    /// The search.
    Search(Box<Search>),
    /// What the keys do.
    Help(Help),
    /// Everything that can be done.
    Palette(Palette),
    /// What of a thing is copied.
    Copy(CopyOf),
    /// The files that could not be read.
    Problems(Cursor),
    /// All findings.
    Findings,
    /// All findings, while the words are typed that they must hold.
    Filter,
    /// The disclosures to compare with.
    Choose(Choose),
    /// What is said of a subject over the years.
    Trend(trend::Shown),
    /// What every check came to.
    Outcomes(Outcomes),
    /// What a check looks for.
    Explanation(Explanation),
    /// A line to write a note in.
    Note(NoteLine),
}

/// What the keys do.
#[derive(Debug)]
pub struct Help {
    /// How far it is scrolled.
    pub cursor: Cursor,
    /// What it was asked over, whose keys come first.
    pub mode: Mode,
    /// What it lies over.
    pub under: Option<Box<Overlay>>,
}

/// A thing that is to be copied.
#[derive(Debug)]
pub struct CopyOf {
    /// The thing.
    pub node: Node,
    /// The selected way.
    pub cursor: Cursor,
    /// What was there before.
    pub under: Option<Box<Overlay>>,
}

impl CopyOf {
    /// The ways to copy it.
    pub const ROWS: [As; 3] = [As::Value, As::Row, As::Citation];
}

/// What a check looks for.
#[derive(Debug)]
pub struct Explanation {
    /// The check.
    pub code: Code,
    /// How far it is scrolled.
    pub cursor: Cursor,
    /// Whether the list of findings comes back when it is closed.
    pub from_list: bool,
}

/// A note that is being written.
#[derive(Debug)]
pub struct NoteLine {
    /// The text.
    pub line: Prompt,
    /// What it is about.
    pub finding: FindingRef,
    /// Whether the list of findings comes back when it is closed.
    pub from_list: bool,
}

/// A line of text that is being typed.
#[derive(Debug, Default)]
pub struct Prompt {
    /// The characters.
    pub chars: Vec<char>,
    /// How many of them are left of the caret.
    pub caret: usize,
}

/// How much of a pasted text is searched for.
const LONGEST_QUERY: usize = 200;

impl Overlay {
    /// Returns which keys it understands.
    pub fn mode(&self) -> Mode {
        match self {
            Self::Search(_) => Mode::Search,
            Self::Help(_) => Mode::Help,
            Self::Palette(_) => Mode::Palette,
            Self::Copy(_) => Mode::Copying,
            Self::Problems(_) => Mode::Problems,
            Self::Findings => Mode::Findings,
            Self::Filter => Mode::Filter,
            Self::Choose(_) => Mode::Choose,
            Self::Trend(_) => Mode::Trend,
            Self::Outcomes(_) => Mode::Outcomes,
            Self::Explanation(_) => Mode::Explanation,
            Self::Note(_) => Mode::Note,
        }
    }
}

impl Prompt {
    /// Returns a line that holds a text, the caret behind it.
    pub fn of(text: &str) -> Self {
        let mut line = Self::default();
        line.paste(text);
        line
    }

    /// Puts in pasted text, its line ends as spaces.
    pub fn paste(&mut self, text: &str) {
        for c in text.chars().take(LONGEST_QUERY) {
            self.edit(Edit::Insert(if c.is_whitespace() { ' ' } else { c }));
        }
    }

    /// Returns the text.
    pub fn text(&self) -> String {
        self.chars.iter().collect()
    }

    /// Returns the characters that are shown in `cells` cells, with the caret among them or right behind them, and how
    /// many cells stand left of the caret.
    pub fn shown(&self, cells: usize) -> (&[char], usize) {
        let width = |chars: &[char]| chars.iter().copied().map(width::of_char).sum::<usize>();
        let (left, right) = self.chars.split_at(self.caret.min(self.chars.len()));
        let start =
            (0..left.len()).find(|&start| width(left.get(start..).unwrap_or_default()) < cells.max(1));
        let start = start.unwrap_or(left.len());
        let before = width(left.get(start..).unwrap_or_default());
        let end = (0..=right.len())
            .rev()
            .find(|&end| before + width(right.get(..end).unwrap_or_default()) <= cells);
        (self.chars.get(start..left.len() + end.unwrap_or(0)).unwrap_or_default(), before)
    }

    /// Changes the line and returns whether its text is another one now.
    pub fn edit(&mut self, edit: Edit) -> bool {
        let before = self.chars.len();
        match edit {
            Edit::Insert(c) => {
                if self.chars.len() < LONGEST_QUERY && !c.is_control() {
                    self.chars.insert(self.caret.min(before), c);
                    self.caret += 1;
                }
            }
            Edit::Left => self.caret = self.caret.saturating_sub(1),
            Edit::Right => self.caret = (self.caret + 1).min(before),
            Edit::Start => self.caret = 0,
            Edit::End => self.caret = before,
            Edit::Backspace => self.take_back(self.caret.saturating_sub(1)),
            Edit::Delete => {
                if self.caret < before {
                    self.chars.remove(self.caret);
                }
            }
            Edit::DeleteWord => {
                let left = self.chars.get(..self.caret).unwrap_or_default();
                let word = left.iter().rposition(|c| !c.is_whitespace()).unwrap_or(0);
                let space = left.get(..word).unwrap_or_default().iter().rposition(|c| c.is_whitespace());
                self.take_back(space.map_or(0, |space| space + 1));
            }
            Edit::Clear => self.take_back(0),
        }
        self.chars.len() != before
    }

    /// Takes away what stands between a place and the caret.
    fn take_back(&mut self, start: usize) {
        self.chars.drain(start..self.caret);
        self.caret = start;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_edited_in_whole_characters() {
        use Edit::{Backspace, Clear, Delete, DeleteWord, End, Insert, Left, Right, Start};
        let mut line = Prompt::default();
        for (edit, text, caret) in [
            (Insert('公'), "公", 1),
            (Insert('务'), "公务", 2),
            (Left, "公务", 1),
            (Insert(' '), "公 务", 2),
            (Insert('\u{1b}'), "公 务", 2),
            (End, "公 务", 3),
            (Right, "公 务", 3),
            (DeleteWord, "公 ", 2),
            (DeleteWord, "", 0),
            (Backspace, "", 0),
            (Delete, "", 0),
            (Insert('三'), "三", 1),
            (Start, "三", 0),
            (Delete, "", 0),
            (Insert('三'), "三", 1),
            (Insert('公'), "三公", 2),
            (Backspace, "三", 1),
            (Clear, "", 0),
        ] {
            line.edit(edit);
            assert_eq!((line.text().as_str(), line.caret), (text, caret), "after {edit:?}");
        }
    }

    #[test]
    fn the_caret_is_always_in_sight() {
        let mut line = Prompt { chars: "公务接待费3.43".chars().collect(), caret: 9 };
        assert_eq!(line.shown(20), (&line.chars[..], 14));
        assert_eq!(line.shown(7), (&line.chars[4..], 6));
        line.caret = 1;
        assert_eq!(line.shown(7), (&line.chars[0..3], 2));
        line.caret = 0;
        assert_eq!(line.shown(0), (&line.chars[0..0], 0));
    }
}
