package aws.cloudwatch.alarm_action_test

import data.aws.cloudwatch.alarm_action

unknown := {"unknown": true, "from": ["aws_sns_topic.a.arn"]}

of(type, values) := {type: [{"address": sprintf("%s.a", [type]), "values": values}]}

alarm(values) := of("aws_cloudwatch_metric_alarm", values)

test_no_action if {
	every type in ["aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"] {
		every actions in [null, [], {"unknown": true, "unset": true}] {
			values := {"alarm_actions": actions, "ok_actions": ["arn:aws:sns:us-east-1:123456789012:a"]}
			count(alarm_action.deny) == 1 with input.resources as of(type, values)
		}
	}
}

test_an_action if {
	every actions in [["arn:aws:sns:us-east-1:123456789012:a"], unknown, [unknown]] {
		every enabled in [null, true, "true"] {
			values := {"alarm_actions": actions, "actions_enabled": enabled}
			count(alarm_action.deny) == 0 with input.resources as alarm(values)
			count(alarm_action.unknown) == 0 with input.resources as alarm(values)
			count(alarm_action.examined) == 1 with input.resources as alarm(values)
		}
	}
}

test_disabled_actions if {
	every enabled in [false, "false"] {
		values := {"alarm_actions": unknown, "actions_enabled": enabled}
		some finding in alarm_action.deny with input.resources as alarm(values)
		finding.attribute == "actions_enabled"
	}
}

test_one_finding_where_there_is_none_and_they_are_disabled if {
	count(alarm_action.deny) == 1 with input.resources as alarm({"actions_enabled": false})
}

test_whether_enabled_is_not_known if {
	values := {"alarm_actions": ["a"], "actions_enabled": unknown}
	count(alarm_action.deny) == 0 with input.resources as alarm(values)
	some finding in alarm_action.unknown with input.resources as alarm(values)
	finding.cause == "aws_sns_topic.a.arn"
}

watched(type, argument) := {"aws_cloudwatch_metric_alarm": [{
	"address": "aws_cloudwatch_metric_alarm.a",
	"values": {},
	"referrers": {type: [{"address": "x.y", "argument": argument, "certain": true, "position": 0}]},
}]}

test_what_another_acts_on_is_not_examined if {
	every type, argument in {
		"aws_appconfig_environment": "monitor.alarm_arn",
		"aws_cloudwatch_composite_alarm": "alarm_rule",
		"aws_codedeploy_deployment_group": "alarm_configuration.alarms",
		"aws_ecs_service": "alarms.alarm_names",
		"aws_route53_health_check": "cloudwatch_alarm_name",
	} {
		count(alarm_action.examined) == 0 with input.resources as watched(type, argument)
		count(alarm_action.deny) == 0 with input.resources as watched(type, argument)
		count(alarm_action.examined) == 1 with input.resources as watched(type, "name")
	}
	count(alarm_action.examined) == 1 with input.resources as watched("aws_cloudwatch_dashboard", "dashboard_body")
}

test_what_the_rule_of_a_composite_alarm_names_is_not_examined if {
	every rule in ["ALARM(a) AND NOT OK(b)", "NOT OK(b) OR ALARM ( \"a\" )", "ALARM('a')"] {
		resources := object.union(alarm({"alarm_name": "a"}), of("aws_cloudwatch_composite_alarm", {"alarm_rule": rule}))
		alarm_action.examined == {"aws_cloudwatch_composite_alarm.a"} with input.resources as resources
	}
}

test_what_no_rule_names_is_examined if {
	every rule in ["ALARM(ab)", unknown, null] {
		resources := object.union(alarm({"alarm_name": "a"}), of("aws_cloudwatch_composite_alarm", {"alarm_rule": rule}))
		count(alarm_action.examined) == 2 with input.resources as resources
	}
}
