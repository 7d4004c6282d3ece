package aws.backup.covered_test

import data.aws.backup.covered as policy

unknown := {"unknown": true, "from": ["var.a"]}

unset := {"unknown": true, "unset": true}

# A table, and selections of which the first `attached` refer to it.
model(table, selections, attached, certain) := {"resources": {
	"aws_dynamodb_table": [{
		"address": "x",
		"values": object.union({"name": "orders"}, table),
		"referrers": {"aws_backup_selection": [referrer |
			some position, _ in selections
			position < attached
			referrer := {
				"address": sprintf("s%d", [position]), "argument": "resources",
				"certain": certain, "cause": "local.it", "position": position,
			}
		]},
	}],
	"aws_backup_selection": [selection |
		some position, values in selections
		selection := {
			"address": sprintf("s%d", [position]),
			"values": object.remove(values, ["references"]),
			"references": object.get(values, "references", {}),
		}
	],
}}

selected(table, selections) := model(table, selections, 0, true)

refers(type, certain) := [{
	"address": object.get({"aws_dynamodb_table": "x"}, type, "y"),
	"type": type, "mode": "managed", "certain": certain, "position": 0,
}]

# A selection of what is created with it.
by_reference := {"resources": unknown, "references": {"resources": refers("aws_dynamodb_table", true)}}

tagged(key, value) := {"resources": null, "selection_tag": [{"type": "STRINGEQUALS", "key": key, "value": value}]}

conditioned(condition) := {"resources": ["*"], "condition": [condition]}

passed(planned) if {
	policy.deny == set() with input as planned
	policy.unknown == set() with input as planned
}

denied(planned) if {
	count(policy.deny) == 1 with input as planned
	policy.unknown == set() with input as planned
}

causes(planned) := found if {
	found := {finding.cause | some finding in policy.unknown} with input as planned
	policy.deny == set() with input as planned
}

test_none if {
	policy.deny == {{
		"address": "x",
		"message": "no backup selection covers it, by ARN or by tag",
		"expected": "an aws_backup_selection",
	}} with input as selected({}, [])
	denied(selected({}, [by_reference]))
}

test_by_reference if {
	passed(model({}, [by_reference], 1, true))
	causes(model({}, [by_reference], 1, false)) == {"local.it"}
	[finding.message | some finding in policy.unknown] == [
		"whether a backup selection covers it is known after apply",
	] with input as model({}, [by_reference], 1, false)
}

test_by_arn if {
	every pattern in [
		"*",
		"arn:aws:dynamodb:*",
		"arn:aws:dynamodb:us-east-1:123456789012:table/orders",
		"arn:aws:dynamodb:*:*:table/orders",
		"arn:aws:dynamodb:*:*:table/*",
		"arn:aws:dynamodb:*:*:table/ord*",
		"arn:aws:dynamodb:*:*:*ders",
		"arn:aws:*:*:*:table/orders",
	] {
		passed(selected({}, [{"resources": ["arn:aws:s3:::logs", pattern]}]))
	}
	every pattern in [
		"arn:aws:rds:*:*:db:*",
		"arn:aws:rds:*",
		"arn:aws:rds:*:*:table/orders",
		"arn:aws:dynamodb:*:*:table/order",
		"arn:aws:dynamodb:*:*:table/orders2",
		"arn:aws:dynamodb:*:*:table/x*",
		"arn:aws:dynamodb:*:*:table/o.ders",
		"arn:aws:dynamodb:*:*:table/o.*",
	] {
		denied(selected({}, [{"resources": [pattern]}]))
	}
}

kept_in(type, values, pattern) := {"resources": {
	type: [{"address": "x", "values": values}],
	"aws_backup_selection": [{"address": "s", "values": {"resources": [pattern]}}],
}}

