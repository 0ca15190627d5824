//! The program `mingbai`.

use std::process::ExitCode;

fn main() -> ExitCode {
    mingbai::cli::run(std::env::args_os())
}
