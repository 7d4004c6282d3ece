package aws.lb.log_bucket_policy_test

import data.aws.lb.log_bucket_policy

unknown := {"unknown": true, "from": ["var.a"]}

let_in(principal) := {"Statement": [{
	"Sid": "", "Effect": "Allow", "Action": ["s3:PutObject"], "NotAction": [], "Resource": ["*"], "NotResource": [],
	"Principal": principal, "NotPrincipal": {}, "Condition": {},
}]}

reference := {"address": "b", "type": "aws_s3_bucket", "mode": "managed", "certain": true, "position": 0}

planned(balancer, policy) := {
	"resources": {
		"aws_s3_bucket": [{"address": "b", "mode": "managed", "values": {"bucket": "b", "policy": policy}}],
		"aws_lb": [object.union(
			{
				"address": "x", "type": "aws_lb", "values": {"access_logs": [{"bucket": unknown, "enabled": true}]},
				"references": {"access_logs.bucket": [reference]},
			},
			balancer,
		)],
	},
	"data": {"aws_s3_bucket": [{"address": "data.b", "mode": "data", "values": {"bucket": "b"}}]},
}

verdict(found) := "na" if {
	log_bucket_policy.examined == set() with input as found
} else := "fail" if {
	count(log_bucket_policy.deny) == 1 with input as found
	log_bucket_policy.unknown == set() with input as found
} else := cause if {
	log_bucket_policy.deny == set() with input as found
	some finding in log_bucket_policy.unknown with input as found
	cause := finding.cause
} else := "pass" if {
	log_bucket_policy.deny == set() with input as found
	log_bucket_policy.unknown == set() with input as found
}

of_kind(kind) := {"values": {"load_balancer_type": kind}}

test_principals_by_kind if {
	account := {"AWS": ["arn:aws:iam::127311923021:root"]}
	service := {"Service": ["logdelivery.elasticloadbalancing.amazonaws.com"]}
	outposts := {"Service": ["logdelivery.elb.amazonaws.com"]}
	network := {"Service": ["delivery.logs.amazonaws.com"]}
	table := {
		"application": {account: "pass", service: "pass", outposts: "pass", network: "fail"},
		"network": {account: "fail", service: "fail", outposts: "fail", network: "pass"},
		unknown: {account: "pass", service: "pass", outposts: "pass", network: "pass"},
	}
	every kind, expectations in table {
		every principal, expected in expectations {
			verdict(planned(of_kind(kind), let_in(principal))) == expected
		}
	}
}

test_classic if {
	classic := {"type": "aws_elb", "values": {"access_logs": [{"bucket": "b"}]}}
	verdict(planned(classic, let_in({"AWS": ["127311923021"]}))) == "pass"
	verdict(planned(classic, let_in({"Service": ["logdelivery.elasticloadbalancing.amazonaws.com"]}))) == "pass"
	verdict(planned(classic, let_in({"Service": ["delivery.logs.amazonaws.com"]}))) == "fail"
	verdict(planned(classic, null)) == "fail"
}

test_what_is_expected if {
	application := log_bucket_policy.deny with input as planned({}, null)
	{finding.expected | some finding in application} == {concat(" ", [
		"an Allow of s3:PutObject to the region's ELB account",
		"or logdelivery.elasticloadbalancing.amazonaws.com",
	])}
	network := log_bucket_policy.deny with input as planned(of_kind("network"), null)
	{finding.expected | some finding in network} == {"an Allow of s3:PutObject to delivery.logs.amazonaws.com"}
}

test_not_examined if {
	verdict(planned({"values": {"access_logs": [{"bucket": "b", "enabled": "false"}]}}, null)) == "na"
	elsewhere := {
		"values": {"access_logs": [{"bucket": "other", "enabled": true}]},
		"references": {"access_logs.bucket": []},
	}
	verdict(planned(elsewhere, null)) == "na"
	verdict(planned(of_kind("gateway"), null)) == "na"
	read := {"references": {"access_logs.bucket": [object.union(reference, {"mode": "data", "address": "data.b"})]}}
	verdict(planned(read, null)) == "na"
}

test_unclear_buckets if {
	verdict(planned({"references": {"access_logs.bucket": []}}, null)) == "var.a"
	perhaps := {"references": {"access_logs.bucket": [object.union(reference, {"certain": false, "cause": "local.b"})]}}
	verdict(planned(perhaps, null)) == "local.b, var.a"
	known := object.union(perhaps, {"values": {"access_logs": [{"bucket": "b", "enabled": true}]}})
	verdict(planned(known, null)) == "local.b"
}

test_unclear_switches if {
	switch := {"values": {"access_logs": [{"bucket": "b", "enabled": unknown}]}}
	verdict(planned(switch, null)) == "var.a"
	verdict(planned(switch, let_in({"AWS": ["127311923021"]}))) == "pass"
}

test_unclear_policies if {
	verdict(planned({}, unknown)) == "var.a"
	verdict(planned({}, let_in({"AWS": [unknown]}))) == "var.a"
	verdict(planned(of_kind("network"), let_in({"Service": [unknown]}))) == "var.a"
	verdict(planned(of_kind("network"), let_in({"AWS": [unknown]}))) == "fail"
}
