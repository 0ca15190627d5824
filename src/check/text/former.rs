//! Names that the classification gave up: 医疗卫生与计划生育支出 in a disclosure of 2024.

use std::sync::LazyLock;

use super::say;
use crate::check::clue::Clue;
use crate::check::facts::{Block, Facts};
use crate::check::finding::{Argument, Severity};
use crate::check::report::Log;
use crate::lang::Word;
use crate::source::span::{is_han, slice};

/// What was renamed: the code, today's name, the former one and the last year that had it.
const RENAMES: &str = include_str!("../../../assets/catalog/renames.csv");

static FORMER: LazyLock<Vec<Former>> = LazyLock::new(Former::read);

/// A name that was given up.
struct Former {
    /// It without 支出 at its end, which a path leaves out.
    clue: Clue,
    now: &'static str,
    last_year: u16,
}

impl Former {
    fn read() -> Vec<Self> {
        let rows = RENAMES.lines().skip(1).filter_map(|line| {
            let mut fields = line.split(',').skip(1);
            let (now, name, years) = (fields.next()?, fields.next()?, fields.next()?);
            let clue = Clue::find(name.strip_suffix("支出").unwrap_or(name))?;
            Some(Self { clue, now, last_year: years.trim_start_matches('-').parse().ok()? })
        });
        rows.collect()
    }
}

/// Tells of each paragraph or row with such a name, in a disclosure of a later year.
pub(super) fn names(facts: &Facts, log: &mut Log) {
    for former in FORMER.iter().filter(|former| facts.year > former.last_year) {
        let mut told = 0;
        for &at in facts.hits.of(former.clue) {
            let Some(block) =
                facts.block_at(at, at).filter(|block| at >= told && is_name(facts, block, at, former))
            else {
                continue;
            };
            told = block.end;
            let (at, end) = (at as usize, at as usize + former.clue.word().len());
            let mut found = say(facts, block, (at, end), Severity::Info, Word::TextFormer);
            let years = former.last_year.to_string();
            found
                .message
                .arguments
                .extend([Argument::Shown(years.into()), Argument::Shown(former.now.into())]);
            log.find(found.computed(former.now));
        }
    }
}

/// Whether the words are the name of a line and not part of a sentence or of a longer name: 行政事业单位离退休人员.
fn is_name(facts: &Facts, block: &Block, at: u32, former: &Former) -> bool {
    let before = facts.text.cut(block.start as usize, at as usize);
    let after = facts.text.cut(at as usize + former.clue.word().len(), block.end as usize);
    let kind = after.strip_prefix("支出").unwrap_or(after);
    let path = kind.strip_prefix('(').map(|kind| kind.trim_start_matches(|c: char| c.is_ascii_digit()));
    let path = path.is_some_and(|kind| kind.starts_with(['类', '款', '项']));
    let ends = path || slice(after, 0, "支出".len()) == "支出" || block.row && !after.starts_with(is_han);
    ends && !before.ends_with(is_han)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_former_name_is_looked_for() {
        assert_eq!(Former::read().len(), RENAMES.lines().count() - 1);
    }
}
