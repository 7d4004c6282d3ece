//! The whole report, as JSON.

use super::{Options, Report};

/// The JSON Schema (draft 2020-12) that every report in this format satisfies.
pub const SCHEMA: &str = include_str!("report.schema.json");

/// A row is hardly longer than so many bytes.
const ROW: usize = 1 << 10;

/// The report as pretty JSON, with a newline at its end. The options change nothing: it is always all of it.
pub fn render(report: &Report, _options: &Options) -> Vec<u8> {
    // To make room for more would copy all of it.
    let rows: usize = report.plans.iter().map(|plan| plan.results.len()).sum();
    let mut bytes = Vec::with_capacity(rows * ROW);
    match serde_json::to_writer_pretty(&mut bytes, report) {
        Ok(()) => {
            bytes.push(b'\n');
            bytes
        }
        // Nothing in a report can be refused; were it so, no reader must take this for a report.
        Err(error) => format!("the report is no JSON: {error}\n").into_bytes(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::testing::{not_applicable, plan, row, waiver};
    use super::super::*;
    use super::*;
    use crate::model::Value;
    use crate::pack::Severity;

    fn every_verdict() -> Report {
        let fail = Row {
            key: Some("ingress[0]".into()),
            since: Some(Since::Introduced),
            message: Some("it is open".into()),
            attribute: Some("ingress[0].cidr_blocks".into()),
            found: Value::Array(vec![Value::from("0.0.0.0/0"), Value::sensitive()]),
            expected: Value::Bool(false),
            remediation: Some("Close it.".into()),
            source: Some(Source {
                file: "main.tf".into(),
                line: 12,
            }),
            ..row("a.fail", "x.y[\"ü\"]", Verdict::Fail, Severity::Critical)
        };
        let unknown = Row {
            message: Some("it may be open".into()),
            cause: Some("aws_kms_key.main.arn is known after apply".into()),
            ..row("a.unknown", "x.y", Verdict::Unknown, Severity::Info)
        };
        let broke = Row {
            address: None,
            message: Some("boom".into()),
            ..row("a.error", "", Verdict::Error, Severity::Low)
        };
        let pass = Row {
            since: Some(Since::Fixed),
            ..row("a.pass", "plan", Verdict::Pass, Severity::High)
        };
        let waived = Row {
            message: Some("it is open".into()),
            waiver: Some(waiver()),
            fingerprint: fingerprint(None, &Value::from("0.0.0.0/0")),
            ..row("a.waived", "x.y", Verdict::Waived, Severity::Low)
        };
        let rows = vec![fail, unknown, broke, waived, pass, not_applicable("a.none")];
        let plans = vec![plan("plan.json", rows), PlanReport::unreadable("b.json", "it is empty")];
        let time = std::time::Duration::from_micros(1500);
        let policy = "a.fail".to_owned();
        Report {
            timings: Some(Timings {
                stages: vec![StageTime { stage: "load", time }],
                policies: vec![PolicyTime { policy, time }],
            }),
            ..Report::new("2026-11-22", plans, &Gate::default())
        }
    }

    fn json(text: &[u8]) -> serde_json::Value {
        serde_json::from_slice(text).unwrap()
    }

    /// The schema, with every object closed: our own report has no member that the schema does not describe.
    fn closed(mut schema: serde_json::Value) -> serde_json::Value {
        if let Some(members) = schema.as_object_mut() {
            if members.contains_key("properties") && members.get("type") == Some(&"object".into()) {
                members.insert("additionalProperties".to_owned(), false.into());
            }
            members.values_mut().for_each(|member| *member = closed(member.take()));
        } else if let Some(elements) = schema.as_array_mut() {
            elements
                .iter_mut()
                .for_each(|element| *element = closed(element.take()));
        }
        schema
    }

    /// The report with a member more in each of its objects.
    fn with_more(report: &serde_json::Value) -> serde_json::Value {
        let mut report = report.clone();
        for pointer in [
            "",
            "/counts",
            "/plans/0",
            "/plans/0/results/1",
            "/plans/0/results/1/source",
        ] {
            let object = report.pointer_mut(pointer).and_then(|object| object.as_object_mut());
            object.unwrap().insert("more".to_owned(), 1.into());
        }
        report
    }

    #[test]
    fn added_members_satisfy_the_schema_and_are_noticed_here() {
        let report = json(&render(&every_verdict(), &Options::default()));
        let schema = json(SCHEMA.as_bytes());
        let open = jsonschema::validator_for(&schema).unwrap();
        assert!(open.is_valid(&with_more(&report)));
        let closed = jsonschema::validator_for(&closed(schema)).unwrap();
        assert!(closed.is_valid(&report));
        assert_eq!(closed.iter_errors(&with_more(&report)).count(), 5);
    }

    #[test]
    fn every_verdict_satisfies_the_schema() {
        let schema = json(SCHEMA.as_bytes());
        jsonschema::meta::validate(&schema).unwrap();
        let schema = closed(schema);
        let validator = jsonschema::validator_for(&schema).unwrap();
        let report = json(&render(&every_verdict(), &Options::default()));
        let errors: Vec<String> = validator
            .iter_errors(&report)
            .map(|error| format!("{error} at {}", error.instance_path()))
            .collect();
        assert_eq!(errors, Vec::<String>::new());
    }

    #[test]
    fn schema_refuses_what_is_no_report() {
        let validator = jsonschema::validator_for(&json(SCHEMA.as_bytes())).unwrap();
        let report = json(&render(&every_verdict(), &Options::default()));
        for (pointer, wrong) in [
            ("/schema", "2"),
            ("/exit", "3"),
            ("/counts", "{}"),
            ("/plans/0/results/0/verdict", "\"failed\""),
            ("/plans/0/results/0/message", "null"),
            ("/plans/0/results/0/source", "{\"file\": \"main.tf\"}"),
            ("/plans/0/results/0/fingerprint", "\"ed63\""),
            ("/plans/0/results/5/waiver", "null"),
        ] {
            let mut broken = report.clone();
            *broken.pointer_mut(pointer).unwrap() = json(wrong.as_bytes());
            assert!(!validator.is_valid(&broken), "{pointer} = {wrong}");
        }
    }

    #[test]
    fn schema_names_every_member() {
        let schema = json(SCHEMA.as_bytes());
        let report = json(&render(&every_verdict(), &Options::default()));
        let names =
            |value: &serde_json::Value| -> BTreeSet<String> { value.as_object().unwrap().keys().cloned().collect() };
        assert_eq!(names(&schema["properties"]), names(&report));
        assert_eq!(
            names(&schema["$defs"]["plan"]["properties"]),
            names(&report["plans"][0])
        );
        assert_eq!(
            names(&schema["$defs"]["row"]["properties"]),
            names(&report["plans"][0]["results"][0])
        );
    }

    #[test]
    fn time_and_colour_leave_the_bytes_alone() {
        let other = Options {
            all: true,
            colour: true,
            width: Some(80),
            elapsed: Some(std::time::Duration::from_millis(14)),
            ..Options::default()
        };
        assert_eq!(
            render(&every_verdict(), &Options::default()),
            render(&every_verdict(), &other)
        );
    }

    #[test]
    fn verdicts_are_snake_case_and_null_is_written() {
        let report = Report {
            timings: None,
            ..every_verdict()
        };
        let text = String::from_utf8(render(&report, &Options::default())).unwrap();
        assert!(text.contains("\"verdict\": \"not_applicable\""), "{text}");
        assert!(text.contains("\"since\": null"), "{text}");
        assert!(text.ends_with("\"exit\": 2\n}\n"), "{text}");
    }
}
