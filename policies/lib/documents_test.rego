package lib.documents_test

import data.lib.documents

test_each_type_has_a_place_of_its_own if {
	count(documents.carriers.policy) == 53
	count({type | some types in documents.carriers; some type in types}) == 71
}

test_all if {
	found := documents.all with input as {"resources": {
		"aws_iam_role": [{"address": "role", "values": {
			"assume_role_policy": "trust",
			"inline_policy": [{"name": "a", "policy": "inline"}, {"name": "b", "policy": ""}],
		}}],
		"aws_s3_bucket_policy": [{"address": "bucket", "values": {"policy": {"unknown": true, "from": []}}}],
		"aws_sqs_queue": [{"address": "queue", "values": {"policy": {"unknown": true, "unset": true}}}],
		"aws_ecr_lifecycle_policy": [{"address": "lifecycle", "values": {"policy": "other"}}],
		"aws_s3control_multi_region_access_point_policy": [{"address": "point", "values": {"details": [{
			"name": "p",
			"policy": "access",
		}]}}],
	}}
	{[entry.resource.address, entry.argument, entry.name] | some entry in found} == {
		["role", "assume_role_policy", ""],
		["role", "inline_policy", "a"],
		["bucket", "policy", ""],
		["point", "details", "p"],
	}
}
