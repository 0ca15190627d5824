//! Something large → its memory, given back beside everything else: as many small pieces as two large disclosures have
//! take as long as many frames.

use std::thread;

/// Something that is dropped by a thread of its own, however it comes to that.
#[derive(Debug, Default)]
pub(super) struct Aside<T: Send + Default + 'static>(pub(super) T);

impl<T: Send + Default + 'static> Drop for Aside<T> {
    fn drop(&mut self) {
        drop_aside(std::mem::take(&mut self.0));
    }
}

/// Drops something large in a thread of its own; where there can be none, here.
pub fn drop_aside<T: Send + 'static>(large: T) {
    drop(thread::Builder::new().name("dropper".to_owned()).spawn(move || drop(large)));
}
