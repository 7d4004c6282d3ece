package aws.kms.service_access_test

import data.aws.kms.service_access

later := {"unknown": true, "from": ["terraform_data.a.output"]}

statement(members) := object.union(
	object.remove(
		{
			"Sid": "", "Effect": "Allow", "Action": ["kms:*"], "NotAction": [], "Resource": ["*"], "NotResource": [],
			"Principal": {}, "NotPrincipal": {}, "Condition": {},
		},
		object.keys(members),
	),
	members,
)

document(statements) := {"Version": "2012-10-17", "Statement": statements}

allow(principal, actions) := document([statement({"Principal": {"Service": [principal]}, "Action": actions})])

referrer(argument, certain) := {
	"address": "x", "argument": argument, "certain": certain, "position": 0,
	"cause": "local.x",
}

# A key with that policy, which the log group x names, or may.
logs(policy, certain) := {"resources": {
	"aws_kms_key": [{
		"address": "aws_kms_key.a",
		"values": {"policy": policy},
		"referrers": {"aws_cloudwatch_log_group": [referrer("kms_key_id", certain)]},
	}],
	"aws_cloudwatch_log_group": [{"address": "x", "values": {}}],
}}

# A key that encrypts the topic x, to which a resource of that type publishes, or may.
topic(policy, type, argument, certain) := {"resources": {
	"aws_kms_key": [{
		"address": "aws_kms_key.a",
		"values": {"policy": policy},
		"referrers": {"aws_sns_topic": [referrer("kms_master_key_id", true)]},
	}],
	"aws_sns_topic": [{"address": "x", "values": {}, "referrers": {type: [referrer(argument, certain)]}}],
	type: [{"address": "x", "values": {}}],
}}

denied(model) := keys if {
	keys := [finding.key | some finding in service_access.deny] with input as model
}

unsure(model) := causes if {
	causes := [finding.cause | some finding in service_access.unknown] with input as model
}

examined(model) if {
	count(service_access.examined) == 1 with input as model
}

enough := ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey*"]

test_default_policy if {
	every policy in [null, "", {"unknown": true, "unset": true}, document([])] {
		denied(logs(policy, true)) == ["logs"]
		examined(logs(policy, true))
	}
}

test_finding if {
	service_access.deny == {{
		"address": "aws_kms_key.a",
		"message": concat(" ", [
			"its policy does not allow kms:Decrypt, kms:GenerateDataKey* to logs.amazonaws.com,",
			"which needs it for log groups",
		]),
		"key": "logs",
		"attribute": "policy",
		"expected": "an Allow of kms:Encrypt, kms:Decrypt, kms:GenerateDataKey* to logs.amazonaws.com",
	}} with input as logs(allow("logs.amazonaws.com", ["kms:Encrypt"]), true)
}

test_principals if {
	every principal in [
		"logs.amazonaws.com", "logs.eu-west-1.amazonaws.com", "logs.us-gov-west-1.amazonaws.com",
		"logs.cn-north-1.amazonaws.com.cn",
	] {
		denied(logs(allow(principal, enough), true)) == []
		unsure(logs(allow(principal, enough), true)) == []
		examined(logs(allow(principal, enough), true))
	}
	every principal in [
		"delivery.logs.amazonaws.com", "logs.amazonaws.company.com", "sns.amazonaws.com",
		"logs.rds.amazonaws.com", "logs.amazonaws.com.eu-west-1.example.com", "logs.amazonaws.com.evil.com",
	] {
		denied(logs(allow(principal, enough), true)) == ["logs"]
	}
	denied(logs(allow(1, enough), true)) == ["logs"]
}

test_everyone if {
	denied(logs(document([statement({"Principal": {"*": ["*"]}})]), true)) == []
	denied(logs(document([statement({"Principal": {"AWS": ["arn:aws:iam::123456789012:root"]}})]), true)) == ["logs"]
}

test_conditions_aside if {
	condition := {"StringEquals": {"aws:SourceAccount": ["123456789012"]}}
	allowed := statement({"Principal": {"Service": ["logs.amazonaws.com"]}, "Condition": condition})
	denied(logs(document([allowed]), true)) == []
}

test_actions if {
	every actions in [["kms:*"], ["kms:En*", "kms:De*", "kms:GenerateDataKey"]] {
		denied(logs(allow("logs.amazonaws.com", actions), true)) == []
	}
	every actions in [
		["kms:Decrypt", "kms:GenerateDataKey*"], ["kms:Encrypt", "kms:GenerateDataKey*"], ["kms:Encrypt", "kms:Decrypt"],
		["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKeyPair"],
	] {
		denied(logs(allow("logs.amazonaws.com", actions), true)) == ["logs"]
	}
}

