//! A panic while one file is read → a message, with nothing on the terminal.

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::Once;
use std::thread;

use crate::source::pdf;

type Hook = Box<dyn Fn(&PanicHookInfo<'_>) + Send + Sync>;

thread_local! {
    /// Whether a panic on this thread will be caught and told elsewhere.
    static CAUGHT: Cell<bool> = const { Cell::new(false) };
    /// Where the last panic that was caught happened.
    static PLACE: Cell<Option<String>> = const { Cell::new(None) };
}

/// Makes panics that [`catch`] will catch print nothing. All others go to the hook that is there now.
///
/// The hook is one for the whole process. One that is installed later and passes on what it does not handle itself
/// keeps this one in place.
pub(super) fn hush_readers() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(hushed(before));
    });
}

fn hushed(before: Hook) -> Hook {
    Box::new(move |info| {
        if CAUGHT.get() {
            PLACE.set(info.location().map(|place| format!("{}:{}", place.file(), place.line())));
        } else if !is_helper() {
            before(info);
        }
    })
}

/// Whether this thread reads for another one, which tells what comes of it: that of a PDF, and those that the crate for
/// PDF starts, which are the only ones without a name.
fn is_helper() -> bool {
    thread::current().name().is_none_or(|name| name == pdf::THREAD)
}

/// Returns what `read` returns, or, where it panics, what the panic said and where.
pub(super) fn catch<T>(read: impl FnOnce() -> T) -> Result<T, String> {
    CAUGHT.set(true);
    let result = panic::catch_unwind(AssertUnwindSafe(read));
    CAUGHT.set(false);
    result.map_err(|payload| {
        let said = message(&*payload);
        PLACE.take().map_or_else(|| said.to_owned(), |place| format!("{said} ({place})"))
    })
}

fn message(payload: &(dyn Any + Send)) -> &str {
    payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("panic")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn a_caught_panic_reaches_no_other_hook_and_says_where() {
        let heard = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&heard);
        let ours = thread::current().id();
        let before = panic::take_hook();
        panic::set_hook(hushed(Box::new(move |info| {
            if thread::current().id() == ours {
                count.fetch_add(1, Ordering::Relaxed);
            } else {
                before(info);
            }
        })));
        let said = catch(|| panic!("no such {}", "cell")).expect_err("it panics");
        assert!(said.starts_with("no such cell (") && said.contains("fault.rs:"), "{said}");
        assert_eq!(catch(|| 7), Ok(7));
        assert_eq!(heard.load(Ordering::Relaxed), 0);
        panic::catch_unwind(|| panic!("for everyone")).expect_err("it panics");
        assert_eq!(heard.load(Ordering::Relaxed), 1);
    }
}
