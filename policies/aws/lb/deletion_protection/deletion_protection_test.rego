package aws.lb.deletion_protection_test

import data.aws.lb.deletion_protection

unknown := {"unknown": true, "from": ["var.a"]}

planned(values) := {"resources": {"aws_lb": [{"address": "x", "type": "aws_lb", "values": values}]}}

test_off if {
	every found in [false, "false", null, {"unknown": true, "unset": true}] {
		count(deletion_protection.deny) == 1 with input as planned({"enable_deletion_protection": found})
	}
	count(deletion_protection.deny) == 1 with input as planned({})
}

test_on if {
	every found in [true, "true"] {
		deletion_protection.deny == set() with input as planned({"enable_deletion_protection": found})
		deletion_protection.unknown == set() with input as planned({"enable_deletion_protection": found})
	}
}

test_unknown if {
	deletion_protection.deny == set() with input as planned({"enable_deletion_protection": unknown})
	found := deletion_protection.unknown with input as planned({"enable_deletion_protection": unknown})
	{finding.cause | some finding in found} == {"var.a"}
}
