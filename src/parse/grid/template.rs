//! The title of a table → which table it is, by the templates in `assets/templates/tables.csv`.

use std::sync::LazyLock;

use crate::model::TableKind;
use crate::source::span::slice;

/// How one kind of table is known, and what stands in it.
#[derive(Debug)]
pub(super) struct Template {
    pub(super) kind: TableKind,
    /// Of each group one word must be in the title.
    words: Vec<Vec<&'static str>>,
    /// None of these may be.
    but_not: Vec<&'static str>,
    /// The money that all figures of the table are of, as the columns do not say it.
    pub(super) scope: &'static str,
    /// What the row 合计 is called elsewhere.
    pub(super) total: &'static str,
}

static TEMPLATES: LazyLock<Vec<Template>> = LazyLock::new(|| {
    include_str!("../../../assets/templates/tables.csv").lines().skip(1).filter_map(template).collect()
});

fn template(line: &'static str) -> Option<Template> {
    let mut fields = line.split(',');
    let key = fields.next()?;
    let kind = TableKind::ALL.iter().copied().find(|kind| kind.key() == key)?;
    let mut list = || fields.next().unwrap_or_default();
    let words = list().split_whitespace().map(|group| group.split('|').collect()).collect();
    let but_not = list().split('|').filter(|word| !word.is_empty()).collect();
    Some(Template { kind, words, but_not, scope: list(), total: list() })
}

/// Returns the first template whose words are in a folded title. What a table leaves out is none of it: (不含上年结转).
pub(super) fn template_of(title: &str) -> Option<&'static Template> {
    let left_out = title.find("不含").unwrap_or(title.len());
    let end = slice(title, left_out, title.len()).find(')').map_or(title.len(), |at| left_out + at);
    let title = format!("{}{}", slice(title, 0, left_out), slice(title, end, title.len()));
    TEMPLATES.iter().find(|template| {
        template.words.iter().all(|group| group.iter().any(|word| title.contains(word)))
            && template.but_not.iter().all(|word| !title.contains(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, key: Option<&str>) {
        assert_eq!(template_of(title).map(|template| template.kind.key()), key, "{title}");
    }

    #[test]
    fn every_line_is_a_template() {
        let lines = include_str!("../../../assets/templates/tables.csv").lines().count() - 1;
        assert_eq!(TEMPLATES.len(), lines);
        assert!(TEMPLATES.iter().all(|template| !template.words.is_empty()));
        assert_eq!(lines, TableKind::ALL.len());
    }

    #[test]
    fn tables_are_known_under_the_names_of_all_places() {
        check("收支总体情况表", Some("revenue_and_expenditure"));
        check("公开01表收入支出决算总表", Some("revenue_and_expenditure"));
        check("2026年预算单位收入预算总表", Some("revenue"));
        check("支出决算表", Some("expenditure"));
        check("财政拨款收入支出决算总表", Some("fiscal_appropriation"));
        check("一般公共预算财政拨款支出决算表", Some("general_budget_expenditure"));
        check("财政拨款支出预算表(功能科目)", Some("general_budget_expenditure"));
        check("一般公共预算支出表(按经济分类)", Some("general_budget_economic"));
        check("一般公共预算财政拨款基本支出决算表", Some("general_budget_basic"));
        check("财政拨款\"三公\"经费支出表", Some("three_public"));
        check("政府性基金预算财政拨款收入支出决算表", Some("government_fund"));
        check("财政拨款政府性基金支出预算表", Some("government_fund"));
        check("国有资本经营预算支出情况表", Some("state_capital"));
        check("2026年市级部门项目支出绩效表", Some("performance"));
        check("部门预算项目支出及其他支出预算表", Some("project_expenditure"));
        check("一般公共预算支出明细表(按支出功能分类科目-不含上年结转)", Some("general_budget_expenditure"));
        check("财政拨款结转资金支出表", Some("carry_over"));
        check("预算单位名单", None);
    }
}
