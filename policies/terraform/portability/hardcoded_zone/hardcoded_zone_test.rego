package terraform.portability.hardcoded_zone_test

import data.terraform.portability.hardcoded_zone as policy

volume(value, argument) := {
	"address": "aws_ebs_volume.a", "type": "aws_ebs_volume", "actions": ["create"],
	"values": {"availability_zone": value}, "config": {"availability_zone": argument},
}

plan(resource) := {
	"resources": {resource.type: [resource]},
	"variables": [
		{"address": "var.zones", "value": ["us-east-1a", "us-east-1b"]},
		{"address": "var.by_name", "value": {"a": {"zone": "us-east-1a"}}},
		{"address": "var.longer", "value": "us-east-1ab"},
		{"address": "var.secret", "value": {"sensitive": true}},
	],
}

verdict(resource) := "na" if policy.examined == set() with input as plan(resource)

else := "fail" if count(policy.deny) == 1 with input as plan(resource)

else := "unknown" if count(policy.unknown) == 1 with input as plan(resource)

else := "pass"

from(references) := verdict(volume("us-east-1a", {"references": references}))

test_constant if {
	verdict(volume("us-east-1a", {"constant": "us-east-1a"})) == "fail"
	verdict(volume("all", {"constant": "all"})) == "na"
	verdict(volume(null, {"constant": null})) == "na"
	verdict(volume("", {"constant": ""})) == "na"
	verdict(volume({"unknown": true, "unset": true}, {"constant": null})) == "na"
}

test_references if {
	from(["data.aws_availability_zones.a.names", "count.index"]) == "pass"
	from(["module.net.data.aws_availability_zones.a.names"]) == "pass"
	from(["aws_subnet.a.availability_zone"]) == "pass"
	from(["aws_subnet.a[0].availability_zone"]) == "pass"
	from(["data.aws_region.a.name"]) == "fail"
	from(["module.net.data.aws_region.a.name"]) == "fail"
	from(["var.zones"]) == "pass"
	from(["var.by_name"]) == "pass"
	from(["var.longer"]) == "fail"
	from(["var.missing"]) == "fail"
	from(["var.secret"]) == "unknown"
	from(["local.zones[0]"]) == "unknown"
	from(["local.zones.a.b"]) == "unknown"
	from(["module.net.local.zones"]) == "unknown"
	from(["module.net.zones"]) == "unknown"
	from(["module.net[\"a.b\"].zones[0]"]) == "unknown"
	from(["module.net[\"a.b_c\"].zones"]) == "unknown"
	from(["module.net"]) == "unknown"
	from(["count.index"]) == "fail"
	from(["each.value"]) == "fail"
	from(["terraform.workspace"]) == "fail"
	from(["path.module"]) == "fail"
	from(["self.name"]) == "fail"
}

test_origins_count_for_references if {
	argument := {"references": ["local.zones"], "origins": []}
	verdict(volume("us-east-1a", argument)) == "fail"
	read := {"references": ["local.zones"], "origins": ["data.aws_availability_zones.a.names"]}
	verdict(volume("us-east-1a", read)) == "pass"
}

test_several if {
	from(["local.zones", "data.aws_availability_zones.a.names"]) == "pass"
	from(["local.zones", "var.zones"]) == "pass"
	from(["local.zones", "count.index"]) == "unknown"
	from(["var.longer", "var.zones"]) == "pass"
}

test_a_list if {
	argument := {"references": ["var.zones"]}
	verdict(volume(["us-east-1a", "us-east-1b"], argument)) == "pass"
	verdict(volume(["us-east-1a", "us-east-1c"], argument)) == "fail"
}

test_a_value_that_is_not_known if {
	later := {"unknown": true, "from": ["data.aws_availability_zones.a.names"]}
	verdict(volume(later, {"references": ["data.aws_availability_zones.a.names"]})) == "pass"
	verdict(volume(later, {"references": ["var.zones"]})) == "unknown"
}

test_a_plan_without_a_configuration if {
	bare := object.union(volume("us-east-1a", null), {"config": {}})
	given := {"address": bare.address, "type": bare.type, "values": bare.values, "config": {}}
	verdict(object.union(given, {"actions": ["create"]})) == "unknown"
	verdict(object.union(given, {"actions": ["no-op"]})) == "na"
	verdict(object.union(given, {"actions": ["create"], "config": {"size": {"constant": 1}}})) == "na"
	later := {"availability_zone": {"unknown": true, "from": []}}
	verdict(object.union(given, {"actions": ["create"], "values": later})) == "na"
}

test_other_providers if {
	resource := object.union(volume("a", {"constant": "a"}), {"type": "awscc_ec2_volume"})
	verdict(resource) == "na"
	verdict(object.union(resource, {"type": "my_aws_volume"})) == "na"
}

test_the_finding if {
	policy.unknown == set() with input as plan(volume("us-east-1a", {"constant": "us-east-1a"}))
	found := policy.deny with input as plan(volume("us-east-1a", {"constant": "us-east-1a"}))
	found == {{
		"address": "aws_ebs_volume.a",
		"key": "availability_zone",
		"attribute": "availability_zone",
		"found": "us-east-1a",
		"expected": "a zone that aws_availability_zones tells",
		"message": "the configuration fixes the zone, which other regions and accounts do not have",
	}}
}

test_the_finding_about_a_block if {
	template := {
		"address": "aws_launch_template.a", "type": "aws_launch_template", "actions": ["create"],
		"values": {"placement": [{"availability_zone": "us-east-1a"}]},
		"config": {"placement": [{"availability_zone": {"references": ["local.zone"]}}]},
	}
	found := policy.unknown with input as plan(template)
	found == {{
		"address": "aws_launch_template.a",
		"key": "placement.availability_zone",
		"attribute": "placement.availability_zone",
		"expected": "a zone that aws_availability_zones tells",
		"message": "whether the configuration fixes the zone cannot be told",
		"cause": "local.zone",
	}}
	bare := object.remove(template, ["config"])
	causes := {finding.cause | some finding in policy.unknown} with input as plan(object.union(bare, {"config": {}}))
	causes == {"no configuration in the plan"}
}
