//! Two sentences → what stands in one and not in the other, so that a change of wording is seen.

use crate::source::Span;
use crate::source::span;

/// The longest sentences that are laid beside each other, in characters.
const LONGEST: usize = 600;

/// Returns the stretches of two sentences that the other does not have. Nothing where they have little in common, or are
/// very long: then every word differs, and nothing is said by that.
pub fn differences(left: (&str, Span), right: (&str, Span)) -> [Vec<Span>; 2] {
    let mut numbers = Vec::new();
    let (first, second) = (letters(left, &mut numbers), letters(right, &mut numbers));
    let longest = first.len().max(second.len());
    let shortest = first.len().min(second.len());
    if shortest == 0 || longest > LONGEST {
        return [Vec::new(), Vec::new()];
    }
    // How long what two ends have in common is, from the back.
    let width = second.len() + 1;
    let mut common = vec![0u16; (first.len() + 1) * width];
    for (i, a) in first.iter().enumerate().rev() {
        for (j, b) in second.iter().enumerate().rev() {
            common[i * width + j] = if a.0 == b.0 {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    if usize::from(common[0]) * 2 < shortest {
        return [Vec::new(), Vec::new()];
    }
    let (mut only_left, mut only_right) = (Vec::new(), Vec::new());
    let (mut i, mut j) = (0, 0);
    while i < first.len() || j < second.len() {
        match (first.get(i), second.get(j)) {
            (Some(a), Some(b)) if a.0 == b.0 => (i, j) = (i + 1, j + 1),
            (Some(a), b) if b.is_none() || common[(i + 1) * width + j] >= common[i * width + j + 1] => {
                push(&mut only_left, a.1);
                i += 1;
            }
            (_, Some(b)) => {
                push(&mut only_right, b.1);
                j += 1;
            }
            (_, None) => break,
        }
    }
    [only_left, only_right]
}

/// Returns the characters of a sentence that are seen, each with its place. A number is one of them: 3.46 and 3.43 are
/// two numbers, not one whose last digit differs.
fn letters<'a>((text, sentence): (&'a str, Span), numbers: &mut Vec<&'a str>) -> Vec<(u32, Span)> {
    let text = span::cut(text, sentence);
    let mut chars = text.char_indices().peekable();
    let mut letters = Vec::new();
    // What is longer is not laid beside anything.
    while let Some((start, c)) = chars.next().filter(|_| letters.len() <= LONGEST) {
        let mut end = start + c.len_utf8();
        if c.is_whitespace() {
            continue;
        }
        let mut letter = u32::from(c);
        if is_digit(c) {
            while let Some((at, next)) = chars.next_if(|&(at, c)| goes_on(text, at, c)) {
                end = at + next.len_utf8();
            }
            let number = span::cut(text, Span::new(start, end));
            let known = numbers.iter().position(|&known| known == number);
            letter = FIRST_NUMBER + known.unwrap_or(numbers.len()) as u32;
            if known.is_none() {
                numbers.push(number);
            }
        }
        let start = sentence.start + start as u32;
        letters.push((letter, Span { start, end: sentence.start + end as u32 }));
    }
    letters
}

/// What stands for the first number; no character is as great.
const FIRST_NUMBER: u32 = char::MAX as u32 + 1;

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// Returns whether a number goes on with the character at a place: with a digit, or with a point before one.
fn goes_on(text: &str, at: usize, c: char) -> bool {
    let mut after = span::cut(text, Span::new(at, text.len())).chars().skip(1);
    is_digit(c) || (matches!(c, '.' | ',' | '．') && after.next().is_some_and(is_digit))
}

fn push(spans: &mut Vec<Span>, letter: Span) {
    match spans.last_mut() {
        Some(last) if last.end == letter.start => last.end = letter.end,
        Some(_) | None => spans.push(letter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(left: &str, right: &str, expect: [&[&str]; 2]) {
        let whole = |text: &str| Span::new(0, text.len());
        let [a, b] = differences((left, whole(left)), (right, whole(right)));
        let cut = |text: &str, spans: &[Span]| -> Vec<String> {
            spans.iter().map(|&span| span::cut(text, span).to_owned()).collect()
        };
        assert_eq!(
            (cut(left, &a), cut(right, &b)),
            (
                expect[0].iter().map(|s| (*s).to_owned()).collect(),
                expect[1].iter().map(|s| (*s).to_owned()).collect()
            )
        );
    }

    #[test]
    fn what_differs_is_told() {
        check(
            "公务接待费3.46万元，主要是接待增加。",
            "公务接待费3.43万元，主要原因是接待减少。",
            [&["3.46", "增加"], &["3.43", "原因", "减少"]],
        );
        check("一样 的话。", "一样的话。", [&[], &[]]);
        check("甲乙丙丁", "子丑寅卯", [&[], &[]]);
        check("", "子丑寅卯", [&[], &[]]);
    }

    #[test]
    fn a_number_differs_as_a_whole() {
        check(
            "2022年预算1,234.56万元，其中３．５万元。",
            "2023年预算1,234.50万元，其中３．６万元。",
            [&["2022", "1,234.56", "３．５"], &["2023", "1,234.50", "３．６"]],
        );
        // What stands behind a number is no part of it.
        check("支出12.万元，5，6项。", "支出12万元，5、6项。", [&[".", "，"], &["、"]]);
        check("拨款为3.46", "拨款为13.46", [&["3.46"], &["13.46"]]);
    }
}
