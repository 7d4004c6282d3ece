//! From what the policies say to the rows of the report.

use std::collections::{BTreeMap, BTreeSet, HashSet, btree_set};
use std::iter::Peekable;
use std::sync::Arc;

use super::{Counts, PlanReport, Row, Since, Source, Verdict, fingerprint};
use crate::engine::{Finding, Verdicts};
use crate::model::split_module;
use crate::pack::{Enforcement, Severity};

/// One policy, and what it says of one plan.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The policy's id.
    pub policy: Arc<str>,
    /// Its title.
    pub title: Arc<str>,
    /// Its severity.
    pub severity: Severity,
    /// What a failure of it does to the gate.
    pub enforcement: Enforcement,
    /// What to do, where a finding does not say better.
    pub remediation: Option<Arc<str>>,
    /// The addresses that it examines.
    pub examined: BTreeSet<Arc<str>>,
    /// What it says, or the error by which it broke.
    pub verdicts: Result<Verdicts, String>,
    /// What it denies in the state before apply; `None` where that was not judged.
    pub before: Option<BTreeSet<Identity>>,
}

/// An address and a key.
pub type Identity = (Arc<str>, Option<Arc<str>>);

/// The address and the key of a finding: with the policy's id, what it is known by.
pub fn identity(finding: &Finding) -> Identity {
    (Arc::clone(&finding.address), finding.key.clone())
}

/// A finding's identity, as it stands in it.
fn known_by(finding: &Finding) -> (&Arc<str>, Option<&Arc<str>>) {
    (&finding.address, finding.key.as_ref())
}

/// What is known of a plan besides the policies' words.
#[derive(Clone, Debug, Default)]
pub struct PlanFacts {
    /// Where it was read from.
    pub path: String,
    /// The version that made it.
    pub terraform: Option<String>,
    /// The addresses of the managed resources that exist after apply.
    pub resources: HashSet<Arc<str>>,
    /// Where the resources stand in the configuration, where that was given.
    pub sources: BTreeMap<Arc<str>, Source>,
    /// What is worth knowing about how the plan was read.
    pub notes: Vec<String>,
    /// Why the plan cannot be decided on though it can be read: it is errored, or incomplete.
    pub error: Option<String>,
}

impl PlanReport {
    /// One row per verdict, sorted by policy, address and key.
    pub fn build(facts: PlanFacts, judged: impl IntoIterator<Item = Judged>) -> Self {
        let judged: Vec<Judged> = judged.into_iter().collect();
        // All rows of a large plan are much, and to make room for more would copy them.
        let mut results = Vec::with_capacity(judged.iter().map(Judged::most_rows).sum());
        let resources = facts.resources.len();
        let mut unseen = facts.resources;
        for policy in judged {
            for address in &policy.examined {
                unseen.remove(address);
            }
            Rows {
                policy: &policy,
                sources: &facts.sources,
                before: policy.before.as_ref().map(|before| before.iter().peekable()),
                rows: &mut results,
            }
            .push_all();
        }
        // What is sorted already is only looked at, and not copied.
        results.sort_by(|a: &Row, b: &Row| a.order().cmp(&b.order()));
        results.dedup();
        PlanReport {
            name: facts.path.clone(),
            path: facts.path,
            folder: None,
            terraform: facts.terraform,
            counts: Counts::of(&results),
            results,
            resources,
            judged: resources - unseen.len(),
            notes: facts.notes,
            error: facts.error,
            waivers: Vec::new(),
        }
    }

    /// Adds rows of another tool's policies, which do not say what they examine: what a row names has been judged.
    pub fn add(&mut self, rows: Vec<Row>) {
        let named: BTreeSet<&Arc<str>> = rows.iter().filter_map(|row| row.address.as_ref()).collect();
        let is_resource =
            |address: &&&Arc<str>| address.as_ref() != "plan" && !split_module(address).1.starts_with("data.");
        let named = named.iter().filter(is_resource).count();
        self.judged = self.judged.max(named.min(self.resources));
        self.counts += Counts::of(&rows);
        self.results.extend(rows);
        self.results.sort_by(|a: &Row, b: &Row| a.order().cmp(&b.order()));
    }

