package aws.batch.job_retry_test

import data.aws.batch.job_retry

unknown := {"unknown": true, "from": ["var.a"]}

model(values) := {"resources": {"aws_batch_job_definition": [{"address": "x", "values": values}]}}

of(attempts) := model({"retry_strategy": [{"attempts": attempts}]})

verdict(found) := "fail" if {
	count(job_retry.deny) == 1 with input as found
} else := cause if {
	some finding in job_retry.unknown with input as found
	cause := finding.cause
} else := "pass"

test_no_strategy if {
	every values in [
		{}, {"retry_strategy": []}, {"retry_strategy": null}, {"retry_strategy": [{}]},
		{"retry_strategy": {"unknown": true, "unset": true}},
	] {
		verdict(model(values)) == "fail"
	}
}

test_attempts if {
	verdict(of(null)) == "fail"
	verdict(of(1)) == "fail"
	verdict(of(2)) == "pass"
	verdict(of(10)) == "pass"
	job_retry.deny == {{
		"address": "x",
		"message": "it is tried once, so the first fault of a host ends the job",
		"attribute": "retry_strategy.attempts",
		"found": 1,
		"expected": "at least 2",
	}} with input as of(null)
}

test_unknown if {
	verdict(of(unknown)) == "var.a"
	verdict(model({"retry_strategy": unknown})) == "var.a"
	verdict(model({"retry_strategy": [unknown]})) == "var.a"
}
