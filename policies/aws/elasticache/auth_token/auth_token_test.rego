package aws.elasticache.auth_token_test

import data.aws.elasticache.auth_token as policy

unknown(name) := {"unknown": true, "from": [name]}

unset := {"unknown": true, "unset": true}

model(values, references) := {"resources": {
	"aws_elasticache_replication_group": [{"address": "x", "values": values, "references": references}],
	"aws_elasticache_user_group": [{"address": "u"}],
}}

encrypted(values) := model(object.union({"transit_encryption_enabled": true}, values), {})

test_neither if {
	policy.deny == {{
		"address": "x",
		"attribute": "user_group_ids",
		"message": "it has neither users nor a token, so whoever reaches it may read and write all",
		"expected": "user_group_ids or auth_token",
	}} with input as encrypted({})
	every values in [
		{"transit_encryption_enabled": "true"},
		{"auth_token": null, "user_group_ids": null},
		{"auth_token": "", "user_group_ids": []},
		{"auth_token": unset, "user_group_ids": unset},
	] {
		count(policy.deny) == 1 with input as encrypted(values)
		policy.unknown == set() with input as encrypted(values)
	}
}

test_either if {
	every values in [
		{"auth_token": {"sensitive": true}},
		{"auth_token": "not-a-secret-example"},
		{"user_group_ids": ["app"]},
		{"user_group_ids": [unknown("var.a")]},
		{"auth_token": {"sensitive": true}, "user_group_ids": unknown("var.a")},
		{"auth_token": unknown("var.a"), "user_group_ids": ["app"]},
		{"auth_token": {"sensitive": true}, "transit_encryption_enabled": unknown("var.a")},
	] {
		policy.deny == set() with input as encrypted(values)
		policy.unknown == set() with input as encrypted(values)
	}
}

test_only_encrypted_ones_are_examined if {
	policy.examined == {"x"} with input as encrypted({})
	policy.examined == {"x"} with input as encrypted({"transit_encryption_enabled": unknown("var.a")})
	every found in [false, "false", null, unset] {
		plain := encrypted({"transit_encryption_enabled": found})
		policy.examined == set() with input as plain
		policy.deny == set() with input as plain
		policy.unknown == set() with input as plain
	}
}

causes(planned) := found if {
	found := {finding.cause | some finding in policy.unknown} with input as planned
}

test_unknown if {
	every values in [
		{"transit_encryption_enabled": unknown("var.a")},
		{"auth_token": unknown("var.a")},
		{"user_group_ids": unknown("var.a")},
	] {
		policy.deny == set() with input as encrypted(values)
		causes(encrypted(values)) == {"var.a"}
	}
	causes(encrypted({"auth_token": unknown("var.a"), "user_group_ids": unknown("var.b")})) == {"var.a, var.b"}
}

from(argument, type) := model(
	{"transit_encryption_enabled": true, argument: unknown("var.a")},
	{argument: [{"address": "u", "type": type, "mode": "managed", "certain": true, "position": 0}]},
)

test_what_will_be_there if {
	every planned in [
		from("auth_token", "random_password"),
		from("auth_token", "aws_secretsmanager_secret_version"),
		from("user_group_ids", "aws_elasticache_user_group"),
	] {
		policy.deny == set() with input as planned
		policy.unknown == set() with input as planned
	}
	causes(from("auth_token", "terraform_data")) == {"var.a"}
	causes(from("user_group_ids", "terraform_data")) == {"var.a"}
}
