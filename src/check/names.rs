//! What the names of subjects say, found out once for each name and not for each figure that has it.

use std::borrow::Cow;
use std::hash::Hasher as _;

use rustc_hash::FxHasher;

use super::clue::{Clue, Clues, clue};
use super::memory::Memory;
use crate::model::catalog::catalog;
use crate::model::{NameId, Vocabulary};
use crate::source::fold::form;

/// Which money a figure is of, as far as its section and sentence say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Scope {
    /// All money of the department.
    All,
    /// 财政拨款.
    Appropriation,
    /// 一般公共预算.
    General,
    /// 基本支出 by economic class, and 机关运行经费.
    Basic,
    /// “三公”经费.
    ThreePublic,
    /// 政府性基金.
    Fund,
    /// 国有资本经营.
    Capital,
    /// One project, a table of performance targets of it.
    Project,
}

/// The words that name it, the narrowest first.
const NAMED: [(Clue, Scope); 12] = [
    (clue!("政府性基金"), Scope::Fund),
    (clue!("国有资本经营"), Scope::Capital),
    (clue!("三公\""), Scope::ThreePublic),
    (clue!("三公经费"), Scope::ThreePublic),
    (clue!("机关运行经费"), Scope::Basic),
    (clue!("公用经费"), Scope::Basic),
    (clue!("人员经费"), Scope::Basic),
    (clue!("商品和服务支出"), Scope::Basic),
    (clue!("工资福利支出"), Scope::Basic),
    (clue!("对个人和家庭"), Scope::Basic),
    (clue!("一般公共预算"), Scope::General),
    (clue!("财政拨款"), Scope::Appropriation),
];
/// All of them.
const MONEY: Clues = {
    let (mut all, mut index) = (Clues::NONE, 0);
    while index < NAMED.len() {
        all = all.with(NAMED[index].0);
        index += 1;
    }
    all
};

impl Scope {
    /// Returns the money that words name, the narrowest of several.
    pub(super) fn of(words: Clues) -> Option<Self> {
        if !words.has_any(MONEY) {
            return None;
        }
        NAMED.into_iter().find(|(clue, _)| words.has(*clue)).map(|(_, scope)| scope)
    }
}

/// What a subject's name says.
pub(super) struct Name<'a> {
    /// As written, in folded form.
    pub(super) written: Cow<'a, str>,
    /// The words in it.
    pub(super) clues: Clues,
    /// The words in the official name.
    pub(super) official: Clues,
    /// Which money it says it is of.
    pub(super) scope: Option<Scope>,
    /// Whether it says that it is revenue, or expenditure, which is none.
    pub(super) revenue: Option<bool>,
    /// Whether it is only made of words that every amount could have.
    pub(super) generic: bool,
    /// Numbers for what a total of revenue and of expenditure it is, if it is one.
    pub(super) totals: [Option<u64>; 2],
    /// The official name.
    pub(super) officially: &'a str,
    pub(super) canonical: NameId,
    /// Whether that is vague; see [`Name::is_vague`].
    pub(super) vague: bool,
    /// The hashes of what is left of the written and of the official name without the words that only say that they are
    /// totals.
    pub(super) bare: [u64; 2],
}

impl<'a> Name<'a> {
    /// Returns what the names of all subjects say.
    pub(super) fn all(memory: &mut Memory, words: &'a Vocabulary) -> Vec<Self> {
        let name = |(_, subject): (_, crate::model::Subject)| {
            let text = words.text(subject.name);
            let known = memory.words(text);
            let (written, clues, generic, bare) = (known.form(text), known.clues, known.generic, known.bare);
            let (is_kind, own_common, totals) = (known.kind, known.common, known.totals);
            let same = subject.name == subject.canonical;
            let name = words.text(subject.canonical);
            let (official, official_bare, common) = if same {
                (clues, bare, own_common)
            } else {
                let known = memory.words(name);
                (known.clues, known.bare, known.common)
            };
            let vague = !is_whole_total(official, &written, name)
                && (generic || is_kind || common || is_of_year(official, &written));
            let revenue = if clues.has(clue!("支出")) || matches!(name, "项目支出" | "基本支出") {
                Some(false)
            } else {
                clues.has(clue!("收入")).then_some(true)
            };
            let (scope, officially, canonical) = (Scope::of(clues), name, subject.canonical);
            let bare = [bare, official_bare];
            Self {
                written,
                clues,
                official,
                scope,
                revenue,
                generic,
                totals,
                officially,
                canonical,
                vague,
                bare,
            }
        };
        words.subjects().map(name).collect()
    }

