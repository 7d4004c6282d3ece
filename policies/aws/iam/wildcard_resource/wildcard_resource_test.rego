package aws.iam.wildcard_resource_test

import data.aws.iam.wildcard_resource as policy

unknown := {"unknown": true, "from": ["var.a"]}

statement(members) := object.union(
	{
		"Sid": "", "Effect": "Allow", "Action": [], "NotAction": [], "Resource": ["*"], "NotResource": [],
		"Principal": {}, "NotPrincipal": {}, "Condition": {},
	},
	members,
)

model(document, allowed) := {
	"resources": {"aws_iam_policy": [{"address": "x", "values": {"policy": document}}]},
	"params": {"aws.iam.wildcard_resource": {"allow_actions": allowed}},
}

document(statements) := {"Version": "2012-10-17", "Statement": statements}

denied(statements, allowed) := keys if {
	keys := [finding.key | some finding in policy.deny] with input as model(document(statements), allowed)
}

unsure(statements) := keys if {
	keys := [finding.key | some finding in policy.unknown] with input as model(document(statements), [])
}

test_finding if {
	policy.deny == {{
		"address": "x",
		"key": "Data",
		"attribute": "policy",
		"message": "statement Data allows s3:GetObject, kms:* on every resource, though it can name some",
		"found": "*",
		"expected": "the ARNs that the actions are needed on",
	}} with input as model(
		document([statement({"Sid": "Data", "Action": ["s3:GetObject", "xray:PutTraceSegments", "kms:*"]})]),
		[],
	)
}

test_actions_that_know_no_resources if {
	every action in [
		"xray:PutTraceSegments", "XRAY:puttracesegments", "cloudwatch:PutMetricData", "ec2:DescribeInstances",
		"ecr:GetAuthorizationToken", "sts:GetCallerIdentity", "ssmmessages:*", "ssmmessages:Open*",
		"autoscaling:Describe*", "logs:DescribeLogGroups", "s3:ListAllMyBuckets", "tag:GetResources",
	] {
		denied([statement({"Action": [action]})], []) == []
		unsure([statement({"Action": [action]})]) == []
	}
}

test_actions_that_know_resources if {
	every action in [
		"*", "s3:*", "s3:GetObject", "logs:PutLogEvents", "xray:*", "iam:PassRole", "ec2:*", "dynamodb:Get*",
		"nosuchservice:Do", "xray", "ecr:GetAuthorization", "logs:CreateLogGroup",
	] {
		denied([statement({"Action": [action]})], []) == ["0"]
	}
}

test_allowed_actions if {
	actions := statement({"Action": ["ec2:Describe*", "s3:GetObject"]})
	denied([actions], ["EC2:describe*", "s3:getobject"]) == []
	denied([actions], ["ec2:Describe*"]) == ["0"]
	denied([actions], ["*"]) == []
	denied([actions], ["ec2:Describe", "s3:GetObject"]) == ["0"]
}

test_every_resource_among_others if {
	denied([statement({"Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::a", "*"]})], []) == ["0"]
	denied([statement({"Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::*"]})], []) == []
	denied([statement({"Action": ["s3:GetObject"], "Resource": [unknown]})], []) == []
	unsure([statement({"Action": ["s3:GetObject"], "Resource": [unknown]})]) == []
}

test_what_is_no_text_is_no_action if {
	denied([statement({"Action": [1]})], []) == []
	denied([statement({"NotAction": [1]})], []) == ["0"]
}

test_not_action if {
	denied([statement({"NotAction": ["iam:*"]})], []) == ["0"]
	denied([statement({"NotAction": [unknown]})], []) == ["0"]
}

test_not_action_is_named if {
	messages := {finding.message | some finding in policy.deny} with input as model(
		document([statement({"NotAction": ["iam:*"]})]),
		[],
	)
	messages == {"statement 0 allows all actions but iam:* on every resource, though it can name some"}
}

test_effects if {
	denied([statement({"Effect": "Deny", "Action": ["s3:GetObject"]})], []) == []
	unsure([statement({"Effect": "Deny", "Action": [unknown]})]) == []
	denied([statement({"Effect": unknown, "Action": ["s3:GetObject"]})], []) == []
	unsure([statement({"Effect": unknown, "Action": ["s3:GetObject"]})]) == ["0"]
	unsure([statement({"Effect": unknown, "Action": ["xray:PutTraceSegments"]})]) == []
}

