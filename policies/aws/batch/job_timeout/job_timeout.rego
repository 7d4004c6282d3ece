# METADATA
# title: Batch job has no timeout, or one that is too long
# description: |
#   A job that hangs runs until someone notices: it is paid for by the second, holds its place in the environment and
#   keeps what follows it waiting, and nothing fails, so no alarm goes off. With a timeout Batch ends the attempt, and
#   the job is retried or fails where you can see it. Set it to what the slowest good run takes, and some more.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/batch/latest/userguide/job_timeouts.html
# custom:
#   severity: medium
#   since: 0.1.0
#   examines: [aws_batch_job_definition]
#   remediation: Set attempt_duration_seconds in a timeout block to the longest that a good run takes.
#   example: |
#     resource "aws_batch_job_definition" "report" {
#       # ...
#       timeout {
#         attempt_duration_seconds = 3600
#       }
#     }
#   reports: [batch-financial 27]
#   params:
#     max_seconds: {type: integer, default: 14400, description: The longest timeout of one attempt.}
package aws.batch.job_timeout

import data.lib.tf

max_seconds := input.params["aws.batch.job_timeout"].max_seconds

expected := sprintf("at most %d", [max_seconds])

seconds(definition) := tf.get(definition, ["timeout", 0, "attempt_duration_seconds"], null)

deny contains tf.finding_with(definition, "it has no timeout, so a job that hangs runs on", details) if {
	some definition in input.resources.aws_batch_job_definition
	seconds(definition) == null
	details := {"attribute": "timeout.attempt_duration_seconds", "expected": expected}
}

deny contains tf.finding_with(definition, message, details) if {
	some definition in input.resources.aws_batch_job_definition
	found := seconds(definition)
	is_number(found)
	found > max_seconds
	message := sprintf("a job that hangs is ended after %d seconds, past the limit of %d", [found, max_seconds])
	details := {"attribute": "timeout.attempt_duration_seconds", "found": found, "expected": expected}
}

unknown contains tf.finding_with(definition, "its timeout is known after apply", details) if {
	some definition in input.resources.aws_batch_job_definition
	causes := tf.cause(seconds(definition))
	count(causes) > 0
	details := {"attribute": "timeout.attempt_duration_seconds", "expected": expected, "cause": causes}
}
