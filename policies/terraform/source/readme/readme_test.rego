package terraform.source.readme_test

import data.terraform.source.readme as policy

group(check) := {"address": "aws_lb_target_group.a", "values": {"health_check": [check]}}

plan(readme, groups) := {
	"source": {"files": ["main.tf"], "readme": readme},
	"resources": {"aws_lb_target_group": groups},
}

keys(document) := found if {
	found := {finding.key | some finding in policy.deny} with input as document
}

test_readme_is_missing if {
	every readme in [null, "", " \n"] {
		keys(plan(readme, [])) == {"readme"}
		keys(plan(readme, [group({"path": "/health"})])) == {"readme"}
	}
}

test_nothing_is_judged_without_a_folder if {
	document := {"resources": {"aws_lb_target_group": [group({"path": "/health"})]}}
	policy.examined == set() with input as document
	policy.deny == set() with input as document
	policy.unknown == set() with input as document
}

test_path_is_named if {
	every readme in [
		"`/health`", "/health", "https://a.example/health?full", "Ask /health.", "/healthz, /health/",
		"(/health)",
	] {
		policy.examined == {"plan"} with input as plan(readme, [group({"path": "/health"})])
		keys(plan(readme, [group({"path": "/health"})])) == set()
	}
}

test_path_is_not_named if {
	every readme in ["none", "/healthz", "/health/live", "/health-check", "/health.json", "/health_check"] {
		keys(plan(readme, [group({"path": "/health"})])) == {"/health"}
	}
}

test_root_names_nothing if {
	every check in [{"path": "/"}, {"path": ""}, {"path": null}, {}, {"path": {"unknown": true, "unset": true}}] {
		keys(plan("text", [group(check)])) == set()
		policy.unknown == set() with input as plan("text", [group(check)])
	}
	keys(plan("text", [{"address": "aws_lb_target_group.a", "values": {}}])) == set()
}

test_check_that_is_off_has_no_path if {
	every enabled in [false, "false"] {
		keys(plan("text", [group({"path": "/health", "enabled": enabled})])) == set()
	}
	every enabled in [true, "true", null] {
		keys(plan("text", [group({"path": "/health", "enabled": enabled})])) == {"/health"}
	}
}

test_older_name_of_the_resource if {
	document := {
		"source": {"readme": "text"},
		"resources": {"aws_alb_target_group": [group({"path": "/health"})]},
	}
	keys(document) == {"/health"}
}

test_one_finding_for_groups_of_one_path if {
	groups := [group({"path": "/a"}), object.union(group({"path": "/a"}), {"address": "aws_lb_target_group.b"})]
	[finding.message | some finding in policy.deny] == [concat(" ", [
		"the README does not name /a, the health check path of",
		"aws_lb_target_group.a, aws_lb_target_group.b",
	])] with input as plan("text", groups)
}

test_path_that_is_not_known if {
	later := {"unknown": true, "from": ["random_id.path.hex"]}
	document := plan("text", [group({"path": later})])
	policy.deny == set() with input as document
	[[finding.key, finding.cause] | some finding in policy.unknown] == [[
		"aws_lb_target_group.a",
		"random_id.path.hex",
	]] with input as document
	policy.unknown == set() with input as plan("", [group({"path": later})])
}
