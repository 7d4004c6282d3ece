# METADATA
# title: Environment variables of a Lambda function are not encrypted with a key of yours
# description: |
#   Without a key, Lambda encrypts environment variables with one that AWS manages: whoever may read the function's
#   configuration reads them, no key policy can forbid it, and the reading shows in no trail of a key. With a customer
#   managed key, reading them takes kms:Decrypt as well. Functions without environment variables are not examined.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_lambda_function]
#   remediation: Set kms_key_arn to a customer managed KMS key that the function's role may decrypt with.
#   example: |
#     resource "aws_lambda_function" "api" {
#       # ...
#       kms_key_arn = aws_kms_key.lambda.arn
#       environment {
#         variables = { STAGE = "prod" }
#       }
#     }
#   reports: [tapstack 7]
#   controls: {nist_800_53: [SC-12, SC-28], soc2: [CC6.1]}
package aws.lambda.environment_key

import data.lib.lambda
import data.lib.tf

# An unknown value leaves the whole map unknown: it has variables, all the same.
functions := [function |
	some function in object.get(input.resources, "aws_lambda_function", [])
	lambda.variables(function) != {}
]

examined := {function.address | some function in functions}

# An unknown key is one that is yet to be made.
deny contains tf.finding_with(function, message, details) if {
	some function in functions
	tf.get(function, "kms_key_arn", "none") == "none"
	message := "its environment variables have no KMS key of yours, so reading its configuration is enough to read them"
	details := {"attribute": "kms_key_arn", "found": "none", "expected": "a customer managed KMS key"}
}
