//! Folded names → the official wording that they stand for.

use std::borrow::Cow;

use super::subject::unquoted;
use crate::model::catalog::catalog;
use crate::source::span::{holds, slice};

/// Returns the official wording of a folded name, where it has one.
pub(super) fn canonical(folded: &str) -> Option<Cow<'_, str>> {
    match unquoted(folded) {
        Cow::Borrowed(name) => official(name),
        Cow::Owned(name) => official(&name).map(|official| Cow::Owned(official.into_owned())),
    }
}

/// The same for a name without quotation marks.
fn official(name: &str) -> Option<Cow<'_, str>> {
    let catalog = catalog();
    if let Some(official) = catalog.official(name).or_else(|| total(name)).or_else(|| three_public(name)) {
        return Some(Cow::Borrowed(official));
    }
    if let Some(bare) = without_holder(name) {
        return Some(official(bare).unwrap_or(Cow::Borrowed(bare)));
    }
    if name.contains('(') && holds(name, "(含") {
        return without_included(name)
            .map(|bare| Cow::Owned(official(&bare).map_or(bare.clone(), Cow::into_owned)));
    }
    if name.ends_with(['出', '算', '费', '数']) {
        const TAILS: &[&str] = &[
            "预算支出",
            "支出预算",
            "支出决算",
            "决算支出",
            "支出",
            "预算",
            "决算",
            "费",
            "经费",
            "支出预算数",
            "支出决算数",
            "预算数",
            "决算数",
        ];
        for tail in TAILS {
            // 财政拨款支出 is no 财政拨款收入, though 财政拨款 alone is.
            let official = name.strip_suffix(*tail).and_then(|head| catalog.official(head));
            if let Some(official) = official.filter(|official| !official.ends_with("收入")) {
                return Some(Cow::Borrowed(official));
            }
        }
    }
    if let Some(official) = catalog.official_with_expenditure(name) {
        return Some(Cow::Borrowed(official));
    }
    // 购置办公设备 is 办公设备购置.
    if let Some(bought) = name.strip_prefix("购置") {
        return catalog.official(&format!("{bought}购置")).map(Cow::Borrowed);
    }
    // 政府购买服务预算支出 is budgeted, but what is budgeted is 政府购买服务支出.
    let budgeted = name.strip_suffix("预算支出").or_else(|| name.strip_suffix("支出预算"));
    // 一般公共预算 is one of the four budgets, and their expenditure has this name.
    let frame = |rest: &&str| rest.chars().nth(2).is_none() || rest.ends_with(['共', '金', '营', '险']);
    budgeted.filter(|rest| !frame(rest)).map(|rest| Cow::Owned(format!("{rest}支出")))
}

/// Returns the name of a number of people, where it does not yet say that it is one: 财政供养人数, or in a list of posts
/// 行政编制.
pub(super) fn people(folded: &str, posts: bool) -> Option<String> {
    // 国内公务接待221批次，1768人: the guests and not the receptions.
    let folded = folded.strip_suffix("批次").unwrap_or(folded);
    let said = folded.contains('人') || folded.ends_with(['员', '编', '制', '工', '部', '岗', '额', '数']);
    if said || folded.is_empty() {
        return None;
    }
    if posts {
        return Some(format!("{folded}编制"));
    }
    canonical(folded).is_none().then(|| format!("{folded}人数"))
}

/// 公务用车(含执法执勤用车)运行费 without what a bracket says is included.
fn without_included(name: &str) -> Option<String> {
    let (before, inside) = name.split_once("(含")?;
    let (_, after) = inside.split_once(')')?;
    Some(format!("{before}{after}"))
}

/// Returns the name of a number of visits or of receptions that only says what they are for: 因公出国(境)0人次.
pub(super) fn visits(folded: &str, noun: &str) -> Option<String> {
    let purpose = folded.strip_suffix(['费', '数']).unwrap_or(folded);
    if purpose == "接待" {
        return Some(format!("公务接待{noun}"));
    }
    (purpose.ends_with("接待") || purpose.ends_with("(境)")).then(|| format!("{purpose}{noun}"))
}

/// What is held without who holds it: 单位实有办公用房 is 办公用房, 机动车辆(实有数) is 机动车辆. A class of the economic
/// classification before one of its lines says only where the line stands: 资本性支出办公设备购置.
fn without_holder(name: &str) -> Option<&str> {
    const HOLDERS: &[&str] = &["单位实有", "部门实有", "单位公用", "单位现有", "保有", "资本性支出"];
    let bare = name.strip_suffix("(实有数)").unwrap_or(name);
    // 实有人数 says which number of people it is; 人数 alone does not.
    let people = bare.strip_prefix("单位").filter(|rest| *rest == "实有人数");
    let bare = people.or_else(|| HOLDERS.iter().find_map(|holder| bare.strip_prefix(holder))).unwrap_or(bare);
    (bare.len() < name.len() && bare.chars().count() > 1 && !bare.starts_with(['(', '量'])).then_some(bare)
}

