//! mingbai reads the budget and final-account disclosures of Chinese government departments and lets a person explore
//! them in a terminal.
//!
//! # The way of the data
//!
//! ```text
//! folder ─► source ─► parse ─► model ─► check ─► corpus ─► tui | print
//! ```
//!
//! [`source`] turns the bytes of one file into text with a layout of spans beside it. [`parse`] turns that into a
//! [`model::Disclosure`]: header, outline, figures. [`check`] finds what in it does not add up. [`corpus`] holds many of
//! them as an index of columns with names interned once, filled by threads, and answers what the screens ask; [`judgement`] keeps what a person decided
//! about findings. [`tui`] shows it; [`print`] writes it for pipes. [`cli`] chooses between them. [`quantity`] knows numbers and units, [`lang`] every word on screen, [`error`] what can
//! fail: only reading files can; everything from bytes in memory onwards is total.
//!
//! # What holds everywhere
//!
//! - Every figure keeps the span of text it came from. Text is never rewritten; only values are folded.
//! - Money is exact: [`quantity::Amount`] keeps the printed places, and no float is computed with.
//! - Text is cut in [`source::span`] only, where every cut is on a character boundary.
//! - A module uses only those before it in the list below; `tests/it/tidy.rs` holds this.

/// Hands out all memory; see `Cargo.toml` for why it is not the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

pub mod lang;

pub mod source;

pub mod quantity;

pub mod model;

pub mod check;

pub mod parse;

pub mod error;

pub mod corpus;

pub mod judgement;

pub mod print;

pub mod tui;

pub mod cli;
