package aws.rds.backup_retention_test

import data.aws.rds.backup_retention as policy

plan(type, values, min_days) := {
	"resources": {type: [{"address": "d", "values": values}]},
	"params": {"aws.rds.backup_retention": {"min_days": min_days}},
}

kept(type, found) := plan(type, {"backup_retention_period": found}, 7)

types := ["aws_db_instance", "aws_rds_cluster"]

test_passes if {
	every type in types {
		every found in [7, 8, 35] {
			policy.examined == {"d"} with input as kept(type, found)
			policy.deny == set() with input as kept(type, found)
			policy.unknown == set() with input as kept(type, found)
		}
	}
}

messages(model) := texts if {
	texts := [finding.message | some finding in policy.deny] with input as model
}

test_fails if {
	every type in types {
		messages(kept(type, 0)) == ["it makes no automated backups"]
		messages(kept(type, 1)) == ["it keeps backups for 1 day, less than 7"]
		messages(kept(type, 6)) == ["it keeps backups for 6 days, less than 7"]
		messages(kept(type, 2)) == ["it keeps backups for 2 days, less than 7"]
		policy.unknown == set() with input as kept(type, 6)
	}
}

test_one_day_is_the_default if {
	every type in types {
		every found in [null, {"unknown": true, "unset": true}] {
			messages(kept(type, found)) == ["it keeps backups for 1 day, less than 7"]
		}
	}
}

test_min_days if {
	messages(plan("aws_db_instance", {"backup_retention_period": 7}, 8)) == ["it keeps backups for 7 days, less than 8"]
	messages(plan("aws_db_instance", {}, 1)) == []
	[finding.expected | some finding in policy.deny] == ["at least 8"] with input as plan("aws_db_instance", {}, 8)
}

test_what_is_no_number_is_passed_over if {
	every found in [false, "many"] {
		messages(kept("aws_db_instance", found)) == []
	}
}

later := {"unknown": true, "from": ["var.a"]}

test_is_unknown if {
	every type in types {
		policy.deny == set() with input as kept(type, later)
		[finding.cause | some finding in policy.unknown] == ["var.a"] with input as kept(type, later)
	}
}

test_copies_are_not_examined if {
	every values in [
		{"replicate_source_db": "main"},
		{"replication_source_identifier": "main", "backup_retention_period": later},
	] {
		policy.examined == set() with input as plan("aws_db_instance", values, 7)
		policy.deny == set() with input as plan("aws_db_instance", values, 7)
		policy.unknown == set() with input as plan("aws_db_instance", values, 7)
	}
}
