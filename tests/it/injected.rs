//! Errors put into figures that are right: each that the printed places can show must be found.
//!
//! A debug build tries one figure in a few; `cargo test --release --test it injected -- --nocapture` tries them all and
//! prints what was missed.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use mingbai::check::{Finding, Held, Severity, Term, check, examine};
use mingbai::model::{Disclosure, ItemId};
use mingbai::quantity::{Amount, Interval, Kind};
use mingbai::source::{Format, Source};
use rust_decimal::Decimal;

use crate::checks::read;
use crate::shared;

/// One of so many figures is tried.
const STEP: usize = if cfg!(debug_assertions) { 8 } else { 1 };
/// The share of the errors that must be found, in per cent; a few vary more than all do.
const LEAST: usize = if cfg!(debug_assertions) { 97 } else { 98 };

/// What a hasty hand does to a number.
#[derive(Debug, Clone, Copy)]
enum Mistake {
    Digit,
    Dropped,
    Swapped,
}

/// How many errors were made in the figures of a check, and how many of them were found.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    found: usize,
    all: usize,
}

#[test]
fn errors_put_into_right_figures_are_found() {
    let (mut tally, mut missed) = (BTreeMap::new(), String::new());
    for (path, bytes) in shared::files() {
        let source = Source::read(&path, &bytes).expect("it is text");
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        inject(&name, &source.text, source.format, &mut tally, &mut missed);
    }
    let sum = tally.values().fold(Tally::default(), |sum: Tally, one: &Tally| Tally {
        found: sum.found + one.found,
        all: sum.all + one.all,
    });
    println!("found {} of {} errors", sum.found, sum.all);
    for (check, tally) in &tally {
        println!("  {check}: {} of {}", tally.found, tally.all);
    }
    println!("{missed}");
    assert!(sum.all > 500 / STEP, "there is something to find: {}", sum.all);
    assert!(sum.found * 100 >= sum.all * LEAST, "{} of {}", sum.found, sum.all);
}

/// Puts errors into each figure that takes part in a formula that holds, one at a time.
fn inject(
    file: &str,
    text: &str,
    format: Format,
    tally: &mut BTreeMap<&'static str, Tally>,
    missed: &mut String,
) {
    let disclosure = read(text, format);
    let (_, held) = examine(&disclosure);
    let mut formulas: BTreeMap<ItemId, Vec<&Held>> = BTreeMap::new();
    for formula in held.iter().filter(|held| !held.formula.terms.is_empty()) {
        for &item in &formula.items {
            formulas.entry(item).or_default().push(formula);
        }
    }
    for (turn, (item, formulas)) in formulas.into_iter().enumerate().filter(|(turn, _)| turn % STEP == 0) {
        for mistake in [Mistake::Digit, Mistake::Dropped, Mistake::Swapped] {
            let Some((changed, value)) = make(mistake, text, &disclosure, item, turn / STEP) else {
                continue;
            };
            let Some(formula) = formulas.iter().find(|held| can_show(&disclosure, held, item, value)) else {
                continue;
            };
            let tally = tally.entry(formula.check.key()).or_default();
            tally.all += 1;
            if names(&read(&changed, format), &disclosure, item) {
                tally.found += 1;
                continue;
            }
            let place = &disclosure.items[item.0 as usize];
            let line = disclosure.source.line_of(place.span.start);
            let name = disclosure.words.subject_text(place.subject);
            let code = formula.check.key();
            let whole = &disclosure.items[formula.items[0].0 as usize];
            let of = disclosure.words.subject_text(whole.subject);
            writeln!(
                missed,
                "  missed {code} {file}:{line} {name} {} as {value}, held for {of} {}",
                place.value, whole.value
            )
            .expect("a string takes all");
        }
    }
}

