//! Two sentences → what stands in one and not in the other, so that a change of wording is seen.

use crate::source::Span;
use crate::source::span;

/// The longest sentences that are laid beside each other, in characters.
const LONGEST: usize = 600;

/// Returns the stretches of two sentences that the other does not have. Nothing where they have little in common, or are
/// very long: then every word differs, and nothing is said by that.
pub fn differences(left: (&str, Span), right: (&str, Span)) -> [Vec<Span>; 2] {
    let (first, second) = (letters(left), letters(right));
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

/// Returns the characters of a sentence that are seen, each with its place.
fn letters((text, sentence): (&str, Span)) -> Vec<(char, Span)> {
    let mut at = sentence.start;
    let mut letters = Vec::new();
    for c in span::cut(text, sentence).chars() {
        let next = at + c.len_utf8() as u32;
        if !c.is_whitespace() {
            letters.push((c, Span { start: at, end: next }));
        }
        at = next;
    }
    letters
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
            [&["6", "增加"], &["3", "原因", "减少"]],
        );
        check("一样 的话。", "一样的话。", [&[], &[]]);
        check("甲乙丙丁", "子丑寅卯", [&[], &[]]);
        check("", "子丑寅卯", [&[], &[]]);
    }
}
