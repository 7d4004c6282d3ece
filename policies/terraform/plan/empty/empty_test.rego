package terraform.plan.empty_test

import data.terraform.plan.empty as policy

whole := {"errored": false, "complete": true}

plan(terraform) := {"terraform": terraform, "resources": {}, "removed": {}}

test_fails if {
	# Versions before 1.8 do not say whether a plan is complete.
	every terraform in [whole, {"errored": null, "complete": null}] {
		count(policy.deny) == 1 with input as plan(terraform)
		policy.unknown == set() with input as plan(terraform)
	}
}

test_passes_with_any_resource if {
	every section in ["resources", "removed"] {
		some_resource := object.union(plan(whole), {section: {"null_resource": [{"address": "null_resource.a"}]}})
		policy.deny == set() with input as some_resource
		policy.unknown == set() with input as object.union(some_resource, {"terraform": {"complete": false}})
	}
}

test_is_unknown_where_the_plan_does_not_cover_everything if {
	every terraform, cause in {
		{"errored": true, "complete": true}: "planning stopped at an error",
		{"errored": false, "complete": false}: "the plan covers only a part",
	} {
		policy.deny == set() with input as plan(terraform)
		[finding.cause | some finding in policy.unknown] == [cause] with input as plan(terraform)
	}
}
