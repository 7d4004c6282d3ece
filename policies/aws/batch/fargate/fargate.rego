# METADATA
# title: Batch compute environment runs on servers of your own
# description: |
#   In an environment of type EC2 or SPOT, and in an unmanaged one, jobs run on instances in your account: their image,
#   patches, disks and agent are yours to keep, and jobs of different sensitivity share a kernel. On Fargate each job
#   gets a machine of its own that AWS patches, and nothing runs while no job does. Environments whose jobs need GPUs,
#   privileged containers or Kubernetes cannot move: waive those.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/batch/latest/userguide/fargate.html
#   - ref: https://docs.aws.amazon.com/batch/latest/userguide/compute_environments.html
# custom:
#   severity: low
#   since: 0.1.0
#   examines: [aws_batch_compute_environment]
#   remediation: Set the type of compute_resources to FARGATE or FARGATE_SPOT.
#   example: |
#     resource "aws_batch_compute_environment" "main" {
#       type = "MANAGED"
#       compute_resources {
#         type               = "FARGATE"
#         max_vcpus          = 64
#         subnets            = aws_subnet.private[*].id
#         security_group_ids = [aws_security_group.batch.id]
#       }
#     }
#   reports: [batch-financial 16]
package aws.batch.fargate

import data.lib.tf

# Only an unmanaged environment has no compute resources.
kind(environment) := tf.get(environment, ["compute_resources", 0, "type"], "UNMANAGED")

deny contains tf.finding_with(environment, message, details) if {
	some environment in input.resources.aws_batch_compute_environment
	found := kind(environment)
	is_string(found)
	not upper(found) in {"FARGATE", "FARGATE_SPOT"}
	message := sprintf("it runs jobs on %s, which are yours to patch and to scale", [servers(upper(found))])
	details := {"attribute": "compute_resources.type", "found": found, "expected": "FARGATE or FARGATE_SPOT"}
}

servers(type) := object.get(
	{"SPOT": "EC2 spot instances", "UNMANAGED": "servers that it does not manage"},
	type, sprintf("%s instances", [type]),
)

unknown contains tf.finding_with(environment, "what it runs jobs on is known after apply", details) if {
	some environment in input.resources.aws_batch_compute_environment
	causes := tf.cause(kind(environment))
	count(causes) > 0
	details := {"attribute": "compute_resources.type", "expected": "FARGATE or FARGATE_SPOT", "cause": causes}
}
