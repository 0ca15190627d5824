//! A figure → what the disclosures of its department say of the same over the years, each statement with its place.

use rust_decimal::Decimal;

use super::compare::{Comparison, Side, Stop, in_unit};
use super::{Corpus, EntryId, ItemRef};
use crate::model::{Basis, Disclosure, Item, ItemId, Measure};
use crate::quantity::Unit;

/// What is said of a subject over the years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trend {
    /// The figure that was asked about.
    pub at: ItemRef,
    /// The unit that all are told in.
    pub unit: Unit,
    /// The statements by year and kind, that of the disclosure of that year first.
    pub points: Vec<Point>,
    /// The disclosures that are still to be looked at, the next one last.
    left: Vec<EntryId>,
}

/// One statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// The figure.
    pub place: ItemRef,
    /// The year it is about.
    pub year: u16,
    /// Whether it is a budgeted or an actual one.
    pub basis: Option<Basis>,
    /// Whether the disclosure of that year and kind says so itself, or another one quotes it.
    pub is_own: bool,
    /// The value in the common unit.
    pub value: Decimal,
    /// Whether it is another value than that of the disclosure of that year and kind.
    pub contradicts: bool,
}

/// How many disclosures of a department are looked at: more years than there are of any.
const MOST: usize = 64;

impl Trend {
    /// Returns what is said of a figure's subject; nothing where it is no level of a known year.
    pub fn of(corpus: &Corpus, at: ItemRef) -> Option<Self> {
        let mut trend = Self::begin(corpus, at)?;
        trend.go_on(corpus, usize::MAX);
        Some(trend)
    }

    /// Returns what the figure's own disclosure says; [`Self::go_on`] looks at the others.
    pub fn begin(corpus: &Corpus, at: ItemRef) -> Option<Self> {
        let at = level_of(corpus, at)?;
        let unit = corpus.item(at)?.unit;
        let own = corpus.department_id(at.entry);
        let entries: &[EntryId] = if own.is_some() { corpus.entries_of(own) } else { &[] };
        let left = entries.iter().take(MOST).rev().copied().filter(|&entry| entry != at.entry).collect();
        let mut trend = Self { at, unit, points: Vec::new(), left };
        trend.add(corpus, at);
        Some(trend)
    }

    /// Returns whether there are disclosures left to look at.
    pub fn is_busy(&self) -> bool {
        !self.left.is_empty()
    }

    /// Looks at the disclosures that are left as long as it takes no look at more figures than so many.
    pub fn go_on(&mut self, corpus: &Corpus, mut figures: usize) {
        let here = |entry: EntryId| corpus.entry(entry).map_or(0, |entry| entry.disclosure.items.len());
        let own = here(self.at.entry);
        while let Some(left) = self.left.last().and_then(|&entry| figures.checked_sub(own + here(entry))) {
            figures = left;
            self.step(&|| false, corpus);
        }
    }

    /// Looks at one of the disclosures that are left, unless there is something else to do.
    pub fn step(&mut self, stop: Stop, corpus: &Corpus) {
        let Some(entry) = self.left.pop() else { return };
        match Comparison::unless(stop, corpus, self.at.entry, entry) {
            Some(comparison) => {
                if let Some(place) = counterpart(corpus, self.at, &comparison) {
                    self.add(corpus, place);
                }
            }
            None => self.left.push(entry),
        }
    }

    /// Takes in what one disclosure says.
    fn add(&mut self, corpus: &Corpus, place: ItemRef) {
        self.points.extend(statements(corpus, place, self.unit));
        self.points.sort_by_key(|point| (point.year, point.basis, !point.is_own, point.place));
        mark_contradictions(corpus, &mut self.points);
    }

    /// Returns the years that are told, with the value of each kind: that of the disclosure itself, else a quoted one.
    pub fn years(&self) -> Vec<(u16, [Option<Decimal>; 2])> {
        let mut years: Vec<(u16, [Option<Decimal>; 2])> = Vec::new();
        for point in &self.points {
            if years.last().is_none_or(|(year, _)| *year != point.year) {
                years.push((point.year, [None, None]));
            }
            let kind = usize::from(point.basis == Some(Basis::FinalAccounts));
            if let Some(value) = years.last_mut().and_then(|(_, values)| values.get_mut(kind)) {
                value.get_or_insert(point.value);
            }
        }
        years
    }
}

/// Returns the level that a change, rate or share is of, or the figure itself where it is a level.
fn level_of(corpus: &Corpus, mut at: ItemRef) -> Option<ItemRef> {
    for _ in 0..8 {
        let item = corpus.item(at)?;
        if matches!(item.measure, Measure::Amount | Measure::Count) {
            return Some(at);
        }
        at.item = item.parent?;
    }
    None
}

/// Returns the same level in the second disclosure of a comparison with its own.
fn counterpart(corpus: &Corpus, at: ItemRef, comparison: &Comparison) -> Option<ItemRef> {
    let row = comparison.row_of(Side::Left, at.item).or_else(|| {
        // A level of last year has no row of its own: that of this year stands for it.
        let disclosure = &corpus.entry(at.entry)?.disclosure;
        let item = disclosure.items.get(at.item.0 as usize)?;
        let own = (0..)
            .map(ItemId)
            .zip(&disclosure.items)
            .find(|(_, other)| is_same(item, other) && is_own(disclosure, other));
        comparison.row_of(Side::Left, own?.0)
    })?;
    Some(ItemRef { entry: comparison.right, item: comparison.rows.get(row)?.right? })
}

