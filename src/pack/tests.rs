//! Packs, as folders give them.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::model::Map;

const HEAD: &str = "# METADATA
# title: A fault
# scope: package
# custom:
#   severity: high
#   examines: [t]
#   remediation: Mend it.
#   params:
#     days: {type: integer, default: 7, description: The days.}
";

/// A folder that is gone when the test is over.
struct Folder(PathBuf);

impl Folder {
    fn of(files: &[(&str, &str)]) -> Folder {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!(
            "plangate-pack-{}-{}",
            std::process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        );
        let root = std::env::temp_dir().join(name);
        fs::create_dir_all(&root).unwrap();
        for (path, text) in files {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Folder(root)
    }

    fn pack(&self) -> Result<Pack, PackError> {
        Pack::from_dir(&self.0)
    }

    fn problems(&self) -> String {
        self.pack()
            .unwrap_err()
            .to_string()
            .replace(&format!("{}/", self.0.display()), "")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn policy(package: &str) -> String {
    format!("{HEAD}package {package}\n\ndeny contains 1 if false\n")
}

#[test]
fn the_embedded_pack_is_sound() {
    Pack::embedded().unwrap();
}

#[test]
fn the_embedded_pack_says_what_its_folder_says() {
    let folder = Pack::from_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/policies")).unwrap();
    let said = |pack: Pack| {
        let policies = pack.policies.into_iter().map(|policy| Policy {
            path: String::new(),
            text: "".into(),
            tests: None,
            origin: Origin::Embedded,
            ..policy
        });
        policies.map(|policy| format!("{policy:?}")).collect::<Vec<_>>()
    };
    assert_eq!(said(Pack::embedded().unwrap()), said(folder));
}

#[test]
fn a_folder_holds_policies_libraries_facts_and_tests() {
    let folder = Folder::of(&[
        ("a/b/b.rego", &policy("a.b")),
        ("a/b/b_test.rego", "package a.b_test\n"),
        ("a/b/data.json", "{\"x\": [1]}"),
        ("lib/own/own.rego", "package lib.own\n"),
        (".git/x.rego", "no Rego"),
    ]);
    let pack = folder.pack().unwrap();
    let policy = pack.policy("a.b").unwrap();
    assert_eq!(policy.title, "A fault");
    assert_eq!(policy.severity, Severity::High);
    assert_eq!(policy.params["days"].kind, ParamType::Integer);
    assert!(policy.data.as_ref().unwrap().get("x").is_some());
    assert!(policy.tests.as_ref().unwrap().text.contains("a.b_test"));
    assert_eq!(&*pack.libraries[0].package, "lib.own");
}

#[test]
fn all_problems_are_told_at_once_with_file_and_line() {
    let bad = "# METADATA\n# titel: x\n# scope: package\n# custom:\n#   severity: hihg\n#   examines: aws\n\
               #   controls: {cis: [2.1]}\n#   params: {n: {type: integer, default: a, description: d}}\npackage a.bad\n";
    let folder = Folder::of(&[
        ("a/bad/bad.rego", bad),
        ("a/c/c.rego", &policy("a.d")),
        ("a/e/f.rego", &policy("a.e")),
        ("a/g/g.rego", "package a.g\n"),
        ("a/h/h.rego", "deny := 1\n"),
        ("a/i/data.json", "{"),
    ]);
    assert_eq!(
        folder.problems(),
        "a/bad/bad.rego:1: METADATA lacks `remediation`: write `remediation: <one imperative sentence>`
a/bad/bad.rego:1: METADATA lacks `title`: write `title: <the fault in a few words>`
a/bad/bad.rego:2: METADATA has the unknown member `titel`; did you mean title?
a/bad/bad.rego:5: `hihg` is no severity: write info, low, medium, high or critical
a/bad/bad.rego:6: `examines` must be a list of strings: quote what reads as a number
a/bad/bad.rego:7: `cis` must be a list of strings: quote what reads as a number
a/bad/bad.rego:8: parameter `n` needs a `default` of type integer
a/c/c.rego:10: package `a.d` is in the folder of `a.c`: move the file to a/d/d.rego or write `package a.c`
a/e/f.rego:10: the policy `a.e` must be in the file e.rego, not f.rego
a/g/g.rego:1: has no METADATA: begin the comment directly before `package` with the line `# METADATA`
a/h/h.rego:1: the first statement must be `package <name>`
a/i/data.json: has no policy beside it: move it into a policy's folder"
    );
}

#[test]
fn metadata_must_stand_directly_before_package_and_be_yaml() {
    let folder = Folder::of(&[
        ("a/b/b.rego", &format!("{HEAD}\npackage a.b\n")),
        ("a/c/c.rego", "# METADATA\n# title: [\n# scope: package\npackage a.c\n"),
        ("a/d/d.rego", "# METADATA\n# title: x\n# title: y\npackage a.d\n"),
    ]);
    let problems = folder.problems();
    assert!(
        problems.contains("a/b/b.rego:10: METADATA must stand directly before"),
        "{problems}"
    );
    assert!(problems.contains("METADATA is not valid YAML"), "{problems}");
    assert!(problems.contains("duplicate"), "{problems}");
}

#[test]
fn a_policy_may_be_called_test() {
    let folder = Folder::of(&[
        ("a/load_test/load_test.rego", &policy("a.load_test")),
        ("a/load_test/load_test_test.rego", "package a.load_test_test\n"),
    ]);
    let pack = folder.pack().unwrap();
    assert!(pack.policy("a.load_test").unwrap().tests.is_some());
}

#[test]
fn tests_of_nothing_are_an_error() {
    let folder = Folder::of(&[
        ("a/b/b.rego", &policy("a.b")),
        ("a/b/c_test.rego", "package a.b_test\n"),
        ("lib/own.rego", "package lib.own\n"),
        ("lib/own_test.rego", "package lib.own_test\n"),
        ("lib/onw_test.rego", "package lib.own_test\n"),
    ]);
    assert_eq!(
        folder.problems(),
        "a/b/c_test.rego: tests nothing: there is no c.rego beside it
lib/onw_test.rego: tests nothing: there is no onw.rego beside it"
    );
}

#[test]
fn a_policy_in_a_library_s_package_is_an_error() {
    let problems = Folder::of(&[("lib/mine/mine.rego", &policy("lib.mine"))]).problems();
    assert!(
        problems.starts_with("lib/mine/mine.rego:10: is a policy by its METADATA"),
        "{problems}"
    );
    let documented = "# METADATA\n# title: What we share\npackage lib.own\n";
    assert!(Folder::of(&[("lib/own.rego", documented)]).pack().is_ok());
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_an_error() {
    let folder = Folder::of(&[("a/b/b.rego", &policy("a.b"))]);
    for name in ["more", ".#lock", "notes.txt"] {
        std::os::unix::fs::symlink("nowhere", folder.0.join(name)).unwrap();
    }
    let problems = folder.problems();
    assert!(problems.starts_with("more: cannot be read: "), "{problems}");
    assert_eq!(problems.lines().count(), 1, "{problems}");
}

#[test]
fn a_folder_without_policies_is_an_error() {
    assert!(Folder::of(&[("readme.md", "x")]).problems().contains("holds no policy"));
    assert!(
        Pack::from_dir("no/such/folder")
            .unwrap_err()
            .to_string()
            .contains("no such folder")
    );
}

#[test]
fn a_file_that_is_not_utf8_is_an_error() {
    let folder = Folder::of(&[]);
    fs::create_dir_all(folder.0.join("a")).unwrap();
    fs::write(folder.0.join("a/a.rego"), b"package a\n\xff").unwrap();
    assert!(folder.problems().contains("a/a.rego:2: is not UTF-8"));
}

#[test]
fn a_name_that_rego_keeps_for_itself_is_an_error() {
    assert!(
        Folder::of(&[("a/import/import.rego", &policy("a.import"))])
            .problems()
            .contains("`import` in package")
    );
}

#[test]
fn the_same_id_in_two_packs_is_an_error() {
    let files = [("a/b/b.rego", policy("a.b"))];
    let folder = Folder::of(&[(files[0].0, &files[0].1)]);
    let error = folder.pack().unwrap().merge(folder.pack().unwrap()).unwrap_err();
    assert!(error.to_string().contains("`a.b` is also the name of"));
}

/// The ids that the names and controls select, or the error.
fn selected(pack: &Pack, only: &[&str], controls: &[&str], skip: &[&str]) -> Result<String, String> {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let filter = Filter {
        only: &owned(only),
        controls: &owned(controls),
        skip: &owned(skip),
        ..Filter::default()
    };
    let pack = pack.select(filter).map_err(|error| error.to_string())?;
    let ids: Vec<&str> = pack.policies.iter().map(|policy| &*policy.id).collect();
    Ok(ids.join(" "))
}

#[test]
fn controls_select_by_standard_number_and_what_is_within_it() {
    let serving = |package: &str, controls: &str| {
        policy(package).replace("#   params", &format!("#   controls: {controls}\n#   params"))
    };
    let folder = Folder::of(&[
        (
            "a/b/b.rego",
            &serving("a.b", "{cis_aws: ['2.1.4'], nist_800_53: ['AC-6(1)']}"),
        ),
        ("a/c/c.rego", &serving("a.c", "{cis_aws: ['2.10']}")),
        ("a/d/d.rego", &policy("a.d")),
    ]);
    let pack = folder.pack().unwrap();
    let ids = |controls: &[&str]| selected(&pack, &[], controls, &[]);
    assert_eq!(ids(&["cis_aws:2.1.4"]).unwrap(), "a.b");
    assert_eq!(ids(&["cis_aws:2.1"]).unwrap(), "a.b");
    assert_eq!(ids(&["cis_aws"]).unwrap(), "a.b a.c");
    assert_eq!(ids(&["nist_800_53:AC-6", "cis_aws:2.10"]).unwrap(), "a.b a.c");
    assert_eq!(selected(&pack, &["a.c", "a.d"], &["cis_aws"], &[]).unwrap(), "a.c");
    assert_eq!(selected(&pack, &[], &["cis_aws"], &["a.b"]).unwrap(), "a.c");
    assert_eq!(
        ids(&["cis_aws:2.1.5"]).unwrap_err(),
        "--control cis_aws:2.1.5: no policy serves it; did you mean cis_aws:2.1.4 or cis_aws:2.10?"
    );
    assert_eq!(
        ids(&["2.1.4"]).unwrap_err(),
        "--control 2.1.4: no policy serves it; write it as STANDARD:CONTROL, the standards are cis_aws, nist_800_53"
    );
}

#[test]
fn names_select_by_id_and_by_what_stands_before_a_dot() {
    let folder = Folder::of(&[("a/b/b.rego", &policy("a.b")), ("a/bc/bc.rego", &policy("a.bc"))]);
    let pack = folder.pack().unwrap();
    let ids = |only: &[&str], skip: &[&str]| selected(&pack, only, &[], skip);
    assert_eq!(ids(&[], &[]).unwrap(), "a.b a.bc");
    assert_eq!(ids(&["a.b"], &[]).unwrap(), "a.b");
    assert_eq!(ids(&["a"], &["a.b"]).unwrap(), "a.bc");
    assert_eq!(
        ids(&["a.x"], &[]).unwrap_err(),
        "--only a.x: no such policy; did you mean a.b or a.bc?"
    );
    assert_eq!(
        ids(&[], &["a"]).unwrap_err(),
        "no policy is selected: --only, --control and --skip leave out all 2"
    );
}

#[test]
fn parameters_are_filled_in_and_checked() {
    let pack = Folder::of(&[("a/b/b.rego", &policy("a.b"))]).pack().unwrap();
    let set = |id: &str, name: &str, value: Value| {
        let values = Map::from([(Arc::from(name), value)]);
        pack.params(&BTreeMap::from([(id.to_owned(), values)]))
            .map_err(|error| error.to_string())
    };
    let days = |params: &Value| params.get("a.b").unwrap().get("days").unwrap().clone();
    assert_eq!(days(&pack.params(&BTreeMap::new()).unwrap()), Value::Number(7.into()));
    assert_eq!(
        days(&set("a.b", "days", Value::Number(9.into())).unwrap()),
        Value::Number(9.into())
    );
    assert!(
        set("a.c", "days", Value::Null)
            .unwrap_err()
            .contains("no such policy; did you mean a.b?")
    );
    assert!(
        set("a.b", "day", Value::Null)
            .unwrap_err()
            .contains("has no parameter `day`; did you mean days?")
    );
    assert!(
        set("a.b", "days", Value::from("9"))
            .unwrap_err()
            .contains("must be of type integer")
    );
}
