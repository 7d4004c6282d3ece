//! `plangate lint`: it finds each planted mistake where it is, and nothing in the policies that ship.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::support::{Folder, demo, plangate};

/// The mistakes that a file's comments tell of: `# expect: LINT ...` on the line, `# expect-before: LINT` on the next.
fn expected(text: &str) -> BTreeSet<(u64, String)> {
    let mut expected = BTreeSet::new();
    for (number, line) in (1..).zip(text.lines()) {
        for (sign, line_of) in [("# expect: ", number), ("# expect-before: ", number - 1)] {
            let lints = line.split_once(sign).map(|(_, lints)| lints.split_whitespace());
            expected.extend(lints.into_iter().flatten().map(|lint| (line_of, lint.to_owned())));
        }
    }
    expected
}

#[test]
fn what_is_handed_to_a_negated_call_may_be_absent() {
    let (_folder, path) = demo("lint-negated");
    let run = plangate(&["lint", &path], "");
    assert_eq!(run.code, 1, "{}", run.stderr);
    let said = "named.rego:17:6: holds where the argument is absent, too";
    assert!(run.stdout.contains(said), "{}", run.stdout);
}

#[test]
fn each_planted_mistake_is_found_at_its_line_and_nothing_else() {
    let cases = Path::new("testdata/lint");
    let mut number = 0;
    let mut wrong = Vec::new();
    for case in fs::read_dir(cases).unwrap().map(|entry| entry.unwrap().path()) {
        let file = case.join("demo/named/named.rego");
        let expected = expected(&fs::read_to_string(&file).unwrap());
        assert!(!expected.is_empty(), "{} has no mistake", case.display());
        number += expected.len();
        let run = plangate(&["lint", case.to_str().unwrap(), "--format", "json"], "");
        assert_eq!(run.code, 1, "{}: {}", case.display(), run.stderr);
        let found: Value = serde_json::from_str(&run.stdout).unwrap();
        let found = found["problems"].as_array().unwrap().iter();
        let of_file = found.filter(|fault| Path::new(fault["path"].as_str().unwrap()) == file);
        let found: BTreeSet<(u64, String)> = of_file
            .map(|fault| {
                (
                    fault["line"].as_u64().unwrap(),
                    fault["lint"].as_str().unwrap().to_owned(),
                )
            })
            .collect();
        if found != expected {
            wrong.push(format!(
                "{}: expected {expected:?}, found {found:?}\n{}",
                case.display(),
                run.stdout
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(number >= 50, "{number}");
}

#[test]
fn nothing_is_found_in_the_policies_that_ship() {
    let run = plangate(&["lint", "policies"], "");
    assert_eq!((run.code, &*run.stderr), (0, ""), "{}", run.stdout);
    assert!(run.stdout.ends_with(" policies, 0 problems\n"), "{}", run.stdout);
}

#[test]
fn what_a_folder_lacks_is_said() {
    let (folder, demo) = demo("lint-lacks");
    let names = |folder: &str| -> BTreeSet<String> {
        let run = plangate(&["lint", folder, "--format", "json"], "");
        let found: Value = serde_json::from_str(&run.stdout).unwrap();
        let found = found["problems"].as_array().unwrap().iter();
        found.map(|fault| fault["lint"].as_str().unwrap().to_owned()).collect()
    };
    let lacks = names(&demo);
    for lint in ["missing-test", "missing-fixture", "page", "metadata"] {
        assert!(lacks.contains(lint), "{lint}: {lacks:?}");
    }
    fs::create_dir_all(folder.path("demo/named/fail_nothing")).unwrap();
    folder.write("demo/named/pass_notes.txt", "no case");
    let text = plangate(&["lint", &demo], "").stdout;
    for file in ["main.tf", "plan.json"] {
        let missing = format!(
            "{}: is missing",
            folder.path(&format!("demo/named/fail_nothing/{file}"))
        );
        assert!(text.contains(&missing), "{text}");
    }
    assert!(!text.contains("pass_notes"), "{text}");
    fs::remove_dir(folder.path("demo/named/fail_nothing")).unwrap();
    folder.write("demo/named/main.tf", "resource \"aws_s3_bucket\" \"pass_x\" {}\n");
    let lacks = names(&demo);
    assert!(
        lacks.contains("missing-plan") && lacks.contains("no-failing-fixture"),
        "{lacks:?}"
    );
}

#[test]
fn every_format_has_the_place_and_the_way_out() {
    let case = "testdata/lint/argument_misspelt_in_get";
    let text = plangate(&["lint", case], "").stdout;
    assert!(
        text.contains("named.rego:23:30: `aws_s3_bucket` has no argument `force_destory`; did you mean force_destroy"),
        "{text}"
    );
    let (line, mark) = text
        .lines()
        .collect::<Vec<_>>()
        .windows(2)
        .find_map(|pair| Some((pair[0].find("force_destory")?, pair[1].find('^')?)))
        .unwrap();
    assert_eq!(line, mark, "{text}");
    let sarif: Value = serde_json::from_str(&plangate(&["lint", case, "--format", "sarif"], "").stdout).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let result = results
        .iter()
        .find(|result| result["ruleId"] == "unknown-argument")
        .unwrap();
    assert_eq!(result["locations"][0]["physicalLocation"]["region"]["startLine"], 23);
    let github = plangate(&["lint", case, "--format", "github"], "").stdout;
    assert!(
        github.contains("named.rego,line=23,col=30,title=unknown-argument::"),
        "{github}"
    );
}

#[test]
fn fix_mends_the_layout_and_nothing_else() {
    let folder = Folder::new("lint-fix");
    let case = |name: &str| fs::read_to_string(format!("testdata/lint/{name}/demo/named/named.rego")).unwrap();
    for name in ["blanks_at_end", "indented_by_blanks", "blank_lines"] {
        let path = folder.write("demo/named/named.rego", &case(name));
        plangate(&["lint", &folder.path(""), "--fix"], "");
        let mended = fs::read_to_string(&path).unwrap();
        assert_ne!(mended, case(name));
        let without = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(without(&mended), without(&case(name)));
        let again = plangate(&["lint", &folder.path(""), "--fix"], "");
        assert!(!again.stdout.contains("--fix"), "{}", again.stdout);
    }
}

#[test]
fn lints_are_explained_and_wrong_arguments_refused() {
    let run = plangate(&["lint", "--explain", "nested-loop"], "");
    assert!(run.code == 0 && run.stdout.contains("Right:"), "{}", run.stdout);
    for (arguments, expected) in [
        (&["lint", "--explain", "nested-lop"][..], "did you mean nested-loop?"),
        (&["lint", "no-such-folder"], "there is no such folder"),
        (&["lint", "policies", "--format", "xml"], "sarif"),
    ] {
        let run = plangate(arguments, "");
        assert_eq!((run.code, &*run.stdout), (2, ""), "{arguments:?}");
        assert!(run.stderr.contains(expected), "{arguments:?}\n{}", run.stderr);
    }
}

#[test]
fn a_fault_that_is_meant_to_be_there_is_taken_back() {
    let folder = Folder::new("lint-ignore");
    let text = fs::read_to_string("testdata/lint/loop_in_loop/demo/named/named.rego").unwrap();
    let text = text.replace(
        "# expect: nested-loop",
        "# plangate:lint-ignore nested-loop there are few",
    );
    folder.write("demo/named/named.rego", &text);
    let run = plangate(&["lint", &folder.path("")], "");
    assert!(!run.stdout.contains("named.rego:"), "{}", run.stdout);
}
