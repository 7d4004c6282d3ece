# METADATA
# title: Volume is not encrypted
# description: |
#   What an unencrypted volume holds lies open to whoever gets at its disk, at one of its snapshots, or at a copy that
#   was shared with another account by mistake. Encryption costs nothing, and can only be chosen when a volume is made.
#   It has to be said for each device, the root of an instance included: an image is as a rule not encrypted, and
#   neither is what is started from it. A volume from a snapshot is encrypted where the snapshot is, if nothing else is
#   said. An instance without a root_block_device has the devices of its launch template.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html
# custom:
#   severity: high
#   since: 0.1.0
#   examines:
#     - aws_ebs_volume
#     - aws_instance
#     - aws_spot_instance_request
#     - aws_launch_template
#     - aws_launch_configuration
#   remediation: Set encrypted to true for every volume and device, the root device included.
#   example: |
#     resource "aws_instance" "worker" {
#       ami           = data.aws_ami.worker.id
#       instance_type = "t3.micro"
#       root_block_device {
#         encrypted = true
#       }
#     }
#   controls: {nist_800_53: [SC-28, SC-28(1)], pci_dss: ["3.5.1"], soc2: [CC6.1]}
package aws.ebs.encryption

import data.lib.launch_template
import data.lib.tf

# All devices: {resource, key, name, block, attribute}; `block` is what says whether the device is encrypted.
devices := array.concat(
	array.concat(
		[device(volume, null, "it", volume.values, "encrypted") | some volume in input.resources.aws_ebs_volume],
		[found |
			some template in input.resources.aws_launch_template
			some found in with_root(
				template, mapped(template, tf.blocks(template, "block_device_mappings")),
				"block_device_mappings",
			)
		],
	),
	array.concat(
		[found |
			some type in machine_types
			some machine in input.resources[type]
			some found in roots(machine)
		],
		[found |
			some type in machine_types
			some machine in input.resources[type]
			some block in tf.blocks(machine, "ebs_block_device")
			not tf.is_true(tf.get(block, "no_device", false))
			found := attached(machine, tf.get(block, "device_name", null), block, "ebs_block_device.encrypted")
		],
	),
)

machine_types := ["aws_instance", "aws_spot_instance_request", "aws_launch_configuration"]

device(resource, key, name, block, attribute) := {
	"resource": resource, "key": key, "name": name, "block": block, "attribute": attribute,
}

attached(resource, name, block, attribute) := device(
	resource, name,
	sprintf("its device %s", [name]), block, attribute,
) if {
	is_string(name)
}

else := device(resource, "device", "a device of it", block, attribute)

# A root device that nothing is said about is as its image has it.
root(machine, block, attribute) := device(machine, "root", "its root device", block, attribute)

with_root(machine, [], attribute) := [root(machine, {}, attribute)]

with_root(_, found, _) := found if count(found) > 0

roots(machine) := [root(machine, block, "root_block_device.encrypted") | some block in blocks] if {
	blocks := tf.blocks(machine, "root_block_device")
	count(blocks) > 0
}

else := with_root(machine, mapped(machine, mappings), "root_block_device.encrypted") if {
	mappings := tf.elements(launch_template.get(machine, "block_device_mappings", []))
}

# The mappings of a launch template that are volumes; others are the machine's own disks, or none.
mapped(resource, mappings) := [found |
	some mapping in mappings
	some block in tf.blocks(mapping, "ebs")
	found := attached(
		resource, tf.get(mapping, "device_name", null), block,
		"block_device_mappings.ebs.encrypted",
	)
]

# Devices that are not certainly encrypted, with the doubts about it.
plain := [object.union(found, {"doubts": doubts}) |
	some found in devices
	doubts := off(tf.get(found.block, "encrypted", by_snapshot(found.block)))
]

off(encrypted) := [] if tf.is_false(encrypted)

else := tf.cause(encrypted) if tf.is_known(encrypted) == false

by_snapshot(block) := false if tf.get(block, "snapshot_id", null) == null

else := {"unknown": true, "from": [text |
	snapshot := tf.get(block, "snapshot_id", null)
	some text in array.concat(tf.cause(snapshot), [sprintf("snapshot %s", [snapshot]) | is_string(snapshot)])
]}

deny contains tf.finding_with(found.resource, message, details) if {
	some found in plain
	found.doubts == []
	message := sprintf("%s is not encrypted", [found.name])
	details := {"key": found.key, "attribute": found.attribute, "found": false, "expected": true}
}

unknown contains tf.finding_with(found.resource, message, details) if {
	some found in plain
	count(found.doubts) > 0
	message := sprintf("whether %s is encrypted is known after apply", [found.name])
	details := {"key": found.key, "attribute": found.attribute, "expected": true, "cause": found.doubts}
}
