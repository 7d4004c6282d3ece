package aws.elasticache.parameter_family_test

import data.aws.elasticache.parameter_family as policy

unknown(name) := {"unknown": true, "from": [name]}

unset := {"unknown": true, "unset": true}

refers(certain) := {"parameter_group_name": [{
	"address": "p", "type": "aws_elasticache_parameter_group", "mode": "managed",
	"certain": certain, "cause": "local.p", "position": 0,
}]}

cache(values, references, family) := {"resources": {
	"aws_elasticache_replication_group": [{"address": "x", "values": values, "references": references}],
	"aws_elasticache_parameter_group": [{"address": "p", "values": {"family": family}}],
}}

of_family(engine, version, family) := cache(
	{"engine": engine, "engine_version": version, "parameter_group_name": "p"},
	refers(true), family,
)

named(version, name) := cache({"engine": "redis", "engine_version": version, "parameter_group_name": name}, {}, "")

test_fits if {
	every row in [
		["redis", "2.8.24", "redis2.8"],
		["redis", "3.2.10", "redis3.2"],
		["redis", "4.0.10", "redis4.0"],
		["redis", "5.0.6", "redis5.0"],
		["redis", "6.x", "redis6.x"],
		["redis", "6.2", "redis6.x"],
		["redis", "7.0", "redis7"],
		["redis", "7", "redis7"],
		["redis", unset, "redis7"],
		[null, "7.1", "redis7"],
		["valkey", "7.2", "valkey7"],
		["valkey", "8.1", "valkey8"],
		["valkey", null, "valkey8"],
	] {
		planned := of_family(row[0], row[1], row[2])
		policy.examined == {"x"} with input as planned
		policy.deny == set() with input as planned
		policy.unknown == set() with input as planned
	}
}

test_does_not_fit if {
	every row in [
		["redis", "7.0", "redis6.x"],
		["redis", "6.2", "redis7"],
		["redis", "5.0.6", "redis4.0"],
		["redis", "7.1", "valkey7"],
		["valkey", "7.2", "redis7"],
		["valkey", "8.0", "valkey7"],
	] {
		[[finding.found, finding.message] | some finding in policy.deny] == [[
			row[2],
			sprintf("its parameters are of family %s, but %s %s takes %s", [
				row[2], row[0], row[1],
				policy.takes(row[0], row[1]),
			]),
		]] with input as of_family(row[0], row[1], row[2])
	}
}

test_a_finding if {
	policy.deny == {{
		"address": "x",
		"attribute": "parameter_group_name",
		"message": "its parameters are of family redis6.x, but redis 7.1 takes redis7",
		"found": "redis6.x",
		"expected": "redis7",
	}} with input as of_family("redis", unset, "redis6.x")
}

test_groups_that_aws_makes if {
	every name in ["default.redis7", "default.redis7.cluster.on"] {
		policy.deny == set() with input as named("7.0", name)
		policy.unknown == set() with input as named("7.0", name)
		[finding.expected | some finding in policy.deny] == ["redis6.x"] with input as named("6.2", name)
	}
}

test_no_group if {
	every name in [null, "", unset] {
		policy.examined == {"x"} with input as named("7.0", name)
		policy.deny == set() with input as named("7.0", name)
		policy.unknown == set() with input as named("7.0", name)
	}
}

test_not_examined if {
	every planned in [
		named("7.0", "elsewhere"),
		cache({"global_replication_group_id": "g", "parameter_group_name": "default.redis5.0"}, {}, ""),
		cache({"global_replication_group_id": unknown("var.a"), "parameter_group_name": null}, {}, ""),
	] {
		policy.examined == set() with input as planned
		policy.deny == set() with input as planned
		policy.unknown == set() with input as planned
	}
}

causes(planned) := found if {
	found := {finding.cause | some finding in policy.unknown} with input as planned
	policy.deny == set() with input as planned
	policy.examined == {"x"} with input as planned
}

test_unknown if {
	causes(of_family("redis", "7.0", unknown("var.a"))) == {"var.a"}
	causes(of_family("redis", unknown("var.a"), "redis7")) == {"var.a"}
	causes(of_family(unknown("var.a"), "7.0", "redis7")) == {"var.a"}
	causes(of_family(unknown("var.a"), null, "redis7")) == {"var.a"}
	causes(named("7.0", unknown("var.a"))) == {"var.a"}
	causes(cache({"engine_version": "7.0", "parameter_group_name": "p"}, refers(false), "redis6.x")) == {"local.p"}
}

test_a_version_that_is_not_in_the_table if {
	every planned in [
		of_family("redis", "99.0", "redis7"),
		of_family("other", "7.0", "redis7"),
		of_family("other", null, "redis7"),
	] {
		causes(planned) == {"plangate does not know the engine's version"}
	}
	[finding.message | some finding in policy.unknown] == [
		"which family redis 99.0 takes is not in plangate's table",
	] with input as of_family("redis", "99.0", "redis7")
}
