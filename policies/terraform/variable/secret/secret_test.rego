package terraform.variable.secret_test

import data.terraform.variable.secret as policy

variable(name, details) := object.union(
	{"address": concat(".", ["var", name]), "value": "x", "sensitive": false},
	details,
)

variables := [
	variable("open", {}),
	variable("user", {}),
	variable("empty", {"value": ""}),
	variable("null", {"value": null}),
	variable("hidden", {"value": {"sensitive": true}, "sensitive": true}),
]

sensitive := {"sensitive": true}

literal := {"constant": sensitive}

from(references) := {"references": references}

database(value, expression) := resource("aws_db_instance", {"password": value}, {"password": expression})

resource(type, values, config) := {type: [{
	"address": concat(".", [type, "a"]),
	"type": type,
	"values": values,
	"config": config,
}]}

judged(resources) := {"resources": resources, "variables": variables}

denied(resources) := found if {
	found := {finding.address | some finding in policy.deny} with input as judged(resources)
}

unsure(resources) := found if {
	document := judged(resources)
	found := {finding.address: object.get(finding, "cause", "") | some finding in policy.unknown} with input as document
}

examined(resources) := found if {
	found := policy.examined with input as judged(resources)
}

passes(resources) if {
	denied(resources) == set()
	unsure(resources) == {}
}

test_variable_that_is_not_sensitive if {
	denied(database(sensitive, from(["var.open"]))) == {"var.open"}
	examined(database(sensitive, from(["var.open"]))) == {"var.open", "aws_db_instance.a"}
	denied(database("old plans hide nothing", from(["var.open"]))) == {"var.open"}
}

test_finding_says_what_to_set if {
	policy.deny == {{
		"address": "var.open",
		"message": "it is not sensitive, and gives the password of aws_db_instance.a",
		"attribute": "sensitive",
		"expected": true,
	}} with input as judged(database(sensitive, from(["var.open"])))
	policy.unknown == {{
		"address": "var.open",
		"message": "it is not sensitive, and may be the secret in the password of aws_db_instance.a",
		"attribute": "sensitive",
		"expected": true,
		"cause": "aws_vpc.a.id",
	}} with input as judged(database(sensitive, from(["var.open", "aws_vpc.a.id"])))
	unsure(database(sensitive, from(["var.open"]))) == {}
}

test_variable_that_the_plan_does_not_list if {
	passes(database(sensitive, from(["var.gone"])))
	examined(database(sensitive, from(["var.gone"]))) == {"aws_db_instance.a"}
}

test_block_of_that_name_holds_no_secret if {
	every type in ["x_y", "aws_mq_broker"] {
		block := {"password": [{"length": literal}]}
		examined(resource(type, block, block)) == set()
		examined(resource(type, {"user": [block]}, {"user": [block]})) == set()
	}
}

test_every_argument_by_name if {
	every name in ["password", "master_password", "auth_token", "secret_string", "passwords"] {
		denied(resource("x_y", {name: sensitive}, {name: from(["var.open"])})) == {"var.open"}
	}
	every name in ["password_wo", "db_password", "value", "token"] {
		examined(resource("x_y", {name: sensitive}, {name: from(["var.open"])})) == set()
	}
}

test_sensitive_variable_passes if {
	passes(database(sensitive, from(["var.hidden"])))
	examined(database(sensitive, from(["var.hidden"]))) == {"var.hidden", "aws_db_instance.a"}
}

test_sensitive_one_of_several_is_the_secret if {
	passes(database(sensitive, from(["var.user", "var.hidden"])))
	denied(database(sensitive, from(["var.user", "var.open"]))) == {"var.user", "var.open"}
}

test_literal if {
	denied(database(sensitive, literal)) == {"aws_db_instance.a"}
	denied(database(sensitive, from([]))) == {"aws_db_instance.a"}
	denied(database(["old"], literal)) == {"aws_db_instance.a"}
	examined(database(sensitive, literal)) == {"aws_db_instance.a"}
}

