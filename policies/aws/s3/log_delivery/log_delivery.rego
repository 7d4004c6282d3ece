# METADATA
# title: Log bucket does not let the service that logs write to it
# description: |
#   CloudTrail, Config or VPC flow logs are told to deliver into this bucket, but no policy on it allows their service
#   principal to put objects. CloudTrail and Config then refuse to be created, or nothing ever arrives; the day that
#   somebody needs the logs is a bad day to find out. Conditions on the Allow, such as aws:SourceAccount, are welcome
#   and not judged here. Resources that are known after apply count as the bucket's objects. A bucket without a policy
#   is given one by AWS when flow logs are told to use it, and passes for these.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
#   - ref: https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html
# custom:
#   severity: high
#   since: 0.1.0
#   examines: [aws_s3_bucket]
#   remediation: Allow s3:PutObject on the bucket's objects to the principal of each service that delivers logs to it.
#   example: |
#     data "aws_iam_policy_document" "audit" {
#       statement {
#         actions   = ["s3:PutObject"]
#         resources = ["${aws_s3_bucket.audit.arn}/AWSLogs/${data.aws_caller_identity.me.account_id}/*"]
#         principals {
#           type        = "Service"
#           identifiers = ["cloudtrail.amazonaws.com"]
#         }
#         condition {
#           test     = "StringEquals"
#           variable = "aws:SourceAccount"
#           values   = [data.aws_caller_identity.me.account_id]
#         }
#       }
#     }
#   reports: [online-education 11, batch-financial 5, batch-financial 7]
#   controls: {nist_800_53: [AU-2, AU-12], pci_dss: ["10.2.1"], soc2: [CC7.2]}
package aws.s3.log_delivery

import data.lib.log_delivery as delivery
import data.lib.tf

examined contains delivered.bucket.address if some delivered in deliveries

# Buckets and the services that deliver logs to them, with the doubts about it.
deliveries := [{"bucket": bucket, "service": service, "doubts": doubts} |
	some service in data.aws.s3.log_delivery.services
	some bucket in object.get(input.resources, "aws_s3_bucket", [])
	doubts := is_given(bucket, service)
]

is_given(bucket, service) := [] if count(tf.attached(bucket, service.type, service.argument)) > 0

else := [] if {
	service.type == "aws_flow_log"
	flow_log_buckets[tf.get(bucket, "bucket", null)]
}

else := causes if {
	may_use_s3(service.type)
	causes := tf.may_be_attached(bucket, service.type, service.argument)
	count(causes) > 0
}

# The names of buckets that flow logs name in an ARN, which may have a folder behind it.
flow_log_buckets := {name |
	some log in flow_logs
	some destination in tf.known(tf.get(log, "log_destination", []))
	name := split(split(destination, ":::")[1], "/")[0]
}

flow_logs := object.get(input.resources, "aws_flow_log", [])

may_use_s3(type) if type != "aws_flow_log"

may_use_s3(_) if {
	some log in flow_logs
	type := tf.get(log, "log_destination_type", "cloud-watch-logs")
	is_or_may_be(type, "s3")
}

is_or_may_be(found, wanted) if found == wanted

is_or_may_be(found, _) if tf.is_known(found) == false

# Those that the bucket's policies do not let in, with the doubts about it.
refused := [{"bucket": delivered.bucket, "service": delivered.service, "doubts": doubts} |
	some delivered in deliveries
	not gets_a_policy(delivered)
	refusals := delivery.refuses(delivered.bucket, {"Service": {delivered.service.principal}})
	doubts := array.concat(delivered.doubts, refusals)
]

# AWS gives a bucket that certainly has no policy the one that the service needs.
gets_a_policy(delivered) if {
	delivered.service.is_let_in_by_aws == true
	tf.lacks(delivered.bucket, "aws_s3_bucket_policy", "bucket") == []
	[document | some document in delivery.documents(delivered.bucket); document != null] == []
}

deny contains tf.finding_with(found.bucket, message, details) if {
	some found in refused
	found.doubts == []
	message := sprintf("it is given %s, but no policy on it lets %s put objects", [
		found.service.logs,
		found.service.principal,
	])
	details := {
		"key": found.service.principal,
		"attribute": "policy",
		"expected": sprintf("an Allow of s3:PutObject to %s", [found.service.principal]),
	}
}

unknown contains tf.finding_with(found.bucket, message, details) if {
	some found in refused
	count(found.doubts) > 0
	message := sprintf("whether %s get into it is known after apply", [found.service.logs])
	details := {
		"key": found.service.principal,
		"attribute": "policy",
		"expected": sprintf("an Allow of s3:PutObject to %s", [found.service.principal]),
		"cause": found.doubts,
	}
}
