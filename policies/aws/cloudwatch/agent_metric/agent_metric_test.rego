package aws.cloudwatch.agent_metric_test

import data.aws.cloudwatch.agent_metric

unknown := {"unknown": true, "from": ["aws_sqs_queue.a.url"]}

alarms(values) := {"aws_cloudwatch_metric_alarm": [{"address": "aws_cloudwatch_metric_alarm.a", "values": values}]}

memory := alarms({"namespace": "CWAgent"})

machine(script) := {"aws_instance": [{
	"address": "aws_instance.a",
	"type": "aws_instance",
	"values": {"user_data": script},
	"config": {},
}]}

verdict(resources) := found if {
	found := {
		"deny": count(agent_metric.deny),
		"unknown": count(agent_metric.unknown),
		"examined": count(agent_metric.examined),
	} with input.resources as resources
}

fails := {"deny": 1, "unknown": 0, "examined": 1}

passes := {"deny": 0, "unknown": 0, "examined": 1}

doubted := {"deny": 0, "unknown": 1, "examined": 1}

test_nothing_starts_it if {
	verdict(memory) == fails
	verdict(alarms({"metric_query": [{"metric": [{"namespace": "CWAgent"}]}]})) == fails
	every script in ["", "yum install -y amazon-cloudwatch-agent", "# amazon-cloudwatch-agent-ctl -a fetch-config"] {
		verdict(object.union(memory, machine(script))) == fails
	}
}

test_other_namespaces if {
	every namespace in ["AWS/EC2", "cwagent", null] {
		verdict(alarms({"namespace": namespace})) == {"deny": 0, "unknown": 0, "examined": 0}
	}
}

test_a_script_starts_it if {
	every script in [
		"/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl -a fetch-config -s -c ssm:agent",
		"cat >/opt/aws/amazon-cloudwatch-agent/etc/amazon-cloudwatch-agent.json",
		"cat >/opt/aws/amazon-cloudwatch-agent/etc/amazon-cloudwatch-agent.d/app.json",
		"cat >/opt/aws/amazon-cloudwatch-agent/etc/amazon-cloudwatch-agent.toml",
		"systemctl enable --now amazon-cloudwatch-agent",
		"service amazon-cloudwatch-agent start",
	] {
		verdict(object.union(memory, machine(script))) == passes
	}
}

test_a_script_that_is_not_known if {
	verdict(object.union(memory, machine(unknown))) == doubted
	some finding in agent_metric.unknown with input.resources as object.union(memory, machine(unknown))
	finding.cause == "aws_sqs_queue.a.url"
}

parameter(name) := {"aws_ssm_parameter": [{"address": "aws_ssm_parameter.a", "values": {"name": name}}]}

refers(argument) := {"aws_instance": [{
	"address": "aws_instance.a",
	"type": "aws_instance",
	"values": {argument: unknown},
	"config": {},
	"references": {argument: [{
		"address": "aws_ssm_parameter.a",
		"type": "aws_ssm_parameter",
		"mode": "managed",
		"certain": true,
		"position": 0,
	}]},
}]}

test_a_parameter_that_an_unknown_script_names if {
	every argument in ["user_data", "user_data_base64"] {
		every name in ["/CloudWatch/agent", "cwagent", "app-cw-agent"] {
			verdict(object.union(object.union(memory, refers(argument)), parameter(name))) == passes
		}
		every name in ["/db/host", unknown] {
			verdict(object.union(object.union(memory, refers(argument)), parameter(name))) == doubted
		}
	}
}

test_a_parameter_that_no_script_names if {
	verdict(object.union(memory, parameter("/cloudwatch/agent"))) == fails
}

named(type, argument, name) := {type: [{"address": "x.y", "values": {argument: name}}]}

test_others_that_start_it if {
	verdict(object.union(memory, named("aws_ssm_association", "name", "AmazonCloudWatch-ManageAgent"))) == passes
	verdict(object.union(memory, named("aws_ssm_association", "name", "AWS-UpdateSSMAgent"))) == fails
	verdict(object.union(memory, named("aws_eks_addon", "addon_name", "amazon-cloudwatch-observability"))) == passes
	verdict(object.union(memory, named("aws_eks_addon", "addon_name", "coredns"))) == fails
}

test_a_namespace_that_is_not_known if {
	verdict(alarms({"namespace": unknown})) == doubted
	started := machine("systemctl start amazon-cloudwatch-agent")
	verdict(object.union(alarms({"namespace": unknown}), started)) == passes
}
