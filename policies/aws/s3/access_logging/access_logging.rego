# METADATA
# title: S3 bucket does not log access to it
# description: |
#   Without server access logs nobody can tell, after a leak, which objects were read, by whom and from where; most
#   auditors ask for them. Give each bucket an aws_s3_bucket_logging that sends them to a bucket for logs. Buckets that
#   receive such logs are exempt: one that logged to itself would log its own logging.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_s3_bucket]
#   remediation: Add an aws_s3_bucket_logging that sends the bucket's access logs to a bucket for logs.
#   example: |
#     resource "aws_s3_bucket_logging" "data" {
#       bucket        = aws_s3_bucket.data.id
#       target_bucket = aws_s3_bucket.access_logs.id
#       target_prefix = "data/"
#     }
#   reports: [batch-financial 6]
#   controls: {nist_800_53: [AU-2, AU-12], pci_dss: ["10.2.1"], soc2: [CC7.2]}
package aws.s3.access_logging

import data.lib.tf

examined contains source.address if some source in sources

# Buckets that no access logs are certainly sent to.
sources := [bucket |
	some bucket in object.get(input.resources, "aws_s3_bucket", [])
	tf.lacks(bucket, "aws_s3_bucket_logging", "target_bucket")
	tf.lacks(bucket, "aws_s3_bucket", "logging.target_bucket")
]

# Those that do not log, with the doubts about it.
silent := [{"bucket": bucket, "doubts": doubts} |
	some bucket in sources
	doubts := array.concat(
		array.concat(
			tf.lacks(bucket, "aws_s3_bucket_logging", "bucket"),
			lacks_inline(tf.own_blocks(bucket, "logging", "aws_s3_bucket_logging")),
		),
		array.concat(
			tf.may_be_attached(bucket, "aws_s3_bucket_logging", "target_bucket"),
			tf.may_be_attached(bucket, "aws_s3_bucket", "logging.target_bucket"),
		),
	)
]

lacks_inline(blocks) := tf.causes(blocks) if count(tf.known(blocks)) == 0

deny contains tf.finding_with(found.bucket, "no aws_s3_bucket_logging logs who reads and writes it", details) if {
	some found in silent
	found.doubts == []
	details := {"attribute": "logging", "expected": "access logs in another bucket"}
}

unknown contains tf.finding_with(found.bucket, "whether access to it is logged is known after apply", details) if {
	some found in silent
	count(found.doubts) > 0
	details := {"attribute": "logging", "expected": "access logs in another bucket", "cause": found.doubts}
}
