//! `plangate repl`: a plan that answers questions in Rego, one after the other.

mod complete;
mod lines;

use std::fs;
use std::io::{self, IsTerminal};
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;

use super::config::Config;
use super::judge::{Judging, Read};
use super::plans::{self, Named};
use super::{eval, explain, explain_verdict, output, talk};
use crate::engine::{Document, Session, is_definition};
use crate::explain::{Case, render};
use crate::model::{Model, Resource, State};
use crate::pack::{Pack, nearest};
use crate::report::Exit;
use lines::{Lines, Next};

const EXAMPLES: &str = "\
Examples:
  plangate repl --plan testdata/quickstart/plan.json
  plangate repl --plan plan.json --policy our-policies/
  echo 'count(input.resources)' | plangate repl --plan testdata/quickstart/plan.json

At a terminal it has a history and completes types, addresses, arguments and functions with the tab key. What comes from
a pipe is asked as it comes; it ends with 2 where some of it could not be asked.";

const HELP: &str = "\
A query, such as  some b in input.resources.aws_s3_bucket; b.address
A definition, kept until the end:  x := 1   or   is_mine(r) if startswith(r.address, \"module.mine.\")
An open bracket is continued on the next line.

:types                    the types of the plan, and how many there are of each
:resource ADDRESS         what policies read of a resource
:explain POLICY ADDRESS   why a policy judges an address as it does
:load FILE                define the rules of a file
:defined                  the names that are defined
:help                     this
:quit                     the end, as :q, exit, quit and ctrl-D
";

/// What ends it, besides the end of what is asked.
const ENDS: [&str; 4] = [":quit", ":q", "quit", "exit"];

/// The commands, for completion.
const COMMANDS: [&str; 7] = [
    ":types",
    ":resource ",
    ":explain ",
    ":load ",
    ":defined",
    ":help",
    ":quit",
];

/// What `plangate repl` is given.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Repl {
    /// The plan: a file (JSON, gzip, binary)
    #[arg(long, value_name = "PLAN")]
    plan: PathBuf,

    /// Ask the state before apply instead of that after it
    #[arg(long)]
    before: bool,

    /// Where the lines that were typed are kept [default: plangate/history in the folder for states of programs]
    #[arg(long, value_name = "FILE")]
    history: Option<PathBuf>,

    #[command(flatten)]
    judging: Judging,
}

impl Repl {
    /// Takes from the configuration file what the arguments do not say.
    pub(super) fn configure(&mut self, config: &Config) {
        self.judging.configure(config);
    }
}

/// Runs it.
///
/// # Errors
///
/// Where the plan cannot be read, or the terminal is gone.
pub(super) fn run(repl: &Repl) -> anyhow::Result<Exit> {
    let Named { name, place } = plans::one(&repl.plan)?;
    if place.file().is_none() {
        bail!("standard input is what is asked: name a file for the plan");
    }
    let pack = repl.judging.selection.selected()?;
    let judge = repl.judging.judge(&pack)?;
    let state = if repl.before { State::Before } else { State::After };
    let exit = repl.judging.read(&place, |read| {
        for note in &read.notes {
            talk::note(&format!("{name}: {note}"));
        }
        let model = judge.document(&read.plan, state, read.source.as_ref());
        let document = Document::new(&model)?;
        let limits = repl.judging.limits.limits()?;
        let mut asked = Asked {
            session: Session::new(&pack, &document, limits)?,
            repl,
            pack: &pack,
            read,
            model: &model,
            document: &document,
        };
        asked.all()
    });
    exit.map_err(|error| error.context(name.clone()))
}

/// A plan and what was asked of it.
struct Asked<'a> {
    repl: &'a Repl,
    pack: &'a Pack,
    read: &'a Read<'a>,
    model: &'a Model,
    document: &'a Document,
    session: Session,
}

