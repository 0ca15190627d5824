//! Errors put into figures that are right: each that the printed places can show must be found.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use mingbai::check::{Code, Finding, Held, Severity, check, examine};
use mingbai::model::{Disclosure, ItemId};
use mingbai::quantity::{Amount, Interval, Kind};
use mingbai::source::{Format, Source};
use rust_decimal::Decimal;

use crate::checks::read;

/// One of so many figures is tried, so that the test takes seconds.
const STEP: usize = 4;
/// The share of the errors that must be found.
const LEAST: (usize, usize) = (98, 100);

#[test]
fn errors_put_into_right_figures_are_found() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut texts: Vec<(String, Format)> = Vec::new();
    for folder in ["assets/samples/栖云县文化和旅游局", "assets/samples/栖云县水利局", "../shared/seeds"]
    {
        let Ok(files) = fs::read_dir(root.join(folder)) else {
            println!("{folder} is not there; only the samples are tested");
            continue;
        };
        let mut paths: Vec<PathBuf> = files.map(|file| file.expect("a file of the folder").path()).collect();
        paths.sort();
        for path in paths {
            let source = Source::read(&path, &fs::read(&path).expect("it is there")).expect("it is text");
            texts.push((source.text, source.format));
        }
    }
    let mut tally: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let (mut missed, mut reread) = (Vec::new(), 0);
    for (text, format) in &texts {
        inject(text, *format, &mut tally, &mut missed, &mut reread);
    }
    let (found, all) = tally.values().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    println!("found {found} of {all} errors; {reread} more changed what the figures are parts of");
    for (check, (found, all)) in &tally {
        println!("  {check}: {found} of {all}");
    }
    for line in &missed {
        println!("  missed {line}");
    }
    assert!(all > 150, "there is something to find: {all}");
    // The reader takes sums for a sign of where a list ends, so some errors make it read another list.
    assert!(reread * 10 <= all, "{reread} beside {all}");
    assert!(found * LEAST.1 >= all * LEAST.0, "{found} of {all}");
}

/// Puts one error into each figure of each formula that holds.
fn inject(
    text: &str,
    format: Format,
    tally: &mut BTreeMap<&'static str, (usize, usize)>,
    missed: &mut Vec<String>,
    reread: &mut usize,
) {
    let disclosure = read(text, format);
    let (_, held) = examine(&disclosure);
    let mut turn = 0;
    for formula in held {
        for &item in &formula.items {
            turn += 1;
            if turn % STEP != 0 {
                continue;
            }
            let turn = turn / STEP;
            let Some((changed, value)) = mistake(text, &disclosure, item, turn) else { continue };
            if !can_show(&disclosure, &formula, item, value) {
                continue;
            }
            let after = read(&changed, format);
            let named = names(&after, &disclosure, item);
            if !named && !reads_alike(&disclosure, &after, &formula) {
                *reread += 1;
                continue;
            }
            let (found, all) = tally.entry(formula.check.key()).or_default();
            *all += 1;
            if named {
                *found += 1;
            } else {
                let place = &disclosure.items[item.0 as usize];
                let line = disclosure.source.line_of(place.span.start);
                let name = disclosure.words.subject_text(place.subject);
                missed.push(format!("{} line {line} {name} {} as {value}", formula.check.key(), place.value));
            }
        }
    }
}

/// Returns the text with one digit of a figure changed, dropped or swapped with the next, and the new value.
fn mistake(text: &str, disclosure: &Disclosure, item: ItemId, turn: usize) -> Option<(String, Amount)> {
    let place = &disclosure.items[item.0 as usize];
    let span = place.span.range();
    let written = text.get(span.clone())?;
    let digits: Vec<usize> =
        written.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
    let &at = digits.get(turn / 3 % digits.len().max(1))?;
    let mut wrong = written.to_owned();
    match turn % 3 {
        0 => {
            let digit = written.as_bytes()[at] - b'0';
            wrong.replace_range(at..=at, &((digit + 3) % 10).to_string());
        }
        1 if digits.len() > 2 => wrong.replace_range(at..=at, ""),
        _ => {
            let next = *digits.get(turn / 3 % digits.len() + 1)?;
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
        (
            text.get(..span.start).into_iter().chain([wrong.as_str()]).chain(text.get(span.end..)).collect(),
            value,
        )
    })
}

/// Whether the figures of a formula are still parts of the same.
fn reads_alike(before: &Disclosure, after: &Disclosure, formula: &Held) -> bool {
    formula.items.iter().all(|id| {
        let (one, other) = (before.items.get(id.0 as usize), after.items.get(id.0 as usize));
        one.map(|item| (item.parent, item.relation)) == other.map(|item| (item.parent, item.relation))
    })
}

/// Whether a formula that held no longer does with the figure's new value.
fn can_show(disclosure: &Disclosure, formula: &Held, item: ItemId, value: Amount) -> bool {
    let interval = |id: ItemId| -> Interval {
        let place = &disclosure.items[id.0 as usize];
        let value = if id == item { value } else { place.value };
        let exact = place.unit.kind() == Kind::Count && value.places() == 0;
        let interval = if exact { Interval::exactly(value.decimal()) } else { value.interval() };
        interval.times(place.unit.yuan().unwrap_or(Decimal::ONE)).expect("it fits")
    };
    let hundred = Decimal::ONE_HUNDRED;
    match (formula.check, formula.items.as_slice()) {
        (Code::Sum | Code::Count, [parts @ .., whole]) => {
            let sum = parts.iter().fold(Interval::exactly(Decimal::ZERO), |sum, part| sum + interval(*part));
            !sum.meets(interval(*whole))
        }
        (Code::Delta, [change, this, last]) => !(interval(*this) - interval(*last)).meets(interval(*change)),
        (Code::Xref | Code::Balance, [a, b]) => !interval(*a).meets(interval(*b)),
        (Code::Share, [whole @ .., share, part]) => {
            let sum = whole.iter().fold(Interval::exactly(Decimal::ZERO), |sum, one| sum + interval(*one));
            let percent = interval(*part).over(sum).and_then(|ratio| ratio.times(hundred));
            percent.is_some_and(|percent| !percent.meets(interval(*share)))
        }
        (Code::Rate, [change, this, other, rate, parent]) if change == other && this == parent => {
            let base = interval(*this) - interval(*change);
            let percent = interval(*change).over(base).and_then(|ratio| ratio.times(hundred));
            percent.is_some_and(|percent| !percent.meets(interval(*rate)))
        }
        _ => false,
    }
}

/// Whether an error or a warning on the changed text names the figure.
fn names(after: &Disclosure, before: &Disclosure, item: ItemId) -> bool {
    let disclosure = after;
    let report = check(disclosure);
    let start = before.items[item.0 as usize].span.start;
    let named = |finding: &Finding| {
        let figures = finding.items.iter().filter_map(|id| disclosure.items.get(id.0 as usize));
        finding.severity > Severity::Info && figures.into_iter().any(|figure| figure.span.start == start)
    };
    report.findings.iter().any(|finding| named(finding) || finding.refers.iter().any(named))
}

#[test]
fn a_mistake_changes_one_figure_only() {
    let text = "第一部分 2024年部门预算\n一、收支\n2024年收入预算1202.95万元。\n";
    let disclosure = read(text, Format::Text);
    let (changed, value) = mistake(text, &disclosure, ItemId(0), 3).expect("it has digits");
    assert_eq!((changed.len(), value.to_string().as_str()), (text.len(), "1502.95"));
    assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples").is_dir());
}
