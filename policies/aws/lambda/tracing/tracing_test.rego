package aws.lambda.tracing_test

import data.aws.lambda.tracing

function(values) := {"address": "aws_lambda_function.a", "values": values}

denied(values) := found if found := tracing.deny with input.resources as {"aws_lambda_function": [function(values)]}

doubted(values) := found if found := tracing.unknown with input.resources as {"aws_lambda_function": [function(values)]}

unknown := {"unknown": true, "from": ["aws_ssm_parameter.mode.value"]}

test_left_out_is_pass_through if {
	every values in [{}, {"tracing_config": []}, {"tracing_config": [{"mode": null}]}] {
		some finding in denied(values)
		finding.found == "PassThrough"
		count(doubted(values)) == 0
	}
}

test_active_passes if {
	count(denied({"tracing_config": [{"mode": "Active"}]})) == 0
	count(doubted({"tracing_config": [{"mode": "Active"}]})) == 0
}

test_unknown_mode_or_block if {
	every values in [{"tracing_config": unknown}, {"tracing_config": [{"mode": unknown}]}] {
		count(denied(values)) == 0
		some finding in doubted(values)
		finding.cause == "aws_ssm_parameter.mode.value"
	}
}

test_at_the_edge_is_not_examined if {
	edge := object.union(
		function({}),
		{"referrers": {"aws_cloudfront_distribution": [{
			"argument": "default_cache_behavior.lambda_function_association.lambda_arn",
			"certain": true,
		}]}},
	)
	count(tracing.examined) == 0 with input.resources as {"aws_lambda_function": [edge]}
	count(tracing.deny) == 0 with input.resources as {"aws_lambda_function": [edge]}
}
