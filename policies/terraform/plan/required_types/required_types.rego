# METADATA
# title: Plan lacks a type of resource that must be there
# description: |
#   What a stack of yours must always have, such as a key, a bucket for logs or an alarm, is best asked for by name:
#   nothing that is judged misses a resource that nobody wrote. List the types in `types`; with the default, none, the
#   policy judges nothing. What a plan leaves out that stopped at an error, or that covers only a part, is unknown.
# scope: package
# related_resources:
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [plan]
#   remediation: Add a resource of each type that is missing, or take the type out of the parameter.
#   example: |
#     resource "aws_kms_key" "data" {
#       enable_key_rotation = true
#     }
#   reports: [tapstack, online-education 24]
#   params:
#     types: {type: list, default: [], description: "Types of resources that a plan must have, such as aws_kms_key."}
package terraform.plan.required_types

import data.lib.tf

types := {type | some type in input.params["terraform.plan.required_types"].types}

missing := {type | some type in types; count(object.get(input.resources, type, [])) == 0}

examined contains tf.plan.address if count(types) > 0

deny contains tf.finding_with(tf.plan, message(type), {"key": type, "expected": type}) if {
	some type in missing
	count(tf.gaps) == 0
}

unknown contains tf.finding_with(tf.plan, message(type), {"key": type, "expected": type, "cause": tf.gaps}) if {
	some type in missing
	count(tf.gaps) > 0
}

message(type) := sprintf("no %s is there after apply", [type])
