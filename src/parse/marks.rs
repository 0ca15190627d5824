//! A folded line → what in it says that it is a sentence and no heading: marks, asides and figures.

use std::borrow::Cow;

use crate::source::span::{holds, slice};

/// Which marks stand in a folded line.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Marks {
    /// One that ends a sentence, but for one full stop at the end.
    pub(super) stop: bool,
    pub(super) comma: bool,
    pub(super) colon: bool,
}

/// The kinds of marks, by their byte.
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    (kinds[b';' as usize], kinds[b'!' as usize], kinds[b'?' as usize]) = (STOP, STOP, STOP);
    (kinds[b',' as usize], kinds[b':' as usize]) = (COMMA, COLON);
    kinds
};
const STOP: u8 = 1;
const COMMA: u8 = 2;
const COLON: u8 = 4;

impl Marks {
    pub(super) fn of(text: &str) -> Self {
        let mut marks = Self::default();
        let inner = text.strip_suffix('。').unwrap_or(text);
        let found = inner.bytes().fold(0, |found, byte| found | KINDS[usize::from(byte)]);
        marks.stop = found & STOP != 0 || holds(inner, "。");
        (marks.comma, marks.colon) = (found & COMMA != 0, found & COLON != 0);
        marks
    }
}

/// A heading may say in brackets or after 包括 what belongs under it: 资金情况(包括结构、投向,), 改进措施,包括整改等内容.
pub(super) fn without_asides(name: &str, marks: Marks) -> Cow<'_, str> {
    let included = || name.find(',').filter(|at| slice(name, *at, name.len()).starts_with(",包括"));
    let end = if marks.comma { included() } else { None };
    if memchr::memchr(b'(', name.as_bytes()).is_none() {
        // The marks that are left may be fewer.
        return end.map_or(Cow::Borrowed(name), |end| Cow::Owned(slice(name, 0, end).to_owned()));
    }
    let name = slice(name, 0, end.unwrap_or(name.len()));
    let mut depth = 0;
    let outside = |c: &char| {
        depth += i32::from(*c == '(');
        let outside = depth == 0;
        depth -= i32::from(*c == ')');
        outside
    };
    let mut left = String::with_capacity(name.len());
    left.extend(name.chars().filter(outside));
    Cow::Owned(left)
}

/// Whether a text has a number of money in it.
pub(super) fn has_figure(text: &str) -> bool {
    let bytes = text.as_bytes();
    // The last bytes of 元 and of 万.
    memchr::memchr2_iter(0x83, 0x87, bytes).filter_map(|last| bytes.get(..=last)).any(|before| {
        let number = before.strip_suffix("元".as_bytes()).or_else(|| before.strip_suffix("万".as_bytes()));
        number.is_some_and(|number| {
            number.last().is_some_and(u8::is_ascii_digit) || number.ends_with("万".as_bytes())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stop_at_the_end_is_none_inside() {
        let of = |text| {
            let marks = Marks::of(text);
            (marks.stop, marks.comma, marks.colon)
        };
        assert_eq!(of("收入情况。"), (false, false, false));
        assert_eq!(of("增加。减少。"), (true, false, false));
        assert_eq!(of("收入:10,减少;"), (true, true, true));
    }

    #[test]
    fn asides_are_left_out() {
        let without = |text| without_asides(text, Marks::of(text)).into_owned();
        assert_eq!(without("资金情况(包括结构、投向,)"), "资金情况");
        assert_eq!(without("改进措施,包括整改等内容"), "改进措施");
        assert_eq!(without("收入,支出"), "收入,支出");
    }

    #[test]
    fn figures_are_numbers_of_money() {
        assert!(has_figure("收入10元") && has_figure("12.5万") && has_figure("单位万元"));
        assert!(!has_figure("10个单元") && !has_figure("第2部分") && !has_figure("元10"));
    }
}
