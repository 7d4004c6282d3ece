# The script that an instance starts with, of an instance, a launch template or a launch configuration.
package lib.user_data

import data.lib.tf

# The types that have one.
types := {"aws_instance", "aws_launch_configuration", "aws_launch_template", "aws_spot_instance_request"}

# machines: the resources of these types.
machines := [machine |
	some type in types
	some machine in object.get(input.resources, type, [])
]

# script(machine) -> "#!/bin/bash\n..."; "" where it has none, undefined where the plan cannot tell
#
# Lines that are only a comment are left out.
script(machine) := regex.replace(source(machine), `(?m)^[ \t]*#.*$`, "") if doubts(machine) == []

# doubts(machine) -> ["data.template_file.init.rendered"]: why its script cannot be read; [] where it can
doubts(machine) := array.concat(tf.cause(plain(machine)), tf.cause(encoded(machine)))

source(machine) := concat("\n", [plain(machine), decoded(encoded(machine))])

# A launch template's is in base64 always.
encoded(machine) := legible(tf.get(machine, argument(machine.type), ""))

argument(type) := "user_data" if type == "aws_launch_template"

else := "user_data_base64"

# What is compressed cannot be read.
legible(text) := {"unknown": true, "from": ["a compressed script"]} if {
	is_string(text)
	startswith(text, "H4sI")
}

else := text

decoded(text) := base64.decode(text) if base64.is_valid(text)

else := text

plain(machine) := "" if machine.type == "aws_launch_template"

else := unhashed(tf.get(machine, "user_data", ""), object.get(machine, ["config", "user_data", "constant"], null))

# Providers before 6.0 give the plan a hash of it; the configuration may have it in plain text.
unhashed(found, constant) := constant if {
	is_hash(found)
	is_string(constant)
}

else := {"unknown": true, "from": ["a script of which the plan holds the hash"]} if is_hash(found)

else := found

is_hash(found) if {
	is_string(found)
	regex.match(`^[0-9a-f]{40}$`, found)
}
