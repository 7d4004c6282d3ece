//! The configuration file and waivers, as their users meet them.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use super::support::{Folder, Run};

const PLAN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/quickstart/plan.json");

/// Runs plangate in a folder, at a day.
fn at(folder: &Folder, arguments: &[&str]) -> Run {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_plangate"))
        .current_dir(folder.path(""))
        .args(arguments)
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    Run {
        code: status.code().unwrap(),
        stdout: String::from_utf8(stdout).unwrap(),
        stderr: String::from_utf8(stderr).unwrap(),
    }
}

fn check(folder: &Folder, more: &[&str]) -> Run {
    at(folder, &[&["check", PLAN, "--as-of", "2026-11-28"], more].concat())
}

fn json(run: &Run) -> serde_json::Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", run.stdout, run.stderr))
}

/// A folder that no configuration stands above.
fn folder(name: &str, config: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write(".git/HEAD", "");
    folder.write("plangate.toml", config);
    folder
}

const ONLY: &str = "[policies]\nonly = [\"aws.s3.lifecycle\"]\n";

fn waiver(more: &str) -> String {
    format!(
        "{ONLY}\n[[waiver]]\npolicy = \"aws.s3.lifecycle\"\naddress = \"aws_s3_bucket.*\"\nreason = \"Scratch\"\nowner = \"ops\"\n{more}"
    )
}

#[test]
fn file_is_found_upwards_and_flags_win_over_it() {
    let folder = folder(
        "config-found",
        "[policies]\nonly = [\"aws.s3\"]\n[gate]\nfail_on = \"critical\"\n",
    );
    folder.write("deep/er/x", "");
    let run = at(&folder, &["check", PLAN]);
    assert_eq!(run.code, 0, "{}", run.stdout);
    let deep = Command::new(env!("CARGO_BIN_EXE_plangate"))
        .current_dir(folder.path("deep/er"))
        .args(["check", PLAN])
        .output()
        .unwrap();
    assert_eq!(deep.status.code(), Some(0));
    assert_eq!(check(&folder, &["--fail-on", "low"]).code, 1);
    assert_eq!(check(&folder, &["--no-config"]).code, 1);
    let other = folder.write("other.toml", ONLY);
    let list = at(&folder, &["list", "--config", &other]);
    assert!(list.stdout.contains("\n1 policy"), "{}", list.stdout);
    let none = at(&folder, &["check", PLAN, "--config", "none.toml"]);
    assert_eq!((none.code, &*none.stdout), (2, ""));
    assert!(none.stderr.contains("none.toml cannot be read"), "{}", none.stderr);
}

#[cfg(unix)]
#[test]
fn link_that_leads_nowhere_is_no_configuration_of_nothing() {
    for name in ["plangate.toml", "plangate.waivers.toml"] {
        let folder = folder("config-link", ONLY);
        let _ = fs::remove_file(folder.path(name));
        std::os::unix::fs::symlink("nowhere.toml", folder.path(name)).unwrap();
        let run = check(&folder, &[]);
        assert_eq!((run.code, &*run.stdout), (2, ""));
        assert!(run.stderr.contains(&format!("{name} cannot be read")), "{}", run.stderr);
    }
}

#[test]
fn wrong_file_is_exit_2_with_its_place() {
    let folder = folder(
        "config-wrong",
        "[gate]\nfail-on = \"high\"\n\n[policy.\"aws.s3.lifecycl\"]\n",
    );
    let run = check(&folder, &[]);
    assert_eq!((run.code, &*run.stdout), (2, ""));
    assert!(
        run.stderr
            .contains("plangate.toml:2:1: `fail-on` is no key of gate; did you mean fail_on?"),
        "{}",
        run.stderr
    );
    folder.write("plangate.toml", "\n[policy.\"aws.s3.lifecycl\"]\nseverity = \"low\"\n");
    let run = check(&folder, &[]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr
            .contains("plangate.toml:2: there is no policy `aws.s3.lifecycl`; did you mean aws.s3.lifecycle"),
        "{}",
        run.stderr
    );
    folder.write(
        "plangate.toml",
        "[policy.\"aws.s3.encryption\"]\nparams.require_kms = 3\n",
    );
    let run = check(&folder, &[]);
    assert!(
        run.stderr
            .contains("plangate.toml:2: parameter `require_kms` of `aws.s3.encryption` must be of type boolean"),
        "{}",
        run.stderr
    );
}

