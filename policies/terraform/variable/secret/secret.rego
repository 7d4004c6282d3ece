# METADATA
# title: Secret is in plain view
# description: |
#   A password that is written into the configuration is in the repository, for all who ever read it. One that a
#   variable gives is printed by plans and kept in logs, unless the variable is sensitive. Judged are the arguments
#   password, master_password, auth_token, secret_string, passwords, and the value of a SecureString. Where a secret is
#   made of several things, a sensitive variable among them is taken for the secret; so is what a resource such as
#   random_password makes.
# scope: package
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/language/manage-sensitive-data
#   - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/best-practices.html
# custom:
#   severity: high
#   since: 0.1.0
#   examines: [var, "*"]
#   remediation: Let AWS make the secret, as manage_master_user_password does, or take it from a sensitive variable.
#   example: |
#     variable "db_password" {
#       type      = string
#       sensitive = true
#     }
#   reports: [online-education 29]
#   controls: {nist_800_53: [IA-5(7), SC-28], pci_dss: ["8.6.2"], soc2: [CC6.1]}
package terraform.variable.secret

import data.lib.tf

names := {name | some name in data.terraform.variable.secret.arguments}

maker_types := {type | some type in data.terraform.variable.secret.makers}

# Each argument that holds a secret: whose it is, its path, and what it comes from in the end.
secrets contains secret(resource, name, expression) if {
	some resources in input.resources
	some resource in resources
	config := resource.config
	some name in names
	expression := config[name]
	holds(resource, name)
}

secrets contains secret(parameter, "value", parameter.config.value) if {
	some parameter in object.get(input.resources, "aws_ssm_parameter", [])
	tf.get(parameter, "type", "String") == "SecureString"
	holds(parameter, "value")
}

secrets contains secret(resource, concat(".", [step | some step in path; is_string(step)]), expression) if {
	some type in data.terraform.variable.secret.with_blocks
	some resource in object.get(input.resources, type, [])
	walk(resource.config, [path, expression])
	count(path) > 1
	names[path[count(path) - 1]]
	is_object(expression)
	not object.get(expression, "constant", "set") in {null, ""}
}

# Not a value that only apply makes of nothing, as uuid() does.
holds(resource, name) if {
	expression := resource.config[name]
	is_object(expression)
	value := tf.get(resource, name, null)
	value != null
	not is_boolean(value)
	not made_by_apply(value, expression)
}

made_by_apply(value, expression) if {
	tf.is_unknown(value)
	count(origins(expression)) == 0
}

secret(resource, argument, expression) := {
	"resource": resource.address,
	"argument": argument,
	"variables": {origin | some origin in origins(expression); startswith(origin, "var.")},
	"others": {origin | some origin in origins(expression); not startswith(origin, "var.")},
}

# Origins stand beside the references only where they differ.
origins(expression) := object.get(expression, "origins", object.get(expression, "references", []))

variables := {variable.address: variable | some variable in input.variables}

examined contains found.resource if some found in secrets

examined contains address if {
	some found in secrets
	some address in found.variables
	variables[address]
}

# Secrets for which no sensitive variable and nothing that makes secrets accounts.
open contains found if {
	some found in secrets
	count([address | some address in found.variables; variables[address].sensitive]) == 0
	count([origin | some origin in found.others; some part in split(origin, "."); maker_types[part]]) == 0
}

# Each variable that is set and not sensitive, with the secrets that it gives, or may give beside something else.
gives contains {"address": address, "found": given} if {
	some address in {variable | some found in open; some variable in found.variables}
	tf.get(variables[address], "value", null) != null
	given := {found | some found in open; found.variables[address]}
}

deny contains tf.finding_with({"address": address}, message, {"attribute": "sensitive", "expected": true}) if {
	some {"address": address, "found": given} in gives
	alone := sort({place(found) | some found in given; count(found.others) == 0})
	message := sprintf("it is not sensitive, and gives %s", [listed(alone)])
}

unknown contains tf.finding_with({"address": address}, message, details) if {
	some {"address": address, "found": given} in gives
	places := sort({place(found) | some found in given})
	message := sprintf("it is not sensitive, and may be the secret in %s", [listed(places)])
	details := {
		"attribute": "sensitive",
		"expected": true,
		"cause": sort({origin | some found in given; some origin in found.others}),
	}
	count(details.cause) > 0
}

deny contains tf.finding_with({"address": found.resource}, message, details) if {
	some found in open
	count(found.variables) == 0
	count(found.others) == 0
	message := sprintf("its %s stands in the configuration", [found.argument])
	details := {"key": found.argument, "attribute": found.argument, "fix": fix}
}

fix := "Let AWS or random_password make it, or take it from a sensitive variable, and change it: the old one is known."

unknown contains tf.finding_with({"address": found.resource}, message, details) if {
	some found in open
	count(found.variables) == 0
	causes := sort({origin | some origin in found.others; is_not_followed(origin)})
	count(causes) > 0
	message := sprintf("the plan does not tell where its %s comes from", [found.argument])
	details := {"key": found.argument, "attribute": found.argument, "cause": causes}
}

# is_not_followed("module.db.local.password"), is_not_followed("module.secrets.password")
is_not_followed(origin) if regex.match(`^(module\.[^.]+\.)*local\.`, origin)

is_not_followed(origin) if regex.match(`^(module\.[^.]+\.)*module\.[^.]+(\.[^.]+)?$`, origin)

place(found) := sprintf("the %s of %s", [found.argument, found.resource])

# listed(["the password of a.b", ...]): the first, and how many more
listed(places) := places[0] if count(places) == 1

else := sprintf("%s and %d more", [places[0], count(places) - 1])
