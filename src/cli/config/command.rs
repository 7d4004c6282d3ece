//! `plangate config`: makes a configuration file, shows what is set and by what, and what the file may say.

use std::fmt::Write;
use std::path::Path;

use anyhow::ensure;
use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value, json};

use super::{At, Config, NAME, SCHEMA, Which};
use crate::cli::excusing::DUE_DAYS;
use crate::cli::{check, output, talk};
use crate::report::Exit;

const EXAMPLES: &str = "\
Examples:
  plangate config init
  plangate config show
  plangate config show --fail-on high --format json
  plangate config schema > plangate.schema.json";

/// What a new file says: every key, with what it is for.
const TEMPLATE: &str = include_str!("template.toml");

/// What `plangate config` is given.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct Configure {
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Debug, Subcommand)]
enum Command {
    /// Write a plangate.toml into this folder, with every key and what it is for
    #[command(after_help = EXAMPLES)]
    Init,
    /// Show what a check here is set to, and what sets it: a flag, a line of the file, or the default
    #[command(after_help = EXAMPLES)]
    Show(Box<Show>),
    /// Print the JSON Schema of plangate.toml
    #[command(after_help = EXAMPLES)]
    Schema,
}

#[derive(Args, Clone, Debug)]
#[command(mut_arg("formats", |arg| arg.long("report-format").help("What check is given as --format").long_help(None)))]
struct Show {
    /// How to write it
    #[arg(long = "format", value_enum, default_value_t, value_name = "FORMAT")]
    form: Form,

    #[command(flatten)]
    check: check::Check,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A line for each, for people
    #[default]
    Text,
    /// For machines
    Json,
}

/// Runs it.
///
/// # Errors
///
/// Where there is a file already, or the one that there is cannot be used.
pub(in crate::cli) fn run(configure: &Configure, which: &Which) -> anyhow::Result<Exit> {
    match &configure.command {
        Command::Init => init()?,
        Command::Show(show) => output::print(&shown(show, &Config::load(which)?)?)?,
        Command::Schema => output::print(SCHEMA.as_bytes())?,
    }
    Ok(Exit::Passed)
}

fn init() -> anyhow::Result<()> {
    ensure!(
        !Path::new(NAME).exists(),
        "{NAME} is there already: edit it, or move it away first"
    );
    output::save(Path::new(NAME), TEMPLATE.as_bytes())?;
    talk::note(&format!("wrote {NAME}"));
    Ok(())
}

/// One setting: its key in the file, its value, and what sets it.
struct Setting {
    key: String,
    value: Value,
    by: String,
}

fn shown(show: &Show, config: &Config) -> anyhow::Result<Vec<u8>> {
    let settings = settings(&show.check, config);
    Ok(match show.form {
        Form::Json => {
            let entry = |setting: &Setting| json!({"key": setting.key, "value": setting.value, "by": setting.by});
            let entries: Vec<Value> = settings.iter().map(entry).collect();
            let mut bytes = serde_json::to_vec_pretty(&entries)?;
            bytes.push(b'\n');
            bytes
        }
        Form::Text => {
            let cells: Vec<(String, String, &str)> = settings
                .iter()
                .map(|setting| (setting.key.clone(), setting.value.to_string(), setting.by.as_str()))
                .collect();
            let key = cells.iter().map(|(key, ..)| key.len()).max().unwrap_or(0);
            let value = cells
                .iter()
                .map(|(_, value, _)| value.chars().count())
                .max()
                .unwrap_or(0)
                .min(40);
            let mut out = String::new();
            for (name, said, by) in cells {
                let _ = writeln!(out, "{name:key$}  {said:value$}  {by}");
            }
            out.into_bytes()
        }
    })
}

