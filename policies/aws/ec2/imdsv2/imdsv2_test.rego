package aws.ec2.imdsv2_test

import data.aws.ec2.imdsv2 as policy

unknown := {"unknown": true, "from": ["var.a"]}

unset := {"unknown": true, "unset": true}

types := ["aws_instance", "aws_spot_instance_request", "aws_launch_template", "aws_launch_configuration"]

model(type, options) := {"resources": {type: [{"address": "x", "values": {"metadata_options": options}}]}}

test_optional if {
	every type in types {
		every options in [
			null,
			[],
			unset,
			[{"http_tokens": null}],
			[{"http_tokens": unset}],
			[{"http_tokens": "optional"}],
		] {
			policy.deny == {{
				"address": "x",
				"attribute": "metadata_options.http_tokens",
				"message": "its http_tokens is optional, so its metadata is given without a token",
				"found": "optional",
				"expected": "required",
			}} with input as model(type, options)
			policy.unknown == set() with input as model(type, options)
		}
		count(policy.deny) == 1 with input as model(type, [{"http_endpoint": "enabled"}])
	}
}

test_required if {
	every type in types {
		every options in [
			[{"http_tokens": "required"}],
			[{"http_tokens": "required", "http_endpoint": unknown}],
			[{"http_endpoint": "disabled"}],
			[{"http_endpoint": "disabled", "http_tokens": unknown}],
		] {
			policy.deny == set() with input as model(type, options)
			policy.unknown == set() with input as model(type, options)
		}
	}
}

causes(planned) := found if {
	found := {finding.cause | some finding in policy.unknown} with input as planned
	policy.deny == set() with input as planned
}

test_unknown if {
	every type in types {
		every options in [unknown, [{"http_tokens": unknown}], [{"http_endpoint": unknown}]] {
			causes(model(type, options)) == {"var.a"}
		}
	}
	[finding.message | some finding in policy.unknown] == [
		"whether its metadata is given without a token is known after apply",
	] with input as model("aws_instance", unknown)
}

# An instance, and the template that it starts from.
started(instance, template) := {"resources": {
	"aws_instance": [{
		"address": "i",
		"values": {"metadata_options": instance},
		"references": {"launch_template.id": [{
			"address": "t", "type": "aws_launch_template", "mode": "managed", "certain": true, "position": 0,
		}]},
	}],
	"aws_launch_template": [{"address": "t", "values": {"metadata_options": template}}],
}}

denied(planned) := found if {
	found := {finding.address | some finding in policy.deny} with input as planned
}

test_launch_templates if {
	denied(started(unset, [{"http_tokens": "required"}])) == set()
	denied(started([{"http_tokens": "required"}], [{"http_tokens": "optional"}])) == {"t"}
	denied(started([{"http_tokens": "optional"}], [{"http_tokens": "required"}])) == {"i"}
	denied(started(unset, [{"http_tokens": "optional"}])) == {"i", "t"}
	denied(started(unset, unset)) == {"i", "t"}
	denied(started(unset, [{"http_endpoint": "disabled"}])) == set()
}

test_a_launch_template_outside_the_plan if {
	causes({"resources": {"aws_instance": [{
		"address": "x",
		"values": {"metadata_options": unset, "launch_template": [{"id": "lt-1"}]},
	}]}}) == {"launch template lt-1 outside the plan"}
}
