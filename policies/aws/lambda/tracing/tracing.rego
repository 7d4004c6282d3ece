# METADATA
# title: Lambda function is not traced
# description: |
#   Without active tracing, X-Ray sees a function only where a traced caller asks it to, so a slow or failing request
#   cannot be followed through the function to what it calls. Active mode samples requests by itself, and costs
#   nothing where the function is not called. The role needs xray:PutTraceSegments and xray:PutTelemetryRecords.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html
# custom:
#   severity: low
#   since: 0.1.0
#   examines: [aws_lambda_function]
#   remediation: Set the mode of tracing_config to Active and let the role send traces.
#   example: |
#     resource "aws_lambda_function" "api" {
#       # ...
#       tracing_config {
#         mode = "Active"
#       }
#     }
#   reports: [online-education 3, batch-financial 30]
#   controls: {nist_800_53: [CA-7], soc2: [CC7.2]}
package aws.lambda.tracing

import data.lib.lambda
import data.lib.tf

examined := lambda.regional_addresses

mode(function) := tf.get(function, ["tracing_config", 0, "mode"], "PassThrough")

deny contains tf.finding_with(function, message, details) if {
	some function in lambda.regional
	found := mode(function)
	tf.is_known(found)
	found != "Active"
	message := sprintf("its tracing mode is %s, so requests cannot be followed through it", [found])
	details := {"attribute": "tracing_config.mode", "found": found, "expected": "Active"}
}

unknown contains tf.finding_with(function, "its tracing mode is known after apply", details) if {
	some function in lambda.regional
	causes := tf.cause(mode(function))
	count(causes) > 0
	details := {"attribute": "tracing_config.mode", "expected": "Active", "cause": causes}
}
