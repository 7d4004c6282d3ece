package aws.batch.job_timeout_test

import data.aws.batch.job_timeout

unknown := {"unknown": true, "from": ["var.a"]}

model(values, max_seconds) := {
	"params": {"aws.batch.job_timeout": {"max_seconds": max_seconds}},
	"resources": {"aws_batch_job_definition": [{"address": "x", "values": values}]},
}

of(seconds) := model({"timeout": [{"attempt_duration_seconds": seconds}]}, 14400)

verdict(found) := message if {
	some finding in job_timeout.deny with input as found
	message := finding.message
} else := cause if {
	some finding in job_timeout.unknown with input as found
	cause := finding.cause
} else := "pass"

none := "it has no timeout, so a job that hangs runs on"

long := "a job that hangs is ended after 14401 seconds, past the limit of 14400"

test_no_timeout if {
	every values in [
		{}, {"timeout": []}, {"timeout": null}, {"timeout": [{}]},
		{"timeout": {"unknown": true, "unset": true}},
	] {
		verdict(model(values, 14400)) == none
	}
	verdict(of(null)) == none
}

test_seconds if {
	verdict(of(60)) == "pass"
	verdict(of(14400)) == "pass"
	verdict(of(14401)) == long
}

test_params if {
	seconds := {"timeout": [{"attempt_duration_seconds": 3601}]}
	verdict(model(seconds, 3601)) == "pass"
	verdict(model(seconds, 3600)) == "a job that hangs is ended after 3601 seconds, past the limit of 3600"
	job_timeout.expected == "at most 3600" with input as model(seconds, 3600)
}

test_unknown if {
	verdict(of(unknown)) == "var.a"
	verdict(model({"timeout": unknown}, 14400)) == "var.a"
	verdict(model({"timeout": [unknown]}, 14400)) == "var.a"
}