conditioned(condition) := statement({"Action": ["ec2:StopInstances"], "Condition": condition})

test_a_tag_of_the_resource_limits_it if {
	every condition in [
		{"StringEquals": {"aws:ResourceTag/team": ["a"]}},
		{"StringLike": {"ec2:ResourceTag/team": ["*"], "aws:RequestedRegion": ["eu-west-1"]}},
		{"StringEqualsIgnoreCase": {"AWS:RESOURCETAG/team": [unknown]}},
		{"ForAnyValue:StringEquals": {"secretsmanager:ResourceTag/team": ["a"]}},
		{"StringEquals": {"s3:ExistingObjectTag/team": ["a"]}},
		{"Null": {"aws:ResourceTag/cluster": ["false"]}},
	] {
		denied([conditioned(condition)], []) == []
		unsure([conditioned(condition)]) == []
	}
}

test_other_conditions_do_not_limit_it if {
	every condition in [
		{},
		{"StringEquals": {"aws:RequestTag/team": ["a"]}},
		{"StringEquals": {"aws:RequestedRegion": ["eu-west-1"]}},
		{"Bool": {"aws:SecureTransport": ["true"]}},
		{"StringEqualsIfExists": {"aws:ResourceTag/team": ["a"]}},
		{"ForAllValues:StringEquals": {"aws:ResourceTag/team": ["a"]}},
		{"StringNotEquals": {"aws:ResourceTag/team": ["a"]}},
		{"Null": {"aws:ResourceTag/cluster": ["true"]}},
		{"Null": {"aws:ResourceTag/cluster": ["true", "false"]}},
		{"Null": {"aws:ResourceTag/cluster": [unknown]}},
		{"Null": {"aws:ResourceTag/cluster": []}},
		{"Null": {"aws:RequestTag/cluster": ["false"]}},
	] {
		denied([conditioned(condition)], []) == ["0"]
	}
}

test_an_unknown_condition_is_a_doubt if {
	denied([conditioned(unknown)], []) == []
	unsure([conditioned(unknown)]) == ["0"]
}

test_unknown_actions if {
	unsure([statement({"Action": [unknown, "xray:PutTraceSegments"]})]) == ["0"]
	denied([statement({"Action": [unknown, "xray:PutTraceSegments"]})], []) == []
	denied([statement({"Action": [unknown, "s3:GetObject"]})], []) == ["0"]
	unsure([statement({"Action": [unknown, "s3:GetObject"]})]) == []
	unsure([statement({"Action": unknown})]) == ["0"]
}

test_unknown_finding if {
	found := policy.unknown with input as model(document([statement({"Action": [unknown]})]), [])
	found == {{
		"address": "x",
		"key": "0",
		"attribute": "policy",
		"message": "what statement 0 allows on every resource is known after apply",
		"expected": "the ARNs that the actions are needed on",
		"cause": "var.a",
	}}
}

test_unknown_document if {
	every found in [unknown, document([unknown])] {
		causes := {[finding.cause, object.get(finding, "key", null)] |
			some finding in policy.unknown
		} with input as model(found, [])
		causes == {["var.a", null]}
	}
}

test_inline_policies_of_a_role if {
	role := {
		"resources": {"aws_iam_role": [
			{"address": "x", "values": {"inline_policy": [
				{"name": "a", "policy": document([statement({"Action": ["s3:GetObject"]})])},
				{"name": "b", "policy": unknown},
			]}},
			{"address": "y", "values": {}},
		]},
		"params": {"aws.iam.wildcard_resource": {"allow_actions": []}},
	}
	{[finding.key, finding.attribute] | some finding in policy.deny} == {["a/0", "inline_policy"]} with input as role
	{[finding.key, finding.cause] | some finding in policy.unknown} == {["b", "var.a"]} with input as role
	policy.examined == {"x"} with input as role
}

test_allowed_actions_are_whole_or_end_in_a_wildcard if {
	denied([statement({"Action": ["s3:GetObject"]})], ["s3:Get*"]) == []
	denied([statement({"Action": ["s3:GetObject"]})], ["s3:*Object"]) == ["0"]
	denied([statement({"Action": ["xs3:GetObject"]})], ["s3:*"]) == ["0"]
	denied([statement({"Action": ["s3:GetObject"]})], ["s3:Get"]) == ["0"]
	denied([statement({"Action": ["s3:*Get*"]})], ["s3:*Get"]) == ["0"]
}
