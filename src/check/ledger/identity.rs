//! What must be equal to the sum of what, and whether it is.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Ledger, is_money};
use crate::check::Code;
use crate::check::facts::Facts;
use crate::model::ItemId;
use crate::quantity::Interval;

/// Why figures must add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Law {
    /// The rows below make the row.
    Rows,
    /// The columns beside make the column.
    Columns,
    /// The two sides of a table have one total.
    Sides,
    /// Two tables have the same fact.
    Tables,
    /// Last year's column and the change make this year's.
    Changes,
}

impl Law {
    /// Returns the check that tells of it.
    pub(super) fn code(self) -> Code {
        match self {
            Self::Rows | Self::Columns => Code::Sum,
            Self::Sides => Code::Balance,
            Self::Tables => Code::Xref,
            Self::Changes => Code::Delta,
        }
    }
}

/// Identities that stand or fall together if they were misread: of one law, in one table or pair of tables, of one column
/// where a column has a law of its own.
pub(super) type Family = (Law, u32, u32, u32);

/// A figure and those whose sum it must be.
#[derive(Debug)]
pub(super) struct Identity {
    pub(super) law: Law,
    pub(super) family: Family,
    pub(super) whole: ItemId,
    pub(super) parts: Vec<ItemId>,
    /// Whether it holds in every table of the kind. Otherwise a failure may mean that not all parts are there, and only
    /// counts where another identity asks for the same correction.
    pub(super) firm: bool,
    /// The values that the whole may have, and the sum of the parts, in yuan.
    pub(super) sides: (Interval, Interval),
    pub(super) state: State,
}

/// Whether an identity holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Holds,
    /// The values as printed differ, but may be rounded ones of values that do not.
    Rounded,
    Fails,
    /// It does not hold, nor do many of its kind, so that it is not what it seems; or the reading of a figure is in doubt.
    Unsure,
}

impl Identity {
    /// Returns an identity of figures that are of one year, basis and measure; nothing where they are not.
    pub(super) fn new(
        facts: &Facts,
        family: Family,
        (whole_of, whole): (&Ledger, ItemId),
        (parts_of, parts): (&Ledger, Vec<ItemId>),
        firm: bool,
    ) -> Option<Self> {
        let item = facts.item(whole).filter(|item| is_money(item))?;
        let alike = |id: &ItemId| {
            facts.item(*id).is_some_and(|part| {
                (part.measure, part.year(), part.basis) == (item.measure, item.year(), item.basis)
                    || family.0 == Law::Changes
            })
        };
        if parts.is_empty() || !parts.iter().all(alike) {
            return None;
        }
        let mut sum = Interval::exactly(Decimal::ZERO);
        let mut exact = Decimal::ZERO;
        for part in &parts {
            sum = sum + parts_of.printed(facts, *part)?;
            exact = exact.checked_add(facts.exact(*part)?)?;
        }
        let stated = whole_of.printed(facts, whole)?;
        let doubtful = facts.doubt_of(parts.iter().copied().chain([whole])).is_some();
        let state = match (stated.meets(sum), facts.exact(whole)? == exact) {
            _ if doubtful => State::Unsure,
            (true, true) => State::Holds,
            (true, false) => State::Rounded,
            (false, _) => State::Fails,
        };
        Some(Self { law: family.0, family, whole, parts, firm, sides: (stated, sum), state })
    }

    pub(super) fn figures(&self) -> impl Iterator<Item = ItemId> {
        std::iter::once(self.whole).chain(self.parts.iter().copied())
    }

    /// Returns what a figure of it would have to be, in yuan, as far as the others say.
    pub(super) fn asks(&self, facts: &Facts, id: ItemId) -> Option<Interval> {
        let (stated, sum) = self.sides;
        if id == self.whole {
            return Some(sum);
        }
        let own = facts.exact(id).filter(|_| self.parts.contains(&id))?;
        let gap = stated - sum;
        Some(Interval { low: own + gap.low, high: own + gap.high })
    }

    /// Returns how much more the whole is than the sum, in yuan.
    pub(super) fn gap(&self, facts: &Facts) -> Decimal {
        let exact = |id: &ItemId| facts.exact(*id).unwrap_or_default();
        exact(&self.whole) - self.parts.iter().map(exact).sum::<Decimal>()
    }
}

/// Takes back what does not hold in many of its family: it is not what it seems.
pub(super) fn trust(identities: &mut [Identity]) {
    let mut families: BTreeMap<Family, (usize, usize)> = BTreeMap::new();
    for identity in identities.iter() {
        let (fails, all) = families.entry(identity.family).or_default();
        *fails += usize::from(identity.state == State::Fails);
        *all += 1;
    }
    for identity in identities.iter_mut().filter(|identity| identity.state == State::Fails) {
        let (fails, all) = families.get(&identity.family).copied().unwrap_or_default();
        if fails > 2 && fails * 3 > all {
            identity.state = State::Unsure;
        }
    }
}
