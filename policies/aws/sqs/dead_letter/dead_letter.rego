# METADATA
# title: SQS queue has no dead-letter queue
# description: |
#   A message that its consumer cannot process comes back again and again until its retention ends, and is then gone,
#   unseen. With a redrive policy it moves to a dead-letter queue after a few attempts, where it can be looked at, and
#   an alarm can watch that queue's length. Queues that are dead-letter queues themselves need none.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
# custom:
#   severity: low
#   since: 0.1.0
#   examines: [aws_sqs_queue]
#   remediation: Give the queue a redrive policy that names a dead-letter queue.
#   example: |
#     resource "aws_sqs_queue" "jobs" {
#       name = "jobs"
#       redrive_policy = jsonencode({
#         deadLetterTargetArn = aws_sqs_queue.failed.arn
#         maxReceiveCount     = 5
#       })
#     }
#   reports: [batch-financial 29]
#   controls: {nist_800_53: [SI-11]}
package aws.sqs.dead_letter

import data.lib.tf

examined contains queue.address if {
	some queue in object.get(input.resources, "aws_sqs_queue", [])
	not is_target(queue)
}

# Queues that may be no dead-letter queues and may have none, with the doubts about both.
lacking := [{"queue": queue, "doubts": array.concat(unredriven(queue), may_be_target(queue))} |
	some queue in object.get(input.resources, "aws_sqs_queue", [])
	not is_target(queue)
]

deny contains tf.finding_with(entry.queue, message, details) if {
	some entry in lacking
	entry.doubts == []
	message := "it has no redrive policy, so messages that cannot be processed are lost when their retention ends"
	details := {"attribute": "redrive_policy", "expected": expected}
}

unknown contains tf.finding_with(entry.queue, message, details) if {
	some entry in lacking
	count(entry.doubts) > 0
	message := "whether it needs a redrive policy, and has one, is known after apply"
	details := {"attribute": "redrive_policy", "expected": expected, "cause": entry.doubts}
}

expected := "a redrive policy with a deadLetterTargetArn"

# Doubts whether neither the queue nor an aws_sqs_queue_redrive_policy names a dead-letter queue for it.
unredriven(queue) := array.concat(unset(queue), tf.lacks(queue, "aws_sqs_queue_redrive_policy", "queue_url"))

unset(queue) := [] if tf.get(queue, "redrive_policy", null) == null

# What refers to a queue, or makes JSON of it, names one.
else := causes if {
	not refers_to_queue(queue)
	causes := tf.cause(tf.get(queue, "redrive_policy", null))
	count(causes) > 0
}

refers_to_queue(queue) if {
	some reference in tf.candidates(queue, "redrive_policy")
	reference.type == "aws_sqs_queue"
}

is_target(queue) if {
	some referrer in referrers(queue)
	referrer.certain == true
}

is_target(queue) if literal_targets[tf.get(queue, "name", null)]

may_be_target(queue) := [text |
	some referrer in referrers(queue)
	referrer.certain == false
	text := object.get(referrer, "cause", referrer.address)
]

# Whatever sends to the queue what it could not process: redrive policies of queues and subscriptions, and the
# dead_letter_config and on_failure blocks of functions, targets, schedules and the like.
referrers(queue) := [referrer |
	some type, of_type in object.get(queue, "referrers", {})
	some referrer in of_type
	sends_failures(referrer.argument)
]

sends_failures(argument) if argument == "redrive_policy"

sends_failures(argument) if {
	some block in split(argument, ".")
	block in {"dead_letter_config", "on_failure"}
}

# Names of the queues in redrive policies that spell the ARN out.
literal_targets contains name if {
	some type in ["aws_sqs_queue", "aws_sqs_queue_redrive_policy", "aws_sns_topic_subscription"]
	some resource in object.get(input.resources, type, [])
	text := tf.get(resource, "redrive_policy", null)
	is_string(text)
	json.is_valid(text)
	arn := json.unmarshal(text).deadLetterTargetArn
	is_string(arn)
	parts := split(arn, ":")
	name := parts[count(parts) - 1]
}
