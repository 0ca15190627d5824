//! The numbers that headings and list items begin with: 第一部分, 一、, （一）, 1., (1), ①, A.

use super::span::slice;

/// A style of numbering. A document nests them in an order of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Style {
    /// 第一部分
    Part,
    /// 一、
    Chinese,
    /// （一）
    ChineseBracket,
    /// 1. or 1、
    Arabic,
    /// （1）
    ArabicBracket,
    /// ①
    Circled,
    /// A.
    Letter,
    /// No number: the title of a table.
    TableTitle,
    /// No number: a heading inside a table.
    RowTitle,
}

/// A number at the beginning of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Numbering {
    /// How it is written.
    pub(crate) style: Style,
    /// Its value, from 1; 0 where it was left out, as in （）.
    pub(crate) value: u32,
    /// How many bytes of the folded line it takes.
    pub(crate) length: usize,
}

/// Returns the number that a folded line begins with.
pub(crate) fn numbering(line: &str) -> Option<Numbering> {
    let found = |style, value, length| Some(Numbering { style, value, length });
    let first = line.chars().next().filter(|c| may_number(*c))?;
    if let Some(rest) = line.strip_prefix('第') {
        let digits = numeral_length(rest).max(digits_length(rest));
        let tail = slice(rest, digits, rest.len());
        let after = tail.strip_prefix("部分").filter(|_| digits > 0)?;
        let after = after.strip_prefix(['、', ':', '-']).unwrap_or(after);
        return found(Style::Part, numeral(slice(rest, 0, digits)), line.len() - after.len());
    }
    if let Some(rest) = line.strip_prefix('(') {
        let (chinese, arabic) = (numeral_length(rest), digits_length(rest));
        let length = chinese.max(arabic);
        let after = slice(rest, length, rest.len()).strip_prefix(')')?;
        let after = after.strip_prefix(['、', '.']).unwrap_or(after);
        let style = if arabic > 0 { Style::ArabicBracket } else { Style::ChineseBracket };
        let value = numeral(slice(rest, 0, length));
        return (value < 100).then(|| found(style, value, line.len() - after.len())).flatten();
    }
    if ('①'..='⑳').contains(&first) {
        return found(Style::Circled, first as u32 - '①' as u32 + 1, first.len_utf8());
    }
    let chinese = numeral_length(line);
    if chinese > 0 {
        let after = slice(line, chinese, line.len()).strip_prefix(['、', '.', ','])?;
        return found(Style::Chinese, numeral(slice(line, 0, chinese)), line.len() - after.len());
    }
    let arabic = digits_length(line);
    if (1..=2).contains(&arabic) {
        let after = slice(line, arabic, line.len()).strip_prefix(['、', '.', ')'])?;
        // 2.2023年度… is heading 2 of the year 2023; 2.5万元 is a number.
        let decimal = after.starts_with(|c: char| c.is_ascii_digit()) && !begins_with_year(after);
        let style_value = numeral(slice(line, 0, arabic));
        return (!decimal).then(|| found(Style::Arabic, style_value, line.len() - after.len())).flatten();
    }
    if first.is_ascii_uppercase() {
        let after = slice(line, 1, line.len()).strip_prefix(['、', '.'])?;
        return found(Style::Letter, first as u32 - 'A' as u32 + 1, line.len() - after.len());
    }
    None
}

/// Whether a character can begin a number, so that most lines cost one look.
fn may_number(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '第' | '(' | '①'..='⑳') || is_numeral(c)
}

/// Whether a character is a Chinese numeral from one to ten.
pub(crate) fn is_numeral(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

fn begins_with_year(text: &str) -> bool {
    digits_length(text) == 4 && slice(text, 4, text.len()).starts_with('年')
}

fn digits_length(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn numeral_length(text: &str) -> usize {
    text.chars().take_while(|c| is_numeral(*c)).count() * '一'.len_utf8()
}

/// Returns the value of 十二 or 12.
fn numeral(written: &str) -> u32 {
    if written.starts_with(|c: char| c.is_ascii_digit()) {
        return written.parse().unwrap_or(0);
    }
    let (mut tens, mut ones) = (0, 0);
    for c in written.chars() {
        match c {
            '一' => ones = 1,
            '二' => ones = 2,
            '三' => ones = 3,
            '四' => ones = 4,
            '五' => ones = 5,
            '六' => ones = 6,
            '七' => ones = 7,
            '八' => ones = 8,
            '九' => ones = 9,
            _ => (tens, ones) = (if ones == 0 { 10 } else { ones * 10 }, 0),
        }
    }
    tens + ones
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expect: Option<(Style, u32, &str)>) {
        let found = numbering(line).map(|n| (n.style, n.value, slice(line, n.length, line.len())));
        assert_eq!(found, expect, "{line}");
    }

    #[test]
    fn reads_every_style() {
        check("第一部分部门概况", Some((Style::Part, 1, "部门概况")));
        check("十二、政府购买服务", Some((Style::Chinese, 12, "政府购买服务")));
        check("(二十一)其他", Some((Style::ChineseBracket, 21, "其他")));
        check("1.部门绩效", Some((Style::Arabic, 1, "部门绩效")));
        check("3、公务接待费", Some((Style::Arabic, 3, "公务接待费")));
        check("(5)门诊慢特病", Some((Style::ArabicBracket, 5, "门诊慢特病")));
        check("②规范", Some((Style::Circled, 2, "规范")));
        check("B.项目资金", Some((Style::Letter, 2, "项目资金")));
        check("()绩效自评", Some((Style::ChineseBracket, 0, "绩效自评")));
    }

    #[test]
    fn numbers_are_not_numbering() {
        check("2.5万元", None);
        check("2.2023年度部门整体", Some((Style::Arabic, 2, "2023年度部门整体")));
        check("2023年预算", None);
        check("一般公共预算", None);
        check("(补助)", None);
    }
}
