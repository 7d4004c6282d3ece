//! Compiles the embedded policies, so that a check need not: to the code of the engine's machine, mended and trimmed.

use std::fmt::Write as _;
use std::ops::Range;

use regorus::Engine;
use regorus::languages::rego::compiler::Compiler;

use crate::link::Linked;
use crate::mend::mend;
use crate::tokens::{Kind, Token, tokens};
use crate::trim::trim;
use crate::{names, native};

/// The code of all policies: one entry, the set of pairs of each policy that the input asks for and the object of its
/// verdicts.
///
/// # Errors
///
/// Where they do not compile, or compile to what is not known to be right.
pub(crate) fn compile(linked: &Linked) -> Result<Vec<u8>, String> {
    let (package, asked) = (names::PACKAGE, names::ASKED);
    let rules = with_calls_of_walk(&linked.rules).ok_or("`walk` is not called as expected")?;
    let mut text = format!("package {package}\n\n{rules}");
    for (file, verdicts) in &linked.verdicts {
        if let Some((id, _)) = file.rsplit_once('/').filter(|(folder, _)| *folder != "lib") {
            let id = id.replace('/', ".");
            let _ = writeln!(
                text,
                "{asked} contains [\"{id}\", {verdicts}] if input.{package}[\"{id}\"]"
            );
        }
    }
    let entry = format!("data.{package}.{asked}");
    let mut engine = Engine::new();
    let policy = engine
        .add_policy("policies".to_owned(), text)
        .and_then(|_| engine.compile_with_entrypoint(&entry.as_str().into()))
        .map_err(|error| error.to_string())?;
    let program = Compiler::compile_from_policy(&policy, &[&entry]).map_err(|error| error.to_string())?;
    let mut program = (*program).clone();
    native::rename(&mut program.builtin_info_table);
    mend(&mut program)?;
    trim(&mut program)?;
    program.serialize_binary()
}

/// The text with `walk(value, [path, found])` as `some [path, found] in f(value)`: the machine has no `walk`. None where
/// it stands otherwise.
fn with_calls_of_walk(text: &str) -> Option<String> {
    let walk = native::stand_in(names::WALK)?;
    let tokens = tokens(text);
    let word = |token: &Token| &text[token.start..token.end];
    let mut written = String::with_capacity(text.len());
    let mut done = 0;
    for (at, token) in tokens.iter().enumerate() {
        if token.kind != Kind::Word || word(token) != "walk" {
            continue;
        }
        let inside = arguments(&tokens[at + 1..], &word)?;
        let (value, pair) = text[inside.clone()].rsplit_once(", [")?;
        written.push_str(&text[done..token.start]);
        written.push_str(&format!("some [{pair} in {walk}({value})"));
        done = inside.end + 1;
    }
    written.push_str(&text[done..]);
    Some(written)
}

/// What is within the parentheses that come first.
fn arguments<'t>(tokens: &[Token], word: &impl Fn(&Token) -> &'t str) -> Option<Range<usize>> {
    let open = tokens.first().filter(|token| word(token) == "(")?;
    let close = tokens[1..]
        .iter()
        .find(|token| word(token) == ")" && token.depth == open.depth)?;
    Some(open.end..close.start)
}
