//! `stepladder explain`: prints the page of a kind of problem, or lists all kinds.

use std::process::ExitCode;

use clap::Args;

use super::error::CliError;
use super::output::print_output;
use super::page_text::{PageStyle, page_text, wrap};
use crate::diagnostic::{Code, nearest};

/// Explain a kind of problem, or list all kinds
#[derive(Debug, Args)]
#[command(
    after_help = "Every problem has its code in brackets: error[broken-link]. Its page says what the problem means, how to \
        fix it, and shows files that have it.\n\n\
        Examples:\n\
        \x20 stepladder explain                     list all codes\n\
        \x20 stepladder explain broken-link\n\
        \x20 stepladder explain not-a-heading | less"
)]
pub(super) struct Explain {
    /// The code of the problem; none lists all
    #[arg(value_parser = parse_code)]
    code: Option<Code>,
}

impl Explain {
    pub(super) fn run(&self) -> Result<ExitCode, CliError> {
        let style = PageStyle::of_output();
        let text = match self.code {
            Some(code) => page_text(code.page(), style),
            None => list(style),
        };
        print_output(&text)?;
        Ok(ExitCode::SUCCESS)
    }
}

fn parse_code(typed: &str) -> Result<Code, String> {
    // As it's printed with a problem: `error[broken-link]`.
    let printed = typed.trim().trim_end_matches(':').strip_suffix(']').and_then(|start| start.rsplit_once('['));
    let name = printed.map_or(typed, |(_, name)| name).trim().to_lowercase();
    let names = || Code::ALL.iter().map(|code| code.as_str());
    let found = Code::ALL.iter().find(|code| code.as_str() == name);
    found.copied().ok_or_else(|| match nearest(&name, names()) {
        Some(similar) => format!("no problem has this code; did you mean `{similar}`?"),
        None => "no problem has this code; `stepladder explain` lists all".to_owned(),
    })
}

/// All codes, sorted, each with its severity and its description.
fn list(style: PageStyle) -> String {
    let mut codes = Code::ALL.to_vec();
    codes.sort_by_key(|code| code.as_str());
    let width = codes.iter().map(|code| code.as_str().len()).max().unwrap_or(0);
    let line = |code: &Code| {
        let start = format!("{:width$}  {:7}  ", code.as_str(), code.severity().as_str());
        wrap(code.description(), style, &start, &" ".repeat(start.len()))
    };
    codes.iter().map(line).collect()
}
