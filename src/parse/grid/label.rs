//! What a row is called → its code, its name and how deep it lies.

use crate::model::catalog::{Catalog, Domain, catalog};
use crate::parse::numbering::{Style, numbering};
use crate::source::span::slice;

/// What the words before a row's figures say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Label {
    /// The code of the classification.
    pub(super) code: Option<u32>,
    /// The name without number, code and 其中.
    pub(super) name: String,
    /// How its number is written.
    pub(super) style: Option<Style>,
    /// Whether 其中 stands before it.
    pub(super) among: bool,
    /// How far it is set in.
    pub(super) indent: u16,
}

impl Label {
    /// Returns what a folded name says.
    pub(super) fn of(text: &str, indent: u16) -> Self {
        let (code, name) = code_of(text).unwrap_or((None, text));
        let (mut rest, mut among, mut style) = (name, false, None);
        loop {
            let before = rest;
            if let Some(inner) = rest.strip_prefix("其中") {
                (rest, among) = (inner.trim_start_matches(':'), true);
            }
            if let Some(number) = numbering(rest).filter(|_| style.is_none()) {
                style = Some(number.style);
                rest = slice(rest, number.length, rest.len());
            }
            if rest.len() == before.len() {
                break;
            }
        }
        let rest = rest.trim_matches(|c: char| matches!(c, ':' | '-' | '_' | '*'));
        Self { code, name: if rest.is_empty() { name } else { rest }.to_owned(), style, among, indent }
    }

    /// Whether it is the total of other rows.
    pub(super) fn is_total(&self) -> bool {
        ["合计", "总计", "小计"].iter().any(|word| self.name.ends_with(word))
    }

    /// Whether it is nothing but the word for a total.
    pub(super) fn is_bare_total(&self) -> bool {
        matches!(self.name.as_str(), "合计" | "总计" | "小计" | "")
    }
}

/// Returns the code that a folded cell is or begins with, and the rest: 2101301, [2014001]行政运行, 2014001-行政运行.
pub(super) fn code_of(text: &str) -> Option<(Option<u32>, &str)> {
    let inner = text.strip_prefix('[').or_else(|| text.strip_prefix('【'));
    let digits = inner.unwrap_or(text);
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    let (code, rest) = (slice(digits, 0, length), slice(digits, length, digits.len()));
    let rest = match inner {
        Some(_) => rest.strip_prefix(']').or_else(|| rest.strip_prefix('】'))?,
        None => rest,
    };
    let name = rest.trim_start_matches(['-', '_']);
    let follows = name.is_empty()
        || inner.is_some()
        || name.starts_with(|c: char| !c.is_ascii() && !"年月日、.%万亿元".contains(c));
    let code = code.parse::<u32>().ok().filter(|_| matches!(length, 3 | 5 | 7))?;
    // A 类 is 201 to 234 by function and 301 to 399 or 501 to 599 by economic class.
    let class = code / 10u32.pow(length as u32 - 3);
    let known = (201..240).contains(&class) || (301..400).contains(&class) || (501..600).contains(&class);
    (follows && known).then_some((Some(code), name))
}

/// Returns which classification a code belongs to; nothing for the one of the government's own budget.
pub(super) fn domain_of(code: u32) -> Option<Domain> {
    match code.to_string().as_bytes().first() {
        Some(b'2') => Some(Domain::Functional),
        Some(b'3') => Some(Domain::Economic),
        _ => None,
    }
}

/// Finds the codes of names that come in the order of the classification without their codes: each is below the last
/// 款, below the last 类, or a new 类.
#[derive(Debug, Default)]
pub(super) struct Walk {
    class: u32,
    section: u32,
}

impl Walk {
    /// Returns the code of the next name.
    pub(super) fn next(&mut self, domain: Domain, name: &str) -> Option<u32> {
        let catalog: &Catalog = catalog();
        let codes = catalog.codes(domain, name);
        let below = |parent: u32| codes.iter().copied().find(|code| parent > 0 && code / 100 == parent);
        if domain == Domain::Functional
            && let Some(code) = below(self.section)
        {
            return Some(code);
        }
        let code = below(self.class).or_else(|| codes.iter().copied().find(|code| *code < 1000))?;
        if code < 1000 {
            (self.class, self.section) = (code, 0);
        } else {
            self.section = code;
        }
        Some(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, code: Option<u32>, name: &str) {
        let label = Label::of(text, 0);
        assert_eq!((label.code, label.name.as_str()), (code, name));
    }

    #[test]
    fn codes_are_told_from_numbers() {
        check("[2014001]行政运行", Some(2_014_001), "行政运行");
        check("2014001-行政运行", Some(2_014_001), "行政运行");
        check("301工资福利支出", Some(301), "工资福利支出");
        check("2026年城乡医疗救助资金", None, "2026年城乡医疗救助资金");
        check("一、一般公共服务支出", None, "一般公共服务支出");
        check("其中:(1)公务用车购置费", None, "公务用车购置费");
        check("(一)因公出国(境)支出", None, "因公出国(境)支出");
    }

    #[test]
    fn names_in_order_have_codes() {
        let mut walk = Walk::default();
        let names = [
            "一般公共服务支出",
            "社会工作事务",
            "其他社会工作事务支出",
            "其他一般公共服务支出",
            "其他一般公共服务支出",
            "公共安全支出",
            "司法",
            "行政运行",
        ];
        let codes: Vec<Option<u32>> = names.iter().map(|name| walk.next(Domain::Functional, name)).collect();
        let expect = [201, 20139, 2_013_999, 20199, 2_019_999, 204, 20406, 2_040_601];
        assert_eq!(codes, expect.map(Some));
    }
}
