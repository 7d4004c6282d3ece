package aws.s3.public_policy_test

import data.aws.s3.public_policy

unknown := {"unknown": true, "from": ["var.a"]}

allow := {
	"Sid": "", "Effect": "Allow", "Action": ["s3:GetObject"], "NotAction": [], "Resource": ["*"], "NotResource": [],
	"Principal": {"*": ["*"]}, "NotPrincipal": {}, "Condition": {},
}

statement(members) := {name: object.get(members, name, usual) | some name, usual in allow}

planned(type, values) := {"resources": {type: [{"address": "x", "values": values}]}}

policy(members) := planned("aws_s3_bucket_policy", {"policy": {"Statement": [statement(members)]}})

test_messages if {
	every text, members in {
		"statement Read allows s3:GetObject": {"Sid": "Read"},
		"statement 0 allows s3:a, s3:b, s3:c": {"Action": ["s3:a", "s3:b", "s3:c"]},
		"statement 0 allows 4 actions": {"Action": ["s3:a", "s3:b", "s3:c", "s3:d"]},
		"statement 0 allows actions": {"Action": [unknown]},
	} {
		found := public_policy.deny with input as policy(members)
		{finding.message | some finding in found} == {concat(" ", [
			text,
			"to anyone without a condition that limits who calls",
		])}
	}
}

test_each_statement_is_a_finding if {
	document := {"Statement": [statement({"Sid": "A"}), statement({"Effect": "Deny"}), statement({})]}
	found := public_policy.deny with input as planned("aws_s3_bucket_policy", {"policy": document})
	{finding.key | some finding in found} == {"A", "2"}
}

test_what_may_be_open if {
	every members in [
		{"Effect": unknown},
		{"Principal": unknown},
		{"Principal": {"AWS": [unknown]}},
		{"Condition": unknown},
	] {
		found := public_policy.unknown with input as policy(members)
		{finding.cause | some finding in found} == {"var.a"}
		public_policy.deny == set() with input as policy(members)
	}
}

test_unknown_statements_beside_open_ones if {
	document := {"Statement": [unknown, statement({})]}
	count(public_policy.deny) == 1 with input as planned("aws_s3_bucket", {"policy": document})
	count(public_policy.unknown) == 1 with input as planned("aws_s3_bucket", {"policy": document})
}

test_nothing_set if {
	every type in ["aws_s3_bucket", "aws_s3_bucket_policy", "aws_s3_bucket_acl", "aws_s3_object"] {
		every values in [{}, {"acl": null, "policy": ""}, {"acl": {"unknown": true, "unset": true}, "grant": []}] {
			public_policy.deny == set() with input as planned(type, values)
			public_policy.unknown == set() with input as planned(type, values)
		}
	}
}

test_canned_acls if {
	every acl in ["public-read", "public-read-write", "authenticated-read"] {
		count(public_policy.deny) == 1 with input as planned("aws_s3_object", {"acl": acl})
	}
	every acl in ["private", "log-delivery-write", "bucket-owner-full-control", "aws-exec-read"] {
		public_policy.deny == set() with input as planned("aws_s3_bucket", {"acl": acl})
	}
	found := public_policy.unknown with input as planned("aws_s3_bucket", {"acl": unknown})
	{finding.key | some finding in found} == {"acl"}
}

everyone := "http://acs.amazonaws.com/groups/global/AllUsers"

test_grants if {
	inline := planned("aws_s3_bucket", {"grant": [{"uri": everyone, "permissions": ["READ", "WRITE"]}]})
	found := public_policy.deny with input as inline
	{finding.key | some finding in found} == {"READ to anyone", "WRITE to anyone"}
	later := planned("aws_s3_bucket", {"grant": [{"uri": everyone, "permissions": [unknown]}]})
	granted := public_policy.deny with input as later
	{finding.key | some finding in granted} == {"a permission to anyone"}
	unclear := public_policy.unknown with input as planned("aws_s3_bucket", {"grant": unknown})
	{finding.key | some finding in unclear} == {"grant"}
}

test_separate_grants if {
	grant := {"permission": "READ", "grantee": [{"type": "Group", "uri": everyone}]}
	acl := planned("aws_s3_bucket_acl", {"access_control_policy": [{"grant": [grant]}]})
	found := public_policy.deny with input as acl
	{finding.key | some finding in found} == {"READ to anyone"}
	own := {"permission": "FULL_CONTROL", "grantee": [{"type": "CanonicalUser", "id": "1"}]}
	private := planned("aws_s3_bucket_acl", {"access_control_policy": [{"grant": [own]}]})
	public_policy.deny == set() with input as private
	public_policy.unknown == set() with input as private
	count(public_policy.unknown) == 1 with input as planned("aws_s3_bucket_acl", {"access_control_policy": unknown})
}

# What the bucket shows of the ACL and the policy that the plan deletes.
test_what_is_deleted_opens_nothing if {
	deleting := {
		"resources": {"aws_s3_bucket": [{
			"address": "b", "config": {"bucket": {"constant": "data"}},
			"values": {
				"id": "data", "acl": "public-read",
				"grant": [{"uri": "http://acs.amazonaws.com/groups/global/AllUsers", "permissions": ["READ"]}],
				"policy": {"Version": "2012-10-17", "Statement": [{
					"Sid": "", "Effect": "Allow", "Action": ["s3:GetObject"], "NotAction": [], "Resource": ["*"],
					"NotResource": [], "Principal": {"*": ["*"]}, "NotPrincipal": {}, "Condition": {},
				}]},
			},
		}]},
		"removed": {type: [{"actions": ["delete"], "values": {"bucket": "data"}}] |
			some type in ["aws_s3_bucket_acl", "aws_s3_bucket_policy"]
		},
	}
	public_policy.deny == set() with input as deleting
	count(public_policy.deny) == 3 with input as object.remove(deleting, ["removed"])
}
