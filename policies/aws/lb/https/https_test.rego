package aws.lb.https_test

import data.aws.lb.https

unknown := {"unknown": true, "from": ["var.a"]}

planned(values) := {"resources": {"aws_lb_listener": [{"address": "x", "values": values}]}}

plain(actions) := planned({"port": 80, "protocol": "HTTP", "default_action": actions})

verdict(found) := "na" if {
	https.examined == set() with input as found
} else := "fail" if {
	count(https.deny) == 1 with input as found
	https.unknown == set() with input as found
} else := cause if {
	https.deny == set() with input as found
	some finding in https.unknown with input as found
	cause := finding.cause
} else := "pass" if {
	https.deny == set() with input as found
	https.unknown == set() with input as found
}

redirect(members) := {"type": "redirect", "redirect": [object.union({"status_code": "HTTP_301"}, members)]}

test_finding if {
	https.deny == {{
		"address": "x",
		"message": "it serves plain HTTP, which anyone on the way can read and change",
		"attribute": "protocol",
		"found": "HTTP",
		"expected": "HTTPS, or a redirect to HTTPS",
	}} with input as plain([{"type": "forward"}])
}

test_plain_http if {
	verdict(plain([{"type": "forward"}])) == "fail"
	verdict(plain([{}])) == "fail"
	verdict(plain([])) == "fail"
	verdict(plain([redirect({})])) == "fail"
	verdict(plain([redirect({"protocol": "HTTP"})])) == "fail"
	verdict(plain([redirect({"protocol": "HTTPS"})])) == "pass"
	verdict(plain([{"type": "authenticate-oidc"}, redirect({"protocol": "HTTPS"})])) == "pass"
	verdict(plain([object.union(redirect({"protocol": "HTTPS"}), {"type": "forward"})])) == "fail"
}

test_unknown_redirects if {
	verdict(plain(unknown)) == "var.a"
	verdict(plain([redirect({"protocol": unknown})])) == "var.a"
	verdict(plain([object.union(redirect({"protocol": "HTTPS"}), {"type": unknown})])) == "var.a"
	verdict(plain([redirect({"protocol": "HTTPS"}), unknown])) == "pass"
	verdict(plain([{"type": "forward", "redirect": unknown}])) == "fail"
	verdict(plain([object.union(redirect({"protocol": "HTTP"}), {"type": unknown})])) == "fail"
}

test_protocols if {
	verdict(planned({"port": 80})) == "fail"
	verdict(planned({"port": unknown})) == "fail"
	verdict(planned({"port": 80, "protocol": unknown})) == "var.a"
	verdict(planned({"port": 80, "protocol": "TCP"})) == "na"
	verdict(planned({"protocol": {"unknown": true, "unset": true}})) == "na"
	verdict(planned({"protocol": "HTTP"})) == "fail"
	verdict({"resources": {}}) == "na"
}

test_policies if {
	every protocol in ["HTTPS", "TLS"] {
		every policy in [
			"my-ELBSecurityPolicy-TLS-1-2-2017-01",
			null, "", {"unknown": true, "unset": true}, "ELBSecurityPolicy-2016-08", "ELBSecurityPolicy-TLS-1-1-2017-01",
			"ELBSecurityPolicy-FS-2018-06", "ELBSecurityPolicy-FS-1-1-2019-08", "ELBSecurityPolicy-TLS13-1-1-2021-06",
		] {
			verdict(planned({"port": 443, "protocol": protocol, "ssl_policy": policy})) == "fail"
		}
		every policy in [
			"ELBSecurityPolicy-TLS-1-2-2017-01", "ELBSecurityPolicy-FS-1-2-Res-2020-10", "ELBSecurityPolicy-TLS13-1-2-2021-06",
			"ELBSecurityPolicy-TLS13-1-3-2021-06", "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
		] {
			verdict(planned({"port": 443, "protocol": protocol, "ssl_policy": policy})) == "pass"
		}
		verdict(planned({"port": 443, "protocol": protocol, "ssl_policy": unknown})) == "var.a"
	}
}

test_messages_tell_the_default_from_a_choice if {
	left_out := https.deny with input as planned({"port": 443, "protocol": "TLS"})
	{finding.message | some finding in left_out} == {concat(" ", [
		"it takes AWS's default policy ELBSecurityPolicy-2016-08,",
		"which allows TLS older than 1.2",
	])}
	chosen := https.deny with input as planned({"port": 443, "protocol": "TLS", "ssl_policy": "x"})
	{finding.message | some finding in chosen} == {"its policy is x, which allows TLS older than 1.2"}
}
