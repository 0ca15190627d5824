//! What of the screens is kept for the next time a folder is opened: where one was, what was open, what is marked.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::address::{Address, Finder};
use super::app::App;
use super::layout::Pane;
use crate::corpus::load::Input;

/// What is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// The folder, for whoever looks at the file.
    pub folder: String,
    /// What was selected in the tree.
    position: Option<Address>,
    /// Whether the figures or the source had the keys.
    pane: u8,
    /// The branches that are not as they are at first.
    toggled: Vec<Address>,
    /// What is marked.
    marked: Vec<Address>,
    /// The queries that led somewhere.
    history: Vec<String>,
}

impl State {
    /// Returns what is kept of the screens.
    pub fn of(app: &App) -> Self {
        let address = |node| Address::of(&app.corpus, node);
        Self {
            folder: app.title.clone(),
            position: app.outline.chosen().and_then(address),
            pane: match app.focus {
                Pane::Tree => 0,
                Pane::Figures => 1,
                Pane::Source => 2,
            },
            toggled: app.outline.toggled().filter_map(address).collect(),
            marked: app.picks.in_order(&app.corpus).into_iter().filter_map(address).collect(),
            history: app.history.clone(),
        }
    }

    /// Brings the screens back to what was kept, as far as it is still there. Where a person has gone somewhere already,
    /// the place stays.
    pub fn restore(self, app: &mut App) {
        let finder = Finder::new(&app.corpus);
        let toggled: Vec<_> = self.toggled.iter().filter_map(|address| finder.find(address)).collect();
        let marked: Vec<_> = self.marked.iter().filter_map(|address| finder.find(address)).collect();
        let position = self.position.as_ref().and_then(|address| finder.find(address));
        for node in marked {
            app.picks.add(node);
        }
        if app.history.is_empty() {
            app.history = self.history;
        }
        if app.outline.chosen().is_some() {
            return;
        }
        app.open(toggled, position);
        app.focus = match self.pane {
            1 if position.is_some() => Pane::Figures,
            2 if position.is_some() => Pane::Source,
            _ => Pane::Tree,
        };
    }

    /// Reads what was kept; nothing where that cannot be understood, for it is only convenience.
    pub fn from_json(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// Returns it as it is kept.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

/// Returns the name of the file that keeps the state of what was opened, beside those of others.
pub fn file(input: &Input) -> PathBuf {
    let name = match input {
        Input::Samples => "samples".to_owned(),
        Input::Paths(paths) => {
            let absolute =
                paths.iter().map(|path| std::path::absolute(path).unwrap_or_else(|_| path.clone()));
            let all: Vec<String> = absolute.map(|path| path.to_string_lossy().into_owned()).collect();
            format!("{:016x}", hash(all.join("\n").as_bytes()))
        }
    };
    PathBuf::from("places").join(format!("{name}.json"))
}

/// FNV-1a: the same on every machine and in every version.
fn hash(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_back_and_nonsense_is_nothing() {
        let state = State {
            folder: "公开".into(),
            position: Some(Address::Item("a.txt".into(), "会议费".into(), "3.43万元".into(), 1)),
            pane: 2,
            toggled: vec![Address::Department(None)],
            marked: vec![Address::Section("a.txt".into(), "一、收支".into(), 0)],
            history: vec!["gwjd".into()],
        };
        assert_eq!(State::from_json(&state.to_json()), state);
        assert_eq!(State::from_json("{ mine"), State::default());
        assert_eq!(State::from_json("{}"), State::default());
    }

    #[test]
    fn every_folder_has_a_file_of_its_own() {
        let of = |path: &str| file(&Input::Paths(vec![path.into()]));
        assert_eq!(of("/a/b"), of("/a/b"));
        assert_ne!(of("/a/b"), of("/a/c"));
        assert_eq!(file(&Input::Samples), PathBuf::from("places/samples.json"));
        assert_eq!(hash(b"a"), 0xaf63_dc4c_8601_ec8c);
    }
}
