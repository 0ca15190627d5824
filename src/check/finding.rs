//! What a check found: where, what is stated, what the other figures make, and why they differ.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::Code;
use super::place::Place;
use super::shown::Shown;
use crate::lang::{Lang, Word};
use crate::model::{Disclosure, ItemId, Vocabulary};
use crate::quantity::Written;
use crate::source::Span;
use crate::source::span::is_blank;

/// The number of a finding, the same whenever the same thing is found in the same place of a disclosure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FindingId(pub u64);

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Inside what rounding allows, unusual, or of no consequence.
    Info,
    /// Clearly wrong, but small or of method.
    Warning,
    /// Impossible or material.
    Error,
}

impl Severity {
    /// Returns the name it has in the export and on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One figure of a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The figure.
    pub item: ItemId,
    /// Whether it is taken away.
    pub minus: bool,
}

/// What was computed: a sum, or a sum divided by another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Formula {
    /// The sum.
    pub terms: Vec<Term>,
    /// What it is divided by; empty where it is not.
    pub over: Vec<Term>,
}

/// What stands in the place of a number in a sentence of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Argument {
    /// The subject of a figure.
    Subject(ItemId),
    /// A figure as written, with its unit.
    Figure(ItemId),
    /// Words, or a computed number.
    Shown(Shown),
    /// The formula of the finding.
    Formula,
    /// Where something else stands.
    Place(Place),
}

/// A sentence of the program with what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// The sentence; `{0}` stands for the first argument.
    pub word: Word,
    /// What it is about.
    pub arguments: Vec<Argument>,
}

/// Something that does not add up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Its number.
    pub id: FindingId,
    /// Which check found it.
    pub check: Code,
    /// How bad it is.
    pub severity: Severity,
    /// Where.
    pub span: Span,
    /// Every figure it rests on, first the one that is wrong.
    pub items: Vec<ItemId>,
    /// How the computed value comes about.
    pub formula: Formula,
    /// What is written.
    pub stated: Shown,
    /// What it should be by the other figures.
    pub computed: Shown,
    /// How far apart the two are.
    pub difference: Shown,
    /// What is wrong, in a sentence.
    pub message: Sentence,
    /// What would explain it.
    pub explains: Option<Sentence>,
    /// What was also found and follows from it.
    pub refers: Vec<Finding>,
}

impl Sentence {
    /// Returns a sentence.
    pub fn new(word: Word, arguments: impl IntoIterator<Item = Argument>) -> Self {
        Self { word, arguments: arguments.into_iter().collect() }
    }

    /// Returns the sentence of a finding in a language, with the names and figures of the disclosure.
    fn text(&self, formula: &Formula, disclosure: &Disclosure, words: &Vocabulary, lang: Lang) -> String {
        let mut text = self.word.text(lang).to_owned();
        for (number, argument) in self.arguments.iter().enumerate() {
            text = text.replace(&format!("{{{number}}}"), &argument.text(formula, disclosure, words, lang));
        }
        text
    }
}

impl Argument {
    /// Returns words of a document in one line.
    pub fn words(text: &str) -> Self {
        Self::Shown(text.into())
    }

    fn text(&self, formula: &Formula, disclosure: &Disclosure, words: &Vocabulary, lang: Lang) -> String {
        let item = |id: &ItemId| disclosure.items.get(id.0 as usize);
        match self {
            Self::Subject(id) => {
                item(id).map_or(String::new(), |item| words.subject_text(item.subject).to_owned())
            }
            Self::Figure(id) => {
                item(id).map_or(String::new(), |item| format!("{}{}", item.value, item.unit.name()))
            }
            Self::Shown(value) => value.to_string(),
            Self::Formula => formula.text(disclosure),
            Self::Place(place) => place.text(lang),
        }
    }
}

impl Formula {
    /// Returns the sum of figures.
    pub fn sum(items: impl IntoIterator<Item = ItemId>) -> Self {
        Self { terms: plus(items), over: Vec::new() }
    }

