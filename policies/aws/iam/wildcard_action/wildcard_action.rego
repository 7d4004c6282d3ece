# METADATA
# title: IAM policy allows every action of a service
# description: |
#   `*` and `service:*` grant what nobody listed: deleting data, changing policies, and every action that AWS adds
#   later. `NotAction` with Allow grants all that it does not name, in every service. Whoever takes over the workload
#   has it all. List the actions that the code calls; CloudTrail and IAM Access Analyzer show which those are. A prefix
#   such as `s3:Get*` is let through.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-policy-generation.html
# custom:
#   severity: high
#   since: 0.1.0
#   examines:
#     - aws_iam_policy
#     - aws_iam_role_policy
#     - aws_iam_user_policy
#     - aws_iam_group_policy
#     - aws_iam_role
#     - aws_ssoadmin_permission_set_inline_policy
#   remediation: List the actions that are needed instead of the wildcard.
#   example: |
#     data "aws_iam_policy_document" "app" {
#       statement {
#         actions   = ["s3:GetObject", "s3:PutObject"]
#         resources = ["${aws_s3_bucket.data.arn}/*"]
#       }
#     }
#   reports: [online-education 0, batch-financial 11]
#   controls: {cis_aws: ["1.16"], nist_800_53: [AC-3, AC-6], pci_dss: ["7.2.1", "7.2.2"], soc2: [CC6.3]}
package aws.iam.wildcard_action

import data.lib.iam
import data.lib.tf

# Of roles, those with policies of their own.
examined contains policy.resource.address if some policy in iam.identity_policies

deny contains tf.finding_with(policy.resource, message, details) if {
	some policy in iam.identity_policies
	some statement in iam.allows(policy.document)
	wild := wildcards(statement)
	count(wild) > 0
	listed := concat(", ", wild)
	message := sprintf("statement %s allows %s, which includes every action that AWS will add", [statement.place, listed])
	details := {
		"key": iam.key(policy, statement),
		"attribute": policy.attribute,
		"found": wild,
		"expected": "the actions that are needed",
	}
}

deny contains tf.finding_with(policy.resource, message, details) if {
	some policy in iam.identity_policies
	some statement in iam.allows(policy.document)
	spared := tf.elements(statement.NotAction)
	count(spared) > 0
	listed := concat(", ", tf.known(spared))
	message := sprintf("statement %s allows every action but %s", [statement.place, listed])
	details := {
		"key": iam.key(policy, statement),
		"attribute": policy.attribute,
		"found": {"NotAction": tf.known(spared)},
		"expected": "the actions that are needed",
	}
}

unknown contains tf.finding_with(policy.resource, message, details) if {
	some policy in iam.identity_policies
	causes := iam.unknown_causes(policy.document)
	count(causes) > 0
	message := "what it allows is known after apply"
	details := {"key": policy_key(policy), "attribute": policy.attribute, "cause": causes}
}

unknown contains tf.finding_with(policy.resource, message, details) if {
	some policy in iam.identity_policies
	some statement in iam.statements(policy.document)
	causes := doubts(statement)
	count(causes) > 0
	message := sprintf("whether statement %s allows every action of a service is known after apply", [statement.place])
	details := {"key": iam.key(policy, statement), "attribute": policy.attribute, "cause": causes}
}

policy_key(policy) := policy.name if policy.name != ""

else := null

wildcards(statement) := [action |
	some action in tf.known(statement.Action)
	is_wildcard(action)
]

is_wildcard(action) if action == "*"

is_wildcard(action) if {
	[_, name] = split(action, ":")
	name != ""
	trim(name, "*") == ""
}

# Why a statement may allow every action, though it does not certainly.
doubts(statement) := causes if {
	statement.Effect == "Allow"
	causes := tf.causes(statement.Action)
}

else := tf.cause(statement.Effect) if {
	tf.is_unknown(statement.Effect)
	(count(wildcards(statement)) + count(tf.elements(statement.NotAction))) + count(tf.causes(statement.Action)) > 0
}
