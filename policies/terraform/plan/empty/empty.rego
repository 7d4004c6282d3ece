# METADATA
# title: Plan manages no resource
# description: |
#   The plan declares nothing that apply would create, keep or delete: the wrong folder was planned, every `count` is 0,
#   or what should have been written never was. Such a plan passes every other policy, since there is nothing to judge.
#   A plan that only deletes is not empty. What a plan leaves out that stopped at an error, or that covers only a part,
#   is unknown.
# scope: package
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/internals/json-format
# custom:
#   severity: high
#   since: 0.1.0
#   examines: [plan]
#   remediation: Plan the folder that declares the resources, with the variables that switch them on.
#   example: |
#     resource "aws_s3_bucket" "data" {
#       bucket_prefix = "data-"
#     }
#   reports: [online-education 1, batch-financial 1]
package terraform.plan.empty

import data.lib.tf

deny contains tf.finding(tf.plan, "it manages no resource, so that apply creates nothing") if {
	manages_nothing
	count(tf.gaps) == 0
}

unknown contains tf.finding_with(tf.plan, "it manages no resource, but it does not cover everything", details) if {
	manages_nothing
	count(tf.gaps) > 0
	details := {"cause": tf.gaps}
}

manages_nothing if {
	count(input.resources) == 0
	count(input.removed) == 0
}
