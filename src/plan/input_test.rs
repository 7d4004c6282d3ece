//! What people give to plangate, and what becomes of it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::{PlanError, decode, parse};

const PLAN: &str = r#"{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{"root_module":{}},"resource_changes":[{"address":"aws_x.y[\"a\"]","mode":"managed","type":"aws_x","name":"y","index":"a","change":{"actions":["create"],"before":null,"after":{"password":"hunter2"}}}]}"#;

/// The plan's notes and the address of its first change.
fn read(bytes: impl Into<Vec<u8>>) -> Result<(Vec<String>, String), PlanError> {
    let decoded = decode(bytes.into())?;
    let plan = parse(&decoded.text)?;
    let address = plan
        .resource_changes
        .first()
        .map(|change| change.address.to_string())
        .unwrap_or_default();
    Ok((decoded.notes.into_iter().chain(plan.notes).collect(), address))
}

#[track_caller]
fn assert_read(bytes: impl Into<Vec<u8>>, notes: &[&str]) {
    let (found, address) = read(bytes).expect("a plan");
    assert_eq!(found, notes);
    assert_eq!(address, "aws_x.y[\"a\"]");
}

/// The error, of which it is made sure that it gives no secret away and a way out.
#[track_caller]
fn refusal(bytes: impl Into<Vec<u8>>) -> PlanError {
    let error = read(bytes).expect_err("a refusal");
    let message = error.to_string();
    assert!(!message.contains("hunter2"), "{message}");
    assert!(
        ["run `terraform", "give plangate", "upgrade", "again"]
            .iter()
            .any(|way| message.contains(way)),
        "{message}"
    );
    error
}

macro_rules! assert_refused {
    ($bytes:expr, $pattern:pat) => {
        let error = refusal($bytes);
        assert!(matches!(error, $pattern), "{error:?}");
    };
}

#[test]
fn a_plan_is_read_as_it_is() {
    assert_read(PLAN, &[]);
    assert_read(format!("\n {PLAN}\r\n\r\n"), &[]);
    assert_read(PLAN.replace(",\"", ",\r\n  \"").replacen('{', "{\r\n", 1), &[]);
}

#[test]
fn a_plan_with_sorted_keys_is_read() {
    let sorted = PLAN.replacen(
        "{\"format_version\":\"1.2\",",
        "{\"applyable\":true,\"format_version\":\"1.2\",",
        1,
    );
    assert_read(sorted, &[]);
}

#[test]
fn encodings_of_powershell_are_read() {
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    assert_read(utf16(&format!("\u{feff}{PLAN}\r\n")), &[]);
    assert_read(utf16(PLAN), &[]);
    assert_read(format!("\u{feff}{PLAN}"), &[]);
}

#[test]
fn the_lines_of_the_setup_terraform_action_are_ignored() {
    let file = format!(
        "[command]/home/runner/terraform-bin show -json tfplan\n{PLAN}\n\n::debug::Terraform exited with code 0.\n\
         ::debug::stdout: {PLAN}\n::debug::exitcode: 0\n"
    );
    assert_read(
        file,
        &["ignored 1 line before the plan", "ignored 3 lines after the plan"],
    );
    let older = format!("[command]/terraform-bin show -json p\n{PLAN}%0A\n::set-output name=stdout::{PLAN}%0A\n");
    assert_read(
        older,
        &["ignored 1 line before the plan", "ignored 2 lines after the plan"],
    );
}

#[test]
fn an_escaped_copy_of_a_plan_is_not_read() {
    assert_refused!(format!("::set-output name=stdout::{PLAN}%0A\n"), PlanError::NoJson);
}

#[test]
fn colours_and_logs_are_ignored() {
    assert_read(
        format!("\u{1b}[0m\u{1b}[1mInitializing...\u{1b}[0m\nRefreshing state... [id=x]\n\u{1b}[0m{PLAN}\u{1b}[0m\n"),
        &["ignored 3 lines before the plan", "ignored 1 line after the plan"],
    );
    assert_read(
        format!("2026-11-22T17:47:45Z {PLAN}\n"),
        &["ignored 1 line before the plan"],
    );
    assert_read(
        format!("{{\"level\":\"info\",\"msg\":\"downloading\"}}\n{PLAN}\n{{\"level\":\"info\",\"msg\":\"done\"}}\n"),
        &["ignored 1 line before the plan", "ignored 1 line after the plan"],
    );
    assert_read(
        format!("{{\"@level\":\"info\",\"@message\":\"Terraform 1.11.4\"}}\nsome text\n{PLAN}"),
        &["ignored 2 lines before the plan"],
    );
}

