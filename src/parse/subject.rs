//! The words before a figure → what it is an amount of: without year, department, connectives and verbs, and with its
//! official name.

use crate::model::catalog::{Catalog, Domain, catalog};
use std::borrow::Cow;
use std::num::NonZeroU32;
use std::sync::LazyLock;

use super::official::canonical;
use super::wordlist::{Word, Wordlist};
use crate::model::{Code, Subject, SubjectId, Vocabulary};
use crate::source::span::{holds, slice};

/// Words at the beginning of a clause that are not part of the subject.
const LEADING: &[&str] = &[
    "其中",
    "包括",
    "另外",
    "另有",
    "另",
    "共有",
    "共计",
    "合计",
    "共",
    "核定",
    "编办",
    "区编办",
    "县编办",
    "我单位",
    "我局",
    "我院",
    "我校",
    "我所",
    "我站",
    "我馆",
    "我办",
    "我委",
    "我会",
    "我镇",
    "我乡",
    "我中心",
    "我街道",
    "我部门",
    "本单位",
    "本部门",
    "本局",
    "本级",
    "全年",
    "年度",
    "全部",
    "主要",
    "一般公共预算拨款安排的",
    "拟安排",
    "预算安排",
    "开支",
    "现有",
    "该项",
    "总体",
    "一是",
    "二是",
    "三是",
    "四是",
    "是",
    "为",
    "的",
    "和",
    "及",
    "与",
    "则",
    "即",
    "从",
    "由",
    "安排",
    "涉及",
    "管理",
    "使用",
    "维护",
    "年末",
    "初",
    "按同口径",
    "按可比口径",
    "同口径",
    "因此",
    "而",
    "(汇总)",
    "(本级)",
    "(部门)",
];

/// Words that only some leading words may be cut before: `现有` of 现有在岗有编人数 stays.
const KEPT: &[&str] = &["现有", "安排", "预算安排", "开支", "主要"];

/// Words at the end of a clause that are not part of the subject.
const TRAILING: &[&str] = &[
    "类科目",
    "款科目",
    "项科目",
    "年初预算数",
    "年初预算为",
    "年初预算",
    "合计为",
    "总计为",
    "共计",
    "合计",
    "共有",
    "预算安排",
    "安排预算",
    "拟安排",
    "安排",
    "实际",
    "为",
    "是",
    "共",
    "计",
    "约",
    "达到",
    "达",
    "有",
    "数为",
    "金额",
    "人数为",
    "支出了",
    "了",
    "分别",
    "各",
    "均",
];

static LEADING_BY_FIRST: LazyLock<Wordlist<bool>> =
    LazyLock::new(|| Wordlist::by_first(LEADING.iter().map(|word| (*word, KEPT.contains(word)))));
static TRAILING_BY_LAST: LazyLock<Wordlist<()>> =
    LazyLock::new(|| Wordlist::by_last(TRAILING.iter().map(|word| (*word, ()))));

/// Returns the subject phrase of `words` (folded), without what only frames it; empty where nothing else is left.
pub(super) fn clean<'a>(words: &'a str, department: &[String]) -> &'a str {
    let mut rest = words.trim_matches(is_edge);
    if rest.is_empty() || catalog().official(rest).is_some() {
        return rest;
    }
    let (leading, trailing) = (&*LEADING_BY_FIRST, &*TRAILING_BY_LAST);
    loop {
        let before = rest;
        for name in department {
            rest = rest.strip_prefix(name.as_str()).unwrap_or(rest);
        }
        for Word { text: word, meaning: kept, .. } in leading.near(rest) {
            if let Some(after) = rest.strip_prefix(word) {
                let kept = *kept
                    && !after.is_empty()
                    && (!word.ends_with(['排', '支']) || catalog().official(after).is_none())
                    || after.starts_with(['费', '结', '预'])
                    || *word == "初" && after.starts_with(['中', '级', '等']);
                if !kept && !is_single(after) && catalog().official(rest).is_none() {
                    rest = after;
                }
            }
        }
        rest = rest.trim_matches(is_edge);
        if rest.len() == before.len() {
            break;
        }
    }
    loop {
        let before = rest;
        for Word { text: word, .. } in trailing.near(rest) {
            if let Some(head) = rest.strip_suffix(word)
                && !is_single(head)
                && !head.ends_with('总')
                && !(*word == "有" && head.ends_with(['保', '国', '占']))
                && catalog().official(rest).is_none()
            {
                rest = head;
            }
        }
        rest = rest.trim_end_matches(is_edge);
        if rest.len() == before.len() {
            break;
        }
    }
    of_expense(after_verb(after_copula(rest)))
}

