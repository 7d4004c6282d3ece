//! When the gate opens.

use serde::{Serialize, Serializer};

use super::{PlanReport, Row, Since, Verdict};
use crate::pack::Severity;

/// What the process exits with, and all that it can exit with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: nothing shuts the gate: no policy fails, or only below the threshold or, with `new_only`, before apply; what
    /// is unknown passes unless it is told to fail.
    Passed,
    /// 1: something fails at or above the threshold.
    Failed,
    /// 2: there is no telling: an unreadable plan, a broken policy, wrong arguments.
    CannotDecide,
}

impl Exit {
    /// The number.
    pub const fn code(self) -> u8 {
        match self {
            Exit::Passed => 0,
            Exit::Failed => 1,
            Exit::CannotDecide => 2,
        }
    }
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        std::process::ExitCode::from(exit.code())
    }
}

impl Serialize for Exit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.code())
    }
}

/// What an unknown does to the gate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnUnknown {
    /// Nothing.
    Pass,
    /// It fails, as a failure of the same severity does.
    Fail,
    /// It passes with a warning.
    #[default]
    Warn,
}

/// What a plan in which nothing is examined does to the gate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnNothing {
    /// It passes with a warning.
    #[default]
    Warn,
    /// It cannot be decided on.
    Fail,
}

/// By what the gate decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gate {
    /// The least severity that gates.
    pub fail_on: Severity,
    /// What an unknown does.
    pub unknown: OnUnknown,
    /// What a plan does in which no policy has anything to examine.
    pub nothing: OnNothing,
    /// Whether failures that are there before apply are let through.
    pub new_only: bool,
}

impl Default for Gate {
    fn default() -> Self {
        Gate {
            fail_on: Severity::Low,
            unknown: OnUnknown::default(),
            nothing: OnNothing::default(),
            new_only: false,
        }
    }
}

impl Gate {
    /// Whether this row keeps the gate shut.
    pub fn shuts(&self, row: &Row) -> bool {
        let counts = match row.verdict {
            Verdict::Fail => true,
            Verdict::Unknown => self.unknown == OnUnknown::Fail,
            _ => false,
        };
        counts && row.severity >= self.fail_on && !(self.new_only && row.since == Some(Since::Existing))
    }

    /// Why this plan cannot be decided on, where it cannot: `met a policy that broke`.
    pub fn undecided(&self, plan: &PlanReport) -> Option<&'static str> {
        if plan.error.is_some() {
            Some("cannot be judged")
        } else if plan.counts.error > 0 {
            Some("met a policy that broke")
        } else if plan.results.is_empty() {
            Some("was judged by no policy")
        } else if self.nothing == OnNothing::Fail && plan.examines_nothing() {
            Some("has nothing that a policy examines")
        } else {
            None
        }
    }

    /// What the gate says of these plans. Whatever could not be decided outweighs any failure.
    pub fn decide(&self, plans: &[PlanReport]) -> Exit {
        if plans.is_empty() || plans.iter().any(|plan| self.undecided(plan).is_some()) {
            Exit::CannotDecide
        } else if plans.iter().flat_map(|plan| &plan.results).any(|row| self.shuts(row)) {
            Exit::Failed
        } else {
            Exit::Passed
        }
    }
}

impl PlanReport {
    /// Whether no policy had anything to examine: the gate then has nothing to go by.
    ///
    /// Where policies about what is planned were selected, those about how do not count as long as nothing fails: they
    /// find a plan or a variable to examine in any plan, also in one of a provider that no policy knows.
    pub fn examines_nothing(&self) -> bool {
        let only_of_any_plan = self.results.iter().all(of_any_plan);
        let is_nothing = |row: &Row| match row.verdict {
            Verdict::NotApplicable => true,
            Verdict::Pass | Verdict::Unknown => of_any_plan(row) && !only_of_any_plan,
            _ => false,
        };
        self.error.is_none() && self.judged == 0 && self.results.iter().all(is_nothing)
    }
}

/// Whether a row's policy is about the configuration, its variables and providers, not about what they make.
fn of_any_plan(row: &Row) -> bool {
    row.policy.starts_with("terraform.")
}

#[cfg(test)]
mod tests {
    use super::super::testing::{not_applicable, plan, row};
    use super::*;

    fn exit(gate: Gate, rows: Vec<Row>) -> Exit {
        gate.decide(&[plan("plan.json", rows)])
    }

