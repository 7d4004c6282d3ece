# METADATA
# title: Resource lacks required tags
# description: |
#   Tags say what a resource is for, who pays for it and who to ask: bills are split by them, permissions and backups
#   select by them, and what has none is found by nobody when it is to be cleaned up. Tags that all resources share
#   belong into default_tags of the provider. An auto-scaling group takes none of these: its instances get the tags
#   that it propagates at launch.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/tagging-best-practices.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/resource-tagging
# custom:
#   severity: low
#   since: 0.1.0
#   examines: ["*"]
#   remediation: Set the tags in default_tags of the provider, or on the resource.
#   example: |
#     provider "aws" {
#       default_tags {
#         tags = {
#           Environment = var.environment
#           CostCenter  = "education"
#           Project     = "online-education"
#         }
#       }
#     }
#   reports: [online-education 24, tapstack]
#   controls: {nist_800_53: [CM-8]}
#   params:
#     required:
#       type: list
#       default: [Environment, CostCenter, Project]
#       description: The names of the tags that every taggable resource has.
#     allowed:
#       type: object
#       default: {}
#       description: "The values that a required tag may have, by its name, as `{Environment: [dev, prod]}`; else any."
package aws.tags.required

import data.lib.tf

params := input.params["aws.tags.required"]

# Resources that can have tags; the plan shows it by their values. `tags` are those that the plan tells, and `open` is
# what a tag that is not among them may come from: null, where there are no others.
taggable := array.concat(groups, [{"resource": resource, "attribute": "tags", "tags": found.tags, "open": found.open} |
	some type, resources in input.resources
	startswith(type, "aws_")
	type != "aws_autoscaling_group"
	not type in data.aws.tags.required.selecting_types
	some resource in resources
	has_tags(resource.values)
	found := tags_of(resource)
])

# Where `tags` are blocks, they are not the resource's own.
has_tags(values) if not is_array(object.get(values, "tags", []))

has_tags(values) if not is_array(object.get(values, "tags_all", []))

# What the provider makes of both, where the plan knows it.
tags_of(resource) := {"tags": tags, "open": null} if {
	tags := object.get(resource.values, "tags_all", null)
	is_whole(tags)
}

else := {"tags": {}, "open": own} if {
	own := tf.get(resource, "tags", {})
	not tf.is_known(own)
}

else := {"tags": object.union(defaults, tf.get(resource, "tags", {})), "open": null} if {
	defaults := defaults_of(resource)
	is_whole(defaults)
}

else := {"tags": tf.get(resource, "tags", {}), "open": defaults_of(resource)}

is_whole(tags) if {
	is_object(tags)
	tf.is_known(tags)
}

# Before there were default tags, a plan has no tags_all.
defaults_of(resource) := {} if {
	resource.actions != []
	not "tags_all" in object.keys(resource.values)
}

# The default tags of the provider's configuration, or of all that it may be, where they agree.
else := defaults if {
	defaults := by_configuration[resource.provider_config]
}

else := defaults if {
	candidates := {provider.default_tags | some provider in input.providers; is_of(resource, provider)}
	count(candidates) == 1
	some defaults in candidates
}

else := {"unknown": true, "from": ["the default_tags of its provider"]}

by_configuration := {provider.address: provider.default_tags | some provider in input.providers}

is_of(resource, provider) if provider.full_name == resource.provider

# Before Terraform 1.2 a plan has only the provider's name.
is_of(resource, provider) if {
	not is_string(provider.full_name)
	provider.name == regex.replace(resource.provider, "^.*/", "")
}

# Auto-scaling groups, with the tags that they give to their instances.
groups := [{"resource": group, "attribute": "tag", "tags": tags, "open": open} |
	some group in input.resources.aws_autoscaling_group
	blocks := array.concat(tf.blocks(group, "tag"), array.concat(
		# plangate:lint-ignore unknown-argument version 4 of the provider has it
		tf.blocks(group, "tags"),
		[block |
			some tag in tf.attached(group, "aws_autoscaling_group_tag", "autoscaling_group_name")
			some block in tf.blocks(tag, "tag")
		],
	))
	propagated := [block | some block in blocks; tf.is_true(tf.get(block, "propagate_at_launch", false))]
	tags := {name: value |
		some name in {name | some block in propagated; name := tf.get(block, "key", null); is_string(name)}
		value := [tf.get(block, "value", "") | some block in propagated; block.key == name][0]
	}
	open := open_tags(group, blocks)
]

# What may be one more tag: a block of which the plan does not tell whether it counts, or whose name it is.
open_tags(group, blocks) := {"unknown": true, "from": causes} if {
	causes := array.concat(
		[cause |
			some block in blocks
			some argument in ["key", "propagate_at_launch"]
			some cause in tf.cause(tf.get(block, argument, null))
		],
		tf.may_be_attached(group, "aws_autoscaling_group_tag", "autoscaling_group_name"),
	)
	count(causes) > 0
}

else := null

examined contains entry.resource.address if some entry in taggable

# What is wrong with a required tag, in words; undefined where nothing is.
fault(name, value) := missing[name] if value == null

else := sprintf("%s is empty", [name]) if {
	is_string(value)
	trim_space(value) == ""
}

else := sprintf("%s is %s, which is not one of %s", [name, value, concat(", ", values)]) if {
	is_string(value)
	values := tf.elements(params.allowed[name])
	not value in values
}

missing := {name: sprintf("%s is missing", [name]) | some name in params.required}

judged := [{"entry": entry, "faults": faults} |
	some entry in taggable
	faults := [fault(name, object.get(entry.tags, name, entry.open)) | some name in params.required]
]

deny contains tf.finding_with(found.entry.resource, message, details) if {
	some found in judged
	count(found.faults) > 0
	message := sprintf("of its required tags, %s", [concat(", ", found.faults)])
	names := sort(object.keys(found.entry.tags))
	details := {"attribute": found.entry.attribute, "expected": params.required, "found": names}
}

unknown contains tf.finding_with(found.entry.resource, message, details) if {
	some found in judged
	found.faults == []
	doubts := [cause | some name in params.required; some cause in doubts_of(found.entry, name)]
	count(doubts) > 0
	message := "whether it has its required tags cannot be told"
	details := {"attribute": found.entry.attribute, "expected": params.required, "cause": doubts}
}

# A sensitive value is there, and not empty.
doubts_of(entry, name) := [] if {
	tf.is_sensitive(entry.tags[name])
	not name in object.keys(params.allowed)
}

else := tf.cause(object.get(entry.tags, name, entry.open))
