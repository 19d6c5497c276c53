//! The `stepladder` program; see [`stepladder::command`].

use std::process::ExitCode;

fn main() -> ExitCode {
    stepladder::command::run()
}
