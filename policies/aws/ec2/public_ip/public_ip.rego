# METADATA
# title: Machines get a public address by default
# description: |
#   An address on the internet makes a machine reachable as soon as a security group is opened once too far, and lets
#   it reach everything outside. Put machines into private subnets behind a load balancer or a NAT gateway, and give
#   the few that need one an elastic address. A subnet with map_public_ip_on_launch gives an address to all that is
#   started in it; a default subnet does so unless it is told not to. What an instance or a launch template leaves out,
#   the subnet decides, and is judged for.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-public-ip.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines:
#     - aws_instance
#     - aws_spot_instance_request
#     - aws_launch_template
#     - aws_launch_configuration
#     - aws_subnet
#     - aws_default_subnet
#   remediation: Set associate_public_ip_address, or map_public_ip_on_launch for a subnet, to false.
#   example: |
#     resource "aws_subnet" "private" {
#       vpc_id                  = aws_vpc.main.id
#       cidr_block              = "10.0.1.0/24"
#       map_public_ip_on_launch = false
#     }
#   controls: {nist_800_53: [AC-4, SC-7], pci_dss: ["1.4.4"], soc2: [CC6.6]}
package aws.ec2.public_ip

import data.lib.tf

# Per type, the argument, what it is where it is left out, and what it does.
kinds := {
	"aws_instance": {"argument": "associate_public_ip_address", "initial": false, "fault": "it gets a public address"},
	"aws_spot_instance_request": {
		"argument": "associate_public_ip_address", "initial": false, "fault": "it gets a public address",
	},
	"aws_launch_configuration": {
		"argument": "associate_public_ip_address", "initial": false,
		"fault": "what starts from it gets a public address",
	},
	"aws_subnet": {
		"argument": "map_public_ip_on_launch", "initial": false,
		"fault": "what starts in it gets a public address",
	},
	"aws_default_subnet": {
		"argument": "map_public_ip_on_launch", "initial": true,
		"fault": "what starts in it gets a public address",
	},
}

template := {
	"argument": "network_interfaces.associate_public_ip_address",
	"fault": "what starts from it gets a public address",
}

settings := array.concat(
	[{"resource": resource, "kind": kind, "value": tf.get(resource, kind.argument, kind.initial)} |
		some type, kind in kinds
		some resource in input.resources[type]
		not is_told_by_aws(resource, kind)
	],
	[{"resource": resource, "kind": template, "value": value} |
		some resource in input.resources.aws_launch_template
		some interface in tf.blocks(resource, "network_interfaces")
		value := tf.get(interface, "associate_public_ip_address", false)
	],
)

# Of an instance that is there, AWS tells whether it has an address, be it from its subnet or an elastic one.
is_told_by_aws(resource, kind) if {
	kind.argument == "associate_public_ip_address"
	tf.is_left_out(resource, kind.argument)
}

deny contains tf.finding_with(setting.resource, message, details) if {
	some setting in settings
	tf.is_true(setting.value)
	message := sprintf("%s by default", [setting.kind.fault])
	details := {"attribute": setting.kind.argument, "found": true, "expected": false}
}

unknown contains tf.finding_with(setting.resource, message, details) if {
	some setting in settings
	causes := tf.cause(setting.value)
	count(causes) > 0
	message := sprintf("whether %s by default is known after apply", [setting.kind.fault])
	details := {"attribute": setting.kind.argument, "expected": false, "cause": causes}
}
