package aws.ec2.subnet_test

import data.aws.ec2.subnet as policy

unknown := {"unknown": true, "from": ["var.a"]}

unset := {"unknown": true, "unset": true}

instances := ["aws_instance", "aws_spot_instance_request"]

model(type, values, references) := {"resources": {type: [{
	"address": "x",
	"values": values,
	"references": references,
}]}}

refers(argument, type, certain) := {argument: [{
	"address": "s", "type": type, "mode": "managed", "certain": certain, "position": 0,
}]}

passed(planned) if {
	policy.deny == set() with input as planned
	policy.unknown == set() with input as planned
}

denied(planned) if {
	count(policy.deny) == 1 with input as planned
	policy.unknown == set() with input as planned
}

causes(planned) := found if {
	found := {finding.cause | some finding in policy.unknown} with input as planned
	policy.deny == set() with input as planned
}

test_findings if {
	policy.deny == {{
		"address": "x",
		"attribute": "subnet_id",
		"message": "it names no subnet, so it starts in the default VPC",
		"expected": "a subnet of your own VPC",
	}} with input as model("aws_instance", {}, {})
	policy.deny == {{
		"address": "x",
		"attribute": "vpc_zone_identifier",
		"message": "it names no subnet, so its instances start in the default VPC",
		"expected": "a subnet of your own VPC",
	}} with input as model("aws_autoscaling_group", {}, {})
	[finding.message | some finding in policy.unknown] == [
		"whether it starts in the default VPC is known after apply",
	] with input as model("aws_instance", {"subnet_id": unknown}, {})
}

test_none if {
	every type in instances {
		every found in [null, "", unset] {
			denied(model(type, {"subnet_id": found, "network_interface": unset, "availability_zone": "a"}, {}))
		}
	}
	every found in [null, [], unset] {
		denied(model("aws_autoscaling_group", {"vpc_zone_identifier": found, "availability_zones": ["a"]}, {}))
	}
}

test_given if {
	every type in instances {
		passed(model(type, {"subnet_id": "subnet-1"}, {}))
		passed(model(type, {"network_interface": [{"network_interface_id": "eni-1"}]}, {}))
		passed(model(type, {"primary_network_interface": [{"network_interface_id": unknown}]}, {}))
		passed(model(type, {"subnet_id": "subnet-1", "network_interface": unknown}, {}))
		passed(model(type, {"subnet_id": unknown, "network_interface": [{"network_interface_id": "eni-1"}]}, {}))
	}
	passed(model("aws_autoscaling_group", {"vpc_zone_identifier": ["subnet-1"]}, {}))
	passed(model("aws_autoscaling_group", {"vpc_zone_identifier": [unknown]}, {}))
}

test_yet_to_be_created if {
	every type in ["aws_subnet", "aws_subnets"] {
		every certain in [true, false] {
			passed(model("aws_instance", {"subnet_id": unknown}, refers("subnet_id", type, certain)))
			passed(model(
				"aws_autoscaling_group", {"vpc_zone_identifier": unknown},
				refers("vpc_zone_identifier", type, certain),
			))
		}
	}
}

test_default_subnets if {
	every type, argument in {"aws_instance": "subnet_id", "aws_autoscaling_group": "vpc_zone_identifier"} {
		subnets := {"resources": {"aws_default_subnet": [{"address": "s"}]}}
		planned := object.union(subnets, model(type, {argument: unknown}, refers(argument, "aws_default_subnet", true)))
		denied(planned)
		{finding.found | some finding in policy.deny} == {["s"]} with input as planned
		passed(object.union(subnets, model(type, {argument: unknown}, refers(argument, "aws_default_subnet", false))))
	}
}

test_what_aws_chose_is_not_named if {
	left_out := {"address": "x", "values": {"subnet_id": "subnet-1"}, "config": {"ami": {"constant": "a"}}}
	denied({"resources": {"aws_instance": [left_out]}})
	named := object.union(left_out, {"config": {"subnet_id": {"references": ["var.a"]}}})
	passed({"resources": {"aws_instance": [named]}})
}

test_unknown if {
	causes(model("aws_instance", {"subnet_id": unknown}, {})) == {"var.a"}
	causes(model("aws_instance", {"subnet_id": unknown}, refers("subnet_id", "terraform_data", true))) == {"var.a"}
	causes(model("aws_instance", {"subnet_id": unknown}, refers("ami", "aws_subnet", true))) == {"var.a"}
	causes(model("aws_instance", {"network_interface": unknown}, {})) == {"var.a"}
	causes(model("aws_autoscaling_group", {"vpc_zone_identifier": unknown}, {})) == {"var.a"}
}

started(instance, interfaces, references) := {"resources": {
	"aws_instance": [{
		"address": "i",
		"values": instance,
		"references": {"launch_template.id": [{
			"address": "t", "type": "aws_launch_template", "mode": "managed", "certain": true, "position": 0,
		}]},
	}],
	"aws_launch_template": [{
		"address": "t",
		"values": {"network_interfaces": interfaces},
		"references": references,
	}],
}}

test_launch_templates if {
	denied(started({}, [], {}))
	denied(started({}, [{"subnet_id": null}, {"subnet_id": ""}], {}))
	denied(started({}, [{"network_interface_id": null}], {}))
	passed(started({}, [{"subnet_id": null}, {"subnet_id": "subnet-1"}], {}))
	passed(started({}, [{"network_interface_id": "eni-1"}], {}))
	passed(started({"subnet_id": "subnet-1"}, [], {}))
	passed(started({}, [{"subnet_id": unknown}], refers("network_interfaces.subnet_id", "aws_subnet", true)))
	causes(started({}, [{"subnet_id": unknown}], {})) == {"var.a"}
	causes(started({}, [{"network_interface_id": unknown}], {})) == {"var.a"}
	causes(started({}, unknown, {})) == {"var.a"}
}

test_a_launch_template_outside_the_plan if {
	causes(model("aws_instance", {"launch_template": [{"id": "lt-1"}]}, {})) == {
		"launch template lt-1 outside the plan",
	}
	passed(model("aws_instance", {"subnet_id": "subnet-1", "launch_template": [{"id": "lt-1"}]}, {}))
}
