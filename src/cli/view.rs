//! In which formats the report is written, and where to.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use anyhow::{bail, ensure};
use clap::Args;

use super::config::Config;
use super::plans::{self, Named};
use super::{input, output, talk};
use crate::pack::{Origin, Pack, nearest};
use crate::report::{FORMATS, Format, Options, Report, Row, Verdict, table};
use crate::source::is_configuration;

/// How the report is written.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Report")]
pub(super) struct View {
    /// How to write the report, and into which file; can be given several times [default: table]
    #[arg(long = "format", value_name = "FORMAT[=FILE]", value_delimiter = ',', long_help = long_help())]
    pub(super) formats: Vec<Target>,

    /// Write the report to a file, and the table to standard output
    #[arg(long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,

    /// Show what passed, resource by resource
    #[arg(long)]
    pub(super) all: bool,
}

fn long_help() -> String {
    let column = FORMATS.iter().map(|format| format.name.len()).max().unwrap_or(0);
    let formats = FORMATS
        .iter()
        .map(|format| format!("\n  {:column$}  {}", format.name, format.about));
    format!(
        "How to write the report, and into which file; can be given several times [default: table]\n\n\
         One format can go to standard output; where all have a file, the table does.\n{}",
        formats.collect::<String>()
    )
}

/// A format, and where it goes.
#[derive(Clone, Debug)]
pub(super) struct Target {
    format: &'static Format,
    /// `None` is standard output.
    file: Option<PathBuf>,
}

impl fmt::Display for Target {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match &self.file {
            Some(file) => write!(formatter, "{}={}", self.format.name, file.display()),
            None => formatter.write_str(self.format.name),
        }
    }
}

impl FromStr for Target {
    type Err = String;

    /// Reads `sarif` or `sarif=out.sarif`.
    fn from_str(text: &str) -> Result<Self, String> {
        let (name, file) = match text.split_once('=') {
            Some((_, "")) => return Err("it names no file after `=`".to_owned()),
            Some((name, "-")) => (name, None),
            Some((name, file)) => (name, Some(PathBuf::from(file))),
            None => (text, None),
        };
        let wanted = name.trim();
        let found = FORMATS.iter().find(|format| format.name.eq_ignore_ascii_case(wanted));
        let format = found.ok_or_else(|| {
            let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
            let hint = nearest::hint(wanted, names.iter().copied());
            format!(
                "there is no format `{wanted}`{hint}; the formats are {}",
                names.join(", ")
            )
        })?;
        Ok(Target { format, file })
    }
}

/// Where the report goes, and in which format.
#[derive(Debug)]
pub(super) struct Targets {
    print: Print,
    files: Vec<(&'static Format, PathBuf)>,
}

/// What standard output shows.
#[derive(Debug)]
enum Print {
    Table,
    Other(&'static Format),
}

impl View {
    /// Takes the formats of the configuration file where the arguments name none.
    pub(super) fn configure(&mut self, config: &Config) {
        let Some(formats) = config
            .file
            .formats
            .as_ref()
            .filter(|_| self.formats.is_empty() && self.output.is_none())
        else {
            return;
        };
        // Each was read when the file was.
        let targets = formats.value.iter().filter_map(|text| text.parse().ok());
        self.formats = targets
            .map(|Target { format, file }| Target {
                format,
                file: file.map(|file| config.path(&file.to_string_lossy())),
            })
            .collect();
    }