    /// Returns whether neither the written name nor one that took the place of the official one says by itself what it is an
    /// amount of.
    pub(super) fn is_vague(&self, name: &str) -> bool {
        let Self { written, official, .. } = self;
        !is_whole_total(*official, written, name)
            && (self.generic || is_kind(written) || is_common(name) || is_of_year(*official, written))
    }

    /// Returns whether the written or the official name is one, but for words that only say that it is a total.
    pub(super) fn is_bare(&self, wanted: &str, words: &Vocabulary) -> bool {
        bare(&self.written).eq(bare(wanted)) || bare(&form(words.text(self.canonical))).eq(bare(wanted))
    }
}

/// Whether a total is just called so, and officially is one of something.
fn is_whole_total(official: Clues, written: &str, name: &str) -> bool {
    official.has(clue!("总计")) && matches!(written, "合计" | "总计") && name.ends_with("总计")
}

/// Whether a total is of the year alone.
fn is_of_year(official: Clues, written: &str) -> bool {
    official.has(clue!("总计"))
        && (written.contains("本年") || written.ends_with("收入合计") || written.ends_with("支出合计"))
}

/// Whether a name is one of many, or of a kind, of which there are several in one disclosure, or so long that it is rather a
/// sentence.
pub(super) fn is_common(name: &str) -> bool {
    const LONGEST: usize = 24;
    // Of several lines of one name, each has an amount of its own.
    catalog().is_shared(name) || is_kind(name) || name.len() > LONGEST && name.chars().count() > LONGEST
}

/// Returns the characters of a folded name without the words that only say that it is a total, or of what kind.
pub(super) fn bare(name: &str) -> impl Iterator<Item = char> {
    const WORDS: &[&str] =
        &["预算", "决算", "合计", "总额", "总计", "总", "全年", "本年", "安排", "部门", "\""];
    let mut rest = name;
    std::iter::from_fn(move || {
        loop {
            let mut later = rest.chars();
            let c = later.next()?;
            let Some(after) =
                is_first(c).then(|| WORDS.iter().find_map(|word| rest.strip_prefix(word))).flatten()
            else {
                rest = later.as_str();
                return Some(c);
            };
            rest = after;
        }
    })
}

/// Whether a word that only says that something is a total, or of what kind, may begin with a character.
fn is_first(c: char) -> bool {
    matches!(c, '预' | '决' | '合' | '总' | '全' | '本' | '安' | '部' | '"')
}

/// Returns the hash of what [`bare`] leaves of a name.
pub(super) fn hash_of_bare(name: &str) -> u64 {
    let mut hasher = FxHasher::default();
    for c in bare(name) {
        hasher.write_u32(u32::from(c));
    }
    hasher.finish()
}

/// Whether a name is only made of words that every amount could have.
pub(super) fn is_generic(name: &str) -> bool {
    const WORDS: &[&str] =
        &["年初", "预算", "决算", "支出", "收入", "安排", "全年", "本年", "数", "为", "合计", "总计"];
    let mut rest = name;
    if !name.starts_with(['年', '预', '决', '支', '收', '安', '全', '本', '数', '为', '合', '总'])
    {
        return name.is_empty();
    }
    while !rest.is_empty() {
        let Some(after) = WORDS.iter().find_map(|word| rest.strip_prefix(word)) else { return false };
        rest = after;
    }
    !name.contains('总')
}

/// Whether a name is that of a kind, of which there are several in one disclosure.
pub(super) fn is_kind(name: &str) -> bool {
    matches!(
        name,
        "" | "其他"
            | "其他支出"
            | "其他资金"
            | "资金"
            | "合计"
            | "小计"
            | "金额"
            | "差值"
            | "差额"
            | "差异"
            | "货物"
            | "工程"
            | "服务"
            | "货物类"
            | "工程类"
            | "服务类"
            | "本级"
            | "补助"
            | "专项"
            | "项目"
            | "经费"
            | "运行维护费"
            | "购置费"
            | "运行费"
            | "本年收入"
            | "本年支出"
            | "收入"
            | "支出"
            | "购置"
            | "小微企业"
            | "中小企业"
    )
}
