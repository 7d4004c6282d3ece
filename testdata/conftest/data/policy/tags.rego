package acme.tags

import future.keywords.in

deny_required[msg] {
	resource := input.resource_changes[_]
	resource.type in data.taggable
	tag := data.teams.required[_]
	not resource.change.after.tags_all[tag]
	msg := sprintf("%s lacks the tag %s", [resource.address, tag])
}

warn[msg] {
	count(input.resource_changes) > data.limits.resources
	msg := sprintf("more than %v resources", [data.limits.resources])
}
