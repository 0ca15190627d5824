//! What a share may be of.

use super::words_of_whole;
use crate::check::clue::clue;
use crate::check::facts::Facts;
use crate::check::names::bare;
use crate::model::{Basis, Item, ItemId, Measure, Relation};
use crate::source::span::holds;

/// What a share may be of: one figure, or several that make it.
pub(super) type Whole = Vec<ItemId>;

/// What one share may be of.
pub(super) struct Wholes {
    share: ItemId,
    part: ItemId,
    /// The year that the share is about.
    about_year: u16,
    /// What was found so far, the likeliest first.
    pub(super) found: Vec<Whole>,
    /// Whether totals that stand anywhere were not looked for yet. Most shares are of what stands nearer.
    totals: bool,
    /// The same for what the part is listed with.
    listed: bool,
}

impl Wholes {
    /// Returns what stands near or is named.
    pub(super) fn new(facts: &Facts, share: ItemId, item: &Item, part: ItemId) -> Self {
        let about_year = item.about_year;
        let mut wholes = Self { share, part, about_year, found: Vec::new(), totals: false, listed: false };
        wholes.find_near(facts);
        wholes
    }

    fn add(&mut self, whole: Whole) {
        if !whole.is_empty() && !self.found.contains(&whole) {
            self.found.push(whole);
        }
    }

    /// Returns whether there is one of a number, and looks for all that there may be if it is not there yet.
    pub(super) fn is_there(&mut self, facts: &Facts, number: usize) -> bool {
        if number >= self.found.len() {
            self.find_all(facts);
        }
        number < self.found.len()
    }

    fn find_near(&mut self, facts: &Facts) {
        let Self { share, part, about_year, .. } = *self;
        let words = words_of_whole(facts, share);
        if holds(words, "完成") || words.ends_with("预算的") && !words.starts_with('占') {
            for budget in budgets(facts, share, part) {
                self.add(vec![budget]);
            }
            return;
        }
        let named =
            words.trim_start_matches("占").trim_start_matches("比").trim_end_matches('的').replace('"', "");
        if !named.is_empty() {
            for level in named_as(facts, &named) {
                let close = facts.item(level).and_then(Item::year) == Some(about_year);
                if close && level != part {
                    self.add(vec![level]);
                }
            }
        }
        let parent = facts.item(part).filter(|part| part.relation != Some(Relation::Change));
        if let Some(whole) = parent.and_then(|part| part.parent) {
            let count = || facts.item(whole).is_some_and(|whole| whole.measure == Measure::Count);
            if facts.is_level(whole) || count() {
                self.add(vec![whole]);
                if named.is_empty()
                    && let Some(above) =
                        facts.item(whole).and_then(|item| item.parent).filter(|id| facts.is_level(*id))
                {
                    self.add(vec![above]);
                }
            }
        } else {
            self.add(siblings(facts, share, part));
        }
        let total = facts.canonical(part);
        if holds(total, "总计") && holds(facts.name(part), "合计") {
            self.add(vec![part]);
        }
        self.totals = named.is_empty() || holds(&named, "预算") || holds(&named, "总");
        self.listed = !named.is_empty();
    }

    /// Finds the totals, and what the part is listed with.
    pub(super) fn find_all(&mut self, facts: &Facts) {
        if std::mem::take(&mut self.totals) {
            self.find_totals(facts);
        }
        if std::mem::take(&mut self.listed) {
            self.find_listed(facts);
        }
    }

    /// 转移支付包括甲、乙，占转移支付比重: of what is listed, where that is not all of it.
    fn find_listed(&mut self, facts: &Facts) {
        let Some(above) = facts.item(self.part).and_then(|part| part.parent) else { return };
        let beside: Whole = facts.children(above, Relation::Sum).collect();
        if beside.len() > 1 && beside.contains(&self.part) {
            self.add(beside);
        }
    }

    /// Finds the totals of revenue and expenditure, and those beside the share.
    fn find_totals(&mut self, facts: &Facts) {
        let Self { share, part, about_year, .. } = *self;
        for name in ["支出总计", "收入总计", "收支总计", "财政拨款收支总计"] {
            for level in facts.levels(name) {
                if facts.item(level).and_then(Item::year) == Some(about_year) {
                    self.add(vec![level]);
                }
            }
        }
        let appropriation =
            |id: ItemId| facts.says(id).has(clue!("一般公共预算")) && facts.says(id).has(clue!("拨款"));
        for (level, other) in facts.beside(share).filter(|(id, _)| facts.is_level(*id)) {
            if appropriation(level) && level != part && other.year() == Some(about_year) {
                self.add(vec![level]);
            }
        }
    }
}

/// Returns the levels that have a name without the words that only say that something is a total, in document order.
fn named_as(facts: &Facts, wanted: &str) -> Vec<ItemId> {
    let mut levels: Vec<ItemId> = match bare(wanted).next() {
        None => ["支出总计", "收入总计"].into_iter().flat_map(|name| facts.levels(name)).collect(),
        Some(_) => facts.levels_of_bare(wanted),
    };
    levels.sort_unstable();
    levels
}

/// Returns the levels of the budget at the beginning of the year of the same thing.
fn budgets(facts: &Facts, share: ItemId, part: ItemId) -> Vec<ItemId> {
    let year = facts.item(part).and_then(Item::year);
    let budgeted = |id: &ItemId| {
        let item = facts.item(*id).filter(|item| item.basis == Some(Basis::Budget));
        *id != part && item.is_some_and(|item| item.year() == year)
    };
    let mut found: Vec<ItemId> = facts.levels_like(part).filter(budgeted).collect();
    let near = |id: &ItemId| facts.sentence(*id) != facts.sentence(share);
    if facts.is_generic(part) {
        found.retain(|id| !near(id));
    }
    found.sort_by_key(near);
    if found.first().is_some_and(|first| !near(first)) {
        found.retain(|id| !near(id));
    }
    found
}

/// Returns the levels of one sentence that each have a share and have no whole.
fn siblings(facts: &Facts, share: ItemId, part: ItemId) -> Whole {
    let mut whole = Vec::new();
    for (_, item) in facts.of_sentence(share).filter(|(_, item)| item.measure == Measure::Share) {
        let level = item.parent.filter(|level| facts.is_level(*level));
        let Some(level) = level else { continue };
        let alone = facts.item(level).is_some_and(|item| item.parent.is_none());
        if alone && !whole.contains(&level) {
            whole.push(level);
        }
    }
    if whole.len() >= 2 && whole.contains(&part) { whole } else { Vec::new() }
}
