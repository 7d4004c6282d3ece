//! Plans that lack a section: from older versions of Terraform, cut by hand, or of a refresh only. What they still
//! tell is told. They are made here from real plans.

use std::collections::BTreeSet;

use plangate::model::{Model, State};
use serde_json::Value as Json;

use crate::cases::{folder, model, plan_of};
use crate::render::{all, render};

fn without(case: &str, sections: &[&str]) -> String {
    let mut plan: Json = serde_json::from_str(&plan_of(&folder(case))).unwrap();
    for section in sections {
        assert!(
            plan.as_object_mut().unwrap().remove(*section).is_some(),
            "{case} has no {section}"
        );
    }
    plan.to_string()
}

/// The lines of the rendered model that say where references lead.
fn references(model: &Model) -> BTreeSet<String> {
    let lines = render(model, "");
    lines
        .lines()
        .filter(|line| line.contains(" -> ") || line.contains(" ?> "))
        .map(str::to_owned)
        .collect()
}

const CREATING: [&str; 8] = [
    "direct",
    "each_key",
    "each_value_map",
    "for_each_resource",
    "index_through_local",
    "module_for_each",
    "modules_two_deep",
    "transitive",
];

#[test]
fn without_resource_changes_the_references_are_those_of_the_planned_values() {
    for case in CREATING {
        let whole = model(&plan_of(&folder(case)), State::After);
        let cut = model(&without(case, &["resource_changes"]), State::After);
        assert_eq!(references(&cut), references(&whole), "{case}");
        let addresses = |model: &Model| all(model).map(|resource| resource.address.clone()).collect::<Vec<_>>();
        assert_eq!(addresses(&cut), addresses(&whole), "{case}");
    }
}