/// 前两项合计为人员经费, 收入方面为年初结转: the subject is what stands after 为.
fn after_copula(clause: &str) -> &str {
    if !holds(clause, "为") {
        return clause;
    }
    ["合计为", "方面为"]
        .iter()
        .find_map(|word| clause.split_once(word))
        .map(|(_, tail)| tail)
        .filter(|tail| !tail.is_empty())
        .unwrap_or(clause)
}

/// In a long clause the subject is what stands after the verb: 财政根据工作情况安排了专项工作经费.
fn after_verb(clause: &str) -> &str {
    const LONG: usize = 14;
    const VERBS: &[&str] = &["安排了", "拨付了", "投入了", "下达了", "取得了"];
    if !holds(clause, "了") || clause.chars().nth(LONG - 1).is_none() {
        return clause;
    }
    let found = VERBS.iter().find_map(|verb| clause.rfind(verb).map(|at| at + verb.len()));
    found.map(|at| slice(clause, at, clause.len())).filter(|tail| !tail.is_empty()).unwrap_or(clause)
}

/// What an expense may have behind it that only says how it is counted.
static COUNTED_AS: LazyLock<Wordlist<()>> = LazyLock::new(|| {
    const ENDINGS: &[&str] = &[
        "预算支出",
        "支出预算",
        "决算支出",
        "支出决算",
        "预算",
        "支出",
        "决算",
        "支出预算数",
        "支出决算数",
        "预算数",
        "决算数",
    ];
    Wordlist::by_last(ENDINGS.iter().map(|ending| (*ending, ())))
});

/// 公务接待费预算支出 is the amount of 公务接待费; 公用经费支出 and 项目支出 are names of their own.
fn of_expense(name: &str) -> &str {
    let found = COUNTED_AS.of(name).find_map(|tail| {
        let head = name.strip_suffix(tail.text)?;
        let expense = head.ends_with('费')
            && (!head.ends_with("经费")
                || head.ends_with("运行经费")
                || head.ends_with("\"经费")
                || head.ends_with("接待经费"));
        let asset = head.ends_with("购置") || head.ends_with("(境)");
        (expense || asset).then_some(head)
    });
    found.filter(|_| catalog().official(&unquoted(name)).is_none()).unwrap_or(name)
}

/// Returns whether a character may not stand at either end of a subject.
fn is_edge(c: char) -> bool {
    matches!(c, '-' | '/' | '·' | '\'' | '#' | '.' | ';' | ',' | ':' | '、' | '。' | '|' | '_')
}

/// Returns the names that a text has for its department: 咸宁市咸安区医疗保障局, and 咸安区医疗保障局 without its first region.
pub(super) fn names(department: &str) -> [String; 2] {
    let short = match department.find(['省', '市', '州']) {
        Some(at) => slice(department, at + '市'.len_utf8(), department.len()),
        None => "",
    };
    [department.to_owned(), short.to_owned()]
}

fn is_single(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some() && chars.next().is_none()
}

/// Returns whether a cleaned subject says nothing by itself: the label or the topic before it is meant.
pub(super) fn is_generic(name: &str) -> bool {
    matches!(
        name,
        "" | "支出"
            | "预算"
            | "决算"
            | "年初预算"
            | "年初预算数"
            | "预算数"
            | "决算数"
            | "预算支出"
            | "支出预算"
            | "决算支出"
            | "支出决算"
            | "安排"
            | "实际支出"
            | "年初预算为"
            | "数"
            | "经费"
            | "金额"
            | "总额"
            | "资金"
            | "全年预算"
            | "全年预算数"
            | "预算安排"
            | "年初预算安排"
            | "完成预算"
            | "完成年初预算"
            | "完成全年预算"
    ) || is_of_a_stage(name)
}

/// Whether a name only says at which stage of the accounts a figure was: 当年预算执行数, 年初预算批复数.
fn is_of_a_stage(name: &str) -> bool {
    const STAGES: &[&str] = &[
        "当年", "本年", "全年", "年初", "上年", "预算", "决算", "执行", "实际", "支出", "安排", "调整",
        "批复",
    ];
    let Some(mut rest) = name.strip_suffix('数') else { return false };
    while let Some(shorter) = STAGES.iter().find_map(|stage| rest.strip_suffix(stage)) {
        rest = shorter;
    }
    rest.is_empty()
}

