# METADATA
# title: S3 bucket accepts plain HTTP
# description: |
#   Without a policy that denies it, S3 answers over plain HTTP too, and whoever sits on the way reads and changes what
#   passes, with the request's signature. The only switch is a statement in the bucket's policy: deny every S3 action
#   to everyone when aws:SecureTransport is false. It has to name the bucket and its objects, `arn` and `arn/*`, and to
#   have no other condition, which would narrow it.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html#transit
#   - ref: https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-ssl-requests-only.html
# custom:
#   severity: high
#   since: 0.1.0
#   examines: [aws_s3_bucket]
#   remediation: Deny s3:* to everyone on the bucket and its objects when aws:SecureTransport is false.
#   example: |
#     data "aws_iam_policy_document" "https_only" {
#       statement {
#         sid       = "HttpsOnly"
#         effect    = "Deny"
#         actions   = ["s3:*"]
#         resources = [aws_s3_bucket.data.arn, "${aws_s3_bucket.data.arn}/*"]
#         principals {
#           type        = "*"
#           identifiers = ["*"]
#         }
#         condition {
#           test     = "Bool"
#           variable = "aws:SecureTransport"
#           values   = ["false"]
#         }
#       }
#     }
#
#     resource "aws_s3_bucket_policy" "data" {
#       bucket = aws_s3_bucket.data.id
#       policy = data.aws_iam_policy_document.https_only.json
#     }
#   reports: [batch-financial 4, batch-financial 20]
#   controls: {cis_aws: ["2.1.1"], nist_800_53: [SC-8, SC-8(1), SC-13], pci_dss: ["4.2.1"], soc2: [CC6.7]}
package aws.s3.https_only

import data.lib.iam
import data.lib.tf

# The policies on a bucket: its own old argument, and those attached to it.
policies(bucket) := [{"resource": resource, "document": document} |
	some resource in array.concat(
		[bucket | not tf.is_set_apart(bucket, "policy", "aws_s3_bucket_policy", "bucket")],
		tf.attached(bucket, "aws_s3_bucket_policy", "bucket"),
	)
	document := tf.get(resource, "policy", null)
	document != null
]

# What plain HTTP must be denied on, each in a form that a policy's resource can be matched with.
targets := ["the bucket", "its objects"]

forms := {"the bucket": "%s", "its objects": "%s/any/object"}

# Buckets with the targets that no policy certainly protects, and the doubts about it.
gaps := [{"bucket": bucket, "policies": found, "open": open, "doubts": doubts} |
	some bucket in input.resources.aws_s3_bucket
	found := policies(bucket)
	protections := [{"target": target, "doubts": unsure} |
		some policy in found
		some statement in iam.statements(policy.document)
		of_statement := denies_http(statement)
		some target, form in forms
		unsure := array.concat(of_statement, covers(bucket, policy.resource, statement, form))
	]
	closed := {protection.target | some protection in protections; protection.doubts == []}
	open := [target | some target in targets; not closed[target]]
	count(open) > 0
	doubts := array.concat(
		tf.may_yet_be_attached(bucket, "aws_s3_bucket_policy", "bucket"),
		array.concat(
			[cause | some policy in found; some cause in iam.unknown_causes(policy.document)],
			[cause | some protection in protections; some cause in protection.doubts],
		),
	)
]

deny contains tf.finding_with(gap.bucket, fault(gap), {"attribute": "policy", "expected": expected}) if {
	some gap in gaps
	gap.doubts == []
}

unknown contains tf.finding_with(gap.bucket, message, details) if {
	some gap in gaps
	count(gap.doubts) > 0
	message := sprintf("whether its policy denies plain HTTP on %s is known after apply", [concat(" and ", gap.open)])
	details := {"attribute": "policy", "expected": expected, "cause": gap.doubts}
}

fault(gap) := "it has no policy, so it answers over plain HTTP" if gap.policies == []

else := sprintf("its policy does not deny plain HTTP on %s", [concat(" and ", gap.open)])

expected := "Deny s3:* to * on the bucket and its objects when aws:SecureTransport is false"

# Doubts whether the statement denies everyone every S3 action over plain HTTP.
denies_http(statement) := array.concat(
	array.concat(is_denied(statement), iam.anyone(statement)),
	array.concat(every_action(statement), plain_http(statement)),
)

is_denied(statement) := [] if statement.Effect == "Deny"

else := tf.cause(statement.Effect) if tf.is_unknown(statement.Effect)

every_action(statement) := [] if {
	some action in {"s3:*", "*"}
	iam.actions(statement)[action]
}

else := causes if {
	causes := tf.causes(statement.Action)
	count(causes) > 0
}

# A further condition would narrow the denial.
plain_http(statement) := tf.cause(statement.Condition) if tf.is_unknown(statement.Condition)

else := causes if {
	[condition] = iam.conditions(statement)
	condition.operator == "bool"
	condition.key == "aws:securetransport"
	every found in tf.known(condition.values) {
		tf.is_false(found)
	}
	causes := tf.causes(condition.values)
}

# Doubts whether the statement's resources include the bucket, or its objects: by name, or because what is not known
# yet comes from the bucket.
covers(bucket, policy, statement, form) := [] if {
	some resource in iam.resources(statement)
	matches(resource, sprintf(form, [tf.get(bucket, "bucket", "")]))
}

else := [] if {
	some resource in tf.elements(statement.Resource)
	tf.is_unknown(resource)
	comes_from(bucket, policy, resource)
}

else := causes if {
	causes := tf.causes(statement.Resource)
	count(causes) > 0
}

matches(arn, _) if arn == "*"

matches(arn, name) if {
	parts := split(arn, ":")
	count(parts) == 6
	parts[2] == "s3"
	count([special | some special in ["[", "]", "{", "}", "\\"]; contains(arn, special)]) == 0
	glob.match(parts[5], [":"], name)
}

# What is unknown names the bucket itself, and no other.
comes_from(bucket, _, resource) if {
	buckets := [text | some text in resource.from; contains(text, "aws_s3_bucket.")]
	count(buckets) > 0
	every text in buckets {
		startswith(text, sprintf("%s.", [bucket.address]))
	}
}

# It names none, and the policy or its document refers to the bucket.
comes_from(bucket, policy, resource) if {
	count([text | some text in resource.from; contains(text, "aws_s3_bucket.")]) == 0
	some reference in shown(policy)
	reference.address == bucket.address
}

shown(policy) := array.concat(tf.references(policy, "policy"), [reference |
	some document in tf.targets(policy, "policy", "aws_iam_policy_document")
	some reference in tf.references(document, "statement.resources")
])
