# METADATA
# title: S3 bucket is open to anyone
# description: |
#   Anyone on the internet may read what the bucket holds, or write to it: the most common way to lose data. A policy
#   that allows something to "*" without a condition on who calls, and an access control list that grants to all users
#   (or to everyone with an AWS account, which is as good), do not know your users from anybody else. Name the roles
#   or accounts that need the bucket; put CloudFront with an origin access control before a public site.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
# custom:
#   severity: critical
#   since: 0.1.0
#   examines: [aws_s3_bucket, aws_s3_bucket_policy, aws_s3_bucket_acl, aws_s3_object]
#   remediation: Name the principals that need the bucket instead of "*", and set its ACL to private or remove it.
#   example: |
#     data "aws_iam_policy_document" "reports" {
#       statement {
#         actions   = ["s3:GetObject"]
#         resources = ["${aws_s3_bucket.reports.arn}/*"]
#         principals {
#           type        = "AWS"
#           identifiers = [aws_iam_role.reader.arn]
#         }
#       }
#     }
#   reports: [online-education 11, batch-financial 14]
#   controls: {nist_800_53: [AC-3, AC-6], soc2: [CC6.1]}
package aws.s3.public_policy

import data.lib.iam
import data.lib.tf

# Resources with the documents and ACLs that they may have.
with_policy := array.concat(own("policy", "aws_s3_bucket_policy"), of_type("aws_s3_bucket_policy"))

with_acl := array.concat(
	own("acl", "aws_s3_bucket_acl"),
	array.concat(of_type("aws_s3_bucket_acl"), of_type("aws_s3_object")),
)

# Buckets with an argument of their own: what another resource sets is judged there.
own(argument, type) := [bucket |
	some bucket in of_type("aws_s3_bucket")
	not tf.is_set_apart(bucket, argument, type, "bucket")
]

of_type(type) := object.get(input.resources, type, [])

# Statements that let anyone in, with the doubts about it.
statements := [{"resource": resource, "statement": statement, "doubts": doubts} |
	some resource in with_policy
	document := tf.get(resource, "policy", null)
	some statement in array.concat(iam.allows(document), iam.may_allow(document))
	doubts := array.concat(object.get(statement, "causes", []), iam.open(statement))
]

deny contains tf.finding_with(open.resource, message, details) if {
	some open in statements
	open.doubts == []
	message := sprintf(
		"statement %s allows %s to anyone without a condition that limits who calls",
		[open.statement.place, listed(open.statement)],
	)
	details := {
		"key": open.statement.place,
		"attribute": "policy",
		"found": "*",
		"expected": "principals by name, or a condition that limits who calls",
	}
}

unknown contains tf.finding_with(open.resource, message, details) if {
	some open in statements
	count(open.doubts) > 0
	message := sprintf("whether statement %s lets anyone in is known after apply", [open.statement.place])
	details := {"key": open.statement.place, "attribute": "policy", "cause": open.doubts}
}

unknown contains tf.finding_with(resource, "whom its policy lets in is known after apply", details) if {
	some resource in with_policy
	causes := iam.unknown_causes(tf.get(resource, "policy", null))
	count(causes) > 0
	details := {"attribute": "policy", "cause": causes}
}

# What the statement allows, in a few words.
listed(statement) := concat(", ", actions) if {
	actions := [action | some action in tf.known(statement.Action)]
	count(actions) in {1, 2, 3}
}

else := sprintf("%d actions", [count(statement.Action)]) if count(tf.known(statement.Action)) > 3

else := "actions"

# Canned ACLs.
deny contains tf.finding_with(resource, message, details) if {
	some resource in with_acl
	acl := tf.get(resource, "acl", "private")
	message := sprintf("its ACL %s %s", [acl, data.aws.s3.public_policy.acls[acl]])
	details := {"key": "acl", "attribute": "acl", "found": acl, "expected": "private"}
}

unknown contains tf.finding_with(resource, "its ACL is known after apply", details) if {
	some resource in with_acl
	causes := tf.cause(tf.get(resource, "acl", "private"))
	count(causes) > 0
	details := {"key": "acl", "attribute": "acl", "expected": "private", "cause": causes}
}

# Grants that an ACL spells out.
grants := array.concat(
	[{"resource": bucket, "uri": uri, "permission": permission, "attribute": "grant"} |
		some bucket in own("grant", "aws_s3_bucket_acl")
		some grant in tf.blocks(bucket, "grant")
		uri := tf.get(grant, "uri", null)
		some permission in tf.elements(tf.get(grant, "permissions", []))
	],
	[{"resource": acl, "uri": uri, "permission": permission, "attribute": "access_control_policy"} |
		some acl in of_type("aws_s3_bucket_acl")
		some policy in tf.blocks(acl, "access_control_policy")
		some grant in tf.elements(tf.get(policy, "grant", []))
		uri := tf.get(grant, ["grantee", 0, "uri"], null)
		permission := tf.get(grant, "permission", null)
	],
)

deny contains tf.finding_with(grant.resource, message, details) if {
	some grant in grants
	who := data.aws.s3.public_policy.groups[grant.uri]
	permission := named(grant.permission)
	message := sprintf("its ACL grants %s to %s", [permission, who])
	details := {
		"key": sprintf("%s to %s", [permission, who]),
		"attribute": grant.attribute,
		"found": grant.uri,
		"expected": "grants to accounts by their canonical user ids",
	}
}

unknown contains tf.finding_with(grant.resource, "whom its ACL grants to is known after apply", details) if {
	some grant in grants
	causes := tf.cause(grant.uri)
	count(causes) > 0
	details := {"key": "grant", "attribute": grant.attribute, "cause": causes}
}

named(permission) := permission if is_string(permission)

else := "a permission"
