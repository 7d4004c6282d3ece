# METADATA
# title: File system is not encrypted
# description: |
#   What a file system holds is written to disk in the clear, and so are its backups. Encryption costs nothing and is
#   not noticed by whoever mounts it, but it can only be chosen when the file system is created: later, the files have
#   to be copied to a new one, so decide before there are any.
# scope: package
# related_resources:
#   - ref: https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html
# custom:
#   severity: high
#   since: 0.1.0
#   examines: [aws_efs_file_system]
#   remediation: Set encrypted to true, and kms_key_id to a key of your own.
#   example: |
#     resource "aws_efs_file_system" "shared" {
#       encrypted  = true
#       kms_key_id = aws_kms_key.shared.arn
#     }
#   controls: {cis_aws: ["2.4.1"], nist_800_53: [SC-28, SC-28(1)], soc2: [CC6.1]}
package aws.efs.encryption

import data.lib.tf

encrypted(system) := tf.get(system, "encrypted", false)

deny contains tf.finding_with(system, "its files and backups are not encrypted", details) if {
	some system in input.resources.aws_efs_file_system
	tf.is_false(encrypted(system))
	details := {"attribute": "encrypted", "found": false, "expected": true}
}

unknown contains tf.finding_with(system, "whether it is encrypted is known after apply", details) if {
	some system in input.resources.aws_efs_file_system
	causes := tf.cause(encrypted(system))
	count(causes) > 0
	details := {"attribute": "encrypted", "expected": true, "cause": causes}
}
