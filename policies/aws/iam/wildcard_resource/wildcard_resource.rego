# METADATA
# title: IAM policy allows actions on every resource
# description: |
#   With Resource "*", whoever takes over the workload can use its actions on every bucket, queue, key and table of the
#   account, and on those that are made later, not only on the few that it needs. Name their ARNs. Some actions know no
#   resources, such as xray:PutTraceSegments or ec2:DescribeInstances, and are allowed on "*" or not at all: those are
#   let through, by a table made from AWS's service authorization reference. Put them in a statement of their own. Of
#   what ec2:Describe* stands for, all but a few know none, so `allow_actions` lets it through as well. Where ARNs
#   cannot be named, a condition on a tag of the resource, such as aws:ResourceTag, says which are meant.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines:
#     - aws_iam_policy
#     - aws_iam_role_policy
#     - aws_iam_user_policy
#     - aws_iam_group_policy
#     - aws_iam_role
#     - aws_ssoadmin_permission_set_inline_policy
#   remediation: Replace the resource * by the ARNs that the actions are needed on.
#   example: |
#     data "aws_iam_policy_document" "app" {
#       statement {
#         actions   = ["dynamodb:GetItem", "dynamodb:PutItem"]
#         resources = [aws_dynamodb_table.orders.arn]
#       }
#       statement {
#         actions   = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"]
#         resources = ["*"]
#       }
#     }
#   reports: [online-education 0, batch-financial 11]
#   controls: {nist_800_53: [AC-3, AC-6], pci_dss: ["7.2.1", "7.2.2"], soc2: [CC6.3]}
#   params:
#     allow_actions:
#       type: list
#       default: ["ec2:Describe*"]
#       description: Further actions, or patterns of actions, that may be allowed on every resource.
package aws.iam.wildcard_resource

import data.lib.iam
import data.lib.tf

# Of roles, those with policies of their own.
examined contains policy.resource.address if some policy in iam.identity_policies

# The statements that are about every resource, with the doubts whether they allow what they should not.
sweeping := [{"policy": policy, "statement": statement, "doubts": doubts} |
	some policy in iam.identity_policies
	some statement in iam.statements(policy.document)
	iam.resources(statement)["*"]
	not is_limited_by_tag(statement)
	doubts := array.concat(
		array.concat(iam.allowing(statement), exceeds(statement)),
		tf.cause(statement.Condition),
	)
]

# A condition on a tag holds only for resources that have it, unless it also holds where the tag is absent.
is_limited_by_tag(statement) if {
	some condition in iam.conditions(statement)
	is_resource_tag(condition.key)
	condition.if_exists == false
	condition.set != "forallvalues"
	demands(condition)
}

is_resource_tag(name) if contains(name, ":resourcetag/")

is_resource_tag(name) if startswith(name, "s3:existingobjecttag/")

demands(condition) if condition.operator in {"stringequals", "stringequalsignorecase", "stringlike"}

demands(condition) if {
	condition.operator == "null"
	count(condition.values) > 0
	every found in condition.values {
		tf.is_false(found)
	}
}

deny contains tf.finding_with(entry.policy.resource, message, details) if {
	some entry in sweeping
	entry.doubts == []
	message := sprintf("statement %s allows %s on every resource, though it can name some", [
		entry.statement.place,
		concat(", ", needless(entry.statement)),
	])
	details := {
		"key": iam.key(entry.policy, entry.statement),
		"attribute": entry.policy.attribute,
		"found": "*",
		"expected": expected,
	}
}

unknown contains tf.finding_with(entry.policy.resource, message, details) if {
	some entry in sweeping
	count(entry.doubts) > 0
	message := sprintf("what statement %s allows on every resource is known after apply", [entry.statement.place])
	details := {
		"key": iam.key(entry.policy, entry.statement),
		"attribute": entry.policy.attribute,
		"expected": expected,
		"cause": entry.doubts,
	}
}

unknown contains tf.finding_with(policy.resource, message, details) if {
	some policy in iam.identity_policies
	causes := iam.unknown_causes(policy.document)
	count(causes) > 0
	message := "what it allows on every resource is known after apply"
	details := {"key": policy_key(policy), "attribute": policy.attribute, "expected": expected, "cause": causes}
}

policy_key(policy) := policy.name if policy.name != ""

else := null

expected := "the ARNs that the actions are needed on"

# The actions that could be limited to resources; whatever NotAction leaves, some of it could.
needless(statement) := [action | some action in texts(statement.Action); not is_resourceless(action)] if {
	count(tf.elements(statement.NotAction)) == 0
}

else := [sprintf("all actions but %s", [concat(", ", texts(statement.NotAction))])]

texts(found) := [text | some text in tf.known(found); is_string(text)]

# Doubts whether there is such an action.
exceeds(statement) := [] if count(needless(statement)) > 0

else := causes if {
	causes := tf.causes(statement.Action)
	count(causes) > 0
}

is_resourceless(action) if {
	[service, name] := split(lower(action), ":")
	some pattern in data.aws.iam.wildcard_resource.actions[service]
	is_within(name, lower(pattern))
}

is_resourceless(action) if {
	some pattern in input.params["aws.iam.wildcard_resource"].allow_actions
	is_within(lower(action), lower(pattern))
}

# A pattern of actions lies within another that ends in *, or equals it.
is_within(action, pattern) if action == pattern

is_within(action, pattern) if {
	endswith(pattern, "*")
	startswith(action, trim_suffix(pattern, "*"))
}
