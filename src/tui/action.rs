//! What a person wants, and what the loop must do for it.

use std::path::PathBuf;

use super::app::{Turn, Way};
use super::compare;
use super::cursor::Motion;
use super::review::By;
use crate::corpus::compare::Side;
use crate::judgement::{Change, Verdict};

/// What a person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Go through the rows of the pane or list that has the keys.
    Go(Motion),
    /// Drill down: open, step in, read the source, jump to what was found.
    In,
    /// Go back up: close, step out, leave the overlay.
    Out,
    /// Open or close the selected branch and stay.
    Toggle,
    /// Give the keys to the next pane.
    NextPane,
    /// Give the keys to the pane before.
    PreviousPane,
    /// Go to the next column of a table, or the one before.
    Column(Way),
    /// Show tables as the text that was read, or as tables again.
    Raw,
    /// Search everything.
    Search,
    /// Narrow the tree to what the search finds, or widen it again.
    Narrow,
    /// Take up what the search offers for the word at the caret.
    Complete,
    /// Put the query before into the line.
    Older,
    /// Put the query after into the line.
    Newer,
    /// Show what the keys do.
    Help,
    /// Show which files could not be read.
    Problems,
    /// Show all findings.
    Findings,
    /// Choose a disclosure to put beside the one at hand.
    Compare,
    /// Show what is said of a subject over the years.
    Trend,
    /// Go to the next row that changed, or the one before.
    Change(compare::Way),
    /// Change what the compare screen shows, or how.
    TurnCompare(Turn),
    /// Show the figure of a side in the panes.
    ShowSide(Side),
    /// Show what every check came to.
    Outcomes,
    /// Go to the next disclosure or the one before.
    Entry(Way),
    /// Go to the next finding or the one before.
    Finding(Way),
    /// Choose other findings.
    Turn(By),
    /// Type words that the findings must hold.
    Filter,
    /// Say that a finding is one, or is none.
    Judge(Verdict),
    /// Write a note on a finding.
    Note,
    /// Take back the last judgement.
    Undo,
    /// Show what the check of a finding looks for.
    Explain,
    /// Change the language of the program's words.
    Language,
    /// Change how things look.
    Theme,
    /// Change the unit that money is shown in.
    Units,
    /// Show everything that can be done here.
    Palette,
    /// Choose what of the thing at hand is copied.
    Copy,
    /// Copy it so.
    CopyAs(As),
    /// Mark the thing at hand, or take its mark away.
    Mark,
    /// Write what is marked into a file.
    ExportMarked,
    /// Open the file that the thing at hand stands in.
    OpenSource,
    /// Go back to where one was before.
    Back,
    /// Go where one was before going back.
    Forward,
    /// Read everything again.
    Reload,
    /// Give the terminal back for a while.
    Suspend,
    /// Change the text of the search.
    Edit(Edit),
    /// Draw everything anew, after something else wrote on the screen.
    Redraw,
    /// End the program.
    Quit,
}

/// What of a thing is copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum As {
    /// Its number with the unit; the name of what has none.
    Value,
    /// All of its row, with tabs between.
    Row,
    /// What one writes to cite it.
    Citation,
}

/// A change of a line of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// Put in a character.
    Insert(char),
    /// Go a character to the left.
    Left,
    /// Go a character to the right.
    Right,
    /// Go to the start.
    Start,
    /// Go to the end.
    End,
    /// Take away the character on the left.
    Backspace,
    /// Take away the character on the right.
    Delete,
    /// Take away the word on the left.
    DeleteWord,
    /// Take away everything.
    Clear,
}

/// What the loop must do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// End the program.
    Quit,
    /// End the program as a signal of this number asks.
    Terminate(i32),
    /// Draw every cell anew.
    Redraw,
    /// Write down what was decided about a finding.
    Judge(Change),
    /// Hand a text to the terminal's clipboard.
    Copy(String),
    /// Write what is marked, as a table, into a file of the user's own.
    Export(String),
    /// Open a file of those that were read, at a line.
    Open(PathBuf, u32),
    /// Read everything again.
    Reload,
    /// Give the terminal back until the program is gone on with.
    Suspend,
}
