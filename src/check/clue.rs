//! The words that checks look for: one table, found all at once in one pass over a text.
//!
//! Most of what a check asks of words is whether one of a few stands in a name, a title or a stretch of the text. Asking
//! one by one costs a search each; here a text is read once, and each question after that is a look into the result.

use std::sync::LazyLock;

/// The words, in folded form. Their order means nothing.
const WORDS: &[&str] = &[
    // What money is of.
    "政府性基金",
    "国有资本经营",
    "三公\"",
    "三公经费",
    "机关运行经费",
    "公用经费",
    "人员经费",
    "商品和服务支出",
    "工资福利支出",
    "对个人和家庭",
    "一般公共预算",
    "财政拨款",
    "收入",
    "支出",
    "预算",
    "元",
    // What a figure is compared with.
    "比",
    "较",
    "与",
    "上年",
    "去年",
    "上一年",
    "同期",
    "结转",
    "☑社保基金预算",
    "☑社会保险基金预算",
    "☑一般公共预算",
    "☑政府性基金",
    "☑国有资本经营",
    "资金总额",
    "专项",
    "项目资金",
    "经费",
    "持平",
    "增加",
    "减少",
    "无变化",
    "无增减",
    "一致",
    // What a heading promises, and where tables are said to be.
    "增减",
    "变化",
    "编制情况",
    "人员",
    "预算编制",
    "三公",
    "绩效",
    "总计",
    "拨款",
    "原因",
    "下调",
    "上调",
    "基本",
    "项目",
    "☑延续项目",
    "三级指标",
    "附件",
    "另附",
    "附表",
    "详见",
    "见后",
    "链接",
    "附后",
    // What a template or a hasty hand left behind.
    "主要原因是。",
    "主要原因是;",
    "主要是。",
    "原因是。",
    "主要原因:。",
    "主要原因。",
    "主要用于。",
    "XX",
    "xx",
    "××",
    "___",
    "○○",
    "〇〇",
    "http",
    "www",
    "。。",
    ",,",
    "、、",
    "::",
    ";;",
    ",。",
    "。,",
    "、。",
    "与上年",
    "与去年",
    "%",
    "度",
    "部门",
    "单位",
    "日",
];

/// A word of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clue(u8);

/// Some words of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Clues([u64; 2]);

/// Where words of the table stand in a text.
#[derive(Debug, Default)]
pub(super) struct Hits {
    /// The first byte of each, word by word, in the order of the text.
    places: Vec<u32>,
    /// For each word, which of the places are its own.
    starts: Vec<u32>,
    /// Each with its first byte, in the order of the text.
    order: Vec<(u32, Clue)>,
    /// Where words may stand twice running.
    echoes: Vec<Echo>,
}

/// A word of the table, looked up when the program is compiled.
macro_rules! clue {
    ($word:literal) => {
        const { $crate::check::clue::Clue::of($word) }
    };
}
/// Some words of the table, looked up when the program is compiled.
macro_rules! clues {
    ($($word:literal),* $(,)?) => {
        const { $crate::check::clue::Clues::NONE$(.with($crate::check::clue::Clue::of($word)))* }
    };
}
pub(super) use {clue, clues};

impl Clue {
    /// Returns a word of the table. It is only called when the program is compiled.
    #[expect(
        clippy::panic,
        clippy::indexing_slicing,
        reason = "a word that is not in the table must not compile"
    )]
    pub(super) const fn of(word: &str) -> Self {
        let mut index = 0;
        while index < WORDS.len() {
            if is_same(WORDS[index].as_bytes(), word.as_bytes()) {
                return Self(index as u8);
            }
            index += 1;
        }
        panic!("this word is not in the table of clues")
    }

    /// Returns the word.
    pub(super) fn word(self) -> &'static str {
        WORDS.get(self.0 as usize).copied().unwrap_or_default()
    }
}

#[expect(clippy::indexing_slicing, reason = "a constant function has no iterators")]
const fn is_same(a: &[u8], b: &[u8]) -> bool {
    let mut index = 0;
    while index < a.len() && index < b.len() && a[index] == b[index] {
        index += 1;
    }
    index == a.len() && index == b.len()
}

impl Clues {
    pub(super) const NONE: Self = Self([0; 2]);

    /// Returns the same words and one more.
    pub(super) const fn with(self, clue: Clue) -> Self {
        let [low, high] = self.0;
        let bit = 1 << (clue.0 % 64);
        Self(if clue.0 < 64 { [low | bit, high] } else { [low, high | bit] })
    }

