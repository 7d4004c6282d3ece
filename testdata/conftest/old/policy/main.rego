package main

import data.lib.changes

# The name of a resource without one is undefined, and the others are denied all the same.
deny[name(changes.created[_])] {
	true
}

name(resource) = text {
	text := sprintf("%s is called %s", [resource.address, resource.change.after.name])
}

# What is handed to a negated call is worked out first: where there are no tags, nothing is said.
deny_tags[msg] {
	resource := changes.created[_]
	not has_team(resource.change.after.tags)
	msg := sprintf("%v has no tag Team", [resource.address])
}

has_team(tags) {
	tags.Team
}

violation[{"msg": msg, "details": {"resource": resource.address, "ports": ports}}] {
	resource := changes.created[_]
	resource.type == "aws_security_group"
	ports := {port | port := resource.change.after.ingress[_].from_port}
	count(ports) > 0
	msg := sprintf("%s opens %d ports: %v", [resource.address, count(ports), ports])
}

warn[msg] {
	resource := changes.by_type["aws_lambda_function"][_]
	not re_match("^python3", resource.change.after.runtime)
	msg := sprintf("%s runs %s", [resource.address])
}

warn_encryption[msg] {
	resource := changes.by_type["aws_s3_bucket"][_]
	msg := sprintf("%05d of %q", [42, resource.address])
}

exception[rules] {
	rules := ["encryption"]
}
