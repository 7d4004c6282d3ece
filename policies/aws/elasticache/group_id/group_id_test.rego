package aws.elasticache.group_id_test

import data.aws.elasticache.group_id as policy

model(id, max_length) := {
	"params": {"aws.elasticache.group_id": {"max_length": max_length}},
	"resources": {"aws_elasticache_replication_group": [{"address": "x", "values": {"replication_group_id": id}}]},
}

test_too_long if {
	policy.deny == {{
		"address": "x",
		"attribute": "replication_group_id",
		"message": "its id abcdefghij-abcdefghij has 21 characters, more than 20",
		"found": "abcdefghij-abcdefghij",
		"expected": "at most 20 characters",
	}} with input as model("abcdefghij-abcdefghij", 20)
}

test_short_enough if {
	every id in ["a", "abcdefghij-abcdefghi"] {
		policy.deny == set() with input as model(id, 20)
		policy.unknown == set() with input as model(id, 20)
	}
}

test_max_length if {
	policy.deny == set() with input as model("abcdefghij-abcdefghij", 40)
	count(policy.deny) == 1 with input as model("abcdef", 5)
	policy.deny == set() with input as model("abcdef", 6)
}

test_unknown if {
	later := model({"unknown": true, "from": ["var.a"]}, 20)
	policy.deny == set() with input as later
	policy.unknown == {{
		"address": "x",
		"attribute": "replication_group_id",
		"message": "how long its id is, is known after apply",
		"expected": "at most 20 characters",
		"cause": "var.a",
	}} with input as later
}

test_what_is_not_known_has_no_length if {
	policy.deny == set() with input as model({"unknown": true, "from": ["var.a"]}, 0)
}

test_unset if {
	unset := model({"unknown": true, "unset": true}, 20)
	policy.deny == set() with input as unset
	policy.unknown == set() with input as unset
}
