//! The units that follow a figure, with every spelling seen in disclosures.

use rust_decimal::Decimal;

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Money.
    Money,
    /// A percentage, or a difference of two.
    Ratio,
    /// People, vehicles, areas, sets, events.
    Count,
}

macro_rules! units {
    ($($(#[$doc:meta])* $unit:ident, $kind:ident, $name:literal, [$($spelling:literal),*];)*) => {
        /// The unit of a figure.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Unit { $($(#[$doc])* $unit),* }

        impl Unit {
            /// Every unit.
            pub const ALL: &[Self] = &[$(Self::$unit),*];

            /// Returns the unit as Chinese documents write it, as `万元`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$unit => $name),* }
            }

            /// Returns what it measures.
            pub fn kind(self) -> Kind {
                match self { $(Self::$unit => Kind::$kind),* }
            }
        }

        /// Every spelling of every unit in half-width characters without spaces; of two that begin alike the longer first.
        pub const SPELLINGS: &[(&str, Unit)] = &[$($(($spelling, Unit::$unit)),*),*];
    };
}

units! {
    /// 元.
    Yuan, Money, "元", ["元人民币", "元"];
    /// Ten thousand yuan, also written 万.
    TenThousandYuan, Money, "万元", ["万元", "万"];
    /// A hundred million yuan, also written 亿.
    HundredMillionYuan, Money, "亿元", ["亿元", "亿"];
    /// A percentage point.
    PercentagePoint, Ratio, "个百分点", ["个百分点", "百分点"];
    /// Per cent.
    Percent, Ratio, "%", ["%", "％"];
    /// Per mille.
    PerMille, Ratio, "‰", ["‰"];
    /// A number of visits by persons.
    PersonTime, Count, "人次", ["人次"];
    /// Persons.
    Person, Count, "人", ["人"];
    /// Persons, politely.
    PersonPolite, Count, "名", ["名"];
    /// Square metres.
    SquareMetre, Count, "平方米", ["平方米", "平米", "㎡", "m²", "m2"];
    /// Mu, a fifteenth of a hectare.
    Mu, Count, "亩", ["亩"];
    /// Kilometres.
    Kilometre, Count, "公里", ["公里", "千米"];
    /// Vehicles.
    Vehicle, Count, "辆", ["辆"];
    /// Machines or sets.
    MachineOrSet, Count, "台（套）", ["台(套)", "台/套", "台套"];
    /// Machines.
    Machine, Count, "台", ["台"];
    /// Sets.
    Set, Count, "套", ["套"];
    /// Batches, groups of guests.
    Batch, Count, "批次", ["批次", "批"];
    /// The general measure word, as of delegations or projects.
    Each, Count, "个", ["个"];
    /// Institutions.
    Institution, Count, "家", ["家"];
    /// Places.
    Place, Count, "处", ["处"];
    /// Buildings.
    Building, Count, "栋", ["栋", "幢"];
    /// Rooms.
    Room, Count, "间", ["间"];
    /// Times.
    Time, Count, "次", ["次"];
    /// Items on a list.
    Entry, Count, "项", ["项"];
    /// Pieces.
    Piece, Count, "件", ["件"];
    /// Households.
    Household, Count, "户", ["户"];
    /// Books.
    Volume, Count, "册", ["册", "本"];
}

impl Unit {
    /// Returns how many yuan one of it is, for money.
    pub fn yuan(self) -> Option<Decimal> {
        self.zeros().map(|zeros| Decimal::from(10_u32.pow(zeros)))
    }

    /// Returns the same as a power of ten.
    pub fn zeros(self) -> Option<u32> {
        match self {
            Self::Yuan => Some(0),
            Self::TenThousandYuan => Some(4),
            Self::HundredMillionYuan => Some(8),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_spellings_come_before_those_they_begin_with() {
        for (index, (spelling, unit)) in SPELLINGS.iter().enumerate() {
            for (later, other) in &SPELLINGS[index + 1..] {
                assert!(!later.starts_with(spelling), "{spelling} ({unit:?}) hides {later} ({other:?})");
            }
        }
    }

    #[test]
    fn every_unit_can_be_spelt_and_only_money_has_a_worth() {
        for unit in Unit::ALL {
            assert!(SPELLINGS.iter().any(|(_, spelt)| spelt == unit), "{unit:?}");
            assert_eq!(unit.yuan().is_some(), unit.kind() == Kind::Money, "{unit:?}");
        }
    }
}
