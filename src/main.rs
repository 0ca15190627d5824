//! The program `mingbai`.

fn main() {}
