//! The plans that the arguments name: files, folders of them, patterns, standard input; each once, and what it is called.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use glob::MatchOptions;

use super::input::Place;
use super::{binary, talk};

/// What a folder's plans are called, and what has such a name but is none.
pub(super) const PLANS: [&str; 3] = [".json", ".json.gz", ".tfplan"];
const NO_PLANS: [&str; 4] = [".tf.json", ".tofu.json", ".tfvars.json", ".tftest.json"];

/// Where Terragrunt runs Terraform: a copy of the module, in which only these are plans, the better one first.
const TERRAGRUNT: &str = ".terragrunt-cache";
const TERRAGRUNT_PLANS: [&str; 2] = ["tfplan.json", "tfplan"];

/// A plan, and what the report calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// The name that it was given, else its path; `-` for standard input.
    pub(super) name: String,
    pub(super) place: Place,
}

/// The one plan that an argument names.
///
/// # Errors
///
/// As [`find`], and where it names a folder of several.
pub(super) fn one(argument: &Path) -> anyhow::Result<Named> {
    let mut found = find(&[argument.to_path_buf()])?;
    match (found.pop(), found.is_empty()) {
        (Some(named), true) => Ok(named),
        _ => bail!("{} is a folder: name one of its plans", argument.display()),
    }
}

/// The plans that the arguments name; none is standard input. A folder is the plans in it and below, sorted, and so is a
/// pattern such as `stacks/*/plan.json`; `NAME=PATH` gives a plan a name. What may be a plan in a folder and is left out
/// is told, and so is a plan that is named twice.
///
/// # Errors
///
/// Where standard input is named twice, or is a terminal, and where two plans have one name.
pub(super) fn find(arguments: &[PathBuf]) -> anyhow::Result<Vec<Named>> {
    let mut plans = Vec::new();
    for argument in arguments {
        add(&mut plans, argument)?;
    }
    if arguments.is_empty() {
        plans.push(named(Place::Stdin));
    }
    let from_stdin = plans.iter().filter(|plan| plan.place == Place::Stdin).count();
    ensure!(from_stdin < 2, "standard input can be read only once");
    if from_stdin > 0 && io::stdin().is_terminal() {
        bail!(
            "no plan was given: name a file, or pipe one in, as in\n  \
             terraform plan -out tfplan && terraform show -json tfplan | plangate check"
        );
    }
    let plans = once(plans);
    let mut names = BTreeSet::new();
    for plan in &plans {
        ensure!(
            names.insert(&plan.name),
            "two plans are called {}: give each a name of its own, as NAME=PATH",
            plan.name
        );
    }
    Ok(plans)
}

fn add(plans: &mut Vec<Named>, argument: &Path) -> anyhow::Result<()> {
    if argument.as_os_str() == "-" {
        plans.push(named(Place::Stdin));
        return Ok(());
    }
    let text = argument.to_string_lossy();
    match text.split_once('=') {
        // A path may hold `=`, too.
        Some((name, path)) if !name.is_empty() && !path.is_empty() && !argument.exists() => {
            let start = plans.len();
            add(plans, Path::new(path))?;
            let is_one = plans.len() == start + 1;
            for plan in plans.iter_mut().skip(start) {
                plan.name = match is_one {
                    true => name.to_owned(),
                    false => format!("{name}: {}", plan.name),
                };
            }
            Ok(())
        }
        _ if text.contains(['*', '?', '[']) && !argument.exists() => matching(plans, argument),
        _ => expand(plans, argument),
    }
}

/// What an argument names without the name that it gives.
pub(super) fn path_of(argument: &Path) -> PathBuf {
    match argument.to_string_lossy().split_once('=') {
        Some((_, path)) if !argument.exists() => PathBuf::from(path),
        _ => argument.to_owned(),
    }
}

