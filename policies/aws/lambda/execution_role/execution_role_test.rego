package aws.lambda.execution_role_test

import data.aws.lambda.execution_role

unknown := {"unknown": true, "from": ["data.aws_iam_policy.a.arn"]}

unset := {"unknown": true, "unset": true}

admin := "arn:aws:iam::aws:policy/AdministratorAccess"

basic := "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"

reference(type, certain) := {
	"address": sprintf("%s.a", [type]),
	"type": type,
	"mode": "managed",
	"attribute": "arn",
	"certain": certain,
	"cause": "local.a",
	"position": 0,
}

referrer(type, argument, certain) := {
	"address": sprintf("%s.a", [type]),
	"argument": argument,
	"certain": certain,
	"cause": "local.b",
	"position": 0,
}

function(references) := {"address": "aws_lambda_function.a", "values": {}, "references": {"role": references}}

role(values, referrers) := {
	"address": "aws_iam_role.a",
	"values": object.union({"name": "a"}, values),
	"referrers": referrers,
}

# The verdict on a function that certainly has the role.
verdict(a_role, others) := verdict_of([reference("aws_iam_role", true)], a_role, others)

verdict_of(references, a_role, others) := found if {
	found := {
		"deny": count(execution_role.deny),
		"unknown": count(execution_role.unknown),
		"examined": count(execution_role.examined),
	} with input.resources as object.union(
		{"aws_lambda_function": [function(references)], "aws_iam_role": [a_role]},
		others,
	)
}

fails := {"deny": 1, "unknown": 0, "examined": 1}

passes := {"deny": 0, "unknown": 0, "examined": 1}

doubted := {"deny": 0, "unknown": 1, "examined": 1}

not_applicable := {"deny": 0, "unknown": 0, "examined": 0}

resource(type, values, references) := {type: [{
	"address": sprintf("%s.a", [type]),
	"values": values,
	"references": references,
}]}

document(effect, actions, resources) := {"Version": "2012-10-17", "Statement": [{
	"Sid": "",
	"Effect": effect,
	"Action": actions,
	"NotAction": [],
	"Resource": resources,
	"NotResource": [],
	"Principal": {},
	"NotPrincipal": {},
	"Condition": {},
}]}

narrow := document("Allow", ["logs:PutLogEvents"], ["*"])

everything := document("Allow", ["*"], ["*"])

test_no_policy if {
	verdict(role({}, {}), {}) == fails
	verdict(role({"managed_policy_arns": unset, "inline_policy": unset}, {}), {}) == fails
	verdict(role({"managed_policy_arns": [], "inline_policy": [{"name": null, "policy": null}]}, {}), {}) == fails
}

test_a_role_without_a_name if {
	verdict({"address": "aws_iam_role.a", "values": {}}, {}) == fails
}

test_a_role_that_is_not_in_the_plan if {
	verdict_of([], role({}, {}), {}) == not_applicable
	verdict_of([reference("aws_iam_user", true)], role({}, {}), {}) == not_applicable
	data_role := object.union(reference("aws_iam_role", true), {"mode": "data"})
	verdict_of([data_role], role({}, {}), {}) == not_applicable
}

test_a_role_that_may_be_its if {
	verdict_of([reference("aws_iam_role", false)], role({}, {}), {}) == doubted
	allowed := role({"managed_policy_arns": [basic]}, {})
	verdict_of([reference("aws_iam_role", false)], allowed, {}) == passes
}

test_every_carrier_by_reference if {
	every type, argument in {
		"aws_iam_policy_attachment": "roles",
		"aws_iam_role_policy": "role",
		"aws_iam_role_policy_attachment": "role",
		"aws_iam_role_policy_attachments_exclusive": "role_name",
	} {
		carrier := resource(type, {"policy": narrow}, {})
		verdict(role({"name": unknown}, {type: [referrer(type, argument, true)]}), carrier) == passes
		verdict(role({"name": unknown}, {type: [referrer(type, argument, false)]}), carrier) == doubted
		verdict(role({"name": unknown}, {type: [referrer(type, "other", true)]}), carrier) == fails
	}
}

test_every_carrier_by_name if {
	every type, values in {
		"aws_iam_policy_attachment": {"roles": ["b", "a"]},
		"aws_iam_role_policy": {"role": "a"},
		"aws_iam_role_policy_attachment": {"role": "a"},
		"aws_iam_role_policy_attachments_exclusive": {"role_name": "a"},
	} {
		verdict(role({}, {}), resource(type, values, {})) == passes
		verdict(role({"name": "other"}, {}), resource(type, values, {})) == fails
	}
}

test_what_is_in_the_role if {
	verdict(role({"managed_policy_arns": [basic]}, {}), {}) == passes
	verdict(role({"inline_policy": [{"name": "a", "policy": narrow}]}, {}), {}) == passes
}