/// What a folded name means, whatever stands around it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    /// The official name, where it has one.
    pub(super) official: Option<Box<str>>,
    /// Whether the name is neither a path of the classification nor printed with its code.
    pub(super) plain: bool,
    /// Whether a code is printed beside the name.
    printed: bool,
    /// The code that is printed or that its path leads to.
    code: Option<Code>,
    /// The codes that it has where the domain is known, and whether the functional one is that of a 类: 教育 among such.
    functional: Option<Code>,
    class: Option<&'static str>,
    economic: Option<Code>,
}

impl Meaning {
    /// Returns what a name means.
    pub(super) fn of(folded: &str) -> Self {
        let (name, printed) = split_code(folded);
        if let Some((leaf, code)) = functional_path(name) {
            let official = canonical(leaf).unwrap_or(Cow::Borrowed(leaf));
            return Self {
                official: Some(official.into()),
                printed: printed.is_some(),
                code: printed.or(code),
                ..Self::default()
            };
        }
        let bare = unquoted(name);
        // 教育 alone is hardly ever what other regions are helped with, which has lines called like the 类.
        let own = catalog().code(Domain::Functional, &bare).filter(|code| code.0.get() / 100 != 219);
        let class = if own.is_none() { catalog().functional_class(&bare) } else { None };
        Self {
            official: canonical(name).map(Box::from),
            plain: printed.is_none(),
            printed: printed.is_some(),
            code: printed,
            functional: own.or(class),
            class: class.and_then(|code| catalog().name(code.0.get())),
            economic: catalog().code(Domain::Economic, &bare),
        }
    }

    /// Returns the id of the subject that has this meaning: the name as written, its official name and its code where
    /// `domain` makes it certain.
    pub(super) fn intern(&self, words: &mut Vocabulary, written: &str, domain: Option<Domain>) -> SubjectId {
        let written = if self.printed { split_written(written) } else { written };
        let name = words.name(written);
        let class = self.class.filter(|_| domain == Some(Domain::Functional));
        let official = class.or(self.official.as_deref()).filter(|official| *official != written);
        let canonical = official.map_or(name, |official| words.name(official));
        let code = self.code.or_else(|| match domain? {
            Domain::Functional => self.functional,
            Domain::Economic => self.economic,
        });
        words.subject(Subject { name, canonical, code })
    }
}

/// Splits the code of the classification off a name: 行政运行(2070101), 2070101行政运行.
fn split_code(folded: &str) -> (&str, Option<Code>) {
    let is_code =
        |digits: &str| matches!(digits.len(), 3 | 5 | 7) && digits.bytes().all(|b| b.is_ascii_digit());
    let code = |digits: &str| digits.parse().ok().and_then(NonZeroU32::new).map(Code);
    if let Some((name, digits)) = folded.strip_suffix(')').and_then(|rest| rest.rsplit_once('('))
        && is_code(digits)
        && !name.is_empty()
    {
        return (name, code(digits));
    }
    let digits = folded.bytes().take_while(u8::is_ascii_digit).count();
    let (front, name) = (slice(folded, 0, digits), slice(folded, digits, folded.len()));
    if is_code(front) && !name.is_empty() {
        return (name, code(front));
    }
    (folded, None)
}

/// The same for a name as the source has it, whose brackets may have either width.
fn split_written(written: &str) -> &str {
    let name = written.trim_start_matches(|c: char| c.is_ascii_digit());
    name.rfind(['(', '（']).filter(|_| name.ends_with([')', '）'])).map_or(name, |at| slice(name, 0, at))
}

/// Splits 社会保障和就业支出(类)行政事业单位养老支出(款)事业单位离退休(项) into its last name and its code.
fn functional_path(folded: &str) -> Option<(&str, Option<Code>)> {
    if memchr::memchr(b'(', folded.as_bytes()).is_none()
        || !holds(folded, "(类)") && !holds(folded, "(款)") && !holds(folded, "(项)")
    {
        return None;
    }
    let mut code: Option<Code> = None;
    let mut leaf = None;
    let mut rest = folded.trim_start_matches('"');
    for mark in ["(类)", "(款)", "(项)"] {
        let Some(at) = rest.find(mark) else { continue };
        let name = slice(rest, 0, at);
        code = match (mark, code) {
            // Some call a 款 a 类.
            ("(类)", _) => {
                catalog().functional_class(name).or_else(|| catalog().code(Domain::Functional, name))
            }
            (_, Some(parent)) => catalog().functional_below(parent, name),
            (_, None) => None,
        };
        // 一般公共服务(类) is 一般公共服务支出.
        leaf = code.filter(|_| mark == "(类)").and_then(|code| catalog().name(code.0.get())).or(Some(name));
        rest = slice(rest, at + mark.len(), rest.len());
    }
    leaf.map(|leaf| (leaf, code))
}

