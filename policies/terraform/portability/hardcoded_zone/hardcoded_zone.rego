# METADATA
# title: Availability zone is fixed in the configuration
# description: |
#   A zone's name belongs to one region, and not every account has every zone: us-east-1e is missing in many, and
#   ap-northeast-1b in newer ones. A configuration that names its zones, or puts a letter behind the region, has to be
#   edited before it can be deployed elsewhere, and fails where a zone is closed. The data source
#   aws_availability_zones tells the zones that there are. A root variable that holds the zone's whole name passes: it
#   can be given another.
# scope: package
# related_resources:
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/availability_zones
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html
# custom:
#   severity: low
#   since: 0.1.0
#   examines: ["*"]
#   remediation: Take the zone from the data source aws_availability_zones.
#   example: |
#     data "aws_availability_zones" "available" {
#       state = "available"
#     }
#
#     resource "aws_subnet" "private" {
#       count             = 2
#       availability_zone = data.aws_availability_zones.available.names[count.index]
#       # ...
#     }
#   reports: [online-education 21]
#   controls: {nist_800_53: [CP-2]}
package terraform.portability.hardcoded_zone

import data.lib.tf

# Arguments that name zones, with how the configuration has them: `value` may be a list, or unknown.
uses := [use |
	some type, resources in input.resources
	startswith(type, "aws_")
	some resource in resources
	values := resource.values
	some first, paths in by_first
	values[first] != null
	some path in paths
	value := tf.get(resource, path, null)
	not value in blank
	use := {
		"resource": resource,
		"attribute": concat(".", [step | some step in path; is_string(step)]),
		"value": value,
		"argument": object.get(resource.config, path, {}),
	}
	configured(use)
]

# By the argument that they begin with.
by_first := {path[0]: paths |
	some path in data.terraform.portability.hardcoded_zone.arguments
	paths := [other | some other in data.terraform.portability.hardcoded_zone.arguments; other[0] == path[0]]
}

blank := {null} | {word | some word in data.terraform.portability.hardcoded_zone.no_zones}

configured(use) if use.argument != {}

# A plan without a configuration: what is known of a resource before it is made was configured.
configured(use) if {
	use.resource.config == {}
	use.resource.actions == ["create"]
	tf.is_known(use.value)
}

examined contains use.resource.address if some use in uses

# What the argument comes from in the end; nothing, where it is made of constants only.
origins(argument) := object.get(argument, "origins", object.get(argument, "references", []))

# A data source or a resource gives the zone.
looked_up(use) if {
	some origin in origins(use.argument)
	start(origin) == "data"
	not is_region(origin)
}

# All types of resources have an underscore.
looked_up(use) if {
	some origin in origins(use.argument)
	contains(start(origin), "_")
}

# It tells the region, and so all of a zone's name but its letter.
is_region(origin) if {
	some source in data.terraform.portability.hardcoded_zone.region_sources
	startswith(inside(origin), source)
}

# A local value, or a module's output, that the plan does not follow.
is_open(origin) if not start(origin) in {"data", "var", "count", "each", "path", "self", "terraform"}

start(origin) := split(inside(origin), ".")[0]

# inside("module.net[\"a\"].data.aws_region.here.name") -> "data.aws_region.here.name"
inside(origin) := regex.replace(regex.replace(origin, `\[[^\]]*\]`, ""), `^(module\.[^.]+\.)+`, "")

# Root variables hold every zone of it, whole: they can be given others.
given(use) if {
	zones := tf.known(use.value)
	count(zones) > 0
	every zone in zones {
		some origin in origins(use.argument)
		holds(variables[origin], zone)
	}
}

variables := {variable.address: variable.value | some variable in input.variables}

holds(value, zone) if contains(json.marshal(value), json.marshal(zone))

# Why the plan does not tell where the zone comes from.
doubts(use) := ["no configuration in the plan"] if use.argument == {}

else := array.concat(
	[origin | some origin in origins(use.argument); is_open(origin)],
	array.concat(
		[origin | some origin in origins(use.argument); tf.is_sensitive(variables[origin])],
		tf.causes(use.value),
	),
)

fixed := [object.union(use, {"doubts": doubts(use)}) |
	some use in uses
	not looked_up(use)
	not given(use)
]

deny contains tf.finding_with(use.resource, message, details) if {
	some use in fixed
	use.doubts == []
	message := "the configuration fixes the zone, which other regions and accounts do not have"
	details := {
		"key": use.attribute,
		"attribute": use.attribute,
		"found": use.value,
		"expected": "a zone that aws_availability_zones tells",
	}
}

unknown contains tf.finding_with(use.resource, message, details) if {
	some use in fixed
	count(use.doubts) > 0
	message := "whether the configuration fixes the zone cannot be told"
	details := {
		"key": use.attribute,
		"attribute": use.attribute,
		"expected": "a zone that aws_availability_zones tells",
		"cause": use.doubts,
	}
}
