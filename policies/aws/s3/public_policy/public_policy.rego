# METADATA
# title: Anyone may read or write the S3 bucket
# description: |
#   An Allow to everyone (`*`), a canned ACL such as public-read, or a grant to the group AllUsers opens the bucket to
#   the whole internet, and authenticated-read or AuthenticatedUsers to everybody who has an AWS account. Name the
#   accounts, roles or services that need it. A condition limits an Allow where it says who calls or for what, such as
#   aws:SourceArn, aws:SourceAccount, aws:PrincipalOrgID, aws:SourceVpce or aws:SourceIp; a referer or a user agent is
#   the caller's own claim and does not. Serve public files through CloudFront with origin access control.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
# custom:
#   severity: critical
#   since: 0.1.0
#   examines: [aws_s3_bucket_policy, aws_s3_bucket_acl, aws_s3_bucket]
#   remediation: Name the principals that need the bucket, and make its ACL private.
#   example: |
#     data "aws_iam_policy_document" "site" {
#       statement {
#         actions   = ["s3:GetObject"]
#         resources = ["${aws_s3_bucket.site.arn}/*"]
#         principals {
#           type        = "Service"
#           identifiers = ["cloudfront.amazonaws.com"]
#         }
#         condition {
#           test     = "StringEquals"
#           variable = "aws:SourceArn"
#           values   = [aws_cloudfront_distribution.site.arn]
#         }
#       }
#     }
#   reports: [online-education 11, batch-financial 14]
#   controls: {nist_800_53: [AC-3, AC-6, SC-7], pci_dss: ["1.4.4"], soc2: [CC6.1, CC6.6]}
package aws.s3.public_policy

import data.lib.iam
import data.lib.tf

# Policies of their own, and those in a bucket's old argument.
policies := [{"resource": resource, "document": document} |
	some type in ["aws_s3_bucket_policy", "aws_s3_bucket"]
	some resource in object.get(input.resources, type, [])
	document := tf.get(resource, "policy", null)
	document != null
]

# Canned ACLs, of their own and in a bucket's old argument.
acls := [{"resource": resource, "acl": acl} |
	some type in ["aws_s3_bucket_acl", "aws_s3_bucket"]
	some resource in object.get(input.resources, type, [])
	acl := tf.get(resource, "acl", null)
	acl != null
]

# The groups that an ACL grants something, likewise.
grants := array.concat(
	[{"resource": acl, "attribute": "access_control_policy", "uri": uri} |
		some acl in object.get(input.resources, "aws_s3_bucket_acl", [])
		some policy in tf.blocks(acl, "access_control_policy")
		some grant in tf.blocks(policy, "grant")
		some grantee in tf.blocks(grant, "grantee")
		uri := tf.get(grantee, "uri", null)
		uri != null
	],
	[{"resource": bucket, "attribute": "grant", "uri": uri} |
		some bucket in object.get(input.resources, "aws_s3_bucket", [])
		some grant in tf.blocks(bucket, "grant")
		uri := tf.get(grant, "uri", null)
		uri != null
	],
)

# Of buckets, those with a policy or an ACL in themselves.
examined contains entry.resource.address if some entry in policies

examined contains entry.resource.address if some entry in acls

examined contains entry.resource.address if some entry in grants

examined contains acl.address if some acl in input.resources.aws_s3_bucket_acl

public_acls := {
	"public-read": "anyone read",
	"public-read-write": "anyone read and write",
	"authenticated-read": "anyone with an AWS account read",
}

public_groups := {"AllUsers": "anyone", "AuthenticatedUsers": "anyone with an AWS account"}

deny contains tf.finding_with(policy.resource, message, details) if {
	some policy in policies
	some statement in iam.allows(policy.document)
	iam.open(statement) == []
	message := sprintf("statement %s allows it to everyone, and no condition limits that", [statement.place])
	details := {
		"key": statement.place,
		"attribute": "policy",
		"found": {"Principal": statement.Principal, "Action": tf.known(statement.Action)},
		"expected": "the principals that need it, or a condition that limits who calls",
	}
}

deny contains tf.finding_with(entry.resource, message, details) if {
	some entry in acls
	message := sprintf("its ACL %s lets %s", [entry.acl, public_acls[entry.acl]])
	details := {"key": "acl", "attribute": "acl", "found": entry.acl, "expected": "private"}
}

deny contains tf.finding_with(entry.resource, message, details) if {
	some entry in grants
	is_string(entry.uri)
	parts := split(entry.uri, "/")
	group := parts[count(parts) - 1]
	message := sprintf("its ACL has a grant to %s, which is %s", [group, public_groups[group]])
	details := {"key": group, "attribute": entry.attribute, "found": entry.uri, "expected": "no grant to a public group"}
}

unknown contains tf.finding_with(policy.resource, message, {"attribute": "policy", "cause": causes}) if {
	some policy in policies
	causes := iam.unknown_causes(policy.document)
	count(causes) > 0
	message := "whom its policy lets in is known after apply"
}

unknown contains tf.finding_with(policy.resource, message, details) if {
	some policy in policies
	some statement in array.concat(iam.allows(policy.document), iam.may_allow(policy.document))
	doubts := array.concat(iam.open(statement), tf.cause(statement.Effect))
	count(doubts) > 0
	message := sprintf("whether statement %s lets everyone in is known after apply", [statement.place])
	details := {"key": statement.place, "attribute": "policy", "cause": doubts}
}

unknown contains tf.finding_with(entry.resource, "whom its ACL lets in is known after apply", details) if {
	some entry in acls
	causes := tf.cause(entry.acl)
	count(causes) > 0
	details := {"key": "acl", "attribute": "acl", "expected": "private", "cause": causes}
}

unknown contains tf.finding_with(entry.resource, "whom its ACL lets in is known after apply", details) if {
	some entry in grants
	causes := tf.cause(entry.uri)
	count(causes) > 0
	details := {"attribute": entry.attribute, "expected": "no grant to a public group", "cause": causes}
}
