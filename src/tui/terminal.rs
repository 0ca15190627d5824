//! The terminal's modes: taken over at the start and given back in every way that the program can end.

use std::io::{self, BufWriter, Stdout, stdout};
use std::panic;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crossterm::cursor::Show;
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::execute;
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};

use super::backend::ThinBackend;

/// The terminal as the loop draws on it.
pub type Terminal = ratatui::Terminal<ThinBackend<BufWriter<Stdout>>>;

/// A frame is written at once where it takes no more bytes than this.
const FRAME: usize = 64 << 10;

/// Whether the terminal is taken over.
static OPEN: AtomicBool = AtomicBool::new(false);

/// Takes the terminal over: raw keys, a screen of its own, the mouse, pasted text in one piece.
pub fn open() -> io::Result<Terminal> {
    restore_on_panic();
    enable_raw_mode()?;
    OPEN.store(true, Ordering::SeqCst);
    // Where there is no second screen, as often in GNU screen, what stood on the first one would shine through.
    let screen = Clear(ClearType::All);
    let opened = execute!(stdout(), EnterAlternateScreen, screen, EnableMouseCapture, EnableBracketedPaste)
        .and_then(|()| ratatui::Terminal::new(ThinBackend::new(BufWriter::with_capacity(FRAME, stdout()))));
    if opened.is_err() {
        close();
    }
    opened
}

/// Gives the terminal back as it was; it does so once. A terminal that is gone cannot be helped.
pub fn close() {
    if OPEN.swap(false, Ordering::SeqCst) {
        let _ = execute!(stdout(), DisableBracketedPaste, DisableMouseCapture, LeaveAlternateScreen, Show);
        let _ = disable_raw_mode();
    }
}

/// Ends the program by the signal that asked for it, if one did.
#[cfg(unix)]
pub fn end_as_asked(signal: Option<i32>) -> io::Result<()> {
    signal.map_or(Ok(()), signal_hook::low_level::emulate_default_handler)
}

/// Other systems end programs without asking.
#[cfg(not(unix))]
pub fn end_as_asked(_signal: Option<i32>) -> io::Result<()> {
    Ok(())
}

/// Stops this program until the shell goes on with it.
#[cfg(unix)]
pub fn stop() -> io::Result<()> {
    signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)
}

/// Other systems do not stop programs.
#[cfg(not(unix))]
pub fn stop() -> io::Result<()> {
    Ok(())
}

/// While the terminal is taken over, a panic of this thread gives it back before it is told; one of another thread ends
/// only that thread, and says nothing on the screen.
fn restore_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let main = thread::current().id();
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if thread::current().id() == main {
                close();
            } else if OPEN.load(Ordering::SeqCst) {
                return;
            }
            before(info);
        }));
    });
}
