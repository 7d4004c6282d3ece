# METADATA
# title: SNS topic's policy does not say who may publish
# description: |
#   Without a policy of its own, a topic takes what AWS gives it: whoever in the account has SNS permissions, and no
#   service such as EventBridge, whose events never arrive. With a policy that lets everyone in (Principal "*") and no
#   condition, anyone with an AWS account can send your operators false alarms, or subscribe and read. Name the
#   services that publish, and limit each to your account with aws:SourceAccount or aws:SourceArn.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
#   - ref: https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_sns_topic, aws_sns_topic_policy]
#   remediation: Attach an aws_sns_topic_policy that names who may publish.
#   example: |
#     resource "aws_sns_topic_policy" "alerts" {
#       arn = aws_sns_topic.alerts.arn
#       policy = jsonencode({
#         Version = "2012-10-17"
#         Statement = [{
#           Effect    = "Allow"
#           Principal = { Service = "cloudwatch.amazonaws.com" }
#           Action    = "sns:Publish"
#           Resource  = aws_sns_topic.alerts.arn
#           Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.me.account_id } }
#         }]
#       })
#     }
#   reports: [batch-financial 15]
#   controls: {nist_800_53: [AC-3, AC-6], soc2: [CC6.1]}
package aws.sns.policy

import data.lib.iam
import data.lib.tf

topics := object.get(input.resources, "aws_sns_topic", [])

# Every policy that is attached to a topic, and the topics' own where none is: what a topic then shows is the policy
# before this plan.
carriers := array.concat(
	object.get(input.resources, "aws_sns_topic_policy", []),
	[topic |
		some topic in topics
		count(tf.attached(topic, "aws_sns_topic_policy", "arn")) == 0
		not tf.is_set_apart(topic, "policy", "aws_sns_topic_policy", "arn")
	],
)

# Topics that may have no policy, with the doubts about it.
bare := [{"topic": topic, "doubts": doubts} |
	some topic in topics
	is_bare(own_policy(topic))
	doubts := tf.lacks(topic, "aws_sns_topic_policy", "arn")
]

own_policy(topic) := null if tf.is_set_apart(topic, "policy", "aws_sns_topic_policy", "arn")

else := tf.get(topic, "policy", null)

is_bare(document) if document == null

# The policy that AWS gives a topic without one.
is_bare(document) if {
	places := [statement.place | some statement in iam.statements(document)]
	places == ["__default_statement_ID"]
}

deny contains tf.finding_with(entry.topic, message, details) if {
	some entry in bare
	entry.doubts == []
	message := "it has no policy of its own, and AWS's names no service that may publish to it"
	details := {"attribute": "policy", "expected": expected}
}

unknown contains tf.finding_with(entry.topic, "whether it has a policy is known after apply", details) if {
	some entry in bare
	count(entry.doubts) > 0
	details := {"attribute": "policy", "expected": expected, "cause": entry.doubts}
}

deny contains tf.finding_with(carrier, message, details) if {
	some carrier in carriers
	some statement in iam.public(tf.get(carrier, "policy", null))
	statement.doubts == []
	place := statement.place
	message := sprintf("statement %s lets everyone use the topic, without a condition that limits whom", [place])
	details := {"key": place, "attribute": "policy", "found": "*", "expected": expected}
}

unknown contains tf.finding_with(carrier, message, details) if {
	some carrier in carriers
	some statement in iam.public(tf.get(carrier, "policy", null))
	count(statement.doubts) > 0
	message := sprintf("whether statement %s lets everyone use the topic is known after apply", [statement.place])
	details := {"key": statement.place, "attribute": "policy", "expected": expected, "cause": statement.doubts}
}

unknown contains tf.finding_with(carrier, message, details) if {
	some carrier in carriers
	causes := iam.unknown_causes(tf.get(carrier, "policy", null))
	count(causes) > 0
	message := "whether its policy lets everyone use the topic is known after apply"
	details := {"attribute": "policy", "expected": expected, "cause": causes}
}

expected := "named principals, or a condition such as aws:SourceAccount"
