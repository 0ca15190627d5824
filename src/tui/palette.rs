//! The command palette: everything that can be done here, found by what it is called.

use super::action::Edit;
use super::command::{self, Command};
use super::cursor::Cursor;
use super::keymap::{KEYMAP, Mode};
use super::keys::Keys;
use super::overlay::{Overlay, Prompt};
use crate::corpus::search::Highlighter;
use crate::lang::Lang;

/// The state of the palette.
#[derive(Debug)]
pub struct Palette {
    /// What was typed.
    pub line: Prompt,
    /// The commands that are called so, each with its keys.
    pub rows: Vec<(&'static Command, String)>,
    /// The selected row and the first on screen.
    pub cursor: Cursor,
    /// What the palette was opened over, which the command is for.
    pub under: Option<Box<Overlay>>,
    /// What understands the command.
    pub mode: Mode,
}

impl Palette {
    /// Returns the palette of a mode with all its commands.
    pub fn new(mode: Mode, under: Option<Overlay>, keys: &Keys, lang: Lang) -> Self {
        let mut palette = Self {
            line: Prompt::default(),
            rows: Vec::new(),
            cursor: Cursor::default(),
            under: under.map(Box::new),
            mode,
        };
        palette.list(keys, lang);
        palette
    }

    /// Changes what is typed.
    pub fn edit(&mut self, edit: Edit, keys: &Keys, lang: Lang) {
        if self.line.edit(edit) {
            self.list(keys, lang);
        }
    }

    /// Lists the commands that every word fits: in the name of one language, in its pinyin, in that of the configuration.
    pub fn list(&mut self, keys: &Keys, lang: Lang) {
        let text = self.line.text().to_lowercase();
        let markers: Vec<(&str, Highlighter)> =
            text.split_whitespace().map(|word| (word, Highlighter::new(word))).collect();
        let fits = |command: &Command| {
            let names = [command.word.text(lang), command.name];
            markers.iter().all(|(word, marker)| {
                names.iter().any(|name| name.contains(word) || !marker.places(name).is_empty())
            })
        };
        self.rows = commands(self.mode, keys).into_iter().filter(|(command, _)| fits(command)).collect();
        self.cursor = Cursor::default();
    }
}

/// Returns what can be done in a mode, as the table of commands has it, each with its keys.
pub fn commands(mode: Mode, keys: &Keys) -> Vec<(&'static Command, String)> {
    let named = |command: &&'static Command| {
        let bindings = KEYMAP.iter().filter(|binding| binding.modes.contains(&mode));
        let names: Vec<String> = bindings
            .filter(|binding| binding.action == command.action)
            .flat_map(|binding| keys.of(binding).iter().map(|key| key.name()))
            .collect();
        names
    };
    let all = command::COMMANDS.iter().map(|command| (command, named(&command).join(" ")));
    all.filter(|(_, names)| !names.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::action::Action;
    use crate::tui::keymap::MODES;

    fn found(mode: Mode, typed: &str, lang: Lang) -> Vec<&'static str> {
        let keys = Keys::default();
        let mut palette = Palette::new(mode, None, &keys, lang);
        palette.line = Prompt::of(typed);
        palette.list(&keys, lang);
        palette.rows.iter().map(|(command, _)| command.name).collect()
    }

    #[test]
    fn commands_are_found_by_name_pinyin_and_language() {
        assert!(found(Mode::Explore, "复制", Lang::Chinese).contains(&"copy"));
        assert!(found(Mode::Explore, "fzyy", Lang::Chinese).contains(&"copy-citation"));
        assert!(found(Mode::Explore, "copy citation", Lang::Chinese).contains(&"copy-citation"));
        assert_eq!(found(Mode::Explore, "这个没有", Lang::Chinese), [""; 0]);
        assert!(!found(Mode::Explore, "", Lang::English).contains(&"sort"), "only what is possible here");
        assert!(found(Mode::Compare, "", Lang::English).contains(&"sort"));
    }

    #[test]
    fn every_action_of_a_mode_is_on_its_palette_which_can_be_opened_there() {
        let keys = Keys::default();
        for &mode in MODES.iter().filter(|&&mode| mode != Mode::Palette) {
            let opens = |(command, _): &(&Command, String)| command.action == Action::Palette;
            assert!(commands(mode, &keys).iter().any(opens), "{mode:?}");
        }
        for binding in KEYMAP {
            for &mode in binding.modes {
                let typing = matches!(binding.action, Action::Edit(_));
                let listed =
                    commands(mode, &keys).iter().any(|(command, _)| command.action == binding.action);
                assert!(typing || listed, "{:?} in {mode:?}", binding.action);
            }
        }
    }
}
