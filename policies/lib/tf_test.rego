package lib.tf_test

import data.lib.tf

unknown := {"unknown": true, "from": ["var.a"]}

computed := {"unknown": true, "from": []}

unset := {"unknown": true, "unset": true}

sensitive := {"sensitive": true}

resource := {"address": "a.b", "values": {
	"set": "x",
	"off": false,
	"null": null,
	"empty": "",
	"none": [],
	"unset": unset,
	"unknown": unknown,
	"sensitive": sensitive,
	"block": [{"name": "n", "inner": [{"deep": 1, "later": unknown}]}],
	"single": {"name": "s"},
	"partly": ["a", unknown, null],
}}

# A bucket that shows what a resource of its own sets, with what the plan knows more.
shown(config) := {
	"address": "b",
	"config": config,
	"values": {"id": "logs", "versioning": [{"enabled": true}]},
	"referrers": {"aws_s3_bucket_versioning": [{
		"address": "v", "argument": "bucket", "certain": true, "position": 0,
	}]},
}

apart := {"resources": {"aws_s3_bucket_versioning": [{"address": "v", "values": {}}]}}

gone(actions, values) := {"removed": {"aws_s3_bucket_versioning": [{"actions": actions, "values": values}]}}

own(config) := tf.own_blocks(shown(config), "versioning", "aws_s3_bucket_versioning")

test_what_is_set_apart_is_not_its_own if {
	left_out := {"bucket": {"constant": "logs"}}
	own(left_out) == [] with input as apart
	own(left_out) == [] with input as gone(["delete"], {"bucket": "logs"})
	every model in [
		{}, gone(["delete"], {"bucket": "other"}), gone(["delete"], {}), gone(["forget"], {"bucket": "logs"}),
	] {
		own(left_out) == [{"enabled": true}] with input as object.union(model, {"resources": {}})
	}
	every config in [{}, {"versioning": [{"enabled": {"constant": true}}]}] {
		own(config) == [{"enabled": true}] with input as apart
	}
}

test_mentions if {
	every value in ["an arn:x", ["a", "arn:"], {"a": [{"b": "arn:"}]}, {"arn:": 1}, {"a": {"arn:b": null}}] {
		tf.mentions(value, "arn:")
	}
	every value in ["an arn", ["a", 1], {"a": [{"b": true}]}, null, {}, unknown] {
		not tf.mentions(value, "arn:")
	}
}

test_left_out if {
	tf.is_left_out({"config": {"ami": {"constant": "a"}}, "values": {"subnet_id": "subnet-1"}}, "subnet_id")
	not tf.is_left_out({"config": {"subnet_id": {"references": []}}}, "subnet_id")
	not tf.is_left_out({"config": {}}, "subnet_id")
	every actions in [["create"], ["delete", "create"]] {
		not tf.is_left_out({"config": {"ami": {"constant": "a"}}, "actions": actions}, "subnet_id")
	}
	tf.is_left_out({"config": {"ami": {"constant": "a"}}, "actions": ["update"]}, "subnet_id")
	not tf.is_left_out({}, "subnet_id")
}

test_gaps_say_why_a_resource_may_be_missing if {
	tf.gaps == [] with input.terraform as {"errored": false, "complete": true}
	tf.gaps == [] with input.terraform as {"errored": null, "complete": null}
	tf.gaps == ["planning stopped at an error"] with input.terraform as {"errored": true, "complete": true}
	tf.gaps == ["the plan covers only a part"] with input.terraform as {"errored": false, "complete": false}
}

test_finding_names_the_address if {
	tf.finding(resource, "m") == {"address": "a.b", "message": "m"}
	tf.finding(tf.plan, "m").address == "plan"
}

test_finding_with_leaves_nulls_out if {
	found := tf.finding_with(resource, "m", {"key": null, "found": false})
	found == {"address": "a.b", "message": "m", "found": false}
}

test_finding_with_joins_causes if {
	tf.finding_with(resource, "m", {"cause": ["var.b", "var.a", "var.b"]}).cause == "var.a, var.b"
	tf.finding_with(resource, "m", {"cause": "var.a"}).cause == "var.a"
	tf.finding_with(resource, "m", {"cause": []}) == tf.finding(resource, "m")
}

test_get_takes_unset_for_the_default if {
	every name in ["null", "empty", "none", "unset", "absent"] {
		tf.get(resource, name, "default") == "default"
	}
}

test_get_keeps_what_is_set if {
	tf.get(resource, "set", "default") == "x"
	tf.get(resource, "off", true) == false
	tf.get(resource, "unknown", "default") == unknown
	tf.get(resource, "sensitive", "default") == sensitive
}

test_get_follows_a_path if {
	tf.get(resource, ["block", 0, "name"], "default") == "n"
	tf.get(resource, ["block", 0, "inner", 0, "deep"], 0) == 1
	tf.get(resource, ["block", 1, "name"], "default") == "default"
	tf.get(resource, ["absent", 0, "name"], "default") == "default"
	tf.get(resource, ["null", 0, "name"], "default") == "default"
	tf.get(resource, ["set", "name"], "default") == "default"
	tf.get(resource, ["unset", 0, "name"], "default") == "default"
}

test_get_within_the_unknown_is_unknown if {
	tf.get(resource, ["unknown", 0, "name"], "default") == unknown
	tf.get(resource, ["block", 0, "inner", 0, "later", "more"], 0) == unknown
	tf.get(resource, ["sensitive", "name"], "default") == sensitive
}