/// What a check with these arguments is set to, in the order of the file.
fn settings(check: &check::Check, config: &Config) -> Vec<Setting> {
    let file = &config.file;
    let path = config
        .path
        .as_deref()
        .map(|path| path.display().to_string())
        .unwrap_or_default();
    let mut settings = Vec::new();
    let mut add = |key: &str, flag: Option<(&str, Value)>, line: Option<(usize, Value)>, default: Value| {
        let (value, by) = match (flag, line) {
            (Some((flag, value)), _) => (value, format!("--{flag}")),
            (None, Some((line, value))) => (value, format!("{path}:{line}")),
            (None, None) => (default, "default".to_owned()),
        };
        settings.push(Setting {
            key: key.to_owned(),
            value,
            by,
        });
    };
    let given = check.given();
    for (key, flag, value, default) in [
        ("plans", "PLAN", &file.plans, json!([])),
        ("format", "format", &file.formats, json!(["table"])),
        ("policies.folders", "policy", &file.folders, json!([])),
        ("policies.only", "only", &file.only, json!([])),
        ("policies.controls", "control", &file.controls, json!([])),
        ("policies.skip", "skip", &file.skip, json!([])),
    ] {
        let flag = given
            .lists
            .get(flag)
            .filter(|said| !said.is_empty())
            .map(|said| (flag, json!(said)));
        add(key, flag, value.as_ref().map(|at| (at.line, json!(at.value))), default);
    }
    let bundles = file.bundles.as_ref().map(|at| {
        let sources: Vec<String> = at.value.iter().map(ToString::to_string).collect();
        (at.line, json!(sources))
    });
    let flag = given.lists.get("bundle").filter(|said| !said.is_empty());
    add(
        "policies.bundles",
        flag.map(|said| ("bundle", json!(said))),
        bundles,
        json!([]),
    );
    for (key, flag, value) in [
        ("policies.verification_key", "verification-key", &file.verification_key),
        ("source", "source", &file.source),
    ] {
        let flag = given.words.get(flag).map(|said| (flag, json!(said)));
        add(
            key,
            flag,
            value.as_ref().map(|at| (at.line, json!(at.value))),
            Value::Null,
        );
    }
    fn word<T: Copy>(at: &Option<At<T>>, name: impl Fn(T) -> &'static str) -> Option<(usize, Value)> {
        at.as_ref().map(|at| (at.line, json!(name(at.value))))
    }
    let flag = |name: &'static str| given.words.get(name).map(|said| (name, json!(said)));
    add(
        "gate.fail_on",
        flag("fail-on"),
        word(&file.fail_on, |s| s.name()),
        json!("low"),
    );
    add(
        "gate.unknown",
        flag("unknown"),
        word(&file.unknown, |s| s.name()),
        json!("warn"),
    );
    for (severity, at) in &file.unknown_by {
        let line = Some((at.line, json!(at.value.name())));
        add(&format!("gate.unknown.{severity}"), flag("unknown"), line, Value::Null);
    }
    add(
        "gate.nothing",
        flag("nothing"),
        word(&file.nothing, |s| s.name()),
        json!("warn"),
    );
    let new_only = given.new_only.then_some(("new-only", json!(true)));
    add(
        "gate.new_only",
        new_only,
        file.new_only.as_ref().map(|at| (at.line, json!(at.value))),
        json!(false),
    );
    add(
        "waivers.due_days",
        flag("waivers-due"),
        file.due_days.as_ref().map(|at| (at.line, json!(at.value))),
        json!(DUE_DAYS),
    );
    for (id, at) in &file.policies {
        let of = &at.value;
        if let Some(line) = word(&of.severity, |s| s.name()) {
            add(&format!("policy.{id}.severity"), None, Some(line), Value::Null);
        }
        if let Some(line) = word(&of.enforcement, |s| s.name()) {
            add(&format!("policy.{id}.enforcement"), None, Some(line), Value::Null);
        }
        for (name, at) in &of.params {
            let flag = given
                .params
                .get(&format!("{id}.{name}"))
                .map(|value| ("param", json!(value)));
            add(
                &format!("policy.{id}.params.{name}"),
                flag,
                Some((at.line, json!(at.value))),
                Value::Null,
            );
        }
    }
    for (name, value) in &given.params {
        let is_said = settings
            .iter()
            .any(|setting| setting.by == "--param" && setting.key.replace(".params.", ".") == format!("policy.{name}"));
        if !is_said {
            settings.push(Setting {
                key: format!("policy.{name}"),
                value: json!(value),
                by: "--param".to_owned(),
            });
        }
    }
    settings
}
