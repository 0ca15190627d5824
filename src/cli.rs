//! Arguments → a command → an exit code.
