//! What waivers excuse, and when they are told of.

use super::*;
use crate::model::Value;
use crate::pack::Severity;
use crate::report::testing::{plan, row};

fn waiver(policy: &str, address: &str, expires: Option<&str>) -> Waiver {
    Waiver {
        policy: policy.to_owned(),
        target: Target::Address(address.to_owned()),
        key: None,
        plan: None,
        fingerprint: None,
        excuse: Arc::new(Excuse {
            reason: "Agreed".into(),
            owner: "ops@acme.test".into(),
            ticket: None,
            expires: expires.map(Arc::from),
            source: Source {
                file: "plangate.toml".into(),
                line: 3,
            },
        }),
    }
}

fn days() -> Days {
    Days {
        today: "2026-11-28".to_owned(),
        soon: "2026-12-12".to_owned(),
    }
}

fn finding() -> Row {
    let found = Value::from("0.0.0.0/0");
    Row {
        key: Some("ingress[0]".into()),
        fingerprint: crate::report::fingerprint(None, &found),
        found,
        ..row("aws.a", "x.y[0]", Verdict::Fail, Severity::High)
    }
}

/// The verdict of [`finding`] under a waiver, and what is told of that.
fn judged(waiver: Waiver) -> (Verdict, Option<NoticeKind>) {
    let mut plan = plan("plan.json", vec![finding()]);
    let waivers = [waiver];
    let mut uses = [Use::default()];
    apply(&waivers, &days(), &mut plan, &mut uses);
    assert_eq!(plan.counts, Counts::of(&plan.results));
    let notices = notices(&waivers, &days(), &uses, |_| Some("delete it".to_owned()));
    (plan.results[0].verdict, notices.first().map(|notice| notice.kind))
}

#[test]
fn last_day_counts_and_the_next_does_not() {
    use NoticeKind::{Due, Expired};
    for (expires, verdict, notice) in [
        (None, Verdict::Waived, None),
        (Some("2026-11-27"), Verdict::Fail, Some(Expired)),
        (Some("2026-11-28"), Verdict::Waived, Some(Due)),
        (Some("2026-12-12"), Verdict::Waived, Some(Due)),
        (Some("2026-12-13"), Verdict::Waived, None),
    ] {
        assert_eq!(
            judged(waiver("aws.*", "x.y", expires)),
            (verdict, notice),
            "{expires:?}"
        );
    }
}

#[test]
fn what_it_is_not_for_is_not_excused_and_it_is_told() {
    let unmatched = (Verdict::Fail, Some(NoticeKind::Unmatched));
    let all = || waiver("aws.a", "x.y", None);
    for other in [
        waiver("aws.b", "x.y", None),
        waiver("aws.a", "x.z", None),
        waiver("aws.a", "x.y[1]", None),
        Waiver {
            key: Some("egress*".to_owned()),
            ..all()
        },
        Waiver {
            plan: Some("other/*".to_owned()),
            ..all()
        },
    ] {
        assert_eq!(judged(other.clone()), unmatched, "{other:?}");
    }
    let exact = Waiver {
        key: Some("ingress*".to_owned()),
        plan: Some("*.json".to_owned()),
        ..waiver("aws.a", "x.y[0]", None)
    };
    assert_eq!(judged(exact), (Verdict::Waived, None));
}

#[test]
fn waiver_of_a_value_ends_when_that_changes() {
    let of = |fingerprint: &str| Waiver {
        fingerprint: Some(fingerprint.to_owned()),
        ..waiver("aws.a", "x.y", None)
    };
    let now = finding().fingerprint.unwrap();
    assert_eq!(judged(of(&now)), (Verdict::Waived, None));
    assert_eq!(
        judged(of("0123456789abcdef")),
        (Verdict::Fail, Some(NoticeKind::Voided))
    );
}

#[test]
fn unknown_is_excused_and_a_pass_needs_no_waiver() {
    let rows = vec![
        row("aws.a", "x.u", Verdict::Unknown, Severity::High),
        row("aws.a", "x.p", Verdict::Pass, Severity::High),
    ];
    let mut plan = plan("plan.json", rows);
    let waivers = [waiver("aws.a", "x.u", None), waiver("aws.a", "x.p", None)];
    let mut uses = [Use::default(), Use::default()];
    apply(&waivers, &days(), &mut plan, &mut uses);
    assert_eq!((plan.counts.waived, plan.counts.pass, plan.counts.unknown), (1, 1, 0));
    let told = |asked: bool| notices(&waivers, &days(), &uses, |_| asked.then(|| "delete it".to_owned()));
    assert_eq!(told(true).len(), 1, "the waiver of what passes excuses nothing");
    assert!(
        told(true)[0].message.contains("x.p excuses nothing"),
        "{:?}",
        told(true)
    );
    assert!(told(false).is_empty(), "of what was left out there is no telling");
}

#[test]
fn expired_waiver_that_nothing_needs_is_told_too() {
    let mut plan = plan("plan.json", Vec::new());
    let waivers = [waiver("aws.a", "x.y", Some("2026-01-01"))];
    let mut uses = [Use::default()];
    apply(&waivers, &days(), &mut plan, &mut uses);
    let notices = notices(&waivers, &days(), &uses, |_| None);
    assert!(
        notices[0].message.ends_with("nothing needs it any more: delete it"),
        "{notices:?}"
    );
}
