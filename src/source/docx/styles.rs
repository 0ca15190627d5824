//! The styles of a text → which of them are headings, and which number their paragraphs.

use std::collections::HashMap;
use std::io::Read;

use super::super::Unreadable;
use super::super::package::{Token, Xml};

/// How long a chain of styles may be that are based on each other; longer ones go in circles.
const LONGEST_CHAIN: usize = 12;

/// What a style says of its paragraphs.
#[derive(Debug, Clone, Default)]
struct Style {
    heading: Option<bool>,
    list: Option<i64>,
    level: Option<usize>,
    based_on: Option<String>,
}

/// The styles by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    usual: Option<String>,
}

impl Styles {
    /// Reads `styles.xml`.
    pub(super) fn read<R: Read>(xml: Xml<R>) -> Result<Self, Unreadable> {
        let mut styles = Self::default();
        let mut id = String::new();
        xml.each(|token| {
            let Token::Start(tag) = token else { return Ok(()) };
            if tag.name() == "style" {
                id = tag.attribute("styleId").unwrap_or_default();
                let usual = tag.attribute("type").as_deref() == Some("paragraph")
                    && matches!(tag.attribute("default").as_deref(), Some("1" | "true" | "on"));
                if usual {
                    styles.usual = Some(id.clone());
                }
                styles.styles.insert(id.clone(), Style::default());
            }
            let Some(style) = styles.styles.get_mut(&id) else { return Ok(()) };
            match tag.name() {
                "name" => {
                    let name = tag.attribute("val").unwrap_or_default().to_lowercase();
                    let named = name.starts_with("heading") || name == "title" || name.starts_with("标题");
                    style.heading = style.heading.or(named.then_some(true));
                }
                "outlineLvl" => style.heading = Some(tag.number("val").is_some_and(|level| level < 9)),
                "basedOn" => style.based_on = tag.attribute("val"),
                "numId" => style.list = tag.number("val"),
                "ilvl" => style.level = tag.number("val").and_then(|level| usize::try_from(level).ok()),
                _ => {}
            }
            Ok(())
        })?;
        Ok(styles)
    }

    /// Returns whether paragraphs of a style are headings.
    pub(super) fn is_heading(&self, id: Option<&str>) -> bool {
        self.chain(id).find_map(|style| style.heading).unwrap_or(false)
    }

    /// Returns the list and the level that a style puts its paragraphs in.
    pub(super) fn list(&self, id: Option<&str>) -> (Option<i64>, usize) {
        let list = self.chain(id).find_map(|style| style.list);
        (list, self.chain(id).find_map(|style| style.level).unwrap_or(0))
    }

    /// Returns a style and those it is based on.
    fn chain(&self, id: Option<&str>) -> impl Iterator<Item = &Style> {
        let first = id.or(self.usual.as_deref()).and_then(|id| self.styles.get(id));
        let next = |style: &&Style| style.based_on.as_ref().and_then(|id| self.styles.get(id));
        std::iter::successors(first, next).take(LONGEST_CHAIN)
    }
}
