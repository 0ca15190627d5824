//! Performance indicators → the rows of the export, their cells as one line of text each.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{Disclosure, Indicator, SectionId, Vocabulary};
use crate::source::Span;
use crate::source::span::is_blank;

/// One indicator with the titles it stands under.
#[derive(Serialize)]
pub(super) struct IndicatorRow {
    table: String,
    level1: String,
    level2: String,
    name: String,
    values: Vec<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    year_values: BTreeMap<u16, String>,
    basis: String,
    line: u32,
}

/// Returns the indicators of a disclosure in document order.
pub(super) fn rows(disclosure: &Disclosure, words: &Vocabulary) -> Vec<IndicatorRow> {
    disclosure.indicators.iter().map(|indicator| row(indicator, disclosure, words)).collect()
}

fn row(indicator: &Indicator, disclosure: &Disclosure, words: &Vocabulary) -> IndicatorRow {
    let text = |span: Span| one_line(disclosure.source.cut(span));
    let dated = indicator.values.iter().filter_map(|(year, span)| Some(((*year)?, text(*span))));
    IndicatorRow {
        table: titles(indicator, disclosure, words),
        level1: text(indicator.level1),
        level2: text(indicator.level2),
        name: text(indicator.name),
        values: indicator.values.iter().map(|(_, span)| text(*span)).collect(),
        year_values: dated.collect(),
        basis: text(indicator.basis),
        line: disclosure.source.line_of(indicator.name.start),
    }
}

/// The table and the goal that an indicator stands under, with the project in brackets where the table has one.
fn titles(indicator: &Indicator, disclosure: &Disclosure, words: &Vocabulary) -> String {
    let section = |SectionId(id): SectionId| disclosure.sections.get(id as usize);
    let Some(own) = section(indicator.section) else { return String::new() };
    let above = own.parent.and_then(section).map(|above| words.text(above.title)).unwrap_or_default();
    let project = indicator.project.map(|span| one_line(disclosure.source.cut(span))).unwrap_or_default();
    let project = if project.is_empty() { project } else { format!("（{project}）") };
    format!("{above}{project} {}", words.text(own.title)).trim().to_owned()
}

/// A cell's text without the line breaks inside and the blanks at its sides.
fn one_line(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    text.trim_matches(is_blank).to_owned()
}