/// The plans of a file or a folder.
fn expand(plans: &mut Vec<Named>, path: &Path) -> anyhow::Result<()> {
    if !path.is_dir() {
        plans.push(named(Place::File(path.to_owned())));
        return Ok(());
    }
    let mut found = Found::default();
    found.walk(path)?;
    found.tell_of_others(path);
    found.plans.sort();
    if found.plans.is_empty() {
        plans.push(named(Place::EmptyFolder(path.to_owned())));
    }
    plans.extend(found.plans.into_iter().map(|path| named(Place::File(path))));
    Ok(())
}

/// Shells that match no patterns, such as those of Windows, and quotes leave them to the program.
fn matching(plans: &mut Vec<Named>, pattern: &Path) -> anyhow::Result<()> {
    // As a shell does: what is hidden is not meant unless it is named.
    let options = MatchOptions {
        require_literal_leading_dot: true,
        ..MatchOptions::default()
    };
    let shown = pattern.display();
    let matches = glob::glob_with(&pattern.to_string_lossy(), options)
        .with_context(|| format!("{shown} is neither a file nor a pattern"))?;
    let mut paths = matches.collect::<Result<Vec<PathBuf>, _>>()?;
    paths.sort();
    if paths.is_empty() {
        plans.push(named(Place::NoMatch(pattern.to_owned())));
    }
    paths.iter().try_for_each(|path| expand(plans, path))
}

/// A plan by its path; one that Terragrunt has made by the folder of its unit.
fn named(place: Place) -> Named {
    Named {
        name: place.path().map_or("-".to_owned(), |path| path.display().to_string()),
        place,
    }
}

/// The folder of the unit that a plan in Terragrunt's folder is of.
fn unit(path: &Path) -> Option<String> {
    let mut parents = path.ancestors();
    let cache = parents.find(|folder| folder.file_name().is_some_and(|name| name == TERRAGRUNT))?;
    let unit = cache.parent()?;
    Some(match unit.as_os_str().is_empty() {
        true => ".".to_owned(),
        false => unit.display().to_string(),
    })
}

/// Each file once, by whatever paths it was reached; and the names of Terragrunt's units where they tell plans apart.
fn once(plans: Vec<Named>) -> Vec<Named> {
    let mut seen = BTreeSet::new();
    let mut kept: Vec<Named> = Vec::with_capacity(plans.len());
    for plan in plans {
        let file = plan.place.file();
        let whole = file.map(|file| file.canonicalize().unwrap_or_else(|_| file.to_owned()));
        if whole.is_none_or(|whole| seen.insert(whole)) {
            kept.push(plan);
        } else {
            talk::note(&format!("{} is named twice, and judged once", plan.name));
        }
    }
    let unit_of = |plan: &Named| {
        let is_unnamed = |file: &&Path| plan.name == file.display().to_string();
        plan.place.file().filter(is_unnamed).and_then(unit)
    };
    let mut units: BTreeMap<String, usize> = BTreeMap::new();
    for unit in kept.iter().filter_map(unit_of) {
        *units.entry(unit).or_default() += 1;
    }
    for plan in &mut kept {
        if let Some(unit) = unit_of(plan).filter(|unit| units.get(unit) == Some(&1)) {
            plan.name = unit;
        }
    }
    kept
}

/// Whether a file of that name in a folder is taken for a plan.
pub(super) fn is_called_plan(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    ends(&PLANS) && !ends(&NO_PLANS) && !name.starts_with('.')
}

/// What is in a folder.
#[derive(Default)]
struct Found {
    plans: Vec<PathBuf>,
    /// What holds a plan, or may hold some, and is not read: binary plan files of other names, and links to folders.
    others: Vec<String>,
}

