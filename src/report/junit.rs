//! JUnit's XML, as Jenkins, GitLab and Azure read it: a test suite for each plan, a test case for each row.

use std::fmt::Write;

use super::xml::Escaped;
use super::{Gate, Options, PlanReport, Report, Row, Verdict, finding, text};

/// One document for all plans.
///
/// What keeps the gate shut is a failure, and what passes a test that passed. Skipped are, each with the reason, what is
/// unknown, what is waived, and what fails without keeping the gate shut. What broke, and a plan that cannot be decided
/// on, is an error. Policies that had nothing to examine are left out.
pub fn render(report: &Report, options: &Options) -> Vec<u8> {
    let suites = report
        .plans
        .iter()
        .map(|plan| (&*plan.name, suite(plan, &options.gate)));
    document(&suites.collect::<Vec<_>>(), Some(&report.as_of))
}

/// The document of these suites, each with its name, and the date of them.
pub(super) fn document(suites: &[(&str, Suite)], as_of: Option<&str>) -> Vec<u8> {
    let sum = |part: fn(&Suite) -> usize| suites.iter().map(|(_, suite)| part(suite)).sum::<usize>();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        out,
        "<testsuites name=\"plangate\" tests=\"{}\" failures=\"{}\" errors=\"{}\">",
        sum(|suite| suite.tests),
        sum(|suite| suite.failures),
        sum(|suite| suite.errors)
    );
    let timestamp = as_of.map(|as_of| format!(" timestamp=\"{}T00:00:00\"", Escaped(as_of)));
    let timestamp = timestamp.unwrap_or_default();
    for (name, suite) in suites {
        let _ = writeln!(
            out,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" \
             skipped=\"{}\"{timestamp}>\n{}  </testsuite>",
            Escaped(name),
            suite.tests,
            suite.failures,
            suite.errors,
            suite.skipped,
            suite.cases
        );
    }
    out.push_str("</testsuites>\n");
    out.into_bytes()
}

/// The cases of one suite, as XML, and how many of them came out how.
#[derive(Default)]
pub(super) struct Suite {
    cases: String,
    tests: usize,
    pub(super) failures: usize,
    pub(super) errors: usize,
    skipped: usize,
}

fn suite(plan: &PlanReport, gate: &Gate) -> Suite {
    let mut suite = Suite::default();
    if let Some(why) = gate.undecided(plan).filter(|_| plan.counts.error == 0) {
        let why = format!("{} {why}", plan.called());
        let error = plan.error.as_deref().unwrap_or(&why);
        suite.errors += 1;
        suite.case("plangate", "the plan can be judged", Some(("error", &why, error, "")));
    }
    for row in plan.results.iter().filter(|row| row.verdict != Verdict::NotApplicable) {
        suite.row(plan, gate, row);
    }
    suite
}

impl Suite {
    fn row(&mut self, plan: &PlanReport, gate: &Gate, row: &Row) {
        let address = row.address.as_deref().unwrap_or("the policy");
        let key = row.key.as_deref().map(|key| format!(" [{key}]")).unwrap_or_default();
        let name = format!("{address}{key}");
        let skipped = |why: &str| format!("{why}: {}", finding::headline(row));
        let (element, message) = match row.verdict {
            Verdict::Pass | Verdict::NotApplicable => {
                self.case(&row.policy, &name, None);
                return;
            }
            Verdict::Error => (&mut self.errors, ("error", finding::headline(row))),
            _ if gate.shuts(row) => (&mut self.failures, ("failure", finding::headline(row))),
            Verdict::Unknown => (&mut self.skipped, ("skipped", skipped("unknown"))),
            Verdict::Waived => {
                let reason = row.waiver.as_ref().map(|waiver| format!("waived ({})", waiver.reason));
                (
                    &mut self.skipped,
                    ("skipped", skipped(reason.as_deref().unwrap_or("waived"))),
                )
            }
            Verdict::Fail => (
                &mut self.skipped,
                ("skipped", skipped("fails, and does not keep the gate shut")),
            ),
        };
        *element += 1;
        let (element, message) = message;
        self.case(
            &row.policy,
            &name,
            Some((element, &message, &words(plan, row), row.severity.name())),
        );
    }

    /// The test case, and where it did not pass the element, its message, text and type.
    pub(super) fn case(&mut self, class: &str, name: &str, outcome: Option<(&str, &str, &str, &str)>) {
        self.tests += 1;
        let (class, name) = (Escaped(class), Escaped(name));
        let _ = match outcome {
            None => writeln!(self.cases, "    <testcase classname=\"{class}\" name=\"{name}\"/>"),
            Some((element, message, text, kind)) => writeln!(
                self.cases,
                "    <testcase classname=\"{class}\" name=\"{name}\">\n      \
                 <{element} type=\"{}\" message=\"{}\">{}</{element}>\n    </testcase>",
                Escaped(kind),
                Escaped(&text::line(message)),
                Escaped(text)
            ),
        };
    }
}

/// All that is known of a finding, a line for each part.
fn words(plan: &PlanReport, row: &Row) -> String {
    let mut words = String::from(&*row.title);
    if let Some(place) = plan.place(row) {
        let _ = write!(words, "\n{place}");
    }
    for (label, part) in finding::parts(row) {
        let label = if label.is_empty() { "message" } else { label };
        let _ = write!(words, "\n{label}: {part}");
    }
    words
}