#[test]
fn without_resource_changes_an_argument_that_is_missing_is_unknown_with_its_cause() {
    let cut = model(&without("direct", &["resource_changes"]), State::After);
    let block = &cut.resources["aws_s3_bucket_public_access_block"][0];
    let bucket = serde_json::to_string(block.values.get("bucket").unwrap()).unwrap();
    assert_eq!(bucket, r#"{"from":["aws_s3_bucket.b.id"],"unknown":true}"#);
    assert!(block.actions.is_empty());
}

#[test]
fn without_planned_values_nothing_is_missing() {
    for case in CREATING {
        let whole = model(&plan_of(&folder(case)), State::After);
        let cut = model(&without(case, &["planned_values"]), State::After);
        assert_eq!(render(&cut, ""), render(&whole, ""), "{case}");
    }
}

#[test]
fn without_configuration_known_names_still_refer() {
    let whole = model(&plan_of(&folder("equal_bucket_name")), State::After);
    let cut = model(&without("equal_bucket_name", &["configuration"]), State::After);
    assert_eq!(references(&cut), references(&whole));
}

#[test]
fn without_configuration_that_is_the_cause_of_an_unknown_value() {
    let cut = model(&without("direct", &["configuration"]), State::After);
    let block = &cut.resources["aws_s3_bucket_public_access_block"][0];
    let bucket = serde_json::to_string(block.values.get("bucket").unwrap()).unwrap();
    assert_eq!(bucket, r#"{"from":["no configuration in the plan"],"unknown":true}"#);
    assert!(block.references.is_empty());
}

#[test]
fn without_configuration_the_value_of_a_variable_is_hidden() {
    let cut = model(&without("sensitive_variable", &["configuration"]), State::After);
    let plain = cut
        .variables
        .iter()
        .find(|variable| &*variable.name == "plain")
        .unwrap();
    assert_eq!(serde_json::to_string(&plain.value).unwrap(), r#"{"sensitive":true}"#);
}

#[test]
fn without_prior_state_a_data_source_that_was_read_is_missing() {
    let whole = model(&plan_of(&folder("data_read_already")), State::After);
    let cut = model(&without("data_read_already", &["prior_state"]), State::After);
    assert!(whole.data.contains_key("aws_iam_policy_document"));
    assert!(cut.data.is_empty());
    assert_eq!(whole.resources.len(), cut.resources.len());
}

#[test]
fn with_planned_values_only_there_are_resources_and_their_values() {
    let sections = ["configuration", "resource_changes"];
    let cut = model(&without("equal_bucket_name", &sections), State::After);
    let buckets = &cut.resources["aws_s3_bucket"];
    assert_eq!(
        buckets[0].values.get("bucket").unwrap().as_str(),
        Some("equal-by-literal")
    );
    assert!(!references(&cut).is_empty());
}

#[test]
fn what_a_list_leaves_out_is_unknown_where_its_mirror_says_so() {
    let mut plan: Json = serde_json::from_str(&plan_of(&folder("iam_data_sources_unknown"))).unwrap();
    let whole = documents(&plan);
    for change in plan["resource_changes"].as_array_mut().unwrap() {
        if let Some(sources) = change["change"]["after"]["source_policy_documents"].as_array_mut() {
            sources.retain(|source| !source.is_null());
        }
    }
    assert_eq!(documents(&plan), whole);
}

#[test]
fn a_reference_to_a_document_may_name_no_attribute() {
    let text = plan_of(&folder("iam_data_sources_unknown"));
    let plan: Json = serde_json::from_str(&text).unwrap();
    let mut old = plan.clone();
    name_no_attributes(&mut old["configuration"]);
    assert_ne!(old, plan);
    assert_eq!(documents(&old), documents(&plan));
}

/// The documents of the data sources, and the policies that are made of them.
fn documents(plan: &Json) -> Vec<String> {
    let model = model(&plan.to_string(), State::After);
    let json = |values: &plangate::model::Value, name| serde_json::to_string(&values.get(name)).unwrap();
    let read = model.data["aws_iam_policy_document"]
        .iter()
        .map(|data| format!("{}: {}", data.address, json(&data.values, "json")));
    let used = all(&model).map(|resource| format!("{}: {}", resource.address, json(&resource.values, "policy")));
    read.chain(used).collect()
}

/// Cuts references to what Terraform before 0.15 shows of them.
fn name_no_attributes(json: &mut Json) {
    match json {
        Json::Object(members) => {
            if let Some(Json::Array(references)) = members.get_mut("references") {
                references.retain(|reference| {
                    let text = reference.as_str().unwrap();
                    !text.starts_with("data.") || text.split('.').count() < 4
                });
            }
            members.values_mut().for_each(name_no_attributes);
        }
        Json::Array(elements) => elements.iter_mut().for_each(name_no_attributes),
        _ => {}
    }
}

/// The configuration that each of two modules uses, in a plan with the keys that Terraform before 1.1 gives.
fn used_before_1_1(change: impl Fn(&mut Json)) -> [Option<String>; 2] {
    let mut plan: Json = serde_json::from_str(&plan_of(&folder("provider_default_tags"))).unwrap();
    let configuration = &mut plan["configuration"];
    for call in ["passed", "own"] {
        let resource = &mut configuration["root_module"]["module_calls"][call]["module"]["resources"][0];
        resource["provider_config_key"] = format!("{call}:aws").into();
    }
    let required = serde_json::json!({"name": "aws", "module_address": "module.passed"});
    configuration["provider_config"]["module.passed:aws"] = required;
    for provider in configuration["provider_config"].as_object_mut().unwrap().values_mut() {
        provider.as_object_mut().unwrap().remove("full_name");
    }
    change(&mut configuration["provider_config"]);
    let model = model(&plan.to_string(), State::After);
    ["module.passed.aws_vpc.this", "module.own.aws_vpc.this"].map(|address| {
        let resource = all(&model).find(|resource| &*resource.address == address).unwrap();
        resource.provider_config.as_deref().map(str::to_owned)
    })
}

#[test]
fn before_1_1_a_module_uses_its_own_configuration() {
    let [_, own] = used_before_1_1(|_| {});
    assert_eq!(own.as_deref(), Some("module.own.provider.aws"));
}

#[test]
fn before_1_1_the_plan_does_not_tell_which_of_several_configurations_is_passed() {
    let [passed, _] = used_before_1_1(|_| {});
    assert_eq!(passed, None);
}

#[test]
fn before_1_1_the_only_configuration_of_the_provider_is_passed() {
    let [passed, own] = used_before_1_1(|providers| {
        let aws = |key: &str| key.starts_with("aws.") || key == "module.own:aws";
        providers.as_object_mut().unwrap().retain(|key, _| !aws(key));
    });
    assert_eq!(passed.as_deref(), Some("provider.aws"));
    assert_eq!(own.as_deref(), Some("provider.aws"));
}

#[test]
fn without_a_provider_configuration_none_is_named() {
    let [passed, _] = used_before_1_1(|providers| *providers = serde_json::json!({}));
    assert_eq!(passed, None);
}