    /// Whether rows name what was judged and not where it stands in the configuration.
    pub fn lacks_places(&self) -> bool {
        let mut rows = self.results.iter();
        rows.any(|row| row.source.is_none() && row.address.as_deref().is_some_and(|address| address != "plan"))
    }

    /// Gives such rows their places.
    pub fn add_places(&mut self, sources: &BTreeMap<Arc<str>, Source>) {
        for row in self.results.iter_mut().filter(|row| row.source.is_none()) {
            row.source = row.address.as_ref().and_then(|address| sources.get(address)).cloned();
        }
    }
}

impl Judged {
    /// It has no more rows than these.
    fn most_rows(&self) -> usize {
        let findings = self
            .verdicts
            .as_ref()
            .map_or(0, |verdicts| verdicts.deny.len() + verdicts.unknown.len());
        1 + findings + self.examined.len()
    }
}

/// The rows of one policy, made in their order.
struct Rows<'a> {
    policy: &'a Judged,
    sources: &'a BTreeMap<Arc<str>, Source>,
    /// What it denied before, from the address and key on that the rows have come to.
    before: Option<Peekable<btree_set::Iter<'a, Identity>>>,
    rows: &'a mut Vec<Row>,
}

impl Rows<'_> {
    fn push_all(&mut self) {
        let policy = self.policy;
        let verdicts = match &policy.verdicts {
            Ok(verdicts) => verdicts,
            Err(error) => {
                let broke = self.bare(None, Verdict::Error);
                self.rows.push(Row {
                    message: Some(error.as_str().into()),
                    ..broke
                });
                return;
            }
        };
        let denied = verdicts.deny.iter().map(|finding| (finding, Verdict::Fail));
        let unknown = verdicts.unknown.iter().map(|finding| (finding, Verdict::Unknown));
        let mut said: Vec<(&Finding, Verdict)> = denied.chain(unknown).collect();
        said.sort_by(|(one, verdict), (other, next)| {
            let (one, other) = (known_by(one), known_by(other));
            one.cmp(&other).then(verdict.cmp(next))
        });
        if policy.examined.is_empty() && said.is_empty() {
            let nothing = self.bare(None, Verdict::NotApplicable);
            self.rows.push(nothing);
        }
        let mut examined = policy.examined.iter().peekable();
        let mut last_examined: Option<&Arc<str>> = None;
        let mut last_denied = None;
        for (finding, verdict) in said {
            while let Some(address) = examined.next_if(|address| **address < finding.address) {
                self.push_pass(address);
            }
            last_examined = examined
                .next_if(|address| **address == finding.address)
                .or(last_examined);
            match verdict {
                Verdict::Fail => last_denied = Some(known_by(finding)),
                _ if last_denied == Some(known_by(finding)) => continue,
                _ => {}
            }
            self.push_finding(finding, verdict, last_examined == Some(&finding.address));
        }
        examined.for_each(|address| self.push_pass(address));
    }

    fn push_finding(&mut self, finding: &Finding, verdict: Verdict, is_examined: bool) {
        let row = self.bare(Some(&finding.address), verdict);
        let row = if is_examined {
            let (address, key) = known_by(finding);
            let failed_before = self.before.is_some().then(|| {
                let next = self.next_before(address, key);
                next.is_some_and(|(at, named)| at == address && named.as_ref() == key)
            });
            Row {
                since: match (verdict, failed_before) {
                    _ if has_no_before(&finding.address) => None,
                    (Verdict::Fail, Some(true)) => Some(Since::Existing),
                    (Verdict::Fail, Some(false)) => Some(Since::Introduced),
                    _ => None,
                },
                message: Some(finding.message.clone()),
                remediation: finding.fix.clone().or_else(|| self.policy.remediation.clone()),
                ..row
            }
        } else {
            let message = format!("finding at an address that it does not examine: {}", finding.message);
            Row {
                verdict: Verdict::Error,
                message: Some(message.into()),
                ..row
            }
        };
        self.rows.push(Row {
            key: finding.key.clone(),
            attribute: finding.attribute.clone(),
            found: finding.found.clone(),
            expected: finding.expected.clone(),
            cause: finding.cause.clone(),
            fingerprint: fingerprint(finding.attribute.as_deref(), &finding.found),
            ..row
        });
    }

    fn push_pass(&mut self, address: &Arc<str>) {
        let mended = self.next_before(address, None).is_some_and(|(at, _)| at == address);
        let pass = self.bare(Some(address), Verdict::Pass);
        self.rows.push(Row {
            since: mended.then_some(Since::Fixed),
            ..pass
        });
    }

    /// The first that it denied before at this address and key, or after it; rows are asked for in their order.
    fn next_before(&mut self, address: &Arc<str>, key: Option<&Arc<str>>) -> Option<&Identity> {
        let before = self.before.as_mut()?;
        while before
            .next_if(|(at, named)| (at, named.as_ref()) < (address, key))
            .is_some()
        {}
        before.peek().copied()
    }

    fn bare(&self, address: Option<&Arc<str>>, verdict: Verdict) -> Row {
        let Judged { policy, title, .. } = self.policy;
        Row {
            address: address.cloned(),
            enforcement: self.policy.enforcement,
            source: address.and_then(|address| self.sources.get(address)).cloned(),
            ..Row::new(policy.clone(), title.clone(), verdict, self.policy.severity)
        }
    }
}