/// Where a subject stands in the functional classification, as far as its name says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Class {
    /// It is the 类 of this code.
    Itself(u32),
    /// It is a 项, and its path begins with this 类.
    Path(Box<str>),
    /// Neither; `marked` where the name says that it is a 项.
    Other {
        /// Whether (项) stands in the name.
        marked: bool,
    },
}

impl Class {
    /// Returns the place of a folded name.
    pub(super) fn of(folded: &str) -> Self {
        let bracket = memchr::memchr(b'(', folded.as_bytes());
        let marked = bracket.is_some() && holds(folded, "(项)");
        if let Some(at) = marked.then(|| folded.find("(类)")).flatten() {
            return Self::Path(slice(folded, 0, at).into());
        }
        let name = folded.strip_suffix("(类)").unwrap_or(folded);
        let code =
            catalog().code(Domain::Functional, name).map(|code| code.0.get()).filter(|code| *code < 1000);
        code.map_or(Self::Other { marked }, Self::Itself)
    }
}

/// Returns whether a subject is a 项 below a 类: its name says so, its printed code does, or the classification has it
/// there.
pub(super) fn is_below(official: &str, marked: bool, printed: Option<Code>, class: u32) -> bool {
    match printed.map(|code| code.0.get()) {
        Some(code) if code > 1_000_000 => code / 10_000 == class,
        Some(_) | None => marked || catalog().has_below(class, official),
    }
}

pub(super) fn unquoted(folded: &str) -> Cow<'_, str> {
    if memchr::memchr(b'"', folded.as_bytes()).is_some() {
        Cow::Owned(folded.replace('"', ""))
    } else {
        Cow::Borrowed(folded)
    }
}

/// Returns the catalog, so that callers need one module only.
pub(super) fn whole_of(official: &str) -> Option<&'static str> {
    Catalog::whole(catalog(), official)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, expect: &str) {
        assert_eq!(clean(words, &names("咸宁市咸安区医疗保障局")), expect, "{words}");
    }

    #[test]
    fn cuts_what_only_frames_a_subject() {
        check("部门预算收入安排总计", "部门预算收入安排总计");
        check("其中人员经费支出", "人员经费支出");
        check("咸安区医疗保障局机关运行经费预算安排", "机关运行经费");
        check("我单位政府采购预算", "政府采购预算");
        check("公务接待费预算支出", "公务接待费");
        check("因公出国(境)费支出", "因公出国(境)费");
        check("公务用车购置预算", "公务用车购置");
        check("公用经费支出", "公用经费支出");
        check("政府购买服务支出合计", "政府购买服务支出");
        check("收入预算总额为", "收入预算总额");
        check("编办核定行政编制", "行政编制");
        check("单位实有人数", "单位实有人数");
        check("本部门保有车辆共有", "保有车辆");
        check("项目支出共", "项目支出");
        check("拟安排公务接待费预算", "公务接待费");
        check("开支会议费", "会议费");
        check("安排预算部门行政经费", "安排预算部门行政经费");
        check("初中教育支出", "初中教育支出");
        check("按同口径", "");
        check("公务用车保有", "公务用车保有");
    }

    #[test]
    fn a_path_of_the_classification_gives_its_leaf_and_code() {
        let (leaf, code) =
            functional_path("社会保障和就业支出(类)行政事业单位养老支出(款)事业单位离退休(项)")
                .expect("a path");
        assert_eq!((leaf, code.map(|code| code.0.get())), ("事业单位离退休", Some(2_080_502)));
        // A 类 is one, though others are helped with lines of the same name.
        let class = |name| functional_path(name).map(|(leaf, code)| (leaf, code.map(|code| code.0.get())));
        assert_eq!(class("一般公共服务(类)支出"), Some(("一般公共服务支出", Some(201))));
        assert_eq!(class("卫生健康支出(类)"), Some(("卫生健康支出", Some(210))));
        assert_eq!(class("住房改革支出(类)住房公积金(项)"), Some(("住房公积金", Some(2_210_201))));
    }
}
