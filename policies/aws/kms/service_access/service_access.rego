# METADATA
# title: KMS key's policy shuts out the service that encrypts with it
# description: |
#   A log group, a trail or a topic that names a key is no use if the service cannot use the key: the log group and the
#   trail are refused at apply, and alarms and events that go to an encrypted topic are dropped without a word. The
#   statement for the account lets its users and roles in, not services. Allow each service the actions it needs, and
#   limit it to your account by a condition.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
#   - ref: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
#   - ref: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_kms_key, aws_kms_replica_key, aws_kms_external_key, aws_kms_replica_external_key]
#   remediation: Allow the service's principal the actions that it needs in the key's policy.
#   example: |
#     resource "aws_kms_key" "main" {
#       policy = jsonencode({
#         Version = "2012-10-17"
#         Statement = [
#           {
#             Effect    = "Allow"
#             Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }
#             Action    = "kms:*"
#             Resource  = "*"
#           },
#           {
#             Effect    = "Allow"
#             Principal = { Service = ["logs.us-east-1.amazonaws.com", "cloudtrail.amazonaws.com"] }
#             Action    = ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey*", "kms:DescribeKey"]
#             Resource  = "*"
#             Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.me.account_id } }
#           },
#         ]
#       })
#     }
#   reports: [batch-financial 24]
#   controls: {nist_800_53: [SC-12]}
package aws.kms.service_access

import data.lib.iam
import data.lib.kms
import data.lib.tf

# The services that use a key, or may, with the doubts about it.
uses := [{"key": key, "name": name, "service": service, "doubts": doubts} |
	some type in kms.keys
	some key in object.get(input.resources, type, [])
	some name, service in data.aws.kms.service_access.services
	doubts := used(key, service)
]

examined contains use.key.address if some use in uses

deny contains tf.finding_with(use.key, message, details) if {
	some use in uses
	use.doubts == []
	missing := [action | some action in use.service.actions; forbidden(use.key, use.service, action) == []]
	count(missing) > 0
	message := sprintf("its policy does not allow %s to %s, which needs it for %s", [
		concat(", ", missing), use.service.principal, use.service.for,
	])
	details := {"key": use.name, "attribute": "policy", "expected": expected(use.service)}
}

unknown contains tf.finding_with(use.key, message, details) if {
	some use in uses
	gaps := [doubts | some action in use.service.actions; doubts := forbidden(use.key, use.service, action)]
	count(gaps) > 0
	doubts := array.concat(use.doubts, [cause | some gap in gaps; some cause in gap])
	count(doubts) > 0
	message := sprintf("whether its policy allows %s what it needs for %s is known after apply", [
		use.service.principal, use.service.for,
	])
	details := {"key": use.name, "attribute": "policy", "expected": expected(use.service), "cause": doubts}
}

expected(service) := sprintf("an Allow of %s to %s", [concat(", ", service.actions), service.principal])

# Doubts whether the service uses the key.
used(key, service) := [] if {
	some link in links(key, service)
	count(tf.attached(link.resource, link.type, link.argument)) > 0
}

else := causes if {
	causes := array.concat(
		[cause |
			some link in links(key, service)
			some cause in tf.may_be_attached(link.resource, link.type, link.argument)
		],
		may_be_published(key, service),
	)
	count(causes) > 0
}

# Where a reference would make the service use the key: to the key or its alias, or to a topic that it encrypts.
links(key, service) := array.concat(
	[{"resource": name, "type": type, "argument": argument} |
		some type, argument in service.encrypts
		some name in names(key)
	],
	[{"resource": topic, "type": type, "argument": argument} |
		some type, arguments in service.publishes
		some topic in topics(key)
		some argument in arguments
	],
)

names(key) := array.concat([key], tf.attached(key, "aws_kms_alias", "target_key_id"))

topics(key) := [topic | some name in names(key); some topic in tf.attached(name, "aws_sns_topic", "kms_master_key_id")]

# Why a topic that the service may publish to may be encrypted with the key.
may_be_published(key, service) := [cause |
	count(service.publishes) > 0
	some name in names(key)
	some cause in tf.may_be_attached(name, "aws_sns_topic", "kms_master_key_id")
]

# Doubts whether none of the key's policies allows the action to the service, conditions aside.
forbidden(key, service, action) := array.concat(causes, tf.may_be_attached(key, "aws_kms_key_policy", "key_id")) if {
	policies := kms.documents(key)
	grants := [doubts |
		some policy in policies
		some statement in iam.statements(policy)
		doubts := granted(statement, service, action)
	]
	every doubts in grants {
		count(doubts) > 0
	}
	causes := array.concat(
		[cause | some policy in policies; some cause in iam.unknown_causes(policy)],
		[cause | some doubts in grants; some cause in doubts],
	)
}

# Doubts whether a statement allows the action to the service.
granted(statement, service, action) := array.concat(
	array.concat(iam.allowing(statement), named(statement, service.principal)),
	iam.includes(statement, trim_suffix(action, "*")),
)

named(statement, principal) := [] if {
	some found in tf.known(object.get(statement.Principal, "Service", []))
	is_service(found, principal)
}

else := doubts if doubts := iam.everyone(statement)

else := causes if {
	causes := tf.causes(object.get(statement.Principal, "Service", []))
	count(causes) > 0
}

# A service may be named with its region, and has a name of its own in China.
is_service(found, principal) if {
	is_string(found)
	labels := split(trim_suffix(found, ".cn"), ".")
	last := count(labels) - 1
	concat(".", [labels[0], labels[last - 1], labels[last]]) == principal
	every label in array.slice(labels, 1, last - 1) {
		count(split(label, "-")) > 2
	}
}