impl Found {
    fn walk(&mut self, folder: &Path) -> anyhow::Result<()> {
        let unreadable = || format!("{} cannot be read", folder.display());
        for entry in fs::read_dir(folder).with_context(unreadable)? {
            let entry = entry.with_context(unreadable)?;
            let path = entry.path();
            let name = entry.file_name();
            if name == TERRAGRUNT {
                let before = self.plans.len();
                self.walk_terragrunt(&path)?;
                if self.plans.len() == before {
                    self.others.push(path.display().to_string());
                }
                continue;
            }
            if name.to_string_lossy().starts_with('.') || name == "node_modules" {
                continue;
            }
            if entry.file_type().with_context(unreadable)?.is_dir() {
                self.walk(&path)?;
            } else if path.is_dir() {
                // It may lead back here.
                self.others.push(path.display().to_string());
            } else if is_called_plan(&path) {
                self.plans.push(path);
            } else if binary::is_plan(&path) {
                self.others.push(path.display().to_string());
            }
        }
        Ok(())
    }

    /// Terragrunt's folder has copies of modules, whose files are no plans, and links; a plan is there in one form.
    fn walk_terragrunt(&mut self, folder: &Path) -> anyhow::Result<()> {
        let unreadable = || format!("{} cannot be read", folder.display());
        let plan = TERRAGRUNT_PLANS
            .iter()
            .map(|name| folder.join(name))
            .find(|plan| plan.is_file());
        self.plans.extend(plan);
        for entry in fs::read_dir(folder).with_context(unreadable)? {
            let entry = entry.with_context(unreadable)?;
            let (path, name) = (entry.path(), entry.file_name());
            let is_dir = entry.file_type().with_context(unreadable)?.is_dir();
            if name.to_string_lossy().starts_with('.') || TERRAGRUNT_PLANS.iter().any(|plan| name == *plan) {
                continue;
            }
            if is_dir {
                self.walk_terragrunt(&path)?;
            } else if name.to_string_lossy().ends_with(".tfplan") || binary::is_plan(&path) {
                self.others.push(path.display().to_string());
            }
        }
        Ok(())
    }

