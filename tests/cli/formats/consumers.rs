//! Each format, read as its consumer reads it: by the shape that its specification gives, or by a parser of such reports.

use std::collections::BTreeSet;

use jsonschema::Validator;
use plangate::report::{Gate, Report, Row, Verdict, json, markdown};
use pulldown_cmark::{Event, Parser};
use serde_json::Value as Json;

use crate::beside;

/// What reads the formats; it is made once, since a schema takes time to compile.
pub(crate) struct Consumers {
    report: Validator,
    row: Validator,
    sarif: Vec<Validator>,
    sast: Vec<Validator>,
    codequality: Validator,
    /// GitLab's own, of an entry of the code quality report.
    codeclimate: Vec<Validator>,
}

impl Consumers {
    pub(crate) fn new() -> Self {
        let schema = parse(json::SCHEMA.as_bytes());
        let mut row = schema["$defs"]["row"].clone();
        row["$defs"] = schema["$defs"].clone();
        let mut sarif = vec![validator(&parse(include_bytes!(
            "../../../testdata/schemas/sarif.json"
        )))];
        let mut sast = vec![validator(&parse(include_bytes!(
            "../../../testdata/schemas/gitlab-sast.json"
        )))];
        let mut codeclimate = Vec::new();
        if let Some(official) = beside::folder("schemas") {
            for (file, validators) in [
                ("sarif-schema-2.1.0.json", &mut sarif),
                ("sast-report-format.json", &mut sast),
                ("codeclimate.json", &mut codeclimate),
            ] {
                match std::fs::read(official.join(file)) {
                    Ok(schema) => validators.push(validator(&parse(&schema))),
                    Err(_) => beside::skipped(&format!("{file} is not in schemas/")),
                }
            }
        }
        Consumers {
            report: validator(&schema),
            row: validator(&row),
            sarif,
            sast,
            codeclimate,
            codequality: validator(&parse(include_bytes!(
                "../../../testdata/schemas/gitlab-codequality.json"
            ))),
        }
    }

    /// Panics where the consumer of that format would not take the bytes, or would miss something of the report.
    pub(crate) fn open(&self, format: &str, bytes: &[u8], report: &Report, gate: &Gate) {
        match format {
            "table" => assert!(!bytes.is_empty()),
            "json" => valid(&self.report, &parse(bytes)),
            "jsonl" => self.jsonl(bytes, report),
            "sarif" => self.sarif(bytes, report),
            "junit" => junit(bytes, report, gate),
            "github" => github(bytes),
            "github-summary" => markdown(bytes, report, 1_048_576),
            "gitlab-codequality" => self.codequality(bytes, report),
            "gitlab-sast" => self.sast(bytes, report),
            "markdown" => {
                assert!(bytes.starts_with(markdown::MARKER.as_bytes()));
                markdown(bytes, report, 65_536);
            }
            "csv" => csv(bytes, report),
            "html" => html(bytes, report),
            other => panic!("no consumer reads {other}: write one"),
        }
    }

    fn jsonl(&self, bytes: &[u8], report: &Report) {
        let text = std::str::from_utf8(bytes).unwrap();
        let lines: Vec<Json> = text.lines().map(|line| parse(line.as_bytes())).collect();
        let of_type = |kind: &str| lines.iter().filter(|line| line["type"] == kind).collect::<Vec<_>>();
        for line in of_type("result") {
            let mut row = line.clone();
            row.as_object_mut()
                .unwrap()
                .retain(|name, _| name != "type" && name != "plan");
            valid(&self.row, &row);
        }
        assert_eq!(of_type("result").len(), rows(report).count());
        assert_eq!(of_type("plan").len(), report.plans.len());
        let end = lines.last().unwrap();
        assert_eq!(
            (&end["type"], &end["exit"]),
            (&"end".into(), &report.exit.code().into())
        );
        assert_eq!(lines.len(), rows(report).count() + report.plans.len() + 1);
    }

