package aws.sns.policy_test

import data.aws.sns.policy

unset := {"unknown": true, "unset": true}

later := {"unknown": true, "from": ["terraform_data.a.output"]}

statement(members) := object.union(
	object.remove(
		{
			"Sid": "", "Effect": "Allow", "Action": ["sns:Publish"], "NotAction": [], "Resource": ["*"], "NotResource": [],
			"Principal": {"*": ["*"]}, "NotPrincipal": {}, "Condition": {},
		},
		object.keys(members),
	),
	members,
)

document(statements) := {"Version": "2012-10-17", "Statement": statements}

topic(found) := {"resources": {"aws_sns_topic": [{"address": "aws_sns_topic.a", "values": {"policy": found}}]}}

separate(found) := {"resources": {"aws_sns_topic_policy": [{
	"address": "aws_sns_topic_policy.a",
	"values": {"policy": found},
}]}}

denied(model) := found if {
	found := [object.get(finding, "key", "none") | some finding in policy.deny] with input as model
}

unsure(model) := found if {
	found := [finding.cause | some finding in policy.unknown] with input as model
}

test_no_policy if {
	every found in [null, "", unset] {
		denied(topic(found)) == ["none"]
		{finding.message | some finding in policy.deny} == {sprintf("it has no policy of its own, and %s", [
			"AWS's names no service that may publish to it",
		])} with input as topic(found)
		unsure(topic(found)) == []
	}
}

test_a_policy_may_be_attached if {
	model := object.union(topic(null), {"unresolved": {"aws_sns_topic_policy": {"arn": ["local.arn"]}}})
	denied(model) == []
	unsure(model) == ["local.arn"]
}

test_inline_policy_needs_no_other if {
	closed := document([statement({"Principal": {"Service": ["cloudwatch.amazonaws.com"]}})])
	denied(topic(closed)) == []
	unsure(topic(closed)) == []
}

test_open if {
	every model in [topic(document([statement({})])), separate(document([statement({})]))] {
		denied(model) == ["0"]
		unsure(model) == []
	}
}

test_each_open_statement if {
	denied(separate(document([
		statement({"Sid": "A"}),
		statement({"Sid": "B", "Condition": {"StringEquals": {"AWS:SourceOwner": ["123456789012"]}}}),
		statement({"Sid": "C", "Effect": "Deny"}),
		statement({"Sid": "D", "Principal": {"AWS": ["*"]}}),
	]))) == ["A", "D"]
}

test_unknown if {
	every found in [later, document([later]), document([statement({"Principal": later})])] {
		denied(separate(found)) == []
		unsure(separate(found)) == ["terraform_data.a.output"]
		denied(topic(found)) == []
		unsure(topic(found)) == ["terraform_data.a.output"]
	}
}

test_the_policy_that_aws_gives if {
	owner := {"StringEquals": {"AWS:SourceOwner": ["123456789012"]}}
	given := statement({"Sid": "__default_statement_ID", "Condition": owner})
	denied(topic(document([given]))) == ["none"]
	denied(topic(document([given, statement({"Effect": "Deny"})]))) == []
}

test_an_attached_policy_takes_the_place_of_the_topics_own if {
	resources := {"aws_sns_topic": [{
		"address": "topic",
		"values": {"policy": document([statement({})])},
		"referrers": {"aws_sns_topic_policy": [{
			"address": "aws_sns_topic_policy.a", "argument": "arn", "certain": true,
			"position": 0,
		}]},
	}]}
	denied(object.union({"resources": resources}, separate(document([statement({"Effect": "Deny"})])))) == []
	denied(object.union({"resources": resources}, separate(document([statement({})])))) == ["0"]
}

# What the topic shows of the policy that the plan deletes.
test_a_policy_that_is_deleted if {
	deleting := {
		"resources": {"aws_sns_topic": [{
			"address": "t", "config": {"name": {"constant": "t"}},
			"values": {"arn": "arn:aws:sns:us-east-1:123456789012:t", "policy": document([])},
		}]},
		"removed": {"aws_sns_topic_policy": [{
			"actions": ["delete"], "values": {"arn": "arn:aws:sns:us-east-1:123456789012:t"},
		}]},
	}
	count(policy.deny) == 1 with input as deleting
	policy.deny == set() with input as object.remove(deleting, ["removed"])
}

test_what_fails_is_not_unknown_too if {
	policy.unknown == set() with input as topic(null)
	policy.unknown == set() with input as separate(document([statement({})]))
}
