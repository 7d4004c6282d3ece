package aws.ec2.public_ip_test

import data.aws.ec2.public_ip as policy

unknown := {"unknown": true, "from": ["var.a"]}

arguments := {
	"aws_instance": "associate_public_ip_address",
	"aws_spot_instance_request": "associate_public_ip_address",
	"aws_launch_configuration": "associate_public_ip_address",
	"aws_subnet": "map_public_ip_on_launch",
	"aws_default_subnet": "map_public_ip_on_launch",
}

model(type, found) := {"resources": {type: [{"address": "x", "values": {arguments[type]: found}}]}}

test_public if {
	every type, argument in arguments {
		every found in [true, "true"] {
			[finding.attribute | some finding in policy.deny] == [argument] with input as model(type, found)
			policy.unknown == set() with input as model(type, found)
		}
	}
}

test_findings if {
	policy.deny == {{
		"address": "x",
		"attribute": "associate_public_ip_address",
		"message": "it gets a public address by default",
		"found": true,
		"expected": false,
	}} with input as model("aws_instance", true)
	policy.deny == {{
		"address": "x",
		"attribute": "map_public_ip_on_launch",
		"message": "what starts in it gets a public address by default",
		"found": true,
		"expected": false,
	}} with input as model("aws_subnet", true)
	policy.unknown == {{
		"address": "x",
		"attribute": "map_public_ip_on_launch",
		"message": "whether what starts in it gets a public address by default is known after apply",
		"expected": false,
		"cause": "var.a",
	}} with input as model("aws_default_subnet", unknown)
}

test_private if {
	every type, _ in arguments {
		every found in [false, "false"] {
			policy.deny == set() with input as model(type, found)
			policy.unknown == set() with input as model(type, found)
		}
	}
}

test_left_out if {
	every found in [null, {"unknown": true, "unset": true}] {
		every type in ["aws_instance", "aws_spot_instance_request", "aws_launch_configuration", "aws_subnet"] {
			policy.deny == set() with input as model(type, found)
			policy.unknown == set() with input as model(type, found)
		}
		count(policy.deny) == 1 with input as model("aws_default_subnet", found)
	}
}

test_what_aws_tells_of_an_instance_is_left_to_its_subnet if {
	every type in ["aws_instance", "aws_spot_instance_request"] {
		found := object.union(model(type, true).resources[type][0], {"config": {"ami": {"constant": "a"}}})
		policy.deny == set() with input as {"resources": {type: [found]}}
		every more in [
			{"config": {}}, {"config": {"associate_public_ip_address": {"references": ["var.a"]}}},
		] {
			changed := object.union(object.remove(found, object.keys(more)), more)
			count(policy.deny) == 1 with input as {"resources": {type: [changed]}}
		}
	}
}

test_unknown if {
	every type, _ in arguments {
		policy.deny == set() with input as model(type, unknown)
		count(policy.unknown) == 1 with input as model(type, unknown)
	}
}

template(interfaces) := {"resources": {"aws_launch_template": [{
	"address": "x",
	"values": {"network_interfaces": interfaces},
}]}}

test_launch_template if {
	policy.deny == {{
		"address": "x",
		"attribute": "network_interfaces.associate_public_ip_address",
		"message": "what starts from it gets a public address by default",
		"found": true,
		"expected": false,
	}} with input as template([
		{"associate_public_ip_address": "false"},
		{"associate_public_ip_address": "true"},
	])
	every interfaces in [
		null, [], [{}], [{"associate_public_ip_address": ""}], [{"associate_public_ip_address": "false"}],
	] {
		policy.deny == set() with input as template(interfaces)
		policy.unknown == set() with input as template(interfaces)
	}
	every interfaces in [unknown, [{"associate_public_ip_address": unknown}]] {
		policy.deny == set() with input as template(interfaces)
		{finding.cause | some finding in policy.unknown} == {"var.a"} with input as template(interfaces)
	}
}
