//! Waivers: which findings are excused, by whom, why and until when; and which waivers are not what they should be.
//!
//! A waiver is never silent: what it excuses is a row of its own verdict, and one that has expired, excuses nothing or was
//! given for another value is told. The day is an argument.

mod comment;
mod glob;

use std::sync::Arc;

use serde::Serialize;

use crate::report::{Counts, PlanReport, Row, Source, Verdict};

/// What a row shows of the waiver that excuses it.
pub use crate::report::Waiver as Excuse;
#[cfg(feature = "cli")]
pub(crate) use comment::is_day;
pub use comment::{CommentError, comments};
#[cfg(feature = "cli")]
pub(crate) use glob::{literal, matches_address};

/// One waiver: what it is for, and what a row shows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The policies, by id or pattern: `aws.s3.*`.
    pub policy: String,
    /// What of the plan it is for.
    pub target: Target,
    /// The key of the finding, by pattern, where it is for one of several at an address.
    pub key: Option<String>,
    /// The plan, by the pattern of its path; every plan where it is not given.
    pub plan: Option<String>,
    /// The fingerprint of the found value that it excuses; any value where it is not given.
    pub fingerprint: Option<String>,
    /// Why, who, until when, and where it is written.
    pub excuse: Arc<Excuse>,
}

/// What of a plan a waiver is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Addresses, by pattern, with or without instance keys.
    Address(String),
    /// What the block at that line of the configuration makes.
    Block(Source),
}

/// The days that decide on waivers, `2026-11-28`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Days {
    /// The day of the check.
    pub today: String,
    /// The last day of those that end soon.
    pub soon: String,
}

/// What is worth knowing of a waiver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// What is the matter with it.
    pub kind: NoticeKind,
    /// What is the matter and what to do, for people.
    pub message: String,
    /// Where it is written.
    pub source: Source,
}

/// What is the matter with a waiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum NoticeKind {
    /// Its last day has passed: it excuses nothing any more.
    Expired,
    /// What was found is not what it was given for: it excuses nothing any more.
    Voided,
    /// There is no finding that it excuses.
    Unmatched,
    /// It ends soon.
    Due,
}

impl NoticeKind {
    /// How it is written.
    pub const fn name(self) -> &'static str {
        match self {
            NoticeKind::Expired => "expired",
            NoticeKind::Voided => "voided",
            NoticeKind::Unmatched => "unmatched",
            NoticeKind::Due => "due",
        }
    }
}

/// What became of one waiver so far.
#[derive(Clone, Debug, Default)]
pub struct Use {
    /// The findings that it is for.
    matched: usize,
    /// Those of them that no other waiver excuses.
    needed: usize,
    /// Where the waiver is written that excuses the first of the others.
    instead: Option<Source>,
    /// The policy and address of the first finding of another value, and the fingerprint that it has.
    voided: Option<String>,
}

impl Waiver {
    /// Whether it holds on a day; the last day counts.
    fn holds(&self, today: &str) -> bool {
        self.excuse.expires.as_deref().is_none_or(|expires| today <= expires)
    }

    fn is_for(&self, row: &Row) -> bool {
        let policy = glob::matches(&self.policy, &row.policy);
        let key = self.key.as_deref();
        policy
            && key.is_none_or(|key| row.key.as_deref().is_some_and(|found| glob::matches(key, found)))
            && match &self.target {
                Target::Address(pattern) => {
                    let address = row.address.as_deref();
                    address.is_some_and(|address| glob::matches_address(pattern, address))
                }
                Target::Block(block) => row.source.as_ref() == Some(block),
            }
    }

    /// Whether it is for this plan, by its name or by the path that it was read from.
    pub fn is_for_plan(&self, plan: &PlanReport) -> bool {
        let matches = |pattern: &str| glob::matches(pattern, &plan.name) || glob::matches(pattern, &plan.path);
        self.plan.as_deref().is_none_or(matches)
    }

    /// Whether it is for one of these policies.
    pub fn is_for_policy<'p>(&self, policies: impl IntoIterator<Item = &'p str>) -> bool {
        policies.into_iter().any(|policy| glob::matches(&self.policy, policy))
    }
}

