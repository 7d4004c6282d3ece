# METADATA
# title: Search domain is not encrypted everywhere
# description: |
#   An index is a copy of the data, and needs the same care: encrypted on disk with its snapshots, between the domain's
#   nodes, and on the way from whoever asks it, for which plain HTTP must be refused. AWS does none of these unless
#   told to. On old domains, encryption cannot be switched on but by moving to a new one: decide before there is data.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/encryption-at-rest.html
#   - ref: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ntn.html
# custom:
#   severity: high
#   since: 0.1.0
#   examines: [aws_opensearch_domain, aws_elasticsearch_domain]
#   remediation: Enable encrypt_at_rest and node_to_node_encryption, and set enforce_https in domain_endpoint_options.
#   example: |
#     resource "aws_opensearch_domain" "search" {
#       encrypt_at_rest {
#         enabled    = true
#         kms_key_id = aws_kms_key.search.arn
#       }
#       node_to_node_encryption {
#         enabled = true
#       }
#       domain_endpoint_options {
#         enforce_https       = true
#         tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
#       }
#       # ...
#     }
#   controls: {nist_800_53: [SC-8, SC-8(1), SC-28, SC-28(1)], pci_dss: ["4.2.1"], soc2: [CC6.1, CC6.7]}
package aws.opensearch.encryption

import data.lib.tf

# What is off unless it is said to be on: the path of its argument, and why that is a fault.
layers := {
	"at rest": {
		"path": ["encrypt_at_rest", 0, "enabled"],
		"message": "its indices and snapshots are not encrypted on disk",
	},
	"between nodes": {
		"path": ["node_to_node_encryption", 0, "enabled"],
		"message": "what its nodes tell each other is not encrypted",
	},
	"https": {
		"path": ["domain_endpoint_options", 0, "enforce_https"],
		"message": "it answers plain HTTP, which anyone on the way can read and change",
	},
}

switches := [{
	"domain": domain,
	"key": name,
	"message": layer.message,
	"attribute": concat(".", [step | some step in layer.path; is_string(step)]),
	"on": tf.get(domain, layer.path, false),
} |
	some type in ["aws_opensearch_domain", "aws_elasticsearch_domain"]
	some domain in input.resources[type]
	some name, layer in layers
]

deny contains tf.finding_with(switch.domain, switch.message, details) if {
	some switch in switches
	tf.is_false(switch.on)
	details := {"key": switch.key, "attribute": switch.attribute, "found": false, "expected": true}
}

unknown contains tf.finding_with(switch.domain, message, details) if {
	some switch in switches
	causes := tf.cause(switch.on)
	count(causes) > 0
	message := sprintf("whether %s is on is known after apply", [switch.attribute])
	details := {"key": switch.key, "attribute": switch.attribute, "expected": true, "cause": causes}
}
