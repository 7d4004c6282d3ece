package aws.opensearch.encryption_test

import data.aws.opensearch.encryption

unknown := {"unknown": true, "from": ["var.a"]}

unset := {"unknown": true, "unset": true}

types := ["aws_opensearch_domain", "aws_elasticsearch_domain"]

arguments := {
	"at rest": ["encrypt_at_rest", "enabled"],
	"between nodes": ["node_to_node_encryption", "enabled"],
	"https": ["domain_endpoint_options", "enforce_https"],
}

verdict(type, values, key) := "fail" if {
	some finding in encryption.deny with input as {"resources": {type: [{"address": "x", "values": values}]}}
	finding.key == key
	finding.found == false
} else := cause if {
	some finding in encryption.unknown with input as {"resources": {type: [{"address": "x", "values": values}]}}
	finding.key == key
	cause := finding.cause
} else := "pass"

test_layers if {
	every type in types {
		every key, argument in arguments {
			every found in [false, "false", null, unset] {
				verdict(type, {argument[0]: [{argument[1]: found}]}, key) == "fail"
			}
			every found in [[], null, unset] {
				verdict(type, {argument[0]: found}, key) == "fail"
			}
			verdict(type, {}, key) == "fail"
			verdict(type, {argument[0]: [{argument[1]: true}]}, key) == "pass"
			verdict(type, {argument[0]: [{argument[1]: "true"}]}, key) == "pass"
			verdict(type, {argument[0]: [{argument[1]: unknown}]}, key) == "var.a"
			verdict(type, {argument[0]: unknown}, key) == "var.a"
		}
	}
}

test_findings if {
	encryption.deny == {{
		"address": "x",
		"key": "https",
		"message": "it answers plain HTTP, which anyone on the way can read and change",
		"attribute": "domain_endpoint_options.enforce_https",
		"found": false,
		"expected": true,
	}} with input as {"resources": {"aws_opensearch_domain": [{"address": "x", "values": {
		"encrypt_at_rest": [{"enabled": true}],
		"node_to_node_encryption": [{"enabled": true}],
	}}]}}
}

test_messages if {
	{finding.message | some finding in encryption.deny} == {
		"its indices and snapshots are not encrypted on disk",
		"what its nodes tell each other is not encrypted",
		"it answers plain HTTP, which anyone on the way can read and change",
	} with input as {"resources": {"aws_opensearch_domain": [{"address": "x", "values": {}}]}}
}
