# METADATA
# title: Load balancer may not write its logs to the bucket
# description: |
#   Access logs are switched on, but no policy on the bucket lets Elastic Load Balancing put objects into it: AWS
#   refuses to switch them on, or they never arrive. Who writes depends on the kind of load balancer and on the region:
#   for application and classic ones AWS's own account of the region (data source aws_elb_service_account) or, in
#   regions since August 2022, the service logdelivery.elasticloadbalancing.amazonaws.com; for network ones
#   delivery.logs.amazonaws.com. A placeholder in the principal's place lets nobody in. The plan does not tell the
#   region, so that any region's account counts.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
#   - ref: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-access-logs.html
#   - ref: https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/enable-access-logs.html
# custom:
#   severity: high
#   since: 0.1.0
#   examines: [aws_lb, aws_alb, aws_elb]
#   remediation: Allow s3:PutObject on the bucket's objects to the region's ELB account or its log delivery service.
#   example: |
#     data "aws_elb_service_account" "main" {}
#
#     data "aws_iam_policy_document" "load_balancer_logs" {
#       statement {
#         actions   = ["s3:PutObject"]
#         resources = ["${aws_s3_bucket.load_balancer_logs.arn}/*"]
#         principals {
#           type        = "AWS"
#           identifiers = [data.aws_elb_service_account.main.arn]
#         }
#       }
#     }
#   reports: [online-education 5, online-education 11]
#   controls: {nist_800_53: [AU-2, AU-12], soc2: [CC7.2]}
package aws.lb.log_bucket_policy

import data.lib.lb
import data.lib.log_delivery as delivery
import data.lib.tf

examined contains logging.balancer.address if some logging in loggings

# Load balancers and the buckets of the plan that they log to, with the doubts about it.
loggings := array.concat(
	[{"balancer": balancer, "bucket": bucket, "doubts": doubts} |
		some balancer in lb.loggers
		doubts := lb.access_logs(balancer)
		some bucket in buckets(balancer)
	],
	[{"balancer": balancer, "bucket": null, "doubts": array.concat(doubts, causes)} |
		some balancer in lb.loggers
		doubts := lb.access_logs(balancer)
		count(tf.references(balancer, argument)) == 0
		causes := array.concat(tf.may_refer(balancer, argument), [text |
			some block in tf.blocks(balancer, "access_logs")
			some text in tf.cause(tf.get(block, "bucket", null))
		])
		count(causes) > 0
	],
)

argument := "access_logs.bucket"

buckets(balancer) := [bucket |
	some bucket in tf.targets(balancer, argument, "aws_s3_bucket")
	bucket.mode == "managed"
]

# Whom a load balancer writes as; of one whose kind is not known, every kind counts.
writers("network") := {"Service": services(["network"])}

writers(kind) := {"AWS": elb_accounts, "Service": services([kind])} if kind in {"application", "classic"}

writers(kind) := {"AWS": elb_accounts, "Service": services(["application", "network"])} if not tf.is_known(kind)

services(kinds) := {service |
	some kind in kinds
	some service in data.aws.lb.log_bucket_policy.services_by_kind[kind]
}

elb_accounts := {account | some account in data.aws.lb.log_bucket_policy.accounts}

# Those that the bucket's policies do not let in, with the doubts about it.
refused := [{"balancer": logging.balancer, "bucket": logging.bucket, "doubts": doubts} |
	some logging in loggings
	doubts := array.concat(logging.doubts, refusals(logging))
]

refusals(logging) := [] if logging.bucket == null

else := delivery.refuses(logging.bucket, writers(lb.kind(logging.balancer)))

deny contains tf.finding_with(found.balancer, message, details) if {
	some found in refused
	found.doubts == []
	message := sprintf("no policy of %s lets it write its access logs there", [found.bucket.address])
	details := {
		"attribute": argument,
		"found": found.bucket.address,
		"expected": expected(lb.kind(found.balancer)),
	}
}

unknown contains tf.finding_with(found.balancer, message, details) if {
	some found in refused
	count(found.doubts) > 0
	message := "whether its log bucket lets it write is known after apply"
	details := {"attribute": argument, "expected": expected(lb.kind(found.balancer)), "cause": found.doubts}
}

expected(kind) := "an Allow of s3:PutObject to delivery.logs.amazonaws.com" if kind == "network"

else := "an Allow of s3:PutObject to the region's ELB account or logdelivery.elasticloadbalancing.amazonaws.com"
