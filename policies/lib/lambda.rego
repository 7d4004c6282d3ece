# Lambda functions, as policies ask about them.
package lib.lambda

import data.lib.tf

# regional: the functions that are not CloudFront's. One of those runs at the edge: it can neither be traced nor have a
# dead-letter queue, and its logs are in groups of each edge's region.
regional := [function |
	some function in object.get(input.resources, "aws_lambda_function", [])
	associations(function) == []
]

# regional_addresses -> {"aws_lambda_function.api"}
regional_addresses := {function.address | some function in regional}

associations(function) := [referrer |
	some referrer in object.get(function, ["referrers", "aws_cloudfront_distribution"], [])
	referrer.certain == true
	endswith(referrer.argument, "lambda_function_association.lambda_arn")
]

# bare_name("arn:aws:lambda:us-east-1:123456789012:function:api:live") -> "api", bare_name("api:live") -> "api"
bare_name(text) := parts[position + 1] if {
	parts := split(text, ":")
	some position in [1, 5]
	parts[position] == "function"
}

else := split(text, ":")[0]

# variables(function) -> {"STAGE": "prod"}; unknown as a whole where one of them is
variables(function) := tf.get(function, ["environment", 0, "variables"], {})
