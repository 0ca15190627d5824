//! The words that checks look for: one table, found all at once in one pass over a text.
//!
//! Most of what a check asks of words is whether one of a few stands in a name, a title or a stretch of the text. Asking
//! one by one costs a search each; here a text is read once, and each question after that is a look into the result.

mod beginnings;
mod echo;
mod hits;

pub(super) use echo::Echo;
pub(super) use hits::Hits;

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
    "填报日期;",
    "单位;",
    "联系电话;",
    "%",
    "度",
    "部门",
    "单位",
    "日",
    // What must be explained.
    "职责",
    "职能",
    "机构设置",
    "内设机构",
    "单位构成",
    "编报单位",
    "预算单位",
    "收入预算",
    "收支",
    "总收入",
    "收入总计",
    "政府采购",
    "国有资产",
    "车辆",
    "名词解释",
    "名词说明",
    // What lines of the classification were called once.
    "行政事业单位离退休",
    "归口管理的行政单位离退休",
    "突发公共卫生事件应急处理",
    "工业和信息产业监管",
    "其他工业和信息产业监管",
    "国有土地使用权出让收入及对应专项债务收入安排的",
    "市场主体管理",
    "文化体育与传媒",
    "医疗卫生与计划生育",
    "医疗卫生",
    "资源勘探信息等",
    "国土海洋气象等",
    // What is attached, with its number.
    "附件1",
    "附件2",
];

/// Those that only count behind a digit, of which much more stand elsewhere.
const AFTER_DIGIT: &[&str] = &["度", "部门", "单位", "日"];

/// Those that are only asked of names and headings, and not looked for in texts, where many of them stand all over.
const ONLY_IN_NAMES: &[&str] = &[
    "预算",
    "基本",
    "人员",
    "拨款",
    "总计",
    "专项",
    "项目资金",
    "资金总额",
    "增减",
    "变化",
    "编制情况",
    "预算编制",
];

/// A word of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clue(u8);

/// Some words of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Clues([u64; 2]);

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
    /// Any character of some names that stands there twice; see [`Echo::NAMES`].
    const TWICE: Self = Self(u8::MAX);

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

    /// Returns a word of the table.
    pub(super) fn find(word: &str) -> Option<Self> {
        WORDS.iter().position(|known| *known == word).map(|index| Self(index as u8))
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

impl beginnings::Finder for Clues {
    fn find(&mut self, clue: Clue, _: u32) {
        if clue != Clue::TWICE {
            *self = self.with(clue);
        }
    }
}

impl Clues {
    pub(super) const NONE: Self = Self([0; 2]);

    /// Returns the same words and one more.
    pub(super) const fn with(self, clue: Clue) -> Self {
        let [low, high] = self.0;
        let bit = 1 << (clue.0 % 64);
        Self(if clue.0 < 64 { [low | bit, high] } else { [low, high | bit] })
    }

    /// Returns the words of the table in a name or a heading.
    pub(super) fn of(name: &str) -> Self {
        let mut clues = Self::NONE;
        beginnings::scan(&beginnings::IN_NAMES, name, &mut clues);
        clues
    }

    /// Returns whether a word is among them.
    pub(super) fn has(self, clue: Clue) -> bool {
        let [low, high] = self.0;
        let half = if clue.0 < 64 { low } else { high };
        half >> (clue.0 % 64) & 1 == 1
    }

    /// Returns the words of both.
    pub(super) const fn plus(self, other: Self) -> Self {
        let ([a, b], [c, d]) = (self.0, other.0);
        Self([a | c, b | d])
    }

    /// Returns the words that are among both.
    pub(super) const fn and(self, other: Self) -> Self {
        let ([a, b], [c, d]) = (self.0, other.0);
        Self([a & c, b & d])
    }

    /// Returns each of the words.
    pub(super) fn iter(self) -> impl Iterator<Item = Clue> {
        (0..WORDS.len() as u8).map(Clue).filter(move |clue| self.has(*clue))
    }

    /// Returns whether any of some words is among them.
    pub(super) fn has_any(self, other: Self) -> bool {
        let ([a, b], [c, d]) = (self.0, other.0);
        a & c | b & d != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_there_twice_and_all_have_a_bit() {
        let distinct: std::collections::BTreeSet<_> = WORDS.iter().collect();
        assert_eq!(distinct.len(), WORDS.len());
        assert!(WORDS.len() <= 128 && WORDS.iter().all(|word| crate::source::fold::folded(word) == **word));
    }
}
