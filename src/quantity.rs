//! Numbers as written → exact values with their printed places, their intervals and their units.

mod amount;
mod interval;
mod slip;
mod unit;

pub use amount::{Amount, Written};
pub use interval::{Interval, percent};
pub use slip::{is_mistyped, is_swapped};
pub use unit::{Kind, SPELLINGS, Unit};
