//! What is checked of Rego before it judges, because the engine finds it late, or never.
//!
//! An import or a reference of something that is not there is an empty set to the engine, so a silent pass; a call of
//! an unknown function fails only when it is reached; a function that calls itself overflows the stack.

use std::collections::{BTreeMap, BTreeSet};

use super::builtins;
use super::error::Rejection;
use super::foreign;
use super::format;
use super::syntax::{Form, How, Module, Rule, Use};
use crate::model::Value;
use crate::pack::Policy;
use crate::pack::nearest::hint;

/// The members of `input`, which are those of [`Model`](crate::model::Model) as it is serialized.
pub(super) const INPUT: [&str; 12] = [
    "as_of",
    "params",
    "terraform",
    "resources",
    "data",
    "removed",
    "unresolved",
    "variables",
    "outputs",
    "providers",
    "modules",
    "source",
];

/// Files of Rego that are checked together, and what they may refer to.
pub(super) struct Group<'a> {
    /// The files, by path.
    pub(super) files: &'a [(String, Module)],
    /// The facts of packages.
    pub(super) facts: Vec<(&'a str, &'a Value)>,
    /// The libraries, where these files are not they.
    pub(super) libraries: Option<&'a Names>,
    /// The policies whose parameters there are; none where it is not known which.
    pub(super) policies: &'a [Policy],
    /// Whether they were written for another tool: they read another `input`, and what leads nowhere is undefined there.
    pub(super) foreign: bool,
}

/// What packages hold, by package.
#[derive(Default)]
pub(super) struct Names {
    packages: BTreeMap<String, Package>,
    /// Packages of libraries that could be imported, where not all are loaded.
    others: BTreeSet<String>,
}

#[derive(Default)]
struct Package {
    rules: BTreeMap<String, Form>,
    facts: BTreeSet<String>,
}

/// A rule: its package and its name.
pub(super) type Node = (String, String);

/// What a reference means.
enum Target {
    Rule(Node),
    /// All rules of the packages of that name and under it.
    Packages(String),
    /// Something that is no rule: a member of input, facts, a local name.
    Other,
    /// Nothing that these files or the engine define; the name as written.
    Unresolved(String),
    /// A reference into `data` or `input` that leads nowhere.
    Missing(String),
}

