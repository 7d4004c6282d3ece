package aws.iam.trust_anyone_test

import data.aws.iam.trust_anyone as policy

later := {"unknown": true, "from": ["terraform_data.a.output"]}

statement(members) := object.union(
	object.remove(
		{
			"Sid": "", "Effect": "Allow", "Action": ["sts:AssumeRole"], "NotAction": [], "Resource": [], "NotResource": [],
			"Principal": {"AWS": ["*"]}, "NotPrincipal": {}, "Condition": {},
		},
		object.keys(members),
	),
	members,
)

document(statements) := {"Version": "2012-10-17", "Statement": statements}

model(found) := {"resources": {"aws_iam_role": [{"address": "x", "values": {"assume_role_policy": found}}]}}

denied(statements) := keys if {
	keys := [finding.key | some finding in policy.deny] with input as model(document(statements))
}

unsure(found) := causes if {
	causes := [finding.cause | some finding in policy.unknown] with input as model(found)
}

test_finding if {
	policy.deny == {{
		"address": "x",
		"message": "statement 0 lets anyone assume it, without a condition that limits whom",
		"key": "0",
		"attribute": "assume_role_policy",
		"found": "*",
		"expected": "named principals, or a condition such as aws:PrincipalOrgID",
	}} with input as model(document([statement({})]))
}

test_principals if {
	denied([
		statement({"Sid": "A"}),
		statement({"Sid": "B", "Principal": {"*": ["*"]}}),
		statement({"Sid": "C", "Principal": {"AWS": ["arn:aws:iam::123456789012:root"]}}),
		statement({"Sid": "D", "Principal": {"Service": ["ec2.amazonaws.com"]}}),
		statement({"Sid": "E", "Effect": "Deny"}),
		statement({"Sid": "F", "Principal": {}, "NotPrincipal": {"AWS": ["arn:aws:iam::123456789012:root"]}}),
	]) == ["A", "B", "F"]
}

test_conditions if {
	denied([
		statement({"Sid": "A", "Condition": {"StringEquals": {"aws:PrincipalOrgID": ["o-1"]}}}),
		statement({"Sid": "B", "Condition": {"StringEquals": {"sts:ExternalId": ["12"]}}}),
		statement({"Sid": "C", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": ["true"]}}}),
	]) == ["B", "C"]
}

test_unknown_finding if {
	found := policy.unknown with input as model(document([statement({"Principal": later})]))
	found == {{
		"address": "x",
		"message": "whether statement 0 lets anyone assume it is known after apply",
		"key": "0",
		"attribute": "assume_role_policy",
		"expected": "named principals, or a condition such as aws:PrincipalOrgID",
		"cause": "terraform_data.a.output",
	}}
}

test_unknown if {
	every found in [
		later,
		document([later]),
		document([statement({"Principal": later})]),
		document([statement({"Condition": later})]),
		document([statement({"Effect": later})]),
	] {
		unsure(found) == ["terraform_data.a.output"]
		count(policy.deny) == 0 with input as model(found)
	}
	unsure(document([statement({"Principal": {"Service": [later]}})])) == []
}

test_what_fails_is_not_unknown_too if policy.unknown == set() with input as model(document([statement({})]))
