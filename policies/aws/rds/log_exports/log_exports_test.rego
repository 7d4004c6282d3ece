package aws.rds.log_exports_test

import data.aws.rds.log_exports as policy

unknown := {"unknown": true, "from": ["var.a"]}

model(exports) := {"resources": {"aws_db_instance": [{
	"address": "x",
	"values": {"enabled_cloudwatch_logs_exports": exports},
}]}}

test_none if {
	every exports in [[], null, {"unknown": true, "unset": true}] {
		policy.deny == {{
			"address": "x",
			"attribute": "enabled_cloudwatch_logs_exports",
			"message": "it exports none of its logs, which go when it goes",
			"found": [],
			"expected": "at least one log",
		}} with input as model(exports)
		policy.unknown == set() with input as model(exports)
	}
}

test_some if {
	every exports in [["error"], ["error", "slowquery"], [unknown]] {
		policy.deny == set() with input as model(exports)
		policy.unknown == set() with input as model(exports)
	}
}

test_unknown if {
	policy.deny == set() with input as model(unknown)
	policy.unknown == {{
		"address": "x",
		"attribute": "enabled_cloudwatch_logs_exports",
		"message": "which of its logs it exports is known after apply",
		"expected": "at least one log",
		"cause": "var.a",
	}} with input as model(unknown)
}
