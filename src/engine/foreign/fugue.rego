# What Regula's advanced rules import: the functions that its documentation lists, written anew.
package fugue

resources(kind) := {address: resource |
	some address, resource in input.resources
	resource._type == kind
}

input_resource_types := {resource._type | some resource in input.resources}

resource_types_v0 := input_resource_types

plan := input._plan

input_type := "tf"

allow_resource(resource) := allow({"resource": resource})

allow(judged) := {
	"valid": true,
	"id": judged.resource.id,
	"type": judged.resource._type,
	"message": object.get(judged, "message", ""),
}

deny_resource(resource) := deny({"resource": resource})

deny_resource_with_message(resource, message) := deny({"resource": resource, "message": message})

deny(judged) := {
	"valid": false,
	"id": judged.resource.id,
	"type": judged.resource._type,
	"message": object.get(judged, "message", ""),
	"attribute": object.get(judged, "attribute", null),
}

missing_resource(kind) := missing({"resource_type": kind})

missing_resource_with_message(kind, message) := missing({"resource_type": kind, "message": message})

missing(judged) := {
	"valid": false,
	"id": "",
	"type": judged.resource_type,
	"message": object.get(judged, "message", sprintf("there is no %s", [judged.resource_type])),
	"attribute": null,
}

report_v0(message, policy) := {"valid": valid, "message": text, "resources": policy} if {
	invalid := [judgement | some judgement in policy; not judgement.valid]
	valid := count(invalid) == 0
	text := {true: "", false: message}[valid]
}
