# METADATA
# title: S3 bucket does not log who reads it
# description: |
#   When data leaks, the first question is who fetched what, and when. Server access logs answer it; without them there
#   is nothing to look at, since CloudTrail records requests for objects only where it is told to. Deliver the logs to
#   a bucket of their own; that one is not examined, for logging its own deliveries would never end.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_s3_bucket]
#   remediation: Give the bucket an aws_s3_bucket_logging that delivers to a log bucket.
#   example: |
#     resource "aws_s3_bucket_logging" "data" {
#       bucket        = aws_s3_bucket.data.id
#       target_bucket = aws_s3_bucket.access_logs.id
#       target_prefix = "data/"
#     }
#   reports: [batch-financial 6]
#   controls: {nist_800_53: [AU-2, AU-3, AU-12], pci_dss: ["10.2.1"], soc2: [CC7.2]}
package aws.s3.access_logging

import data.lib.tf

# The buckets that no other delivers its logs to, with the doubts about that.
sources := [{"bucket": bucket, "doubts": doubts} |
	some bucket in input.resources.aws_s3_bucket
	doubts := array.concat(
		tf.lacks(bucket, "aws_s3_bucket_logging", "target_bucket"),
		tf.lacks(bucket, "aws_s3_bucket", "logging.target_bucket"),
	)
]

examined contains source.bucket.address if some source in sources

# Those that have no logging, with the doubts about that too.
silent := [{"bucket": source.bucket, "doubts": doubts} |
	some source in sources
	unattached := tf.lacks(source.bucket, "aws_s3_bucket_logging", "bucket")
	unnamed := tf.no_block(source.bucket, "logging")
	doubts := array.concat(source.doubts, array.concat(unattached, unnamed))
]

deny contains tf.finding_with(entry.bucket, "nothing in the plan logs access to it", details) if {
	some entry in silent
	entry.doubts == []
	details := {"found": "no aws_s3_bucket_logging", "expected": "server access logs in a log bucket"}
}

unknown contains tf.finding_with(entry.bucket, "whether access to it is logged is known after apply", details) if {
	some entry in silent
	count(entry.doubts) > 0
	details := {"expected": "server access logs in a log bucket", "cause": entry.doubts}
}
