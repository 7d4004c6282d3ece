package aws.eks.public_endpoint_test

import data.aws.eks.public_endpoint

unknown := {"unknown": true, "from": ["var.a"]}

unset := {"unknown": true, "unset": true}

model(values) := {
	"params": {"aws.eks.public_endpoint": {"log_types": ["audit"]}},
	"resources": {"aws_eks_cluster": [{"address": "x", "values": values}]},
}

verdict(found, key) := message if {
	some finding in public_endpoint.deny with input as found
	finding.key == key
	message := finding.message
} else := cause if {
	some finding in public_endpoint.unknown with input as found
	finding.key == key
	cause := finding.cause
} else := "pass"

endpoint(settings) := verdict(model({"vpc_config": [settings]}), "endpoint")

ipv4 := "its API is open to 0.0.0.0/0, the whole internet"

both := "its API is open to 0.0.0.0/0 and ::/0, the whole internet"

test_open_by_default if {
	every settings in [{}, {"endpoint_public_access": true}, {"endpoint_public_access": "true"}] {
		every ranges in [null, [], unset, ["10.0.0.0/8", "0.0.0.0/0"], ["0.0.0.0/1", "128.0.0.0/1"]] {
			endpoint(object.union(settings, {"public_access_cidrs": ranges})) == ipv4
		}
	}
	verdict(model({}), "endpoint") == ipv4
	endpoint({"public_access_cidrs": ["0.0.0.0/0", "::/0"]}) == both
	endpoint({"public_access_cidrs": ["0.0.0.0/0", unknown]}) == ipv4
}

test_closed if {
	endpoint({"endpoint_public_access": false}) == "pass"
	endpoint({"endpoint_public_access": "false", "public_access_cidrs": ["0.0.0.0/0"]}) == "pass"
	endpoint({"public_access_cidrs": ["203.0.113.0/24"]}) == "pass"
	endpoint({"endpoint_public_access": unknown, "public_access_cidrs": ["203.0.113.0/24"]}) == "pass"
	endpoint({"endpoint_public_access": false, "public_access_cidrs": unknown}) == "pass"
}

test_unknown_endpoint if {
	endpoint({"endpoint_public_access": unknown}) == "var.a"
	endpoint({"public_access_cidrs": unknown}) == "var.a"
	endpoint({"public_access_cidrs": ["203.0.113.0/24", unknown]}) == "var.a"
	verdict(model({"vpc_config": unknown}), "endpoint") == "var.a"
}

secrets(blocks) := verdict(model({"encryption_config": blocks}), "secrets")

test_secrets if {
	secrets([{"resources": ["secrets"]}]) == "pass"
	every blocks in [null, [], [{}], [{"resources": ["others"]}]] {
		secrets(blocks) == "no key of yours encrypts its secrets"
	}
	secrets(unknown) == "var.a"
	secrets([{"resources": unknown}]) == "var.a"
	secrets([{"resources": [unknown, "secrets"]}]) == "pass"
}

logs(types) := verdict(model({"enabled_cluster_log_types": types}), "logs")

test_logs if {
	logs(["api", "audit"]) == "pass"
	every types in [null, [], ["api"], unset] {
		logs(types) == "its control plane writes no audit log"
	}
	logs(unknown) == "var.a"
	logs(["api", unknown]) == "var.a"
	logs(["audit", unknown]) == "pass"
}

requiring(types, values) := object.union(
	model(values),
	{"params": {"aws.eks.public_endpoint": {"log_types": types}}},
)

test_log_types if {
	found := requiring(["audit", "api", "authenticator"], {"enabled_cluster_log_types": ["audit"]})
	verdict(found, "logs") == "its control plane writes no api and no authenticator log"
	verdict(requiring([], {}), "logs") == "pass"
}

test_what_fails_is_not_unknown if {
	count(public_endpoint.deny) > 0 with input as model({})
	public_endpoint.unknown == set() with input as model({})
}
