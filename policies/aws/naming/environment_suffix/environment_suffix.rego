# METADATA
# title: Name does not tell the environment
# description: |
#   Where several environments share an account, two deployments of one configuration collide unless the environment is
#   part of every name, and nobody sees in a list which of two tables is the one in production. The policy is off until
#   the parameter `environments` names the environments: without it, no resource is examined.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/tagging-best-practices.html
# custom:
#   severity: info
#   since: 0.1.0
#   examines: ["*"]
#   remediation: Put the environment at the end of the name.
#   example: |
#     resource "aws_sqs_queue" "orders" {
#       name = "orders-${var.environment}"
#     }
#   reports: [tapstack]
#   params:
#     environments:
#       type: list
#       default: []
#       description: "The environments of which a name has to tell one, as a word of its own: `[dev, staging, prod]`."
package aws.naming.environment_suffix

import data.lib.tf

environments := input.params["aws.naming.environment_suffix"].environments

# Names that the configuration gives, or begins.
named := [{"resource": resource, "attribute": attribute, "name": name} |
	count(environments) > 0
	some type, resources in input.resources
	startswith(type, "aws_")
	not type in data.aws.naming.environment_suffix.named_by_others
	some resource in resources
	attribute := argument_of(resource)
	name := tf.get(resource, attribute, null)
]

argument_of(resource) := [argument |
	some argument in ["name", "name_prefix"]
	object.get(resource.values, argument, null) != null
	tf.get(resource, argument, null) != null
][0]

examined contains found.resource.address if some found in named

# words("TapStack_Orders-Dev") -> "-tap-stack-orders-dev-"
words(name) := concat("", ["-", regex.replace(lower(spaced), "[^a-z0-9]+", "-"), "-"]) if {
	spaced := regex.replace(name, "([a-z0-9])([A-Z])", "$1-$2")
}

wanted contains environment if {
	some given in environments
	environment := words(given)
}

tells(name) if {
	some environment in wanted
	contains(words(name), environment)
}

details(found) := {"attribute": found.attribute, "expected": environments}

deny contains tf.finding_with(found.resource, message, object.union(details(found), {"found": found.name})) if {
	some found in named
	is_string(found.name)
	not tells(found.name)
	message := "its name tells none of the environments"
}

unknown contains tf.finding_with(found.resource, message, object.union(details(found), {"cause": causes})) if {
	some found in named
	causes := tf.cause(found.name)
	count(causes) > 0
	message := "whether its name tells the environment cannot be told"
}