/// Excuses the findings of a plan that the waivers are for; what each of them did is added to `uses`, in their order. Of
/// several for a finding the first counts that holds; what is waived already stays as it is.
pub fn apply(waivers: &[Waiver], days: &Days, plan: &mut PlanReport, uses: &mut [Use]) {
    let at_hand: Vec<(&Waiver, &mut Use)> = waivers
        .iter()
        .zip(uses)
        .filter(|(waiver, _)| waiver.is_for_plan(plan))
        .collect();
    if at_hand.is_empty() {
        return;
    }
    let mut at_hand = at_hand;
    let is_finding = |row: &&mut Row| matches!(row.verdict, Verdict::Fail | Verdict::Unknown | Verdict::Waived);
    for row in plan.results.iter_mut().filter(is_finding) {
        let mut matching: Vec<&mut (&Waiver, &mut Use)> =
            at_hand.iter_mut().filter(|(waiver, _)| waiver.is_for(row)).collect();
        for (waiver, used) in &mut matching {
            used.matched += 1;
            let wanted = waiver.fingerprint.as_deref();
            if wanted.is_some_and(|wanted| row.fingerprint.as_deref() != Some(wanted)) {
                let found = row.fingerprint.as_deref().unwrap_or("none");
                let address = row.address.as_deref().unwrap_or_default();
                used.voided
                    .get_or_insert_with(|| format!("{} at {address} has {found}", row.policy));
            } else if waiver.holds(&days.today) && row.waiver.is_none() {
                row.waiver = Some(Arc::clone(&waiver.excuse));
            }
        }
        for (waiver, used) in matching {
            match &row.waiver {
                Some(excuse) if !Arc::ptr_eq(excuse, &waiver.excuse) => {
                    used.instead.get_or_insert_with(|| excuse.source.clone());
                }
                _ => used.needed += 1,
            }
        }
        if row.waiver.is_some() {
            row.verdict = Verdict::Waived;
        }
    }
    plan.results.sort_by(|a, b| a.order().cmp(&b.order()));
    plan.counts = Counts::of(&plan.results);
}

/// What is worth knowing of the waivers, sorted by where they are written. `advice` is what to do with one that excuses
/// nothing; `None` where that cannot be told of it, since this run left out policies or plans that it is for.
pub fn notices(
    waivers: &[Waiver],
    days: &Days,
    uses: &[Use],
    advice: impl Fn(&Waiver) -> Option<String>,
) -> Vec<Notice> {
    let mut notices: Vec<Notice> = waivers
        .iter()
        .zip(uses)
        .filter_map(|(waiver, used)| notice(waiver, days, used, &advice))
        .collect();
    notices.sort_by(|a, b| (&a.source.file, a.source.line).cmp(&(&b.source.file, b.source.line)));
    notices
}

fn notice(waiver: &Waiver, days: &Days, used: &Use, advice: &impl Fn(&Waiver) -> Option<String>) -> Option<Notice> {
    let Waiver {
        policy,
        target,
        excuse,
        fingerprint,
        ..
    } = waiver;
    let of = match target {
        Target::Address(address) => format!("the waiver of {policy} at {address}"),
        Target::Block(_) => format!("the waiver of {policy}"),
    };
    let expires = excuse.expires.as_deref().unwrap_or_default();
    let instead = used.instead.as_ref().filter(|_| used.needed == 0);
    let (kind, message) = if !waiver.holds(&days.today) {
        let what = match (instead, used.matched) {
            (Some(Source { file, line }), _) => {
                format!("the one at {file}:{line} excuses the same: delete it")
            }
            (None, 0) => "nothing needs it any more: delete it".to_owned(),
            (None, _) => {
                "what it excused counts again: mend that, or give it a new day and a reason for that".to_owned()
            }
        };
        (NoticeKind::Expired, format!("{of} expired on {expires}; {what}"))
    } else if let (Some(found), None) = (&used.voided, instead) {
        let wanted = fingerprint.as_deref().unwrap_or_default();
        let message = format!(
            "{of} is for the value {wanted}, and {found}: look at the new value, and waive it anew if it may be"
        );
        (NoticeKind::Voided, message)
    } else if let Some(Source { file, line }) = instead {
        let message = format!(
            "{of} excuses nothing, since the one at {file}:{line} excuses the same and counts: delete one of them"
        );
        (NoticeKind::Unmatched, message)
    } else if used.matched == 0
        && let Some(advice) = advice(waiver)
    {
        (NoticeKind::Unmatched, format!("{of} excuses nothing: {advice}"))
    } else if !expires.is_empty() && expires <= days.soon.as_str() && used.matched > 0 {
        (
            NoticeKind::Due,
            format!("{of} ends on {expires}: {} has to mend it by then", excuse.owner),
        )
    } else {
        return None;
    };
    Some(Notice {
        kind,
        message,
        source: excuse.source.clone(),
    })
}

#[cfg(test)]
mod tests;