test_get_of_a_block if {
	tf.get(unknown, "name", "default") == unknown
	tf.get(unset, "name", "default") == "default"
	tf.get(null, "name", "default") == "default"
	tf.get({"values": ["a"]}, "values", []) == ["a"]
	tf.get({"name": [{"deep": 1}]}, ["name", 0, "deep"], 0) == 1
}

test_markers_are_told_apart if {
	tf.is_unknown(unknown)
	tf.is_unknown(computed)
	not tf.is_unknown(unset)
	not tf.is_unknown(sensitive)
	not tf.is_unknown({"unknown": "x", "from": ["y"]})
	not tf.is_unknown("x")
	tf.is_unset(unset)
	not tf.is_unset(unknown)
	tf.is_sensitive(sensitive)
	not tf.is_sensitive({"sensitive": true, "name": "x"})
}

test_is_known if {
	every found in ["x", null, false, [], {}, [unknown]] {
		tf.is_known(found) == true
	}
	every found in [unknown, computed, unset, sensitive] {
		tf.is_known(found) == false
	}
}

test_booleans_may_be_strings if {
	every found in [true, "true", "True"] {
		tf.is_true(found)
		not tf.is_false(found)
	}
	every found in [false, "false", "FALSE"] {
		tf.is_false(found)
		not tf.is_true(found)
	}
	every found in [null, 1, "", unknown] {
		not tf.is_true(found)
		not tf.is_false(found)
	}
}

test_blocks if {
	count(tf.blocks(resource, "block")) == 1
	tf.blocks(resource, "single") == [{"name": "s"}]
	tf.blocks(resource, "unset") == []
	tf.blocks(resource, "absent") == []
	tf.blocks(resource, "unknown") == [unknown]
	tf.blocks(resource, ["block", 0, "inner"])[0].deep == 1
	tf.blocks(tf.blocks(resource, "block")[0], "inner")[0].deep == 1
}

test_known_and_causes_of_lists if {
	tf.known(["a", unknown, null]) == ["a"]
	tf.known("a") == ["a"]
	tf.known(null) == []
	tf.known(unknown) == []
	tf.causes(["a", unknown, null]) == ["var.a"]
	tf.causes(unknown) == ["var.a"]
	tf.causes("a") == []
}

test_cause_is_never_empty_for_the_unknown if {
	tf.cause(unknown) == ["var.a"]
	tf.cause(computed) == ["a value that apply computes"]
	tf.cause(sensitive) == ["a sensitive value"]
	tf.cause(unset) == []
	tf.cause("x") == []
}

# Two buckets; the first certainly has a, and may have b; c logs to it; d is of an unknown bucket.
model := {
	"resources": {"log": [{"address": "log.a"}, {"address": "log.b"}, {"address": "log.c"}]},
	"data": {"doc": [{"address": "data.doc.x"}]},
	"unresolved": {"acl": {"bucket": ["local.name"]}},
}

referrer(name, argument, certain) := {
	"address": sprintf("log.%s", [name]), "argument": argument, "attribute": "id",
	"certain": certain, "position": position,
} if {
	position := {"a": 0, "b": 1, "c": 2}[name]
}

bucket := {"address": "bucket.x", "referrers": {"log": [
	referrer("a", "bucket", true),
	referrer("a", "bucket", true),
	object.union(referrer("b", "bucket", false), {"cause": "local.bucket"}),
	referrer("c", "target_bucket", true),
]}}

test_attached_follows_certain_references_by_that_argument if {
	tf.attached(bucket, "log", "bucket") == [{"address": "log.a"}] with input as model
	tf.attached(bucket, "log", "target_bucket") == [{"address": "log.c"}] with input as model
	tf.attached(bucket, "acl", "bucket") == [] with input as model
}

test_attached_tells_a_data_source_of_the_same_type_apart if {
	other := {"address": "bucket.x", "referrers": {"log": [{
		"address": "data.log.a", "argument": "bucket", "certain": true, "position": 0,
	}]}}
	tf.attached(other, "log", "bucket") == [] with input as model
}

test_may_be_attached if {
	tf.may_be_attached(bucket, "log", "bucket") == ["local.bucket"] with input as model
	tf.may_be_attached(bucket, "log", "target_bucket") == [] with input as model
	tf.may_be_attached(bucket, "acl", "bucket") == ["local.name"] with input as model
}

test_may_yet_be_attached if {
	tf.may_yet_be_attached(bucket, "log", "bucket") == [] with input as model
	tf.may_yet_be_attached(bucket, "acl", "bucket") == ["local.name"] with input as model
}

test_lacks if {
	not tf.lacks(bucket, "log", "bucket") with input as model
	tf.lacks(bucket, "acl", "bucket") == ["local.name"] with input as model
	tf.lacks(bucket, "policy", "bucket") == [] with input as model
}

test_targets_and_references if {
	certain := {"address": "log.a", "type": "log", "mode": "managed", "attribute": "id", "certain": true, "position": 0}
	document := {"address": "data.doc.x", "type": "doc", "mode": "data", "certain": true, "position": 0}
	unsure := {"address": "log.b", "type": "log", "mode": "managed", "certain": false, "cause": "var.b", "position": 1}
	referring := {"address": "r", "references": {"bucket": [certain, unsure], "policy": [document]}}
	tf.targets(referring, "bucket", "log") == [{"address": "log.a"}] with input as model
	tf.targets(referring, "policy", "doc") == [{"address": "data.doc.x"}] with input as model
	tf.targets(referring, "absent", "log") == [] with input as model
	tf.references(referring, "bucket") == [certain]
	tf.candidates(referring, "bucket") == [certain, unsure]
	tf.candidates(referring, "absent") == []
	tf.may_refer(referring, "bucket") == ["var.b"]
	tf.may_refer(referring, "policy") == []
}