    /// Where the report goes.
    ///
    /// # Errors
    ///
    /// Where two formats are to go to the same place.
    pub(super) fn targets(&self) -> anyhow::Result<Targets> {
        let mut printed: Vec<&'static Format> = Vec::new();
        let mut files: Vec<(&'static Format, PathBuf)> = Vec::new();
        for Target { format, file } in &self.formats {
            match file {
                None => printed.push(format),
                Some(file) => files.push((format, file.clone())),
            }
        }
        if let Some(file) = &self.output {
            ensure!(
                file.as_os_str() != "-",
                "--output - names no file: standard output is where the report goes without --output"
            );
            let format = match (printed.as_slice(), self.formats.is_empty()) {
                ([format], _) => *format,
                ([], true) => the_table(),
                _ => bail!(
                    "--output {} is for one --format: write --format NAME=FILE for each of several",
                    file.display()
                ),
            };
            printed.clear();
            files.push((format, file.clone()));
        }
        let print = match printed.as_slice() {
            [] => Print::Table,
            [format] if format.name == the_table().name => Print::Table,
            [format] => Print::Other(format),
            [first, second, ..] => bail!(
                "only one format can go to standard output, not {} and {}: give one of them a file, as in --format {}=FILE",
                first.name,
                second.name,
                second.name
            ),
        };
        for (number, (format, file)) in files.iter().enumerate() {
            if let Some((other, _)) = files.iter().take(number).find(|(_, other)| is_same(other, file)) {
                bail!(
                    "{} and {} are to be written to the same file, {}: give each its own",
                    other.name,
                    format.name,
                    file.display()
                );
            }
        }
        Ok(Targets { print, files })
    }
}

fn the_table() -> &'static Format {
    &FORMATS[0]
}

/// Whether two paths lead to one file, which need not be there yet.
fn is_same(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| {
        let folder = input::folder_of(path)?.canonicalize().ok()?;
        Some(
            path.canonicalize()
                .unwrap_or_else(|_| folder.join(path.file_name().unwrap_or_default())),
        )
    };
    one == other || whole(one).is_some_and(|one| whole(other) == Some(one))
}

impl Targets {
    /// Whether the report may be written there: not over a file that is read, and not where it is taken for a plan
    /// the next time.
    ///
    /// # Errors
    ///
    /// Where it may not.
    pub(super) fn ensure_apart(
        &self,
        arguments: &[PathBuf],
        read: &[Named],
        others: &[PathBuf],
        pack: &Pack,
    ) -> anyhow::Result<()> {
        for (_, file) in &self.files {
            ensure_apart(file, arguments, read, others, pack)?;
        }
        Ok(())
    }

