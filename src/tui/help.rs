//! The table of keys → the rows of the help.

use super::keymap::{KEYMAP, Mode};
use super::width::{self, Flow};
use crate::check::Code;
use crate::lang::{Lang, Word};
use crate::print::findings::write_explanation;
use crate::source::span;

/// One row of the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// Nothing, before a group.
    Space,
    /// The name of a group.
    Group(Word),
    /// What some keys or a movement of the mouse do.
    Does {
        /// The keys as they are called, or the movement.
        what: What,
        /// What they do.
        does: Word,
    },
}

/// What a person does with the hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Presses one of these keys.
    Keys(Vec<String>),
    /// Moves the mouse.
    Mouse(Word),
}

/// What the mouse does.
const MOUSE: &[(Word, Word)] = &[
    (Word::MouseClick, Word::KeyClick),
    (Word::MouseMarker, Word::KeyClickMarker),
    (Word::MouseWheel, Word::KeyWheel),
];

/// Returns the rows of the help. Keys that do nearly the same share one.
pub fn rows() -> Vec<Row> {
    let mut rows = vec![Row::Group(Word::GroupExplore)];
    add_keys(&mut rows, Mode::Explore);
    rows.extend([Row::Space, Row::Group(Word::GroupFindings)]);
    add_keys(&mut rows, Mode::Findings);
    rows.extend([Row::Space, Row::Group(Word::GroupCompare)]);
    add_keys(&mut rows, Mode::Compare);
    rows.extend([Row::Space, Row::Group(Word::GroupSearch)]);
    add_keys(&mut rows, Mode::Search);
    rows.extend([Row::Space, Row::Group(Word::GroupMouse)]);
    rows.extend(MOUSE.iter().map(|&(what, does)| Row::Does { what: What::Mouse(what), does }));
    rows
}

/// Returns what a check looks for as rows of at most `cells` cells, as `mingbai explain` writes it.
pub fn explanation(code: Code, lang: Lang, cells: usize) -> Vec<String> {
    let mut text = Vec::new();
    // Writing into memory cannot fail.
    let _ = write_explanation(Some(code), lang, &mut text);
    let text = String::from_utf8_lossy(&text).into_owned();
    let wrapped = |line: &str| -> Vec<String> {
        width::wrap(line, cells, Flow::Prose).into_iter().map(|row| span::cut(line, row).to_owned()).collect()
    };
    text.lines().flat_map(wrapped).collect()
}

fn add_keys(rows: &mut Vec<Row>, mode: Mode) {
    let listed = |binding: &&super::keymap::Binding| {
        binding.modes.contains(&mode) && (mode == Mode::Explore || !binding.modes.contains(&Mode::Explore))
    };
    for binding in KEYMAP.iter().filter(listed) {
        let Some(help) = binding.help else { continue };
        let names = binding.keys.iter().map(|key| key.name());
        match rows.last_mut() {
            Some(Row::Does { what: What::Keys(keys), does }) if *does == help => keys.extend(names),
            _ => rows.push(Row::Does { what: What::Keys(names.collect()), does: help }),
        }
    }
}

impl What {
    /// Returns the text that stands on the left.
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Keys(keys) => keys.join(" "),
            Self::Mouse(word) => word.text(lang).to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_with_a_meaning_is_in_the_help() {
        let rows = rows();
        for binding in KEYMAP.iter().filter(|binding| binding.help.is_some()) {
            for key in binding.keys {
                let shown = rows.iter().any(|row| match row {
                    Row::Does { what: What::Keys(keys), does } => {
                        Some(*does) == binding.help && keys.contains(&key.name())
                    }
                    Row::Does { .. } | Row::Group(_) | Row::Space => false,
                });
                assert!(shown, "{} is missing", key.name());
            }
        }
    }
}
