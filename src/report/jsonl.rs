//! JSON lines: a line for each plan and each of its rows, and a last one that says how it ended. For what reads a stream.

use serde::Serialize;

use super::{Counts, Exit, Options, Override, PlanReport, Report, Row};
use crate::waiver::Notice;

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Line<'a> {
    Plan(Plan<'a>),
    Result {
        plan: &'a str,
        #[serde(flatten)]
        row: &'a Row,
    },
    End {
        schema: u32,
        plangate: &'a str,
        as_of: &'a str,
        plans: usize,
        counts: Counts,
        waivers: &'a [Notice],
        overrides: &'a [Override],
        exit: Exit,
    },
}

#[derive(Serialize)]
struct Plan<'a> {
    name: &'a str,
    path: &'a str,
    folder: Option<&'a str>,
    terraform: Option<&'a str>,
    counts: Counts,
    resources: usize,
    judged: usize,
    notes: &'a [String],
    error: Option<&'a str>,
    waivers: &'a [Notice],
}

/// The report, an object a line. One that was cut short has no last line of the type `end`.
pub fn render(report: &Report, _options: &Options) -> Vec<u8> {
    let mut out = Vec::new();
    for plan in &report.plans {
        push(&mut out, &Line::Plan(of_plan(plan)));
        for row in &plan.results {
            push(&mut out, &Line::Result { plan: &plan.name, row });
        }
    }
    push(
        &mut out,
        &Line::End {
            schema: report.schema,
            plangate: report.plangate,
            as_of: &report.as_of,
            plans: report.plans.len(),
            counts: report.counts,
            waivers: &report.waivers,
            overrides: &report.overrides,
            exit: report.exit,
        },
    );
    out
}

fn of_plan(plan: &PlanReport) -> Plan<'_> {
    Plan {
        name: &plan.name,
        path: &plan.path,
        folder: plan.folder.as_deref(),
        terraform: plan.terraform.as_deref(),
        counts: plan.counts,
        resources: plan.resources,
        judged: plan.judged,
        notes: &plan.notes,
        error: plan.error.as_deref(),
        waivers: &plan.waivers,
    }
}

fn push(out: &mut Vec<u8>, line: &Line) {
    // Nothing in a report can be refused, and writing to memory cannot fail.
    let _ = serde_json::to_writer(&mut *out, line);
    out.push(b'\n');
}