    #[test]
    fn failure_gates_at_the_threshold_and_not_below() {
        let high = || vec![row("a.b", "x.y", Verdict::Fail, Severity::High)];
        let on = |fail_on| Gate {
            fail_on,
            ..Gate::default()
        };
        assert_eq!(exit(on(Severity::High), high()), Exit::Failed);
        assert_eq!(exit(on(Severity::Critical), high()), Exit::Passed);
    }

    #[test]
    fn info_gates_only_when_asked() {
        let info = || vec![row("a.b", "x.y", Verdict::Fail, Severity::Info)];
        assert_eq!(exit(Gate::default(), info()), Exit::Passed);
        let asked = Gate {
            fail_on: Severity::Info,
            ..Gate::default()
        };
        assert_eq!(exit(asked, info()), Exit::Failed);
    }

    #[test]
    fn waived_never_gates() {
        let waived = vec![row("a.b", "x.y", Verdict::Waived, Severity::Critical)];
        let strict = Gate {
            fail_on: Severity::Info,
            unknown: OnUnknown::Fail,
            nothing: OnNothing::Fail,
            new_only: false,
        };
        assert_eq!(exit(strict, waived), Exit::Passed);
    }

    #[test]
    fn unknown_gates_only_when_asked() {
        let unknown = || vec![row("a.b", "x.y", Verdict::Unknown, Severity::High)];
        for (on, expected) in [
            (OnUnknown::Warn, Exit::Passed),
            (OnUnknown::Pass, Exit::Passed),
            (OnUnknown::Fail, Exit::Failed),
        ] {
            assert_eq!(
                exit(
                    Gate {
                        unknown: on,
                        ..Gate::default()
                    },
                    unknown()
                ),
                expected
            );
        }
    }

    #[test]
    fn existing_failures_are_let_through_with_new_only() {
        let since = |since| {
            vec![Row {
                since,
                ..row("a.b", "x.y", Verdict::Fail, Severity::High)
            }]
        };
        let new_only = Gate {
            new_only: true,
            ..Gate::default()
        };
        assert_eq!(exit(new_only, since(Some(Since::Existing))), Exit::Passed);
        assert_eq!(exit(new_only, since(Some(Since::Introduced))), Exit::Failed);
        assert_eq!(
            exit(new_only, since(None)),
            Exit::Failed,
            "not judged before: fails closed"
        );
        assert_eq!(exit(Gate::default(), since(Some(Since::Existing))), Exit::Failed);
    }

    #[test]
    fn what_cannot_be_decided_outweighs_a_failure() {
        let failing = || plan("a.json", vec![row("a.b", "x.y", Verdict::Fail, Severity::High)]);
        let gate = Gate::default();
        assert_eq!(
            gate.decide(&[failing(), PlanReport::unreadable("b.json", "it is empty")]),
            Exit::CannotDecide
        );
        let broken = plan("b.json", vec![row("a.b", "x.y", Verdict::Error, Severity::Low)]);
        assert_eq!(gate.decide(&[broken, failing()]), Exit::CannotDecide);
    }

    #[test]
    fn nothing_judged_is_no_pass() {
        assert_eq!(Gate::default().decide(&[]), Exit::CannotDecide);
        assert_eq!(exit(Gate::default(), Vec::new()), Exit::CannotDecide);
        let nothing = || vec![not_applicable("a.b")];
        assert_eq!(exit(Gate::default(), nothing()), Exit::Passed);
        let fail = Gate {
            nothing: OnNothing::Fail,
            ..Gate::default()
        };
        assert_eq!(exit(fail, nothing()), Exit::CannotDecide);
    }

    #[test]
    fn a_plan_that_is_there_is_not_yet_judged() {
        let of_plan = |verdict| row("terraform.plan.empty", "plan", verdict, Severity::High);
        let examines_nothing = |rows, judged| {
            PlanReport {
                judged,
                ..plan("plan.json", rows)
            }
            .examines_nothing()
        };
        for verdict in [Verdict::Pass, Verdict::Unknown] {
            assert!(examines_nothing(vec![not_applicable("a.b"), of_plan(verdict)], 0));
            // It was all that was asked for.
            assert!(!examines_nothing(vec![of_plan(verdict)], 0));
            assert!(!examines_nothing(
                vec![row("a.b", "plan", verdict, Severity::Low), of_plan(verdict)],
                0
            ));
        }
        assert!(!examines_nothing(
            vec![not_applicable("a.b"), of_plan(Verdict::Fail)],
            0
        ));
        assert!(!examines_nothing(
            vec![not_applicable("a.b"), of_plan(Verdict::Pass)],
            1
        ));
    }
}
