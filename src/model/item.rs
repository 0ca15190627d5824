//! One figure and what it is about, in a row of at most 48 bytes.

use super::{Basis, NameId, SectionId, SubjectId};
use crate::quantity::{Amount, Unit};
use crate::source::Span;

/// The number of a figure in its disclosure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ItemId(pub u32);

/// One figure of the accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// The number as written, with its unit where that stands beside it.
    pub span: Span,
    /// The value, signed: a decrease is negative.
    pub value: Amount,
    /// The section it stands in.
    pub section: SectionId,
    /// What it is an amount of.
    pub subject: SubjectId,
    /// Which column it stands in, or which part of the subject it is: 基本支出, 预算数.
    pub aspect: Option<NameId>,
    /// The figure it is a part, a change or a share of.
    pub parent: Option<ItemId>,
    /// The table cell it stands in, as a row and a column counted from 0.
    pub cell: Option<Cell>,
    /// The year the number is about; 0 where that is unknown. See [`Item::year`].
    pub about_year: u16,
    /// What kind of number it is.
    pub measure: Measure,
    /// Its unit.
    pub unit: Unit,
    /// Whether the number is a budgeted or an actual one.
    pub basis: Option<Basis>,
    /// How it hangs on its parent.
    pub relation: Option<Relation>,
}

/// The place of a figure in a table of its disclosure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell(std::num::NonZeroU32);

/// What kind of number a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Measure {
    /// A level of money.
    Amount,
    /// A change in money.
    Delta,
    /// A growth rate.
    Rate,
    /// A part of a whole.
    Share,
    /// A number of people, vehicles, square metres, projects.
    Count,
}

impl Measure {
    /// Returns the name it has in the export.
    pub fn key(self) -> &'static str {
        match self {
            Self::Amount => "amount",
            Self::Delta => "delta",
            Self::Rate => "rate",
            Self::Share => "share",
            Self::Count => "count",
        }
    }
}

/// How a figure hangs on its parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Relation {
    /// An addend of a breakdown that is meant to be complete.
    Sum,
    /// A part named alone.
    Of,
    /// The delta or rate of a level.
    Change,
    /// The share that a level is of a whole.
    Share,
}

impl Relation {
    /// Returns the name it has in the export.
    pub fn key(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Of => "of",
            Self::Change => "change",
            Self::Share => "share",
        }
    }
}

impl Item {
    /// Returns the year the number is about.
    pub fn year(&self) -> Option<u16> {
        (self.about_year != 0).then_some(self.about_year)
    }
}

impl Cell {
    /// The low bits that hold the column.
    const COLUMN_BITS: u32 = 8;

    /// Returns the cell of a table by numbers counted from 0; nothing for one past what fits (65,000 rows in all tables
    /// of a disclosure together, 256 columns), which is then shown without its place.
    pub fn new(row: u32, column: u32) -> Option<Self> {
        let fits = row < 1 << 23 && column < 1 << Self::COLUMN_BITS;
        let packed = (row << Self::COLUMN_BITS | column) + 1;
        fits.then(|| std::num::NonZeroU32::new(packed).map(Self)).flatten()
    }

    /// Returns the row, counted from 0 over all tables of the disclosure.
    pub fn row(self) -> u32 {
        (self.0.get() - 1) >> Self::COLUMN_BITS
    }

    /// Returns the column, counted from 0.
    pub fn column(self) -> u32 {
        (self.0.get() - 1) & ((1 << Self::COLUMN_BITS) - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_at_most_48_bytes() {
        assert!(size_of::<Item>() <= 48, "{} bytes", size_of::<Item>());
    }

    #[test]
    fn a_cell_keeps_its_place() {
        let cell = Cell::new(70_000, 255).expect("it fits");
        assert_eq!((cell.row(), cell.column()), (70_000, 255));
        assert_eq!(Cell::new(0, 256), None);
    }
}
