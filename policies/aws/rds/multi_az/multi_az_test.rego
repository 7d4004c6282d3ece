package aws.rds.multi_az_test

import data.aws.rds.multi_az as policy

plan(values) := {"resources": {"aws_db_instance": [{"address": "d", "values": values}]}}

test_passes if {
	every found in [true, "true"] {
		policy.examined == {"d"} with input as plan({"multi_az": found})
		policy.deny == set() with input as plan({"multi_az": found})
		policy.unknown == set() with input as plan({"multi_az": found})
	}
}

test_fails if {
	every found in [false, "false", null, {"unknown": true, "unset": true}] {
		count(policy.deny) == 1 with input as plan({"multi_az": found})
		policy.unknown == set() with input as plan({"multi_az": found})
	}
}

later := {"unknown": true, "from": ["var.a"]}

test_is_unknown if {
	policy.deny == set() with input as plan({"multi_az": later})
	[finding.cause | some finding in policy.unknown] == ["var.a"] with input as plan({"multi_az": later})
}

test_read_replicas_are_not_examined if {
	every found in [false, later] {
		replica := plan({"multi_az": found, "replicate_source_db": "main"})
		policy.examined == set() with input as replica
		policy.deny == set() with input as replica
		policy.unknown == set() with input as replica
	}
}