    /// Writes the report everywhere. The first thing that cannot be written is the error, and keeps nothing else from
    /// being written.
    ///
    /// # Errors
    ///
    /// Where a file or standard output cannot be written.
    pub(super) fn write(&self, report: &Report, options: &Options) -> anyhow::Result<()> {
        // A file is no terminal, whatever standard output is.
        let plain = Options {
            colour: false,
            width: None,
            ..options.clone()
        };
        let saved: Vec<_> = self
            .files
            .iter()
            .map(|(format, file)| output::save(file, &(format.render)(report, &plain)))
            .collect();
        output::print(&match self.print {
            Print::Table => table::render(&told(report), options),
            Print::Other(format) => (format.render)(report, options),
        })?;
        for (saved, (_, file)) in saved.into_iter().zip(&self.files) {
            saved?;
            talk::note(&format!("the report is in {}", file.display()));
        }
        Ok(())
    }
}

fn ensure_apart(
    file: &Path,
    arguments: &[PathBuf],
    read: &[Named],
    others: &[PathBuf],
    pack: &Pack,
) -> anyhow::Result<()> {
    let shown = file.display();
    let folder = input::folder_of(file).and_then(|folder| folder.canonicalize().ok());
    if let Some(folder) = folder.filter(|_| plans::is_called_plan(file)) {
        let folders = arguments.iter().map(|argument| plans::path_of(argument));
        for plans in folders.filter(|folder| folder.is_dir()) {
            let is_in = plans.canonicalize().is_ok_and(|plans| folder.starts_with(plans));
            let plans = plans.display();
            ensure!(
                !is_in,
                "the report {shown} would be read as a plan of {plans} the next time: write it elsewhere"
            );
        }
    }
    let Ok(file) = file.canonicalize() else {
        return Ok(());
    };
    let plans = read.iter().filter_map(|plan| plan.place.file());
    let others = others.iter().map(PathBuf::as_path);
    let policies = pack.policies.iter().map(|policy| Path::new(&policy.path));
    let libraries = pack.libraries.iter().map(|library| Path::new(&library.path));
    let mut read = plans.chain(others).chain(policies).chain(libraries);
    let is_read = read.any(|read| read.canonicalize().is_ok_and(|read| read == file))
        || is_configuration(&file.to_string_lossy());
    ensure!(!is_read, "{shown} is a file that is read: write the report elsewhere");
    Ok(())
}

/// The report without the errors that standard error has already shown.
fn told(report: &Report) -> Cow<'_, Report> {
    const TOLD: &str = "standard error says why";
    if report.counts.error == 0 && report.plans.iter().all(|plan| plan.error.is_none()) {
        return Cow::Borrowed(report);
    }
    let mut report = report.clone();
    for plan in &mut report.plans {
        plan.error = plan.error.take().map(|_| TOLD.to_owned());
        for row in plan.results.iter_mut().filter(|row| row.verdict == Verdict::Error) {
            row.message = Some(TOLD.into());
        }
    }
    Cow::Owned(report)
}

/// The policy of the first failure in the table that has an example which `plangate explain` shows by its id alone.
pub(super) fn example_of(report: &Report, pack: &Pack) -> Option<Arc<str>> {
    let has_example = |row: &&Row| {
        let policy = pack.policy(&row.policy);
        policy.is_some_and(|policy| policy.origin == Origin::Embedded && policy.example.is_some())
    };
    let rows = report.plans.iter().flat_map(|plan| &plan.results);
    rows.filter(|row| row.verdict == Verdict::Fail)
        .filter(has_example)
        .min_by_key(|row| Reverse(row.severity))
        .map(|row| row.policy.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn targets(formats: &[&str], output: Option<&str>) -> Result<(String, Vec<String>), String> {
        let view = View {
            formats: formats.iter().map(|text| text.parse()).collect::<Result<_, _>>()?,
            output: output.map(PathBuf::from),
            all: false,
        };
        let targets = view.targets().map_err(|error| error.to_string())?;
        let printed = match targets.print {
            Print::Table => "table",
            Print::Other(format) => format.name,
        };
        let file = |(format, file): &(&Format, PathBuf)| format!("{}={}", format.name, file.display());
        Ok((printed.to_owned(), targets.files.iter().map(file).collect()))
    }

    #[test]
    fn one_format_is_printed_and_the_others_have_files() {
        for (formats, output, printed, files) in [
            (&[][..], None, "table", &[][..]),
            (&["json"], None, "json", &[]),
            (&["JSON=-"], None, "json", &[]),
            (&["json=a.json"], None, "table", &["json=a.json"]),
            (&["table", "json=a.json"], None, "table", &["json=a.json"]),
            (&["json", "table=a.txt"], None, "json", &["table=a.txt"]),
            (&["json"], Some("a.json"), "table", &["json=a.json"]),
            (&[], Some("a.txt"), "table", &["table=a.txt"]),
            (&["json", "table=b=c"], Some("a"), "table", &["table=b=c", "json=a"]),
        ] {
            let (is_printed, are_saved) = targets(formats, output).unwrap();
            assert_eq!(
                (is_printed.as_str(), are_saved.as_slice()),
                (printed, &*files.iter().map(ToString::to_string).collect::<Vec<_>>()),
                "{formats:?}"
            );
        }
    }

    #[test]
    fn what_cannot_be_done_is_refused_with_the_way_out() {
        for (formats, output, says) in [
            (
                &["jason"][..],
                None,
                "there is no format `jason`; did you mean json or jsonl?",
            ),
            (&["json="], None, "names no file"),
            (
                &["json", "table"],
                None,
                "give one of them a file, as in --format table=FILE",
            ),
            (&["json=a", "table=./a"], None, "the same file"),
            (&["json=a"], Some("a"), "--output a is for one --format"),
            (&["json", "table"], Some("a"), "--output a is for one --format"),
            (&[], Some("-"), "--output - names no file"),
        ] {
            let error = targets(formats, output).unwrap_err();
            assert!(error.contains(says), "{formats:?}: {error}");
        }
    }
}
