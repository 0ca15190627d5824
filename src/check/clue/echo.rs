//! Places before which something stands twice running: a word, or a character of a name that is known.

/// A place before which something stands twice running.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::check) struct Echo {
    /// The byte after it.
    pub(in crate::check) end: u32,
    /// Whether it is a word, or only a character of [`Echo::NAMES`].
    pub(in crate::check) word: bool,
}

impl Echo {
    /// What a Chinese character takes in bytes.
    pub(in crate::check) const WIDTH: u32 = 3;
    /// The shortest and the longest word, in characters.
    pub(in crate::check) const SHORTEST: u32 = 3;
    pub(in crate::check) const LONGEST: u32 = 12;

    /// Names of which a character may stand there twice: 政府性性基金.
    pub(in crate::check) const NAMES: &str = "政府性基金 一般公共预算 国有资本经营 行政事业单位 财政拨款 社会保障 基本支出 项目支出 公务接待费 机关运行经费 预算支出 卫生健康";
}

/// What a Chinese character takes in bytes.
const WIDTH: usize = Echo::WIDTH as usize;
const LONGEST: usize = Echo::LONGEST as usize;

/// How many bytes are looked at in one step, and how many are known with those that come after them.
const STEP: usize = 16;
const NEAR: usize = STEP + LONGEST * WIDTH + size_of::<u64>();

/// Where in a step bytes are compared with those a word's length behind them, and that length: four bytes for short words, eight
/// for longer ones. They are as far apart as can be so that wherever a word stands twice, at least once all that is compared is
/// inside of it.
const FOUR: [(usize, usize); 5] = [(0, 9), (6, 9), (12, 9), (0, 12), (8, 12)];
#[rustfmt::skip]
const EIGHT: [(usize, usize); 11] = [
    (0, 15), (8, 15), (0, 18), (8, 18), (0, 21), (8, 21), (0, 24), (0, 27), (0, 30), (0, 33), (0, 36),
];

/// Returns whether so many bytes at a place are the same as those at a distance behind it.
fn is_alike<const BYTES: usize>(near: &[u8; NEAR], (at, distance): (usize, usize)) -> bool {
    let bytes = |at: usize| near.get(at..).and_then(|near| near.first_chunk::<BYTES>());
    bytes(at) == bytes(at + distance)
}

/// Returns the places before which words stand twice running, in no order, some of them more than once.
#[inline(never)]
pub(super) fn words_twice(text: &str) -> Vec<Echo> {
    let text = text.as_bytes();
    let mut words = Words { text, done: [0; LONGEST + 1], found: Vec::new() };
    let mut rest = text;
    while let Some(near) = rest.first_chunk() {
        if may_have_words(near) {
            words.look(near, text.len() - rest.len());
        }
        rest = rest.get(STEP..).unwrap_or_default();
    }
    while !rest.is_empty() {
        let mut near = [0; NEAR];
        near.iter_mut().zip(rest).for_each(|(near, byte)| *near = *byte);
        words.look(&near, text.len() - rest.len());
        rest = rest.get(STEP..).unwrap_or_default();
    }
    words.found
}

/// Returns whether any bytes are the same as those behind them, as they nearly never are.
fn may_have_words(near: &[u8; NEAR]) -> bool {
    FOUR.iter().any(|place| is_alike::<4>(near, *place))
        || EIGHT.iter().any(|place| is_alike::<8>(near, *place))
}

/// Words that stand twice running.
struct Words<'a> {
    text: &'a [u8],
    /// For each count of characters up to where all bytes are known that are the same as those so many characters behind.
    done: [usize; LONGEST + 1],
    found: Vec<Echo>,
}

