//! The command line: arguments, input and output, and exit codes. One file per command.

mod apart;
mod binary;
mod bundle;
mod check;
mod completions;
mod config;
mod docs;
mod eval;
mod excusing;
mod explain;
mod explain_verdict;
mod fixture;
mod foreign;
mod input;
mod inspect;
mod judge;
mod limits;
mod lint;
mod list;
mod mutate;
mod new;
mod output;
mod plans;
mod policies;
mod progress;
mod repl;
mod schema;
mod source;
mod talk;
mod terminal;
mod test;
mod timings;
mod values;
mod view;
mod waive;
mod watch;

#[cfg(test)]
mod testing;

use std::env;
use std::time::Instant;

use clap::{Parser, Subcommand};

use crate::apart::COMMAND;
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

    #[command(flatten)]
    which: config::Which,

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
    /// Say why a policy matters and how to put it right, or why it judges an address of a plan as it does
    Explain(Box<explain::Explain>),
    /// Ask a plan a question, in Rego
    Eval(Box<eval::Eval>),
    /// Ask a plan one question after the other, in Rego
    Repl(Box<repl::Repl>),
    /// Prove that the policies in a folder catch what they should, by their fixtures and Rego tests
    Test(test::Test),
    /// Cut a plan to the smallest that a policy judges the same, made anonymous: a fixture
    Fixture(Box<fixture::Fixture>),
    /// Build bundles of policies, check them, lock and fetch them
    Bundle(bundle::Bundles),
    /// Make a configuration file, show what is set by what, or what it may say
    Config(Box<config::Configure>),
    /// Write a waiver for a finding that a plan has
    Waive(Box<waive::Waive>),
    /// Say what is wrong with the policies in a folder, and what their folders lack
    Lint(lint::Lint),
    /// Begin a policy: make its folder, with what is left to fill in
    New(new::New),
    /// Write the pages of the policies in a folder, and their index
    Docs(docs::Docs),
    /// Print the JSON Schema of the JSON report
    Schema(schema::Schema),
    /// Print the completions of a shell
    Completions(completions::Completions),
    /// Write the manual pages, one for each command
    Man(completions::Man),
}

/// Runs the arguments of this process.
pub fn main() -> Exit {
    let started = Instant::now();
    // A check of a small plan starts two such processes, and takes no longer than they do.
    if env::args_os().skip(1).eq([COMMAND]) {
        return done(apart::run());
    }
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
    done(run(cli, started))
}

fn done(result: anyhow::Result<Exit>) -> Exit {
    result.unwrap_or_else(|error| {
        talk::error(&format!("{error:#}"));
        Exit::CannotDecide
    })
}

fn run(cli: Cli, started: Instant) -> anyhow::Result<Exit> {
    let terminal = Terminal::look(cli.color);
    let config = || config::Config::load(&cli.which);
    match cli.command {
        Command::Check(mut check) => {
            let config = config()?;
            check.configure(&config);
            check::run(&check, &config, terminal, started)
        }
        Command::Inspect(mut inspect) => {
            inspect.configure(&config()?);
            inspect::run(&inspect)
        }
        Command::List(mut list) => {
            list.configure(&config()?);
            list::run(&list, terminal)
        }
        Command::Explain(mut explain) => {
            explain.configure(&config()?);
            explain::run(&explain, terminal)
        }
        Command::Waive(mut waive) => {
            let config = config()?;
            waive.configure(&config);
            waive::run(&waive, &config)
        }
        Command::Config(configure) => config::run(&configure, &cli.which),
        Command::Eval(mut eval) => {
            eval.configure(&config()?);
            eval::run(&eval)
        }
        Command::Repl(mut repl) => {
            repl.configure(&config()?);
            repl::run(&repl)
        }
        Command::Test(test) => test::run(&test),
        Command::Fixture(fixture) => fixture::run(&fixture),
        Command::Lint(lint) => lint::run(&lint),
        Command::Bundle(bundles) => bundle::run(&bundles),
        Command::New(new) => new::run(&new),
        Command::Docs(docs) => docs::run(&docs),
        Command::Schema(_) => schema::run(),
        Command::Completions(completions) => completions::run(&completions),
        Command::Man(man) => completions::man(&man),
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
