# METADATA
# title: Output has no description
# description: |
#   An output is what other stacks, pipelines and people take from this one. Its name alone does not tell whether a host
#   or a URL is meant, what it may be used for, or who relies on it; the description is printed in the documentation
#   that is made of the module.
# scope: package
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/language/values/outputs
# custom:
#   severity: info
#   since: 0.1.0
#   examines: [output]
#   remediation: Say in the output's description what it holds and what it is for.
#   example: |
#     output "url" {
#       description = "Where users reach the application"
#       value       = "https://${aws_lb.main.dns_name}"
#     }
#   reports: [online-education 34]
package terraform.output.description

import data.lib.tf

deny contains tf.finding_with(output, "it has no description, so its users guess what it holds", details) if {
	some output in input.outputs
	undescribed(output)
	details := {"attribute": "description", "expected": "what it holds"}
}

undescribed(output) if not is_string(output.description)

undescribed(output) if {
	is_string(output.description)
	trim_space(output.description) == ""
}
