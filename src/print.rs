//! What was read → text and JSON for pipes.
