package aws.rds.password_test

import data.aws.rds.password as policy

unknown := {"unknown": true, "from": ["var.a"]}

database(type, members) := {"resources": {type: [object.union({"address": "x", "values": {}}, members)]}}

refers(argument, type, certain) := {"references": {argument: [{
	"address": "s", "type": type, "mode": "data", "certain": certain, "cause": "local.s", "position": 0,
}]}}

given := {"aws_db_instance": "password", "aws_rds_cluster": "master_password"}

test_a_finding if {
	policy.deny == {{
		"address": "x",
		"attribute": "password",
		"message": "its master password is given as an argument, and so kept in the plan and the state",
		"expected": "manage_master_user_password = true, or a password from a secret",
	}} with input as database("aws_db_instance", {"values": {"password": {"sensitive": true}}})
}

test_given if {
	every type, argument in given {
		every found in ["x", {"sensitive": true}, unknown, {"unknown": true, "from": []}] {
			model := database(type, {"values": {argument: found}})
			[finding.attribute | some finding in policy.deny] == [argument] with input as model
			policy.unknown == set() with input as model
		}
	}
}

test_not_given if {
	every type, argument in given {
		every found in [null, "", {"unknown": true, "unset": true}] {
			model := database(type, {"values": {argument: found}})
			policy.deny == set() with input as model
			policy.unknown == set() with input as model
		}
		policy.deny == set() with input as database(type, {})
	}
}

secret(argument, type, certain) := object.union(
	refers(argument, type, certain),
	{"values": {"password": {"sensitive": true}, "master_password": {"sensitive": true}}},
)

test_from_a_secret if {
	every type, argument in given {
		every store in ["aws_secretsmanager_secret_version", "aws_ssm_parameter", "vault_kv_secret_v2"] {
			model := database(type, secret(argument, store, true))
			policy.deny == set() with input as model
			policy.unknown == set() with input as model
		}
		count(policy.deny) == 1 with input as database(type, secret(argument, "random_password", true))
		count(policy.deny) == 1 with input as database(type, secret("username", "aws_ssm_parameter", true))
	}
}

test_perhaps_from_a_secret if {
	model := database("aws_db_instance", secret("password", "aws_secretsmanager_secret_version", false))
	policy.deny == set() with input as model
	{finding.cause | some finding in policy.unknown} == {"local.s"} with input as model
}

# Of a database that some local value is the password of, or of another one.
through(module, reference) := object.union(
	{"unresolved": {"aws_db_instance": {"password": ["local.password"]}}},
	database("aws_db_instance", {
		"type": "aws_db_instance",
		"module": module,
		"values": {"password": {"sensitive": true}},
		"config": {"password": {"references": ["path.module", reference]}},
	}),
)

test_what_the_plan_does_not_resolve_is_unknown if {
	policy.unknown == {{
		"address": "x",
		"attribute": "password",
		"message": "whether its master password comes from a secret is not in the plan",
		"expected": "manage_master_user_password = true, or a password from a secret",
		"cause": "local.password",
	}} with input as through(null, "local.password")
	every planned in [
		through(null, "local.password"),
		through(null, "each.value"),
		through("module.m", "var.password"),
	] {
		policy.deny == set() with input as planned
		count(policy.unknown) == 1 with input as planned
		resolved := object.union(planned, {"unresolved": {"aws_db_instance": {"password": []}}})
		count(policy.deny) == 1 with input as resolved
		policy.unknown == set() with input as resolved
		other := object.remove(planned, ["unresolved"])
		count(policy.deny) == 1 with input as other
	}
}

test_what_the_plan_shows_is_certain if {
	every reference in ["var.password", "terraform_data.local.output", "data.each.x.y"] {
		planned := through(null, reference)
		count(policy.deny) == 1 with input as planned
		policy.unknown == set() with input as planned
	}
	count(policy.deny) == 1 with input as through("module.m", "random_password.x.result")
}

test_write_only if {
	every type, argument in {"aws_db_instance": "password_wo", "aws_rds_cluster": "master_password_wo"} {
		literal := database(type, {"config": {argument: {"constant": {"sensitive": true}}}})
		policy.deny == {{
			"address": "x",
			"attribute": argument,
			"message": "its master password stands in the configuration, where all who read it find it",
			"expected": "manage_master_user_password = true, or a password from a secret",
		}} with input as literal
		reference := database(type, {"config": {argument: {"references": ["var.password"]}}})
		policy.deny == set() with input as reference
		none := database(type, {"config": {argument: {"constant": null}}})
		policy.deny == set() with input as none
	}
}