test_all_kinds if {
	passed(kept_in("aws_db_instance", {"identifier": "main"}, "arn:aws:rds:*:*:db:main"))
	passed(kept_in("aws_db_instance", {"identifier": unset, "identifier_prefix": "app-"}, "arn:aws:rds:*:*:db:app-*"))
	denied(kept_in("aws_db_instance", {"identifier": "main"}, "arn:aws:rds:*:*:cluster:main"))
	every type in ["aws_rds_cluster", "aws_docdb_cluster", "aws_neptune_cluster"] {
		passed(kept_in(type, {"cluster_identifier": "main"}, "arn:aws:rds:*:*:cluster:main"))
		passed(kept_in(type, {"cluster_identifier_prefix": "app-"}, "arn:aws:rds:*:*:cluster:app-*"))
		denied(kept_in(type, {"cluster_identifier": "main"}, "arn:aws:rds:*:*:db:main"))
	}
	passed(kept_in("aws_efs_file_system", {"id": unset}, "arn:aws:elasticfilesystem:*:*:file-system/*"))
	passed(kept_in("aws_efs_file_system", {"id": "fs-1"}, "arn:aws:elasticfilesystem:*:*:file-system/fs-1"))
	denied(kept_in("aws_efs_file_system", {"id": unset}, "arn:aws:elasticfilesystem:*:*:file-system/fs-1"))
}

test_a_name_that_is_not_known if {
	later := {"name": unknown}
	passed(selected(later, [{"resources": ["arn:aws:dynamodb:*:*:table/*"]}]))
	causes(selected(later, [{"resources": ["arn:aws:dynamodb:*:*:table/orders"]}])) == {"var.a"}
	denied(selected(later, [{"resources": ["arn:aws:rds:*:*:db:orders"]}]))
	denied(selected(later, [{"resources": ["arn:aws:rds:*:*:table/orders"]}]))
	denied(selected(later, [{"resources": ["arn:aws:dynamodb:*:*:index/orders"]}]))
}

test_by_tag if {
	daily := tagged("Backup", "daily")
	passed(selected({"tags": {"Backup": "daily"}}, [daily]))
	passed(selected({"tags": null, "tags_all": {"Backup": "daily"}}, [daily]))
	passed(selected({"tags": {"A": "b"}, "tags_all": {"A": "b", "Backup": "daily"}}, [daily]))
	passed(selected({"tags": {"A": "b"}}, [object.union(daily, {"selection_tag": [
		{"type": "STRINGEQUALS", "key": "Backup", "value": "daily"},
		{"type": "STRINGEQUALS", "key": "A", "value": "b"},
	]})]))
	denied(selected({"tags": {"Backup": "Daily"}}, [daily]))
	denied(selected({"tags": {"Stage": "daily"}}, [daily]))
	denied(selected({"tags": {"Backup": "never"}, "tags_all": {"Backup": "daily"}}, [daily]))
	denied(selected({"tags": null, "tags_all": unset}, [daily]))
}

test_tags_that_are_not_known if {
	daily := tagged("Backup", "daily")
	causes(selected({"tags": unknown, "tags_all": unset}, [daily])) == {"var.a"}
	causes(selected({"tags": null, "tags_all": unknown}, [daily])) == {"var.a"}
	causes(selected({"tags": {"Backup": unknown}}, [daily])) == {"var.a"}
	causes(selected({"tags": {"Backup": "daily"}}, [tagged("Backup", unknown)])) == {"var.a"}
	causes(selected({"tags": {"Backup": "daily"}}, [tagged(unknown, "daily")])) == {"var.a"}
	passed(selected({"tags": {"Backup": "daily"}, "tags_all": unknown}, [daily]))
	denied(selected({"tags": {"Backup": "never"}, "tags_all": unknown}, [daily]))
	passed(selected({"tags": unknown}, [daily, {"resources": ["*"]}]))
}

test_by_arn_or_by_tag if {
	both := object.union(tagged("Backup", "daily"), {"resources": ["arn:aws:dynamodb:*:*:table/orders"]})
	passed(selected({}, [both]))
	passed(selected({"name": "x", "tags": {"Backup": "daily"}}, [both]))
	denied(selected({"name": "x"}, [both]))
	referring := object.union(by_reference, tagged("Backup", "daily"))
	passed(selected({"tags": {"Backup": "daily"}}, [object.union(referring, {"resources": unknown})]))
	denied(selected({}, [object.union(referring, {"resources": unknown})]))
	passed(selected({}, [object.union(by_reference, {"resources": [unknown, "arn:aws:dynamodb:*:*:table/orders"]})]))
}

