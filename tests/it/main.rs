//! Everything that is tested from outside the modules.

mod tidy;
