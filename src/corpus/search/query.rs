//! What a person types → the parts that must all match.

use crate::model::Basis;
use crate::quantity::{Amount, SPELLINGS, Unit};
use crate::source::span;

/// The most parts that are looked at. A pasted page must not stop the screen.
const MOST_PARTS: usize = 12;

/// The powers of ten, because every amount of a corpus is compared with them.
const POWERS: [u64; 20] = {
    let mut powers = [1; 20];
    let mut exponent = 1;
    while exponent < powers.len() {
        powers[exponent] = powers[exponent - 1] * 10;
        exponent += 1;
    }
    powers
};

/// One word of a query and what it may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// The word with its characters folded.
    pub(super) text: String,
    /// The year that it names: `2022`, `2022年`.
    pub(super) year: Option<u16>,
    /// The basis that it names.
    pub(super) basis: Option<Basis>,
    /// The number that it is: `3.43`, `1,202.95万元`, `54.18%`.
    pub(super) number: Option<Number>,
}

/// A number as typed, perhaps not to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    negative: bool,
    /// All digits, without the point.
    digits: u64,
    /// How many digits follow the point, where there is one.
    places: Option<u32>,
    unit: Option<Unit>,
}

/// How an amount matches a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Closeness {
    /// It is printed so.
    Exact,
    /// It begins so.
    Prefix,
}

/// Returns a character as it is compared: ASCII for full width, small for capital. One character stays one.
pub(super) fn fold(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c).to_ascii_lowercase(),
        '\u{3000}' | '\u{A0}' => ' ',
        c => c.to_ascii_lowercase(),
    }
}

/// Returns the parts of a query: what stands between white space, and years apart from what is written on to them, as
/// Chinese is written without spaces.
pub(super) fn parts(query: &str) -> Vec<Part> {
    let folded: String = query.chars().map(fold).collect();
    folded.split_whitespace().flat_map(around_years).take(MOST_PARTS).map(part).collect()
}

fn part(text: &str) -> Part {
    Part { text: text.to_owned(), year: year(text), basis: basis(text), number: number(text) }
}

/// Returns a word cut before and after each year in it. A number with a unit stays whole.
fn around_years(word: &str) -> Vec<&str> {
    let (mut parts, mut rest) = (Vec::new(), word);
    if number(word).is_some() {
        return vec![word];
    }
    while let Some((start, end)) = find_year(rest) {
        parts.extend([span::slice(rest, 0, start), span::slice(rest, start, end)]);
        rest = span::slice(rest, end, rest.len());
    }
    parts.push(rest);
    parts.retain(|part| !part.is_empty());
    parts
}

/// Returns from where to where the first year goes, 年 included: four digits with words or nothing on either side.
fn find_year(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(digit) = span::slice(text, from, text.len()).find(|c: char| c.is_ascii_digit()) {
        let start = from + digit;
        let tail = span::slice(text, start, text.len());
        let after = tail.trim_start_matches(|c: char| c.is_ascii_digit());
        from = text.len() - after.len();
        let before = span::slice(text, 0, start);
        let worded = |c: Option<char>| c.is_none_or(char::is_alphabetic);
        if from - start == 4 && worded(before.chars().next_back()) && worded(after.chars().next()) {
            return Some((start, text.len() - after.strip_prefix('年').unwrap_or(after).len()));
        }
    }
    None
}

fn year(text: &str) -> Option<u16> {
    let digits = text.strip_suffix('年').unwrap_or(text);
    (digits.len() == 4).then(|| digits.parse().ok()).flatten()
}

fn basis(text: &str) -> Option<Basis> {
    match text {
        "预算" | "budget" => Some(Basis::Budget),
        "决算" | "final" => Some(Basis::FinalAccounts),
        _ => None,
    }
}

fn number(text: &str) -> Option<Number> {
    let (negative, unsigned) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let unit_text = unsigned.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',' || c == '.');
    let written = span::slice(unsigned, 0, unsigned.len() - unit_text.len());
    let unit = match unit_text {
        "" => None,
        spelling => Some(SPELLINGS.iter().find(|(known, _)| *known == spelling)?.1),
    };
    // A point at the end is a number that is still being typed.
    let amount = Amount::parse(written.strip_suffix('.').unwrap_or(written))?;
    let places = written.contains('.').then_some(amount.places());
    Some(Number { negative, digits: amount.mantissa().unsigned_abs(), places, unit })
}

impl Number {
    /// Returns how a printed amount matches: its digits begin as the number does, with the point in the same place.
    pub(super) fn matches(self, value: Amount, unit: Unit) -> Option<Closeness> {
        if self.negative && value.mantissa() >= 0 || self.unit.is_some_and(|wanted| wanted != unit) {
            return None;
        }
        let (digits, places) = (value.mantissa().unsigned_abs(), value.places());
        if digits == self.digits && places == self.places.unwrap_or(0) {
            return Some(Closeness::Exact);
        }
        let more = match self.places {
            Some(wanted) => places.checked_sub(wanted)?,
            // Nothing but a nought begins with a nought.
            None if self.digits == 0 => places,
            None => {
                let more = length(digits).checked_sub(length(self.digits))?;
                if more < places {
                    return None;
                }
                more
            }
        };
        let one = *POWERS.get(more as usize)?;
        let least = self.digits.checked_mul(one)?;
        digits.checked_sub(least).is_some_and(|rest| rest < one).then_some(Closeness::Prefix)
    }

