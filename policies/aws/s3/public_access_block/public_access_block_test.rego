package aws.s3.public_access_block_test

import data.aws.s3.public_access_block as policy

unknown := {"unknown": true, "from": ["var.a"]}

on := {
	"block_public_acls": true,
	"block_public_policy": true,
	"ignore_public_acls": true,
	"restrict_public_buckets": true,
}

block(values) := {"address": "block", "values": values}

# A bucket with these blocks, in an account with those.
model(own, account) := {"unresolved": {}, "resources": {
	"aws_s3_bucket": [{"address": "x", "values": {}, "referrers": {"aws_s3_bucket_public_access_block": [referrer |
		some position, _ in own
		referrer := {"address": "block", "argument": "bucket", "certain": true, "position": position}
	]}}],
	"aws_s3_bucket_public_access_block": own,
	"aws_s3_account_public_access_block": account,
}}

test_no_block if {
	policy.deny == {{
		"address": "x",
		"message": "it has no public access block",
		"found": "no aws_s3_bucket_public_access_block",
		"expected": on,
	}} with input as model([], [])
}

test_what_is_off_is_named if {
	partly := object.union(on, {"ignore_public_acls": false, "block_public_policy": null})
	policy.deny == {{
		"address": "x",
		"message": "its public access block leaves block_public_policy, ignore_public_acls off",
		"found": {"block_public_policy": false, "ignore_public_acls": false},
		"expected": on,
	}} with input as model([block(partly)], [])
}

test_every_setting_counts if {
	every setting in object.keys(on) {
		count(policy.deny) == 1 with input as model([block(object.remove(on, [setting]))], [])
	}
}

test_all_on if {
	strings := {setting: "true" | some setting, _ in on}
	every values in [on, strings] {
		policy.deny == set() with input as model([block(values)], [])
		policy.unknown == set() with input as model([block(values)], [])
	}
}

test_the_accounts_block_counts if {
	policy.deny == set() with input as model([], [block(on)])
	halves := [
		block({"block_public_acls": true, "block_public_policy": true}),
		block({"ignore_public_acls": true, "restrict_public_buckets": true}),
	]
	policy.deny == set() with input as model([halves[0]], [halves[1]])
	count(policy.deny) == 1 with input as model([halves[0]], [halves[0]])
}

test_unknown_setting if {
	maybe := model([block(object.union(on, {"block_public_acls": unknown}))], [])
	policy.deny == set() with input as maybe
	{finding.cause | some finding in policy.unknown} == {"var.a"} with input as maybe
}

test_unknown_setting_that_the_account_turns_on if {
	policy.unknown == set() with input as model([block({"block_public_acls": unknown})], [block(on)])
}

test_a_block_of_an_unknown_bucket if {
	unresolved := {"unresolved": {"aws_s3_bucket_public_access_block": {"bucket": ["local.name"]}}}
	maybe := object.union(model([], []), unresolved)
	policy.deny == set() with input as maybe
	{finding.cause | some finding in policy.unknown} == {"local.name"} with input as maybe
	policy.unknown == set() with input as object.union(model([block(on)], []), unresolved)
}

# A bucket has one block of its own: another, whose bucket the plan does not tell, is not its.
test_a_block_of_another_bucket if {
	elsewhere := {"unresolved": {"aws_s3_bucket_public_access_block": {"bucket": ["local.b"]}}}
	off := object.union(model([block({})], []), elsewhere)
	count(policy.deny) == 1 with input as off
	policy.unknown == set() with input as off
	none := object.union(model([], []), elsewhere)
	policy.deny == set() with input as none
	{finding.cause | some finding in policy.unknown} == {"local.b"} with input as none
}

test_what_fails_is_not_unknown_too if policy.unknown == set() with input as model([], [])
