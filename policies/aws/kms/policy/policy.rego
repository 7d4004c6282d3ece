# METADATA
# title: KMS key's policy lets everyone use the key
# description: |
#   The key policy is what stands between a stolen disk, backup or bucket and its data. A statement that allows its
#   actions to everyone (Principal "*") opens the key to every AWS account in the world; with kms:* they can also
#   schedule its deletion, and your data is lost with it. A condition that says who is meant, such as kms:CallerAccount
#   or aws:PrincipalOrgID, closes it again; one that only asks for HTTPS or a service does not.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html
# custom:
#   severity: high
#   since: 0.1.0
#   examines:
#     - aws_kms_key
#     - aws_kms_key_policy
#     - aws_kms_replica_key
#     - aws_kms_external_key
#     - aws_kms_replica_external_key
#   remediation: Name the accounts, roles or services that may use the key, or add a kms:CallerAccount condition.
#   example: |
#     resource "aws_kms_key" "main" {
#       policy = jsonencode({
#         Version = "2012-10-17"
#         Statement = [{
#           Effect    = "Allow"
#           Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }
#           Action    = "kms:*"
#           Resource  = "*"
#         }]
#       })
#     }
#   reports: [batch-financial 12]
#   controls: {nist_800_53: [AC-3, AC-6, SC-12], soc2: [CC6.1]}
package aws.kms.policy

import data.lib.iam
import data.lib.kms
import data.lib.tf

# Every policy that is attached to a key, and the keys' own where none is: what a key then shows is the policy before
# this plan. Unset, it is AWS's: the account's, and nobody else's.
carriers := array.concat(
	object.get(input.resources, "aws_kms_key_policy", []),
	[key |
		some type in kms.keys
		some key in object.get(input.resources, type, [])
		count(kms.attached(key)) == 0
	],
)

deny contains tf.finding_with(carrier, message, details) if {
	some carrier in carriers
	some statement in iam.public(tf.get(carrier, "policy", null))
	statement.doubts == []
	message := sprintf("statement %s lets everyone use the key, without a condition that limits whom", [statement.place])
	details := {"key": statement.place, "attribute": "policy", "found": "*", "expected": expected}
}

unknown contains tf.finding_with(carrier, message, details) if {
	some carrier in carriers
	some statement in iam.public(tf.get(carrier, "policy", null))
	count(statement.doubts) > 0
	message := sprintf("whether statement %s lets everyone use the key is known after apply", [statement.place])
	details := {"key": statement.place, "attribute": "policy", "expected": expected, "cause": statement.doubts}
}

unknown contains tf.finding_with(carrier, message, details) if {
	some carrier in carriers
	causes := iam.unknown_causes(tf.get(carrier, "policy", null))
	count(causes) > 0
	message := "whether its policy lets everyone use the key is known after apply"
	details := {"attribute": "policy", "expected": expected, "cause": causes}
}

expected := "named principals, or a condition such as kms:CallerAccount"
