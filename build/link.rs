//! Links the embedded policies: their rules and those of the libraries become rules of one package, under names of which
//! no two are the same, since the engine's compiler takes a rule that is named through an import for a whole package.

use std::collections::BTreeMap;

use crate::heads;
use crate::names::RULES;
use crate::native;
use crate::tokens::{Kind, Token, tokens};

/// What the linked rules are called, with their number.
const NAME: &str = "R";

/// A file of Rego.
pub(crate) struct File {
    /// The path under the folder of policies.
    pub(crate) name: String,
    pub(crate) text: String,
    /// Whether it has facts, a `data.json`, beside it.
    pub(crate) has_facts: bool,
}

/// The rules of all files.
#[derive(Default)]
pub(crate) struct Linked {
    pub(crate) rules: String,
    /// By file, the object of the verdicts that a check reads.
    pub(crate) verdicts: BTreeMap<String, String>,
}

/// Links the files.
///
/// # Errors
///
/// Where a file has something that the linking would change the meaning of.
pub(crate) fn link(files: &[File]) -> Result<Linked, String> {
    let mut packages: BTreeMap<String, Package> = BTreeMap::new();
    let mut parsed = Vec::new();
    let mut count = 0;
    for file in files {
        let module = Module::read(file)?;
        if native::names_a_stand_in(&module.text) {
            return Err(format!("{}: calls a built-in that stands for one of ours", file.name));
        }
        let package = packages.entry(module.package.clone()).or_default();
        package.has_facts |= file.has_facts;
        for statement in &module.statements {
            package.rules.entry(statement.name.clone()).or_insert_with(|| {
                count += 1;
                let native = native::of_rule(&module.package, &statement.name);
                native.map_or_else(|| format!("{NAME}{count}"), str::to_owned)
            });
        }
        parsed.push((file, module));
    }
    let mut linked = Linked::default();
    for (file, module) in &parsed {
        let rules = &packages[&module.package].rules;
        let is_written = |statement: &&Statement| native::of_rule(&module.package, &statement.name).is_none();
        for statement in module.statements.iter().filter(is_written) {
            let written = module.written(statement, &packages);
            linked.rules += &written.map_err(|why| format!("{}: {why}", file.name))?;
        }
        let verdicts = RULES.iter().filter_map(|name| {
            let rule = rules.get(*name)?;
            Some(format!("\"{name}\": {rule}"))
        });
        let verdicts = Vec::from_iter(verdicts).join(", ");
        linked.verdicts.insert(file.name.clone(), format!("{{{verdicts}}}"));
    }
    linked.rules =
        heads::rewrite(&linked.rules).map_err(|line| format!("a set is not in braces: linked line {line}"))?;
    Ok(linked)
}

#[derive(Default)]
struct Package {
    /// By name, what they are called in the linked text.
    rules: BTreeMap<String, String>,
    has_facts: bool,
}

struct Module {
    text: String,
    tokens: Vec<Token>,
    package: String,
    /// By alias, the imported package.
    imports: BTreeMap<String, String>,
    statements: Vec<Statement>,
}

/// A definition of a rule, with its `else`.
struct Statement {
    name: String,
    /// The tokens that it goes over.
    first: usize,
    last: usize,
}

impl Module {
    fn read(file: &File) -> Result<Module, String> {
        let text = without_comments(&file.text);
        let mut module = Module {
            tokens: tokens(&text),
            text,
            package: String::new(),
            imports: BTreeMap::new(),
            statements: Vec::new(),
        };
        let tokens = &module.tokens;
        let begins = |at: &usize| {
            let token = &tokens[*at];
            let at_margin = token.start == 0 || module.text.as_bytes()[token.start - 1] == b'\n';
            token.kind == Kind::Word && token.depth == 0 && at_margin && module.word(*at) != "else"
        };
        let starts: Vec<usize> = (0..tokens.len()).filter(begins).collect();
        let ends = starts.iter().skip(1).copied().chain([tokens.len()]);
        let (mut package, mut imports, mut statements) = (None, BTreeMap::new(), Vec::new());
        for (first, last) in starts.iter().copied().zip(ends) {
            match module.word(first) {
                "package" => package = Some(module.path(first + 1).join(".")),
                "import" => {
                    let path = module.path(first + 1);
                    let after = first + 2 * path.len();
                    let alias = match module.word(after) {
                        "as" => module.word(after + 1).to_owned(),
                        _ => path.last().copied().unwrap_or_default().to_owned(),
                    };
                    match path.strip_prefix(&["data"]) {
                        Some(package) => drop(imports.insert(alias, package.join("."))),
                        None => return Err(format!("{}: imports what is no package", file.name)),
                    }
                }
                "default" => statements.push((module.word(first + 1).to_owned(), first, last)),
                name => statements.push((name.to_owned(), first, last)),
            }
        }
        module.package = package.ok_or_else(|| format!("{}: has no package", file.name))?;
        module.imports = imports;
        module.statements = statements
            .into_iter()
            .map(|(name, first, last)| Statement { name, first, last })
            .collect();
        Ok(module)
    }

