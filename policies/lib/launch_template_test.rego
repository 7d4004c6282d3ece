package lib.launch_template_test

import data.lib.launch_template

unknown := {"unknown": true, "from": ["var.a"]}

unset := {"unknown": true, "unset": true}

instance(blocks, references) := {"address": "i", "values": {"launch_template": blocks}, "references": references}

refers(argument, mode) := {argument: [{
	"address": "t", "type": "aws_launch_template", "mode": mode, "certain": true, "position": 0,
}]}

model := {
	"resources": {"aws_launch_template": [{"address": "t", "values": {"a": "managed", "b": null}}]},
	"data": {"aws_launch_template": [{"address": "t", "values": {"a": "read", "b": unknown}}]},
}

test_of_the_plan if {
	every argument in ["launch_template.id", "launch_template.name"] {
		managed := instance([{"id": unknown}], refers(argument, "managed"))
		launch_template.get(managed, "a", "fallback") == "managed" with input as model
		launch_template.get(managed, "b", "fallback") == "fallback" with input as model
		read := instance([{"id": unknown}], refers(argument, "data"))
		launch_template.get(read, "a", "fallback") == "read" with input as model
		found := launch_template.get(read, "b", "fallback") with input as model
		found == unknown
	}
}

test_none if {
	every blocks in [[], null, unset] {
		launch_template.get(instance(blocks, {}), "a", "fallback") == "fallback" with input as model
	}
}

test_elsewhere if {
	found := launch_template.get(instance([{"id": "lt-1", "name": unset}], {}), "a", "fallback") with input as model
	found == {"unknown": true, "from": ["launch template lt-1 outside the plan"]}
	launch_template.elsewhere(instance([{"name": "app"}], {})) == ["launch template app outside the plan"]
	launch_template.elsewhere(instance([{"id": unknown, "name": null}], {})) == ["var.a"]
	launch_template.elsewhere(instance(unknown, {})) == ["var.a", "var.a"]
}
