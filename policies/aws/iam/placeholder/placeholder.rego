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
	message := sprintf("%s holds a placeholder where the id of an account belongs", [id.text])
	details := finding_details(id, "twelve digits")
}

deny contains tf.finding_with(id.resource, message, details) if {
	some id in ids
	regex.match(`<[^<>]+>`, id.text)
	not is_placeholder(id.account)
	message := sprintf("%s holds a placeholder", [id.text])
	details := finding_details(id, "the ARN of a resource")
}

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

# Every ARN and account id, with the part of it that names the account; "" where it names none.
ids := array.concat(
	[{"resource": resource, "argument": path[0], "text": text, "account": account} |
		some resource in holders
		walk(resource.values, [path, text])
		account := account_in(path, text)
		not path[0] in {"tags", "tags_all"}
	],
	[{"resource": resource, "argument": argument, "text": text, "account": account} |
		some resource in holders
		some argument in json_arguments
		json.is_valid(object.get(resource.values, argument, ""))
		walk(json.unmarshal(resource.values[argument]), [path, text])
		account := account_in(path, text)
	],
)

# Looking for a word in a resource is quick, looking through it is not.
holders := [resource |
	some resources in input.resources
	some resource in resources
	regex.match(`"arn:|Statement|account|peer_owner`, json.marshal(resource.values))
]

# Arguments of JSON that is no policy, or has stayed a text.
json_arguments := ["container_definitions", "container_properties", "content", "inline_policy"]

account_in(path, text) := account_of_arn(text) if {
	is_string(text)
	startswith(text, "arn:")
}

# What stands in `from` names the source of an unknown value.
else := text if {
	is_string(text)
	is_account(path)
	not "from" in path
}

# What AWS fills in for a variable such as ${aws:PrincipalAccount} is no placeholder.
account_of_arn(arn) := parts[4] if {
	parts := split(regex.replace(arn, `\$\{[A-Za-z0-9-]+:[^:}][^}]*\}`, "*"), ":")
	not parts[2] in data.aws.iam.placeholder.services
}

else := ""

is_account(path) if {
	some place, step in path
	step in {"Principal", "NotPrincipal"}
	path[place + 1] == "AWS"
}

is_account(path) if {
	some place, step in path
	step == "Condition"
	lower(path[place + 2]) in {
		"aws:principalaccount", "aws:resourceaccount", "aws:sourceaccount", "aws:sourceowner",
		"kms:calleraccount", "s3:dataaccesspointaccount", "s3:resourceaccount",
	}
}

is_account(path) if {
	some step in path
	step in {"account_id", "account_ids", "aws_account_id", "peer_owner_id", "source_account", "target_account_id"}
}

is_placeholder("000000000000") := true

# A word, neither of AWS's own nor the unique id of a user or role.
is_placeholder(account) if {
	regex.match(`[A-Za-z<]`, account)
	not account in data.aws.iam.placeholder.words
	not regex.match(`^A[A-Z0-9]{19,}$`, account)
}