impl Group<'_> {
    /// What these files hold, for others to refer to.
    pub(super) fn names(&self) -> Names {
        let mut names = Names::default();
        for (_, module) in self.files {
            let package = names.packages.entry(module.package.clone()).or_default();
            package
                .rules
                .extend(module.rules.iter().map(|rule| (rule.name.clone(), rule.form)));
        }
        for (package, facts) in &self.facts {
            names.add(package, &[], Some(facts));
        }
        names
    }

    fn scope<'s>(&'s self, module: &'s Module, own: &'s Names) -> Scope<'s> {
        Scope {
            module,
            own,
            libraries: self.libraries,
            policies: self.policies,
            foreign: self.foreign,
        }
    }

    /// Everything that is wrong with these files.
    pub(super) fn check(&self) -> Vec<Rejection> {
        let own = self.names();
        let mut rejections = Vec::new();
        let mut edges: BTreeMap<Node, BTreeSet<Node>> = BTreeMap::new();
        let mut places: BTreeMap<Node, (String, u64)> = BTreeMap::new();
        for (path, module) in self.files {
            let scope = self.scope(module, &own);
            let mut reject = |line, message| {
                rejections.push(Rejection {
                    path: path.clone(),
                    line,
                    message,
                })
            };
            for import in &module.imports {
                if let Some(Target::Missing(message)) = scope.rooted(&import.path).filter(|_| !self.foreign) {
                    reject(import.line, format!("imports what is not there: {message}"));
                }
                if !self.foreign && has_package(&import.path, &module.package) {
                    let message = format!(
                        "imports the package that it is in, which the engine would leave empty: write `data.{}.` before what \
                         is read of it",
                        module.package
                    );
                    reject(import.line, message);
                }
            }
            for rule in &module.rules {
                if rule.unsure_in_loop && !self.foreign {
                    let how = "one round of its loop that is undefined loses the others: write `x := ...` in the body";
                    reject(rule.line, format!("`{}`: {how} and only names in the head", rule.name));
                }
                let node = (module.package.clone(), rule.name.clone());
                places.entry(node.clone()).or_insert_with(|| (path.clone(), rule.line));
                for used in &rule.uses {
                    let target = scope.resolve(rule, used);
                    if let Some(message) = scope.fault(used, &target) {
                        reject(used.line, message);
                    }
                    edges.entry(node.clone()).or_default().extend(own.nodes(target));
                }
            }
        }
        for cycle in cycles(&edges) {
            let names: Vec<String> = cycle
                .iter()
                .map(|(package, name)| format!("{package}.{name}"))
                .collect();
            let (path, line) = cycle
                .first()
                .and_then(|node| places.get(node))
                .cloned()
                .unwrap_or_default();
            let message = format!("is recursive, which Rego is not: {}", names.join(" -> "));
            rejections.push(Rejection { path, line, message });
        }
        rejections
    }

    /// What these files refer to and nothing gives: it is undefined, and a rule that needs it says nothing.
    pub(super) fn undefined(&self) -> Vec<Rejection> {
        let own = self.names();
        let mut rejections = Vec::new();
        for (path, module) in self.files {
            let scope = self.scope(module, &own);
            let imports = module
                .imports
                .iter()
                .filter_map(|import| Some((import.line, scope.rooted(&import.path)?)));
            let uses = module.rules.iter().flat_map(|rule| {
                let targets = rule.uses.iter();
                targets.map(|used| (used.line, scope.resolve(rule, used)))
            });
            for (line, target) in imports.chain(uses) {
                if let Target::Missing(message) = target {
                    let path = path.clone();
                    rejections.push(Rejection { path, line, message });
                }
            }
        }
        rejections.dedup();
        rejections
    }

    /// The rules of these files that the rules of one of them read.
    pub(super) fn read_by(&self, module: &Module) -> BTreeSet<Node> {
        let own = self.names();
        let scope = Scope {
            module,
            own: &own,
            libraries: self.libraries,
            policies: self.policies,
            foreign: self.foreign,
        };
        let targets = module
            .rules
            .iter()
            .flat_map(|rule| rule.uses.iter().map(|used| scope.resolve(rule, used)));
        targets.flat_map(|target| own.nodes(target)).collect()
    }
}

impl Names {
    /// Adds a package's rules and facts.
    pub(super) fn add(&mut self, package: &str, rules: &[(&str, Form)], facts: Option<&Value>) {
        let package = self.packages.entry(package.to_owned()).or_default();
        let rules = rules.iter().map(|(name, form)| ((*name).to_owned(), *form));
        package.rules.extend(rules);
        package.facts.extend(facts.into_iter().flat_map(members));
    }

    /// Adds what others hold.
    pub(super) fn extend(&mut self, others: Names) {
        for (name, other) in others.packages {
            let package = self.packages.entry(name).or_default();
            package.rules.extend(other.rules);
            package.facts.extend(other.facts);
        }
        self.others.extend(others.others);
    }

    /// Adds packages of libraries that could be imported.
    pub(super) fn know<'a>(&mut self, packages: impl Iterator<Item = &'a str>) {
        self.others.extend(packages.map(str::to_owned));
    }

    /// All packages that can be imported, in their order.
    fn importable(&self) -> impl Iterator<Item = &str> {
        let packages: BTreeSet<&str> = self.packages.keys().chain(&self.others).map(String::as_str).collect();
        packages.into_iter()
    }

    /// The functions, each under its package.
    pub(super) fn functions(&self) -> impl Iterator<Item = (&str, &str)> {
        self.packages.iter().flat_map(|(package, held)| {
            let functions = held.rules.iter().filter(|(_, form)| matches!(form, Form::Function(_)));
            functions.map(move |(name, _)| (package.as_str(), name.as_str()))
        })
    }

    /// The rules among these names that a target means.
    fn nodes(&self, target: Target) -> Vec<Node> {
        match target {
            Target::Rule(node) => vec![node],
            Target::Packages(prefix) => {
                let under = format!("{prefix}.");
                let packages = self
                    .packages
                    .iter()
                    .filter(|(name, _)| prefix.is_empty() || **name == prefix || name.starts_with(&under));
                packages
                    .flat_map(|(name, package)| package.rules.keys().map(|rule| (name.clone(), rule.clone())))
                    .collect()
            }
            _ => Vec::new(),
        }
    }
}

