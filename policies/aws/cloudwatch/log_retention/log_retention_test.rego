package aws.cloudwatch.log_retention_test

import data.aws.cloudwatch.log_retention

of(values, min_days) := {
	"params": {"aws.cloudwatch.log_retention": {"min_days": min_days}},
	"resources": {"aws_cloudwatch_log_group": [{"address": "aws_cloudwatch_log_group.a", "values": values}]},
}

denied(days, min_days) := found if {
	found := log_retention.deny with input as of({"retention_in_days": days}, min_days)
}

unknown := {"unknown": true, "from": ["terraform_data.days.output"]}

test_for_ever if {
	every days in [0, null, {"unknown": true, "unset": true}] {
		some finding in denied(days, 365)
		finding.message == "its logs are kept for ever"
	}
}

test_too_short if {
	some finding in denied(30, 365)
	finding.message == "its logs are kept for 30 days, too few to look into what is found late"
	finding.expected == "at least 365 days"
}

test_long_enough if {
	count(denied(365, 365)) == 0
	count(denied(400, 365)) == 0
	count(denied(30, 30)) == 0
	count(denied(30, 7)) == 0
}

test_for_ever_is_never_right if {
	count(denied(0, 0)) == 1
}

test_not_known if {
	count(denied(unknown, 365)) == 0
	some finding in log_retention.unknown with input as of({"retention_in_days": unknown}, 365)
	finding.cause == "terraform_data.days.output"
	count(log_retention.unknown) == 0 with input as of({}, 365)
}

test_delivery_groups_are_not_examined if {
	values := {"log_group_class": "DELIVERY", "retention_in_days": 2}
	count(log_retention.deny) == 0 with input as of(values, 365)
	count(log_retention.examined) == 0 with input as of(values, 365)
	count(log_retention.examined) == 1 with input as of({"log_group_class": unknown}, 365)
}
