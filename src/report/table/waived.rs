//! What is waived, a line each: it does not gate, and is not silent either.

use std::fmt::Write;

use super::{Paint, style_of};
use crate::report::{PlanReport, Verdict, text};

pub(super) fn findings(out: &mut String, plan: &PlanReport, paint: Paint) {
    let label = paint.on("waived", style_of(Verdict::Waived));
    let start = out.len();
    for row in &plan.results {
        let Some(waiver) = &row.waiver else { continue };
        let address = text::safe(row.address.as_deref().unwrap_or_default());
        let until = waiver
            .expires
            .as_ref()
            .map(|date| format!(" until {date}"))
            .unwrap_or_default();
        let why = text::line(&format!("{}{until}: {}", waiver.owner, waiver.reason));
        let _ = writeln!(out, "{label}  {}  {address}  {why}", text::line(&row.policy));
    }
    if out.len() > start {
        out.push('\n');
    }
}
