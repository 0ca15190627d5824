//! The terminal: its state, what keys do to it, how it looks.
//!
//! An [`Event`] is what happened, an [`Action`] what a person wants, an [`Effect`] what the loop must do. [`App::update`]
//! takes one and returns the other; [`view`] reads the state and draws it.

pub mod action;
pub mod address;
pub mod app;
pub mod backend;
pub mod choose;
pub mod citation;
pub mod command;
pub mod compare;
pub mod config;
pub mod cursor;
pub mod event;
pub mod figures;
pub mod files;
pub mod finder;
pub mod grid;
pub mod help;
pub mod keymap;
pub mod keys;
pub mod label;
pub mod layout;
pub mod marks;
pub mod number;
pub mod opener;
pub mod outcomes;
pub mod outline;
mod outside;
pub mod overlay;
pub mod palette;
pub mod passage;
pub mod picks;
pub mod proof;
pub mod review;
pub mod settings;
pub mod state;
pub mod table;
pub mod terminal;
pub mod theme;
pub mod travel;
pub mod trend;
mod view;
mod watch;
pub mod width;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io;
use std::sync::mpsc::{Receiver, RecvError, SyncSender, TryRecvError, sync_channel};
use std::time::{Duration, Instant};

pub use action::{Action, Edit, Effect};
pub use app::{App, Progress};
pub use event::Event;
pub use layout::Pane;
pub use settings::Settings;
pub use theme::Theme;
pub use view::view;

use self::event::Gate;
use self::outside::{End, Outside};
use self::terminal::Terminal;
use crate::corpus::load::{self, Input};
use crate::judgement::store;
use crate::lang::{Lang, Word};

/// What the command line says about the screens.
#[derive(Debug, Clone)]
pub struct Options {
    /// The language of the program's own words.
    pub lang: Lang,
    /// What is open, as the user named it.
    pub title: String,
}

/// Files that come in are shown together at least this often, and while nobody presses a key not more often.
const PROGRESS_EVERY: Duration = Duration::from_millis(16);
/// A frame that answers a person does not wait longer for what else happens at once.
const ANSWER_WITHIN: Duration = Duration::from_millis(4);
/// How many events may wait: a key stands behind no more files than these.
const MOST_WAITING: usize = 16;

/// Shows the screens until the user quits. A signal that asks to end is obeyed once the terminal is as it was, so that
/// a shell sees what ended the program. What was kept from the last time is shown again unless all begins `fresh`.
pub fn run(input: Input, options: Options, settings: Settings, fresh: bool) -> io::Result<()> {
    let (sender, events) = sync_channel(MOST_WAITING);
    // A signal that comes while the terminal is being taken over finds someone who gives it back.
    event::watch_signals(sender.clone())?;
    let mut terminal = terminal::open()?;
    let ended = explore(input, (options, settings), fresh, &mut terminal, sender, &events);
    terminal::close();
    terminal::end_as_asked(ended?)
}

/// Starts everything that sends events and answers them. Returns the signal that ended it.
fn explore(
    input: Input,
    (options, settings): (Options, Settings),
    fresh: bool,
    terminal: &mut Terminal,
    sender: SyncSender<Event>,
    events: &Receiver<Event>,
) -> io::Result<Option<i32>> {
    let theme = Theme::of(settings.look, settings.colours);
    let mut app = App::new(options, theme, terminal.size()?);
    app.apply(settings);
    if let Some(path) = store::path() {
        match store::read(&path) {
            Ok(judgements) => app.judgements = judgements,
            Err(error) => app.told = Some(format!("{}: {error}", path.display())),
        }
    }
    let outside = Outside { input, sender, gate: Gate::default() };
    app.restores = if fresh { None } else { outside.remembered() };
    event::read_terminal(outside.sender.clone(), outside.gate.clone());
    // What changes while the folder is read is seen.
    let watcher = watch::start(&outside.input, outside.sender.clone());
    if let Err(error) = &watcher {
        app.told = Some(label::fill(Word::NotWatched, app.lang, error));
    }
    event::forward_loaded(load::start(outside.input.clone()), outside.sender.clone());
    let ended = run_loop(&mut app, terminal, events, &outside);
    outside.remember(&app);
    // The system takes the memory back at once; giving back millions of rows one by one would be felt.
    std::mem::forget(app);
    drop(watcher);
    ended
}

/// Draws, waits for something to happen, takes in all that has happened, and so on. Returns the signal that ended it.
fn run_loop(
    app: &mut App,
    terminal: &mut Terminal,
    events: &Receiver<Event>,
    outside: &Outside,
) -> io::Result<Option<i32>> {
    loop {
        app.settle();
        terminal.draw(|frame| view(app, frame))?;
        let drawn = Instant::now();
        let Ok(mut come) = await_event(app, events) else { return Ok(None) };
        let mut next = come.pop_front();
        let begun = Instant::now();
        let mut answers = false;
        while let Some(event) = next {
            answers |= !matches!(event, Event::Loaded(_));
            if let Some(effect) = app.update(event) {
                match outside.obey(effect, app, terminal, events)? {
                    Some(End::Quit) => return Ok(None),
                    Some(End::Signal(signal)) => return Ok(Some(signal)),
                    None => {}
                }
            }
            let (longest, wait) = if answers {
                (ANSWER_WITHIN, Duration::ZERO)
            } else {
                (PROGRESS_EVERY, PROGRESS_EVERY.saturating_sub(drawn.elapsed()))
            };
            next = come.pop_front();
            if next.is_none() && begun.elapsed() < longest {
                next = events.recv_timeout(wait).ok();
            }
        }
    }
}

/// Waits for something to happen. While there is work left, it is gone on with, and its end is worth a frame too.
fn await_event(app: &mut App, events: &Receiver<Event>) -> Result<VecDeque<Event>, RecvError> {
    while app.is_busy() {
        match events.try_recv() {
            Ok(event) => return Ok(VecDeque::from([event])),
            Err(TryRecvError::Disconnected) => return Err(RecvError),
            Err(TryRecvError::Empty) => {}
        }
        // What comes in the meantime: files can wait, a person cannot, even behind them.
        let come = RefCell::new(VecDeque::new());
        let stop = || {
            let mut come = come.borrow_mut();
            come.extend(events.try_recv().ok());
            come.back().is_some_and(|event| !matches!(event, Event::Loaded(_)))
        };
        let is_new = app.work_unless(&stop);
        let come = come.into_inner();
        if is_new || !come.is_empty() {
            return Ok(come);
        }
    }
    events.recv().map(|event| VecDeque::from([event]))
}
