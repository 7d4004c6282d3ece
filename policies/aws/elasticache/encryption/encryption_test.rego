package aws.elasticache.encryption_test

import data.aws.elasticache.encryption as policy

unknown := {"unknown": true, "from": ["var.a"]}

unset := {"unknown": true, "unset": true}

both := {"at_rest_encryption_enabled": true, "transit_encryption_enabled": true}

model(values) := {"resources": {"aws_elasticache_replication_group": [{"address": "x", "values": values}]}}

changed(values) := model(object.union(both, values))

keys(findings) := {finding.key | some finding in findings}

test_both if {
	every values in [{}, {"at_rest_encryption_enabled": "true"}, {"transit_encryption_enabled": "true"}] {
		policy.deny == set() with input as changed(values)
		policy.unknown == set() with input as changed(values)
	}
}

test_a_finding if {
	policy.deny == {{
		"address": "x",
		"key": "at rest",
		"attribute": "at_rest_encryption_enabled",
		"message": "it is not encrypted at rest",
		"found": false,
		"expected": true,
	}} with input as changed({"at_rest_encryption_enabled": false})
}

test_one if {
	every found in [false, "false", null, unset] {
		at_rest := changed({"at_rest_encryption_enabled": found})
		keys(policy.deny) == {"at rest"} with input as at_rest
		policy.unknown == set() with input as at_rest
		in_transit := changed({"transit_encryption_enabled": found})
		keys(policy.deny) == {"in transit"} with input as in_transit
		policy.unknown == set() with input as in_transit
	}
}

test_neither if {
	keys(policy.deny) == {"at rest", "in transit"} with input as model({})
	keys(policy.deny) == {"at rest", "in transit"} with input as model({"engine": "redis"})
}

test_valkey if {
	keys(policy.deny) == {"in transit"} with input as model({"engine": "valkey"})
	keys(policy.deny) == {"at rest"} with input as changed({"engine": "valkey", "at_rest_encryption_enabled": "false"})
}

test_unknown if {
	keys(policy.unknown) == {"at rest"} with input as changed({"at_rest_encryption_enabled": unknown})
	keys(policy.unknown) == {"in transit"} with input as changed({"transit_encryption_enabled": unknown})
	policy.deny == set() with input as changed({"transit_encryption_enabled": unknown})
	keys(policy.unknown) == {"at rest"} with input as model({"engine": unknown})
	keys(policy.deny) == {"in transit"} with input as model({"engine": unknown})
	policy.unknown == set() with input as changed({"engine": unknown})
	policy.unknown == {{
		"address": "x",
		"key": "at rest",
		"attribute": "at_rest_encryption_enabled",
		"message": "whether it is encrypted at rest is known after apply",
		"expected": true,
		"cause": "var.a",
	}} with input as model({"engine": unknown})
}