    /// Returns one figure less another.
    pub fn difference(of: ItemId, less: ItemId) -> Self {
        let terms = vec![Term { item: of, minus: false }, Term { item: less, minus: true }];
        Self { terms, over: Vec::new() }
    }

    /// Returns the same divided by a sum of figures.
    pub fn over(mut self, over: Vec<Term>) -> Self {
        self.over = over;
        self
    }

    /// Returns the formula with the figures as written.
    pub fn text(&self, disclosure: &Disclosure) -> String {
        // A figure with its unit and the sign before it takes some twenty bytes.
        let mut text = String::with_capacity((self.terms.len() + self.over.len()) * 24);
        if self.over.is_empty() {
            push_sum(&mut text, &self.terms, disclosure);
        } else {
            push_bracketed(&mut text, &self.terms, disclosure);
            text += " ÷ ";
            push_bracketed(&mut text, &self.over, disclosure);
        }
        text
    }
}

/// Adds a sum, in brackets where it has several terms.
fn push_bracketed(text: &mut String, terms: &[Term], disclosure: &Disclosure) {
    if let [_] = terms {
        return push_sum(text, terms, disclosure);
    }
    text.push('(');
    push_sum(text, terms, disclosure);
    text.push(')');
}

/// Adds a sum with the figures as written.
fn push_sum(text: &mut String, terms: &[Term], disclosure: &Disclosure) {
    let mut first = true;
    for term in terms {
        let Some(item) = disclosure.items.get(term.item.0 as usize) else { continue };
        let negative = item.value.mantissa() < 0;
        let value = if negative { item.value.negated() } else { item.value };
        *text += match (first, term.minus != negative) {
            (true, false) => "",
            (true, true) => "−",
            (false, true) => " − ",
            (false, false) => " + ",
        };
        Written(value.decimal()).push_to(text);
        *text += item.unit.name();
        first = false;
    }
}

/// Returns figures as the terms of a sum.
pub(super) fn plus(items: impl IntoIterator<Item = ItemId>) -> Vec<Term> {
    items.into_iter().map(|item| Term { item, minus: false }).collect()
}

impl Finding {
    /// Returns what is wrong as a sentence in a language, with the names and figures of the disclosure.
    pub fn says(&self, disclosure: &Disclosure, words: &Vocabulary, lang: Lang) -> String {
        self.message.text(&self.formula, disclosure, words, lang)
    }

    /// Returns what would explain it.
    pub fn reason(&self, disclosure: &Disclosure, words: &Vocabulary, lang: Lang) -> Option<String> {
        Some(self.explains.as_ref()?.text(&self.formula, disclosure, words, lang))
    }

    /// Returns the formula, what it comes to and what is written: 60万元 + 40万元 = 100万元 ≠ 101万元. What it comes to is
    /// left out where it is nothing, as of a division by 0, or the one figure that the formula is. Empty without a formula.
    pub fn proof(&self, disclosure: &Disclosure) -> String {
        let formula = self.formula.text(disclosure);
        match (formula.as_str(), self.computed.to_string()) {
            ("", _) => formula,
            (one, computed) if computed.is_empty() || one == computed => format!("{one} ≠ {}", self.stated),
            (formula, computed) => format!("{formula} = {computed} ≠ {}", self.stated),
        }
    }

    /// Returns a finding without numbers.
    pub(super) fn new(severity: Severity, span: Span, message: Sentence) -> Self {
        Self {
            id: FindingId::default(),
            check: Code::Text,
            severity,
            span,
            items: Vec::new(),
            formula: Formula::default(),
            stated: Shown::default(),
            computed: Shown::default(),
            difference: Shown::default(),
            message,
            explains: None,
            refers: Vec::new(),
        }
    }

    pub(super) fn items(mut self, items: impl IntoIterator<Item = ItemId>) -> Self {
        for item in items {
            if !self.items.contains(&item) {
                self.items.push(item);
            }
        }
        self
    }

