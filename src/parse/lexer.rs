//! Folded text → tokens: figures, years, marks and the words that the grammar turns on. Everything else is a gap between
//! tokens, from which subjects are taken.

use std::sync::LazyLock;

use super::brackets::{Brackets, Pair};
use super::keywords::KEYWORDS;
use super::numbering::is_numeral;
use super::wordlist::{Word, Wordlist, ascii};
use crate::quantity::{Amount, SPELLINGS, Unit};
use crate::source::span::{is_han, slice};

/// One token and the folded bytes it covers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// A number with its unit; `cut_short` where 万 stands for 万元.
    Figure { value: Amount, unit: Unit, cut_short: bool },
    /// Money whose digits make no number, and the number it would be without its commas.
    Garbled { value: Option<Amount>, unit: Unit },
    /// A number without a unit.
    Bare(Amount),
    /// 2025年, 2025年度.
    Year(u16),
    /// A day: 2022年12月31日. The year is what later figures are about.
    Date(Option<u16>),
    /// 上年, 去年 as a time, not as in 上年结转.
    LastYear,
    /// 本年, 当年.
    ThisYear,
    /// ，
    Comma,
    /// 、
    Pause,
    /// ；
    Semicolon,
    /// 。
    Stop,
    /// ：
    Colon,
    /// A bracket that opens around a figure.
    Open,
    /// Its other side.
    Close,
    /// A bracket without any figure in it, such as (境) or (补助): part of the name around it.
    Remark,
    /// 其中, 包括, 含: a list of parts follows. True where the list need not be complete.
    Parts(bool),
    /// 由: 收入总计由本年收入…和年初结转…组成.
    From,
    /// 主要用于, 用于: what follows may be a list of parts or mere words.
    Uses,
    /// 比上年, 与2024年相比, 较年初预算: what the change is measured against.
    Against(Base),
    /// 增加, 减少 …: the sign, and whether the template's other choice was left beside it.
    Direction { sign: i8, choice: bool },
    /// 持平, 无增减变化.
    Unchanged,
    /// 占, 占比, 完成…的: a percentage that follows is a share.
    Ratio,
    /// 增长率, 增幅, 降幅: a percentage that follows is a rate.
    RateWord { sign: i8 },
    /// 原因, 主要是, 因为: until the next sentence, reasons and no accounts.
    Reason,
    /// 按…分类, 按…分: the list that follows is a breakdown of the whole.
    ByClass,
    /// (1), 1、, ①, 一是 inside a paragraph.
    Enumerator,
}

/// What a change is measured against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    /// The year before.
    LastYear,
    /// A year by its number.
    Year(u16),
    /// The budget at the beginning of the year.
    Budget,
}

/// Appends the tokens of `text` to `tokens`; `brackets` is only there to be used again.
pub(super) fn lex(text: &str, brackets: &mut Brackets, tokens: &mut Vec<Token>) {
    let beginnings = &*BEGINNINGS;
    brackets.clear();
    let mut at = 0;
    while let Some(next) = beginnings.next_beginning(text, at, &MARKS) {
        let rest = text.get(next..).unwrap_or_default();
        let Some(c) = rest.chars().next() else { break };
        at = next + c.len_utf8();
        let found = match c {
            '(' => direction_in_brackets(rest).or_else(|| Some(bracket(brackets, next, rest))),
            c => token(text, next, rest, c),
        };
        if let Some((kind, length)) = found {
            at = next + length;
            tokens.push(Token { kind, start: next, end: at });
        }
    }
}

/// The ASCII characters that tokens begin with.
const MARKS: [bool; 128] = ascii(b"0123456789,;:!?.()-");

/// Returns the token that begins at byte `at`, where `rest` begins with the character `c`, and its length in bytes.
fn token(text: &str, at: usize, rest: &str, c: char) -> Option<(Kind, usize)> {
    match c {
        '0'..='9' => Some(number(text, at, rest)),
        ',' => Some((Kind::Comma, 1)),
        ';' => Some((Kind::Semicolon, 1)),
        ':' => Some((Kind::Colon, 1)),
        '、' => Some((Kind::Pause, c.len_utf8())),
        '。' | '!' | '?' => Some((Kind::Stop, c.len_utf8())),
        '.' => Some((Kind::Stop, 1)),
        ')' => Some((Kind::Close, 1)),
        '①'..='⑳' => Some((Kind::Enumerator, c.len_utf8())),
        '-' if text_before(text, at).is_some_and(|c| !c.is_ascii_alphanumeric()) => negative(rest),
        c if c.is_ascii() => None,
        _ => keyword(text, at, rest, c),
    }
}

