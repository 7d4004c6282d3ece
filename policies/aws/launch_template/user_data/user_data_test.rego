package aws.launch_template.user_data_test

import data.aws.launch_template.user_data as policy

unknown(from) := {"unknown": true, "from": from}

script := "#!/bin/bash\nyum install -y httpd\n"

machine(type, argument, found, config) := {"resources": {type: [{
	"address": "x",
	"module": null,
	"values": {argument: found},
	"config": {argument: config},
}]}}

template(found, config) := machine("aws_launch_template", "user_data", found, config)

literal(text) := template(text, {"constant": text})

from(references) := template(base64.encode(script), {"references": references})

denied(planned) if {
	count(policy.deny) == 1 with input as planned
	policy.unknown == set() with input as planned
}

passed(planned) if {
	policy.deny == set() with input as planned
	policy.unknown == set() with input as planned
}

causes(planned) := found if {
	found := {finding.cause | some finding in policy.unknown} with input as planned
	policy.deny == set() with input as planned
}

test_a_finding if {
	policy.deny == {{
		"address": "x",
		"attribute": "user_data",
		"message": "its script of 2 lines is written in the configuration",
		"expected": "templatefile, file or cloudinit_config",
	}} with input as literal(script)
}

test_literals if {
	denied(literal("#cloud-config\npackages: [httpd]"))
	denied(literal(base64.encode(script)))
	passed(literal("#!/bin/bash"))
	passed(literal("\n#cloud-config\n\n"))
	passed(literal(base64.encode("#cloud-config\n")))
}

test_none if {
	every found in [null, "", {"unknown": true, "unset": true}] {
		passed(template(found, {}))
	}
}

test_all_forms if {
	every type in ["aws_launch_template", "aws_launch_configuration", "aws_instance", "aws_spot_instance_request"] {
		denied(machine(type, "user_data", script, {"constant": script}))
		denied(machine(type, "user_data_base64", base64.encode(script), {"references": []}))
	}
}

test_functions_alone if {
	denied(from([]))
	passed(template(base64.encode("#!/bin/bash\n"), {"references": []}))
}

test_a_local_value_is_the_configuration if {
	denied(from(["local.script"]))
}

test_files if {
	every path in ["path.module", "path.root", "path.cwd"] {
		passed(from(["var.region", path]))
		passed(template(unknown(["terraform_data.a.output"]), {"references": [path]}))
	}
	denied(from(["local.path.module"]))
}

refers(type, mode, value) := {
	"resources": {
		"aws_launch_template": [{
			"address": "x",
			"module": null,
			"values": {"user_data": base64.encode(script)},
			"config": {"user_data": {"references": ["a.b"]}},
			"references": {"user_data": [{
				"address": "a", "type": type, "mode": mode,
				"attribute": "value", "certain": true, "position": 0,
			}]},
		}],
		"aws_ssm_parameter": [{"address": "a", "values": {"value": value}}],
	},
	"data": {type: [{"address": "a", "values": {"value": value}}]},
}

test_what_renders_it if {
	every type in ["cloudinit_config", "template_cloudinit_config", "template_file", "local_file"] {
		passed(refers(type, "data", script))
	}
}

test_what_may_have_brought_it if {
	every mode in ["data", "managed"] {
		causes(refers("aws_ssm_parameter", mode, script)) == {"a"}
		causes(refers("aws_ssm_parameter", mode, {"sensitive": true})) == {"a"}
		denied(refers("aws_ssm_parameter", mode, "us-east-1"))
		denied(refers("aws_ssm_parameter", mode, 7))
		denied(refers("aws_ssm_parameter", mode, true))
	}
	causes(from(["module.script.text"])) == {"module.script.text"}
}

variable(value) := object.union(from(["var.script"]), {"variables": [
	{"address": "var.other", "value": script},
	{"address": "var.script", "value": value},
]})

test_one_line_may_come_from_anywhere if {
	passed(template(base64.encode("#!/bin/bash"), {"references": ["module.script.text"]}))
}

test_variables if {
	causes(variable(script)) == {"var.script"}
	causes(variable({"sensitive": true})) == {"var.script"}
	causes(variable(["yum"])) == {"var.script"}
	denied(variable("us-east-1"))
	denied(variable(1))
}

in_module(references) := {
	"resources": {"aws_launch_template": [{
		"address": "x",
		"module": "module.m",
		"values": {"user_data": base64.encode(script)},
		"config": {"user_data": {"references": references}},
	}]},
	"variables": [{"address": "var.script", "value": "us-east-1"}],
}

test_variables_of_modules if {
	causes(in_module(["var.script"])) == {"var.script"}
	denied(in_module(["local.script"]))
}

test_what_cannot_be_read if {
	causes(template(unknown(["terraform_data.a.output"]), {"references": ["terraform_data.a.output"]})) == {
		"terraform_data.a.output",
	}
	hash := machine("aws_instance", "user_data", "96df1a9457f09966adb63c56850953009a8484e4", {"references": []})
	causes(hash) == {"a script of which the plan holds the hash"}
	causes(template("H4sIAAAAAAAA", {"references": []})) == {"a compressed script"}
	causes(template({"sensitive": true}, {"references": []})) == {"a sensitive value"}
	known := machine("aws_instance", "user_data", "96df1a9457f09966adb63c56850953009a8484e4", {"constant": script})
	denied(known)
	[finding.message | some finding in policy.unknown] == [
		"how long its script is, is not in the plan",
	] with input as hash
	[finding.message | some finding in policy.unknown] == [
		"whether its script comes from a file is not in the plan",
	] with input as variable(script)
}
