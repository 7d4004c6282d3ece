package aws.s3.public_policy_test

import data.aws.s3.public_policy as policy

unknown := {"unknown": true, "from": ["var.a"]}

statement(members) := object.union(
	{
		"Sid": "", "Effect": "Allow", "Action": ["s3:GetObject"], "NotAction": [], "Resource": ["*"],
		"NotResource": [], "Principal": {}, "NotPrincipal": {}, "Condition": {},
	},
	members,
)

model(type, values) := {"resources": {type: [{"address": "x", "values": values}]}}

of(statements) := model("aws_s3_bucket_policy", {"policy": {"Statement": statements}})

anyone := {"Principal": {"*": ["*"]}}

test_anyone if {
	policy.deny == {{
		"address": "x",
		"key": "Site",
		"message": "statement Site allows it to everyone, and no condition limits that",
		"attribute": "policy",
		"found": {"Principal": {"*": ["*"]}, "Action": ["s3:GetObject"]},
		"expected": "the principals that need it, or a condition that limits who calls",
	}} with input as of([statement(object.union(anyone, {"Sid": "Site"}))])
}

test_limited if {
	limited := {"Condition": {"StringEquals": {"aws:SourceAccount": ["123456789012"]}}}
	policy.deny == set() with input as of([statement(object.union(anyone, limited))])
	policy.deny == set() with input as of([statement(object.union(anyone, {"Effect": "Deny"}))])
}

test_canned_acls if {
	every type in ["aws_s3_bucket_acl", "aws_s3_bucket"] {
		every acl in ["public-read", "public-read-write", "authenticated-read"] {
			count(policy.deny) == 1 with input as model(type, {"acl": acl})
		}
		every acl in ["private", "log-delivery-write", "bucket-owner-read", "aws-exec-read", null] {
			policy.deny == set() with input as model(type, {"acl": acl})
			policy.unknown == set() with input as model(type, {"acl": acl})
		}
	}
	some finding in policy.deny with input as model("aws_s3_bucket_acl", {"acl": "public-read"})
	finding.message == "its ACL public-read lets anyone read"
}

group(name) := concat("/", ["http://acs.amazonaws.com/groups/global", name])

granted(uri) := {"access_control_policy": [{"grant": [{"permission": "READ", "grantee": [{"uri": uri}]}]}]}

test_grants if {
	some finding in policy.deny with input as model("aws_s3_bucket_acl", granted(group("AllUsers")))
	finding.message == "its ACL has a grant to AllUsers, which is anyone"
	finding.key == "AllUsers"
	count(policy.deny) == 1 with input as model("aws_s3_bucket_acl", granted(group("AuthenticatedUsers")))
	policy.deny == set() with input as model("aws_s3_bucket_acl", granted(group("LogDelivery")))
	count(policy.deny) == 1 with input as model("aws_s3_bucket", {"grant": [{"uri": group("AllUsers")}]})
	count(policy.unknown) == 1 with input as model("aws_s3_bucket_acl", granted(unknown))
	count(policy.unknown) == 1 with input as model("aws_s3_bucket", {"grant": [{"uri": unknown}]})
}

test_examined if {
	policy.examined == {"x"} with input as model("aws_s3_bucket_policy", {"policy": unknown})
	policy.examined == {"x"} with input as model("aws_s3_bucket_acl", {})
	policy.examined == set() with input as model("aws_s3_bucket", {})
	policy.examined == set() with input as model("aws_s3_bucket", {"policy": "", "acl": null, "grant": []})
	policy.examined == {"x"} with input as model("aws_s3_bucket", {"acl": "private"})
	policy.examined == {"x"} with input as model("aws_s3_bucket", {"policy": {"Statement": []}})
	policy.examined == {"x"} with input as model("aws_s3_bucket", {"grant": [{"uri": "x"}]})
}

test_unknown if {
	every found in [unknown, {"Statement": [unknown]}] {
		count(policy.unknown) == 1 with input as model("aws_s3_bucket_policy", {"policy": found})
		policy.deny == set() with input as model("aws_s3_bucket_policy", {"policy": found})
	}
	every members in [
		{"Principal": {"AWS": [unknown]}},
		{"Principal": {"*": ["*"]}, "Condition": unknown},
		{"Principal": {"*": ["*"]}, "Effect": unknown},
	] {
		count(policy.unknown) == 1 with input as of([statement(members)])
		policy.deny == set() with input as of([statement(members)])
	}
	policy.unknown == set() with input as of([statement({"Effect": unknown})])
	count(policy.unknown) == 1 with input as model("aws_s3_bucket_acl", {"acl": unknown})
}
