package terraform.variable.validation_test

import data.terraform.variable.validation as policy

variable(details) := object.union(
	{"address": "var.a", "value": "x", "default": null, "validated": false},
	details,
)

verdict(details) := "fail" if {
	count(policy.deny) == 1 with input.variables as [variable(details)]
	count(policy.unknown) == 0 with input.variables as [variable(details)]
} else := cause if {
	count(policy.deny) == 0 with input.variables as [variable(details)]
	[cause] = [finding.cause | some finding in policy.unknown] with input.variables as [variable(details)]
} else := "pass" if {
	count(policy.deny) == 0 with input.variables as [variable(details)]
}

test_fails_without_a_validation if {
	verdict({}) == "fail"
	verdict({"type": "string"}) == "fail"
	verdict({"type": "list(bool)", "value": [true]}) == "fail"

	# A text that says true or false is still a text.
	verdict({"type": "string", "value": "true"}) == "fail"
	verdict({"value": null, "default": "x"}) == "fail"
	verdict({"value": 1, "default": null}) == "fail"
	verdict({"value": {"sensitive": true}, "type": "string"}) == "fail"
}

test_passes_with_a_validation if {
	verdict({"validated": true}) == "pass"
	verdict({"validated": true, "value": {"sensitive": true}}) == "pass"
}

test_passes_where_it_is_a_bool if {
	verdict({"type": "bool", "value": null}) == "pass"
	every value in [true, false, "true", "false"] {
		verdict({"value": value}) == "pass"
		verdict({"value": null, "default": value}) == "pass"
		verdict({"value": value, "validated": null}) == "pass"
	}
}

test_is_unknown_where_the_plan_does_not_list_validations if {
	verdict({"validated": null}) == "a plan that does not list validations"
	verdict({"validated": null, "type": "string"}) == "a plan that does not list validations"
}

test_is_unknown_where_the_type_is_not_told if {
	every value in [null, {"sensitive": true}] {
		verdict({"value": value}) == "its type"
		verdict({"value": value, "default": value}) == "its type"
	}
	verdict({"value": null, "validated": null}) == "a plan that does not list validations, its type"
}
