# METADATA
# title: Instance metadata is given without a token
# description: |
#   Every instance may ask 169.254.169.254 for its role's credentials. In the first version of that service any request
#   will do: one that an attacker talks your application into making is enough to carry the credentials off. The second
#   version asks for a token first, which such a request cannot fetch. With http_tokens = "required" only the second
#   answers; AWS's default is both. Where the service is off altogether, there is nothing to ask. What an instance
#   leaves out, its launch template says.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
# custom:
#   severity: high
#   since: 0.1.0
#   examines: [aws_instance, aws_spot_instance_request, aws_launch_template, aws_launch_configuration]
#   remediation: Set http_tokens to required in metadata_options.
#   example: |
#     resource "aws_launch_template" "app" {
#       metadata_options {
#         http_tokens = "required"
#       }
#       # ...
#     }
#   controls: {cis_aws: ["5.6"], nist_800_53: [AC-3, AC-6], soc2: [CC6.1]}
package aws.ec2.imdsv2

import data.lib.launch_template
import data.lib.tf

types := ["aws_instance", "aws_spot_instance_request", "aws_launch_template", "aws_launch_configuration"]

machines := [{
	"machine": machine,
	"tokens": option(machine, "http_tokens", "optional"),
	"endpoint": option(machine, "http_endpoint", "enabled"),
} |
	some type in types
	some machine in input.resources[type]
]

option(machine, name, initial) := tf.get(machine, path, launch_template.get(machine, path, initial)) if {
	path := ["metadata_options", 0, name]
}

# Machines that certainly, or perhaps, give metadata without a token, with the doubts about it.
open := [object.union(entry, {"doubts": doubts}) |
	some entry in machines
	doubts := array.concat(other(entry.tokens, "required"), other(entry.endpoint, "disabled"))
]

# other(found, "required"): doubts whether it is something else; undefined where it is not.
other(found, wanted) := tf.cause(found) if found != wanted

deny contains tf.finding_with(entry.machine, message, details) if {
	some entry in open
	entry.doubts == []
	message := sprintf("its http_tokens is %v, so its metadata is given without a token", [entry.tokens])
	details := {"attribute": "metadata_options.http_tokens", "found": entry.tokens, "expected": "required"}
}

unknown contains tf.finding_with(entry.machine, message, details) if {
	some entry in open
	count(entry.doubts) > 0
	message := "whether its metadata is given without a token is known after apply"
	details := {"attribute": "metadata_options.http_tokens", "expected": "required", "cause": entry.doubts}
}
