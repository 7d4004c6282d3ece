package aws.s3.versioning_test

import data.aws.s3.versioning as policy

unknown := {"unknown": true, "from": ["var.a"]}

model(bucket, versionings) := {"unresolved": {}, "resources": {
	"aws_s3_bucket": [{"address": "x", "values": bucket, "referrers": {"aws_s3_bucket_versioning": [referrer |
		some position, _ in versionings
		referrer := {"address": "versioning", "argument": "bucket", "certain": true, "position": position}
	]}}],
	"aws_s3_bucket_versioning": versionings,
}}

status(found) := [{"address": "versioning", "values": {"versioning_configuration": [{"status": found}]}}]

test_no_versioning if {
	policy.deny == {{
		"address": "x",
		"message": "nothing in the plan enables its versioning",
		"attribute": "status",
		"found": "Disabled",
		"expected": "Enabled",
	}} with input as model({}, [])
}

test_suspended if {
	some finding in policy.deny with input as model({}, status("Suspended"))
	finding.message == "its versioning is Suspended"
	finding.found == "Suspended"
}

test_what_a_block_or_a_resource_leaves_out if {
	separate := model({}, [{"address": "versioning", "values": {}}])
	every found in [separate, model({"versioning": [{"enabled": false}]}, [])] {
		[finding.found | some finding in policy.deny] == ["Disabled"] with input as found
	}
}

test_enabled if {
	policy.deny == set() with input as model({}, status("Enabled"))
	policy.deny == set() with input as model({"versioning": [{"enabled": true}]}, [])
	policy.deny == set() with input as model({"versioning": [{"enabled": "true"}]}, [])
}

test_the_old_block_turned_off if {
	count(policy.deny) == 1 with input as model({"versioning": [{"enabled": false}]}, [])
	count(policy.deny) == 1 with input as model({"versioning": [{"enabled": null}]}, [])
}

test_unset_is_not_unknown if {
	unset := {"versioning": {"unknown": true, "unset": true}}
	count(policy.deny) == 1 with input as model(unset, [])
	policy.unknown == set() with input as model(unset, [])
}

test_unknown if {
	every maybe in [model({}, status(unknown)), model({"versioning": unknown}, [])] {
		policy.deny == set() with input as maybe
		{finding.cause | some finding in policy.unknown} == {"var.a"} with input as maybe
	}
	policy.unknown == set() with input as model({"versioning": unknown}, status("Enabled"))
}

# A bucket has one versioning: another, whose bucket the plan does not tell, is not its.
test_a_versioning_of_another_bucket if {
	elsewhere := {"unresolved": {"aws_s3_bucket_versioning": {"bucket": ["local.b"]}}}
	suspended := object.union(model({}, status("Suspended")), elsewhere)
	count(policy.deny) == 1 with input as suspended
	policy.unknown == set() with input as suspended
	none := object.union(model({}, []), elsewhere)
	policy.deny == set() with input as none
	{finding.cause | some finding in policy.unknown} == {"local.b"} with input as none
}

# What the bucket shows of the versioning that the plan deletes.
test_versioning_that_is_deleted if {
	planned := {
		"resources": {"aws_s3_bucket": [{
			"address": "b", "config": {"bucket": {"constant": "logs"}},
			"values": {"id": "logs", "versioning": [{"enabled": true}]},
		}]},
		"removed": {"aws_s3_bucket_versioning": [{"actions": ["delete"], "values": {"bucket": "logs"}}]},
	}
	{finding.message | some finding in policy.deny} == {"nothing in the plan enables its versioning"} with input as planned
}