    pub(super) fn formula(mut self, formula: Formula) -> Self {
        self.items.reserve(formula.terms.len() + formula.over.len());
        for term in formula.terms.iter().chain(&formula.over) {
            if !self.items.contains(&term.item) {
                self.items.push(term.item);
            }
        }
        self.formula = formula;
        self
    }

    pub(super) fn stated(mut self, stated: impl Into<Shown>) -> Self {
        self.stated = stated.into();
        self
    }

    pub(super) fn computed(mut self, computed: impl Into<Shown>) -> Self {
        self.computed = computed.into();
        self
    }

    pub(super) fn difference(mut self, difference: impl Into<Shown>) -> Self {
        self.difference = difference.into();
        self
    }

    pub(super) fn explains(mut self, explains: Option<Sentence>) -> Self {
        self.explains = explains;
        self
    }
}

/// Returns whether a byte of a text is one that blanks begin with, as no byte of most titles is. It is written so that the
/// processor takes many bytes in one step.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "a branch for each byte would stop it from taking many at once"
)]
pub(super) fn may_have_blanks(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_one = |byte: u8| (byte <= b' ') | (byte == 0x7F);
    let after = bytes.get(1..).unwrap_or_default();
    let last = bytes.last().is_some_and(|last| is_one(*last));
    bytes.iter().zip(after).fold(last, |any, (byte, next)| {
        let ideographic = (*byte == 0xE3) & (*next == 0x80) | (*byte == 0xEF) & (*next == 0xBB);
        any | is_one(*byte) | (*byte == 0xC2) | (*byte == 0xE1) | (*byte == 0xE2) | ideographic
    })
}

/// Returns a text in one line, with at most one space where there was any number.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    if !may_have_blanks(text) || !text.chars().any(is_blank) {
        return Cow::Borrowed(text);
    }
    let mut line = String::new();
    for c in text.trim_matches(is_blank).chars() {
        match is_blank(c) {
            true if c.is_control() && c != '\t' => {}
            true if line.ends_with(' ') => {}
            true => line.push(' '),
            false => line.push(c),
        }
    }
    Cow::Owned(line)
}

/// The same for a number of few digits, at a fifth of the cost.
fn rounded_few(value: Decimal, places: u32) -> Option<Decimal> {
    let mantissa = i64::try_from(value.mantissa()).ok()?;
    let ten = 10_i64.checked_pow(value.scale().abs_diff(places))?;
    let digits = if value.scale() > places {
        let half = mantissa % ten * 2;
        mantissa / ten + i64::from(half >= ten) - i64::from(half <= -ten)
    } else {
        mantissa.checked_mul(ten)?
    };
    // A zero keeps its sign.
    (digits != 0 || value.is_sign_positive()).then(|| Decimal::new(digits, places))
}

/// Returns a number with so many places, rounded half up as people do.
pub(super) fn rounded(value: Decimal, places: u32) -> Decimal {
    if let Some(value) = rounded_few(value, places) {
        return value;
    }
    let mut value =
        value.round_dp_with_strategy(places, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    value.rescale(places);
    value
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_blank_is_one_that_there_may_be() {
        for c in ('\0'..=char::MAX).filter(|c| is_blank(*c)) {
            for text in [format!("{c}"), format!("收{c}"), format!("{c}支"), format!("收{c}支")] {
                assert!(may_have_blanks(&text), "{c:?}");
            }
        }
        assert!(!may_have_blanks("一,收入(万元)") && !may_have_blanks("（一）收入"));
    }

    proptest! {
        #[test]
        fn few_digits_are_rounded_as_many_are(mantissa in -1_000_000_000i64..1_000_000_000, scale in 0u32..12, places in 0u32..12) {
            let value = Decimal::new(mantissa, scale);
            let strategy = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
            let mut slow = value.round_dp_with_strategy(places, strategy);
            slow.rescale(places);
            prop_assert_eq!(rounded(value, places).to_string(), slow.to_string());
        }
    }
}