    fn tell_of_others(&mut self, folder: &Path) {
        self.others.sort();
        if !self.others.is_empty() {
            talk::warning(&format!(
                "{}: not judged, since a folder's plans end in {}: {}; name what is to be judged, too",
                folder.display(),
                PLANS.join(", "),
                self.others.join(", ")
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Folder;
    use super::*;

    fn names(arguments: &[PathBuf]) -> Vec<String> {
        find(arguments).unwrap().into_iter().map(|plan| plan.name).collect()
    }

    fn error(arguments: &[&str]) -> String {
        let arguments: Vec<PathBuf> = arguments.iter().map(PathBuf::from).collect();
        find(&arguments).unwrap_err().to_string()
    }

    #[test]
    fn folder_is_its_plans_sorted() {
        let folder = Folder::new("plans");
        for name in [
            "b.json",
            "a.json.gz",
            "C.TFPLAN",
            "main.tf",
            "main.tf.json",
            "x.tfvars.json",
            ".x.json",
        ] {
            folder.write(name, b"{}");
        }
        for below in ["d.json", "prod/eu", ".terraform"] {
            fs::create_dir_all(folder.path(below)).unwrap();
        }
        folder.write("prod/eu/plan.json", b"{}");
        folder.write(".terraform/modules.json", b"{}");
        let places: Vec<Place> = find(&[folder.path("")])
            .unwrap()
            .into_iter()
            .map(|plan| plan.place)
            .collect();
        let expected =
            ["C.TFPLAN", "a.json.gz", "b.json", "prod/eu/plan.json"].map(|name| Place::File(folder.path(name)));
        assert_eq!(places, expected);
    }

    #[test]
    fn folder_without_a_plan_is_reported_when_it_is_read() {
        let folder = Folder::new("plans-empty");
        let plans = find(&[folder.path(""), folder.path("other.json")]).unwrap();
        assert_eq!(plans.len(), 2, "the plan beside it is not lost");
        let error = plans[0].place.read().unwrap_err().to_string();
        assert!(error.contains("holds no plan") && error.contains(".json.gz"), "{error}");
        assert!(plans[1].place.read().is_err());
    }

    #[test]
    fn patterns_are_matched_where_the_shell_does_not() {
        let folder = Folder::new("plans-glob");
        for below in ["eu", "us", ".git"] {
            fs::create_dir_all(folder.path(below)).unwrap();
            folder.write(&format!("{below}/plan.json"), b"{}");
        }
        folder.write("us/[odd].json", b"{}");
        let shown = |names: &[&str]| {
            names
                .iter()
                .map(|name| folder.path(name).display().to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            names(&[folder.path("*/plan.json")]),
            shown(&["eu/plan.json", "us/plan.json"])
        );
        assert_eq!(
            names(&[folder.path("**/plan.json")]),
            shown(&["eu/plan.json", "us/plan.json"])
        );
        assert_eq!(names(&[folder.path("e?")]), shown(&["eu/plan.json"]));
        assert_eq!(
            names(&[folder.path("us/[odd].json")]),
            shown(&["us/[odd].json"]),
            "it is a file"
        );
        let none = find(&[folder.path("*/none.json")]).unwrap();
        let says = none[0].place.read().unwrap_err().to_string();
        assert!(says.contains("no file matches"), "{says}");
    }

    #[test]
    fn plans_have_the_names_that_they_are_given() {
        let folder = Folder::new("plans-named");
        fs::create_dir_all(folder.path("eu")).unwrap();
        for name in ["a.json", "eu/b.json", "eu/c.json", "k=v.json"] {
            folder.write(name, b"{}");
        }
        let named = |name: &str, path: &str| PathBuf::from(format!("{name}={}", folder.path(path).display()));
        let path = |path: &str| folder.path(path).display().to_string();
        assert_eq!(names(&[named("prod/app", "a.json"), "ci=-".into()]), ["prod/app", "ci"]);
        assert_eq!(names(&[folder.path("k=v.json")]), [path("k=v.json")]);
        assert_eq!(
            names(&[named("eu", "eu")]),
            [
                format!("eu: {}", path("eu/b.json")),
                format!("eu: {}", path("eu/c.json"))
            ]
        );
        let twice = error(&["a=x.json", "a=y.json"]);
        assert!(twice.contains("two plans are called a"), "{twice}");
    }

    #[test]
    fn a_plan_is_judged_once() {
        let folder = Folder::new("plans-once");
        fs::create_dir_all(folder.path("eu")).unwrap();
        folder.write("eu/a.json", b"{}");
        let around = folder.path("eu/../eu/a.json");
        assert_eq!(
            find(&[folder.path("eu/a.json"), folder.path("eu"), around])
                .unwrap()
                .len(),
            1
        );
    }

    #[test]
    fn terragrunt_plans_are_called_for_their_units() {
        let folder = Folder::new("plans-terragrunt");
        for (path, file) in [
            ("live/vpc/.terragrunt-cache/h/m", "tfplan"),
            ("live/vpc/.terragrunt-cache/h/m", "tfplan.json"),
            ("live/vpc/.terragrunt-cache/h/m", "package.json"),
            ("live/vpc/.terragrunt-cache/h/m/.terraform", "tfplan.json"),
            ("live/db/.terragrunt-cache/h/m", "tfplan"),
            ("live/old/.terragrunt-cache/h1/m", "tfplan.json"),
            ("live/old/.terragrunt-cache/h2/m", "tfplan.json"),
        ] {
            fs::create_dir_all(folder.path(path)).unwrap();
            folder.write(&format!("{path}/{file}"), b"{}");
        }
        let expected = [
            "live/db",
            "live/old/.terragrunt-cache/h1/m/tfplan.json",
            "live/old/.terragrunt-cache/h2/m/tfplan.json",
            "live/vpc",
        ];
        let expected = expected.map(|name| folder.path(name).display().to_string());
        assert_eq!(names(&[folder.path("live")]), expected);
        let plans = find(&[folder.path("live/vpc")]).unwrap();
        assert!(plans[0].place.file().unwrap().ends_with("tfplan.json"));
    }

    #[test]
    fn standard_input_is_read_once() {
        assert!(error(&["-", "-"]).contains("only once"));
        assert!(error(&["-", "a=-"]).contains("only once"));
    }
}