test_a_selection_without_anything_takes_all if {
	passed(selected({}, [{"resources": null, "selection_tag": []}]))
	passed(selected({}, [{"resources": unset, "not_resources": ["arn:aws:dynamodb:*:*:table/x"]}]))
}

test_excluded if {
	denied(selected({}, [{"resources": ["*"], "not_resources": ["arn:aws:dynamodb:*:*:table/orders"]}]))
	passed(selected({}, [{"resources": ["*"], "not_resources": ["arn:aws:dynamodb:*:*:table/other"]}]))
	denied(selected({}, [{
		"resources": ["*"], "not_resources": unknown,
		"references": {"not_resources": refers("aws_dynamodb_table", true)},
	}]))
	causes(selected({}, [{
		"resources": ["*"], "not_resources": unknown,
		"references": {"not_resources": refers("terraform_data", true)},
	}])) == {"var.a"}
	denied(model({}, [object.union(by_reference, {"not_resources": ["*"]})], 1, true))
	passed(selected({}, [{"resources": ["*"], "not_resources": ["*"]}, {"resources": ["*"]}]))
}

test_resources_that_are_not_known if {
	causes(selected({}, [{"resources": unknown}])) == {"var.a"}
	causes(selected({}, [{"resources": [unknown, "arn:aws:rds:*"]}])) == {"var.a"}
	elsewhere := {"references": {"resources": refers("terraform_data", true)}, "resources": unknown}
	causes(selected({}, [elsewhere])) == {"var.a"}
	denied(selected({}, [object.union(elsewhere, {"not_resources": ["*"]})]))
}

test_conditions if {
	prod := {"tags": {"Stage": "prod-eu"}}
	key := "aws:ResourceTag/Stage"
	every condition in [
		{"string_equals": [{"key": key, "value": "prod-eu"}]},
		{"string_like": [{"key": key, "value": "prod-*"}]},
		{"string_like": [{"key": key, "value": "*od-e*"}]},
		{"string_not_equals": [{"key": key, "value": "prod"}]},
		{"string_not_equals": [{"key": "aws:ResourceTag/Other", "value": "x"}]},
		{"string_not_like": [{"key": key, "value": "test-*"}]},
		{"string_not_like": [{"key": "aws:ResourceTag/Other", "value": "*"}]},
		{"string_equals": [{"key": key, "value": "prod-eu"}], "string_not_like": [{"key": key, "value": "test"}]},
	] {
		passed(selected(prod, [conditioned(condition)]))
	}
	every condition in [
		{"string_equals": [{"key": key, "value": "prod"}]},
		{"string_equals": [{"key": "aws:ResourceTag/Other", "value": "prod-eu"}]},
		{"string_like": [{"key": key, "value": "test-*"}]},
		{"string_like": [{"key": "aws:ResourceTag/Other", "value": "*"}]},
		{"string_not_equals": [{"key": key, "value": "prod-eu"}]},
		{"string_not_like": [{"key": key, "value": "prod-*"}]},
		{"string_equals": [{"key": key, "value": "prod-eu"}], "string_not_like": [{"key": key, "value": "prod*"}]},
	] {
		denied(selected(prod, [conditioned(condition)]))
		denied(model(prod, [object.union(by_reference, {"condition": [condition]})], 1, true))
	}
}

tested(name, value) := conditioned({"string_like": [{"key": name, "value": value}]})

test_conditions_that_are_not_known if {
	stage := "aws:ResourceTag/Stage"
	causes(selected({"tags": unknown}, [tested(stage, "a")])) == {"var.a"}
	causes(selected({"tags": {"Stage": "a"}}, [tested(stage, unknown)])) == {"var.a"}
	causes(selected({"tags": {"Stage": "a"}}, [tested(unknown, "a")])) == {"var.a"}
	causes(selected({}, [conditioned(unknown)])) == {"var.a"}
}
