# METADATA
# title: IAM role can be assumed by anyone
# description: |
#   A trust policy whose principal is * lets every AWS account in the world assume the role and act with its
#   permissions: who knows or guesses its name is in, without any key of yours. Name the accounts, roles or services
#   that assume it, or limit the statement by a condition that says who is meant, such as aws:PrincipalOrgID. An
#   external id is no such condition: it is no secret.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html
# custom:
#   severity: critical
#   since: 0.1.0
#   examines: [aws_iam_role]
#   remediation: Name the principals that may assume the role in its trust policy.
#   example: |
#     data "aws_iam_policy_document" "trust" {
#       statement {
#         actions = ["sts:AssumeRole"]
#         principals {
#           type        = "AWS"
#           identifiers = ["arn:aws:iam::123456789012:role/deploy"]
#         }
#       }
#     }
#
#     resource "aws_iam_role" "app" {
#       assume_role_policy = data.aws_iam_policy_document.trust.json
#     }
#   controls: {nist_800_53: [AC-3, AC-6], soc2: [CC6.1, CC6.3]}
package aws.iam.trust_anyone

import data.lib.iam
import data.lib.tf

roles := [{"resource": role, "document": tf.get(role, "assume_role_policy", null)} |
	some role in object.get(input.resources, "aws_iam_role", [])
]

deny contains tf.finding_with(role.resource, message, details) if {
	some role in roles
	some statement in iam.public(role.document)
	statement.doubts == []
	message := sprintf("statement %s lets anyone assume it, without a condition that limits whom", [statement.place])
	details := {"key": statement.place, "attribute": "assume_role_policy", "found": "*", "expected": expected}
}

unknown contains tf.finding_with(role.resource, message, details) if {
	some role in roles
	some statement in iam.public(role.document)
	count(statement.doubts) > 0
	message := sprintf("whether statement %s lets anyone assume it is known after apply", [statement.place])
	details := {
		"key": statement.place,
		"attribute": "assume_role_policy",
		"expected": expected,
		"cause": statement.doubts,
	}
}

unknown contains tf.finding_with(role.resource, message, details) if {
	some role in roles
	causes := iam.unknown_causes(role.document)
	count(causes) > 0
	message := "who may assume it is known after apply"
	details := {"attribute": "assume_role_policy", "expected": expected, "cause": causes}
}

expected := "named principals, or a condition such as aws:PrincipalOrgID"
