//! The official classification and the names that documents use for its lines, as data.
//!
//! Functional codes have 3, 5 or 7 digits (类, 款, 项), departmental economic codes 3 or 5 (类, 款). The two domains
//! share names (住房公积金 is 2210201 and 30113), so a code is only given where the context says which is meant.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;

use super::Code;

/// Which classification a code belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Domain {
    /// 支出功能分类.
    Functional,
    /// 部门预算支出经济分类.
    Economic,
}

/// The classification, the aliases and the wholes.
pub struct Catalog {
    /// Functional codes by folded name.
    functional: Names<Vec<u32>>,
    /// Economic codes by folded name.
    economic: Names<Vec<u32>>,
    /// Official names by folded name or alias.
    official: Names<&'static str>,
    /// The official name of the whole that an official name is a part of.
    wholes: Names<&'static str>,
}

type Names<T> = HashMap<String, T, FxBuildHasher>;

static CATALOG: LazyLock<Catalog> = LazyLock::new(Catalog::read);

/// Returns the catalog, read at first use.
pub fn catalog() -> &'static Catalog {
    &CATALOG
}

impl Catalog {
    fn read() -> Self {
        let mut catalog = Self {
            functional: Names::default(),
            economic: Names::default(),
            official: Names::default(),
            wholes: Names::default(),
        };
        for row in rows(include_str!("../../assets/catalog/functional.csv")) {
            catalog.add(Domain::Functional, row);
        }
        for row in rows(include_str!("../../assets/catalog/economic.csv")) {
            catalog.add(Domain::Economic, row);
        }
        for [code, current, former] in rows(include_str!("../../assets/catalog/renames.csv")) {
            if let Ok(code) = code.parse() {
                catalog.functional.entry(fold(former)).or_default().push(code);
            }
            catalog.official.insert(fold(former), current);
        }
        for [written, official, _] in rows(include_str!("../../assets/catalog/aliases.csv")) {
            catalog.official.insert(fold(written), official);
        }
        for [part, whole, _] in rows(include_str!("../../assets/catalog/wholes.csv")) {
            catalog.wholes.insert(part.to_owned(), whole);
        }
        catalog
    }

    fn add(&mut self, domain: Domain, [code, name, _]: [&'static str; 3]) {
        let Ok(code) = code.parse() else { return };
        let names = match domain {
            Domain::Functional => &mut self.functional,
            Domain::Economic => &mut self.economic,
        };
        names.entry(fold(name)).or_default().push(code);
        self.official.entry(fold(name)).or_insert(name);
    }

    /// Returns the official wording of a name in folded form, where it has one.
    pub fn official(&self, folded: &str) -> Option<&'static str> {
        self.official.get(folded).copied()
    }

    /// Returns the official name of what an official name is always a part of, such as 公务接待费 of “三公”经费.
    pub fn whole(&self, official: &str) -> Option<&'static str> {
        self.wholes.get(official).copied()
    }

    /// Returns the code of a name in one domain, where the name has only one there.
    pub fn code(&self, domain: Domain, folded: &str) -> Option<Code> {
        match self.codes(domain, folded) {
            [code] => NonZeroU32::new(*code).map(Code),
            _ => None,
        }
    }

    /// Returns the functional code of a name below another, such as 行政运行 below 20101.
    pub fn functional_below(&self, parent: Code, folded: &str) -> Option<Code> {
        let factor = 100;
        let code =
            self.codes(Domain::Functional, folded).iter().find(|code| *code / factor == parent.0.get())?;
        NonZeroU32::new(*code).map(Code)
    }

    /// Returns whether a name is one of the 项 of a 类 of the functional classification.
    pub fn has_below(&self, class: u32, folded: &str) -> bool {
        self.codes(Domain::Functional, folded).iter().any(|code| *code > 1_000_000 && code / 10_000 == class)
    }

    fn codes(&self, domain: Domain, folded: &str) -> &[u32] {
        let names = match domain {
            Domain::Functional => &self.functional,
            Domain::Economic => &self.economic,
        };
        let official = || self.official(folded).and_then(|name| names.get(&fold(name)));
        names.get(folded).or_else(official).map_or(&[], Vec::as_slice)
    }
}

/// Returns the first three fields of every row but the head; a missing one is empty. Only `"` fields are unquoted.
fn rows(csv: &'static str) -> impl Iterator<Item = [&'static str; 3]> {
    csv.lines().skip(1).map(|line| {
        let mut fields = line.split(',').map(|field| field.trim_matches('"'));
        std::array::from_fn(|_| fields.next().unwrap_or_default())
    })
}

/// Returns a catalog name in the form that folded text has: half-width brackets, no quotation marks.
fn fold(name: &str) -> String {
    name.chars()
        .filter_map(|c| match c {
            '（' => Some('('),
            '）' => Some(')'),
            '“' | '”' | '"' => None,
            c => Some(c),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(number: u32) -> Option<Code> {
        NonZeroU32::new(number).map(Code)
    }

    #[test]
    fn aliases_have_official_names_and_codes() {
        let catalog = catalog();
        assert_eq!(catalog.official("公务用车维护费"), Some("公务用车运行维护费"));
        assert_eq!(catalog.code(Domain::Economic, "公务用车维护费"), code(30231));
        assert_eq!(catalog.code(Domain::Economic, "公务招待费"), code(30217));
        assert_eq!(catalog.code(Domain::Economic, "维修(护)费"), code(30213));
        assert_eq!(catalog.official("三公经费"), Some("“三公”经费"));
    }

    #[test]
    fn the_domains_are_never_mixed() {
        let catalog = catalog();
        assert_eq!(catalog.code(Domain::Functional, "住房公积金"), code(2_210_201));
        assert_eq!(catalog.code(Domain::Economic, "住房公积金"), code(30113));
        assert_eq!(catalog.code(Domain::Economic, "行政运行"), None);
        assert_eq!(catalog.code(Domain::Functional, "行政运行"), None, "it has a code under many 款");
        let below = catalog.functional_below(Code(NonZeroU32::new(21015).expect("not zero")), "行政运行");
        assert_eq!(below, code(2_101_501));
    }

    #[test]
    fn former_names_keep_their_code() {
        let catalog = catalog();
        assert_eq!(catalog.official("医疗卫生与计划生育支出"), Some("卫生健康支出"));
        assert_eq!(catalog.code(Domain::Functional, "医疗卫生与计划生育支出"), code(210));
    }

    #[test]
    fn parts_know_their_whole() {
        assert_eq!(catalog().whole("公务接待费"), Some("“三公”经费"));
        assert_eq!(catalog().whole("因公出国（境）费用"), Some("“三公”经费"));
        assert_eq!(catalog().whole("办公费"), None);
    }
}
