# METADATA
# title: Policy or ARN still holds a placeholder
# description: |
#   An example was copied and its account id never filled in: a word stands where twelve digits belong, or <...>, or
#   000000000000. AWS refuses such a principal at apply, and takes such a resource without a word: the statement then
#   matches nothing, so that what it should allow or deny is not. Take the account id from aws_caller_identity, that of
#   an AWS service from its data source, such as aws_elb_service_account, and ARNs from the resources.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
#   - ref: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
# custom:
#   severity: critical
#   since: 0.1.0
#   examines: ["*"]
#   remediation: Replace the placeholder by the account's id or the resource's ARN, taken from a reference.
#   example: |
#     data "aws_elb_service_account" "main" {}
#
#     data "aws_iam_policy_document" "logs" {
#       statement {
#         actions   = ["s3:PutObject"]
#         resources = ["${aws_s3_bucket.logs.arn}/*"]
#         principals {
#           type        = "AWS"
#           identifiers = [data.aws_elb_service_account.main.arn]
#         }
#       }
#     }
#   reports: [online-education 5]
#   controls: {nist_800_53: [AC-3]}
package aws.iam.placeholder

import data.lib.documents
import data.lib.iam
import data.lib.tf

# Resources with account ids or ARNs in them, or with policies, which may come to hold them.
examined contains id.resource.address if some id in ids

examined contains entry.resource.address if some entry in documents.all

deny contains tf.finding_with(id.resource, message, details) if {
	some id in ids
	is_placeholder(id.account)
	message := sprintf("%s %s", [id.text, fault(id)])
	details := finding_details(id, "twelve digits")
}

deny contains tf.finding_with(id.resource, message, details) if {
	some id in ids
	contains(id.text, "<")
	not is_placeholder(id.account)
	message := sprintf("%s holds a placeholder", [id.text])
	details := finding_details(id, "the ARN of a resource")
}

# Of an ARN, a part is a placeholder; what stands for an account alone is one as a whole.
fault(id) := "stands where the id of an account belongs" if id.text == id.account

else := "holds a placeholder where the id of an account belongs"

finding_details(id, expected) := {
	"key": sprintf("%s %s", [id.argument, id.text]),
	"attribute": id.argument,
	"found": id.text,
	"expected": expected,
}

unknown contains tf.finding_with(entry.resource, message, details) if {
	some entry in documents.all
	causes := causes_of(entry.document)
	count(causes) > 0
	message := sprintf("whether its %s holds a placeholder is known after apply", [entry.argument])
	details := {"key": entry.argument, "attribute": entry.argument, "cause": causes}
}

causes_of(document) := iam.unknown_causes(document) if iam.is_document(document)

else := tf.causes(document)

# Every ARN and account id that was written, with the part of it that names the account; "" where it names none.
ids := array.concat(array.concat(arns, principals), array.concat(conditions, arguments))

arns := [{"resource": resource, "argument": argument, "text": arn, "account": account_of(arn)} |
	some resources in input.resources
	some resource in resources
	tf.mentions(resource.values, "arn:")
	some argument, _ in written(resource)
	tf.mentions(resource.values[argument], "arn:")
	some arn in arns_in(json_of(argument, resource.values[argument]))
]

principals := [{"resource": entry.resource, "argument": entry.argument, "text": text, "account": text} |
	some entry in documents.all
	some statement in iam.statements(entry.document)
	some member in ["Principal", "NotPrincipal"]
	some text in tf.known(object.get(as_object(statement[member]), "AWS", []))
	is_word(text)
]

conditions := [{"resource": entry.resource, "argument": entry.argument, "text": text, "account": text} |
	some entry in documents.all
	some statement in iam.statements(entry.document)
	some condition in iam.conditions(statement)
	condition.key in {
		"aws:principalaccount", "aws:resourceaccount", "aws:sourceaccount", "aws:sourceowner",
		"kms:calleraccount", "s3:dataaccesspointaccount", "s3:resourceaccount",
	}
	some text in tf.known(condition.values)
	is_word(text)
]

arguments := [{"resource": resource, "argument": argument, "text": text, "account": text} |
	some type, resources in input.resources
	startswith(type, "aws")
	some resource in resources
	some argument in [
		"account_id", "account_ids", "aws_account_id", "peer_owner_id", "source_account", "target_account_id",
	]
	found := resource.values[argument]
	some text in tf.known(found)
	is_word(text)
]

is_word(text) if {
	is_string(text)
	not startswith(text, "arn:")
}

as_object(found) := found if is_object(found)

else := {}

# The arguments that stand in the configuration, as far as there is one: what AWS returns is no placeholder. Tags are
# only talk.
written(resource) := object.remove(resource.config, ["tags"]) if count(object.get(resource, "config", {})) > 0

else := object.remove(resource.values, ["tags", "tags_all"])

# A JSON text of ECS, Batch or a policy is looked into; those that other languages live in are not.
json_of(argument, text) := json.marshal(json.unmarshal(text)) if {
	argument in {"container_definitions", "container_properties", "content", "inline_policy"}
	is_string(text)
	json.is_valid(text)
}

else := json.marshal(text)

# The texts in JSON that are ARNs from their beginning.
arns_in(text) := {json.unmarshal(quoted) |
	contains(text, `"arn:`)
	parts := split(text, `"arn:`)
	some place, part in parts
	place > 0
	not endswith(parts[place - 1], `\`)
	quoted := sprintf(`"arn:%s"`, [split(part, `"`)[0]])
	json.is_valid(quoted)
}

account_of(arn) := account if {
	parts := split(without_variables(arn), ":")
	count(parts) > 4
	not parts[2] in data.aws.iam.placeholder.services
	account := parts[4]
}

else := ""

# What AWS fills in for a variable such as ${aws:PrincipalAccount} is no placeholder.
without_variables(arn) := regex.replace(arn, `\$\{[A-Za-z0-9-]+:[^:}][^}]*\}`, "*") if contains(arn, "$")

else := arn

is_placeholder(account) if account == "000000000000"

# A word, neither of AWS's own nor the unique id of a user or role.
is_placeholder(account) if {
	trim(account, "0123456789*?") != ""
	not account in data.aws.iam.placeholder.words
	not regex.match(`^A[A-Z0-9]{19,}$`, account)
}
