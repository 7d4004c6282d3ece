package aws.batch.fargate_test

import data.aws.batch.fargate

unknown := {"unknown": true, "from": ["var.a"]}

model(values) := {"resources": {"aws_batch_compute_environment": [{"address": "x", "values": values}]}}

of_type(type) := model({"compute_resources": [{"type": type}]})

verdict(found) := "fail" if {
	count(fargate.deny) == 1 with input as found
} else := cause if {
	some finding in fargate.unknown with input as found
	cause := finding.cause
} else := "pass"

test_fargate if {
	every type in ["FARGATE", "FARGATE_SPOT", "fargate", "fargate_spot"] {
		verdict(of_type(type)) == "pass"
	}
}

test_servers if {
	every type in ["EC2", "SPOT", "ec2"] {
		verdict(of_type(type)) == "fail"
	}
	fargate.deny == {{
		"address": "x",
		"message": "it runs jobs on EC2 spot instances, which are yours to patch and to scale",
		"attribute": "compute_resources.type",
		"found": "SPOT",
		"expected": "FARGATE or FARGATE_SPOT",
	}} with input as of_type("SPOT")
}

test_unmanaged if {
	every found in [{}, {"compute_resources": []}, {"compute_resources": {"unknown": true, "unset": true}}] {
		verdict(model(object.union({"type": "UNMANAGED"}, found))) == "fail"
	}
}

test_unknown if {
	verdict(of_type(unknown)) == "var.a"
	verdict(model({"compute_resources": unknown})) == "var.a"
	verdict(model({"compute_resources": [unknown]})) == "var.a"
	verdict({"resources": {}}) == "pass"
}

test_messages if {
	every type, servers in {
		"EC2": "EC2 instances", "ec2": "EC2 instances", "SPOT": "EC2 spot instances",
		"UNMANAGED": "servers that it does not manage", "OTHER": "OTHER instances",
	} {
		{finding.message | some finding in fargate.deny} == {concat(" ", [
			"it runs jobs on", sprintf("%s,", [servers]),
			"which are yours to patch and to scale",
		])} with input as of_type(type)
	}
}
