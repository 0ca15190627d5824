//! What a person types → the parts that must all match.

use super::filter::{self, Filter};
use super::number::{Number, number};
use crate::model::Basis;
use crate::source::span;

/// The most parts that are looked at. A pasted page must not stop the screen.
const MOST_PARTS: usize = 12;

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
    /// The filter that it is, and then nothing else: `部门:水利`, `金额>100万`.
    pub(super) filter: Option<Filter>,
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
/// Chinese is written without spaces. A filter without a value is still being typed and left out.
pub(super) fn parts(query: &str) -> Vec<Part> {
    let folded: String = query.chars().map(fold).collect();
    folded.split_whitespace().flat_map(parts_of).take(MOST_PARTS).collect()
}

fn parts_of(word: &str) -> Vec<Part> {
    let Some((field, test, value)) = filter::split(word) else {
        return around_years(word).into_iter().map(part).collect();
    };
    let filter = filter::read(field, test, value);
    let part = Part { text: value.to_owned(), year: None, basis: None, number: None, filter: Some(filter) };
    if value.is_empty() { Vec::new() } else { vec![part] }
}

fn part(text: &str) -> Part {
    Part { text: text.to_owned(), year: year(text), basis: basis(text), number: number(text), filter: None }
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

/// Reads a word as a year.
pub(super) fn year(text: &str) -> Option<u16> {
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
    fn a_filter_stays_whole() {
        assert_eq!(
            texts("部门：水利 年:2022 金额＞100万 dept:ab2022cd"),
            ["水利", "2022", "100万", "ab2022cd"]
        );
        assert_eq!(texts("部门: 公务"), ["公务"]);
        assert!(parts("问题:sum").iter().all(|part| part.filter.is_some()));
        assert!(parts("附注:无").iter().all(|part| part.filter.is_none()));
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
}
