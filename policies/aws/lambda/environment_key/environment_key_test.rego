package aws.lambda.environment_key_test

import data.aws.lambda.environment_key

unknown := {"unknown": true, "from": ["aws_kms_key.a.arn"]}

unset := {"unknown": true, "unset": true}

of(values) := {"aws_lambda_function": [{"address": "aws_lambda_function.a", "values": values}]}

environment := [{"variables": {"STAGE": "prod"}}]

test_no_key if {
	every key in [null, "", unset] {
		values := {"environment": environment, "kms_key_arn": key}
		count(environment_key.deny) == 1 with input.resources as of(values)
	}
}

test_a_key_or_one_to_be_made if {
	every key in ["arn:aws:kms:us-east-1:123456789012:key/a", unknown] {
		values := {"environment": environment, "kms_key_arn": key}
		count(environment_key.deny) == 0 with input.resources as of(values)
		environment_key.examined == {"aws_lambda_function.a"} with input.resources as of(values)
	}
}

test_without_variables_it_is_not_examined if {
	every none in [null, [], [{"variables": null}], [{"variables": {}}]] {
		count(environment_key.examined) == 0 with input.resources as of({"environment": none})
		count(environment_key.deny) == 0 with input.resources as of({"environment": none})
	}
}

test_unknown_variables_are_variables if {
	values := {"environment": [{"variables": unknown}]}
	count(environment_key.deny) == 1 with input.resources as of(values)
}

test_sensitive_variables_are_variables if {
	values := {"environment": [{"variables": {"sensitive": true}}]}
	count(environment_key.deny) == 1 with input.resources as of(values)
}
