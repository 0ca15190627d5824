//! The beginning of a clause → the name of the organisation it is about, and the places in that name.

use std::sync::LazyLock;

use super::wordlist::Wordlist;
use crate::source::span::{holds, slice};

/// The longest name, in characters.
const LONGEST_NAME: usize = 30;
/// The fewest characters before an ending such as 局.
const SHORTEST_STEM: usize = 2;

/// What names of organisations end with and little else does.
const ENDINGS: &[&str] = &[
    "委员会",
    "人民政府",
    "办事处",
    "办公室",
    "办公厅",
    "研究院",
    "检察院",
    "法院",
    "医院",
    "党校",
    "学校",
    "中学",
    "小学",
    "大学",
    "学院",
    "幼儿园",
    "联合会",
    "总工会",
    "宣传部",
    "组织部",
    "统战部",
    "工作部",
    "中心",
    "支队",
    "大队",
    "总队",
    "局",
    "厅",
];

/// What ends a name only where it begins with a place, for these characters end many other words.
const ENDINGS_AFTER_A_PLACE: &[&str] = &["委", "院", "站", "所", "处", "馆", "团", "会", "办", "部"];

/// Characters of sentences that no organisation has in its name.
const IN_NO_NAME: &[&str] = &[
    "的", "是", "由", "于", "按", "将", "对", "在", "系", "并", "已", "其", "被", "把", "从", "到", "使",
    "各", "为", "了",
];

/// Whether a character is one of those.
fn ends_no_name(c: char) -> bool {
    TELLING.of(c.encode_utf8(&mut [0; 4])).any(|telling| !telling.meaning)
}

/// Verbs that begin a sentence about duties.
static VERBS: LazyLock<Wordlist<()>> = LazyLock::new(|| {
    Wordlist::of_words(&[
        "办理", "负责", "组织", "承担", "配合", "协助", "指导", "根据", "按照", "参加", "接受", "完成",
        "落实", "执行", "贯彻", "管理",
    ])
});

/// What may stand right after the name of an organisation.
const AFTER_NAME: &[&str] = &[
    "部门",
    "单位",
    "概况",
    "(汇总",
    "(本级",
    "(部门",
    "本级",
    "是",
    "核定",
    "所有",
    "所属",
    "本年",
    "收",
    "支",
    "预算",
    "决算",
    "政府采购",
    "管理",
    "项目支出",
    "内设",
    "机关",
    "整体",
    "严格",
];

static FOLLOWING: LazyLock<Wordlist<()>> =
    LazyLock::new(|| Wordlist::by_first(AFTER_NAME.iter().map(|word| (*word, ()))));
static NAME_ENDINGS: LazyLock<Wordlist<usize>> = LazyLock::new(|| by_last(ENDINGS));
static PLACE_ENDINGS: LazyLock<Wordlist<usize>> = LazyLock::new(|| by_last(ENDINGS_AFTER_A_PLACE));

/// Endings by their last character, with their lengths in characters.
fn by_last(endings: &'static [&'static str]) -> Wordlist<usize> {
    Wordlist::by_last(endings.iter().map(|ending| (*ending, ending.chars().count())))
}

/// The characters that say something of where a name ends: true for those that endings end with, false for those that no
/// name has.
static TELLING: LazyLock<Wordlist<bool>> = LazyLock::new(|| {
    Wordlist::by_first(name_ends().map(|c| (c, true)).chain(IN_NO_NAME.iter().map(|c| (*c, false))))
});

/// Returns the characters that names end with: a text without any of them has no name.
pub(super) fn name_ends() -> impl Iterator<Item = &'static str> {
    let all = ENDINGS.iter().chain(ENDINGS_AFTER_A_PLACE);
    all.filter_map(|ending| ending.get(ending.len() - '局'.len_utf8()..))
}

/// Whether a bracket with a second name follows, of an organisation that has two.
fn begins_with_another_name(rest: &str) -> bool {
    let Some((name, _)) = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')) else { return false };
    name.chars().count() > SHORTEST_STEM + 1 && NAME_ENDINGS.of(name).next().is_some()
}

/// Returns the length in bytes of the organisation's name that a folded clause begins with.
pub(super) fn name_length(clause: &str) -> Option<usize> {
    // 经县财政局汇总 says who did it, and 经济局 is a name.
    if clause.strip_prefix('经').is_some_and(|rest| !rest.starts_with(['济', '信', '贸', '开', '管', '发']))
    {
        return None;
    }
    let mut place = None;
    let (mut next, mut counted, mut count) = (0, 0, 0);
    loop {
        let at = TELLING.next_beginning(clause, next, &[true; 128])?;
        let rest = clause.get(at..)?;
        let c = rest.chars().next().filter(|c| !c.is_ascii())?;
        next = at + c.len_utf8();
        let Some(telling) = TELLING.of(rest).next() else { continue };
        count += clause.get(counted..at)?.chars().count();
        counted = at;
        if !telling.meaning || count >= LONGEST_NAME {
            return None;
        }
        if count < SHORTEST_STEM {
            continue;
        }
        let (name, rest) = clause.split_at_checked(next)?;
        // What stands behind a name is looked at first: most characters fail there.
        if !rest.is_empty() && FOLLOWING.of(rest).next().is_none() && !begins_with_another_name(rest) {
            continue;
        }
        let ends = |endings: &Wordlist<usize>| {
            endings.of(name).any(|ending| count + 1 >= ending.meaning + SHORTEST_STEM)
        };
        let place = *place.get_or_insert_with(|| places(clause).map(str::len).sum::<usize>());
        if ends(&NAME_ENDINGS) || place > 0 && place < next && ends(&PLACE_ENDINGS) {
            let sentence = VERBS.of(clause).next().is_some()
                || ["网站", "主办", "承办"].iter().any(|word| holds(clause, word));
            return (!sentence).then_some(next);
        }
    }
}

