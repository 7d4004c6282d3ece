# METADATA
# title: S3 bucket keeps no earlier versions
# description: |
#   Without versioning, an object that is overwritten or deleted, by a mistake, a faulty program or an attacker with
#   stolen credentials, is gone. With it, S3 keeps what was there, and a lifecycle rule for noncurrent versions keeps
#   the cost in hand. Replication and object lock need it too.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_s3_bucket]
#   remediation: Give the bucket an aws_s3_bucket_versioning whose status is Enabled.
#   example: |
#     resource "aws_s3_bucket_versioning" "data" {
#       bucket = aws_s3_bucket.data.id
#       versioning_configuration {
#         status = "Enabled"
#       }
#     }
#   reports: [online-education 0, online-education 9]
#   controls: {nist_800_53: [CP-9, CP-10, SI-12], soc2: [A1.2]}
package aws.s3.versioning

import data.lib.tf

# The states that a bucket is given: by a resource of its own, or by the old block.
states(bucket) := array.concat(
	[tf.get(versioning, ["versioning_configuration", 0, "status"], "Disabled") |
		some versioning in tf.attached(bucket, "aws_s3_bucket_versioning", "bucket")
	],
	[state(tf.get(versioning, "enabled", false)) |
		some versioning in tf.own_blocks(bucket, "versioning", "aws_s3_bucket_versioning")
	],
)

state(enabled) := "Enabled" if tf.is_true(enabled)

else := "Disabled" if tf.is_false(enabled)

else := enabled

# Buckets that no state enables versioning for, and the doubts about it.
gaps := [{"bucket": bucket, "states": found, "doubts": doubts} |
	some bucket in input.resources.aws_s3_bucket
	found := states(bucket)
	count([known | some known in found; known == "Enabled"]) == 0
	doubts := array.concat(tf.may_yet_be_attached(bucket, "aws_s3_bucket_versioning", "bucket"), tf.causes(found))
]

deny contains tf.finding_with(gap.bucket, fault(gap), details) if {
	some gap in gaps
	gap.doubts == []
	details := {"attribute": "status", "expected": "Enabled", "found": actual(gap)}
}

unknown contains tf.finding_with(gap.bucket, message, details) if {
	some gap in gaps
	count(gap.doubts) > 0
	message := "whether its versioning is Enabled is known after apply"
	details := {"attribute": "status", "expected": "Enabled", "cause": gap.doubts}
}

fault(gap) := "nothing in the plan enables its versioning" if gap.states == []

else := sprintf("its versioning is %s", [actual(gap)])

actual(gap) := "Disabled" if gap.states == []

else := gap.states[0]
