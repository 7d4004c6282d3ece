package aws.apigateway.logging_test

import data.aws.apigateway.logging

unknown := {"unknown": true, "from": ["var.a"]}

unset := {"unknown": true, "unset": true}

model(type, values) := {"resources": {type: [{"address": "x", "values": values}]}}

verdict(found) := "na" if {
	logging.examined == set() with input as found
} else := "fail" if {
	count(logging.deny) == 1 with input as found
} else := cause if {
	some finding in logging.unknown with input as found
	cause := finding.cause
} else := "pass"

test_stages if {
	every type in ["aws_api_gateway_stage", "aws_apigatewayv2_stage"] {
		every found in [[], null, unset] {
			verdict(model(type, {"access_log_settings": found})) == "fail"
		}
		verdict(model(type, {})) == "fail"
		verdict(model(type, {"access_log_settings": [{"destination_arn": unknown}]})) == "pass"
		verdict(model(type, {"access_log_settings": unknown})) == "var.a"
	}
	logging.deny == {{
		"address": "x",
		"message": "no access log tells who calls the API",
		"attribute": "access_log_settings",
		"expected": "a destination for access logs",
	}} with input as model("aws_api_gateway_stage", {})
}

test_deployments if {
	type := "aws_api_gateway_deployment"
	every name in [null, "", unset] {
		verdict(model(type, {"stage_name": name})) == "na"
		logging.deny == set() with input as model(type, {"stage_name": name})
	}
	verdict(model(type, {"stage_name": "production"})) == "fail"
	verdict(model(type, {"stage_name": unknown})) == "var.a"
}

test_nothing if {
	verdict({"resources": {}}) == "na"
}

test_what_fails_is_not_unknown if {
	count(logging.deny) > 0 with input as model("aws_api_gateway_stage", {})
	logging.unknown == set() with input as model("aws_api_gateway_stage", {})
}
