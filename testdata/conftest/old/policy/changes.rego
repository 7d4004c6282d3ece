package lib.changes

import input as plan

created[resource] {
	resource := plan.resource_changes[_]
	resource.change.actions[_] == "create"
}

by_type[type] = resources {
	type := created[_].type
	resources := [resource | resource := created[_]; resource.type == type]
}
