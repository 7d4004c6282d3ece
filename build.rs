//! Embeds the policies: every file under `policies/` that a check needs, in order, with no list to edit; and their rules
//! once more, compiled, beside what else each start would have to work out.

#[path = "build/code.rs"]
mod code;
#[path = "build/forms.rs"]
mod forms;
#[path = "src/engine/heads.rs"]
#[allow(dead_code, reason = "the engine uses more of it")]
mod heads;
#[path = "build/link.rs"]
mod link;
#[path = "build/mend.rs"]
mod mend;
#[path = "src/engine/code/names.rs"]
mod names;
#[path = "build/native.rs"]
mod native;
#[path = "build/places.rs"]
mod places;
#[path = "src/engine/sure.rs"]
mod sure;
#[path = "src/engine/syntax.rs"]
#[allow(dead_code, reason = "the engine uses more of it")]
mod syntax;
#[path = "src/engine/tokens.rs"]
mod tokens;
#[path = "build/trim/mod.rs"]
mod trim;

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use serde_json::Value as Json;

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("policies");
    for source in [
        "build.rs",
        "build/code.rs",
        "build/forms.rs",
        "build/link.rs",
        "build/mend.rs",
        "build/native.rs",
        "build/places.rs",
        "build/trim",
        "src/author/schema/aws.gz",
        "src/engine/code/names.rs",
        "src/engine/heads.rs",
        "src/engine/sure.rs",
        "src/engine/syntax.rs",
        "src/engine/tokens.rs",
    ] {
        println!("cargo::rerun-if-changed={source}");
    }
    println!("cargo::rerun-if-changed={}", root.display());

    let mut found = Vec::new();
    if root.is_dir() {
        walk(&root, &mut found)?;
    }
    let mut files = Vec::new();
    for file in found {
        let name = file
            .strip_prefix(&root)?
            .to_str()
            .ok_or("a policy's path is not UTF-8")?;
        files.push((name.replace('\\', "/"), file));
    }
    files.sort();

    let mut table = String::from("&[\n");
    let mut rego = Vec::new();
    for (name, file) in files {
        let text = fs::read_to_string(&file)?.replace("\r\n", "\n");
        let (code, metadata) = (without_comments(&text), metadata(&text));
        writeln!(table, "    ({name:?}, {code:?}, {metadata}),")?;
        if name.ends_with(".rego") {
            let has_facts = file.with_file_name("data.json").is_file();
            rego.push(link::File { name, text, has_facts });
        }
    }
    table.push_str("]\n");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("policies.rs"), table)?;
    fs::write(out.join("forms.rs"), forms::of_libraries(&rego)?)?;
    // To unpack it would be a tenth of what a check takes that has a policy of the user's.
    let schema = fs::read(Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("src/author/schema/aws.gz"))?;
    io::copy(
        &mut GzDecoder::new(&schema[..]),
        &mut fs::File::create(out.join("schema.txt"))?,
    )?;
    fs::write(out.join("policies.code"), code::compile(&link::link(&rego)?)?)?;
    Ok(())
}

/// The text with each line that is a comment left empty, since half of it would be read at each start; as it is where a
/// string may go over lines.
fn without_comments(text: &str) -> String {
    let is_comment = |line: &&str| line.trim_start().starts_with('#');
    let opens_string = |line: &str| line.contains('`') && !line.matches('`').count().is_multiple_of(2);
    if text.lines().any(|line| !is_comment(&line) && opens_string(line)) {
        return text.to_owned();
    }
    let lines = text.lines().map(|line| if is_comment(&line) { "" } else { line });
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// The METADATA of a policy as a literal of `Embedded`, since to read it at each start costs as much as a plan; `None`
/// where it is none, or not as it should be, which is said when the policy is loaded.
fn metadata(text: &str) -> String {
    let lines = text.lines().skip_while(|line| line.trim_end() != "# METADATA").skip(1);
    let comment = lines.map_while(|line| line.strip_prefix('#'));
    let yaml: String = comment
        .flat_map(|line| [line.strip_prefix(' ').unwrap_or(line), "\n"])
        .collect();
    let literal = yaml_serde::from_str(&yaml).ok().and_then(|top| embedded(&top));
    literal.map_or("None".to_owned(), |literal| format!("Some({literal})"))
}

fn embedded(top: &Json) -> Option<String> {
    let custom = &top["custom"];
    let related = top["related_resources"].as_array().map_or(Some(Vec::new()), |list| {
        list.iter()
            .map(|entry| string(&entry["ref"]))
            .collect::<Option<Vec<_>>>()
    });
    let controls = members(&custom["controls"]).map(|(name, ids)| Some((name, strings(ids)?)));
    let params = members(&custom["params"]).map(|(name, param)| {
        let default = param.get("default")?.to_string();
        Some((name, string(&param["type"])?, default, string(&param["description"])?))
    });
    let controls = controls.collect::<Option<Vec<_>>>()?;
    let controls = controls.iter().map(|(name, ids)| format!("({name:?}, &{ids:?})"));
    Some(format!(
        "Embedded {{ title: {:?}, description: {:?}, severity: {:?}, since: {:?}, examines: &{:?}, remediation: {:?}, \
         example: {:?}, reports: &{:?}, related: &{:?}, controls: &[{}], params: &{:?} }}",
        string(&top["title"])?,
        string(&top["description"]).unwrap_or_default(),
        string(&custom["severity"])?,
        string(&custom["since"]).unwrap_or_default(),
        strings(&custom["examines"])?,
        string(&custom["remediation"])?,
        string(&custom["example"]),
        strings(&custom["reports"]).unwrap_or_default(),
        related?,
        controls.collect::<Vec<_>>().join(", "),
        params.collect::<Option<Vec<_>>>()?,
    ))
}

/// A text, without the line's end that YAML puts behind a block.
fn string(value: &Json) -> Option<&str> {
    value.as_str().map(str::trim_end)
}

fn strings(value: &Json) -> Option<Vec<&str>> {
    value.as_array()?.iter().map(Json::as_str).collect()
}

fn members(value: &Json) -> impl Iterator<Item = (&String, &Json)> {
    value.as_object().into_iter().flatten()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, files)?;
        } else if is_embedded(&path) {
            files.push(path);
        }
    }
    Ok(())
}

/// Tests are not; a policy that is itself called `..._test` stands in a folder of its name.
fn is_embedded(file: &Path) -> bool {
    let stem = file.file_stem().unwrap_or_default();
    let is_test = || stem.to_string_lossy().ends_with("_test") && file.parent().and_then(Path::file_name) != Some(stem);
    file.ends_with("data.json") || (file.extension().is_some_and(|end| end == "rego") && !is_test())
}
