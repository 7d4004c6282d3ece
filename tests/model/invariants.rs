//! What holds of every model, whatever the plan.

use std::collections::BTreeSet;
use std::path::Path;

use plangate::model::{ByType, Map, Mode, Model, Value};

use crate::render::all;

/// Every member of an IAM statement is there, so that a policy need not test for it.
const MEMBERS: [&str; 9] = [
    "Action",
    "Condition",
    "Effect",
    "NotAction",
    "NotPrincipal",
    "NotResource",
    "Principal",
    "Resource",
    "Sid",
];

/// Panics where something does not hold of a case's model.
pub(crate) fn check(folder: &Path, model: &Model) {
    let case = folder.display();
    for section in [&model.resources, &model.data, &model.removed] {
        for resources in section.values() {
            assert!(
                resources.is_sorted_by_key(|resource| &resource.address),
                "{case}: not sorted by address"
            );
        }
    }
    assert_eq!(forward(model), back(model), "{case}: references and referrers differ");
    for resource in all(model) {
        let address = &resource.address;
        for target in resource.references.values().flatten() {
            assert_ne!(target.address, *address, "{case}: a reference to itself");
            assert_eq!(
                target.certain,
                target.cause.is_none(),
                "{case}: {address}: a cause is for what is uncertain"
            );
        }
        each_statement(&resource.values, &mut |statement| {
            let names: Vec<&str> = statement.keys().map(|name| &**name).collect();
            assert_eq!(names, MEMBERS, "{case}: {address}");
        });
    }
}

type Link<'m> = (&'m str, &'m str, &'m str, &'m str, bool);

fn forward(model: &Model) -> BTreeSet<Link<'_>> {
    let mut links = BTreeSet::new();
    for resource in all(model) {
        for (argument, targets) in &resource.references {
            for target in targets {
                let position = &section(model, target.mode)[&target.kind][target.position];
                assert_eq!(position.address, target.address, "the position leads elsewhere");
                links.insert((
                    &*resource.address,
                    &**argument,
                    &*target.address,
                    &*target.attribute,
                    target.certain,
                ));
            }
        }
    }
    links
}

fn back(model: &Model) -> BTreeSet<Link<'_>> {
    let mut links = BTreeSet::new();
    for resource in all(model) {
        for (kind, referrers) in &resource.referrers {
            for other in referrers {
                let position = &section(model, other.mode)[kind][other.position];
                assert_eq!(position.address, other.address, "the position leads elsewhere");
                links.insert((
                    &*other.address,
                    &*other.argument,
                    &*resource.address,
                    &*other.attribute,
                    other.certain,
                ));
            }
        }
    }
    links
}

fn section(model: &Model, mode: Mode) -> &ByType {
    match mode {
        Mode::Managed => &model.resources,
        Mode::Data => &model.data,
    }
}

fn each_statement(value: &Value, see: &mut impl FnMut(&Map)) {
    match value {
        Value::Object(members) => {
            let is_document = members.contains_key("Version");
            let statements = members
                .get("Statement")
                .filter(|_| is_document)
                .and_then(Value::as_array);
            for statement in statements.into_iter().flatten() {
                if let Value::Object(members) = statement
                    && !members.contains_key("unknown")
                {
                    see(members);
                }
            }
            members.values().for_each(|member| each_statement(member, see));
        }
        Value::Array(elements) => elements.iter().for_each(|element| each_statement(element, see)),
        _ => {}
    }
}
