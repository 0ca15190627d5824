//! What figures are amounts of: names, and the levels that have one.

use super::super::names::{Name, hash_of_bare};
use super::{Clues, Facts};
use crate::model::{ItemId, NameId};

impl<'a> Facts<'a> {
    /// Returns the levels of an official name.
    pub(in crate::check) fn levels(&self, name: &str) -> Vec<ItemId> {
        let ids = self.d.words.find(name).map_or(&[][..], |name| self.index.named.of(name.index()));
        ids.iter().copied().filter(|id| self.is_level(*id)).collect()
    }

    /// Returns the levels that have the official name of a figure.
    pub(in crate::check) fn levels_like(&self, id: ItemId) -> impl Iterator<Item = ItemId> {
        self.all_like(id).filter(|id| self.is_level(*id))
    }

    /// Returns the figures that have the official name of a figure.
    pub(in crate::check) fn all_like(&self, id: ItemId) -> impl Iterator<Item = ItemId> {
        let ids = self.name_of(id).map_or(&[][..], |name| self.index.named.of(name.canonical.index()));
        ids.iter().copied()
    }

    /// Returns the levels of which the written or the official name is this one, but for words that only say that it is a
    /// total, in no order.
    pub(in crate::check) fn levels_of_bare(&self, bare: &str) -> Vec<ItemId> {
        let hash = hash_of_bare(bare);
        let alike = self.names.iter().filter(|name| name.bare.contains(&hash));
        let mut canonical: Vec<NameId> = alike.map(|name| name.canonical).collect();
        canonical.sort_unstable();
        canonical.dedup();
        let is_one = |id: &ItemId| {
            let name = self.name_of(*id).filter(|_| self.is_level(*id));
            name.is_some_and(|name| name.is_bare(bare, &self.d.words))
        };
        canonical.iter().flat_map(|name| self.index.named.of(name.index())).copied().filter(is_one).collect()
    }

    pub(super) fn name_of(&self, id: ItemId) -> Option<&Name<'a>> {
        self.item(id).and_then(|item| self.names.get(item.subject.index()))
    }

    /// Returns the number of the official name of a figure's subject.
    pub(in crate::check) fn canonical_id(&self, id: ItemId) -> Option<NameId> {
        self.name_of(id).map(|name| name.canonical)
    }

    /// Returns the official name of a figure's subject.
    pub(in crate::check) fn canonical(&self, id: ItemId) -> &'a str {
        self.name_of(id).map_or("", |name| name.officially)
    }

    /// Returns the folded name of a figure's subject as written.
    pub(in crate::check) fn name(&self, id: ItemId) -> &str {
        self.name_of(id).map_or("", |name| &name.written)
    }

    /// Returns the words that checks look for in the name of a figure's subject as written.
    pub(in crate::check) fn says(&self, id: ItemId) -> Clues {
        self.name_of(id).map_or(Clues::NONE, |name| name.clues)
    }

    /// Returns numbers for what a total of revenue and of expenditure a figure's name says that it is.
    pub(in crate::check) fn totals(&self, id: ItemId) -> [Option<u64>; 2] {
        self.name_of(id).map_or([None; 2], |name| name.totals)
    }

    /// Returns the same for its official name.
    pub(in crate::check) fn officially(&self, id: ItemId) -> Clues {
        self.name_of(id).map_or(Clues::NONE, |name| name.official)
    }

    /// Returns whether a figure's name says that it is revenue, or expenditure, which is none.
    pub(in crate::check) fn says_revenue(&self, id: ItemId) -> Option<bool> {
        self.name_of(id)?.revenue
    }

    /// Returns whether a name that a figure has, mostly the official one, does not say by itself what it is an amount of.
    pub(in crate::check) fn is_vague(&self, id: ItemId, name: &str) -> bool {
        self.name_of(id).is_none_or(|known| {
            if std::ptr::eq(name, known.officially) { known.vague } else { known.is_vague(name) }
        })
    }

    /// Returns whether two figures are of the same thing.
    pub(in crate::check) fn same_subject(&self, a: ItemId, b: ItemId) -> bool {
        self.name_of(a).map(|name| name.canonical) == self.name_of(b).map(|name| name.canonical)
    }

    /// Returns whether a figure's name is only made of words that every amount could have.
    pub(in crate::check) fn is_generic(&self, id: ItemId) -> bool {
        self.name_of(id).is_some_and(|name| name.generic)
    }
}
