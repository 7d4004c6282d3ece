# METADATA
# title: Bucket is at fault
# description: |
#   Why it matters.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/Welcome.html
# custom:
#   severity: low
#   since: 0.1.0
#   examines: [aws_s3_bucket]
#   remediation: Put it right.
#   example: |
#     resource "aws_s3_bucket" "x" {}
#   params:
#     least: {type: integer, default: 7, description: The least.}
package demo.named

import data.lib.tf

deny contains tf.finding(bucket, "it is at fault") if {
	some bucket in input.resources.aws_s3_bucket
	some acl in tf.attached(bucket, "aws_s3_bucket_acl", "bucket")
	acl.values.acll == "public-read" # expect: unknown-argument
}
