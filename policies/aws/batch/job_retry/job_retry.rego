# METADATA
# title: Batch job is not retried
# description: |
#   Batch tries a job once unless told otherwise: a spot instance that is taken back, an image that cannot be pulled at
#   that moment or a host that fails ends it for good, and a nightly run is missing in the morning. A retry strategy
#   with more than one attempt gets over these; its evaluate_on_exit keeps faults of the program from being repeated.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/batch/latest/userguide/job_retries.html
# custom:
#   severity: low
#   since: 0.1.0
#   examines: [aws_batch_job_definition]
#   remediation: Add a retry_strategy block with at least two attempts.
#   example: |
#     resource "aws_batch_job_definition" "report" {
#       # ...
#       retry_strategy {
#         attempts = 3
#       }
#     }
#   reports: [batch-financial 18]
package aws.batch.job_retry

import data.lib.tf

# AWS's default is one attempt.
attempts(definition) := tf.get(definition, ["retry_strategy", 0, "attempts"], 1)

deny contains tf.finding_with(definition, message, details) if {
	some definition in input.resources.aws_batch_job_definition
	found := attempts(definition)
	found < 2
	message := "it is tried once, so the first fault of a host ends the job"
	details := {"attribute": "retry_strategy.attempts", "found": found, "expected": "at least 2"}
}

unknown contains tf.finding_with(definition, "whether it is retried is known after apply", details) if {
	some definition in input.resources.aws_batch_job_definition
	causes := tf.cause(attempts(definition))
	count(causes) > 0
	details := {"attribute": "retry_strategy.attempts", "expected": "at least 2", "cause": causes}
}
