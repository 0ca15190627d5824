//! What happened outside → events in one channel, each from a thread that waits for nothing else.

use std::io;
use std::sync::mpsc::{Receiver, SyncSender};
use std::sync::{Arc, Condvar, Mutex};
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
    /// The system asks to stop for a while.
    Stop,
    /// What was decided about a finding could not be written down; why.
    NotKept(String),
    /// Files of the folder changed.
    Changed,
    /// Something was done outside; what there is to say of it.
    Told(String),
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

/// Lets the terminal be read, or not while another program has it.
#[derive(Debug, Clone, Default)]
pub(super) struct Gate(Arc<(Mutex<Passing>, Condvar)>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Passing {
    /// The terminal is read.
    #[default]
    Open,
    /// Whoever reads it is asked to wait.
    Closing,
    /// Nobody reads it.
    Closed,
}

impl Gate {
    /// Asks whoever reads the terminal to wait.
    pub(super) fn close(&self) {
        self.set(Passing::Closing);
        wake_reader();
    }

    /// Returns whether nobody reads the terminal any more.
    pub(super) fn is_closed(&self) -> bool {
        self.0.0.lock().is_ok_and(|passing| *passing == Passing::Closed)
    }

    /// Lets the terminal be read again.
    pub(super) fn open(&self) {
        self.set(Passing::Open);
    }

    fn set(&self, to: Passing) {
        if let Ok(mut passing) = self.0.0.lock() {
            *passing = to;
        }
        self.0.1.notify_all();
    }

    /// Waits as long as the terminal must not be read.
    fn pass(&self) {
        let Ok(mut passing) = self.0.0.lock() else { return };
        while *passing != Passing::Open {
            *passing = Passing::Closed;
            let Ok(next) = self.0.1.wait(passing) else { return };
            passing = next;
        }
    }
}

/// A change of the window's size, even to the same one, ends the wait for a key.
#[cfg(unix)]
fn wake_reader() {
    let _ = signal_hook::low_level::raise(signal_hook::consts::SIGWINCH);
}

/// Elsewhere the next key does.
#[cfg(not(unix))]
fn wake_reader() {}

/// Sends what the terminal says until nobody listens. A terminal that cannot be read is gone.
pub(super) fn read_terminal(events: SyncSender<Event>, gate: Gate) {
    thread::spawn(move || {
        loop {
            gate.pass();
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
    use signal_hook::consts::{SIGHUP, SIGTERM, SIGTSTP};
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGTERM, SIGTSTP])?;
    thread::spawn(move || {
        for signal in signals.forever() {
            // Another program may ask to stop as the key does.
            if signal == SIGTSTP {
                if events.send(Event::Stop).is_err() {
                    return;
                }
                continue;
            }
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
