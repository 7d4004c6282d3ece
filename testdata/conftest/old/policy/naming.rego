package naming

import data.lib.changes

names[resource.address] = lower(resource.change.after.bucket) {
	resource := changes.created[_]
}

deny[msg] {
	name := names[address]
	not startswith(name, "acme-")
	msg := sprintf("%s: %s is none of our names", [address, name])
}
