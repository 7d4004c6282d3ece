package lib.user_data_test

import data.lib.user_data

unknown := {"unknown": true, "from": ["aws_sqs_queue.a.url"]}

unset := {"unknown": true, "unset": true}

hash := "0dc4477f14757c7622557aef387ea72bd76439ea"

of(type, values, config) := {"address": sprintf("%s.a", [type]), "type": type, "values": values, "config": config}

test_machines_are_of_all_types if {
	resources := {type: [of(type, {}, {})] | some type in user_data.types}
	count(user_data.machines) == 4 with input.resources as resources
	user_data.machines == [] with input.resources as {}
}

test_plain_scripts if {
	trim_space(user_data.script(of("aws_instance", {"user_data": "start"}, {}))) == "start"
}

test_scripts_in_base64 if {
	encoded := base64.encode("start")
	every machine in [
		of("aws_instance", {"user_data": unset, "user_data_base64": encoded}, {}),
		of("aws_launch_configuration", {"user_data_base64": encoded}, {}),
		of("aws_launch_template", {"user_data": encoded}, {}),
	] {
		trim_space(user_data.script(machine)) == "start"
	}
}

test_a_template_that_is_not_in_base64_is_read_as_it_is if {
	trim_space(user_data.script(of("aws_launch_template", {"user_data": "#!/bin/sh\n!"}, {}))) == "!"
}

test_none_is_empty if {
	trim_space(user_data.script(of("aws_instance", {}, {}))) == ""
	user_data.doubts(of("aws_launch_template", {}, {})) == []
}

test_comments_are_left_out if {
	script := user_data.script(of("aws_instance", {"user_data": "#!/bin/sh\n  # start\nstop # later"}, {}))
	trim_space(script) == "stop # later"
}

test_a_hash_is_looked_up_in_the_configuration if {
	machine := of("aws_instance", {"user_data": hash}, {"user_data": {"constant": "start"}})
	trim_space(user_data.script(machine)) == "start"
	user_data.doubts(machine) == []
}

test_only_a_hash_is_looked_up if {
	machine := of("aws_instance", {"user_data": "start"}, {"user_data": {"constant": "before"}})
	trim_space(user_data.script(machine)) == "start"
}

test_a_hash_alone_is_not_known if {
	machine := of("aws_instance", {"user_data": hash}, {"user_data": {"references": ["local.script"]}})
	user_data.doubts(machine) == ["a script of which the plan holds the hash"]
	not user_data.script(machine)
}

test_what_is_like_a_hash_is_none if {
	user_data.doubts(of("aws_instance", {"user_data": concat("", [hash, "0"])}, {})) == []
}

test_a_compressed_script_is_not_known if {
	machine := of("aws_launch_template", {"user_data": "H4sIAAAAAAAA"}, {})
	user_data.doubts(machine) == ["a compressed script"]
	not user_data.script(machine)
}

test_an_unknown_script_is_not_known if {
	every machine in [
		of("aws_launch_template", {"user_data": unknown}, {}),
		of("aws_instance", {"user_data": unknown}, {}),
		of("aws_instance", {"user_data_base64": unknown}, {}),
	] {
		user_data.doubts(machine) == ["aws_sqs_queue.a.url"]
		not user_data.script(machine)
	}
	user_data.doubts(of("aws_instance", {"user_data": {"sensitive": true}}, {})) == ["a sensitive value"]
}
