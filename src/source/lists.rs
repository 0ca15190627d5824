//! The lists of a text → the number that Word shows before a paragraph and does not store in it.

use std::collections::HashMap;

/// The most levels that a list has.
const LEVELS: usize = 9;

/// How the paragraphs of lists are numbered, and how far the counting is.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// The kind of list, and the numbers that its levels begin with instead of their own, by the number of the list.
    kind_of: HashMap<i64, (i64, Vec<(usize, i64)>)>,
    /// The levels by kind.
    kinds: HashMap<i64, Vec<Level>>,
    /// How far each kind has counted; each list of a kind goes on where the one before stopped.
    counts: HashMap<i64, [Option<i64>; LEVELS]>,
    /// The lists that have begun with their own numbers.
    begun: Vec<i64>,
}

/// One level of a list.
#[derive(Debug, Clone)]
pub(super) struct Level {
    /// The number of the first paragraph.
    pub(super) start: i64,
    /// How numbers are written, by the name that OOXML gives it.
    pub(super) format: String,
    /// The text with %1 for the number of the first level.
    pub(super) text: String,
    /// Whether a space stands after it.
    pub(super) spaced: bool,
}

impl Default for Level {
    fn default() -> Self {
        Self { start: 1, format: String::new(), text: String::new(), spaced: true }
    }
}

impl Lists {
    /// Adds a list of a kind.
    pub(super) fn add_list(&mut self, list: i64, kind: i64) {
        self.kind_of.insert(list, (kind, Vec::new()));
    }

    /// Returns a level of a kind to be filled in; nothing where lists have no such level.
    pub(super) fn level(&mut self, kind: i64, level: usize) -> Option<&mut Level> {
        if level >= LEVELS {
            return None;
        }
        let levels = self.kinds.entry(kind).or_default();
        levels.resize(levels.len().max(level + 1), Level::default());
        levels.get_mut(level)
    }

    /// Lets a level of a list begin with another number than its kind does.
    pub(super) fn start(&mut self, list: i64, level: usize, start: i64) {
        if let Some((_, starts)) = self.kind_of.get_mut(&list) {
            starts.push((level, start));
        }
    }

    /// Counts one paragraph of a list and returns what Word shows before it; nothing for bullets.
    pub(super) fn next(&mut self, list: i64, level: usize) -> Option<String> {
        let (kind, starts) = self.kind_of.get(&list)?;
        let levels = self.kinds.get(kind)?;
        let own = levels.get(level)?;
        let counts = self.counts.entry(*kind).or_default();
        if !starts.is_empty() && !self.begun.contains(&list) {
            self.begun.push(list);
            for (level, start) in starts {
                if let Some(count) = counts.get_mut(*level) {
                    *count = Some(start.saturating_sub(1));
                }
            }
        }
        for (at, count) in counts.iter_mut().enumerate() {
            let start = levels.get(at).map_or(1, |level| level.start);
            match at.cmp(&level) {
                std::cmp::Ordering::Less => *count = Some(count.unwrap_or(start)),
                std::cmp::Ordering::Equal => {
                    *count = Some(count.map_or(start, |count| count.saturating_add(1)));
                }
                std::cmp::Ordering::Greater => *count = None,
            }
        }
        if matches!(own.format.as_str(), "bullet" | "none") {
            return None;
        }
        let mut text = own.text.clone();
        for (at, (count, level)) in counts.iter().zip(levels).enumerate() {
            let place = format!("%{}", at + 1);
            if text.contains(&place) {
                text = text.replace(&place, &written(count.unwrap_or(level.start), &level.format));
            }
        }
        let closed = text.ends_with(['、', '.', '．', ')', '）', ':', '：']);
        if own.spaced && !closed && !text.is_empty() {
            text.push(' ');
        }
        Some(text)
    }
}

/// Returns a number as a list writes it.
fn written(number: i64, format: &str) -> String {
    let within = |first: u32, last: i64| {
        let at = (1..=last).contains(&number).then(|| u32::try_from(number - 1).ok()).flatten();
        at.and_then(|at| char::from_u32(first + at)).map(String::from)
    };
    let other = match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "ideographDigital"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "koreanDigital2" => chinese(number),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => within(0x2460, 20),
        "decimalEnclosedParen" => within(0x2474, 20),
        "upperLetter" => within(u32::from('A'), 26),
        "lowerLetter" => within(u32::from('a'), 26),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).map(|roman| roman.to_ascii_lowercase()),
        "ideographTraditional" => {
            let stems = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];
            usize::try_from(number - 1).ok().and_then(|at| stems.get(at)).map(|stem| (*stem).to_owned())
        }
        "decimalFullWidth" | "decimalFullWidth2" => {
            let wide = |c: char| c.to_digit(10).and_then(|digit| char::from_u32(0xFF10 + digit)).unwrap_or(c);
            Some(number.to_string().chars().map(wide).collect())
        }
        "decimalZero" => Some(format!("{number:02}")),
        _ => None,
    };
    other.unwrap_or_else(|| number.to_string())
}

/// 1 → 一, 10 → 十, 21 → 二十一, 105 → 一百零五; larger ones have no use in a list.
fn chinese(number: i64) -> Option<String> {
    let digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |value: i64| usize::try_from(value).ok().and_then(|value| digits.get(value)).unwrap_or(&"");
    let (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10);
    if !(0..1000).contains(&number) {
        return None;
    }
    let mut text = String::new();
    if hundreds > 0 {
        text = format!("{}百", digit(hundreds));
        if tens == 0 && ones > 0 {
            text.push('零');
        }
    }
    match (hundreds, tens) {
        (_, 0) => {}
        (0, 1) => text.push('十'),
        _ => text = format!("{text}{}十", digit(tens)),
    }
    if ones > 0 || number == 0 {
        text.push_str(digit(ones));
    }
    Some(text)
}

fn roman(number: i64) -> Option<String> {
    const SIGNS: &[(i64, &str)] =
        &[(50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut rest = Some(number).filter(|number| (1..90).contains(number))?;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while rest >= *value {
            text.push_str(sign);
            rest -= value;
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_lists_write_them() {
        let chinese =
            [1, 10, 11, 20, 21, 100, 105, 110, 999].map(|number| written(number, "chineseCounting"));
        assert_eq!(
            chinese,
            ["一", "十", "十一", "二十", "二十一", "一百", "一百零五", "一百一十", "九百九十九"]
        );
        let formats =
            ["decimal", "decimalEnclosedCircle", "upperLetter", "lowerRoman", "ideographTraditional"];
        assert_eq!(formats.map(|format| written(4, format)), ["4", "④", "D", "iv", "丁"]);
        assert_eq!(formats.map(|format| written(444, format)), ["444"; 5]);
    }
}
