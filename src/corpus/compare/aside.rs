//! Something large → its memory, given back beside everything else: that of two large disclosures takes as long as many
//! keys.

use std::thread;

/// Something that is dropped by a thread of its own where it is large, however it comes to that.
#[derive(Debug)]
pub(super) struct Aside<T: Send + Default + 'static> {
    pub(super) held: T,
    is_large: bool,
}

impl<T: Send + Default + 'static> Aside<T> {
    pub(super) fn new(held: T, is_large: bool) -> Self {
        Self { held, is_large }
    }
}

impl<T: Send + Default + 'static> Drop for Aside<T> {
    fn drop(&mut self) {
        if self.is_large {
            drop_aside(std::mem::take(&mut self.held));
        }
    }
}

/// Drops something large in a thread of its own; where there can be none, here.
pub fn drop_aside<T: Send + 'static>(large: T) {
    drop(thread::Builder::new().name("dropper".to_owned()).spawn(move || drop(large)));
}
