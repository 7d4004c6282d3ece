package aws.rds.parameter_group_test

import data.aws.rds.parameter_group as policy

unknown := {"unknown": true, "from": ["var.a"]}

model(type, family, parameters) := {"resources": {type: [{
	"address": "x",
	"values": {"family": family, "parameter": parameters},
}]}}

group(family, settings) := model(
	"aws_db_parameter_group", family,
	[{"name": name, "value": value} | some name, value in settings],
)

faults(planned) := found if {
	found := {finding.key: finding.message | some finding in policy.deny} with input as planned
}

mysql := {"slow_query_log": "1", "log_output": "FILE", "require_secure_transport": "1"}

postgres := {"rds.force_ssl": "1", "log_connections": "1", "log_min_duration_statement": "1000"}

changed(settings, name, value) := object.union(settings, {name: value})

test_all_set if {
	every family in ["mysql5.7", "mysql8.0", "mysql8.4", "mariadb10.11", "mariadb11.4"] {
		faults(group(family, mysql)) == {}
		faults(group(family, changed(mysql, "require_secure_transport", "ON"))) == {}
		faults(group(family, changed(mysql, "require_secure_transport", "on"))) == {}
		faults(group(family, changed(mysql, "log_output", "file"))) == {}
	}
	every family in ["postgres9.6", "postgres13", "postgres16"] {
		faults(group(family, postgres)) == {}
		faults(group(family, changed(postgres, "log_min_duration_statement", "0"))) == {}
	}
}

test_not_set if {
	every family in ["mysql8.0", "mariadb11.4"] {
		faults(group(family, {})) == {
			"slow_query_log": "slow_query_log is not set, so slow queries leave no trace",
			"log_output": "log_output is not set, so its logs cannot be exported",
			"require_secure_transport": "require_secure_transport is not set, so clients may connect without TLS",
		}
	}
	faults(group("postgres14", {})) == {
		"rds.force_ssl": "rds.force_ssl is not set, so clients may connect without TLS",
		"log_connections": "log_connections is not set, so who connects leaves no trace",
		"log_min_duration_statement": "log_min_duration_statement is not set, so slow queries leave no trace",
	}
}

test_tls_is_the_default_of_postgres_15 if {
	unset := object.remove(postgres, ["rds.force_ssl"])
	every family in ["postgres15", "postgres16", "postgres17"] {
		faults(group(family, unset)) == {}
	}
	every family in ["postgres9.6", "postgres14"] {
		object.keys(faults(group(family, unset))) == {"rds.force_ssl"}
	}
	unsure := [{"name": name, "value": value} | some name, value in object.union(unset, {"later": "0"})]
	dynamic := [object.union(parameter, {"name": later}) |
		some parameter in unsure
		later := object.get({"later": unknown}, parameter.name, parameter.name)
	]
	planned := model("aws_db_parameter_group", "postgres16", dynamic)
	{finding.key | some finding in policy.unknown} == {"rds.force_ssl"} with input as planned
}

test_set_otherwise if {
	every name, value in {"slow_query_log": "0", "log_output": "TABLE", "require_secure_transport": "0"} {
		object.keys(faults(group("mysql8.0", changed(mysql, name, value)))) == {name}
	}
	every name, value in {"rds.force_ssl": "0", "log_connections": "0", "log_min_duration_statement": "-1"} {
		object.keys(faults(group("postgres16", changed(postgres, name, value)))) == {name}
	}
	every value in ["", "off", null] {
		object.keys(faults(group("postgres16", changed(postgres, "log_min_duration_statement", value)))) == {
			"log_min_duration_statement",
		}
	}
}

test_what_is_wrong_is_not_unknown if {
	policy.unknown == set() with input as group("mysql8.0", {"log_output": "TABLE"})
}

test_a_finding if {
	policy.deny == {{
		"address": "x",
		"key": "log_output",
		"attribute": "parameter",
		"message": "log_output is TABLE, so its logs cannot be exported",
		"found": "TABLE",
		"expected": "FILE",
	}} with input as group("mysql8.0", changed(mysql, "log_output", "TABLE"))
}

test_nothing_is_found_where_it_is_not_set if {
	every finding in policy.deny {
		object.keys(finding) == {"address", "key", "attribute", "message", "expected"}
	} with input as group("mysql8.0", {})
}

test_clusters if {
	planned := model("aws_rds_cluster_parameter_group", "postgres14", [])
	policy.examined == {"x"} with input as planned
	count(policy.deny) == 3 with input as planned
}

test_other_families_are_not_examined if {
	every family in ["aurora-mysql8.0", "aurora-postgresql16", "oracle-ee-19", "sqlserver-se-15.0", "db2-se-11.5"] {
		policy.examined == set() with input as group(family, {})
		policy.deny == set() with input as group(family, {})
	}
}

test_unknown if {
	every settings in [changed(mysql, "log_output", unknown), {"slow_query_log": "1", "log_output": unknown}] {
		{finding.key: finding.cause | some finding in policy.unknown} == {"log_output": "var.a"} with input as group(
			"mysql8.0",
			settings,
		)
	}
	faults(group("mysql8.0", changed(mysql, "log_output", unknown))) == {}
	slow := group("mysql8.0", changed(mysql, "slow_query_log", unknown))
	{finding.message | some finding in policy.unknown} == {
		"whether slow_query_log is 1 is known after apply",
	} with input as slow
}

test_unknown_blocks if {
	every parameters in [unknown, [{"name": unknown, "value": "1"}]] {
		planned := model("aws_db_parameter_group", "mysql8.0", parameters)
		policy.deny == set() with input as planned
		{finding.key | some finding in policy.unknown} == object.keys(mysql) with input as planned
	}
}

test_unknown_family if {
	planned := group(unknown, {})
	policy.examined == {"x"} with input as planned
	policy.deny == set() with input as planned
	policy.unknown == {{
		"address": "x",
		"attribute": "family",
		"message": "of which family it is, is known after apply",
		"cause": "var.a",
	}} with input as planned
}
