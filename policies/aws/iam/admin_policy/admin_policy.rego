# METADATA
# title: IAM identity has an administrator's policy
# description: |
#   AdministratorAccess allows everything in the account, PowerUserAccess everything but identities, and IAMFullAccess
#   whatever its holder then allows itself: with any of them, one stolen key or session is the whole account. Attach a
#   policy with what the workload or the team needs, and keep administration to a role that is assumed with MFA when
#   it is needed. What the parameter `policies` does not name, such as ReadOnlyAccess, is let through.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
#   - ref: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AdministratorAccess.html
# custom:
#   severity: high
#   since: 0.1.0
#   examines:
#     - aws_iam_role_policy_attachment
#     - aws_iam_user_policy_attachment
#     - aws_iam_group_policy_attachment
#     - aws_iam_policy_attachment
#     - aws_iam_role_policy_attachments_exclusive
#     - aws_iam_user_policy_attachments_exclusive
#     - aws_iam_group_policy_attachments_exclusive
#     - aws_iam_role
#     - aws_ssoadmin_managed_policy_attachment
#   remediation: Attach a policy that allows only what is needed.
#   example: |
#     resource "aws_iam_role_policy_attachment" "app" {
#       role       = aws_iam_role.app.name
#       policy_arn = aws_iam_policy.app.arn
#     }
#   reports: [online-education 0]
#   controls: {cis_aws: ["1.16"], nist_800_53: [AC-3, AC-6], pci_dss: ["7.2.1", "7.2.2"], soc2: [CC6.3]}
#   params:
#     policies:
#       type: list
#       default: [AdministratorAccess, PowerUserAccess, IAMFullAccess]
#       description: Names of AWS's policies that may not be attached.
package aws.iam.admin_policy

import data.lib.tf

# Which argument of which type names the attached policies.
arguments := {
	"aws_iam_role_policy_attachment": "policy_arn",
	"aws_iam_user_policy_attachment": "policy_arn",
	"aws_iam_group_policy_attachment": "policy_arn",
	"aws_iam_policy_attachment": "policy_arn",
	"aws_iam_role_policy_attachments_exclusive": "policy_arns",
	"aws_iam_user_policy_attachments_exclusive": "policy_arns",
	"aws_iam_group_policy_attachments_exclusive": "policy_arns",
	"aws_iam_role": "managed_policy_arns",
	"aws_ssoadmin_managed_policy_attachment": "managed_policy_arn",
}

attachments := [{"resource": resource, "argument": argument, "policies": policies} |
	some type, argument in arguments
	some resource in object.get(input.resources, type, [])
	not tf.is_set_apart(resource, argument, "aws_iam_role_policy_attachment", "role")
	policies := tf.get(resource, argument, [])
	policies != []
]

# Of roles, those that have policies attached by themselves.
examined contains attachment.resource.address if some attachment in attachments

deny contains tf.finding_with(attachment.resource, message, details) if {
	some attachment in attachments
	some arn in tf.known(attachment.policies)
	name := trim_prefix(regex.replace(arn, `^arn:aws[a-z-]*:iam::aws:policy/`, "aws:"), "aws:")
	name != arn
	name in input.params["aws.iam.admin_policy"].policies
	message := sprintf("it attaches %s, so one stolen session may take over the account", [name])
	details := {"key": name, "attribute": attachment.argument, "found": arn, "expected": expected}
}

unknown contains tf.finding_with(attachment.resource, message, details) if {
	some attachment in attachments
	not is_own(attachment)
	causes := tf.causes(attachment.policies)
	count(causes) > 0
	message := "which policy it attaches is known after apply"
	details := {"attribute": attachment.argument, "expected": expected, "cause": causes}
}

expected := "a policy that allows only what is needed"

# A policy that the plan itself manages is none of AWS's; a list may name further ones.
is_own(attachment) if {
	not endswith(attachment.argument, "s")
	references := tf.candidates(attachment.resource, attachment.argument)
	count(references) > 0
	every reference in references {
		reference.mode == "managed"
		reference.type == "aws_iam_policy"
	}
}
