package aws.rds.enhanced_monitoring_test

import data.aws.rds.enhanced_monitoring as policy

unknown := {"unknown": true, "from": ["var.a"]}

unset := {"unknown": true, "unset": true}

model(type, interval) := {"resources": {type: [{"address": "x", "values": {"monitoring_interval": interval}}]}}

types := ["aws_db_instance", "aws_rds_cluster_instance"]

test_off if {
	every type in types {
		every found in [0, null, unset] {
			policy.deny == {{
				"address": "x",
				"attribute": "monitoring_interval",
				"message": "its monitoring_interval is 0, so nothing is measured within it",
				"found": 0,
				"expected": "1 to 60",
			}} with input as model(type, found)
			policy.unknown == set() with input as model(type, found)
		}
	}
}

test_on if {
	every type in types {
		every found in [1, 60] {
			policy.deny == set() with input as model(type, found)
			policy.unknown == set() with input as model(type, found)
		}
	}
}

test_unknown if {
	every type in types {
		policy.deny == set() with input as model(type, unknown)
		{finding.cause | some finding in policy.unknown} == {"var.a"} with input as model(type, unknown)
	}
}

clustered(instance, cluster) := {"resources": {
	"aws_rds_cluster_instance": [{
		"address": "x",
		"values": {"monitoring_interval": instance},
		"references": {"cluster_identifier": [{
			"address": "c", "type": "aws_rds_cluster", "mode": "managed", "certain": true, "position": 0,
		}]},
	}],
	"aws_rds_cluster": [{"address": "c", "values": {"monitoring_interval": cluster}}],
}}

test_by_the_cluster if {
	policy.deny == set() with input as clustered(0, 60)
	policy.deny == set() with input as clustered(30, 0)
	count(policy.deny) == 1 with input as clustered(0, 0)
	count(policy.deny) == 1 with input as clustered(0, unset)
	{finding.cause | some finding in policy.unknown} == {"var.a"} with input as clustered(0, unknown)
	policy.unknown == set() with input as clustered(30, unknown)
	policy.deny == set() with input as clustered(0, unknown)
}
