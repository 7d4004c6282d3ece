# METADATA
# title: Secret has no key of your own, or is never rotated
# description: |
#   Without a key of your own, a secret is encrypted with one that AWS keeps for the whole account: you can neither say
#   who may use it nor switch it off, and no other account can be let in. A secret that is never changed is good for
#   ever to everyone who has ever seen it, those who left included. Rotate it with a Lambda function; a database's
#   master password can be left to RDS, with manage_master_user_password. Each replica has a key in its own region.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
#   - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html
# custom:
#   severity: low
#   since: 0.1.0
#   examines: [aws_secretsmanager_secret]
#   remediation: Set kms_key_id, and add an aws_secretsmanager_secret_rotation for the secret.
#   example: |
#     resource "aws_secretsmanager_secret" "token" {
#       name       = "token"
#       kms_key_id = aws_kms_key.secrets.arn
#     }
#     resource "aws_secretsmanager_secret_rotation" "token" {
#       secret_id           = aws_secretsmanager_secret.token.id
#       rotation_lambda_arn = aws_lambda_function.rotate.arn
#       rotation_rules {
#         automatically_after_days = 30
#       }
#     }
#   controls: {nist_800_53: [AC-2(1), SC-12, SC-28(1)], soc2: [CC6.1]}
package aws.secretsmanager.key

import data.lib.customer_key
import data.lib.tf

# Secrets and replicas without a customer key, with the doubts about it.
keyless := array.concat(
	[{"secret": secret, "id": "key", "what": "it", "attribute": "kms_key_id", "doubts": doubts} |
		some secret in input.resources.aws_secretsmanager_secret
		doubts := lacks_key(secret)
	],
	[{"secret": secret, "id": id, "what": what, "attribute": "replica.kms_key_id", "doubts": doubts} |
		some secret in input.resources.aws_secretsmanager_secret
		some replica in tf.blocks(secret, "replica")
		id := sprintf("key in %v", [tf.get(replica, "region", "")])
		what := sprintf("its replica in %v", [tf.get(replica, "region", "")])
		doubts := customer_key.lacks(tf.get(replica, "kms_key_id", null))
	],
)

lacks_key(secret) := [] if customer_key.names_aws_managed(secret, "kms_key_id")

else := customer_key.lacks(tf.get(secret, "kms_key_id", null))

deny contains tf.finding_with(found.secret, message, details) if {
	some found in keyless
	found.doubts == []
	message := sprintf("%s is encrypted with a key of AWS's, not with one of your own", [found.what])
	details := {"key": found.id, "attribute": found.attribute, "expected": "a customer managed KMS key"}
}

unknown contains tf.finding_with(found.secret, message, details) if {
	some found in keyless
	count(found.doubts) > 0
	message := sprintf("whether %s is encrypted with a key of your own is known after apply", [found.what])
	details := {
		"key": found.id,
		"attribute": found.attribute,
		"expected": "a customer managed KMS key",
		"cause": found.doubts,
	}
}

# Secrets that nothing rotates, with the doubts about it. Older versions of the provider have rotation_lambda_arn.
lasting := [{"secret": secret, "doubts": doubts} |
	some secret in input.resources.aws_secretsmanager_secret
	# plangate:lint-ignore unknown-argument version 4 of the provider has it
	tf.get(secret, "rotation_lambda_arn", null) == null
	doubts := tf.lacks(secret, "aws_secretsmanager_secret_rotation", "secret_id")
]

deny contains tf.finding_with(found.secret, message, details) if {
	some found in lasting
	found.doubts == []
	message := "nothing rotates it, so whoever has ever seen it can use it for ever"
	details := {"key": "rotation", "expected": "a rotation"}
}

unknown contains tf.finding_with(found.secret, "whether it is rotated is known after apply", details) if {
	some found in lasting
	count(found.doubts) > 0
	details := {"key": "rotation", "expected": "a rotation", "cause": found.doubts}
}
