package aws.ecr.scan_test

import data.aws.ecr.scan

unknown := {"unknown": true, "from": ["var.a"]}

unset := {"unknown": true, "unset": true}

model(values, rules) := {"resources": {
	"aws_ecr_repository": [{"address": "x", "values": values}],
	"aws_ecr_registry_scanning_configuration": [{"address": "registry", "values": {"rule": rules}}],
}}

verdict(found, key) := "fail" if {
	some finding in scan.deny with input as found
	finding.key == key
} else := cause if {
	some finding in scan.unknown with input as found
	finding.key == key
	cause := finding.cause
} else := "pass"

own(on) := verdict(model({"image_scanning_configuration": [{"scan_on_push": on}]}, []), "scan")

tags(mutability) := verdict(model({"image_tag_mutability": mutability}, []), "tags")

rule(frequency, filter) := {"scan_frequency": frequency, "repository_filter": [{"filter": filter}]}

registry(name, rules) := verdict(model({"name": name}, rules), "scan")

test_own if {
	own(true) == "pass"
	own("true") == "pass"
	own(false) == "fail"
	own(null) == "fail"
	own(unknown) == "var.a"
	every found in [[], null, unset] {
		verdict(model({"image_scanning_configuration": found}, []), "scan") == "fail"
	}
	verdict(model({"image_scanning_configuration": unknown}, []), "scan") == "var.a"
	verdict({"resources": {"aws_ecr_repository": [{"address": "x", "values": {}}]}}, "scan") == "fail"
}

test_tags if {
	tags("IMMUTABLE") == "pass"
	tags("IMMUTABLE_WITH_EXCLUSION") == "pass"
	every found in ["MUTABLE", "MUTABLE_WITH_EXCLUSION", null, "", unset] {
		tags(found) == "fail"
	}
	tags(unknown) == "var.a"
}

test_registry_frequency if {
	registry("app", [rule("SCAN_ON_PUSH", "*")]) == "pass"
	registry("app", [rule("CONTINUOUS_SCAN", "*")]) == "pass"
	registry("app", [rule("MANUAL", "*")]) == "fail"
	registry("app", [rule(null, "*")]) == "fail"
	registry("app", [rule(unknown, "*")]) == "var.a"
	registry("app", []) == "fail"
	registry("app", [{"scan_frequency": "SCAN_ON_PUSH", "repository_filter": []}]) == "fail"
	registry("app", [unknown]) == "var.a"
}

test_registry_filter if {
	every filter in ["app", "pp", "*.b", "team/*-app*"] {
		registry("team/an-app.b", [rule("SCAN_ON_PUSH", filter)]) == "pass"
	}
	every filter in ["a*", "*p", "*.c"] {
		registry("team/an-app.b", [rule("SCAN_ON_PUSH", filter)]) == "fail"
	}
	registry("axb", [rule("SCAN_ON_PUSH", "*.b")]) == "fail"
	registry("axb", [rule("SCAN_ON_PUSH", "a.b")]) == "fail"
	registry("app", [rule("SCAN_ON_PUSH", "app(")]) == "fail"
	registry("app", [rule("SCAN_ON_PUSH", "other"), rule("SCAN_ON_PUSH", "app")]) == "pass"
	registry("app", [rule("SCAN_ON_PUSH", unknown)]) == "var.a"
	registry("app", [rule("SCAN_ON_PUSH", unknown), rule("SCAN_ON_PUSH", "app")]) == "pass"
	registry(unknown, [rule("SCAN_ON_PUSH", "*")]) == "pass"
	registry(unknown, [rule("SCAN_ON_PUSH", "app")]) == "var.a"
}

test_unknown_switch_of_a_scanned_registry if {
	found := {"name": "app", "image_scanning_configuration": [{"scan_on_push": unknown}]}
	verdict(model(found, [rule("SCAN_ON_PUSH", "app")]), "scan") == "pass"
	verdict(model(found, [rule("SCAN_ON_PUSH", "other")]), "scan") == "var.a"
}

test_findings if {
	scan.deny == {
		{
			"address": "x",
			"key": "scan",
			"message": "no scan looks for vulnerabilities in what is pushed to it",
			"attribute": "image_scanning_configuration.scan_on_push",
			"found": false,
			"expected": true,
		},
		{
			"address": "x",
			"key": "tags",
			"message": "its tags may move, so what runs is not what was tested",
			"attribute": "image_tag_mutability",
			"found": "MUTABLE",
			"expected": "IMMUTABLE",
		},
	} with input as model({}, [])
}

test_what_fails_is_not_unknown if {
	count(scan.deny) > 0 with input as model({}, [])
	scan.unknown == set() with input as model({}, [])
}
