# METADATA
# title: Instance starts in the default VPC
# description: |
#   Without a subnet, EC2 starts an instance in the default VPC: its subnets are all public, and give every instance an
#   address on the internet; its network is nobody's design, and is another in every account. Say in which subnet an
#   instance belongs, or which ones a group may use. A zone alone is no subnet, and an aws_default_subnet is one of the
#   default VPC's. What an instance leaves out, its launch template says.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_instance, aws_spot_instance_request, aws_autoscaling_group]
#   remediation: Set subnet_id, or vpc_zone_identifier for a group, to subnets of your own VPC.
#   example: |
#     resource "aws_instance" "worker" {
#       ami           = data.aws_ami.worker.id
#       instance_type = "t3.micro"
#       subnet_id     = aws_subnet.private.id
#     }
#   reports: [tapstack 4]
#   controls: {nist_800_53: [SC-7], soc2: [CC6.6]}
package aws.ec2.subnet

import data.lib.launch_template
import data.lib.tf

# Machines without a subnet, with the argument that would name it, what they then do, and the doubts about it.
adrift := array.concat(
	[{"machine": group, "argument": "vpc_zone_identifier", "fault": "its instances start", "doubts": doubts} |
		some group in input.resources.aws_autoscaling_group
		doubts := unnamed(group, configured(group, "vpc_zone_identifier"), "vpc_zone_identifier")
	],
	[{"machine": instance, "argument": "subnet_id", "fault": "it starts", "doubts": doubts} |
		some type in ["aws_instance", "aws_spot_instance_request"]
		some instance in input.resources[type]
		doubts := array.concat(
			unnamed(instance, configured(instance, "subnet_id"), "subnet_id"),
			array.concat(without_interface(instance), by_template(instance)),
		)
	],
)

# Of a machine that is there, AWS tells the subnet, be it one that was named or one of the default VPC's.
configured(machine, argument) := null if tf.is_left_out(machine, argument)

else := tf.get(machine, argument, null)

# unnamed(instance, found, "subnet_id"): doubts whether the argument names no subnet. One that is yet to be created is
# one.
unnamed(resource, found, argument) := tf.cause(found) if {
	tf.is_known(found) == false
	count([reference | some reference in tf.candidates(resource, argument); subnets[reference.type]]) == 0
}

else := [] if found == null

subnets := {"aws_subnet", "aws_default_subnet", "aws_subnets", "aws_subnet_ids"}

# A network interface is in a subnet already.
without_interface(instance) := tf.causes(interfaces) if {
	interfaces := array.concat(
		tf.blocks(instance, "network_interface"),
		tf.blocks(instance, "primary_network_interface"),
	)
	tf.known(interfaces) == []
}

# Doubts whether its launch template names no subnet either.
by_template(instance) := [cause | some doubts in all; some cause in doubts] if {
	interfaces := tf.elements(launch_template.get(instance, "network_interfaces", []))
	template := array.concat(launch_template.of(instance), [{}])[0]
	all := [array.concat(
		unnamed(template, tf.get(interface, "subnet_id", null), "network_interfaces.subnet_id"),
		none(tf.get(interface, "network_interface_id", null)),
	) |
		some interface in interfaces
	]
	count(all) == count(interfaces)
}

none(found) := tf.cause(found) if found == null

none(found) := tf.cause(found) if tf.is_unknown(found)

deny contains tf.finding_with(entry.machine, message, details) if {
	some entry in adrift
	entry.doubts == []
	message := sprintf("it names no subnet, so %s in the default VPC", [entry.fault])
	details := {"attribute": entry.argument, "expected": "a subnet of your own VPC"}
}

# Terraform adopts the default VPC's subnets under a type of their own.
deny contains tf.finding_with(machine, message, details) if {
	some type, kind in {
		"aws_autoscaling_group": {"argument": "vpc_zone_identifier", "fault": "its instances start"},
		"aws_instance": {"argument": "subnet_id", "fault": "it starts"},
		"aws_spot_instance_request": {"argument": "subnet_id", "fault": "it starts"},
	}
	some machine in input.resources[type]
	found := [subnet.address | some subnet in tf.targets(machine, kind.argument, "aws_default_subnet")]
	count(found) > 0
	message := sprintf("%s in the default VPC, whose subnet is %s", [kind.fault, concat(", ", found)])
	details := {"attribute": kind.argument, "found": found, "expected": "a subnet of your own VPC"}
}

unknown contains tf.finding_with(entry.machine, message, details) if {
	some entry in adrift
	count(entry.doubts) > 0
	message := sprintf("whether %s in the default VPC is known after apply", [entry.fault])
	details := {"attribute": entry.argument, "expected": "a subnet of your own VPC", "cause": entry.doubts}
}
