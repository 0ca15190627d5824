//! Words such as `部门:水利` and `金额>100万` → what they leave of everything.

use super::number::{Number, Worths, number};
use super::query::year;
use crate::check::{CHECKS, Check, Code, Finding, Severity};
use crate::lang::{Lang, Word};
use crate::model::Item;
use crate::quantity::Unit;
use crate::source::span;

/// What a filter looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Field {
    /// The department's name.
    Department,
    /// The year that a figure is about.
    Year,
    /// How much money it is.
    Amount,
    /// What was found wrong with it.
    Finding,
}

/// Every filter with its spellings, the Chinese one first, then the English one, and what stands behind it.
pub(super) const FIELDS: &[(Field, &[&str], &str)] = &[
    (Field::Department, &["部门", "dept", "department"], ":"),
    (Field::Year, &["年", "year", "年度"], ":"),
    (Field::Amount, &["金额", "amount"], ">"),
    (Field::Finding, &["问题", "finding"], ":"),
];

/// How a value is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Test {
    Is,
    Above,
    Below,
    AtLeast,
    AtMost,
}

/// The signs of comparison, of two that begin alike the longer first.
const TESTS: &[(&str, Test)] = &[
    (">=", Test::AtLeast),
    ("<=", Test::AtMost),
    ("≥", Test::AtLeast),
    ("≤", Test::AtMost),
    (":", Test::Is),
    ("=", Test::Is),
    (">", Test::Above),
    ("<", Test::Below),
];

/// What a filter leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Filter {
    /// What lies under departments of a name.
    Department,
    /// What is about the years from one to another.
    Years(u16, u16),
    /// Money of so much.
    Amount(Worths),
    /// What was found by some checks, or of some severities.
    Findings(Vec<Code>, Vec<Severity>),
    /// Nothing: its value cannot be read.
    Nothing,
}

/// Returns the field, the comparison and the value of a folded word that is a filter.
pub(super) fn split(word: &str) -> Option<(Field, Test, &str)> {
    FIELDS.iter().find_map(|&(field, spellings, _)| {
        spellings.iter().find_map(|spelling| {
            let rest = word.strip_prefix(spelling)?;
            TESTS.iter().find_map(|&(sign, test)| Some((field, test, rest.strip_prefix(sign)?)))
        })
    })
}

/// Reads the value of a filter.
pub(super) fn read(field: Field, test: Test, value: &str) -> Filter {
    match field {
        Field::Department => Filter::Department,
        Field::Year => years(test, value).unwrap_or(Filter::Nothing),
        Field::Amount => number(value).and_then(|number| amount(test, &number)).unwrap_or(Filter::Nothing),
        Field::Finding => Filter::Findings(checks(value), severities(value)),
    }
}

/// Returns the years that a value names: `2022`, `2020-2022`, and, while it is being typed, all that begin so.
fn years(test: Test, value: &str) -> Option<Filter> {
    if let Some((first, last)) = value.split_once('-').filter(|(_, last)| !last.is_empty()) {
        return Some(Filter::Years(year(first)?, year(last)?));
    }
    let digits = value.trim_end_matches(['-', '年']);
    let typed: u16 = digits.parse().ok().filter(|_| (1..=4).contains(&digits.len()))?;
    let one = 10u16.pow(4 - digits.len() as u32);
    let (first, last) = (typed.checked_mul(one)?, typed.checked_mul(one)?.checked_add(one - 1)?);
    Some(match test {
        Test::Is => Filter::Years(first, last),
        Test::Above => Filter::Years(last + 1, u16::MAX),
        Test::Below => Filter::Years(1, first.saturating_sub(1)),
        Test::AtLeast => Filter::Years(first, u16::MAX),
        Test::AtMost => Filter::Years(1, last),
    })
}

/// Returns the amounts that a test leaves. A number without a unit is one of 万元, in which nearly everything is printed.
fn amount(test: Test, number: &Number) -> Option<Filter> {
    let (low, high) = number.worth(number.unit().unwrap_or(Unit::TenThousandYuan))?;
    let middle = low.midpoint(high);
    let range = match test {
        Test::Is => (low, high),
        Test::Above => (middle + 1, u128::MAX),
        Test::Below => (0, middle.checked_sub(1)?),
        Test::AtLeast => (middle, u128::MAX),
        Test::AtMost => (0, middle),
    };
    Some(Filter::Amount(Worths::new(&[range])))
}

