//! A query and what it found → the characters that match. It is meant for the rows on the screen.

use fuzzy_matcher::skim::SkimMatcherV2;

use super::filter::Filter;
use super::names::{self, Needle};
use super::query::{self, Part};
use crate::quantity::{Amount, Unit};

/// Marks what a query matches.
pub struct Highlighter {
    matcher: SkimMatcherV2,
    parts: Vec<Part>,
}

impl Highlighter {
    /// Returns one for a query.
    pub fn new(query: &str) -> Self {
        Self { matcher: names::matcher(), parts: query::parts(query) }
    }

    /// Returns whether there is nothing to look for: nothing was typed, or a filter without its value.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Returns the characters of a text, counted from 0, that match: as they are written, or by the letters that they are
    /// typed with.
    pub fn places(&self, text: &str) -> Vec<usize> {
        let folded: String = text.chars().map(query::fold).collect();
        let named = self.parts.iter().filter(|part| matches!(part.filter, None | Some(Filter::Department)));
        let mut places: Vec<usize> = named
            .flat_map(|part| Needle::new(&part.text, &self.matcher).places(&folded, &self.matcher))
            .collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// Returns whether an amount is one of those that were asked for.
    pub fn is_value(&self, value: Amount, unit: Unit) -> bool {
        let mut numbers = self.parts.iter().filter_map(|part| part.number.as_ref());
        numbers.any(|number| number.matches(value, unit).is_some())
    }

    /// Returns whether a code of the classification is one of those that were asked for.
    pub fn is_code(&self, code: u32) -> bool {
        let mut numbers = self.parts.iter().filter_map(|part| part.number.as_ref());
        numbers.any(|number| number.matches_code(code).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matched(text: &str, query: &str) -> Vec<usize> {
        Highlighter::new(query).places(text)
    }

    #[test]
    fn marks_the_characters_that_match() {
        assert_eq!(matched("公务接待费", "接待"), [2, 3]);
        assert_eq!(matched("公务接待费", "公接费"), [0, 2, 4]);
        assert_eq!(matched("费用和费率", "费"), [0, 3]);
        assert_eq!(matched("２０２２年公务接待费", "接待 2022"), [0, 1, 2, 3, 7, 8]);
        assert_eq!(matched("1,202.95", "1202.95"), [0, 2, 3, 4, 5, 6, 7]);
        assert_eq!(matched("会议费", "接待"), [0; 0]);
        assert_eq!(matched("会议费", ""), [0; 0]);
    }

    #[test]
    fn marks_the_characters_that_are_typed_so() {
        assert_eq!(matched("公务接待费", "jd"), [2, 3]);
        assert_eq!(matched("“三公”经费", "sgjf"), [1, 2, 4, 5]);
        assert_eq!(matched("咸宁市咸安区医疗保障局", "部门:xianan"), [3, 4]);
        assert_eq!(matched("公务接待费", "金额>100 问题:gw"), [0; 0]);
    }

    #[test]
    fn marks_amounts_and_codes() {
        let marker = Highlighter::new("公务 1202.95 302");
        let amount = |written| Amount::parse(written).expect("a number");
        assert!(marker.is_value(amount("12029501.84"), Unit::Yuan));
        assert!(!marker.is_value(amount("12029501.84"), Unit::Person));
        assert!(marker.is_code(30217) && !marker.is_code(2_101_301));
    }
}
