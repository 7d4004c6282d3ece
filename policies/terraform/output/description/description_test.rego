package terraform.output.description_test

import data.terraform.output.description as policy

failing(description) := addresses if {
	outputs := [{"address": "output.a", "description": description}]
	addresses := {finding.address | some finding in policy.deny} with input as {"outputs": outputs}
}

test_no_description if {
	every none in [null, "", " \n"] {
		failing(none) == {"output.a"}
	}
}

test_a_description if failing("What it is.") == set()

test_no_output if policy.deny == set() with input as {"outputs": []}

test_the_finding if {
	found := policy.deny with input as {"outputs": [{"address": "output.a", "description": null}]}
	found == {{
		"address": "output.a",
		"attribute": "description",
		"expected": "what it holds",
		"message": "it has no description, so its users guess what it holds",
	}}
}
