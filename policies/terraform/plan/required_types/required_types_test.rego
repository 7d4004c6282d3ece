package terraform.plan.required_types_test

import data.terraform.plan.required_types as policy

plan(types, complete) := {
	"terraform": {"errored": false, "complete": complete},
	"params": {"terraform.plan.required_types": {"types": types}},
	"resources": {"aws_kms_key": [{"address": "aws_kms_key.a"}], "aws_sns_topic": []},
	# What is deleted is not there.
	"removed": {"aws_s3_bucket": [{"address": "aws_s3_bucket.a"}]},
}

test_fails_for_each_type_that_is_missing if {
	both := plan(["aws_kms_key", "aws_s3_bucket", "aws_sns_topic"], true)
	{finding.key | some finding in policy.deny} == {"aws_s3_bucket", "aws_sns_topic"} with input as both
	policy.unknown == set() with input as both
}

test_passes_with_all if {
	policy.examined == {"plan"} with input as plan(["aws_kms_key"], true)
	policy.deny == set() with input as plan(["aws_kms_key"], true)
}

test_asks_for_nothing_by_default if {
	policy.examined == set() with input as plan([], true)
	policy.deny == set() with input as plan([], true)
}

test_is_unknown_where_the_plan_does_not_cover_everything if {
	part := plan(["aws_kms_key", "aws_s3_bucket"], false)
	policy.deny == set() with input as part
	[[finding.key, finding.cause] | some finding in policy.unknown] == [[
		"aws_s3_bucket",
		"the plan covers only a part",
	]] with input as part
}