/// The keywords by their first character, and the other characters that tokens begin with.
static BEGINNINGS: LazyLock<Wordlist<Kind>> = LazyLock::new(|| {
    let marks = [("、", Kind::Pause), ("。", Kind::Stop)];
    let circled =
        ["①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "⑨", "⑩", "⑪", "⑫", "⑬", "⑭", "⑮", "⑯", "⑰", "⑱", "⑲", "⑳"];
    let compared = ["比", "较", "与", "同", "按"].map(|word| (word, Kind::Against(Base::LastYear)));
    let others = marks.into_iter().chain(compared).chain(circled.map(|word| (word, Kind::Enumerator)));
    Wordlist::by_first(KEYWORDS.iter().copied().chain(others))
});

fn keyword(text: &str, at: usize, rest: &str, c: char) -> Option<(Kind, usize)> {
    match c {
        '比' | '较' | '与' | '同' => against(rest),
        '按' => by_class(rest),
        _ => {
            let Word { text: word, meaning: kind, .. } = *BEGINNINGS.of(rest).next()?;
            let after = slice(rest, word.len(), rest.len());
            let stands = match kind {
                // 占用, 占有 and 占地 are no shares, and 含 is a list only where a clause begins.
                Kind::Ratio => word != "占" || !after.starts_with(['用', '有', '地', '道', '线']),
                Kind::Parts(_) if word == "含" => {
                    text_before(text, at).is_none_or(|c| c.is_ascii_punctuation() || matches!(c, '、' | '。'))
                }
                // 较上年增17.1万元, but not 新增12辆.
                Kind::Direction { .. } if word.len() == c.len_utf8() => {
                    let ends = |c: char| !is_han(c) || matches!(c, '年' | '期' | '比' | '数' | '算' | '度');
                    after.starts_with(|c: char| c.is_ascii_digit()) && text_before(text, at).is_none_or(ends)
                }
                // 上年结转 is a subject, and so is 本年收入.
                Kind::LastYear | Kind::ThisYear => {
                    !after.starts_with(['结', '收', '支', '拨', '预', '安']) && !after.starts_with("财政")
                }
                _ => true,
            };
            if !stands {
                return None;
            }
            let mut length = word.len();
            let mut kind = kind;
            if let Kind::Direction { sign, .. } = kind
                && let Some(other) = CHOICES.of(after).next()
            {
                length += other.text.len();
                kind = Kind::Direction { sign, choice: true };
            }
            Some((kind, length))
        }
    }
}

/// What a template leaves beside a direction.
static CHOICES: LazyLock<Wordlist<()>> = LazyLock::new(|| {
    Wordlist::of_words(&[
        "(减少)",
        "(增加)",
        "(下降)",
        "(增长)",
        "(上升)",
        "(降低)",
        "(或减少)",
        "(或增加)",
        "(或下降)",
        "(或增长)",
        "/减少",
        "/增加",
        "/下降",
        "/增长",
        "或减少",
        "或增加",
        "或下降",
        "或增长",
    ])
});

/// The words for last year, and for the budget, that a comparison names.
static LAST_YEAR: LazyLock<Wordlist<()>> = LazyLock::new(|| {
    Wordlist::of_words(&["上年度", "上年", "上一年度", "上一年", "去年", "以前年度", "同期"])
});
static BUDGET: LazyLock<Wordlist<()>> =
    LazyLock::new(|| Wordlist::of_words(&["年初预算", "年初", "预算", "当年预算"]));

/// What may follow them before the change itself.
static COMPARED: LazyLock<Wordlist<()>> = LazyLock::new(|| {
    Wordlist::of_words(&[
        "年初",
        "预算数",
        "决算数",
        "预算",
        "决算",
        "的",
        "执行数",
        "同期",
        "累计",
        "度",
        "支出",
        "数",
        "初",
        "末",
        "底",
        "相比",
        "对比",
        "比较",
        "相对比",
        "比",
    ])
});

/// Reads 比上年预算, 与2024年相比, 较年初预算数, 同比: everything up to the change itself.
fn against(rest: &str) -> Option<(Kind, usize)> {
    if let Some(after) = rest.strip_prefix("同比") {
        return Some((Kind::Against(Base::LastYear), rest.len() - after.len()));
    }
    let mut chars = rest.chars();
    let first = chars.next()?;
    let mut tail = chars.as_str();
    let base = if let Some(after) = after_word(tail, &LAST_YEAR) {
        tail = after;
        Base::LastYear
    } else if let Some((year, after)) = leading_year(tail) {
        tail = after;
        Base::Year(year)
    } else if let Some(after) = after_word(tail, &BUDGET) {
        tail = after;
        Base::Budget
    } else {
        return None;
    };
    // "与上年结转" joins two subjects; it compares nothing.
    if first != '比' && first != '较' && tail.starts_with(['结', '、']) {
        return None;
    }
    while let Some(after) = after_word(tail, &COMPARED) {
        tail = after;
    }
    Some((Kind::Against(base), rest.len() - tail.len()))
}

fn by_class(rest: &str) -> Option<(Kind, usize)> {
    const REACH: usize = 48;
    let near = slice(rest, 0, REACH);
    let end = near.find([',', ';', ':', '。', '、'])?;
    let phrase = slice(near, 0, end);
    let class = phrase.contains("分类")
        || phrase.ends_with('分')
        || phrase.ends_with("科目")
        || phrase.ends_with("性质");
    class.then_some((Kind::ByClass, end))
}

/// 较上年(减少)16.23万元, (减)幅23%: what a template's bracket leaves is the direction of the figure behind it.
fn direction_in_brackets(rest: &str) -> Option<(Kind, usize)> {
    const SIGNS: &[(&str, i8)] = &[
        ("增加", 1),
        ("增长", 1),
        ("上升", 1),
        ("增", 1),
        ("减少", -1),
        ("下降", -1),
        ("降低", -1),
        ("减", -1),
    ];
    let inner = rest.strip_prefix('(')?;
    if !inner.starts_with(['增', '减', '上', '下', '降']) {
        return None;
    }
    let (word, sign) = SIGNS.iter().find(|(word, _)| inner.starts_with(word))?;
    let after = inner.strip_prefix(word)?.strip_prefix(')')?;
    if let Some(after) = after.strip_prefix('幅') {
        return Some((Kind::RateWord { sign: *sign }, rest.len() - after.len()));
    }
    let kind = Kind::Direction { sign: *sign, choice: false };
    after.starts_with(|c: char| c.is_ascii_digit()).then_some((kind, rest.len() - after.len()))
}

/// A bracket that holds a figure is a scope; any other, up to its closing side, is a remark.
fn bracket(brackets: &mut Brackets, at: usize, rest: &str) -> (Kind, usize) {
    let Pair { length: Some(length), figure, .. } = brackets.of(at, rest) else { return (Kind::Open, 1) };
    // (1) numbers an item of a list; (2070101) is a code of the classification beside its name.
    if (3..=9).contains(&length) {
        let inner = slice(rest, 1, length - 1);
        let number = inner.chars().all(|c| c.is_ascii_digit() || is_numeral(c));
        if number && !inner.chars().nth(2).is_some_and(|c| c.is_ascii_digit()) {
            return (Kind::Enumerator, length);
        }
    }
    if figure { (Kind::Open, 1) } else { (Kind::Remark, length) }
}

/// Reads a number and what follows it: a year, a day, a unit, or nothing.
fn number(text: &str, at: usize, rest: &str) -> (Kind, usize) {
    if let Some((year, after)) = leading_year(rest) {
        if let Some(day) = day_after(after) {
            return (Kind::Date(Some(year)), rest.len() - after.len() + day);
        }
        // 2024年初在职60人, 2023年末车辆3辆, but not 2024年初中教育.
        let time =
            after.strip_prefix(['初', '末', '底']).filter(|rest| !rest.starts_with(['中', '级', '等']));
        let after = time.unwrap_or(after);
        return (Kind::Year(year), rest.len() - after.len());
    }
    let (length, value) = digits(rest);
    let after = slice(rest, length, rest.len());
    match after.chars().next() {
        Some('年') if length == 4 => return (Kind::Date(None), length),
        Some('月' | '日' | '号' | '时' | '期' | '届' | '周' | '楼' | '级' | '类' | '中' | '字') =>
        {
            return (Kind::Date(None), length);
        }
        Some('、')
            if text_before(text, at).is_none_or(|c| matches!(c, ':' | ';' | '。' | ',' | '用' | '于')) =>
        {
            return (Kind::Enumerator, length + '、'.len_utf8());
        }
        Some(_) | None => {}
    }
    if let Some(garbled) = garbled(rest, length) {
        return garbled;
    }
    value.map_or((Kind::Date(None), length), |value| figure(value, after, length))
}

/// Money whose digits are not grouped as numbers are: 1,23.45万元, 3.4.5万元. What was meant is not to be known.
fn garbled(rest: &str, length: usize) -> Option<(Kind, usize)> {
    // A longer row of digits and commas is a list.
    const LONGEST: usize = 60;
    let bytes = rest.as_bytes();
    let [b',' | b'.', b'0'..=b'9'] = bytes.get(length..length + 2)? else { return None };
    let tail = bytes.get(length..)?.iter().take(LONGEST);
    let length =
        length + tail.take_while(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.')).count();
    let (Kind::Figure { unit, .. }, end) = figure(Amount::default(), slice(rest, length, rest.len()), length)
    else {
        return None;
    };
    unit.yuan()?;
    let value = Amount::parse(&slice(rest, 0, length).replace(',', ""));
    Some((Kind::Garbled { value, unit }, end))
}

fn negative(rest: &str) -> Option<(Kind, usize)> {
    let unsigned = rest.strip_prefix('-')?;
    let (length, value) = digits(unsigned);
    Some(figure(value?.negated(), slice(unsigned, length, unsigned.len()), length + 1))
}

/// The units by the first character of their spellings.
static UNITS: LazyLock<Wordlist<Unit>> = LazyLock::new(|| Wordlist::by_first(SPELLINGS.iter().copied()));

/// What makes a threshold of an amount before it.
static INCLUSIVE: LazyLock<Wordlist<()>> = LazyLock::new(|| Wordlist::of_words(&["(含)", "及"]));
static THRESHOLDS: LazyLock<Wordlist<()>> =
    LazyLock::new(|| Wordlist::of_words(&["以上", "以下", "以内", "起", "/"]));

/// Gives a number the unit that `after` begins with, unless it is a threshold inside a name (50万元以上).
fn figure(value: Amount, after: &str, length: usize) -> (Kind, usize) {
    let spelt = |text: &str| UNITS.of(text).next().map(|word| (word.text, word.meaning));
    let Some((spelling, unit)) = spelt(after) else {
        return (Kind::Bare(value), length);
    };
    let tail = slice(after, spelling.len(), after.len());
    let end = length + spelling.len();
    // Most figures end with their clause.
    let goes_on = !tail.is_empty() && !tail.starts_with([',', '。', '、', ';']);
    let is_threshold = || after_word(after_word(tail, &INCLUSIVE).unwrap_or(tail), &THRESHOLDS).is_some();
    if goes_on && is_threshold() {
        return (Kind::Date(None), end);
    }
    let counted = matches!(spelling, "万" | "亿");
    // 1271万余元
    if let (true, Some(_)) = (counted, tail.strip_prefix('余').and_then(|rest| rest.strip_prefix('元'))) {
        return (Kind::Figure { value, unit, cut_short: false }, end + "余元".len());
    }
    if counted && spelt(tail).is_some_and(|(_, unit)| unit.yuan().is_none()) {
        return (Kind::Date(None), end);
    }
    (Kind::Figure { value, unit, cut_short: counted }, end)
}

/// Returns the length of the number that `rest` begins with, digits, thousands separators, one decimal point, and its value:
/// nothing where it has more digits than an amount.
fn digits(rest: &str) -> (usize, Option<Amount>) {
    const MOST_DIGITS: usize = 17;
    let bytes = rest.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let (mut end, mut mantissa, mut count) = (0, 0_i64, 0);
    let mut run = |end: &mut usize| {
        let start = *end;
        while let Some(digit @ b'0'..=b'9') = bytes.get(*end) {
            mantissa = mantissa.wrapping_mul(10).wrapping_add(i64::from(digit - b'0'));
            *end += 1;
        }
        count += *end - start;
        *end - start
    };
    let grouped = run(&mut end) <= 3;
    while grouped
        && end <= 15
        && bytes.get(end) == Some(&b',')
        && (1..=3).all(|ahead| is_digit(end + ahead))
        && !is_digit(end + 4)
    {
        end += 1;
        run(&mut end);
    }
    let mut places = 0;
    if bytes.get(end) == Some(&b'.') && is_digit(end + 1) {
        end += 1;
        places = run(&mut end);
    }
    let fits = (1..=MOST_DIGITS).contains(&count);
    (end, if fits { Amount::new(mantissa, places as u32) } else { None })
}

/// Returns the year that `text` begins with, as in 2025年 or 2025年度, and the rest.
pub(super) fn leading_year(text: &str) -> Option<(u16, &str)> {
    const DIGITS: usize = 4;
    // Most numbers are none: the character behind is looked at first.
    let after = text.get(DIGITS..)?.strip_prefix('年')?;
    let year: u16 = text.get(..DIGITS)?.parse().ok()?;
    (1990..2100).contains(&year).then_some((year, after.strip_prefix('度').unwrap_or(after)))
}

/// Returns the length of 12月31日 or 12月 at the beginning of `text`.
fn day_after(text: &str) -> Option<usize> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let month = digits(text);
    let after = slice(text, month, text.len()).strip_prefix('月').filter(|_| month > 0)?;
    let day = digits(after);
    let end = slice(after, day, after.len()).strip_prefix(['日', '号']).filter(|_| day > 0).unwrap_or(after);
    Some(text.len() - end.len())
}

/// Returns what stands behind the first of some words that a text begins with.
fn after_word<'a>(text: &'a str, words: &Wordlist<()>) -> Option<&'a str> {
    words.of(text).next().and_then(|word| text.get(word.text.len()..))
}

