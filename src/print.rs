//! What was read → text and JSON for pipes.

pub mod plain;
