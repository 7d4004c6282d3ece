package aws.iam.mfa_test

import data.aws.iam.mfa as policy

later := {"unknown": true, "from": ["terraform_data.a.output"]}

role := {"unknown": true, "from": ["module.a.aws_iam_role.a.arn"]}

root := "arn:aws:iam::123456789012:root"

statement(members) := object.union(
	object.remove(
		{
			"Sid": "", "Effect": "Allow", "Action": ["sts:AssumeRole"], "NotAction": [], "Resource": [], "NotResource": [],
			"Principal": {"AWS": [root]}, "NotPrincipal": {}, "Condition": {},
		},
		object.keys(members),
	),
	members,
)

document(statements) := {"Version": "2012-10-17", "Statement": statements}

model(found) := {"resources": {"aws_iam_role": [{"address": "x", "values": {"assume_role_policy": found}}]}}

denied(members) if {
	count(policy.deny) == 1 with input as model(document([statement(members)]))
}

examined(members) if {
	count(policy.examined) == 1 with input as model(document([statement(members)]))
}

unsure(found) := causes if {
	causes := [finding.cause | some finding in policy.unknown] with input as model(found)
}

test_finding if {
	policy.deny == {{
		"address": "x",
		"message": "statement 0 lets people assume it without MFA",
		"key": "0",
		"attribute": "assume_role_policy",
		"expected": "the condition Bool aws:MultiFactorAuthPresent = true",
	}} with input as model(document([statement({})]))
}

test_people if {
	every principals in [
		{"AWS": [root]}, {"AWS": ["123456789012"]}, {"AWS": ["arn:aws:iam::123456789012:user/ann"]}, {"AWS": ["*"]},
		{"AWS": [123456789012]},
		{"*": ["*"]}, {"AWS": ["arn:aws:iam::123456789012:role/a", root]}, {"AWS": [later, root]},
	] {
		denied({"Principal": principals})
		examined({"Principal": principals})
	}
}

test_no_people if {
	every principals in [
		{"Service": ["ec2.amazonaws.com"]},
		{"Federated": ["cognito-identity.amazonaws.com"]},
		{"AWS": ["arn:aws:iam::123456789012:role/a", "arn:aws:sts::123456789012:assumed-role/a/b", "AROA0123456789ABCDEF0"]},
		{"AWS": [role]},
		{"AWS": role},
	] {
		not denied({"Principal": principals})
		not examined({"Principal": principals})
		unsure(document([statement({"Principal": principals})])) == []
	}
}

test_conditions_for_roles if {
	role_arn := "arn:aws:iam::123456789012:role/a"
	every operator in ["ArnEquals", "ArnLike", "StringEquals", "StringLike"] {
		not examined({"Condition": {operator: {"aws:PrincipalArn": [role_arn]}}})
		denied({"Condition": {operator: {"aws:PrincipalArn": [role_arn, "arn:aws:iam::123456789012:user/ann"]}}})
	}
	every condition in [
		{"ArnNotEquals": {"aws:PrincipalArn": [role_arn]}},
		{"ArnEqualsIfExists": {"aws:PrincipalArn": [role_arn]}},
		{"ArnEquals": {"aws:SourceArn": [role_arn]}},
	] {
		denied({"Condition": condition})
	}
}

test_third_parties if {
	every operator in ["StringEquals", "StringLike", "ForAnyValue:StringEquals"] {
		not examined({"Condition": {operator: {"sts:ExternalId": ["1"]}}})
		not denied({"Condition": {operator: {"sts:ExternalId": ["1"]}}})
	}
	every condition in [
		{"StringNotEquals": {"sts:ExternalId": ["1"]}},
		{"StringEqualsIfExists": {"sts:ExternalId": ["1"]}},
		{"ForAllValues:StringEquals": {"sts:ExternalId": ["1"]}},
		{"StringEquals": {"sts:ExternalId": ["1"]}, "BoolIfExists": {"aws:MultiFactorAuthPresent": ["true"]}},
	] {
		denied({"Condition": condition})
	}
}

test_demands if {
	every condition in [
		{"Bool": {"aws:MultiFactorAuthPresent": ["true"]}},
		{"Bool": {"AWS:multifactorauthpresent": [true]}, "StringEquals": {"sts:ExternalId": ["1"]}},
		{"NumericLessThan": {"aws:MultiFactorAuthAge": ["3600"]}},
		{"NumericLessThanEquals": {"aws:MultiFactorAuthAge": ["3600"]}},
	] {
		not denied({"Condition": condition})
		examined({"Condition": condition})
		unsure(document([statement({"Condition": condition})])) == []
	}
}

