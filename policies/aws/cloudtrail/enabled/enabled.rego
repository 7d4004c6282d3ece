# METADATA
# title: No trail records the account in all regions
# description: |
#   Without CloudTrail nobody can say afterwards who did what: who opened the bucket, whose key it was, what was
#   started in a region where nobody looks. A trail of one region misses all others, and without log file validation
#   whoever deletes a record leaves no trace. Where another stack has the account's trail, set `account_wide`. A plan
#   of few types of resources and no trail is part of something larger, and is not judged.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html
#   - ref: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-intro.html
# custom:
#   severity: high
#   since: 0.1.0
#   examines: [plan]
#   remediation: Add an aws_cloudtrail with is_multi_region_trail and enable_log_file_validation set to true.
#   example: |
#     resource "aws_cloudtrail" "main" {
#       name                       = "account"
#       s3_bucket_name             = aws_s3_bucket.audit.id
#       is_multi_region_trail      = true
#       enable_log_file_validation = true
#       kms_key_id                 = aws_kms_key.audit.arn
#     }
#   reports: [batch-financial 5]
#   controls: {cis_aws: ["3.1", "3.2"], nist_800_53: [AU-2, AU-9, AU-12], pci_dss: ["10.2.1"], soc2: [CC7.2]}
#   params:
#     account_wide: {type: boolean, default: false, description: Whether another stack has the account's trail.}
#     min_types:
#       type: integer
#       default: 8
#       description: From how many types of AWS resources on a plan without a trail is judged.
package aws.cloudtrail.enabled

import data.lib.tf

params := input.params["aws.cloudtrail.enabled"]

examined contains tf.plan.address if {
	params.account_wide == false
	is_asked
}

is_asked if count(trails) > 0

is_asked if count([type | some type, _ in input.resources; startswith(type, "aws_")]) >= params.min_types

trails := object.get(input.resources, "aws_cloudtrail", [])

# What each trail has to have, and what it has where the configuration leaves it unset.
switches := {"is_multi_region_trail": false, "enable_log_file_validation": false, "enable_logging": true}

# Of each trail without a fault, the doubts whether it has all.
candidates := [causes |
	some trail in trails
	count(faults(trail)) == 0
	causes := [cause |
		some name, default_value in switches
		some cause in tf.cause(tf.get(trail, name, default_value))
	]
]

faults(trail) := [sprintf("%s of %s is false", [name, trail.address]) |
	some name, default_value in switches
	tf.is_false(tf.get(trail, name, default_value))
]

deny contains tf.finding_with(tf.plan, message, {"expected": expected, "found": shown}) if {
	count(examined) > 0
	count(candidates) == 0
}

unknown contains tf.finding_with(tf.plan, "whether a trail records all regions is known after apply", details) if {
	count(examined) > 0
	count(candidates) > 0
	every causes in candidates {
		count(causes) > 0
	}
	details := {"expected": expected, "cause": [cause | some causes in candidates; some cause in causes]}
}

message := "no CloudTrail trail records what is done in the account" if count(trails) == 0

else := sprintf("no trail records all regions and proves its log files: %s", [concat(", ", found)])

shown := null if count(found) == 0

else := found

found := [fault | some trail in trails; some fault in faults(trail)]

expected := "a trail of all regions with log file validation"
