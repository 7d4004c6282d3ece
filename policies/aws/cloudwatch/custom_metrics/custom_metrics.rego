# METADATA
# title: Nothing measures what the application does
# description: |
#   AWS measures its own services: processor, errors, queue lengths. It does not know whether orders are paid or
#   transactions fail, so such a failure shows only when somebody complains. Count it with a metric filter on the
#   application's logs, or publish a metric and put an alarm on it. Plans that run nothing are not examined.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/publishingMetrics.html
#   - ref: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/MonitoringLogData.html
# custom:
#   severity: info
#   since: 0.1.0
#   examines: [plan]
#   remediation: Add a metric filter for what matters to the business, or an alarm on a metric that the code publishes.
#   example: |
#     resource "aws_cloudwatch_log_metric_filter" "failed" {
#       name           = "failed-transactions"
#       log_group_name = aws_cloudwatch_log_group.app.name
#       pattern        = "{ $.status = \"FAILED\" }"
#       metric_transformation {
#         name      = "FailedTransactions"
#         namespace = "Payments"
#         value     = "1"
#       }
#     }
#   reports: [batch-financial 23]
#   controls: {nist_800_53: [SI-4], soc2: [CC7.2]}
package aws.cloudwatch.custom_metrics

import data.lib.cloudwatch
import data.lib.tf

examined contains tf.plan.address if count(cloudwatch.compute) > 0

filters := object.get(input.resources, "aws_cloudwatch_log_metric_filter", [])

namespaces := [metric.namespace | some alarm in cloudwatch.alarms; some metric in cloudwatch.metrics(alarm)]

custom := [namespace |
	some namespace in namespaces
	is_string(namespace)
	namespace != ""
	not startswith(namespace, "AWS/")
]

# Doubts whether nothing measures it; undefined where something does.
doubts := {cause | some namespace in namespaces; some cause in tf.cause(namespace)} if {
	count(cloudwatch.compute) > 0
	count(filters) == 0
	count(custom) == 0
}

deny contains tf.finding_with(tf.plan, message, details) if {
	count(doubts) == 0
	message := "nothing measures what the application does: no metric filter, and no alarm but on AWS's metrics"
	details := {"found": "none", "expected": expected}
}

unknown contains tf.finding_with(tf.plan, message, details) if {
	count(doubts) > 0
	message := "whether an alarm is on a metric of the application's is known after apply"
	details := {"expected": expected, "cause": sort(doubts)}
}

expected := "a metric filter, or an alarm on a namespace that does not begin with AWS/"
