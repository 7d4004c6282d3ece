# METADATA
# title: API stage writes no access log
# description: |
#   Without an access log nobody can tell who called an API, what they got and how long it took: not after an incident,
#   not when a customer asks. Give the stage access_log_settings with a log group, or a Firehose stream for REST APIs.
#   A stage that is made by the stage_name of an aws_api_gateway_deployment cannot log: give it a resource of its own.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_api_gateway_stage, aws_apigatewayv2_stage, aws_api_gateway_deployment]
#   remediation: Add access_log_settings with a log group's ARN and a format to the stage.
#   example: |
#     resource "aws_apigatewayv2_stage" "main" {
#       api_id = aws_apigatewayv2_api.main.id
#       name   = "$default"
#       access_log_settings {
#         destination_arn = aws_cloudwatch_log_group.api.arn
#         format          = jsonencode({ ip = "$context.identity.sourceIp", status = "$context.status" })
#       }
#     }
#   controls: {nist_800_53: [AU-2, AU-12], pci_dss: ["10.2.1"], soc2: [CC7.2]}
package aws.apigateway.logging

import data.lib.tf

# Stages that write no access log, with the doubts about it. Those that a deployment makes have no settings.
silent := array.concat(
	[{"stage": stage, "doubts": tf.causes(blocks)} |
		some stage in stages
		blocks := tf.blocks(stage, "access_log_settings")
		count(tf.known(blocks)) == 0
	],
	[{"stage": deployment, "doubts": tf.cause(tf.get(deployment, "stage_name", null))} |
		some deployment in deployments
	],
)

stages := array.concat(
	object.get(input.resources, "aws_api_gateway_stage", []),
	object.get(input.resources, "aws_apigatewayv2_stage", []),
)

deployments := [deployment |
	some deployment in input.resources.aws_api_gateway_deployment
	tf.get(deployment, "stage_name", null) != null
]

examined contains stage.address if some stage in array.concat(stages, deployments)

deny contains tf.finding_with(found.stage, "no access log tells who calls the API", details) if {
	some found in silent
	found.doubts == []
	details := {"attribute": "access_log_settings", "expected": "a destination for access logs"}
}

unknown contains tf.finding_with(found.stage, "whether it writes an access log is known after apply", details) if {
	some found in silent
	count(found.doubts) > 0
	details := {
		"attribute": "access_log_settings",
		"expected": "a destination for access logs",
		"cause": found.doubts,
	}
}
