package aws.iam.wildcard_action_test

import data.aws.iam.wildcard_action as policy

unknown := {"unknown": true, "from": ["var.a"]}

statement(members) := object.union(
	{
		"Sid": "", "Effect": "Allow", "Action": [], "NotAction": [], "Resource": ["*"], "NotResource": [],
		"Principal": {}, "NotPrincipal": {}, "Condition": {},
	},
	members,
)

model(document) := {"resources": {"aws_iam_policy": [{"address": "x", "values": {"policy": document}}]}}

of(statements) := model({"Version": "2012-10-17", "Statement": statements})

actions(listed) := of([statement({"Action": listed})])

test_a_finding_names_what_was_found if {
	policy.deny == {{
		"address": "x",
		"key": "Logs",
		"attribute": "policy",
		"message": "statement Logs allows logs:*, S3:*, which includes every action that AWS will add",
		"found": ["logs:*", "S3:*"],
		"expected": "the actions that are needed",
	}} with input as of([statement({"Sid": "Logs", "Action": ["logs:*", "S3:*", "sqs:SendMessage"]})])
}

test_wildcards if {
	every action in ["*", "*:*", "s3:*", "s3:**", "execute-api:*"] {
		count(policy.deny) == 1 with input as actions([action])
	}
	every action in ["s3:Get*", "s3:*Object", "s3:GetObject", "s3:?*", "s3:", "s3"] {
		policy.deny == set() with input as actions([action])
	}
}

test_not_action if {
	some finding in policy.deny with input as of([statement({"NotAction": ["iam:*"]})])
	finding.message == "statement 0 allows every action but iam:*"
	finding.found == {"NotAction": ["iam:*"]}
	count(policy.deny) == 1 with input as of([statement({"NotAction": [unknown]})])
	policy.deny == set() with input as of([statement({"Effect": "Deny", "NotAction": ["iam:*"]})])
}

test_each_statement_has_a_key_of_its_own if {
	found := policy.deny with input as of([statement({"Action": ["s3:*"]}), statement({"Action": ["sqs:*"]})])
	{finding.key | some finding in found} == {"0", "1"}
}

test_inline_policies_of_a_role if {
	open := {"Statement": [statement({"Action": ["s3:*"]})]}
	blocks := [{"name": "a", "policy": open}, {"name": "b", "policy": unknown}]
	role := {"resources": {"aws_iam_role": [{"address": "x", "values": {"inline_policy": blocks}}]}}
	{[finding.key, finding.attribute] | some finding in policy.deny} == {["a/0", "inline_policy"]} with input as role
	{[finding.key, finding.cause] | some finding in policy.unknown} == {["b", "var.a"]} with input as role
	policy.examined == {"x"} with input as role
	policy.examined == set() with input as {"resources": {"aws_iam_role": [{"address": "x", "values": {}}]}}
}

test_an_empty_inline_policy_is_none if {
	role := {"resources": {"aws_iam_role": [{"address": "x", "values": {"inline_policy": [{"name": "", "policy": ""}]}}]}}
	policy.examined == set() with input as role
	policy.unknown == set() with input as role
}

test_what_is_known_of_a_document_is_judged if {
	plan := of([unknown, statement({"Action": ["s3:*", unknown]})])
	{finding.key | some finding in policy.deny} == {"1"} with input as plan
	count(policy.unknown) == 2 with input as plan
}

test_unknown if {
	count(policy.unknown) == 1 with input as model(unknown)
	count(policy.unknown) == 1 with input as actions([unknown])
	count(policy.unknown) == 1 with input as of([statement({"Action": unknown})])
	count(policy.unknown) == 1 with input as of([statement({"Effect": unknown, "Action": ["*"]})])
	count(policy.unknown) == 1 with input as of([statement({"Effect": unknown, "NotAction": ["*"]})])
	policy.unknown == set() with input as of([statement({"Effect": unknown, "Action": ["s3:GetObject"]})])
	policy.unknown == set() with input as of([statement({"Effect": "Deny", "Action": [unknown]})])
	policy.unknown == set() with input as of([statement({"Action": ["s3:GetObject"], "Resource": [unknown]})])
}

# What the role shows of the policy that the plan deletes.
test_a_policy_that_is_deleted if {
	deleting := {
		"resources": {"aws_iam_role": [{
			"address": "r", "config": {"name": {"constant": "r"}},
			"values": {"id": "r", "inline_policy": [{"name": "p", "policy": {"Version": "2012-10-17", "Statement": [
				statement({"Action": ["*"]}),
			]}}]},
		}]},
		"removed": {"aws_iam_role_policy": [{"actions": ["delete"], "values": {"role": "r"}}]},
	}
	policy.deny == set() with input as deleting
	count(policy.deny) == 1 with input as object.remove(deleting, ["removed"])
}

test_a_statement_that_denies_is_no_doubt if {
	policy.unknown == set() with input as of([statement({"Effect": "Deny", "Action": ["s3:*", unknown]})])
}

test_an_unknown_effect_of_an_unknown_action if {
	maybe := of([statement({"Effect": unknown, "Action": ["s3:*", unknown]})])
	policy.deny == set() with input as maybe
	count(policy.unknown) == 1 with input as maybe
	policy.unknown == set() with input as of([statement({"Effect": unknown, "Action": ["s3:GetObject"]})])
}