    fn sarif(&self, bytes: &[u8], report: &Report) {
        let log = parse(bytes);
        self.sarif.iter().for_each(|schema| valid(schema, &log));
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        let results = run["results"].as_array().unwrap();
        let is_finding = |row: &&Row| matches!(row.verdict, Verdict::Fail | Verdict::Unknown | Verdict::Waived);
        assert_eq!(results.len(), rows(report).filter(is_finding).count());
        let mut fingerprints = BTreeSet::new();
        for result in results {
            let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
            assert_eq!(rule["id"], result["ruleId"]);
            fingerprints.insert(result["partialFingerprints"].to_string());
        }
        assert_eq!(fingerprints.len(), results.len(), "two findings have one fingerprint");
        let suppressed = results
            .iter()
            .filter(|result| result["suppressions"][0].is_object())
            .count();
        assert_eq!(suppressed, report.counts.waived);
        let with = results
            .iter()
            .filter(|result| result.get("suppressions").is_some())
            .count();
        assert!(with == 0 || with == results.len());
        assert_eq!(run["invocations"][0]["exitCode"], report.exit.code());
        let errors = run["invocations"][0]["toolExecutionNotifications"].as_array().unwrap();
        let errors = errors.iter().filter(|notification| notification["level"] == "error");
        assert_eq!(errors.count() > 0, report.exit.code() == 2);
    }

    fn codequality(&self, bytes: &[u8], report: &Report) {
        let issues = parse(bytes);
        valid(&self.codequality, &issues);
        let issues = issues.as_array().unwrap();
        for schema in &self.codeclimate {
            issues.iter().for_each(|issue| valid(schema, issue));
        }
        let fingerprints: BTreeSet<_> = issues.iter().map(|issue| issue["fingerprint"].to_string()).collect();
        assert_eq!(fingerprints.len(), issues.len(), "GitLab would drop one of two");
        assert!(issues.len() >= report.counts.fail + report.counts.unknown + report.counts.error);
    }

    fn sast(&self, bytes: &[u8], report: &Report) {
        let scan = parse(bytes);
        self.sast.iter().for_each(|schema| valid(schema, &scan));
        let found = scan["vulnerabilities"].as_array().unwrap().len();
        assert_eq!(found, report.counts.fail + report.counts.unknown);
        assert_eq!(scan["scan"]["status"] == "failure", report.exit.code() == 2);
    }
}

fn rows(report: &Report) -> impl Iterator<Item = &Row> {
    report.plans.iter().flat_map(|plan| &plan.results)
}

fn parse(bytes: &[u8]) -> Json {
    serde_json::from_slice(bytes).unwrap()
}

fn validator(schema: &Json) -> Validator {
    jsonschema::validator_for(schema).unwrap()
}

fn valid(schema: &Validator, instance: &Json) {
    let errors: Vec<String> = schema
        .iter_errors(instance)
        .take(5)
        .map(|error| format!("{error} at {}", error.instance_path()))
        .collect();
    assert_eq!(errors, Vec::<String>::new());
}

/// By a parser of such reports, and by the elements and attributes that the schema of Jenkins' xUnit plugin has.
fn junit(bytes: &[u8], report: &Report, gate: &Gate) {
    let suites = junit_parser::from_reader(bytes).unwrap();
    assert_eq!(suites.suites.len(), report.plans.len());
    let failing = rows(report).filter(|row| gate.shuts(row)).count();
    assert_eq!(suites.failures, u64::try_from(failing).unwrap());
    assert_eq!(suites.errors > 0, report.exit.code() == 2);
    let text = std::str::from_utf8(bytes).unwrap();
    let document = roxmltree::Document::parse(text).unwrap();
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        let (within, attributes): (&[&str], &[&str]) = match node.tag_name().name() {
            "testsuites" => (&[""], &["name", "tests", "failures", "errors"]),
            "testsuite" => (
                &["testsuites"],
                &["name", "tests", "failures", "errors", "skipped", "timestamp"],
            ),
            "testcase" => (&["testsuite"], &["classname", "name"]),
            "failure" | "error" | "skipped" => (&["testcase"], &["type", "message"]),
            other => panic!("no element of JUnit: {other}"),
        };
        let parent = node.parent_element().map_or("", |parent| parent.tag_name().name());
        assert!(within.contains(&parent), "{} in {parent}", node.tag_name().name());
        let given: Vec<&str> = node.attributes().map(|attribute| attribute.name()).collect();
        assert_eq!(given, attributes);
        let children = |name: &str| {
            node.descendants()
                .filter(|child| child.has_tag_name(name))
                .count()
                .to_string()
        };
        if node.tag_name().name().starts_with("testsuite") {
            assert_eq!(node.attribute("tests"), Some(&*children("testcase")));
            assert_eq!(node.attribute("failures"), Some(&*children("failure")));
            assert_eq!(node.attribute("errors"), Some(&*children("error")));
        }
    }
}