    fn word(&self, at: usize) -> &str {
        let token = self.tokens.get(at);
        token.map_or("", |token| &self.text[token.start..token.end])
    }

    /// The names from a token on that dots join.
    fn path(&self, at: usize) -> Vec<&str> {
        let mut path = vec![self.word(at)];
        let mut next = at + 1;
        while self.word(next) == "." && self.tokens.get(next + 1).is_some_and(|token| token.kind == Kind::Word) {
            path.push(self.word(next + 1));
            next += 2;
        }
        path
    }

    /// A statement with its rules under their new names.
    fn written(&self, statement: &Statement, packages: &BTreeMap<String, Package>) -> Result<String, String> {
        let own = &packages[&self.package].rules;
        let mut written = String::new();
        let mut done = self.tokens[statement.first].start;
        let mut at = statement.first;
        while at < statement.last {
            let token = &self.tokens[at];
            let word = self.word(at);
            let is_member = at > 0 && self.word(at - 1) == "." && self.tokens[at - 1].end == token.start;
            if token.kind != Kind::Word || is_member {
                at += 1;
                continue;
            }
            if word
                .strip_prefix(NAME)
                .is_some_and(|rest| rest.parse::<usize>().is_ok())
            {
                return Err(format!("`{word}` is a name that linking gives"));
            }
            let path = self.path(at);
            let found = match (word, self.imports.get(word)) {
                ("data", _) => self
                    .in_data(&path[1..], packages)?
                    .map(|(rule, parts)| (rule, parts + 1)),
                (_, Some(package)) => {
                    let rule = path.get(1).and_then(|name| packages.get(package)?.rules.get(*name));
                    let rule = rule.ok_or_else(|| format!("`{}` is no rule of `{package}`", path.join(".")))?;
                    Some((rule, 2))
                }
                _ => own.get(word).map(|rule| (rule, 1)),
            };
            let Some((rule, parts)) = found else {
                at += 1;
                continue;
            };
            written.push_str(&self.text[done..token.start]);
            written.push_str(rule);
            at += 2 * parts - 1;
            done = self.tokens[at - 1].end;
        }
        let end = self
            .tokens
            .get(statement.last)
            .map_or(self.text.len(), |token| token.start);
        written.push_str(&self.text[done..end]);
        Ok(written)
    }

    /// The rule that a path under `data` names, and how many of its parts do; none where it names facts.
    fn in_data<'p>(
        &self,
        path: &[&str],
        packages: &'p BTreeMap<String, Package>,
    ) -> Result<Option<(&'p String, usize)>, String> {
        let package = (1..path.len()).rev().find_map(|length| {
            let package = packages.get(&path[..length].join("."))?;
            Some((package, length))
        });
        let (package, length) = package.ok_or_else(|| format!("`data.{}` is in no package", path.join(".")))?;
        match package.rules.get(path[length]) {
            Some(rule) => Ok(Some((rule, length + 1))),
            None if package.has_facts => Ok(None),
            None => Err(format!("`data.{}` is neither a rule nor a fact", path.join("."))),
        }
    }
}

/// The text without its comments: what follows a rule is written with it.
fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut done = 0;
    for comment in tokens(text).iter().filter(|token| token.kind == Kind::Comment) {
        kept.push_str(&text[done..comment.start]);
        done = comment.end;
    }
    kept.push_str(&text[done..]);
    kept
}
