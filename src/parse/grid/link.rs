//! The figures of a table → which is part of which, down the rows and across the columns.

use rustc_hash::FxHashSet;

use super::Reader;
use super::tree::Line;
use super::value::Value;
use crate::model::{ItemId, Measure, Relation};

impl Reader<'_, '_> {
    /// Gives the figures of each row those of the row that it is a part of.
    pub(super) fn link_rows(&mut self, lines: &[Line], found: &[Vec<Option<ItemId>>]) {
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); lines.len()];
        for (at, line) in lines.iter().enumerate() {
            if let Some(children) = line.parent.and_then(|parent| children.get_mut(parent)) {
                children.push(at);
            }
        }
        for (parent, children) in children.iter().enumerate().filter(|(_, children)| !children.is_empty()) {
            let coded =
                children.iter().all(|at| lines.get(*at).is_some_and(|line| line.label.code.is_some()));
            let whole = found.get(parent).map_or(&[][..], Vec::as_slice);
            for (column, whole) in whole.iter().enumerate() {
                // Percentages make no sum.
                let is_amount = |id: &ItemId| {
                    self.links
                        .item(*id)
                        .is_some_and(|item| !matches!(item.measure, Measure::Rate | Measure::Share))
                };
                let Some(whole) = whole.filter(is_amount) else { continue };
                let figure = |at: &usize| *found.get(*at)?.get(column)?;
                let parts: Vec<ItemId> = children.iter().filter_map(figure).collect();
                let sums = coded || self.links.fits(&parts, Some(whole));
                // A department above its units: the first row is the whole of the others.
                let nested = (!sums).then(|| parts.split_first()).flatten().filter(|(first, rest)| {
                    self.links.fits(&[**first], Some(whole)) && self.links.fits(rest, Some(**first))
                });
                if let Some((first, rest)) = nested {
                    self.links.set_parent(*first, whole, Relation::Sum);
                    for part in rest {
                        self.links.set_parent(*part, *first, Relation::Sum);
                    }
                } else {
                    let relation = if sums { Relation::Sum } else { Relation::Of };
                    for part in parts {
                        self.links.set_parent(part, whole, relation);
                    }
                }
            }
        }
    }

    /// Finds how columns hang together, and gives figures that are part of no other row those of the column that theirs is
    /// a part of.
    pub(super) fn link_columns(
        &mut self,
        values: &[Value],
        found: &[Vec<Option<ItemId>>],
    ) -> Vec<Option<Relation>> {
        let mut relations = vec![None; values.len()];
        let figures = found.iter().flatten().flatten();
        let broken_down: FxHashSet<ItemId> =
            figures.filter_map(|id| self.links.item(*id).and_then(|item| item.parent)).collect();
        for parent in 0..values.len() {
            let children: Vec<usize> = (0..values.len())
                .filter(|at| values.get(*at).is_some_and(|value| value.parent == Some(parent)))
                .collect();
            if children.is_empty() {
                continue;
            }
            let parts = self.complete(values, found, parent, &children);
            for at in children.iter().copied() {
                let relation = if parts.contains(&at) { Relation::Sum } else { Relation::Of };
                if let Some(slot) = relations.get_mut(at) {
                    *slot = Some(relation);
                }
                for figures in found {
                    let (Some(part), Some(whole)) =
                        (figures.get(at).copied().flatten(), figures.get(parent).copied().flatten())
                    else {
                        continue;
                    };
                    // What rows below are parts of is not broken down a second time.
                    let free = self.links.item(part).is_some_and(|item| item.parent.is_none());
                    if free && !broken_down.contains(&whole) {
                        self.links.set_parent(part, whole, relation);
                    }
                }
            }
        }
        relations
    }

    /// Returns which columns together make another one. What holds in most rows is meant in all. What 其中 stands over may
    /// be beside the others and not among them, and so may one group of columns that no such word tells apart.
    fn complete(
        &self,
        values: &[Value],
        found: &[Vec<Option<ItemId>>],
        whole: usize,
        children: &[usize],
    ) -> Vec<usize> {
        let but = |left_out: &dyn Fn(&Value) -> bool| -> Vec<usize> {
            children
                .iter()
                .copied()
                .filter(|at| values.get(*at).is_some_and(|value| !left_out(value)))
                .collect()
        };
        let mut choices = vec![children.to_vec(), but(&|value| value.among)];
        let groups: FxHashSet<&String> =
            children.iter().filter_map(|at| values.get(*at)?.path.first()).collect();
        for group in groups.into_iter().filter(|_| children.len() > 2) {
            choices.push(but(&|value| value.path.first() == Some(group)));
        }
        let held = |parts: &Vec<usize>| self.held(found, whole, parts);
        let best = choices.into_iter().map(|parts| (held(&parts), parts));
        let best = best.max_by_key(|((holds, _), parts)| (*holds, parts.len()));
        best.filter(|((holds, all), _)| holds * 3 >= all * 2 && *holds > 0)
            .map(|(_, parts)| parts)
            .unwrap_or_default()
    }

    /// Returns in how many rows some columns make another one, and in how many there is anything to make.
    fn held(&self, found: &[Vec<Option<ItemId>>], whole: usize, parts: &[usize]) -> (usize, usize) {
        let (mut holds, mut all) = (0, 0);
        for figures in found {
            let Some(whole) = figures.get(whole).copied().flatten() else { continue };
            if self.links.item(whole).is_none_or(|item| item.value.is_zero()) {
                continue;
            }
            let parts: Vec<ItemId> =
                parts.iter().filter_map(|at| figures.get(*at).copied().flatten()).collect();
            all += 1;
            holds += usize::from(self.links.fits(&parts, Some(whole)));
        }
        (holds, all)
    }
}
