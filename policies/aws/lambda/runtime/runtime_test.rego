package aws.lambda.runtime_test

import data.aws.lambda.runtime as policy

model(as_of, values) := {"as_of": as_of, "resources": {"aws_lambda_function": [{"address": "x", "values": values}]}}

test_deprecated if {
	policy.deny == {{
		"address": "x",
		"message": "nodejs14.x has been deprecated since 2023-12-04",
		"attribute": "runtime",
		"found": "nodejs14.x",
		"expected": "nodejs24.x or another supported runtime",
	}} with input as model("2026-11-22", {"runtime": "nodejs14.x"})
}

test_the_day_decides if {
	runtime := {"runtime": "python3.11", "package_type": "Zip"}
	policy.deny == set() with input as model("2027-06-29", runtime)
	count(policy.deny) == 1 with input as model("2027-06-30", runtime)
	count(policy.deny) == 1 with input as model("2027-07-01", runtime)
}

test_deprecation_comes_before_blocked_creation if {
	count(policy.deny) == 1 with input as model("2026-11-22", {"runtime": "nodejs18.x"})
}

test_the_newest_has_no_successor if {
	some finding in policy.deny with input as model("2099-01-01", {"runtime": "python3.14"})
	finding.expected == "a supported runtime"
}

test_no_date_no_deprecation if {
	policy.deny == set() with input as model("2099-01-01", {"runtime": "nodejs26.x"})
	policy.unknown == set() with input as model("2099-01-01", {"runtime": "nodejs26.x"})
}

test_a_runtime_that_is_not_in_the_table if {
	policy.unknown == {{
		"address": "x",
		"message": "whether cobol85 is deprecated is not in plangate's table of runtimes",
		"attribute": "runtime",
		"found": "cobol85",
		"cause": "plangate does not know the runtime",
	}} with input as model("2026-11-22", {"runtime": "cobol85"})
}

test_unknown if {
	maybe := model("2026-11-22", {"runtime": {"unknown": true, "from": ["var.runtime"]}})
	policy.deny == set() with input as maybe
	{finding.cause | some finding in policy.unknown} == {"var.runtime"} with input as maybe
}

test_images_are_not_examined if {
	image := model("2026-11-22", {"package_type": "Image", "runtime": null})
	policy.examined == set() with input as image
	policy.unknown == set() with input as image
	policy.examined == {"x"} with input as model("2026-11-22", {"runtime": "python3.13"})
}

test_every_runtime_of_the_table_is_dated if {
	every entry in data.aws.lambda.runtime.runtimes {
		every name in ["deprecated", "block_create", "block_update"] {
			is_date(entry[name])
		}
		is_successor(entry.successor)
	}
}

is_date(found) if found == null

is_date(found) if {
	is_string(found)
	regex.match(`^20[1-3][0-9]-[01][0-9]-[0-3][0-9]$`, found)
}

is_successor(found) if found == null

is_successor(found) if data.aws.lambda.runtime.runtimes[found]

test_images_whose_runtime_is_unknown_are_not_examined if {
	maybe := {"package_type": "Image", "runtime": {"unknown": true, "from": ["var.runtime"]}}
	policy.examined == set() with input as model("2026-11-22", maybe)
	policy.examined == set() with input as model("2026-11-22", {"runtime": null})
}