/// As the runner reads a command: `::name key=value,key=value::message`, with what would end a part escaped.
fn github(bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).unwrap();
    for line in text.lines() {
        let rest = line.strip_prefix("::").unwrap();
        let (command, message) = rest.split_once("::").unwrap();
        let (name, properties) = command.split_once(' ').unwrap();
        assert!(matches!(name, "error" | "warning" | "notice"), "{line}");
        assert!(!message.is_empty(), "{line}");
        for property in properties.split(',') {
            let (key, value) = property.split_once('=').unwrap();
            assert!(matches!(key, "file" | "line" | "title") && !value.is_empty(), "{line}");
            assert!(
                key != "line" || value.parse::<u32>().is_ok_and(|line| line > 0),
                "{line}"
            );
            assert!(!value.contains(':'), "{line}");
        }
        let escapes = line.split('%').skip(1);
        let known = ["25", "0D", "0A", "3A", "2C"];
        assert!(
            escapes
                .into_iter()
                .all(|rest| known.iter().any(|known| rest.starts_with(known))),
            "{line}"
        );
    }
    for level in ["::error ", "::warning ", "::notice "] {
        assert!(text.lines().filter(|line| line.starts_with(level)).count() <= 10);
    }
}

/// By a parser of CommonMark: all that comes from a plan is in blocks of HTML, and these are well formed and know only
/// what GitHub lets through.
fn markdown(bytes: &[u8], report: &Report, most: usize) {
    assert!(bytes.len() <= most, "{} bytes", bytes.len());
    let text = std::str::from_utf8(bytes).unwrap();
    let mut blocks = String::new();
    for event in Parser::new(text) {
        match event {
            Event::Html(html) => blocks.push_str(&html),
            Event::InlineHtml(html) => panic!("HTML within Markdown: {html}"),
            Event::Start(tag) => {
                let tag = format!("{tag:?}");
                let known = ["Heading", "Paragraph", "HtmlBlock", "Strong"];
                assert!(known.iter().any(|known| tag.starts_with(known)), "{tag}\n{text}");
            }
            _ => {}
        }
    }
    let known = ["table", "tr", "th", "td", "code", "details", "summary", "b", "ul", "li"];
    let blocks = blocks.replace(markdown::MARKER, "");
    let whole = format!("<body>{blocks}</body>");
    let document = roxmltree::Document::parse(&whole).unwrap();
    for node in document
        .root_element()
        .descendants()
        .skip(1)
        .filter(roxmltree::Node::is_element)
    {
        assert!(known.contains(&node.tag_name().name()), "{:?}", node.tag_name());
    }
    let is_told = |row: &&Row| !matches!(row.verdict, Verdict::Pass | Verdict::NotApplicable);
    let entries = document
        .descendants()
        .filter(|node| node.has_tag_name("details"))
        .count();
    assert_eq!(entries > 0, rows(report).filter(is_told).count() > 0);
}

fn csv(bytes: &[u8], report: &Report) {
    let text = std::str::from_utf8(bytes).unwrap();
    assert!(text.ends_with("\r\n"));
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().unwrap().clone();
    let verdict = header.iter().position(|name| name == "verdict").unwrap();
    let records: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
    let unread = report.plans.iter().filter(|plan| plan.error.is_some()).count();
    assert_eq!(records.len(), rows(report).count() + unread);
    let verdicts = ["fail", "unknown", "waived", "pass", "not_applicable", "error"];
    for record in &records {
        assert!(verdicts.contains(&&record[verdict]));
        assert!(
            record
                .iter()
                .all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])),
            "{record:?}"
        );
    }
}

/// The page is XML, so that a parser tells whether anything got out of its place; and it asks for nothing.
fn html(bytes: &[u8], report: &Report) {
    let text = std::str::from_utf8(bytes).unwrap();
    let options = roxmltree::ParsingOptions {
        allow_dtd: true,
        ..roxmltree::ParsingOptions::default()
    };
    let document = roxmltree::Document::parse_with_options(text, options).unwrap();
    let of_name = |name: &str| {
        document
            .descendants()
            .filter(|node| node.tag_name().name() == name)
            .collect::<Vec<_>>()
    };
    let shown = of_name("tr")
        .iter()
        .filter(|row| row.attribute("data-verdict").is_some())
        .count();
    assert_eq!(shown, rows(report).count());
    assert_eq!((of_name("script").len(), of_name("style").len()), (1, 1));
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        assert!(!["link", "img", "iframe", "object", "embed", "a"].contains(&node.tag_name().name()));
        for attribute in node.attributes() {
            let loads =
                ["src", "href", "action", "style"].contains(&attribute.name()) || attribute.name().starts_with("on");
            assert!(!loads, "{} of {}", attribute.name(), node.tag_name().name());
        }
    }
    assert!(!of_name("style")[0].text().unwrap().contains("url("));
}
