//! The names of every figure as one number, side by side, so that most figures are passed over without a look at them.

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

use crate::corpus::{Corpus, EntryId};
use crate::model::{Item, ItemId, NameId, SectionId, SubjectId};

/// What the figures of a corpus are called, four bytes each.
#[derive(Debug, Default)]
pub(super) struct Labels {
    /// Every subject with every aspect that it has somewhere.
    distinct: IndexSet<(SubjectId, Option<NameId>), FxBuildHasher>,
    /// The places in `distinct` of all figures, disclosure by disclosure in the order they came.
    figures: Vec<u32>,
    /// The figures that stand in one section one after the other.
    runs: Vec<Run>,
    /// Where each disclosure's runs end.
    ends: Vec<usize>,
}

#[derive(Debug)]
struct Run {
    section: SectionId,
    /// The first of them in its disclosure.
    first: u32,
    /// Where they end among the figures of all disclosures.
    end: usize,
}

impl Labels {
    /// Takes in the disclosures that are new. They are only ever added to a corpus.
    pub(super) fn refresh(&mut self, corpus: &Corpus) {
        for entry in corpus.entries.iter().skip(self.ends.len()) {
            let mut first = 0;
            for items in entry.disclosure.items.chunk_by(|a, b| a.section == b.section) {
                let label = |item: &Item| self.distinct.insert_full((item.subject, item.aspect)).0 as u32;
                self.figures.extend(items.iter().map(label));
                let section = items.first().map(|item| item.section).unwrap_or_default();
                self.runs.push(Run { section, first, end: self.figures.len() });
                first += items.len() as u32;
            }
            self.ends.push(self.runs.len());
        }
    }

    /// Returns every subject with every aspect that it has somewhere.
    pub(super) fn distinct(&self) -> impl Iterator<Item = (SubjectId, Option<NameId>)> {
        self.distinct.iter().copied()
    }

    /// Returns a disclosure's figures, those of one section together: the section, the first of them, and of each its
    /// place in [`Self::distinct`].
    pub(super) fn of(&self, entry: EntryId) -> impl Iterator<Item = (SectionId, ItemId, &[u32])> {
        let before = |number: usize| number.checked_sub(1);
        let number = entry.0 as usize;
        let first = before(number).and_then(|number| self.ends.get(number)).copied().unwrap_or(0);
        let runs = self.ends.get(number).and_then(|&end| self.runs.get(first..end)).unwrap_or_default();
        let mut start = before(first).and_then(|run| self.runs.get(run)).map_or(0, |run| run.end);
        runs.iter().map(move |run| {
            let figures = self.figures.get(start..run.end).unwrap_or_default();
            start = run.end;
            (run.section, ItemId(run.first), figures)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::example::{corpus, disclosure};
    use super::*;
    use crate::model::Basis;

    #[test]
    fn figures_of_one_name_have_one_number() {
        let text =
            "会议费 1 万元\n培训费 2 万元 基本支出\n# 一\n# 二\n会议费 3 万元\n会议费 4 万元 基本支出\n";
        let mut corpus = corpus([disclosure("甲局", 2022, Basis::Budget, text)]);
        let mut labels = Labels::default();
        labels.refresh(&corpus);
        corpus.add("1.txt".into(), disclosure("乙局", 2022, Basis::Budget, ""));
        corpus.add("2.txt".into(), disclosure("乙局", 2022, Basis::Budget, "培训费 2 万元 基本支出\n"));
        labels.refresh(&corpus);
        let of = |entry| {
            let runs = labels.of(EntryId(entry));
            runs.map(|(section, item, figures)| (section.0, item.0, figures.to_vec())).collect::<Vec<_>>()
        };
        assert_eq!(of(0), [(0, 0, vec![0, 1]), (1, 2, vec![0, 2])]);
        assert_eq!(of(1), []);
        assert_eq!(of(2), [(0, 0, vec![1])]);
        assert_eq!(of(3), []);
        assert_eq!(labels.distinct().count(), 3);
    }
}