test_an_administrator_by_name if {
	every type, values in {
		"aws_iam_policy_attachment": {"roles": ["a"], "policy_arn": admin},
		"aws_iam_role_policy_attachment": {"role": "a", "policy_arn": admin},
		"aws_iam_role_policy_attachments_exclusive": {"role_name": "a", "policy_arns": [basic, admin]},
	} {
		verdict(role({}, {}), resource(type, values, {})) == fails
		verdict(role({"name": "b"}, {}), resource(type, values, {})) == fails
		some finding in execution_role.deny with input.resources as object.union(
			{"aws_lambda_function": [function([reference("aws_iam_role", true)])], "aws_iam_role": [role({}, {})]},
			resource(type, values, {}),
		)
		contains(finding.message, "is an administrator's")
	}
}

attached(arn) := resource("aws_iam_role_policy_attachment", {"policy_arn": arn}, {})

test_an_administrator_by_reference if {
	by := {"aws_iam_role_policy_attachment": [referrer("aws_iam_role_policy_attachment", "role", true)]}
	verdict(role({"name": unknown}, by), attached(admin)) == fails
	verdict(role({"name": unknown}, by), attached(basic)) == passes
	verdict(role({"name": unknown}, by), attached(unknown)) == doubted
}

test_an_administrator_in_the_role if {
	verdict(role({"managed_policy_arns": [basic, admin]}, {}), {}) == fails
	verdict(role({"managed_policy_arns": [basic, "arn:aws-cn:iam::aws:policy/AdministratorAccess"]}, {}), {}) == fails
	verdict(role({"managed_policy_arns": [unknown]}, {}), {}) == doubted
	not_quite := "arn:aws:iam::123456789012:policy/AdministratorAccess"
	verdict(role({"managed_policy_arns": [not_quite]}, {}), {}) == passes
}

with_document(policy) := verdict(role({"inline_policy": [{"name": "a", "policy": policy}]}, {}), {})

test_documents if {
	every actions in [["*"], ["s3:GetObject", "*:*"]] {
		with_document(document("Allow", actions, ["*"])) == fails
		with_document(document("Deny", actions, ["*"])) == passes
		with_document(document("Allow", actions, ["arn:aws:s3:::a"])) == passes
	}
	with_document(document("Allow", ["s3:*"], ["*"])) == passes
	with_document(document("Allow", ["s3:GetObject", unknown], ["*"])) == doubted
	with_document(document("Allow", [unknown], ["arn:aws:s3:::a"])) == passes
	with_document(unknown) == doubted
	with_document({"Version": "2012-10-17", "Statement": [unknown]}) == doubted
}

others(policy, certain) := object.union(
	resource(
		"aws_iam_role_policy_attachment", {"policy_arn": unknown},
		{"policy_arn": [reference("aws_iam_policy", certain)]},
	),
	resource("aws_iam_policy", {"policy": policy}, {}),
)

test_policies_of_the_plan if {
	by := {"aws_iam_role_policy_attachment": [referrer("aws_iam_role_policy_attachment", "role", true)]}
	verdict(role({}, by), others(everything, true)) == fails
	verdict(role({}, by), others(narrow, true)) == passes
	verdict(role({}, by), others(everything, false)) == doubted
	verdict(role({}, by), others(narrow, false)) == passes
}

test_a_policy_that_is_only_read if {
	by := {"aws_iam_role_policy_attachment": [referrer("aws_iam_role_policy_attachment", "role", true)]}
	read := object.union(reference("aws_iam_policy", true), {"mode": "data"})
	resources := object.union(
		resource("aws_iam_role_policy_attachment", {"policy_arn": basic}, {"policy_arn": [read]}),
		resource("aws_iam_policy", {"policy": everything}, {}),
	)
	verdict(role({}, by), resources) == passes
}

test_policies_that_the_role_names if {
	a_role := object.union(
		role({"managed_policy_arns": [unknown]}, {}),
		{"references": {"managed_policy_arns": [reference("aws_iam_policy", true)]}},
	)
	verdict(a_role, resource("aws_iam_policy", {"policy": everything}, {})) == fails
	verdict(a_role, resource("aws_iam_policy", {"policy": narrow}, {})) == passes
}

test_a_policy_of_the_role if {
	by := {"aws_iam_role_policy": [referrer("aws_iam_role_policy", "role", true)]}
	verdict(role({}, by), resource("aws_iam_role_policy", {"policy": everything}, {})) == fails
	verdict(role({}, by), resource("aws_iam_role_policy", {"policy": unknown}, {})) == doubted
}

test_a_policy_whose_name_goes_on_is_no_administrator if {
	verdict(role({"managed_policy_arns": [concat("", [admin, "-2"])]}, {}), {}) == passes
}