fn members(facts: &Value) -> impl Iterator<Item = String> {
    let members = facts.as_object().into_iter().flatten();
    members.map(|(name, _)| name.to_string())
}

/// Whether an import is of a package, or of one that has it.
fn has_package(import: &[String], package: &str) -> bool {
    let mut parts = package.split('.');
    matches!(import, [root, path @ ..] if root == "data" && path.iter().all(|part| parts.next() == Some(part)))
}

struct Scope<'a> {
    module: &'a Module,
    own: &'a Names,
    libraries: Option<&'a Names>,
    policies: &'a [Policy],
    foreign: bool,
}

impl<'a> Scope<'a> {
    fn resolve(&self, rule: &Rule, used: &Use) -> Target {
        let Some((first, rest)) = used.path.split_first() else {
            return Target::Other;
        };
        let is_call = matches!(used.how, How::Call { .. });
        if let Some(target) = self.rooted(&used.path) {
            return target;
        }
        // A function's name is never a local one.
        if !is_call && rule.locals.contains(first) {
            return Target::Other;
        }
        if self.form(&self.module.package, first).is_some() {
            return Target::Rule((self.module.package.clone(), first.clone()));
        }
        match self.module.imports.iter().find(|import| import.alias == *first) {
            Some(import) => {
                let path: Vec<String> = import.path.iter().chain(rest).cloned().collect();
                self.rooted(&path).unwrap_or(Target::Other)
            }
            None => Target::Unresolved(used.path.join(".")),
        }
    }

    /// What a path means that begins with `data` or `input`.
    fn rooted(&self, path: &[String]) -> Option<Target> {
        match path.split_first()? {
            (root, rest) if root == "data" => Some(self.absolute(rest)),
            (root, _) if root == "input" && self.foreign => Some(Target::Other),
            (root, rest) if root == "input" => Some(match rest.first() {
                Some(member) if !INPUT.contains(&member.as_str()) => Target::Missing(format!(
                    "there is no `input.{member}`: a policy reads {}; `plangate inspect` prints it all",
                    INPUT.join(", ")
                )),
                Some(member) if member == "params" => self.parameter(&rest[1..]).map_or(Target::Other, Target::Missing),
                _ => Target::Other,
            }),
            _ => None,
        }
    }

    /// What is wrong with `input.params.<path>`.
    fn parameter(&self, path: &[String]) -> Option<String> {
        let id = path.first().filter(|_| !self.policies.is_empty())?;
        match self.policies.iter().find(|policy| *policy.id == **id) {
            Some(policy) => path
                .get(1)
                .filter(|name| !policy.params.contains_key(*name))
                .map(|name| policy.lacks(name)),
            None => {
                let hint = hint(id, self.policies.iter().map(|policy| &*policy.id));
                let own = &self.module.package;
                Some(format!(
                    "`input.params` has no policy `{id}`{hint}; this policy's own are in `input.params[\"{own}\"]`"
                ))
            }
        }
    }

    /// What `data.<path>` means.
    fn absolute(&self, path: &[String]) -> Target {
        for end in (1..=path.len()).rev() {
            let name = path[..end].join(".");
            let mut found = self.packages(&name).peekable();
            if found.peek().is_none() {
                continue;
            }
            let Some(member) = path.get(end) else {
                return Target::Packages(name);
            };
            for package in found {
                if package.rules.contains_key(member) {
                    return Target::Rule((name, member.clone()));
                }
                if package.facts.contains(member) {
                    return Target::Other;
                }
            }
            return Target::Missing(format!("`data.{name}` has no `{member}`"));
        }
        let prefix = path.join(".");
        let under = format!("{prefix}.");
        if path.is_empty() || self.all().any(|(name, _)| name.starts_with(&under)) {
            return Target::Packages(prefix);
        }
        if self.foreign {
            return match path.first() {
                Some(first) if first == "conftest" => Target::Other,
                _ => Target::Missing(format!(
                    "`data.{prefix}` is undefined: neither these files nor --data give it"
                )),
            };
        }
        Target::Missing(format!(
            "there is no `data.{prefix}`; a policy has its own package, its `data.json` and the libraries: {}",
            self.libraries
                .map(|names| names.importable().collect::<Vec<_>>().join(", "))
                .unwrap_or_default()
        ))
    }