/// 财政拨款“三公”经费, “三公”经费财政拨款支出决算总额: whatever says how the three funds are counted, they are the three funds.
fn three_public(name: &str) -> Option<&'static str> {
    const FRAMES: &[&str] = &[
        "财政拨款",
        "一般公共预算",
        "拨款",
        "安排的",
        "安排",
        "通过",
        "支出",
        "预算",
        "决算",
        "总额",
        "总计",
        "合计",
        "汇总数",
        "汇总",
        "总数",
        "数",
        "总",
        "部门",
        "单位",
        "全年",
        "本年",
        "年度",
        "实际",
        "全口径",
        "全县",
        "全市",
        "全区",
        "全镇",
        "全乡",
        "市本级",
        "县本级",
        "区本级",
        "累计",
        "本级",
        "中央",
        "使用",
        "中",
        "的",
    ];
    let at = name.find("三公")?;
    let (mut before, mut after) = (slice(name, 0, at), slice(name, at + "三公".len(), name.len()));
    after = after.strip_prefix("经费").unwrap_or(after);
    // 各乡镇、县本级一般公共预算拨款安排的: whose they are and what they are paid from.
    if before.ends_with("安排的") {
        before = "";
    }
    while let Some(rest) = FRAMES.iter().find_map(|frame| before.strip_suffix(frame)) {
        before = rest;
    }
    while let Some(rest) = FRAMES.iter().find_map(|frame| after.strip_prefix(frame)) {
        after = rest;
    }
    (before.is_empty() && after.is_empty()).then_some("“三公”经费")
}

/// 部门预算收入安排总计, 收入预算, 决算总收入 are all the total of revenue.
fn total(name: &str) -> Option<&'static str> {
    const FRAMES: &[&str] = &[
        "本部门",
        "本单位",
        "我部门",
        "我单位",
        "我局",
        "部门",
        "单位",
        "综合",
        "全年",
        "本年",
        "安排",
        "预算",
        "决算",
        "总额",
        "总计",
        "合计",
        "总",
    ];
    if !name.contains(['收', '支']) {
        return None;
    }
    let mut rest = name;
    while let Some(inner) =
        FRAMES.iter().find_map(|word| rest.strip_prefix(word).or_else(|| rest.strip_suffix(word)))
    {
        rest = inner;
    }
    match rest {
        "收入" => Some("收入总计"),
        "支出" => Some("支出总计"),
        "收支" | "收、支" | "收入、支出" | "收入支出" | "收入和支出" => Some("收支总计"),
        "财政拨款收支" | "财政拨款收、支" | "财政拨款收入、支出" | "财政拨款收入支出" => {
            Some("财政拨款收支总计")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_totals_and_official_names() {
        assert_eq!(canonical("部门预算支出").as_deref(), Some("支出总计"));
        assert_eq!(canonical("收支总预算").as_deref(), Some("收支总计"));
        assert_eq!(canonical("本部门预算支出").as_deref(), Some("支出总计"));
        assert_eq!(canonical("财政拨款收、支总计").as_deref(), Some("财政拨款收支总计"));
        assert_eq!(canonical("\"三公\"经费支出").as_deref(), Some("“三公”经费"));
        for name in ["财政拨款安排\"三公\"经费", "\"三公\"经费财政拨款支出预算", "全县\"三公\"经费决算汇总数"]
        {
            assert_eq!(canonical(name).as_deref(), Some("“三公”经费"), "{name}");
        }
        assert_eq!(canonical("\"三公\"经费以外的公用经费"), None);
        assert_eq!(canonical("食堂运行保障"), None);
        assert_eq!(canonical("单位实有办公用房面积").as_deref(), Some("办公用房面积"));
        assert_eq!(canonical("部门机动车辆(实有数)").as_deref(), Some("机动车辆"));
        assert_eq!(canonical("资本性支出(基本建设)").as_deref(), Some("资本性支出（基本建设）"));
        assert_eq!(canonical("单位实有人数").as_deref(), Some("实有人数"));
        assert_eq!(canonical("保有量"), None);
        assert_eq!(canonical("购置办公设备").as_deref(), Some("办公设备购置"));
        assert_eq!(canonical("政府购买服务预算支出").as_deref(), Some("政府购买服务支出"));
        assert_eq!(canonical("公务用车(含执法执勤用车)运行费").as_deref(), Some("公务用车运行维护费"));
        assert_eq!(visits("因公出国(境)", "人次").as_deref(), Some("因公出国(境)人次"));
        assert_eq!(visits("接待", "批次").as_deref(), Some("公务接待批次"));
        assert_eq!(visits("公务接待人次", "人次"), None);
        assert_eq!(people("财政补助", false).as_deref(), Some("财政补助人数"));
        assert_eq!(people("行政编制", true), None);
        assert_eq!(people("行政", true).as_deref(), Some("行政编制"));
    }
}
