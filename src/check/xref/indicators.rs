//! One performance indicator with two targets.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use rustc_hash::FxBuildHasher;

use crate::check::facts::Facts;
use crate::check::finding::{Argument, Finding, Sentence, Severity};
use crate::check::place::Place;
use crate::check::report::Log;
use crate::lang::Word;
use crate::source::Span;
use crate::source::span::slice;

/// An indicator's value for the same year in two tables, and one that jumps from the years before.
pub(super) fn run(facts: &Facts, log: &mut Log) {
    let mut seen: HashMap<&str, (&str, Span), FxBuildHasher> =
        HashMap::with_capacity_and_hasher(facts.d.indicators.len(), FxBuildHasher);
    for indicator in &facts.d.indicators {
        let Some((_, span)) = indicator.values.last() else { continue };
        let (name, value) = (facts.cut(indicator.name), facts.cut(*span));
        let known = match seen.entry(name) {
            Entry::Occupied(known) => Some(*known.get()).filter(|(other, _)| differ(value, other)),
            Entry::Vacant(place) => {
                place.insert((value, *span));
                None
            }
        };
        let earlier = || indicator.values.iter().map(|(_, span)| facts.cut(*span));
        let jump = || earlier().find(|other| value.ends_with('%') && differ(value, other));
        let Some((other, place)) = known.or_else(|| Some((jump()?, *span))) else { continue };
        let arguments = [
            Argument::words(name),
            Argument::words(value),
            Argument::words(other),
            Argument::Place(Place::of(&facts.d.source, place.start)),
        ];
        let found = Finding::new(Severity::Info, *span, Sentence::new(Word::XrefIndicator, arguments));
        log.find(found.stated(value).computed(other));
    }
}

/// Whether two values have different numbers, so that not both can be the target. Values without a number, and those in
/// different units, are told by the check of units.
fn differ(one: &str, other: &str) -> bool {
    let number = |text: &str| text.find(|c: char| c.is_ascii_digit()).map_or(text.len(), |at| at);
    let of = |text| slice(text, number(text), usize::MAX);
    let unit = |text: &str| text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').to_owned();
    let (one, other) = (of(one), of(other));
    !one.is_empty() && !other.is_empty() && one != other && unit(one) == unit(other)
}