impl Asked<'_> {
    /// Asks line by line, to the end.
    fn all(&mut self) -> anyhow::Result<Exit> {
        let is_terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
        let mut lines = match is_terminal {
            true => {
                let resources = self.model.resource_count();
                talk::note(&format!(
                    "{resources} resources; :help says what can be asked, ctrl-D ends"
                ));
                Lines::terminal(
                    complete::words(self.model, self.pack, &self.session),
                    self.repl.history.clone(),
                )?
            }
            false => Lines::pipe(),
        };
        let mut has_failed = false;
        loop {
            match lines.next()? {
                Next::End => break,
                Next::Text(text) if ENDS.contains(&text.trim()) => break,
                Next::Text(text) => match self.answer(text.trim()) {
                    Ok(shown) => output::print(shown.as_bytes())?,
                    Err(error) => {
                        has_failed = true;
                        talk::error(&format!("{error:#}"));
                    }
                },
            }
        }
        lines.keep();
        Ok(if has_failed && !is_terminal {
            Exit::CannotDecide
        } else {
            Exit::Passed
        })
    }

    /// What is shown of one text.
    fn answer(&mut self, text: &str) -> anyhow::Result<String> {
        if text.is_empty() {
            return Ok(String::new());
        }
        if let Some(command) = text.strip_prefix(':') {
            return self.command(command);
        }
        if is_definition(text) {
            return self.define(text);
        }
        self.load_policies(text)?;
        let found = self.session.ask(text)?;
        found.prints.iter().for_each(|line| talk::note(line));
        eval::pretty(&found.answers)
    }

    fn define(&mut self, text: &str) -> anyhow::Result<String> {
        self.load_policies(text)?;
        let names = self.session.define(text)?;
        Ok(format!("defined: {}\n", names.join(", ")))
    }

    /// Policies are loaded when they are first named.
    fn load_policies(&mut self, text: &str) -> anyhow::Result<()> {
        for policy in self
            .pack
            .policies
            .iter()
            .filter(|policy| eval::is_named(text, &policy.id))
        {
            self.session.load(policy)?;
        }
        Ok(())
    }

    fn command(&mut self, command: &str) -> anyhow::Result<String> {
        let (name, rest) = command.split_once(char::is_whitespace).unwrap_or((command, ""));
        let rest = rest.trim();
        Ok(match (name, rest) {
            ("help", _) => HELP.to_owned(),
            ("types", _) => self.types(),
            ("defined", _) => self.session.defined().map(|name| format!("{name}\n")).collect(),
            ("resource", address) if !address.is_empty() => self.resource(address)?,
            ("load", file) if !file.is_empty() => {
                let text = fs::read_to_string(file).with_context(|| format!("{file} cannot be read"))?;
                // What is defined here is of the query's package, which has the libraries.
                let is_rule = |line: &&str| !line.starts_with("package ") && !line.starts_with("import ");
                self.define(&text.lines().filter(is_rule).collect::<Vec<_>>().join("\n"))?
            }
            ("explain", rest) if !rest.is_empty() => match rest.split_once(char::is_whitespace) {
                Some((policy, address)) => self.explain(policy, address.trim())?,
                None => bail!("write :explain POLICY ADDRESS"),
            },
            ("resource" | "load" | "explain", _) => bail!(":{name} lacks its argument; :help says which"),
            _ => {
                let commands = COMMANDS.map(str::trim);
                bail!(
                    "there is no command :{name}{}; :help has them",
                    nearest::hint(&format!(":{name}"), commands)
                )
            }
        })
    }

    fn types(&self) -> String {
        let of = |prefix: &'static str, types: &crate::model::ByType| {
            types
                .iter()
                .map(|(kind, list)| format!("{prefix}{kind}  {}\n", list.len()))
                .collect::<String>()
        };
        of("", &self.model.resources) + &of("data.", &self.model.data)
    }

    fn resource(&self, address: &str) -> anyhow::Result<String> {
        let sections = [&self.model.resources, &self.model.data, &self.model.removed];
        let found: Option<&Resource> = sections
            .into_iter()
            .flat_map(|types| types.values().flatten())
            .find(|resource| *resource.address == *address);
        match found {
            Some(resource) => Ok(serde_json::to_string_pretty(resource)? + "\n"),
            None => bail!(self.no_address(address)),
        }
    }

    fn no_address(&self, address: &str) -> String {
        let hint = nearest::hint(address, explain_verdict::addresses(self.model));
        format!("the plan has no `{address}`{hint}")
    }

    fn explain(&self, policy: &str, address: &str) -> anyhow::Result<String> {
        let Some(policy) = self.pack.policy(policy) else {
            bail!(explain::no_policy(self.pack, policy));
        };
        if !explain_verdict::addresses(self.model).contains(address) {
            bail!(self.no_address(address));
        }
        let case = Case {
            policy,
            libraries: &self.pack.libraries,
            model: self.model,
            document: self.document,
            source: self.read.source.as_ref(),
            limits: self.repl.judging.limits.limits()?,
        };
        Ok(render(&case.explain(address, None)?))
    }
}
