package aws.rds.final_snapshot_test

import data.aws.rds.final_snapshot as policy

unknown(source) := {"unknown": true, "from": [source]}

database(values, more) := object.union({"address": "d", "values": values}, more)

plan(type, resource) := {"resources": {type: [resource]}}

# An instance with that name, made of that configuration, and more.
named(name, configured, more) := plan("aws_db_instance", database(
	{"skip_final_snapshot": false, "final_snapshot_identifier": name},
	object.union({"config": {"final_snapshot_identifier": configured}}, more),
))

made_of(references, more) := named("orders-final", {"references": references}, more)

passes(model) if {
	policy.examined == {"d"} with input as model
	policy.deny == set() with input as model
	policy.unknown == set() with input as model
}

attributes(model) := found if {
	found := [finding.attribute | some finding in policy.deny] with input as model
}

fails(model) if {
	policy.examined == {"d"} with input as model
	attributes(model) == ["final_snapshot_identifier"]
	policy.unknown == set() with input as model
}

doubted(model, cause) if {
	policy.examined == {"d"} with input as model
	policy.deny == set() with input as model
	[finding.cause | some finding in policy.unknown] == [cause] with input as model
}

types := ["aws_db_instance", "aws_rds_cluster"]

test_skipped if {
	every type in types {
		every skip in [true, "true"] {
			attributes(plan(type, database({"skip_final_snapshot": skip}, {}))) == ["skip_final_snapshot"]
		}
	}
	constant := {"config": {"final_snapshot_identifier": {"constant": "final"}}}
	values := {"skip_final_snapshot": true, "final_snapshot_identifier": "final"}
	attributes(plan("aws_db_instance", database(values, constant))) == ["skip_final_snapshot"]
}

test_no_name if {
	every type in types {
		every values in [{}, {"skip_final_snapshot": "false", "final_snapshot_identifier": ""}] {
			fails(plan(type, database(values, {})))
			{"its final snapshot has no name, so destroying it fails"} == {finding.message |
				some finding in policy.deny
			} with input as plan(type, database(values, {}))
		}
	}
}

test_constants if {
	fails(named("final", {"constant": "final"}, {}))
	fails(named({"sensitive": true}, {"constant": {"sensitive": true}}, {}))
	fails(named("orders-20260101", {"constant": "orders-20260101"}, {}))
	fails(made_of(["var.name"], {}))
	fails(made_of(["local.name", "var.name", "each.key", "count.index", "path.module", "terraform.workspace"], {}))
	fails(made_of(["data.aws_caller_identity.me.account_id"], {"source": {"file": "main.tf", "line": 1}}))
	fails(named({"sensitive": true}, {"references": ["var.name"]}, {}))
}

test_shows_the_name if {
	[finding.found | some finding in policy.deny] == ["final"] with input as named("final", {"constant": "final"}, {})
}

test_something_new if {
	passes(named(unknown("random_id.snapshot.hex"), {"references": ["random_id.snapshot.hex"]}, {}))
	passes(named(unknown("local.name"), {"references": ["local.name"]}, {}))
	passes(named({"unknown": true, "from": []}, {"references": []}, {}))
	passes(made_of(["random_id.snapshot.hex", "random_id.snapshot"], {}))
	passes(made_of(["var.name", "random_id.snapshot"], {}))
}

referring(mode, certain) := {"references": {"final_snapshot_identifier": [{
	"address": "random_id.a", "mode": mode, "certain": certain, "cause": "module.a",
}]}}

test_something_new_through_a_variable if {
	passes(made_of(["var.name"], referring("managed", true)))
	fails(made_of(["var.name"], referring("data", true)))
	fails(made_of(["var.name"], referring("data", false)))
	doubted(made_of(["var.name"], referring("managed", false)), "module.a")
	read := {"source": {"file": "main.tf", "line": 1}}
	doubted(made_of(["var.name"], object.union(referring("managed", false), read)), "module.a")
}

call := "a function call in the configuration"

test_calls if {
	read := {"source": {"file": "main.tf", "line": 1}}
	doubted(made_of([], {}), call)
	passes(made_of([], read))
	doubted(named("orders-20261122", {"references": ["var.name"]}, {}), call)
	doubted(named("orders-2026-11-22", {"references": ["var.name"]}, {}), call)
	passes(named("orders-20261122", {"references": ["var.name"]}, read))
	fails(named("orders-20269922", {"references": ["var.name"]}, {}))
	doubted(plan("aws_db_instance", database({"final_snapshot_identifier": "final"}, {})), call)
}

test_skipping_is_unknown if {
	later := {"skip_final_snapshot": unknown("var.skip"), "final_snapshot_identifier": unknown("random_id.a.hex")}
	doubted(plan("aws_db_instance", database(later, {})), "var.skip")
	constant := {"skip_final_snapshot": unknown("var.skip"), "final_snapshot_identifier": "final"}
	configured := {"config": {"final_snapshot_identifier": {"constant": "final"}}}
	attributes(plan("aws_db_instance", database(constant, configured))) == ["final_snapshot_identifier"]
	called := {"skip_final_snapshot": unknown("var.skip"), "final_snapshot_identifier": "final"}
	doubted(plan("aws_db_instance", database(called, {})), "var.skip")
}

test_copies_are_not_examined if {
	every values in [
		{"replicate_source_db": "main", "skip_final_snapshot": true},
		{"replicate_source_db": "main"},
		{"replication_source_identifier": "main", "skip_final_snapshot": unknown("var.skip")},
	] {
		model := plan("aws_rds_cluster", database(values, {}))
		policy.examined == set() with input as model
		policy.deny == set() with input as model
		policy.unknown == set() with input as model
	}
}
