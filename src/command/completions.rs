//! `stepladder completions`: prints a completion script for a shell.

use std::process::ExitCode;

use clap::{Args, Command};
use clap_complete::Shell;

use super::error::CliError;
use super::output::print_output;

/// Print a shell completion script
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  stepladder completions bash > ~/.local/share/bash-completion/completions/stepladder\n  \
                        stepladder completions fish > ~/.config/fish/completions/stepladder.fish"
)]
pub(super) struct Completions {
    /// The shell to complete commands in
    shell: Shell,
}

impl Completions {
    /// Prints the script for the program, which `command` describes.
    pub(super) fn run(&self, mut command: Command) -> Result<ExitCode, CliError> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command, "stepladder", &mut script);
        print_output(&String::from_utf8_lossy(&script))?;
        Ok(ExitCode::SUCCESS)
    }
}
