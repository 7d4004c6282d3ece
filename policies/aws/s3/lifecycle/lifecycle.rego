# METADATA
# title: S3 bucket never moves its objects to cheaper storage
# description: |
#   What is written stays in the standard class for good, at several times the price of the classes for data that is
#   seldom read, and nobody decides how long it is kept. An enabled lifecycle rule with a transition moves objects by
#   their age; add an expiration where they may go, and rules for noncurrent versions and for uploads that were never
#   finished.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html
# custom:
#   severity: low
#   since: 0.1.0
#   examines: [aws_s3_bucket]
#   remediation: Give the bucket a lifecycle rule that is enabled and has a transition.
#   example: |
#     resource "aws_s3_bucket_lifecycle_configuration" "data" {
#       bucket = aws_s3_bucket.data.id
#       rule {
#         id     = "archive"
#         status = "Enabled"
#         filter {}
#         transition {
#           days          = 90
#           storage_class = "GLACIER_IR"
#         }
#         abort_incomplete_multipart_upload {
#           days_after_initiation = 7
#         }
#       }
#     }
#   reports: [online-education 28, batch-financial 17]
#   controls: {nist_800_53: [SI-12], soc2: [A1.1]}
package aws.s3.lifecycle

import data.lib.tf

type := "aws_s3_bucket_lifecycle_configuration"

# A bucket's rules, of a resource of its own or in old blocks, and whether each is enabled.
rules(bucket) := array.concat(
	[{"rule": rule, "is_enabled": is_status(tf.get(rule, "status", "Disabled"))} |
		some configuration in tf.attached(bucket, type, "bucket")
		some rule in tf.blocks(configuration, "rule")
	],
	[{"rule": rule, "is_enabled": tf.get(rule, "enabled", false)} |
		some rule in tf.blocks(bucket, "lifecycle_rule")
	],
)

is_status(status) := status == "Enabled" if is_string(status)

else := status

# Doubts whether the rule is enabled and moves something.
moves(entry) := array.concat(is_enabled(entry.is_enabled), has_transition(tf.blocks(entry.rule, "transition")))

is_enabled(found) := [] if tf.is_true(found)

else := tf.cause(found) if tf.is_known(found) == false

has_transition(blocks) := [] if count(tf.known(blocks)) > 0

else := tf.causes(blocks) if count(blocks) > 0

# Buckets of which no rule certainly moves something, and the doubts about it.
gaps := [{"bucket": bucket, "rules": found, "doubts": doubts} |
	some bucket in input.resources.aws_s3_bucket
	found := rules(bucket)
	moving := [moves(entry) | some entry in found]
	count([certain | some certain in moving; certain == []]) == 0
	doubts := array.concat(
		tf.may_be_attached(bucket, type, "bucket"),
		[cause | some causes in moving; some cause in causes],
	)
]

deny contains tf.finding_with(gap.bucket, fault(gap), {"expected": expected, "found": actual(gap)}) if {
	some gap in gaps
	gap.doubts == []
}

unknown contains tf.finding_with(gap.bucket, message, {"expected": expected, "cause": gap.doubts}) if {
	some gap in gaps
	count(gap.doubts) > 0
	message := "whether a lifecycle rule moves its objects is known after apply"
}

fault(gap) := "it has no lifecycle rule" if gap.rules == []

else := "none of its lifecycle rules is enabled" if enabled(gap) == 0

else := "its lifecycle rules move nothing to another storage class"

actual(gap) := sprintf("%d rules, %d enabled, none of these with a transition", [count(gap.rules), enabled(gap)])

enabled(gap) := count([entry | some entry in gap.rules; tf.is_true(entry.is_enabled)])

expected := "an enabled rule with a transition"
