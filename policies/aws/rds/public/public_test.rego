package aws.rds.public_test

import data.aws.rds.public as policy

model(type, public) := {"resources": {type: [{"address": "x", "values": {"publicly_accessible": public}}]}}

types := ["aws_db_instance", "aws_rds_cluster_instance"]

test_public if {
	every type in types {
		policy.deny == {{
			"address": "x",
			"message": "it is publicly accessible, by an address on the internet",
			"attribute": "publicly_accessible",
			"found": true,
			"expected": false,
		}} with input as model(type, true)
		count(policy.deny) == 1 with input as model(type, "true")
	}
}

test_private if {
	every type in types {
		every found in [false, "false", null, {"unknown": true, "unset": true}] {
			policy.deny == set() with input as model(type, found)
			policy.unknown == set() with input as model(type, found)
		}
	}
}

test_unknown if {
	every type in types {
		maybe := model(type, {"unknown": true, "from": ["var.public"]})
		policy.deny == set() with input as maybe
		{finding.cause | some finding in policy.unknown} == {"var.public"} with input as maybe
	}
}