/// Whether the plan tells nothing of an address before: what is configured is in no state, and data sources are read
/// anew into the state that a plan has.
fn has_no_before(address: &str) -> bool {
    let (_, own) = split_module(address);
    ["var.", "output.", "provider.", "module.", "data."]
        .iter()
        .any(|prefix| own.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(examined: &[&str]) -> Judged {
        Judged {
            policy: "aws.s3.encryption".into(),
            title: "S3 bucket is not encrypted".into(),
            severity: Severity::High,
            enforcement: Enforcement::default(),
            remediation: Some("Encrypt it.".into()),
            examined: examined.iter().map(|address| Arc::from(*address)).collect(),
            verdicts: Ok(Verdicts::default()),
            before: None,
        }
    }

    fn finding(address: &str, key: Option<&str>) -> Finding {
        Finding {
            address: address.into(),
            key: key.map(Arc::from),
            message: "it has no encryption".into(),
            ..Finding::default()
        }
    }

    fn says(examined: &[&str], deny: Vec<Finding>, unknown: Vec<Finding>) -> Judged {
        Judged {
            verdicts: Ok(Verdicts {
                deny,
                unknown,
                examined: None,
            }),
            ..policy(examined)
        }
    }

    fn build(judged: impl IntoIterator<Item = Judged>) -> PlanReport {
        PlanReport::build(PlanFacts::default(), judged)
    }

    fn verdicts(report: &PlanReport) -> Vec<(Option<&str>, Option<&str>, Verdict)> {
        let results = report.results.iter();
        results
            .map(|row| (row.address.as_deref(), row.key.as_deref(), row.verdict))
            .collect()
    }

    #[test]
    fn every_examined_address_has_a_row() {
        let report = build([says(
            &["b.c", "b.b", "b.a"],
            vec![finding("b.b", None)],
            vec![finding("b.c", None)],
        )]);
        assert_eq!(
            verdicts(&report),
            [
                (Some("b.a"), None, Verdict::Pass),
                (Some("b.b"), None, Verdict::Fail),
                (Some("b.c"), None, Verdict::Unknown)
            ]
        );
    }

    #[test]
    fn nothing_examined_is_one_row_without_address() {
        assert_eq!(verdicts(&build([policy(&[])])), [(None, None, Verdict::NotApplicable)]);
    }

    #[test]
    fn broken_policy_is_one_error_row() {
        let broken = Judged {
            verdicts: Err("line 3: boom".into()),
            ..policy(&["b.a"])
        };
        let report = build([broken]);
        assert_eq!(verdicts(&report), [(None, None, Verdict::Error)]);
        assert_eq!(report.results[0].message.as_deref(), Some("line 3: boom"));
    }

    #[test]
    fn failing_outweighs_unknown_of_the_same_identity_only() {
        let report = build([says(
            &["b.a"],
            vec![finding("b.a", Some("0"))],
            vec![finding("b.a", Some("0")), finding("b.a", Some("1"))],
        )]);
        assert_eq!(
            verdicts(&report),
            [
                (Some("b.a"), Some("0"), Verdict::Fail),
                (Some("b.a"), Some("1"), Verdict::Unknown)
            ]
        );
    }

    #[test]
    fn finding_elsewhere_is_an_error() {
        let report = build([says(&["b.a"], vec![finding("b.z", None)], vec![])]);
        assert_eq!(
            verdicts(&report),
            [(Some("b.a"), None, Verdict::Pass), (Some("b.z"), None, Verdict::Error)]
        );
        assert_eq!(
            report.results[1].message.as_deref(),
            Some("finding at an address that it does not examine: it has no encryption")
        );
        let nowhere = build([says(&[], vec![finding("b.z", None)], vec![])]);
        assert_eq!(verdicts(&nowhere), [(Some("b.z"), None, Verdict::Error)]);
    }

    #[test]
    fn fix_overrides_the_remediation() {
        let fixed = Finding {
            fix: Some("Add a rule.".into()),
            ..finding("b.b", None)
        };
        let report = build([says(&["b.a", "b.b"], vec![finding("b.a", None), fixed], vec![])]);
        let remedies: Vec<_> = report.results.iter().map(|row| row.remediation.as_deref()).collect();
        assert_eq!(remedies, [Some("Encrypt it."), Some("Add a rule.")]);
    }

    #[test]
    fn since_compares_identities_with_the_state_before() {
        let before = |identities: &[(&str, Option<&str>)]| {
            Some(
                identities
                    .iter()
                    .map(|(at, key)| (Arc::from(*at), key.map(Arc::from)))
                    .collect(),
            )
        };
        let judged = Judged {
            before: before(&[("b.a", None), ("b.b", Some("0")), ("b.c", Some("9"))]),
            ..says(
                &["b.a", "b.b", "b.c", "b.d", "b.e"],
                vec![finding("b.a", None), finding("b.b", Some("1"))],
                vec![finding("b.e", None)],
            )
        };
        let report = build([judged]);
        let since: Vec<_> = report.results.iter().map(|row| row.since).collect();
        assert_eq!(
            since,
            [
                Some(Since::Existing),
                Some(Since::Introduced),
                Some(Since::Fixed),
                None,
                None
            ]
        );
        let unjudged = build([says(&["b.a"], vec![finding("b.a", None)], vec![])]);
        assert_eq!(unjudged.results[0].since, None);
    }

    #[test]
    fn order_of_the_policies_does_not_matter() {
        let other = || Judged {
            policy: "aws.kms.rotation".into(),
            ..policy(&["k.a"])
        };
        let one = || {
            says(
                &["b.a", "b.b"],
                vec![finding("b.b", None), finding("b.a", None)],
                vec![],
            )
        };
        let text = |report: PlanReport| serde_json::to_string(&report).unwrap();
        assert_eq!(text(build([one(), other()])), text(build([other(), one()])));
    }

    #[test]
    fn coverage_counts_the_resources_that_some_policy_examined() {
        let facts = PlanFacts {
            resources: ["b.a", "b.b", "x.y"].into_iter().map(Arc::from).collect(),
            ..PlanFacts::default()
        };
        let report = PlanReport::build(facts, [policy(&["b.a", "plan"]), policy(&["b.a", "b.b"])]);
        assert_eq!((report.resources, report.judged), (3, 2));
    }

    #[test]
    fn source_is_where_the_resource_stands() {
        let source = Source {
            file: "main.tf".into(),
            line: 12,
        };
        let facts = PlanFacts {
            sources: [(Arc::from("b.a"), source.clone())].into_iter().collect(),
            ..PlanFacts::default()
        };
        let report = PlanReport::build(facts, [says(&["b.a", "b.b"], vec![finding("b.a", None)], vec![])]);
        assert_eq!(report.results[0].source, Some(source));
        assert_eq!(report.results[1].source, None);
    }
}
