//! Figures in groups by a number that each has, in two vectors.

use super::ItemId;

/// Figures by a number that each has.
#[derive(Debug, Clone, Default)]
pub(crate) struct Groups {
    starts: Vec<u32>,
    ids: Vec<ItemId>,
}

impl Groups {
    pub(crate) fn new(count: usize, keys: impl Iterator<Item = (usize, ItemId)> + Clone) -> Self {
        let mut starts = vec![0; count + 1];
        let mut size = 0;
        for (key, _) in keys.clone() {
            if let Some(start) = starts.get_mut(key + 1) {
                *start += 1;
                size += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let (mut ids, mut next) = (vec![ItemId(0); size], starts.clone());
        for (key, id) in keys {
            let Some(next) = next.get_mut(key).filter(|_| key < count) else { continue };
            if let Some(place) = ids.get_mut(*next as usize) {
                *place = id;
            }
            *next += 1;
        }
        Self { starts, ids }
    }

    pub(super) fn sort_each_by_key<K: Ord>(&mut self, key: impl Fn(&ItemId) -> K) {
        for pair in self.starts.windows(2) {
            let [start, end] = *pair else { continue };
            if let Some(list) = self.ids.get_mut(start as usize..end as usize) {
                list.sort_by_key(&key);
            }
        }
    }

    pub(crate) fn of(&self, key: usize) -> &[ItemId] {
        let (Some(start), Some(end)) = (self.starts.get(key), self.starts.get(key + 1)) else { return &[] };
        self.ids.get(*start as usize..*end as usize).unwrap_or_default()
    }
}
