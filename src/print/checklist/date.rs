//! A text → the days on which it was approved and published, where it says so.

use std::fmt;

use crate::source::span::slice;

/// How many days after the approval a disclosure must be public (预算法 §14).
pub(super) const DAYS_ALLOWED: i64 = 20;
/// How far behind a word its date may stand, in bytes.
const NEAR: usize = 40;

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Day {
    year: u16,
    month: u8,
    of_month: u8,
}

/// The days that a text gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Dates {
    /// When it was published.
    pub(super) published: Option<Day>,
    /// When the finance bureau approved it.
    pub(super) approved: Option<Day>,
}

impl Dates {
    /// Returns these days, or those of the other text where these are not known.
    pub(super) fn or(self, other: Self) -> Self {
        Self { published: self.published.or(other.published), approved: self.approved.or(other.approved) }
    }
}

impl Day {
    /// Returns how many days it comes after another.
    pub(super) fn days_after(self, other: Self) -> i64 {
        self.number() - other.number()
    }

    /// Counts the days from a fixed one on.
    fn number(self) -> i64 {
        let month = i64::from(self.month);
        let year = i64::from(self.year) - i64::from(month <= 2);
        let shifted = if month > 2 { month - 3 } else { month + 9 };
        365 * year + year / 4 - year / 100 + year / 400 + (153 * shifted + 2) / 5 + i64::from(self.of_month)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}-{:02}", self.year, self.month, self.of_month)
    }
}

/// Finds the days of a text.
pub(super) fn dates(text: &str) -> Dates {
    let after = |words: &[&str]| {
        words.iter().find_map(|word| {
            text.match_indices(word).find_map(|(at, _)| {
                let start = at + word.len();
                day(slice(text, start, start + NEAR))
            })
        })
    };
    Dates {
        published: after(&["公开日期", "公开时间", "发布日期", "发布时间", "发文日期", "公布时间"]),
        approved: after(&["批复日期", "批复时间", "批复于", "批复下达日期"]),
    }
}

/// Returns the first day that a text writes: 2024年2月5日, 2024-02-05, 2024/2/5, 2024.2.5.
fn day(text: &str) -> Option<Day> {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    let year: u16 = numbers.next()?.parse().ok().filter(|year| (2000..2100).contains(year))?;
    let month: u8 = numbers.next()?.parse().ok().filter(|month| (1..=12).contains(month))?;
    let of_month: u8 = numbers.next()?.parse().ok().filter(|day| (1..=31).contains(day))?;
    Some(Day { year, month, of_month })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_days_that_are_named() {
        let found = dates("批复时间：2024年1月20日\n发布日期：2024-02-05 来源：某局");
        let (published, approved) = (found.published.expect("a day"), found.approved.expect("a day"));
        assert_eq!((published.to_string(), published.days_after(approved)), ("2024-02-05".to_owned(), 16));
        assert_eq!(dates("2024年2月5日"), Dates::default());
        assert_eq!(dates("发布日期：\n收入1,202.95万元"), Dates::default());
    }

    #[test]
    fn days_are_counted_over_months_and_years() {
        let day = |year, month, of_month| Day { year, month, of_month };
        assert_eq!(day(2024, 3, 1).days_after(day(2024, 2, 28)), 2);
        assert_eq!(day(2024, 1, 1).days_after(day(2023, 12, 31)), 1);
        assert_eq!(day(2023, 3, 1).days_after(day(2023, 2, 28)), 1);
    }
}