#[test]
fn severity_enforcement_and_unknown_are_set() {
    let of = |more: &str| {
        folder(
            "config-set",
            &format!("[policies]\nonly = [\"aws.s3.lifecycle\"]\n{more}"),
        )
    };
    let advisory = of("[policy.\"aws.s3.lifecycle\"]\nseverity = \"critical\"\nenforcement = \"advisory\"\n");
    let run = check(&advisory, &["--format", "json"]);
    assert_eq!(run.code, 0);
    let report = json(&run);
    let row = &report["plans"][0]["results"][0];
    assert_eq!(
        (&row["verdict"], &row["severity"]),
        (&"fail".into(), &"critical".into())
    );
    let soft = of("[policy.\"aws.s3.lifecycle\"]\nenforcement = \"soft\"\n");
    assert_eq!(check(&soft, &[]).code, 1);
    let run = check(
        &soft,
        &["--override", "aws.s3.lifecycle=agreed in OPS-7", "--format", "json"],
    );
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(json(&run)["overrides"][0]["reason"], "agreed in OPS-7");
    assert!(
        run.stderr.contains("aws.s3.lifecycle is overridden: agreed in OPS-7"),
        "{}",
        run.stderr
    );
    assert_eq!(check(&soft, &["--override", "aws.s3.lifecycle"]).code, 2);
    let mandatory = of("");
    let run = check(&mandatory, &["--override", "aws.s3.lifecycle=please"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("only a soft policy can be overridden"),
        "{}",
        run.stderr
    );
    let unknown = folder(
        "config-unknown",
        "[policies]\nonly = [\"aws.security_group.open_ingress\"]\n[gate]\nunknown = { default = \"pass\", critical = \"fail\" }\n",
    );
    assert_eq!(check(&unknown, &[]).code, 1);
    assert_eq!(check(&unknown, &["--unknown", "pass"]).code, 0);
}

#[test]
fn waiver_excuses_and_is_shown() {
    let folder = folder("waiver", &waiver("expires = 2027-01-31\n"));
    let run = check(&folder, &["--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let report = json(&run);
    assert_eq!(
        (&report["counts"]["waived"], &report["counts"]["fail"]),
        (&2.into(), &0.into())
    );
    let row = &report["plans"][0]["results"][0];
    assert_eq!(row["waiver"]["source"]["file"], "plangate.toml");
    assert_eq!(row["waiver"]["source"]["line"], 4);
    let table = check(&folder, &[]).stdout;
    for part in ["waived", "Scratch", "ops", "2027-01-31"] {
        assert!(table.contains(part), "{part}: {table}");
    }
    let audit = check(&folder, &["--no-waivers"]);
    assert_eq!(audit.code, 1, "{}", audit.stdout);
    let due = check(&folder, &["--waivers-due", "90"]);
    assert!(
        due.stderr
            .contains("note: plangate.toml:4: the waiver of aws.s3.lifecycle at aws_s3_bucket.* ends on 2027-01-31"),
        "{}",
        due.stderr
    );
}

#[test]
fn waiver_that_is_expired_unmatched_voided_or_without_reason_is_never_silent() {
    for (more, code, kind, says) in [
        (
            "expires = \"2026-11-27\"\n",
            1,
            "expired",
            "expired on 2026-11-27; what it excused counts again",
        ),
        (
            "key = \"none\"\n",
            1,
            "unmatched",
            "excuses nothing: delete it, or correct its policy or address",
        ),
        (
            "fingerprint = \"0123456789abcdef\"\n",
            1,
            "voided",
            "is for the value 0123456789abcdef, and aws.s3.lifecycle at",
        ),
    ] {
        let folder = folder("waiver-told", &waiver(more));
        let run = check(&folder, &["--format", "json"]);
        assert_eq!(run.code, code, "{kind}: {}", run.stderr);
        assert_eq!(json(&run)["waivers"][0]["kind"], kind);
        assert!(run.stderr.contains("warning: plangate.toml:4: "), "{}", run.stderr);
        assert!(run.stderr.contains(says), "{says}: {}", run.stderr);
        let quiet = check(&folder, &["--no-waivers"]);
        assert!(!quiet.stderr.contains("plangate.toml"), "{}", quiet.stderr);
    }
    let without = waiver("").replace("reason = \"Scratch\"\n", "");
    let run = check(&folder("waiver-told", &without), &[]);
    assert_eq!((run.code, &*run.stdout), (2, ""));
    assert!(
        run.stderr.contains("plangate.toml:4:1: `reason` is missing"),
        "{}",
        run.stderr
    );
}

#[test]
fn waiver_of_a_policy_that_is_left_out_is_not_told_and_a_misspelt_one_is() {
    let other = |policy: &str| waiver("").replace("policy = \"aws.s3.lifecycle\"", &format!("policy = \"{policy}\""));
    let run = check(&folder("waiver-left-out", &other("aws.s3.versioning")), &[]);
    assert!(!run.stderr.contains("excuses nothing"), "{}", run.stderr);
    let run = check(&folder("waiver-left-out", &other("aws.s3.versionin")), &[]);
    assert!(
        run.stderr
            .contains("the waiver of aws.s3.versionin at aws_s3_bucket.* excuses nothing: no policy is called so; did you mean aws.s3.versioning"),
        "{}",
        run.stderr
    );
}

#[test]
fn of_several_waivers_the_first_counts_and_the_other_is_told() {
    let both = |first: &str, second: &str| {
        let second = waiver(second).replace(ONLY, "");
        let run = check(
            &folder("waiver-twice", &format!("{}{second}", waiver(first))),
            &["--format", "json"],
        );
        (json(&run), run)
    };
    let (report, run) = both("", "");
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(report["plans"][0]["results"][0]["waiver"]["source"]["line"], 4);
    assert_eq!(report["waivers"].as_array().unwrap().len(), 1);
    assert!(
        run.stderr.contains(
            "plangate.toml:10: the waiver of aws.s3.lifecycle at aws_s3_bucket.* excuses nothing, since the one at \
             plangate.toml:4 excuses the same and counts"
        ),
        "{}",
        run.stderr
    );
    let (report, run) = both("expires = \"2026-11-27\"\n", "");
    assert_eq!((run.code, report["waivers"].as_array().unwrap().len()), (0, 1));
    assert!(
        run.stderr
            .contains("plangate.toml:4: the waiver of aws.s3.lifecycle at aws_s3_bucket.* expired on 2026-11-27; the one at plangate.toml:11 excuses the same"),
        "{}",
        run.stderr
    );
}

#[test]
fn names_that_the_file_misspells_are_refused_at_its_line() {
    for (key, name, says) in [
        (
            "only",
            "aws.s3.versionning",
            "no such policy; did you mean aws.s3.versioning",
        ),
        (
            "skip",
            "aws.s3.versionning",
            "no such policy; did you mean aws.s3.versioning",
        ),
        ("controls", "cis_aws:2.1.99", "no policy serves it"),
    ] {
        let folder = folder("config-names", &format!("[policies]\n\n{key} = [\"{name}\"]\n"));
        let run = check(&folder, &[]);
        let wanted = format!("plangate.toml:3: policies.{key} {name}: {says}");
        assert_eq!((run.code, &*run.stdout), (2, ""));
        assert!(run.stderr.contains(&wanted), "{}", run.stderr);
        let flag = if key == "controls" {
            "--control"
        } else {
            &format!("--{key}")
        };
        let run = check(&folder, &[flag, name]);
        assert!(run.stderr.contains(&format!("{flag} {name}: {says}")), "{}", run.stderr);
    }
}

/// The first block of that kind on a page.
fn block<'p>(page: &'p str, kind: &str) -> &'p str {
    let start = format!("```{kind}\n");
    page.split_once(&start).unwrap().1.split_once("```").unwrap().0
}

#[test]
fn examples_of_the_pages_are_read_and_run() {
    let of_config = include_str!("../../docs/config.md");
    let folder = folder("config-page", block(of_config, "toml"));
    let shown = at(&folder, &["config", "show"]);
    assert_eq!(shown.code, 0, "{}", shown.stderr);
    assert!(shown.stdout.contains("plangate.toml:11"), "{}", shown.stdout);
    let of_waivers = include_str!("../../docs/waivers.md");
    folder.write("plangate.toml", block(of_waivers, "toml"));
    fs::copy(PLAN, folder.path("plan.json")).unwrap();
    let command = block(of_waivers, "sh").replace("\\\n", " ");
    let shell = Command::new("sh")
        .current_dir(folder.path(""))
        .args([
            "-c",
            &command.replace("plangate waive", &format!("{} waive", env!("CARGO_BIN_EXE_plangate"))),
        ])
        .output()
        .unwrap();
    assert!(shell.status.success(), "{}", String::from_utf8_lossy(&shell.stderr));
    let run = at(
        &folder,
        &[
            "check",
            "plan.json",
            "--only",
            "aws.s3.versioning",
            "--as-of",
            "2026-11-28",
        ],
    );
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
}

#[test]
fn waiver_is_written_from_a_finding() {
    let folder = folder("waive", ONLY);
    let waive = |more: &[&str]| {
        let base = [
            "waive",
            PLAN,
            "--as-of",
            "2026-11-28",
            "--reason",
            "Say \"no\"",
            "--owner",
            "ops",
        ];
        at(&folder, &[&base[..], more].concat())
    };
    let none = waive(&["aws.s3.lifecycle", "aws_s3_bucket.other"]);
    assert_eq!(none.code, 2);
    assert!(
        none.stderr
            .contains("it does at aws_s3_bucket.reports, aws_s3_bucket.uploads"),
        "{}",
        none.stderr
    );
    let past = waive(&["aws.s3.lifecycle", "aws_s3_bucket.reports", "--expires", "2026-01-01"]);
    assert!(past.code == 2 && past.stderr.contains("is past"), "{}", past.stderr);
    let first = waive(&[
        "aws.s3.lifecycle",
        "aws_s3_bucket.reports",
        "--expires",
        "2027-01-31",
        "--ticket",
        "OPS-1",
    ]);
    assert_eq!(first.code, 0, "{}", first.stderr);
    assert_eq!(check(&folder, &[]).code, 1, "the other bucket still fails");
    assert_eq!(waive(&["aws.s3.lifecycle", "aws_s3_bucket.uploads"]).code, 0);
    let run = check(&folder, &[]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let before = fs::read_to_string(folder.path("plangate.waivers.toml")).unwrap();
    let again = waive(&["aws.s3.lifecycle", "aws_s3_bucket.uploads"]);
    assert!(
        again.code == 0
            && again
                .stderr
                .contains("the waiver stands already, at plangate.waivers.toml:9"),
        "{}",
        again.stderr
    );
    let longer = waive(&["aws.s3.lifecycle", "aws_s3_bucket.reports", "--expires", "2027-06-30"]);
    assert!(
        longer.code == 2
            && longer
                .stderr
                .contains("waived already by plangate.waivers.toml:1, until 2027-01-31"),
        "{}",
        longer.stderr
    );
    assert_eq!(
        fs::read_to_string(folder.path("plangate.waivers.toml")).unwrap(),
        before
    );
    let misspelt = waive(&["aws.s3.lifecycl", "aws_s3_bucket.uploads"]);
    assert!(
        misspelt.code == 2 && misspelt.stderr.contains("did you mean aws.s3.lifecycle"),
        "{}",
        misspelt.stderr
    );
    folder.write("plangate.toml", "[policies]\nonly = [\"aws.s3.versioning\"]\n");
    let of_value = waive(&["aws.s3.versioning", "aws_s3_bucket.uploads", "--fingerprint"]);
    assert_eq!(of_value.code, 0, "{}", of_value.stderr);
    assert_eq!(check(&folder, &[]).code, 0);
    let written = fs::read_to_string(folder.path("plangate.waivers.toml")).unwrap();
    assert!(written.contains("\nfingerprint = \""), "{written}");
    assert!(
        written.contains("reason = 'Say \"no\"'\n") || written.contains("reason = \"Say \\\"no\\\"\"\n"),
        "{written}"
    );
}

#[test]
fn comment_in_the_configuration_is_a_waiver() {
    let folder = folder("waiver-comment", ONLY);
    let quickstart = Path::new(PLAN).parent().unwrap();
    fs::copy(PLAN, folder.path("plan.json")).unwrap();
    let hcl = fs::read_to_string(quickstart.join("main.tf")).unwrap();
    let with = |comment: &str| {
        let block = "resource \"aws_s3_bucket\" \"reports\" {";
        assert!(hcl.contains(block));
        folder.write("main.tf", &hcl.replace(block, &format!("{comment}\n{block}")));
        at(
            &folder,
            &["check", "plan.json", "--as-of", "2026-11-28", "--format", "json"],
        )
    };
    let run = with("# plangate:ignore aws.s3.lifecycle reason=\"Made anew each night\" expires=2027-01-31");
    assert_eq!(json(&run)["counts"]["waived"], 1, "{}", run.stderr);
    let run = with("// plangate:ignore aws.s3.lifecycle reason=\"Made anew\" expires=2026-01-31");
    assert_eq!(
        json(&run)["plans"][0]["waivers"][0]["kind"],
        "expired",
        "{}",
        run.stderr
    );
    let run = with("/* plangate:ignore aws.s3.lifecycle reason=\"Made anew\"\n   and not kept\n*/");
    assert_eq!(json(&run)["counts"]["waived"], 1, "{}", run.stderr);
    let run = with("# plangate:ignore aws.s3.lifecycl reason=\"Made anew\"");
    assert_eq!((run.code, json(&run)["counts"]["waived"].clone()), (1, 0.into()));
    assert!(run.stderr.contains("did you mean aws.s3.lifecycle"), "{}", run.stderr);
    for near in [
        "plangate: ignore",
        "plangate-ignore",
        "plangate:skip",
        "Plangate:ignore",
        "plangate ignore",
    ] {
        let run = with(&format!("# {near} aws.s3.lifecycle reason=\"Made anew\""));
        let wanted = format!("`{near} aws.s3.lifecycle` is no waiver: write # plangate:ignore POLICY");
        assert!(run.code == 2 && run.stderr.contains(&wanted), "{}", run.stderr);
    }
    for prose in [
        "plangate ignores this",
        "plangate",
        "plangate: see the wiki",
        "plangate-like skip",
    ] {
        let run = with(&format!("# {prose}"));
        assert_eq!(run.code, 1, "{prose}: {}", run.stderr);
    }
    let run = with("# plangate:ignore aws.s3.lifecycle");
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("main.tf:"), "{}", run.stderr);
    assert!(run.stderr.contains("gives no reason"), "{}", run.stderr);
}

#[test]
fn config_is_made_shown_and_described() {
    let folder = Folder::new("config-init");
    folder.write(".git/HEAD", "");
    assert_eq!(at(&folder, &["config", "init"]).code, 0);
    let again = at(&folder, &["config", "init"]);
    assert!(
        again.code == 2 && again.stderr.contains("is there already"),
        "{}",
        again.stderr
    );
    assert_eq!(check(&folder, &[]).code, 1, "a new file changes nothing");
    folder.write("plangate.toml", "[gate]\nunknown = \"fail\"\nfail_on = \"high\"\n");
    let shown = at(&folder, &["config", "show", "--fail-on", "medium"]).stdout;
    let line = |key: &str| {
        let line = shown
            .lines()
            .find(|line| line.starts_with(key))
            .unwrap_or_else(|| panic!("{key}: {shown}"));
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(line("gate.fail_on"), "gate.fail_on \"medium\" --fail-on");
    assert_eq!(line("gate.unknown"), "gate.unknown \"fail\" plangate.toml:2");
    assert_eq!(line("gate.nothing"), "gate.nothing \"warn\" default");
    let as_json = at(&folder, &["config", "show", "--format", "json"]);
    assert!(
        json(&as_json)
            .as_array()
            .unwrap()
            .iter()
            .any(|entry| entry["by"] == "plangate.toml:3")
    );
    let schema = json(&at(&folder, &["config", "schema"]));
    assert_eq!(schema["title"], "plangate.toml");
}
