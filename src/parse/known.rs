//! Official names → the levels of them that were read so far.

use crate::model::{ItemId, NameId};

/// The levels read so far by their official names.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The entry of the latest level of every name.
    latest: Vec<Option<u32>>,
    /// Every level, and the entry of the level before it of the same name.
    entries: Vec<(ItemId, Option<u32>)>,
}

impl Known {
    /// Returns no levels, with room for so many.
    pub(super) fn with_capacity(levels: usize) -> Self {
        Self { latest: Vec::with_capacity(2 * levels), entries: Vec::with_capacity(levels) }
    }

    /// Adds a level of a name.
    pub(super) fn add(&mut self, name: NameId, level: ItemId) {
        let index = name.index();
        if self.latest.len() <= index {
            self.latest.resize(index + 1, None);
        }
        if let Some(latest) = self.latest.get_mut(index) {
            let before = latest.replace(self.entries.len() as u32);
            self.entries.push((level, before));
        }
    }

    /// Returns the levels of a name, the latest first.
    pub(super) fn of(&self, name: NameId) -> impl Iterator<Item = ItemId> {
        let mut next = self.latest.get(name.index()).copied().flatten();
        std::iter::from_fn(move || {
            let (level, before) = *self.entries.get(next? as usize)?;
            next = before;
            Some(level)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Vocabulary;

    #[test]
    fn the_latest_level_of_a_name_comes_first() {
        let mut words = Vocabulary::default();
        let (a, b) = (words.name("会议费"), words.name("培训费"));
        let mut known = Known::default();
        for (name, level) in [(b, 0), (a, 1), (b, 2)] {
            known.add(name, ItemId(level));
        }
        assert_eq!(known.of(b).map(|level| level.0).collect::<Vec<_>>(), [2, 0]);
        assert_eq!(known.of(a).map(|level| level.0).collect::<Vec<_>>(), [1]);
        assert_eq!(known.of(words.name("差旅费")).count(), 0);
    }
}