#[test]
fn text_for_people_before_the_plan_is_ignored_with_its_braces() {
    let file = format!(
        "Terraform will perform the following actions:\n  + policy = jsonencode(\n    {{\n      + a = 1\n    }}\n  )\n{PLAN}"
    );
    assert_read(file, &["ignored 6 lines before the plan"]);
}

#[test]
fn a_brace_too_many_at_the_very_end_is_ignored_but_not_before() {
    assert_read(format!("{PLAN}\n}}\n"), &["ignored 1 line after the plan"]);
    let early = PLAN.replacen("\"root_module\":{}}", "\"root_module\":{}}}", 1);
    assert_refused!(
        early,
        PlanError::Syntax {
            line: 1,
            column: 90,
            ..
        }
    );
}

#[test]
fn several_plans_in_one_file_are_refused() {
    assert_refused!(format!("{PLAN}\n{PLAN}\n"), PlanError::SeveralDocuments { line: 2 });
    assert_refused!(format!("{PLAN}{PLAN}"), PlanError::SeveralDocuments { line: 1 });
    assert_refused!(
        format!("{PLAN}\nsome text\n\n  {PLAN}"),
        PlanError::SeveralDocuments { line: 4 }
    );
    assert_refused!(format!("[{PLAN},\n{PLAN}]"), PlanError::OtherJson { .. });
    assert_refused!(
        format!("log\n{PLAN}\nlog\n{}", &PLAN[..90]),
        PlanError::SeveralDocuments { line: 4 }
    );
}

#[test]
fn empty_files_are_refused() {
    assert_refused!("", PlanError::Empty);
    assert_refused!(" \r\n\n", PlanError::Empty);
    assert_refused!("\u{feff}", PlanError::Empty);
    assert!(matches!(parse(" "), Err(PlanError::Empty)));
}

#[test]
fn a_binary_plan_is_refused() {
    assert_refused!(b"PK\x03\x04\x14\x00\x08\x00".as_slice(), PlanError::BinaryPlan);
}

#[test]
fn text_for_people_is_refused_with_and_without_colours() {
    let text = "Terraform will perform the following actions:\n\n  # aws_x.y will be created\n  + resource \"aws_x\" \"y\" {\n      + a = jsonencode(\n            {\n              + b = \"hunter2\"\n            }\n        )\n    }\n\nPlan: 1 to add, 0 to change, 0 to destroy.\n";
    assert_refused!(text, PlanError::HumanReadable);
    let coloured = text
        .replace("Terraform", "\u{1b}[1mTerraform\u{1b}[0m")
        .replace('+', "\u{1b}[32m+\u{1b}[0m");
    assert_refused!(coloured, PlanError::HumanReadable);
    assert_refused!(
        "\u{1b}[1mNo changes.\u{1b}[0m Your infrastructure matches the configuration.",
        PlanError::HumanReadable
    );
}

#[test]
fn the_log_of_plan_json_is_refused_also_where_it_is_cut() {
    let log = "{\"@level\":\"info\",\"@message\":\"hunter2\",\"type\":\"version\"}\n{\"@level\":\"info\",\"@message\":\"a\"}\n";
    assert_refused!(log, PlanError::EventLog);
    assert_refused!(&log[..log.len() - 8], PlanError::EventLog);
    assert!(matches!(parse(log), Err(PlanError::EventLog)));
}

