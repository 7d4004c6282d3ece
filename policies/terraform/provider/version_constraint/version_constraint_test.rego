package terraform.provider.version_constraint_test

import data.terraform.provider.version_constraint as policy

aws := {
	"address": "provider.aws", "name": "aws", "alias": null, "module": null,
	"full_name": "registry.terraform.io/hashicorp/aws", "version_constraint": null,
}

inner := object.union(aws, {"address": "module.a.provider.aws", "module": "module.a"})

plan(version, providers) := {"terraform": {"version": version}, "providers": providers}

failing(version, providers) := addresses if {
	addresses := {finding.address | some finding in policy.deny} with input as plan(version, providers)
}

open(version, providers) := addresses if {
	addresses := {finding.address | some finding in policy.unknown} with input as plan(version, providers)
}

test_no_constraint if {
	every none in [null, ""] {
		failing("1.11.4", [object.union(aws, {"version_constraint": none})]) == {"provider.aws"}
	}
	open("1.11.4", [aws]) == set()
}

test_a_constraint if failing("1.11.4", [object.union(aws, {"version_constraint": "~> 5.0"})]) == set()

test_the_constraint_of_a_module_above if {
	root := object.union(aws, {"version_constraint": "~> 5.0"})
	failing("1.11.4", [root, inner]) == set()
	middle := object.union(inner, {"version_constraint": "~> 5.0"})
	deeper := object.union(inner, {"address": "module.a.module.b.provider.aws", "module": "module.a.module.b"})
	failing("1.11.4", [middle, deeper]) == set()
}

test_the_constraint_of_another_module if {
	middle := object.union(inner, {"version_constraint": "~> 5.0"})
	failing("1.11.4", [aws, middle]) == {"provider.aws"}
	other := object.union(inner, {"address": "module.ab.provider.aws", "module": "module.ab"})
	failing("1.11.4", [middle, other]) == {"module.ab.provider.aws"}
	deep := object.union(inner, {"address": "module.b.module.a.provider.aws", "module": "module.b.module.a"})
	failing("1.11.4", [middle, deep]) == {"module.b.module.a.provider.aws"}
}

test_a_provider_may_have_two_names if {
	other := object.union(aws, {"address": "provider.amazon", "name": "amazon", "version_constraint": "~> 5.0"})
	failing("1.11.4", [aws, other]) == set()
}

test_the_constraint_of_another_provider if {
	other := object.union(aws, {
		"address": "provider.random", "name": "random", "version_constraint": "~> 3.0",
		"full_name": "registry.terraform.io/hashicorp/random",
	})
	failing("1.11.4", [aws, other]) == {"provider.aws"}
}

test_built_in_ones_are_not_examined if {
	full := object.union(aws, {"name": "terraform", "full_name": "terraform.io/builtin/terraform"})
	old := object.union(aws, {"name": "terraform", "full_name": null})
	every provider in [full, old] {
		policy.examined == set() with input as plan("1.11.4", [provider])
		failing("1.11.4", [provider]) == set()
	}
}

test_a_mirror_of_built_in_ones_is_examined if {
	mirror := object.union(aws, {"full_name": "example.com/terraform.io/builtin/aws"})
	failing("1.11.4", [mirror]) == {"provider.aws"}
}

test_an_old_provider_is_examined if {
	old := object.union(aws, {"full_name": null})
	failing("1.0.0", [old]) == {"provider.aws"}
	failing("1.0.0", [old, object.union(old, {"alias": "a", "version_constraint": "~> 3.0"})]) == set()
}

test_versions_that_do_not_tell if {
	every version in ["0.12.31", "0.13.7", "0.14.0", "0.14.6", null] {
		failing(version, [aws]) == set()
		open(version, [aws]) == {"provider.aws"}
		open(version, [object.union(aws, {"version_constraint": "~> 3.0"})]) == set()
	}
	every version in ["0.14.7", "0.14.11", "0.15.0", "1.0.12", "1.14.6"] {
		failing(version, [aws]) == {"provider.aws"}
	}
}

test_the_findings if {
	denied := policy.deny with input as plan("1.11.4", [aws])
	denied == {{
		"address": "provider.aws",
		"attribute": "version",
		"expected": "a constraint such as ~> 5.0",
		"message": "it has no version constraint, so any release of it is taken",
	}}
	untold := policy.unknown with input as plan("0.13.0", [aws])
	untold == {{
		"address": "provider.aws",
		"attribute": "version",
		"expected": "a constraint such as ~> 5.0",
		"message": "whether its version is constrained is not in the plan",
		"cause": "a version of Terraform that leaves required_providers out of the plan",
	}}
}