    /// Returns how a code of the classification matches, where the number has neither sign, point nor unit.
    pub(super) fn matches_code(self, code: u32) -> Option<Closeness> {
        if self.negative || self.places.is_some() || self.unit.is_some() || self.digits == 0 {
            return None;
        }
        let more = length(code.into()).checked_sub(length(self.digits))?;
        let begins = u64::from(code) / POWERS.get(more as usize)? == self.digits;
        match (begins, more) {
            (false, _) => None,
            (true, 0) => Some(Closeness::Exact),
            (true, _) => Some(Closeness::Prefix),
        }
    }
}

/// Returns how many digits a number has.
fn length(digits: u64) -> u32 {
    digits.checked_ilog10().map_or(1, |log| log + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(query: &str) -> Vec<String> {
        parts(query).into_iter().map(|part| part.text).collect()
    }

    #[test]
    fn splits_at_white_space_and_after_a_year() {
        assert_eq!(texts("  公务接待　２０２２ "), ["公务接待", "2022"]);
        assert_eq!(texts("2022年公务接待费"), ["2022年", "公务接待费"]);
        assert_eq!(texts("2022预算"), ["2022", "预算"]);
        assert_eq!(texts("赤壁2022年决算2023"), ["赤壁", "2022年", "决算", "2023"]);
        assert_eq!(texts("〔2022〕5号 12022号"), ["〔2022〕5号", "12022号"]);
        assert_eq!(texts("2022万元 2022.5 2022%"), ["2022万元", "2022.5", "2022%"]);
        assert_eq!(texts(" \t\n"), [""; 0]);
    }

    #[test]
    fn knows_years_and_bases() {
        let meaning = |text: &str| (part(text).year, part(text).basis);
        assert_eq!(meaning("2024"), (Some(2024), None));
        assert_eq!(meaning("2024年"), (Some(2024), None));
        assert_eq!(meaning("202"), (None, None));
        assert_eq!(meaning("决算"), (None, Some(Basis::FinalAccounts)));
        assert_eq!(meaning("budget"), (None, Some(Basis::Budget)));
        assert_eq!(meaning("预算数"), (None, None));
    }

    #[track_caller]
    fn check(typed: &str, written: &str, unit: Unit, expect: Option<Closeness>) {
        let amount = Amount::parse(written).expect("a number");
        let number = number(typed).expect("a number");
        assert_eq!(number.matches(amount, unit), expect, "{typed} in {written}");
    }

    #[test]
    fn a_number_matches_what_begins_as_it_does() {
        use Closeness::{Exact, Prefix};
        check("1202.95", "1,202.95", Unit::TenThousandYuan, Some(Exact));
        check("1,202.9", "1202.95", Unit::TenThousandYuan, Some(Prefix));
        check("1202.", "1202.95", Unit::TenThousandYuan, Some(Prefix));
        check("1202", "1202.95", Unit::TenThousandYuan, Some(Prefix));
        check("12", "1202.95", Unit::TenThousandYuan, Some(Prefix));
        check("1202.95", "1202.9", Unit::TenThousandYuan, None);
        check("120.2", "1202.95", Unit::TenThousandYuan, None);
        check("1202", "120.29", Unit::TenThousandYuan, None);
        check("3.4", "3.40", Unit::TenThousandYuan, Some(Prefix));
        check("0", "0.43", Unit::TenThousandYuan, Some(Prefix));
        check("0", "10.43", Unit::TenThousandYuan, None);
        check("0.4", "0.43", Unit::TenThousandYuan, Some(Prefix));
        check("99999999999999999", "3", Unit::Person, None);
    }

    #[test]
    fn a_number_may_have_a_sign_and_a_unit() {
        use Closeness::Exact;
        check("-3.43", "-3.43", Unit::TenThousandYuan, Some(Exact));
        check("3.43", "-3.43", Unit::TenThousandYuan, Some(Exact));
        check("-3.43", "3.43", Unit::TenThousandYuan, None);
        check("3.43万元", "3.43", Unit::TenThousandYuan, Some(Exact));
        check("3.43元", "3.43", Unit::TenThousandYuan, None);
        check("54.18%", "54.18", Unit::Percent, Some(Exact));
    }

    #[test]
    fn a_number_may_be_a_code() {
        let code = |typed: &str, code| number(typed).expect("a number").matches_code(code);
        assert_eq!(code("30217", 30217), Some(Closeness::Exact));
        assert_eq!(code("302", 30217), Some(Closeness::Prefix));
        assert_eq!(code("303", 30217), None);
        assert_eq!(code("302.1", 30217), None);
        assert_eq!(code("2101301", 210), None);
    }
}
