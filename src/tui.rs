//! The terminal: its state, what keys do to it, how it looks.

use std::io;

use crate::corpus::load::Input;
use crate::lang::Lang;

/// What the command line says about the screens.
#[derive(Debug, Clone)]
pub struct Options {
    /// The language of the program's own words.
    pub lang: Lang,
    /// What is open, as the user named it.
    pub title: String,
}

/// Shows the screens until the user quits.
pub fn run(input: Input, options: Options) -> io::Result<()> {
    let _ = (input, options);
    Err(io::ErrorKind::Unsupported.into())
}