test_deny_does_not_allow if {
	denies := statement({"Effect": "Deny", "Principal": {"Service": ["logs.amazonaws.com"]}})
	denied(logs(document([denies]), true)) == ["logs"]
}

test_several_statements if {
	denied(logs(
		document([
			statement({"Principal": {"Service": ["logs.amazonaws.com"]}, "Action": ["kms:Encrypt"]}),
			statement({"Principal": {"Service": ["logs.amazonaws.com"]}, "Action": ["kms:Decrypt", "kms:GenerateDataKey"]}),
		]),
		true,
	)) == []
}

test_unknown_policy if {
	every policy in [
		later, document([later]),
		allow("logs.amazonaws.com", [later]),
		allow(later, enough),
		document([statement({"Principal": later})]),
		document([statement({"Effect": later, "Principal": {"Service": ["logs.amazonaws.com"]}})]),
	] {
		denied(logs(policy, true)) == []
		unsure(logs(policy, true)) == ["terraform_data.a.output"]
	}
}

test_the_known_part_is_enough if {
	policy := document([later, statement({"Principal": {"Service": ["logs.amazonaws.com"]}})])
	unsure(logs(policy, true)) == []
}

test_some_unknown_does_not_hide_that_others_lack if {
	key := {"Principal": {"Service": ["logs.amazonaws.com"]}}
	policy := document([statement(object.union(key, {"Action": ["kms:Encrypt"]}))])
	denied(logs(policy, true)) == ["logs"]
}

test_it_may_be_used if {
	denied(logs(null, false)) == []
	unsure(logs(null, false)) == ["local.x"]
	unsure(logs(allow("logs.amazonaws.com", enough), false)) == []
	examined(logs(null, false))
}

test_a_policy_may_be_attached if {
	model := object.union(logs(null, true), {"unresolved": {"aws_kms_key_policy": {"key_id": ["local.key"]}}})
	denied(model) == []
	unsure(model) == ["local.key"]
}

test_unused if {
	model := {"resources": {"aws_kms_key": [{"address": "aws_kms_key.a", "values": {}}]}}
	denied(model) == []
	not examined(model)
}

test_services_that_publish if {
	every found in [
		["events", "aws_cloudwatch_event_target", "arn"],
		["cloudwatch", "aws_cloudwatch_metric_alarm", "alarm_actions"],
		["cloudwatch", "aws_cloudwatch_metric_alarm", "ok_actions"],
		["cloudwatch", "aws_cloudwatch_composite_alarm", "insufficient_data_actions"],
	] {
		denied(topic(null, found[1], found[2], true)) == [found[0]]
		unsure(topic(null, found[1], found[2], false)) == ["local.x"]
		allowed := allow(sprintf("%s.amazonaws.com", [found[0]]), ["kms:Decrypt", "kms:GenerateDataKey*"])
		denied(topic(allowed, found[1], found[2], true)) == []
		examined(topic(allowed, found[1], found[2], true))
	}
	not examined(topic(null, "aws_cloudwatch_event_target", "role_arn", true))
}

test_the_topic_may_be_encrypted_with_the_key if {
	model := {"resources": {"aws_kms_key": [{
		"address": "aws_kms_key.a", "values": {},
		"referrers": {"aws_sns_topic": [referrer("kms_master_key_id", false)]},
	}]}}
	denied(model) == []
	unsure(model) == ["local.x", "local.x"]
}

test_unknown_finding if {
	found := service_access.unknown with input as logs(later, true)
	found == {{
		"address": "aws_kms_key.a",
		"message": "whether its policy allows logs.amazonaws.com what it needs for log groups is known after apply",
		"key": "logs",
		"attribute": "policy",
		"expected": "an Allow of kms:Encrypt, kms:Decrypt, kms:GenerateDataKey* to logs.amazonaws.com",
		"cause": "terraform_data.a.output",
	}}
}

test_trail if {
	model := {"resources": {
		"aws_kms_key": [{
			"address": "aws_kms_key.a",
			"values": {"policy": allow("cloudtrail.amazonaws.com", ["kms:GenerateDataKey*"])},
			"referrers": {"aws_cloudtrail": [referrer("kms_key_id", true)]},
		}],
		"aws_cloudtrail": [{"address": "x", "values": {}}],
	}}
	[finding.message | some finding in service_access.deny] == [concat(" ", [
		"its policy does not allow kms:DescribeKey to cloudtrail.amazonaws.com,",
		"which needs it for a trail",
	])] with input as model
}

test_what_fails_is_not_unknown_too if service_access.unknown == set() with input as logs(null, true)