    fn fault(&self, used: &Use, target: &Target) -> Option<String> {
        match (&used.how, target) {
            (How::With, Target::Rule((package, name))) => {
                let is_function = matches!(self.form(package, name), Some(Form::Function(_)));
                let by_path = used.path.first().is_some_and(|root| root == "data");
                (is_function && by_path && *package == self.module.package)
                    .then(|| format!("`with data.{package}.{name}` is ignored: write `with {name}`"))
            }
            (How::Call { arguments, .. }, Target::Rule((package, name))) => match self.form(package, name) {
                Some(Form::Function(arity)) => wrong_count(name, arity, *arguments),
                _ => Some(format!("`{name}` is no function")),
            },
            (How::Call { arguments, format }, Target::Unresolved(name)) => self.builtin(name, *arguments, format),
            (How::Call { .. }, Target::Packages(_) | Target::Other) => {
                Some(format!("`{}` is no function", used.path.join(".")))
            }
            (How::Call { .. }, Target::Missing(message)) => Some(message.clone()),
            (_, Target::Missing(message)) => (!self.foreign).then(|| message.clone()),
            _ => None,
        }
    }

    fn builtin(&self, name: &str, arguments: usize, format: &Option<(String, usize)>) -> Option<String> {
        if let Some(why) = builtins::refusal(name).filter(|_| !self.foreign || foreign::arity(name).is_none()) {
            return Some(format!("`{name}` is refused: {why}"));
        }
        if name == "print" {
            return None;
        }
        let arity = builtins::arity(name).or_else(|| self.foreign.then(|| foreign::arity(name)).flatten());
        let Some(arity) = arity else {
            let import = name.split_once('.').and_then(|(alias, _)| {
                let mut packages = self.libraries?.importable();
                packages.find(|package| package.rsplit('.').next() == Some(alias))
            });
            let import = import.map_or(String::new(), |package| format!("; write `import data.{package}`"));
            return Some(format!(
                "there is no function `{name}`: neither this file, a library nor the engine has it{import}"
            ));
        };
        let wrong_format = || {
            let (format, values) = format.as_ref().filter(|_| name == "sprintf" && !self.foreign)?;
            format::fault(format, *values)
        };
        wrong_count(name, arity, arguments).or_else(wrong_format)
    }

    fn form(&self, package: &str, rule: &str) -> Option<Form> {
        self.packages(package)
            .find_map(|package| package.rules.get(rule).copied())
    }

    fn packages(&self, name: &str) -> impl Iterator<Item = &'a Package> + use<'a> {
        let libraries = self.libraries.and_then(|names| names.packages.get(name));
        self.own.packages.get(name).into_iter().chain(libraries)
    }

    fn all(&self) -> impl Iterator<Item = (&String, &Package)> {
        self.own
            .packages
            .iter()
            .chain(self.libraries.into_iter().flat_map(|names| &names.packages))
    }
}

fn wrong_count(name: &str, arity: usize, arguments: usize) -> Option<String> {
    // One more takes the result: `f(x, y)` is `y = f(x)`.
    (arguments != arity && arguments != arity + 1)
        .then(|| format!("`{name}` takes {arity} arguments and is given {arguments}"))
}

/// One cycle for each rule that closes one, as the rules on it and the first again.
fn cycles(edges: &BTreeMap<Node, BTreeSet<Node>>) -> Vec<Vec<Node>> {
    let mut done: BTreeSet<&Node> = BTreeSet::new();
    let mut cycles = Vec::new();
    for start in edges.keys() {
        if done.contains(start) {
            continue;
        }
        // The rules on the way here, each with those it leads to that are still to be seen.
        let mut way: Vec<(&Node, Vec<&Node>)> = vec![(start, edges[start].iter().collect())];
        while let Some((node, ahead)) = way.last_mut() {
            let Some(next) = ahead.pop() else {
                done.insert(*node);
                way.pop();
                continue;
            };
            if let Some(at) = way.iter().position(|(node, _)| *node == next) {
                let mut cycle: Vec<Node> = way[at..].iter().map(|(node, _)| (*node).clone()).collect();
                cycle.push(next.clone());
                cycles.push(cycle);
            } else if !done.contains(next)
                && let Some(ahead) = edges.get(next)
            {
                way.push((next, ahead.iter().collect()));
            }
        }
    }
    cycles
}
