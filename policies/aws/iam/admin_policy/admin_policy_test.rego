package aws.iam.admin_policy_test

import data.aws.iam.admin_policy as policy

later := {"unknown": true, "from": ["data.aws_iam_policy.a.arn"]}

admin := "arn:aws:iam::aws:policy/AdministratorAccess"

params := {"aws.iam.admin_policy": {"policies": ["AdministratorAccess", "PowerUserAccess", "IAMFullAccess"]}}

model(type, argument, found, references) := {"params": params, "resources": {type: [{
	"address": "x",
	"values": {argument: found},
	"references": {argument: references},
}]}}

role_attachment(found) := model("aws_iam_role_policy_attachment", "policy_arn", found, [])

denied(plan) := keys if {
	keys := [finding.key | some finding in policy.deny] with input as plan
}

unsure(plan) := causes if {
	causes := [finding.cause | some finding in policy.unknown] with input as plan
}

test_finding if {
	found := policy.deny with input as role_attachment(admin)
	found == {{
		"address": "x",
		"message": "it attaches AdministratorAccess, so one stolen session may take over the account",
		"key": "AdministratorAccess",
		"attribute": "policy_arn",
		"found": admin,
		"expected": "a policy that allows only what is needed",
	}}
}

test_forms if {
	every form in [
		["aws_iam_role_policy_attachment", "policy_arn", admin],
		["aws_iam_user_policy_attachment", "policy_arn", admin],
		["aws_iam_group_policy_attachment", "policy_arn", admin],
		["aws_iam_policy_attachment", "policy_arn", admin],
		["aws_iam_role_policy_attachments_exclusive", "policy_arns", [admin]],
		["aws_iam_user_policy_attachments_exclusive", "policy_arns", [admin]],
		["aws_iam_group_policy_attachments_exclusive", "policy_arns", [admin]],
		["aws_iam_role", "managed_policy_arns", ["arn:aws:iam::123456789012:policy/a", later, admin]],
		["aws_ssoadmin_managed_policy_attachment", "managed_policy_arn", admin],
	] {
		plan := model(form[0], form[1], form[2], [])
		denied(plan) == ["AdministratorAccess"]
		count(policy.examined) == 1 with input as plan
	}
}

test_policies if {
	every name in ["AdministratorAccess", "PowerUserAccess", "IAMFullAccess"] {
		denied(role_attachment(sprintf("arn:aws:iam::aws:policy/%s", [name]))) == [name]
		denied(role_attachment(sprintf("arn:aws-us-gov:iam::aws:policy/%s", [name]))) == [name]
	}
	every arn in [
		"arn:aws:iam::123456789012:policy/AdministratorAccess",
		"arn:aws:iam::aws:policy/ReadOnlyAccess",
		"arn:aws:iam::aws:policy/AdministratorAccess-Amplify",
		"arn:aws:iam::aws:policy/service-role/AdministratorAccess",
		"AdministratorAccess",
	] {
		denied(role_attachment(arn)) == []
		unsure(role_attachment(arn)) == []
	}
}

test_other_policies if {
	plan := object.union(
		role_attachment("arn:aws:iam::aws:policy/ReadOnlyAccess"),
		{"params": {"aws.iam.admin_policy": {"policies": ["ReadOnlyAccess"]}}},
	)
	denied(plan) == ["ReadOnlyAccess"]
}

test_unknown if {
	data_source := {"type": "aws_iam_policy", "mode": "data", "certain": true}
	own := {"type": "aws_iam_policy", "mode": "managed", "certain": false}
	other := {"type": "terraform_data", "mode": "managed", "certain": true}
	causes := ["data.aws_iam_policy.a.arn"]
	unsure(role_attachment(later)) == causes
	unsure(model("aws_iam_role_policy_attachment", "policy_arn", later, [own])) == []
	unsure(model("aws_iam_role_policy_attachment", "policy_arn", later, [data_source])) == causes
	unsure(model("aws_iam_role_policy_attachment", "policy_arn", later, [own, other])) == causes
	unsure(model("aws_iam_role_policy_attachments_exclusive", "policy_arns", [later], [own])) == causes
	unsure(model("aws_iam_role", "managed_policy_arns", later, [own])) == causes
}

test_roles_without_attachments_are_not_examined if {
	every found in [null, [], {"unknown": true, "unset": true}] {
		plan := model("aws_iam_role", "managed_policy_arns", found, [])
		count(policy.examined) == 0 with input as plan
		denied(plan) == []
	}
}

# What the role shows of the attachment that the plan deletes.
test_an_attachment_that_is_deleted if {
	deleting := {
		"params": {"aws.iam.admin_policy": {"policies": ["AdministratorAccess"]}},
		"resources": {"aws_iam_role": [{
			"address": "r", "config": {"name": {"constant": "r"}},
			"values": {"id": "r", "managed_policy_arns": ["arn:aws:iam::aws:policy/AdministratorAccess"]},
		}]},
		"removed": {"aws_iam_role_policy_attachment": [{"actions": ["delete"], "values": {"role": "r"}}]},
	}
	policy.deny == set() with input as deleting
	count(policy.deny) == 1 with input as object.remove(deleting, ["removed"])
}
