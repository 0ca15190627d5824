//! What the loop does outside of the screens: the clipboard, files of the user's own, other programs, reading anew.

use std::io::{self, stdout};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender};
use std::time::Duration;

use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;
use ratatui::layout::{Position, Rect};

use super::action::Effect;
use super::app::App;
use super::event::{self, Event, Gate};
use super::opener::Call;
use super::state::{self, State};
use super::terminal::{self, Terminal};
use super::{files, label};
use crate::corpus::load::{self, Input};
use crate::judgement::{Change, store};
use crate::lang::Word;

/// What the loop needs to do what is asked of it.
pub(super) struct Outside {
    /// What was opened.
    pub(super) input: Input,
    /// Where events go.
    pub(super) sender: SyncSender<Event>,
    /// What lets the terminal be read.
    pub(super) gate: Gate,
}

/// How a program ended that the loop runs in.
pub(super) enum End {
    /// As the user asked.
    Quit,
    /// As a signal of this number asked.
    Signal(i32),
}

impl Outside {
    /// Does what is asked; returns how the program ends, if it does.
    pub(super) fn obey(
        &self,
        effect: Effect,
        app: &mut App,
        terminal: &mut Terminal,
        events: &Receiver<Event>,
    ) -> io::Result<Option<End>> {
        match effect {
            Effect::Quit => return Ok(Some(End::Quit)),
            Effect::Terminate(signal) => return Ok(Some(End::Signal(signal))),
            // Unlike clearing, this does not ask the terminal where its cursor stands and wait for the answer.
            Effect::Redraw => terminal.resize(Rect::from((Position::ORIGIN, app.size)))?,
            Effect::Judge(change) => {
                if let Err(error) = keep(change) {
                    app.update(Event::NotKept(error));
                }
            }
            Effect::Copy(text) => {
                execute!(stdout(), CopyToClipboard::to_clipboard_from(&text))?;
                // Whether the terminal took it is not told, so there is a file too.
                tell(app, Word::CopiedAlso, own(|folder| files::keep_copied(folder, &text)));
            }
            Effect::Export(table) => tell(app, Word::Exported, own(|folder| files::export(folder, &table))),
            Effect::Open(file, line) => return self.open(&file, line, app, terminal, events),
            Effect::Reload => {
                app.begin_reload();
                event::forward_loaded(load::start(self.input.clone()), self.sender.clone());
            }
            Effect::Suspend => suspend(app, terminal)?,
        }
        Ok(None)
    }

    /// Opens a file in the program that shows it.
    fn open(
        &self,
        file: &Path,
        line: u32,
        app: &mut App,
        terminal: &mut Terminal,
        events: &Receiver<Event>,
    ) -> io::Result<Option<End>> {
        let Some(path) = load::locate(&self.input, file) else {
            app.told = Some(Word::SamplesHaveNoFile.text(app.lang).to_owned());
            return Ok(None);
        };
        let call = Call::new(&path, line, |name| std::env::var(name).ok());
        if !call.in_terminal {
            tell(app, Word::OpenedIn, call.run().map(|()| path).map_err(|error| error.to_string()));
            return Ok(None);
        }
        // While another program reads the keys, this one must not.
        self.gate.close();
        let mut ended = None;
        while !self.gate.is_closed() {
            // Who reads the terminal may stand before a full channel.
            if let Ok(event) = events.recv_timeout(Duration::from_millis(5))
                && let Some(Effect::Terminate(signal)) = app.update(event)
            {
                ended = Some(End::Signal(signal));
            }
        }
        terminal::close();
        let done = call.run();
        *terminal = terminal::open()?;
        self.gate.open();
        if let Err(error) = done {
            app.told = Some(label::fill(Word::NotOpened, app.lang, error));
        }
        measure(app, terminal)?;
        Ok(ended)
    }

    /// Returns what was kept of the screens the last time.
    pub(super) fn remembered(&self) -> Option<State> {
        let path = files::folder()?.join(state::file(&self.input));
        Some(State::from_json(&files::read(&path).ok()??))
    }

    /// Keeps what is on the screens for the next time. Where that fails nothing is lost but convenience.
    pub(super) fn remember(&self, app: &App) {
        if let Some(folder) = files::folder() {
            let state = State::of(app).to_json();
            let _ = files::replace(&folder.join(state::file(&self.input)), state.as_bytes());
        }
    }
}

/// Finds out how large the terminal is by now.
fn measure(app: &mut App, terminal: &Terminal) -> io::Result<()> {
    app.update(Event::Resize(terminal.size()?));
    Ok(())
}

/// Gives the terminal back, stops as the shell expects, and takes the terminal over again.
fn suspend(app: &mut App, terminal: &mut Terminal) -> io::Result<()> {
    terminal::close();
    terminal::stop()?;
    *terminal = terminal::open()?;
    measure(app, terminal)
}

/// Does something in the user's own folder.
fn own(work: impl FnOnce(&Path) -> io::Result<PathBuf>) -> Result<PathBuf, String> {
    let folder = files::folder().ok_or_else(|| "$HOME".to_owned())?;
    work(&folder).map_err(|error| format!("{}: {error}", folder.display()))
}

/// Says where something was written, or what went wrong.
fn tell(app: &mut App, word: Word, done: Result<PathBuf, String>) {
    app.told = Some(match done {
        Ok(path) => label::fill(word, app.lang, path.display()),
        Err(error) => format!("{}{error}", Word::NotKept.text(app.lang)),
    });
}

/// Writes down what was decided about a finding. Returns what went wrong.
fn keep(change: Change) -> Result<(), String> {
    let path = store::path().ok_or_else(|| "$HOME".to_owned())?;
    store::change(&path, change).map_err(|error| format!("{}: {error}", path.display()))
}