fn is_same(item: &Item, other: &Item) -> bool {
    (item.subject, item.aspect, item.measure) == (other.subject, other.aspect, other.measure)
        && item.unit.kind() == other.unit.kind()
}

fn is_own(disclosure: &Disclosure, item: &Item) -> bool {
    let header = &disclosure.header;
    let year = item.year().zip(header.year).is_none_or(|(about, own)| about == own.value);
    year && item.basis.zip(header.basis).is_none_or(|(basis, own)| basis == own.value)
}

/// Returns what a disclosure says of a level and of the same in other years or the other kind of accounts, each first
/// statement once.
fn statements(corpus: &Corpus, place: ItemRef, unit: Unit) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    let Some(disclosure) = corpus.entry(place.entry).map(|entry| &entry.disclosure) else { return points };
    let Some(level) = corpus.item(place) else { return points };
    let header = &disclosure.header;
    let first = std::iter::once((place.item, level));
    let others = (0..).map(ItemId).zip(&disclosure.items);
    let others = others.filter(|(_, item)| is_same(level, item) && item.section == level.section);
    for (id, item) in first.chain(others) {
        let year = item.year().or(header.year.map(|year| year.value));
        let basis = item.basis.or(header.basis.map(|basis| basis.value));
        let Some(year) = year.filter(|&year| !points.iter().any(|p| (p.year, p.basis) == (year, basis)))
        else {
            continue;
        };
        let Some(value) = in_unit((item.value, item.unit), unit) else { continue };
        let place = ItemRef { entry: place.entry, item: id };
        points.push(Point {
            place,
            year,
            basis,
            is_own: is_own(disclosure, item),
            value,
            contradicts: false,
        });
    }
    points
}

/// Marks what is quoted with another value than the disclosure itself has, by more than rounding.
fn mark_contradictions(corpus: &Corpus, points: &mut [Point]) {
    let figure = |place: ItemRef| corpus.item(place).map(|item| (item.value, item.unit));
    for at in 0..points.len() {
        let point = points[at];
        let own = points.iter().find(|own| own.is_own && (own.year, own.basis) == (point.year, point.basis));
        let differs = own.and_then(|own| figure(own.place).zip(figure(point.place)));
        points[at].contradicts =
            differs.is_some_and(|(own, quoted)| !point.is_own && super::compare::differ(own, quoted));
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::path::{Path, PathBuf};

    use expect_test::expect;

    use super::*;
    use crate::parse::parse;
    use crate::source::Source;

    #[test]
    fn years_are_told_with_what_others_quote_of_them() {
        let text = |year: u16, kind: &str, value: &str, before: &str| {
            format!(
                "栖云县水务局{year}年部门{kind}\n一、“三公”经费情况\n{year}年“三公”经费{kind}{value}，比上年{kind}{before}减少。其中：公务接待费1.00万元。\n"
            )
        };
        let mut corpus = Corpus::default();
        for (number, (year, kind, value, before)) in [
            (2021, "预算", "8.00万元", "9.00万元"),
            (2022, "预算", "7.00万元", "8.00万元"),
            (2023, "预算", "65000元", "7.50万元"),
            (2022, "决算", "6.90万元", "7.20万元"),
        ]
        .into_iter()
        .enumerate()
        {
            let file = PathBuf::from(format!("{number}.txt"));
            let source = Source::read(Path::new(&file), text(year, kind, value, before).as_bytes());
            corpus.add(file.clone(), parse(&file, source.expect("it is text")));
        }
        let trend =
            Trend::of(&corpus, ItemRef { entry: EntryId(1), item: ItemId(0) }).expect("it is a level");
        let mut shown = String::new();
        for point in &trend.points {
            let item = corpus.item(point.place).expect("it is there");
            let basis = point.basis.map_or("-", Basis::key);
            let kind = if point.is_own { "own" } else { "quoted" };
            let not = if point.contradicts { " ≠" } else { "" };
            let _ = writeln!(
                shown,
                "{} {basis} {} {kind} in {}{not}",
                point.year, item.value, point.place.entry.0
            );
        }
        expect![[r"
            2020 budget 9.00 quoted in 0
            2021 budget 8.00 own in 0
            2021 budget 8.00 quoted in 1
            2021 final 7.20 quoted in 3
            2022 budget 7.00 own in 1
            2022 budget 7.50 quoted in 2 ≠
            2022 final 6.90 own in 3
            2023 budget 65000 own in 2
        "]]
        .assert_eq(&shown);
        let years: Vec<String> =
            trend.years().iter().map(|(year, values)| format!("{year} {values:?}")).collect();
        expect![[r"
            2020 [Some(9.00), None]
            2021 [Some(8.00), Some(7.20)]
            2022 [Some(7.00), Some(6.90)]
            2023 [Some(6.5), None]"]]
        .assert_eq(&years.join("\n"));
    }

    #[test]
    fn what_is_no_level_of_a_department_has_no_trend() {
        let corpus = Corpus::default();
        assert_eq!(Trend::of(&corpus, ItemRef { entry: EntryId(0), item: ItemId(0) }), None);
    }
}
