package aws.ebs.encryption_test

import data.aws.ebs.encryption as policy

unknown := {"unknown": true, "from": ["var.a"]}

unset := {"unknown": true, "unset": true}

machines := ["aws_instance", "aws_spot_instance_request", "aws_launch_configuration"]

model(type, values) := {"resources": {type: [{"address": "x", "values": values}]}}

volume(values) := model("aws_ebs_volume", values)

template(mappings) := model("aws_launch_template", {"block_device_mappings": mappings})

rooted(type, root, blocks) := model(type, {"root_block_device": root, "ebs_block_device": blocks})

passed(planned) if {
	policy.deny == set() with input as planned
	policy.unknown == set() with input as planned
}

denied(planned) := found if {
	found := {object.get(finding, "key", "none"): finding.message | some finding in policy.deny} with input as planned
	policy.unknown == set() with input as planned
}

causes(planned) := found if {
	found := {finding.cause | some finding in policy.unknown} with input as planned
	policy.deny == set() with input as planned
}

test_volumes if {
	every found in [false, "false", null, unset] {
		denied(volume({"encrypted": found, "snapshot_id": unset})) == {"none": "it is not encrypted"}
	}
	every found in [true, "true"] {
		passed(volume({"encrypted": found, "snapshot_id": "snap-1"}))
	}
	causes(volume({"encrypted": unknown})) == {"var.a"}
}

test_a_finding if {
	policy.deny == {{
		"address": "x",
		"attribute": "encrypted",
		"message": "it is not encrypted",
		"found": false,
		"expected": true,
	}} with input as volume({})
	policy.unknown == {{
		"address": "x",
		"attribute": "encrypted",
		"message": "whether it is encrypted is known after apply",
		"expected": true,
		"cause": "var.a",
	}} with input as volume({"encrypted": unknown})
}

test_attributes if {
	[finding.attribute | some finding in policy.deny] == ["block_device_mappings"] with input as template([])
	every type in machines {
		[finding.attribute | some finding in policy.deny] == [
			"root_block_device.encrypted",
		] with input as rooted(type, [], [])
	}
}

test_snapshots if {
	causes(volume({"encrypted": unset, "snapshot_id": "snap-1"})) == {"snapshot snap-1"}
	causes(volume({"snapshot_id": unknown})) == {"var.a"}
	denied(volume({"encrypted": false, "snapshot_id": "snap-1"})) == {"none": "it is not encrypted"}
	planned := rooted("aws_instance", [{"encrypted": true}], [{"device_name": "/dev/sdb", "snapshot_id": "snap-1"}])
	causes(planned) == {"snapshot snap-1"}
}

test_roots if {
	every type in machines {
		every root in [null, [], unset, [{"encrypted": unset}], [{"encrypted": false}], [{"encrypted": "false"}]] {
			denied(rooted(type, root, unset)) == {"root": "its root device is not encrypted"}
		}
		passed(rooted(type, [{"encrypted": true}], unset))
		passed(rooted(type, [{"encrypted": "true"}], []))
		causes(rooted(type, [{"encrypted": unknown}], [])) == {"var.a"}
		causes(rooted(type, unknown, [])) == {"var.a"}
	}
}

test_devices if {
	every type in machines {
		denied(rooted(type, [{"encrypted": true}], [
			{"device_name": "/dev/sdb", "encrypted": true},
			{"device_name": "/dev/sdc", "encrypted": unset},
			{"device_name": "/dev/sdd", "encrypted": false},
			{"device_name": "/dev/sde", "no_device": true},
			{"device_name": "/dev/sdf", "no_device": "true"},
			{"device_name": "/dev/sdg", "no_device": false},
		])) == {
			"/dev/sdc": "its device /dev/sdc is not encrypted",
			"/dev/sdd": "its device /dev/sdd is not encrypted",
			"/dev/sdg": "its device /dev/sdg is not encrypted",
		}
		denied(rooted(type, [{"encrypted": true}], [{"device_name": unknown}])) == {
			"device": "a device of it is not encrypted",
		}
		causes(rooted(type, [{"encrypted": true}], unknown)) == {"var.a"}
	}
}

mapping(name, encrypted) := {"device_name": name, "ebs": [{"encrypted": encrypted}]}

test_launch_templates if {
	every mappings in [[], null, unset, [{"device_name": "/dev/sdb", "virtual_name": "ephemeral0", "ebs": []}]] {
		denied(template(mappings)) == {"root": "its root device is not encrypted"}
	}
	every encrypted in ["true", true] {
		passed(template([mapping("/dev/xvda", encrypted), {"device_name": "/dev/sdb", "ebs": []}]))
	}
	every encrypted in ["false", false, null, "", unset] {
		denied(template([mapping("/dev/xvda", "true"), mapping("/dev/sdb", encrypted)])) == {
			"/dev/sdb": "its device /dev/sdb is not encrypted",
		}
	}
	causes(template([mapping("/dev/xvda", unknown)])) == {"var.a"}
	causes(template(unknown)) == {"var.a"}
	causes(template([{"device_name": "/dev/xvda", "ebs": [{"snapshot_id": "snap-1"}]}])) == {"snapshot snap-1"}
}

started(root, mappings) := {
	"resources": {
		"aws_instance": [{
			"address": "i",
			"values": {"root_block_device": root},
			"references": {"launch_template.id": [{
				"address": "t", "type": "aws_launch_template", "mode": "data", "certain": true, "position": 0,
			}]},
		}],
	},
	"data": {"aws_launch_template": [{"address": "t", "values": {"block_device_mappings": mappings}}]},
}

test_instances_of_launch_templates if {
	passed(started(unset, [mapping("/dev/xvda", "true")]))
	denied(started(unset, [mapping("/dev/xvda", "false")])) == {"/dev/xvda": "its device /dev/xvda is not encrypted"}
	denied(started(unset, [])) == {"root": "its root device is not encrypted"}
	denied(started(unset, [{"device_name": "/dev/sdb", "ebs": []}])) == {"root": "its root device is not encrypted"}
	passed(started([{"encrypted": true}], [mapping("/dev/xvda", "false")]))
	denied(started([{"encrypted": false}], [mapping("/dev/xvda", "true")])) == {
		"root": "its root device is not encrypted",
	}
	causes(started(unset, unknown)) == {"var.a"}
}

test_a_launch_template_outside_the_plan if {
	causes(model("aws_instance", {"launch_template": [{"id": "lt-1"}]})) == {"launch template lt-1 outside the plan"}
	passed(model("aws_instance", {"launch_template": [{"id": "lt-1"}], "root_block_device": [{"encrypted": true}]}))
}
