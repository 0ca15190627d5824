//! Which classification the lines of a list are of, by the words that open it or the class it breaks down.

use crate::model::catalog::Domain;

/// Returns what words that announce a list say: 按功能分类, 按经济分类.
pub(super) fn named(words: &str) -> Option<Domain> {
    if words.contains("功能") {
        return Some(Domain::Functional);
    }
    words.contains("经济").then_some(Domain::Economic)
}

/// The economic classes list economic 款, so that their names are not taken for functional ones.
pub(super) fn listed(official: &str) -> Option<Domain> {
    matches!(
        official,
        "工资福利支出"
            | "商品和服务支出"
            | "对个人和家庭的补助"
            | "机关运行经费"
            | "公用经费"
            | "资本性支出"
    )
    .then_some(Domain::Economic)
}
