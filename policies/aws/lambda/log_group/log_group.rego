# METADATA
# title: Lambda function has no log group of its own making
# description: |
#   Where nobody declares a function's log group, Lambda makes one on the first call: kept for ever, encrypted with a
#   key that is not yours, without tags, and left behind when the function goes. Once it is there, declaring it takes
#   an import. The group is named /aws/lambda/ and the function's name, or what logging_config says.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html
# custom:
#   severity: low
#   since: 0.1.0
#   examines: [aws_lambda_function]
#   remediation: Declare an aws_cloudwatch_log_group by the name that the function writes to.
#   example: |
#     resource "aws_cloudwatch_log_group" "api" {
#       name              = "/aws/lambda/api"
#       retention_in_days = 365
#       kms_key_id        = aws_kms_key.logs.arn
#     }
#   reports: [online-education 15]
#   controls: {nist_800_53: [AU-2, AU-12], soc2: [CC7.2]}
package aws.lambda.log_group

import data.lib.lambda
import data.lib.tf

examined := lambda.regional_addresses

groups := array.concat(
	object.get(input.resources, "aws_cloudwatch_log_group", []),
	object.get(object.get(input, "data", {}), "aws_cloudwatch_log_group", []),
)

names := {name | some group in groups; name := tf.get(group, "name", ""); is_string(name)}

# The name of the group that a function writes to; unknown where apply will tell.
written(function) := name if {
	name := tf.get(function, ["logging_config", 0, "log_group"], null)
	name != null
}

else := sprintf("/aws/lambda/%s", [name]) if {
	name := tf.get(function, "function_name", "")
	is_string(name)
}

else := tf.get(function, "function_name", "")

undeclared := [{"function": function, "name": name} |
	some function in lambda.regional
	name := written(function)
	not is_declared(function, name)
]

is_declared(_, name) if names[name]

is_declared(function, _) if {
	some reference in tf.references(function, "logging_config.log_group")
	reference.type == "aws_cloudwatch_log_group"
}

is_declared(function, name) if {
	tf.is_known(name) == false
	count(tf.attached(function, "aws_cloudwatch_log_group", "name")) > 0
}

# Where there is no group, none has the name, whatever it will be.
doubts(name) := tf.cause(name) if count(groups) > 0

else := []

deny contains tf.finding_with(entry.function, message, details) if {
	some entry in undeclared
	doubts(entry.name) == []
	message := sprintf("its log group%s is not declared, so Lambda makes one that is kept for ever", [called(entry.name)])
	details := {"attribute": "logging_config.log_group", "expected": "an aws_cloudwatch_log_group by that name"}
}

called(name) := sprintf(" %s", [name]) if is_string(name)

else := ""

unknown contains tf.finding_with(entry.function, "the name of its log group is known after apply", details) if {
	some entry in undeclared
	causes := doubts(entry.name)
	count(causes) > 0
	details := {
		"attribute": "logging_config.log_group",
		"expected": "an aws_cloudwatch_log_group by that name",
		"cause": causes,
	}
}
