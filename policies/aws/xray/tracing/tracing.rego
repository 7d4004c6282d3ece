# METADATA
# title: X-Ray tracing is off, or its daemon is not configured
# description: |
#   A request that is slow or fails cannot be followed where a part of its way is not traced. An API stage traces when
#   it is told to. An ECS task needs the X-Ray daemon, or an OpenTelemetry collector, as a container beside the
#   application's. On an instance, the daemon has to be told its region and limits, by a cfg.yaml or by its command
#   line, or it sends with settings that nobody chose. Examined are instances whose script starts the daemon, and
#   load-balanced ones whose script is not known yet.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/xray/latest/devguide/xray-daemon-configuration.html
#   - ref: https://docs.aws.amazon.com/xray/latest/devguide/xray-daemon-ecs.html
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-xray.html
# custom:
#   severity: low
#   since: 0.1.0
#   examines:
#     - aws_api_gateway_stage
#     - aws_ecs_task_definition
#     - aws_instance
#     - aws_launch_configuration
#     - aws_launch_template
#     - aws_spot_instance_request
#   remediation: Turn on the stage's tracing, add the daemon to the task, or write the cfg.yaml that the daemon reads.
#   example: |
#     resource "aws_api_gateway_stage" "live" {
#       # ...
#       xray_tracing_enabled = true
#     }
#   reports: [online-education 3, online-education 4, batch-financial 30]
#   controls: {nist_800_53: [CA-7], soc2: [CC7.2]}
package aws.xray.tracing

import data.lib.tf
import data.lib.user_data

subjects := array.concat(array.concat(stages, tasks), array.concat(tracers, unread))

examined := {subject.address | some subject in subjects}

# API stages.
stages := object.get(input.resources, "aws_api_gateway_stage", [])

enabled(stage) := tf.get(stage, "xray_tracing_enabled", false)

deny contains tf.finding_with(stage, "its tracing is off, so requests cannot be followed through it", details) if {
	some stage in stages
	tf.is_known(enabled(stage))
	not tf.is_true(enabled(stage))
	details := {"attribute": "xray_tracing_enabled", "found": false, "expected": true}
}

unknown contains tf.finding_with(stage, "whether its tracing is on is known after apply", details) if {
	some stage in stages
	causes := tf.cause(enabled(stage))
	count(causes) > 0
	details := {"attribute": "xray_tracing_enabled", "expected": true, "cause": causes}
}

# ECS tasks.
tasks := object.get(input.resources, "aws_ecs_task_definition", [])

definitions(task) := tf.get(task, "container_definitions", "[]")

images(task) := [image |
	text := definitions(task)
	is_string(text)
	json.is_valid(text)
	some container in json.unmarshal(text)
	is_object(container)
	image := lower(object.get(container, "image", ""))
]

# The daemon, AWS's distribution of the collector or another one, and the CloudWatch agent take traces.
takes_traces(image) if regex.match(`xray|otel|opentelemetry|cloudwatch-agent`, image)

deny contains tf.finding_with(task, "no container of it takes traces, so X-Ray does not see it", details) if {
	some task in tasks
	tf.is_known(definitions(task))
	count([image | some image in images(task); takes_traces(image)]) == 0
	details := {
		"attribute": "container_definitions",
		"found": images(task),
		"expected": "a container of aws-xray-daemon or of an OpenTelemetry collector",
	}
}

unknown contains tf.finding_with(task, "whether a container of it takes traces is known after apply", details) if {
	some task in tasks
	causes := tf.cause(definitions(task))
	count(causes) > 0
	details := {
		"attribute": "container_definitions",
		"expected": "a container of aws-xray-daemon or of an OpenTelemetry collector",
		"cause": causes,
	}
}

# Instances whose script starts the daemon: the package does so as well.
tracers := [machine | some machine in user_data.machines; starts(user_data.script(machine))]

starts(script) if {
	some pattern in [
		`(?m)(start|enable)[^\n]*[ /]xray(\.service)?([ ;&]|$)`,
		`service xray (start|restart)`,
		`install[^\n]*(xray-daemon|xray[^ \n]*\.(rpm|deb))`,
		`run [^\n]*xray-daemon`,
		`(?m)(^|[ /])xray +-`,
	]
	regex.match(pattern, script)
}

configures(script) if regex.match(`cfg\.yaml|xray[^\n]* (-c|--config)[ =]`, script)

deny contains tf.finding_with(machine, message, details) if {
	some machine in tracers
	not configures(user_data.script(machine))
	message := "its script starts the X-Ray daemon without a configuration: it writes no cfg.yaml and passes none"
	details := {"attribute": "user_data", "expected": "a cfg.yaml for the X-Ray daemon"}
}

# Load-balanced instances whose script is not known.
unread := [machine |
	some machine in user_data.machines
	count(user_data.doubts(machine)) > 0
	is_balanced(machine)
]

is_balanced(machine) if {
	some type, argument in {
		"aws_alb_target_group_attachment": "target_id",
		"aws_elb": "instances",
		"aws_elb_attachment": "instance",
		"aws_lb_target_group_attachment": "target_id",
	}
	count(tf.attached(machine, type, argument)) > 0
}

is_balanced(machine) if {
	some referrer in object.get(machine, ["referrers", "aws_autoscaling_group"], [])
	is_balanced_group(input.resources.aws_autoscaling_group[referrer.position])
}

is_balanced_group(group) if {
	some argument in ["target_group_arns", "load_balancers", "traffic_source"]
	tf.get(group, argument, []) != []
}

is_balanced_group(group) if {
	some type in ["aws_autoscaling_attachment", "aws_autoscaling_traffic_source_attachment"]
	count(tf.attached(group, type, "autoscaling_group_name")) > 0
}

unknown contains tf.finding_with(machine, message, details) if {
	some machine in unread
	message := "whether its script configures the X-Ray daemon is known after apply"
	details := {
		"attribute": "user_data",
		"expected": "a cfg.yaml for the X-Ray daemon, where it is started",
		"cause": user_data.doubts(machine),
	}
}
