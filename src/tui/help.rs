//! The table of keys → the rows of the help.

use super::action::Action;
use super::command;
use super::keymap::{Binding, KEYMAP, Mode};
use super::keys::Keys;
use super::width::{self, Flow};
use crate::check::Code;
use crate::lang::{Lang, Word};
use crate::print::findings::write_explanation;
use crate::source::span;

/// How many cells the keys take.
pub const KEYS: usize = 23;
/// How many cells stand before the keys, and between them and what they do.
pub const BESIDE: usize = 2;

/// One line of the help as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// Nothing, before a group.
    Space,
    /// The name of a group.
    Group(&'static str),
    /// Keys and what they do, or as much of it as there is room for; where that goes on, without the keys.
    Does(String, String),
}

/// Returns the help as lines of so many cells: what keys do goes on below where there is no room beside them.
pub fn lines(mode: Mode, keys: &Keys, lang: Lang, cells: usize) -> Vec<Line> {
    let room = cells.saturating_sub(KEYS + 2 * BESIDE);
    let mut lines = Vec::new();
    for row in rows(mode, keys) {
        match row {
            Row::Space => lines.push(Line::Space),
            Row::Group(name) => lines.push(Line::Group(name.text(lang))),
            Row::Does { what, does } => {
                let mut what = what.text(lang);
                let text = does.text(lang);
                for part in width::wrap(text, room, Flow::Prose) {
                    lines.push(Line::Does(std::mem::take(&mut what), span::cut(text, part).to_owned()));
                }
            }
        }
    }
    lines
}

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

/// The groups of keys, each of a mode.
const GROUPS: &[(Mode, Word)] = &[
    (Mode::Explore, Word::GroupExplore),
    (Mode::Table, Word::GroupTable),
    (Mode::Findings, Word::GroupFindings),
    (Mode::Compare, Word::GroupCompare),
    (Mode::Outcomes, Word::OutcomeTitle),
    (Mode::Search, Word::GroupSearch),
    (Mode::Trend, Word::TrendTitle),
    (Mode::Choose, Word::CompareTitle),
    (Mode::Filter, Word::FindingsTitle),
    (Mode::Note, Word::NoteTitle),
    (Mode::Explanation, Word::ExplanationTitle),
    (Mode::Problems, Word::ProblemsTitle),
    (Mode::Palette, Word::PaletteTitle),
    (Mode::Copying, Word::KeyCopy),
    (Mode::Help, Word::HelpTitle),
];

/// Returns the rows of the help: first the keys of what it was asked over. Keys that do nearly the same share one.
pub fn rows(mode: Mode, keys: &Keys) -> Vec<Row> {
    let (first, others): (Vec<_>, Vec<_>) = GROUPS.iter().partition(|(group, _)| *group == mode);
    let mut rows = Vec::new();
    for &(group, name) in first.into_iter().chain(others) {
        rows.push(Row::Group(name));
        let before = rows.len();
        add_keys(&mut rows, group, group == mode, keys);
        if rows.len() == before {
            // All that can be done there can be done elsewhere, or is told at the bottom while one is there.
            rows.pop();
        } else {
            rows.push(Row::Space);
        }
    }
    rows.push(Row::Group(Word::GroupMouse));
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

/// Adds the keys of a mode: all of them where it is what was asked about, otherwise those that only it has.
fn add_keys(rows: &mut Vec<Row>, mode: Mode, whole: bool, keys: &Keys) {
    let listed = |binding: &&Binding| {
        let own = whole || mode == Mode::Explore || !binding.modes.contains(&Mode::Explore);
        binding.modes.contains(&mode) && own
    };
    for binding in KEYMAP.iter().filter(listed) {
        let typing = matches!(binding.action, Action::Edit(_));
        let called = || command::command(binding.action).map(|command| command.word);
        let told = binding.help.or_else(|| binding.hint.or_else(called).filter(|_| whole && !typing));
        let Some(help) = told else { continue };
        let names = keys.of(binding).iter().map(|key| key.name());
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
    use crate::tui::command::COMMANDS;
    use crate::tui::keymap::MODES;

    #[test]
    fn the_keys_of_what_it_was_asked_over_come_first() {
        let first = |mode| rows(mode, &Keys::default()).into_iter().next();
        assert_eq!(first(Mode::Findings), Some(Row::Group(Word::GroupFindings)));
        assert_eq!(first(Mode::Search), Some(Row::Group(Word::GroupSearch)));
        assert_eq!(first(Mode::Problems), Some(Row::Group(Word::ProblemsTitle)));
    }

    #[test]
    fn every_key_is_in_the_help_of_where_it_works() {
        for &mode in MODES {
            let rows = rows(mode, &Keys::default());
            let own: Vec<&String> = rows
                .iter()
                .skip(1)
                .take_while(|row| !matches!(row, Row::Group(_)))
                .flat_map(|row| match row {
                    Row::Does { what: What::Keys(keys), .. } => keys.as_slice(),
                    Row::Does { .. } | Row::Group(_) | Row::Space => &[],
                })
                .collect();
            let bindings = KEYMAP.iter().filter(|binding| binding.modes.contains(&mode));
            for binding in bindings.filter(|binding| !matches!(binding.action, Action::Edit(_))) {
                for key in binding.keys {
                    assert!(own.contains(&&key.name()), "{} in {mode:?}", key.name());
                }
            }
        }
    }

    #[test]
    fn every_action_is_in_some_help() {
        for command in COMMANDS {
            let bound = KEYMAP.iter().filter(|binding| binding.action == command.action);
            let modes: Vec<Mode> = bound.flat_map(|binding| binding.modes).copied().collect();
            assert!(
                modes.iter().any(|mode| GROUPS.iter().any(|(group, _)| group == mode)),
                "{}",
                command.name
            );
        }
    }

    #[test]
    fn the_help_can_be_asked_for_everywhere() {
        for &mode in MODES.iter().filter(|&&mode| mode != Mode::Help) {
            let asks = |binding: &Binding| binding.action == Action::Help && binding.modes.contains(&mode);
            assert!(KEYMAP.iter().any(asks), "{mode:?}");
        }
    }

    #[test]
    fn every_key_with_a_meaning_is_in_the_help() {
        let rows = rows(Mode::Explore, &Keys::default());
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
