# METADATA
# title: Environment variable of a Lambda function holds a secret
# description: |
#   Environment variables show in the console, in the function's configuration, in this plan and in Terraform's state,
#   so whoever may read one of these has the secret. Keep it in Secrets Manager or in a SecureString parameter, give
#   the function its name, and let the code fetch it. A secret that was written here has leaked: replace it. A value
#   looks like a secret by its form, or by a name such as DB_PASSWORD. Values that Terraform holds for sensitive are
#   not shown to policies: they fail by their name, and cannot be judged otherwise.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
#   - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieving-secrets_lambda.html
# custom:
#   severity: high
#   since: 0.1.0
#   examines: [aws_lambda_function]
#   remediation: Keep the secret in Secrets Manager, pass its name instead, and replace the secret.
#   example: |
#     resource "aws_lambda_function" "api" {
#       # ...
#       environment {
#         variables = { DB_SECRET_NAME = aws_secretsmanager_secret.db.name }
#       }
#     }
#   controls: {nist_800_53: [IA-5(7)], pci_dss: ["8.6.2"], soc2: [CC6.1]}
package aws.lambda.environment_secret

import data.lib.lambda
import data.lib.tf

# {function, name, value}: the environment variables that can be told apart.
settings := [{"function": function, "name": name, "value": value} |
	some function in object.get(input.resources, "aws_lambda_function", [])
	found := lambda.variables(function)
	tf.is_known(found)
	some name, value in found
]

# What it looks like, by its value or else by its name; undefined where it looks like nothing to hide.
looks_like(variable) := kinds(variable.value)[0] if count(kinds(variable.value)) > 0

else := "a secret by its name" if {
	regex.match(data.aws.lambda.environment_secret.names_in_lower_case, lower(variable.name))
	is_literal(variable.value)
}

kinds(value) := [kind.is |
	is_string(value)
	some form in [
		{"text": value, "kinds": data.aws.lambda.environment_secret.values},
		{"text": lower(value), "kinds": data.aws.lambda.environment_secret.values_in_lower_case},
	]
	some kind in form.kinds
	regex.match(kind.pattern, form.text)
]

is_literal(value) if tf.is_sensitive(value)

is_literal(value) if {
	is_string(value)
	value != ""
	not regex.match(data.aws.lambda.environment_secret.references_in_lower_case, lower(value))
}

deny contains tf.finding_with(variable.function, message, details) if {
	some variable in settings
	kind := looks_like(variable)
	message := sprintf("its environment variable %s looks like %s, in plain sight", [variable.name, kind])
	details := {"key": variable.name, "attribute": "environment.variables", "expected": expected}
}

unknown contains tf.finding_with(variable.function, message, details) if {
	some variable in settings
	causes := tf.cause(variable.value)
	count(causes) > 0
	message := sprintf("whether its environment variable %s is a secret cannot be seen", [variable.name])
	details := {"key": variable.name, "attribute": "environment.variables", "expected": expected, "cause": causes}
}

# Where one is not known, Terraform shows none.
unknown contains tf.finding_with(function, "its environment variables are known after apply", details) if {
	some function in object.get(input.resources, "aws_lambda_function", [])
	causes := tf.cause(lambda.variables(function))
	count(causes) > 0
	details := {"attribute": "environment.variables", "expected": expected, "cause": causes}
}

expected := "the name of a secret in Secrets Manager or Parameter Store"
