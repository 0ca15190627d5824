//! Changes in the folder that was opened → one event when they have come to rest.

use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, channel};
use std::thread;
use std::time::{Duration, Instant};

use notify::event::{EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher as _, recommended_watcher};

use super::event::Event;
use crate::corpus::load::Input;

/// How long nothing must happen before what changed is read.
const REST: Duration = Duration::from_millis(300);
/// Where changes do not end, they are read at least this often.
const LONGEST: Duration = Duration::from_secs(3);

/// Watches what was opened and sends when it changed, as long as the watcher that is returned is kept. The samples do not
/// change. Where the system cannot watch, it says so: there may be too many folders.
pub(super) fn start(input: &Input, events: SyncSender<Event>) -> Result<Option<RecommendedWatcher>, String> {
    let Input::Paths(paths) = input else { return Ok(None) };
    let (sender, changes) = channel();
    let told = |error: notify::Error| error.to_string();
    let mut watcher = recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| is_change(event.kind)) {
            // Nobody listens any more: the program ends.
            let _ = sender.send(());
        }
    })
    .map_err(told)?;
    for path in paths {
        watcher.watch(path, RecursiveMode::Recursive).map_err(told)?;
    }
    thread::spawn(move || forward(&changes, &events));
    Ok(Some(watcher))
}

/// Returns whether an event may change what is read. Reading is none, or the reader would wake itself.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Create(_) | EventKind::Remove(_) => true,
        EventKind::Modify(kind) => !matches!(kind, ModifyKind::Metadata(_)),
        EventKind::Access(_) | EventKind::Any | EventKind::Other => false,
    }
}

/// Sends one event for many changes, once they have come to rest.
fn forward(changes: &Receiver<()>, events: &SyncSender<Event>) {
    while changes.recv().is_ok() {
        let begun = Instant::now();
        loop {
            match changes.recv_timeout(REST) {
                Ok(()) if begun.elapsed() < LONGEST => {}
                Ok(()) | Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        if events.send(Event::Changed).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::sync_channel;

    use notify::event::{AccessKind, CreateKind, MetadataKind};

    use super::*;
    use crate::tui::files;

    #[test]
    fn reading_is_no_change() {
        assert!(is_change(EventKind::Create(CreateKind::File)));
        assert!(!is_change(EventKind::Access(AccessKind::Read)));
        assert!(!is_change(EventKind::Modify(ModifyKind::Metadata(MetadataKind::AccessTime))));
    }

    #[test]
    fn many_changes_are_one_event() {
        let (sender, changes) = channel();
        let (events, told) = sync_channel(4);
        for _ in 0..100 {
            sender.send(()).expect("it listens");
        }
        let thread = thread::spawn(move || forward(&changes, &events));
        assert!(matches!(told.recv(), Ok(Event::Changed)));
        drop(sender);
        thread.join().expect("it ends");
        assert!(told.try_recv().is_err(), "there is only one");
    }

    #[test]
    fn a_file_that_is_written_is_seen() {
        let folder = tempfile::tempdir().expect("a folder");
        let (events, told) = sync_channel(4);
        let input = Input::Paths(vec![folder.path().to_owned()]);
        let watcher = start(&input, events).expect("it can watch").expect("there is something to watch");
        let path = folder.path().join("a.txt");
        files::replace(&path, "2024年".as_bytes()).expect("it is written");
        assert!(matches!(told.recv_timeout(Duration::from_mins(1)), Ok(Event::Changed)));
        drop(watcher);
    }
}
