//! One performance indicator with two targets.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use crate::check::facts::Facts;
use crate::check::finding::{Argument, Finding, Sentence, Severity};
use crate::check::report::Log;
use crate::lang::Word;
use crate::source::Span;

/// An indicator's value for the same year in two tables, and one that jumps from the years before.
pub(super) fn run(facts: &Facts, log: &mut Log) {
    let mut seen: HashMap<String, (&str, Span), FxBuildHasher> = HashMap::default();
    for indicator in &facts.d.indicators {
        let Some((_, span)) = indicator.values.last() else { continue };
        let (name, value) = (facts.cut(indicator.name), facts.cut(*span));
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let differs = |other: &str| {
            let (one, other) = (digits(value), digits(other));
            !one.is_empty() && !other.is_empty() && one != other
        };
        let key: String = name.chars().filter(|c| !"的员学".contains(*c)).collect();
        let common = ["及时率", "次数"].iter().any(|word| name.ends_with(word));
        let mut earlier = indicator.values.iter().map(|(_, span)| facts.cut(*span));
        let known = seen.get(&key).copied().filter(|(other, _)| !common && differs(other));
        let mut jump = || value.contains('%').then(|| earlier.find(|other| differs(other))).flatten();
        let other = known.or_else(|| Some((jump()?, *span)));
        if let Some((other, place)) = other {
            let line = facts.d.source.line_of(place.start).to_string();
            let arguments = [
                Argument::words(name),
                Argument::words(value),
                Argument::words(other),
                Argument::Text(line.into()),
            ];
            let found = Finding::new(Severity::Info, *span, Sentence::new(Word::XrefIndicator, arguments));
            log.find(found.stated(value).computed(other));
        }
        seen.entry(key).or_insert((value, *span));
    }
}