/// Returns the checks whose code begins with a value; where there is none, those whose name has it inside.
fn checks(value: &str) -> Vec<Code> {
    // A code that is typed to its end means no other.
    if let Some(code) = Code::from_key(value) {
        return vec![code];
    }
    let codes = || CHECKS.iter().filter(|check| check.code.key().to_ascii_lowercase().starts_with(value));
    let is_named = |title: Word| {
        [Lang::Chinese, Lang::English].iter().any(|&lang| title.text(lang).to_lowercase().contains(value))
    };
    let of = |check: &Check| check.code;
    match value {
        "*" => CHECKS.iter().map(of).collect(),
        _ if codes().next().is_some() => codes().map(of).collect(),
        _ => CHECKS.iter().filter(|check| is_named(check.title)).map(of).collect(),
    }
}

/// Returns the severities that a value names or begins.
fn severities(value: &str) -> Vec<Severity> {
    let words = [
        (Severity::Error, Word::SeverityError),
        (Severity::Warning, Word::SeverityWarning),
        (Severity::Info, Word::SeverityInfo),
    ];
    let named =
        |word: Word| [Lang::Chinese, Lang::English].iter().any(|&lang| word.text(lang).starts_with(value));
    words.into_iter().filter(|&(_, word)| named(word)).map(|(severity, _)| severity).collect()
}

impl Filter {
    /// Returns whether a year is one of those that are wanted.
    pub(super) fn holds_year(&self, about: Option<u16>) -> bool {
        match (self, about) {
            (Self::Years(first, last), Some(year)) => (first..=last).contains(&&year),
            _ => false,
        }
    }

    /// Returns whether a figure is as much money as is wanted, whichever its sign.
    pub(super) fn holds_amount(&self, item: &Item) -> bool {
        matches!(self, Self::Amount(worths) if worths.hold(item.value, item.unit))
    }

    /// Returns whether a finding is one of those that are wanted: hints only where they are named.
    pub(super) fn holds_finding(&self, finding: &Finding) -> bool {
        let Self::Findings(checks, severities) = self else { return false };
        let severe = severities.contains(&finding.severity);
        severe || finding.severity > Severity::Info && checks.contains(&finding.check)
    }
}

/// Returns what a word that is being typed may become: the filters that begin so, or the values of the filter that it
/// is. `departments` and `years` are those that there are.
pub fn complete(word: &str, lang: Lang, departments: &[&str], years: &[u16]) -> Vec<String> {
    let folded: String = word.chars().map(super::query::fold).collect();
    let Some((field, _, value)) = split(&folded) else { return fields(&folded, lang) };
    let head = span::slice(&folded, 0, folded.len() - value.len());
    let values: Vec<String> = match field {
        Field::Department => {
            let marker = super::Highlighter::new(value);
            let wanted =
                departments.iter().filter(|name| value.is_empty() || !marker.places(name).is_empty());
            wanted.map(|&name| name.to_owned()).collect()
        }
        Field::Year => years.iter().map(u16::to_string).filter(|year| year.starts_with(value)).collect(),
        Field::Amount => amounts(value),
        Field::Finding => checks(if value.is_empty() { "*" } else { value })
            .into_iter()
            .map(|code| code.key().to_ascii_lowercase())
            .collect(),
    };
    values.into_iter().filter(|whole| whole != value).map(|whole| format!("{head}{whole}")).collect()
}

/// Returns the filters whose name begins with a word, as they are spelt in a language.
fn fields(word: &str, lang: Lang) -> Vec<String> {
    let wanted =
        FIELDS.iter().filter(|(_, spellings, _)| spellings.iter().any(|known| known.starts_with(word)));
    let own = match lang {
        Lang::Chinese => 0,
        Lang::English => 1,
    };
    wanted
        .filter_map(|(_, spellings, sign)| {
            // What was begun is gone on with, whatever the language.
            let begun = spellings.iter().find(|known| !word.is_empty() && known.starts_with(word));
            Some(format!("{}{sign}", begun.or(spellings.get(own))?))
        })
        .collect()
}

