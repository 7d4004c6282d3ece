# METADATA
# title: Lambda function runs on a deprecated runtime
# description: |
#   From its deprecation date on, AWS no longer patches a runtime: holes in the language and its libraries stay open,
#   and support ends. Some months later AWS refuses to create functions on it, then to update them, so that the fix
#   for the next incident cannot be deployed. The date of the check decides, and it is the deprecation date that
#   counts, not the later one from which functions can no longer be created. Functions made from a container image
#   bring their own runtime and are not examined.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
# custom:
#   severity: high
#   since: 0.1.0
#   examines: [aws_lambda_function]
#   remediation: Move the function to a runtime that AWS supports, and test it there.
#   example: |
#     resource "aws_lambda_function" "api" {
#       function_name = "api"
#       filename      = "api.zip"
#       handler       = "app.handler"
#       runtime       = "python3.13"
#       role          = aws_iam_role.api.arn
#     }
#   reports: [batch-financial 10]
#   controls: {nist_800_53: [CA-9(1), CM-2, SI-2], pci_dss: ["6.3.3", "12.3.4"], soc2: [CC7.1]}
package aws.lambda.runtime

import data.lib.tf

# Functions whose runtime AWS provides, with what the plan says it is.
functions := [{"function": function, "runtime": runtime} |
	some function in input.resources.aws_lambda_function
	tf.get(function, "package_type", "Zip") != "Image"
	runtime := tf.get(function, "runtime", null)
	runtime != null
]

examined contains entry.function.address if some entry in functions

deny contains tf.finding_with(entry.function, message, details) if {
	some entry in functions
	known := data.aws.lambda.runtime.runtimes[entry.runtime]
	is_string(known.deprecated)
	known.deprecated <= input.as_of
	message := sprintf("%s has been deprecated since %s", [entry.runtime, known.deprecated])
	details := {"attribute": "runtime", "found": entry.runtime, "expected": expected(known)}
}

unknown contains tf.finding_with(entry.function, message, details) if {
	some entry in functions
	tf.is_known(entry.runtime)
	not data.aws.lambda.runtime.runtimes[entry.runtime]
	message := sprintf("whether %s is deprecated is not in plangate's table of runtimes", [entry.runtime])
	details := {"attribute": "runtime", "found": entry.runtime, "cause": "plangate does not know the runtime"}
}

unknown contains tf.finding_with(entry.function, message, details) if {
	some entry in functions
	causes := tf.cause(entry.runtime)
	count(causes) > 0
	message := "which runtime it has is known after apply"
	details := {"attribute": "runtime", "cause": causes}
}

expected(known) := sprintf("%s or another supported runtime", [known.successor]) if is_string(known.successor)

else := "a supported runtime"
