# METADATA
# title: Batch job runs a privileged container
# description: |
#   A privileged container has root's powers over the machine that it runs on: whoever gets into it gets the disks and
#   the role of the instance, and what the other jobs there are doing. Drop `privileged`, and give the container
#   what it really needs: a device, a mount, or a kernel setting in linuxParameters. On Fargate nothing can be
#   privileged.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/batch/latest/userguide/job_definition_parameters.html
# custom:
#   severity: high
#   since: 0.1.0
#   examines: [aws_batch_job_definition]
#   remediation: Remove privileged from the container's properties, or set it to false.
#   example: |
#     resource "aws_batch_job_definition" "report" {
#       type = "container"
#       container_properties = jsonencode({
#         image      = "123456789012.dkr.ecr.us-east-1.amazonaws.com/report:1.4.2"
#         privileged = false
#         # ...
#       })
#     }
#   reports: [batch-financial 18]
#   controls: {nist_800_53: [AC-6, CM-7], soc2: [CC6.3]}
package aws.batch.privileged

import data.lib.tf

# The switches of all of a definition's containers; what is not known as a whole is a switch that is not known.
switches := array.concat(
	[{"definition": definition, "attribute": attribute, "on": on} |
		some definition in input.resources.aws_batch_job_definition
		some attribute in ["container_properties", "node_properties", "ecs_properties"]
		some on in in_document(tf.get(definition, attribute, "{}"))
	],
	[{"definition": definition, "attribute": "eks_properties", "on": on} |
		some definition in input.resources.aws_batch_job_definition
		some properties in tf.blocks(definition, "eks_properties")
		some pod in tf.blocks(properties, "pod_properties")
		some containers in ["containers", "init_containers"]
		some container in tf.blocks(pod, containers)
		on := tf.get(container, ["security_context", 0, "privileged"], false)
	],
)

# in_document(text): containers are at several depths of it, and Terraform ignores the case of their members.
in_document(text) := [on |
	is_string(text)
	json.is_valid(text)
	walk(json.unmarshal(text), [path, on])
	lower(sprintf("%v", [path[count(path) - 1]])) == "privileged"
] if {
	tf.is_known(text)
}

else := [text]

deny contains tf.finding_with(switch.definition, message, details) if {
	some switch in switches
	tf.is_true(switch.on)
	message := "it runs a privileged container, which has root's powers over its host"
	details := {
		"key": switch.attribute,
		"attribute": switch.attribute,
		"found": "privileged: true",
		"expected": "privileged: false",
	}
}

unknown contains tf.finding_with(switch.definition, message, details) if {
	some switch in switches
	causes := tf.cause(switch.on)
	count(causes) > 0
	not is_fargate(switch.definition)
	message := "whether it runs a privileged container is known after apply"
	details := {"key": switch.attribute, "attribute": switch.attribute, "expected": "privileged: false", "cause": causes}
}

is_fargate(definition) if tf.get(definition, "platform_capabilities", []) == ["FARGATE"]
