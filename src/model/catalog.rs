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
    /// What is known of a name, by its folded form.
    names: Names<Entry>,
    /// The official name of the whole that an official name is a part of.
    wholes: Names<&'static str>,
    /// The official names by code; no code is in both classifications.
    by_code: HashMap<u32, &'static str, FxBuildHasher>,
}

/// What is known of a folded name.
#[derive(Default)]
struct Entry {
    /// Its official wording.
    official: Option<&'static str>,
    /// The official wording of the name with 支出 behind it.
    spent: Option<&'static str>,
    /// Its functional codes.
    functional: Vec<u32>,
    /// The 类 of the functional classification that it names, with 支出 at its end or without.
    class: Option<NonZeroU32>,
    /// Its economic codes.
    economic: Vec<u32>,
}

type Names<T> = HashMap<String, T, FxBuildHasher>;

static CATALOG: LazyLock<Catalog> = LazyLock::new(Catalog::read);

/// Returns the catalog, read at first use.
pub fn catalog() -> &'static Catalog {
    &CATALOG
}

impl Catalog {
    fn read() -> Self {
        let mut catalog =
            Self { names: Names::default(), wholes: Names::default(), by_code: HashMap::default() };
        for row in rows(include_str!("../../assets/catalog/functional.csv")) {
            catalog.add(Domain::Functional, row);
        }
        for row in rows(include_str!("../../assets/catalog/economic.csv")) {
            catalog.add(Domain::Economic, row);
        }
        for [code, current, former] in rows(include_str!("../../assets/catalog/renames.csv")) {
            let entry = catalog.entry(former);
            entry.functional.extend(code.parse::<u32>());
            entry.official = Some(current);
        }
        for [written, official, _] in rows(include_str!("../../assets/catalog/aliases.csv")) {
            catalog.entry(written).official = Some(official);
        }
        for [part, whole, _] in rows(include_str!("../../assets/catalog/wholes.csv")) {
            catalog.wholes.insert(part.to_owned(), whole);
        }
        catalog.resolve();
        catalog
    }

    fn entry(&mut self, name: &str) -> &mut Entry {
        self.names.entry(fold(name)).or_default()
    }

    fn add(&mut self, domain: Domain, [code, name, _]: [&'static str; 3]) {
        let Ok(code) = code.parse() else { return };
        self.by_code.insert(code, name);
        let entry = self.entry(name);
        match domain {
            Domain::Functional => entry.functional.push(code),
            Domain::Economic => entry.economic.push(code),
        }
        entry.official.get_or_insert(name);
    }

    /// Gives every name the codes of its official wording, where it has none of its own, and every name that is official
    /// with 支出 behind it that wording, so that each question costs one look.
    fn resolve(&mut self) {
        let mut codes = Vec::new();
        let mut spent = Vec::new();
        for (name, entry) in &self.names {
            let official = entry.official.and_then(|official| self.names.get(&fold(official)));
            if let Some(official) = official {
                codes.push((name.clone(), official.functional.clone(), official.economic.clone()));
            }
            if let (Some(short), Some(official)) = (name.strip_suffix("支出"), entry.official) {
                spent.push((short.to_owned(), official));
            }
        }
        for (name, functional, economic) in codes {
            let entry = self.entry(&name);
            if entry.functional.is_empty() {
                entry.functional = functional;
            }
            if entry.economic.is_empty() {
                entry.economic = economic;
            }
        }
        for (name, official) in spent {
            self.entry(&name).spent = Some(official);
        }
        let class = |entry: &Entry| entry.functional.iter().copied().find(|code| (200..300).contains(code));
        let named: Vec<(String, u32)> =
            self.names.iter().filter_map(|(name, entry)| Some((name.clone(), class(entry)?))).collect();
        for (name, code) in named {
            let short = name.strip_suffix("支出").map(|short| self.entry(short));
            if let Some(short) = short.filter(|short| short.class.is_none()) {
                short.class = NonZeroU32::new(code);
            }
            self.entry(&name).class = NonZeroU32::new(code);
        }
    }

    /// Returns the official wording of a name in folded form, where it has one.
    pub fn official(&self, folded: &str) -> Option<&'static str> {
        self.names.get(folded)?.official
    }

    /// Returns the official wording of what is a name only with 支出 behind it.
    pub fn official_with_expenditure(&self, folded: &str) -> Option<&'static str> {
        self.names.get(folded)?.spent
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

    /// Returns the 类 of the functional classification that a name has, with 支出 at its end or without. 一般公共服务 alone is
    /// also what others are helped with, 21901.
    pub fn functional_class(&self, folded: &str) -> Option<Code> {
        self.names.get(folded)?.class.map(Code)
    }

    /// Returns whether a name is that of several lines of the functional classification, as 行政运行 is under every 款 of
    /// administration.
    pub fn is_shared(&self, folded: &str) -> bool {
        self.codes(Domain::Functional, folded).len() > 1
    }

    /// Returns whether a name is one of the 项 of a 类 of the functional classification.
    pub fn has_below(&self, class: u32, folded: &str) -> bool {
        self.codes(Domain::Functional, folded).iter().any(|code| *code > 1_000_000 && code / 10_000 == class)
    }

    /// Returns the official name of a code.
    pub fn name(&self, code: u32) -> Option<&'static str> {
        self.by_code.get(&code).copied()
    }

    /// Returns all codes that a folded name has in one domain.
    pub fn codes(&self, domain: Domain, folded: &str) -> &[u32] {
        self.names.get(folded).map_or(&[], |entry| match domain {
            Domain::Functional => &entry.functional,
            Domain::Economic => &entry.economic,
        })
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
