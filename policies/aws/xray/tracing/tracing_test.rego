package aws.xray.tracing_test

import data.aws.xray.tracing

unknown := {"unknown": true, "from": ["aws_sqs_queue.a.url"]}

of(type, values) := {type: [{"address": sprintf("%s.a", [type]), "type": type, "values": values, "config": {}}]}

verdict(resources) := found if {
	found := {
		"deny": count(tracing.deny),
		"unknown": count(tracing.unknown),
		"examined": count(tracing.examined),
	} with input.resources as resources
}

fails := {"deny": 1, "unknown": 0, "examined": 1}

passes := {"deny": 0, "unknown": 0, "examined": 1}

doubted := {"deny": 0, "unknown": 1, "examined": 1}

not_applicable := {"deny": 0, "unknown": 0, "examined": 0}

stage(enabled) := verdict(of("aws_api_gateway_stage", {"xray_tracing_enabled": enabled}))

test_stages if {
	every off in [null, false, "false", {"unknown": true, "unset": true}] {
		stage(off) == fails
	}
	every on in [true, "true"] {
		stage(on) == passes
	}
	stage(unknown) == doubted
}

task(definitions) := verdict(of("aws_ecs_task_definition", {"container_definitions": definitions}))

test_tasks if {
	every image in [
		"amazon/aws-xray-daemon:3", "public.ecr.aws/aws-observability/aws-otel-collector", "Otel/OpenTelemetry-collector",
		"amazon/cloudwatch-agent",
	] {
		task(json.marshal([{"name": "app", "image": "nginx"}, {"name": "traces", "image": image}])) == passes
	}
	every definitions in ["[]", "no json", json.marshal([{"name": "app", "image": "nginx"}, {"name": "b"}, "c"])] {
		task(definitions) == fails
	}
	task(unknown) == doubted
}

instance(script) := verdict(of("aws_instance", {"user_data": script}))

test_scripts_that_start_the_daemon if {
	every script in [
		"systemctl start httpd xray", "systemctl enable --now xray.service", "systemctl restart xray; true",
		"/sbin/service xray start", "service xray restart", "yum install -y aws-xray-daemon",
		"yum install -y /home/ec2-user/xray.rpm", "dpkg --install aws-xray-daemon-3.x.deb",
		"docker run -d amazon/aws-xray-daemon", "/usr/bin/xray -o -n us-east-1", "xray --log-level warn &",
	] {
		instance(script) == fails
	}
}

test_scripts_that_do_not if {
	every script in [
		"", "systemctl start httpd", "pip install aws-xray-sdk", "systemctl stop xray", "echo xrays",
		"# systemctl start xray", "systemctl start httpd\necho xray",
	] {
		instance(script) == not_applicable
	}
}

test_scripts_that_configure_the_daemon if {
	every script in [
		"cat >/etc/amazon/xray/cfg.yaml\nsystemctl start xray", "/usr/bin/xray -c /etc/xray.yaml",
		"xray --config /etc/xray.yaml", "xray -o --config=/etc/xray.yaml",
	] {
		instance(script) == passes
	}
	instance("systemctl start xray\ntar -c /etc") == fails
}

test_every_machine if {
	script := base64.encode("systemctl start xray")
	verdict(of("aws_launch_template", {"user_data": script})) == fails
	verdict(of("aws_launch_configuration", {"user_data_base64": script})) == fails
	verdict(of("aws_spot_instance_request", {"user_data_base64": script})) == fails
}

test_a_script_that_is_not_known if {
	instance(unknown) == not_applicable
}

balanced(type, argument) := balanced_by(type, argument, unknown)

balanced_with(script) := balanced_by("aws_elb", "instances", script)

balanced_by(type, argument, script) := object.union(
	{"aws_instance": [{
		"address": "aws_instance.a",
		"type": "aws_instance",
		"values": {"user_data": script},
		"referrers": {type: [{"address": "x.y", "argument": argument, "certain": true, "position": 0}]},
	}]},
	{type: [{"address": "x.y"}]},
)

test_a_script_that_is_not_known_of_a_balanced_instance if {
	every type, argument in {
		"aws_alb_target_group_attachment": "target_id",
		"aws_elb": "instances",
		"aws_elb_attachment": "instance",
		"aws_lb_target_group_attachment": "target_id",
	} {
		verdict(balanced(type, argument)) == doubted
		verdict(balanced(type, "other")) == not_applicable
	}
	some finding in tracing.unknown with input.resources as balanced("aws_elb", "instances")
	finding.cause == "aws_sqs_queue.a.url"
}

test_a_script_that_is_known_of_a_balanced_instance if {
	verdict(balanced_with("systemctl start httpd")) == not_applicable
}

grouped(values, referrers) := {
	"aws_launch_template": [{
		"address": "aws_launch_template.a",
		"type": "aws_launch_template",
		"values": {"user_data": unknown},
		"referrers": {"aws_autoscaling_group": [{
			"address": "aws_autoscaling_group.a",
			"argument": "launch_template.id",
			"certain": true,
			"position": 0,
		}]},
	}],
	"aws_autoscaling_group": [{"address": "aws_autoscaling_group.a", "values": values, "referrers": referrers}],
	"aws_autoscaling_attachment": [{"address": "x.y"}],
	"aws_autoscaling_traffic_source_attachment": [{"address": "x.y"}],
}

test_a_script_that_is_not_known_of_a_group if {
	verdict(grouped({}, {})) == not_applicable
	every argument in ["target_group_arns", "load_balancers", "traffic_source"] {
		verdict(grouped({argument: unknown}, {})) == doubted
		verdict(grouped({argument: ["a"]}, {})) == doubted
		verdict(grouped({argument: []}, {})) == not_applicable
	}
	every type in ["aws_autoscaling_attachment", "aws_autoscaling_traffic_source_attachment"] {
		by := {type: [{"address": "x.y", "argument": "autoscaling_group_name", "certain": true, "position": 0}]}
		verdict(grouped({}, by)) == doubted
	}
}
