package terraform.plan.destroys_data_test

import data.terraform.plan.destroys_data as policy

change(type, name, actions) := {type: [{
	"address": sprintf("%s.%s", [type, name]),
	"actions": actions,
	"replaces": "create" in actions,
	"reason": null,
}]}

judged(resources, removed) := {
	"params": {"terraform.plan.destroys_data": {"types": ["aws_s3_bucket", "aws_sqs_queue"]}},
	"resources": resources,
	"removed": removed,
}

denied(document) := found if {
	found := {finding.address: finding.message | some finding in policy.deny} with input as document
}

test_deleted_is_found if {
	denied(judged({}, change("aws_s3_bucket", "a", ["delete"]))) == {
		"aws_s3_bucket.a": "it is deleted, and its data with it",
	}
}

test_replaced_is_found_in_both_orders if {
	denied(judged(change("aws_s3_bucket", "a", ["delete", "create"]), {})) == {
		"aws_s3_bucket.a": "it is deleted with its data, and created anew",
	}
	denied(judged(change("aws_s3_bucket", "a", ["create", "delete"]), {})) == {
		"aws_s3_bucket.a": "it is created anew, and the old one deleted with its data",
	}
}

test_kept_passes if {
	every actions in [["update"], ["forget"], ["create", "forget"]] {
		document := judged(change("aws_s3_bucket", "a", actions), {})
		policy.deny == set() with input as document
		policy.examined == {"aws_s3_bucket.a"} with input as document
	}
}

test_forgotten_passes if {
	document := judged({}, change("aws_s3_bucket", "a", ["forget"]))
	policy.deny == set() with input as document
	policy.examined == {"aws_s3_bucket.a"} with input as document
}

test_what_is_not_changed_is_not_examined if {
	every actions in [["create"], ["no-op"], ["read"], []] {
		document := judged(change("aws_s3_bucket", "a", actions), {})
		policy.examined == set() with input as document
	}
}

test_other_types_are_not_examined if {
	document := judged(
		change("aws_sns_topic", "a", ["delete", "create"]),
		change("aws_instance", "a", ["delete"]),
	)
	policy.examined == set() with input as document
	policy.deny == set() with input as document
}

replaced(details) := {"aws_s3_bucket": [object.union(
	{
		"address": "aws_s3_bucket.a",
		"actions": ["delete", "create"],
		"replaces": true,
		"reason": "replace_because_cannot_update",
	},
	details,
)]}

test_says_what_forces_the_replacement if {
	paths := [["rule", 0, "name"], ["bucket"]]
	denied(judged(replaced({"replace_paths": paths}), {})) == {"aws_s3_bucket.a": concat("", [
		"it is deleted with its data, and created anew: bucket, rule.0.name cannot be changed in place",
	])}
	{finding.fix | some finding in policy.deny} == {policy.keep_argument} with input as judged(
		replaced({"replace_paths": paths}),
		{},
	)
}

test_says_which_one_forces_the_replacement if {
	one := judged(replaced({"replace_paths": [["bucket"]]}), {})
	denied(one) == {"aws_s3_bucket.a": concat("", [
		"it is deleted with its data, and created anew: bucket cannot be changed in place",
	])}
	{finding.fix | some finding in policy.deny} == {policy.keep_argument} with input as one
}

# https://developer.hashicorp.com/terraform/internals/json-format, "action_reason"
test_knows_why_terraform_deletes_or_replaces if {
	every reason in [
		"delete_because_no_resource_config", "delete_because_no_module",
		"delete_because_wrong_repetition", "delete_because_count_index",
		"delete_because_each_key", "delete_because_no_move_target",
		"replace_because_tainted", "replace_by_request",
		"replace_by_triggers",
	] {
		contains(denied(judged(replaced({"reason": reason}), {}))["aws_s3_bucket.a"], "anew: ")
	}
}

test_says_why if {
	denied(judged(replaced({"reason": "replace_by_request"}), {})) == {
		"aws_s3_bucket.a": "it is deleted with its data, and created anew: its replacement was asked for",
	}
	denied(judged(replaced({"reason": "a later version's"}), {})) == {
		"aws_s3_bucket.a": "it is deleted with its data, and created anew",
	}
}

test_says_what_to_do if {
	asked := judged(replaced({"reason": "replace_by_request"}), {})
	{startswith(finding.fix, "Keep it as it is") | some finding in policy.deny} == {true} with input as asked
	deleted := judged({}, change("aws_s3_bucket", "a", ["delete"]))
	{finding.fix | some finding in policy.deny} == {policy.keep_resource} with input as deleted
	{finding.found | some finding in policy.deny} == {"delete"} with input as deleted
}
