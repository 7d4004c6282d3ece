# METADATA
# title: Kubernetes API is open to the internet, unencrypted or unlogged
# description: |
#   The API of a cluster is its control panel: open to everyone, a leaked token or the next flaw in Kubernetes is
#   enough to take the cluster over. Make the endpoint private, or name the addresses that may reach it. Without a key
#   of your own, nobody can cut off who has got at the cluster's secrets; without the audit log, nobody can tell who
#   read them.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
#   - ref: https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html
#   - ref: https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html
# custom:
#   severity: high
#   since: 0.1.0
#   examines: [aws_eks_cluster]
#   remediation: Close the endpoint or narrow public_access_cidrs, encrypt secrets with a KMS key, and log audits.
#   example: |
#     resource "aws_eks_cluster" "main" {
#       enabled_cluster_log_types = ["api", "audit", "authenticator"]
#       vpc_config {
#         endpoint_private_access = true
#         endpoint_public_access  = false
#         subnet_ids              = aws_subnet.private[*].id
#       }
#       encryption_config {
#         resources = ["secrets"]
#         provider {
#           key_arn = aws_kms_key.cluster.arn
#         }
#       }
#       # ...
#     }
#   controls: {nist_800_53: [AC-4, AU-12, SC-7, SC-28], pci_dss: ["1.4.4", "10.2.1"], soc2: [CC6.1, CC6.6, CC7.2]}
#   params:
#     log_types: {type: list, default: [audit], description: Control plane logs that must be on.}
package aws.eks.public_endpoint

import data.lib.cidr
import data.lib.tf

setting(cluster, argument, fallback) := tf.get(cluster, ["vpc_config", 0, argument], fallback)

# Clusters whose API the internet reaches, with the doubts about it. AWS's default is a public endpoint for everyone.
open := [{"cluster": cluster, "ranges": tf.known(ranges), "doubts": doubts} |
	some cluster in input.resources.aws_eks_cluster
	public := setting(cluster, "endpoint_public_access", true)
	not tf.is_false(public)
	ranges := setting(cluster, "public_access_cidrs", ["0.0.0.0/0"])
	doubts := array.concat(tf.cause(public), make_up_internet(ranges))
]

make_up_internet(ranges) := [] if count(cidr.internet(tf.known(ranges))) > 0

else := causes if {
	causes := tf.causes(ranges)
	count(causes) > 0
}

deny contains tf.finding_with(found.cluster, message, details) if {
	some found in open
	found.doubts == []
	message := sprintf("its API is open to %s, the whole internet", [concat(" and ", cidr.internet(found.ranges))])
	details := {
		"key": "endpoint",
		"attribute": "vpc_config.public_access_cidrs",
		"found": found.ranges,
		"expected": "a private endpoint, or the ranges that may reach it",
	}
}

unknown contains tf.finding_with(found.cluster, message, details) if {
	some found in open
	count(found.doubts) > 0
	message := "whether its API is open to the internet is known after apply"
	details := {
		"key": "endpoint",
		"attribute": "vpc_config.public_access_cidrs",
		"expected": "a private endpoint, or the ranges that may reach it",
		"cause": found.doubts,
	}
}

# Clusters whose secrets no key of theirs encrypts, with the doubts about it.
plain := [{"cluster": cluster, "doubts": tf.causes(resources)} |
	some cluster in input.resources.aws_eks_cluster
	resources := [resource |
		some block in tf.blocks(cluster, "encryption_config")
		some resource in tf.elements(tf.get(block, "resources", []))
	]
	count([resource | some resource in resources; resource == "secrets"]) == 0
]

deny contains tf.finding_with(found.cluster, "no key of yours encrypts its secrets", details) if {
	some found in plain
	found.doubts == []
	details := {"key": "secrets", "attribute": "encryption_config", "expected": "a KMS key for secrets"}
}

unknown contains tf.finding_with(found.cluster, "which key encrypts its secrets is known after apply", details) if {
	some found in plain
	count(found.doubts) > 0
	details := {
		"key": "secrets",
		"attribute": "encryption_config",
		"expected": "a KMS key for secrets",
		"cause": found.doubts,
	}
}

log_types := input.params["aws.eks.public_endpoint"].log_types

# Clusters that lack a log, with the doubts about it.
unlogged := [{"cluster": cluster, "missing": missing, "doubts": tf.causes(enabled)} |
	some cluster in input.resources.aws_eks_cluster
	enabled := tf.get(cluster, "enabled_cluster_log_types", [])
	known := {type | some type in tf.known(enabled)}
	missing := [type | some type in log_types; not known[type]]
	count(missing) > 0
]

deny contains tf.finding_with(found.cluster, message, details) if {
	some found in unlogged
	found.doubts == []
	message := sprintf("its control plane writes no %s log", [concat(" and no ", found.missing)])
	details := {"key": "logs", "attribute": "enabled_cluster_log_types", "expected": log_types}
}

unknown contains tf.finding_with(found.cluster, "which logs it writes is known after apply", details) if {
	some found in unlogged
	count(found.doubts) > 0
	details := {
		"key": "logs",
		"attribute": "enabled_cluster_log_types",
		"expected": log_types,
		"cause": found.doubts,
	}
}
