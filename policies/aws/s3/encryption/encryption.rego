# METADATA
# title: S3 bucket has no encryption of its own
# description: |
#   S3 encrypts new objects with a key of its own where the bucket says nothing, which is no decision of yours: nobody
#   can see who decrypted what, and nothing stops that default from being unsuited to the data. Say which encryption
#   the bucket uses. With `require_kms`, it has to be a KMS key, which has a policy, an audit trail and an off switch.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_s3_bucket]
#   remediation: Give the bucket an aws_s3_bucket_server_side_encryption_configuration.
#   example: |
#     resource "aws_s3_bucket_server_side_encryption_configuration" "data" {
#       bucket = aws_s3_bucket.data.id
#       rule {
#         bucket_key_enabled = true
#         apply_server_side_encryption_by_default {
#           sse_algorithm     = "aws:kms"
#           kms_master_key_id = aws_kms_key.data.arn
#         }
#       }
#     }
#   reports: [tapstack 1]
#   controls: {nist_800_53: [SC-28, SC-28(1)], pci_dss: ["3.5.1"], soc2: [CC6.1]}
#   params:
#     require_kms: {type: boolean, default: false, description: Whether SSE-S3 (AES256) does not suffice.}
package aws.s3.encryption

import data.lib.tf

require_kms := input.params["aws.s3.encryption"].require_kms

type := "aws_s3_bucket_server_side_encryption_configuration"

# The algorithms that a bucket is given: by a resource of its own, or by the old block.
algorithms(bucket) := [algorithm |
	some rules in array.concat(
		[tf.blocks(configuration, "rule") | some configuration in tf.attached(bucket, type, "bucket")],
		[tf.blocks(configuration, "rule") |
			some configuration in tf.own_blocks(bucket, "server_side_encryption_configuration", type)
		],
	)
	some rule in rules
	algorithm := tf.get(rule, ["apply_server_side_encryption_by_default", 0, "sse_algorithm"], "none")
]

suffices(algorithm) if kms[algorithm]

# Whichever it will be, it is chosen.
suffices(algorithm) if {
	require_kms == false
	algorithm != "none"
}

kms := {"aws:kms", "aws:kms:dsse"}

# Buckets without an algorithm that suffices, and the doubts about it.
gaps := [{"bucket": bucket, "found": found, "doubts": doubts} |
	some bucket in input.resources.aws_s3_bucket
	found := algorithms(bucket)
	count([algorithm | some algorithm in found; suffices(algorithm)]) == 0
	doubts := array.concat(tf.may_yet_be_attached(bucket, type, "bucket"), tf.causes(found))
]

deny contains tf.finding_with(gap.bucket, fault(gap), {"expected": expected, "found": actual(gap)}) if {
	some gap in gaps
	gap.doubts == []
}

unknown contains tf.finding_with(gap.bucket, message, {"expected": expected, "cause": gap.doubts}) if {
	some gap in gaps
	count(gap.doubts) > 0
	message := sprintf("whether it is encrypted with %s is known after apply", [expected])
}

fault(gap) := "nothing in the plan says how it is encrypted" if actual(gap) == "none"

else := sprintf("it is encrypted with %s, not with a KMS key", [actual(gap)])

actual(gap) := "none" if count([algorithm | some algorithm in gap.found; algorithm != "none"]) == 0

else := concat(", ", gap.found)

expected := "aws:kms or aws:kms:dsse" if require_kms

else := "AES256, aws:kms or aws:kms:dsse"