/// Returns the text with a mistake in one figure, and the new value.
fn make(
    mistake: Mistake,
    text: &str,
    disclosure: &Disclosure,
    item: ItemId,
    turn: usize,
) -> Option<(String, Amount)> {
    let place = &disclosure.items[item.0 as usize];
    let span = place.span.range();
    let written = text.get(span.clone())?;
    let digits: Vec<usize> =
        written.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
    let turn = turn % digits.len().max(1);
    let &at = digits.get(turn)?;
    let mut wrong = written.to_owned();
    match mistake {
        Mistake::Digit => {
            let digit = written.as_bytes()[at] - b'0';
            wrong.replace_range(at..=at, &((digit + 3) % 10).to_string());
        }
        // A digit dropped from a group of three leaves no number that anyone would write.
        Mistake::Dropped if digits.len() > 2 && !written.contains([',', '，']) => {
            wrong.replace_range(at..=at, "");
        }
        Mistake::Dropped => return None,
        Mistake::Swapped => {
            let &next = digits.get(turn + 1)?;
            let (one, two) = (written.as_bytes()[at] as char, written.as_bytes()[next] as char);
            wrong.replace_range(at..=at, &two.to_string());
            wrong.replace_range(next..=next, &one.to_string());
        }
    }
    let number: String =
        wrong.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ')).collect();
    let value = Amount::parse(&number)?;
    let value = if place.value.decimal().is_sign_negative() { value.negated() } else { value };
    let same = value.decimal() == place.value.decimal();
    (!same && !number.starts_with('.')).then(|| {
        let parts = text.get(..span.start).into_iter().chain([wrong.as_str()]).chain(text.get(span.end..));
        (parts.collect(), value)
    })
}

/// Whether a formula that held no longer does with the figure's new value, by the printed places alone.
fn can_show(disclosure: &Disclosure, held: &Held, item: ItemId, value: Amount) -> bool {
    let interval = |id: ItemId| -> Interval {
        let place = &disclosure.items[id.0 as usize];
        let value = if id == item { value } else { place.value };
        let exact = place.unit.kind() == Kind::Count && value.places() == 0;
        let interval = if exact { Interval::exactly(value.decimal()) } else { value.interval() };
        interval.times(place.unit.yuan().unwrap_or(Decimal::ONE)).expect("it fits")
    };
    let sum = |terms: &[Term]| {
        terms.iter().fold(Interval::exactly(Decimal::ZERO), |sum, term| {
            let value = interval(term.item);
            if term.minus { sum - value } else { sum + value }
        })
    };
    let stated = interval(held.items[0]);
    match held.formula.over.as_slice() {
        [] => !sum(&held.formula.terms).meets(stated),
        over => {
            let percent = sum(&held.formula.terms).percent_of(sum(over));
            percent.is_some_and(|percent| !percent.meets(stated))
        }
    }
}

/// Whether an error or a warning on the changed text names the figure.
fn names(after: &Disclosure, before: &Disclosure, item: ItemId) -> bool {
    let report = check(after);
    let start = before.items[item.0 as usize].span.start;
    let named = |finding: &Finding| {
        let mut figures = finding.items.iter().filter_map(|id| after.items.get(id.0 as usize));
        finding.severity > Severity::Info && figures.any(|figure| figure.span.start == start)
    };
    report.findings.iter().any(|finding| named(finding) || finding.refers.iter().any(named))
}

#[test]
fn a_mistake_changes_one_figure_only() {
    let text = "第一部分 2024年部门预算\n一、收支\n2024年收入预算1202.95万元。\n";
    let disclosure = read(text, Format::Text);
    let made = |mistake| make(mistake, text, &disclosure, ItemId(0), 1).expect("it has digits");
    let values =
        [Mistake::Digit, Mistake::Dropped, Mistake::Swapped].map(|mistake| made(mistake).1.to_string());
    assert_eq!(values, ["1502.95", "102.95", "1022.95"]);
    assert_eq!(made(Mistake::Digit).0.len(), text.len());
}
