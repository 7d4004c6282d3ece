# METADATA
# title: S3 bucket is not closed to the public
# description: |
#   A bucket leaks when one careless ACL or policy makes it public, today or in a year. The public access block makes
#   that impossible: it refuses public ACLs and policies, and overrules those that are there. All four settings are
#   needed, since each closes another way, and Terraform leaves those off that the block does not name. An
#   aws_s3_account_public_access_block counts for every bucket of the plan.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
# custom:
#   severity: high
#   since: 0.1.0
#   examines: [aws_s3_bucket]
#   remediation: Give the bucket an aws_s3_bucket_public_access_block with all four settings true.
#   example: |
#     resource "aws_s3_bucket_public_access_block" "logs" {
#       bucket                  = aws_s3_bucket.logs.id
#       block_public_acls       = true
#       block_public_policy     = true
#       ignore_public_acls      = true
#       restrict_public_buckets = true
#     }
#   reports: [online-education 0, online-education 10]
#   controls: {cis_aws: ["2.1.4"], nist_800_53: [AC-3, AC-6, SC-7], pci_dss: ["1.4.4"], soc2: [CC6.1, CC6.6]}
package aws.s3.public_access_block

import data.lib.tf

settings := ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"]

# The bucket's own block and the account's: AWS applies the stricter of the two.
blocks(bucket) := array.concat(
	tf.attached(bucket, "aws_s3_bucket_public_access_block", "bucket"),
	object.get(input.resources, "aws_s3_account_public_access_block", []),
)

is_on(bucket_blocks, setting) if {
	some block in bucket_blocks
	tf.is_true(tf.get(block, setting, false))
}

# Buckets with the settings that no block turns on, and the doubts about it.
gaps := [{"bucket": bucket, "blocks": found, "off": off, "doubts": doubts} |
	some bucket in input.resources.aws_s3_bucket
	found := blocks(bucket)
	off := [setting | some setting in settings; not is_on(found, setting)]
	count(off) > 0
	doubts := array.concat(
		tf.may_yet_be_attached(bucket, "aws_s3_bucket_public_access_block", "bucket"),
		[cause |
			some block in found
			some setting in off
			some cause in tf.cause(tf.get(block, setting, false))
		],
	)
]

deny contains tf.finding_with(gap.bucket, fault(gap), {"expected": expected, "found": actual(gap)}) if {
	some gap in gaps
	gap.doubts == []
}

unknown contains tf.finding_with(gap.bucket, message, {"expected": expected, "cause": gap.doubts}) if {
	some gap in gaps
	count(gap.doubts) > 0
	message := sprintf("whether its public access block sets %s is known after apply", [concat(", ", gap.off)])
}

fault(gap) := "it has no public access block" if gap.blocks == []

else := sprintf("its public access block leaves %s off", [concat(", ", gap.off)])

actual(gap) := "no aws_s3_bucket_public_access_block" if gap.blocks == []

else := {setting: false | some setting in gap.off}

expected := {setting: true | some setting in settings}
