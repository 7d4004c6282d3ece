package aws.lb.access_logs_test

import data.aws.lb.access_logs

unknown := {"unknown": true, "from": ["var.a"]}

planned(values) := {"resources": {"aws_lb": [{"address": "x", "type": "aws_lb", "values": values}]}}

test_strings if {
	on := planned({"access_logs": [{"bucket": "b", "enabled": "true"}]})
	access_logs.deny == set() with input as on
	access_logs.unknown == set() with input as on
	count(access_logs.deny) == 1 with input as planned({"access_logs": [{"bucket": "b", "enabled": "false"}]})
}

test_unknown if {
	every logs in [unknown, [{"bucket": "b", "enabled": unknown}]] {
		access_logs.deny == set() with input as planned({"access_logs": logs})
		found := access_logs.unknown with input as planned({"access_logs": logs})
		{finding.cause | some finding in found} == {"var.a"}
	}
}

test_gateways_have_none if {
	access_logs.examined == set() with input as planned({"load_balancer_type": "gateway"})
	access_logs.examined == {"x"} with input as planned({"load_balancer_type": unknown})
}
