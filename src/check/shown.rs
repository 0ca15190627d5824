//! What a finding shows in the place of a value.

use std::borrow::Cow;
use std::fmt;

use rust_decimal::Decimal;

use super::finding::{may_have_blanks, one_line};
use crate::model::Item;
use crate::quantity::Written;

/// A number with its unit, or words. A number is made to text when it is shown: most findings never are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// Words in one line.
    Words(Box<str>),
    /// A number as it is written, with what stands behind it.
    Number(Decimal, &'static str),
}

impl Shown {
    /// Returns a figure as it is written, with its unit.
    pub(super) fn of(item: &Item) -> Self {
        Self::Number(item.value.decimal(), item.unit.name())
    }

    /// Returns a percentage.
    pub(super) fn percent(value: Decimal) -> Self {
        Self::Number(value, "%")
    }

    /// Returns whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Words(words) if words.is_empty())
    }

    /// Adds what is shown to a text.
    pub(super) fn push_to(&self, text: &mut String) {
        match self {
            Self::Words(words) => text.push_str(words),
            Self::Number(value, unit) => {
                Written(*value).push_to(text);
                text.push_str(unit);
            }
        }
    }
}

impl Default for Shown {
    fn default() -> Self {
        Self::Words("".into())
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(words) => f.write_str(words),
            Self::Number(value, unit) => write!(f, "{}{unit}", Written(*value)),
        }
    }
}

impl From<Cow<'_, str>> for Shown {
    fn from(words: Cow<str>) -> Self {
        Self::Words(match words {
            // What was made for it and has no blanks is not copied.
            Cow::Owned(own) if !may_have_blanks(&own) => own.into(),
            words => one_line(&words).into(),
        })
    }
}

impl From<&str> for Shown {
    fn from(words: &str) -> Self {
        Cow::Borrowed(words).into()
    }
}

impl From<&String> for Shown {
    fn from(words: &String) -> Self {
        words.as_str().into()
    }
}

impl From<String> for Shown {
    fn from(words: String) -> Self {
        Cow::<str>::Owned(words).into()
    }
}