test_no_demands if {
	every condition in [
		{"BoolIfExists": {"aws:MultiFactorAuthPresent": ["true"]}},
		{"ForAllValues:Bool": {"aws:MultiFactorAuthPresent": ["true"]}},
		{"Bool": {"aws:MultiFactorAuthPresent": ["false"]}},
		{"Bool": {"aws:MultiFactorAuthPresent": ["true", "false"]}},
		{"Bool": {"aws:SecureTransport": ["true"]}},
		{"Null": {"aws:MultiFactorAuthPresent": ["true"]}},
		{"NumericLessThanIfExists": {"aws:MultiFactorAuthAge": ["3600"]}},
		{"ForAllValues:NumericLessThan": {"aws:MultiFactorAuthAge": ["3600"]}},
		{"NumericGreaterThan": {"aws:MultiFactorAuthAge": ["3600"]}},
		{"NumericLessThan": {"sts:DurationSeconds": ["3600"]}},
	] {
		denied({"Condition": condition})
	}
}

test_statements_that_assume_nothing if {
	every members in [{"Action": ["sts:TagSession"]}, {"Effect": "Deny"}] {
		not denied(members)
		not examined(members)
	}
	denied({"Action": ["sts:*"]})
}

without := {"BoolIfExists": {"aws:MultiFactorAuthPresent": ["false"]}}

demanded_by(members) if {
	demand := statement(object.union({"Effect": "Deny", "Principal": {"*": ["*"]}}, members))
	policy.deny == set() with input as model(document([statement({}), demand]))
	policy.unknown == set() with input as model(document([statement({}), demand]))
}

test_denied_without_mfa if {
	demanded_by({"Condition": without})
	demanded_by({"Condition": without, "Action": ["*"]})
	every members in [
		{},
		{"Effect": "Allow", "Condition": without},
		{"Condition": without, "Action": ["sts:TagSession"]},
		{"Condition": {"Bool": {"aws:MultiFactorAuthPresent": ["false"]}}},
		{"Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": ["true"]}}},
		{"Condition": {"BoolIfExists": {"aws:SecureTransport": ["false"]}}},
		{"Condition": {"NullIfExists": {"aws:MultiFactorAuthPresent": ["false"]}}},
		{"Condition": object.union(without, {"StringEquals": {"sts:ExternalId": ["1"]}})},
	] {
		not demanded_by(members)
	}
	not narrow
}

narrow if {
	demand := statement({"Effect": "Deny", "Principal": {"AWS": [root]}, "Condition": without})
	policy.deny == set() with input as model(document([statement({}), demand]))
}

test_unknown if {
	mfa := {"Bool": {"aws:MultiFactorAuthPresent": [later]}}
	every members in [
		{"Principal": {"AWS": [later]}}, {"Principal": later}, {"Effect": later}, {"Action": [later]},
		{"Condition": later}, {"Condition": mfa},
	] {
		unsure(document([statement(members)])) == ["terraform_data.a.output"]
		not denied(members)
		examined(members)
	}
}

test_unknown_finding if {
	found := policy.unknown with input as model(document([statement({"Principal": {"AWS": [later]}})]))
	found == {{
		"address": "x",
		"message": "whether statement 0 lets people assume it without MFA is known after apply",
		"key": "0",
		"attribute": "assume_role_policy",
		"expected": "the condition Bool aws:MultiFactorAuthPresent = true",
		"cause": "terraform_data.a.output",
	}}
}

test_unknown_document if {
	unsure(later) == ["terraform_data.a.output"]
	{"x"} == policy.examined with input as model(later)
}

test_an_unknown_statement_may_deny if {
	plan := model(document([later, statement({})]))
	policy.deny == set() with input as plan
	{finding.message | some finding in policy.unknown} == {
		"whether people assume it, and without MFA, is known after apply",
		"whether statement 1 lets people assume it without MFA is known after apply",
	} with input as plan
}

test_what_demands_is_not_unknown_for_another_condition if {
	condition := {"Bool": {"aws:MultiFactorAuthPresent": ["true"]}, "StringEquals": {"sts:ExternalId": [later]}}
	unsure(document([statement({"Condition": condition})])) == []
}

test_what_fails_is_not_unknown_too if policy.unknown == set() with input as model(document([statement({})]))
