//! Numbers as written → exact values with their printed places, their intervals and their units.

mod amount;
mod interval;
mod unit;

pub use amount::Amount;
pub use interval::{Interval, percent};
pub use unit::{Kind, SPELLINGS, Unit};