/// Returns a number with the units of money behind it.
fn amounts(value: &str) -> Vec<String> {
    let is_bare = !value.is_empty() && value.chars().all(|c| c.is_ascii_digit() || c == '.');
    let units = if is_bare { ["元", "万", "亿"].as_slice() } else { &[] };
    units.iter().map(|unit| format!("{value}{unit}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_told_from_words() {
        let told = |word| split(word).map(|(field, test, value)| (field, test, value.to_owned()));
        assert_eq!(told("部门:水利"), Some((Field::Department, Test::Is, "水利".into())));
        assert_eq!(told("department:"), Some((Field::Department, Test::Is, String::new())));
        assert_eq!(told("amount>=5"), Some((Field::Amount, Test::AtLeast, "5".into())));
        assert_eq!(told("金额≤5万"), Some((Field::Amount, Test::AtMost, "5万".into())));
        assert_eq!(told("金额"), None);
        assert_eq!(told("x:1"), None);
    }

    #[test]
    fn years_are_one_or_several() {
        let wanted = |test, value| read(Field::Year, test, value);
        assert_eq!(wanted(Test::Is, "2022"), Filter::Years(2022, 2022));
        assert_eq!(wanted(Test::Is, "2022年"), Filter::Years(2022, 2022));
        assert_eq!(wanted(Test::Is, "202"), Filter::Years(2020, 2029));
        assert_eq!(wanted(Test::Is, "2020-2022"), Filter::Years(2020, 2022));
        assert_eq!(wanted(Test::Above, "2020"), Filter::Years(2021, u16::MAX));
        assert_eq!(wanted(Test::AtMost, "2020"), Filter::Years(1, 2020));
        for value in ["x", "20220", "99999", "2020-x"] {
            assert_eq!(wanted(Test::Is, value), Filter::Nothing, "{value}");
        }
    }

    #[test]
    fn findings_are_named_by_code_name_or_severity() {
        let wanted = |value| match read(Field::Finding, Test::Is, value) {
            Filter::Findings(checks, severities) => {
                let checks: Vec<&str> = checks.into_iter().map(Code::key).collect();
                (checks.join(" "), severities)
            }
            other => panic!("{other:?}"),
        };
        assert_eq!(wanted("sum"), ("SUM".into(), vec![]));
        assert_eq!(wanted("s"), ("SUM SHARE STRUCTURE".into(), vec![]));
        assert_eq!(wanted("占比"), ("SHARE".into(), vec![]));
        assert_eq!(wanted("错误"), (String::new(), vec![Severity::Error]));
        assert_eq!(wanted("xyz"), (String::new(), vec![]));
        assert_eq!(wanted("*").0.split(' ').count(), CHECKS.len());
    }

    #[test]
    fn words_are_completed() {
        let complete =
            |word, lang| complete(word, lang, &["栖云县水利局", "栖云县文化局"], &[2024, 2023]).join(" ");
        assert_eq!(complete("", Lang::Chinese), "部门: 年: 金额> 问题:");
        assert_eq!(complete("", Lang::English), "dept: year: amount> finding:");
        assert_eq!(complete("问", Lang::English), "问题:");
        assert_eq!(complete("de", Lang::Chinese), "dept:");
        assert_eq!(complete("部门:", Lang::Chinese), "部门:栖云县水利局 部门:栖云县文化局");
        assert_eq!(complete("部门:水", Lang::Chinese), "部门:栖云县水利局");
        assert_eq!(complete("dept:wh", Lang::Chinese), "dept:栖云县文化局");
        assert_eq!(complete("年：2", Lang::Chinese), "年:2024 年:2023");
        assert_eq!(complete("金额>100", Lang::Chinese), "金额>100元 金额>100万 金额>100亿");
        assert_eq!(complete("问题:s", Lang::Chinese), "问题:sum 问题:share 问题:structure");
        assert_eq!(complete("问题:sum", Lang::Chinese), "");
        assert_eq!(complete("公务", Lang::Chinese), "");
    }
}
