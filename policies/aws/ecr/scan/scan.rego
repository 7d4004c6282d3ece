# METADATA
# title: Repository does not scan images, or lets their tags move
# description: |
#   Images carry known vulnerabilities in what they are built from, and nobody looks for them by hand: a scan of every
#   push says so before the image runs. A tag that may move means that what was tested is not what runs: whoever may
#   push can replace 1.4.2 under the feet of all who use it. A scan may also be configured for the whole registry, by
#   an aws_ecr_registry_scanning_configuration whose filter fits the repository's name.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html
#   - ref: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
# custom:
#   severity: low
#   since: 0.1.0
#   examines: [aws_ecr_repository]
#   remediation: Set scan_on_push to true and image_tag_mutability to IMMUTABLE.
#   example: |
#     resource "aws_ecr_repository" "app" {
#       name                 = "app"
#       image_tag_mutability = "IMMUTABLE"
#       image_scanning_configuration {
#         scan_on_push = true
#       }
#     }
#   controls: {nist_800_53: [RA-5], soc2: [CC7.1]}
package aws.ecr.scan

import data.lib.tf

deny contains tf.finding_with(repository, "no scan looks for vulnerabilities in what is pushed to it", details) if {
	some repository in input.resources.aws_ecr_repository
	unscanned(repository) == []
	details := {
		"key": "scan",
		"attribute": "image_scanning_configuration.scan_on_push",
		"found": false,
		"expected": true,
	}
}

unknown contains tf.finding_with(repository, "whether it scans what is pushed is known after apply", details) if {
	some repository in input.resources.aws_ecr_repository
	causes := unscanned(repository)
	count(causes) > 0
	details := {
		"key": "scan",
		"attribute": "image_scanning_configuration.scan_on_push",
		"expected": true,
		"cause": causes,
	}
}

# unscanned(repository): doubts whether neither it nor the registry scans what is pushed.
unscanned(repository) := array.concat(tf.cause(own), causes) if {
	own := tf.get(repository, ["image_scanning_configuration", 0, "scan_on_push"], false)
	name := tf.get(repository, "name", "")
	not tf.is_true(own)
	count([filter | some filter in filters; fits(filter, name) == []]) == 0
	causes := [text | some filter in filters; some text in fits(filter, name)]
}

# The names that the registry's configuration has scanned.
filters := [filter |
	some configuration in input.resources.aws_ecr_registry_scanning_configuration
	some rule in tf.blocks(configuration, "rule")
	frequency := tf.get(rule, "scan_frequency", "MANUAL")
	frequency != "MANUAL"
	some block in tf.blocks(rule, "repository_filter")
	filter := filter_of(frequency, tf.get(block, "filter", "*"))
]

filter_of(frequency, filter) := filter if tf.is_known(frequency)

else := frequency

# fits("prod-*", "prod-app"): doubts whether a filter fits a name, of which it may give a part only.
fits(filter, name) := [] if {
	is_string(filter)
	is_string(name)
	regex.match(`^[a-z0-9._/*-]+$`, filter)
	regex.match(pattern(filter), name)
}

fits("*", name) := [] if tf.is_known(name) == false

fits(filter, name) := causes if {
	filter != "*"
	causes := array.concat(tf.cause(filter), tf.cause(name))
	count(causes) > 0
}

pattern(filter) := concat("", ["^", replace(replace(filter, ".", "[.]"), "*", ".*"), "$"]) if contains(filter, "*")

else := replace(filter, ".", "[.]")

mutability(repository) := tf.get(repository, "image_tag_mutability", "MUTABLE")

deny contains tf.finding_with(repository, message, details) if {
	some repository in input.resources.aws_ecr_repository
	found := mutability(repository)
	is_string(found)
	startswith(found, "MUTABLE")
	message := "its tags may move, so what runs is not what was tested"
	details := {"key": "tags", "attribute": "image_tag_mutability", "found": found, "expected": "IMMUTABLE"}
}

unknown contains tf.finding_with(repository, "whether its tags may move is known after apply", details) if {
	some repository in input.resources.aws_ecr_repository
	causes := tf.cause(mutability(repository))
	count(causes) > 0
	details := {"key": "tags", "attribute": "image_tag_mutability", "expected": "IMMUTABLE", "cause": causes}
}
