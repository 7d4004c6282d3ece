# METADATA
# title: Alarm on a metric of an agent that nothing starts
# description: |
#   Memory and disk are not measured by AWS but by the CloudWatch agent, which sends nothing until it is told what to
#   measure and started. Without it, the alarm never has data and never goes off, and scaling by it never happens.
#   Have the user data fetch the agent's configuration, from a parameter for instance, or let Systems Manager's
#   AmazonCloudWatch-ManageAgent do it.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Install-CloudWatch-Agent.html
# custom:
#   severity: high
#   since: 0.1.0
#   examines: [aws_cloudwatch_metric_alarm]
#   remediation: Start the agent in the instances' user data with amazon-cloudwatch-agent-ctl -a fetch-config.
#   example: |
#     resource "aws_launch_template" "app" {
#       # ...
#       user_data = base64encode(<<-EOT
#         #!/bin/bash
#         yum install -y amazon-cloudwatch-agent
#         /opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl \
#           -a fetch-config -m ec2 -s -c ssm:${aws_ssm_parameter.agent.name}
#       EOT
#       )
#     }
#   reports: [online-education 7]
#   controls: {nist_800_53: [AU-6, SI-4], soc2: [A1.1, CC7.2]}
package aws.cloudwatch.agent_metric

import data.lib.cloudwatch
import data.lib.tf
import data.lib.user_data

namespace := "CWAgent"

# Alarms on what the agent measures, or may measure, with the doubts about it.
alarms := [{"alarm": alarm, "doubts": doubts} |
	some alarm in cloudwatch.alarms
	doubts := of_agent([metric.namespace | some metric in cloudwatch.metrics(alarm)])
]

of_agent(namespaces) := [] if namespace in namespaces

else := causes if {
	causes := tf.causes(namespaces)
	count(causes) > 0
}

examined := {entry.alarm.address | some entry in alarms}

# What starts or configures the agent.
starters := array.concat(
	[machine | some machine in user_data.machines; starts(machine)],
	array.concat(
		[association |
			some association in object.get(input.resources, "aws_ssm_association", [])
			tf.get(association, "name", "") == "AmazonCloudWatch-ManageAgent"
		],
		[addon |
			some addon in object.get(input.resources, "aws_eks_addon", [])
			tf.get(addon, "addon_name", "") == "amazon-cloudwatch-observability"
		],
	),
)

starts(machine) if {
	regex.match(
		`amazon-cloudwatch-agent(-ctl|\.json|\.d/|\.toml)|(systemctl|service) [^\n]*amazon-cloudwatch-agent`,
		user_data.script(machine),
	)
}

# Where the script is not known, a parameter of the agent's that it names is enough.
starts(machine) if {
	some argument in ["user_data", "user_data_base64"]
	some parameter in tf.targets(machine, argument, "aws_ssm_parameter")
	name := tf.get(parameter, "name", "")
	is_string(name)
	regex.match(`cloudwatch|cwagent|cw-agent`, lower(name))
}

# Why the plan cannot rule out that a script starts it.
script_doubts := {cause | some machine in user_data.machines; some cause in user_data.doubts(machine)}

doubts(entry) := array.concat(entry.doubts, sort(script_doubts))

deny contains tf.finding_with(entry.alarm, message, details) if {
	some entry in alarms
	count(starters) == 0
	doubts(entry) == []
	message := "its metric comes from the CloudWatch agent, which nothing in the plan starts or configures"
	details := {"attribute": "namespace", "found": namespace, "expected": expected}
}

unknown contains tf.finding_with(entry.alarm, message, details) if {
	some entry in alarms
	count(starters) == 0
	causes := doubts(entry)
	count(causes) > 0
	message := "whether the CloudWatch agent, which its metric is from, is started is known after apply"
	details := {"attribute": "namespace", "expected": expected, "cause": causes}
}

expected := "user data that fetches the agent's configuration"
