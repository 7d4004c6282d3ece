package aws.dynamodb.deletion_protection_test

import data.aws.dynamodb.deletion_protection as policy

types := ["aws_dynamodb_table", "aws_dynamodb_table_replica"]

plan(type, found) := {"resources": {type: [{"address": "t", "values": {"deletion_protection_enabled": found}}]}}

test_passes if {
	every type in types {
		every found in [true, "true"] {
			policy.deny == set() with input as plan(type, found)
			policy.unknown == set() with input as plan(type, found)
		}
	}
}

test_fails if {
	every type in types {
		every found in [false, "false", null, {"unknown": true, "unset": true}] {
			count(policy.deny) == 1 with input as plan(type, found)
			policy.unknown == set() with input as plan(type, found)
		}
	}
}

test_is_unknown if {
	found := {"unknown": true, "from": ["var.a"]}
	every type in types {
		policy.deny == set() with input as plan(type, found)
		[finding.cause | some finding in policy.unknown] == ["var.a"] with input as plan(type, found)
	}
}

test_no_table if policy.deny == set() with input as {"resources": {}}