#[test]
fn states_are_refused() {
    assert_refused!(
        r#"{"format_version":"1.0","terraform_version":"1.11.4","values":{"root_module":{}}}"#,
        PlanError::State
    );
    assert_refused!(r#"{"format_version":"1.0"}"#, PlanError::State);
    assert_refused!(
        r#"{"version":4,"terraform_version":"1.11.4","serial":3,"lineage":"a","outputs":{}}"#,
        PlanError::State
    );
}

#[test]
fn configuration_is_refused() {
    assert_refused!(
        "# a comment\nresource \"aws_x\" \"y\" {\n  a = \"hunter2\"\n}\n",
        PlanError::Configuration
    );
    assert_refused!("variable \"a\" {}\n", PlanError::Configuration);
    assert_refused!("terraform {\n}\n", PlanError::Configuration);
}

#[test]
fn cloudformation_is_refused() {
    assert_refused!(
        r#"{"AWSTemplateFormatVersion":"2010-09-09","Resources":{}}"#,
        PlanError::CloudFormation
    );
    assert_refused!(
        r#"{"Resources":{"B":{"Type":"AWS::S3::Bucket"}}}"#,
        PlanError::CloudFormation
    );
    assert_refused!("AWSTemplateFormatVersion: '2010-09-09'\n", PlanError::CloudFormation);
    assert_refused!(
        "Resources:\n  B:\n    Type: AWS::S3::Bucket\n",
        PlanError::CloudFormation
    );
}

#[test]
fn a_cut_plan_names_the_byte() {
    for length in [30, 100, PLAN.len() - 1] {
        assert_refused!(&PLAN[..length], PlanError::Truncated { line: 1, .. });
    }
    let error = refusal(&PLAN[..100]);
    assert!(
        error
            .to_string()
            .contains("ends early, at byte 100 (line 1, column 100)"),
        "{error}"
    );
    assert_refused!(
        format!("log\n{}", &PLAN[..100]),
        PlanError::Truncated { byte: 104, line: 2, .. }
    );
}

#[test]
fn other_json_is_named() {
    let found = |text: &str| refusal(text).to_string();
    assert!(found("[]").starts_with("this is a JSON list, not a plan"));
    assert!(found("null").starts_with("this is the JSON value null"));
    assert!(found("\"hunter2\"").starts_with("this is a JSON string"));
    assert!(found("{}").starts_with("this is an empty JSON object"));
    assert!(found("{\"plan\":{},\"run\":{\"a\":\"hunter2\"}}").contains("(its keys: `plan`, `run`)"));
    assert!(found("{\"\\u001b[0ma\":1}").contains("`[0ma`"));
    assert!(found(r#"{"format_version":"1.0","provider_schemas":{}}"#).contains("terraform providers schema -json"));
    assert!(found(r#"{"schema":1,"plangate":"0.1.0","plans":[]}"#).starts_with("this is a report of `plangate check"));
    assert!(found(r#"{"format_version":"1.0","valid":true,"diagnostics":[]}"#).contains("terraform validate -json"));
}

#[test]
fn invalid_json_is_refused_with_its_place() {
    assert_refused!(
        PLAN.replacen("\"1.11.4\"", "hunter2", 1),
        PlanError::Syntax { line: 1, .. }
    );
    assert_refused!(
        format!("log\nlog\n{}", PLAN.replacen(':', "=", 1)),
        PlanError::Syntax { line: 3, .. }
    );
    assert_refused!("hello", PlanError::NoJson);
    assert_refused!("Error: Failed to load plan\n", PlanError::NoJson);
}

#[test]
fn another_shape_is_refused_without_what_was_found() {
    let error = refusal(PLAN.replacen("\"1.11.4\"", "[\"hunter2\"]", 1));
    assert!(error.to_string().contains("expected a string"), "{error}");
    let error = refusal(PLAN.replacen("{\"root_module\":{}}", "\"hunter2, expected hunter2 at line 1\"", 1));
    assert!(matches!(error, PlanError::Shape { .. }), "{error:?}");
    let error = refusal(PLAN.replacen("\"resource_changes\"", "\"planned_values\":{},\"resource_changes\"", 1));
    assert!(
        error.to_string().contains("duplicate field `planned_values`"),
        "{error}"
    );
}

#[test]
fn depth_is_limited() {
    let deep = format!(
        "{{\"configuration\":{{\"root_module\":{{\"resources\":[{{\"expressions\":{}{{}}{}}}]}}}}}}",
        "{\"a\":".repeat(200),
        "}".repeat(200)
    );
    assert_refused!(deep, PlanError::TooDeep { line: 1, .. });
}

#[test]
fn versions_are_checked() {
    let with = |version: &str| PLAN.replacen("\"format_version\":\"1.2\",", version, 1);
    assert_read(with(r#""format_version":"0.1","#), &[]);
    assert_refused!(with(""), PlanError::MissingVersion);
    assert_refused!(with(r#""format_version":null,"#), PlanError::MissingVersion);
    assert_refused!(with(r#""format_version":"hunter2","#), PlanError::MalformedVersion);
    assert_refused!(with(r#""format_version":1.2,"#), PlanError::Shape { .. });
    assert_refused!(
        with(r#""format_version":"2.0","#),
        PlanError::UnsupportedVersion { major: 2, minor: 0 }
    );
    let other_shape = with(r#""format_version":"2.0","configuration":[],"#);
    assert_refused!(other_shape, PlanError::UnsupportedVersion { major: 2, minor: 0 });
    let (notes, _) = read(with(r#""format_version":"1.9","#)).unwrap();
    assert_eq!(notes.len(), 1);
}

#[test]
fn unfinished_plans_are_read_and_then_refused() {
    let with = |members: &str| PLAN.replacen('{', &format!("{{{members},"), 1);
    let finished = |text: &str| parse(text).unwrap().ensure_finished();
    assert!(finished(PLAN).is_ok());
    assert!(finished(&with(r#""errored":false,"complete":true,"applyable":false"#)).is_ok());
    assert!(finished(&with(r#""errored":null,"complete":null"#)).is_ok());
    assert!(matches!(
        finished(&with(r#""errored":true,"complete":false"#)),
        Err(PlanError::Errored)
    ));
    assert!(matches!(
        finished(&with(r#""complete":false"#)),
        Err(PlanError::Incomplete { deferred: 0 })
    ));
    let deferred = with(r#""deferred_changes":[{"reason":"instance_count_unknown","resource_change":null}]"#);
    assert!(matches!(
        finished(&deferred),
        Err(PlanError::Incomplete { deferred: 1 })
    ));
}

#[test]
fn sections_may_be_missing_or_null_and_members_unknown() {
    let null = r#"{"format_version":"0.1","planned_values":{"outputs":null,"root_module":null,"new":[1]},"resource_changes":null,"prior_state":null,"configuration":{"provider_config":null,"root_module":{"outputs":{"a":null},"resources":null,"module_calls":{"m":{"module":null,"expressions":null,"count_expression":null}},"variables":{"v":null}}},"variables":{"v":null},"checks":null,"output_changes":{"a":null},"new":{}}"#;
    match parse(null) {
        Ok(plan) => assert!(plan.prior_state.is_none()),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn null_is_not_absent_in_raw_values() {
    let text =
        r#"{"format_version":"1.2","configuration":{"root_module":{"variables":{"a":{"default":null},"b":{}}}}}"#;
    let plan = parse(text).unwrap();
    let variables = &plan.configuration.as_ref().unwrap().root_module.variables;
    assert_eq!(variables["a"].default.map(|raw| raw.get()), Some("null"));
    assert!(variables["b"].default.is_none());
}

#[test]
fn duplicate_keys_within_values_are_kept_raw() {
    let text = PLAN.replacen("\"after\":{", "\"after\":{\"password\":1,", 1);
    let plan = parse(&text).unwrap();
    let after = plan.resource_changes[0].change.after.unwrap().get();
    assert_eq!(after, r#"{"password":1,"password":"hunter2"}"#);
}

/// The plan with one place changed.
fn changed(from: &str, to: &str) -> String {
    assert!(PLAN.contains(from), "{from}");
    PLAN.replace(from, to)
}

#[test]
fn a_value_that_cannot_be_read_later_is_refused_now() {
    for value in ["1e400", "\"\\ud800\""] {
        let text = changed("\"hunter2\"", &format!("\"hunter2\",\"more\":{value}"));
        assert_refused!(text, PlanError::Syntax { line: 1, .. });
    }
}

#[test]
fn a_change_that_cannot_be_judged_is_refused() {
    for (from, to) in [
        (r#""actions":["create"],"#, ""),
        (r#"["create"]"#, "[]"),
        (r#"["create"]"#, "null"),
        (r#""type":"aws_x""#, r#""type":null"#),
        (r#""address":"aws_x.y[\"a\"]","#, ""),
        (r#""before":null"#, r#""before":"x""#),
        (r#""after":{"password":"hunter2"}"#, r#""after":["hunter2"]"#),
        (r#""before":null"#, r#""after_sensitive":[]"#),
        (r#""before":null"#, r#""before_sensitive":5"#),
        (r#""before":null"#, r#""after_unknown":"x""#),
    ] {
        assert_refused!(changed(from, to), PlanError::Shape { .. });
    }
}

#[test]
fn a_list_is_no_object() {
    for section in [
        r#""resource_changes":[[]]"#,
        r#""configuration":[]"#,
        r#""planned_values":[]"#,
        r#""planned_values":{"root_module":[null]}"#,
        r#""planned_values":{"root_module":{"resources":[["aws_x.y"]]}}"#,
        r#""configuration":{"root_module":{"module_calls":{"a":[]}}}"#,
        r#""planned_values":{},"prior_state":[]"#,
    ] {
        assert_refused!(
            format!(r#"{{"format_version":"1.2",{section}}}"#),
            PlanError::Shape { .. }
        );
    }
}

#[test]
fn a_mode_that_is_not_known_is_noted() {
    let note = "aws_x.y[\"a\"] is of a mode that this plangate does not know, and is not judged";
    assert_read(changed("\"managed\"", "\"guessed\""), &[note]);
}
