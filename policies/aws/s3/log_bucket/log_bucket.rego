# METADATA
# title: Plan has no bucket for logs
# description: |
#   Something in the plan can write logs to S3 (buckets, load balancers, CloudFront), yet nothing is told to send them
#   to a bucket, this stack's or another's. Without one place that keeps the logs, apart from what they tell about,
#   an incident cannot be traced. A bucket counts as soon as anything sends logs to it: server access logs, load
#   balancers, CloudFront, CloudTrail, Config, flow logs, WAF, DNS queries or Redshift.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
#   - ref: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [plan]
#   remediation: Add a bucket for logs, and send the logs of buckets, load balancers and distributions there.
#   example: |
#     resource "aws_s3_bucket" "logs" {
#       bucket_prefix = "logs-"
#     }
#
#     resource "aws_s3_bucket_logging" "data" {
#       bucket        = aws_s3_bucket.data.id
#       target_bucket = aws_s3_bucket.logs.id
#       target_prefix = "data/"
#     }
#   reports: [tapstack 6]
#   controls: {nist_800_53: [AU-2, AU-12], soc2: [CC7.2]}
package aws.s3.log_bucket

import data.lib.lb
import data.lib.tf

examined contains tf.plan.address if count(writers) > 0

# What can write logs to a bucket.
writers := array.concat([balancer.address | some balancer in lb.loggers], [resource.address |
	some type in data.aws.s3.log_bucket.writer_types
	some resource in object.get(input.resources, type, [])
])

# Of everything that may send logs to a bucket, the doubts about it.
senders := array.concat(
	[doubts | some balancer in lb.loggers; doubts := lb.access_logs(balancer)],
	[doubts |
		some destination in data.aws.s3.log_bucket.destinations
		some resource in object.get(input.resources, destination.type, [])
		some block in blocks(resource, destination.block)
		found := tf.get(block, destination.argument, null)
		found != null
		doubts := is_bucket(resource, destination, block, found)
	],
)

blocks(resource, name) := [resource.values] if name == ""

else := tf.blocks(resource, name)

# Some arguments take a bucket only, others the ARN of one thing or another.
is_bucket(_, destination, block, _) := tf.cause(block) if destination.is_arn == false

is_bucket(resource, destination, _, found) := is_bucket_arn(resource, path(destination), found) if destination.is_arn

path(destination) := trim_prefix(sprintf("%s.%s", [destination.block, destination.argument]), ".")

is_bucket_arn(resource, argument, found) := [] if {
	some arn in tf.known(found)
	contains(arn, ":s3:::")
}

else := [] if count(tf.targets(resource, argument, "aws_s3_bucket")) > 0

else := causes if {
	count(tf.references(resource, argument)) == 0
	causes := tf.causes(found)
	count(causes) > 0
}

certain := [doubts | some doubts in senders; doubts == []]

deny contains tf.finding_with(tf.plan, message, {"found": sort(writers), "expected": expected}) if {
	count(writers) > 0
	count(senders) == 0
	message := sprintf("no bucket receives logs, though %s can write them", [listed])
}

unknown contains tf.finding_with(tf.plan, message, {"expected": expected, "cause": causes}) if {
	count(writers) > 0
	count(senders) > 0
	count(certain) == 0
	message := "whether a bucket receives logs is known after apply"
	causes := [text | some doubts in senders; some text in doubts]
}

expected := "a bucket that logs are sent to"

listed := writers[0] if count(writers) == 1

else := sprintf("%d resources", [count(writers)])
