//! A source → what it says: header, outline, figures.

use crate::model::Disclosure;
use crate::source::Source;

/// Returns what a source says. It cannot fail: what is not understood is left out or noted.
pub fn parse(source: Source) -> Disclosure {
    Disclosure { source, ..Disclosure::default() }
}
