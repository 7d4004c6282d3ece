//! `plangate eval`.

use super::support::plangate;

const PLAN: &str = "testdata/quickstart/plan.json";

#[test]
fn a_query_is_answered_and_its_truth_is_the_exit_code() {
    for (query, code, shown) in [
        ("count(input.resources.aws_s3_bucket) > 1", 0, "true\n"),
        (
            "some b in input.resources.aws_s3_bucket; b.name == \"uploads\"; x := b.address; true",
            0,
            "x = \"aws_s3_bucket.uploads\"\n",
        ),
        (
            "tf.get(input.resources.aws_kms_key[0], \"enable_key_rotation\", false)",
            0,
            "true\n",
        ),
        ("1 == 2", 1, "false\n"),
        ("input.resources.aws_nothing", 1, "undefined\n"),
        ("count(data.aws.s3.https_only.deny) > 0", 0, "true\n"),
    ] {
        let run = plangate(&["eval", query, "--plan", PLAN], "");
        assert_eq!(
            (run.code, run.stdout.contains(shown)),
            (code, true),
            "{query}: {}{}",
            run.stdout,
            run.stderr
        );
    }
    let run = plangate(&["eval", "-", "--plan", PLAN, "--format", "json"], "x := 1\nx + 1\n");
    let answers: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(
        answers,
        serde_json::json!({"result": [{"value": 2, "bindings": {"x": 1}}]})
    );
}

#[test]
fn what_cannot_be_asked_shows_the_query_and_the_way_out() {
    for (arguments, said) in [
        (&["eval", "1 + ", "--plan", PLAN][..], "ends before it is complete"),
        (
            &["eval", "tf.gat(1, 2, 3)", "--plan", PLAN],
            "query:1: `data.lib.tf` has no `gat`",
        ),
        (&["eval", "1 + \"a\"", "--plan", PLAN], "1  | 1 + \"a\"\n"),
        (&["eval", "http.send({})", "--plan", PLAN], "`http.send` is refused"),
        (&["eval", "x := x", "--plan", PLAN], "query"),
        (
            &["eval", "true", "--plan", "testdata"],
            "is a folder: name one of its plans",
        ),
        (&["eval", "-", "--plan", "-"], "either the query or the plan"),
        (&["eval", "true"], "--plan"),
    ] {
        let run = plangate(arguments, "");
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.stdout);
        assert!(run.stderr.contains(said), "{arguments:?}: {}", run.stderr);
    }
}
