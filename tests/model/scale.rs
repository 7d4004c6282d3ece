//! The model of many instances is as many times as large, and no more.

use plangate::model::State;
use serde_json::{Value as Json, json};

use crate::cases::{folder, model, plan_of};

#[test]
fn many_instances_that_may_each_refer_to_any_of_many_make_no_square() {
    let size = |instances: usize| {
        let model = model(&of_many(instances), State::After);
        serde_json::to_string(&model).unwrap().len()
    };
    let (few, many) = (size(100), size(1000));
    assert!(many < few * 12, "{few} bytes for 100 instances, {many} for 1000");
}

/// A plan with so many buckets and blocks, the key by which a block chooses its bucket taken out of it.
fn of_many(instances: usize) -> String {
    let mut plan: Json = serde_json::from_str(&plan_of(&folder("each_key"))).unwrap();
    plan["planned_values"] = json!({});
    let changes = plan["resource_changes"].as_array().unwrap().clone();
    let many = changes
        .iter()
        .filter(|change| change["index"] == "x")
        .flat_map(|change| {
            (0..instances).map(move |at| {
                let mut change = change.clone();
                let resource = format!(
                    "{}.{}",
                    change["type"].as_str().unwrap(),
                    change["name"].as_str().unwrap()
                );
                change["address"] = json!(format!("{resource}[\"k{at:05}\"]"));
                change["index"] = json!(format!("k{at:05}"));
                change
            })
        });
    plan["resource_changes"] = many.collect();
    for resource in plan["configuration"]["root_module"]["resources"]
        .as_array_mut()
        .unwrap()
    {
        if resource["expressions"]["bucket"].is_object() {
            resource["expressions"]["bucket"]["references"] = json!(["aws_s3_bucket.b"]);
        }
    }
    plan.to_string()
}
