package main

import rego.v1

internet := {"0.0.0.0/0", "::/0"}

deny contains {"msg": msg, "resource": resource.address, "severity": "CRITICAL"} if {
	some resource in input.resource_changes
	resource.type == "aws_security_group"
	some rule in resource.change.after.ingress
	some range in rule.cidr_blocks
	range in internet
	msg := sprintf("port %d is open to the internet", [rule.from_port])
}

deny contains sprintf("%s has no key", [resource.address]) if {
	some resource in input.resource_changes
	resource.type in {"aws_lambda_function", "aws_cloudwatch_log_group"}
	not resource.change.after.kms_key_arn
}

warn contains msg if {
	every resource in input.resource_changes {
		resource.mode == "managed"
	}
	msg := "the plan reads no data"
}

warn contains msg if {
	count(input.configuration.provider_config) > 0
	some name, provider in input.configuration.provider_config
	not provider.version_constraint
	msg := sprintf("provider %s is of any version", [name])
}

deny_overlap contains msg if {
	some resource in input.resource_changes
	net.cidr_intersects(resource.change.after.cidr_block, "10.0.0.0/8")
	msg := sprintf("%s overlaps with the office", [resource.address])
}
