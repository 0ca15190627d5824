//! What narrows a figure: 教育支出 of the whole department is another fact than 教育支出 below 项目支出.

use std::borrow::Cow;

use super::Facts;
use crate::model::ItemId;
use crate::source::numbering::numbering;
use crate::source::span::slice;

/// What says that those below an office are left out.
const OWN_LEVEL: &str = "本级";
/// How far up parents are looked at.
const DEEPEST: usize = 6;
/// The longest label, in characters.
const LONGEST_LABEL: usize = 14;

impl Facts<'_> {
    /// Returns what a figure is an amount within, where that is less than what its section is about: the name of a kind of
    /// expenditure above it, or a label before it, ②公用经费：. Empty where nothing narrows it.
    pub(in crate::check) fn within(&self, id: ItemId) -> Cow<'_, str> {
        let sentence = self.sentence(id);
        let (from, to) = (self.at(sentence.start), self.figure(id).map_or(0, |figure| figure.standing.start));
        if self.text.cut(from as usize, to as usize).contains("涉及") {
            // The money that a sentence says is touched is that of what the sentence tells of, which is nowhere else.
            return format!("涉及{from}").into();
        }
        if self.is_own_level(id) {
            return OWN_LEVEL.into();
        }
        let above = self.item(id).and_then(|item| item.parent);
        let parents = std::iter::successors(above, |id| self.item(*id).and_then(|item| item.parent));
        let mut kinds = parents.take(DEEPEST).map(|parent| self.canonical(parent));
        let kind = if is_nature(self.canonical(id)) {
            // 基本支出 of one line of the classification is no more than a part of that of the department.
            kinds.find(|name| !is_whole(name))
        } else {
            kinds.find(|name| is_nature(name))
        };
        let label = || self.label(id).filter(|label| is_kind(label) && *label != self.name(id));
        kind.or_else(label).map_or(Cow::Borrowed(""), Cow::Borrowed)
    }

    /// Whether a figure is that of the office or government itself, without those below it, as the beginning of its paragraph
    /// or a heading above it says: 区本级一般公共预算收入32.20亿元.
    fn is_own_level(&self, id: ItemId) -> bool {
        /// How far into a paragraph that is said, in bytes: 由本级财政拨款 further on says whose money it is.
        const NEAR: usize = 30;
        let says = |text: &str| text.contains(OWN_LEVEL) && !text.contains("含本级");
        let Some(item) = self.item(id) else { return false };
        let start = self.figure(id).map_or(0, |figure| figure.standing.start);
        let begins = self
            .block_at(start, start)
            .map_or("", |block| slice(self.text.cut(block.start as usize, block.end as usize), 0, NEAR));
        let begins = numbering(begins).map_or(begins, |number| slice(begins, number.length, begins.len()));
        says(begins) && !begins.contains("本级财政")
            || self.titles_around(item.span).any(|title| says(&title.text))
    }

    /// Returns the words before the last colon before a figure in its paragraph.
    fn label(&self, id: ItemId) -> Option<&str> {
        let start = self.figure(id)?.standing.start;
        let block = self.block_at(start, start)?;
        let before = self.text.cut(block.start as usize, start as usize);
        let words = before.get(..before.rfind(':')?)?;
        let begins = words.rfind([',', ';', ':', '。', '、']).map_or(0, |at| {
            at + words.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
        });
        let words = words.get(begins..)?;
        let words = words.strip_prefix("其中").unwrap_or(words);
        let label = words.get(numbering(words).map_or(0, |number| number.length)..)?;
        label.chars().nth(LONGEST_LABEL).is_none().then_some(label)
    }
}

/// Whether a name is one of the two parts that all expenditure has.
fn is_nature(name: &str) -> bool {
    matches!(name, "基本支出" | "项目支出")
}

/// Whether a name is that of all expenditure, or of all of one of the four budgets.
fn is_whole(name: &str) -> bool {
    is_nature(name) || ["总", "预算", "拨款", "本年", "合计", "收支"].iter().any(|word| name.contains(word))
}

/// Whether a label names a kind of expenditure, and neither a fund nor what a section is about.
fn is_kind(label: &str) -> bool {
    let kind = ["经费", "支出", "项目", "专项"].iter().any(|end| label.ends_with(end));
    kind && !["预算", "决算", "拨款", "三公", "情况"].iter().any(|word| label.contains(word))
}
