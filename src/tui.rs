//! The terminal: its state, what keys do to it, how it looks.
//!
//! An [`Event`] is what happened, an [`Action`] what a person wants, an [`Effect`] what the loop must do. [`App::update`]
//! takes one and returns the other; [`view`] reads the state and draws it.

pub mod action;
pub mod app;
pub mod backend;
pub mod cursor;
pub mod event;
pub mod figures;
pub mod help;
pub mod keymap;
pub mod label;
pub mod layout;
pub mod number;
pub mod outline;
pub mod overlay;
pub mod passage;
pub mod table;
pub mod terminal;
pub mod theme;
mod view;
pub mod width;

use std::io;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use ratatui::layout::{Position, Rect};

pub use action::{Action, Edit, Effect};
pub use app::{App, Progress};
pub use event::Event;
pub use layout::Pane;
pub use theme::Theme;
pub use view::view;

use crate::corpus::load::{self, Input};
use crate::lang::Lang;

/// What the command line says about the screens.
#[derive(Debug, Clone)]
pub struct Options {
    /// The language of the program's own words.
    pub lang: Lang,
    /// What is open, as the user named it.
    pub title: String,
}

/// The least time between two frames that only show how far the reading is.
const PROGRESS_EVERY: Duration = Duration::from_millis(16);

/// Shows the screens until the user quits. A signal that asks to end is obeyed once the terminal is as it was, so that
/// a shell sees what ended the program.
pub fn run(input: Input, options: Options) -> io::Result<()> {
    let mut terminal = terminal::open()?;
    let size = terminal.size()?;
    let colours = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let mut app = App::new(options, Theme::new(colours), size);
    let (sender, events) = channel();
    event::watch_signals(sender.clone())?;
    event::read_terminal(sender.clone());
    event::forward_loaded(load::start(input), sender);
    let ended = run_loop(&mut app, &mut terminal, &events);
    terminal::close();
    // The system takes the memory back at once; giving back millions of rows one by one would be felt.
    std::mem::forget(app);
    terminal::end_as_asked(ended?)
}

/// Draws, waits for something to happen, takes in all that has happened, and so on. Returns the signal that ended it.
fn run_loop(
    app: &mut App,
    terminal: &mut terminal::Terminal,
    events: &Receiver<Event>,
) -> io::Result<Option<i32>> {
    loop {
        app.settle();
        terminal.draw(|frame| view(app, frame))?;
        let drawn = Instant::now();
        let Ok(first) = events.recv() else { return Ok(None) };
        let mut next = Some(first);
        // Files that come in are shown many at a time; what a person does is answered at once.
        let mut at_once = false;
        while let Some(event) = next {
            at_once |= !matches!(event, Event::Loaded(_));
            match app.update(event) {
                Some(Effect::Quit) => return Ok(None),
                Some(Effect::Terminate(signal)) => return Ok(Some(signal)),
                // Unlike clearing, this does not ask the terminal where its cursor stands and wait for the answer.
                Some(Effect::Redraw) => terminal.resize(Rect::from((Position::ORIGIN, app.size)))?,
                None => {}
            }
            let wait = if at_once { Duration::ZERO } else { PROGRESS_EVERY.saturating_sub(drawn.elapsed()) };
            next = events.recv_timeout(wait).ok();
        }
    }
}
