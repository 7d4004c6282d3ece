package aws.sqs.dead_letter_test

import data.aws.sqs.dead_letter

later := {"unknown": true, "from": ["terraform_data.a.output"]}

unset := {"unknown": true, "unset": true}

queue(members) := object.union({"address": "aws_sqs_queue.a", "values": {"name": "a"}}, members)

model(members) := {"resources": {"aws_sqs_queue": [queue(members)]}}

denied(members) if {
	count(dead_letter.deny) == 1 with input as model(members)
}

unsure(members) := found if {
	found := [finding.cause | some finding in dead_letter.unknown] with input as model(members)
}

examined(members) if {
	count(dead_letter.examined) == 1 with input as model(members)
}

test_no_redrive_policy if {
	every policy in [null, "", unset] {
		denied({"values": {"redrive_policy": policy}})
		unsure({"values": {"redrive_policy": policy}}) == []
		examined({"values": {"redrive_policy": policy}})
	}
}

test_redrive_policy if {
	policy := json.marshal({"deadLetterTargetArn": "arn:aws:sqs:us-east-1:123456789012:dlq", "maxReceiveCount": 5})
	not denied({"values": {"redrive_policy": policy}})
	unsure({"values": {"redrive_policy": policy}}) == []
}

test_redrive_policy_of_a_queue_that_is_yet_to_be_created if {
	references := {"redrive_policy": [{"type": "aws_sqs_queue", "certain": false}]}
	not denied({"values": {"redrive_policy": later}, "references": references})
	unsure({"values": {"redrive_policy": later}, "references": references}) == []
}

test_unknown_redrive_policy if {
	references := {"redrive_policy": [{"type": "terraform_data", "certain": true}]}
	not denied({"values": {"redrive_policy": later}, "references": references})
	unsure({"values": {"redrive_policy": later}, "references": references}) == ["terraform_data.a.output"]
}

referred(type, argument, certain) := {"referrers": {type: [{
	"address": "x", "argument": argument, "certain": certain, "position": 0,
}]}}

test_dead_letter_queues_are_not_examined if {
	every found in [
		["aws_sqs_queue", "redrive_policy"],
		["aws_lambda_function", "dead_letter_config.target_arn"],
		["aws_scheduler_schedule", "target.dead_letter_config.arn"],
		["aws_lambda_event_source_mapping", "destination_config.on_failure.destination_arn"],
	] {
		not denied(referred(found[0], found[1], true))
		not examined(referred(found[0], found[1], true))
		not denied(referred(found[0], found[1], false))
		unsure(referred(found[0], found[1], false)) == ["x"]
		examined(referred(found[0], found[1], false))
	}
}

test_others_that_refer_to_a_queue if {
	denied(referred("aws_cloudwatch_event_target", "arn", true))
	denied(referred("aws_sqs_queue", "redrive_allow_policy", true))
	denied(referred("aws_sqs_queue_redrive_policy", "redrive_policy_of", true))
}

test_cause_of_an_unsure_reference if {
	referrer := {"address": "x", "argument": "redrive_policy", "certain": false, "cause": "local.dlq", "position": 0}
	unsure({"referrers": {"aws_sqs_queue": [referrer]}}) == ["local.dlq"]
}

test_literal_target if {
	policy := json.marshal({"deadLetterTargetArn": "arn:aws:sqs:us-east-1:123456789012:a", "maxReceiveCount": 5})
	every type in ["aws_sqs_queue_redrive_policy", "aws_sns_topic_subscription"] {
		resources := {"aws_sqs_queue": [queue({})], type: [{"address": "x", "values": {"redrive_policy": policy}}]}
		count(dead_letter.examined) == 0 with input as {"resources": resources}
	}
}

test_redrive_policies_that_are_no_json if {
	every policy in ["{", "[]", "1", `{"deadLetterTargetArn": 1}`, later] {
		resources := {
			"aws_sqs_queue": [queue({})],
			"aws_sns_topic_subscription": [{"address": "x", "values": {"redrive_policy": policy}}],
		}
		count(dead_letter.deny) == 1 with input as {"resources": resources}
	}
}

test_what_fails_is_not_unknown_too if dead_letter.unknown == set() with input as model({})
