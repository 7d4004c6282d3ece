# METADATA
# title: Lambda function loses the events that it fails on
# description: |
#   EventBridge, S3, SNS and others invoke a function without waiting for it. Lambda tries such an event three times
#   and then drops it, and nobody learns what was lost. With a dead-letter queue, or an on-failure destination, the
#   event is kept and can be played again. Only functions that something in the plan invokes in this way, or lets do
#   so, are examined.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
# custom:
#   severity: low
#   since: 0.1.0
#   examines: [aws_lambda_function]
#   remediation: Give the function a dead_letter_config or an on-failure destination, and its role the right to send.
#   example: |
#     resource "aws_lambda_function" "submit" {
#       # ...
#       dead_letter_config {
#         target_arn = aws_sqs_queue.failed.arn
#       }
#     }
#   reports: [batch-financial 29]
#   controls: {nist_800_53: [SI-11], soc2: [A1.2]}
package aws.lambda.dead_letter

import data.lib.lambda
import data.lib.tf

# Functions with what invokes them without waiting, and with why the plan cannot rule out that more does.
functions := [{"function": function, "callers": certain, "causes": causes} |
	some function in object.get(input.resources, "aws_lambda_function", [])
	found := triggers_of(function)
	certain := callers(function, found)
	causes := may_call(found)
	count(certain) + count(causes) > 0
]

examined := {entry.function.address | some entry in functions}

# The triggers that name it, or may.
triggers_of(function) := [referrer |
	some face in faces(function)
	some type, argument in data.aws.lambda.dead_letter.triggers
	some referrer in tf.referrers(face, type, argument)
]

callers(function, found) := ({referrer.address |
	some referrer in found
	referrer.certain == true
} | {permission.address |
	some permission in tf.attached(function, "aws_lambda_permission", "function_name")
	is_asynchronous(permission)
}) | {address | address := permitted_by[function.values.function_name]}

may_call(found) := sort(unresolved | {cause |
	some referrer in found
	referrer.certain == false
	cause := object.get(referrer, "cause", referrer.address)
})

# Why triggers may name any function.
unresolved := {cause |
	some type, argument in data.aws.lambda.dead_letter.triggers
	some cause in object.get(input, ["unresolved", type, argument], [])
}

# What a trigger may name: the function and its aliases.
faces(function) := array.concat([function], tf.attached(function, "aws_lambda_alias", "function_name"))

# By the name of a function, the first permission that names it.
permitted_by := {name: address |
	some place, [name, address] in permissions
	not is_permitted_before(place, name)
}

is_permitted_before(place, name) if {
	place > 0
	permissions[place - 1][0] == name
}

permissions := sort(permissions_by_name)

# [the function's name, the permission's address]
permissions_by_name := {[lambda.bare_name(name), permission.address] |
	some permission in object.get(input.resources, "aws_lambda_permission", [])
	is_asynchronous(permission)
	name := tf.get(permission, "function_name", "")
	is_string(name)
}

# CloudWatch Logs may have a region in its name: logs.us-east-1.amazonaws.com.
is_asynchronous(permission) if {
	principal := tf.get(permission, "principal", "")
	is_string(principal)
	service := regex.replace(trim_suffix(principal, ".cn"), `^logs\.[^.]+\.amazonaws`, "logs.amazonaws")
	data.aws.lambda.dead_letter.principals[service]
}

keeps(function) if tf.get(function, ["dead_letter_config", 0, "target_arn"], null) != null

keeps(function) if {
	some config in tf.attached(function, "aws_lambda_function_event_invoke_config", "function_name")
	has_destination(config)
}

keeps(function) if kept_names[function.values.function_name]

kept_names := {lambda.bare_name(name) |
	some config in object.get(input.resources, "aws_lambda_function_event_invoke_config", [])
	has_destination(config)
	name := tf.get(config, "function_name", "")
	is_string(name)
}

has_destination(config) if {
	tf.get(config, ["destination_config", 0, "on_failure", 0, "destination"], null) != null
}

doubts(entry) := entry.causes if count(entry.callers) == 0

else := tf.may_be_attached(entry.function, "aws_lambda_function_event_invoke_config", "function_name")

lossy := [entry | some entry in functions; not keeps(entry.function)]

deny contains tf.finding_with(entry.function, message, details) if {
	some entry in lossy
	doubts(entry) == []
	caller := sort(entry.callers)[0]
	message := sprintf("it is invoked without waiting (%s), so an event that it fails on is lost", [caller])
	details := {"attribute": "dead_letter_config", "found": "none", "expected": expected}
}

unknown contains tf.finding_with(entry.function, message, details) if {
	some entry in lossy
	causes := doubts(entry)
	count(causes) > 0
	message := "whether it is invoked without waiting, and loses events that it fails on, is known after apply"
	details := {"attribute": "dead_letter_config", "expected": expected, "cause": causes}
}

expected := "a dead-letter queue or an on-failure destination"
