//! The table of keys with what a person changed in it.

use crossterm::event::{KeyCode, KeyEvent};

use super::action::{Action, Edit};
use super::keymap::{self, Binding, KEYMAP, Key, Mode};

/// The keys as they are in force.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys {
    changed: Vec<(Action, Vec<Key>)>,
}

impl Keys {
    /// Gives an action other keys, wherever it is possible.
    pub fn change(&mut self, action: Action, mut keys: Vec<Key>) {
        // Whatever is changed, the way out stays.
        if action == Action::Out && !keys.contains(&Key::ESC) {
            keys.push(Key::ESC);
        }
        self.changed.retain(|(known, _)| *known != action);
        self.changed.push((action, keys));
    }

    /// Returns the keys of a line of the table.
    pub fn of<'a>(&'a self, binding: &'a Binding) -> &'a [Key] {
        let changed = self.changed.iter().find(|(action, _)| *action == binding.action);
        // Where one types, a letter stays a letter.
        let types = binding.modes.iter().any(|&mode| keymap::is_typing(mode));
        match changed {
            Some((_, keys)) if !types || keys.iter().all(|key| !key.is_letter()) => keys,
            Some(_) | None => binding.keys,
        }
    }

    /// Returns what a key asks for.
    pub fn action(&self, mode: Mode, event: KeyEvent) -> Option<Action> {
        let pressed = keymap::pressed(mode, event)?;
        let bound = KEYMAP
            .iter()
            .find(|binding| binding.modes.contains(&mode) && self.of(binding).contains(&pressed))
            .map(|binding| binding.action);
        bound.or_else(|| match pressed.letter() {
            Some(c) if keymap::is_typing(mode) => Some(Action::Edit(Edit::Insert(c))),
            Some(_) | None => None,
        })
    }

    /// Returns a key that means two things in one mode, with both, where there is one.
    pub fn clash(&self) -> Option<(Key, Action, Action)> {
        keymap::MODES.iter().find_map(|&mode| {
            let mut seen: Vec<(Key, Action)> = Vec::new();
            for binding in KEYMAP.iter().filter(|binding| binding.modes.contains(&mode)) {
                for &key in self.of(binding) {
                    match seen.iter().find(|(known, action)| *known == key && *action != binding.action) {
                        Some(&(_, other)) => return Some((key, other, binding.action)),
                        None => seen.push((key, binding.action)),
                    }
                }
            }
            None
        })
    }
}

impl Key {
    /// The key that leads out of everything.
    pub const ESC: Self = Self::plain(KeyCode::Esc);

    /// Returns the event of pressing it.
    pub fn event(self) -> KeyEvent {
        self.into()
    }

    /// Returns the key of a name, as [`Key::name`] gives it or in plain letters: `Ctrl-T`, `PageUp`, `F1`, `x`.
    pub fn parse(name: &str) -> Option<Self> {
        let mut chars = name.chars();
        if let (Some(c), None) = (chars.next(), chars.next()) {
            return Some(Self::plain(KeyCode::Char(c)));
        }
        let lower = name.to_ascii_lowercase();
        if let Some(letter) = lower.strip_prefix("ctrl-").or_else(|| lower.strip_prefix("c-")) {
            let mut chars = letter.chars();
            return match (chars.next(), chars.next()) {
                (Some(c), None) => Some(Self::with_control(c)),
                _ => None,
            };
        }
        let code = match lower.as_str() {
            "up" => KeyCode::Up,
            "down" => KeyCode::Down,
            "left" => KeyCode::Left,
            "right" => KeyCode::Right,
            "enter" => KeyCode::Enter,
            "esc" => KeyCode::Esc,
            "backspace" => KeyCode::Backspace,
            "delete" => KeyCode::Delete,
            "tab" => KeyCode::Tab,
            "shift-tab" => KeyCode::BackTab,
            "home" => KeyCode::Home,
            "end" => KeyCode::End,
            "pgup" | "pageup" => KeyCode::PageUp,
            "pgdn" | "pagedown" => KeyCode::PageDown,
            "space" => KeyCode::Char(' '),
            function => {
                KeyCode::F(function.strip_prefix('f')?.parse().ok().filter(|n| (1..=12).contains(n))?)
            }
        };
        Some(Self::plain(code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_the_table_is_read_back_by_its_name() {
        for key in KEYMAP.iter().flat_map(|binding| binding.keys) {
            let name = key.name();
            let plain = match name.as_str() {
                "↑" => "Up",
                "↓" => "Down",
                "←" => "Left",
                "→" => "Right",
                name => name,
            };
            assert_eq!(Key::parse(plain), Some(*key), "{name}");
        }
        for name in ["", "Ctrl-", "Ctrl-ab", "F13", "Fx", "nothing"] {
            assert_eq!(Key::parse(name), None, "{name}");
        }
    }

    #[test]
    fn a_changed_key_takes_the_place_of_the_old_one() {
        let mut keys = Keys::default();
        let x = Key::parse("X").expect("a key");
        keys.change(Action::Search, vec![x]);
        let press = |keys: &Keys, mode, c| keys.action(mode, KeyCode::Char(c).into());
        assert_eq!(press(&keys, Mode::Explore, 'X'), Some(Action::Search));
        assert_eq!(press(&keys, Mode::Explore, '/'), None);
        assert_eq!(keys.clash(), None);
        keys.change(Action::Quit, vec![x]);
        assert_eq!(keys.clash(), Some((x, Action::Search, Action::Quit)));
        assert_eq!(press(&keys, Mode::Search, 'X'), Some(Action::Edit(Edit::Insert('X'))));
        keys.change(Action::Out, vec![Key::parse("b").expect("a key")]);
        assert_eq!(keys.action(Mode::Findings, KeyCode::Esc.into()), Some(Action::Out));
    }
}
