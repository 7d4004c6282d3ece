//! Waivers and overrides, as the arguments and the configuration file say them.

use std::str::FromStr;
use std::sync::Arc;

use anyhow::{Context, bail};
use clap::Args;
use jiff::ToSpan;
use jiff::civil::Date;

use super::config::Config;
use super::policies::Selection;
use super::talk;
use crate::pack::{Enforcement, Pack, nearest};
use crate::report::{Gate, Override, PlanReport, Report};
use crate::source::Source;
use crate::waiver::{self, Days, Notice, NoticeKind, Use, Waiver};

/// Waivers that end within so many days are announced where nothing else is said.
pub(super) const DUE_DAYS: u16 = 14;

/// What is excused in this run.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Gate")]
pub(super) struct Excusing {
    /// Use no waivers, neither of the configuration file nor of comments: for an audit
    #[arg(long)]
    no_waivers: bool,

    /// Announce waivers that end within so many days [default: 14]
    #[arg(long, value_name = "DAYS")]
    waivers_due: Option<u16>,

    /// Let a policy whose enforcement is soft through, for a reason that the report keeps; can be given several times
    #[arg(long = "override", value_name = "POLICY=REASON")]
    overrides: Vec<Named>,
}

/// A policy and the reason to override it.
#[derive(Clone, Debug)]
struct Named {
    policy: String,
    reason: String,
}

impl FromStr for Named {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (policy, reason) = text.split_once('=').unwrap_or((text, ""));
        match reason.trim() {
            "" => Err("write it as POLICY=REASON, as in aws.s3.versioning=\"agreed with the auditors\"".to_owned()),
            reason => Ok(Named {
                policy: policy.trim().to_owned(),
                reason: reason.to_owned(),
            }),
        }
    }
}

/// [`Excusing`] with all that it needs.
pub(super) struct Excused {
    days: Days,
    waivers: Vec<Waiver>,
    /// Whether comments of the configuration count.
    comments: bool,
    overrides: Vec<Override>,
    /// The policies of this run, by id.
    selected: Vec<Arc<str>>,
    /// The policies that were left out of this run, by id.
    left_out: Vec<Arc<str>>,
}

impl Excusing {
    /// The days before its end within which a waiver is announced, where they are given.
    pub(super) fn due_days(&self) -> Option<u16> {
        self.waivers_due
    }

    /// What is excused on that day.
    ///
    /// # Errors
    ///
    /// Where an override names a policy that is not selected, or none that is soft.
    pub(super) fn ready(
        &self,
        config: &Config,
        selection: &Selection,
        pack: &Pack,
        as_of: &str,
    ) -> anyhow::Result<Excused> {
        let due = self.waivers_due.or(config.file.due_days.as_ref().map(|at| at.value));
        let today: Date = as_of.parse().context("the date of the check is none")?;
        let soon = today.saturating_add(i64::from(due.unwrap_or(DUE_DAYS)).days());
        let overrides = self.overrides.iter().map(|named| overridden(named, pack));
        let mut left_out = Vec::new();
        if !self.no_waivers && selection.is_narrowed() {
            let all = selection.all()?.policies.into_iter().map(|policy| policy.id);
            left_out = all.filter(|id| pack.policy(id).is_none()).collect();
        }
        Ok(Excused {
            days: Days {
                today: as_of.to_owned(),
                soon: soon.to_string(),
            },
            waivers: match self.no_waivers {
                true => Vec::new(),
                false => config.file.waivers.clone(),
            },
            comments: !self.no_waivers,
            overrides: overrides.collect::<anyhow::Result<_>>()?,
            selected: pack.policies.iter().map(|policy| Arc::clone(&policy.id)).collect(),
            left_out,
        })
    }
}

fn overridden(named: &Named, pack: &Pack) -> anyhow::Result<Override> {
    let Named { policy: id, reason } = named;
    let Some(policy) = pack.policy(id) else {
        bail!("--override {id}: no policy of that name is selected{}", pack.hint(id));
    };
    if policy.enforcement != Enforcement::Soft {
        bail!(
            "--override {id}: its enforcement is {}, and only a soft policy can be overridden; a waiver excuses a finding",
            policy.enforcement
        );
    }
    Ok(Override {
        policy: Arc::clone(&policy.id),
        reason: reason.clone(),
    })
}

impl Excused {
    /// Excuses what the comments in a plan's configuration do.
    ///
    /// # Errors
    ///
    /// Where a comment is meant as a waiver, and is none.
    pub(super) fn by_comments(&self, plan: &mut PlanReport, source: Option<&Source>) -> anyhow::Result<()> {
        let Some(source) = source.filter(|_| self.comments) else {
            return Ok(());
        };
        let waivers = waiver::comments(source).map_err(|errors| {
            let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
            anyhow::anyhow!("{}", lines.join("\n"))
        })?;
        let mut uses = vec![Use::default(); waivers.len()];
        waiver::apply(&waivers, &self.days, plan, &mut uses);
        plan.waivers = waiver::notices(&waivers, &self.days, &uses, |waiver| self.advice(waiver));
        Ok(())
    }

    /// What to do with a waiver that excuses nothing; `None` where it is for a policy that this run leaves out.
    fn advice(&self, waiver: &Waiver) -> Option<String> {
        fn ids(policies: &[Arc<str>]) -> impl Iterator<Item = &str> {
            policies.iter().map(|id| &**id)
        }
        if waiver.is_for_policy(ids(&self.left_out)) {
            return None;
        }
        let hint = match waiver.is_for_policy(ids(&self.selected)) {
            true => String::new(),
            false => nearest::hint(&waiver.policy, ids(&self.selected).chain(ids(&self.left_out))),
        };
        Some(match hint.as_str() {
            "" => "delete it, or correct its policy or address".to_owned(),
            hint => format!("no policy is called so{hint}"),
        })
    }

    /// The report on these plans, with what is excused in them.
    pub(super) fn report(&self, as_of: &str, mut plans: Vec<PlanReport>, gate: &Gate) -> Report {
        let mut uses = vec![Use::default(); self.waivers.len()];
        for plan in &mut plans {
            waiver::apply(&self.waivers, &self.days, plan, &mut uses);
            let is_overridden = |policy: &str| self.overrides.iter().any(|over| *over.policy == *policy);
            for row in plan.results.iter_mut().filter(|row| is_overridden(&row.policy)) {
                row.enforcement = Enforcement::Advisory;
            }
        }
        // Of a plan that could not be judged there is no telling what a waiver would have excused.
        let is_whole = plans.iter().all(|plan| plan.error.is_none());
        let advice = |waiver: &Waiver| {
            let is_told = is_whole && plans.iter().any(|plan| waiver.is_for_plan(plan));
            is_told.then(|| self.advice(waiver)).flatten()
        };
        let notices = waiver::notices(&self.waivers, &self.days, &uses, advice);
        let mut report = Report::new(as_of, plans, gate);
        report.waivers = notices;
        report.overrides.clone_from(&self.overrides);
        report
    }
}

/// Says what is the matter with waivers, and what is overridden.
pub(super) fn tell(report: &Report) {
    let of_plans = report.plans.iter().flat_map(|plan| &plan.waivers);
    for Notice { kind, message, source } in report.waivers.iter().chain(of_plans) {
        let text = format!("{}:{}: {message}", source.file, source.line);
        match kind {
            NoticeKind::Due => talk::note(&text),
            _ => talk::warning(&text),
        }
    }
    for Override { policy, reason } in &report.overrides {
        talk::note(&format!("{policy} is overridden: {reason}"));
    }
}
