package aws.cloudfront.https_test

import data.aws.cloudfront.https

unknown := {"unknown": true, "from": ["var.a"]}

unset := {"unknown": true, "unset": true}

model(values, links) := {"resources": {
	"aws_cloudfront_distribution": [object.union({"address": "x", "values": values}, links)],
	"aws_cloudwatch_log_delivery_source": [{"address": "source", "values": {}}],
}}

verdict(found, key) := message if {
	some finding in https.deny with input as found
	finding.key == key
	message := finding.message
} else := cause if {
	some finding in https.unknown with input as found
	finding.key == key
	cause := finding.cause
} else := "pass"

default_policy(policy) := verdict(found, "viewers *") if {
	found := model({"default_cache_behavior": [{"viewer_protocol_policy": policy}]}, {})
}

http := "viewers may use plain HTTP for *, which anyone on the way can read and change"

test_viewers if {
	every policy in ["redirect-to-https", "https-only"] {
		default_policy(policy) == "pass"
	}
	every policy in ["allow-all", null, unset] {
		default_policy(policy) == http
	}
	default_policy(unknown) == "var.a"
}

test_each_behaviour if {
	found := model(
		{"ordered_cache_behavior": [
			{"path_pattern": "/a", "viewer_protocol_policy": "https-only"},
			{"path_pattern": "/b", "viewer_protocol_policy": "allow-all"},
			{"path_pattern": "/c", "viewer_protocol_policy": unknown},
		]},
		{},
	)
	verdict(found, "viewers /a") == "pass"
	verdict(found, "viewers /b") == "viewers may use plain HTTP for /b, which anyone on the way can read and change"
	verdict(found, "viewers /c") == "var.a"
	finding_of(found, "viewers /b").attribute == "ordered_cache_behavior.viewer_protocol_policy"
	count([finding |
		some finding in https.unknown with input as model({"ordered_cache_behavior": unknown}, {})
		startswith(finding.key, "viewers")
	]) == 1
}

finding_of(found, key) := finding if {
	some finding in https.deny with input as found
	finding.key == key
}

tls(certificate) := verdict(model({"viewer_certificate": [certificate]}, {}), "tls")

old(version) := sprintf("viewers may use %s, which is older than TLS 1.2", [version])

test_tls if {
	every version in ["TLSv1.2_2018", "TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"] {
		tls({"minimum_protocol_version": version}) == "pass"
		tls({"minimum_protocol_version": version, "cloudfront_default_certificate": false}) == "pass"
		tls({"minimum_protocol_version": version, "cloudfront_default_certificate": true}) == old("TLSv1")
		tls({"minimum_protocol_version": version, "cloudfront_default_certificate": "true"}) == old("TLSv1")
		tls({"minimum_protocol_version": version, "cloudfront_default_certificate": unknown}) == "var.a"
	}
	every version in ["SSLv3", "TLSv1", "TLSv1_2016", "TLSv1.1_2016"] {
		tls({"minimum_protocol_version": version}) == old(version)
		tls({"minimum_protocol_version": version, "cloudfront_default_certificate": unknown}) == old(version)
	}
	tls({}) == old("TLSv1")
	tls({"minimum_protocol_version": unknown}) == "var.a"
	tls({"minimum_protocol_version": unknown, "cloudfront_default_certificate": true}) == old("TLSv1")
	verdict(model({}, {}), "tls") == old("TLSv1")
}

none := "no log tells who fetched what from it"

test_logs if {
	every block in [null, [], unset] {
		verdict(model({"logging_config": block}, {}), "logs") == none
	}
	verdict(model({"logging_config": [{"bucket": unknown}]}, {}), "logs") == "pass"
	verdict(model({"logging_config": unknown}, {}), "logs") == "var.a"
}

delivered(certain) := {"referrers": {"aws_cloudwatch_log_delivery_source": [{
	"address": "source", "argument": "resource_arn", "attribute": "arn",
	"certain": certain, "cause": "local.source", "position": 0,
}]}}

test_delivered_logs if {
	verdict(model({}, delivered(true)), "logs") == "pass"
	verdict(model({}, delivered(false)), "logs") == "local.source"
	verdict(model({"logging_config": unknown}, delivered(true)), "logs") == "pass"
}

reference(argument, type) := {"references": {argument: [{
	"address": "target", "type": type, "mode": "managed", "attribute": "arn",
	"certain": true, "position": 0,
}]}}

streams(arn) := {"default_cache_behavior": [{"realtime_log_config_arn": arn}]}

test_realtime_logs if {
	verdict(model(streams("arn:aws:cloudfront::1:realtime-log-config/a"), {}), "logs") == "pass"
	verdict(model(streams(null), {}), "logs") == none
	verdict(model(streams(unknown), {}), "logs") == "var.a"
	argument := "default_cache_behavior.realtime_log_config_arn"
	stream := reference(argument, "aws_cloudfront_realtime_log_config")
	verdict(model(streams(unknown), stream), "logs") == "pass"
}

firewall(found, links) := verdict(model({"web_acl_id": found}, links), "firewall")

test_firewall if {
	every found in [null, "", unset] {
		firewall(found, {}) == "no web ACL filters what the internet sends it"
	}
	firewall("arn:aws:wafv2:us-east-1:1:global/webacl/a/b", {}) == "pass"
	firewall(unknown, {}) == "var.a"
	firewall(unknown, reference("web_acl_id", "aws_wafv2_web_acl")) == "pass"
	firewall(unknown, reference("web_acl_id", "terraform_data")) == "var.a"
	firewall(unknown, reference("other", "aws_wafv2_web_acl")) == "var.a"
}

test_what_fails_is_not_unknown if {
	count(https.deny) > 0 with input as model({}, {})
	https.unknown == set() with input as model({}, {})
}
