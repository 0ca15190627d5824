//! A row and a column → what the figure where they meet is an amount of.

use std::borrow::Cow;

use super::Reader;
use super::columns::Segment;
use super::label::{Label, domain_of};
use super::value::{Value, is_total};
use crate::model::catalog::{Domain, catalog};
use crate::model::{Code, NameId, Subject, SubjectId, TableKind};
use crate::parse::official::canonical;

impl Reader<'_, '_> {
    /// Returns what a figure is an amount of. Without a name before it, its column is.
    pub(super) fn subject(&mut self, value: &Value, label: &Label, domain: Option<Domain>) -> SubjectId {
        let by_column = value.by_column;
        let column = subject_of(&value.path);
        let bare = if by_column { is_total(column) } else { label.is_bare_total() };
        let name = if by_column || label.name.is_empty() { column } else { &label.name };
        // Some places number economic items below the 款 with two more digits: 3021101.
        let code = label.code.map(|code| if code > 3_000_000 { code / 100 } else { code });
        let official = code.filter(|_| label.code == code).and_then(|code| catalog().name(code));
        let side =
            || self.head.paths.get(value.column).and_then(|path| path.first()).map_or("", String::as_str);
        // Beside a group of columns of its own, 合计 is more than that group.
        let grouped = by_column
            && self.head.paths.iter().any(|path| {
                path.len() > 1
                    && path.iter().any(|words| words.contains("三公") && path.last() != Some(words))
            });
        let total = || match (self.template.map_or("", |template| template.total), side()) {
            ("", side) if side.contains("收入") => "收入总计",
            ("", side) if side.contains("支出") => "支出总计",
            (total, _) => total,
        };
        let canonical = match official {
            Some(official) => Cow::Borrowed(official),
            None if bare && !grouped && !total().is_empty() => Cow::Borrowed(total()),
            None => canonical(name).unwrap_or(Cow::Borrowed(name)),
        };
        let code = code
            .filter(|code| domain_of(*code).is_some() && (domain.is_none() || domain_of(*code) == domain));
        let code = code.and_then(std::num::NonZeroU32::new).map(Code);
        let (name, canonical) = (self.words.name(name), self.words.name(&canonical));
        self.words.subject(Subject { name, canonical, code })
    }

    /// Returns which column a figure stands in; where a row is named twice, the second name belongs to it.
    pub(super) fn aspect(
        &mut self,
        segment: &Segment,
        value: &Value,
        (label, other): (&Label, Option<&Label>),
    ) -> Option<NameId> {
        let crossed = segment.labels.first().is_some_and(|labels| labels.domain == Some(Domain::Functional));
        let other = other.filter(|other| crossed && !other.name.is_empty());
        let mut own = self.words.text(value.name).to_owned();
        if value.by_column {
            // The column is the subject; what is left of its words, and the row, say which figure of it.
            let subject = subject_of(&value.path);
            let row = Some(&label.name).filter(|name| !name.is_empty() && !label.is_bare_total());
            let rest = value.path.iter().filter(|words| *words != subject && !is_total(words));
            own = row.into_iter().chain(rest).map(String::as_str).collect::<Vec<_>>().join("/");
        }
        match other {
            Some(other) => Some(self.words.name(&format!("{}/{own}", other.name))),
            None if own.is_empty() => None,
            None => Some(self.words.name(&own)),
        }
    }

    /// Whether the columns, not the rows, are lines of the budget: nothing names the rows, or only units and years do, as in
    /// most tables of “三公”经费.
    pub(super) fn names_by_column(&self, segment: &Segment) -> bool {
        let three_public = self.template.is_some_and(|template| template.kind == TableKind::ThreePublic);
        let lines = segment.values.iter().filter_map(|column| self.head.paths.get(*column));
        let lines = lines.filter(|path| path.iter().any(|words| catalog().official(words).is_some())).count();
        let plain = segment.labels.iter().all(|labels| labels.domain.is_none() && labels.codes.is_empty());
        segment.labels.is_empty() || three_public && plain && lines * 3 >= segment.values.len()
    }
}

/// Returns which of the words over a column are a line of the budget: the last that have an official name, or else the last
/// that are no total.
fn subject_of(path: &[String]) -> &str {
    let official = path.iter().rfind(|words| catalog().official(words).is_some() && !is_total(words));
    let plain = || path.iter().rfind(|words| !is_total(words)).or(path.last());
    official.or_else(plain).map_or("", String::as_str)
}
