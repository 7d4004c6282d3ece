# METADATA
# title: S3 bucket never moves objects to cheaper storage
# description: |
#   What nobody reads any more keeps costing as much as on its first day: S3 Standard is several times the price of
#   Standard-IA, and over ten times that of Glacier. An enabled lifecycle rule with a transition moves objects by
#   their age; a rule that only expires them, or only moves old versions, leaves those that stay where they are.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
# custom:
#   severity: low
#   since: 0.1.0
#   examines: [aws_s3_bucket]
#   remediation: Add an enabled lifecycle rule with a transition to a cheaper storage class.
#   example: |
#     resource "aws_s3_bucket_lifecycle_configuration" "data" {
#       bucket = aws_s3_bucket.data.id
#       rule {
#         id     = "archive"
#         status = "Enabled"
#         filter {}
#         transition {
#           days          = 30
#           storage_class = "STANDARD_IA"
#         }
#       }
#     }
#   reports: [online-education 28, batch-financial 17]
package aws.s3.lifecycle

import data.lib.tf

# Buckets that move nothing, with the doubts about it.
idle := [{"bucket": bucket, "rules": found, "doubts": doubts} |
	some bucket in object.get(input.resources, "aws_s3_bucket", [])
	found := rules(bucket)
	count([rule | some rule in found; moves(rule) == []]) == 0
	doubts := array.concat(
		[text | some rule in found; some text in moves(rule)],
		tf.may_yet_be_attached(bucket, "aws_s3_bucket_lifecycle_configuration", "bucket"),
	)
]

# A bucket's rules: doubts whether each is enabled, absent where it is not, and its transitions.
rules(bucket) := array.concat(
	[{"enabled": enabled, "transitions": tf.elements(tf.get(rule, "transition", []))} |
		some configuration in tf.attached(bucket, "aws_s3_bucket_lifecycle_configuration", "bucket")
		some rule in tf.blocks(configuration, "rule")
		enabled := on(tf.get(rule, "status", "Disabled"))
	],
	[{"enabled": enabled, "transitions": tf.elements(tf.get(rule, "transition", []))} |
		some rule in tf.own_blocks(bucket, "lifecycle_rule", "aws_s3_bucket_lifecycle_configuration")
		enabled := on(tf.get(rule, "enabled", false))
	],
)

on(status) := [] if status == "Enabled"

else := [] if tf.is_true(status)

else := tf.cause(status) if count(tf.cause(status)) > 0

# moves(rule): doubts whether it moves objects.
moves(rule) := rule.enabled if count(tf.known(rule.transitions)) > 0

else := array.concat(rule.enabled, tf.causes(rule.transitions)) if count(tf.causes(rule.transitions)) > 0

deny contains tf.finding_with(found.bucket, message(found.rules), {"expected": expected}) if {
	some found in idle
	found.doubts == []
}

unknown contains tf.finding_with(found.bucket, text, details) if {
	some found in idle
	count(found.doubts) > 0
	text := "whether a lifecycle rule moves its objects is known after apply"
	details := {"expected": expected, "cause": found.doubts}
}

message([]) := "it has no enabled lifecycle rule, so its objects stay in the dearest storage class"

message(found) := "none of its enabled lifecycle rules has a transition to cheaper storage" if count(found) > 0

expected := "an enabled lifecycle rule with a transition"