/// Returns the places that a name begins with, from the widest: 咸宁市, 咸安区.
pub(super) fn places(name: &str) -> impl Iterator<Item = &str> {
    let mut rest = name.strip_prefix("中共").unwrap_or(name);
    std::iter::from_fn(move || {
        let length = place_length(rest)?;
        let place = slice(rest, 0, length);
        rest = slice(rest, length, rest.len());
        Some(place)
    })
}

/// Returns the length of the place that a text begins with.
fn place_length(text: &str) -> Option<usize> {
    const LONGEST: usize = 5;
    const LONGEST_AUTONOMOUS: usize = 14;
    for (count, (at, c)) in text.char_indices().take(LONGEST_AUTONOMOUS).enumerate().skip(1) {
        if ends_no_name(c) || c.is_ascii() {
            return None;
        }
        let ends = matches!(c, '省' | '市' | '县' | '区' | '州' | '旗' | '盟' | '镇' | '乡');
        let autonomous = slice(text, 0, at).ends_with("自治");
        let end = at + c.len_utf8();
        // 市场 and 县级 go on; 市 alone is the ending of a place.
        let rest = slice(text, end, text.len());
        // 杭州市 is one place; 市政 is none, but 珠海市政府 is that of one.
        let goes_on = rest.starts_with(['场', '级', '域', '属', '直'])
            || c == '州' && rest.starts_with(['市', '县', '区'])
            || rest.starts_with('政') && (count < 2 || !rest.starts_with("政府"));
        let of_several = slice(text, 0, at).char_indices().any(|(at, c)| c == '和' && at > 3);
        // 宁国市城市管理局 is of one place.
        let of_cities = slice(text, 0, end) == "城市";
        if ends && !of_several && !goes_on && !of_cities && (count < LONGEST || autonomous) {
            return Some(end);
        }
    }
    None
}

/// Returns whether a text is nothing but places.
pub(super) fn is_place(text: &str) -> bool {
    !text.is_empty() && places(text).map(str::len).sum::<usize>() == text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(clause: &str, expect: Option<&str>) {
        assert_eq!(name_length(clause).map(|length| slice(clause, 0, length)), expect, "{clause}");
    }

    #[test]
    fn names_end_where_something_else_begins() {
        check("栖云县文化和旅游局部门预算", Some("栖云县文化和旅游局"));
        check("栖云县水利局", Some("栖云县水利局"));
        check("中共栖云县委宣传部2024", None);
        check("栖云县委宣传部部门决算", Some("栖云县委宣传部"));
        check("国家信访局部门预算", Some("国家信访局"));
    }

    #[test]
    fn sentences_are_no_names() {
        check("低于预算系部分展演由乡镇承办", None);
        check("办理县委", None);
        check("经县财政局汇总", None);
        check("经县财政局", None);
        check("经济和信息化局部门预算", Some("经济和信息化局"));
        check("负责机关", None);
        check("清禾市栖云县人民政府门户网站", None);
        check("财务室", None);
        check("清禾市人民政府主办清禾市大数据局承办", None);
    }

    #[test]
    fn finds_the_places_in_a_name() {
        let of = |name| places(name).collect::<Vec<_>>();
        assert_eq!(of("咸宁市咸安区医疗保障局"), ["咸宁市", "咸安区"]);
        assert_eq!(of("通城县医疗保障局"), ["通城县"]);
        assert_eq!(of("赤壁市市场监督管理局"), ["赤壁市"]);
        assert_eq!(of("内蒙古自治区呼和浩特市财政局"), ["内蒙古自治区", "呼和浩特市"]);
        assert!(of("国家信访局").is_empty());
    }

    #[test]
    fn places_are_whole() {
        let of = |name| places(name).collect::<Vec<_>>();
        assert_eq!(of("杭州市司法局"), ["杭州市"]);
        assert_eq!(of("珠海市政府投资工务中心"), ["珠海市"]);
        assert_eq!(of("宁国市城市管理行政执法局"), ["宁国市"]);
        assert_eq!(of("聊城市财政局"), ["聊城市"]);
        assert_eq!(of("恩施土家族苗族自治州来凤县财政局"), ["恩施土家族苗族自治州", "来凤县"]);
        assert_eq!(of("呼和浩特市财政局"), ["呼和浩特市"]);
        assert!(of("国务院和市委").is_empty() && of("市政工程中心").is_empty());
    }
}
