//! The command line: arguments, input and output, and exit codes. One file per command.

mod apart;
mod binary;
mod check;
mod explain;
mod foreign;
mod input;
mod inspect;
mod judge;
mod limits;
mod lint;
mod list;
mod mutate;
mod output;
mod policies;
mod schema;
mod source;
mod talk;
mod terminal;
mod test;
mod values;
mod view;

#[cfg(test)]
mod testing;

use std::time::Instant;

use clap::{Parser, Subcommand};

use crate::report::Exit;
use terminal::{Terminal, When};

const EXAMPLES: &str = "\
Examples:
  terraform plan -out tfplan && terraform show -json tfplan | plangate check
  plangate check plan.json --fail-on high
  plangate check plans/ --policy our-policies/ --format json=report.json
  plangate explain aws.s3.https_only

Exit codes:
  0  nothing fails that gates: what is unknown until apply passes unless --unknown fail, and so do failures below
     --fail-on, and those before apply under --new-only
  1  something fails
  2  it cannot be decided: wrong arguments, an unreadable plan, a broken policy";

/// Judges Terraform and OpenTofu plans by policies, before apply.
#[derive(Debug, Parser)]
#[command(name = "plangate", version, about, after_help = EXAMPLES, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    /// When to colour
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "WHEN",
        help_heading = "Output"
    )]
    color: When,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Judge plans: what passes, what fails, what the plan cannot tell
    Check(Box<check::Check>),
    /// Print what policies read of a plan, as JSON
    Inspect(Box<inspect::Inspect>),
    /// List the policies
    List(list::List),
    /// Say why a policy matters, what it examines and how to put it right
    Explain(explain::Explain),
    /// Prove that the policies in a folder catch what they should, by their fixtures and Rego tests
    Test(test::Test),
    /// Say what the folders of policies lack, or write their pages
    Lint(lint::Lint),
    /// Print the JSON Schema of the JSON report
    Schema,
    /// Work for another plangate, which says on standard input what
    #[command(hide = true)]
    Apart,
}

/// Runs the arguments of this process.
pub fn main() -> Exit {
    let started = Instant::now();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are such errors too; they go to standard output.
            let _ = error.print();
            return if error.use_stderr() {
                Exit::CannotDecide
            } else {
                Exit::Passed
            };
        }
    };
    run(cli, started).unwrap_or_else(|error| {
        talk::error(&format!("{error:#}"));
        Exit::CannotDecide
    })
}

fn run(cli: Cli, started: Instant) -> anyhow::Result<Exit> {
    let terminal = Terminal::look(cli.color);
    match cli.command {
        Command::Check(check) => check::run(&check, terminal, started),
        Command::Inspect(inspect) => inspect::run(&inspect),
        Command::List(list) => list::run(&list, terminal),
        Command::Explain(explain) => explain::run(&explain, terminal),
        Command::Test(test) => test::run(&test),
        Command::Lint(lint) => lint::run(&lint),
        Command::Schema => schema::run(),
        Command::Apart => apart::run(),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn arguments_are_consistent() {
        Cli::command().debug_assert();
    }
}
