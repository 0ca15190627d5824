//! Lists that number what they name: 表1, 表2, 表5-1, and the attachments.

use super::{info, shown};
use crate::check::clue::clue;
use crate::check::facts::Facts;
use crate::check::finding::Argument;
use crate::check::report::Log;
use crate::lang::Word;
use crate::source::BlockKind;
use crate::source::span::slice;

/// The number of a table: 5 and 1 of 表5-1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Number {
    table: u32,
    part: Option<u32>,
}

impl Number {
    /// Reads the number that a folded line begins with.
    fn of(text: &str) -> Option<Self> {
        let rest = text.strip_prefix('表')?;
        let (table, rest) = digits(rest)?;
        let part = rest.strip_prefix('-').and_then(digits);
        let rest = part.map_or(rest, |(_, rest)| rest);
        // 表1-3 are three tables, and 表1和表2 a sentence; the name of a table follows where one is listed.
        let name = shown(rest.trim_start_matches(['.', '、', ':', ' ', ')']));
        let named = name.chars().count() > 2 && (name.ends_with('表') || name.contains("表("));
        named.then_some(Self { table, part: part.map(|(part, _)| part) })
    }

    /// Whether one follows another in a list.
    fn follows(self, before: Self) -> bool {
        let begins = self.part.is_none_or(|part| part == 1);
        let next_part = before.part.map_or(1, |part| part + 1);
        self.table == before.table + 1 && begins || self.table == before.table && self.part == Some(next_part)
    }
}

fn digits(text: &str) -> Option<(u32, &str)> {
    const LONGEST: usize = 3;
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = slice(text, 0, text.len() - rest.len());
    (number.len() <= LONGEST).then(|| number.parse().ok()).flatten().map(|number| (number, rest))
}

/// Lists of tables in which a number is missing or stands twice.
pub(super) fn tables(facts: &Facts, log: &mut Log) {
    /// How many remarks may stand between two entries.
    const BETWEEN: usize = 3;
    /// How many entries make a list.
    const ENOUGH: usize = 4;
    let mut list: Vec<Number> = Vec::new();
    let mut at = 0;
    for (index, block) in facts.d.source.blocks.iter().enumerate() {
        if matches!(block.kind, BlockKind::Row { .. })
            || !facts.d.source.cut(block.span).trim_start().starts_with('表')
        {
            continue;
        }
        let text = facts.cut(block.span);
        let Some(number) = Number::of(text) else { continue };
        let far = index - at > BETWEEN + 1;
        at = index;
        if far || number.table == 1 && number.part.is_none_or(|part| part == 1) {
            list.clear();
        }
        if let Some(before) = list.last().filter(|_| list.len() >= ENOUGH) {
            if number.follows(*before) {
                log.hold([]);
            } else {
                let twice = list.contains(&number);
                let word = if twice { Word::StructureRepeats } else { Word::StructureJumps };
                let before = match before.part {
                    Some(part) => format!("{}-{part}", before.table),
                    None => before.table.to_string(),
                };
                let found = info(block.span, word, [Argument::words(text), Argument::Shown(before.into())]);
                log.find(found.stated(text));
            }
        }
        list.push(number);
    }
}

/// A second attachment where there is no first.
pub(super) fn attachments(facts: &Facts, log: &mut Log) {
    let begins = |at: &&u32| facts.blocks.binary_search_by_key(*at, |block| block.start).is_ok();
    let Some(at) = facts.hits.of(clue!("附件2")).iter().find(begins).copied() else { return };
    let first = !facts.hits.of(clue!("附件1")).is_empty();
    if first || memchr::memmem::find(facts.text.text.as_bytes(), "附件一".as_bytes()).is_some() {
        return log.hold([]);
    }
    let place = facts.text.span(at as usize, at as usize + clue!("附件2").word().len());
    let arguments = [Argument::words(clue!("附件2").word()), Argument::words(clue!("附件1").word())];
    log.find(info(place, Word::StructureNoFirst, arguments).stated(clue!("附件2").word()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Option<(u32, Option<u32>)> {
        Number::of(text).map(|number| (number.table, number.part))
    }

    #[test]
    fn a_listed_table_has_a_number_and_a_name() {
        assert_eq!(number("表3.支出总体情况表"), Some((3, None)));
        assert_eq!(number("表12-1.项目支出绩效目标表"), Some((12, Some(1))));
        assert_eq!(number("表1和表2"), None);
        assert_eq!(number("表中的数"), None);
    }

    #[test]
    fn numbers_go_on_in_tables_and_their_parts() {
        let of = |table, part| Number { table, part };
        assert!(of(4, None).follows(of(3, None)));
        assert!(of(6, None).follows(of(5, Some(2))));
        assert!(of(5, Some(1)).follows(of(4, None)));
        assert!(of(5, Some(2)).follows(of(5, Some(1))));
        assert!(!of(12, Some(10)).follows(of(12, Some(2))));
        assert!(!of(11, None).follows(of(12, Some(2))));
    }
}