    /// Returns the words of the table in a text.
    pub(super) fn of(text: &str) -> Self {
        let mut clues = Self::NONE;
        scan(text, |clue, _| clues = clues.with(clue), |_, _| ());
        clues
    }

    /// Returns whether a word is among them.
    pub(super) fn has(self, clue: Clue) -> bool {
        self.has_any(Self::NONE.with(clue))
    }

    /// Returns whether any of some words is among them.
    pub(super) fn has_any(self, other: Self) -> bool {
        let ([a, b], [c, d]) = (self.0, other.0);
        a & c | b & d != 0
    }
}

impl Hits {
    /// Returns where the words stand in a text.
    pub(super) fn new(text: &str) -> Self {
        let mut order = Vec::with_capacity(text.len() / 8);
        let mut starts = vec![0; WORDS.len() + 1];
        let (mut echoes, mut ears) = (Vec::new(), Echoes { seen: [0; 256], run: 0 });
        let found = |clue: Clue, at| {
            order.push((at as u32, clue));
            if let Some(count) = starts.get_mut(clue.0 as usize + 1) {
                *count += 1;
            }
        };
        let passed = |c, end| {
            if let Some(echo) = ears.hear(c, end) {
                echoes.push(echo);
            }
        };
        scan(text, found, passed);
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let (mut places, mut next) = (vec![0; order.len()], starts.clone());
        for (at, clue) in &order {
            let Some(next) = next.get_mut(clue.0 as usize) else { continue };
            if let Some(place) = places.get_mut(*next as usize) {
                *place = *at;
            }
            *next += 1;
        }
        Self { places, starts, order, echoes }
    }

    /// Returns where a word begins, in the order of the text.
    pub(super) fn of(&self, clue: Clue) -> &[u32] {
        let at = |index: u8| self.starts.get(index as usize).map_or(0, |start| *start as usize);
        self.places.get(at(clue.0)..at(clue.0 + 1)).unwrap_or_default()
    }

    /// Returns where a word begins that lies between two places.
    pub(super) fn within(&self, clue: Clue, start: u32, end: u32) -> &[u32] {
        let all = self.of(clue);
        let first = all.partition_point(|at| *at < start);
        let after = all.partition_point(|at| *at as usize + clue.word().len() <= end as usize);
        all.get(first..after).unwrap_or_default()
    }

    /// Returns the words between two places, each with its first byte, in the order in which they begin.
    pub(super) fn between(&self, start: u32, end: u32) -> impl Iterator<Item = (u32, Clue)> {
        let first = self.order.partition_point(|(at, _)| *at < start);
        let later = self.order.get(first..).unwrap_or_default().iter().copied();
        let inside = move |(at, clue): &(u32, Clue)| *at as usize + clue.word().len() <= end as usize;
        later.take_while(move |(at, _)| *at < end).filter(inside)
    }
}

impl Hits {
    /// Returns where in a stretch words may stand twice running.
    pub(super) fn echoes(&self, start: u32, end: u32) -> &[Echo] {
        let first = self.echoes.partition_point(|echo| echo.end <= start);
        let after = self.echoes.partition_point(|echo| echo.end <= end);
        self.echoes.get(first..after).unwrap_or_default()
    }
}

/// The words by the character that they begin with.
struct Beginnings {
    /// For each character below U+10000, which list is its own; 0 where no word begins with it.
    list_of: Box<[u8]>,
    lists: Vec<List>,
}

/// The words that begin with one character, the longest first.
#[derive(Default)]
struct List {
    words: Vec<Clue>,
    /// One bit for each last byte that the second of two Chinese characters can have, so that most texts that only begin
    /// like a word are told by one look; all bits where there are other words.
    second: u64,
}

impl Beginnings {
    fn read() -> Self {
        let mut found = Self { list_of: vec![0; 1 << 16].into_boxed_slice(), lists: vec![List::default()] };
        for (index, word) in WORDS.iter().enumerate() {
            let first = word.chars().next().map_or(0, |c| c as usize);
            let Some(list) = found.list_of.get_mut(first) else { continue };
            if *list == 0 {
                *list = found.lists.len() as u8;
                found.lists.push(List::default());
            }
            if let Some(list) = found.lists.get_mut(*list as usize) {
                list.words.push(Clue(index as u8));
                list.words.sort_by_key(|clue| std::cmp::Reverse(clue.word().len()));
                list.second |= match word.as_bytes() {
                    [0xE0..=0xEF, _, _, 0xE0..=0xEF, _, end, ..] => 1 << (end & 0x3F),
                    _ => u64::MAX,
                };
            }
        }
        found
    }

