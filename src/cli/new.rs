//! `plangate new`: the folder of a new policy.

use std::fs;
use std::io::{IsTerminal, stderr, stdin};
use std::path::PathBuf;

use anyhow::{Context, bail, ensure};
use clap::Args;

use super::{output, talk};
use crate::author::{Scaffold, no_subject};
use crate::pack::{self, Severity};
use crate::report::Exit;

const EXAMPLES: &str = "\
Examples:
  plangate new aws.s3.object_lock
  plangate new aws.s3.object_lock --examines aws_s3_bucket --severity high \\
    --title \"S3 bucket has no object lock\"
  plangate new acme.naming.outputs --examines output --dir our-policies";

/// What `plangate new` is given.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct New {
    /// The policy's name, such as aws.s3.object_lock: what it is about, with no verb and no severity
    #[arg(value_name = "POLICY")]
    id: String,

    /// What it examines: resource types, data.<type>, or plan, var, output, provider, module, removed, "*"; asked for at
    /// a terminal
    #[arg(long, value_name = "TYPE", value_delimiter = ',')]
    examines: Vec<String>,

    /// How much it matters: info, low, medium, high or critical [default: medium; asked for at a terminal]
    #[arg(long, value_name = "SEVERITY", value_parser = severity)]
    severity: Option<Severity>,

    /// The fault in a few words, as in "S3 bucket is not closed to the public"; asked for at a terminal
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,

    /// The folder of policies that it goes into
    #[arg(long, value_name = "DIR", default_value = "policies")]
    dir: PathBuf,
}

fn severity(text: &str) -> Result<Severity, String> {
    text.parse().map_err(|error: pack::UnknownSeverity| error.to_string())
}

/// Makes the folder.
///
/// # Errors
///
/// Where the name or what it examines is wrong, something is there already, or a file cannot be written.
pub(super) fn run(new: &New) -> anyhow::Result<Exit> {
    ensure!(
        pack::is_id(&new.id),
        "`{}` is no name of a policy: write words of lower-case letters, digits and underscores with dots between them, \
         such as aws.s3.object_lock",
        new.id
    );
    ensure!(
        !new.id.starts_with("lib."),
        "`{}` would be a library, which never judges: begin its name with another word than `lib`",
        new.id
    );
    for subject in &new.examines {
        if let Some(problem) = no_subject(subject) {
            bail!("--examines: {problem}");
        }
    }
    let folder = new.dir.join(new.id.replace('.', "/"));
    ensure!(
        !folder.exists(),
        "{} is there already, and nothing is overwritten: choose another name",
        folder.display()
    );
    let scaffold = asked(new)?;
    for (path, text) in scaffold.files() {
        let path = new.dir.join(path);
        let parent = path.parent().unwrap_or(&new.dir);
        fs::create_dir_all(parent).with_context(|| format!("{} cannot be made", parent.display()))?;
        output::save(&path, text.as_bytes())?;
        output::print(format!("{}\n", path.display()).as_bytes())?;
    }
    let (dir, folder) = (new.dir.display(), folder.display());
    talk::note(&format!(
        "next: write what is marked FILL IN, plan {folder}/main.tf into plan.json beside it, then run\n  \
         plangate test {dir} --only {id}\n  plangate docs {dir}\n  plangate lint {dir}",
        id = new.id
    ));
    Ok(Exit::Passed)
}

/// What the arguments say, and what the person at the terminal does where they do not.
fn asked(new: &New) -> anyhow::Result<Scaffold> {
    let is_terminal = stdin().is_terminal() && stderr().is_terminal();
    let mut examines = new.examines.clone();
    ensure!(
        is_terminal || !examines.is_empty(),
        "say what it examines: --examines aws_s3_bucket, say"
    );
    while examines.is_empty() {
        let answer = ask("What does it examine? (resource types, or plan, var, output, provider, module)")?;
        let subjects = answer.split([',', ' ']).filter(|word| !word.is_empty());
        let subjects: Vec<String> = subjects.map(str::to_owned).collect();
        match subjects.iter().find_map(|subject| no_subject(subject)) {
            Some(problem) => talk::warning(&problem),
            None => examines = subjects,
        }
    }
    let mut severity = new.severity;
    while severity.is_none() && is_terminal {
        match ask("How much does it matter? (info, low, medium, high, critical) [medium]")?.as_str() {
            "" => break,
            answer => match answer.parse() {
                Ok(parsed) => severity = Some(parsed),
                Err(error) => talk::warning(&pack::UnknownSeverity::to_string(&error)),
            },
        }
    }
    let title = match &new.title {
        None if is_terminal => {
            Some(ask("What is the fault, in a few words? [to be filled in]")?).filter(|title| !title.is_empty())
        }
        given => given.clone(),
    };
    Ok(Scaffold {
        id: new.id.clone(),
        examines,
        severity: severity.unwrap_or(Severity::Medium),
        title,
        since: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

fn ask(question: &str) -> anyhow::Result<String> {
    talk::note(question);
    let mut answer = String::new();
    let read = stdin().read_line(&mut answer).context("the answer cannot be read")?;
    ensure!(
        read > 0,
        "there was no answer: give it as an argument, see `plangate new --help`"
    );
    Ok(answer.trim().to_owned())
}
