//! Paragraphs that stand in a document twice, word for word: an evaluation pasted into the next report.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::info;
use crate::check::facts::{Block, Facts};
use crate::check::finding::Argument;
use crate::check::report::Log;
use crate::lang::Word;
use crate::model::Part;

/// The shortest paragraph that is compared, in bytes: about 30 characters. Formulas of law and templates are shorter.
const SHORTEST: usize = 90;
/// How many bytes in a row must be the same before it is told: a single sentence may well be meant twice.
const ENOUGH: usize = 480;

/// Tells of each run of such paragraphs, at its first.
pub(super) fn paragraphs(facts: &Facts, log: &mut Log) {
    let prose = |block: &&Block| !block.row && !matches!(block.part, None | Some(Part::Glossary));
    let is_long = |block: &&Block| (block.end - block.start) as usize >= SHORTEST;
    let mut run: Option<Run> = None;
    let blocks: Vec<(&Block, &str)> = facts
        .blocks
        .iter()
        .filter(prose)
        .filter(is_long)
        .map(|block| (block, facts.text.cut(block.start as usize, block.end as usize)))
        .collect();
    let mut known: HashMap<u64, usize, FxBuildHasher> =
        HashMap::with_capacity_and_hasher(blocks.len(), FxBuildHasher);
    for (index, (_, text)) in blocks.iter().enumerate() {
        let first = *known.entry(ends(text)).or_insert(index);
        let again = first < index && blocks.get(first).is_some_and(|(_, before)| before == text);
        run = match run.take() {
            Some(run) if again && run.of + run.count == first => Some(Run { count: run.count + 1, ..run }),
            ended => {
                if let Some(run) = ended {
                    run.tell(facts, log, &blocks);
                }
                again.then_some(Run { of: first, start: index, count: 1 })
            }
        };
    }
    if let Some(run) = run {
        run.tell(facts, log, &blocks);
    }
}

/// Paragraphs that follow each other as others did before.
struct Run {
    of: usize,
    start: usize,
    count: usize,
}

impl Run {
    fn tell(&self, facts: &Facts, log: &mut Log, blocks: &[(&Block, &str)]) {
        let again = || blocks.iter().skip(self.start).take(self.count);
        let bytes: usize = again().map(|(_, text)| text.len()).sum();
        let Some((block, _)) = again().next().filter(|_| bytes >= ENOUGH) else { return };
        let (at, end) = (block.start as usize, block.start as usize + SHORTEST);
        let end = facts.text.text.floor_char_boundary(end);
        let words = facts.text.cut(at, end);
        let arguments = [Argument::words(words), Argument::Shown(self.count.to_string().into())];
        log.find(info(facts.text.span(at, end), Word::StructureCopied, arguments).stated(words));
    }
}

/// Returns a number that paragraphs share when they begin and end alike and are as long: few do that are not the same.
fn ends(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let number = |bytes: Option<&[u8; 8]>| bytes.map_or(0, |bytes| u64::from_le_bytes(*bytes));
    let (first, last) = (number(bytes.first_chunk()), number(bytes.last_chunk()));
    first.rotate_left(7) ^ last.rotate_left(32) ^ text.len() as u64
}