fn text_before(text: &str, at: usize) -> Option<char> {
    slice(text, 0, at).chars().next_back()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let mut tokens = Vec::new();
        lex(text, &mut Brackets::default(), &mut tokens);
        let shown: Vec<String> = tokens
            .iter()
            .map(|token| {
                let name = format!("{:?}", token.kind);
                let name = name.split([' ', '(', '{']).next().unwrap_or_default().to_owned();
                format!("{name} {}", slice(text, token.start, token.end))
            })
            .collect();
        assert_eq!(shown, expect, "{text}");
    }

    #[test]
    fn figures_years_and_days() {
        check("2025年预算8,307.66万元", &["Year 2025年", "Figure 8,307.66万元"]);
        check("截至2022年12月31日车辆1辆", &["Date 2022年12月31日", "Figure 1辆"]);
        check("咨询费10万,水费", &["Figure 10万", "Comma ,"]);
        check("公里3.2万人", &["Date 3.2万"]);
        check("下降76%2019年支出", &["Direction 下降", "Figure 76%", "Year 2019年"]);
        check("总计310年初预算3万元", &["Bare 310", "Figure 3万元"]);
        check("支出1,23.45万元,3.4.5万元", &["Garbled 1,23.45万元", "Comma ,", "Garbled 3.4.5万元"]);
        check("一楼12,345间,1.2.3节", &["Figure 12,345间", "Comma ,", "Bare 1.2", "Stop .", "Bare 3"]);
    }

    #[test]
    fn a_number_is_read_as_an_amount_is() {
        for text in [
            "0",
            "12.50万",
            "1,234",
            "1,234.5",
            "12,3456",
            "1234,567",
            "1,23",
            "1.",
            "1.2.3",
            "007.10",
            "12345678901234567",
            "123456789012345678",
            "0.12345678901234567890123456789012345",
            "1,234,567,890,123,456,789",
            "999,999,999,999,999.99",
        ] {
            let (length, value) = digits(text);
            assert_eq!(value, Amount::parse(slice(text, 0, length)), "{text}");
        }
        assert_eq!(digits("1,234.50万元").0, "1,234.50".len());
        assert_eq!(digits("12,3456").0, "12".len());
    }

    #[test]
    fn thresholds_and_brackets_are_names() {
        check("单价100万元(含)以上设备0台(套)", &["Date 100万元", "Remark (含)", "Figure 0台(套)"]);
        check("维修(护)费0.8万元", &["Remark (护)", "Figure 0.8万元"]);
        check("(含住房43.42万元)", &["Open (", "Parts 含", "Figure 43.42万元", "Close )"]);
        check(
            "其中:(1)本级7元。(2)",
            &["Parts 其中", "Colon :", "Enumerator (1)", "Figure 7元", "Stop 。", "Enumerator (2)"],
        );
    }

    #[test]
    fn comparisons_and_directions() {
        check("比上年预算增加(减少)0万元", &["Against 比上年预算", "Direction 增加(减少)", "Figure 0万元"]);
        check("与2024年相比,无增减变化", &["Against 与2024年相比", "Comma ,", "Unchanged 无增减"]);
        check(
            "比上年12万元增加1万元",
            &["Against 比上年", "Figure 12万元", "Direction 增加", "Figure 1万元"],
        );
        check("上年结转0万元", &["Figure 0万元"]);
        check("国有资产占用,占预算的2.1%", &["Comma ,", "Ratio 占", "Figure 2.1%"]);
    }
}