    /// Returns the words that a text which begins with a character can begin with.
    fn of(&self, first: u16, text: &[u8]) -> &[Clue] {
        let list = match self.list_of.get(usize::from(first)).copied().unwrap_or(0) {
            0 => return &[],
            list => self.lists.get(usize::from(list)),
        };
        let end = text.get(5).map_or(0, |byte| byte & 0x3F);
        list.filter(|list| list.second >> end & 1 == 1).map_or(&[], |list| &list.words)
    }
}

/// Tells of every word of the table in a text and its first byte, in the order in which they begin, and of every character
/// and the byte after it.
fn scan(text: &str, mut found: impl FnMut(Clue, usize), mut passed: impl FnMut(u16, usize)) {
    static BEGINNINGS: LazyLock<Beginnings> = LazyLock::new(Beginnings::read);
    let beginnings = &*BEGINNINGS;
    let mut rest = text.as_bytes();
    // Decoding by hand takes a third of what an iterator over characters does, and this is the one loop over all text.
    while let [byte, after @ ..] = rest {
        let low = |byte: &u8| u16::from(byte & 0x3F);
        let (first, next) = match (byte, after) {
            (0xE0..=0xEF, [b, c, next @ ..]) => (u16::from(*byte) << 12 | low(b) << 6 | low(c), next),
            (0..=0x7F, _) => (u16::from(*byte), after),
            (0xC0..=0xDF, [b, next @ ..]) => (u16::from(byte & 0x1F) << 6 | low(b), next),
            // Part of a character beyond the table, with which no word begins.
            _ => (0, after),
        };
        for clue in beginnings.of(first, rest) {
            if rest.starts_with(clue.word().as_bytes()) {
                found(*clue, text.len() - rest.len());
            }
        }
        passed(first, text.len() - next.len());
        rest = next;
    }
}

/// Finds stretches in which each character was there shortly before.
struct Echoes {
    /// Where each character was seen last, by some of its bits, as the byte after it; 0 where it was not. Others may
    /// share a place, so an echo only says where to look closer.
    seen: [u32; 256],
    run: u32,
}

impl Echoes {
    /// Takes the next character and the byte after it.
    fn hear(&mut self, c: u16, end: usize) -> Option<Echo> {
        if !(0x4E00..=0x9FFF).contains(&c) {
            self.run = 0;
            return None;
        }
        let end = end as u32;
        let before = std::mem::replace(&mut self.seen[usize::from(c % 256)], end);
        let back = end - before;
        if before == 0 || back > Echo::FARTHEST {
            self.run = 0;
            return None;
        }
        self.run += 1;
        let twice = back == Echo::WIDTH;
        (twice || self.run >= Echo::SHORTEST).then_some(Echo { end, run: self.run, twice })
    }
}

/// A place before which a word may stand twice running.
#[derive(Debug, Clone, Copy)]
pub(super) struct Echo {
    /// The byte after it.
    pub(super) end: u32,
    /// How many of the characters before it were there shortly before.
    pub(super) run: u32,
    /// Whether the last character may stand there twice.
    pub(super) twice: bool,
}

impl Echo {
    /// What a Chinese character takes in bytes.
    pub(super) const WIDTH: u32 = 3;
    /// The shortest and the longest word, in characters.
    pub(super) const SHORTEST: u32 = 3;
    pub(super) const LONGEST: u32 = 12;
    const FARTHEST: u32 = Self::LONGEST * Self::WIDTH;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_inside_words_are_found() {
        let text = "一般公共预算财政拨款收入,支出";
        let hits = Hits::new(text);
        let at = |word: &str| text.find(word).map(|at| at as u32);
        assert_eq!(hits.of(clue!("财政拨款")).first().copied(), at("财政拨款"));
        assert_eq!(hits.within(clue!("支出"), 0, text.len() as u32).len(), 1);
        assert!(hits.within(clue!("支出"), 0, text.len() as u32 - 1).is_empty());
        let inside: Vec<&str> = hits.between(18, text.len() as u32).map(|(_, clue)| clue.word()).collect();
        assert_eq!(inside, ["财政拨款", "拨款", "收入", "支出"]);
        assert!(Clues::of(text).has(clue!("一般公共预算")) && !Clues::of(text).has(clue!("人员经费")));
    }

    #[test]
    fn no_word_is_there_twice_and_all_have_a_bit() {
        let distinct: std::collections::BTreeSet<_> = WORDS.iter().collect();
        assert_eq!(distinct.len(), WORDS.len());
        assert!(WORDS.len() <= 128 && WORDS.iter().all(|word| crate::source::fold::folded(word) == **word));
    }
}
