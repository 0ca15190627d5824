//! Everything that is tested from outside the modules.

// The attributes tell clippy that the functions beside the tests are part of them.
#[cfg(test)]
mod checks;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod compare;
#[cfg(test)]
mod config;
#[cfg(test)]
mod corpus;
#[cfg(test)]
mod finder;
#[cfg(test)]
mod folder;
#[cfg(test)]
mod formats;
#[cfg(test)]
mod forms;
#[cfg(test)]
mod found;
#[cfg(test)]
mod gallery;
#[cfg(test)]
mod grid;
#[cfg(test)]
mod halves;
mod hand;
#[cfg(test)]
mod injected;
#[cfg(test)]
mod judged;
#[cfg(test)]
mod ledgers;
#[cfg(test)]
mod paper;
#[cfg(test)]
mod picture;
#[cfg(test)]
mod reading;
#[cfg(test)]
mod screens;
#[cfg(test)]
mod sentences;
#[cfg(test)]
mod shared;
#[cfg(test)]
mod slow_line;
#[cfg(test)]
mod spoiled;
#[cfg(test)]
mod tables;
#[cfg(test)]
mod terminal;
#[cfg(test)]
mod tidy;
