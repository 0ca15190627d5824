//! What happened outside → events in one channel, each from a thread that waits for nothing else.

use std::io;
use std::sync::mpsc::{Receiver, SyncSender};
use std::thread;

use crossterm::event::{self, KeyEvent, KeyEventKind, MouseEvent};
use ratatui::layout::Size;

use crate::corpus::load::Loaded;

/// Something that happened.
#[derive(Debug)]
pub enum Event {
    /// A key was pressed.
    Key(KeyEvent),
    /// The mouse did something.
    Mouse(MouseEvent),
    /// Text was pasted.
    Paste(String),
    /// The terminal has another size.
    Resize(Size),
    /// The loader got on.
    Loaded(Loaded),
    /// The system asks to end; the number of its signal.
    Terminate(i32),
    /// What was decided about a finding could not be written down; why.
    NotKept(String),
}

impl Event {
    /// Returns what an event of the terminal means here, if anything.
    pub fn from_terminal(event: event::Event) -> Option<Self> {
        match event {
            event::Event::Key(key) => (key.kind != KeyEventKind::Release).then_some(Self::Key(key)),
            event::Event::Mouse(mouse) => Some(Self::Mouse(mouse)),
            event::Event::Paste(text) => Some(Self::Paste(text)),
            event::Event::Resize(width, height) => Some(Self::Resize(Size { width, height })),
            event::Event::FocusGained | event::Event::FocusLost => None,
        }
    }
}

/// The signal that says that the terminal is gone.
const HANG_UP: i32 = 1;

/// Sends what the terminal says until nobody listens. A terminal that cannot be read is gone.
pub(super) fn read_terminal(events: SyncSender<Event>) {
    thread::spawn(move || {
        loop {
            let event = match event::read() {
                Ok(event) => Event::from_terminal(event),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => None,
                Err(_) => Some(Event::Terminate(HANG_UP)),
            };
            let gone = matches!(event, Some(Event::Terminate(_)));
            if event.is_some_and(|event| events.send(event).is_err()) || gone {
                return;
            }
        }
    });
}

/// Sends what the loader hands over until nobody listens, which ends the loader too.
pub(super) fn forward_loaded(loader: Receiver<Loaded>, events: SyncSender<Event>) {
    thread::spawn(move || {
        for loaded in loader {
            if events.send(Event::Loaded(loaded)).is_err() {
                return;
            }
        }
    });
}

/// Sends the signals that ask a program to end.
#[cfg(unix)]
pub(super) fn watch_signals(events: SyncSender<Event>) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGTERM])?;
    thread::spawn(move || {
        for signal in signals.forever() {
            if events.send(Event::Terminate(signal)).is_err() {
                return;
            }
        }
    });
    Ok(())
}

/// Other systems end programs without asking.
#[cfg(not(unix))]
pub(super) fn watch_signals(_events: SyncSender<Event>) -> io::Result<()> {
    Ok(())
}
