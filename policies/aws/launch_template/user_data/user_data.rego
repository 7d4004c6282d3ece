# METADATA
# title: Start script is written inline
# description: |
#   A script inside the configuration is neither highlighted nor linted nor tested, its every $ has to be thought about
#   twice, and what it installs hides among the infrastructure. In a file of its own, read by templatefile, file or a
#   cloudinit_config data source, it is a script like any other. One line is none. The plan does not name the functions
#   that were called: a script is taken to come from a file where its argument refers to path.module or another path,
#   and to be written in the configuration where it refers to nothing that could have brought it.
# scope: package
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/language/functions/templatefile
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
# custom:
#   severity: info
#   since: 0.1.0
#   examines: [aws_launch_template, aws_launch_configuration, aws_instance, aws_spot_instance_request]
#   remediation: Move the script into a file, and read it with templatefile.
#   example: |
#     resource "aws_launch_template" "app" {
#       user_data = base64encode(templatefile("${path.module}/user_data.sh.tftpl", {
#         region = var.region
#       }))
#       # ...
#     }
#   reports: [online-education 30]
package aws.launch_template.user_data

import data.lib.tf

types := ["aws_launch_template", "aws_launch_configuration", "aws_instance", "aws_spot_instance_request"]

# Scripts that do not come from a file, with their text, which may be unknown.
inline := [{"machine": machine, "argument": argument, "text": script} |
	some type in types
	some machine in input.resources[type]
	some argument in ["user_data", "user_data_base64"]
	found := tf.get(machine, argument, null)
	found != null
	not is_from_file(machine, argument)
	script := legible(found, object.get(machine, ["config", argument, "constant"], null))
]

references(machine, argument) := object.get(machine, ["config", argument, "references"], [])

is_from_file(machine, argument) if {
	some reference in references(machine, argument)
	startswith(reference, "path.")
}

is_from_file(machine, argument) if {
	some reference in tf.candidates(machine, argument)
	data.aws.launch_template.user_data.renderers[reference.type]
}

# legible(found, constant): the script as it is written. Providers before 6.0 give the plan a hash of an instance's.
legible(found, constant) := decoded(constant) if is_string(constant)

else := found if tf.is_known(found) == false

else := hidden("a script of which the plan holds the hash") if regex.match("^[0-9a-f]{40}$", found)

else := hidden("a compressed script") if startswith(found, "H4sI")

else := decoded(found)

hidden(why) := {"unknown": true, "from": [why]}

decoded(script) := base64.decode(script) if base64.is_valid(script)

else := script

lines(script) := count(split(trim_space(script), "\n"))

# Where a script may have come from that the plan does not show: what is given to a module or comes out of one, and
# values that are no single line.
carriers(machine, argument) := array.concat(
	[reference |
		some reference in references(machine, argument)
		may_carry(machine, reference)
	],
	[reference.address |
		some reference in tf.candidates(machine, argument)
		target := tf.section(reference.mode)[reference.type][reference.position]
		not is_one_line(object.get(target, ["values", reference.attribute], null))
	],
)

may_carry(_, reference) if startswith(reference, "module.")

may_carry(machine, reference) if {
	startswith(reference, "var.")
	machine.module != null
}

may_carry(_, reference) if {
	some variable in input.variables
	variable.address == reference
	not is_one_line(variable.value)
}

is_one_line(found) if is_number(found)

is_one_line(found) if is_boolean(found)

is_one_line(found) if {
	is_string(found)
	not contains(found, "\n")
}

deny contains tf.finding_with(script.machine, message, details) if {
	some script in inline
	tf.is_known(script.text)
	lines(script.text) > 1
	carriers(script.machine, script.argument) == []
	message := sprintf("its script of %d lines is written in the configuration", [lines(script.text)])
	details := {"attribute": script.argument, "expected": expected}
}

unknown contains tf.finding_with(script.machine, message, details) if {
	some script in inline
	tf.is_known(script.text)
	lines(script.text) > 1
	causes := carriers(script.machine, script.argument)
	count(causes) > 0
	message := "whether its script comes from a file is not in the plan"
	details := {"attribute": script.argument, "expected": expected, "cause": causes}
}

unknown contains tf.finding_with(script.machine, message, details) if {
	some script in inline
	causes := tf.cause(script.text)
	count(causes) > 0
	message := "how long its script is, is not in the plan"
	details := {"attribute": script.argument, "expected": expected, "cause": causes}
}

expected := "templatefile, file or cloudinit_config"
