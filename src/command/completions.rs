use std::io;
use std::process::ExitCode;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

/// Print a script that completes commands in a shell
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  stepladder completions bash > ~/.local/share/bash-completion/completions/stepladder\n  \
                        stepladder completions fish > ~/.config/fish/completions/stepladder.fish"
)]
pub(super) struct Completions {
    /// Which shell
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self) -> ExitCode {
        let mut command = super::Arguments::command();
        clap_complete::generate(self.shell, &mut command, "stepladder", &mut io::stdout());
        ExitCode::SUCCESS
    }
}
