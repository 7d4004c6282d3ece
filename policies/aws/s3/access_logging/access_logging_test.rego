package aws.s3.access_logging_test

import data.aws.s3.access_logging

unknown := {"unknown": true, "from": ["var.a"]}

planned(bucket) := {"resources": {
	"aws_s3_bucket": [
		object.union({"address": "b", "values": {}}, bucket),
		{"address": "other", "values": {"logging": [{"target_bucket": "b"}]}},
	],
	"aws_s3_bucket_logging": [{"address": "l", "values": {}}],
}}

logging(argument, members) := {"referrers": {"aws_s3_bucket_logging": [object.union(
	{"address": "l", "argument": argument, "attribute": "id", "certain": true, "position": 0},
	members,
)]}}

verdict(found) := "na" if {
	not access_logging.examined.b with input as found
} else := "fail" if {
	some finding in access_logging.deny with input as found
	finding.address == "b"
} else := cause if {
	some finding in access_logging.unknown with input as found
	finding.address == "b"
	cause := finding.cause
} else := "pass"

test_left_out if {
	every values in [{}, {"logging": []}, {"logging": null}, {"logging": {"unknown": true, "unset": true}}] {
		verdict(planned({"values": values})) == "fail"
	}
}

test_logged if {
	verdict(planned(logging("bucket", {}))) == "pass"
	verdict(planned({"values": {"logging": [{"target_bucket": "logs"}]}})) == "pass"
	verdict(planned({"values": {"logging": [unknown, {"target_bucket": "logs"}]}})) == "pass"
}

test_may_be_logged if {
	verdict(planned({"values": {"logging": unknown}})) == "var.a"
	verdict(planned(logging("bucket", {"certain": false, "cause": "local.a"}))) == "local.a"
	unresolved := object.union(planned({}), {"unresolved": {"aws_s3_bucket_logging": {"bucket": ["local.b"]}}})
	verdict(unresolved) == "local.b"
}

test_targets_are_exempt if {
	verdict(planned(logging("target_bucket", {}))) == "na"
	inline := {"address": "other", "argument": "logging.target_bucket", "attribute": "id", "certain": true, "position": 1}
	verdict(planned({"referrers": {"aws_s3_bucket": [inline]}})) == "na"
}

test_may_be_a_target if {
	verdict(planned(logging("target_bucket", {"certain": false, "cause": "local.a"}))) == "local.a"
	unresolved := {"unresolved": {"aws_s3_bucket": {"logging.target_bucket": ["local.b"]}}}
	verdict(object.union(planned({}), unresolved)) == "local.b"
	verdict(object.union(planned(logging("bucket", {})), unresolved)) == "pass"
}

# What the bucket shows of the logging that the plan deletes.
test_logging_that_is_deleted if {
	deleting := {
		"resources": {"aws_s3_bucket": [{
			"address": "b", "config": {"bucket": {"constant": "data"}},
			"values": {"id": "data", "logging": [{"target_bucket": "logs"}]},
		}]},
		"removed": {"aws_s3_bucket_logging": [{"actions": ["delete"], "values": {"bucket": "data"}}]},
	}
	count(access_logging.deny) == 1 with input as deleting
	access_logging.deny == set() with input as object.remove(deleting, ["removed"])
}

test_what_fails_is_not_unknown_too if {
	found := access_logging.unknown with input as planned({})
	{finding.address | some finding in found} == set()
}