test_what_is_not_set_holds_no_secret if {
	every value in [null, "", [], {"unknown": true, "unset": true}, true] {
		examined(database(value, literal)) == set()
	}
	passes(database(sensitive, from(["var.empty"])))
	passes(database(sensitive, from(["var.null"])))
	examined(resource("aws_db_instance", {}, {})) == set()
	examined(resource("aws_db_instance", {"password": sensitive}, {})) == set()
}

test_function_that_makes_it_at_apply_passes if {
	examined(database({"unknown": true, "from": []}, from([]))) == set()
	denied(database({"unknown": true, "from": []}, from(["var.open"]))) == {"var.open"}
}

test_resource_that_makes_it_passes if {
	passes(database({"unknown": true, "from": ["random_password.a.result"]}, from(["random_password.a.result"])))
	passes(database(sensitive, from(["var.user", "random_password.a.result"])))
	passes(database(sensitive, from(["var.user", "module.a.data.aws_secretsmanager_secret_version.b.secret_string"])))
	passes(database(sensitive, from(["aws_db_instance.b.password"])))
}

test_secret_beside_a_resource_is_unknown if {
	unsure(database(sensitive, from(["var.user", "aws_db_instance.b.address"]))) == {
		"var.user": "aws_db_instance.b.address",
	}
	denied(database(sensitive, from(["var.user", "aws_db_instance.b.address"]))) == set()
	passes(database(sensitive, from(["var.hidden", "aws_db_instance.b.address"])))
}

test_what_the_plan_does_not_follow_is_unknown if {
	every origin in [
		"local.a", "module.a.local.b", "module.a.module.b.local.c",
		"module.a", "module.a.b", "module.a.module.b.c",
	] {
		unsure(database(sensitive, from([origin]))) == {"aws_db_instance.a": origin}
	}
	unsure(database(sensitive, from(["local.a", "var.open"]))) == {"var.open": "local.a"}
	passes(database(sensitive, from(["module.a.aws_vpc.b.id"])))
	passes(database(sensitive, from(["local.a", "random_password.b.result"])))
}

test_origins_count if {
	denied(database(sensitive, {"references": ["var.inner"], "origins": ["var.open"]})) == {"var.open"}
	denied(database(sensitive, {"references": ["var.inner"], "origins": []})) == {"aws_db_instance.a"}
}

parameter(type) := resource(
	"aws_ssm_parameter",
	{"type": type, "value": sensitive},
	{"value": from(["var.open"])},
)

test_value_of_a_secure_string if {
	denied(parameter("SecureString")) == {"var.open"}
	every type in ["String", null, {"unknown": true, "from": ["var.type"]}] {
		examined(parameter(type)) == set()
	}
	examined(resource("aws_ssm_parameter", {"type": "SecureString", "value": ""}, {"value": literal})) == set()
}

broker(expression) := resource(
	"aws_mq_broker",
	{},
	{"user": [{"username": from(["var.user"]), "password": expression}]},
)

test_argument_of_a_block if {
	denied(broker(from(["var.open"]))) == {"var.open"}
	[finding.key | some finding in policy.deny] == ["user.password"] with input as judged(broker(literal))
	every constant in [null, ""] {
		examined(broker({"constant": constant})) == set()
	}
	examined(resource("x_y", {}, {"user": [{"password": literal}]})) == set()
	examined(resource("aws_mq_broker", {"password": null}, {"password": literal})) == set()
}

test_message_names_the_first_and_counts_the_others if {
	two := {"aws_db_instance": [
	object.union(database(sensitive, from(["var.open"])).aws_db_instance[0], {"address": address}) |
		some address in ["aws_db_instance.a", "aws_db_instance.b"]
	]}
	[finding.message | some finding in policy.deny] == [
		"it is not sensitive, and gives the password of aws_db_instance.a and 1 more",
	] with input as judged(two)
}

test_variable_that_may_be_the_secret_and_certainly_is_one if {
	both := object.union(
		database(sensitive, from(["var.open"])),
		resource("aws_secretsmanager_secret_version", {"secret_string": sensitive}, {"secret_string": from([
			"aws_db_instance.a.address",
			"var.open",
		])}),
	)
	[finding.message | some finding in policy.deny] == [
		"it is not sensitive, and gives the password of aws_db_instance.a",
	] with input as judged(both)
}