impl Words<'_> {
    /// Looks closer at what is the same in a step.
    #[cold]
    #[inline(never)]
    fn look(&mut self, near: &[u8; NEAR], at: usize) {
        let four = FOUR.iter().filter(|place| is_alike::<4>(near, **place));
        let eight = EIGHT.iter().filter(|place| is_alike::<8>(near, **place));
        for (place, distance) in four.chain(eight) {
            self.look_closer(at + place, *distance);
        }
    }

    /// Looks for words around a place that is the same as that at a distance behind it.
    fn look_closer(&mut self, at: usize, distance: usize) {
        let Some(done) = self.done.get_mut(distance / WIDTH).filter(|done| **done <= at) else { return };
        let Some((before, behind)) = self.text.split_at_checked(at) else { return };
        let Some((later_before, later)) = self.text.split_at_checked(at + distance) else { return };
        let same = |(one, other): &(&u8, &u8)| one == other;
        let left = before.iter().rev().zip(later_before.iter().rev()).take_while(same).count();
        let right = behind.iter().zip(later).take_while(same).count();
        *done = at + right;
        if left + right < distance {
            return;
        }
        // Only whole characters make a word.
        let end = at + distance + right;
        let (mut start, mut length) = (at + distance - left, 0);
        while let Some(first) = self.text.get(start..end).and_then(<[u8]>::first) {
            let is_whole = first & 0xF0 == 0xE0 && start + WIDTH <= end;
            (start, length) = if is_whole { (start + WIDTH, length + WIDTH) } else { (start + 1, 0) };
            if length >= distance {
                self.found.push(Echo { end: start as u32, word: true });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Hits;
    use super::*;

    /// Returns the same by a search at every place.
    fn slowly(text: &str) -> Vec<Echo> {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let twice = |end: usize, count: usize| {
            let word = |end: usize| chars.get(end.checked_sub(count)?..end);
            let (Some(word), Some(again)) = (word(end - count), word(end)) else { return false };
            word.iter().zip(again).all(|((_, a), (_, b))| a == b && ('\u{4E00}'..='\u{9FFF}').contains(a))
        };
        let ends = (0..=chars.len()).filter(|end| (3..=12.min(*end)).any(|count| twice(*end, count)));
        let place = |end: usize| chars.get(end).map_or(text.len(), |(at, _)| *at) as u32;
        ends.map(|end| Echo { end: place(end), word: true }).collect()
    }

    #[test]
    fn words_that_stand_twice_are_found_wherever_they_begin() {
        let words = ["主要原因", "收入和", "厉行节约反对浪费的有关规定", "的的的", "政府性基金"];
        for word in words {
            for before in ["", "1", "如", "如下", "如下:", "2024年度公", "的"] {
                let text = format!("{before}{word}{word}是,{word}和{word}{word}{word}");
                let found = Hits::new(&text).echoes;
                let found: Vec<Echo> = found.into_iter().filter(|echo| echo.word).collect();
                assert_eq!(found, slowly(&text), "{text}");
            }
        }
    }

    #[test]
    fn something_is_compared_inside_of_every_word() {
        for count in Echo::SHORTEST as usize..=LONGEST {
            let distance = count * WIDTH;
            for start in 0..STEP {
                let mut compared = (0..4).flat_map(|step| {
                    let four = FOUR.iter().map(|place| (*place, 4));
                    four.chain(EIGHT.iter().map(|place| (*place, 8)))
                        .map(move |((at, behind), bytes)| (step * STEP + at, behind, bytes))
                });
                assert!(
                    compared.any(|(at, behind, bytes)| behind == distance
                        && (start..=start + distance - bytes).contains(&at)),
                    "{count} characters at {start}"
                );
            }
        }
    }

    #[test]
    fn one_character_over_and_over_is_no_burden() {
        let text = "的".repeat(50_000);
        assert_eq!(Hits::new(&text).echoes, slowly(&text));
    }

    #[test]
    fn a_character_of_a_name_is_heard_twice() {
        let found =
            |text: &str| Hits::new(text).echoes.iter().map(|echo| (echo.end, echo.word)).collect::<Vec<_>>();
        assert_eq!(found("政府性性基金的的"), [(12, false)]);
    }
}
